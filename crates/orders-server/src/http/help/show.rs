//! `GET /help/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_api::{HelpArticle, HelpPart};

use super::{Filling, entry, filled, policy_of, public, shop, support};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::state::App;

/// One article, filled in from the policy of a shop, in force or of an order. An article that does not hold for the shop is
/// not there.
#[utoipa::path(
    get, path = "/help/{id}", tag = "help", operation_id = "show_article",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("shop" = Option<String>, Query, description = "Whose policy: the shop's id. Without, the first shop's that it holds for.", max_length = 64),
        ("version" = Option<String>, Query, description = "The version of the policy that an order names; with `shop`. Without, where there is no such version so far, and where the article does not hold under it, the one in force; so is it where the article says nothing that is of a version (`of_today`).", max_length = 64),
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
        policies.filter(|policy| filled(article, Filling::of(policy), language).is_some())
    };
    let in_force = match query.one("shop")? {
        Some(_) => policy_of(&app, &query)?,
        None => holds().next().ok_or(Failure::NotFound)?,
    };
    let version = query.one("version")?;
    let wanted = version.and_then(|version| app.shops.version_so_far(&in_force.shop, version));
    let versions = app.shops.versions(&in_force.shop);
    let from = |policy| Filling {
        policy,
        in_force,
        versions: &versions,
    };
    let of_today = article.is_of_today();
    let own = wanted.filter(|_| !of_today);
    let mut either = [own, Some(in_force)].into_iter().flatten().map(from);
    let (found, text) = either
        .find_map(|from| Some((from, filled(article, from, language)?)))
        .ok_or(Failure::NotFound)?;
    // What it leads to is of the order all the same.
    let about = wanted.filter(|_| of_today).map_or(found, from);
    let related = article.related.iter().filter_map(|id| {
        let article = help.article(id)?;
        Some(entry(article, filled(article, about, language)?))
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
        shop: shop(in_force, language),
        shops: holds().map(|policy| shop(policy, language)).collect(),
        support: support(in_force, language),
        policy_version: found.policy.version.clone(),
        in_force: in_force.version.clone(),
        of_today,
    };
    public(&headers, language, &answer)
}
