//! What can be done now, each with what has to be filled in for it. It stands in one place and changes only when what is
//! offered changes, so that what is typed stays.

use leptos::prelude::*;
use orders_api::{Address, CaseDecision, CaseState, Decision};
use storefront::format;
use storefront::ui::{Button, ButtonKind};
use storefront::words::{Lang, fill};

use super::acts::{Choice, Filled, Missing, Note, Offer, What, act_of, approved_before, choices};
use super::data::OrderData;
use super::words::Words;
use crate::browser;
use crate::words::seller_reason;

/// The acts, and what became of the last one.
pub fn acts_view(lang: Lang, data: OrderData, offered: Memo<Vec<Offer>>) -> impl IntoView {
    let words = Words::of(lang);
    let open = Memo::new(move |_| {
        let open = data.open.get();
        open.filter(|open| offered.with(|offered| offered.contains(open)))
    });
    view! {
        <section class="panel acts" aria-labelledby="acts">
            <h2 id="acts" tabindex="-1">{words.acts}</h2>
            <div role="status">
                {move || data.done.get().map(|done| {
                    let what = name(lang, &done, data);
                    view! { <p class="acts-done">{fill(words.done, &[("what", &what)])}</p> }
                })}
            </div>
            <div role="alert">
                {move || data.refused.get().map(|why| view! { <p class="field-error">{why}</p> })}
                {move || data.claimed.get().map(|entry| view! {
                    <Button press=Callback::new(move |()| data.take_over(entry.clone()))>{words.take_over}</Button>
                })}
            </div>
            {move || match open.get() {
                Some(offer) => view! { <ActForm lang data offer/> }.into_any(),
                None => list(lang, data, offered).into_any(),
            }}
        </section>
    }
}

fn list(lang: Lang, data: OrderData, offered: Memo<Vec<Offer>>) -> impl IntoView {
    let words = Words::of(lang);
    move || {
        let offered = offered.get();
        if offered.is_empty() {
            return view! { <p class="hint">{words.acts_none}</p> }.into_any();
        }
        let rows = offered.into_iter().enumerate();
        let rows: Vec<_> = rows
            .map(|(at, offer)| {
                let name = name(lang, &offer, data);
                let key = (at + 1).to_string();
                let shortcut = key.clone();
                view! {
                    <li>
                        <button
                            class="act"
                            type="button"
                            aria-keyshortcuts=shortcut
                            on:click=move |_| data.turn(Some(offer.clone()))
                        >
                            <span>{name}</span>
                            <kbd class="key" aria-hidden="true">{key}</kbd>
                        </button>
                    </li>
                }
            })
            .collect();
        view! { <ol class="act-list">{rows}</ol> }.into_any()
    }
}

/// What an act is called.
fn name(lang: Lang, offer: &Offer, data: OrderData) -> String {
    let words = Words::of(lang);
    let of_case = |id: &str| {
        data.cases.with_untracked(|cases| {
            let case = cases.iter().find(|case| case.case.case == *id);
            case.map(|case| format::money(&case.case.amount))
        })
    };
    let (what, amount) = match offer {
        Offer::Request => (words.request, None),
        Offer::Confirm => (words.confirm, None),
        Offer::Address => (words.address, None),
        Offer::Cancel => (words.cancel, None),
        Offer::Case(id) => {
            let appealed = data.cases.with_untracked(|cases| {
                let case = cases.iter().find(|case| case.case.case == *id);
                case.is_some_and(|case| case.case.state == CaseState::Appealed)
            });
            (
                if appealed { words.appeal } else { words.case },
                of_case(id),
            )
        }
        Offer::Say(id) => (words.say, of_case(id)),
        Offer::Way(id) => {
            let amount = data.refunds.with_untracked(|refunds| {
                let refund = refunds.iter().find(|refund| refund.refund == *id);
                refund.map(|refund| format::money(&refund.amount))
            });
            (words.way, amount)
        }
    };
    // An order may have several of a kind.
    amount.map_or_else(
        || what.to_owned(),
        |amount| fill(words.of_amount, &[("what", what), ("amount", &amount)]),
    )
}

/// What a choice is called.
fn choice_name(lang: Lang, what: What) -> &'static str {
    let words = Words::of(lang);
    match what {
        What::Plain(Decision::Approve) => words.approve,
        What::Plain(Decision::Decline) => words.decline,
        What::Case(CaseDecision::Approve) => words.case_approve,
        What::Case(CaseDecision::Reject) => words.case_reject,
        What::Case(CaseDecision::Receive) => words.case_receive,
        What::Case(CaseDecision::Dismiss) => words.case_dismiss,
        What::Seller(reason) => seller_reason(lang, reason),
    }
}

/// What follows, where it is not plain.
fn about(lang: Lang, offer: &Offer, data: OrderData) -> Option<&'static str> {
    let words = Words::of(lang);
    match offer {
        Offer::Confirm => Some(words.confirm_about),
        Offer::Cancel => Some(words.cancel_about),
        Offer::Request => Some(words.request_about),
        Offer::Way(id) => data.refunds.with_untracked(|refunds| {
            let refund = refunds.iter().find(|refund| refund.refund == *id)?;
            let held = refund.way.as_ref().is_some_and(|way| way.held);
            if approved_before(refund, &data.viewer()) {
                Some(words.way_second)
            } else if held {
                None
            } else {
                Some(words.way_not_held)
            }
        }),
        Offer::Address | Offer::Case(_) | Offer::Say(_) => None,
    }
}

/// What has to be filled in.
#[component]
fn ActForm(lang: Lang, data: OrderData, offer: Offer) -> impl IntoView {
    let words = Words::of(lang);
    let viewer = data.viewer();
    let all = data.cases.with_untracked(|cases| {
        data.refunds
            .with_untracked(|refunds| choices(&offer, cases, refunds, &viewer))
    });
    let address = data.order.with_untracked(|order| {
        let order = order.ready().map(|order| order.order.address.clone());
        order.flatten().unwrap_or_default()
    });
    let filled = RwSignal::new(Filled {
        // Where there is one way to go, nobody has to say so.
        choice: (all.len() == 1).then(|| all[0].clone()),
        address,
        ..Filled::default()
    });
    let missing = RwSignal::new(None::<Missing>);
    Effect::new(move |_| browser::focus(".act-form input, .act-form textarea, .act-form .button"));
    let writes = matches!(offer, Offer::Say(_));
    let note = Memo::new(move |_| {
        if writes {
            return Note::Needed;
        }
        filled.with(|filled| {
            filled
                .choice
                .as_ref()
                .map_or(Note::Without, |choice| choice.note)
        })
    });
    let return_to = Memo::new(move |_| {
        filled.with(|filled| {
            filled
                .choice
                .as_ref()
                .is_some_and(|choice| choice.return_to)
        })
    });
    let danger = matches!(offer, Offer::Cancel);
    let fields = matches!(offer, Offer::Address).then(|| address_fields(lang, filled));
    let about = about(lang, &offer, data);
    let title = name(lang, &offer, data);
    let label = title.clone();
    let asked_why = matches!(offer, Offer::Cancel);
    let radios = (!all.is_empty()).then(|| {
        let legend = if asked_why { words.why } else { words.choice };
        choice_fields(lang, legend, all, filled, missing)
    });
    view! {
        <form
            class="act-form form"
            aria-label=label
            on:submit=move |event| {
                event.prevent_default();
                match filled.with_untracked(|filled| act_of(&offer, filled)) {
                    Ok(act) => {
                        missing.set(None);
                        data.send(offer.clone(), act);
                    }
                    Err(what) => {
                        missing.set(Some(what));
                        browser::focus(match what {
                            Missing::Choice => ".act-form input",
                            Missing::Note => "#act-note",
                            Missing::ReturnTo => "#act-return-to",
                        });
                    }
                }
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.prevent_default();
                    data.turn(None);
                    browser::focus("#acts");
                }
            }
        >
            <h3>{title}</h3>
            {about.map(|about| view! { <p class="hint">{about}</p> })}
            {radios}
            {fields}
            {move || return_to.get().then(|| area(
                "act-return-to",
                words.return_to,
                200,
                (missing.get() == Some(Missing::ReturnTo)).then_some(words.return_to_missing),
                filled.with_untracked(|filled| filled.return_to.clone()),
                move |text| filled.update(|filled| filled.return_to = text),
            ))}
            {move || {
                let label = match note.get() {
                    Note::Without => return None,
                    Note::Optional => words.note_optional,
                    Note::Needed if writes => words.message,
                    Note::Needed => words.note,
                };
                let error = if writes { words.message_missing } else { words.note_missing };
                Some(area(
                    "act-note",
                    label,
                    500,
                    (missing.get() == Some(Missing::Note)).then_some(error),
                    filled.with_untracked(|filled| filled.note.clone()),
                    move |text| filled.update(|filled| filled.note = text),
                ))
            }}
            <div class="act-foot">
                <Button
                    kind=if danger { ButtonKind::Danger } else { ButtonKind::Primary }
                    submit=true
                    busy=data.busy
                >
                    {if writes { words.send } else { words.submit }}
                </Button>
                <Button press=Callback::new(move |()| {
                    data.turn(None);
                    browser::focus("#acts");
                })>{words.shut}</Button>
            </div>
        </form>
    }
}

fn choice_fields(
    lang: Lang,
    legend: &'static str,
    all: Vec<Choice>,
    filled: RwSignal<Filled>,
    missing: RwSignal<Option<Missing>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let radios: Vec<_> = all
        .into_iter()
        .map(|choice| {
            let name = choice_name(lang, choice.what);
            let is = choice.clone();
            view! {
                <label class="act-choice">
                    <input
                        type="radio"
                        name="choice"
                        prop:checked=move || filled.with(|filled| filled.choice.as_ref() == Some(&is))
                        on:change=move |_| {
                            missing.set(None);
                            filled.update(|filled| filled.choice = Some(choice.clone()));
                        }
                    />
                    {name}
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="act-choices">
            <legend class="field-label">{legend}</legend>
            {radios}
            {move || (missing.get() == Some(Missing::Choice)).then(|| view! {
                <p class="field-error" role="alert">{words.choose}</p>
            })}
        </fieldset>
    }
}

fn area(
    id: &'static str,
    label: &'static str,
    most: usize,
    error: Option<&'static str>,
    text: String,
    typed: impl Fn(String) + 'static,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <textarea
                class="field-input act-text"
                id=id
                rows="3"
                maxlength=most
                aria-invalid=error.map(|_| "true")
                aria-describedby=error.map(|_| error_id.clone())
                prop:value=text
                on:input=move |event| typed(event_target_value(&event))
            ></textarea>
            {error.map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })}
        </div>
    }
}

/// One part of an address: its id, its name, how to read and how to write it.
type Part = (
    &'static str,
    &'static str,
    fn(&Address) -> String,
    fn(&mut Address, String),
);

fn address_fields(lang: Lang, filled: RwSignal<Filled>) -> impl IntoView {
    let words = Words::of(lang);
    let parts: [Part; 4] = [
        (
            "recipient",
            words.recipient,
            |a| a.recipient.clone(),
            |a, text| a.recipient = text,
        ),
        (
            "phone",
            words.phone,
            |a| a.phone.clone(),
            |a, text| a.phone = text,
        ),
        (
            "region",
            words.region,
            |a| a.region.clone(),
            |a, text| a.region = text,
        ),
        (
            "street",
            words.street,
            |a| a.street.clone(),
            |a, text| a.street = text,
        ),
    ];
    parts.map(|(id, name, read, write)| {
        view! {
            <div class="field">
                <label class="field-label" for=id>{name}</label>
                <input
                    class="field-input"
                    id=id
                    autocomplete="off"
                    maxlength="200"
                    required
                    prop:value=filled.with_untracked(|filled| read(&filled.address))
                    on:input=move |event| {
                        filled.update(|filled| write(&mut filled.address, event_target_value(&event)));
                    }
                />
            </div>
        }
    })
}
