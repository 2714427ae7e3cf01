//! From the domain to the wire: one order, in one language, at one moment.

use chrono::SecondsFormat;
use orders_api as api;
use orders_api::{Action, CancellationKind, Channel, Language, OrderState, RefundState};
use orders_domain::{
    Calendar, Cancellation, ComplaintAbout, Instant, LocalText, Order, Policy, Promise, RefundId,
    TimelineEvent,
};
use orders_store::Owner;

use super::error::Failure;
use super::words;
use crate::state::App;

/// Everything that decides how an order looks to its shopper.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The policy that the order goes by.
    pub policy: &'a Policy,
    /// The shop's policy in force: what it is called, and how to reach a person there.
    pub shop_now: &'a Policy,
    /// Working days.
    pub calendar: &'a Calendar,
    /// The language of the answer.
    pub language: Language,
    /// The moment of the answer.
    pub now: Instant,
    /// Whether it is for a guest, who is told nothing that follows from other orders of the shopper's.
    pub guest: bool,
}

impl<'a> View<'a> {
    /// The view of `order` in `language` at `now`.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the shop has no policy. The server does not start with such an order; another one at
    /// the same database, with other policies, may have taken it in.
    pub fn of(
        app: &'a App,
        order: &Order,
        language: Language,
        now: Instant,
    ) -> Result<Self, Failure> {
        let policy = app.shops.policy_of(order).ok_or_else(|| {
            Failure::internal(format!("shop {} of an order has no policy", order.shop))
        })?;
        Ok(Self {
            policy,
            shop_now: app.shops.policy(&order.shop).unwrap_or(policy),
            calendar: &app.shops.calendar,
            language,
            now,
            guest: false,
        })
    }

    /// The same, for whoever this is.
    pub fn seen_by(self, owner: &Owner) -> Self {
        Self {
            guest: owner.only().is_some(),
            ..self
        }
    }

    /// A text in the language of the answer.
    pub fn text(&self, text: &LocalText) -> String {
        text.get(self.language).to_owned()
    }

    /// The order in a list.
    pub fn summary(&self, order: &Order) -> api::OrderSummary {
        let decision = order.cancellation(self.policy, self.now);
        api::OrderSummary {
            id: order.id.0.clone(),
            external_id: order.external_id.0.clone(),
            number: order.number.clone(),
            shop: self.shop(),
            state: order.state,
            version: order.version,
            placed_at: instant(order.placed_at),
            pay_by: order.pay_by.map(instant),
            total: money(order, order.body.amounts.total),
            lines: self.lines(order),
            actions: self.actions(order, &decision),
            cancellation: self.cancellation(order, decision),
            pending: pending(order),
            refunding: refunding(order),
        }
    }

    /// The order on its own page.
    pub fn detail(&self, order: &Order) -> api::OrderDetail {
        let body = &order.body;
        let decision = order.cancellation(self.policy, self.now);
        api::OrderDetail {
            id: order.id.0.clone(),
            external_id: order.external_id.0.clone(),
            number: order.number.clone(),
            shop: self.shop(),
            support: self.support(),
            state: order.state,
            version: order.version,
            placed_at: instant(order.placed_at),
            pay_by: order.pay_by.map(instant),
            paid_at: order.paid_at.map(instant),
            total: money(order, body.amounts.total),
            lines: self.lines(order),
            amounts: api::Amounts {
                goods: money(order, body.amounts.goods),
                discount: money(order, body.amounts.discount),
                coupon: money(order, body.amounts.coupon),
                points_value: money(order, body.amounts.points_value),
                points: body.amounts.points,
                freight: money(order, body.amounts.freight),
                total: money(order, body.amounts.total),
            },
            address: body.address.as_ref().map(|address| api::Address {
                recipient: address.recipient.clone(),
                phone: address.phone.clone(),
                region: address.region.clone(),
                street: address.street.clone(),
            }),
            parcel: body.parcel.as_ref().map(|parcel| api::Parcel {
                courier: parcel.courier.clone(),
                tracking_number: parcel.tracking_number.clone(),
            }),
            payments: body
                .payments
                .iter()
                .map(|payment| api::Payment {
                    channel: payment.channel,
                    account: self.text(&payment.account),
                    amount: money(order, payment.amount),
                    paid_at: instant(payment.paid_at),
                })
                .collect(),
            pay_url: body.pay_url.clone(),
            pending: pending(order),
            confirm_by: order.confirm_by().map(instant),
            timeline: self.timeline(order),
            refunds: order
                .refunds
                .iter()
                .map(|refund| self.refund(refund))
                .collect(),
            cases: self.case_summaries(order),
            after_sale: self.after_sale_window(order),
            complaints: self.complaint_summaries(order),
            may_complain: order.takes_complaint(self.complaint_rules(), self.now),
            actions: self.actions(order, &decision),
            cancellation: self.cancellation(order, decision),
            policy_version: body.policy_version.clone(),
            limit: self.limit(order),
        }
    }

    /// The order's shop.
    pub fn shop(&self) -> api::Shop {
        api::Shop {
            id: self.policy.shop.0.clone(),
            name: self.text(&self.shop_now.name),
        }
    }

    /// The lines of an order, in their order.
    pub fn lines(&self, order: &Order) -> Vec<api::Line> {
        let staying = order.staying(self.policy, self.now);
        order
            .body
            .lines
            .iter()
            .map(|line| api::Line {
                id: line.id.0.clone(),
                title: self.text(&line.title),
                variant: line.variant.as_ref().map(|variant| self.text(variant)),
                quantity: line.quantity,
                cancelled_quantity: line.cancelled_quantity,
                unit_price: money(order, line.unit_price),
                total: money(
                    order,
                    line.unit_price.saturating_mul(i64::from(line.quantity)),
                ),
                image_url: line.image_url.clone(),
                kind: line.kind,
                stays: staying
                    .iter()
                    .find(|(id, _)| **id == line.id)
                    .map(|(_, reason)| *reason),
            })
            .collect()
    }

    fn timeline(&self, order: &Order) -> Vec<api::TimelineEntry> {
        order
            .timeline
            .iter()
            .rev()
            .filter(|entry| !(self.guest && entry.what.is_of_standing()))
            .map(|entry| api::TimelineEntry {
                at: instant(entry.at),
                what: entry.what,
                by: entry.by,
                detail: entry.detail.as_ref().and_then(|detail| {
                    if entry.what == TimelineEvent::CancelWarned {
                        return self.warning(detail);
                    }
                    let is_code = matches!(
                        entry.what,
                        TimelineEvent::Held
                            | TimelineEvent::CancellationRequested
                            | TimelineEvent::PartlyCancelled
                            | TimelineEvent::Cancelled
                    );
                    Some(if is_code {
                        self.reason(detail)
                    } else if entry.what == TimelineEvent::CancelLimited {
                        self.until_day(detail)
                    } else {
                        detail.clone()
                    })
                }),
            })
            .collect()
    }

    /// A reason in words: the policy's, a rule's, or the code itself where neither knows it (any more).
    pub fn reason(&self, code: &str) -> String {
        match self.policy.reason(code) {
            Some(reason) => self.text(&reason.label),
            None => words::reason(code, self.language)
                .unwrap_or(code)
                .to_owned(),
        }
    }

    /// One refund of the order on its own page; `None` when the order has no such refund.
    pub fn refund_detail(&self, order: &Order, id: &RefundId) -> Option<api::RefundDetail> {
        let refund = order.refunds.iter().find(|refund| refund.id == *id)?;
        let about_it = |entry: &&orders_domain::TimelineEntry| {
            entry.what.is_of_refund() && entry.detail.as_deref() == Some(id.as_str())
        };
        let history = order.timeline.iter().rev().filter(about_it);
        let others = order.refunds.iter().filter(|other| other.id != *id);
        let about = ComplaintAbout::of_refund(id.as_str());
        Some(api::RefundDetail {
            refund: self.refund(refund),
            order: self.brief(order),
            may_change_way: refund.takes_another_way(),
            way: refund.course.change.as_ref().map(|change| api::RefundWay {
                channel: change.way.channel,
                account: self.text(&change.way.masked()),
                asked_at: instant(change.asked_at),
                state: change.state(),
                note: change
                    .outcome
                    .as_ref()
                    .and_then(|outcome| outcome.note.clone()),
                until: change
                    .until
                    .filter(|_| change.outcome.is_none())
                    .map(instant),
            }),
            history: history
                .map(|entry| api::RefundEvent {
                    at: instant(entry.at),
                    what: entry.what,
                    by: entry.by,
                })
                .collect(),
            others: others.map(|other| self.refund(other)).collect(),
            complaint: order.last_complaint(&about).map(|one| one.id.clone()),
            may_complain: order.may_complain_about(&about, self.complaint_rules(), self.now),
            shop: self.shop(),
            support: self.support(),
        })
    }

    /// The order on the page of something that belongs to it.
    pub fn brief(&self, order: &Order) -> api::OrderBrief {
        let first = order.body.lines.first();
        api::OrderBrief {
            id: order.id.0.clone(),
            number: order.number.clone(),
            version: order.version,
            total: money(order, order.body.amounts.total),
            title: first.map(|line| self.text(&line.title)).unwrap_or_default(),
            lines: u32::try_from(order.body.lines.len()).unwrap_or(u32::MAX),
            policy_version: order.body.policy_version.clone(),
        }
    }

    /// How to reach a person there.
    pub fn support(&self) -> api::Support {
        super::help::support(self.shop_now, self.language)
    }

    /// One refund.
    pub fn refund(&self, refund: &orders_domain::Refund) -> api::Refund {
        let (starts_by, arrives_from, arrives_by) = days(&refund.promise);
        let course = &refund.course;
        api::Refund {
            id: refund.id.0.clone(),
            amount: wire_money(refund.amount),
            channel: refund.channel,
            account: self.text(&refund.account),
            state: refund.state,
            created_at: instant(refund.created_at),
            updated_at: instant(refund.updated_at),
            sent_at: course.sent_at.map(instant),
            expected_on: course.expected_on.map(|day| api::Day(day.to_string())),
            failure: course
                .failure
                .filter(|_| refund.state == RefundState::Failed),
            late: refund.lateness(self.policy.day_of(self.now)),
            starts_by,
            arrives_from,
            arrives_by,
            estimated: refund.promise.estimated,
        }
    }

    fn cancellation(&self, order: &Order, decision: Cancellation) -> api::Cancellation {
        let mut wire = api::Cancellation {
            kind: CancellationKind::NotPossible,
            until: None,
            reason: None,
            reason_label: None,
            next_steps: Vec::new(),
            by: None,
            at: None,
            note: None,
        };
        match decision {
            Cancellation::SelfService { until } => {
                wire.kind = CancellationKind::SelfService;
                wire.until = until.map(instant);
            }
            Cancellation::ByRequest => wire.kind = CancellationKind::ByRequest,
            Cancellation::Requested { at } => {
                wire.kind = CancellationKind::Requested;
                wire.at = Some(instant(at));
                if let Some(request) = &order.body.request {
                    wire.until = request.until.map(instant);
                    wire.reason = Some(request.reason.clone());
                    wire.reason_label = Some(self.reason(&request.reason));
                    wire.note.clone_from(&request.note);
                }
            }
            Cancellation::NotPossible { reason, next_steps } => {
                wire.reason = Some(reason.code().to_owned());
                wire.next_steps = next_steps;
                if reason == orders_domain::NotPossibleReason::RequestDeclined {
                    let request = order.body.request.as_ref();
                    let declined = request.and_then(|request| request.declined.as_ref());
                    wire.note = declined.map(|declined| declined.note.clone());
                }
            }
            Cancellation::Cancelled => {
                wire.kind = CancellationKind::Cancelled;
                if let Some(cancelled) = &order.body.cancelled {
                    wire.by = Some(cancelled.by);
                    wire.reason = Some(cancelled.reason.clone());
                    wire.reason_label = Some(self.reason(&cancelled.reason));
                    wire.note.clone_from(&cancelled.note);
                    wire.at = Some(instant(cancelled.at));
                }
            }
        }
        wire
    }

    fn actions(&self, order: &Order, decision: &Cancellation) -> Vec<Action> {
        let mut actions = Vec::new();
        let still_time = order.pay_by.is_none_or(|pay_by| pay_by > self.now);
        if order.state == OrderState::AwaitingPayment && order.body.pay_url.is_some() && still_time
        {
            actions.push(Action::Pay);
        }
        let incomplete = order
            .body
            .pending
            .as_ref()
            .is_some_and(|pending| pending.cause == api::PendingCause::IncompleteInfo);
        if order.state == OrderState::PendingConfirmation && incomplete {
            actions.push(Action::CorrectAddress);
        }
        match decision {
            Cancellation::SelfService { .. } => actions.push(Action::Cancel),
            Cancellation::ByRequest => actions.push(Action::RequestCancellation),
            Cancellation::Requested { .. } => actions.push(Action::WithdrawRequest),
            Cancellation::NotPossible { .. } | Cancellation::Cancelled => {}
        }
        if order.takes_case(self.policy, self.now) {
            actions.push(Action::AskAfterSale);
        }
        actions.push(Action::ContactSupport);
        actions
    }
}

/// An instant on the wire.
pub fn instant(at: Instant) -> api::Instant {
    api::Instant(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// Minor units in the order's currency on the wire.
pub fn money(order: &Order, amount: i64) -> api::Money {
    wire_money(order.money(amount))
}

/// Money on the wire.
pub fn wire_money(money: orders_domain::Money) -> api::Money {
    api::Money {
        amount: money.amount,
        currency: money.currency.as_str().to_owned(),
    }
}

fn pending(order: &Order) -> Option<api::Pending> {
    let pending = order.body.pending.as_ref()?;
    (order.state == OrderState::PendingConfirmation).then(|| api::Pending {
        cause: pending.cause,
        missing: pending.missing.clone(),
    })
}

/// The money that is on its way back.
fn refunding(order: &Order) -> Option<api::Money> {
    let amount: i64 = order
        .refunds
        .iter()
        .filter(|refund| refund.state != RefundState::Arrived)
        .filter(|refund| !matches!(refund.channel, Channel::Points | Channel::Coupon))
        .map(|refund| refund.amount.amount)
        .sum();
    (amount > 0).then(|| money(order, amount))
}

/// The dates of a refund: starts by, arrives from, arrives by.
pub fn days(promise: &Promise) -> (api::Day, api::Day, api::Day) {
    (
        api::Day(promise.starts_by.to_string()),
        api::Day(promise.arrives_from.to_string()),
        api::Day(promise.arrives_by.to_string()),
    )
}
