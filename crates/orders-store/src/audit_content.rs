//! What the digests of a trail cover of the order itself: what was said, why, and how much, as far as it never changes
//! afterwards.
//!
//! Each row says how much of that there was, and has the digest of all of it. What is covered is named here, field by field:
//! whatever the domain's types come to look like, the digests that were written stay true.

use orders_domain::{
    Cancelled, CaseEntry, ComplaintEntry, DraftOn, Order, Refund, StaffDraft, TimelineEntry,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::StoreError;
use crate::rows::{clean, to_json};

/// How much there was, and the digest of it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    timeline: usize,
    refunds: usize,
    /// The entries of each case, in the order's order.
    cases: Vec<usize>,
    /// The same of each complaint.
    complaints: Vec<usize>,
    /// Of each draft of the staff, whether it was known what became of it.
    drafts: Vec<bool>,
    /// Whether it was cancelled.
    cancelled: bool,
    digest: String,
}

impl Content {
    /// All that there is now.
    pub(crate) fn of(order: &Order) -> Result<Self, StoreError> {
        let body = &order.body;
        let mut content = Self {
            timeline: order.timeline.len(),
            refunds: order.refunds.len(),
            cases: body.cases.iter().map(|case| case.thread.len()).collect(),
            complaints: body.complaints.iter().map(|one| one.thread.len()).collect(),
            drafts: body
                .drafts
                .iter()
                .map(|one| one.outcome.is_some())
                .collect(),
            cancelled: body.cancelled.is_some(),
            digest: String::new(),
        };
        content.digest = content.digest_of(order)?.unwrap_or_default();
        Ok(content)
    }

    /// Whether that much of the order is as it was.
    pub(crate) fn holds(&self, order: &Order) -> bool {
        let now = self.digest_of(order).ok().flatten();
        now.as_ref() == Some(&self.digest)
    }

    /// The digest of that much; `None` when less is there.
    fn digest_of(&self, order: &Order) -> Result<Option<String>, StoreError> {
        let body = &order.body;
        let (Some(timeline), Some(refunds), Some(cases), Some(complaints), Some(drafts)) = (
            order.timeline.get(..self.timeline),
            order.refunds.get(..self.refunds),
            body.cases.get(..self.cases.len()),
            body.complaints.get(..self.complaints.len()),
            body.drafts.get(..self.drafts.len()),
        ) else {
            return Ok(None);
        };
        let mut text = Lines::default();
        for entry in timeline {
            text.told(entry)?;
        }
        for refund in refunds {
            text.refund(refund)?;
        }
        for (case, said) in cases.iter().zip(&self.cases) {
            let Some(thread) = case.thread.get(..*said) else {
                return Ok(None);
            };
            text.line(&(&case.id, &case.reason))?;
            for entry in thread {
                text.of_case(entry)?;
            }
        }
        for (complaint, said) in complaints.iter().zip(&self.complaints) {
            let Some(thread) = complaint.thread.get(..*said) else {
                return Ok(None);
            };
            text.line(&(&complaint.id, complaint.wished))?;
            for entry in thread {
                text.of_complaint(entry)?;
            }
        }
        for (draft, settled) in drafts.iter().zip(&self.drafts) {
            text.draft(draft, *settled)?;
        }
        if self.cancelled {
            let Some(cancelled) = &body.cancelled else {
                return Ok(None);
            };
            text.cancelled(cancelled)?;
        }
        Ok(Some(text.digest()))
    }
}

/// A line of JSON for each thing: no text runs into the next.
#[derive(Default)]
struct Lines(Sha256);

impl Lines {
    fn line(&mut self, value: &impl Serialize) -> Result<(), StoreError> {
        self.0.update(to_json(value)?);
        self.0.update("\n");
        Ok(())
    }

    fn told(&mut self, entry: &TimelineEntry) -> Result<(), StoreError> {
        let detail = entry.detail.as_deref().map(clean);
        let (what, by) = (entry.what.code(), entry.by.code());
        self.line(&(entry.at.timestamp_millis(), what, by, detail))
    }

    fn refund(&mut self, refund: &Refund) -> Result<(), StoreError> {
        let amount = refund.amount;
        self.line(&(
            refund.id.as_str(),
            amount.amount,
            amount.currency.as_str(),
            refund.created_at.timestamp_millis(),
        ))
    }

    fn of_case(&mut self, entry: &CaseEntry) -> Result<(), StoreError> {
        let evidence = entry.evidence.iter().map(|one| one.id.as_str());
        self.line(&(
            entry.at.timestamp_millis(),
            entry.by.code(),
            entry.what.code(),
            &entry.text,
            &entry.staff,
            evidence.collect::<Vec<_>>(),
        ))
    }

    fn of_complaint(&mut self, entry: &ComplaintEntry) -> Result<(), StoreError> {
        let evidence = entry.evidence.iter().map(|one| one.id.as_str());
        let proposal = entry.proposal.as_ref().map(|proposal| {
            (
                proposal.kind.code(),
                proposal.amount.map(|amount| amount.amount),
                proposal.points,
                &proposal.gift,
                &proposal.reason,
                proposal.last,
            )
        });
        self.line(&(
            entry.at.timestamp_millis(),
            entry.by.code(),
            entry.what.code(),
            &entry.text,
            &entry.staff,
            evidence.collect::<Vec<_>>(),
            proposal,
        ))
    }

    fn draft(&mut self, draft: &StaffDraft, settled: bool) -> Result<(), StoreError> {
        let (case, detail, note) = match &draft.on {
            DraftOn::Request => (None, None, None),
            DraftOn::SellerCancel { reason, note } => (None, Some(reason.as_str()), note.as_ref()),
            DraftOn::Case { case, state, note } => (Some(case), Some(state.code()), note.as_ref()),
        };
        let outcome = draft.outcome.as_ref().filter(|_| settled);
        let outcome = outcome.map(|outcome| {
            let at = outcome.at.timestamp_millis();
            (at, outcome.state.code(), &outcome.by, &outcome.why)
        });
        let at = draft.at.timestamp_millis();
        self.line(&(case, detail, note, draft.amount, &draft.by, at, outcome))
    }

    fn cancelled(&mut self, cancelled: &Cancelled) -> Result<(), StoreError> {
        let at = cancelled.at.timestamp_millis();
        let by = cancelled.by.code();
        self.line(&(by, &cancelled.reason, &cancelled.note, at))
    }

    fn digest(self) -> String {
        let digest = self.0.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
