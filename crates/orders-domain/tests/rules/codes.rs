//! The stable names of enums.

use orders_domain::*;
use serde::Serialize;

fn check<T: Serialize + Copy>(all: &[T], code: fn(T) -> &'static str) {
    for value in all {
        let written = serde_json::to_value(value).unwrap();
        assert_eq!(written, code(*value));
    }
}

#[test]
fn every_code_is_the_name_on_the_wire() {
    check(&OrderState::ALL, OrderState::code);
    check(&PendingCause::ALL, PendingCause::code);
    check(&CancelledBy::ALL, CancelledBy::code);
    check(&NotPossibleReason::ALL, NotPossibleReason::code);
    check(&NextStep::ALL, NextStep::code);
    check(&NotRestoredReason::ALL, NotRestoredReason::code);
    check(&LineKind::ALL, LineKind::code);
    check(&LineTrait::ALL, LineTrait::code);
    check(&AddressField::ALL, AddressField::code);
    check(&TimelineEvent::ALL, TimelineEvent::code);
    check(&Actor::ALL, Actor::code);
    check(&Channel::ALL, Channel::code);
    check(&RefundState::ALL, RefundState::code);
    check(&NotReturnable::ALL, NotReturnable::code);
    check(&Turn::ALL, Turn::code);
    check(&ConversationState::ALL, ConversationState::code);
    check(&Side::ALL, Side::code);
    check(&ChatNote::ALL, ChatNote::code);
    check(&Topic::ALL, Topic::code);
    check(&Consequence::ALL, Consequence::code);
    check(&CaseAction::ALL, CaseAction::code);
    check(&EvidenceKind::ALL, EvidenceKind::code);
    check(&ComplaintState::ALL, ComplaintState::code);
    check(&ComplaintTopic::ALL, ComplaintTopic::code);
    check(&ComplaintWish::ALL, ComplaintWish::code);
    check(&ProposalKind::ALL, ProposalKind::code);
    check(&DraftState::ALL, DraftState::code);
    check(&ComplaintConsequence::ALL, ComplaintConsequence::code);
    check(&ComplaintAction::ALL, ComplaintAction::code);
    check(&ComplaintAct::ALL, ComplaintAct::code);
    check(&ComplaintSilence::ALL, ComplaintSilence::code);
    check(&Role::ALL, Role::code);
    check(&Permission::ALL, Permission::code);
    check(&ReplyFact::ALL, ReplyFact::code);
    check(&Identification::ALL, Identification::code);
    check(&EnquiryAnswer::ALL, EnquiryAnswer::code);
}

#[test]
fn every_code_leads_back_to_its_value() {
    for state in OrderState::ALL {
        assert_eq!(OrderState::from_code(state.code()), Some(state));
    }
    for event in TimelineEvent::ALL {
        assert_eq!(TimelineEvent::from_code(event.code()), Some(event));
    }
    assert_eq!(OrderState::from_code("packed"), None);
}

#[test]
fn every_rule_and_clock_is_found_under_its_own_state_and_channel() {
    for (index, state) in OrderState::ALL.into_iter().enumerate() {
        assert_eq!(state as usize, index);
    }
    for (index, channel) in Channel::ALL.into_iter().enumerate() {
        assert_eq!(channel as usize, index);
    }
}

#[test]
fn an_order_moves_between_states_as_this_table_says() {
    // From each state to each state in the order of `OrderState::ALL`; `x` is a move.
    let table = [
        (OrderState::AwaitingPayment, ".xxxxxxx"),
        (OrderState::PendingConfirmation, "..xxxxxx"),
        (OrderState::Unpacked, ".x.xxxxx"),
        (OrderState::Packing, "....xxxx"),
        (OrderState::Shipped, ".....xx."),
        (OrderState::Delivered, "......x."),
        (OrderState::Completed, "........"),
        (OrderState::Cancelled, "........"),
    ];
    for (from, moves) in table {
        for (to, expected) in OrderState::ALL.into_iter().zip(moves.chars()) {
            assert_eq!(from.may_become(to), expected == 'x', "{from:?} to {to:?}");
        }
        assert_eq!(from.is_final(), !moves.contains('x'), "{from:?}");
    }
}

#[test]
fn a_refund_only_moves_forward_and_ends_when_it_arrives() {
    let table = [
        (RefundState::Requested, ".xxxxx"),
        (RefundState::Approved, "..xxxx"),
        (RefundState::Sent, "...xxx"),
        (RefundState::InClearing, "....xx"),
        (RefundState::Arrived, "......"),
        (RefundState::Failed, "....x."),
    ];
    for (from, moves) in table {
        for (to, expected) in RefundState::ALL.into_iter().zip(moves.chars()) {
            assert_eq!(from.may_become(to), expected == 'x', "{from:?} to {to:?}");
        }
        assert_eq!(from.is_final(), from == RefundState::Arrived);
    }
}

#[test]
fn a_request_is_decided_once() {
    for from in RequestState::ALL {
        assert_eq!(from.is_final(), from != RequestState::Open);
        for to in RequestState::ALL {
            let expected = from == RequestState::Open && to != RequestState::Open;
            assert_eq!(from.may_become(to), expected, "{from:?} to {to:?}");
        }
    }
}
