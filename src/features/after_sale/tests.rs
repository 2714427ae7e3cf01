//! The page, rendered on the host.

mod sent;
mod then;

use leptos::prelude::*;
use orders_api::*;

use super::sample::{self, NOW};
use super::sending::Sending;
use super::view_check::CheckView;
use super::view_closed::served_view;
use super::view_what::WhatView;
use super::view_why::WhyView;
use super::views::{AskParts, AskView, FootView};
use super::wish::{Change, Field, Wish, Wrong};
use super::words::Words;
use crate::features::evidence::{Course, PickerParts};
use crate::paths::AskStep;
use crate::ui::Load;
use crate::words::{Lang, fill};

/// What is on the page besides the offer.
struct Shown {
    step: AskStep,
    wish: Wish,
    wrong: Vec<Wrong>,
    restored: bool,
    preview: Load<CasePreview>,
    sending: Sending,
    online: bool,
}

impl Shown {
    fn of(options: &AfterSaleOptions, step: AskStep, changes: &[Change]) -> Self {
        let mut wish = Wish::begin(options);
        for change in changes {
            wish.change(change.clone(), options);
        }
        Self {
            step,
            wish,
            wrong: Vec::new(),
            restored: false,
            preview: Load::Ready(sample::preview()),
            sending: Sending::Not,
            online: true,
        }
    }

    fn parts(self) -> AskParts {
        let nothing = Callback::new(|()| {});
        AskParts {
            step: Signal::stored(self.step),
            wish: Signal::stored(self.wish),
            wrong: Signal::stored(self.wrong),
            restored: Signal::stored(self.restored),
            preview: Signal::stored(self.preview),
            sending: Signal::stored(self.sending),
            online: Signal::stored(self.online),
            now: Signal::stored(NOW),
            picker: PickerParts {
                course: Signal::stored(Course::new(9)),
                pick: Callback::new(|_| {}),
                tell: Callback::new(|_| {}),
                preview: Callback::new(|_| None),
            },
            change: Callback::new(|_| {}),
            anew: nothing,
            next: nothing,
            back: nothing,
            go_to: Callback::new(|_| {}),
            retry_preview: nothing,
            send: nothing,
        }
    }
}

fn draw<V: RenderHtml>(lang: Lang, view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| {
        provide_context(lang);
        view().to_html()
    })
}

/// The step of the form, with its foot. (On the host the page itself is the one without the app.)
fn render(lang: Lang, options: &AfterSaleOptions, shown: Shown) -> String {
    let options = options.clone();
    draw(lang, move || {
        let step = shown.step;
        let parts = shown.parts();
        let options = Signal::stored(options);
        let body = match step {
            AskStep::What => view! { <WhatView lang options parts/> }.into_any(),
            AskStep::Why => view! { <WhyView lang options parts/> }.into_any(),
            AskStep::Check => view! { <CheckView lang options parts/> }.into_any(),
        };
        view! { {body} <FootView lang parts/> }
    })
}

fn page(lang: Lang, options: &AfterSaleOptions, shown: Shown) -> String {
    let options = Signal::stored(options.clone());
    draw(lang, move || {
        let parts = shown.parts();
        view! { <AskView lang options parts/> }
    })
}

fn has(html: &str, texts: &[&str]) {
    for text in texts {
        assert!(html.contains(text), "{text}: {html}");
    }
}

const RETURN: Change = Change::Kind(CaseKind::ReturnAndRefund);

fn take(line: &str, quantity: u32) -> Change {
    Change::Quantity(line.into(), quantity)
}

#[test]
fn lines_are_chosen_by_box_and_number_and_closed_ones_say_why() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let shown = Shown::of(&options, AskStep::What, &[take("l1", 2)]);
        let html = render(lang, &options, shown);
        has(
            &html,
            &[
                "马克杯",
                &fill(words.how_many, &[("title", "马克杯")]),
                words.only_fault,
                words.nothing_left,
                words.components,
                words.component_not,
                words.next,
                &crate::words::count(words.chosen_one, words.chosen_other, 2),
            ],
        );
        assert_eq!(html.matches("type=\"checkbox\"").count(), 3 + 3);
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(
            !html.contains(words.back),
            "there is nothing in front of it"
        );
    }
}

#[test]
fn what_is_wrong_stands_at_its_field_and_is_tied_to_it() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (field, code, step, text) in [
            (
                Field::Lines,
                field_codes::REQUIRED,
                AskStep::What,
                words.lines_missing,
            ),
            (
                Field::Lines,
                field_codes::OUT_OF_RANGE,
                AskStep::What,
                words.lines_wrong,
            ),
            (
                Field::Kind,
                field_codes::REQUIRED,
                AskStep::Why,
                words.kind_missing,
            ),
            (
                Field::Reason,
                field_codes::REQUIRED,
                AskStep::Why,
                words.reason_missing,
            ),
            (
                Field::Reason,
                field_codes::UNKNOWN,
                AskStep::Why,
                words.reason_unknown,
            ),
            (
                Field::Condition,
                field_codes::REQUIRED,
                AskStep::Why,
                words.condition_missing,
            ),
            (
                Field::Evidence,
                field_codes::REQUIRED,
                AskStep::Why,
                words.evidence_missing,
            ),
            (
                Field::Evidence,
                field_codes::TOO_LONG,
                AskStep::Why,
                words.evidence_many,
            ),
            (
                Field::Evidence,
                field_codes::UNKNOWN,
                AskStep::Why,
                words.evidence_unknown,
            ),
            (
                Field::Note,
                field_codes::TOO_LONG,
                AskStep::Why,
                words.note_long,
            ),
        ] {
            let mut shown = Shown::of(&options, step, &[take("l1", 1), RETURN]);
            let html = render(lang, &options, Shown::of(&options, step, &[]));
            assert!(!html.contains("aria-invalid"), "{html}");
            shown.wrong = vec![Wrong::new(field, code)];
            let html = render(lang, &options, shown);
            assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{html}");
            has(&html, &[text]);
        }
    }
}

#[test]
fn kinds_say_what_they_mean_and_conditions_what_they_cost() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let changes = [
            take("l1", 1),
            RETURN,
            Change::Reason("no_longer_wanted".into()),
        ];
        let html = render(lang, &options, Shown::of(&options, AskStep::Why, &changes));
        has(
            &html,
            &[
                words.refund_only_text,
                words.return_and_refund_text,
                "不想要了",
                words.reason_evidence,
                words.deduct_none,
                &fill(words.deduct, &[("n", "10")]),
                words.deduct_not,
                words.evidence_optional,
                &fill(words.note_hint, &[("n", "0")]),
            ],
        );
        // That a photo is needed is said before, not after.
        let changes = [take("l1", 1), RETURN, Change::Reason("quality".into())];
        let html = render(lang, &options, Shown::of(&options, AskStep::Why, &changes));
        has(&html, &[words.evidence_needed]);
        assert!(!html.contains(words.deduct_not), "{html}");
        // A parcel on its way: neither kind nor condition.
        let options = sample::on_its_way();
        let html = render(lang, &options, Shown::of(&options, AskStep::Why, &[]));
        assert!(!html.contains(words.refund_only_text), "{html}");
        has(&html, &["拒收包裹"]);
    }
}

#[test]
fn the_last_look_names_amount_sum_account_days_and_request() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let changes = [
            take("l1", 1),
            take("l2", 1),
            Change::Component("l2".into(), "pot".into(), false),
            RETURN,
            Change::Reason("no_longer_wanted".into()),
            Change::Condition(Condition::Opened),
            Change::Note("杯口 <有> 缺".into()),
        ];
        let html = render(
            lang,
            &options,
            Shown::of(&options, AskStep::Check, &changes),
        );
        let opened = [("condition", words.opened), ("n", "10")];
        let common = crate::words::common::Words::of(lang);
        has(
            &html,
            &[
                words.amount,
                "¥121.20",
                "¥128.00",
                "−¥12.80",
                "¥6.00",
                &fill(words.deduction_text, &opened),
                common.goods_paid,
                common.deduction,
                common.freight_back,
                "微信零钱",
                &fill(
                    crate::features::cancel::words::Words::of(lang).points_back,
                    &[("n", "60")],
                ),
                "马克杯 ×1",
                "茶杯",
                "不想要了",
                words.return_and_refund,
                "杯口 &lt;有&gt; 缺",
                words.send,
                words.back,
            ],
        );
        // The deduction alone is taken off; the freight is not.
        assert_eq!(html.matches("data-kind=\"less\"").count(), 1, "{html}");
        assert!(!html.contains("+¥"), "{html}");
        // What is to be changed is gone to by the page: a link would be one more entry in the history.
        has(&html, &[words.change_lines, words.change_why]);
        assert!(!html.contains("after-sale?step="), "{html}");
    }
}

#[test]
fn it_is_sent_only_when_it_can_be_and_says_what_it_waits_for() {
    let options = sample::single();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let foot = |change: &dyn Fn(&mut Shown)| {
            let mut shown = Shown::of(&options, AskStep::Check, &[]);
            change(&mut shown);
            draw(lang, move || {
                let parts = shown.parts();
                view! { <FootView lang parts/> }
            })
        };
        let closed = |html: &str| html.contains("aria-disabled=\"true\"");
        let ready = foot(&|_| {});
        assert!(!closed(&ready) && ready.contains(words.send), "{ready}");
        let offline = foot(&|shown| shown.online = false);
        assert!(closed(&offline) && offline.contains(words.waits_network));
        assert!(closed(&foot(&|shown| shown.preview = Load::Loading)));
        let under_way = foot(&|shown| shown.sending = Sending::UnderWay);
        assert!(closed(&under_way) && under_way.contains(words.sending));
        // Nobody knows what became of it: the same again is harmless, and needs no new price.
        let lost = foot(&|shown| {
            shown.sending = Sending::Lost;
            shown.preview = Load::Loading;
        });
        assert!(!closed(&lost) && lost.contains(words.send_again), "{lost}");
        let before = foot(&|shown| shown.sending = Sending::LostBefore);
        assert!(!closed(&before) && before.contains(words.send_again));
    }
}

#[test]
fn while_nobody_knows_what_became_of_it_nothing_can_be_changed() {
    let options = sample::delivered();
    for (step, fields) in [(AskStep::What, 1), (AskStep::Why, 5)] {
        let mut shown = Shown::of(&options, step, &[take("l1", 1)]);
        shown.sending = Sending::Lost;
        let html = render(Lang::En, &options, shown);
        let locked = html.matches(" disabled").count();
        assert!(locked >= fields, "{locked}: {html}");
    }
}

#[test]
fn where_nothing_can_be_asked_for_each_line_says_why_and_a_person_is_near() {
    let options = sample::nothing();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let html = page(lang, &options, Shown::of(&options, AskStep::What, &[]));
        for not in NotReturnable::ALL {
            has(&html, &[words.not_returnable(not)]);
        }
        has(
            &html,
            &[words.none_title, "href=\"tel:4008200403\"", "mailto:"],
        );
        assert!(!html.contains("<form"), "{html}");
        // What was sent may be the reason for it: until its answer is there, the form stays.
        let mut sent = Shown::of(&options, AskStep::What, &[]);
        sent.sending = Sending::UnderWay;
        assert!(page(lang, &options, sent).contains("<form"));
    }
}

#[test]
fn the_served_page_shows_lines_days_and_reasons_and_names_a_person() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let html = page(lang, &options, Shown::of(&options, AskStep::What, &[]));
        has(
            &html,
            &[
                "马克杯",
                words.nothing_left,
                "质量问题",
                words.needs_app,
                "<noscript>",
                "href=\"tel:4008200403\"",
                "TP202611210318",
                "aria-current=\"step\"",
            ],
        );
        assert!(!html.contains("<input"), "nothing to fill in: {html}");
        assert!(!html.contains(words.next), "{html}");
        let served = draw(lang, || served_view(lang, &options, Signal::stored(NOW)));
        has(&served, &[words.needs_app_text]);
    }
}

#[test]
fn what_was_filled_in_before_is_said_and_can_be_given_up() {
    let options = sample::delivered();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let mut shown = Shown::of(&options, AskStep::What, &[]);
        shown.restored = true;
        has(&page(lang, &options, shown), &[words.restored, words.anew]);
    }
}
