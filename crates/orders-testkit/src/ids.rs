//! Identifiers from a counter: stable, unique, and opaque to look at.

use chrono::Datelike;
use orders_domain::{ExternalId, Instant, OrderId, ShopId};

use crate::instant::beijing_day;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// `ord_` and eight signs. Counters below 2^40 never meet: an odd factor permutes the numbers modulo a power of two.
pub(crate) fn order_id(counter: u64) -> OrderId {
    let mut rest = (counter.wrapping_mul(0x9E_3779_B97F) ^ 0x5A_C396_E1B4) & 0xFF_FFFF_FFFF;
    let mut text = String::from("ord_");
    for _ in 0..8 {
        text.push(char::from(DIGITS[(rest & 31) as usize]));
        rest >>= 5;
    }
    OrderId(text)
}

/// The shop's own id: `tp-100001`, `wf-100002`.
pub(crate) fn external_id(shop: &ShopId, counter: u64) -> ExternalId {
    let prefix = match shop.as_str() {
        "tepai" => "tp",
        "wanfu" => "wf",
        other => other,
    };
    ExternalId(format!("{prefix}-{}", 100_000 + counter))
}

/// The number that people use: the shop's letter, the day, seven digits. Unique below ten million counters.
pub(crate) fn number(shop: &ShopId, counter: u64, placed_at: Instant) -> String {
    let letter = match shop.as_str() {
        "wanfu" => 'W',
        _ => 'T',
    };
    let serial = (counter * 7_919 + 1_234) % 10_000_000;
    let day = beijing_day(placed_at);
    format!(
        "{letter}{:04}{:02}{:02}{serial:07}",
        day.year(),
        day.month(),
        day.day()
    )
}
