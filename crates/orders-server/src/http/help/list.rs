//! `GET /help`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_api::HelpList;
use orders_domain::{Article, FilledArticle, Language, Policy, Searched, search};

use super::{Filling, entry, filled, policy_of, public, shop};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::text::Text;
use crate::state::App;

/// The longest question.
const ASKED_CHARS: usize = 100;

/// The articles of the help centre, filled in from the policy of a shop; with `q`, those that answer it, best first.
#[utoipa::path(
    get, path = "/help", tag = "help", operation_id = "list_help",
    params(
        ("shop" = Option<String>, Query, description = "Whose policy: the shop's id. The first shop's without.", max_length = 64),
        ("q" = Option<String>, Query, description = "A question, in Chinese or English.", max_length = 100),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer."),
    ),
    responses(
        (status = 200, description = "Articles; none when nothing answers `q`.", body = HelpList),
        (status = 304, description = "As in the answer with that `ETag`."),
    ),
)]
pub async fn list_help(
    State(app): State<App>,
    context: Context,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let language = context.language;
    let policy = policy_of(&app, &query)?;
    let asked = query
        .one("q")?
        .map(|asked| Text::at_most("q", asked, ASKED_CHARS))
        .transpose()?;
    let names: Vec<_> = app.shops.policies().flat_map(names).collect();
    let found = |policy: &Policy| {
        let versions = app.shops.versions(&policy.shop);
        let from = Filling {
            policy,
            in_force: policy,
            versions: &versions,
        };
        let articles = &app.shops.help.articles;
        found(articles, from, language, asked.unwrap_or_default(), &names)
    };
    let items: Vec<_> = found(policy)
        .into_iter()
        .map(|(article, filled)| entry(article, filled))
        .collect();
    let others = app
        .shops
        .policies()
        .filter(|other| other.shop != policy.shop);
    let elsewhere = others.filter(|other| items.is_empty() && !found(other).is_empty());
    let list = HelpList {
        shop: shop(policy, language),
        shops: app
            .shops
            .policies()
            .map(|policy| shop(policy, language))
            .collect(),
        q: asked.map(str::to_owned),
        elsewhere: elsewhere.map(|policy| shop(policy, language)).collect(),
        items,
    };
    public(&headers, language, &list)
}

/// What a shop is called.
pub(super) fn names(policy: &Policy) -> [&str; 3] {
    let [zh, en] = [Language::ZhCn, Language::En].map(|language| policy.name.get(language));
    [zh, en, &policy.shop.0]
}

/// The articles that hold for a shop and answer what is asked.
pub(super) fn found<'a>(
    articles: &'a [Article],
    from: Filling<'_>,
    language: Language,
    asked: &str,
    names: &[&str],
) -> Vec<(&'a Article, FilledArticle)> {
    let mut held: Vec<_> = articles
        .iter()
        .filter_map(|article| Some((article, Some(filled(article, from, language)?))))
        .collect();
    let searched: Vec<_> = held
        .iter()
        .map(|(article, _)| searched(article, from))
        .collect();
    search(&searched, asked, names)
        .into_iter()
        .filter_map(|at| {
            let (article, filled) = held.get_mut(at)?;
            Some((*article, filled.take()?))
        })
        .collect()
}

/// What of an article is searched: all of it, in every language.
fn searched(article: &Article, from: Filling<'_>) -> Searched {
    let mut all = Searched::default();
    let add = |to: &mut String, text: &str| {
        to.push_str(text);
        to.push('\n');
    };
    for filled in Language::ALL
        .into_iter()
        .filter_map(|language| filled(article, from, language))
    {
        add(&mut all.title, &filled.title);
        for question in &filled.questions {
            add(&mut all.questions, question);
        }
        add(&mut all.text, &filled.answer);
        for part in &filled.parts {
            for text in part.heading.iter().chain(&part.paragraphs) {
                add(&mut all.text, text);
            }
        }
    }
    all
}
