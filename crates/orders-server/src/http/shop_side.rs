//! Who decides for the shop: its systems, which say who of the staff it was, or one of the staff in the console.

use orders_domain::{OrderId, StaffId};
use orders_store::Selector;

use super::staff::Staff;

/// Who acts for the shop.
#[derive(Clone, Copy, Debug)]
pub enum ShopSide<'a> {
    /// Its systems, with the integration key, for this one of the staff.
    Systems(&'a str),
    /// One of the staff, who is logged in.
    Console(&'a Staff),
}

impl ShopSide<'_> {
    /// Who of the staff it is: what is on record.
    pub fn staff(&self) -> &str {
        match self {
            Self::Systems(staff) => staff,
            Self::Console(staff) => staff.id().as_str(),
        }
    }

    /// The name under which idempotency keys are kept.
    pub fn caller(&self) -> String {
        match self {
            Self::Systems(_) => "integration".to_owned(),
            Self::Console(staff) => staff.caller(),
        }
    }

    /// Names an order, to change it.
    pub fn order_named(&self, order: OrderId) -> Selector {
        match self {
            Self::Systems(staff) => Selector::ByShop {
                order,
                staff: Some(StaffId::from(*staff)),
            },
            Self::Console(staff) => staff.order_named(&order),
        }
    }
}
