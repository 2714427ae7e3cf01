//! Figures to draw.

use orders_api::{
    CancellationFigures, CancelledBy, CaseFigures, Channel, ChannelFigures, ComplaintFigures, Day,
    DecisionFigures, DecisionKind, Insight, InsightCourse, InsightPeriod, InsightPoint,
    InsightStep, KeptFigures, NumberFigure, ReasonFigure, RefundFigures, Shop, SupportFigures,
};

pub fn period(from: &str, to: &str) -> InsightPeriod {
    InsightPeriod {
        from: Day(from.into()),
        to: Day(to.into()),
    }
}

/// A figure for each of three days, made by `of` of its number.
fn course<T>(total: T, before: T, of: impl Fn(u64) -> T) -> InsightCourse<T> {
    let steps = (0..3).map(|number| InsightPoint {
        from: Day(format!("2026-03-{}", 16 + number)),
        to: Day(format!("2026-03-{}", 16 + number)),
        figures: of(number),
    });
    InsightCourse {
        total,
        before,
        steps: steps.collect(),
    }
}

fn kept(on_time: u64, late: u64) -> KeptFigures {
    KeptFigures {
        on_time,
        late,
        open: 1,
        overdue: 0,
        rate: Some(on_time * 1_000 / (on_time + late).max(1)),
    }
}

/// Three days in March.
pub fn insight() -> Insight {
    let orders = |placed: u64, by_shopper: u64, by_seller: u64| CancellationFigures {
        placed,
        cancelled: by_shopper + by_seller,
        rate: ((by_shopper + by_seller) * 1_000).checked_div(placed),
        by_shopper,
        by_seller,
        ..CancellationFigures::default()
    };
    let refunds = |made: u64, median| RefundFigures {
        made,
        failed: 0,
        started: kept(made, 0),
        arrived: kept(made.saturating_sub(1), 0),
        arrival_median: median,
        arrival_p90: median,
        start_median: Some(1),
        start_p90: Some(2),
    };
    let support = |begun, median: Option<i64>| SupportFigures {
        begun,
        in_hours: begun,
        answered: begun,
        answer_median: median,
        answer_p90: median.map(|median| median * 3),
        rated: begun,
        rating: Some(46),
        ..SupportFigures::default()
    };
    let cases = |opened| CaseFigures {
        opened,
        granted: opened,
        merchant_late: 1,
        ..CaseFigures::default()
    };
    let complaints = |opened| ComplaintFigures {
        opened,
        resolved: opened,
        ..ComplaintFigures::default()
    };
    let number = |number, count| NumberFigure { number, count };
    Insight {
        period: period("2026-03-16", "2026-03-18"),
        before: period("2026-03-13", "2026-03-15"),
        step: InsightStep::Day,
        shops: vec![Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        }],
        cancellations: course(orders(30, 3, 2), orders(40, 2, 0), |n| orders(10, n, n % 2)),
        reasons: vec![
            ReasonFigure {
                code: "changed_mind".into(),
                label: "不想要了".into(),
                by: CancelledBy::Shopper,
                count: 3,
                before: 2,
            },
            ReasonFigure {
                code: "out_of_stock".into(),
                label: "商品缺货".into(),
                by: CancelledBy::Seller,
                count: 2,
                before: 0,
            },
            ReasonFigure {
                code: "price_change".into(),
                label: "价格变动".into(),
                by: CancelledBy::Seller,
                count: 0,
                before: 1,
            },
        ],
        refunds: course(refunds(5, Some(4)), refunds(2, None), |n| {
            refunds(n, Some(4))
        }),
        refunds_by_channel: vec![ChannelFigures {
            channel: Channel::WechatPay,
            figures: refunds(5, Some(4)),
        }],
        arrival_days: vec![number(0, 0), number(1, 3), number(2, 1)],
        support: course(support(6, Some(150)), support(6, Some(150)), |n| {
            support(n, (n != 1).then_some(5))
        }),
        ratings: (1..=5).map(|note| number(note, 1)).collect(),
        cases: course(cases(2), cases(0), cases),
        complaints: course(complaints(3), complaints(0), complaints),
        decisions: DecisionKind::ALL
            .map(|kind| DecisionFigures {
                kind,
                opened: 4,
                decided: 2,
                waiting: 1,
                ended: 1,
                median: Some(45),
                p90: Some(300),
                median_before: None,
            })
            .into(),
    }
}
