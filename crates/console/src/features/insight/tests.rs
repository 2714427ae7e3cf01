//! What the page of the charts says and draws.

use leptos::prelude::*;
use orders_api::{Insight, InsightStep, Shop};
use storefront::words::Lang;

use super::chart::{Chart, Kind, Look, Place, Series, Unit, marked, shown};
use super::charts::sections;
use super::layout::{NARROW, Rect, WIDE, layout};
use super::sample::{insight, period};
use super::scale::width_of;
use super::view_chart::chart_view;
use super::views::{insight_view, tools_view};
use crate::paths::{InsightQuery, Span};

fn page(lang: Lang, insight: &Insight, csv: Option<&dyn Fn(&str) -> String>) -> String {
    Owner::new().with(|| insight_view(lang, insight, WIDE, csv).into_view().to_html())
}

fn chart(kind: Kind, values: &[&[Option<i64>]]) -> Chart {
    let places = values.first().map_or(0, |values| values.len());
    Chart {
        key: "x",
        title: "X".into(),
        says: "Y".into(),
        kind,
        unit: Unit::Count,
        axis: "day",
        places: (0..places)
            .map(|place| Place {
                short: format!("{} Mar", place + 1),
                full: format!("Monday, {} March", place + 1),
            })
            .collect(),
        series: values
            .iter()
            .zip(Look::ALL)
            .map(|(values, look)| Series {
                name: look.name().into(),
                look,
                values: values.to_vec(),
            })
            .collect(),
    }
}

#[test]
fn the_pieces_of_a_column_stand_one_on_the_other_within_the_plot() {
    let chart = chart(
        Kind::Columns,
        &[&[Some(3), Some(0), None], &[Some(1), Some(2), Some(4)]],
    );
    let laid = layout(&chart, WIDE);
    let (lower, upper) = (&laid.pieces[0], &laid.pieces[1]);
    for place in 0..3 {
        let (below, above) = (lower[place], upper[place]);
        assert!((above.y + above.height - below.y).abs() < 0.01, "{place}");
        assert!((below.y + below.height - laid.plot.y - laid.plot.height).abs() < 0.01);
        assert!(above.y >= laid.plot.y);
    }
    // The first and the last are equally high: four of four.
    assert!((upper[0].y - upper[2].y).abs() < 0.01);
    assert!((upper[2].y - laid.plot.y).abs() < 0.01);
}

#[test]
fn a_line_is_broken_where_there_is_no_figure() {
    let chart = chart(
        Kind::Lines,
        &[&[None, Some(2), Some(4), None, None, Some(1)]],
    );
    let lines = &layout(&chart, WIDE).lines[0];
    let points: Vec<_> = lines.iter().map(Vec::len).collect();
    assert_eq!(points, [2, 1]);
    assert!(lines[0][0].1 > lines[0][1].1, "more is higher");
}

#[test]
fn nothing_touches_another_or_leaves_the_picture_on_a_telephone_and_on_a_desk() {
    for size in [NARROW, WIDE] {
        for places in [1, 2, 7, 30, 53, 62] {
            let values: Vec<_> = (0..places).map(|place| Some(place * 977)).collect();
            for kind in [Kind::Columns, Kind::Lines] {
                let laid = layout(&chart(kind, &[&values]), size);
                for pair in laid.labels.windows(2) {
                    let half = |text: &str| width_of(text) / 2.0;
                    let gap = pair[1].x - half(&pair[1].text) - pair[0].x - half(&pair[0].text);
                    assert!(gap >= 4.0, "{places} {kind:?}: {pair:?}");
                }
                for label in &laid.labels {
                    let half = width_of(&label.text) / 2.0;
                    assert!(label.x >= half && label.x + half <= size.width, "{label:?}");
                }
                for mark in &laid.marks {
                    assert!(mark.x >= width_of(&mark.text), "{mark:?}");
                }
                let within =
                    |rect: &Rect| rect.x >= laid.plot.x - 0.01 && rect.x + rect.width <= size.width;
                assert!(laid.pieces.iter().flatten().all(within), "{places}");
                assert!(laid.places.iter().all(within), "{places}");
            }
        }
        let bars = layout(&chart(Kind::Bars, &[&[Some(12_345), Some(1)]]), size);
        for sum in &bars.sums {
            assert!(sum.x + width_of(&sum.text) <= size.width + 0.01, "{sum:?}");
        }
    }
}

#[test]
fn figures_are_shown_with_their_unit() {
    for (unit, value, zh, en) in [
        (Unit::Count, Some(1_234), "1,234", "1,234"),
        (Unit::Permille, Some(125), "12.5%", "12.5%"),
        (Unit::Days, Some(1), "1 个工作日", "1 working day"),
        (Unit::Days, Some(3), "3 个工作日", "3 working days"),
        (Unit::Minutes, Some(119), "119 分钟", "119 min"),
        (Unit::Minutes, Some(150), "2 小时 30 分", "2 h 30 min"),
        (Unit::Days, None, "—", "–"),
    ] {
        assert_eq!(shown(Lang::ZhCn, unit, value), zh);
        assert_eq!(shown(Lang::En, unit, value), en);
    }
    assert_eq!(marked(Unit::Permille, 5), "0.5%");
    assert_eq!(marked(Unit::Permille, 50), "5%");
}

#[test]
fn a_place_is_told_in_one_breath() {
    let chart = chart(Kind::Columns, &[&[Some(3)], &[None]]);
    assert_eq!(chart.at(Lang::En, 0), "Monday, 1 March: main: 3, second: –");
}

#[test]
fn every_chart_is_a_picture_with_a_name_and_a_table_with_the_same_figures() {
    let html = page(Lang::En, &insight(), None);
    let charts: Vec<Chart> = sections(Lang::En, &insight())
        .into_iter()
        .flat_map(|section| section.charts)
        .map(|(_, chart)| chart)
        .collect();
    let drawn = charts.iter().filter(|chart| !chart.is_empty()).count();
    assert_eq!(html.matches("role=\"img\"").count(), drawn);
    assert_eq!(html.matches("<table").count(), drawn);
    assert_eq!(html.matches("type=\"range\"").count(), drawn);
    // What was left out of hours: there was nothing.
    assert_eq!(charts.len() - drawn, 1);
    assert!(html.contains("Nothing in this period."));
    let mut keys: Vec<_> = charts.iter().map(|chart| chart.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), charts.len(), "they name parts of the page");
    for chart in charts.iter().filter(|chart| !chart.is_empty()) {
        assert!(
            html.contains(&format!("<title id=\"{}-title\">", chart.key)),
            "{}",
            chart.key
        );
        assert!(
            html.contains(&format!("<desc id=\"{}-says\">", chart.key)),
            "{}",
            chart.key
        );
    }
    assert!(
        html.contains("Mon 16 Mar"),
        "places have their whole name in the table"
    );
}

#[test]
fn reasons_say_who_gave_them_and_those_of_before_alone_are_not_drawn() {
    let html = page(Lang::ZhCn, &insight(), None);
    assert!(html.contains("不想要了") && html.contains("商品缺货（商家）"));
    assert!(!html.contains("价格变动"));
}

#[test]
fn key_figures_say_how_they_have_changed() {
    let html = page(Lang::En, &insight(), None);
    for words in [
        "Down by 10, from 40",
        "Up by 11.6 points, from 5.0%",
        "Nothing in the period before",
        "No change, from 2 h 30 min",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn a_period_is_named_with_its_years_and_weeks_say_that_they_may_be_shorter() {
    let mut year = insight();
    let html = page(Lang::En, &year, None);
    assert!(
        html.contains("16 Mar 2026 – 18 Mar 2026, against 13 Mar 2026 – 15 Mar 2026"),
        "{html}"
    );
    assert!(!html.contains("By weeks from Monday"));
    year.period = period("2025-03-19", "2026-03-18");
    year.before = period("2025-03-18", "2025-03-18");
    year.step = InsightStep::Week;
    let html = page(Lang::ZhCn, &year, None);
    assert!(
        html.contains("2025年3月19日 – 2026年3月18日，对比 2025年3月18日"),
        "{html}"
    );
    assert!(html.contains("按周显示"));
}

#[test]
fn of_two_lines_with_the_same_figure_both_are_seen() {
    let chart = chart(Kind::Lines, &[&[Some(3)], &[Some(3)]]);
    let html = Owner::new().with(|| {
        chart_view(Lang::En, chart, WIDE, None)
            .into_view()
            .to_html()
    });
    let dot = |look: &str, radius: &str| {
        let is_dot = |tag: &str| {
            tag.starts_with("<circle")
                && tag.contains(&format!("data-look=\"{look}\""))
                && tag.contains(&format!("r=\"{radius}\""))
        };
        html.split_inclusive('>').position(is_dot)
    };
    let (below, above) = (dot("second", "4.5"), dot("main", "2.5"));
    assert!(below.is_some() && above.is_some(), "{html}");
    // Drawn first, and larger than what lies on it.
    assert!(below < above, "{html}");
}

#[test]
fn the_way_to_a_file_is_offered_only_to_those_who_may_take_it() {
    assert!(!page(Lang::En, &insight(), None).contains("chart-csv"));
    let csv = |of: &str| format!("/csv?of={of}");
    let html = page(Lang::En, &insight(), Some(&csv));
    for of in [
        "cancellations",
        "reasons",
        "refunds",
        "arrival_days",
        "channels",
        "support",
        "ratings",
        "cases",
        "complaints",
        "decisions",
    ] {
        assert!(html.contains(&format!("href=\"/csv?of={of}\"")), "{of}");
    }
}

#[test]
fn a_period_without_anything_says_so_once() {
    let mut nothing = insight();
    nothing.cancellations.total.placed = 0;
    nothing.refunds.total.made = 0;
    nothing.support.total.begun = 0;
    nothing.cases.total.opened = 0;
    nothing.complaints.total.opened = 0;
    let html = page(Lang::En, &nothing, None);
    assert!(html.contains("There were no orders in this period."));
    assert!(!html.contains("<svg"));
}

#[test]
fn the_tools_name_what_is_shown_and_lead_to_the_rest() {
    let shops = ["tepai", "wanfu"].map(|id| Shop {
        id: id.into(),
        name: id.to_uppercase(),
    });
    let tools = |shops: &[Shop]| {
        Owner::new().with(|| {
            let query = Memo::new(|_| InsightQuery {
                span: Span::Last(7),
                shop: Some("wanfu".into()),
            });
            let view = tools_view(Lang::En, query, shops, Callback::new(|_| ()));
            view.into_view().to_html()
        })
    };
    let html = tools(&shops);
    assert!(
        html.contains("href=\"/staff/insight?days=90&amp;shop=wanfu\""),
        "{html}"
    );
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
    assert!(html.contains("value=\"wanfu\" selected>WANFU"), "{html}");
    assert!(
        !tools(&shops[..1]).contains("<select"),
        "one shop is no choice"
    );
}
