//! Loads the draft, keeps what is typed in the tab, saves, publishes, throws away. Whatever fails, what was typed stays.

use leptos::prelude::*;
use orders_api::{Day, Permission, PolicyVersion, PublishPolicy, StaffPolicy, codes, field_codes};
use storefront::browser::Memory;
use storefront::ui::Load;
use storefront::words::Lang;

use super::super::checking::data::CheckData;
use super::super::data::{in_force, policy_of};
use super::super::draft::{Writing, declared};
use super::super::words::Words;
use crate::browser;
use crate::client::{self, Failure};
use crate::shell::{SessionState, failure_words, why_not_done};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Saving.
    Saving,
    /// Publishing.
    Publishing,
    /// Throwing away.
    Discarding,
}

/// The page's data.
#[derive(Clone, Copy)]
pub struct DraftData {
    lang: Lang,
    session: SessionState,
    shop: StoredValue<String>,
    /// The policy that it is a draft of.
    pub policy: RwSignal<Load<StaffPolicy>>,
    /// The text in force.
    held: StoredValue<String>,
    /// What is written.
    pub writing: RwSignal<Writing>,
    /// What is being done.
    pub doing: RwSignal<Option<Doing>>,
    /// Why it was not done.
    pub refused: RwSignal<Option<String>>,
    /// What was done last.
    pub done: RwSignal<Option<String>>,
    /// The question before publishing is open.
    pub asks_publish: RwSignal<bool>,
    /// The question before throwing away is open.
    pub asks_discard: RwSignal<bool>,
    /// Why it is published.
    pub note: RwSignal<String>,
    /// What it would change.
    pub check: CheckData,
}

impl DraftData {
    /// Of the shop; nothing is loaded yet.
    pub fn new(lang: Lang, session: SessionState, shop: String) -> Self {
        Self {
            lang,
            session,
            check: CheckData::new(lang, session, shop.clone()),
            shop: StoredValue::new(shop),
            policy: RwSignal::new(Load::Loading),
            held: StoredValue::new(String::new()),
            writing: RwSignal::new(Writing::default()),
            doing: RwSignal::new(None),
            refused: RwSignal::new(None),
            done: RwSignal::new(None),
            asks_publish: RwSignal::new(false),
            asks_discard: RwSignal::new(false),
            note: RwSignal::new(String::new()),
        }
    }

    /// Whether their role may do that.
    pub fn may(self, what: Permission) -> bool {
        self.session.may(what)
    }

    /// Loads the draft, unless something is written already.
    pub fn look(self) {
        let there = self
            .policy
            .try_with_untracked(|policy| policy.ready().is_some());
        if there != Some(false) {
            return;
        }
        self.load();
    }

    /// Loads it after it could not be.
    pub fn look_again(self) {
        self.policy.set(Load::Loading);
        self.load();
    }

    fn load(self) {
        let Some(shop) = self.shop.try_get_value() else {
            return;
        };
        browser::spawn(async move {
            match self.all_of(&shop).await {
                Ok((policy, held, writing)) => {
                    if self.policy.try_set(Load::Ready(policy)).is_none() {
                        self.held.set_value(held);
                        self.writing.set(writing);
                        self.keep();
                    }
                }
                Err(failure) => {
                    self.session.notices(&failure);
                    let words = failure_words(self.lang, &failure);
                    let _gone = self.policy.try_set(Load::Failed(words));
                }
            }
        });
    }

    async fn all_of(self, shop: &str) -> Result<(StaffPolicy, String, Writing), Failure> {
        let draft = client::policy_draft(self.lang, shop).await?;
        let policy = policy_of(self.lang, shop).await?;
        let version = in_force(&policy).unwrap_or_default();
        let held = client::policy_text(self.lang, shop, &version).await?.text;
        let kept = self.place().and_then(|place| Memory::Tab.get(&place));
        let writing = Writing::of(draft, &held, kept.as_deref());
        Ok((policy, held, writing))
    }

    /// Where the tab keeps what they write for this shop.
    fn place(self) -> Option<String> {
        let who = self.session.somebody()?.staff.id;
        let shop = self.shop.try_get_value()?;
        Some(format!("policy-draft:{who}:{shop}"))
    }

    /// Keeps what is not saved in the tab, and nothing else.
    fn keep(self) {
        let Some(place) = self.place() else { return };
        let held = self.held.get_value();
        self.writing.with_untracked(|writing| {
            if writing.is_changed(&held) || writing.theirs.is_some() {
                Memory::Tab.set(&place, &writing.kept());
            } else {
                Memory::Tab.remove(&place);
            }
        });
    }

    /// Something was typed.
    pub fn types(self, text: String) {
        self.done.set(None);
        self.writing.update(|writing| writing.text = text);
        self.keep();
    }

    /// Goes on with what somebody else saved, or with one's own.
    pub fn settles(self, mine: bool) {
        self.refused.set(None);
        self.writing.update(|writing| {
            if mine {
                writing.keep_mine();
            } else {
                writing.take_theirs();
            }
        });
        self.keep();
    }

    /// Whether there is anything that saving would change.
    pub fn is_changed(self) -> bool {
        let held = self.held.get_value();
        self.writing.with(|writing| writing.is_changed(&held))
    }

    fn begins(self, what: Doing) -> Option<String> {
        if self.doing.get_untracked().is_some() {
            return None;
        }
        self.refused.set(None);
        self.done.set(None);
        self.doing.set(Some(what));
        self.shop.try_get_value()
    }

    /// Saves it.
    pub fn save(self) {
        let Some(shop) = self.begins(Doing::Saving) else {
            return;
        };
        let body = self.writing.with_untracked(Writing::to_save);
        browser::spawn(async move {
            let answer = client::save_policy_draft(self.lang, &shop, &body).await;
            if self.doing.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(draft) => {
                    self.writing.update(|writing| writing.is_saved_as(draft));
                    // What was typed meanwhile is not.
                    let all = self.writing.with_untracked(Writing::is_saved);
                    let said = all.then(|| Words::of(self.lang).is_saved.to_owned());
                    self.done.set(said);
                    self.keep();
                }
                Err(failure) if is_code(&failure, codes::DRAFT_CHANGED) => self.meet(&shop).await,
                Err(failure) => self.not_done(&failure),
            }
        });
    }

    /// Looks what somebody else has made of the draft.
    async fn meet(self, shop: &str) {
        match client::policy_draft(self.lang, shop).await {
            Ok(theirs) => {
                if self
                    .writing
                    .try_update(|writing| writing.meets(theirs))
                    .is_some()
                {
                    self.keep();
                }
            }
            Err(failure) => self.not_done(&failure),
        }
    }

    /// Throws the draft away.
    pub fn discard(self) {
        let revision = self.writing.with_untracked(|writing| writing.from);
        let Some(shop) = self.begins(Doing::Discarding) else {
            return;
        };
        browser::spawn(async move {
            let answer = client::drop_policy_draft(self.lang, &shop, revision).await;
            if self.doing.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.asks_discard.set(false);
                    let held = self.held.get_value();
                    self.writing.set(Writing::of(None, &held, None));
                    let words = Words::of(self.lang);
                    self.done.set(Some(words.discarded.to_owned()));
                    self.keep();
                }
                Err(failure) => {
                    if is_code(&failure, codes::DRAFT_CHANGED) {
                        self.asks_discard.set(false);
                        self.meet(&shop).await;
                    } else {
                        self.not_done(&failure);
                    }
                }
            }
        });
    }

    /// Publishes what is saved; gives back what became of it.
    pub fn publish(self, published: Callback<PolicyVersion>) {
        let note = self.note.get_untracked().trim().to_owned();
        if note.is_empty() {
            let words = Words::of(self.lang);
            self.refused.set(Some(words.note_missing.to_owned()));
            return;
        }
        let (version, since) = self
            .writing
            .with_untracked(|writing| declared(&writing.text));
        let body = PublishPolicy {
            revision: self.writing.with_untracked(|writing| writing.from),
            version,
            since: Day(since),
            note: Some(note),
        };
        let Some(shop) = self.begins(Doing::Publishing) else {
            return;
        };
        browser::spawn(async move {
            let answer = client::publish_policy(self.lang, &shop, &body).await;
            if self.doing.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(version) => {
                    self.asks_publish.set(false);
                    if let Some(place) = self.place() {
                        Memory::Tab.remove(&place);
                    }
                    published.run(version);
                }
                Err(failure) => self.not_done(&failure),
            }
        });
    }

    fn not_done(self, failure: &Failure) {
        self.session.notices(failure);
        let why = why_not(self.lang, failure);
        let _gone = self.refused.try_set(Some(why));
    }
}

fn is_code(failure: &Failure, code: &str) -> bool {
    matches!(failure, Failure::Refused(problem) if problem.code == code)
}

/// Why the server did not do it, in the words of policies where they have some.
pub fn why_not(lang: Lang, failure: &Failure) -> String {
    let words = Words::of(lang);
    let Failure::Refused(problem) = failure else {
        return why_not_done(lang, failure);
    };
    let text = match problem.code.as_str() {
        codes::DRAFT_CHANGED => words.draft_changed,
        codes::DRAFT_INVALID => words.draft_invalid,
        codes::VERSION_TAKEN => words.version_taken,
        codes::INVALID_FIELDS => {
            let since = problem.errors.get("since");
            if since.is_some_and(|code| code == field_codes::INVALID) {
                words.since_wrong
            } else {
                return why_not_done(lang, failure);
            }
        }
        _ => return why_not_done(lang, failure),
    };
    text.to_owned()
}
