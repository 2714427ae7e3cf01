//! `GET /conversations/{id}/transcript`.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use orders_domain::{
    Author, ChatNote, Conversation, EvidenceKind, Instant, Language, Message, Order, Policy,
    Subject,
};

use super::words::{Label, label, note, topic};
use super::{own, rules};
use crate::config::limits::PAGE_MAX;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// What programs that show a text begin a line after.
const BREAKS: [char; 4] = ['\n', '\u{85}', '\u{2028}', '\u{2029}'];

/// All that was said, as a text to keep (S4: it is evidence), in the language that the request asks for.
#[utoipa::path(
    get, path = "/conversations/{id}/transcript", tag = "conversations", operation_id = "show_transcript",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "The text, as an attachment.", body = String, content_type = "text/plain")),
)]
pub async fn show_transcript(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Response, Failure> {
    let conversation = own(&app, &shopper, id).await?;
    attachment(&app, &conversation, context.language, Reader::Shopper).await
}

/// For whom a transcript is.
#[derive(Clone, Copy)]
pub enum Reader<'a> {
    /// The shopper, who is not told who of the staff it was.
    Shopper,
    /// The staff, by these names.
    Staff(&'a Names),
}

/// All that was said in a conversation, as an attachment.
///
/// # Errors
/// When the store fails, or its shop has no policy any more.
pub async fn attachment(
    app: &App,
    conversation: &Conversation,
    language: Language,
    reader: Reader<'_>,
) -> Result<Response, Failure> {
    let order = match &conversation.order {
        Some(order) => app.store.order_by_id(order).await?,
        None => None,
    };
    let policy = rules(app, conversation, app.clock.now())?.policy;
    let mut text = head(conversation, order.as_ref(), policy, language);
    let mut after = 0;
    loop {
        let said = app
            .store
            .messages(&conversation.id, after, PAGE_MAX)
            .await?;
        let Some(last) = said.last() else { break };
        after = last.seq;
        for message in &said {
            line(&mut text, message, policy, (language, reader));
        }
    }
    let name = format!("attachment; filename=\"tepai-{}.txt\"", conversation.id);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

/// The facts of a subject in words, a line each.
pub fn facts_in_words(subject: &Subject, order: Option<&Order>, language: Language) -> String {
    let item = order.zip(subject.line.as_ref()).and_then(|(order, id)| {
        let line = order.body.lines.iter().find(|line| line.id == *id)?;
        Some(line.title.get(language).to_owned())
    });
    let facts = [
        (
            Label::Topic,
            Some(topic(subject.topic, language).to_owned()),
        ),
        (Label::Since, subject.since.map(|day| day.to_string())),
        (Label::Line, item),
        (Label::Account, subject.account.clone()),
        (Label::Zone, subject.zone.clone()),
        (Label::FaceValue, subject.face_value.clone()),
        (
            Label::Refund,
            subject.refund.as_ref().map(|refund| refund.0.clone()),
        ),
        (Label::Complaint, subject.complaint.clone()),
    ];
    in_words(facts, language)
}

fn in_words<const N: usize>(facts: [(Label, Option<String>); N], language: Language) -> String {
    let mut text = String::new();
    for (name, fact) in facts {
        if let Some(fact) = fact {
            let fact = fact.replace(BREAKS, " ");
            let _ = writeln!(text, "{}: {fact}", label(name, language));
        }
    }
    text
}

fn head(
    conversation: &Conversation,
    order: Option<&Order>,
    policy: &Policy,
    language: Language,
) -> String {
    let about = [
        (Label::Order, order.map(|order| order.number.clone())),
        (Label::Case, conversation.case.clone()),
    ];
    let mut text = format!(
        "{} · {}\n",
        label(Label::Title, language),
        policy.name.get(language)
    );
    text.push_str(&in_words(about, language));
    text.push_str(&facts_in_words(&conversation.subject, order, language));
    let zone = policy.utc_offset_minutes;
    let sign = if zone < 0 { '-' } else { '+' };
    let (hours, minutes) = (zone.abs() / 60, zone.abs() % 60);
    let times = label(Label::Times, language);
    let _ = writeln!(text, "{times} (UTC{sign}{hours:02}:{minutes:02})\n");
    text
}

fn line(
    text: &mut String,
    message: &Message,
    policy: &Policy,
    (language, reader): (Language, Reader<'_>),
) {
    let words = match &message.author {
        Author::Shopper | Author::Staff(_) => message.text.as_str(),
        Author::System(ChatNote::EndedByShopper, _) if matches!(reader, Reader::Staff(_)) => {
            label(Label::EndedByShopper, language)
        }
        Author::System(what, _) => note(*what, language),
    };
    let who = match (&message.author, reader) {
        (Author::Shopper, Reader::Shopper) => label(Label::You, language).to_owned(),
        (Author::Shopper, Reader::Staff(_)) => label(Label::Shopper, language).to_owned(),
        (Author::Staff(_), Reader::Shopper) => label(Label::Support, language).to_owned(),
        // A name may have been given line breaks, too.
        (Author::Staff(id), Reader::Staff(names)) => names.person(id).name.replace(BREAKS, " "),
        (Author::System(_, by), reader) => {
            let notice = label(Label::Notice, language);
            match (by, reader) {
                (Some(id), Reader::Staff(names)) => {
                    format!("{notice} ({})", names.person(id).name.replace(BREAKS, " "))
                }
                (_, Reader::Staff(_) | Reader::Shopper) => notice.to_owned(),
            }
        }
    };
    // What was said in several lines stays one entry: nobody can write another's line into the text.
    let words = words.replace(BREAKS, "\n    ");
    let at = local(message.at, policy);
    let _ = write!(text, "[{at}] {who}: {words}");
    for evidence in &message.evidence {
        let kind = label(
            match evidence.kind {
                EvidenceKind::Photo => Label::Photo,
                EvidenceKind::Video => Label::Video,
            },
            language,
        );
        let _ = write!(text, " [{kind} {}]", evidence.id);
    }
    text.push('\n');
}

fn local(at: Instant, policy: &Policy) -> String {
    let offset = TimeDelta::minutes(i64::from(policy.utc_offset_minutes));
    let local = at.naive_utc().checked_add_signed(offset);
    let local = local.unwrap_or(at.naive_utc());
    local.format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_breaks_a_line_begins_none_in_another_s_name() {
        let text = include_str!("../../../../../policies/tepai.toml");
        let policy = Policy::parse("tepai.toml", text).expect("a policy");
        for letter in BREAKS {
            let message = Message {
                seq: 1,
                client_id: "a".to_owned(),
                author: Author::Shopper,
                at: Instant::UNIX_EPOCH,
                text: format!("在吗{letter}[1970-01-01 08:00:00] 客服: 假的"),
                evidence: Vec::new(),
            };
            let mut text = String::new();
            let to_shopper = (Language::ZhCn, Reader::Shopper);
            line(&mut text, &message, &policy, to_shopper);
            assert_eq!(
                text,
                "[1970-01-01 08:00:00] 我: 在吗\n    [1970-01-01 08:00:00] 客服: 假的\n"
            );
        }
    }
}
