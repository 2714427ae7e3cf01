//! The policies and the calendar that the program comes with, read once.

use orders_domain::{Calendar, Policy, PolicyError, ShopId};

/// What the domain's functions ask for besides an order and the time.
#[derive(Clone, Debug)]
pub struct Rules {
    /// One policy for each shop.
    pub policies: Vec<Policy>,
    /// The working days.
    pub calendar: Calendar,
}

impl Rules {
    /// Both built-in policies and every built-in year.
    ///
    /// # Errors
    /// When a built-in file is wrong; a test keeps that from happening.
    pub fn built_in() -> Result<Self, PolicyError> {
        Ok(Self {
            policies: Policy::built_in()
                .iter()
                .map(|(file, text)| Policy::parse(file, text))
                .collect::<Result<_, _>>()?,
            calendar: Calendar::parse(&Calendar::built_in())?,
        })
    }

    /// The policy of `shop`.
    pub fn policy(&self, shop: &ShopId) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.shop == *shop)
    }
}
