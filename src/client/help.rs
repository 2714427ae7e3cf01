//! The help centre: its articles, and the policies in force.

use orders_api::{HELP, HelpArticle, HelpList, PolicyDetail};

use super::{Call, Failure};
use crate::paths::{HelpQuery, article_query};
use crate::words::Lang;

/// The call for the articles that answer a question; for all without one.
pub fn help_url(query: &HelpQuery) -> String {
    HELP.to_owned() + &query.to_query()
}

/// The call for one article.
pub fn article_url(id: &str, shop: &str, version: &str) -> String {
    orders_api::help_article(id) + &article_query(shop, version)
}

/// The articles that answer a question.
pub async fn list_help(lang: Lang, query: &HelpQuery) -> Result<HelpList, Failure> {
    Call::get(&help_url(query)).read(lang).await
}

/// One article, under a version of the shop's policy; under the one in force when `version` is empty.
pub async fn show_article(
    lang: Lang,
    id: &str,
    shop: &str,
    version: &str,
) -> Result<HelpArticle, Failure> {
    Call::get(&article_url(id, shop, version)).read(lang).await
}

/// A version of a shop's policy; the one in force when `version` is empty.
pub async fn show_policy(lang: Lang, shop: &str, version: &str) -> Result<PolicyDetail, Failure> {
    Call::get(&orders_api::policy(shop, version))
        .read(lang)
        .await
}
