//! What staff see as charts: numbers of a period against the one before. Everything counts on the day on which it began.

use serde::{Deserialize, Serialize};

use crate::{CancelledBy, Channel, Day, DecisionKind, InsightStep, Shop};

/// `GET /staff/insight`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Insight {
    /// The days that were asked for.
    pub period: InsightPeriod,
    /// As many days, directly before.
    pub before: InsightPeriod,
    /// Into what the period is cut.
    pub step: InsightStep,
    /// The shops that are counted.
    pub shops: Vec<Shop>,
    /// Orders that were placed, and cancelled since.
    pub cancellations: InsightCourse<CancellationFigures>,
    /// Why, the most frequent first.
    pub reasons: Vec<ReasonFigure>,
    /// Refunds that were made ready, against what was promised first.
    pub refunds: InsightCourse<RefundFigures>,
    /// The same of each way that there were any of.
    pub refunds_by_channel: Vec<ChannelFigures>,
    /// In how many working days refunds arrived: how many in each, from none on. The last has all that took longer, too.
    pub arrival_days: Vec<NumberFigure>,
    /// Conversations in the chat that began. E-mail is not counted: the program does not see it.
    pub support: InsightCourse<SupportFigures>,
    /// How many conversations had each note, from 1 to 5.
    pub ratings: Vec<NumberFigure>,
    /// After-sale cases that were opened.
    pub cases: InsightCourse<CaseFigures>,
    /// Complaints that were opened.
    pub complaints: InsightCourse<ComplaintFigures>,
    /// How long what began in the period waited for its first decision, each kind once.
    pub decisions: Vec<DecisionFigures>,
}

/// Days, first and last included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsightPeriod {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

/// Figures of a period, of each of its steps, and of the period before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsightCourse<T> {
    /// Of the period.
    pub total: T,
    /// Of the one before.
    pub before: T,
    /// Of its days or weeks, which follow one another without gaps.
    pub steps: Vec<InsightPoint<T>>,
}

/// Figures of a day or a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsightPoint<T> {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The figures.
    pub figures: T,
}

/// Orders that were placed, and by whom those of them were cancelled of which nothing is left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancellationFigures {
    /// Orders that were placed.
    pub placed: u64,
    /// Those of them that were cancelled: the sum of the following.
    pub cancelled: u64,
    /// How many of a thousand; `null` without any.
    pub rate: Option<u64>,
    /// By the shopper.
    pub by_shopper: u64,
    /// By the seller.
    pub by_seller: u64,
    /// By the staff, at the shopper's request.
    pub by_staff: u64,
    /// Because nobody paid in time.
    pub by_timeout: u64,
}

/// How many orders were cancelled for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonFigure {
    /// Its code.
    pub code: String,
    /// In words.
    pub label: String,
    /// By whom they were cancelled.
    pub by: CancelledBy,
    /// How many.
    pub count: u64,
    /// How many in the period before.
    pub before: u64,
}

/// What became of promises. What is decided: `on_time`, `late`, `overdue`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptFigures {
    /// Kept.
    pub on_time: u64,
    /// Kept too late.
    pub late: u64,
    /// Neither kept nor broken yet.
    pub open: u64,
    /// Broken, and still not kept.
    pub overdue: u64,
    /// How many of a thousand of what is decided were on time; `null` of nothing.
    pub rate: Option<u64>,
}

/// Refunds against what was promised first. One that failed is as much owed as any: it is open until its day has passed,
/// and overdue afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundFigures {
    /// Refunds that were made ready.
    pub made: u64,
    /// Of all, those that could not be made, and wait for another way.
    pub failed: u64,
    /// Whether they started by the day that was promised first.
    pub started: KeptFigures,
    /// Whether they arrived by the day that was promised first.
    pub arrived: KeptFigures,
    /// In how many working days half of those that started did; `null` of none.
    pub start_median: Option<i64>,
    /// The same of nine in ten.
    pub start_p90: Option<i64>,
    /// In how many working days half of those that arrived did; `null` of none.
    pub arrival_median: Option<i64>,
    /// The same of nine in ten.
    pub arrival_p90: Option<i64>,
}

/// Refunds by one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelFigures {
    /// By which way.
    pub channel: Channel,
    /// The figures.
    pub figures: RefundFigures,
}

/// How many there are of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumberFigure {
    /// The number.
    pub number: i64,
    /// How many.
    pub count: u64,
}

/// Conversations in the chat, and how soon they were answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportFigures {
    /// Conversations that began.
    pub begun: u64,
    /// Those that began while the chat was open.
    pub in_hours: u64,
    /// The others, which were left.
    pub outside: u64,
    /// Of those in opening hours: how many were answered.
    pub answered: u64,
    /// Those that wait for an answer.
    pub waiting: u64,
    /// Those that ended without one.
    pub unanswered: u64,
    /// In how many minutes of opening time half of those in opening hours had their first answer; `null` of none.
    pub answer_median: Option<i64>,
    /// The same of nine in ten.
    pub answer_p90: Option<i64>,
    /// Whether what was left was answered by the time that was said.
    pub left: KeptFigures,
    /// What was left and ended by the shopper before an answer and before that time.
    pub left_ended: u64,
    /// How many minutes of opening time half of those that were taken from the queue waited there; `null` of none.
    pub wait_median: Option<i64>,
    /// The same of nine in ten.
    pub wait_p90: Option<i64>,
    /// How many were rated.
    pub rated: u64,
    /// The mean of their notes, in tenths, from 10 to 50; `null` of none.
    pub rating: Option<u64>,
}

/// What became of after-sale cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseFigures {
    /// Cases that were opened: the sum of the next five.
    pub opened: u64,
    /// Not decided yet, or not again after an appeal.
    pub waiting: u64,
    /// Granted.
    pub granted: u64,
    /// The last word was no.
    pub rejected: u64,
    /// Withdrawn by the shopper.
    pub withdrawn: u64,
    /// Granted, and the goods were not sent in time.
    pub lapsed: u64,
    /// Of all, those in which the shopper appealed.
    pub appealed: u64,
    /// Of all, those in which the merchant let a deadline pass.
    pub merchant_late: u64,
}

/// What became of complaints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintFigures {
    /// Complaints that were opened: the sum of the next six.
    pub opened: u64,
    /// The shop has not proposed anything yet.
    pub waiting: u64,
    /// Something is proposed, and the shopper has not answered.
    pub proposed: u64,
    /// The shopper disputes it, and nobody has decided that yet.
    pub disputed: u64,
    /// Accepted, granted, or decided by the last word.
    pub resolved: u64,
    /// Withdrawn by the shopper.
    pub withdrawn: u64,
    /// Closed without an agreement.
    pub closed: u64,
    /// Of all, those that were disputed at some time.
    pub ever_disputed: u64,
    /// Of all, those in which the shop missed a date.
    pub overdue: u64,
}

/// How long what somebody has to decide waited for the first decision, of one kind. Nights and holidays count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionFigures {
    /// Of which kind.
    pub kind: DecisionKind,
    /// How many began: the sum of the next three.
    pub opened: u64,
    /// Those that were decided, by the shop or because it was silent.
    pub decided: u64,
    /// Those that wait.
    pub waiting: u64,
    /// Those that were over before a decision: withdrawn, cancelled by the shopper, not paid in time.
    pub ended: u64,
    /// In how many minutes half of those that were decided were; `null` of none.
    pub median: Option<i64>,
    /// The same of nine in ten.
    pub p90: Option<i64>,
    /// The median of the period before.
    pub median_before: Option<i64>,
}
