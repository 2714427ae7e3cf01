//! What letters say, in both languages, by what happened.

use orders_api::{Actor, Language, TimelineEvent};

/// Which of the things that can be behind one event a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// What.
    pub what: TimelineEvent,
    /// Who did it.
    pub by: Actor,
    /// Whether the shopper has to do something.
    pub urgent: bool,
}

/// What it means for the shopper, below the heading, which is the page's; `None` of what no letter is written about.
pub const fn meaning(happening: Happening, language: Language) -> Option<&'static str> {
    let Happening { what, by, urgent } = happening;
    let (zh, en) = match what {
        TimelineEvent::Held => (
            "收货信息补全后，商家才能继续处理订单。",
            "The shop can go on with the order once they are complete.",
        ),
        TimelineEvent::CancellationDeclined => ("订单会继续处理。", "The order goes on as it was."),
        TimelineEvent::CancelWarned => (
            "再有几次这样的取消，您在这家店的取消会在一段时间内改由客服决定。通常的取消不计入，已计入的到期自动清除。",
            "After a few more like this, staff decide your cancellations at this shop for a while. Ordinary cancelling does not count, and what was counted is forgotten in time.",
        ),
        TimelineEvent::CancelLimited => (
            "在此期间您仍然可以申请取消，由客服决定；到期自动恢复。",
            "Until then you can still ask to cancel, and staff decide. It ends by itself.",
        ),
        TimelineEvent::LimitLifted => (
            "您又可以自己取消订单了。",
            "You can cancel by yourself again.",
        ),
        TimelineEvent::PartlyCancelled => match by {
            Actor::Shopper | Actor::Staff => {
                ("其余商品照常发货。", "The rest is delivered as usual.")
            }
            Actor::Seller | Actor::Warehouse | Actor::System | Actor::Provider => (
                "很抱歉。其余商品照常发货。",
                "We are sorry. The rest is delivered as usual.",
            ),
        },
        TimelineEvent::Cancelled => match by {
            Actor::Shopper | Actor::Staff => ("已经按您的要求取消。", "As you asked."),
            Actor::Seller | Actor::Warehouse => (
                "很抱歉，这个订单不能发货了。",
                "We are sorry: it cannot be delivered.",
            ),
            Actor::System | Actor::Provider => (
                "没有在时限内付款，订单已自动关闭。",
                "It has closed by itself.",
            ),
        },
        TimelineEvent::LatePaymentRefunded => (
            "付款到账时订单已经关闭，全部金额会原路退回。",
            "All of it goes back the way it came.",
        ),
        TimelineEvent::RefundSent => (
            "支付机构已经受理，您不用做什么。",
            "The payment provider has accepted it. There is nothing you need to do.",
        ),
        TimelineEvent::RefundInClearing => (
            "支付机构已经处理，清算完成就会到账。",
            "The payment provider is done with it; it arrives when the bank is, too.",
        ),
        TimelineEvent::RefundArrived => (
            "可以在收款账户的账单里查到。",
            "You will find it in the statement of the account.",
        ),
        TimelineEvent::RefundFailed if urgent => (
            "钱没有丢，仍会退给您。请填写新的收款账户。",
            "The money is not lost and still owed to you.",
        ),
        TimelineEvent::RefundFailed => (
            "钱没有丢，仍会退给您。",
            "The money is not lost and still owed to you.",
        ),
        TimelineEvent::RefundLate => (
            "比承诺的时间晚了，我们已经发现，并通知商家的客服跟进。",
            "It is later than was promised, and we have noticed.",
        ),
        TimelineEvent::RefundWayApproved => {
            ("退款会付到新的账户。", "The refund will be paid there.")
        }
        TimelineEvent::RefundWayDeclined if urgent => (
            "请换一个收款账户，钱仍会退给您。",
            "Please name another one; the money is still owed to you.",
        ),
        TimelineEvent::RefundWayDeclined => (
            "退款会按原来的方式退回。",
            "The refund goes back the way you paid.",
        ),
        TimelineEvent::CaseApproved if urgent => (
            "寄出后请填写快递单号，商家收到后退款。",
            "Tell us courier and number when you have; the refund follows when they are back.",
        ),
        TimelineEvent::CaseReceived if matches!(by, Actor::System) => (
            "退货视为已收到，退款会原路退回，您不用做什么。",
            "They count as received. The money goes back the way you paid. There is nothing you need to do.",
        ),
        TimelineEvent::CaseApproved | TimelineEvent::CaseReceived => (
            "退款会原路退回，您不用做什么。",
            "The money goes back the way you paid. There is nothing you need to do.",
        ),
        TimelineEvent::CaseRejected => (
            "如果不同意，可以申诉，由客服重新处理。",
            "If you do not agree, you can appeal, and staff look at it again.",
        ),
        TimelineEvent::AddressCorrected => (
            "请核对新的收货信息，有误请联系客服。",
            "Please check where it goes now, and tell us if that is wrong.",
        ),
        TimelineEvent::CaseAppealed => ("您不用做什么。", "There is nothing you need to do."),
        TimelineEvent::CaseAnswered => (
            "可以在售后详情里查看和回复。",
            "You can read all of it and reply on its page.",
        ),
        TimelineEvent::ComplaintOpened => (
            "售后申诉没有通过、退款长时间没有到账，或商家没有按时答复时，我们会自动为您登记投诉，您不用再写一遍。",
            "When an appeal was dismissed, a refund has not arrived long after its day, or the shop did not decide in time, we open a complaint for you. There is no need to write it all again.",
        ),
        TimelineEvent::ComplaintTaken => (
            "处理人会在页面上写明的日期前给出方案。",
            "An offer follows by the date on its page.",
        ),
        TimelineEvent::ComplaintAnswered => (
            "可以在投诉详情里查看和回复。",
            "You can read all of it and reply on its page.",
        ),
        TimelineEvent::ComplaintProposed if urgent => (
            "请在截止时间前接受，或者提出异议。",
            "Please accept it, or dispute it, before the time is over.",
        ),
        TimelineEvent::ComplaintProposed => (
            "可以在投诉详情里查看方案。",
            "You can read the offer on its page.",
        ),
        TimelineEvent::ComplaintEscalated => (
            "商家没有按时处理，已交给主管，并定了新的日期。您不用做什么。",
            "The shop missed its date, so a supervisor has it now, with a new date. There is nothing you need to do.",
        ),
        TimelineEvent::ComplaintOutside => (
            "投诉没有按时处理。您不必再等，可以向页面上写明的外部渠道投诉。",
            "Your complaint was not decided in time. You need not wait any longer: its page names who helps outside of the shop.",
        ),
        TimelineEvent::ComplaintResolved if matches!(by, Actor::System) => (
            "商家没有按时处理，您要求的退款已同意，会原路退回。",
            "The shop did not answer in time, so the refund that you asked for is granted. It goes back the way you paid.",
        ),
        TimelineEvent::ComplaintResolved => (
            "处理结果写在投诉详情里，页面上也写明了外部渠道。",
            "Its page has the decision, and names who helps outside of the shop.",
        ),
        TimelineEvent::ComplaintClosed => (
            "方案没有在期限内答复，投诉已自动结束。",
            "The offer was not answered in time, so the complaint has closed by itself.",
        ),
        TimelineEvent::CaseClosed if matches!(by, Actor::Staff) => (
            "售后已经结束，没有退款。",
            "The case is closed without a refund.",
        ),
        TimelineEvent::CaseClosed => (
            "超过了处理时限，售后已自动结束。",
            "Its time was over, so it has closed by itself.",
        ),
        TimelineEvent::Placed
        | TimelineEvent::Paid
        | TimelineEvent::Confirmed
        | TimelineEvent::PackingStarted
        | TimelineEvent::Shipped
        | TimelineEvent::Delivered
        | TimelineEvent::Issued
        | TimelineEvent::Completed
        | TimelineEvent::CancellationRequested
        | TimelineEvent::CancellationWithdrawn
        | TimelineEvent::RefundApproved
        | TimelineEvent::RefundWayAsked
        | TimelineEvent::RefundWayWithdrawn
        | TimelineEvent::CaseOpened
        | TimelineEvent::CaseWithdrawn
        | TimelineEvent::ComplaintAccepted
        | TimelineEvent::ComplaintDisputed
        | TimelineEvent::ComplaintWithdrawn => return None,
    };
    Some(match language {
        Language::ZhCn => zh,
        Language::En => en,
    })
}

/// What it means that a question was answered.
pub const fn answer_meaning(language: Language) -> &'static str {
    match language {
        Language::ZhCn => "请打开会话查看回复，也可以接着留言。回复的内容不会写在邮件里。",
        Language::En => {
            "Open the conversation to read it and to go on. What was said is not in this e-mail."
        }
    }
}

/// The words around the news.
#[derive(Debug)]
pub struct Frame {
    /// Between what happened and the order's number, in the subject.
    pub of_order: &'static str,
    /// Before the order's number.
    pub order: &'static str,
    /// Before the name of what was ordered.
    pub goods: &'static str,
    /// Before what a conversation is about, where that is no order.
    pub about: &'static str,
    /// Before a reason.
    pub reason: &'static str,
    /// Before what somebody said.
    pub said: &'static str,
    /// Before an amount that goes back.
    pub refund: &'static str,
    /// After an amount: `{account}`.
    pub to: &'static str,
    /// The same with `{days}`, when it should be there.
    pub to_by: &'static str,
    /// Before an address to send goods to.
    pub send_to: &'static str,
    /// Before the instant by which something has to be done.
    pub until: &'static str,
    /// What the button says, by where it leads.
    pub see_order: &'static str,
    /// See [`Frame::see_order`].
    pub see_refund: &'static str,
    /// See [`Frame::see_order`].
    pub see_case: &'static str,
    /// See [`Frame::see_order`].
    pub see_complaint: &'static str,
    /// See [`Frame::see_order`].
    pub see_answer: &'static str,
    /// Where the letter comes from; `{shop}` is the shop's name.
    pub why: &'static str,
    /// The same of a letter about an answer.
    pub why_asked: &'static str,
    /// How to reach somebody; `{phone}`, `{email}` and `{hours}`.
    pub help: &'static str,
    /// Between a label and what it is of.
    pub colon: &'static str,
}

/// The words around the news, in `language`.
pub const fn frame(language: Language) -> &'static Frame {
    match language {
        Language::ZhCn => &Frame {
            of_order: " · 订单 ",
            order: "订单号",
            goods: "商品",
            about: "关于",
            reason: "原因",
            said: "说明",
            refund: "退款金额",
            to: "（{account}）",
            to_by: "（{account}，预计 {days} 到账）",
            send_to: "寄回地址",
            until: "请在此之前处理",
            see_order: "查看订单",
            see_refund: "查看退款进度",
            see_case: "查看售后",
            see_complaint: "查看投诉",
            see_answer: "查看回复",
            why: "这封邮件由{shop}的订单中心自动发出，因为您在这里有订单。请勿直接回复。",
            why_asked: "这封邮件由{shop}的订单中心自动发出，因为您在这里咨询过客服。请勿直接回复。",
            help: "需要帮助，或不想再收到邮件，请联系客服：{phone}，{hours}；{email}。",
            colon: "：",
        },
        Language::En => &Frame {
            of_order: " · Order ",
            order: "Order",
            goods: "Goods",
            about: "About",
            reason: "Reason",
            said: "Message",
            refund: "Refund",
            to: " ({account})",
            to_by: " ({account}, expected {days})",
            send_to: "Send to",
            until: "Please act before",
            see_order: "See the order",
            see_refund: "Follow the refund",
            see_case: "See the case",
            see_complaint: "See the complaint",
            see_answer: "Read the answer",
            why: "The order centre of {shop} sent this e-mail by itself, because you have an order here. Please do not reply to it.",
            why_asked: "The order centre of {shop} sent this e-mail by itself, because you asked support a question. Please do not reply to it.",
            help: "For help, or to get no more e-mails, ask support: {phone}, {hours}; {email}.",
            colon: ": ",
        },
    }
}

#[cfg(test)]
mod tests {
    use orders_domain::{Telling, telling};

    use super::*;

    /// After a dispute it is the supervisor who is late, and for the first time.
    #[test]
    fn a_letter_about_the_way_outside_does_not_say_how_often_a_date_was_missed() {
        let happening = Happening {
            what: TimelineEvent::ComplaintOutside,
            by: Actor::System,
            urgent: false,
        };
        let [zh, en] = Language::ALL.map(|language| meaning(happening, language));
        assert!(zh.is_some_and(|zh| !zh.contains("两次")), "{zh:?}");
        assert!(en.is_some_and(|en| !en.contains("twice")), "{en:?}");
    }

    #[test]
    fn a_letter_can_be_written_about_what_is_told_and_nothing_else_in_both_languages() {
        for what in TimelineEvent::ALL {
            let by_anybody = |by| telling(what, by) != Telling::Never;
            let is_told = Actor::ALL.into_iter().any(by_anybody);
            for by in Actor::ALL {
                for urgent in [false, true] {
                    let happening = Happening { what, by, urgent };
                    let [zh, en] = Language::ALL.map(|language| meaning(happening, language));
                    assert_eq!(zh.is_some(), is_told, "{happening:?}");
                    assert_eq!(en.is_some(), is_told, "{happening:?}");
                    let (Some(zh), Some(en)) = (zh, en) else {
                        continue;
                    };
                    assert!(!zh.is_ascii() && !zh.contains("  "), "{zh}");
                    assert!(en.is_ascii(), "{en}");
                }
            }
        }
    }
}
