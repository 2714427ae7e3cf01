//! `PUT /integration/shoppers/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::field_codes;
use orders_domain::{Language, ShopperId};
use orders_store::{Credentials, Shopper};
use serde::Deserialize;
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::config::limits::LOGIN_CHARS;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::text::Text;
use crate::password::normal_login;
use crate::state::App;

/// A shopper as the shop sends them.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutShopper {
    /// What to call them.
    #[schema(min_length = 1, max_length = 100)]
    pub display_name: String,
    /// To log in with.
    #[serde(default)]
    pub email: Option<String>,
    /// To log in with.
    #[serde(default)]
    pub phone: Option<String>,
    /// At least eight characters. Without it a known shopper keeps theirs, and a new one cannot log in with one.
    #[serde(default)]
    #[schema(min_length = 8, max_length = 200)]
    pub password: Option<String>,
    /// What they read; mails are written in it. Without it, what they read when they logged in last.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^(zh-CN|en)$")]
    pub language: Option<Language>,
    /// Whether they want to be told by e-mail what happens to their orders. Without it, as before; at first, they do.
    #[serde(default)]
    pub notify_by_email: Option<bool>,
}

const NAME_CHARS: usize = 100;
const PASSWORD_MIN: usize = 8;

/// Create or update a shopper. Does the same when it is repeated.
#[utoipa::path(
    put, path = "/integration/shoppers/{id}", tag = "integration", operation_id = "put_shopper",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = PutShopper,
    security(("integration_key" = [])),
    responses((status = 200, description = "The shopper.", body = orders_api::Shopper)),
)]
pub async fn put_shopper(
    _: IntegrationKey,
    State(app): State<App>,
    _: IdempotencyKey,
    PathId(id): PathId,
    Body { value: body, .. }: Body<PutShopper>,
) -> Result<Json<orders_api::Shopper>, Failure> {
    Text::line("display_name", &body.display_name, NAME_CHARS)?;
    let id = ShopperId(id);
    let mut logins = Vec::new();
    for (field, login) in [("email", &body.email), ("phone", &body.phone)] {
        let Some(login) = login else { continue };
        Text::line(field, login, LOGIN_CHARS)?;
        let normal = normal_login(login);
        let fits = match field {
            "email" => normal.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && !host.is_empty() && !normal.contains(' ')
            }),
            _ => normal.len() >= 5 && normal.bytes().all(|byte| byte.is_ascii_digit()),
        };
        if !fits {
            return Err(Failure::field(field, field_codes::INVALID));
        }
        let owner = app.store.shopper_by_login(&normal).await?;
        if owner.is_some_and(|owner| owner.shopper.id != id) {
            return Err(Failure::field(field, field_codes::NOT_ALLOWED));
        }
        logins.push(normal);
    }
    let password_hash = match body.password {
        Some(password) => {
            Text::required("password", &password, LOGIN_CHARS)?;
            if password.chars().count() < PASSWORD_MIN {
                return Err(Failure::field("password", field_codes::INVALID));
            }
            app.passwords
                .hash(password)
                .await
                .map_err(Failure::internal)?
        }
        // Nothing fits an empty hash.
        None => app
            .store
            .credentials_of(&id)
            .await?
            .map_or_else(String::new, |known| known.password_hash),
    };
    let credentials = Credentials {
        shopper: Shopper {
            id: id.clone(),
            display_name: body.display_name.clone(),
        },
        password_hash,
    };
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    // A conflict: taken by another shopper since we looked.
    app.store.put_shopper(&credentials, &logins).await?;
    if let Some(language) = body.language {
        app.store.set_language(&id, language).await?;
    }
    if let Some(by_email) = body.notify_by_email {
        app.store.set_notify_by_email(&id, by_email).await?;
    }
    Ok(Json(orders_api::Shopper {
        id: id.0,
        display_name: body.display_name,
    }))
}
