//! The OpenAPI document: from the handlers, with the answers that every call of a kind can have.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use orders_api::Problem;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, ResponseBuilder};

use crate::state::App;

/// Where an operation of the console says which permission it takes. A test holds the handlers to it.
const X_PERMISSION: &str = "x-permission";

/// What the document says of itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tepai",
        description = "The order centre of a shop: find an order, see its state, cancel it. \
            Errors are RFC 9457 problem details with a stable `code`. \
            The `integration` calls are the shop's and its warehouse's.",
    ),
    components(schemas(Problem, orders_api::OrderChanged, orders_api::StreamReady, orders_api::Tab,
        orders_api::ChatFrameIn, orders_api::ChatFrameOut, orders_api::WorkChanged, orders_api::ConversationChanged, orders_api::NoteAdded, orders_api::EnquiryChanged)),
    tags(
        (name = "session", description = "Logging in and out."),
        (name = "guest", description = "One order, by its number and a one-time code."),
        (name = "orders", description = "A shopper's orders."),
        (name = "after_sale", description = "What was received, and is to be refunded or returned."),
        (name = "refunds", description = "Where the money is."),
        (name = "evidence", description = "Photos and videos for after-sale cases."),
        (name = "notifications", description = "What the shopper is told of."),
        (name = "help", description = "Answers, and the policies in force; without a session."),
        (name = "conversations", description = "Talking to a person: by WebSocket, or by asking again and again."),
        (name = "providers", description = "For payment providers, by their signature."),
        (name = "events", description = "Changes as they happen."),
        (name = "staff", description = "The console: what the shop's staff see and decide. `x-permission` says what it takes."),
        (name = "integration", description = "For the shop's systems, with the integration key."),
        (name = "system", description = "About the API."),
    ),
)]
struct Frame;

/// The document without calls.
pub fn frame() -> Document {
    Frame::openapi()
}

/// `document` with security schemes and the answers that follow from what a call takes.
pub fn complete(mut document: Document) -> Document {
    let components = document.components.get_or_insert_default();
    let bearer = |description: &str| {
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some(description))
                .build(),
        )
    };
    for (name, scheme) in [
        (
            "cookie",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("tepai_session"))),
        ),
        ("bearer", bearer("A session's token, from a host app.")),
        (
            "staff_cookie",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("tepai_staff"))),
        ),
        (
            "staff_bearer",
            bearer("The token of a session of the staff."),
        ),
        ("integration_key", bearer("The server's integration key.")),
    ] {
        components.add_security_scheme(name, scheme);
    }
    for (path, item) in &mut document.paths.paths {
        let named = path.contains('{');
        for (mutation, operation) in operations(item) {
            add_problems(operation, named, mutation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    [
        (false, &mut item.get),
        (true, &mut item.post),
        (true, &mut item.put),
        (true, &mut item.patch),
        (true, &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(mutation, operation)| Some((mutation, operation.as_mut()?)))
}

fn add_problems(operation: &mut Operation, named: bool, mutation: bool) {
    let body = operation.request_body.is_some();
    let log_in = matches!(
        operation.operation_id.as_deref(),
        Some("log_in" | "hand_off" | "log_in_staff" | "ask_guest_code" | "open_guest_session")
    );
    let integration = operation
        .tags
        .iter()
        .flatten()
        .any(|tag| tag == "integration");
    let extensions = operation.extensions.as_ref();
    let takes_permission = extensions.is_some_and(|all| all.contains_key(X_PERMISSION));
    let by_provider = operation.operation_id.as_deref() == Some("notify");
    let query = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query));
    let asks = operation.operation_id.as_deref() == Some("ask_guest_code");
    let secured = operation.security.is_some() || (log_in && !asks);
    let possible = [
        (true, "400", "The request cannot be read."),
        (secured, "401", "Not logged in, or the key is wrong."),
        (
            takes_permission,
            "403",
            "`not_permitted`, or sent by a page of another site.",
        ),
        (
            mutation && !integration,
            "403",
            "Sent by a page of another site.",
        ),
        (named || integration, "404", "Not there, or not yours."),
        (mutation, "408", "The request took too long to arrive."),
        (
            mutation,
            "409",
            "Others were faster, several times over: try again.",
        ),
        (body, "413", "The body is too large."),
        (body && !by_provider, "415", "The body is not JSON."),
        (
            (mutation && !by_provider) || query,
            "422",
            "Fields are wrong: see `errors`.",
        ),
        (
            log_in,
            "429",
            "Too many failed attempts: wait for `Retry-After` seconds.",
        ),
        (true, "500", "Our fault."),
        (true, "503", "The database is out of reach."),
    ];
    for (applies, status, description) in possible {
        let responses = &mut operation.responses.responses;
        if applies && !responses.contains_key(status) {
            let content = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build();
            let response = ResponseBuilder::new()
                .description(description)
                .content("application/problem+json", content)
                .build();
            responses.insert(status.to_owned(), response.into());
        }
    }
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "system", operation_id = "openapi",
    responses((status = 200, description = "The OpenAPI document.", body = serde_json::Value)),
)]
pub async fn openapi(State(app): State<App>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, app.openapi.clone()).into_response()
}
