//! The refund's page, rendered on the host.

use leptos::prelude::*;
use orders_api::*;

use super::route::{Step, headline, next, stops};
use super::sample;
use super::view_way::WayParts;
use super::views::{RefundView, skeleton};
use super::way::{Field, WayForm};
use super::words::Words;
use crate::features::session::SessionState;
use crate::features::support::mailto;
use crate::shell::Toasts;
use crate::words::{Lang, codes};

fn render(lang: Lang, detail: &RefundDetail) -> String {
    render_with(lang, detail, |_| {})
}

/// With what the shopper did in the form.
fn render_with(lang: Lang, detail: &RefundDetail, fill_in: impl Fn(WayForm)) -> String {
    let owner = Owner::new();
    let detail = detail.clone();
    owner.with(|| {
        provide_context(lang);
        let news = Signal::stored("news".to_owned());
        let form = WayForm::new();
        fill_in(form);
        let nothing = Callback::new(|()| {});
        let way = WayParts {
            form,
            error: Signal::stored(Some("way error".to_owned())),
            ask: nothing,
            withdrawing: Signal::stored(false),
            withdraw: nothing,
            key: StoredValue::new(Some("k1".to_owned())),
            left: Signal::stored(60),
        };
        view! {
            <RefundView lang refund=Signal::stored(detail) news way copy=Callback::new(|_| {})/>
        }
        .to_html()
    })
}

/// Text as the renderer writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

fn steps(detail: &RefundDetail) -> Vec<Step> {
    let stops = stops(Lang::En, detail);
    stops.iter().map(|stop| stop.step).collect()
}

fn whats(lang: Lang, detail: &RefundDetail) -> Vec<String> {
    let stops = stops(lang, detail);
    stops.into_iter().map(|stop| stop.what).collect()
}

#[test]
fn the_way_shows_where_the_money_is() {
    use Step::*;
    for (state, way) in [
        (RefundState::Requested, [Here, Coming, Coming, Coming]),
        (RefundState::Approved, [Here, Coming, Coming, Coming]),
        (RefundState::Sent, [Done, Here, Coming, Coming]),
        (RefundState::InClearing, [Done, Done, Here, Coming]),
        (RefundState::Arrived, [Done, Done, Done, Here]),
        (RefundState::Failed, [Done, Done, Coming, Failed]),
    ] {
        assert_eq!(steps(&sample::detail(state)), way, "{state:?}");
    }
    let mut refused = sample::detail(RefundState::Failed);
    refused.refund.sent_at = None;
    refused
        .history
        .retain(|event| event.what != TimelineEvent::RefundSent);
    assert_eq!(steps(&refused), [Done, Coming, Coming, Failed]);
}

#[test]
fn places_are_named_and_what_is_to_come_has_the_days_that_were_promised() {
    let approved = sample::detail(RefundState::Approved);
    let names: Vec<_> = stops(Lang::ZhCn, &approved)
        .into_iter()
        .map(|stop| stop.name)
        .collect();
    assert_eq!(names, ["B特派", "微信支付", "银行清算", "微信零钱"]);
    assert_eq!(
        whats(Lang::En, &approved),
        ["Accepted", "By 25 Nov", "", "Expected 1–4 Dec"]
    );
    let mut clearing = sample::detail(RefundState::InClearing);
    let days: Vec<_> = stops(Lang::En, &clearing)
        .into_iter()
        .map(|stop| stop.at.map(|at| at.0[..10].to_owned()))
        .collect();
    assert_eq!(
        days,
        [
            Some("2026-11-22".into()),
            Some("2026-11-23".into()),
            Some("2026-11-24".into()),
            None
        ]
    );
    clearing.refund.expected_on = Some(Day("2026-12-02".into()));
    assert_eq!(whats(Lang::ZhCn, &clearing)[3], "银行预计 12月2日 到账");
    assert!(next(Lang::En, &clearing).starts_with("The bank expects it to arrive on Wed 2 Dec."));
}

#[test]
fn points_pass_no_bank() {
    let mut points = sample::detail(RefundState::Sent);
    points.refund.channel = Channel::Points;
    points.refund.account = String::new();
    let names: Vec<_> = stops(Lang::En, &points)
        .into_iter()
        .map(|stop| stop.name)
        .collect();
    assert_eq!(names, ["B特派", "Points system", "Points"]);
    assert!(!next(Lang::En, &points).contains("bank"));
}

#[test]
fn every_refund_says_where_it_is_what_comes_next_and_how_to_reach_a_person() {
    for lang in Lang::ALL {
        for detail in sample::every() {
            let html = render(lang, &detail);
            for text in [
                headline(lang, &detail),
                next(lang, &detail),
                crate::format::money(&detail.refund.amount),
                detail.refund.account.clone(),
                "href=\"tel:4008200403\"".to_owned(),
                "href=\"/orders/o1\"".to_owned(),
            ] {
                assert!(html.contains(&escaped(&text)), "{text}: {html}");
            }
            let here = html.matches("aria-current=\"step\"").count();
            let failed = detail.refund.state == RefundState::Failed;
            assert_eq!(here, usize::from(!failed), "{html}");
            assert!(!html.contains('{') && !html.contains(" style"), "{html}");
        }
    }
}

#[test]
fn what_is_wrong_stands_above_the_money_with_the_way_to_a_person() {
    for lang in Lang::ALL {
        for detail in sample::every() {
            let trouble =
                detail.refund.late.is_some() || detail.refund.state == RefundState::Failed;
            let html = render(lang, &detail);
            let before = html.split("class=\"refund-status\"").next();
            let above = before.unwrap_or_default();
            assert_eq!(above.contains("class=\"notice\""), trouble, "{html}");
            if trouble {
                let mail = super::contact::mail(lang, &detail);
                let link = escaped(&mailto(&detail.support.email, &mail));
                assert!(above.contains(&format!("href=\"{link}\"")), "{above}");
                assert!(above.contains("href=\"tel:4008200403\""), "{above}");
            }
        }
    }
}

#[test]
fn a_late_refund_says_what_was_promised_and_that_it_is_known() {
    for (detail, notice, stop) in [
        (
            sample::late(RefundState::Approved, Lateness::NotSent),
            "It was to go to WeChat Pay by Wed 25 Nov and has not yet. The shop's staff have been told.",
            1,
        ),
        (
            sample::late(RefundState::InClearing, Lateness::NotArrived),
            "It was to arrive by Fri 4 Dec and has not yet. The shop's staff have been told.",
            3,
        ),
    ] {
        let html = render(Lang::En, &detail);
        assert!(html.contains(notice), "{html}");
        assert_eq!(steps(&detail)[stop], Step::Late);
        assert!(whats(Lang::En, &detail)[stop].starts_with("Was due by "));
        assert!(html.contains(Words::of(Lang::En).next_late));
    }
    let never_sent = sample::late(RefundState::Approved, Lateness::NotArrived);
    assert_eq!(steps(&never_sent)[1], Step::Late);
}

#[test]
fn a_failed_refund_says_why_that_it_is_owed_and_never_that_it_arrived() {
    for lang in Lang::ALL {
        for failure in RefundFailure::ALL {
            let mut detail = sample::detail(RefundState::Failed);
            detail.refund.failure = Some(failure);
            let html = render(lang, &detail);
            assert!(html.contains(codes::refund_failure(lang, failure)));
            let arrived = format!(">{}", Words::of(lang).stop_arrived);
            assert!(!html.contains(&arrived), "{html}");
        }
        let mut silent = sample::detail(RefundState::Failed);
        silent.refund.failure = None;
        assert!(render(lang, &silent).contains(Words::of(lang).failed_unknown));
    }
    let html = render(Lang::En, &sample::detail(RefundState::Failed));
    assert!(html.contains("The money is not lost: ¥1,234.50 is still owed to you"));
}

#[test]
fn parts_are_listed_with_their_sum_and_lead_to_each_other() {
    let html = render(Lang::ZhCn, &sample::split());
    for text in [
        "href=\"/refunds/o1-R2\"",
        "招商银行 尾号 0403",
        "¥934.50",
        "已处理，银行清算中",
        "2 笔合计",
        "¥1,234.50",
        "aria-current=\"page\"",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("href=\"/refunds/o1-R1\""), "not to itself");
    let alone = render(Lang::ZhCn, &sample::detail(RefundState::Arrived));
    assert!(!alone.contains("id=\"parts-title\""));
}

#[test]
fn the_history_is_told_newest_first_with_the_time_of_day() {
    let html = render(Lang::ZhCn, &sample::detail(RefundState::Arrived));
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
    let arrived = at("2026年12月1日 12:00");
    let sent = at("2026年11月23日 10:00");
    let approved = html.rfind("2026年11月22日 16:05").unwrap_or_default();
    assert!(arrived < sent, "{html}");
    assert!(html.contains("支付机构") && approved > 0);
    let requested = render(Lang::ZhCn, &sample::detail(RefundState::Requested));
    assert!(!requested.contains("id=\"history-title\""));
}

#[test]
fn an_estimate_is_called_one_while_it_matters() {
    for (state, told) in [
        (RefundState::Sent, true),
        (RefundState::Arrived, false),
        (RefundState::Failed, false),
    ] {
        let mut detail = sample::detail(state);
        detail.refund.estimated = true;
        assert_eq!(
            render(Lang::ZhCn, &detail).contains("日期为估算"),
            told,
            "{state:?}"
        );
    }
}

#[test]
fn a_wish_is_asked_for_shown_taken_back_and_never_said_to_be_more_than_it_is() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for detail in sample::every() {
            let html = render(lang, &detail);
            let state = detail.way.as_ref().map(|way| way.state);
            let may = detail.may_change_way;
            let asks = html.contains("action=\"/refunds/o1-R1/way\"");
            assert_eq!(asks, may, "{html}");
            let leads = html.contains("/help/another-account?shop=tepai&amp;version=2026-01");
            assert_eq!(leads, may, "{html}");
            let takes_back = html.contains("action=\"/refunds/o1-R1/way/withdraw\"");
            assert_eq!(takes_back, state == Some(WayState::Open), "{html}");
            let failed = detail.refund.state == RefundState::Failed;
            assert_eq!(html.contains("<details"), may && !failed, "{html}");
            let (above, below) = html
                .split_once("class=\"refund-status\"")
                .unwrap_or_default();
            for (part, is_here) in [(above, failed), (below, !failed)] {
                let panel = may || state.is_some_and(|state| state != WayState::Approved);
                assert_eq!(part.contains("way-title"), is_here && panel, "{html}");
                assert_eq!(part.contains("way error"), is_here, "{html}");
            }
            let text = match state {
                Some(WayState::Open) => words.way_open_text,
                Some(WayState::Approved) => "工商银行 尾号 0128",
                Some(WayState::Declined) => "姓名不符",
                Some(WayState::Withdrawn) => words.way_withdrawn,
                Some(WayState::TooLate) => words
                    .way_too_late
                    .split("{account}")
                    .last()
                    .unwrap_or_default(),
                None => continue,
            };
            assert!(html.contains(&escaped(text)), "{text}: {html}");
        }
    }
    let paid = render(
        Lang::En,
        &sample::with_way(RefundState::Approved, WayState::Approved),
    );
    assert!(
        paid.contains("The shop pays it to 工商银行 尾号 0128 by Wed 25 Nov, and it should arrive"),
        "{paid}"
    );
}

#[test]
fn money_on_another_way_comes_from_the_shop_and_what_the_first_way_did_is_not_its() {
    let approved = |state| sample::with_way(state, WayState::Approved);
    let mut paid = approved(RefundState::Approved);
    let names = |lang, detail: &RefundDetail| -> Vec<_> {
        let stops = stops(lang, detail);
        stops.into_iter().map(|stop| stop.name).collect()
    };
    assert_eq!(names(Lang::ZhCn, &paid)[1], "商家打款");
    assert_eq!(whats(Lang::ZhCn, &paid)[1], "11月25日 前打款");
    assert_eq!(names(Lang::En, &paid)[1], "Paid out by the shop");
    paid.refund.late = Some(Lateness::NotSent);
    assert_eq!(whats(Lang::ZhCn, &paid)[1], "原定 11月25日 前打款");
    let html = render(Lang::En, &paid);
    let told =
        "The shop was to pay it out by Wed 25 Nov and has not yet. Its staff have been told.";
    assert!(html.contains(told), "{html}");
    for state in RefundState::ALL {
        let detail = approved(state);
        let lines = [headline(Lang::En, &detail), next(Lang::En, &detail)].join(" ");
        assert!(!lines.contains(Words::of(Lang::En).the_cards), "{lines}");
    }

    // The first way got as far as the bank; of the second, only the end is known.
    let mut arrived = approved(RefundState::Arrived);
    arrived.history.insert(
        1,
        RefundEvent {
            at: sample::instant("2026-11-25T07:00:00.000Z"),
            what: TimelineEvent::RefundWayApproved,
            by: Actor::Staff,
        },
    );
    assert!(
        arrived
            .history
            .iter()
            .skip(2)
            .any(|event| event.what == TimelineEvent::RefundInClearing)
    );
    assert_eq!(stops(Lang::En, &arrived)[2].at, None);
    arrived.way = None;
    assert!(stops(Lang::En, &arrived)[2].at.is_some());
}

#[test]
fn what_is_wrong_is_tied_to_its_field_and_no_password_is_in_the_page() {
    let mut detail = sample::detail(RefundState::Approved);
    detail.may_change_way = true;
    for lang in Lang::ALL {
        let html = render_with(lang, &detail, |form| {
            form.value(Field::Account).set("6222 \"<0212".to_owned());
            form.value(Field::Password).set("open sesame".to_owned());
            assert!(form.complete().is_none());
        });
        assert!(html.contains("<details open"), "{html}");
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 2, "{html}");
        for name in ["holder", "bank"] {
            let error = format!("aria-describedby=\"way-{name}-error\"");
            assert!(html.contains(&error), "{html}");
            let error = format!("id=\"way-{name}-error\"");
            assert!(html.contains(&error), "{html}");
        }
        assert!(html.contains("6222 &quot;"), "{html}");
        assert!(!html.contains("open sesame"), "{html}");
    }
}

#[test]
fn news_is_read_out_politely() {
    let html = render(Lang::En, &sample::detail(RefundState::Sent));
    assert!(
        html.contains("role=\"status\" class=\"visually-hidden\">news"),
        "{html}"
    );
    let owner = Owner::new();
    let waiting = owner.with(|| skeleton(Lang::En).to_html());
    assert!(waiting.contains("aria-busy=\"true\""), "{waiting}");
}

#[test]
fn what_comes_from_outside_is_text_and_never_markup() {
    let evil = "<script>alert('x')</script>\"onload=\"";
    let mut detail = sample::split();
    detail.way = sample::with_way(RefundState::Failed, WayState::Declined).way;
    detail.may_change_way = true;
    if let Some(way) = &mut detail.way {
        way.account = evil.into();
        way.note = Some(evil.into());
    }
    detail.refund.id = evil.into();
    detail.refund.account = evil.into();
    detail.others[0].id = evil.into();
    detail.others[0].account = evil.into();
    detail.order.id = evil.into();
    detail.order.number = evil.into();
    detail.order.title = evil.into();
    detail.shop.name = evil.into();
    detail.support.email = evil.into();
    let html = render(Lang::En, &detail);
    assert!(!html.contains("<script"), "{html}");
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        assert!(!tag.contains("\"onload"), "{tag}");
    }
}

#[test]
fn a_refund_leads_to_the_form_with_itself_and_to_its_complaint_as_far_as_there_are() {
    for lang in Lang::ALL {
        let mut detail = sample::detail(RefundState::Failed);
        assert!(!render(lang, &detail).contains("/compl"));
        detail.may_complain = true;
        let form = "href=\"/orders/o1/complain?refund=o1-R1\"";
        let html = render(lang, &detail);
        assert!(
            html.contains(form) && !html.contains("/complaints/"),
            "{html}"
        );
        // A person comes first.
        assert!(html.find("tel:") < html.find("/complain"), "{html}");
        detail.complaint = Some("o1-K1".into());
        let html = render(lang, &detail);
        assert!(html.contains(form) && html.contains("href=\"/complaints/o1-K1\""));
        detail.may_complain = false;
        let html = render(lang, &detail);
        assert!(!html.contains(form) && html.contains("href=\"/complaints/o1-K1\""));
    }
}

#[test]
fn a_guest_reads_that_another_way_takes_the_account_and_gets_no_form() {
    let mut detail = sample::detail(RefundState::Failed);
    detail.may_change_way = true;
    let password = format!("name=\"{}\"", Field::Password.name());
    assert!(render(Lang::En, &detail).contains(&password));
    let html = Owner::new().with(|| {
        let session = SessionState::provide(Lang::En, Toasts::provide());
        session.guest.set(Some("o1".into()));
        render(Lang::En, &detail)
    });
    assert!(!html.contains(&password), "{html}");
    assert!(html.contains(Words::of(Lang::En).way_guest), "{html}");
    assert!(html.contains("href=\"/login?next="), "{html}");
}
