//! What a fresh installation shows: two shops, three shoppers, and orders in every situation that the rules know.

mod addresses;
mod bulk;
mod cases;
mod complaints;
mod ledger;
mod lin_tepai;
mod lin_wanfu;
mod photos;
pub mod products;
mod replies;
mod talks;
mod zhao;

use orders_domain::{Instant, Order, Role, ShopperId, StaffMember};

use crate::rules::Rules;

pub use photos::{DemoPhoto, photos};
pub use replies::{DemoReply, REPLIES};
pub use talks::{DemoDesk, DemoNote, DemoTalk};

pub(crate) use bulk::Bulk;

/// The password of every demo shopper (CONTRACT, "Demo log-ins").
pub const PASSWORD: &str = "demo-Order-2026";

/// The password of everybody of the demo's staff.
pub const STAFF_PASSWORD: &str = "demo-Staff-2026";

/// What everybody of the demo's staff has in their authenticator app, in Base32.
pub const STAFF_SECRET: &str = "JBSWY3DPEHPK3PXP";

/// How many orders `many@example.com` has.
pub const MANY: usize = 10_000;

/// The shops that the demo's orders were placed in.
pub const SHOPS: [&str; 2] = ["tepai", "wanfu"];

const LIN: &str = "shopper_lin";
const ZHAO: &str = "shopper_zhao";
const MANY_ID: &str = "shopper_many";

/// Somebody to log in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoShopper {
    /// Opaque.
    pub id: ShopperId,
    /// What to call them.
    pub display_name: &'static str,
    /// The same name in English.
    pub english_name: &'static str,
    /// What may be typed as log-in: e-mail addresses and telephone numbers.
    pub logins: &'static [&'static str],
}

/// The demo shoppers (CONTRACT, "Demo log-ins").
pub fn shoppers() -> Vec<DemoShopper> {
    vec![
        DemoShopper {
            id: LIN.into(),
            display_name: "林小满",
            english_name: "Lin Xiaoman",
            logins: &["lin@example.com", "13800000001"],
        },
        DemoShopper {
            id: ZHAO.into(),
            display_name: "赵一宁",
            english_name: "Zhao Yining",
            logins: &["zhao@example.com"],
        },
        DemoShopper {
            id: MANY_ID.into(),
            display_name: "万单单",
            english_name: "Wan Dandan",
            logins: &["many@example.com"],
        },
    ]
}

/// The demo's staff: one of each role, for both shops.
pub fn staff() -> Vec<StaffMember> {
    [
        ("wang", "王静", Role::Agent),
        ("zhou", "周敏", Role::Supervisor),
        ("admin", "管理员", Role::Admin),
    ]
    .map(|(id, name, role)| StaffMember {
        id: id.into(),
        name: name.to_owned(),
        role,
        shops: Vec::new(),
    })
    .into()
}

/// Every demo order, as of `now`: those of Lin, of Zhao, and the ten thousand, which are made while they are asked for.
/// Nothing in them lies after `now`, but for the time that unpaid ones have left. No orders when the built-in
/// policies cannot be read, which a test rules out.
pub fn orders(now: Instant) -> impl Iterator<Item = Order> {
    let mut few = orders_of_lin(now);
    few.extend(orders_of_zhao(now));
    few.into_iter().chain(orders_of_many(now))
}

/// Lin's sixty orders: every state in both shops, and every special case.
pub fn orders_of_lin(now: Instant) -> Vec<Order> {
    let Ok(rules) = Rules::built_in() else {
        return Vec::new();
    };
    let mut orders = lin_tepai::orders(&rules, now);
    orders.extend(lin_wanfu::orders(&rules, now));
    orders
}

/// Zhao's eight orders: somebody else's, for everybody else.
pub fn orders_of_zhao(now: Instant) -> Vec<Order> {
    Rules::built_in().map_or_else(|_| Vec::new(), |rules| zhao::orders(&rules, now))
}

/// Zhao's conversations, and what the staff noted and recorded, as of `now`.
pub fn desk(now: Instant) -> DemoDesk {
    Rules::built_in().map_or_else(
        |_| DemoDesk::default(),
        |rules| talks::desk(&rules, &zhao::orders(&rules, now), now),
    )
}

/// The ten thousand orders of `many@example.com`, newest first.
pub fn orders_of_many(now: Instant) -> impl Iterator<Item = Order> {
    Bulk::new(now).into_iter().flat_map(|bulk| {
        (0..MANY).map(move |index| bulk.order(MANY_ID, index, MANY, 1_001 + index as u64))
    })
}
