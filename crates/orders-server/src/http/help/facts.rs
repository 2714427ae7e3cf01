//! What an article may say of a policy, in words.

use orders_api::{Day, Money};
use orders_domain::{
    Abuse, AfterSale, CaseReason, Channel, ChatDays, ComplaintSilence, Condition, Exception,
    HelpFact, Language, LineKind, NotPossibleReason, OrderState, Outcome, Policy, RefundClock,
    Silence,
};
use storefront::format;
use storefront::words::codes;

/// What an article of a shop is filled in from.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The policy that it tells of: the one in force, or the one that an order goes by.
    pub policy: &'a Policy,
    /// The policy in force.
    pub in_force: &'a Policy,
    /// All versions so far, the latest first.
    pub versions: &'a [&'a Policy],
}

impl<'a> Filling<'a> {
    /// From a policy in force alone.
    pub const fn of(policy: &'a Policy) -> Self {
        Self {
            policy,
            in_force: policy,
            versions: &[],
        }
    }

    /// What stands for `name`; `None` for what there is not.
    pub fn fact(&self, name: HelpFact, language: Language) -> Option<String> {
        match name {
            HelpFact::Versions => versions(self.versions, language),
            name if name.is_of_today() => fact(self.in_force, name, language),
            name => fact(self.policy, name, language),
        }
    }
}

/// The versions of a policy with their first days; `None` while there is only one.
fn versions(versions: &[&Policy], language: Language) -> Option<String> {
    let named: Vec<_> = versions
        .iter()
        .map(|policy| {
            let since = format::full_day(language, &Day(policy.since.to_string()));
            let version = &policy.version;
            match language {
                Language::ZhCn => format!("{version} 版，{since}起"),
                Language::En => format!("version {version} from {since} on"),
            }
        })
        .collect();
    (named.len() > 1).then(|| named.join(&pick(language, "；", "; ")))
}

/// What `policy` says of `name`; `None` for what it does not have, and for what no policy says by itself.
pub fn fact(policy: &Policy, name: HelpFact, language: Language) -> Option<String> {
    let after = policy.after_sale.as_ref();
    let abuse = policy.abuse.as_ref();
    let complaints = policy.complaints.as_ref();
    let number = |number: u32| Some(number.to_string());
    let clock = |channel| {
        let clock = policy.clock(channel);
        Some(range(clock.arrives_from, clock.arrives_within))
    };
    match name {
        HelpFact::Shop => Some(policy.name.get(language).to_owned()),
        HelpFact::AtOnce => states(policy, Outcome::SelfService, language),
        HelpFact::ByRequest => by_request(policy, language),
        HelpFact::CancelWindow => windows(policy, language),
        HelpFact::LockedGoods => goods_of(policy, language, |exception| {
            exception.reason == Some(NotPossibleReason::StockLocked)
        }),
        HelpFact::OneTap => goods_of(policy, language, |exception| {
            exception.outcome == Outcome::SelfService
        }),
        HelpFact::Partial => policy.partial.then(String::new),
        HelpFact::UnpaidAtOnce => {
            let outcome = policy.rule(OrderState::AwaitingPayment).outcome;
            (outcome == Outcome::SelfService).then(String::new)
        }
        HelpFact::CancelReasons => {
            let labels = policy
                .reasons
                .iter()
                .map(|reason| reason.label.get(language));
            list(labels, language)
        }
        HelpFact::Ways => Some(ways(policy, language)),
        HelpFact::ChatHours => chat_hours(policy, language),
        HelpFact::Phone => Some(policy.support.phone.clone()),
        HelpFact::PhoneHours => Some(policy.support.hours.get(language).to_owned()),
        HelpFact::Email => Some(policy.support.email.clone()),
        HelpFact::EmailHours => number(policy.support.email_reply_hours),
        HelpFact::RefundStart => {
            let starts = MONEY.map(|channel| policy.clock(channel).starts_within);
            number(starts.into_iter().max().unwrap_or_default())
        }
        HelpFact::RefundWechat => clock(Channel::WechatPay),
        HelpFact::RefundAlipay => clock(Channel::Alipay),
        HelpFact::RefundCard => clock(Channel::BankCard),
        HelpFact::RefundClearing => {
            let clocks = MONEY.map(|channel| policy.clock(channel));
            let of = |number: fn(&RefundClock) -> u32| clocks.iter().map(number);
            let from = of(|clock| clock.processed_from).min().unwrap_or_default();
            let within = of(|clock| clock.processed_within).max().unwrap_or_default();
            Some(range(from, within))
        }
        HelpFact::TwoApprove => Some(format::money(&Money {
            amount: policy.two_approve_above,
            currency: "CNY".into(),
        })),
        HelpFact::AfterSale => after.map(|_| String::new()),
        HelpFact::FreeReturn => reasons(after?, language, CaseReason::is_free),
        HelpFact::ReturnDays => number(after?.free_days()?),
        HelpFact::FaultReasons => reasons(after?, language, |reason| reason.seller_fault),
        HelpFact::FaultDays => number(after?.fault_days),
        HelpFact::EvidenceReasons => reasons(after?, language, |reason| reason.evidence),
        HelpFact::EvidenceCount => number(after?.evidence_at_once),
        HelpFact::RefuseParcel => reasons(after?, language, |reason| reason.refused_parcel),
        HelpFact::Deductions => deductions(after?, language),
        HelpFact::NotTakenBack => {
            let not = Condition::ALL
                .into_iter()
                .zip(after?.deductions)
                .filter(|(_, percent)| percent.is_none());
            list(
                not.map(|(condition, _)| codes::condition(language, condition)),
                language,
            )
        }
        HelpFact::MerchantHours => number(after?.merchant_hours),
        HelpFact::SilenceGrants => (after?.silence == Silence::Approve)
            .then(|| pick(language, "视为商家同意", "it counts as granted")),
        HelpFact::SilenceEscalates => (after?.silence == Silence::Escalate)
            .then(|| pick(language, "自动转给客服", "it goes to our staff")),
        HelpFact::StaffHours => number(after?.staff_hours),
        HelpFact::RequestHours => number(policy.staff_hours.request?),
        HelpFact::ConfirmHours => number(policy.staff_hours.confirm?),
        HelpFact::WayHours => number(policy.staff_hours.way?),
        HelpFact::SendBackDays => number(after?.return_days),
        HelpFact::AppealDays => number(after?.appeal_days),
        HelpFact::LateAfter => Some(minutes_in_words(abuse?.grace_minutes, language)),
        HelpFact::FreeCancels => number(abuse?.free),
        HelpFact::CountDays => number(abuse?.forget_days),
        HelpFact::UncountedReasons => uncounted(policy, abuse?, language),
        HelpFact::WarnedAt => number(abuse?.free + abuse?.warn_at),
        HelpFact::LimitedAt => number(abuse?.free + abuse?.limit_at),
        HelpFact::LimitDays => number(abuse?.limit_days),
        HelpFact::Complaints => complaints.map(|_| String::new()),
        HelpFact::ComplaintHours => number(complaints?.terms.confirm_hours),
        HelpFact::ComplaintDays => number(complaints?.terms.propose_days),
        HelpFact::ComplaintAnswerDays => number(complaints?.terms.answer_days),
        HelpFact::ComplaintSupervisorDays => number(complaints?.terms.supervisor_days),
        HelpFact::ComplaintGrants => {
            (complaints?.terms.silence == ComplaintSilence::Grant).then(String::new)
        }
        HelpFact::OutsideName => Some(complaints?.outside.name.get(language).to_owned()),
        HelpFact::OutsidePhone => Some(complaints?.outside.phone.clone()),
        HelpFact::OutsideWhen => Some(complaints?.outside.when.get(language).to_owned()),
        HelpFact::Version => Some(policy.version.clone()),
        HelpFact::Since => Some(format::full_day(language, &Day(policy.since.to_string()))),
        HelpFact::Versions => None,
    }
}

/// The ways that go through a bank or a provider.
const MONEY: [Channel; 3] = [Channel::WechatPay, Channel::Alipay, Channel::BankCard];

fn pick(language: Language, zh: &str, en: &str) -> String {
    match language {
        Language::ZhCn => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}

/// When the chat is open, as the hours of the telephone are written.
fn chat_hours(policy: &Policy, language: Language) -> Option<String> {
    let hours = policy.support.chat?;
    let time = |minute: u32| format!("{}:{:02}", minute / 60, minute % 60);
    let (opens, closes) = (time(hours.opens), time(hours.closes));
    let days = match hours.days {
        ChatDays::Daily => pick(language, "每天", "daily"),
        ChatDays::WorkingDays => pick(language, "工作日", "on working days"),
    };
    let offset = policy.utc_offset_minutes;
    let zone = if offset == BEIJING {
        pick(language, "北京时间", "Beijing time")
    } else {
        let sign = if offset < 0 { '-' } else { '+' };
        let minutes = offset.unsigned_abs();
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    };
    Some(match language {
        Language::ZhCn => format!("{days} {opens}–{closes}（{zone}）"),
        Language::En => format!("{days} {opens}–{closes}, {zone}"),
    })
}

/// Minutes east of UTC.
const BEIJING: i32 = 8 * 60;

/// The ways to a person, the quickest first, in one sentence without its full stop.
fn ways(policy: &Policy, language: Language) -> String {
    let support = &policy.support;
    let chat = chat_hours(policy, language).map(|hours| match language {
        Language::ZhCn => format!("在线客服，{hours}"),
        Language::En => format!("Live chat, {hours}"),
    });
    let (phone, email, within) = (&support.phone, &support.email, support.email_reply_hours);
    let hours = support.hours.get(language);
    let (phone, email) = match language {
        Language::ZhCn => (
            format!("电话 {phone}，{hours}"),
            format!("邮箱 {email}，{within} 小时内回复"),
        ),
        Language::En => (
            format!("telephone {phone}, {hours}"),
            format!("e-mail {email}, answered within {within} h"),
        ),
    };
    let all: Vec<_> = chat.into_iter().chain([phone, email]).collect();
    let all = all.join(&pick(language, "；", "; "));
    // It begins a sentence, with a chat or without.
    let mut letters = all.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// `7–10`, or the one number that both are.
fn range(from: u32, within: u32) -> String {
    if from == within {
        within.to_string()
    } else {
        format!("{from}–{within}")
    }
}

/// One after the other; `None` when there is none.
fn list<'a>(items: impl Iterator<Item = &'a str>, language: Language) -> Option<String> {
    let items: Vec<_> = items.collect();
    let between = pick(language, "、", ", ");
    (!items.is_empty()).then(|| items.join(&between))
}

fn states(policy: &Policy, outcome: Outcome, language: Language) -> Option<String> {
    let states = OrderState::ALL.into_iter();
    let states = states.filter(|state| policy.rule(*state).outcome == outcome);
    list(states.map(|state| codes::state(language, state)), language)
}

/// The states in which staff decide, and the goods of which they do although the state says otherwise.
fn by_request(policy: &Policy, language: Language) -> Option<String> {
    let goods = policy
        .exceptions
        .iter()
        .filter(|exception| exception.outcome == Outcome::ByRequest)
        .filter_map(|exception| {
            let states = exception.states.iter();
            let states = list(states.map(|state| codes::state(language, *state)), language)?;
            let goods = goods(exception, language);
            Some(match language {
                Language::ZhCn => format!("{goods}（{states}）"),
                Language::En => format!("{goods} ({states})"),
            })
        });
    let all: Vec<_> = states(policy, Outcome::ByRequest, language)
        .into_iter()
        .chain(goods)
        .collect();
    list(all.iter().map(String::as_str), language)
}

/// The states in which cancelling is limited in time, each with its limit: others have none.
fn windows(policy: &Policy, language: Language) -> Option<String> {
    let limited = OrderState::ALL.into_iter().filter_map(|state| {
        let rule = policy.rule(state);
        let minutes = rule
            .window_minutes
            .filter(|_| rule.outcome != Outcome::NotPossible)?;
        let time = minutes_in_words(minutes, language);
        let state = codes::state(language, state);
        Some(match language {
            Language::ZhCn => format!("{state}，下单后{time}内"),
            Language::En => format!("{state}, within {time} of placing the order"),
        })
    });
    let limited: Vec<_> = limited.collect();
    (!limited.is_empty()).then(|| limited.join(&pick(language, "；", "; ")))
}

/// The goods of these exceptions.
fn goods_of(policy: &Policy, language: Language, which: fn(&Exception) -> bool) -> Option<String> {
    let all = policy.exceptions.iter();
    let goods: Vec<_> = all
        .filter(|exception| which(exception))
        .map(|exception| goods(exception, language))
        .collect();
    list(goods.iter().map(String::as_str), language)
}

/// Which goods an exception is about.
pub fn goods(exception: &Exception, language: Language) -> String {
    use orders_domain::LineTrait::{Custom, OneTap, Presale};
    let kind = match exception.line_kind {
        Some(LineKind::Physical) => pick(language, "实物商品", "goods that are sent"),
        Some(LineKind::Digital) => pick(language, "数字商品", "digital goods"),
        None => pick(language, "商品", "goods"),
    };
    match exception.line_trait {
        Some(Custom) => pick(language, "定制", "custom ") + &kind,
        Some(Presale) => pick(language, "预售", "pre-order ") + &kind,
        Some(OneTap) => pick(language, "支持一键取消的", "one-tap ") + &kind,
        None => kind,
    }
}

fn minutes_in_words(minutes: u32, language: Language) -> String {
    if minutes.is_multiple_of(60) {
        format!("{}{}", minutes / 60, pick(language, "小时", " h"))
    } else {
        format!("{minutes}{}", pick(language, "分钟", " min"))
    }
}

/// The reasons with which a cancel is never held against anybody.
fn uncounted(policy: &Policy, abuse: &Abuse, language: Language) -> Option<String> {
    let codes = abuse.never_counts.iter();
    let known = codes.filter_map(|code| policy.reason(code));
    list(known.map(|reason| reason.label.get(language)), language)
}

fn reasons(
    after: &AfterSale,
    language: Language,
    which: fn(&CaseReason) -> bool,
) -> Option<String> {
    let some = after.reasons.iter().filter(|reason| which(reason));
    list(some.map(|reason| reason.label.get(language)), language)
}

fn deductions(after: &AfterSale, language: Language) -> Option<String> {
    let taken = Condition::ALL.into_iter().zip(after.deductions);
    let taken: Vec<_> = taken
        .filter_map(|(condition, percent)| {
            let name = codes::condition(language, condition);
            Some(match (percent?, language) {
                (0, Language::ZhCn) => format!("{name}不扣"),
                (0, Language::En) => format!("{name}: nothing"),
                (percent, Language::ZhCn) => format!("{name}扣 {percent}%"),
                (percent, Language::En) => format!("{name}: {percent}%"),
            })
        })
        .collect();
    list(taken.iter().map(String::as_str), language)
}
