//! The ledger of a simulated provider.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// What becomes of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Arrives,
    /// It turns out not to be possible.
    Abnormal,
    /// Its card is closed.
    Closed,
}

/// A refund in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The provider's id of it.
    pub reference: String,
    /// The payment, as the merchant names it.
    pub payment: String,
    /// Fen.
    pub amount: i64,
    /// When it was accepted.
    pub accepted: Instant,
    /// What becomes of it.
    pub fate: Fate,
}

/// All that a simulated provider knows.
#[derive(Debug, Default)]
pub struct Book {
    /// What was paid for each payment, in fen: registered, or taken from the first request that names it.
    pub payments: BTreeMap<String, i64>,
    /// The refunds, by the merchant's number.
    pub refunds: BTreeMap<String, Entry>,
    /// Numbers of refunds that were for a card, and that the bank sent back into the purse (Alipay).
    pub to_purse: BTreeSet<String>,
    /// Every attempt, by number: how often a refund was asked for.
    pub attempts: BTreeMap<String, u32>,
    /// How often something was asked that a merchant must never ask: more than was paid, another amount under the
    /// same number, a wrong signature. A run in which this is not empty has failed.
    pub violations: Vec<String>,
}

impl Book {
    /// What has been given back of a payment, or will be.
    pub fn refunded(&self, payment: &str) -> i64 {
        self.of(payment).map(|entry| entry.amount).sum()
    }

    /// The refunds of a payment that arrive or have arrived.
    pub fn of<'a>(&'a self, payment: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.refunds
            .values()
            .filter(move |entry| entry.payment == payment && entry.fate == Fate::Arrives)
    }

    /// The money that moved: number and fen of each refund that arrives.
    pub fn moved(&self) -> BTreeMap<String, i64> {
        self.refunds
            .iter()
            .filter(|(_, entry)| entry.fate == Fate::Arrives)
            .map(|(number, entry)| (number.clone(), entry.amount))
            .collect()
    }
}
