//! What a wish may be, and how far it leads.

use orders_api::{AfterSaleOptions, CaseKind, Condition, LineOption, NotReturnable, field_codes};

use super::sample;
use super::wish::{Change, Field, Wish, Wrong};
use crate::paths::AskStep;

fn wish(options: &AfterSaleOptions, changes: &[Change]) -> Wish {
    let mut wish = Wish::begin(options);
    for change in changes {
        wish.change(change.clone(), options);
    }
    wish
}

fn take(line: &str, quantity: u32) -> Change {
    Change::Quantity(line.into(), quantity)
}

fn reason(code: &str) -> Change {
    Change::Reason(code.into())
}

const RETURN: Change = Change::Kind(CaseKind::ReturnAndRefund);

fn missing(field: Field) -> Wrong {
    Wrong::new(field, field_codes::REQUIRED)
}

#[test]
fn what_there_is_no_choice_about_is_chosen() {
    assert_eq!(Wish::begin(&sample::single()).quantity_of("l1"), 1);
    assert_eq!(Wish::begin(&sample::delivered()).units(), 0);
    // Two of the only line are a choice.
    let refusal = sample::on_its_way();
    let begun = Wish::begin(&refusal);
    assert_eq!(begun.units(), 0);
    assert_eq!(begun.kind, Some(CaseKind::ReturnAndRefund));
    assert_eq!(begun.reason.as_deref(), Some("refused_parcel"));
}

#[test]
fn a_refused_parcel_asks_for_no_condition_and_no_photo() {
    let options = sample::on_its_way();
    let wish = wish(&options, &[take("l1", 2)]);
    assert!(wish.conditions(&options).is_empty());
    assert_eq!(wish.furthest(&options, 0), AskStep::Check);
    let sent = wish.open_case(&options, Vec::new()).expect("whole");
    assert_eq!((sent.condition, sent.lines[0].quantity), (None, 2));
}

#[test]
fn no_more_is_taken_than_there_is_and_closed_lines_not_at_all() {
    let options = sample::delivered();
    let wish = wish(&options, &[take("l4", 1), take("l2", 9), take("l1", 1)]);
    let lines: Vec<_> = wish
        .lines
        .iter()
        .map(|some| (some.line.as_str(), some.quantity))
        .collect();
    // In the order of the order's lines: the same choice is the same request.
    assert_eq!(lines, [("l1", 1), ("l2", 2)]);
}

#[test]
fn components_are_all_meant_until_one_is_taken_away_and_only_those_that_are_left() {
    let options = sample::delivered();
    let of = |changes: &[Change]| {
        let wish = wish(&options, changes);
        wish.line("l2").map(|some| some.components.clone())
    };
    let part = |id: &str, meant| Change::Component("l2".into(), id.into(), meant);
    assert_eq!(of(&[take("l2", 1)]), Some(vec!["pot".into(), "cup".into()]));
    // Of the cups only one is left.
    assert_eq!(of(&[take("l2", 2)]), Some(vec!["pot".into()]));
    let without_pot = [take("l2", 1), part("pot", false)];
    assert_eq!(of(&without_pot), Some(vec!["cup".into()]));
    let nothing = [take("l2", 1), part("pot", false), part("cup", false)];
    assert_eq!(of(&nothing), None);
    assert_eq!(
        of(&[take("l2", 1), part("box", true)]),
        Some(vec!["pot".into(), "cup".into()])
    );

    let sent = |changes: &[Change]| {
        let all = [changes, &[Change::Kind(CaseKind::RefundOnly)]].concat();
        let sent = wish(&options, &all).open_case(&options, Vec::new());
        sent.expect("whole").lines[0].components.clone()
    };
    // All of them are not named.
    assert!(sent(&[take("l2", 1)]).is_empty());
    assert_eq!(sent(&[take("l2", 2)]), ["pot"]);
    assert_eq!(sent(&without_pot), ["cup"]);
}

#[test]
fn a_line_that_is_taken_back_only_for_a_fault_leaves_only_faults_to_choose() {
    let options = sample::delivered();
    let codes = |wish: &Wish| {
        let reasons = wish.reasons(&options);
        reasons
            .into_iter()
            .map(|reason| reason.code.clone())
            .collect::<Vec<_>>()
    };
    let free = wish(&options, &[take("l1", 1), RETURN]);
    assert!(!free.needs_fault(&options));
    assert_eq!(
        codes(&free),
        ["no_longer_wanted", "quality", "description_mismatch"]
    );
    let bound = wish(
        &options,
        &[
            take("l1", 1),
            RETURN,
            reason("no_longer_wanted"),
            take("l3", 1),
        ],
    );
    assert!(bound.needs_fault(&options));
    assert_eq!(codes(&bound), ["quality", "description_mismatch"]);
    assert_eq!(bound.reason, None);
}

#[test]
fn another_kind_lets_go_of_a_reason_and_a_condition_that_it_does_not_have() {
    let options = sample::delivered();
    let opened = Change::Condition(Condition::Opened);
    let mut wish = wish(
        &options,
        &[take("l1", 1), RETURN, reason("quality"), opened.clone()],
    );
    assert_eq!(wish.condition, Some(Condition::Opened));
    wish.change(Change::Kind(CaseKind::RefundOnly), &options);
    // It is the only reason for the money alone; and what stays is in whatever condition it is.
    assert_eq!(wish.reason.as_deref(), Some("quality"));
    assert_eq!(wish.condition, None);
    wish.change(RETURN, &options);
    wish.change(reason("no_longer_wanted"), &options);
    wish.change(opened, &options);
    wish.change(Change::Condition(Condition::Used), &options);
    assert_eq!(wish.condition, None, "used goods are not taken back");
}

#[test]
fn nothing_is_taken_off_when_the_seller_is_at_fault() {
    let options = sample::delivered();
    let deductions = |code: &str| {
        let wish = wish(&options, &[take("l1", 1), RETURN, reason(code)]);
        let conditions = wish.conditions(&options);
        conditions
            .iter()
            .map(|choice| choice.deduction)
            .collect::<Vec<_>>()
    };
    assert_eq!(deductions("no_longer_wanted"), [Some(0), Some(10), None]);
    assert_eq!(deductions("quality"), [Some(0), Some(0), Some(0)]);
}

#[test]
fn each_step_says_what_is_missing_and_none_is_shown_before_those_in_front_of_it() {
    let options = sample::delivered();
    let check = |changes: &[Change], evidence: usize, step: AskStep, wrong: &[Wrong]| {
        let wish = wish(&options, changes);
        assert_eq!(wish.furthest(&options, evidence), step, "{changes:?}");
        assert_eq!(
            wish.wrong_in(step, &options, evidence),
            wrong,
            "{changes:?}"
        );
    };
    let one = take("l1", 1);
    let used = Change::Condition(Condition::Unused);
    check(&[], 0, AskStep::What, &[missing(Field::Lines)]);
    check(
        std::slice::from_ref(&one),
        0,
        AskStep::Why,
        &[missing(Field::Kind)],
    );
    check(
        &[one.clone(), RETURN],
        0,
        AskStep::Why,
        &[missing(Field::Reason)],
    );
    check(
        &[one.clone(), RETURN, reason("no_longer_wanted")],
        0,
        AskStep::Why,
        &[missing(Field::Condition)],
    );
    check(
        &[
            one.clone(),
            RETURN,
            reason("no_longer_wanted"),
            used.clone(),
        ],
        0,
        AskStep::Check,
        &[],
    );
    check(
        &[one.clone(), RETURN, reason("quality"), used.clone()],
        0,
        AskStep::Why,
        &[missing(Field::Evidence)],
    );
    check(
        &[one.clone(), RETURN, reason("quality"), used],
        1,
        AskStep::Check,
        &[],
    );
    let long = Change::Note("字".repeat(501));
    let kind = Change::Kind(CaseKind::RefundOnly);
    check(
        &[one, kind, long],
        1,
        AskStep::Why,
        &[Wrong::new(Field::Note, field_codes::TOO_LONG)],
    );
}

#[test]
fn what_is_offered_no_more_is_let_go() {
    let options = sample::delivered();
    let mut wish = wish(&options, &[take("l1", 2), take("l3", 1), RETURN]);
    let mut fewer = options.clone();
    fewer.lines[0].quantity = 1;
    fewer.lines[2] = LineOption {
        not_even_faulty: Some(NotReturnable::WindowClosed),
        ..fewer.lines[2].clone()
    };
    wish.fit(&fewer);
    assert_eq!((wish.quantity_of("l1"), wish.quantity_of("l3")), (1, 0));
    assert_eq!(wish.kind, Some(CaseKind::ReturnAndRefund));
}

#[test]
fn what_is_sent_has_words_without_blanks_around_them_and_the_evidence() {
    let options = sample::single();
    let changes = [
        Change::Kind(CaseKind::RefundOnly),
        Change::Note("  裂了\n".into()),
    ];
    let sent = wish(&options, &changes).open_case(&options, vec!["u1".into()]);
    let sent = sent.expect("whole");
    assert_eq!(sent.note.as_deref(), Some("裂了"));
    assert_eq!(sent.evidence, ["u1"]);
    let blank = wish(
        &options,
        &[Change::Note(" ".into()), Change::Kind(CaseKind::RefundOnly)],
    );
    let sent = blank.open_case(&options, Vec::new()).expect("whole");
    assert_eq!(sent.note, None);
    assert_eq!(wish(&options, &[]).open_case(&options, Vec::new()), None);
}

#[test]
fn every_field_of_the_wire_has_its_step() {
    for (name, field) in [
        ("lines", Field::Lines),
        ("lines[0].quantity", Field::Lines),
        ("lines[1].components[0]", Field::Lines),
        ("kind", Field::Kind),
        ("reason", Field::Reason),
        ("condition", Field::Condition),
        ("evidence", Field::Evidence),
        ("note", Field::Note),
    ] {
        assert_eq!(Field::of_wire(name), Some(field), "{name}");
    }
    assert_eq!(Field::of_wire("body"), None);
    assert_eq!(Field::Lines.step(), AskStep::What);
    assert_eq!(Field::Evidence.step(), AskStep::Why);
}
