//! `PUT /integration/orders/{external_id}`.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use orders_api::{OrderDetail, OrderState, field_codes};
use orders_domain::{
    Actor, Change, Effects, ExternalId, Instant, Line, Order, OrderBody, OrderId, Policy, ShopId,
    ShopperId, TimelineEntry, TimelineEvent,
};
use orders_store::{Changed, Selector, Verdict};

use super::IntegrationKey;
use super::bodies::{self, PutOrder};
use crate::http::context::Context;
use crate::http::error::{Failure, json, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::work::claimed;
use crate::http::wire::View;
use crate::random;
use crate::state::App;

/// Create an order, or update what the shop owns of it.
///
/// A new order goes by the version of the shop's policy that was in force at `placed_at`, whenever it comes in.
///
/// An update never moves the state: events do that. It may correct the number, the words and pictures of
/// lines, `pay_url`, the address while nothing is packed, and, while the order is unpaid, everything else.
/// Where an order has gone on by itself meanwhile (cancelled, paid, address corrected by the shopper), that
/// stays as it is.
#[utoipa::path(
    put, path = "/integration/orders/{external_id}", tag = "integration", operation_id = "put_order",
    params(
        ("external_id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = PutOrder,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "Known already; updated where it may be.", body = OrderDetail),
        (status = 201, description = "Created.", body = OrderDetail),
    ),
)]
pub async fn put_order(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(external_id): PathId,
    Body {
        value: body,
        fingerprint,
    }: Body<PutOrder>,
) -> Result<Response, Failure> {
    let now = app.clock.now();
    let shop = ShopId(body.shop.clone());
    let policy = app
        .shops
        .policy(&shop)
        .ok_or_else(|| Failure::unknown("shop"))?;
    let external_id = ExternalId(external_id);
    let placed_at = bodies::instant(body.placed_at, "placed_at")?;
    // It may come late: what was published since it was placed is not its policy.
    let own = app
        .shops
        .policy_at(&app.store, &shop, placed_at, now)
        .await?;
    let new = created(&body, &external_id, own.unwrap_or(policy), now)?;
    new.check().map_err(|mistakes| {
        Failure::Invalid(
            mistakes
                .into_iter()
                .map(|mistake| (mistake.field, mistake.code.to_owned()))
                .collect::<BTreeMap<_, _>>(),
        )
    })?;
    let once = key.once("integration", &fingerprint, now);
    let shown = |order: &Order| View {
        policy: app.shops.policy_of(order).unwrap_or(policy),
        shop_now: policy,
        calendar: &app.shops.calendar,
        language: context.language,
        now,
        guest: false,
    };
    let decide = |known: Option<Order>| {
        let (status, change, order) = match known {
            None => {
                let effects = Effects {
                    timeline: new.timeline.clone(),
                    ..Effects::default()
                };
                let order = new.clone();
                (
                    201,
                    Some(Change {
                        order: order.clone(),
                        effects,
                    }),
                    order,
                )
            }
            Some(known) => match updated(&known, &new) {
                Err(failure) => {
                    return Verdict {
                        change: None,
                        answer: failure.answer(&context),
                        remember: true,
                    };
                }
                Ok(None) => (200, None, known),
                Ok(Some(order)) => {
                    let effects = Effects::default();
                    (
                        200,
                        Some(Change {
                            order: order.clone(),
                            effects,
                        }),
                        order,
                    )
                }
            },
        };
        let answer = orders_store::Answer {
            status,
            body: json(&shown(&order).detail(&order)),
        };
        Verdict {
            change,
            answer,
            remember: true,
        }
    };
    let selector = Selector::External(external_id);
    match app
        .store
        .change(&selector, once.as_ref(), now, decide)
        .await?
    {
        Changed::Done { answer, .. } | Changed::Replayed(answer) => Ok(send(answer)),
        Changed::KeyReused => Err(Failure::KeyReused),
        Changed::ClaimedByAnother(held) => Err(claimed(held)),
    }
}

/// The order as it begins.
fn created(
    body: &PutOrder,
    external_id: &ExternalId,
    policy: &Policy,
    now: Instant,
) -> Result<Order, Failure> {
    let order_body: OrderBody = body.body(&policy.version)?;
    let placed_at = bodies::instant(body.placed_at, "placed_at")?;
    let paid_at = order_body
        .payments
        .iter()
        .map(|payment| payment.paid_at)
        .max();
    let state = match (body.state, paid_at) {
        (None, None) => OrderState::AwaitingPayment,
        (None, Some(_)) => OrderState::Unpacked,
        (Some(state), _) => state,
    };
    if !matches!(
        state,
        OrderState::AwaitingPayment | OrderState::PendingConfirmation | OrderState::Unpacked
    ) {
        return Err(Failure::field("state", field_codes::NOT_ALLOWED));
    }
    let mut timeline = vec![(placed_at, TimelineEvent::Placed, Actor::Shopper, None)];
    if let Some(paid_at) = paid_at {
        timeline.push((paid_at, TimelineEvent::Paid, Actor::Shopper, None));
    }
    match state {
        OrderState::PendingConfirmation => {
            let cause = order_body
                .pending
                .as_ref()
                .map(|pending| pending.cause.code());
            timeline.push((now, TimelineEvent::Held, Actor::Seller, cause));
        }
        OrderState::Unpacked => timeline.push((now, TimelineEvent::Confirmed, Actor::Seller, None)),
        _ => {}
    }
    let random = random::hex::<12>().map_err(Failure::internal)?;
    let mut order = Order {
        id: OrderId(format!("o_{random}")),
        external_id: external_id.clone(),
        number: body.number.clone(),
        shop: policy.shop.clone(),
        shopper: ShopperId(body.shopper.clone()),
        state,
        version: 1,
        placed_at,
        pay_by: body
            .pay_by
            .map(|pay_by| bodies::instant(pay_by, "pay_by"))
            .transpose()?,
        paid_at,
        delivered_at: None,
        body: order_body,
        timeline: timeline
            .into_iter()
            .map(|(at, what, by, detail)| TimelineEntry {
                at,
                what,
                by,
                detail: detail.map(str::to_owned),
            })
            .collect(),
        refunds: Vec::new(),
        marks: Vec::new(),
    };
    order.fix_confirm_by(None, policy);
    Ok(order)
}

/// `known` with what the shop may change of it taken from `new`; `None` when that is nothing.
///
/// # Errors
/// When `new` says that the order is another shop's or shopper's, was placed at another time, or, once it
/// is paid, has other lines or amounts.
fn updated(known: &Order, new: &Order) -> Result<Option<Order>, Failure> {
    let mut errors = BTreeMap::new();
    let mut fixed = |field: &str, same: bool| {
        if !same {
            errors.insert(field.to_owned(), field_codes::NOT_ALLOWED.to_owned());
        }
    };
    fixed("shop", known.shop == new.shop);
    fixed("shopper", known.shopper == new.shopper);
    fixed("placed_at", known.placed_at == new.placed_at);
    let unpaid = known.state == OrderState::AwaitingPayment;
    if !unpaid {
        fixed("amounts", known.body.amounts == new.body.amounts);
        let same_lines = known.body.lines.len() == new.body.lines.len()
            && known.body.lines.iter().zip(&new.body.lines).all(|(a, b)| {
                (&a.id, a.quantity, a.unit_price, a.kind)
                    == (&b.id, b.quantity, b.unit_price, b.kind)
                    && same_components(a, b)
            });
        fixed("lines", same_lines);
    }
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }

    let mut order = known.clone();
    order.number.clone_from(&new.number);
    order.body.pay_url.clone_from(&new.body.pay_url);
    if unpaid {
        order.pay_by = new.pay_by;
        order.body.lines.clone_from(&new.body.lines);
        order.body.amounts = new.body.amounts.clone();
        order.body.coupons.clone_from(&new.body.coupons);
    } else {
        for (line, new) in order.body.lines.iter_mut().zip(&new.body.lines) {
            line.title = new.title.clone();
            line.variant.clone_from(&new.variant);
            line.image_url.clone_from(&new.image_url);
            for (component, new) in line.components.iter_mut().zip(&new.components) {
                component.title = new.title.clone();
            }
        }
    }
    let before_packing = matches!(
        known.state,
        OrderState::AwaitingPayment | OrderState::PendingConfirmation | OrderState::Unpacked
    );
    let corrected = known
        .timeline
        .iter()
        .any(|entry| entry.what == TimelineEvent::AddressCorrected);
    if before_packing && !corrected && new.body.address.is_some() {
        order.body.address.clone_from(&new.body.address);
    }
    if order == *known {
        return Ok(None);
    }
    order.version = known.version + 1;
    Ok(Some(order))
}

/// Whether two lines consist of the same, whatever it is called and however much of it went back.
fn same_components(a: &Line, b: &Line) -> bool {
    a.components.len() == b.components.len()
        && a.components
            .iter()
            .zip(&b.components)
            .all(|(a, b)| (&a.id, a.weight, a.refundable) == (&b.id, b.weight, b.refundable))
}
