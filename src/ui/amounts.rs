//! How a total comes about: a row for each part of it.

use leptos::prelude::*;
use orders_api::{CaseSettlement, Money};

use crate::format;
use crate::words::Lang;
use crate::words::common::Words;

/// What a row is to the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// A part of it.
    Part,
    /// Taken off it.
    Less,
    /// The total itself.
    Total,
}

/// A row, an element of a description list; `why` says how it comes about.
pub fn amount_row(
    share: Share,
    name: String,
    why: Option<String>,
    amount: &Money,
) -> impl IntoView + use<> {
    let mut text = format::money(amount);
    let kind = match share {
        Share::Part => None,
        Share::Less => {
            text.insert(0, '−');
            Some("less")
        }
        Share::Total => Some("total"),
    };
    view! {
        <div class="amounts-row" data-kind=kind>
            <dt>
                {name}
                {why.map(|why| view! { <span class="amounts-why">{why}</span> })}
            </dt>
            <dd>{text}</dd>
        </div>
    }
}

/// `goods - deduction + freight = amount` of an after-sale case: asked for, or granted, as `total` says.
pub fn settlement_rows(
    lang: Lang,
    sum: &CaseSettlement,
    deduction_why: Option<String>,
    total: &'static str,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let row = |share, name: &str, why: Option<&str>, amount: &Money| {
        amount_row(share, name.to_owned(), why.map(str::to_owned), amount)
    };
    let goods_why = Some(words.goods_paid_why);
    let deduction = (sum.deduction.amount != 0).then(|| {
        let why = deduction_why.as_deref();
        row(Share::Less, words.deduction, why, &sum.deduction)
    });
    let freight = (sum.freight.amount != 0).then(|| {
        let why = Some(words.freight_back_why);
        row(Share::Part, words.freight_back, why, &sum.freight)
    });
    view! {
        <dl class="amounts">
            {row(Share::Part, words.goods_paid, goods_why, &sum.goods)}
            {deduction}
            {freight}
            {row(Share::Total, total, None, &sum.amount)}
        </dl>
    }
}
