//! The list as it grows and is looked at again, the part of it that is drawn, and the memory of its place.

use std::sync::Arc;

use leptos::prelude::*;
use orders_api::{Instant, OrderList, OrderState, OrderSummary, TabCounts};

use super::list::List;
use super::memory::{Kept, OrdersMemory, Place};
use super::tests::order;
use super::views::ListView;
use super::window::Drawn;
use crate::paths::OrdersQuery;
use crate::words::Lang;

/// The order with this number; the greater, the older.
fn numbered(number: usize) -> OrderSummary {
    let age = 999_999 - number;
    OrderSummary {
        id: format!("ord_{number:05}"),
        placed_at: Instant(format!("2026-11-22T08:00:00.{age:06}Z")),
        ..order(OrderState::Unpacked)
    }
}

fn answer(items: Vec<OrderSummary>, next_cursor: Option<&str>) -> OrderList {
    OrderList {
        counts: TabCounts {
            all: 10_000,
            ..TabCounts::default()
        },
        items,
        next_cursor: next_cursor.map(Into::into),
    }
}

/// The orders of these numbers, and the cursor of what follows them.
fn orders(numbers: impl IntoIterator<Item = usize>) -> OrderList {
    let items: Vec<_> = numbers.into_iter().map(numbered).collect();
    let next = items.last().map(|last| format!("after {}", last.id));
    answer(items, next.as_deref())
}

/// The first `count` orders, loaded twenty at a time.
fn grown(count: usize) -> List {
    let mut list = List::new(OrdersQuery::default(), orders(0..20));
    for first in (20..count).step_by(20) {
        list = list.extended(orders(first..first + 20));
    }
    list
}

fn ids(list: &List) -> Vec<String> {
    let rows = list.rows(0, list.len());
    rows.into_iter().map(|(_, row)| row.id.clone()).collect()
}

fn numbers(list: &List) -> Vec<usize> {
    let number = |id: String| id.trim_start_matches("ord_").parse().expect("a number");
    ids(list).into_iter().map(number).collect()
}

fn owned(test: impl FnOnce()) {
    Owner::new().with(test);
}

#[test]
fn a_fresh_look_keeps_rows_and_what_lies_beyond_it() {
    owned(|| {
        let list = List::new(OrdersQuery::default(), orders([2, 3, 4]));
        let (_, row) = list.rows(1, 2).remove(0);
        let mut changed = numbered(3);
        changed.state = OrderState::Packing;
        // 1 is new, 2 has left this tab, 4 lies beyond the fresh part.
        let look = answer(vec![numbered(1), changed.clone()], Some("after 3"));
        let fresh = list.looked_at(0, look);
        assert_eq!(numbers(&fresh), [1, 3, 4]);
        assert!(
            Arc::ptr_eq(&fresh.rows(1, 2)[0].1, &row),
            "the row is the same"
        );
        assert_eq!(row.order.get_untracked(), changed);
        assert_eq!(fresh.next_cursor.as_deref(), Some("after ord_00004"));

        let complete = list.looked_at(0, answer(vec![numbered(1)], None));
        assert_eq!(
            numbers(&complete),
            [1],
            "the end of the fresh part is the end of the list"
        );
        assert_eq!(complete.next_cursor, None);
    });
}

#[test]
fn what_follows_brings_no_order_twice_and_loses_none() {
    owned(|| {
        let list = grown(60);
        assert_eq!(numbers(&list), (0..60).collect::<Vec<_>>());
        // Two new orders came: the look at the first twenty ends two orders earlier than before.
        let mut news = vec![numbered(0), numbered(1)];
        news[0].placed_at = Instant("2026-11-23T00:00:00.000000Z".into());
        news[0].id = "ord_90000".into();
        news[1].placed_at = Instant("2026-11-22T23:00:00.000000Z".into());
        news[1].id = "ord_90001".into();
        news.extend((0..18).map(numbered));
        let list = list.looked_at(0, answer(news, Some("after ord_00017")));
        assert_eq!(list.len(), 62);
        assert_eq!(numbers(&list)[2..], (0..60).collect::<Vec<_>>());
        // The two that were pushed out lead the following batch, which is asked for from where the look ended.
        assert_eq!(list.led_to_by(Some("after ord_00017")), Some(1));
        assert_eq!(list.led_to_by(Some("after ord_00019")), None);
        let list = list.looked_at(1, orders(18..58));
        assert_eq!(numbers(&list)[2..], (0..60).collect::<Vec<_>>());
        // Five have left the tab: the look reaches into what follows.
        let list = list.looked_at(1, orders((23..48).chain(50..65)));
        let left: Vec<_> = (0..18).chain(23..48).chain(50..65).collect();
        assert_eq!(numbers(&list)[2..], left);
        assert_eq!(list.next_cursor.as_deref(), Some("after ord_00064"));
    });
}

#[test]
fn a_change_of_a_known_order_asks_for_its_neighbours_only() {
    owned(|| {
        let list = grown(10_000);
        assert_eq!(list.waiting(0, 10_000, 100), None);
        assert!(list.note_change(Some("ord_07010")));
        let asks = Some((Some("after ord_06999".to_owned()), 20));
        assert_eq!(list.waiting(0, 10_000, 100), asks);
        assert_eq!(list.waiting(7_015, 7_018, 100), asks);
        assert_eq!(
            list.waiting(0, 7_000, 100),
            None,
            "not before it comes near"
        );

        // Of an order that is not there nobody knows where it belongs.
        assert!(!list.note_change(Some("ord_99999")));
        assert_eq!(list.waiting(0, 60, 100), Some((None, 60)));
        assert_eq!(list.waiting(0, 10_000, 100), Some((None, 100)));
        let list = list.looked_at(0, orders(0..60));
        assert_eq!(list.waiting(0, 60, 100), None);
        assert_eq!(
            list.waiting(0, 61, 100),
            Some((Some("after ord_00059".to_owned()), 20))
        );
    });
}

#[test]
fn places_are_found_by_heights_measured_or_guessed() {
    owned(|| {
        let list = grown(10_000);
        list.measure(100, &[100.0; 50]);
        list.measure(3, &[400.0]);
        // 50 cards of 100 and one of 400: what is not measured is taken to be as high as these are on average.
        let usual = (50.0 * 100.0 + 400.0) / 51.0;
        for (position, top) in [
            (0, 0.0),
            (3, 3.0 * usual),
            (4, 3.0 * usual + 400.0),
            (100, 99.0 * usual + 400.0),
            (125, 99.0 * usual + 400.0 + 2_500.0),
            (10_000, 9_949.0 * usual + 5_400.0),
        ] {
            assert!((list.top_of(position) - top).abs() < 0.1, "{position}");
            if position < 10_000 {
                assert_eq!(list.at(top + 1.0), position);
            }
        }
        assert_eq!(list.at(-50.0), 0);
        assert_eq!(list.at(9e9), 9_999);
        assert_eq!(list.unmeasured(100, 150), (100, 100));
        assert_eq!(list.unmeasured(90, 160), (90, 160));
        list.forget_heights();
        assert_eq!(list.unmeasured(100, 150), (100, 150));
    });
}

#[test]
fn never_more_than_a_few_screens_are_drawn() {
    owned(|| {
        let list = grown(10_000);
        let mut drawn = Drawn::around(&list, 0);
        assert_eq!((drawn.first, drawn.last), (0, 20));
        let mut most_new = 0;
        let mut top = 0.0;
        // Down to the end as fast as a finger throws it, then in one jump back to the beginning.
        while top < list.top_of(10_000) {
            let look = drawn.look(&list, top, 844.0);
            let new = (look.drawn.last - look.drawn.first)
                - (look.drawn.last.min(drawn.last) - look.drawn.first.max(drawn.first));
            most_new = most_new.max(new);
            drawn = look.drawn;
            let in_view = (list.at(top), list.at(top + 844.0));
            assert!(
                drawn.first <= in_view.0 && in_view.1 < drawn.last,
                "{top}: {drawn:?}"
            );
            assert!(drawn.last - drawn.first <= 210, "{drawn:?}");
            let height = list.top_of(drawn.last) - list.top_of(drawn.first);
            let whole = drawn.above + height + drawn.below;
            assert!(
                (whole - list.top_of(10_000)).abs() < 1.0,
                "the page keeps its height"
            );
            top += 400.0;
        }
        assert!(
            most_new <= 3,
            "so many cards before one picture: {most_new}"
        );
        assert!(drawn.first > 9_800);
        let jump = drawn.look(&list, 0.0, 844.0).drawn;
        assert_eq!(jump.first, 0);
        assert!(
            jump.last < 20,
            "a jump draws what is in view first: {jump:?}"
        );
    });
}

#[test]
fn at_rest_there_is_much_to_find_on_either_side() {
    owned(|| {
        let list = grown(1_000);
        let top = list.top_of(500);
        let mut drawn = Drawn::around(&list, 500);
        for _ in 0..60 {
            drawn = drawn.look(&list, top, 844.0).drawn;
        }
        assert_eq!((drawn.first, drawn.last), (410, 594));
        assert_eq!(drawn.look(&list, top, 844.0).drawn, drawn);
    });
}

#[test]
fn a_place_survives_a_reload_without_the_orders() {
    owned(|| {
        let place = Some(Place {
            position: 3_005,
            offset: -12.0,
        });
        let kept = Kept {
            list: grown(4_000),
            place,
            opened: None,
        };
        let note = kept.note();
        let query = OrdersQuery::default();
        let back = Kept::of_note(&query, &note).expect("the note can be read");
        assert_eq!(back.place, place);
        assert_eq!((back.list.len(), back.list.loaded()), (3_040, 0));
        assert_eq!(back.list.next_cursor.as_deref(), Some("after ord_03039"));
        assert!(!back.list.is_empty());

        // What is near is asked for first, and drawn once it is there.
        let asks = back.list.waiting(3_005, 3_015, 100);
        assert_eq!(asks, Some((Some("after ord_02999".to_owned()), 20)));
        let list = back.list.looked_at(150, orders(3_000..3_020));
        assert_eq!((list.len(), list.loaded()), (3_040, 20));
        let drawn = Drawn::around(&list, 3_005);
        assert_eq!((drawn.first, drawn.last), (3_000, 3_020));
        assert!((drawn.above - list.top_of(3_000)).abs() < 0.1);
        // A look over several batches that were missing fills them all.
        let list = list.looked_at(145, orders(2_900..3_000));
        assert_eq!((list.len(), list.loaded()), (3_040, 120));
        assert_eq!(list.waiting(2_900, 3_020, 100), None);

        let other = OrdersQuery {
            q: "x".into(),
            ..OrdersQuery::default()
        };
        assert!(
            Kept::of_note(&other, &note).is_none(),
            "it is another list's"
        );
        for nonsense in ["", "orders 1", "orders 1\n/orders\nx\n0\n\n20 "] {
            assert!(Kept::of_note(&query, nonsense).is_none(), "{nonsense:?}");
        }
    });
}

#[test]
fn the_last_few_lists_are_remembered_each_with_its_place() {
    owned(|| {
        let memory = OrdersMemory::new();
        let query = |n: usize| OrdersQuery {
            q: n.to_string(),
            ..OrdersQuery::default()
        };
        let place = Some(Place {
            position: 1,
            offset: 100.0,
        });
        for n in 0..8 {
            memory.keep(List::new(query(n), orders([n])));
            memory.note(&query(n), |kept| kept.place = place);
        }
        assert!(
            memory
                .recall(&query(0))
                .is_some_and(|kept| kept.place == place)
        );
        memory.keep(List::new(query(8), orders([])));
        assert!(
            memory.recall(&query(1)).is_none(),
            "the one not used for longest makes room"
        );
        assert!(memory.recall(&query(0)).is_some());
        assert_eq!(memory.last_href().as_deref(), Some("/orders?q=0"));
    });
}

/// The list as the server draws it.
fn drawn(list: List) -> String {
    Owner::new().with(|| {
        provide_context(Lang::En);
        let drawn = RwSignal::new(Drawn::around(&list, 0));
        let more = RwSignal::new(super::data::More::Idle);
        view! {
            <ListView
                list=Signal::stored(list)
                drawn
                stale=false
                now=0
                more
                place=NodeRef::new()
                end=NodeRef::new()
                load_more=Callback::new(|()| {})
                opened=Callback::new(|_| {})
            />
        }
        .to_html()
    })
}

#[test]
fn those_who_do_not_see_the_list_hear_how_long_it_is() {
    let html = drawn(grown(40));
    assert_eq!(html.matches("aria-setsize=\"10000\"").count(), 20, "{html}");
    assert!(html.contains("aria-posinset=\"1\"") && html.contains("aria-posinset=\"20\""));
    assert_eq!(
        html.matches("orders-room").count(),
        2,
        "room above and below"
    );
    assert!(html.contains("data-loaded=\"40\""));
    assert!(
        !html.contains("style"),
        "the security policy forbids it: {html}"
    );
}

#[test]
fn without_the_app_the_list_has_pages() {
    let html = drawn(grown(20));
    assert!(
        html.contains("href=\"/orders?after=after%20ord_00019\""),
        "{html}"
    );
    let further = OrdersQuery::default().beginning_after("after ord_00019");
    let html = drawn(List::new(further, orders(20..40)));
    assert!(
        !html.contains("aria-posinset"),
        "the page does not know its place: {html}"
    );
    let end = drawn(List::new(
        OrdersQuery::default(),
        answer(vec![numbered(0)], None),
    ));
    assert!(!end.contains("after="), "{end}");
}
