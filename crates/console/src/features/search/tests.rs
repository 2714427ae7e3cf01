//! What was found, in the markup.

use leptos::prelude::*;
use orders_api::{
    Cancellation, CancellationKind, FoundOrder, Instant, Money, OrderState, OrderSummary, Person,
    Shop,
};
use storefront::words::Lang;

use super::data::Found;
use super::views::found_view;

fn found(items: Vec<FoundOrder>) -> String {
    let found = Found {
        asked: "13800000001".to_owned(),
        items,
        next: None,
    };
    let owner = Owner::new();
    owner.with(|| {
        let more = Callback::new(|()| {});
        found_view(
            Lang::En,
            &found,
            Signal::stored(false),
            more,
            crate::paths::order,
            RwSignal::new(0),
        )
        .to_html()
    })
}

fn order() -> FoundOrder {
    FoundOrder {
        order: OrderSummary {
            id: "o/1".to_owned(),
            external_id: "T1".to_owned(),
            number: "TP1".to_owned(),
            shop: Shop {
                id: "tepai".to_owned(),
                name: "Tepai".to_owned(),
            },
            state: OrderState::Unpacked,
            version: 1,
            placed_at: Instant("2026-03-01T02:00:00.000Z".to_owned()),
            pay_by: None,
            total: Money {
                amount: 12_300,
                currency: "CNY".to_owned(),
            },
            lines: Vec::new(),
            cancellation: Cancellation {
                kind: CancellationKind::Requested,
                until: None,
                reason: None,
                reason_label: None,
                next_steps: Vec::new(),
                by: None,
                at: None,
                note: None,
            },
            pending: None,
            actions: Vec::new(),
            refunding: None,
        },
        shopper: Person {
            id: "s1".to_owned(),
            name: String::new(),
        },
    }
}

#[test]
fn a_found_order_leads_to_its_page_and_says_what_is_asked() {
    let html = found(vec![order()]);
    for part in [
        "/staff/orders/o%2F1",
        "TP1",
        "¥123.00",
        "Asks to cancel",
        "Never logged in",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn what_was_not_found_is_said_with_what_was_asked() {
    let html = found(Vec::new());
    assert!(html.contains("Nothing found for “13800000001”"), "{html}");
}
