//! Where words stand that come from forms, failures and people.

use leptos::prelude::*;
use orders_api::*;

use super::super::moves::Move;
use super::super::sample;
use super::super::views::skeleton;
use super::{render, render_with};
use crate::words::Lang;

#[test]
fn what_is_wrong_stands_at_its_field_or_above_its_form() {
    let rejected = sample::case(CaseState::Rejected);
    for lang in Lang::ALL {
        let html = render_with(
            lang,
            &rejected,
            |parts| assert!(parts.appeal.complete(&sample::uploads(0)).is_none()),
            Some((Move::Say, "say error".to_owned())),
        );
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{html}");
        assert!(
            html.contains("aria-describedby=\"appeal-text-error\""),
            "{html}"
        );
        assert!(html.contains("id=\"appeal-text-error\""), "{html}");
        let (before, say) = html.split_once("id=\"say\"").expect("a form");
        assert!(
            say.contains("say error") && !before.contains("say error"),
            "{html}"
        );
        let html = render_with(
            lang,
            &rejected,
            |parts| {
                parts
                    .appeal
                    .text
                    .value
                    .set("</textarea><script>".to_owned())
            },
            Some((Move::Withdraw, "withdraw error".to_owned())),
        );
        assert!(
            html.contains("\n&lt;/textarea>&lt;script>"),
            "what was written is kept: {html}"
        );
        assert!(
            html.contains("<details open") && html.contains("withdraw error"),
            "{html}"
        );
    }
}

#[test]
fn news_is_read_out_politely() {
    let html = render(Lang::En, &sample::case(CaseState::Open));
    assert!(
        html.contains("role=\"status\" class=\"visually-hidden\">news"),
        "{html}"
    );
    let waiting = Owner::new().with(|| skeleton("…").to_html());
    assert!(waiting.contains("aria-busy=\"true\""), "{waiting}");
}

#[test]
fn what_comes_from_outside_is_text_and_never_markup() {
    let evil = "<script>alert('x')</script>\"onload=\"";
    for state in CaseState::ALL {
        let mut case = sample::case(state);
        case.id = evil.into();
        case.reason = evil.into();
        case.return_to = Some(evil.into());
        case.order.id = evil.into();
        case.order.number = evil.into();
        case.order.title = evil.into();
        case.shop.name = evil.into();
        case.support.email = evil.into();
        case.lines[0].components = vec![evil.into()];
        case.lines[0].line.title = evil.into();
        for entry in &mut case.thread {
            entry.text = Some(evil.into());
            for evidence in &mut entry.evidence {
                evidence.id = evil.into();
            }
        }
        if let Some(parcel) = &mut case.parcel {
            parcel.courier = evil.into();
            parcel.tracking_number = evil.into();
        }
        let html = render(Lang::En, &case);
        assert!(!html.contains("<script"), "{html}");
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            assert!(!tag.contains("\"onload"), "{tag}");
        }
    }
}
