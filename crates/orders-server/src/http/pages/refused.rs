//! The page that a browser gets instead of a problem when one of the forms was refused before it was looked into: sent
//! from another site, too large, too slow.

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use orders_api::SESSION;
use storefront::paths::Page;
use storefront::start::{calls, posted};

use super::ask::{Api, Asked};
use super::fields::Fields;
use super::{Drawn, Visit};
use crate::http::error::Failure;
use crate::state::App;

/// A form that was sent: what is needed of it for [`Sent::refused`], since the answer comes when it has been used up.
#[derive(Debug)]
pub struct Sent(Parts);

impl Sent {
    /// `None` for every other request.
    pub fn of(request: Request) -> (Option<Self>, Request) {
        let (parts, body) = request.into_parts();
        let form = parts.method == Method::POST
            && parts.extensions.get::<MatchedPath>().is_some()
            && Page::parse(parts.uri.path(), "") != Page::NotFound;
        let sent = form.then(|| Self(parts.clone()));
        (sent, Request::from_parts(parts, body))
    }

    /// The form's page, which says in place of what it would show why not. `None` without a storefront.
    pub fn refused(&self, app: &App, api: &Api, failure: &Failure) -> Option<Response> {
        let template = app.assets.template()?;
        let visit = Visit::new(app, api, template, &self.0);
        // The first call is the session's. The log-in page has none: there it is the form's own.
        let url = calls(&visit.page).into_iter().nth(1);
        let asked = Asked::refused(
            url.unwrap_or_else(|| posted(Method::POST.as_str(), SESSION)),
            failure,
            &visit.context,
        );
        Some(visit.draw(Drawn {
            status: asked.status,
            answers: vec![asked],
            fields: Fields::default(),
            key: None,
        }))
    }
}
