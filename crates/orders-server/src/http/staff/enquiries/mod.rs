//! The procedure of support, recorded: who asks and why, what was looked up, what was answered (S3).

pub mod answer;
pub mod list;
pub mod look_up;
pub mod who;

use axum::response::Response;
use orders_api as api;
use orders_domain::{Enquiry, EnquiryStep, Permission};
use orders_store::{EnquiryRecord, Recorded};

use super::Staff;
use super::conversations::Names;
use crate::http::error::{Failure, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders;
use crate::http::text::Text;
use crate::http::wire::{instant, wire_money};
use crate::state::App;

/// The longest words of a step, in characters.
const TEXT_CHARS: usize = 500;

/// An enquiry of a shop that they see.
///
/// # Errors
/// [`Failure::NotFound`] when there is none, which one of another shop is like; [`Failure::NotPermitted`].
async fn named(app: &App, staff: &Staff, id: &str) -> Result<Enquiry, Failure> {
    staff.may(Permission::Note)?;
    let found = app.store.enquiry(id).await?;
    let found = found.map(|found| found.enquiry);
    let found = found.filter(|found| staff.sees(&found.shop));
    found.ok_or(Failure::NotFound)
}

/// Records `step` of an enquiry when `fits` says so of the enquiry as it is then, and it is next.
///
/// # Errors
/// Why not.
async fn record(
    app: &App,
    staff: &Staff,
    (key, fingerprint): (&IdempotencyKey, &str),
    id: &str,
    step: EnquiryStep,
    fits: impl Fn(&Enquiry) -> Result<(), Failure> + Send + Sync,
) -> Result<Response, Failure> {
    let names = Names::of(app).await?;
    let now = app.clock.now();
    let once = key.once(&staff.caller(), fingerprint, now);
    let decide = |enquiry: Option<&Enquiry>| {
        let enquiry = enquiry.ok_or(Failure::NotFound)?;
        enquiry.takes(&step).map_err(Failure::Enquiry)?;
        fits(enquiry)?;
        Ok(step.clone())
    };
    let recorded =
        app.store
            .record_enquiry(id, (staff.id(), now), once.as_ref(), decide, |record| {
                orders::answer(200, &to_wire(record, &names))
            });
    respond(recorded.await?)
}

/// What the store did, as a response.
///
/// # Errors
/// What was refused.
fn respond(recorded: Recorded<Failure>) -> Result<Response, Failure> {
    match recorded {
        Recorded::Done(answer) | Recorded::Replayed(answer) => Ok(send(answer)),
        Recorded::KeyReused => Err(Failure::KeyReused),
        Recorded::Refused(refused) => Err(refused),
    }
}

/// Words beside a step; `None` when there are none.
///
/// # Errors
/// The field is wrong.
fn note(text: Option<String>) -> Result<Option<String>, Failure> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    Text::storable("note", &text)?;
    Text::at_most("note", &text, TEXT_CHARS)?;
    Ok(Some(text.trim().to_owned()))
}

fn to_wire(record: &EnquiryRecord, names: &Names) -> api::Enquiry {
    let enquiry = &record.enquiry;
    let entries = enquiry.entries.iter().map(|entry| api::EnquiryEntry {
        seq: entry.seq,
        by: names.person(&entry.staff),
        at: instant(entry.at),
        step: step(&entry.step),
    });
    api::Enquiry {
        id: enquiry.id.clone(),
        order: enquiry.order.as_ref().map(|id| id.0.clone()),
        conversation: enquiry.conversation.as_ref().map(|id| id.0.clone()),
        entries: entries.collect(),
        over: enquiry.is_over(),
        whole: record.whole,
    }
}

fn step(step: &EnquiryStep) -> api::EnquiryStep {
    match step {
        EnquiryStep::Who {
            confirmed_by,
            topic,
            note,
        } => api::EnquiryStep::Who {
            confirmed_by: *confirmed_by,
            topic: *topic,
            note: note.clone(),
        },
        EnquiryStep::LookedUp { order, note } => api::EnquiryStep::LookedUp {
            order: seen(order),
            note: note.clone(),
        },
        EnquiryStep::Answered {
            answer,
            text,
            message,
            act,
        } => api::EnquiryStep::Answered {
            answer: *answer,
            text: text.clone(),
            message: *message,
            act: *act,
        },
    }
}

fn seen(order: &orders_domain::SeenOrder) -> api::SeenOrder {
    let refunds = order.refunds.iter().map(|refund| api::SeenRefund {
        id: refund.id.clone(),
        amount: wire_money(refund.amount),
        state: refund.state,
    });
    let cases = order.cases.iter().map(|case| api::SeenCase {
        id: case.id.clone(),
        state: case.state,
    });
    api::SeenOrder {
        id: order.id.0.clone(),
        number: order.number.clone(),
        state: order.state,
        version: order.version,
        on_hold: order.on_hold,
        refunds: refunds.collect(),
        cases: cases.collect(),
    }
}
