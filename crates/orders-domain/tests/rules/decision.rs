//! May it be cancelled? Every state × both policies × kinds of lines × time.

use orders_domain::*;

use crate::sample::*;

/// What the shopper may do in each state with each kind of line, at tepai (S0, S1): the button is there in exactly two
/// states. Only what has been issued is beyond it in those, too; what is beside it is not.
const TEPAI: &str = "
.                     physical   digital    issued     custom     presale    one_tap    one_tap+physical  one_tap+custom  digital+issued  physical+gone
awaiting_payment      not_paid   not_paid   not_paid   not_paid   not_paid   not_paid   not_paid          not_paid        not_paid        not_paid
pending_confirmation  at_once    at_once    issued     at_once    at_once    at_once    at_once           at_once         at_once         at_once
unpacked              at_once    at_once    issued     at_once    at_once    at_once    at_once           at_once         at_once         at_once
packing               packing    packing    packing    packing    packing    packing    packing           packing         packing         packing
shipped               shipped    shipped    shipped    shipped    shipped    shipped    shipped           shipped         shipped         shipped
delivered             delivered  delivered  issued     delivered  delivered  delivered  delivered         delivered       delivered       delivered
completed             completed  completed  completed  completed  completed  completed  completed         completed       completed       completed
cancelled             cancelled  cancelled  cancelled  cancelled  cancelled  cancelled  cancelled         cancelled       cancelled       cancelled
";

/// The same at wanfu (S4): unpaid at once, paid on request, one-tap at once, custom and presale not at all. Of a mixed
/// order, the strictest of what can be cancelled decides.
const WANFU: &str = "
.                     physical   digital    issued     custom        presale       one_tap    one_tap+physical  one_tap+custom  digital+issued  physical+gone
awaiting_payment      at_once    at_once    issued     at_once       at_once       at_once    at_once           at_once         issued          at_once
pending_confirmation  request    request    issued     stock_locked  stock_locked  at_once    request           at_once         request         request
unpacked              request    request    issued     stock_locked  stock_locked  at_once    request           at_once         request         request
packing               packing    packing    packing    packing       packing       packing    packing           packing         packing         packing
shipped               shipped    shipped    shipped    shipped       shipped       shipped    shipped           shipped         shipped         shipped
delivered             delivered  delivered  issued     delivered     delivered     delivered  delivered         delivered       delivered       delivered
completed             completed  completed  completed  completed     completed     completed  completed         completed       completed       completed
cancelled             cancelled  cancelled  cancelled  cancelled     cancelled     cancelled  cancelled         cancelled       cancelled       cancelled
";

fn in_words(cancellation: &Cancellation) -> &'static str {
    match cancellation {
        Cancellation::SelfService { .. } => "at_once",
        Cancellation::ByRequest => "request",
        Cancellation::Requested { .. } => "requested",
        Cancellation::NotPossible { reason, .. } => reason.code(),
        Cancellation::Cancelled => "cancelled",
    }
}

/// Every cell of a table: state, lines, expected decision.
fn cells(table: &'static str) -> Vec<(OrderState, &'static str, &'static str)> {
    let mut rows = table.trim().lines().map(|row| row.split_whitespace());
    let columns: Vec<&str> = rows.next().unwrap().skip(1).collect();
    let mut cells = Vec::new();
    let mut states = Vec::new();
    for mut row in rows {
        let state = OrderState::from_code(row.next().unwrap()).unwrap();
        states.push(state);
        let row: Vec<&str> = row.collect();
        assert_eq!(row.len(), columns.len(), "{state:?}");
        cells.extend(
            columns
                .iter()
                .zip(row)
                .map(|(lines, cell)| (state, *lines, cell)),
        );
    }
    assert_eq!(states, OrderState::ALL);
    cells
}

#[test]
fn every_state_and_kind_of_line_is_decided_as_the_tables_say() {
    for (shop, table) in [("tepai", TEPAI), ("wanfu", WANFU)] {
        let policy = policy(shop);
        for (state, lines, expected) in cells(table) {
            let found = order(state, lines).cancellation(policy, now());
            assert_eq!(in_words(&found), expected, "{shop}, {state:?}, {lines}");
        }
    }
}

#[test]
fn cancelling_does_what_the_decision_says() {
    for (shop, table) in [("tepai", TEPAI), ("wanfu", WANFU)] {
        let policy = policy(shop);
        for (state, lines, expected) in cells(table) {
            let order = order(state, lines);
            let found = match order.cancel(policy, calendar(), &intent(None), now()) {
                Ok(CancelSuccess::Cancelled(_)) => "at_once",
                Ok(CancelSuccess::Requested(_)) => "request",
                Err(CancelError::NotPossible { reason, .. }) => reason.code(),
                Err(other) => panic!("{other:?}"),
            };
            let expected = if expected == "cancelled" {
                "already_cancelled"
            } else {
                expected
            };
            assert_eq!(found, expected, "{shop}, {state:?}, {lines}");
        }
    }
}

#[test]
fn a_quote_is_possible_exactly_when_a_cancel_is() {
    for (shop, table) in [("tepai", TEPAI), ("wanfu", WANFU)] {
        let policy = policy(shop);
        for (state, lines, expected) in cells(table) {
            let found = order(state, lines).quote(policy, calendar(), None, now());
            let found = found.map(|quote| quote.by_request);
            match expected {
                "at_once" => assert_eq!(found, Ok(false), "{shop}, {state:?}, {lines}"),
                "request" => assert_eq!(found, Ok(true), "{shop}, {state:?}, {lines}"),
                _ => assert!(found.is_err(), "{shop}, {state:?}, {lines}"),
            }
        }
    }
}

/// Both policies with a window of half an hour wherever cancelling is possible.
fn with_windows(shop: &str) -> Policy {
    let text = policy_text(shop)
        .replace(
            "\"self_service\"\nnext",
            "\"self_service\"\nwindow_minutes = 30\nnext",
        )
        .replace(
            "\"by_request\"\nnext",
            "\"by_request\"\nwindow_minutes = 30\nnext",
        );
    Policy::parse("windows", &text).unwrap()
}

#[test]
fn a_window_closes_every_possibility_at_its_last_minute_and_nothing_else() {
    for (shop, table) in [("tepai", TEPAI), ("wanfu", WANFU)] {
        let policy = with_windows(shop);
        for (state, lines, expected) in cells(table) {
            let order = order(state, lines);
            let close = order.placed_at + minutes(30);
            let millisecond = chrono::TimeDelta::milliseconds(1);
            let before = order.cancellation(&policy, close - millisecond);
            assert_eq!(in_words(&before), expected, "{shop}, {state:?}, {lines}");
            if let Cancellation::SelfService { until } = before {
                assert_eq!(until, Some(close));
            }
            let possible = ["at_once", "request"].contains(&expected);
            let then = if possible { "window_closed" } else { expected };
            let after = order.cancellation(&policy, close);
            assert_eq!(in_words(&after), then, "{shop}, {state:?}, {lines}");
        }
    }
}

#[test]
fn without_a_window_there_is_no_until() {
    let found = order(OrderState::Unpacked, "physical").cancellation(policy("tepai"), now());
    assert_eq!(found, Cancellation::SelfService { until: None });
}

#[test]
fn an_open_request_is_what_counts_and_a_declined_one_ends_it() {
    let order = requested(order(OrderState::Unpacked, "digital"));
    let at = now() - minutes(5);
    let policy = policy("wanfu");
    assert_eq!(
        order.cancellation(policy, now()),
        Cancellation::Requested { at }
    );

    let note = "已开始充值".to_owned();
    let declined = changed(&order, ShopEvent::CancellationDeclined { note }).order;
    let expected = Cancellation::NotPossible {
        reason: NotPossibleReason::RequestDeclined,
        next_steps: vec![NextStep::ContactSupport],
    };
    assert_eq!(declined.cancellation(policy, now()), expected);

    // What the warehouse has begun is told as that.
    let packing = changed(&declined, ShopEvent::PackingStarted).order;
    assert_eq!(in_words(&packing.cancellation(policy, now())), "packing");
}

#[test]
fn what_to_do_instead_comes_from_the_policy() {
    use NextStep::{ContactSupport, LetItClose, RefuseParcel, ReportDefect, RequestReturn};
    let table: [(&str, OrderState, &[NextStep]); 7] = [
        (
            "tepai",
            OrderState::AwaitingPayment,
            &[LetItClose, ContactSupport],
        ),
        ("tepai", OrderState::Packing, &[ContactSupport]),
        (
            "tepai",
            OrderState::Shipped,
            &[RefuseParcel, RequestReturn, ContactSupport],
        ),
        (
            "tepai",
            OrderState::Delivered,
            &[RequestReturn, ReportDefect, ContactSupport],
        ),
        ("tepai", OrderState::Completed, &[ContactSupport]),
        (
            "wanfu",
            OrderState::Shipped,
            &[RefuseParcel, RequestReturn, ContactSupport],
        ),
        (
            "wanfu",
            OrderState::Delivered,
            &[ReportDefect, ContactSupport],
        ),
    ];
    for (shop, state, expected) in table {
        match order(state, "physical").cancellation(policy(shop), now()) {
            Cancellation::NotPossible { next_steps, .. } => assert_eq!(next_steps, expected),
            other => panic!("{shop}, {state:?}: {other:?}"),
        }
    }
}

#[test]
fn a_part_is_decided_by_its_own_lines() {
    let wanfu = policy("wanfu");
    let order = order(OrderState::Unpacked, "one_tap+custom+digital+issued");
    let decide = |lines: &[LineQuantity]| match order.quote(wanfu, calendar(), Some(lines), now()) {
        Ok(quote) if quote.by_request => "request",
        Ok(_) => "at_once",
        Err(CancelError::NotPossible { reason, .. }) => reason.code(),
        Err(other) => panic!("{other:?}"),
    };
    assert_eq!(decide(&[some("a", 1)]), "at_once");
    assert_eq!(decide(&[some("b", 1)]), "stock_locked");
    assert_eq!(decide(&[some("c", 2)]), "request");
    assert_eq!(decide(&[some("d", 1)]), "issued");
    assert_eq!(decide(&[some("a", 1), some("c", 1)]), "request");
    assert_eq!(decide(&[some("a", 1), some("b", 1)]), "stock_locked");
}

#[test]
fn what_a_cancel_leaves_in_the_order_is_named_with_the_reason() {
    let whole_only = policy_with("wanfu", "partial = true", "partial = false");
    let wanfu = policy("wanfu");
    let table: [(&Policy, OrderState, &str, &str); 10] = [
        (
            wanfu,
            OrderState::Unpacked,
            "one_tap+custom+digital+issued",
            "b stock_locked, d issued",
        ),
        (
            wanfu,
            OrderState::PendingConfirmation,
            "physical+presale",
            "b stock_locked",
        ),
        (
            policy("tepai"),
            OrderState::Unpacked,
            "custom+issued",
            "b issued",
        ),
        // Nothing stays, or everything does.
        (wanfu, OrderState::Unpacked, "one_tap+physical", ""),
        (wanfu, OrderState::Unpacked, "custom+presale", ""),
        (wanfu, OrderState::Packing, "custom+physical", ""),
        (wanfu, OrderState::Unpacked, "physical+gone", ""),
        // Nothing of it is cancelled without the rest.
        (&whole_only, OrderState::Unpacked, "physical+custom", ""),
        (wanfu, OrderState::AwaitingPayment, "digital+issued", ""),
        (wanfu, OrderState::Cancelled, "physical+custom", ""),
    ];
    for (policy, state, lines, expected) in table {
        let order = order(state, lines);
        let staying = order.staying(policy, now());
        let found: Vec<_> = staying
            .iter()
            .map(|(line, reason)| format!("{} {}", line.as_str(), reason.code()))
            .collect();
        assert_eq!(found.join(", "), expected, "{state:?}, {lines}");
    }
    let mixed = order(OrderState::Unpacked, "physical+custom");
    assert_eq!(
        in_words(&mixed.cancellation(&whole_only, now())),
        "stock_locked"
    );
}

#[test]
fn after_a_declined_request_only_what_needs_no_staff_is_cancelled() {
    let order = requested(order(OrderState::Unpacked, "digital+one_tap"));
    let wanfu = policy("wanfu");
    assert_eq!(
        order.staying(wanfu, now()),
        [],
        "staff are deciding about all of it"
    );
    let note = "已开始充值".to_owned();
    let declined = changed(&order, ShopEvent::CancellationDeclined { note }).order;
    assert_eq!(in_words(&declined.cancellation(wanfu, now())), "at_once");
    assert_eq!(
        declined.staying(wanfu, now()),
        [(&LineId::from("a"), NotPossibleReason::RequestDeclined)]
    );
}

#[test]
fn a_policy_that_never_allows_it_says_so() {
    let from = "[cancellation.unpacked] # S0\noutcome = \"self_service\"";
    let to = "[cancellation.unpacked]\noutcome = \"not_possible\"";
    let policy = policy_with("tepai", from, to);
    let found = order(OrderState::Unpacked, "physical").cancellation(&policy, now());
    assert_eq!(in_words(&found), "window_closed");
}
