//! The cancel dialog above the order's page: open exactly when its URL says so.

use leptos::prelude::*;
use orders_api::{Action, OrderDetail};

use crate::browser;
use crate::paths;
use crate::ui::Dialog;
use crate::words::Lang;

use super::data::CancelData;
use super::flow::Flow;
use super::steps::{Event, Step};
use super::view_form::FormView;
use super::view_result::{dialog_title, result_view};

/// How long the page has for itself before the dialog is drawn in advance.
const DRAWN_AFTER_MS: i32 = 100;

/// The dialog, while it is open and the order is there. Drawn in advance where the order can be cancelled, so that a press
/// only has to show it; anew for each time it is opened.
#[component]
pub fn CancelDialog(
    /// The language.
    lang: Lang,
    /// The course.
    cancel: CancelData,
    /// Its URL says that it is open.
    open: Signal<bool>,
    /// The order.
    order: Memo<Option<OrderDetail>>,
    /// Closes it.
    close: Callback<()>,
) -> impl IntoView {
    let flow = cancel.flow;
    let ready = Memo::new(move |_| {
        open.get() && order.with(Option::is_some) && flow.with(|flow| flow.step != Step::Closed)
    });
    let drawn = drawn_in_advance(open, order);
    let there = Memo::new(move |_| ready.get() || drawn.get());
    move || {
        let first = there.get().then(|| order.get_untracked()).flatten()?;
        let page = paths::order(&first.id);
        let order = Memo::new(move |_| order.get().unwrap_or_else(|| first.clone()));
        let title = Signal::derive(move || flow.with(|flow| dialog_title(lang, flow).to_owned()));
        let tell = Callback::new(move |event| cancel.tell(event));
        Some(view! {
            <Dialog title shown=ready class="cancel-dialog" focus="[data-safe]" page close>
                <CancelView lang flow=flow.into() order=order.into() tell close/>
            </Dialog>
        })
    }
}

/// Whether the dialog is to be there although it is closed: once there is time.
fn drawn_in_advance(open: Signal<bool>, order: Memo<Option<OrderDetail>>) -> RwSignal<bool> {
    let drawn = RwSignal::new(false);
    let may_open = Memo::new(move |_| {
        order.with(|order| {
            order.as_ref().is_some_and(|order| {
                let ways = [Action::Cancel, Action::RequestCancellation];
                ways.iter().any(|way| order.actions.contains(way))
            })
        })
    });
    Effect::new(move |before: Option<bool>| {
        let (is_open, may_be) = (open.get(), may_open.get());
        if !is_open && (before == Some(true) || !may_be) {
            drawn.set(false);
        }
        if !is_open && may_be {
            browser::after(DRAWN_AFTER_MS, move || {
                // The page may be gone, or the dialog open by now.
                if open.try_get_untracked() == Some(false) {
                    drawn.try_set(may_open.try_get_untracked() == Some(true));
                }
            });
        }
        is_open
    });
    drawn
}

/// What the dialog shows at each step.
#[component]
pub fn CancelView(
    /// The language.
    lang: Lang,
    /// The course.
    flow: Signal<Flow>,
    /// The order.
    order: Signal<OrderDetail>,
    /// Reports what the shopper does.
    tell: Callback<Event>,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    // The steps of the form share one view, so that nothing that is filled in or focused gets lost between them.
    let result = Memo::new(move |_| {
        flow.with(|flow| match &flow.step {
            Step::Closed
            | Step::Loading
            | Step::Form
            | Step::Sending(_)
            | Step::Lost(_)
            | Step::LoggedOut(_)
            | Step::Failed(..) => None,
            step @ (Step::Refused(_)
            | Step::Overtaken(_)
            | Step::NotPossible(_)
            | Step::Done(_)
            | Step::Requested) => Some(step.clone()),
        })
    });
    move || match result.get() {
        Some(step) => order
            .with_untracked(|order| result_view(lang, &step, order, close))
            .into_any(),
        None => view! { <FormView lang flow order tell close/> }.into_any(),
    }
}
