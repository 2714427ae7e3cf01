//! The page of one order, with and without its cancel dialog.

use leptos::prelude::*;
use orders_api::{OrderDetail, OrderState};

use crate::browser::{self, Interval};
use crate::features::cancel::{CancelData, CancelDialog};
use crate::features::case::left;
use crate::features::session::SessionState;
use crate::format;
use crate::paths::Page;
use crate::router::use_router;
use crate::start::{Form, set_title};
use crate::ui::{Load, Loaded};
use crate::words::{Lang, codes, common, fill, use_lang};

use super::data::OrderData;
use super::view_actions::Withdraw;
use super::view_status::waits_until;
use super::views::{OrderParts, OrderView, skeleton};
use super::words::Words;

/// One order; with `cancel` behind its URL, the dialog is open.
#[component]
pub fn OrderPage() -> impl IntoView {
    let page = use_router().page;
    // Between the step to another page and the end of this one, the order stays as it is.
    let id = Memo::new(move |before: Option<&String>| {
        page.with(|page| match page {
            Page::Order { id, .. } => id.clone(),
            Page::Orders(_)
            | Page::Refund { .. }
            | Page::AfterSale { .. }
            | Page::Case { .. }
            | Page::Complain { .. }
            | Page::Complaint { .. }
            | Page::Notifications
            | Page::Support { .. }
            | Page::Conversation { .. }
            | Page::Help(_)
            | Page::HelpArticle { .. }
            | Page::Policy { .. }
            | Page::LogIn { .. }
            | Page::Guest { .. }
            | Page::NotFound => before.cloned().unwrap_or_default(),
        })
    });
    let open = Memo::new(move |_| {
        page.with(|page| match page {
            Page::Order { cancelling, .. } => *cancelling,
            Page::Orders(_)
            | Page::Refund { .. }
            | Page::AfterSale { .. }
            | Page::Case { .. }
            | Page::Complain { .. }
            | Page::Complaint { .. }
            | Page::Notifications
            | Page::Support { .. }
            | Page::Conversation { .. }
            | Page::Help(_)
            | Page::HelpArticle { .. }
            | Page::Policy { .. }
            | Page::LogIn { .. }
            | Page::Guest { .. }
            | Page::NotFound => false,
        })
    });
    move || view! { <OneOrder id=id.get() open=open.into()/> }
}

#[component]
fn OneOrder(id: String, open: Signal<bool>) -> impl IntoView {
    let lang = use_lang();
    let session = expect_context::<SessionState>();
    let form = Form::take();
    let data = OrderData::new(lang, session, id.clone(), &form);
    let order = Memo::new(move |_| data.load.with(|load| load.ready().cloned()));
    let dialog = DialogUrl::new(&id, open);
    let cancel = CancelData::new(
        lang,
        session,
        id,
        &form,
        order.into(),
        open,
        Callback::new(move |order| data.take(order)),
        Callback::new(move |()| data.look()),
        dialog.show,
    );

    follow_title(lang, order);
    // Where the page was there before the app, the focus is where the shopper put it.
    let over = browser::is_served("main");
    Effect::new(move |before: Option<()>| {
        if before.is_none() && !over && !open.get_untracked() {
            browser::next_frame(|| browser::focus("#main"));
        }
    });

    let parts = OrderParts {
        news: data.news.into(),
        left: countdown(data, order),
        now: now_for_windows(order),
        decides: left(
            Memo::new(move |_| order.with(|order| waits_until(order.as_ref()?).cloned())),
            || {},
        ),
        withdraw: Withdraw {
            busy: data.withdrawing.into(),
            error: data.withdraw_error.into(),
            press: Callback::new(move |()| data.withdraw()),
        },
        before_cancel: Callback::new(move |()| cancel.ask_ahead()),
        address: data.address,
        save_address: Callback::new(move |()| data.save_address()),
        copy: Callback::new(move |text| data.copy(text)),
        key: StoredValue::new(form.key),
    };
    let failed = Memo::new(move |_| data.load.with(|load| matches!(load, Load::Failed(_))));
    view! {
        <main class="page" class:columns=move || !failed.get() id="main" tabindex="-1">
            // Until the order is there, and when it is not, the page has a heading all the same.
            {move || order.with(Option::is_none).then(|| view! {
                <h1 class="visually-hidden">{Words::of(lang).info}</h1>
            })}
            <Loaded
                load=data.load
                skeleton=move || skeleton(lang)
                retry=move |()| data.retry()
                ready=move |order| view! { <OrderView lang order parts/> }
            />
        </main>
        <CancelDialog lang cancel open order close=dialog.close/>
    }
}

/// The document's title follows the order.
fn follow_title(lang: Lang, order: Memo<Option<OrderDetail>>) {
    let title = move || {
        let common = common::Words::of(lang);
        let page = order.with(|order| match order {
            Some(order) => fill(
                Words::of(lang).page,
                &[
                    ("state", codes::state(lang, order.state)),
                    ("number", &order.number),
                ],
            ),
            None => common.my_orders.to_owned(),
        });
        fill(common.page_title, &[("page", &page)])
    };
    set_title(&untrack(title));
    Effect::new(move |_| set_title(&title()));
}

/// The seconds left to pay, ticking only while that matters.
fn countdown(data: OrderData, order: Memo<Option<OrderDetail>>) -> Signal<Option<i64>> {
    let pay_by = Memo::new(move |_| {
        order.with(|order| {
            let order = order.as_ref()?;
            let waits = order.state == OrderState::AwaitingPayment;
            order
                .pay_by
                .as_ref()
                .filter(|_| waits)
                .and_then(format::epoch_seconds)
        })
    });
    let left = RwSignal::new(
        pay_by
            .get_untracked()
            .map(|pay_by| (pay_by - browser::now_s()).max(0)),
    );
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move |_| {
        let Some(pay_by) = pay_by.get() else {
            clock.set_value(None);
            left.set(None);
            return;
        };
        let tick = move || {
            let before = left.try_get_untracked().flatten();
            let seconds = (pay_by - browser::now_s()).max(0);
            if before != Some(seconds) {
                left.set(Some(seconds));
                if seconds == 0 {
                    data.time_is_up();
                }
            }
        };
        tick();
        clock.set_value(Interval::new(1_000, tick));
    });
    on_cleanup(move || clock.dispose());
    left.into()
}

/// How often what is left of an after-sale window is told anew.
const WINDOW_TICK_MS: i32 = 60_000;

/// The time, ticking only while a window counts down.
fn now_for_windows(order: Memo<Option<OrderDetail>>) -> Signal<i64> {
    let counts = Memo::new(move |_| {
        order.with(|order| {
            let window = order.as_ref().and_then(|order| order.after_sale.as_ref());
            window.and_then(|window| format::epoch_seconds(&window.until_faulty))
        })
    });
    let now = RwSignal::new(browser::now_s());
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move |_| {
        let until = counts.get().filter(|until| *until > browser::now_s());
        clock.set_value(until.and_then(|_| {
            Interval::new(WINDOW_TICK_MS, move || {
                let _gone = now.try_set(browser::now_s());
            })
        }));
    });
    on_cleanup(move || clock.dispose());
    now.into()
}

/// Opening and closing the dialog by its URL: the back button closes it, and closing leaves no trace in the history.
#[derive(Clone, Copy)]
struct DialogUrl {
    show: Callback<()>,
    close: Callback<()>,
}

impl DialogUrl {
    fn new(id: &str, open: Signal<bool>) -> Self {
        // Whether the entry before this one in the history is the same page without the dialog.
        let came_from_page = StoredValue::new(false);
        let leaving = StoredValue::new(false);
        Effect::new(move |before: Option<bool>| {
            let open = open.get();
            leaving.set_value(false);
            match before {
                Some(false) if open => came_from_page.set_value(true),
                Some(true) if !open => {
                    came_from_page.set_value(false);
                    // Back to where it was opened, or, when that is gone, to the page.
                    browser::next_frame(|| {
                        browser::focus("#main");
                        browser::focus("#cancel-open");
                    });
                }
                _ => {}
            }
            open
        });
        let router = use_router();
        let page_of = |cancelling| Page::Order {
            id: id.to_owned(),
            cancelling,
        };
        let (with_dialog, without) = (page_of(true), page_of(false));
        let show = Callback::new(move |()| {
            if !open.get_untracked() {
                router.turn(&with_dialog, false);
            }
        });
        let close = Callback::new(move |()| {
            // A second tap before the URL has changed must not go back twice.
            if !open.get_untracked() || leaving.get_value() {
                return;
            }
            leaving.set_value(true);
            if came_from_page.get_value() {
                browser::go_back();
            } else {
                router.turn(&without, true);
            }
        });
        Self { show, close }
    }
}
