//! The storefront's pages, rendered for whoever asks: what a browser shows before the app's code is there, or without it.
//!
//! A page is drawn by the storefront's own views from the answers of the API, which this asks within the process. The
//! answers go with the page, so that the app begins with them.

mod ask;
mod case_forms;
mod chat_forms;
mod complaint_forms;
mod compress;
mod fields;
mod finish;
mod forms;
mod language;
mod markup;
mod refused;
mod template;

pub use ask::Api;
pub use case_forms::{
    appeal_case, read_notifications, say_in_case, send_case_parcel, withdraw_case,
};
pub use chat_forms::{end_conversation, open_conversation, rate_conversation, say_in_conversation};
pub use complaint_forms::{
    accept_complaint, dispute_complaint, open_complaint, say_in_complaint, withdraw_complaint,
};
pub use compress::accepts;
pub use forms::{ask_way, cancel, correct_address, guest, log_in, log_out, withdraw, withdraw_way};
pub use refused::Sent;
pub use template::{Template, not_built};

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_api::SESSION;
use orders_domain::ShopperId;
use storefront::json::Json;
use storefront::paths::{self, Page};
use storefront::start::{self, FORM, KEY, MARK};

use super::context::Context;
use crate::state::App;
use ask::Asked;
use fields::Fields;

/// A document that only needs what changes asks with this (src/early.js): `body`, or `body, style` when it has no later
/// page's style yet.
const PART: &str = "x-tepai-part";

/// Somebody who asks for a page.
struct Visit<'a> {
    app: &'a App,
    api: &'a Api,
    template: &'a Template,
    parts: &'a Parts,
    context: Context,
    /// The language was chosen in the URL.
    chosen: Option<()>,
    /// The host app has a frame of its own.
    embedded: bool,
    page: Page,
    /// What had happened before the answers were asked for.
    mark: String,
}

/// What a page is drawn from.
struct Drawn {
    status: StatusCode,
    answers: Vec<Asked>,
    /// What a form is filled in with.
    fields: Fields,
    /// The key of its forms; `None` for a new one.
    key: Option<String>,
}

impl<'a> Visit<'a> {
    fn new(app: &'a App, api: &'a Api, template: &'a Template, parts: &'a Parts) -> Self {
        let search = parts.uri.query().unwrap_or_default();
        let (language, chosen) = language::of(&parts.headers, search);
        let context = parts.extensions.get::<Context>().cloned();
        Self {
            app,
            api,
            template,
            parts,
            context: Context {
                language,
                ..context.unwrap_or_else(|| Context::of(&parts.headers))
            },
            chosen,
            embedded: finish::is_embedded(search),
            page: Page::parse(parts.uri.path(), search),
            mark: app.events.mark(),
        }
    }

    /// The answers that the page begins with, up to the one without which the others would say the same.
    async fn ask(&self) -> Vec<Asked> {
        let mut calls = start::calls(&self.page);
        // These are for whoever is there, and say something else to who is logged in, or a guest.
        let for_anybody = matches!(
            self.page,
            Page::LogIn { .. } | Page::Guest { .. } | Page::NotFound
        );
        let known = [header::COOKIE, header::AUTHORIZATION];
        if for_anybody
            && known
                .iter()
                .any(|name| self.parts.headers.contains_key(name))
        {
            calls.push(SESSION.to_owned());
        }
        let mut answers = Vec::new();
        for url in calls {
            let answer = self.get(url).await;
            let ends = answer.status == StatusCode::UNAUTHORIZED;
            answers.push(answer);
            if ends {
                break;
            }
        }
        answers
    }

    /// Keeps a language that was chosen in the URL: from now on, mails are written in it.
    async fn keep_language(&self, answers: &[Asked]) {
        let session = answers.iter().find(|answer| answer.url == SESSION);
        let session = session.filter(|session| session.status == StatusCode::OK);
        let (Some(()), Some(session)) = (self.chosen, session) else {
            return;
        };
        let session = serde_json::from_str::<orders_api::Session>(&session.body);
        let Ok(session) = session else { return };
        let shopper = ShopperId(session.shopper.id);
        let kept = self.app.store.set_language(&shopper, self.context.language);
        if let Err(error) = kept.await {
            // The page is shown all the same; the cookie has the choice.
            tracing::error!(%error, "cannot keep a shopper's language");
        }
    }

    async fn get(&self, url: String) -> Asked {
        self.api.get(&self.parts.headers, &self.context, url).await
    }

    /// Another page instead, asked for with `GET`.
    fn see_other(&self, url: &str) -> Response {
        let url = if self.embedded {
            Cow::Owned(finish::embedded(url))
        } else {
            Cow::Borrowed(url)
        };
        let headers = [
            (header::LOCATION, HeaderValue::from_str(&url)),
            (
                header::CACHE_CONTROL,
                Ok(HeaderValue::from_static("no-store")),
            ),
        ];
        let mut response = StatusCode::SEE_OTHER.into_response();
        for (name, value) in headers {
            response.headers_mut().insert(
                name,
                value.unwrap_or(HeaderValue::from_static(paths::ORDERS)),
            );
        }
        response
    }

    /// The page.
    fn draw(self, drawn: Drawn) -> Response {
        let Drawn {
            status,
            mut answers,
            fields,
            key,
        } = drawn;
        let session = answers.iter().find(|answer| answer.url == SESSION);
        let renewed = session.and_then(|session| session.cookie.clone());
        let session = session.map(|session| session.status);
        let retry_after = answers.iter().find_map(|answer| answer.retry_after);
        let status = answers
            .iter()
            .map(|answer| answer.status)
            .find(|status| *status == StatusCode::NOT_FOUND)
            .unwrap_or(status);
        if matches!(self.page, Page::LogIn { .. }) {
            answers.retain(|answer| answer.url != SESSION);
        }
        if !fields.is_empty() {
            answers.push(Asked::ours(FORM, &fields.json()));
        }
        let key = match (&self.page, key) {
            (
                Page::Order { .. }
                | Page::Refund { .. }
                | Page::AfterSale { .. }
                | Page::Case { .. }
                | Page::Complain { .. }
                | Page::Complaint { .. }
                | Page::Notifications
                | Page::Support { .. }
                | Page::Conversation { .. },
                None,
            ) => crate::random::hex::<16>().ok(),
            (_, key) => key,
        };
        let key = key.map(|key| Asked::ours(KEY, &Json::Text(key)));
        let cancelling = matches!(
            self.page,
            Page::Order {
                cancelling: true,
                ..
            }
        );
        // The app's first attempt is the one of the form that it takes over; elsewhere a second attempt has no effect.
        let (key, app_key) = if cancelling { (None, key) } else { (key, None) };
        answers.extend(app_key);
        if session.is_some_and(|status| status == StatusCode::OK) {
            answers.push(Asked::ours(MARK, &Json::Text(self.mark)));
        }
        let begins_with = ask::as_json(&answers);
        answers.extend(key);

        let mut rendered = start::render(
            self.context.language,
            self.page.clone(),
            answers.iter().map(Asked::for_start).collect(),
        );
        rendered.body = finish::finish(rendered.body, self.embedded);
        let (language, page) = (self.context.language, &self.page);
        let part = self.parts.headers.get(PART).map(HeaderValue::as_bytes);
        let (before, rest) = match part {
            Some(part) => {
                let has_style = part == b"body";
                let part = self
                    .template
                    .part(language, page, &rendered, &begins_with, has_style);
                (String::new(), part)
            }
            None => self
                .template
                .fill(language, page, &rendered, &begins_with, self.embedded),
        };
        // The title of an order is the order's own.
        let heads = matches!(self.page, Page::Orders(_)).then_some(&self.template.heads);
        let (encoding, html) = compress::compress(&self.parts.headers, before, rest, heads);
        let mut response = (status, Body::from(html)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::VARY,
            HeaderValue::from_static("accept-encoding, accept-language, cookie"),
        );
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, encoding);
        }
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        let chosen = self
            .chosen
            .map(|()| language::cookie(self.context.language, self.app.https()));
        for cookie in renewed.into_iter().chain(chosen) {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Answers a request for a page with `status`, unless what it shows is not there.
pub async fn show(
    app: &App,
    api: &Api,
    template: &Template,
    request: Request,
    status: StatusCode,
) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::new(app, api, template, &parts);
    let answers = visit.ask().await;
    visit.keep_language(&answers).await;
    let session = answers.iter().find(|answer| answer.url == SESSION);
    let guest = session
        .filter(|session| session.status == StatusCode::OK)
        .and_then(|session| serde_json::from_str::<orders_api::Session>(&session.body).ok())
        .and_then(|session| session.guest_order);
    match (&visit.page, session.map(|session| session.status)) {
        (Page::LogIn { next }, Some(StatusCode::OK)) if guest.is_none() => {
            return visit.see_other(next);
        }
        // A guest has one order, and nothing of the account.
        (Page::Orders(_) | Page::Notifications, Some(StatusCode::OK)) => {
            if let Some(order) = guest {
                return visit.see_other(&paths::order(&order));
            }
        }
        (
            Page::Orders(_)
            | Page::Order { .. }
            | Page::Refund { .. }
            | Page::AfterSale { .. }
            | Page::Case { .. }
            | Page::Complain { .. }
            | Page::Complaint { .. }
            | Page::Notifications
            | Page::Support { .. }
            | Page::Conversation { .. },
            Some(StatusCode::UNAUTHORIZED),
        ) => {
            let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
            return visit.see_other(&paths::login(here));
        }
        _ => {}
    }
    // What an order's page was asked for besides: a choice of parts, or what a form has done.
    let fields = match visit.page {
        Page::Order { .. } => Fields::of_query(&parts),
        Page::Orders(_)
        | Page::Refund { .. }
        | Page::AfterSale { .. }
        | Page::Case { .. }
        | Page::Complain { .. }
        | Page::Complaint { .. }
        | Page::Notifications
        | Page::Support { .. }
        | Page::Conversation { .. }
        | Page::Help(_)
        | Page::HelpArticle { .. }
        | Page::Policy { .. }
        | Page::LogIn { .. }
        | Page::Guest { .. }
        | Page::NotFound => Fields::default(),
    };
    let mut answers = answers;
    forms::ask_part(&visit, &mut answers, &fields).await;
    visit.draw(Drawn {
        status,
        answers,
        fields,
        key: None,
    })
}
