//! The part of a policy file that is about cancelling too often.

use crate::{Abuse, PolicyError, Reason, toml_table::Table};

/// The longest time that is not a slip of the keyboard: a year.
const MAX_DAYS: u32 = 366;
const MAX_MINUTES: u32 = 7 * 24 * 60;
/// The most cancels that a rule counts to. The store hands out more marks than two of these.
const MAX_COUNT: u32 = 40;

/// Reads `[abuse]`. `reasons` are the policy's.
///
/// # Errors
/// The first mistake.
pub(crate) fn abuse(mut table: Table, reasons: &[Reason]) -> Result<Abuse, PolicyError> {
    let free = table.number("free", 0, MAX_COUNT)?;
    let forget_days = table.number("forget_days", 1, MAX_DAYS)?;
    let grace_minutes = table.number("grace_minutes", 0, MAX_MINUTES)?;
    let never_counts = table.optional_texts("never_counts")?;
    for code in &never_counts {
        if reasons.iter().all(|reason| reason.code != *code) {
            let reason = format!("unknown reason \"{code}\"");
            return Err(table.error("never_counts", &reason));
        }
    }
    let warn_at = table.number("warn_at", 1, MAX_COUNT)?;
    let limit_at = table.number("limit_at", 1, MAX_COUNT)?;
    if limit_at <= warn_at {
        // Nobody is limited who was not warned (S3).
        return Err(table.error("limit_at", "must be more than warn_at"));
    }
    let limit_days = table.number("limit_days", 1, MAX_DAYS)?;
    table.finish()?;
    Ok(Abuse {
        free,
        forget_days,
        grace_minutes,
        never_counts,
        warn_at,
        limit_at,
        limit_days,
    })
}
