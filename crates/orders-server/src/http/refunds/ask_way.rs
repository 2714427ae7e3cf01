//! `PUT /refunds/{id}/way`.

use std::collections::BTreeMap;

use axum::response::Response;
use orders_api::{AskRefundWay, RefundDetail};
use orders_domain::Way;

use super::own::OwnRefund;
use crate::config::limits::LOGIN_CHARS;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::session::confirm::confirm_password;
use crate::http::session::log_in::Address;
use crate::http::text::Text;
use crate::random::sha256;

/// The longest account, in characters, before it is looked into.
const ACCOUNT_CHARS: usize = 100;

/// Ask for another way for a refund that failed, or was not sent yet; the password is asked for again.
///
/// Until staff have decided, the refund is not sent. The account is shown masked from here on.
#[utoipa::path(
    put, path = "/refunds/{id}/way", tag = "refunds", operation_id = "ask_refund_way",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = AskRefundWay,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The refund, with the wish.", body = RefundDetail),
        (status = 403, description = "`guest_session`: it takes the password, which a guest has not shown.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 409, description = "`refund_not_changeable`: the money is on its way, or a wish is open.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong passwords: wait for `Retry-After` seconds.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn ask_refund_way(
    own: OwnRefund,
    address: Address,
    Body { value: body, .. }: Body<AskRefundWay>,
) -> Result<Response, Failure> {
    own.order.shopper.account()?;
    Text::at_most("account", &body.account, ACCOUNT_CHARS)?;
    Text::required("password", &body.password, LOGIN_CHARS)?;
    let way = Way {
        channel: body.channel,
        account: body.account,
        holder: body.holder,
        bank: body.bank,
    };
    let way = way.checked().map_err(|mistakes| {
        let errors = mistakes.into_iter();
        let errors = errors.map(|(field, code)| (field.to_owned(), code.to_owned()));
        Failure::Invalid(errors.collect::<BTreeMap<_, _>>())
    })?;
    let app = &own.order.app;
    confirm_password(app, own.order.shopper.account()?, address, body.password).await?;
    // No digest of the password, which would help to guess it.
    let fingerprint = [
        way.channel.code(),
        &way.account,
        &way.holder,
        way.bank.as_deref().unwrap_or_default(),
    ];
    let fingerprint = sha256(fingerprint.join("\n").as_bytes());
    let answer = own
        .change(&fingerprint, |order, policy| {
            order.ask_way(&own.id, &way, policy, app.clock.now())
        })
        .await?;
    // The provider is asked whether it has it, once whoever may be sending it is done.
    app.store.hasten_refund(&own.id, app.clock.now()).await?;
    Ok(answer)
}
