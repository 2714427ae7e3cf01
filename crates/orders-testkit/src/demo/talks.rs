//! Zhao's conversations with the shops, and what the staff wrote down beside them.

use chrono::TimeDelta;
use orders_domain::{
    Author, ChatRules, Conversation, ConversationId, ConversationMove, Enquiry, EnquiryAnswer,
    EnquiryEntry, EnquiryStep, Identification, Instant, Message, Moved, Order, OrderId, OrderState,
    SeenOrder, StaffId, Subject, Topic,
};

use crate::{
    instant::{days_ago, minutes_ago},
    rules::Rules,
};

/// The agent who answers.
const WANG: &str = "wang";

/// A conversation, with all that was said in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTalk {
    /// The conversation.
    pub conversation: Conversation,
    /// What was said, in order.
    pub said: Vec<Message>,
}

/// A note of the staff's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoNote {
    /// The order that it is about; the conversation where it is about none.
    pub order: Option<OrderId>,
    /// The conversation that it is about; the order where it is about none.
    pub conversation: Option<ConversationId>,
    /// Of which shop.
    pub shop: orders_domain::ShopId,
    /// Who wrote it.
    pub staff: StaffId,
    /// When.
    pub at: Instant,
    /// What.
    pub text: &'static str,
}

/// What is beside the orders: conversations, notes and an enquiry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoDesk {
    /// One that waits, one that Wang has, one that was left out of hours, and one that is over. What the hours of the shops
    /// make of them goes by the time of day.
    pub talks: Vec<DemoTalk>,
    /// What the staff wrote for one another.
    pub notes: Vec<DemoNote>,
    /// What was asked, looked up and answered.
    pub enquiries: Vec<Enquiry>,
}

/// All of it, about these orders of Zhao's.
pub(super) fn desk(rules: &Rules, orders: &[Order], now: Instant) -> DemoDesk {
    let mut desk = DemoDesk::default();
    let that = |shop: &str, state: OrderState| {
        let mut orders = orders.iter();
        orders.find(|order| order.shop.as_str() == shop && order.state == state)
    };
    if let Some(order) = that("tepai", OrderState::Unpacked) {
        desk.talks.extend(waits(rules, order, now));
    }
    if let Some(order) = that("tepai", OrderState::Shipped) {
        let talk = is_served(rules, order, now);
        desk.notes.extend(talk.as_ref().map(|talk| DemoNote {
            order: None,
            conversation: Some(talk.conversation.id.clone()),
            shop: order.shop.clone(),
            staff: WANG.into(),
            at: minutes_ago(now, 3),
            text: "已联系快递核实，网点说今晚 20:00 前送到。买家希望放在门口。",
        }));
        desk.talks.extend(talk);
    }
    if let Some(order) = that("wanfu", OrderState::Delivered) {
        desk.talks.extend(was_left(rules, order, now));
    }
    if let Some(order) = that("tepai", OrderState::PendingConfirmation) {
        desk.notes.push(DemoNote {
            order: Some(order.id.clone()),
            conversation: None,
            shop: order.shop.clone(),
            staff: WANG.into(),
            at: minutes_ago(now, 48),
            text: "系统延迟造成的待确认，库存有货，恢复后即可确认。",
        });
    }
    if let Some(order) = that("tepai", OrderState::Cancelled)
        && let Some(talk) = is_over(rules, order, now)
    {
        desk.enquiries.push(enquiry(order, &talk));
        desk.talks.push(talk);
    }
    desk
}

/// A conversation while it is led.
struct Talk<'r> {
    rules: &'r Rules,
    conversation: Conversation,
    said: Vec<Message>,
}

impl<'r> Talk<'r> {
    /// Begins one about `order`; `None` where the shop has no chat.
    fn open(
        rules: &'r Rules,
        (id, order): (&str, &Order),
        subject: Subject,
        (at, text): (Instant, &str),
    ) -> Option<Self> {
        let of = (order.shopper.clone(), order.shop.clone());
        let blank = Conversation {
            order: Some(order.id.clone()),
            ..Conversation::blank(id.into(), of, subject, at)
        };
        let moved = Conversation::open(blank.clone(), chat(rules, &blank, at)?).ok()?;
        let mut talk = Self {
            rules,
            conversation: blank,
            said: Vec::new(),
        };
        talk.take_on(moved, Some((Author::Shopper, text)), at);
        Some(talk)
    }

    /// Makes a move, and says something with it.
    fn make(&mut self, at: Instant, action: &ConversationMove, said: Option<(Author, &str)>) {
        let rules = chat(self.rules, &self.conversation, at);
        let moved = rules.and_then(|rules| self.conversation.make(action, rules).ok());
        if let Some(moved) = moved {
            self.take_on(moved, said, at);
        }
    }

    fn wang_says(&mut self, at: Instant, text: &str) {
        let wang = StaffId::from(WANG);
        let says = ConversationMove::StaffSays {
            by: wang.clone(),
            take_over: false,
        };
        self.make(at, &says, Some((Author::Staff(wang), text)));
    }

    fn zhao_says(&mut self, at: Instant, text: &str) {
        let says = (Author::Shopper, text);
        self.make(at, &ConversationMove::ShopperSays, Some(says));
    }

    fn take_on(&mut self, moved: Moved, said: Option<(Author, &str)>, at: Instant) {
        self.conversation = moved.conversation;
        let by = moved.by;
        for note in moved.before {
            self.write(Author::System(note, by.clone()), "", at);
        }
        if let Some((author, text)) = said {
            self.write(author, text, at);
        }
        for note in moved.after {
            self.write(Author::System(note, by.clone()), "", at);
        }
    }

    fn write(&mut self, author: Author, text: &str, at: Instant) {
        let seq = self.conversation.last_seq + 1;
        self.conversation.last_seq = seq;
        // In demo data whoever says something has seen what was there.
        match &author {
            Author::Shopper => self.conversation.shopper_read = seq,
            Author::Staff(_) => self.conversation.staff_read = seq,
            Author::System(..) => {}
        }
        self.said.push(Message {
            seq,
            client_id: seq.to_string(),
            author,
            at,
            text: text.to_owned(),
            evidence: Vec::new(),
        });
    }

    fn end(self) -> DemoTalk {
        DemoTalk {
            conversation: self.conversation,
            said: self.said,
        }
    }
}

fn chat<'r>(rules: &'r Rules, talk: &Conversation, now: Instant) -> Option<ChatRules<'r>> {
    Some(ChatRules {
        policy: rules.policy(&talk.shop)?,
        calendar: &rules.calendar,
        now,
    })
}

/// Nobody has answered yet.
fn waits(rules: &Rules, order: &Order, now: Instant) -> Option<DemoTalk> {
    let at = minutes_ago(now, 6);
    let text = "你好，地址填错了，能改成杭州市西湖区文二路 391 号吗？还没发货吧？";
    let about = Subject::of(Topic::Address);
    let mut talk = Talk::open(rules, ("demo-talk-1", order), about, (at, text))?;
    talk.zhao_says(minutes_ago(now, 5), "电话不变。");
    Some(talk.end())
}

/// Wang has it and has answered: what nobody answers would be back in the queue in a few minutes.
fn is_served(rules: &Rules, order: &Order, now: Instant) -> Option<DemoTalk> {
    let text = "物流两天没有更新了，包裹是不是丢了？";
    let first = (minutes_ago(now, 21), text);
    let about = Subject::of(Topic::Delivery);
    let mut talk = Talk::open(rules, ("demo-talk-2", order), about, first)?;
    talk.wang_says(
        minutes_ago(now, 18),
        "您好，已看到您的订单。我这就联系快递核实，请稍等。",
    );
    talk.zhao_says(minutes_ago(now, 16), "好的，谢谢。");
    talk.wang_says(
        minutes_ago(now, 4),
        "核实好了：包裹已到达您所在的网点，今晚 20:00 前派送。",
    );
    talk.zhao_says(minutes_ago(now, 2), "太好了。家里没人的话请放在门口。");
    talk.wang_says(minutes_ago(now, 1), "好的，已经告诉快递员。");
    Some(talk.end())
}

/// Left while nobody was there: the last quarter of an hour in which the chat was shut.
fn was_left(rules: &Rules, order: &Order, now: Instant) -> Option<DemoTalk> {
    let policy = rules.policy(&order.shop)?;
    let shut = |at: &Instant| policy.chat_is_open(&rules.calendar, *at) == Some(false);
    let mut quarters = (2..200).map(|quarters| minutes_ago(now, quarters * 15));
    let at = quarters.find(shut)?;
    let line = order.body.lines.first()?;
    let subject = Subject {
        topic: Topic::TopUp,
        line: Some(line.id.clone()),
        account: Some("138****0002".to_owned()),
        ..Subject::of(Topic::TopUp)
    };
    let text = "话费显示已到账，但余额没有变化，麻烦查一下。";
    let talk = Talk::open(rules, ("demo-talk-3", order), subject, (at, text))?;
    Some(talk.end())
}

/// It is over, and Zhao was content.
fn is_over(rules: &Rules, order: &Order, now: Instant) -> Option<DemoTalk> {
    // Two days ago, at twelve minutes past three in the afternoon.
    let begun = days_ago(now, 2, 15 * 60 + 12);
    let after = |minutes: i64| begun + TimeDelta::minutes(minutes);
    let text = "取消的订单退款到了吗？没看到入账短信。";
    let about = Subject::of(Topic::Refund);
    let mut talk = Talk::open(rules, ("demo-talk-4", order), about, (begun, text))?;
    talk.wang_says(
        after(3),
        "您好，查到了：退款已按原路退回并到账，可以在账单里按金额查找。",
    );
    talk.zhao_says(after(6), "找到了，原来是合并显示的，谢谢！");
    talk.wang_says(after(7), "不客气，祝您购物愉快。");
    talk.make(after(9), &ConversationMove::EndByShopper, None);
    let note = Some("回复很快".to_owned());
    if let Ok(rated) = talk.conversation.rate(5, note) {
        let last_seq = talk.conversation.last_seq;
        talk.conversation = rated.conversation;
        talk.conversation.last_seq = last_seq;
    }
    talk.conversation.staff_read = talk.conversation.last_seq;
    talk.conversation.shopper_read = talk.conversation.last_seq;
    Some(talk.end())
}

/// What Wang recorded of the one that is over.
fn enquiry(order: &Order, talk: &DemoTalk) -> Enquiry {
    let answer = talk.said.iter().find(|message| {
        let by_staff = matches!(message.author, Author::Staff(_));
        by_staff && message.seq > 1
    });
    let begun = talk.conversation.opened_at;
    let steps = [
        (
            1,
            EnquiryStep::Who {
                confirmed_by: Identification::LoggedIn,
                topic: Topic::Refund,
                note: Some("问退款是否到账".to_owned()),
            },
        ),
        (
            2,
            EnquiryStep::LookedUp {
                order: SeenOrder::of(order),
                note: Some("退款已到账".to_owned()),
            },
        ),
        (
            8,
            EnquiryStep::Answered {
                answer: EnquiryAnswer::Explained,
                text: "退款已到账，说明了查找方法。".to_owned(),
                message: answer.map(|message| message.seq),
                act: None,
            },
        ),
    ];
    let entries = (1..).zip(steps).map(|(seq, (minutes, step))| EnquiryEntry {
        seq,
        staff: WANG.into(),
        at: begun + TimeDelta::minutes(minutes),
        step,
    });
    Enquiry {
        id: "demo-enquiry-1".to_owned(),
        shop: order.shop.clone(),
        order: Some(order.id.clone()),
        conversation: Some(talk.conversation.id.clone()),
        entries: entries.collect(),
    }
}
