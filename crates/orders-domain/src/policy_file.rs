//! Policies as they are written: TOML, checked key by key, because a mistake in here is money.

use std::collections::BTreeSet;

use crate::check::SHORT;
use crate::{
    Channel, ChatDays, Exception, LineKind, LineTrait, NextStep, NotPossibleReason, OpeningHours,
    OrderState, Outcome, Policy, PolicyError, Reason, RefundClock, ShopId, SocialAccount,
    StaffHours, StateRule, Support, toml_table::Table,
};

/// The longest window and clock that is not a slip of the keyboard: a year.
const MAX_WINDOW_MINUTES: u32 = 366 * 24 * 60;
const MAX_WORKING_DAYS: u32 = 366;
/// The longest time for a decision that is not a slip: a month. Somebody waits for it.
const MAX_STAFF_HOURS: u32 = 31 * 24;

impl Policy {
    /// The policies of the two shops that the program comes with: file name and text.
    pub const fn built_in() -> [(&'static str, &'static str); 2] {
        [
            ("tepai.toml", include_str!("../../../policies/tepai.toml")),
            ("wanfu.toml", include_str!("../../../policies/wanfu.toml")),
        ]
    }

    /// Reads a policy. `file` is only named in errors.
    ///
    /// # Errors
    /// The first mistake, with file, dotted key and reason: a syntax error, an unknown or missing key, state, channel,
    /// reason or translation, a negative or absurd number, clocks that contradict one another, a code that is used twice.
    pub fn parse(file: &str, text: &str) -> Result<Self, PolicyError> {
        let mut root = Table::parse(file, text)?;
        let shop = ShopId(root.code("shop")?);
        let version = root.text("version")?;
        // Orders name it, and no order is taken with a longer one.
        if version.chars().count() > SHORT || version.chars().any(char::is_control) {
            let reason = format!("may have at most {SHORT} characters, and no control characters");
            return Err(root.error("version", &reason));
        }
        let since = root.day("since")?;
        let name = root.local_text("name")?;
        let utc_offset_minutes = root.utc_offset("utc_offset")?;
        let partial = root.flag("partial")?;
        let support = support(root.table("support")?)?;

        let mut states = root.table("cancellation")?;
        let cancellation = state_rules(&mut states)?;
        states.finish()?;

        let mut exceptions = Vec::new();
        for table in root.tables("exceptions")? {
            exceptions.push(exception(table)?);
        }
        let reasons = reasons(&mut root)?;

        let mut channels = root.table("refunds")?;
        let refunds = clocks(&mut channels)?;
        channels.finish()?;
        let after_sale = match root.optional_table("after_sale")? {
            Some(table) => Some(crate::after_sale_file::after_sale(table)?),
            None => None,
        };
        let complaints = match root.optional_table("complaints")? {
            Some(table) => Some(crate::complaint_file::complaints(table)?),
            None => None,
        };
        let abuse = match root.optional_table("abuse")? {
            Some(table) => Some(crate::abuse_file::abuse(table, &reasons)?),
            None => None,
        };
        // A policy from before there was this table is as strict as can be.
        let two_approve_above = match root.optional_table("other_way")? {
            Some(mut other_way) => {
                let amount = other_way.number("two_approve_above", 0, u32::MAX)?;
                other_way.finish()?;
                amount
            }
            None => 0,
        };
        let (decisions_two_approve_above, staff_hours) = match root.optional_table("staff")? {
            Some(table) => staff(table)?,
            None => (None, StaffHours::default()),
        };
        root.finish()?;

        Ok(Self {
            shop,
            version,
            since,
            name,
            utc_offset_minutes,
            support,
            cancellation,
            exceptions,
            partial,
            reasons,
            refunds,
            after_sale,
            complaints,
            abuse,
            two_approve_above: i64::from(two_approve_above),
            decisions_two_approve_above,
            staff_hours,
            providers: [const { None }; Channel::ALL.len()],
        })
    }
}

/// Reads `[staff]`: above how much two have to decide, and within how many hours one does.
fn staff(mut table: Table) -> Result<(Option<i64>, StaffHours), PolicyError> {
    let amount = table.number("two_approve_above", 0, u32::MAX)?;
    let hours = StaffHours {
        request: table.optional_number("request_hours", 1, MAX_STAFF_HOURS)?,
        confirm: table.optional_number("confirm_hours", 1, MAX_STAFF_HOURS)?,
        way: table.optional_number("way_hours", 1, MAX_STAFF_HOURS)?,
    };
    table.finish()?;
    Ok((Some(i64::from(amount)), hours))
}

fn support(mut table: Table) -> Result<Support, PolicyError> {
    let phone = table.text("phone")?;
    let looks_like_a_number = phone.bytes().any(|b| b.is_ascii_digit())
        && phone
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-() ".contains(&b));
    if !looks_like_a_number {
        return Err(table.error("phone", "is not a telephone number"));
    }
    let email = table.text("email")?;
    let looks_like_an_address = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !email.contains(char::is_whitespace);
    if !looks_like_an_address {
        return Err(table.error("email", "is not an e-mail address"));
    }
    let email_reply_hours = table.number("email_reply_hours", 1, 24 * 31)?;
    let hours = table.local_text("hours")?;
    let chat = match table.optional_table("chat")? {
        Some(chat) => Some(opening_hours(chat)?),
        None => None,
    };
    let accounts = table.tables("social")?.into_iter();
    let social = accounts.map(social).collect::<Result<_, _>>()?;
    table.finish()?;
    Ok(Support {
        phone,
        email,
        email_reply_hours,
        hours,
        chat,
        social,
    })
}

/// Reads an entry of `social` in `[support]`.
fn social(mut table: Table) -> Result<SocialAccount, PolicyError> {
    let name = table.local_text("name")?;
    let handle = table.text("handle")?;
    let url = if table.has("url") {
        let url = table.text("url")?;
        // It is a link on pages: nothing but the web, and nothing that ends the attribute.
        let host = url.strip_prefix("https://").unwrap_or_default();
        let plain = url
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"');
        if host.is_empty() || !plain {
            return Err(table.error("url", "is not an https address"));
        }
        Some(url)
    } else {
        None
    };
    table.finish()?;
    Ok(SocialAccount { name, handle, url })
}

/// Reads `[support.chat]`.
fn opening_hours(mut table: Table) -> Result<OpeningHours, PolicyError> {
    let mut minute = |key: &str| {
        let text = table.text(key)?;
        OpeningHours::minute_of(&text)
            .ok_or_else(|| table.error(key, "is no time of the day like 09:00"))
    };
    let opens = minute("open")?;
    let closes = minute("close")?;
    if opens >= closes {
        return Err(table.error("close", "is not later than open"));
    }
    let days = table.choice("days", "kind of days", ChatDays::from_code)?;
    let reply_hours = table.number("reply_hours", 1, 24 * 31)?;
    table.finish()?;
    Ok(OpeningHours {
        opens,
        closes,
        days,
        reply_hours,
    })
}

fn state_rules(states: &mut Table) -> Result<[StateRule; 8], PolicyError> {
    let mut rule = |state: OrderState| state_rule(states.table(state.code())?, state);
    Ok([
        rule(OrderState::AwaitingPayment)?,
        rule(OrderState::PendingConfirmation)?,
        rule(OrderState::Unpacked)?,
        rule(OrderState::Packing)?,
        rule(OrderState::Shipped)?,
        rule(OrderState::Delivered)?,
        rule(OrderState::Completed)?,
        rule(OrderState::Cancelled)?,
    ])
}

fn state_rule(mut table: Table, state: OrderState) -> Result<StateRule, PolicyError> {
    let outcome = table.choice("outcome", "outcome", Outcome::from_code)?;
    if outcome != Outcome::NotPossible && !state.may_become(OrderState::Cancelled) {
        return Err(table.error("outcome", "must be not_possible: it is too late to cancel"));
    }
    let window_minutes = table.optional_number("window_minutes", 1, MAX_WINDOW_MINUTES)?;
    if window_minutes.is_some() && outcome == Outcome::NotPossible {
        return Err(table.error("window_minutes", "needs an outcome that is possible"));
    }
    let next_steps = table.choices("next_steps", "next step", NextStep::from_code)?;
    if !next_steps.contains(&NextStep::ContactSupport) {
        return Err(table.error("next_steps", "must have contact_support"));
    }
    table.finish()?;
    Ok(StateRule {
        outcome,
        window_minutes,
        next_steps,
    })
}

fn exception(mut table: Table) -> Result<Exception, PolicyError> {
    let line_trait = table.optional_choice("line_trait", "trait", LineTrait::from_code)?;
    let line_kind = table.optional_choice("line_kind", "kind", LineKind::from_code)?;
    if line_trait.is_none() && line_kind.is_none() {
        return Err(table.error("line_trait", "is missing, and line_kind too: which lines?"));
    }
    let states = table.choices("states", "state", OrderState::from_code)?;
    if states.is_empty() {
        return Err(table.error("states", "must not be empty"));
    }
    let too_late = |state: &OrderState| !state.may_become(OrderState::Cancelled);
    if let Some(index) = states.iter().position(too_late) {
        let at = format!("states[{index}]");
        return Err(table.error(&at, "is too late to cancel, and needs no exception"));
    }
    let outcome = table.choice("outcome", "outcome", Outcome::from_code)?;
    let reason = table.optional_choice("reason", "reason", NotPossibleReason::from_code)?;
    if reason.is_some() != (outcome == Outcome::NotPossible) {
        return Err(table.error(
            "reason",
            "goes with the outcome not_possible, and only with it",
        ));
    }
    table.finish()?;
    Ok(Exception {
        line_trait,
        line_kind,
        states,
        outcome,
        reason,
    })
}

fn reasons(root: &mut Table) -> Result<Vec<Reason>, PolicyError> {
    let mut reasons = Vec::new();
    let mut codes = BTreeSet::new();
    for mut table in root.tables("reasons")? {
        let code = table.code("code")?;
        if !codes.insert(code.clone()) {
            return Err(table.error("code", &format!("\"{code}\" is there twice")));
        }
        let label = table.local_text("label")?;
        let note_required = table.optional_flag("note_required")?;
        table.finish()?;
        reasons.push(Reason {
            code,
            label,
            note_required,
        });
    }
    if reasons.is_empty() {
        return Err(root.error("reasons", "must not be empty"));
    }
    Ok(reasons)
}

fn clocks(channels: &mut Table) -> Result<[RefundClock; 5], PolicyError> {
    let mut clock = |channel: Channel| refund_clock(channels.table(channel.code())?);
    Ok([
        clock(Channel::WechatPay)?,
        clock(Channel::Alipay)?,
        clock(Channel::BankCard)?,
        clock(Channel::Points)?,
        clock(Channel::Coupon)?,
    ])
}

fn refund_clock(mut table: Table) -> Result<RefundClock, PolicyError> {
    let starts_within = table.number("starts_within", 0, MAX_WORKING_DAYS)?;
    let arrives_from = table.number("arrives_from", 0, MAX_WORKING_DAYS)?;
    let arrives_within = table.number("arrives_within", 0, MAX_WORKING_DAYS)?;
    if arrives_from > arrives_within {
        return Err(table.error("arrives_from", "is later than arrives_within"));
    }
    if starts_within > arrives_within {
        return Err(table.error("starts_within", "is later than arrives_within"));
    }
    // Without words of its own on that, what is left of the way when it starts on the last day.
    let processed_within = table
        .optional_number("processed_within", 0, MAX_WORKING_DAYS)?
        .unwrap_or(arrives_within - starts_within);
    let processed_from = table
        .optional_number("processed_from", 0, MAX_WORKING_DAYS)?
        .unwrap_or(arrives_from.saturating_sub(starts_within));
    if processed_from > processed_within {
        return Err(table.error("processed_from", "is later than processed_within"));
    }
    if starts_within + processed_within > arrives_within {
        return Err(table.error(
            "processed_within",
            "is later than arrives_within when it starts on the last day",
        ));
    }
    table.finish()?;
    Ok(RefundClock {
        starts_within,
        arrives_from,
        arrives_within,
        processed_from,
        processed_within,
    })
}
