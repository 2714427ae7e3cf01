//! Another way for the refund: the form that asks for one, the wish that staff decide, and what became of it.

use leptos::prelude::*;
use orders_api::{Channel, LinkedArticle, RefundDetail, RefundState, RefundWay, WayState};

use crate::browser;
use crate::features::session::SessionState;
use crate::features::support::words::Words as Support;
use crate::features::support::{decided_by, help_link, person_below};
use crate::format;
use crate::paths::{self, SupportQuery};
use crate::ui::{Button, ButtonKind, FormKey, Icon, Notice, Tone};
use crate::words::{Lang, codes, fill};

use super::contact::mail;
use super::way::{Field, WayForm};
use super::words::Words;

/// What the shopper does with the way of the refund: how far it is.
#[derive(Clone, Copy)]
pub struct WayParts {
    /// What is filled in.
    pub form: WayForm,
    /// Why it did not work, when no field is to blame.
    pub error: Signal<Option<String>>,
    /// Ask for another way.
    pub ask: Callback<()>,
    /// The time that staff have left to decide it, in seconds.
    pub left: Signal<i64>,
    /// The wish is being taken back.
    pub withdrawing: Signal<bool>,
    /// Take it back.
    pub withdraw: Callback<()>,
    /// The key of the forms, without the app.
    pub key: StoredValue<Option<String>>,
}

/// What there is to show of it. Drawn anew only when this changes, so that news of the money leaves the form alone.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    id: String,
    shop: String,
    version: String,
    failed: bool,
    may: bool,
    way: Option<RefundWay>,
    about: SupportQuery,
}

impl Shown {
    fn of(lang: Lang, detail: &RefundDetail) -> Option<Self> {
        let state = detail.refund.state;
        // The picture of the money says where it goes once that is decided.
        let way = detail.way.clone().filter(|way| match way.state {
            WayState::Open => true,
            WayState::TooLate => state != RefundState::Arrived,
            WayState::Declined | WayState::Withdrawn => detail.may_change_way,
            WayState::Approved => false,
        });
        (detail.may_change_way || way.is_some()).then(|| Self {
            id: detail.refund.id.clone(),
            shop: detail.shop.id.clone(),
            version: detail.order.policy_version.clone(),
            failed: state == RefundState::Failed,
            may: detail.may_change_way,
            way,
            about: mail(lang, detail).about,
        })
    }
}

/// The way out of a refund that failed stands above the money; of the others, below it. `above` says which place it is.
pub fn way_view(
    lang: Lang,
    refund: Signal<RefundDetail>,
    parts: WayParts,
    above: bool,
) -> impl IntoView {
    let failed = move |detail: &RefundDetail| detail.refund.state == RefundState::Failed;
    let here = Memo::new(move |_| refund.with(|refund| failed(refund) == above));
    let shown = Memo::new(move |_| {
        let shown = refund.with(|refund| Shown::of(lang, refund));
        shown.filter(|shown| shown.failed == above)
    });
    view! {
        {move || here.get().then(|| parts.error.get()).flatten().map(|text| view! {
            <div class="way-error">
                <Notice tone=Tone::Danger icon="warning" title=text role="alert">
                    {refund.with_untracked(|refund| person_below(lang, &mail(lang, refund).about))}
                </Notice>
            </div>
        })}
        {move || shown.get().map(|shown| shown_view(lang, shown, parts))}
    }
}

fn shown_view(lang: Lang, shown: Shown, parts: WayParts) -> AnyView {
    let words = Words::of(lang);
    let title = |text| view! { <h2 class="panel-title" id="way-title" tabindex="-1">{text}</h2> };
    let said = shown
        .way
        .as_ref()
        .map(|way| said_view(lang, way, &shown.about, parts.left));
    let help = || {
        help_link(
            lang,
            LinkedArticle::AnotherAccount,
            &shown.shop,
            &shown.version,
        )
    };
    match &shown.way {
        _ if SessionState::is_guest_here() => view! {
            <section class="panel refund-way" aria-labelledby="way-title">
                {title(words.way_title)}
                {said}
                <p>{words.way_guest}</p>
                <a class="button" href=paths::login(&paths::refund(&shown.id))>{words.way_log_in}</a>
            </section>
        }
        .into_any(),
        Some(way) if way.state == WayState::Open => view! {
            <section class="panel refund-way" aria-labelledby="way-title">
                {title(words.way_open)}
                {said}
                <form
                    method="post"
                    action=paths::withdraw_way(&shown.id)
                    on:submit=move |event| {
                        event.prevent_default();
                        parts.withdraw.run(());
                    }
                >
                    <FormKey key=parts.key.get_value()/>
                    <Button submit=true busy=parts.withdrawing>{words.way_withdraw}</Button>
                </form>
            </section>
        }
        .into_any(),
        _ if !shown.may => view! {
            <section class="panel refund-way" aria-labelledby="way-title">
                {title(words.way_title)}
                {said}
            </section>
        }
        .into_any(),
        _ if shown.failed => view! {
            <section class="panel refund-way" aria-labelledby="way-title">
                {title(words.way_title)}
                {said}
                {form_view(lang, &shown.id, parts)}
                {help()}
            </section>
        }
        .into_any(),
        _ => view! {
            {said.map(|said| view! { <div class="panel refund-way">{said}</div> })}
            <details class="panel refund-way" open=parts.form.has_mistakes()>
                <summary class="way-summary">
                    {title(words.way_title)}
                    <Icon name="chevron-down"/>
                </summary>
                {form_view(lang, &shown.id, parts)}
                {help()}
            </details>
        }
        .into_any(),
    }
}

/// How the wish stands, in a line or two.
fn said_view(lang: Lang, way: &RefundWay, about: &SupportQuery, left: Signal<i64>) -> AnyView {
    let words = Words::of(lang);
    let account = codes::account(lang, way.channel, &way.account);
    let values = [("account", account.as_str())];
    match way.state {
        WayState::Open => {
            let at = format::moment(lang, &way.asked_at);
            view! {
                <p class="refund-where">
                    <Icon name=crate::features::order::channel_icon(way.channel)/>
                    <span>{words.to}" "<strong>{account}</strong></span>
                </p>
                <p>{words.way_open_text}</p>
                {decision_view(lang, way, about, left)}
                <p class="refund-when">{fill(words.way_since, &[("at", &at)])}</p>
            }
            .into_any()
        }
        WayState::Declined => {
            let note = way.note.clone().unwrap_or_default();
            view! {
                <Notice tone=Tone::Warn title=fill(words.way_declined, &values)>
                    <p>{note}</p>
                </Notice>
            }
            .into_any()
        }
        WayState::Withdrawn => view! { <p>{words.way_withdrawn}</p> }.into_any(),
        WayState::TooLate => view! { <p>{fill(words.way_too_late, &values)}</p> }.into_any(),
        WayState::Approved => ().into_any(),
    }
}

/// Until when staff decide. `left` is in seconds.
fn decision_view(
    lang: Lang,
    way: &RefundWay,
    about: &SupportQuery,
    left: Signal<i64>,
) -> Option<AnyView> {
    let words = Support::of(lang);
    let texts = [words.decide_by, words.decide_late];
    Some(decided_by(
        lang,
        texts,
        way.until.as_ref()?,
        about.clone(),
        left,
    ))
}

fn form_view(lang: Lang, id: &str, parts: WayParts) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let form = parts.form;
    let kind = move |channel: Channel| {
        let name = codes::channel(lang, channel);
        view! {
            <label class="segment">
                <input
                    class="segment-input"
                    type="radio"
                    name="channel"
                    value=channel.code()
                    checked=form.channel.get_untracked() == channel
                    prop:checked=move || form.channel.get() == channel
                    on:change=move |_| form.channel.set(channel)
                />
                <span class="segment-label">{name}</span>
            </label>
        }
    };
    view! {
        <form
            class="way-form"
            method="post"
            action=paths::way(id)
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                parts.ask.run(());
            }
        >
            <FormKey key=parts.key.get_value()/>
            <p data-wide="">{words.way_text}</p>
            <fieldset data-wide="">
                <legend class="field-label">{words.way_kind}</legend>
                <div class="segments">{kind(Channel::BankCard)}{kind(Channel::Alipay)}</div>
            </fieldset>
            {Field::ALL.map(|field| field_view(lang, form, field)).into_iter().collect_view()}
            <div data-wide="">
                <Button kind=ButtonKind::Primary wide=true submit=true busy=form.busy>
                    {words.way_ask}
                </Button>
            </div>
        </form>
    }
}

/// A field with its label; the error stands below and is tied to the input. Its id is the panel's own, because the
/// dialog that asks to log in again has a password, too.
fn field_view(lang: Lang, form: WayForm, field: Field) -> impl IntoView {
    let words = Words::of(lang);
    let value = form.value(field);
    let card = move || form.channel.get() == Channel::BankCard;
    let error = Memo::new(move |_| form.problem(lang, field));
    let wrong = move || error.with(Option::is_some);
    let (id, error_id, autocomplete) = match field {
        Field::Account => ("way-account", "way-account-error", "off"),
        Field::Holder => ("way-holder", "way-holder-error", "name"),
        Field::Bank => ("way-bank", "way-bank-error", "off"),
        Field::Password => ("way-password", "way-password-error", "current-password"),
    };
    let label = move || match field {
        // Without the app it does not follow the choice.
        Field::Account if browser::ON_SERVER => words.way_account,
        Field::Account if card() => words.way_card,
        Field::Account => words.way_alipay,
        Field::Holder => words.way_holder,
        Field::Bank => words.way_bank,
        Field::Password => words.way_password,
    };
    let inputmode =
        move || (field == Field::Account && !browser::ON_SERVER && card()).then_some("numeric");
    // The server's page hides it by its style, as soon as Alipay is chosen.
    let hidden = move || field == Field::Bank && !browser::ON_SERVER && !card();
    view! {
        <div class="field" data-field=field.name() hidden=hidden>
            <label class="field-label" for=id>{label}</label>
            <input
                class="field-input"
                id=id
                name=field.name()
                type=if field == Field::Password { "password" } else { "text" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                inputmode=inputmode
                aria-invalid=move || wrong().then_some("true")
                aria-describedby=move || wrong().then_some(error_id)
                value=(field != Field::Password).then(|| value.get_untracked())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || error.get().map(|text| view! { <p class="field-error" id=error_id>{text}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_wish_says_until_when_staff_decide_and_when_that_has_passed() {
        let detail = sample::with_way(RefundState::Approved, WayState::Open);
        let way = detail.way.as_ref().expect("a wish");
        for lang in Lang::ALL {
            let said = |left: i64| {
                let about = mail(lang, &detail).about;
                let view = || said_view(lang, way, &about, Signal::stored(left)).to_html();
                Owner::new().with(view)
            };
            let support = Support::of(lang);
            let until = format::day_time(lang, way.until.as_ref().expect("a time"));
            let told = |text| fill(text, &[("until", &until)]);
            let in_time = said(1);
            assert!(in_time.contains(&told(support.decide_by)), "{in_time}");
            assert!(!in_time.contains("href=\"/support"), "{in_time}");
            let over = said(0);
            assert!(over.contains(&told(support.decide_late)), "{over}");
            assert!(!over.contains(&told(support.decide_by)), "{over}");
            assert!(over.contains("href=\"/support?"), "{over}");
            // Stored before there was a time, it says nothing of one.
            let timeless = RefundWay {
                until: None,
                ..way.clone()
            };
            assert!(Owner::new().with(|| {
                decision_view(lang, &timeless, &SupportQuery::default(), Signal::stored(0))
                    .is_none()
            }));
        }
    }
}
