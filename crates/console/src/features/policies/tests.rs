//! The draft between what is typed, what is saved and what a colleague saved; and what is shown of it.

use leptos::prelude::*;
use orders_api::{
    Instant, Person, PolicyCheck, PolicyDraft, PolicyEffect, PolicyEffectCount, PolicyExample,
    PolicyMistake, PolicyRuleChange, PolicyVersion, PolicyVersionState, Shop, StaffPolicy,
};
use storefront::words::Lang;

use super::draft::{Writing, declared, line_of, widest};
use super::view_check::found_view;
use super::view_draft::{mistake_view, rules_view};
use super::views::{shop_view, written_view};

const IN_FORCE: &str = "shop = \"tepai\"\nversion = \"2026-01\"\n";

fn draft(revision: i64, text: &str) -> PolicyDraft {
    PolicyDraft {
        text: text.into(),
        revision,
        changed_by: Person {
            id: "zhou".into(),
            name: "周".into(),
        },
        changed_at: Instant("2026-11-21T13:40:00.000Z".into()),
        mistake: None,
        rules: Vec::new(),
    }
}

fn shown<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn one_begins_with_the_draft_or_with_the_version_in_force() {
    let first = Writing::of(None, IN_FORCE, None);
    assert_eq!((first.text.as_str(), first.from), (IN_FORCE, 0));
    assert!(!first.is_saved() && !first.is_changed(IN_FORCE));
    let next = Writing::of(Some(draft(3, "a = 1")), IN_FORCE, None);
    assert_eq!((next.text.as_str(), next.from), ("a = 1", 3));
    assert!(next.is_saved() && !next.is_changed(IN_FORCE));
}

#[test]
fn what_was_typed_comes_back_after_a_reload() {
    let mut writing = Writing::of(Some(draft(3, "a = 1")), IN_FORCE, None);
    writing.text = "a = 2\nb = 1".into();
    let kept = writing.kept();
    let again = Writing::of(Some(draft(3, "a = 1")), IN_FORCE, Some(&kept));
    assert_eq!(again, writing);
    assert_eq!(again.to_save().revision, 3);
    // Once that is what is saved, there is nothing to bring back.
    let saved = Writing::of(Some(draft(4, "a = 2\nb = 1")), IN_FORCE, Some(&kept));
    assert!(saved.is_saved() && saved.from == 4);
    for broken in ["", "x", "x\ny", "1\n  "] {
        let writing = Writing::of(None, IN_FORCE, Some(broken));
        assert_eq!(writing.text, IN_FORCE, "{broken:?}");
    }
}

#[test]
fn what_somebody_else_saved_meanwhile_stands_beside_ones_own_until_one_chooses() {
    let mut writing = Writing::of(Some(draft(3, "a = 1")), IN_FORCE, None);
    writing.text = "mine".into();
    writing.meets(Some(draft(4, "theirs")));
    assert_eq!(writing.text, "mine");
    assert_eq!(writing.to_save().revision, 3, "nothing is written over");
    assert!(!writing.is_saved());
    // Also after a reload.
    let kept = writing.kept();
    let again = Writing::of(Some(draft(4, "theirs")), IN_FORCE, Some(&kept));
    assert_eq!(again.theirs, Some(draft(4, "theirs")));
    assert_eq!(again.text, "mine");

    let mut mine = writing.clone();
    mine.keep_mine();
    assert_eq!((mine.text.as_str(), mine.from), ("mine", 4));
    assert!(mine.theirs.is_none() && !mine.is_saved());
    writing.take_theirs();
    assert_eq!((writing.text.as_str(), writing.from), ("theirs", 4));
    assert!(writing.is_saved());
}

#[test]
fn what_was_published_or_thrown_away_meanwhile_leaves_what_was_typed() {
    let mut writing = Writing::of(Some(draft(3, "a = 1")), IN_FORCE, None);
    writing.text = "mine".into();
    writing.meets(None);
    assert_eq!((writing.text.as_str(), writing.from), ("mine", 0));
    assert!(writing.gone && writing.is_changed(IN_FORCE));
    writing.is_saved_as(draft(5, "mine"));
    assert!(!writing.gone && writing.is_saved());
}

#[test]
fn what_was_typed_while_it_was_being_saved_is_not_saved_yet() {
    let mut writing = Writing::of(None, IN_FORCE, None);
    writing.text = "a = 1 and more".into();
    writing.is_saved_as(draft(1, "a = 1"));
    assert_eq!(writing.text, "a = 1 and more");
    assert!(!writing.is_saved() && writing.from == 1);
}

#[test]
fn the_line_of_a_mistake_is_found() {
    let text = "shop = \"tepai\"\n# partial = true\n\n[cancellation.packing] # S0\noutcome = \"no\"\n\n[[reasons]]\ncode = \"a\"\n\n[[reasons]]\ncode = \"b\"\nlabel = { en = \"B\" }\n\n[abuse]\nfree = 4\n";
    for (key, line) in [
        ("line 7", Some(7)),
        ("shop", Some(1)),
        ("cancellation.packing.outcome", Some(5)),
        ("cancellation.packing.next_steps", Some(4)),
        ("reasons[0].code", Some(8)),
        ("reasons[1].label.zh-CN", Some(12)),
        ("reasons[1].note_required", Some(10)),
        ("abuse.free", Some(15)),
        ("abuse.limit_at", Some(14)),
        ("partial", None),
        ("line x", None),
    ] {
        assert_eq!(line_of(text, key), line, "{key}");
    }
}

#[test]
fn the_longest_line_is_measured_as_it_is_written() {
    assert_eq!(widest(""), 0);
    assert_eq!(widest("a = 1\nlonger = 2\n"), 10);
    assert_eq!(widest("a = \"退款\"\nb = 1"), 10);
}

#[test]
fn version_and_day_are_those_that_the_text_gives_itself() {
    let text = "shop = \"tepai\"\nversion = \"2027-01\" # new\nsince = 2027-01-01\n\n[x]\nversion = \"no\"\n";
    assert_eq!(declared(text), ("2027-01".into(), "2027-01-01".into()));
    assert_eq!(
        declared("[x]\nversion = \"no\""),
        (String::new(), String::new())
    );
}

#[test]
fn a_mistake_is_shown_with_its_line_and_rules_side_by_side() {
    let mut saved = draft(1, "shop = \"tepai\"\npartial = 1\n");
    saved.mistake = Some(PolicyMistake {
        key: "partial".into(),
        reason: "must be true or false".into(),
    });
    let html = shown(|| mistake_view(Lang::En, &saved));
    assert!(html.contains("Line 2: partial") && html.contains("must be true or false"));
    saved.mistake = None;
    let html = shown(|| mistake_view(Lang::En, &saved));
    assert!(html.contains("it can be published"));
    let rules = [PolicyRuleChange {
        key: "after_sale.days".into(),
        before: Some("7".into()),
        after: None,
    }];
    let html = shown(|| rules_view(Lang::En, &rules));
    assert!(html.contains("after_sale.days") && html.contains(">7<") && html.contains("none"));
    assert!(shown(|| rules_view(Lang::ZhCn, &[])).contains("与现行版本没有不同"));
}

#[test]
fn what_the_draft_would_have_changed_is_counted_with_orders_to_look_at() {
    let mut found = PolicyCheck {
        revision: 1,
        days: 30,
        orders: 120,
        complete: false,
        affected: 2,
        effects: vec![PolicyEffectCount {
            effect: PolicyEffect::CancelHarder,
            orders: 2,
            examples: vec![PolicyExample {
                id: "o 1".into(),
                number: "TP1".into(),
            }],
        }],
        not_compared: vec!["reasons.new.code".into()],
    };
    let html = shown(|| found_view(Lang::En, &found, true));
    for text in [
        "120 orders of 30 days were looked at; 2 would differ.",
        "these are the newest",
        "Cancelled less easily",
        "href=\"/staff/orders/o%201\"",
        "TP1",
        "These changed rules are not compared",
        "reasons.new.code",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(shown(|| found_view(Lang::En, &found, false)).contains("Check again"));
    found.affected = 0;
    found.effects.clear();
    let html = shown(|| found_view(Lang::ZhCn, &found, true));
    assert!(html.contains("都不会有不同") && !html.contains("<table"));
    assert!(html.contains("这些改动没有试算") && html.contains("reasons.new.code"));
    found.not_compared.clear();
    let html = shown(|| found_view(Lang::ZhCn, &found, true));
    assert!(!html.contains("没有试算"));
}

fn policy() -> StaffPolicy {
    let version = |version: &str, state, by: Option<&str>| PolicyVersion {
        version: version.into(),
        state,
        in_force_from: Instant("2026-12-31T16:00:00.000Z".into()),
        published_by: by.map(|name| Person {
            id: name.into(),
            name: name.into(),
        }),
        published_at: None,
        note: by.map(|_| "节日".into()),
    };
    StaffPolicy {
        shop: Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        },
        versions: vec![
            version("2027-01", PolicyVersionState::Scheduled, Some("陈")),
            version("2026-01", PolicyVersionState::InForce, None),
        ],
        has_draft: true,
    }
}

#[test]
fn every_version_says_where_it_stands_and_who_published_it() {
    let html = shown(|| shop_view(Lang::ZhCn, &policy(), true));
    for text in [
        "尚未生效",
        "现行",
        "陈",
        "节日",
        "政策文件",
        "2027年1月1日",
        "打开草稿",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(html.contains("href=\"/staff/policies/tepai?version=2027-01\""));
    let agent = shown(|| shop_view(Lang::En, &policy(), false));
    assert!(agent.contains("Supervisors draft, admins publish.") && !agent.contains("/draft"));
}

#[test]
fn a_text_is_shown_line_by_line() {
    let html = shown(|| written_view("a = 1\n\nb = \"<\"", "text"));
    assert_eq!(html.matches("<li>").count(), 3, "{html}");
    assert!(html.contains("&lt;"));
}
