//! Lin's orders at `tepai`: 33, in every state, with every pending cause, every state of a refund, and
//! after-sale cases.

use chrono::TimeDelta;
use orders_domain::{AddressField, Instant, Order, PendingCause, RefundState};

use super::{
    LIN, addresses, cases, complaints,
    ledger::{Ledger, closed_card, hours, minutes, yuan_off},
    products::{
        BACKPACK, BOARD_GAME, DESK_LAMP, ENGRAVED_BOTTLE, HEADPHONES, KEYBOARD, MUG, NOTEBOOK,
        NUT_BOX, RUNNING_SHOES, SCARF, TEA_SET, WATER_BOTTLE,
    },
};
use crate::{
    instant::beijing_day,
    payment::{alipay, bank_card, wechat},
    rules::Rules,
};

/// All of them.
pub(super) fn orders(rules: &Rules, now: Instant) -> Vec<Order> {
    let mut ledger = Ledger::new(rules, now, "tepai", LIN, 1);
    awaiting_payment(&mut ledger, now);
    pending(&mut ledger);
    unpacked(&mut ledger, now);
    partly_cancelled(&mut ledger);
    on_the_way(&mut ledger, now);
    received(&mut ledger, now);
    cancelled_by_the_shopper(&mut ledger, now);
    cancelled_by_others(&mut ledger);
    ledger.close()
}

/// Three, closing in some two, seventeen and twenty-one hours.
fn awaiting_payment(ledger: &mut Ledger<'_>, now: Instant) {
    let soon = ledger
        .placed(ledger.ago(35))
        .with(HEADPHONES.times(1))
        .address(addresses::home())
        .pay_within(hours(3));
    ledger.add(soon.awaiting_payment());
    let with_coupon = ledger
        .placed(ledger.ago(190))
        .with(SCARF.times(1))
        .with(MUG.times(2))
        .with(NOTEBOOK.times(3))
        .discount(20_00)
        .coupon(
            "cp-lin-30",
            yuan_off(30),
            30_00,
            beijing_day(now + TimeDelta::days(21)),
        )
        .freight(8_00)
        .address(addresses::office());
    ledger.add(with_coupon.awaiting_payment());
    let later = ledger
        .placed(ledger.ago(420))
        .with(NUT_BOX.times(1))
        .with(MUG.times(1))
        .freight(8_00)
        .address(addresses::parents());
    ledger.add(later.awaiting_payment());
}

/// Six, two for each cause; each may be cancelled at once.
fn pending(ledger: &mut Ledger<'_>) {
    let lamp = ledger
        .placed(ledger.ago(50))
        .with(DESK_LAMP.times(1))
        .address(addresses::home());
    ledger.add(lamp.pending(PendingCause::NoCourier));
    let split = ledger
        .placed(ledger.at(1, 21, 5))
        .with(SCARF.times(1))
        .with(MUG.times(1))
        .freight(10_00)
        .paid_by(wechat(150_00))
        .paid_by(bank_card(0).rest())
        .address(addresses::parents());
    ledger.add(split.pending(PendingCause::NoCourier));
    let shoes = ledger
        .placed(ledger.ago(25))
        .with(RUNNING_SHOES.times(1))
        .paid_by(alipay(0).rest())
        .address(addresses::home());
    ledger.add(shoes.pending(PendingCause::SystemDelay));
    let notebooks = ledger
        .placed(ledger.at(1, 12, 40))
        .with(NOTEBOOK.times(5))
        .discount(14_40)
        .freight(6_00)
        .address(addresses::office());
    ledger.add(notebooks.pending(PendingCause::SystemDelay));
    let phone = ledger
        .placed(ledger.ago(80))
        .with(TEA_SET.times(1))
        .address(addresses::home_with_a_short_phone());
    ledger.add(phone.missing(&[AddressField::Phone]));
    let street = ledger
        .placed(ledger.at(2, 9, 20))
        .with(BACKPACK.times(1))
        .with(WATER_BOTTLE.times(1))
        .paid_by(alipay(0).rest())
        .address(addresses::without_street());
    ledger.add(street.missing(&[AddressField::Region, AddressField::Street]));
}

/// Eight that are whole: simple ones, a rich one with everything, a coupon that ran out, a product made to order.
fn unpacked(ledger: &mut Ledger<'_>, now: Instant) {
    let mugs = ledger
        .placed(ledger.ago(95))
        .with(MUG.times(2))
        .freight(8_00)
        .paid_by(wechat(0).rest())
        .address(addresses::home());
    ledger.add(mugs);
    let rich = ledger
        .placed(ledger.ago(150))
        .with(TEA_SET.times(1))
        .with(MUG.times(3))
        .with(NUT_BOX.times(2))
        .discount(20_00)
        .coupon(
            "cp-lin-31",
            yuan_off(30),
            30_00,
            beijing_day(now + TimeDelta::days(40)),
        )
        .points(500, 5_00)
        .freight(12_00)
        .paid_by(wechat(200_00))
        .paid_by(bank_card(0).rest())
        .address(addresses::home());
    ledger.add(rich);
    let notebooks = ledger
        .placed(ledger.ago(210))
        .with(NOTEBOOK.times(6))
        .freight(8_00)
        .address(addresses::office());
    ledger.add(notebooks);
    let keyboard = ledger
        .placed(ledger.ago(300))
        .with(KEYBOARD.times(1))
        .paid_by(bank_card(0).rest())
        .address(addresses::office());
    ledger.add(keyboard);
    let expired = ledger
        .placed(ledger.at(1, 19, 30))
        .with(WATER_BOTTLE.times(2))
        .with(SCARF.times(1))
        .coupon(
            "cp-lin-18",
            yuan_off(25),
            25_00,
            beijing_day(now - TimeDelta::days(1)),
        )
        .address(addresses::home());
    ledger.add(expired);
    let engraved = ledger
        .placed(ledger.at(1, 10, 15))
        .with(ENGRAVED_BOTTLE.times(1).custom())
        .paid_by(alipay(0).rest())
        .address(addresses::parents());
    ledger.add(engraved);
    let lamp = ledger
        .placed(ledger.at(1, 15, 2))
        .with(DESK_LAMP.times(1))
        .paid_by(alipay(0).rest())
        .address(addresses::home());
    ledger.add(lamp);
    let split = ledger
        .placed(ledger.at(1, 8, 50))
        .with(NUT_BOX.times(3))
        .with(HEADPHONES.times(1))
        .discount(33_33)
        .paid_by(alipay(500_00))
        .paid_by(bank_card(0).rest())
        .address(addresses::parents());
    ledger.add(split);
}

/// One: the backpack is out, the shoes remain.
fn partly_cancelled(ledger: &mut Ledger<'_>) {
    let placed = ledger.at(2, 20, 45);
    let order = ledger
        .placed(placed)
        .with(BACKPACK.times(1))
        .with(RUNNING_SHOES.times(1))
        .discount(40_00)
        .freight(10_00)
        .address(addresses::home());
    ledger.add_told(order, |tale| {
        tale.partly_cancelled(placed + hours(2), "wrong_quantity_or_spec", &[("L1", 1)])
    });
}

/// One in the warehouse's hands, one with the courier, one signed for of which parts go back.
fn on_the_way(ledger: &mut Ledger<'_>, now: Instant) {
    let mugs = ledger
        .placed(ledger.at(2, 17, 50))
        .with(MUG.times(4))
        .freight(8_00)
        .address(addresses::office());
    ledger.add(mugs.packing());
    let shoes = ledger
        .placed(ledger.at(3, 20, 10))
        .with(RUNNING_SHOES.times(1))
        .paid_by(alipay(0).rest())
        .address(addresses::home())
        .parcel("顺丰速运", "SF1380000040301");
    ledger.add(shoes.shipped());
    let presents = ledger
        .placed(ledger.at(8, 11, 25))
        .with(SCARF.times(2))
        .with(cases::in_parts(TEA_SET.times(1)))
        .with(NUT_BOX.times(1))
        .points(1_200, 12_00)
        .address(addresses::parents());
    ledger.add_told(presents.delivered(), |tale| cases::going_back(tale, now));
}

/// Two signed for: one with an open case, one of which the time to ask is over but for a fault. Three of the past, with
/// a case that was refunded, one that was dismissed, and one that was withdrawn.
fn received(ledger: &mut Ledger<'_>, now: Instant) {
    let lamp = ledger
        .placed(ledger.at(8, 13, 12))
        .with(DESK_LAMP.times(2))
        .freight(12_00)
        .address(addresses::home());
    ledger.add_told(lamp.delivered(), |tale| cases::waiting(tale, now));
    let bottle = ledger
        .placed(ledger.at(14, 22, 31))
        .with(WATER_BOTTLE.times(1))
        .with(BOARD_GAME.times(1))
        .paid_by(bank_card(0).rest())
        .address(addresses::office());
    ledger.add_told(bottle.delivered(), |tale| complaints::answered(tale, now));
    let placed = ledger.at(58, 19, 44);
    let tea = ledger
        .placed(placed)
        .with(TEA_SET.times(1))
        .with(MUG.times(2))
        .discount(30_00)
        .address(addresses::parents());
    ledger.add_told(tea.delivered(), |tale| cases::returned(tale, placed));
    let placed = ledger.at(190, 9, 3);
    let notebooks = ledger
        .placed(placed)
        .with(NOTEBOOK.times(10))
        .freight(8_00)
        .paid_by(alipay(0).rest())
        .address(addresses::office());
    ledger.add_told(notebooks.delivered(), |tale| {
        complaints::disputed(cases::dismissed(tale, placed), now)
    });
    let placed = ledger.at(402, 20, 18);
    let scarf = ledger
        .placed(placed)
        .with(SCARF.times(1))
        .address(addresses::home());
    ledger.add_told(scarf.delivered(), |tale| cases::kept(tale, placed));
}

/// Four: a refund made ready, one sent, one that arrived in two places, one that could not be made.
fn cancelled_by_the_shopper(ledger: &mut Ledger<'_>, now: Instant) {
    let placed = ledger.at(1, 20, 10);
    let order = ledger
        .placed(placed)
        .with(RUNNING_SHOES.times(1))
        .with(WATER_BOTTLE.times(1))
        .coupon(
            "cp-lin-27",
            yuan_off(40),
            40_00,
            beijing_day(now + TimeDelta::days(9)),
        )
        .points(800, 8_00)
        .address(addresses::home());
    ledger.add_told(order, |tale| {
        tale.cancelled(placed + hours(2), "changed_mind")
    });

    let placed = ledger.at(4, 16, 37);
    let order = ledger
        .placed(placed)
        .with(NUT_BOX.times(2))
        .paid_by(alipay(0).rest())
        .address(addresses::parents())
        .pending(PendingCause::NoCourier);
    ledger.add_told(order, |tale| {
        tale.cancelled(placed + hours(5), "too_slow")
            .refunds_come_to(RefundState::Sent, placed + hours(41), hours(24))
    });

    let placed = ledger.at(85, 12, 26);
    let order = ledger
        .placed(placed)
        .with(HEADPHONES.times(1))
        .with(MUG.times(1))
        .freight(8_00)
        .paid_by(wechat(300_00))
        .paid_by(bank_card(0).rest())
        .address(addresses::office());
    ledger.add_told(order, |tale| {
        tale.cancelled_with_note(placed + hours(1), "other", "朋友送了一副同款耳机")
            .refunds_come_to(RefundState::Arrived, placed + hours(40), hours(100))
    });

    let placed = ledger.at(16, 18, 55);
    let order = ledger
        .placed(placed)
        .with(KEYBOARD.times(1))
        .paid_by(bank_card(0).rest().from_account(closed_card()))
        .address(addresses::office());
    ledger.add_told(order, |tale| {
        tale.cancelled(placed + minutes(95), "found_cheaper")
            .refunds_come_to(RefundState::Failed, placed + hours(30), hours(70))
    });
}

/// Three: by the seller, by nobody paying, and paid too late.
fn cancelled_by_others(ledger: &mut Ledger<'_>) {
    let placed = ledger.at(8, 21, 48);
    let order = ledger
        .placed(placed)
        .with(SCARF.times(1))
        .with(MUG.times(3))
        .discount(17_00)
        .address(addresses::home());
    ledger.add_told(order, |tale| {
        tale.seller_cancelled(
            placed + hours(13),
            "out_of_stock",
            "燕麦色围巾盘点后缺货，非常抱歉",
        )
        .refunds_come_to(RefundState::InClearing, placed + hours(36), hours(60))
    });

    let placed = ledger.at(33, 23, 7);
    let order = ledger
        .placed(placed)
        .with(BOARD_GAME.times(1))
        .address(addresses::home())
        .awaiting_payment();
    ledger.add_told(order, |tale| tale.closed_unpaid(placed + hours(24)));

    let placed = ledger.at(310, 22, 40);
    let order = ledger
        .placed(placed)
        .with(BACKPACK.times(1))
        .freight(8_00)
        .address(addresses::home())
        .awaiting_payment();
    ledger.add_told(order, |tale| {
        tale.closed_unpaid(placed + hours(24))
            .paid(placed + hours(24) + minutes(3), wechat(0))
            .refunds_come_to(RefundState::Arrived, placed + hours(60), hours(90))
    });
}
