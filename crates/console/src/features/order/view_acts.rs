//! What can be done now, each with what has to be filled in for it. It stands in one place and changes only when what is
//! offered changes, so that what is typed stays.

use leptos::prelude::*;
use orders_api::{CaseDecision, CaseState, Decision};
use storefront::format;
use storefront::ui::{Button, ButtonKind};
use storefront::words::{Lang, fill};

use super::acts::{
    Drafted, Filled, Missing, Note, Offer, What, act_of, choices, drafted_by_them, waiting,
};
use super::complaint_acts::{Proposes, drafted_it};
use super::data::OrderData;
use super::view_before::{about, would_refund_view};
use super::view_fields::{address_fields, area, choice_fields, gives_field};
use super::words::Words;
use crate::browser;
use crate::words::seller_reason;

/// The acts, and what became of the last one.
pub fn acts_view(lang: Lang, data: OrderData, offered: Memo<Vec<Offer>>) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <section class="panel acts" aria-labelledby="acts">
            <h2 id="acts" tabindex="-1">{words.acts}</h2>
            <div role="status">
                {move || data.done.get().map(|done| {
                    let what = name(lang, &done, data);
                    let waits = waiting(&data.drafts(&done)).is_some();
                    let done = if waits { words.done_draft } else { words.done };
                    view! { <p class="acts-done">{fill(done, &[("what", &what)])}</p> }
                })}
            </div>
            <div role="alert">
                {move || data.refused.get().map(|why| view! { <p class="field-error">{why}</p> })}
                {move || data.claimed.get().map(|entry| view! {
                    <Button press=Callback::new(move |()| data.take_over(entry.clone()))>{words.take_over}</Button>
                })}
            </div>
            {move || match data.open.get() {
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
        Offer::Limit => (words.limit, None),
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
        Offer::TakeUp(_) => (words.complaint_take_up, None),
        Offer::Propose(_) => (words.complaint_propose, None),
        Offer::SecondPerson(Drafted::Proposal(_)) => (words.complaint_second, None),
        Offer::SecondPerson(Drafted::Case(id)) => (words.second, of_case(id)),
        Offer::SecondPerson(Drafted::Request) => (words.second, None),
        Offer::SecondPerson(Drafted::Cancel) => (words.second_cancel, None),
        Offer::Answer(_) => (words.complaint_answer, None),
    };
    // An order may have several of a kind.
    amount.map_or_else(
        || what.to_owned(),
        |amount| fill(words.of_amount, &[("what", what), ("amount", &amount)]),
    )
}

/// What a choice is called.
pub fn choice_name(lang: Lang, what: What) -> &'static str {
    let words = Words::of(lang);
    match what {
        What::Plain(Decision::Approve) => words.approve,
        What::Plain(Decision::Decline) => words.decline,
        What::Case(CaseDecision::Approve) => words.case_approve,
        What::Case(CaseDecision::Reject) => words.case_reject,
        What::Case(CaseDecision::Receive) => words.case_receive,
        What::Case(CaseDecision::Dismiss) => words.case_dismiss,
        What::Seller(reason) => seller_reason(lang, reason),
        What::Propose(Proposes::Refund) => words.gives_refund,
        What::Propose(Proposes::Money) => words.gives_money,
        What::Propose(Proposes::Points) => words.gives_points,
        What::Propose(Proposes::Goodwill) => words.gives_goodwill,
        What::Propose(Proposes::Nothing) => words.gives_nothing,
    }
}

/// What the words beside an act are called, and what is said when they are missing: nothing where there are none.
pub fn note_words(
    words: &'static Words,
    offer: &Offer,
    note: Note,
) -> Option<(&'static str, &'static str)> {
    let label = match (note, offer) {
        (Note::Without, _) => return None,
        (Note::Optional, _) => words.note_optional,
        (Note::Needed, Offer::Say(_) | Offer::Answer(_)) => {
            return Some((words.message, words.message_missing));
        }
        // Why a draft is not agreed with only the staff read.
        (Note::Needed, Offer::SecondPerson(_)) => {
            return Some((words.note_colleague, words.note_colleague_missing));
        }
        (Note::Needed, Offer::Limit) => words.limit_note,
        (Note::Needed, _) => words.note,
    };
    Some((label, words.note_missing))
}

/// What has to be filled in.
#[component]
fn ActForm(lang: Lang, data: OrderData, offer: Offer) -> impl IntoView {
    let words = Words::of(lang);
    let viewer = data.viewer();
    let mut all = data.cases.with_untracked(|cases| {
        data.refunds
            .with_untracked(|refunds| choices(&offer, cases, refunds, &viewer))
    });
    if let Offer::SecondPerson(drafted) = &offer {
        let alone = match drafted {
            Drafted::Proposal(id) => data.complaints.with_untracked(|complaints| {
                let one = complaints.iter().find(|one| one.complaint.complaint == *id);
                one.is_some_and(|one| drafted_it(one, &viewer))
            }),
            Drafted::Case(_) | Drafted::Request | Drafted::Cancel => {
                untrack(|| drafted_by_them(&data.drafts(&offer), &viewer))
            }
        };
        // Who drafted it may only take it back.
        all.retain(|choice| !(alone && choice.what == What::Plain(Decision::Approve)));
    }
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
    let writes = matches!(offer, Offer::Say(_) | Offer::Answer(_));
    let needed = writes || matches!(offer, Offer::Limit);
    let note = Memo::new(move |_| {
        if needed {
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
    let gives = Memo::new(move |_| {
        filled.with(|filled| match filled.choice.as_ref()?.what {
            What::Propose(proposes) if proposes.gives() => Some(proposes),
            What::Propose(_) | What::Plain(_) | What::Case(_) | What::Seller(_) => None,
        })
    });
    let danger = matches!(offer, Offer::Cancel);
    let fields = matches!(offer, Offer::Address).then(|| address_fields(lang, filled));
    let about = about(lang, &offer, data);
    let (back, noted) = (offer.clone(), offer.clone());
    let back = move || {
        data.order
            .with(|order| would_refund_view(lang, order.ready()?, &back))
    };
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
                            Missing::Gives => "#act-gives",
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
            {back}
            {radios}
            {fields}
            {move || gives.get().map(|proposes| gives_field(lang, proposes, filled, missing))}
            {move || return_to.get().then(|| area(
                "act-return-to",
                words.return_to,
                200,
                (missing.get() == Some(Missing::ReturnTo)).then_some(words.return_to_missing),
                filled.with_untracked(|filled| filled.return_to.clone()),
                move |text| filled.update(|filled| filled.return_to = text),
            ))}
            {move || {
                let (label, error) = note_words(words, &noted, note.get())?;
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
