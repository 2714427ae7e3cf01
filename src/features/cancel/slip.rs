//! The slip that says how much goes back, where to and when, and what else comes back or does not.

use leptos::prelude::*;
use orders_api::{
    CancellationPreview, Day, Money, NotRestored, NotRestoredReason, PreviewRefund, Refund,
    Restored,
};

use crate::format;
use crate::ui::Icon;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// A part of what goes back: to one account.
pub struct SlipRow {
    account: String,
    amount: Money,
    starts_by: Day,
    arrives_from: Day,
    arrives_by: Day,
    estimated: bool,
}

impl SlipRow {
    /// That of a refund which would be made.
    pub fn of_preview(lang: Lang, refund: &PreviewRefund) -> Self {
        Self {
            account: codes::account(lang, refund.channel, &refund.account),
            amount: refund.amount.clone(),
            starts_by: refund.starts_by.clone(),
            arrives_from: refund.arrives_from.clone(),
            arrives_by: refund.arrives_by.clone(),
            estimated: refund.estimated,
        }
    }

    /// That of a refund which was made.
    pub fn of_refund(lang: Lang, refund: &Refund) -> Self {
        Self {
            account: codes::account(lang, refund.channel, &refund.account),
            amount: refund.amount.clone(),
            starts_by: refund.starts_by.clone(),
            arrives_from: refund.arrives_from.clone(),
            arrives_by: refund.arrives_by.clone(),
            estimated: refund.estimated,
        }
    }

    fn when(&self, lang: Lang) -> String {
        let words = Words::of(lang);
        let arrives = format::day_months(lang, &self.arrives_from, &self.arrives_by);
        let text = if self.starts_by == self.arrives_by {
            words.refund_when_day
        } else {
            words.refund_when
        };
        let starts = format::day_month(lang, &self.starts_by);
        fill(text, &[("starts", &starts), ("arrives", &arrives)])
    }
}

/// The slip: the total, and a row for each account. `None` without anything to pay back.
pub fn slip(
    lang: Lang,
    label: &'static str,
    total: &Money,
    rows: &[SlipRow],
    busy: bool,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let rows = rows
        .iter()
        .map(|row| {
            view! {
                <div class="refund-slip-part tear">
                    <p class="refund-slip-row">
                        <span>{row.account.clone()}</span>
                        <span class="money">{format::money(&row.amount)}</span>
                    </p>
                    <p class="refund-slip-when">{row.when(lang)}</p>
                    {row.estimated.then(|| view! {
                        <p class="refund-slip-when">{words.estimated}</p>
                    })}
                </div>
            }
        })
        .collect_view();
    view! {
        <section
            class="refund-slip"
            aria-label=words.slip
            aria-live="polite"
            aria-busy=busy.then_some("true")
        >
            <div>
                <p class="refund-slip-label">{label}</p>
                <p class="refund-slip-total">{format::money(total)}</p>
            </div>
            {rows}
        </section>
    }
}

/// The slip of a preview.
pub fn preview_slip(
    lang: Lang,
    label: &'static str,
    preview: &CancellationPreview,
    busy: bool,
) -> impl IntoView + use<> {
    let rows: Vec<_> = preview
        .refunds
        .iter()
        .map(|refund| SlipRow::of_preview(lang, refund))
        .collect();
    slip(lang, label, &preview.refund_total, &rows, busy)
}

/// The slip of refunds that were made; `None` without any.
pub fn refunds_slip(lang: Lang, refunds: &[Refund]) -> Option<AnyView> {
    let first = refunds.first()?;
    let total = Money {
        amount: refunds.iter().map(|refund| refund.amount.amount).sum(),
        currency: first.amount.currency.clone(),
    };
    let rows: Vec<_> = refunds
        .iter()
        .map(|refund| SlipRow::of_refund(lang, refund))
        .collect();
    Some(slip(lang, Words::of(lang).you_get_back, &total, &rows, false).into_any())
}

/// Coupons and points: what comes back, and what does not and why.
pub fn give_back(
    lang: Lang,
    restored: &[Restored],
    not_restored: &[NotRestored],
) -> Option<AnyView> {
    if restored.is_empty() && not_restored.is_empty() {
        return None;
    }
    let words = Words::of(lang);
    let back = restored
        .iter()
        .map(|item| {
            let text = match item.points {
                Some(points) => fill(words.points_back, &[("n", &format::grouped(points))]),
                None => {
                    let title = item.title.as_deref().unwrap_or(words.coupon);
                    fill(words.coupon_back, &[("title", title)])
                }
            };
            view! {
                <li class="give-back-item">
                    <Icon name="check"/>
                    <span>{text}</span>
                </li>
            }
        })
        .collect_view();
    let lost = not_restored
        .iter()
        .map(|item| {
            let text = match item.reason {
                NotRestoredReason::Expired => words.coupon_expired,
                NotRestoredReason::StillUsed => words.coupon_still_used,
            };
            view! {
                <li class="give-back-item" data-lost="">
                    <Icon name="info"/>
                    <span>{fill(text, &[("title", &item.title)])}</span>
                </li>
            }
        })
        .collect_view();
    Some(view! { <ul class="give-back" aria-label=words.give_back>{back}{lost}</ul> }.into_any())
}
