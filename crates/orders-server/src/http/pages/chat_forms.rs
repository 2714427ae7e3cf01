//! The forms of talking to a person, when they are sent without the app.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use orders_api::{CONVERSATIONS, Conversation, RateConversation, SayInChat};
use storefront::features::talk::question_of_form;
use storefront::json::{self, Write};
use storefront::paths::{self, Page, SupportQuery};

use super::Drawn;
use super::ask::Api;
use super::fields::Fields;
use super::forms::{Missing, answer, back_to, change, is_settled, key_of};
use crate::http::error::Failure;
use crate::state::App;

/// Begins a conversation; the form's key is the name of the first message, too, so that sent twice it is one.
pub async fn open_conversation(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    answer(app, api, request, async |visit, fields| {
        let Page::Support { search } = &visit.page else {
            return Err(Failure::NotFound);
        };
        let about = SupportQuery::parse(search);
        let mut answers = match visit.order().await {
            Ok(answers) => answers,
            Err(Missing::Session) => return Ok(visit.see_other(&back_to(&visit.page, &fields))),
            Err(Missing::Order(answers)) => return Ok(visit.show(StatusCode::OK, answers)),
        };
        let key = key_of(&fields)?.to_owned();
        let body = question_of_form(&about, &key, |name| fields.get(name).to_owned());
        // What none of the form's choices is.
        let body = body.ok_or(Failure::BadRequest)?.json().print();
        let call = (Method::POST, CONVERSATIONS.to_owned());
        let asked = visit.change(call, Some(&key), Some(body)).await;
        if let Some(begun) =
            json::read::<Conversation>(&asked.body).filter(|_| asked.status.is_success())
        {
            return Ok(visit.see_other(&paths::conversation(&begun.id)));
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

/// Says something in a conversation. Photos and videos come with the app only.
pub async fn say_in_conversation(
    app: State<App>,
    api: Extension<Api>,
    request: Request,
) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let said = SayInChat {
            client_id: key_of(&fields)?.to_owned(),
            text: fields.get("text").trim().to_owned(),
            evidence: Vec::new(),
        };
        let call = (Method::POST, orders_api::messages(&id));
        let body = said.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Ends a conversation.
pub async fn end_conversation(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::POST, orders_api::conversation_end(&id));
        visit.finish(call, None, answers, fields).await
    })
    .await
}

/// Says how a conversation was.
pub async fn rate_conversation(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let rated = rating(&fields).ok_or(Failure::BadRequest)?;
        let call = (Method::POST, orders_api::conversation_rating(&id));
        let body = rated.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

fn rating(fields: &Fields) -> Option<RateConversation> {
    let note = fields.get("note").trim();
    Some(RateConversation {
        rating: fields.get("rating").parse().ok()?,
        note: (!note.is_empty()).then(|| note.to_owned()),
    })
}
