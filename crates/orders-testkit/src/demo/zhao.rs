//! Zhao's orders: eight, the common cases, so that a foreign order is there to be denied.

use orders_domain::{Instant, Order, PendingCause, RefundState};

use super::{
    ZHAO, addresses,
    ledger::{Ledger, hours},
    products::{
        BACKPACK, DESK_LAMP, GAME_CARD, MUG, NOTEBOOK, PHONE_TOPUP, RUNNING_SHOES, TEA_SET,
    },
};
use crate::{
    payment::{alipay, bank_card},
    rules::Rules,
};

/// All of them.
pub(super) fn orders(rules: &Rules, now: Instant) -> Vec<Order> {
    let mut tepai = Ledger::new(rules, now, "tepai", ZHAO, 201);
    let awaiting = tepai
        .placed(tepai.ago(55))
        .with(TEA_SET.times(1))
        .address(addresses::zhao());
    tepai.add(awaiting.awaiting_payment());
    let pending = tepai
        .placed(tepai.ago(130))
        .with(MUG.times(2))
        .address(addresses::zhao());
    tepai.add(pending.pending(PendingCause::SystemDelay));
    let unpacked = tepai
        .placed(tepai.at(1, 21, 14))
        .with(BACKPACK.times(1))
        .with(NOTEBOOK.times(2))
        .freight(8_00)
        .paid_by(alipay(0).rest())
        .address(addresses::zhao());
    tepai.add(unpacked);
    let shipped = tepai
        .placed(tepai.at(4, 10, 58))
        .with(RUNNING_SHOES.times(1))
        .address(addresses::zhao());
    tepai.add(shipped.shipped());
    let completed = tepai
        .placed(tepai.at(141, 19, 9))
        .with(MUG.times(6))
        .paid_by(bank_card(0).rest())
        .address(addresses::zhao());
    tepai.add(completed.completed());
    let placed = tepai.at(36, 12, 3);
    let cancelled = tepai
        .placed(placed)
        .with(DESK_LAMP.times(1))
        .address(addresses::zhao());
    tepai.add_told(cancelled, |tale| {
        tale.cancelled(placed + hours(2), "ordered_by_mistake")
            .refunds_come_to(RefundState::Arrived, placed + hours(30), hours(90))
    });

    let mut wanfu = Ledger::new(rules, now, "wanfu", ZHAO, 301);
    let unpacked = wanfu.placed(wanfu.ago(90)).with(GAME_CARD.times(1));
    wanfu.add(unpacked);
    let delivered = wanfu.placed(wanfu.at(7, 18, 26)).with(PHONE_TOPUP.times(1));
    wanfu.add(delivered.delivered());

    let mut orders = tepai.close();
    orders.extend(wanfu.close());
    orders
}
