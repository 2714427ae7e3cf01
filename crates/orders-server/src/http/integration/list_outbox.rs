//! `GET /integration/outbox`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use orders_api::{Address, Channel, LineQuantity, Money, OrderState, field_codes};
use orders_domain::{Order, OrderId, OutboxMessage, WayState};
use orders_store::OutboxEntry;
use serde::Serialize;
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::config::limits::PAGE_MAX;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::wire::wire_money;
use crate::state::App;

/// What the shop has to do, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outbox {
    /// At most `limit` of them.
    pub items: Vec<OutboxItem>,
    /// The `after` of the next page; `null` when there is nothing more for now.
    pub next_cursor: Option<String>,
}

/// Something that the shop has to do or know.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxItem {
    /// Grows; whoever has handled one has only to ask for those after it.
    pub seq: i64,
    /// The order, as the shop knows it; `null` for a conversation about no order.
    pub external_id: Option<String>,
    /// The shop.
    pub shop: String,
    /// Whose it is.
    pub shopper: String,
    /// The order's state now, which may be later than the entry; `null` without an order.
    pub state: Option<OrderState>,
    /// What to do.
    #[serde(flatten)]
    pub task: Task,
}

/// What to do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Task {
    /// Put stock back on the shelf.
    ReleaseStock {
        /// Which and how many.
        lines: Vec<LineQuantity>,
    },
    /// Give a coupon back.
    RestoreCoupon {
        /// The shop's id of it.
        coupon: String,
    },
    /// Give points back.
    RestorePoints {
        /// How many.
        points: i64,
    },
    /// Make a refund, by its id: the same id again is the same refund. Only for channels that Tepai has no provider for.
    MakeRefund {
        /// Its id.
        refund: String,
        /// How much; `null` if it is not to be made any more, because it goes another way (`pay_out`).
        amount: Option<Money>,
        /// By which way.
        channel: Option<Channel>,
        /// To which account.
        account: Option<String>,
    },
    /// Do not pack: a request to cancel is open.
    HoldPacking,
    /// Pack again.
    ResumePacking,
    /// The order is cancelled.
    OrderCancelled,
    /// The shopper corrected the address.
    AddressCorrected {
        /// As it is now.
        address: Address,
    },
    /// Staff accepted the order in the console: the warehouse may start.
    OrderConfirmed,
    /// Staff have a request to decide.
    CancellationRequested,
    /// A refund is later than was promised: look at it.
    RefundLate {
        /// Its id.
        refund: String,
    },
    /// The shopper asks for another way for a refund: decide it.
    RefundWayAsked {
        /// Its id.
        refund: String,
    },
    /// An after-sale case was opened: decide it.
    CaseOpened {
        /// Its id.
        case: String,
    },
    /// An after-sale case goes to staff.
    CaseAppealed {
        /// Its id.
        case: String,
    },
    /// The goods of an after-sale case are on their way back.
    CaseSent {
        /// Its id.
        case: String,
    },
    /// The shopper said something in an after-sale case, or added evidence.
    CaseSaid {
        /// Its id.
        case: String,
    },
    /// The shopper withdrew an after-sale case.
    CaseWithdrawn {
        /// Its id.
        case: String,
    },
    /// A complaint was opened: take it up.
    ComplaintOpened {
        /// Its id.
        complaint: String,
    },
    /// The shopper said something in a complaint, or added evidence.
    ComplaintSaid {
        /// Its id.
        complaint: String,
    },
    /// The shopper accepted what was proposed.
    ComplaintAccepted {
        /// Its id.
        complaint: String,
    },
    /// The shopper disputed what was proposed, or declined the last word.
    ComplaintDisputed {
        /// Its id.
        complaint: String,
    },
    /// A date was missed: a supervisor decides.
    ComplaintEscalated {
        /// Its id.
        complaint: String,
    },
    /// The shopper withdrew a complaint.
    ComplaintWithdrawn {
        /// Its id.
        complaint: String,
    },
    /// Pay a compensation that was accepted: the shop's own money, or points.
    ComplaintCompensated {
        /// Its id.
        complaint: String,
        /// How much money; `null` where it is points.
        amount: Option<Money>,
        /// How many points; `null` where it is money.
        points: Option<i64>,
    },
    /// Give what was accepted.
    ComplaintGoodwill {
        /// Its id.
        complaint: String,
        /// What, in words.
        gift: String,
    },
    /// Pay a refund to the account that staff approved, and tell `refund_progressed`.
    PayOut {
        /// Its id.
        refund: String,
        /// How much; `null` if the refund is not known any more.
        amount: Option<Money>,
        /// Where to.
        way: PayOutTo,
    },
    /// A conversation began, goes on after it was over, or was not answered or handed back by whoever had it: somebody has to
    /// answer, in the console or by
    /// `/integration/conversations`.
    ConversationOpened {
        /// Its id.
        conversation: String,
    },
    /// A refund that Tepai makes failed: the money is owed another way.
    RefundFailed {
        /// Its id.
        refund: String,
    },
}

/// An account that its shopper named and staff approved.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayOutTo {
    /// `bank_card` or `alipay`.
    pub channel: Channel,
    /// The card's number, or what the account logs in with.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// The bank, of a card.
    pub bank: Option<String>,
}

/// What the shop has to do: stock and coupons to give back, refunds to make, packing to hold.
#[utoipa::path(
    get, path = "/integration/outbox", tag = "integration", operation_id = "list_outbox",
    params(
        ("after" = Option<i64>, Query, description = "The last `seq` that was handled.", minimum = 0),
        ("limit" = Option<u32>, Query, description = "How many, 100 without.", minimum = 1, maximum = 100),
    ),
    security(("integration_key" = [])),
    responses((status = 200, description = "What to do.", body = Outbox)),
)]
pub async fn list_outbox(
    _: IntegrationKey,
    State(app): State<App>,
    query: Query,
) -> Result<Json<Outbox>, Failure> {
    let after = match query.one("after")? {
        Some(text) => text
            .parse::<i64>()
            .ok()
            .filter(|after| *after >= 0)
            .ok_or_else(|| Failure::field("after", field_codes::INVALID))?,
        None => 0,
    };
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_MAX);
    let entries = app.store.outbox_after(after, limit).await?;
    let full = u32::try_from(entries.len()).is_ok_and(|count| count == limit);
    let next_cursor = entries
        .last()
        .filter(|_| full)
        .map(|last| last.seq.to_string());
    let mut orders: HashMap<OrderId, Order> = HashMap::new();
    let mut items = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(id) = &entry.order else {
            items.push(of_conversation(&app, entry).await?);
            continue;
        };
        if !orders.contains_key(id) {
            let order = app.store.order_by_id(id).await?;
            let order = order.ok_or_else(|| Failure::internal("an outbox entry has no order"))?;
            orders.insert(id.clone(), order);
        }
        if let Some(order) = orders.get(id) {
            items.push(item(entry, order));
        }
    }
    Ok(Json(Outbox { items, next_cursor }))
}

fn item(entry: OutboxEntry, order: &Order) -> OutboxItem {
    OutboxItem {
        seq: entry.seq,
        external_id: Some(order.external_id.0.clone()),
        shop: order.shop.0.clone(),
        shopper: order.shopper.0.clone(),
        state: Some(order.state),
        task: task(entry.message, order),
    }
}

/// An entry about no order: it is about a conversation, which has the shop and the shopper.
async fn of_conversation(app: &App, entry: OutboxEntry) -> Result<OutboxItem, Failure> {
    let OutboxMessage::ConversationOpened { conversation } = entry.message else {
        return Err(Failure::internal("an outbox entry is about nothing"));
    };
    let found = app.store.conversation(&conversation).await?;
    let found = found.ok_or_else(|| Failure::internal("an outbox entry has no conversation"))?;
    Ok(OutboxItem {
        seq: entry.seq,
        external_id: None,
        shop: found.shop.0,
        shopper: found.shopper.0,
        state: None,
        task: Task::ConversationOpened {
            conversation: conversation.0,
        },
    })
}

fn task(message: OutboxMessage, order: &Order) -> Task {
    match message {
        OutboxMessage::ReleaseStock { lines } => Task::ReleaseStock {
            lines: lines
                .into_iter()
                .map(|line| LineQuantity {
                    line: line.line.0,
                    quantity: line.quantity,
                })
                .collect(),
        },
        OutboxMessage::RestoreCoupon { coupon } => Task::RestoreCoupon { coupon },
        OutboxMessage::RestorePoints { points } => Task::RestorePoints { points },
        OutboxMessage::MakeRefund { refund } => {
            // What is paid another way by now is not to be made this way any more.
            let first_way = |known: &&orders_domain::Refund| {
                let change = known.course.change.as_ref();
                change.is_none_or(|change| change.state() != WayState::Approved)
            };
            let known = order.refunds.iter().find(|known| known.id == refund);
            let known = known.filter(first_way);
            Task::MakeRefund {
                refund: refund.0,
                amount: known.map(|refund| wire_money(refund.amount)),
                channel: known.map(|refund| refund.channel),
                account: known.map(|refund| refund.account.zh_cn.clone()),
            }
        }
        OutboxMessage::HoldPacking => Task::HoldPacking,
        OutboxMessage::ResumePacking => Task::ResumePacking,
        OutboxMessage::OrderCancelled => Task::OrderCancelled,
        OutboxMessage::AddressCorrected { address } => Task::AddressCorrected {
            address: Address {
                recipient: address.recipient,
                phone: address.phone,
                region: address.region,
                street: address.street,
            },
        },
        OutboxMessage::OrderConfirmed => Task::OrderConfirmed,
        OutboxMessage::CancellationRequested => Task::CancellationRequested,
        OutboxMessage::RefundLate { refund } => Task::RefundLate { refund: refund.0 },
        OutboxMessage::CaseOpened { case } => Task::CaseOpened { case },
        OutboxMessage::CaseAppealed { case } => Task::CaseAppealed { case },
        OutboxMessage::CaseSent { case } => Task::CaseSent { case },
        OutboxMessage::CaseSaid { case } => Task::CaseSaid { case },
        OutboxMessage::CaseWithdrawn { case } => Task::CaseWithdrawn { case },
        OutboxMessage::ComplaintOpened { complaint } => Task::ComplaintOpened { complaint },
        OutboxMessage::ComplaintSaid { complaint } => Task::ComplaintSaid { complaint },
        OutboxMessage::ComplaintAccepted { complaint } => Task::ComplaintAccepted { complaint },
        OutboxMessage::ComplaintDisputed { complaint } => Task::ComplaintDisputed { complaint },
        OutboxMessage::ComplaintEscalated { complaint } => Task::ComplaintEscalated { complaint },
        OutboxMessage::ComplaintWithdrawn { complaint } => Task::ComplaintWithdrawn { complaint },
        OutboxMessage::ComplaintCompensated {
            complaint,
            amount,
            points,
        } => Task::ComplaintCompensated {
            complaint,
            amount: amount.map(wire_money),
            points,
        },
        OutboxMessage::ComplaintGoodwill { complaint, gift } => {
            Task::ComplaintGoodwill { complaint, gift }
        }
        OutboxMessage::RefundWayAsked { refund } => Task::RefundWayAsked { refund: refund.0 },
        OutboxMessage::PayOut { refund, way } => {
            let known = order.refunds.iter().find(|known| known.id == refund);
            Task::PayOut {
                refund: refund.0,
                amount: known.map(|refund| wire_money(refund.amount)),
                way: PayOutTo {
                    channel: way.channel,
                    account: way.account,
                    holder: way.holder,
                    bank: way.bank,
                },
            }
        }
        OutboxMessage::ConversationOpened { conversation } => Task::ConversationOpened {
            conversation: conversation.0,
        },
        OutboxMessage::RefundFailed { refund } => Task::RefundFailed { refund: refund.0 },
    }
}
