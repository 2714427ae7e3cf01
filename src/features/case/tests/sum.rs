//! What it comes to, and the points that come back.

use orders_api::{CaseState, Condition};

use super::super::sample;
use super::super::words::Words;
use super::render;
use crate::words::{Lang, codes, common, fill};

#[test]
fn the_sum_explains_each_of_its_lines() {
    for lang in Lang::ALL {
        let words = common::Words::of(lang);
        let html = render(lang, &sample::case(CaseState::Open));
        for text in [
            "¥128.00",
            "−¥25.60",
            "¥102.40",
            words.goods_paid_why,
            codes::condition(lang, Condition::Opened),
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
        assert!(!html.contains(words.freight_back_why));
        let faulty = render(lang, &sample::refund_only(CaseState::Open));
        assert!(
            faulty.contains(words.freight_back_why) && faulty.contains("¥12.00"),
            "{faulty}"
        );
        assert!(!faulty.contains(words.deduction), "{faulty}");
    }
}

#[test]
fn the_points_that_come_back_are_told_and_those_that_do_not_are_not() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let told = |state, points| {
            let mut case = sample::case(state);
            case.settlement.points = points;
            let html = render(lang, &case);
            [words.points_back, words.points_were]
                .map(|text| html.contains(&fill(text, &[("n", "1,200")])))
        };
        for state in CaseState::ALL {
            let due = match state {
                CaseState::Refunded => [false, true],
                CaseState::Withdrawn | CaseState::Closed => [false, false],
                CaseState::Open
                | CaseState::AwaitingReturn
                | CaseState::Returning
                | CaseState::Rejected
                | CaseState::Appealed => [true, false],
            };
            assert_eq!(told(state, 1_200), due, "{state:?}");
            let none = render(lang, &sample::case(state));
            assert!(!none.contains("give-back"), "{state:?}: {none}");
        }
    }
}
