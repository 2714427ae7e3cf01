//! The part of a policy file that is about after-sale cases.

use std::collections::BTreeSet;

use crate::{
    AfterSale, CaseKind, CaseReason, Condition, EVIDENCE_AT_ONCE, PolicyError, Silence,
    toml_table::Table,
};

/// The longest time that is not a slip of the keyboard: a year.
const MAX_DAYS: u32 = 366;
const MAX_HOURS: u32 = 366 * 24;

/// Reads `[after_sale]`.
///
/// # Errors
/// The first mistake.
pub(crate) fn after_sale(mut table: Table) -> Result<AfterSale, PolicyError> {
    let days = table.number("days", 0, MAX_DAYS)?;
    let fault_days = table.number("fault_days", 0, MAX_DAYS)?;
    if fault_days < days {
        return Err(table.error("fault_days", "is shorter than days"));
    }
    let merchant_hours = table.number("merchant_hours", 1, MAX_HOURS)?;
    let silence = table.choice("silence", "consequence", Silence::from_code)?;
    let staff_hours = table.number("staff_hours", 1, MAX_HOURS)?;
    let return_days = table.number("return_days", 1, MAX_DAYS)?;
    let appeal_days = table.number("appeal_days", 1, MAX_DAYS)?;
    let evidence_at_once = table.number("evidence_at_once", 1, EVIDENCE_AT_ONCE)?;
    let mut conditions = table.table("deductions")?;
    let mut percent = |condition: Condition| conditions.optional_number(condition.code(), 0, 100);
    let deductions = [
        percent(Condition::Unused)?,
        percent(Condition::Opened)?,
        percent(Condition::Used)?,
    ];
    conditions.finish()?;
    let mut reasons = Vec::new();
    let mut codes = BTreeSet::new();
    for reason in table.tables("reasons")? {
        let reason = case_reason(reason, &mut codes)?;
        reasons.push(reason);
    }
    if reasons.is_empty() {
        return Err(table.error("reasons", "must not be empty"));
    }
    table.finish()?;
    Ok(AfterSale {
        days,
        fault_days,
        merchant_hours,
        silence,
        staff_hours,
        return_days,
        appeal_days,
        evidence_at_once,
        deductions,
        reasons,
    })
}

fn case_reason(mut table: Table, codes: &mut BTreeSet<String>) -> Result<CaseReason, PolicyError> {
    let code = table.code("code")?;
    if !codes.insert(code.clone()) {
        return Err(table.error("code", &format!("\"{code}\" is there twice")));
    }
    let label = table.local_text("label")?;
    let kinds = table.choices("kinds", "kind", CaseKind::from_code)?;
    if kinds.is_empty() {
        return Err(table.error("kinds", "must not be empty"));
    }
    let seller_fault = table.optional_flag("seller_fault")?;
    let evidence = table.optional_flag("evidence")?;
    let refused_parcel = table.optional_flag("refused_parcel")?;
    table.finish()?;
    Ok(CaseReason {
        code,
        label,
        kinds,
        seller_fault,
        evidence,
        refused_parcel,
    })
}
