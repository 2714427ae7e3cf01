//! Sends what is due: takes letters up, gives them to the mail server, and tries again what it did not take.

use chrono::TimeDelta;
use lettre::Address;
use orders_domain::{Conversation, Instant, Language, Order};
use orders_store::{
    Correspondent, MailJob, News, Notice, Notification, NotificationId, StoreError,
};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::letter::Letter;
use super::mailer::{Mailer, NotSent, wait_to_retry};
use super::template::{Envelope, mail};
use crate::config::limits::{
    MAIL_CLAIM_SECONDS, MAIL_DAYS, MAIL_FRESH_HOURS, MAIL_TICK, MAILS_AT_ONCE,
};
use crate::http::{Failure, View};
use crate::random::sha256;
use crate::state::App;

/// Sends letters until the server stops: at once when an order changed, and every few seconds. Nothing waits for it.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(MAIL_TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut changes = app.store.notices();
    let mut running: JoinSet<()> = JoinSet::new();
    let mut failing = false;
    let mut more = true;
    loop {
        let free = MAILS_AT_ONCE.saturating_sub(running.len());
        if more && free > 0 {
            let now = app.clock.now();
            let until = now + TimeDelta::seconds(MAIL_CLAIM_SECONDS);
            let limit = u32::try_from(free).unwrap_or(u32::MAX);
            match app.store.claim_mails(now, until, limit).await {
                Ok(jobs) => {
                    failing = false;
                    more = jobs.len() == free;
                    for job in jobs {
                        let app = app.clone();
                        running.spawn(async move { one(&app, &job).await });
                    }
                }
                Err(error) => {
                    more = false;
                    // Once, and not every few seconds while the database is away.
                    if !failing {
                        tracing::error!(%error, "cannot take up mails");
                    }
                    failing = true;
                }
            }
        }
        tokio::select! {
            _ = stop.changed() => break,
            _ = running.join_next(), if !running.is_empty() => {}
            _ = tick.tick() => more = true,
            // Whatever changed may have been told. Losing a notice costs a few seconds.
            notice = changes.recv() => more |= !matches!(notice, Ok(Notice::Missed)),
        }
    }
    // What breaks off now is sent again when its claim is over, under the same id.
    running.abort_all();
}

/// What becomes of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The mail server has it.
    Sent,
    /// There is nobody to write to, or nothing to write any more.
    NotNeeded,
    /// The mail server does not take it.
    Refused,
    /// It was tried for as long as it may be.
    GivenUp,
    /// It is tried again.
    InVain(Instant),
}

impl Outcome {
    /// As it is counted.
    const fn label(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::NotNeeded => "not_needed",
            Self::Refused => "refused",
            Self::GivenUp => "given_up",
            Self::InVain(_) => "in_vain",
        }
    }
}

async fn one(app: &App, job: &MailJob) {
    if let Err(error) = step(app, job).await {
        // It comes back by itself when the claim is over.
        tracing::error!(notification = %job.id, %error, "cannot keep what became of a mail");
    }
}

async fn step(app: &App, job: &MailJob) -> Result<(), StoreError> {
    let correspondent = app.store.correspondent(&job.shopper).await?;
    let (outcome, trouble) = match (subject(app, job).await?, correspondent) {
        (Some(subject), Some(correspondent)) => write(app, job, &subject, &correspondent).await,
        _ => (Outcome::NotNeeded, None),
    };
    app.metrics.mail(outcome.label());
    let (due, tries) = match outcome {
        Outcome::InVain(due) => (Some(due), job.tries.saturating_add(1)),
        Outcome::Sent | Outcome::NotNeeded | Outcome::Refused | Outcome::GivenUp => {
            (None, job.tries)
        }
    };
    app.store
        .put_off_mail(job, due, tries, trouble.as_deref())
        .await
}

/// What a letter is about, as it is by now.
enum Subject {
    /// An entry of an order's timeline.
    Event(Box<Order>, usize),
    /// An answer, as that message of a conversation, which may be about an order.
    Answer(Box<Conversation>, i64, Option<Box<Order>>),
}

/// What a job is about; `None` when it is not there.
async fn subject(app: &App, job: &MailJob) -> Result<Option<Subject>, StoreError> {
    Ok(match &job.id {
        NotificationId::Event { order, place } => {
            let order = app.store.order_by_id(order).await?;
            order.map(|order| Subject::Event(Box::new(order), *place))
        }
        NotificationId::Answer {
            conversation,
            message,
        } => {
            let Some(conversation) = app.store.conversation(conversation).await? else {
                return Ok(None);
            };
            let order = match &conversation.order {
                Some(order) => app.store.order_by_id(order).await?.map(Box::new),
                None => None,
            };
            Some(Subject::Answer(Box::new(conversation), *message, order))
        }
    })
}

/// Writes and sends it, if there is anything to write and somebody to write to.
async fn write(
    app: &App,
    job: &MailJob,
    subject: &Subject,
    to: &Correspondent,
) -> (Outcome, Option<String>) {
    const NOTHING: (Outcome, Option<String>) = (Outcome::NotNeeded, None);
    let now = app.clock.now();
    let Some(mailer) = &app.mailer else {
        return NOTHING;
    };
    let address = to.email.as_deref().filter(|_| to.by_email);
    let address = address.and_then(|email| email.parse::<Address>().ok());
    let Some(address) = address.filter(|_| subject.is_worth_it(job, now)) else {
        return NOTHING;
    };
    let Ok(letter) = subject.letter(app, job, to.language.unwrap_or_default()) else {
        // Another server at the same database knows the shop.
        return tried(job, "the shop has no policy here".to_owned(), app);
    };
    let Some(letter) = letter else {
        return NOTHING;
    };
    let envelope = Envelope {
        from: &mailer.from,
        to: &address,
        at: now,
        id: message_id(job, mailer),
    };
    let message = match mail(&letter, &envelope) {
        Ok(message) => message,
        Err(error) => return (Outcome::Refused, Some(error)),
    };
    match mailer.send(&address, &message).await {
        Ok(()) => (Outcome::Sent, None),
        Err(NotSent::Refused(words)) => {
            // The server's words may name the address: they stay in the database.
            tracing::warn!(notification = %job.id, "the mail server refused a mail");
            (Outcome::Refused, Some(words))
        }
        Err(NotSent::Later(words)) => tried(job, words, app),
    }
}

impl Subject {
    /// Whether a letter is still worth reading: yesterday's news confuse, and so does a step that another has followed, or
    /// an answer that was read; what the shopper has to do they have to know. News is what the shopper was just told, whenever
    /// it happened.
    fn is_worth_it(&self, job: &MailJob, now: Instant) -> bool {
        let fresh = now - job.told_at <= TimeDelta::hours(MAIL_FRESH_HOURS) || job.tries > 0;
        match self {
            Self::Event(order, place) => order.timeline.get(*place).is_some_and(|entry| {
                !order.is_overtaken(entry) && (fresh || order.asks_shopper(entry))
            }),
            Self::Answer(conversation, message, _) => fresh && conversation.shopper_read < *message,
        }
    }

    /// The letter; `None` when there is nothing to write.
    fn letter(
        &self,
        app: &App,
        job: &MailJob,
        language: Language,
    ) -> Result<Option<Letter>, Failure> {
        let now = app.clock.now();
        let told = |news| Notification {
            news,
            told_at: job.told_at,
            read: false,
        };
        match self {
            Self::Event(order, place) => {
                let view = View::of(app, order, language, now)?;
                let Some(entry) = order.timeline.get(*place) else {
                    return Ok(None);
                };
                let notification = told(News::Event {
                    order: order.id.clone(),
                    place: *place,
                    entry: entry.clone(),
                });
                let about = (&**order, *place, entry);
                Ok(Letter::about(about, &notification, view, &app.origin))
            }
            Self::Answer(conversation, message, order) => {
                let view = View::of_talk(app, conversation, language, now)?;
                let notification = told(News::Answer {
                    conversation: conversation.id.clone(),
                    message: *message,
                    at: job.told_at,
                });
                let at = (job.told_at, &notification);
                let answer = view.answer(conversation, order.as_deref(), at);
                Ok(Some(Letter::of_answer(
                    (answer, !conversation.guest),
                    view,
                    &app.origin,
                )))
            }
        }
    }
}

/// Not taken this time: when it is tried next, or given up.
fn tried(job: &MailJob, words: String, app: &App) -> (Outcome, Option<String>) {
    let wait = wait_to_retry(job.tries.saturating_add(1)) / app.refund_haste;
    let due = app.clock.now() + wait;
    if due > job.told_at + TimeDelta::days(MAIL_DAYS) {
        tracing::warn!(notification = %job.id, tries = job.tries + 1, "a mail was given up");
        return (Outcome::GivenUp, Some(words));
    }
    if job.tries == 0 {
        tracing::warn!(notification = %job.id, "a mail was not taken, and is tried again");
    }
    (Outcome::InVain(due), Some(words))
}

/// The letter's id: the same each time, so that what was sent twice, because the server stopped in between, is known by
/// its reader's program as one.
fn message_id(job: &MailJob, mailer: &Mailer) -> String {
    let hash = sha256(format!("notification {}", job.id).as_bytes());
    format!("{}@{}", &hash[..32], mailer.domain)
}
