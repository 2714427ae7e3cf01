//! The cancel dialog above the order's page: open exactly when its URL says so.

use leptos::prelude::*;
use orders_api::OrderDetail;

use crate::paths;
use crate::ui::Dialog;
use crate::words::Lang;

use super::data::CancelData;
use super::flow::Flow;
use super::steps::{Event, Step};
use super::view_form::FormView;
use super::view_result::{dialog_title, result_view};

/// The dialog, while it is open and the order is there.
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
    move || {
        let first = ready.get().then(|| order.get_untracked()).flatten()?;
        let page = paths::order(&first.id);
        let order = Memo::new(move |_| order.get().unwrap_or_else(|| first.clone()));
        let title = Signal::derive(move || flow.with(|flow| dialog_title(lang, flow).to_owned()));
        let tell = Callback::new(move |event| cancel.tell(event));
        Some(view! {
            <Dialog title class="cancel-dialog" focus=".cancel-dialog [autofocus]" page close>
                <CancelView lang flow=flow.into() order=order.into() tell close/>
            </Dialog>
        })
    }
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
