//! Which charts there are, made of what the server counted.

use orders_api::{CancelledBy, Channel, Insight, InsightCourse, InsightStep, RefundFigures};
use storefront::format;
use storefront::words::{Lang, codes as shopper, fill};

use super::chart::{Chart, Kind, Look, Place, Series, Unit, shown};
use super::charts_people::{cases, complaints, decisions, support};
use super::words::Words;

/// The charts about one thing, with what is told in a line beneath them.
pub struct Section {
    /// Its name in the address of its figures.
    pub of: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// What has to be known of all of them.
    pub hint: Option<&'static str>,
    /// The charts, each with the name of its figures.
    pub charts: Vec<(&'static str, Chart)>,
    /// Numbers without a chart.
    pub facts: Option<String>,
}

/// All of them.
pub fn sections(lang: Lang, insight: &Insight) -> Vec<Section> {
    vec![
        cancellations(lang, insight),
        refunds(lang, insight),
        support(lang, insight),
        cases(lang, insight),
        complaints(lang, insight),
        decisions(lang, insight),
    ]
}

/// A count of the wire.
pub fn int(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What is read of the figures of a step.
pub type Read<T> = fn(&T) -> Option<i64>;

/// A chart over the period.
pub struct Over {
    /// As of [`Chart`].
    pub key: &'static str,
    /// As of [`Chart`].
    pub title: &'static str,
    /// As of [`Chart`].
    pub says: &'static str,
    /// As of [`Chart`].
    pub kind: Kind,
    /// As of [`Chart`].
    pub unit: Unit,
}

impl Over {
    /// The chart of these series, each read of the figures of every step.
    pub fn draw<T>(
        self,
        lang: Lang,
        step: InsightStep,
        course: &InsightCourse<T>,
        series: &[(&str, Look, Read<T>)],
    ) -> Chart {
        let words = Words::of(lang);
        let places = course.steps.iter().map(|point| Place {
            short: format::day_month(lang, &point.from),
            full: match step {
                InsightStep::Day => format::day(lang, &point.from),
                InsightStep::Week => format::days(lang, &point.from, &point.to),
            },
        });
        let series = series.iter().map(|(name, look, read)| Series {
            name: (*name).to_owned(),
            look: *look,
            values: course
                .steps
                .iter()
                .map(|point| read(&point.figures))
                .collect(),
        });
        Chart {
            key: self.key,
            title: self.title.to_owned(),
            says: self.says.to_owned(),
            kind: self.kind,
            unit: self.unit,
            axis: match step {
                InsightStep::Day => words.day,
                InsightStep::Week => words.week,
            },
            places: places.collect(),
            series: series.collect(),
        }
    }
}

fn cancellations(lang: Lang, insight: &Insight) -> Section {
    let words = Words::of(lang);
    let (course, step) = (&insight.cancellations, insight.step);
    let rate = Over {
        key: "rate",
        title: words.rate,
        says: words.rate_says,
        kind: Kind::Lines,
        unit: Unit::Permille,
    };
    let by_whom = Over {
        key: "by-whom",
        title: words.by_whom,
        says: words.by_whom_says,
        kind: Kind::Columns,
        unit: Unit::Count,
    };
    let given = insight.reasons.iter().filter(|reason| reason.count > 0);
    let (places, values) = given
        .map(|reason| {
            let who = match reason.by {
                CancelledBy::Shopper => None,
                CancelledBy::Seller => Some(words.by_seller),
                CancelledBy::Staff => Some(words.by_staff),
                CancelledBy::Timeout => Some(words.by_timeout),
            };
            let name = match who {
                Some(who) if who != reason.label => {
                    fill(words.reason_by, &[("reason", &reason.label), ("who", who)])
                }
                Some(_) | None => reason.label.clone(),
            };
            (place(name), Some(int(reason.count)))
        })
        .unzip();
    let reasons = Chart {
        key: "reasons",
        title: words.reasons.to_owned(),
        says: words.reasons_says.to_owned(),
        kind: Kind::Bars,
        unit: Unit::Count,
        axis: words.reason,
        places,
        series: vec![Series {
            name: words.this_period.to_owned(),
            look: Look::Main,
            values,
        }],
    };
    Section {
        of: "cancellations",
        title: words.cancellations,
        hint: None,
        charts: vec![
            (
                "cancellations",
                rate.draw(
                    lang,
                    step,
                    course,
                    &[(words.rate, Look::Main, |of| of.rate.map(int))],
                ),
            ),
            (
                "cancellations",
                by_whom.draw(
                    lang,
                    step,
                    course,
                    &[
                        (words.by_shopper, Look::Main, |of| Some(int(of.by_shopper))),
                        (words.by_seller, Look::Bad, |of| Some(int(of.by_seller))),
                        (words.by_staff, Look::Second, |of| Some(int(of.by_staff))),
                        (words.by_timeout, Look::Quiet, |of| Some(int(of.by_timeout))),
                    ],
                ),
            ),
            ("reasons", reasons),
        ],
        facts: None,
    }
}

/// Whether refunds arrived as was promised, in the order in which it is drawn.
fn outcomes(words: &'static Words) -> [(&'static str, Look, Read<RefundFigures>); 4] {
    [
        (words.on_time, Look::Main, |of| {
            Some(int(of.arrived.on_time))
        }),
        (words.late, Look::Warn, |of| Some(int(of.arrived.late))),
        (words.open, Look::Second, |of| Some(int(of.arrived.open))),
        (words.overdue, Look::Bad, |of| Some(int(of.arrived.overdue))),
    ]
}

/// Whether they started as was promised.
fn starts(words: &'static Words) -> [(&'static str, Look, Read<RefundFigures>); 4] {
    [
        (words.on_time, Look::Main, |of| {
            Some(int(of.started.on_time))
        }),
        (words.late_start, Look::Warn, |of| {
            Some(int(of.started.late))
        }),
        (words.not_started, Look::Second, |of| {
            Some(int(of.started.open))
        }),
        (words.overdue_start, Look::Bad, |of| {
            Some(int(of.started.overdue))
        }),
    ]
}

fn refunds(lang: Lang, insight: &Insight) -> Section {
    let words = Words::of(lang);
    let (course, step) = (&insight.refunds, insight.step);
    let against = Over {
        key: "against",
        title: words.against_promise,
        says: words.against_says,
        kind: Kind::Columns,
        unit: Unit::Count,
    };
    let begin = Over {
        key: "begin",
        title: words.start_promise,
        says: words.start_says,
        kind: Kind::Columns,
        unit: Unit::Count,
    };
    let last = insight.arrival_days.last().map_or(0, |last| last.number);
    let arrival = Chart {
        key: "arrival",
        title: words.arrival.to_owned(),
        says: words.arrival_says.to_owned(),
        kind: Kind::Columns,
        unit: Unit::Count,
        axis: words.days_axis,
        places: insight
            .arrival_days
            .iter()
            .map(|days| {
                let n = days.number.to_string();
                if days.number == last {
                    Place {
                        short: format!("{n}+"),
                        full: fill(words.or_more, &[("n", &n)]),
                    }
                } else {
                    place(n)
                }
            })
            .collect(),
        series: vec![Series {
            name: words.made.to_owned(),
            look: Look::Main,
            values: insight
                .arrival_days
                .iter()
                .map(|days| Some(int(days.count)))
                .collect(),
        }],
    };
    let by_channel = &insight.refunds_by_channel;
    let channels = Chart {
        key: "channels",
        title: words.channels.to_owned(),
        says: words.channels_says.to_owned(),
        kind: Kind::Bars,
        unit: Unit::Count,
        axis: words.way,
        places: by_channel
            .iter()
            .map(|of| place(channel(lang, of.channel).to_owned()))
            .collect(),
        series: outcomes(words)
            .into_iter()
            .map(|(name, look, read)| Series {
                name: name.to_owned(),
                look,
                values: by_channel.iter().map(|of| read(&of.figures)).collect(),
            })
            .collect(),
    };
    let total = &course.total;
    let days = |days| shown(lang, Unit::Days, days);
    let count = |count| shown(lang, Unit::Count, Some(int(count)));
    let facts = fill(
        words.refunds_facts,
        &[
            ("failed", &count(total.failed)),
            ("start", &days(total.start_median)),
            ("half", &days(total.arrival_median)),
            ("most", &days(total.arrival_p90)),
        ],
    );
    Section {
        of: "refunds",
        title: words.refunds,
        hint: None,
        charts: vec![
            (
                "refunds",
                against.draw(lang, step, course, &outcomes(words)),
            ),
            ("refunds", begin.draw(lang, step, course, &starts(words))),
            ("arrival_days", arrival),
            ("channels", channels),
        ],
        facts: (total.made > 0).then_some(facts),
    }
}

fn channel(lang: Lang, channel: Channel) -> &'static str {
    shopper::channel(lang, channel)
}

/// A place with one name for everywhere.
pub fn place(name: String) -> Place {
    Place {
        short: name.clone(),
        full: name,
    }
}
