//! `POST /conversations`.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use orders_api::{ChatSubject, Conversation, OpenConversation, SayInChat, field_codes};
use orders_domain::{
    Author, Case, Complaint, ConversationId, ConversationMove, LineId, Moved, Order, OrderId,
    RefundId, ShopId, Subject,
};

use orders_store::{Conversed, Spoken};

use super::transcript::facts_in_words;
use super::{respond, rules, spoken, wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::answer;
use crate::http::session::Shopper;
use crate::random;
use crate::state::App;

/// Begin to talk to a person: about an order, an after-sale case, or with a shop.
///
/// While the chat is open it goes into the queue; out of hours it is left, with the time by which it is answered. When one
/// about the same is open, the words are said there, as a message under the same `client_id`, and that one is answered with;
/// the message begins with the facts, in words, where they are others than it began with. A guest's is always about the order. The place in the queue is `null` in this answer; `GET` and the socket have it.
#[utoipa::path(
    post, path = "/conversations", tag = "conversations", operation_id = "open_conversation",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = OpenConversation,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "It has begun.", body = Conversation),
        (status = 200, description = "One about the same is open; the words were said there.", body = Conversation),
        (status = 409, description = "`no_chat`: the shop has none.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong: see `errors`. What is not the shopper's is `unknown`.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_messages`: wait for `Retry-After` seconds.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn open_conversation(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    key: IdempotencyKey,
    Body { value, fingerprint }: Body<OpenConversation>,
) -> Result<Response, Failure> {
    let now = app.clock.now();
    let order = order_of(&app, &shopper, &value).await?;
    let shop = match (&order, value.shop) {
        (Some(order), None) => order.shop.clone(),
        (Some(order), Some(shop)) if order.shop.as_str() == shop => order.shop.clone(),
        (None, Some(shop)) if app.shops.policy(&ShopId(shop.clone())).is_some() => ShopId(shop),
        (_, Some(_)) => return Err(Failure::unknown("shop")),
        (None, None) => return Err(Failure::field("shop", field_codes::REQUIRED)),
    };
    let said = SayInChat {
        client_id: value.client_id,
        text: value.text,
        evidence: value.evidence,
    };
    let spoken = Spoken {
        guest: shopper.owner().only().cloned(),
        ..spoken(Author::Shopper, said)?
    };
    let id = ConversationId(random::hex::<16>().map_err(Failure::internal)?);
    let of = (shopper.owner().shopper().clone(), shop);
    let blank = orders_domain::Conversation {
        order: order.as_ref().map(|order| order.id.clone()),
        case: value.case,
        ..orders_domain::Conversation::blank(id, of, subject(value.subject)?, now)
    };
    let rules = rules(&app, &blank, now)?;
    let today = rules.policy.day_of(now);
    blank
        .subject
        .check(order.as_ref(), today)
        .map_err(|mistakes| {
            let mistakes = mistakes.into_iter();
            Failure::Invalid(
                mistakes
                    .map(|(field, code)| (field, code.to_owned()))
                    .collect(),
            )
        })?;
    let turn = app.chats.turn(shopper.owner(), now);
    let facts = facts_in_words(&blank.subject, order.as_ref(), context.language);
    let decide = |found: Option<&orders_domain::Conversation>| -> Result<(Moved, Spoken), Failure> {
        let mut said = spoken.clone();
        let moved = match found {
            Some(open) => {
                if open.subject != blank.subject {
                    said.text = [facts.trim_end(), &said.text]
                        .join("\n\n")
                        .trim_end()
                        .to_owned();
                }
                open.make(&ConversationMove::ShopperSays, rules)?
            }
            None => orders_domain::Conversation::open(blank.clone(), rules)?,
        };
        turn.take().map_err(Failure::TooManyMessages)?;
        Ok((moved, said))
    };
    let once = key.once(&shopper.scope(), &fingerprint, now);
    let told = |conversation: &orders_domain::Conversation, begun: bool| {
        let standing = wire::standing_in(&app, conversation, None, false);
        match wire::of_parts(&app, &context, conversation, order.as_ref(), standing) {
            Ok(body) => answer(if begun { 201 } else { 200 }, &body),
            Err(failure) => failure.answer(&context),
        }
    };
    let opened = app
        .store
        .open_conversation(&blank, &spoken, now, once.as_ref(), decide, told)
        .await?;
    if let Conversed::Done { .. } = opened {
        turn.keep();
    }
    respond(opened)
}

/// The order that it is about, which is the shopper's own.
async fn order_of(
    app: &App,
    shopper: &Shopper,
    body: &OpenConversation,
) -> Result<Option<Order>, Failure> {
    let (field, id) = match (&body.case, &body.order) {
        (Some(case), order) => {
            let of_case = Case::order_of(case).ok_or_else(|| Failure::unknown("case"))?;
            if order.as_ref().is_some_and(|order| *order != of_case.0) {
                return Err(Failure::unknown("case"));
            }
            ("case", of_case)
        }
        (None, Some(order)) => ("order", order.as_str().into()),
        (None, None) => match order_of_subject(app, &body.subject).await? {
            Some(known) => known,
            // A guest talks about the order, also without saying so.
            None => match shopper.owner().only() {
                Some(order) => ("order", order.clone()),
                None => return Ok(None),
            },
        },
    };
    let order = app.store.order_of(shopper.owner(), &id).await?;
    let order = order.ok_or_else(|| Failure::unknown(field))?;
    if body
        .case
        .as_ref()
        .is_some_and(|case| order.case(case).is_none())
    {
        return Err(Failure::unknown("case"));
    }
    Ok(Some(order))
}

/// The order of the refund or the complaint that it is about, with the field that names it.
async fn order_of_subject(
    app: &App,
    subject: &ChatSubject,
) -> Result<Option<(&'static str, OrderId)>, Failure> {
    if let Some(refund) = &subject.refund {
        let field = "subject.refund";
        let order = app.store.order_of_refund(&RefundId(refund.clone())).await?;
        return Ok(Some((field, order.ok_or_else(|| Failure::unknown(field))?)));
    }
    let Some(complaint) = &subject.complaint else {
        return Ok(None);
    };
    let field = "subject.complaint";
    let order = Complaint::order_of(complaint).ok_or_else(|| Failure::unknown(field))?;
    Ok(Some((field, order)))
}

fn subject(subject: ChatSubject) -> Result<Subject, Failure> {
    let day = |day: orders_api::Day| {
        NaiveDate::parse_from_str(&day.0, "%Y-%m-%d")
            .map_err(|_| Failure::field("subject.since", field_codes::INVALID))
    };
    Ok(Subject {
        topic: subject.topic,
        since: subject.since.map(day).transpose()?,
        line: subject.line.map(LineId),
        account: subject.account,
        zone: subject.zone,
        face_value: subject.face_value,
        refund: subject.refund.map(RefundId),
        complaint: subject.complaint,
    })
}
