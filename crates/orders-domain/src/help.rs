//! Articles of the help centre: texts with places for what the policy in force says, so that none can contradict it.

use serde::{Deserialize, Serialize};

use crate::{Language, LocalText, ShopId, codes::codes};

/// What an article is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HelpTopic {
    /// Cancelling an order.
    Cancelling,
    /// Waiting for confirmation, and delivery.
    Orders,
    /// Where the money is.
    Refunds,
    /// After receipt.
    AfterSale,
    /// Reaching a person, and complaints.
    Support,
    /// Safety, points, the account.
    Shopping,
}

codes!(HelpTopic {
    Cancelling => "cancelling",
    Orders => "orders",
    Refunds => "refunds",
    AfterSale => "after_sale",
    Support => "support",
    Shopping => "shopping",
});

/// A page that an article leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HelpPage {
    /// My Orders.
    Orders,
    /// My Orders, those to be shipped.
    ToShip,
    /// My Orders, those with refunds and after-sale cases.
    AfterSale,
    /// My Orders, the cancelled ones.
    Cancelled,
    /// What happened to the orders.
    Notifications,
    /// The shop's policy in words.
    Policy,
}

codes!(HelpPage {
    Orders => "orders",
    ToShip => "to_ship",
    AfterSale => "after_sale",
    Cancelled => "cancelled",
    Notifications => "notifications",
    Policy => "policy",
});

/// An article that pages of the app lead to, by its id: no help centre is without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkedArticle {
    /// Why an order cannot be cancelled.
    CannotCancel,
    /// A refund that is late or failed.
    LateRefund,
    /// Goods that go back.
    ReturnGoods,
    /// Reaching a person.
    ContactSupport,
    /// An order that waits for the shop to confirm it.
    EndTheWaiting,
    /// An order that is not paid yet.
    UnpaidOrder,
    /// What comes of cancelling often.
    DoesCancellingHarm,
    /// An order that the seller cancelled.
    SellerCancelled,
    /// What comes back of points and coupons.
    PointsAndCoupons,
    /// A case that was rejected.
    RefundRejected,
    /// A refund to another account.
    AnotherAccount,
    /// Complaining.
    Complaints,
    /// One order, with a code.
    WithoutLogIn,
    /// The versions of the policy, and which holds for an order.
    PolicyChanges,
}

codes!(LinkedArticle {
    CannotCancel => "cannot-cancel",
    LateRefund => "late-refund",
    ReturnGoods => "return-goods",
    ContactSupport => "contact-support",
    EndTheWaiting => "end-the-waiting",
    UnpaidOrder => "unpaid-order",
    DoesCancellingHarm => "does-cancelling-harm",
    SellerCancelled => "seller-cancelled",
    PointsAndCoupons => "points-and-coupons",
    RefundRejected => "refund-rejected",
    AnotherAccount => "another-account",
    Complaints => "complaints",
    WithoutLogIn => "without-log-in",
    PolicyChanges => "policy-changes",
});

/// What an article may say of a policy, by the name in its braces (the table in docs/HELP.md has all of them). Whoever fills it in gives `None` for what the policy
/// does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelpFact {
    /// The shop's name.
    Shop,
    /// The states in which the shopper cancels at once.
    AtOnce,
    /// Those in which staff decide, and goods of which they do although the state says otherwise.
    ByRequest,
    /// In which states cancelling is limited to some time after placing, and to which.
    CancelWindow,
    /// Goods that cannot be cancelled although the state would allow it, because their stock is locked.
    LockedGoods,
    /// Goods that the shopper may cancel at once although staff decide otherwise.
    OneTap,
    /// Whether parts of an order may be cancelled.
    Partial,
    /// Whether an unpaid order is cancelled by the shopper.
    UnpaidAtOnce,
    /// The reasons for a cancel to choose from.
    CancelReasons,
    /// All ways to a person, each with when somebody is there.
    Ways,
    /// When somebody answers in the chat; only where there is one.
    ChatHours,
    /// The telephone.
    Phone,
    /// When somebody answers it.
    PhoneHours,
    /// The e-mail address.
    Email,
    /// Within how many hours e-mail is answered.
    EmailHours,
    /// Within how many working days a refund starts.
    RefundStart,
    /// After how many working days it arrives by WeChat Pay.
    RefundWechat,
    /// The same by Alipay.
    RefundAlipay,
    /// The same to a bank card.
    RefundCard,
    /// The same, counted from when the provider has processed it.
    RefundClearing,
    /// Above which amount two people approve another account.
    TwoApprove,
    /// Whether money is asked for after receipt.
    AfterSale,
    /// The reasons for which goods are taken back without anybody's fault.
    FreeReturn,
    /// How many days there are to ask for that.
    ReturnDays,
    /// The reasons in which the seller is at fault.
    FaultReasons,
    /// How many days there are to ask for those.
    FaultDays,
    /// Those that need a photo or video.
    EvidenceReasons,
    /// How many photos and videos go with one message.
    EvidenceCount,
    /// Whether a parcel may be refused.
    RefuseParcel,
    /// What is taken off for the condition of the goods.
    Deductions,
    /// Conditions in which goods are not taken back.
    NotTakenBack,
    /// How many hours the seller has to answer.
    MerchantHours,
    /// That the seller's silence grants.
    SilenceGrants,
    /// That the seller's silence leads to staff.
    SilenceEscalates,
    /// How many hours staff have.
    StaffHours,
    /// Within how many hours staff decide a request to cancel.
    RequestHours,
    /// Within how many hours the shop says whether it accepts an order.
    ConfirmHours,
    /// Within how many hours staff decide a wish for another way of a refund.
    WayHours,
    /// How many days there are to send the goods back.
    SendBackDays,
    /// How many days there are to appeal.
    AppealDays,
    /// How long after placing a cancel is a late one, which may count.
    LateAfter,
    /// How many late cancels are ordinary.
    FreeCancels,
    /// After how many days a late cancel is forgotten.
    CountDays,
    /// The reasons with which a cancel never counts.
    UncountedReasons,
    /// With the how many-th late cancel the shopper is warned.
    WarnedAt,
    /// With the how many-th staff decide for a while.
    LimitedAt,
    /// For how many days.
    LimitDays,
    /// Whether complaints are taken.
    Complaints,
    /// Within how many hours a complaint is taken up.
    ComplaintHours,
    /// Within how many days something is proposed.
    ComplaintDays,
    /// How many days there are to answer a proposal.
    ComplaintAnswerDays,
    /// How many days a supervisor has.
    ComplaintSupervisorDays,
    /// That the shop's silence grants the refund that was wished for.
    ComplaintGrants,
    /// Who helps outside of the shop.
    OutsideName,
    /// Their telephone.
    OutsidePhone,
    /// When to turn to them.
    OutsideWhen,
    /// The policy's version.
    Version,
    /// Since when it is in force.
    Since,
    /// All versions so far, each with its first day; only where there are several.
    Versions,
}

codes!(HelpFact {
    Shop => "shop",
    AtOnce => "at_once",
    ByRequest => "by_request",
    CancelWindow => "cancel_window",
    LockedGoods => "locked_goods",
    OneTap => "one_tap",
    Partial => "partial",
    UnpaidAtOnce => "unpaid_at_once",
    CancelReasons => "cancel_reasons",
    Ways => "ways",
    ChatHours => "chat_hours",
    Phone => "phone",
    PhoneHours => "phone_hours",
    Email => "email",
    EmailHours => "email_hours",
    RefundStart => "refund_start",
    RefundWechat => "refund_wechat",
    RefundAlipay => "refund_alipay",
    RefundCard => "refund_card",
    RefundClearing => "refund_clearing",
    TwoApprove => "two_approve",
    AfterSale => "after_sale",
    FreeReturn => "free_return",
    ReturnDays => "return_days",
    FaultReasons => "fault_reasons",
    FaultDays => "fault_days",
    EvidenceReasons => "evidence_reasons",
    EvidenceCount => "evidence_count",
    RefuseParcel => "refuse_parcel",
    Deductions => "deductions",
    NotTakenBack => "not_taken_back",
    MerchantHours => "merchant_hours",
    SilenceGrants => "silence_grants",
    SilenceEscalates => "silence_escalates",
    StaffHours => "staff_hours",
    RequestHours => "request_hours",
    ConfirmHours => "confirm_hours",
    WayHours => "way_hours",
    SendBackDays => "send_back_days",
    AppealDays => "appeal_days",
    LateAfter => "late_after",
    FreeCancels => "free_cancels",
    CountDays => "count_days",
    UncountedReasons => "uncounted_reasons",
    WarnedAt => "warned_at",
    LimitedAt => "limited_at",
    LimitDays => "limit_days",
    Complaints => "complaints",
    ComplaintHours => "complaint_hours",
    ComplaintDays => "complaint_days",
    ComplaintAnswerDays => "complaint_answer_days",
    ComplaintSupervisorDays => "complaint_supervisor_days",
    ComplaintGrants => "complaint_grants",
    OutsideName => "outside_name",
    OutsidePhone => "outside_phone",
    OutsideWhen => "outside_when",
    Version => "version",
    Since => "since",
    Versions => "versions",
});

/// An article as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its name in URLs.
    pub id: String,
    /// What it is about.
    pub topic: HelpTopic,
    /// The shops that it holds for; every shop when there are none.
    pub shops: Vec<ShopId>,
    /// Where it holds besides.
    pub holds: Holds,
    /// Its title.
    pub title: LocalText,
    /// The questions that it answers.
    pub questions: Vec<LocalText>,
    /// The short answer.
    pub answer: LocalText,
    /// Steps and details.
    pub parts: Vec<ArticlePart>,
    /// Pages that it leads to.
    pub links: Vec<HelpPage>,
    /// Other articles, by their ids.
    pub related: Vec<String>,
    /// Where it comes from: the seeds, or "ours".
    pub source: String,
}

/// A part of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticlePart {
    /// Its heading, if it has one.
    pub heading: Option<LocalText>,
    /// Whether its paragraphs are steps, one after the other.
    pub steps: bool,
    /// Under which policies it is there.
    pub holds: Holds,
    /// Its texts; one that says what the policy does not have is left out.
    pub paragraphs: Vec<LocalText>,
}

/// Under which policies something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// Only where the policy has this.
    pub when: Option<HelpFact>,
    /// Only where it does not have this.
    pub unless: Option<HelpFact>,
}

/// An article as it is read: in one language, under one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledArticle {
    /// Its title.
    pub title: String,
    /// The questions that it answers.
    pub questions: Vec<String>,
    /// The short answer.
    pub answer: String,
    /// Steps and details.
    pub parts: Vec<FilledPart>,
}

/// A part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledPart {
    /// Its heading, if it has one.
    pub heading: Option<String>,
    /// Whether its paragraphs are steps.
    pub steps: bool,
    /// Its texts.
    pub paragraphs: Vec<String>,
}

/// All articles, in the order in which they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// The articles.
    pub articles: Vec<Article>,
}

impl Help {
    /// The article of that name.
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }
}

impl HelpFact {
    /// Whether it is of the shop as it is today, whatever policy an order goes by: how it is reached, how it deals with
    /// complaints, which version is in force.
    pub const fn is_of_today(self) -> bool {
        matches!(
            self,
            Self::Shop
                | Self::Ways
                | Self::ChatHours
                | Self::Phone
                | Self::PhoneHours
                | Self::Email
                | Self::EmailHours
                | Self::Complaints
                | Self::ComplaintHours
                | Self::ComplaintDays
                | Self::ComplaintAnswerDays
                | Self::ComplaintSupervisorDays
                | Self::ComplaintGrants
                | Self::OutsideName
                | Self::OutsidePhone
                | Self::OutsideWhen
                | Self::Version
                | Self::Since
                | Self::Versions
        )
    }
}

impl Holds {
    fn names(self) -> impl Iterator<Item = HelpFact> {
        [self.when, self.unless].into_iter().flatten()
    }

    fn under(self, fact: &impl Fn(HelpFact) -> Option<String>) -> bool {
        self.when.is_none_or(|when| fact(when).is_some())
            && self.unless.is_none_or(|unless| fact(unless).is_none())
    }
}

impl Article {
    /// Whether nothing that it says, and nothing that decides what it says, is of the version that an order goes by: then
    /// it is of the shop as it is today for every order.
    pub fn is_of_today(&self) -> bool {
        let of_parts = self.parts.iter().flat_map(|part| part.holds.names());
        let in_parts = self.parts.iter();
        let in_parts = in_parts.flat_map(|part| part.heading.iter().chain(&part.paragraphs));
        let texts = [&self.title, &self.answer].into_iter();
        let texts = texts.chain(&self.questions).chain(in_parts);
        // Both languages name the same.
        let said = texts.flat_map(|text| named(&text.zh_cn));
        let mut names = self.holds.names().chain(of_parts).chain(said);
        names.all(HelpFact::is_of_today)
    }

    /// The article for a shop, with what `fact` says of its policy in `language`. `None` where it does not hold, which is
    /// also so when its title, its questions or its answer say what the policy does not have.
    pub fn filled(
        &self,
        shop: &ShopId,
        language: Language,
        fact: impl Fn(HelpFact) -> Option<String>,
    ) -> Option<FilledArticle> {
        let ours = self.shops.is_empty() || self.shops.contains(shop);
        if !ours || !self.holds.under(&fact) {
            return None;
        }
        let fill = |text: &LocalText| fill(text.get(language), &fact);
        let parts = self.parts.iter().filter(|part| part.holds.under(&fact));
        let parts = parts.filter_map(|part| {
            let paragraphs: Vec<_> = part.paragraphs.iter().filter_map(fill).collect();
            (!paragraphs.is_empty()).then(|| FilledPart {
                heading: part.heading.as_ref().and_then(fill),
                steps: part.steps,
                paragraphs,
            })
        });
        Some(FilledArticle {
            title: fill(&self.title)?,
            questions: self.questions.iter().map(fill).collect::<Option<_>>()?,
            answer: fill(&self.answer)?,
            parts: parts.collect(),
        })
    }
}

/// What stands in the braces of `text`.
fn named(text: &str) -> impl Iterator<Item = HelpFact> {
    let pieces = text.split('{').skip(1);
    pieces.filter_map(|piece| HelpFact::from_code(piece.split_once('}')?.0))
}

/// `text` with what stands in its braces; `None` when one of them is not there.
fn fill(text: &str, fact: &impl Fn(HelpFact) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        let (name, after) = from.split_once('}')?;
        out.push_str(before);
        out.push_str(&fact(HelpFact::from_code(name)?)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
