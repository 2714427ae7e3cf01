//! Is an order that comes in from a shop one that the rules can work with?

use std::collections::BTreeSet;

use crate::{Address, Line, LineKind, Order, OrderState};

/// The most lines, payments or coupons of an order.
const MOST: usize = 200;
/// The longest id, number or code, in characters.
pub(crate) const SHORT: usize = 64;
/// The longest name or title, in characters.
const LONG: usize = 200;
/// The largest weight of a component.
const MAX_WEIGHT: u32 = 1_000_000;
/// The longest URL.
const URL: usize = 2048;

/// A mistake in an order that comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMistake {
    /// The field, dotted: `lines[0].quantity`.
    pub field: String,
    /// `required`, `too_long`, `invalid` or `out_of_range`.
    pub code: &'static str,
}

impl Order {
    /// Checks that the order is whole: lines, quantities, sizes, amounts that add up, payments that make the total, and
    /// the facts that its state needs.
    ///
    /// # Errors
    /// Every mistake that was found.
    pub fn check(&self) -> Result<(), Vec<FieldMistake>> {
        let mut mistakes = Mistakes(Vec::new());
        self.check_names(&mut mistakes);
        self.check_lines(&mut mistakes);
        self.check_amounts(&mut mistakes);
        self.check_payments(&mut mistakes);
        self.check_address(&mut mistakes);
        self.check_state(&mut mistakes);
        if mistakes.0.is_empty() {
            Ok(())
        } else {
            Err(mistakes.0)
        }
    }

    fn check_names(&self, mistakes: &mut Mistakes) {
        mistakes.text("external_id", self.external_id.as_str(), SHORT);
        mistakes.text("number", &self.number, SHORT);
        mistakes.text("shop", self.shop.as_str(), SHORT);
        mistakes.text("shopper", self.shopper.as_str(), SHORT);
        mistakes.text("policy_version", &self.body.policy_version, SHORT);
        if let Some(url) = &self.body.pay_url {
            mistakes.url("pay_url", url, false);
        }
        if let Some(parcel) = &self.body.parcel {
            mistakes.text("parcel.courier", &parcel.courier, LONG);
            mistakes.text("parcel.tracking_number", &parcel.tracking_number, SHORT);
        }
        for (index, coupon) in self.body.coupons.iter().enumerate() {
            mistakes.text(&format!("coupons[{index}].id"), &coupon.id, SHORT);
            mistakes.local_text(&format!("coupons[{index}].title"), &coupon.title);
        }
        if self.body.coupons.len() > MOST {
            mistakes.add("coupons", "too_long");
        }
        if self.pay_by.is_some_and(|pay_by| pay_by < self.placed_at) {
            mistakes.add("pay_by", "invalid");
        }
    }

    fn check_lines(&self, mistakes: &mut Mistakes) {
        let lines = &self.body.lines;
        if lines.is_empty() {
            mistakes.add("lines", "required");
        }
        if lines.len() > MOST {
            mistakes.add("lines", "too_long");
        }
        let mut ids = BTreeSet::new();
        for (index, line) in lines.iter().enumerate() {
            let at = |field: &str| format!("lines[{index}].{field}");
            mistakes.text(&at("id"), line.id.as_str(), SHORT);
            if !ids.insert(&line.id) {
                mistakes.add(&at("id"), "invalid");
            }
            mistakes.local_text(&at("title"), &line.title);
            if let Some(variant) = &line.variant {
                mistakes.local_text(&at("variant"), variant);
            }
            if let Some(url) = &line.image_url {
                mistakes.url(&at("image_url"), url, true);
            }
            if line.quantity == 0 {
                mistakes.add(&at("quantity"), "out_of_range");
            }
            if line.cancelled_quantity > line.quantity {
                mistakes.add(&at("cancelled_quantity"), "out_of_range");
            }
            check_components(line, &at, mistakes);
            if line.unit_price < 0 {
                mistakes.add(&at("unit_price"), "out_of_range");
            }
            if line.issued && line.kind == LineKind::Physical {
                mistakes.add(&at("issued"), "invalid");
            }
        }
    }

    fn check_amounts(&self, mistakes: &mut Mistakes) {
        let amounts = &self.body.amounts;
        let all = [
            ("amounts.goods", amounts.goods),
            ("amounts.discount", amounts.discount),
            ("amounts.coupon", amounts.coupon),
            ("amounts.points_value", amounts.points_value),
            ("amounts.points", amounts.points),
            ("amounts.freight", amounts.freight),
            ("amounts.total", amounts.total),
        ];
        for (field, amount) in all {
            if amount < 0 {
                mistakes.add(field, "out_of_range");
            }
        }
        let price = |line: &Line| i128::from(line.unit_price) * i128::from(line.quantity);
        let goods: i128 = self.body.lines.iter().map(price).sum();
        if goods != i128::from(amounts.goods) {
            mistakes.add("amounts.goods", "invalid");
        }
        let total = i128::from(amounts.goods)
            - i128::from(amounts.discount)
            - i128::from(amounts.coupon)
            - i128::from(amounts.points_value)
            + i128::from(amounts.freight);
        if total != i128::from(amounts.total) {
            mistakes.add("amounts.total", "invalid");
        }
    }

    fn check_payments(&self, mistakes: &mut Mistakes) {
        let payments = &self.body.payments;
        if payments.len() > MOST {
            mistakes.add("payments", "too_long");
        }
        for (index, payment) in payments.iter().enumerate() {
            mistakes.local_text(&format!("payments[{index}].account"), &payment.account);
            if payment.amount < 1 {
                mistakes.add(&format!("payments[{index}].amount"), "out_of_range");
            }
        }
        let sum: i128 = payments.iter().map(|p| i128::from(p.amount)).sum();
        let expected = match self.paid_at {
            Some(_) => i128::from(self.body.amounts.total),
            None => 0,
        };
        if sum != expected {
            mistakes.add("payments", "invalid");
        }
    }

    /// A parcel needs an address, whole unless the order waits for the shopper to complete it.
    fn check_address(&self, mistakes: &mut Mistakes) {
        let Some(address) = &self.body.address else {
            let is_physical = |line: &Line| line.kind == LineKind::Physical;
            if self.body.lines.iter().any(is_physical) && !self.lacks_information() {
                mistakes.add("address", "required");
            }
            return;
        };
        let Address {
            recipient,
            phone,
            region,
            street,
        } = address;
        let fields = [
            ("address.recipient", recipient),
            ("address.phone", phone),
            ("address.region", region),
            ("address.street", street),
        ];
        for (field, text) in fields {
            if !(text.is_empty() && self.lacks_information()) {
                mistakes.text(field, text, LONG);
            }
        }
    }

    fn check_state(&self, mistakes: &mut Mistakes) {
        match self.state {
            OrderState::AwaitingPayment if self.paid_at.is_some() => {
                mistakes.add("paid_at", "invalid");
            }
            OrderState::PendingConfirmation if self.body.pending.is_none() => {
                mistakes.add("pending", "required");
            }
            OrderState::Unpacked if self.paid_at.is_none() => mistakes.add("paid_at", "required"),
            OrderState::AwaitingPayment
            | OrderState::PendingConfirmation
            | OrderState::Unpacked
            | OrderState::Packing
            | OrderState::Shipped
            | OrderState::Delivered
            | OrderState::Completed
            | OrderState::Cancelled => {}
        }
        let is_cancelled = self.state == OrderState::Cancelled;
        match &self.body.cancelled {
            None if is_cancelled => mistakes.add("cancelled", "required"),
            Some(_) if !is_cancelled => mistakes.add("cancelled", "invalid"),
            Some(_) | None => {}
        }
    }
}

/// A few components with names of their own, of which at least one has a price.
fn check_components(line: &Line, at: &dyn Fn(&str) -> String, mistakes: &mut Mistakes) {
    if line.components.is_empty() {
        return;
    }
    if line.components.len() > MOST {
        mistakes.add(&at("components"), "too_long");
    }
    let mut ids = BTreeSet::new();
    for (index, component) in line.components.iter().enumerate() {
        let at = |field: &str| at(&format!("components[{index}].{field}"));
        mistakes.text(&at("id"), &component.id, SHORT);
        if !ids.insert(&component.id) {
            mistakes.add(&at("id"), "invalid");
        }
        mistakes.local_text(&at("title"), &component.title);
        if component.weight > MAX_WEIGHT {
            mistakes.add(&at("weight"), "out_of_range");
        }
    }
    if line
        .components
        .iter()
        .all(|component| component.weight == 0)
    {
        mistakes.add(&at("components"), "invalid");
    }
}

struct Mistakes(Vec<FieldMistake>);

impl Mistakes {
    fn add(&mut self, field: &str, code: &'static str) {
        self.0.push(FieldMistake {
            field: field.to_owned(),
            code,
        });
    }

    /// Text that says something, is not too long and has no control characters, which not every database can store.
    fn text(&mut self, field: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(field, "required");
        } else if text.chars().count() > most {
            self.add(field, "too_long");
        } else if text.chars().any(char::is_control) {
            self.add(field, "invalid");
        }
    }

    fn local_text(&mut self, field: &str, text: &crate::LocalText) {
        self.text(&format!("{field}.zh-CN"), &text.zh_cn, LONG);
        if let Some(en) = &text.en {
            self.text(&format!("{field}.en"), en, LONG);
        }
    }

    /// An `http` or `https` URL, or a path of our own: never `javascript:`.
    fn url(&mut self, field: &str, url: &str, or_path: bool) {
        self.text(field, url, URL);
        let absolute = url.starts_with("https://") || url.starts_with("http://");
        let path = or_path && url.starts_with('/') && !url.starts_with("//");
        if !url.trim().is_empty() && !absolute && !path {
            self.add(field, "invalid");
        }
    }
}
