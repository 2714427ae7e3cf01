//! The part of a policy file that is about complaints.

use crate::{
    ComplaintSilence, ComplaintTerms, ComplaintTopic, Complaints, EVIDENCE_AT_ONCE, OutsideRoute,
    PolicyError, toml_table::Table,
};

/// The longest time that is not a slip of the keyboard: a year; to complain, three.
const MAX_DAYS: u32 = 366;
const MAX_HOURS: u32 = 366 * 24;
const MAX_COMPLAIN_DAYS: u32 = 3 * 366;

/// Reads `[complaints]`.
///
/// # Errors
/// The first mistake.
pub(crate) fn complaints(mut table: Table) -> Result<Complaints, PolicyError> {
    let days = table.number("days", 1, MAX_COMPLAIN_DAYS)?;
    let after_dismissal = table.flag("after_dismissal")?;
    let late_refund_days = table.optional_number("late_refund_days", 0, MAX_DAYS)?;
    // Later than one may complain, no complaint would ever open.
    if late_refund_days.is_some_and(|late| late >= days) {
        return Err(table.error("late_refund_days", "is not shorter than days"));
    }
    let broken_dates = table.optional_flag("broken_dates")?;
    let confirm_hours = table.number("confirm_hours", 1, MAX_HOURS)?;
    let propose_days = table.number("propose_days", 1, MAX_DAYS)?;
    if propose_days.saturating_mul(24) < confirm_hours {
        return Err(table.error("propose_days", "is shorter than confirm_hours"));
    }
    let supervisor_days = table.number("supervisor_days", 1, MAX_DAYS)?;
    let answer_days = table.number("answer_days", 1, MAX_DAYS)?;
    let silence = table.choice("silence", "consequence", ComplaintSilence::from_code)?;
    let two_approve_above = table.optional_number("two_approve_above", 0, u32::MAX)?;
    let evidence_at_once = table.number("evidence_at_once", 1, EVIDENCE_AT_ONCE)?;
    let topics = table.choices("topics", "topic", ComplaintTopic::from_code)?;
    if topics.is_empty() {
        return Err(table.error("topics", "must not be empty"));
    }
    let mut outside = table.table("outside")?;
    let route = OutsideRoute {
        name: outside.local_text("name")?,
        phone: outside.text("phone")?,
        url: outside.text("url")?,
        when: outside.local_text("when")?,
    };
    if !route.url.starts_with("https://") {
        return Err(outside.error("url", "must begin with https://"));
    }
    outside.finish()?;
    table.finish()?;
    Ok(Complaints {
        days,
        after_dismissal,
        late_refund_days,
        broken_dates,
        terms: ComplaintTerms {
            confirm_hours,
            propose_days,
            supervisor_days,
            answer_days,
            silence,
            two_approve_above: two_approve_above.map(i64::from),
            evidence_at_once,
        },
        topics,
        outside: route,
    })
}
