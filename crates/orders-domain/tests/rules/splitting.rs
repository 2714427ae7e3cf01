//! Parts of an order add up, whatever the order of the parts.

use orders_domain::*;
use proptest::prelude::*;

use crate::sample::*;

/// A line: price, quantity, whether it is physical.
type Goods = (i64, u32, bool);

fn paid_order(
    goods: &[Goods],
    reductions: [i64; 3],
    points: i64,
    freight: i64,
    cuts: &[i64],
) -> Order {
    let mut order = order(OrderState::Unpacked, "physical");
    let model = order.body.lines[0].clone();
    order.body.lines.clear();
    for (index, (price, quantity, physical)) in goods.iter().enumerate() {
        let mut line = model.clone();
        line.id = LineId(format!("l{index}"));
        (line.unit_price, line.quantity) = (*price, *quantity);
        line.kind = if *physical {
            LineKind::Physical
        } else {
            LineKind::Digital
        };
        order.body.lines.push(line);
    }
    let amounts = &mut order.body.amounts;
    amounts.goods = goods
        .iter()
        .map(|(price, quantity, _)| price * i64::from(*quantity))
        .sum();
    // Each takes off what it can of what is left.
    let mut total = amounts.goods + freight;
    let mut take_off = |wanted: i64| {
        let taken = wanted.min(total);
        total -= taken;
        taken
    };
    amounts.discount = take_off(reductions[0]);
    amounts.coupon = take_off(reductions[1]);
    amounts.points_value = take_off(reductions[2]);
    (amounts.points, amounts.freight, amounts.total) = (points, freight, total);

    let weights: Vec<i64> = cuts.to_vec();
    let channels = [
        Channel::WechatPay,
        Channel::BankCard,
        Channel::Points,
        Channel::WechatPay,
    ];
    order.body.payments = apportion(total, &weights)
        .into_iter()
        .zip(channels)
        .filter(|(amount, _)| *amount > 0)
        .map(|(amount, channel)| payment(channel, amount))
        .collect();
    assert_eq!(order.check(), Ok(()));
    order
}

/// Cancels step by step and checks each step, and everything at the end.
fn cancel_in_steps(order: &Order, steps: &[Vec<LineQuantity>]) {
    let tepai = policy("tepai");
    let mut order = order.clone();
    let mut points_back = 0;
    for lines in steps {
        let quote = order.quote(tepai, calendar(), Some(lines), now()).unwrap();
        assert!(quote.refunds.iter().all(|refund| refund.amount.amount > 0));
        for item in &quote.restored {
            if let GiveBackItem::Points { points } = item {
                assert!(*points > 0);
                points_back += points;
            }
        }
        let change = cancel(&order, tepai, Some(lines.clone()));
        let outbox = &change.effects.outbox;
        let made = |refund: &Refund| OutboxMessage::MakeRefund {
            refund: refund.id.clone(),
        };
        assert!(
            change
                .effects
                .refunds
                .iter()
                .all(|refund| outbox.contains(&made(refund)))
        );
        order = change.order;
        for channel in Channel::ALL {
            assert!(refunded(&order, channel) <= paid(&order, channel));
        }
    }
    assert_eq!(order.state, OrderState::Cancelled);
    assert_eq!(points_back, order.body.amounts.points);
    for channel in Channel::ALL {
        assert_eq!(refunded(&order, channel), paid(&order, channel));
    }
    let total: i64 = order
        .refunds
        .iter()
        .map(|refund| refund.amount.amount)
        .sum();
    assert_eq!(total, order.body.amounts.total);
}

fn refunded(order: &Order, channel: Channel) -> i64 {
    let refunds = order
        .refunds
        .iter()
        .filter(|refund| refund.channel == channel);
    refunds.map(|refund| refund.amount.amount).sum()
}

fn paid(order: &Order, channel: Channel) -> i64 {
    let payments = order
        .body
        .payments
        .iter()
        .filter(|payment| payment.channel == channel);
    payments.map(|payment| payment.amount).sum()
}

/// Every single piece of the order, in an order made from `seed`, in groups of up to `group`.
fn steps(goods: &[Goods], seed: u64, group: usize) -> Vec<Vec<LineQuantity>> {
    let mut pieces: Vec<LineQuantity> = Vec::new();
    for (index, (_, quantity, _)) in goods.iter().enumerate() {
        pieces.extend((0..*quantity).map(|_| some(&format!("l{index}"), 1)));
    }
    let mut state = seed | 1;
    for index in (1..pieces.len()).rev() {
        // A xorshift is random enough to shuffle with.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        pieces.swap(
            index,
            usize::try_from(state % 1_000_003).unwrap() % (index + 1),
        );
    }
    pieces.chunks(group).map(<[LineQuantity]>::to_vec).collect()
}

fn goods(highest_price: i64) -> impl Strategy<Value = Vec<Goods>> {
    prop::collection::vec((0..=highest_price, 1..=5u32, any::<bool>()), 1..=6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn parts_in_any_order_add_up_to_what_was_paid(
        goods in goods(5_000),
        reductions in [0..=6_000i64, 0..=6_000i64, 0..=6_000i64],
        points in 0..=1_000i64,
        freight in 0..=2_000i64,
        cuts in prop::collection::vec(0..=10i64, 1..=4),
        seed in any::<u64>(),
        group in 1..=4usize,
    ) {
        let order = paid_order(&goods, reductions, points, freight, &cuts);
        cancel_in_steps(&order, &steps(&goods, seed, group));
    }

    #[test]
    fn tiny_amounts_add_up_too(
        goods in goods(3),
        reductions in [0..=3i64, 0..=3i64, 0..=3i64],
        points in 0..=3i64,
        freight in 0..=3i64,
        cuts in prop::collection::vec(0..=3i64, 1..=4),
        seed in any::<u64>(),
        group in 1..=4usize,
    ) {
        let order = paid_order(&goods, reductions, points, freight, &cuts);
        cancel_in_steps(&order, &steps(&goods, seed, group));
    }

    #[test]
    fn enormous_amounts_do_not_overflow(
        goods in goods(i64::MAX / 64),
        reductions in [0..=i64::MAX / 64, 0..=i64::MAX / 64, 0..=i64::MAX / 64],
        points in 0..=i64::MAX,
        freight in 0..=i64::MAX / 64,
        cuts in prop::collection::vec(0..=i64::MAX, 1..=4),
        seed in any::<u64>(),
        group in 1..=4usize,
    ) {
        let order = paid_order(&goods, reductions, points, freight, &cuts);
        cancel_in_steps(&order, &steps(&goods, seed, group));
    }
}

#[test]
fn the_largest_quantity_and_the_largest_price_are_split_too() {
    let most = u32::MAX;
    let price = i64::MAX / i64::from(most);
    let order = paid_order(&[(price, most, true)], [1, 1, 1], i64::MAX, 0, &[1, 1]);
    cancel_in_steps(
        &order,
        &[
            vec![some("l0", 1)],
            vec![some("l0", most - 2)],
            vec![some("l0", 1)],
        ],
    );
    let order = paid_order(&[(i64::MAX, 1, true), (0, 1, true)], [0, 0, 1], 7, 0, &[1]);
    cancel_in_steps(&order, &[vec![some("l1", 1)], vec![some("l0", 1)]]);
}

#[test]
fn freight_goes_back_with_the_parcel_and_not_with_what_is_issued() {
    let order = paid_order(
        &[(1_000, 1, true), (1_000, 1, false)],
        [0, 0, 0],
        0,
        600,
        &[1],
    );
    let refund = |lines: &[LineQuantity]| {
        let quote = order
            .quote(policy("tepai"), calendar(), Some(lines), now())
            .unwrap();
        quote.refunds[0].amount.amount
    };
    assert_eq!(refund(&[some("l0", 1)]), 1_600);
    assert_eq!(refund(&[some("l1", 1)]), 1_000);
}

#[test]
fn a_gift_line_is_worth_nothing_and_makes_no_refund() {
    let order = paid_order(&[(1_000, 1, true), (0, 1, true)], [100, 0, 0], 0, 0, &[1]);
    let gift = [some("l1", 1)];
    let quote = order
        .quote(policy("tepai"), calendar(), Some(&gift), now())
        .unwrap();
    assert!(quote.refunds.is_empty());
}
