//! Identifiers: opaque strings, one type each, so that one cannot be passed for another.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as it is written on the wire and in the database.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// An order, as Tepai knows it.
    OrderId
}
id! {
    /// An order, as the shop knows it: the id that integration calls use. Unique over all shops.
    ExternalId
}
id! {
    /// A line of an order, unique within the order.
    LineId
}
id! {
    /// A refund; also the number that is sent to the payment provider, the same on every retry.
    RefundId
}
id! {
    /// A photo or video of an after-sale case.
    EvidenceId
}
id! {
    /// A shopper.
    ShopperId
}
id! {
    /// Somebody of the shop's staff: the id that is on record with what they do.
    StaffId
}
id! {
    /// A conversation of a shopper with the shop.
    ConversationId
}
id! {
    /// A shop; also the name of its policy file.
    ShopId
}
id! {
    /// A payment provider's account of the shops, as the payments file names it.
    ProviderId
}

impl ProviderId {
    /// The sandbox for demo data, where no money moves.
    pub const SANDBOX: &'static str = "sandbox";

    /// Whether it is the sandbox.
    pub fn is_sandbox(&self) -> bool {
        self.0 == Self::SANDBOX
    }
}
