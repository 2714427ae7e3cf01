//! `GET /help/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_api::{HelpArticle, HelpPart};

use super::{entry, filled, policy_of, public, shop, support};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::state::App;

/// One article, filled in from the policy of a shop. An article that does not hold for the shop is not there.
#[utoipa::path(
    get, path = "/help/{id}", tag = "help", operation_id = "show_article",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("shop" = Option<String>, Query, description = "Whose policy: the shop's id. Without, the first shop's that it holds for.", max_length = 64),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The article.", body = HelpArticle),
        (status = 304, description = "As in the answer with that `ETag`."),
    ),
)]
pub async fn show_article(
    State(app): State<App>,
    context: Context,
    PathId(id): PathId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let language = context.language;
    let help = &app.shops.help;
    let article = help.article(&id).ok_or(Failure::NotFound)?;
    let holds = || {
        let policies = app.shops.policies();
        policies.filter(|policy| filled(article, policy, language).is_some())
    };
    let policy = match query.one("shop")? {
        Some(_) => policy_of(&app, &query)?,
        None => holds().next().ok_or(Failure::NotFound)?,
    };
    let text = filled(article, policy, language).ok_or(Failure::NotFound)?;
    let related = article.related.iter().filter_map(|id| {
        let article = help.article(id)?;
        Some(entry(article, filled(article, policy, language)?))
    });
    let answer = HelpArticle {
        id: article.id.clone(),
        topic: article.topic,
        title: text.title,
        questions: text.questions,
        answer: text.answer,
        parts: text
            .parts
            .into_iter()
            .map(|part| HelpPart {
                heading: part.heading,
                steps: part.steps,
                paragraphs: part.paragraphs,
            })
            .collect(),
        links: article.links.clone(),
        related: related.collect(),
        shop: shop(policy, language),
        shops: holds().map(|policy| shop(policy, language)).collect(),
        support: support(policy, language),
        policy_version: policy.version.clone(),
    };
    public(&headers, language, &answer)
}
