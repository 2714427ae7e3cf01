//! `GET /policies/{shop}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_api as api;
use orders_api::{PolicyDetail, PolicySection};
use orders_domain::{
    Abuse, AfterSale, Channel, ComplaintSilence, Complaints, Condition, Language, OrderState,
    Outcome, Policy, ShopId, Silence,
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
        Some(version) => app.shops.version_so_far(&id, version),
        None => Some(in_force),
    };
    let policy = policy.ok_or(Failure::NotFound)?;
    let shops = app.shops.policies().map(|policy| shop(policy, language));
    let versions = app.shops.versions(&id).into_iter();
    let versions = versions.map(|policy| api::PolicySince {
        version: policy.version.clone(),
        since: api::Day(policy.since.to_string()),
    });
    let now = detail(in_force, in_force, language);
    let mut detail = detail(policy, in_force, language);
    detail.shops = shops.collect();
    detail.versions = versions.collect();
    detail.differs = differs(&detail, &now);
    public(&headers, language, &detail)
}

/// In what one version differs from another, as far as it is shown.
fn differs(one: &PolicyDetail, other: &PolicyDetail) -> Vec<PolicySection> {
    let cancelling = |of: &PolicyDetail| {
        let hours = (of.hours.request, of.hours.confirm);
        (
            of.cancelling.clone(),
            of.exceptions.clone(),
            of.partial,
            hours,
        )
    };
    let refunds = |of: &PolicyDetail| (of.refunds.clone(), of.hours.way);
    let differ = [
        (
            PolicySection::Cancelling,
            cancelling(one) != cancelling(other),
        ),
        (PolicySection::Reasons, one.reasons != other.reasons),
        (PolicySection::Refunds, refunds(one) != refunds(other)),
        (PolicySection::AfterSale, one.after_sale != other.after_sale),
        (PolicySection::Abuse, one.abuse != other.abuse),
    ];
    let differ = differ.into_iter().filter(|(_, differ)| *differ);
    differ.map(|(section, _)| section).collect()
}

/// A policy without what is not its own: the shops, and its other versions.
fn detail(policy: &Policy, in_force: &Policy, language: Language) -> PolicyDetail {
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
        shop: shop(in_force, language),
        shops: Vec::new(),
        version: policy.version.clone(),
        since: api::Day(policy.since.to_string()),
        in_force: in_force.version.clone(),
        versions: Vec::new(),
        differs: Vec::new(),
        support: support(in_force, language),
        cancelling: rules.collect(),
        exceptions: exceptions.collect(),
        partial: policy.partial,
        reasons: reasons.collect(),
        refunds: clocks.collect(),
        hours: api::PolicyHours {
            request: policy.staff_hours.request,
            confirm: policy.staff_hours.confirm,
            way: policy.staff_hours.way,
        },
        after_sale: policy
            .after_sale
            .as_ref()
            .map(|rules| after_sale(rules, language)),
        abuse: policy
            .abuse
            .as_ref()
            .map(|rules| abuse(policy, rules, language)),
        complaints: in_force
            .complaints
            .as_ref()
            .map(|rules| complaints(rules, language)),
    }
}

fn complaints(rules: &Complaints, language: Language) -> api::PolicyComplaints {
    let (terms, outside) = (&rules.terms, &rules.outside);
    api::PolicyComplaints {
        days: rules.days,
        confirm_hours: terms.confirm_hours,
        propose_days: terms.propose_days,
        answer_days: terms.answer_days,
        supervisor_days: terms.supervisor_days,
        silence_grants: terms.silence == ComplaintSilence::Grant,
        evidence_at_once: terms.evidence_at_once,
        outside: api::OutsideRoute {
            name: outside.name.get(language).to_owned(),
            phone: outside.phone.clone(),
            url: outside.url.clone(),
            when: outside.when.get(language).to_owned(),
        },
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tepai_with(from: &str, to: &str) -> Policy {
        let [(file, text), _] = Policy::built_in();
        assert!(text.contains(from), "{from}");
        Policy::parse(file, &text.replacen(from, to, 1)).expect("a policy")
    }

    #[test]
    fn an_older_version_names_the_sections_that_changed_and_no_others() {
        let [(file, text), _] = Policy::built_in();
        let now = Policy::parse(file, text).expect("a policy");
        for (from, to, section) in [
            (
                "partial = true",
                "partial = false",
                Some(PolicySection::Cancelling),
            ),
            (
                "[cancellation.unpacked] # S0\noutcome = \"self_service\"",
                "[cancellation.unpacked] # S0\noutcome = \"by_request\"",
                Some(PolicySection::Cancelling),
            ),
            (
                "request_hours = 24 ",
                "request_hours = 12 ",
                Some(PolicySection::Cancelling),
            ),
            ("way_hours = 48 ", "", Some(PolicySection::Refunds)),
            ("误操作下单", "点错了", Some(PolicySection::Reasons)),
            (
                "arrives_within = 10",
                "arrives_within = 12",
                Some(PolicySection::Refunds),
            ),
            (
                "fault_days = 15",
                "fault_days = 30",
                Some(PolicySection::AfterSale),
            ),
            (
                "limit_days = 30",
                "limit_days = 10",
                Some(PolicySection::Abuse),
            ),
            // What holds by the policy in force for every order is no difference.
            ("400-820-0403", "400-820-0499", None),
            ("propose_days = 7", "propose_days = 9", None),
        ] {
            let before = tepai_with(from, to);
            let language = Language::ZhCn;
            let (old, new) = (
                detail(&before, &now, language),
                detail(&now, &now, language),
            );
            assert_eq!(differs(&old, &new), Vec::from_iter(section), "{from}");
            assert_eq!(differs(&new, &new), []);
            assert_eq!(old.complaints, new.complaints, "{from}");
            assert_eq!(old.support, new.support, "{from}");
        }
    }
}
