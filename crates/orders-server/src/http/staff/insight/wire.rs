//! What was counted, on the wire.

use orders_api as api;
use orders_domain::{
    CancellationTally, CaseTally, ComplaintTally, Course, DecisionKind, DecisionTally, Kept,
    Language, Period, RefundTally, Spread, SupportTally,
};

use super::Asked;
use super::count::{Counted, Reasons};
use crate::http::help;
use crate::http::words;
use crate::state::App;

/// In how many working days refunds arrive at most as a number of its own.
const ARRIVAL_DAYS: i64 = 15;

/// All of it, in that language.
pub fn insight(app: &App, asked: &Asked, counted: Counted, language: Language) -> api::Insight {
    let policies = asked.shops.iter().filter_map(|shop| app.shops.policy(shop));
    api::Insight {
        period: period(asked.period),
        before: period(asked.before),
        step: asked.period.step(),
        shops: policies
            .map(|policy| help::shop(policy, language))
            .collect(),
        reasons: reasons(app, asked, counted.reasons, language),
        cancellations: course(&counted.cancellations, cancellations),
        arrival_days: arrival_days(&counted.refunds.total.arrival_days),
        refunds: course(&counted.refunds, refunds),
        refunds_by_channel: counted
            .by_channel
            .iter()
            .map(|(channel, tally)| api::ChannelFigures {
                channel: *channel,
                figures: refunds(tally),
            })
            .collect(),
        ratings: (1..)
            .zip(counted.support.total.ratings)
            .map(|(number, count)| api::NumberFigure { number, count })
            .collect(),
        support: course(&counted.support, support),
        cases: course(&counted.cases, cases),
        complaints: course(&counted.complaints, complaints),
        decisions: counted
            .decisions
            .iter()
            .map(|(kind, (tally, before))| decisions(*kind, tally, before))
            .collect(),
    }
}

fn period(period: Period) -> api::InsightPeriod {
    api::InsightPeriod {
        from: api::Day(period.from.to_string()),
        to: api::Day(period.to.to_string()),
    }
}

fn course<T, W>(course: &Course<T>, wire: impl Fn(&T) -> W) -> api::InsightCourse<W> {
    api::InsightCourse {
        total: wire(&course.total),
        before: wire(&course.before),
        steps: course
            .steps
            .iter()
            .map(|(step, tally)| api::InsightPoint {
                from: api::Day(step.from.to_string()),
                to: api::Day(step.to.to_string()),
                figures: wire(tally),
            })
            .collect(),
    }
}

/// A reason is called what the first of the shops calls it that knows it.
fn reasons(
    app: &App,
    asked: &Asked,
    reasons: Reasons,
    language: Language,
) -> Vec<api::ReasonFigure> {
    let label = |code: &str| {
        let policies = asked.shops.iter().filter_map(|shop| app.shops.policy(shop));
        let known = policies.filter_map(|policy| policy.reason(code)).next();
        known.map_or_else(
            || words::reason(code, language).unwrap_or(code).to_owned(),
            |reason| reason.label.get(language).to_owned(),
        )
    };
    let mut figures: Vec<_> = reasons
        .into_iter()
        .map(|((code, by), (count, before))| api::ReasonFigure {
            label: label(&code),
            code,
            by,
            count,
            before,
        })
        .collect();
    figures.sort_by_key(|figure| std::cmp::Reverse((figure.count, figure.before)));
    figures
}

fn arrival_days(spread: &Spread) -> Vec<api::NumberFigure> {
    let mut figures: Vec<_> = (0..=ARRIVAL_DAYS)
        .map(|number| api::NumberFigure { number, count: 0 })
        .collect();
    for (days, count) in spread.counts() {
        let place = usize::try_from(days.clamp(0, ARRIVAL_DAYS)).unwrap_or_default();
        if let Some(figure) = figures.get_mut(place) {
            figure.count += count;
        }
    }
    figures
}

fn cancellations(tally: &CancellationTally) -> api::CancellationFigures {
    api::CancellationFigures {
        placed: tally.placed,
        cancelled: tally.cancelled(),
        rate: tally.rate(),
        by_shopper: tally.by_shopper,
        by_seller: tally.by_seller,
        by_staff: tally.by_staff,
        by_timeout: tally.by_timeout,
    }
}

fn kept(kept: &Kept) -> api::KeptFigures {
    api::KeptFigures {
        on_time: kept.on_time,
        late: kept.late,
        open: kept.open,
        overdue: kept.overdue,
        rate: kept.rate(),
    }
}

fn refunds(tally: &RefundTally) -> api::RefundFigures {
    api::RefundFigures {
        made: tally.made,
        failed: tally.failed,
        started: kept(&tally.started),
        arrived: kept(&tally.arrived),
        start_median: tally.start_days.median(),
        start_p90: tally.start_days.percentile(90),
        arrival_median: tally.arrival_days.median(),
        arrival_p90: tally.arrival_days.percentile(90),
    }
}

fn support(tally: &SupportTally) -> api::SupportFigures {
    api::SupportFigures {
        begun: tally.begun,
        in_hours: tally.in_hours,
        outside: tally.outside(),
        answered: tally.answer_minutes.count(),
        waiting: tally.waiting,
        unanswered: tally.unanswered,
        answer_median: tally.answer_minutes.median(),
        answer_p90: tally.answer_minutes.percentile(90),
        left: kept(&tally.left),
        left_ended: tally.left_ended,
        wait_median: tally.wait_minutes.median(),
        wait_p90: tally.wait_minutes.percentile(90),
        rated: tally.rated(),
        rating: tally.rating(),
    }
}

fn cases(tally: &CaseTally) -> api::CaseFigures {
    api::CaseFigures {
        opened: tally.opened,
        waiting: tally.waiting,
        granted: tally.granted,
        rejected: tally.rejected,
        withdrawn: tally.withdrawn,
        lapsed: tally.lapsed,
        appealed: tally.appealed,
        merchant_late: tally.merchant_late,
    }
}

fn complaints(tally: &ComplaintTally) -> api::ComplaintFigures {
    api::ComplaintFigures {
        opened: tally.opened,
        waiting: tally.waiting,
        proposed: tally.proposed,
        disputed: tally.disputed,
        resolved: tally.resolved,
        withdrawn: tally.withdrawn,
        closed: tally.closed,
        ever_disputed: tally.ever_disputed,
        overdue: tally.overdue,
    }
}

fn decisions(
    kind: DecisionKind,
    tally: &DecisionTally,
    before: &DecisionTally,
) -> api::DecisionFigures {
    api::DecisionFigures {
        kind,
        opened: tally.opened,
        decided: tally.decided(),
        waiting: tally.waiting,
        ended: tally.ended,
        median: tally.minutes.median(),
        p90: tally.minutes.percentile(90),
        median_before: before.minutes.median(),
    }
}
