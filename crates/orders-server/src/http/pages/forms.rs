//! The pages' forms when they are sent without the app. Each becomes the call of the API that the app would make, so that
//! rules, words, owners, limits and idempotency are the same; its answer goes into the page, which shows it as the app
//! does.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_api::{
    Address, AskGuestCode, AskRefundWay, CancellationPreview, Channel, GUEST_CODES, GUEST_SESSION,
    GuestCodeAsked, LogIn, OpenGuestSession, OrderDetail, Problem, SESSION, Session, codes,
};
use storefront::features::cancel::{CALCULATE, Draft, part_preview};
use storefront::features::order::{ADDRESS, DONE, WITHDRAWN};
use storefront::json::{self, Write};
use storefront::paths::{self, Page};

use super::ask::{Api, Asked};
use super::fields::Fields;
use super::{Drawn, Visit, not_built};
use crate::http::error::{self, Failure};
use crate::state::App;

/// The field with the idempotency key that the server put into the form.
const KEY: &str = "key";
const PASSWORD: &str = "password";

/// Logs in and goes on.
pub async fn log_in(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    answer(app, api, request, async |mut visit, fields| {
        if fields.has("next") {
            visit.page = Page::LogIn {
                next: paths::safe_next(Some(fields.get("next"))),
            };
        }
        let body = LogIn {
            login: fields.get("login").trim().to_owned(),
            password: fields.get(PASSWORD).to_owned(),
        };
        let call = (Method::POST, SESSION.to_owned());
        let asked = visit.change(call, None, Some(error::json(&body))).await;
        match &visit.page {
            Page::LogIn { next } if asked.status.is_success() => {
                with_cookie(visit.see_other(next), asked)
            }
            _ => visit.draw(Drawn {
                status: asked.status,
                answers: vec![asked],
                fields: fields.without(PASSWORD),
                key: None,
            }),
        }
    })
    .await
}

/// Asks for a guest's code, or sees the order with it. The page's address says which: it names what was asked for.
pub async fn guest(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    answer(app, api, request, async |visit, fields| {
        let text = |name| fields.get(name).trim().to_owned();
        let Page::Guest { request } = &visit.page else {
            return Err(Failure::NotFound);
        };
        let (url, body) = if request.is_empty() {
            let asked = AskGuestCode {
                number: text("number"),
                contact: text("contact"),
            };
            (GUEST_CODES, asked.json().print())
        } else {
            let with = OpenGuestSession {
                request: request.clone(),
                code: text("code"),
            };
            (GUEST_SESSION, with.json().print())
        };
        let call = (Method::POST, url.to_owned());
        let asked = visit.change(call, None, Some(body)).await;
        if asked.status.is_success() {
            let code = serde_json::from_str::<GuestCodeAsked>(&asked.body);
            let session = serde_json::from_str::<Session>(&asked.body);
            let order = session.ok().and_then(|session| session.guest_order);
            return match (code, order) {
                (Ok(code), _) => Ok(visit.see_other(&paths::guest(&code.guest_request))),
                (_, Some(order)) => Ok(with_cookie(visit.see_other(&paths::order(&order)), asked)),
                _ => Err(Failure::internal("an answer to a guest says nothing")),
            };
        }
        let mut answers = visit.ask().await;
        let status = asked.status;
        answers.push(asked);
        Ok(visit.draw(Drawn {
            status,
            answers,
            fields,
            key: None,
        }))
    })
    .await
}

/// Logs out.
pub async fn log_out(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    answer(app, api, request, async |visit, _| {
        let call = (Method::DELETE, SESSION.to_owned());
        let asked = visit.change(call, None, None).await;
        with_cookie(visit.see_other(paths::LOGIN), asked)
    })
    .await
}

/// Cancels an order or a part of it, or asks for that; or only works out what a part would bring.
pub async fn cancel(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, mut answers, fields| {
        ask_part(&visit, &mut answers, &fields).await;
        if fields.has(CALCULATE) {
            let key = Some(key_of(&fields)?.to_owned());
            return Ok(visit.draw(Drawn {
                status: StatusCode::OK,
                answers,
                fields,
                key,
            }));
        }
        let draft = Draft::of_form(fields.iter());
        // Without them the shop decides what it makes of the words.
        let preview = read::<CancellationPreview>(&answers, &orders_api::cancellation_preview(&id));
        let asks_note = preview.map_or(!draft.note.trim().is_empty(), |preview| {
            preview
                .reasons
                .iter()
                .any(|reason| reason.note_required && Some(&reason.code) == draft.reason.as_ref())
        });
        let body = draft.intent(asks_note).json().print();
        let call = (Method::POST, orders_api::cancellation(&id));
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Withdraws an open request.
pub async fn withdraw(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::DELETE, orders_api::cancellation(&id));
        visit.finish(call, None, answers, fields).await
    })
    .await
}

/// Corrects the address of an order that waits for it.
pub async fn correct_address(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let text = |name| fields.get(name).trim().to_owned();
        let address = Address {
            recipient: text("recipient"),
            phone: text("phone"),
            region: text("region"),
            street: text("street"),
        };
        let call = (Method::PUT, orders_api::address(&id));
        let body = address.json().print();
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Asks for another way for a refund.
pub async fn ask_way(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let text = |name| fields.get(name).trim().to_owned();
        // What is neither of the two that the form offers is none of ours.
        let channel = Channel::from_code(fields.get("channel")).ok_or(Failure::BadRequest)?;
        let wish = AskRefundWay {
            channel,
            account: text("account"),
            holder: text("holder"),
            bank: (channel == Channel::BankCard).then(|| text("bank")),
            password: fields.get(PASSWORD).to_owned(),
        };
        let call = (Method::PUT, orders_api::refund_way(&id));
        let body = wish.json().print();
        let fields = fields.without(PASSWORD);
        visit.finish(call, Some(body), answers, fields).await
    })
    .await
}

/// Takes the wish for another way back.
pub async fn withdraw_way(app: State<App>, api: Extension<Api>, request: Request) -> Response {
    change(app, api, request, async |visit, id, answers, fields| {
        let call = (Method::DELETE, orders_api::refund_way(&id));
        visit.finish(call, None, answers, fields).await
    })
    .await
}

/// Changes the page's order, refund or case if it is there: `handle` gets its id and the answers that the page begins with, from
/// before the change, because what the change's own answer leaves out is known from there.
pub(super) async fn change(
    app: State<App>,
    api: Extension<Api>,
    request: Request,
    handle: impl AsyncFnOnce(Visit<'_>, String, Vec<Asked>, Fields) -> Result<Response, Failure>,
) -> Response {
    answer(app, api, request, async |visit, fields| {
        let id = id_of(&visit.page)?;
        match visit.order().await {
            Ok(answers) => handle(visit, id, answers, fields).await,
            Err(Missing::Session) => Ok(visit.see_other(&back_to(&visit.page, &fields))),
            Err(Missing::Order(answers)) => Ok(visit.show(StatusCode::OK, answers)),
        }
    })
    .await
}

/// What a part would bring, when one is chosen.
pub(super) async fn ask_part(visit: &Visit<'_>, answers: &mut Vec<Asked>, fields: &Fields) {
    let Page::Order {
        id,
        cancelling: true,
    } = &visit.page
    else {
        return;
    };
    if fields.is_empty() {
        return;
    }
    let order = read::<OrderDetail>(answers, &orders_api::order(id));
    let draft = Draft::of_form(fields.iter());
    if let Some(url) = order.and_then(|order| part_preview(&order, &draft)) {
        let asked = visit.get(url).await;
        answers.push(asked);
    }
}

/// Without what is to be changed, nothing is changed.
pub(super) enum Missing {
    /// Nobody is logged in.
    Session,
    /// There is no such order of this shopper's.
    Order(Vec<Asked>),
}

impl Visit<'_> {
    /// The answers that the page begins with, if there is an order to change.
    pub(super) async fn order(&self) -> Result<Vec<Asked>, Missing> {
        let answers = self.ask().await;
        let is = |status| answers.iter().any(|answer| answer.status == status);
        if is(StatusCode::UNAUTHORIZED) {
            Err(Missing::Session)
        } else if is(StatusCode::NOT_FOUND) {
            Err(Missing::Order(answers))
        } else {
            Ok(answers)
        }
    }

    /// The page as it is.
    pub(super) fn show(self, status: StatusCode, answers: Vec<Asked>) -> Response {
        self.draw(Drawn {
            status,
            answers,
            fields: Fields::default(),
            key: None,
        })
    }

    pub(super) async fn change(
        &self,
        call: (Method, String),
        key: Option<&str>,
        body: Option<String>,
    ) -> Asked {
        self.api
            .change(self.parts, &self.context, call, key, body)
            .await
    }

    /// Sends it under the form's key. What it came to is told on the page that it leads to.
    pub(super) async fn finish(
        self,
        call: (Method, String),
        body: Option<String>,
        mut answers: Vec<Asked>,
        fields: Fields,
    ) -> Result<Response, Failure> {
        let key = key_of(&fields)?;
        let page = self.page.href();
        let leads_to = match (&self.page, &call.0) {
            // It shows by itself what was done.
            (
                Page::Refund { .. }
                | Page::Case { .. }
                | Page::Complain { .. }
                | Page::Complaint { .. }
                | Page::Notifications
                | Page::Conversation { .. },
                _,
            ) => Some(page),
            (_, &Method::DELETE) => Some(format!("{page}?{DONE}={WITHDRAWN}")),
            (_, &Method::PUT) => Some(format!("{page}?{DONE}={ADDRESS}")),
            _ => None,
        };
        let asked = self.change(call, Some(key), body).await;
        if let Some(page) = leads_to.filter(|_| asked.status.is_success()) {
            return Ok(self.see_other(&page));
        }
        // Whatever is not settled may be sent again as the same.
        let key = (!is_settled(&asked)).then(|| key.to_owned());
        let status = asked.status;
        answers.push(asked);
        Ok(self.draw(Drawn {
            status,
            answers,
            fields,
            key,
        }))
    }
}

/// Reads the form and answers it.
pub(super) async fn answer<A: IntoAnswer>(
    State(app): State<App>,
    Extension(api): Extension<Api>,
    request: Request,
    handle: impl AsyncFnOnce(Visit<'_>, Fields) -> A,
) -> Response {
    let Some(template) = app.assets.template() else {
        return not_built();
    };
    let (parts, body): (Parts, Body) = request.into_parts();
    match Fields::of_body(&parts.headers, body).await {
        Ok(fields) => {
            let visit = Visit::new(&app, &api, template, &parts);
            handle(visit, fields).await.into_answer()
        }
        Err(failure) => failure.into_response(),
    }
}

/// A page, or why there is none.
pub(super) trait IntoAnswer {
    fn into_answer(self) -> Response;
}

impl IntoAnswer for Response {
    fn into_answer(self) -> Response {
        self
    }
}

impl IntoAnswer for Result<Response, Failure> {
    fn into_answer(self) -> Response {
        self.unwrap_or_else(IntoResponse::into_response)
    }
}

fn id_of(page: &Page) -> Result<String, Failure> {
    match page {
        Page::Order { id, .. }
        | Page::Refund { id }
        | Page::AfterSale { id, .. }
        | Page::Case { id }
        | Page::Complain { id, .. }
        | Page::Complaint { id }
        | Page::Conversation { id } => Ok(id.clone()),
        Page::Help(_)
        | Page::HelpArticle { .. }
        | Page::Policy { .. }
        | Page::Orders(_)
        | Page::Notifications
        | Page::Support { .. }
        | Page::LogIn { .. }
        | Page::Guest { .. }
        | Page::NotFound => Err(Failure::NotFound),
    }
}

/// A form without a key is none of ours.
pub(super) fn key_of(fields: &Fields) -> Result<&str, Failure> {
    let key = fields.get(KEY);
    let possible = (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    possible.then_some(key).ok_or(Failure::BadRequest)
}

/// The log-in page, which leads back to the dialog as it was filled in; but the shopper's words stay out of the URL.
pub(super) fn back_to(page: &Page, fields: &Fields) -> String {
    let mut next = page.href();
    let kept = fields.iter().filter(|(name, value)| {
        !value.is_empty() && (*name == "reason" || *name == "part" || name.starts_with("line-"))
    });
    for (at, (name, value)) in kept.enumerate() {
        next.push(if at == 0 { '?' } else { '&' });
        next.push_str(&orders_api::segment(name));
        next.push('=');
        next.push_str(&orders_api::segment(value));
    }
    paths::login(&next)
}

/// Whether the answer says what became of the change for good.
pub(super) fn is_settled(asked: &Asked) -> bool {
    let code = json::read::<Problem>(&asked.body).map(|problem| problem.code);
    !asked.status.is_server_error()
        && !matches!(
            code.as_deref(),
            Some(codes::CONFLICT | codes::TOO_MANY_ATTEMPTS | codes::TIMEOUT)
        )
}

fn read<T: json::Read>(answers: &[Asked], url: &str) -> Option<T> {
    let answer = answers.iter().find(|answer| answer.url == url)?;
    json::read(&answer.body).filter(|_| answer.status.is_success())
}

fn with_cookie(mut response: Response, asked: Asked) -> Response {
    if let Some(cookie) = asked.cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
