//! The notifications, rendered on the host.

use leptos::prelude::*;
use orders_api::*;

use super::data::More;
use super::list::List;
use super::sample;
use super::sentences::{heading, href, sentence};
use super::views::{NotificationsParts, NotificationsView, skeleton};
use super::words::Words;
use crate::words::{Lang, fill};

fn render(lang: Lang, items: Vec<Notification>, next_cursor: Option<&str>, more: More) -> String {
    Owner::new().with(|| {
        provide_context(lang);
        let list = List::new(NotificationList {
            items,
            next_cursor: next_cursor.map(Into::into),
            unread: 3,
        });
        let parts = NotificationsParts {
            more: Signal::stored(more),
            load_more: Callback::new(|()| {}),
            key: StoredValue::new(Some("k1".to_owned())),
        };
        let now = Signal::stored(sample::now());
        view! { <NotificationsView lang list=Signal::stored(list) now parts/> }.to_html()
    })
}

fn some(lang: Lang) -> String {
    let items = vec![sample::arrived(), sample::rejected(), sample::cancelled()];
    render(lang, items, None, More::Idle)
}

#[test]
fn each_says_what_happened_to_which_order_and_leads_there() {
    let html = some(Lang::ZhCn);
    for text in [
        "退款 ¥89.00 已到账",
        "href=\"/refunds/o1-R1\"",
        "商家没有同意售后申请",
        "href=\"/cases/o1-C1\"",
        "照片里看不出色差",
        "商家取消了订单",
        "href=\"/orders/o1\"",
        "手作陶瓷马克杯",
        "TP202611210318",
        ">12:00<",
        ">今天<",
        ">昨天<",
        ">11月20日<",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(some(Lang::En).contains("Your refund of ¥89.00 has arrived"));
}

#[test]
fn what_is_unread_is_told_in_words_and_what_needs_the_shopper_has_a_badge() {
    for lang in Lang::ALL {
        let html = some(lang);
        let words = Words::of(lang);
        assert_eq!(html.matches("data-unread").count(), 1, "{html}");
        let told = format!("class=\"visually-hidden\">{}", words.unread);
        assert_eq!(html.matches(&told).count(), 1, "{html}");
        assert_eq!(html.matches(words.urgent).count(), 1, "{html}");
    }
}

#[test]
fn every_event_has_a_sentence_by_everybody_and_a_page() {
    for lang in Lang::ALL {
        for what in TimelineEvent::ALL {
            for by in Actor::ALL {
                for (amount, urgent) in [(None, false), (Some(sample::cny(8_900)), true)] {
                    let item = Notification {
                        what: Happening::Order(what),
                        by,
                        amount,
                        urgent,
                        ..sample::arrived()
                    };
                    let text = sentence(lang, &item);
                    assert!(!text.is_empty() && !text.contains('{'), "{text}");
                    let gone = Notification {
                        subject: None,
                        ..item
                    };
                    assert_eq!(href(&gone), "/orders/o1");
                    let alone = Notification {
                        amount: None,
                        ..gone
                    };
                    let heading = heading(lang, &alone);
                    assert_eq!(sentence(lang, &alone), heading);
                    let short = lang == Lang::En || heading.chars().count() <= 16;
                    assert!(short, "the subject of a letter: {heading}");
                }
            }
        }
    }
}

#[test]
fn an_answer_leads_to_its_conversation_also_where_that_is_about_no_order() {
    let about_none = Notification {
        order: None,
        number: None,
        title: "支付问题".into(),
        ..sample::answered()
    };
    for (item, below) in [
        (sample::answered(), "手作陶瓷马克杯 · TP202611210318"),
        (about_none, "支付问题"),
    ] {
        assert_eq!(href(&item), "/support/k1");
        let html = render(Lang::ZhCn, vec![item], None, More::Idle);
        assert!(html.contains("客服回复了您的咨询"), "{html}");
        let shown = html.split("class=\"notification-order\">").nth(1);
        let shown = shown.and_then(|rest| rest.split("</a>").next());
        let mut text = String::new();
        for piece in shown.unwrap_or_default().split('<') {
            text.push_str(piece.rsplit('>').next().unwrap_or_default());
        }
        assert_eq!(text.trim(), below, "{html}");
    }
    assert_eq!(
        heading(Lang::En, &sample::answered()),
        "Support has answered you"
    );
}

/// The name of an event is for the order's timeline: by itself, on a locked screen, it does not say what is to be done.
#[test]
fn what_is_told_of_a_complaint_is_a_sentence_and_asks_only_while_there_is_something_to_answer() {
    for lang in Lang::ALL {
        let told = |what, by, urgent| {
            let amount = Some(sample::cny(2_000));
            let item = Notification {
                what: Happening::Order(what),
                by,
                amount,
                urgent,
                ..sample::arrived()
            };
            sentence(lang, &item)
        };
        let proposed = TimelineEvent::ComplaintProposed;
        let asks = told(proposed, Actor::Seller, true);
        let asked = told(proposed, Actor::Seller, false);
        assert!(asks.contains("¥20.00") && asked.contains("¥20.00"));
        assert_ne!(asks, asked, "what was answered asks for nothing");
        let resolved = TimelineEvent::ComplaintResolved;
        assert!(told(resolved, Actor::System, false).contains("¥20.00"));
        assert!(!told(resolved, Actor::Staff, false).contains("¥20.00"));
        // After a dispute it is the supervisor who is late, and for the first time.
        let outside = told(TimelineEvent::ComplaintOutside, Actor::System, false);
        for late in [outside, told(resolved, Actor::System, false)] {
            let not_in_time = ["逾期未处理", "was not decided in time"];
            assert!(not_in_time.iter().any(|text| late.contains(text)), "{late}");
            assert!(!late.contains("again"), "{late}");
        }
        let answered = TimelineEvent::ComplaintAnswered;
        let [seller, staff] = [Actor::Seller, Actor::Staff].map(|by| told(answered, by, false));
        assert_ne!(seller, staff, "who it was is told");
    }
}

#[test]
fn what_the_shop_told_late_stands_under_the_day_on_which_it_was_told_with_its_own_beside_it() {
    let late = Notification {
        at: sample::instant("2026-11-21T04:00:00.000Z"),
        ..sample::arrived()
    };
    let items = vec![sample::arrived(), late, sample::arrived()];
    let html = render(Lang::ZhCn, items, None, More::Idle);
    assert_eq!(html.matches("<h2").count(), 1, "{html}");
    assert!(html.contains(">2026年11月21日 12:00<"), "{html}");
}

#[test]
fn the_way_to_earlier_ones_says_how_many_of_them_were_unread() {
    // Three are, of which one is shown.
    let unread = Notification {
        read: false,
        ..sample::arrived()
    };
    for lang in Lang::ALL {
        let html = render(lang, vec![unread.clone()], Some("c1"), More::Idle);
        let words = fill(Words::of(lang).more_unread, &[("n", "2")]);
        assert!(html.contains(&words), "{html}");
    }
}

#[test]
fn days_have_other_names_once_another_has_begun() {
    Owner::new().with(|| {
        let list = List::new(NotificationList {
            items: vec![sample::arrived()],
            next_cursor: None,
            unread: 0,
        });
        let parts = NotificationsParts {
            more: Signal::stored(More::Idle),
            load_more: Callback::new(|()| {}),
            key: StoredValue::new(None),
        };
        let now = RwSignal::new(sample::now());
        let lang = Lang::ZhCn;
        let list = Signal::stored(list);
        let drawn = || view! { <NotificationsView lang list now parts/> }.to_html();
        assert!(drawn().contains(">今天<"));
        now.set(sample::now() + 86_400);
        assert!(drawn().contains(">昨天<"));
    });
}

#[test]
fn goods_to_be_sent_back_are_asked_for_only_while_they_are() {
    let granted = |urgent| Notification {
        what: Happening::Order(TimelineEvent::CaseApproved),
        by: Actor::Seller,
        urgent,
        ..sample::arrived()
    };
    assert_eq!(
        sentence(Lang::ZhCn, &granted(true)),
        "售后已同意，请寄回商品"
    );
    assert_eq!(
        sentence(Lang::ZhCn, &granted(false)),
        "售后申请已通过，金额 ¥89.00"
    );
}

#[test]
fn without_the_app_a_form_marks_them_as_read_up_to_the_newest() {
    let html = some(Lang::ZhCn);
    for text in [
        "action=\"/notifications/read\"",
        "name=\"up_to\" value=\"o1.9\"",
        "name=\"key\" value=\"k1\"",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let read = render(Lang::ZhCn, vec![sample::arrived()], None, More::Idle);
    assert!(!read.contains("<form"), "there is nothing to mark: {read}");
}

#[test]
fn the_end_the_way_on_a_failure_and_nothing_at_all_say_what_they_are() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let items = || vec![sample::arrived()];
        assert!(render(lang, items(), None, More::Idle).contains(words.end));
        let more = render(lang, items(), Some("c1"), More::Loading);
        assert!(
            more.contains(words.more) && more.contains("aria-busy=\"true\""),
            "{more}"
        );
        let failed = render(lang, items(), Some("c1"), More::Failed("why".to_owned()));
        assert!(failed.contains("role=\"alert\">why"), "{failed}");
        let empty = render(lang, Vec::new(), None, More::Idle);
        assert!(
            empty.contains(words.empty_title) && empty.contains("href=\"/orders\""),
            "{empty}"
        );
        let waiting = Owner::new().with(|| skeleton(lang).to_html());
        assert!(waiting.contains("aria-busy=\"true\""), "{waiting}");
    }
}

#[test]
fn what_comes_from_outside_is_text_and_never_markup() {
    let evil = "<script>alert('x')</script>\"onload=\"";
    let item = Notification {
        id: evil.into(),
        detail: Some(evil.into()),
        subject: Some(evil.into()),
        order: Some(evil.into()),
        number: Some(evil.into()),
        title: evil.into(),
        read: false,
        ..sample::arrived()
    };
    let html = render(Lang::En, vec![item], Some(evil), More::Failed(evil.into()));
    assert!(!html.contains("<script"), "{html}");
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        assert!(!tag.contains("\"onload"), "{tag}");
    }
}
