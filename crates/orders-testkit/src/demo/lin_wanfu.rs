//! Lin's orders at `wanfu`: 27, in every state, with requests in every state, products of every kind, and
//! after-sale cases.

use chrono::TimeDelta;
use orders_domain::{AddressField, Instant, Order, PendingCause, RefundState};

use super::{
    LIN, addresses, cases, complaints,
    ledger::{Ledger, hours, minutes, yuan_off},
    products::{
        BOARD_GAME, BOARD_GAME_PRESALE, GAME_CARD, GAME_PASS, HEADPHONES, KEYBOARD,
        MUSIC_MEMBERSHIP, PHONE_TOPUP, VIDEO_MEMBERSHIP,
    },
};
use crate::{
    instant::beijing_day,
    payment::{alipay, bank_card, wechat},
    rules::Rules,
};

/// All of them.
pub(super) fn orders(rules: &Rules, now: Instant) -> Vec<Order> {
    let mut ledger = Ledger::new(rules, now, "wanfu", LIN, 101);
    awaiting_payment(&mut ledger, now);
    pending(&mut ledger);
    unpacked(&mut ledger);
    locked_or_issued(&mut ledger);
    requested(&mut ledger);
    on_the_way_and_received(&mut ledger, now);
    cancelled(&mut ledger);
    ledger.close()
}

/// Two, both cancelled at once when asked.
fn awaiting_payment(ledger: &mut Ledger<'_>, now: Instant) {
    let cards = ledger
        .placed(ledger.ago(20))
        .with(GAME_CARD.times(2))
        .pay_within(hours(2));
    ledger.add(cards.awaiting_payment());
    let music = ledger
        .placed(ledger.ago(140))
        .with(MUSIC_MEMBERSHIP.times(1))
        .coupon(
            "cp-lin-w5",
            yuan_off(10),
            10_00,
            beijing_day(now + TimeDelta::days(3)),
        )
        .pay_within(hours(12));
    ledger.add(music.awaiting_payment());
}

/// Three, one for each cause; the keyboard is one-tap.
fn pending(ledger: &mut Ledger<'_>) {
    let card = ledger.placed(ledger.ago(40)).with(GAME_CARD.times(1));
    ledger.add(card.pending(PendingCause::SystemDelay));
    let game = ledger
        .placed(ledger.ago(260))
        .with(BOARD_GAME.times(1))
        .freight(10_00)
        .paid_by(alipay(0).rest())
        .address(addresses::home_with_a_short_phone());
    ledger.add(game.missing(&[AddressField::Phone]));
    let keyboard = ledger
        .placed(ledger.at(1, 18, 10))
        .with(KEYBOARD.times(1).one_tap())
        .address(addresses::office());
    ledger.add(keyboard.pending(PendingCause::NoCourier));
}

/// Five that staff decide on, then one that is one-tap.
fn unpacked(ledger: &mut Ledger<'_>) {
    let cards = ledger.placed(ledger.ago(85)).with(GAME_CARD.times(3));
    ledger.add(cards);
    let topup = ledger
        .placed(ledger.ago(130))
        .with(PHONE_TOPUP.times(1))
        .paid_by(alipay(0).rest());
    ledger.add(topup);
    let memberships = ledger
        .placed(ledger.ago(240))
        .with(VIDEO_MEMBERSHIP.times(1))
        .with(MUSIC_MEMBERSHIP.times(1))
        .discount(9_90)
        .paid_by(wechat(80_00))
        .paid_by(bank_card(0).rest());
    ledger.add(memberships);
    let game = ledger
        .placed(ledger.at(1, 20, 20))
        .with(BOARD_GAME.times(2))
        .freight(10_00)
        .paid_by(bank_card(0).rest())
        .address(addresses::home());
    ledger.add(game);
    let video = ledger
        .placed(ledger.ago(115))
        .with(VIDEO_MEMBERSHIP.times(1))
        .points(300, 3_00)
        .paid_by(alipay(0).rest());
    ledger.add(video);
    let one_tap = ledger
        .placed(ledger.ago(100))
        .with(GAME_PASS.times(2).one_tap());
    ledger.add(one_tap);
}

/// Three of which a line says no: presale, made to order beside a plain line, issued beside a parcel.
fn locked_or_issued(ledger: &mut Ledger<'_>) {
    let presale = ledger
        .placed(ledger.at(6, 10, 0))
        .with(BOARD_GAME_PRESALE.times(1).presale())
        .paid_by(bank_card(0).rest())
        .address(addresses::home());
    ledger.add(presale);
    let custom = ledger
        .placed(ledger.at(2, 21, 16))
        .with(KEYBOARD.times(1).custom())
        .with(HEADPHONES.times(1))
        .discount(60_00)
        .paid_by(alipay(0).rest())
        .address(addresses::office());
    ledger.add(custom);
    let issued = ledger
        .placed(ledger.at(1, 16, 30))
        .with(GAME_CARD.times(1).issued())
        .with(BOARD_GAME.times(1))
        .freight(10_00)
        .address(addresses::home());
    ledger.add(issued);
}

/// Three requests: open, declined, withdrawn.
fn requested(ledger: &mut Ledger<'_>) {
    let placed = ledger.ago(400);
    let open = ledger.placed(placed).with(GAME_CARD.times(5));
    ledger.add_told(open, |tale| {
        tale.cancelled(placed + minutes(90), "wrong_account_or_zone")
    });

    let placed = ledger.at(2, 11, 4);
    let declined = ledger.placed(placed).with(PHONE_TOPUP.times(2));
    ledger.add_told(declined, |tale| {
        tale.cancelled(placed + minutes(70), "changed_mind")
            .request_declined(placed + hours(4), "运营商已受理充值，无法撤回")
    });

    let placed = ledger.ago(440);
    let withdrawn = ledger
        .placed(placed)
        .with(VIDEO_MEMBERSHIP.times(2))
        .paid_by(alipay(0).rest());
    ledger.add_told(withdrawn, |tale| {
        tale.cancelled(placed + minutes(75), "found_cheaper")
            .withdrawn(placed + minutes(110))
    });
}

/// One being packed, one with the courier; two received, with a case that was rejected and one that is with staff; one of
/// the past, refunded because nobody answered.
fn on_the_way_and_received(ledger: &mut Ledger<'_>, now: Instant) {
    let headphones = ledger
        .placed(ledger.at(2, 19, 22))
        .with(HEADPHONES.times(1))
        .address(addresses::office());
    ledger.add(headphones.packing());
    let game = ledger
        .placed(ledger.at(3, 14, 51))
        .with(BOARD_GAME.times(1))
        .with(KEYBOARD.times(1))
        .freight(10_00)
        .paid_by(bank_card(0).rest())
        .address(addresses::home());
    ledger.add(game.shipped());
    let placed = ledger.at(5, 22, 9);
    let pass = ledger
        .placed(placed)
        .with(GAME_PASS.times(1))
        .with(GAME_CARD.times(1))
        .paid_by(alipay(0).rest());
    ledger.add_told(pass.delivered(), |tale| {
        complaints::received(cases::refused(tale, placed), now)
    });
    // Made to order, issued, and in a case: each line says something else when it is to be returned.
    let keyboard = ledger
        .placed(ledger.at(9, 17, 33))
        .with(KEYBOARD.times(1).custom())
        .with(GAME_CARD.times(1))
        .with(BOARD_GAME.times(1))
        .address(addresses::parents());
    ledger.add_told(keyboard.delivered(), |tale| cases::with_staff(tale, now));
    let placed = ledger.at(124, 8, 47);
    let topup = ledger.placed(placed).with(PHONE_TOPUP.times(1));
    ledger.add_told(topup.delivered(), |tale| {
        cases::won_by_silence(tale, placed)
    });
}

/// Five ends: unpaid, by staff, by time, by one tap, by the seller.
fn cancelled(ledger: &mut Ledger<'_>) {
    let placed = ledger.at(2, 13, 19);
    let unpaid = ledger
        .placed(placed)
        .with(MUSIC_MEMBERSHIP.times(1))
        .awaiting_payment();
    ledger.add_told(unpaid, |tale| {
        tale.cancelled(placed + minutes(12), "ordered_by_mistake")
    });

    let placed = ledger.at(47, 20, 2);
    let granted = ledger
        .placed(placed)
        .with(GAME_CARD.times(4))
        .points(600, 6_00)
        .paid_by(alipay(0).rest());
    ledger.add_told(granted, |tale| {
        tale.cancelled(placed + minutes(80), "wrong_account_or_zone")
            .request_granted(placed + hours(3))
            .refunds_come_to(RefundState::Arrived, placed + hours(15), hours(24))
    });

    let placed = ledger.at(268, 23, 30);
    let timeout = ledger
        .placed(placed)
        .with(VIDEO_MEMBERSHIP.times(1))
        .pay_within(hours(2))
        .awaiting_payment();
    ledger.add_told(timeout, |tale| tale.closed_unpaid(placed + hours(2)));

    let placed = ledger.at(3, 12, 12);
    let one_tap = ledger
        .placed(placed)
        .with(GAME_PASS.times(3).one_tap())
        .paid_by(wechat(0).rest());
    ledger.add_told(one_tap, |tale| {
        tale.cancelled(placed + minutes(74), "changed_mind")
            .refunds_come_to(RefundState::Sent, placed + hours(20), hours(24))
    });

    let placed = ledger.at(5, 9, 41);
    let seller = ledger
        .placed(placed)
        .with(KEYBOARD.times(1))
        .with(BOARD_GAME.times(1))
        .paid_by(bank_card(0).rest())
        .address(addresses::home());
    ledger.add_told(seller, |tale| {
        tale.seller_cancelled(
            placed + hours(6),
            "price_change",
            "供货价调整，无法按原价发出",
        )
        .refunds_come_to(RefundState::InClearing, placed + hours(26), hours(24))
    });
}
