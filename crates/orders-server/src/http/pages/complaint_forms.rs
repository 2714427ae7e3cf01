//! The forms of a complaint, when they are sent without the app.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use orders_api::{AcceptProposal, ComplaintDetail, ComplaintMessage, DisputeProposal};
use storefront::features::complaint::{LAST, complaint_of_form};
use storefront::json::{self, Write};
use storefront::paths;
use storefront::start::posted;

use super::Drawn;
use super::ask::{Api, Asked};
use super::fields::Fields;
use super::forms::{change, is_settled, key_of};
use crate::http::error::Failure;
use crate::state::App;

/// Opens a complaint, and leads to it.
pub async fn open_complaint(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, mut answers, fields| {
        let key = key_of(&fields)?.to_owned();
        let call = (Method::POST, orders_api::complaints(&id));
        let asked = match complaint_of_form(|name| fields.get(name).to_owned()) {
            Ok(complaint) => {
                let body = complaint.json().print();
                visit.change(call, Some(&key), Some(body)).await
            }
            // The page says what is missing, as the app would.
            Err(wrong) => {
                let name = posted(call.0.as_str(), &call.1);
                Asked::refused(name, &Failure::Invalid(wrong), &visit.context)
            }
        };
        if let Some(opened) =
            json::read::<ComplaintDetail>(&asked.body).filter(|_| asked.status.is_success())
        {
            return Ok(visit.see_other(&paths::complaint(&opened.id)));
        }
        let key = (!is_settled(&asked)).then_some(key);
        let status = asked.status;
        answers.push(asked);
        Ok(visit.draw(Drawn {
            status,
            answers,
            fields,
            key,
        }))
    })
    .await
}

/// Says something in a complaint. Photos and videos come with the app only.
pub async fn say_in_complaint(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::complaint_messages(&id));
        let message = ComplaintMessage {
            text: text(&fields),
            evidence: Vec::new(),
        };
        let body = message.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Accepts the proposal.
pub async fn accept_complaint(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::complaint_acceptance(&id));
        let last = is_of_last(&fields);
        let body = AcceptProposal { last }.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Disputes the proposal.
pub async fn dispute_complaint(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::complaint_dispute(&id));
        let dispute = DisputeProposal {
            last: is_of_last(&fields),
            text: text(&fields),
            evidence: Vec::new(),
        };
        let body = dispute.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Withdraws a complaint.
pub async fn withdraw_complaint(
    app: State<App>,
    api: Extension<Api>,
    request: Request,
) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::complaint_withdrawal(&id));
        visit.finish(call, None, answers, fields).await
    })
    .await
}

/// What a form of a complaint says.
fn text(fields: &Fields) -> String {
    fields.get("text").trim().to_owned()
}

/// Whether a form answers the last proposal.
fn is_of_last(fields: &Fields) -> bool {
    !fields.get(LAST).is_empty()
}
