//! A shop's policy: every number and every "may I" that a rule needs, read from a TOML file.

use serde::{Deserialize, Serialize};

use crate::{
    Abuse, AfterSale, Calendar, Channel, Complaints, Day, Instant, LineKind, LineTrait, LocalText,
    NextStep, NotPossibleReason, OpeningHours, OrderState, Promise, ProviderId, ShopId,
    codes::codes,
};

/// A shop's policy, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The shop it belongs to.
    pub shop: ShopId,
    /// Its version; orders remember the one they were placed under.
    pub version: String,
    /// The first day it was in force.
    pub since: Day,
    /// The shop's name.
    pub name: LocalText,
    /// The shop's offset from UTC in minutes: days begin there.
    pub utc_offset_minutes: i32,
    /// How to reach a person.
    pub support: Support,
    /// What is allowed in each state, in the order of [`OrderState::ALL`]; read with [`Policy::rule`].
    pub cancellation: [StateRule; OrderState::ALL.len()],
    /// Products that the rule of a state does not hold for.
    pub exceptions: Vec<Exception>,
    /// Whether parts of an order may be cancelled.
    pub partial: bool,
    /// The reasons to choose from, in the order they are shown.
    pub reasons: Vec<Reason>,
    /// The two clocks of a refund, in the order of [`Channel::ALL`]; read with [`Policy::clock`].
    pub refunds: [RefundClock; Channel::ALL.len()],
    /// The largest refund, in minor units, of which one person may approve another way; above it two have to.
    pub two_approve_above: i64,
    /// The largest refund, in minor units, that one of the staff may grant by deciding a request or a case; above it two have
    /// to. `None` for never: in versions from before there was this, one person is enough.
    pub decisions_two_approve_above: Option<i64>,
    /// Within how many hours the shop decides what waits for it.
    pub staff_hours: StaffHours,
    /// After-sale cases; `None` where the shop takes none.
    pub after_sale: Option<AfterSale>,
    /// Complaints; `None` where the shop takes none.
    pub complaints: Option<Complaints>,
    /// What comes of cancelling too often; `None` where nothing does, as in versions from before there was this.
    pub abuse: Option<Abuse>,
    /// By which provider Tepai makes refunds, in the order of [`Channel::ALL`]; `None` where the shop makes them.
    /// Not of the policy's file: set by whoever runs the program. Read with [`Policy::provider`].
    pub providers: [Option<ProviderId>; Channel::ALL.len()],
}

/// How to reach a person at the shop (S0–S3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// To call.
    pub phone: String,
    /// To write to.
    pub email: String,
    /// Within how many hours an e-mail is answered (S0: 24).
    pub email_reply_hours: u32,
    /// Opening hours of the telephone, in words.
    pub hours: LocalText,
    /// When somebody answers in the chat; `None` where the shop has none.
    pub chat: Option<OpeningHours>,
    /// Its accounts elsewhere (PRODUCT §4), in the order in which they are shown; none where it has none.
    pub social: Vec<SocialAccount>,
}

/// Within how many hours, nights and holidays included, the shop decides what waits for it; each `None` where the policy
/// promises no time, as in versions from before there was this. A shop's own numbers: no source names any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaffHours {
    /// A request to cancel (S4), from when it is made.
    pub request: Option<u32>,
    /// Whether an order that waits is accepted (S1), from when it waits for nothing but the shop.
    pub confirm: Option<u32>,
    /// A wish for another way of a refund (S0), from when it is made.
    pub way: Option<u32>,
}

/// An account of the shop at a social network, where support answers, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocialAccount {
    /// What the network calls such an account: 微信公众号.
    pub name: LocalText,
    /// By which it is found there.
    pub handle: String,
    /// Its page on the web, `https` only; `None` where there is nothing but the handle.
    pub url: Option<String>,
}

/// What a policy allows in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRule {
    /// What it allows.
    pub outcome: Outcome,
    /// How long after placing (minutes) it allows it; `None` without a window (S0).
    pub window_minutes: Option<u32>,
    /// What to do instead when it is not possible, best first. Always has [`NextStep::ContactSupport`].
    pub next_steps: Vec<NextStep>,
}

/// What a policy allows. A later value is stricter than an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PolicyOutcome))]
pub enum Outcome {
    /// At once.
    SelfService,
    /// Staff decide.
    ByRequest,
    /// Not.
    NotPossible,
}

codes!(Outcome {
    SelfService => "self_service",
    ByRequest => "by_request",
    NotPossible => "not_possible",
});

/// Products that the rule of a state does not hold for; the first that matches a line decides for it.
/// Of the outcomes of all lines concerned, the strictest holds for the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Lines with this trait …
    pub line_trait: Option<LineTrait>,
    /// … or of this kind (both must match when both are given).
    pub line_kind: Option<LineKind>,
    /// In these states only.
    pub states: Vec<OrderState>,
    /// What holds for them.
    pub outcome: Outcome,
    /// Why not, when the outcome is [`Outcome::NotPossible`].
    pub reason: Option<NotPossibleReason>,
}

/// A reason to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its stable code.
    pub code: String,
    /// Its words.
    pub label: LocalText,
    /// Whether free text must come with it.
    pub note_required: bool,
}

/// When a refund starts and arrives, in working days after the cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundClock {
    /// It starts within so many.
    pub starts_within: u32,
    /// It arrives after so many at the earliest …
    pub arrives_from: u32,
    /// … and so many at the latest.
    pub arrives_within: u32,
    /// Once the provider has accepted it, it arrives after so many at the earliest, counted from that day (S2) …
    pub processed_from: u32,
    /// … and so many at the latest.
    pub processed_within: u32,
}

impl Policy {
    /// What is allowed in `state`.
    pub const fn rule(&self, state: OrderState) -> &StateRule {
        &self.cancellation[state as usize]
    }

    /// The clocks of a refund by `channel`.
    pub const fn clock(&self, channel: Channel) -> RefundClock {
        self.refunds[channel as usize]
    }

    /// By which provider Tepai makes refunds of `channel`; `None` when the shop makes them.
    pub const fn provider(&self, channel: Channel) -> Option<&ProviderId> {
        self.providers[channel as usize].as_ref()
    }

    /// How many of the staff have to approve another way for a refund of `amount`.
    pub const fn approvals_needed(&self, amount: i64) -> usize {
        if amount > self.two_approve_above {
            2
        } else {
            1
        }
    }

    /// The reason of that code.
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == code)
    }

    /// The day that it is in the shop at `now`.
    pub fn day_of(&self, now: Instant) -> Day {
        let offset = chrono::TimeDelta::minutes(i64::from(self.utc_offset_minutes));
        now.naive_utc()
            .checked_add_signed(offset)
            .unwrap_or(now.naive_utc())
            .date()
    }

    /// When that day begins in the shop.
    pub fn start_of(&self, day: Day) -> Instant {
        let offset = chrono::TimeDelta::minutes(i64::from(self.utc_offset_minutes));
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        let begins = midnight.checked_sub_signed(offset);
        begins.unwrap_or(midnight).and_utc()
    }
}

impl RefundClock {
    /// The clocks as dates, counted in working days from `day`, the day of the cancel.
    pub fn promise(&self, calendar: &Calendar, day: Day) -> Promise {
        let (starts_by, _) = calendar.add_working_days(day, self.starts_within);
        let (arrives_from, _) = calendar.add_working_days(day, self.arrives_from);
        // Starting never takes longer than arriving, so that this is the longest way.
        let (arrives_by, estimated) = calendar.add_working_days(day, self.arrives_within);
        Promise {
            starts_by,
            arrives_from,
            arrives_by,
            estimated,
        }
    }

    /// The promise of a refund that the provider accepted on `day` (S2): when it started is past, when it arrives
    /// counts from that day. `expected` is what the bank itself says.
    pub fn promise_after_processing(
        &self,
        calendar: &Calendar,
        day: Day,
        before: Promise,
        expected: Option<Day>,
    ) -> Promise {
        let (from, _) = calendar.add_working_days(day, self.processed_from);
        let (by, estimated) = calendar.add_working_days(day, self.processed_within);
        let promise = Promise {
            arrives_from: from,
            arrives_by: by,
            estimated,
            ..before
        };
        match expected {
            None => promise,
            Some(expected) => Promise {
                arrives_from: from.min(expected),
                arrives_by: expected,
                estimated: false,
                ..before
            },
        }
    }
}

/// What is wrong with a policy or calendar file: enough to find and mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The file.
    pub file: String,
    /// The key, dotted.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.key, self.reason)
    }
}

impl std::error::Error for PolicyError {}
