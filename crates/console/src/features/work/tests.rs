//! The queue's rows and words.

use leptos::prelude::*;
use orders_api::{
    AddressField, Consequence, Instant, Money, PendingCause, PolicyOutcome, Turn, WorkAdvice,
    WorkItem, WorkKind, WorkList, WorkOrder,
};
use storefront::words::Lang;

use crate::shell::SessionState;

use super::data::WorkData;
use super::merge::{Row, fresh, merged};
use super::views::{advice_text, due};

fn item(id: &str) -> WorkItem {
    WorkItem {
        id: id.into(),
        kind: WorkKind::CancellationRequest,
        shop: "tepai".into(),
        order: Some(WorkOrder {
            id: id.into(),
            number: id.into(),
        }),
        subject: None,
        since: Instant("2026-11-21T13:40:00.000Z".into()),
        due_at: None,
        advice: None,
        claim: None,
        shopper_name: String::new(),
    }
}

fn list(ids: &[&str], next: Option<&str>) -> WorkList {
    WorkList {
        items: ids.iter().map(|id| item(id)).collect(),
        next_cursor: next.map(Into::into),
        counts: Vec::new(),
    }
}

fn ids(rows: &[Row]) -> Vec<(&str, bool)> {
    let ids = rows.iter().map(|row| (row.item.id.as_str(), row.gone));
    ids.collect()
}

#[test]
fn a_look_moves_nothing_and_says_what_is_gone_and_how_much_is_new() {
    let shown = fresh(list(&["a", "b", "c"], None).items);
    let (rows, new) = merged(&shown, &list(&["n", "c", "a"], None));
    assert_eq!(ids(&rows), [("a", false), ("b", true), ("c", false)]);
    assert_eq!(new, 1);
    // What came back is there again.
    let (rows, new) = merged(&rows, &list(&["b"], None));
    assert_eq!(ids(&rows), [("a", true), ("b", false), ("c", true)]);
    assert_eq!(new, 0);
}

#[test]
fn what_may_be_further_down_is_not_gone() {
    let shown = fresh(list(&["a", "b"], Some("x")).items);
    let (rows, _) = merged(&shown, &list(&["a"], Some("x")));
    assert_eq!(ids(&rows), [("a", false), ("b", false)]);
    // What was gone is so still.
    let (rows, _) = merged(&shown, &list(&["a"], None));
    let (rows, _) = merged(&rows, &list(&["a"], Some("x")));
    assert_eq!(ids(&rows), [("a", false), ("b", true)]);
}

#[test]
fn what_is_overdue_is_said_in_words_and_colour() {
    let at = Instant("2026-11-21T13:40:00.000Z".into());
    let seconds = storefront::format::epoch_seconds(&at).expect("an instant");
    let shown = |now| Owner::new().with(|| due(Lang::En, Some(&at), now).into_view().to_html());
    let late = shown(seconds + 3_600);
    assert!(
        late.contains("Overdue by 1 h") && late.contains("danger"),
        "{late}"
    );
    let soon = shown(seconds - 3_600);
    assert!(soon.contains("1 h left") && soon.contains("warn"), "{soon}");
    let calm = shown(seconds - 7_200);
    assert!(calm.contains("neutral"), "{calm}");
}

#[test]
fn what_the_policy_says_is_a_line() {
    let cny = |amount| Money {
        amount,
        currency: "CNY".into(),
    };
    let case = WorkAdvice::AfterSaleCase {
        turn: Turn::Merchant,
        in_time: false,
        deduction: cny(1_000),
        amount: cny(9_000),
        then: Some(Consequence::Refund),
        drafted_by: None,
    };
    assert_eq!(
        advice_text(Lang::En, &case),
        "Our turn · After the time · ¥90.00 goes back · ¥10.00 taken off · then the money goes back"
    );
    let drafted = WorkAdvice::CancellationRequest {
        outcome: PolicyOutcome::ByRequest,
        reason: None,
        drafted_by: Some("wang".into()),
    };
    assert_eq!(
        advice_text(Lang::En, &drafted),
        "wang grants it, and a second person has to agree · Staff decide"
    );
    let cancelled = WorkAdvice::SellerCancel {
        amount: cny(60_000),
        drafted_by: "zhou".into(),
    };
    assert_eq!(
        advice_text(Lang::En, &cancelled),
        "zhou cancels for the seller, ¥600.00 goes back, and a second person has to agree"
    );
    let pending = WorkAdvice::PendingConfirmation {
        cause: Some(PendingCause::IncompleteInfo),
        missing: vec![AddressField::Phone],
    };
    assert!(advice_text(Lang::ZhCn, &pending).ends_with("缺：手机号"));
}

#[test]
fn a_queue_that_was_left_looks_no_more() {
    let owner = Owner::new();
    let data = owner.with(|| WorkData::new(Lang::En, SessionState::provide(Lang::En)));
    owner.cleanup();
    data.look();
    data.look_afresh();
}
