//! `POST /staff/enquiries/{id}/answer`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{Enquiry, RecordAnswer};
use orders_domain::{Author, EnquiryStep};
use orders_store::Door;

use super::{TEXT_CHARS, named, record};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::text::Text;
use crate::state::App;

/// Record the answer, with the message that says it and the act that did it, where there are any. Nothing is added to an
/// enquiry after it.
#[utoipa::path(
    post, path = "/staff/enquiries/{id}/answer", tag = "staff", operation_id = "record_answer",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = RecordAnswer,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses(
        (status = 200, description = "The enquiry.", body = Enquiry),
        (status = 409, description = "`asker_not_confirmed`, `asker_confirmed`, `not_looked_up`: the step before is missing, or says otherwise; `enquiry_over`: it was answered.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong: see `errors`. A `message` or an `act` that the staff did not make is `unknown`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn record_answer(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<RecordAnswer>,
) -> Result<Response, Failure> {
    let enquiry = named(&app, &staff, &id).await?;
    Text::storable("text", &value.text)?;
    let text = Text::required("text", &value.text, TEXT_CHARS)?.trim();
    if let Some(seq) = value.message
        && !is_said(&app, &enquiry, seq).await?
    {
        return Err(Failure::unknown("message"));
    }
    if let Some(seq) = value.act
        && !is_done(&app, &enquiry, seq).await?
    {
        return Err(Failure::unknown("act"));
    }
    let step = EnquiryStep::Answered {
        answer: value.answer,
        text: text.to_owned(),
        message: value.message,
        act: value.act,
    };
    let sent = (&key, fingerprint.as_str());
    record(&app, &staff, sent, &id, step, |_| Ok(())).await
}

/// Whether the staff said the message of that number in the enquiry's conversation.
async fn is_said(app: &App, enquiry: &orders_domain::Enquiry, seq: i64) -> Result<bool, Failure> {
    let Some(conversation) = enquiry.conversation.as_ref().filter(|_| seq > 0) else {
        return Ok(false);
    };
    let found = app.store.messages(conversation, seq - 1, 1).await?;
    let found = found.first().filter(|message| message.seq == seq);
    Ok(found.is_some_and(|message| matches!(message.author, Author::Staff(_))))
}

/// Whether the staff made the entry of that number in the trail of the enquiry's order.
async fn is_done(app: &App, enquiry: &orders_domain::Enquiry, seq: i64) -> Result<bool, Failure> {
    let Some(order) = &enquiry.order else {
        return Ok(false);
    };
    let trail = app.store.audit_of(order).await?;
    let mut entries = trail.entries.iter();
    Ok(entries.any(|entry| entry.seq == seq && entry.door == Door::Staff))
}
