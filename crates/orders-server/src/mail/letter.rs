//! One letter: what happened to an order, or that a question was answered, what it means, and where to see more.

use orders_api::{self as api, Language, RefundState};
use orders_domain::{CaseState, Order, Refund, TimelineEntry, TimelineEvent};
use orders_store::Notification;
use storefront::features::notifications::heading;
use storefront::format::{day_months, moment, money};
use storefront::paths::Page;
use storefront::words::codes::account;
use storefront::words::fill;

use super::words::{Frame, Happening, answer_meaning, frame, meaning};
use crate::http::{View, instant, wire_money};

/// A letter, as plain texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Of all its texts.
    pub language: Language,
    /// What the mailbox shows.
    pub subject: String,
    /// The shop's name.
    pub shop: String,
    /// What happened.
    pub heading: String,
    /// What it means for the shopper.
    pub meaning: String,
    /// Label and value.
    pub facts: Vec<(String, String)>,
    /// Between a label and its value, where nothing else parts them.
    pub colon: &'static str,
    /// What the button says, and where it leads.
    pub button: (String, String),
    /// Where the letter comes from, and whom to ask.
    pub foot: Vec<String>,
}

impl Letter {
    /// A letter about the entry of `order` at a place, of which the notification tells, and whose page is at `origin`; `None`
    /// when there is nothing to write.
    pub fn about(
        (order, place, entry): (&Order, usize, &TimelineEntry),
        notification: &Notification,
        view: View<'_>,
        origin: &str,
    ) -> Option<Self> {
        let language = view.language;
        let told = view.notification(order, entry, notification);
        let happening = Happening {
            what: entry.what,
            by: told.by,
            urgent: told.urgent,
        };
        let meaning = meaning(happening, language)?;
        let heading = heading(language, &told);
        let frame = frame(language);
        let mut facts = vec![
            (frame.order.to_owned(), order.number.clone()),
            (frame.goods.to_owned(), told.title.clone()),
        ];
        if let Some(words) = &told.detail {
            let label = if is_said(entry.what) {
                frame.said
            } else {
                frame.reason
            };
            facts.push((label.to_owned(), words.clone()));
        }
        facts.extend(money_facts((order, place, entry), &told, view, frame));
        facts.extend(case_facts(order, &told, frame, language));
        let path = Page::of_event(entry.what, &order.id.0, told.subject.as_deref());
        let button = (
            way_in(&path, frame).to_owned(),
            origin.to_owned() + &path.href(),
        );
        Some(Self {
            language,
            subject: format!("{heading}{}{}", frame.of_order, order.number),
            heading,
            meaning: meaning.to_owned(),
            facts,
            colon: frame.colon,
            button,
            foot: foot(&told, frame.why, view),
            shop: told.shop.name,
        })
    }

    /// A letter about an answer in a conversation. It says nothing of what was said: others may see the mailbox.
    /// `asked` is whether its shopper asked themselves, and no guest has said something in it.
    pub fn of_answer(
        (told, asked): (api::Notification, bool),
        view: View<'_>,
        origin: &str,
    ) -> Self {
        let language = view.language;
        let frame = frame(language);
        let why = if asked { frame.why_asked } else { frame.why };
        let heading = heading(language, &told);
        let order = told.number.as_ref();
        let label = order.map_or(frame.about, |_| frame.goods);
        let mut facts: Vec<_> = order
            .map(|number| (frame.order.to_owned(), number.clone()))
            .into_iter()
            .collect();
        facts.push((label.to_owned(), told.title.clone()));
        let subject = match order {
            Some(number) => format!("{heading}{}{number}", frame.of_order),
            None => heading.clone(),
        };
        let path = storefront::features::notifications::href(&told);
        Self {
            language,
            subject,
            heading,
            meaning: answer_meaning(language).to_owned(),
            facts,
            colon: frame.colon,
            button: (frame.see_answer.to_owned(), format!("{origin}{path}")),
            foot: foot(&told, why, view),
            shop: told.shop.name,
        }
    }
}

/// Where the letter comes from, as `why` says, and whom to ask.
fn foot(told: &api::Notification, why: &str, view: View<'_>) -> Vec<String> {
    let support = &view.policy.support;
    let help = [
        ("phone", support.phone.as_str()),
        ("hours", support.hours.get(view.language)),
        ("email", &support.email),
    ];
    vec![
        fill(why, &[("shop", &told.shop.name)]),
        fill(frame(view.language).help, &help),
    ]
}

/// Whether the words with it are somebody's own.
const fn is_said(what: TimelineEvent) -> bool {
    what.is_of_case()
        || what.is_of_complaint()
        || matches!(
            what,
            TimelineEvent::CancellationDeclined
                | TimelineEvent::LimitLifted
                | TimelineEvent::RefundWayDeclined
        )
}

/// What goes back, where to, and when it should be there.
fn money_facts(
    (order, place, entry): (&Order, usize, &TimelineEntry),
    told: &api::Notification,
    view: View<'_>,
    frame: &Frame,
) -> Vec<(String, String)> {
    let made = order.refunds_made_at(place);
    let about = order.refund_of(entry);
    let mut facts: Vec<_> = made
        .into_iter()
        .chain(about)
        .map(|refund| (frame.refund.to_owned(), going_back(refund, view, frame)))
        .collect();
    if let (true, Some(amount)) = (facts.is_empty(), &told.amount) {
        facts.push((frame.refund.to_owned(), money(amount)));
    }
    facts
}

fn going_back(refund: &Refund, view: View<'_>, frame: &Frame) -> String {
    let amount = money(&wire_money(refund.amount));
    let name = view.text(&refund.account);
    let name = account(view.language, refund.channel, &name);
    let today = view.policy.day_of(view.now);
    let on_its_way = match refund.state {
        RefundState::Requested
        | RefundState::Approved
        | RefundState::Sent
        | RefundState::InClearing => refund.lateness(today).is_none(),
        RefundState::Arrived | RefundState::Failed => false,
    };
    if !on_its_way {
        return amount + &fill(frame.to, &[("account", &name)]);
    }
    let day = |day: orders_domain::Day| api::Day(day.to_string());
    let (from, by) = match refund.course.expected_on {
        Some(expected) => (day(expected), day(expected)),
        None => (
            day(refund.promise.arrives_from),
            day(refund.promise.arrives_by),
        ),
    };
    let days = day_months(view.language, &from, &by);
    amount + &fill(frame.to_by, &[("account", &name), ("days", &days)])
}

/// What has to be done in a case or a complaint, and until when.
fn case_facts(
    order: &Order,
    told: &api::Notification,
    frame: &Frame,
    language: Language,
) -> Vec<(String, String)> {
    let case = told.subject.as_deref().and_then(|id| order.case(id));
    let Some(case) = case.filter(|_| told.urgent) else {
        let complaint = told.subject.as_deref().and_then(|id| order.complaint(id));
        let until = complaint
            .filter(|_| told.urgent)
            .and_then(|one| one.until)
            .map(|until| moment(language, &instant(until)));
        return until
            .map(|until| (frame.until.to_owned(), until))
            .into_iter()
            .collect();
    };
    let mut facts = Vec::new();
    if let (CaseState::AwaitingReturn, Some(return_to)) = (case.state, &case.return_to) {
        facts.push((frame.send_to.to_owned(), return_to.clone()));
    }
    if let Some(until) = case.until {
        facts.push((frame.until.to_owned(), moment(language, &instant(until))));
    }
    facts
}

/// What the button says that leads to a page.
const fn way_in<'a>(page: &Page, frame: &'a Frame) -> &'a str {
    match page {
        Page::Refund { .. } => frame.see_refund,
        Page::Case { .. } => frame.see_case,
        Page::Complaint { .. } => frame.see_complaint,
        Page::Order { .. }
        | Page::Orders(_)
        | Page::AfterSale { .. }
        | Page::Complain { .. }
        | Page::Notifications
        | Page::Support { .. }
        | Page::Conversation { .. }
        | Page::Help(_)
        | Page::HelpArticle { .. }
        | Page::Policy { .. }
        | Page::LogIn { .. }
        | Page::Guest { .. }
        | Page::NotFound => frame.see_order,
    }
}
