//! The first step: `POST` to `/staff/orders/{id}/enquiries`, `/staff/conversations/{id}/enquiries` and
//! `/staff/enquiries/{id}/who`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{Enquiry, RecordWho, field_codes};
use orders_domain::{ConversationId, EnquiryStep, Identification, OrderId, Permission};

use super::{named, note, record, respond, to_wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::random;
use crate::state::App;

/// Begin an enquiry about an order, as when somebody calls: who asks, and why. A log-in or a guest's code confirms nobody on the
/// telephone.
#[utoipa::path(
    post, path = "/staff/orders/{id}/enquiries", tag = "staff", operation_id = "begin_order_enquiry",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = RecordWho,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses((status = 201, description = "The enquiry.", body = Enquiry)),
)]
pub async fn begin_order_enquiry(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<RecordWho>,
) -> Result<Response, Failure> {
    staff.may(Permission::Note)?;
    let order = staff.order(&app, &OrderId(id)).await?;
    let blank = orders_domain::Enquiry {
        id: random::hex::<16>().map_err(Failure::internal)?,
        shop: order.shop,
        order: Some(order.id),
        conversation: None,
        entries: Vec::new(),
    };
    begin(&app, &staff, (&key, &fingerprint), (&blank, None), value).await
}

/// Begin an enquiry about what is asked in a conversation: who asks, and why.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/enquiries", tag = "staff", operation_id = "begin_conversation_enquiry",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = RecordWho,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 201, description = "The enquiry.", body = Enquiry)),
)]
pub async fn begin_conversation_enquiry(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<RecordWho>,
) -> Result<Response, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    let known = Some(conversation.identification());
    let blank = orders_domain::Enquiry {
        id: random::hex::<16>().map_err(Failure::internal)?,
        shop: conversation.shop,
        order: conversation.order,
        conversation: Some(conversation.id),
        entries: Vec::new(),
    };
    begin(&app, &staff, (&key, &fingerprint), (&blank, known), value).await
}

/// Record once more who asks, and why. What was recorded before stays.
#[utoipa::path(
    post, path = "/staff/enquiries/{id}/who", tag = "staff", operation_id = "record_who",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = RecordWho,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses(
        (status = 200, description = "The enquiry.", body = Enquiry),
        (status = 409, description = "`enquiry_over`: it was answered.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn record_who(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<RecordWho>,
) -> Result<Response, Failure> {
    let enquiry = named(&app, &staff, &id).await?;
    let known = match &enquiry.conversation {
        Some(id) => app.store.conversation(id).await?,
        None => None,
    };
    let step = who(known.map(|known| known.identification()), value)?;
    let sent = (&key, fingerprint.as_str());
    record(&app, &staff, sent, &id, step, |_| Ok(())).await
}

fn who(known: Option<Identification>, value: RecordWho) -> Result<EnquiryStep, Failure> {
    if !orders_domain::Enquiry::can_be_confirmed_by(value.confirmed_by, known) {
        return Err(Failure::field("confirmed_by", field_codes::NOT_ALLOWED));
    }
    Ok(EnquiryStep::Who {
        confirmed_by: value.confirmed_by,
        topic: value.topic,
        note: note(value.note)?,
    })
}

async fn begin(
    app: &App,
    staff: &Staff,
    (key, fingerprint): (&IdempotencyKey, &str),
    (blank, known): (&orders_domain::Enquiry, Option<Identification>),
    value: RecordWho,
) -> Result<Response, Failure> {
    let step = who(known, value)?;
    let names = Names::of(app).await?;
    let now = app.clock.now();
    let once = key.once(&staff.caller(), fingerprint, now);
    let begun = app
        .store
        .begin_enquiry(blank, (staff.id(), now), &step, once.as_ref(), |record| {
            answer(201, &to_wire(record, &names))
        });
    respond(begun.await?)
}
