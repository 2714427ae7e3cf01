//! `POST /providers/{provider}/notifications`.

use axum::extract::{Request, State};
use orders_domain::ProviderId;
use orders_payments::NotificationError;

use crate::http::error::Failure;
use crate::http::json::bytes;
use crate::http::path_id::PathId;
use crate::refunds::report_on;
use crate::state::App;

/// A payment provider tells that a refund has moved.
///
/// The body is the provider's own (WeChat Pay API v3: JSON with an encrypted resource; Alipay: a form) and counts only
/// with the provider's signature. Repeated and late ones are harmless: a refund only moves forward. Nothing depends on
/// their coming: the program asks as well.
#[utoipa::path(
    post, path = "/providers/{provider}/notifications", tag = "providers", operation_id = "notify",
    params(("provider" = String, Path, min_length = 1, max_length = 64, description = "Its name in the payments file.")),
    request_body(content = String, content_type = "application/octet-stream", description = "As the provider writes it."),
    responses(
        (status = 200, description = "Taken note of.", body = String, content_type = "text/plain"),
        (status = 401, description = "`invalid_signature`: not from the provider, or too long ago.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn notify(
    State(app): State<App>,
    PathId(provider): PathId,
    request: Request,
) -> Result<&'static str, Failure> {
    let id = ProviderId(provider);
    let provider = app.payments.providers.get(&id).ok_or(Failure::NotFound)?;
    let headers = request.headers().clone();
    let body = bytes(request).await?;
    let now = app.clock.now();
    let notification = match provider.read_notification(&headers, &body, now) {
        Ok(notification) => notification,
        Err(NotificationError::NotGenuine(words)) => {
            tracing::warn!(provider = %id, words, "a notification is not believed");
            return Err(Failure::InvalidSignature);
        }
        // Nothing that it says could be acted upon; sent again, it would say the same.
        Err(NotificationError::NotUnderstood(words)) => {
            tracing::warn!(provider = %id, words, "a notification is not understood");
            return Ok(provider.thanks());
        }
    };
    let refund = &notification.refund;
    let Some(order) = app.store.order_of_refund(refund).await? else {
        // Money that another system of the merchant gave back.
        tracing::warn!(provider = %id, %refund, "a notification is about a refund that is not ours");
        return Ok(provider.thanks());
    };
    // What it says is not taken for granted: the provider is asked, about that number and amount. Only of a refund that
    // is not asked for any more, because it failed, the news counts by itself.
    let asked = app.store.hasten_refund(refund, now).await?;
    if let (false, Some(report)) = (asked, &notification.report) {
        report_on(&app, &order, refund, &id, report).await?;
    }
    Ok(provider.thanks())
}
