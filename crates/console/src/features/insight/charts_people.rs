//! The charts about people who talked with one another: conversations, cases, complaints.

use orders_api::{CaseFigures, ComplaintFigures, DecisionFigures, DecisionKind, Insight};
use storefront::words::{Lang, fill};

use super::chart::{Chart, Kind, Look, Place, Series, Unit, shown};
use super::charts::{Over, Read, Section, int, place};
use super::words::Words;

/// Conversations in the chat.
pub fn support(lang: Lang, insight: &Insight) -> Section {
    let words = Words::of(lang);
    let (course, step) = (&insight.support, insight.step);
    let over = |key, title, says, kind, unit| Over {
        key,
        title,
        says,
        kind,
        unit,
    };
    let begun = over(
        "begun",
        words.begun_chart,
        words.begun_says,
        Kind::Columns,
        Unit::Count,
    );
    let answers = over(
        "answers",
        words.answers,
        words.answers_says,
        Kind::Lines,
        Unit::Minutes,
    );
    let left = over(
        "left",
        words.left,
        words.left_says,
        Kind::Columns,
        Unit::Count,
    );
    let ratings = Chart {
        key: "ratings",
        title: words.ratings.to_owned(),
        says: words.ratings_says.to_owned(),
        kind: Kind::Columns,
        unit: Unit::Count,
        axis: words.note_axis,
        places: insight
            .ratings
            .iter()
            .map(|note| {
                let n = note.number.to_string();
                Place {
                    full: fill(words.stars, &[("n", &n)]),
                    short: n,
                }
            })
            .collect(),
        series: vec![Series {
            name: words.begun.to_owned(),
            look: Look::Main,
            values: insight
                .ratings
                .iter()
                .map(|note| Some(int(note.count)))
                .collect(),
        }],
    };
    let total = &course.total;
    let minutes = |minutes| shown(lang, Unit::Minutes, minutes);
    let count = |count| shown(lang, Unit::Count, Some(int(count)));
    let facts = fill(
        words.support_facts,
        &[
            ("answered", &count(total.answered)),
            ("waiting", &count(total.waiting)),
            ("unanswered", &count(total.unanswered)),
            ("wait", &minutes(total.wait_median)),
            ("most", &minutes(total.wait_p90)),
            ("rating", &note(lang, total.rating)),
            ("rated", &count(total.rated)),
        ],
    );
    Section {
        of: "support",
        title: words.support,
        hint: Some(words.support_hint),
        charts: vec![
            (
                "support",
                begun.draw(
                    lang,
                    step,
                    course,
                    &[
                        (words.in_hours, Look::Main, |of| Some(int(of.in_hours))),
                        (words.outside, Look::Second, |of| Some(int(of.outside))),
                    ],
                ),
            ),
            (
                "support",
                answers.draw(
                    lang,
                    step,
                    course,
                    &[
                        (words.half, Look::Main, |of| of.answer_median),
                        (words.nine_tenths, Look::Warn, |of| of.answer_p90),
                    ],
                ),
            ),
            (
                "support",
                left.draw(
                    lang,
                    step,
                    course,
                    &[
                        (words.on_time, Look::Main, |of| Some(int(of.left.on_time))),
                        (words.late, Look::Warn, |of| Some(int(of.left.late))),
                        (words.open, Look::Second, |of| Some(int(of.left.open))),
                        (words.overdue, Look::Bad, |of| Some(int(of.left.overdue))),
                    ],
                ),
            ),
            ("ratings", ratings),
        ],
        facts: (total.begun > 0).then_some(facts),
    }
}

/// After-sale cases.
pub fn cases(lang: Lang, insight: &Insight) -> Section {
    let words = Words::of(lang);
    let outcomes = Over {
        key: "outcomes",
        title: words.outcomes,
        says: words.outcomes_says,
        kind: Kind::Columns,
        unit: Unit::Count,
    };
    let series: [(&str, Look, Read<CaseFigures>); 5] = [
        (words.granted, Look::Main, |of| Some(int(of.granted))),
        (words.rejected, Look::Bad, |of| Some(int(of.rejected))),
        (words.waiting, Look::Second, |of| Some(int(of.waiting))),
        (words.withdrawn, Look::Quiet, |of| Some(int(of.withdrawn))),
        (words.lapsed, Look::Warn, |of| Some(int(of.lapsed))),
    ];
    let total = &insight.cases.total;
    let count = |count| shown(lang, Unit::Count, Some(int(count)));
    let (appealed, late) = (count(total.appealed), count(total.merchant_late));
    let facts = fill(
        words.cases_facts,
        &[("appealed", &appealed), ("late", &late)],
    );
    Section {
        of: "cases",
        title: words.cases,
        hint: None,
        charts: vec![(
            "cases",
            outcomes.draw(lang, insight.step, &insight.cases, &series),
        )],
        facts: (total.opened > 0).then_some(facts),
    }
}

/// Complaints.
pub fn complaints(lang: Lang, insight: &Insight) -> Section {
    let words = Words::of(lang);
    let became = Over {
        key: "complaints",
        title: words.complaints_became,
        says: words.outcomes_says,
        kind: Kind::Columns,
        unit: Unit::Count,
    };
    let series: [(&str, Look, Read<ComplaintFigures>); 6] = [
        (words.resolved, Look::Main, |of| Some(int(of.resolved))),
        (words.proposed, Look::Second, |of| Some(int(of.proposed))),
        (words.no_proposal, Look::Warn, |of| Some(int(of.waiting))),
        (words.disputed, Look::Bad, |of| Some(int(of.disputed))),
        (words.no_agreement, Look::Empty, |of| Some(int(of.closed))),
        (words.withdrawn, Look::Quiet, |of| Some(int(of.withdrawn))),
    ];
    let total = &insight.complaints.total;
    let count = |count| shown(lang, Unit::Count, Some(int(count)));
    let (disputed, overdue) = (count(total.ever_disputed), count(total.overdue));
    let facts = fill(
        words.complaints_facts,
        &[("disputed", &disputed), ("overdue", &overdue)],
    );
    Section {
        of: "complaints",
        title: words.complaints,
        hint: None,
        charts: vec![(
            "complaints",
            became.draw(lang, insight.step, &insight.complaints, &series),
        )],
        facts: (total.opened > 0).then_some(facts),
    }
}

/// How long shoppers waited for a decision.
pub fn decisions(lang: Lang, insight: &Insight) -> Section {
    let words = Words::of(lang);
    let of = &insight.decisions;
    let kind = |kind| match kind {
        DecisionKind::PendingConfirmation => words.of_pending,
        DecisionKind::CancellationRequest => words.of_requests,
        DecisionKind::Case => words.of_cases,
        DecisionKind::Complaint => words.of_complaints,
    };
    let series = |name: &str, look, read: fn(&DecisionFigures) -> Option<i64>| Series {
        name: name.to_owned(),
        look,
        values: of.iter().map(read).collect(),
    };
    let chart = Chart {
        key: "decisions",
        title: words.decisions_chart.to_owned(),
        says: words.decisions_says.to_owned(),
        kind: Kind::Bars,
        unit: Unit::Minutes,
        axis: words.decision,
        places: of
            .iter()
            .map(|of| place(kind(of.kind).to_owned()))
            .collect(),
        series: vec![
            series(words.half, Look::Main, |of| of.median),
            series(words.nine_tenths, Look::Warn, |of| of.p90),
        ],
    };
    let count = |count| shown(lang, Unit::Count, Some(int(count)));
    let facts: Vec<String> = of
        .iter()
        .filter(|of| of.opened > 0)
        .map(|of| {
            fill(
                words.decisions_facts,
                &[
                    ("kind", kind(of.kind)),
                    ("decided", &count(of.decided)),
                    ("waiting", &count(of.waiting)),
                    ("ended", &count(of.ended)),
                    ("before", &shown(lang, Unit::Minutes, of.median_before)),
                ],
            )
        })
        .collect();
    Section {
        of: "decisions",
        title: words.decisions,
        hint: None,
        charts: vec![("decisions", chart)],
        facts: (!facts.is_empty()).then(|| facts.join(" ")),
    }
}

/// The mean note.
pub fn note(lang: Lang, tenths: Option<u64>) -> String {
    let none = || Words::of(lang).none.to_owned();
    tenths.map_or_else(none, |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}
