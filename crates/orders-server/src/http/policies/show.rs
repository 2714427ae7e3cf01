//! `GET /policies/{shop}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_api as api;
use orders_api::PolicyDetail;
use orders_domain::{
    Abuse, AfterSale, Channel, Condition, Language, OrderState, Outcome, Policy, ShopId, Silence,
};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::help::{goods, public, shop, support};
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::state::App;

/// A shop's policy, in force or of an order: who may cancel, when refunds start and arrive, what holds after receipt.
#[utoipa::path(
    get, path = "/policies/{shop}", tag = "help", operation_id = "show_policy",
    params(
        ("shop" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64),
        ("version" = Option<String>, Query, description = "The version that an order names; without, the one in force.", max_length = 64),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The policy.", body = PolicyDetail),
        (status = 304, description = "As in the answer with that `ETag`."),
    ),
)]
pub async fn show_policy(
    State(app): State<App>,
    context: Context,
    PathId(id): PathId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let language = context.language;
    let id = ShopId(id);
    let in_force = app.shops.policy(&id).ok_or(Failure::NotFound)?;
    let policy = match query.one("version")? {
        Some(version) => {
            let known = app.shops.version(&id, version.to_owned());
            // What is not in force yet is nobody's business.
            known.filter(|known| known.since <= in_force.since || known.version == in_force.version)
        }
        None => Some(in_force),
    };
    let policy = policy.ok_or(Failure::NotFound)?;
    let shops = app.shops.policies().map(|policy| shop(policy, language));
    public(
        &headers,
        language,
        &detail(policy, in_force, shops.collect(), language),
    )
}

fn detail(
    policy: &Policy,
    in_force: &Policy,
    shops: Vec<api::Shop>,
    language: Language,
) -> PolicyDetail {
    let rules = OrderState::ALL.into_iter().map(|state| {
        let rule = policy.rule(state);
        api::PolicyRule {
            state,
            outcome: outcome(rule.outcome),
            window_minutes: rule.window_minutes,
            next_steps: rule.next_steps.clone(),
        }
    });
    let exceptions = policy
        .exceptions
        .iter()
        .map(|exception| api::PolicyException {
            goods: goods(exception, language),
            states: exception.states.clone(),
            outcome: outcome(exception.outcome),
        });
    let reasons = policy.reasons.iter().map(|reason| api::Reason {
        code: reason.code.clone(),
        label: reason.label.get(language).to_owned(),
        note_required: reason.note_required,
    });
    let clocks = Channel::ALL.into_iter().map(|channel| {
        let clock = policy.clock(channel);
        api::PolicyClock {
            channel,
            starts_within: clock.starts_within,
            arrives_from: clock.arrives_from,
            arrives_within: clock.arrives_within,
        }
    });
    PolicyDetail {
        shop: shop(policy, language),
        shops,
        version: policy.version.clone(),
        since: api::Day(policy.since.to_string()),
        in_force: in_force.version.clone(),
        support: support(in_force, language),
        cancelling: rules.collect(),
        exceptions: exceptions.collect(),
        partial: policy.partial,
        reasons: reasons.collect(),
        refunds: clocks.collect(),
        after_sale: policy
            .after_sale
            .as_ref()
            .map(|rules| after_sale(rules, language)),
        abuse: policy
            .abuse
            .as_ref()
            .map(|rules| abuse(policy, rules, language)),
    }
}

const fn outcome(outcome: Outcome) -> api::CancelRule {
    match outcome {
        Outcome::SelfService => api::CancelRule::SelfService,
        Outcome::ByRequest => api::CancelRule::ByRequest,
        Outcome::NotPossible => api::CancelRule::NotPossible,
    }
}

fn abuse(policy: &Policy, rules: &Abuse, language: Language) -> api::PolicyAbuse {
    let never = rules.never_counts.iter();
    let never = never.filter_map(|code| policy.reason(code));
    api::PolicyAbuse {
        grace_minutes: rules.grace_minutes,
        free: rules.free,
        forget_days: rules.forget_days,
        never_for: never
            .map(|reason| reason.label.get(language).to_owned())
            .collect(),
        warned_at: rules.free + rules.warn_at,
        limited_at: rules.free + rules.limit_at,
        limit_days: rules.limit_days,
    }
}

fn after_sale(rules: &AfterSale, language: Language) -> api::PolicyAfterSale {
    let conditions = Condition::ALL.into_iter().zip(rules.deductions);
    let reasons = rules.reasons.iter().map(|reason| api::CaseReason {
        code: reason.code.clone(),
        label: reason.label.get(language).to_owned(),
        kinds: reason.kinds.clone(),
        seller_fault: reason.seller_fault,
        evidence: reason.evidence,
    });
    api::PolicyAfterSale {
        days: rules.free_days(),
        fault_days: rules.fault_days,
        merchant_hours: rules.merchant_hours,
        silence: match rules.silence {
            Silence::Approve => api::Consequence::Refund,
            Silence::Escalate => api::Consequence::Staff,
        },
        staff_hours: rules.staff_hours,
        return_days: rules.return_days,
        appeal_days: rules.appeal_days,
        evidence_at_once: rules.evidence_at_once,
        conditions: conditions
            .map(|(condition, deduction)| api::ConditionOption {
                condition,
                deduction,
            })
            .collect(),
        reasons: reasons.collect(),
    }
}
