//! The forms of an after-sale case and of the notifications, when they are sent without the app.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use orders_api::{CaseMessage, MarkRead, Parcel, READ};
use storefront::json::Write;

use super::ask::Api;
use super::fields::Fields;
use super::forms::{Missing, answer, back_to, change};
use crate::state::App;

/// Says something in a case.
pub async fn say_in_case(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::case_messages(&id));
        let body = message(&fields).json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Appeals in a case.
pub async fn appeal_case(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::case_appeal(&id));
        let body = message(&fields).json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// What a form of a case says. Photos and videos come with the app only.
fn message(fields: &Fields) -> CaseMessage {
    CaseMessage {
        text: fields.get("text").trim().to_owned(),
        evidence: Vec::new(),
    }
}

/// Tells the parcel that goes back.
pub async fn send_case_parcel(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let text = |name| fields.get(name).trim().to_owned();
        let parcel = Parcel {
            courier: text("courier"),
            tracking_number: text("tracking_number"),
        };
        let call = (Method::PUT, orders_api::case_parcel(&id));
        let body = parcel.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Withdraws a case.
pub async fn withdraw_case(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::case_withdrawal(&id));
        visit.finish(call, None, answers, fields).await
    })
    .await
}

/// Has the notifications read, up to the newest that the page showed.
pub async fn read_notifications(
    app: State<App>,
    api: Extension<Api>,
    request: Request,
) -> Response {
    answer(app, api, request, async |visit, fields| {
        let up_to = fields.get("up_to").to_owned();
        match visit.order().await {
            Ok(answers) => {
                let call = (Method::POST, READ.to_owned());
                let body = MarkRead { up_to }.json().print();
                visit.finish(call, Some(body), answers, fields).await
            }
            Err(Missing::Session) => Ok(visit.see_other(&back_to(&visit.page, &fields))),
            Err(Missing::Order(answers)) => Ok(visit.show(StatusCode::OK, answers)),
        }
    })
    .await
}
