//! No provider at all: refunds that move on by themselves, so that demo data shows how a refund goes.

use chrono::{FixedOffset, TimeDelta, Utc};
use orders_domain::{
    Channel, Instant, ProviderLimits, ProviderReport, ProviderStage, RefundFailure, RefundRequest,
};

use crate::ProviderError;

/// Refunds that are accepted ten seconds after they were asked for, in the bank's clearing soon after and arrive soon after that. Nothing is kept:
/// how far a refund is follows from when it was accepted.
#[derive(Clone, Copy, Debug)]
pub struct Sandbox {
    /// After how many seconds a refund is in clearing; after three times as many it has arrived.
    pub clearing_seconds: u32,
}

impl Default for Sandbox {
    fn default() -> Self {
        Self {
            clearing_seconds: 20,
        }
    }
}

impl Sandbox {
    pub(crate) const LIMITS: ProviderLimits = ProviderLimits {
        payment_days: Some(365),
        parts: Some(50),
        seconds_apart: 0,
        seconds_before: 10,
    };

    pub(crate) fn refund(&self, request: &RefundRequest, now: Instant) -> ProviderReport {
        ProviderReport {
            accepted_at: Some(now),
            reference: Some(format!("sandbox-{}", request.refund)),
            ..ProviderReport::of(ProviderStage::Accepted)
        }
    }

    pub(crate) fn ask(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        let Some(sent_at) = request.sent_at else {
            return Err(ProviderError::NoSuchRefund);
        };
        let clearing = TimeDelta::seconds(i64::from(self.clearing_seconds));
        let age = now - sent_at;
        // 已注销: so that the demo shows what happens when an account is closed.
        let closed = request.payment.account.zh_cn.contains("已注销");
        let stage = if age < clearing {
            ProviderStage::Accepted
        } else if age < clearing * 3 {
            ProviderStage::InClearing
        } else if closed {
            ProviderStage::Failed(RefundFailure::AccountClosed)
        } else {
            ProviderStage::Arrived
        };
        // Banks say on which day they expect it; purses do not.
        let by_bank = request.payment.channel == Channel::BankCard;
        let expected_on = (by_bank && stage == ProviderStage::InClearing).then(|| {
            let beijing =
                FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc));
            now.with_timezone(&beijing).date_naive() + TimeDelta::days(1)
        });
        Ok(ProviderReport {
            expected_on,
            ..ProviderReport::of(stage)
        })
    }
}
