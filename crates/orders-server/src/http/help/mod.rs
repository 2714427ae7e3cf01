//! The help centre: its articles, filled in from the policies in force.

mod facts;
pub mod list;
mod public;
pub mod show;

pub use facts::goods;
pub use public::public;

use orders_api as api;
use orders_domain::{Article, FilledArticle, Language, Policy, ShopId};

use super::error::Failure;
use super::query::Query;
use crate::state::App;
use facts::Filling;

/// The policy of the shop that is asked for; of the first shop when none is.
///
/// # Errors
/// When there is no such shop.
fn policy_of<'a>(app: &'a App, query: &Query) -> Result<&'a Policy, Failure> {
    match query.one("shop")? {
        Some(shop) => {
            let policy = app.shops.policy(&ShopId(shop.to_owned()));
            policy.ok_or_else(|| Failure::unknown("shop"))
        }
        None => app.shops.any().ok_or(Failure::NotFound),
    }
}

/// An article as it holds for a shop; `None` where it does not.
fn filled(article: &Article, from: Filling<'_>, language: Language) -> Option<FilledArticle> {
    let shop = &from.policy.shop;
    article.filled(shop, language, |name| from.fact(name, language))
}

/// An article in a list.
fn entry(article: &Article, filled: FilledArticle) -> api::HelpEntry {
    api::HelpEntry {
        id: article.id.clone(),
        topic: article.topic,
        title: filled.title,
        answer: filled.answer,
    }
}

/// A shop on the wire.
pub fn shop(policy: &Policy, language: Language) -> api::Shop {
    api::Shop {
        id: policy.shop.0.clone(),
        name: policy.name.get(language).to_owned(),
    }
}

/// How to reach a person at a shop.
pub fn support(policy: &Policy, language: Language) -> api::Support {
    let support = &policy.support;
    api::Support {
        phone: support.phone.clone(),
        hours: support.hours.get(language).to_owned(),
        email: support.email.clone(),
        email_reply_hours: support.email_reply_hours,
        chat: support.chat.is_some(),
        social: support
            .social
            .iter()
            .map(|account| api::SocialAccount {
                name: account.name.get(language).to_owned(),
                handle: account.handle.clone(),
                url: account.url.clone(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod seed_questions;
#[cfg(test)]
mod tests;
