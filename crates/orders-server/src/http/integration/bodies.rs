//! The bodies of the integration calls, and their way into the domain.

use chrono::{DateTime, Utc};
use orders_api::{AddressField, Channel, LineKind, Money, OrderState, PendingCause, field_codes};
use orders_domain::{
    self as domain, Currency, Day, Instant, LineId, LineTrait, LocalText, to_millisecond,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::error::Failure;
use crate::http::text::Text;

/// The largest amount of an order, in minor units: far above any order, far below any overflow.
const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// The longest reference of a payment.
const REFERENCE_CHARS: usize = 64;

/// A text in Chinese, and in English where the shop has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl From<Words> for LocalText {
    fn from(words: Words) -> Self {
        Self {
            zh_cn: words.zh_cn,
            en: words.en,
        }
    }
}

/// An order as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutOrder {
    /// The shop's id, which is the name of its policy.
    pub shop: String,
    /// Whose order it is: the id of a shopper.
    pub shopper: String,
    /// The number that shopper and support use.
    pub number: String,
    /// The state it begins in; without it, by whether it is paid: `awaiting_payment` or `unpacked`.
    /// Later moves are told by events: a repeated PUT never moves an order.
    #[serde(default)]
    pub state: Option<OrderState>,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// When it closes by itself while unpaid.
    #[serde(default)]
    pub pay_by: Option<DateTime<Utc>>,
    /// What was ordered.
    pub lines: Vec<LineIn>,
    /// What it costs: `goods - discount - coupon - points_value + freight = total`.
    pub amounts: AmountsIn,
    /// Where it goes; not for digital goods.
    #[serde(default)]
    pub address: Option<orders_api::Address>,
    /// What was paid; together the total.
    #[serde(default)]
    pub payments: Vec<PaymentIn>,
    /// The coupons used.
    #[serde(default)]
    pub coupons: Vec<CouponIn>,
    /// Where the shop takes the payment.
    #[serde(default)]
    pub pay_url: Option<String>,
    /// Why it waits, in `pending_confirmation`.
    #[serde(default)]
    pub pending: Option<PendingIn>,
}

/// A line as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct LineIn {
    /// Unique in the order.
    pub id: String,
    pub title: Words,
    #[serde(default)]
    pub variant: Option<Words>,
    #[schema(minimum = 1)]
    pub quantity: u32,
    /// The price of one, before discounts.
    pub unit_price: Money,
    #[serde(default)]
    pub image_url: Option<String>,
    pub kind: LineKind,
    #[serde(default)]
    pub traits: Vec<LineTrait>,
    /// Digital goods: given out already.
    #[serde(default)]
    pub issued: bool,
    /// What it consists of, when parts of it may be refunded by themselves.
    #[serde(default)]
    pub components: Vec<ComponentIn>,
}

/// A component of a line as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ComponentIn {
    /// Unique in the line.
    pub id: String,
    pub title: Words,
    /// Its share of the line's price, against the weights of the others.
    #[schema(minimum = 0, maximum = 1000000)]
    pub weight: u32,
    /// Whether it may be refunded.
    pub refundable: bool,
}

/// What an order costs, as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct AmountsIn {
    pub goods: Money,
    #[serde(default)]
    pub discount: Option<Money>,
    #[serde(default)]
    pub coupon: Option<Money>,
    #[serde(default)]
    pub points_value: Option<Money>,
    /// How many points `points_value` was.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub points: i64,
    #[serde(default)]
    pub freight: Option<Money>,
    pub total: Money,
}

/// A payment as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PaymentIn {
    pub channel: Channel,
    /// The account, as the shopper knows it.
    pub account: Words,
    pub amount: Money,
    pub paid_at: DateTime<Utc>,
    /// The payment provider's id of it (WeChat Pay: `transaction_id`, Alipay: `trade_no`). Without it, Tepai asks for
    /// refunds by the order's external id, which must be the number that the provider knows then.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub reference: Option<String>,
}

/// A coupon as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CouponIn {
    pub id: String,
    pub title: Words,
    /// The last day it may be used.
    #[schema(value_type = String, format = Date)]
    pub valid_until: Day,
}

/// Why an order waits, as the shop sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PendingIn {
    pub cause: PendingCause,
    #[serde(default)]
    pub missing: Vec<AddressField>,
}

impl PutOrder {
    /// The order's body in the domain's form; `policy_version` is the one it is placed under.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for an amount in another currency than the total's, or out of range.
    pub fn body(&self, policy_version: &str) -> Result<domain::OrderBody, Failure> {
        let currency = currency(&self.amounts.total, "amounts.total.currency")?;
        let amounts = &self.amounts;
        let optional = |money: &Option<Money>, field: &str| match money {
            Some(money) => minor_units(money, currency, field),
            None => Ok(0),
        };
        Ok(domain::OrderBody {
            lines: self
                .lines
                .iter()
                .enumerate()
                .map(|(index, line)| line.to_domain(currency, index))
                .collect::<Result<_, _>>()?,
            amounts: domain::Amounts {
                currency,
                goods: minor_units(&amounts.goods, currency, "amounts.goods")?,
                discount: optional(&amounts.discount, "amounts.discount")?,
                coupon: optional(&amounts.coupon, "amounts.coupon")?,
                points_value: optional(&amounts.points_value, "amounts.points_value")?,
                points: amounts.points,
                freight: optional(&amounts.freight, "amounts.freight")?,
                total: minor_units(&amounts.total, currency, "amounts.total")?,
            },
            address: self.address.as_ref().map(|address| domain::Address {
                recipient: address.recipient.clone(),
                phone: address.phone.clone(),
                region: address.region.clone(),
                street: address.street.clone(),
            }),
            payments: payments(&self.payments, currency)?,
            coupons: self
                .coupons
                .iter()
                .map(|coupon| domain::Coupon {
                    id: coupon.id.clone(),
                    title: coupon.title.clone().into(),
                    valid_until: coupon.valid_until,
                })
                .collect(),
            pay_url: self.pay_url.clone(),
            pending: self
                .pending
                .as_ref()
                .map(|pending| domain::Pending::of(pending.cause, pending.missing.clone())),
            request: None,
            cancelled: None,
            policy_version: policy_version.to_owned(),
            parcel: None,
            cases: Vec::new(),
            complaints: Vec::new(),
            drafts: Vec::new(),
        })
    }
}

impl LineIn {
    fn to_domain(&self, currency: Currency, index: usize) -> Result<domain::Line, Failure> {
        Ok(domain::Line {
            id: LineId(self.id.clone()),
            title: self.title.clone().into(),
            variant: self.variant.clone().map(Into::into),
            quantity: self.quantity,
            cancelled_quantity: 0,
            unit_price: minor_units(
                &self.unit_price,
                currency,
                &format!("lines[{index}].unit_price"),
            )?,
            image_url: self.image_url.clone(),
            kind: self.kind,
            traits: self.traits.clone(),
            issued: self.issued,
            returned_quantity: 0,
            components: self
                .components
                .iter()
                .map(|component| domain::Component {
                    id: component.id.clone(),
                    title: component.title.clone().into(),
                    weight: component.weight,
                    refundable: component.refundable,
                    returned: 0,
                })
                .collect(),
        })
    }
}

/// Payments in the domain's form.
///
/// # Errors
/// [`Failure::Invalid`] for another currency, an amount or an instant out of range.
pub fn payments(
    payments: &[PaymentIn],
    currency: Currency,
) -> Result<Vec<domain::Payment>, Failure> {
    payments
        .iter()
        .enumerate()
        .map(|(index, payment)| {
            let field = format!("payments[{index}]");
            Ok(domain::Payment {
                channel: payment.channel,
                account: payment.account.clone().into(),
                amount: minor_units(&payment.amount, currency, &format!("{field}.amount"))?,
                paid_at: instant(payment.paid_at, &format!("{field}.paid_at"))?,
                reference: match &payment.reference {
                    Some(reference) => {
                        Text::id(&format!("{field}.reference"), reference, REFERENCE_CHARS)?;
                        Some(reference.clone())
                    }
                    None => None,
                },
            })
        })
        .collect()
}

/// An instant to the millisecond, of this century: no order is older, and days beyond it cannot be counted on.
///
/// # Errors
/// `out_of_range`.
pub fn instant(at: DateTime<Utc>, field: &str) -> Result<Instant, Failure> {
    use chrono::Datelike;
    if (2000..2100).contains(&at.year()) {
        Ok(to_millisecond(at))
    } else {
        Err(Failure::field(field, field_codes::OUT_OF_RANGE))
    }
}

fn currency(money: &Money, field: &str) -> Result<Currency, Failure> {
    Currency::parse(&money.currency).ok_or_else(|| Failure::field(field, field_codes::INVALID))
}

fn minor_units(money: &Money, expected: Currency, field: &str) -> Result<i64, Failure> {
    if currency(money, &format!("{field}.currency"))? != expected {
        return Err(Failure::field(
            format!("{field}.currency"),
            field_codes::INVALID,
        ));
    }
    if !(0..=AMOUNT_MAX).contains(&money.amount) {
        return Err(Failure::field(
            format!("{field}.amount"),
            field_codes::OUT_OF_RANGE,
        ));
    }
    Ok(money.amount)
}
