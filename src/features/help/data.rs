//! What a page of the help centre shows: loading it, and the list again when its URL asks for other articles.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{HelpArticle, HelpList, PolicyDetail};

use crate::browser;
use crate::client::{self, Failure};
use crate::json::Read;
use crate::paths::HelpQuery;
use crate::shell::failure_words_of;
use crate::start::answered;
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::words::Words;

/// Something that is loaded for what the URL asks for.
pub struct Asked<K, T>
where
    K: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    key: Signal<K>,
    ask: Callback<K>,
    /// What is shown.
    pub load: RwSignal<Load<T>>,
}

impl<K, T> Clone for Asked<K, T>
where
    K: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, T> Copy for Asked<K, T>
where
    K: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
}

impl<K, T> Asked<K, T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Read + Clone + Send + Sync + 'static,
{
    /// Loads what `key` asks for: from what came with the page at its `url`, else by `ask`; `gone` says that there is no
    /// such thing.
    fn new<F>(
        lang: Lang,
        key: Signal<K>,
        url: fn(&K) -> String,
        ask: fn(Lang, K) -> F,
        gone: (&'static str, &'static str),
    ) -> Self
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let load = RwSignal::new(Load::Loading);
        let failed = move |failure: &Failure| Load::Failed(words(lang, failure, gone));
        let begin = move |wanted: &K| {
            let wanted = wanted.clone();
            spawn_local(async move {
                let answer = ask(lang, wanted.clone()).await;
                // Meanwhile something else may be asked for.
                if key.try_get_untracked() != Some(wanted) {
                    return;
                }
                let _gone = load.try_set(match answer {
                    Ok(answer) => Load::Ready(answer),
                    Err(failure) => failed(&failure),
                });
            });
        };
        let first = key.get_untracked();
        match answered(&url(&first)) {
            Some(Ok(answer)) => load.set(Load::Ready(answer)),
            Some(Err(failure)) => load.set(failed(&failure)),
            None if browser::ON_SERVER => {}
            None => begin(&first),
        }
        Effect::new(move |before: Option<K>| {
            let wanted = key.get();
            if before.is_some_and(|before| before != wanted) {
                begin(&wanted);
            }
            wanted
        });
        Self {
            key,
            ask: Callback::new(move |wanted: K| begin(&wanted)),
            load,
        }
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.ask.run(self.key.get_untracked());
    }
}

/// A failure; from what is not there, the way out is the help centre.
fn words(lang: Lang, failure: &Failure, gone: (&'static str, &'static str)) -> FailureWords {
    let words = failure_words_of(lang, failure, gone);
    let title = Words::of(lang).title;
    FailureWords {
        way_out: words.way_out.map(|_| (crate::paths::HELP, title)),
        ..words
    }
}

/// The articles that answer a question, or all of them.
pub fn list(lang: Lang, query: Memo<HelpQuery>) -> Asked<HelpQuery, HelpList> {
    let words = Words::of(lang);
    Asked::new(
        lang,
        query.into(),
        client::help_url,
        |lang, query| async move { client::list_help(lang, &query).await },
        (words.gone_title, words.gone_text),
    )
}

/// One article, by its id, the shop it is to hold for and the version of its policy.
pub fn article(
    lang: Lang,
    key: (String, String, String),
) -> Asked<(String, String, String), HelpArticle> {
    let words = Words::of(lang);
    Asked::new(
        lang,
        Signal::stored(key),
        |(id, shop, version)| client::article_url(id, shop, version),
        |lang, (id, shop, version)| async move {
            client::show_article(lang, &id, &shop, &version).await
        },
        (words.gone_title, words.gone_text),
    )
}

/// The policy of a shop, by its id and a version.
pub fn policy(lang: Lang, key: (String, String)) -> Asked<(String, String), PolicyDetail> {
    let words = Words::of(lang);
    Asked::new(
        lang,
        Signal::stored(key),
        |(shop, version)| orders_api::policy(shop, version),
        |lang, (shop, version)| async move { client::show_policy(lang, &shop, &version).await },
        (words.no_policy_title, words.no_policy_text),
    )
}
