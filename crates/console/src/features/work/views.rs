//! The queue, as a table with its tabs and filters.

use leptos::prelude::*;
use orders_api::{
    Claim, ConversationState, PolicyOutcome, Shop, WorkAdvice, WorkCount, WorkItem, WorkKind,
};
use storefront::format;
use storefront::ui::{Button, Tone};
use storefront::words::{Lang, codes as shopper, count, fill};

use super::data::{InTheWay, Queue, WorkData};
use super::merge::Row;
use super::words::Words;
use crate::paths::{self, Hands, Page, Sort, WorkQuery};
use crate::shell::{Beyond, ListWords, rows_view};
use crate::words::{
    complaint_then, complaint_topic, complaint_wish, consequence, field_name, topic, turn,
};

/// The kinds that the console has a screen for.
pub const KINDS: [WorkKind; 6] = [
    WorkKind::CancellationRequest,
    WorkKind::AfterSaleCase,
    WorkKind::RefundWay,
    WorkKind::PendingConfirmation,
    WorkKind::Conversation,
    WorkKind::Complaint,
];

fn kind_name(lang: Lang, kind: WorkKind) -> Option<&'static str> {
    let words = Words::of(lang);
    match kind {
        WorkKind::CancellationRequest => Some(words.cancellation_request),
        WorkKind::AfterSaleCase => Some(words.after_sale_case),
        WorkKind::RefundWay => Some(words.refund_way),
        WorkKind::PendingConfirmation => Some(words.pending_confirmation),
        WorkKind::Conversation => Some(words.conversation),
        WorkKind::Complaint => Some(words.complaint),
    }
}

/// The tabs with their counts, and the filters.
pub fn tools_view(
    lang: Lang,
    query: &WorkQuery,
    counts: &[WorkCount],
    shops: &[Shop],
    ask: Callback<WorkQuery>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let tabs = KINDS.map(|kind| {
        let found = counts.iter().find(|count| count.kind == kind);
        let number = found.map(|found| {
            let n = found.count.to_string();
            if found.more { fill(words.more_than, &[("n", &n)]) } else { n }
        });
        let to = WorkQuery { kind, ..query.clone() };
        view! {
            <a class="tab" href=paths::work(&to) aria-current=(query.kind == kind).then_some("page")>
                {kind_name(lang, kind)} " " <span class="tab-count number">{number}</span>
            </a>
        }
    });
    let hands = Hands::ALL.map(|one| {
        let name = match one {
            Hands::All => words.everybody,
            Hands::Mine => words.mine,
            Hands::Free => words.free,
        };
        (one.code().to_owned(), name.to_owned())
    });
    let sorts = Sort::ALL.map(|one| {
        let name = match one {
            Sort::Due => words.by_due,
            Sort::Age => words.by_age,
        };
        (one.code().to_owned(), name.to_owned())
    });
    let all = (String::new(), words.all_shops.to_owned());
    let of_shops = shops
        .iter()
        .map(|shop| (shop.id.clone(), shop.name.clone()));
    let of_shops: Vec<_> = [all].into_iter().chain(of_shops).collect();
    let (for_hands, for_sort, for_shop) = (query.clone(), query.clone(), query.clone());
    view! {
        <nav class="tabs" aria-label=words.kinds>{tabs}</nav>
        <div class="filters">
            {select(words.who, hands.to_vec(), query.hands.code().to_owned(), move |code| {
                let hands = Hands::from_code(&code);
                ask.run(WorkQuery { hands, ..for_hands.clone() });
            })}
            {select(words.sort, sorts.to_vec(), query.sort.code().to_owned(), move |code| {
                let sort = Sort::from_code(&code);
                ask.run(WorkQuery { sort, ..for_sort.clone() });
            })}
            {(of_shops.len() > 2).then(|| {
                let shown = query.shop.clone().unwrap_or_default();
                select(words.shop, of_shops, shown, move |shop| {
                    let shop = (!shop.is_empty()).then_some(shop);
                    ask.run(WorkQuery { shop, ..for_shop.clone() });
                })
            })}
        </div>
    }
}

fn select(
    name: &'static str,
    options: Vec<(String, String)>,
    shown: String,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(code, text)| {
            let selected = code == shown;
            view! { <option value=code selected=selected>{text}</option> }
        })
        .collect();
    view! {
        <select class="filter" aria-label=name on:change=move |event| choose(event_target_value(&event))>
            {options}
        </select>
    }
}

/// What stood in the way of taking something in hand.
pub fn in_the_way_view(lang: Lang, what: InTheWay, data: WorkData) -> impl IntoView {
    let words = Words::of(lang);
    match what {
        InTheWay::Failed(why) => view! { <p class="field-error">{why}</p> }.into_any(),
        InTheWay::Another(id, claim) => {
            let time = format::clock(&claim.until);
            let text = fill(words.taken, &[("who", &claim.by.name), ("time", &time)]);
            view! {
                <p class="conflict">
                    <span>{text}</span>
                    <Button press=Callback::new(move |()| data.take(id.clone(), true))>{words.take_over}</Button>
                </p>
            }
            .into_any()
        }
    }
}

/// What is shown may not be so any more.
pub fn old_view(lang: Lang, why: String, data: WorkData) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <p class="conflict">
            <span>{why}</span>
            <Button press=Callback::new(move |()| data.look())>{words.key_fresh}</Button>
        </p>
    }
}

/// The rows.
pub fn queue_view(
    lang: Lang,
    queue: &Queue,
    hands: Hands,
    own: &str,
    at: RwSignal<Option<usize>>,
    data: WorkData,
) -> AnyView {
    let words = Words::of(lang);
    let new = i64::try_from(queue.new).unwrap_or(i64::MAX);
    let now = data.now.get();
    let gone = match hands {
        Hands::All => words.gone,
        // It may be in other hands only.
        Hands::Mine | Hands::Free => words.not_here,
    };
    let rows = queue.rows.iter().enumerate();
    let rows = rows.map(|(place, row)| {
        let in_hand = hands_view(row, own, gone, data, words);
        row_view(lang, place, at, row, now, in_hand).into_any()
    });
    let around = ListWords {
        title: words.title,
        heads: [
            words.number,
            words.shopper,
            words.due,
            words.waits,
            words.advice,
            words.hands,
        ],
        new: count(words.new_one, words.new_other, new),
        nothing: words.nothing,
        more: words.more,
        keys: words.keys_hint,
    };
    let beyond = Beyond {
        new: new > 0,
        afresh: Callback::new(move |()| data.look_afresh()),
        next: queue.next.is_some(),
        busy: data.more,
        further: Callback::new(move |()| data.look_further()),
    };
    rows_view(around, rows.collect(), &beyond)
}

fn row_view(
    lang: Lang,
    place: usize,
    at: RwSignal<Option<usize>>,
    row: &Row,
    now: i64,
    in_hand: AnyView,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let item = &row.item;
    let number = item.order.as_ref();
    let number = number.map_or_else(|| words.no_order.to_owned(), |order| order.number.clone());
    let link = page_of(item).map(|page| {
        view! { <a class="number" id=format!("work-{place}") href=page.href()>{number}</a> }
    });
    let since = format::epoch_seconds(&item.since).unwrap_or(now);
    view! {
        <tr
            class="work-row"
            data-gone=row.gone.then_some("")
            data-here=move || (at.get() == Some(place)).then_some("")
            on:focusin=move |_| at.set(Some(place))
        >
            <td>{link}</td>
            <td>{item.shopper_name.clone()}</td>
            <td>{due(lang, item.due_at.as_ref(), now)}</td>
            <td class="number" data-label=words.waits>{format::about(lang, now - since)}</td>
            <td class="goods">{item.advice.as_ref().map(|advice| advice_text(lang, advice))}</td>
            <td class="hands">{in_hand}</td>
        </tr>
    }
}

/// Where an entry is dealt with.
pub fn page_of(item: &WorkItem) -> Option<Page> {
    match (item.kind, &item.subject, &item.order) {
        (WorkKind::Conversation, Some(id), _) => Some(Page::Conversation(id.clone())),
        (_, _, Some(order)) => Some(Page::Order(order.id.clone())),
        (_, _, None) => None,
    }
}

/// How long there still is, in words and colour.
pub fn due(lang: Lang, due_at: Option<&orders_api::Instant>, now: i64) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let Some(seconds) = due_at.and_then(format::epoch_seconds) else {
        return view! { <span class="under">{words.no_due}</span> }.into_any();
    };
    let left = seconds - now;
    let time = format::about(lang, left.abs());
    let (tone, text) = match left {
        ..0 => (Tone::Danger, words.overdue),
        0..7_200 => (Tone::Warn, words.left),
        _ => (Tone::Neutral, words.left),
    };
    view! { <span class="due number" data-tone=tone.name()>{fill(text, &[("time", &time)])}</span> }
        .into_any()
}

fn hands_view(
    row: &Row,
    own: &str,
    gone: &'static str,
    data: WorkData,
    words: &'static Words,
) -> AnyView {
    if row.gone {
        return view! { <span class="under">{gone}</span> }.into_any();
    }
    let id = row.item.id.clone();
    let claimed = |claim: &Claim| {
        let time = format::clock(&claim.until);
        fill(words.until, &[("who", &claim.by.name), ("time", &time)])
    };
    let (who, name) = match &row.item.claim {
        None => (None, words.take),
        Some(claim) if claim.by.id == own => (Some(claimed(claim)), words.let_go),
        Some(claim) => (Some(claimed(claim)), words.take_over),
    };
    let take_over = row
        .item
        .claim
        .as_ref()
        .is_some_and(|claim| claim.by.id != own);
    let about = row
        .item
        .order
        .as_ref()
        .map(|order| format!("{name}, {}", order.number));
    view! {
        {who.map(|who| view! { <span class="under">{who}</span> })}
        <button
            class="text-button"
            type="button"
            aria-label=about
            on:click=move |_| if take_over { data.take(id.clone(), true) } else { data.turn(&id) }
        >
            {name}
        </button>
    }
    .into_any()
}

/// What the policy says, in a line.
pub fn advice_text(lang: Lang, advice: &WorkAdvice) -> String {
    let words = Words::of(lang);
    let granted = |by: &Option<String>| {
        let by = by.as_deref();
        by.map(|who| fill(words.granted, &[("who", who)]))
    };
    match advice {
        WorkAdvice::CancellationRequest {
            outcome,
            reason,
            drafted_by,
        } => {
            let policy = match (outcome, reason) {
                (_, Some(why)) => {
                    let why = shopper::not_possible(lang, *why);
                    fill(words.not_allowed, &[("why", why)])
                }
                (PolicyOutcome::SelfService, None) => words.may_at_once.to_owned(),
                (PolicyOutcome::ByRequest | PolicyOutcome::NotPossible, None) => {
                    words.by_request.to_owned()
                }
            };
            let parts: Vec<_> = granted(drafted_by).into_iter().chain([policy]).collect();
            parts.join(" · ")
        }
        WorkAdvice::SellerCancel { amount, drafted_by } => {
            let amount = format::money(amount);
            let values = [("who", drafted_by.as_str()), ("amount", amount.as_str())];
            fill(words.seller_cancel, &values)
        }
        WorkAdvice::AfterSaleCase {
            turn: whose,
            in_time,
            deduction,
            amount,
            then,
            drafted_by,
        } => {
            let mut parts: Vec<_> = granted(drafted_by).into_iter().collect();
            parts.push(turn(lang, *whose).to_owned());
            parts.push(
                if *in_time {
                    words.in_time
                } else {
                    words.too_late
                }
                .to_owned(),
            );
            parts.push(fill(words.amount, &[("amount", &format::money(amount))]));
            if deduction.amount != 0 {
                parts.push(fill(
                    words.deducted,
                    &[("amount", &format::money(deduction))],
                ));
            }
            parts.extend(then.map(|then| consequence(lang, then).to_owned()));
            parts.join(" · ")
        }
        WorkAdvice::RefundWay {
            amount,
            approvals,
            approvals_needed,
            held,
        } => {
            let values = [
                ("amount", format::money(amount)),
                ("n", approvals.to_string()),
                ("all", approvals_needed.to_string()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let mut text = fill(words.approvals, &values);
            if !held {
                text.push_str(" · ");
                text.push_str(words.not_held);
            }
            text
        }
        WorkAdvice::PendingConfirmation { cause, missing } => {
            let cause = cause.map(|cause| shopper::pending_cause(lang, cause).to_owned());
            let fields: Vec<_> = missing
                .iter()
                .map(|field| field_name(lang, *field))
                .collect();
            let fields = (!fields.is_empty())
                .then(|| fill(words.missing, &[("fields", &fields.join(" · "))]));
            cause
                .into_iter()
                .chain(fields)
                .collect::<Vec<_>>()
                .join(" · ")
        }
        WorkAdvice::Conversation {
            topic: about,
            state,
        } => {
            let state = match state {
                ConversationState::Left => words.chat_left,
                ConversationState::Waiting
                | ConversationState::Served
                | ConversationState::Closed => words.chat_waiting,
            };
            format!("{} · {state}", topic(lang, *about))
        }
        WorkAdvice::Complaint {
            turn: whose,
            topic: about,
            wish,
            wished,
            second,
            then,
            ..
        } => {
            let mut parts = vec![turn(lang, *whose).to_owned()];
            parts.push(complaint_topic(lang, *about).to_owned());
            let wish = complaint_wish(lang, *wish);
            let wish = wished.as_ref().map_or_else(
                || wish.to_owned(),
                |amount| format!("{wish} {}", format::money(amount)),
            );
            parts.push(fill(words.wants, &[("what", &wish)]));
            if *second {
                parts.push(words.second.to_owned());
            }
            parts.extend(then.map(|then| complaint_then(lang, then).to_owned()));
            parts.join(" · ")
        }
    }
}
