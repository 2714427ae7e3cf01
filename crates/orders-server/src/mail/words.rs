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

/// Heading and what it means for the shopper; `None` of what no letter is written about.
pub fn news(happening: Happening, language: Language) -> Option<(&'static str, &'static str)> {
    let Happening { what, by, urgent } = happening;
    let (zh, en) = match what {
        TimelineEvent::Held => (
            ("请补全收货信息", "收货信息补全后，商家才能继续处理订单。"),
            (
                "Please complete your delivery details",
                "The shop can go on with the order once they are complete.",
            ),
        ),
        TimelineEvent::CancellationDeclined => (
            ("取消申请未通过", "订单会继续处理。"),
            (
                "Your request to cancel was declined",
                "The order goes on as it was.",
            ),
        ),
        TimelineEvent::PartlyCancelled => (
            partly_cancelled(by, Language::ZhCn),
            partly_cancelled(by, Language::En),
        ),
        TimelineEvent::Cancelled => (cancelled(by, Language::ZhCn), cancelled(by, Language::En)),
        TimelineEvent::LatePaymentRefunded => (
            (
                "付款已自动退回",
                "付款到账时订单已经关闭，全部金额会原路退回。",
            ),
            (
                "Your payment is being refunded",
                "It arrived after the order was closed; all of it goes back the way it came.",
            ),
        ),
        TimelineEvent::RefundApproved => (
            ("退款已受理", "接下来会提交给支付机构。"),
            (
                "Your refund was accepted",
                "It goes to the payment provider next.",
            ),
        ),
        TimelineEvent::RefundSent => (
            ("退款处理中", "支付机构已经受理，您不用做什么。"),
            (
                "Your refund is on its way",
                "The payment provider has accepted it. There is nothing you need to do.",
            ),
        ),
        TimelineEvent::RefundInClearing => (
            ("退款银行清算中", "支付机构已经处理，清算完成就会到账。"),
            (
                "Your refund is in the bank’s clearing",
                "The payment provider is done with it; it arrives when the bank is, too.",
            ),
        ),
        TimelineEvent::RefundArrived => (
            ("退款已到账", "可以在收款账户的账单里查到。"),
            (
                "Your refund has arrived",
                "You will find it in the statement of the account.",
            ),
        ),
        TimelineEvent::RefundFailed if urgent => (
            (
                "退款没有成功，请换一个账户",
                "钱没有丢，仍会退给您。请填写新的收款账户。",
            ),
            (
                "Your refund did not get through",
                "The money is not lost and still owed to you. Please name another account.",
            ),
        ),
        TimelineEvent::RefundFailed => (
            ("退款没有成功", "钱没有丢，仍会退给您。"),
            (
                "Your refund did not get through",
                "The money is not lost and still owed to you.",
            ),
        ),
        TimelineEvent::RefundLate => (
            (
                "退款晚了，我们已经发现",
                "比承诺的时间晚了，已经通知商家的客服跟进。",
            ),
            (
                "Your refund is late, and we have noticed",
                "It is later than was promised. The shop’s staff have been told.",
            ),
        ),
        TimelineEvent::RefundWayApproved => (
            ("新的退款账户已确认", "退款会付到新的账户。"),
            (
                "The new account for your refund is confirmed",
                "The refund will be paid there.",
            ),
        ),
        TimelineEvent::RefundWayDeclined if urgent => (
            ("新的退款账户没有通过", "请换一个收款账户，钱仍会退给您。"),
            (
                "The new account for your refund was declined",
                "Please name another one; the money is still owed to you.",
            ),
        ),
        TimelineEvent::RefundWayDeclined => (
            ("新的退款账户没有通过", "退款会按原来的方式退回。"),
            (
                "The new account for your refund was declined",
                "The refund goes back the way you paid.",
            ),
        ),
        TimelineEvent::CaseApproved if urgent => (
            (
                "售后已同意，请寄回商品",
                "寄出后请填写快递单号，商家收到后退款。",
            ),
            (
                "Your request was granted: please send the goods back",
                "Tell us courier and number when you have; the refund follows when they are back.",
            ),
        ),
        TimelineEvent::CaseApproved => (
            ("售后已同意", "退款会原路退回，您不用做什么。"),
            (
                "Your request was granted",
                "The money goes back the way you paid. There is nothing you need to do.",
            ),
        ),
        TimelineEvent::CaseReceived if matches!(by, Actor::System) => (
            (
                "商家没有按时确认收货，开始退款",
                "退货视为已收到，退款会原路退回，您不用做什么。",
            ),
            (
                "The shop did not confirm your goods in time: your refund begins",
                "They count as received. The money goes back the way you paid. There is nothing you need to do.",
            ),
        ),
        TimelineEvent::CaseReceived => (
            ("商家已收到退货，开始退款", "退款会原路退回，您不用做什么。"),
            (
                "The shop has the goods back: your refund begins",
                "The money goes back the way you paid. There is nothing you need to do.",
            ),
        ),
        TimelineEvent::CaseRejected => (
            ("售后申请未通过", "如果不同意，可以申诉，由客服重新处理。"),
            (
                "Your after-sale request was declined",
                "If you do not agree, you can appeal, and staff look at it again.",
            ),
        ),
        TimelineEvent::CaseAppealed => (
            ("售后已转客服处理", "商家没有按时答复，您不用做什么。"),
            (
                "Staff have taken over your request",
                "The shop did not answer in time. There is nothing you need to do.",
            ),
        ),
        TimelineEvent::CaseAnswered => (
            ("售后有新回复", "可以在售后详情里查看和回复。"),
            (
                "There is an answer to your request",
                "You can read all of it and reply on its page.",
            ),
        ),
        TimelineEvent::CaseClosed => (closed(by, Language::ZhCn), closed(by, Language::En)),
        TimelineEvent::Placed
        | TimelineEvent::Paid
        | TimelineEvent::AddressCorrected
        | TimelineEvent::Confirmed
        | TimelineEvent::PackingStarted
        | TimelineEvent::Shipped
        | TimelineEvent::Delivered
        | TimelineEvent::Issued
        | TimelineEvent::Completed
        | TimelineEvent::CancellationRequested
        | TimelineEvent::CancellationWithdrawn
        | TimelineEvent::RefundWayAsked
        | TimelineEvent::RefundWayWithdrawn
        | TimelineEvent::CaseOpened
        | TimelineEvent::CaseWithdrawn => return None,
    };
    Some(match language {
        Language::ZhCn => zh,
        Language::En => en,
    })
}

fn cancelled(by: Actor, language: Language) -> (&'static str, &'static str) {
    let (zh, en) = match by {
        Actor::Shopper => (
            ("订单已取消", "已经按您的要求取消。"),
            ("Your order is cancelled", "As you asked."),
        ),
        Actor::Seller | Actor::Warehouse => (
            ("商家取消了订单", "很抱歉，这个订单不能发货了。"),
            (
                "The shop cancelled your order",
                "We are sorry: it cannot be delivered.",
            ),
        ),
        Actor::Staff => (
            ("取消申请已通过", "订单已经取消。"),
            (
                "Your request to cancel was granted",
                "The order is cancelled.",
            ),
        ),
        Actor::System | Actor::Provider => (
            ("订单已关闭", "没有在时限内付款，订单已自动关闭。"),
            (
                "Your order is closed",
                "It was not paid in time and has closed by itself.",
            ),
        ),
    };
    match language {
        Language::ZhCn => zh,
        Language::En => en,
    }
}

fn partly_cancelled(by: Actor, language: Language) -> (&'static str, &'static str) {
    let (zh, en) = match by {
        Actor::Shopper => (
            ("部分商品已取消", "其余商品照常发货。"),
            (
                "Part of your order is cancelled",
                "The rest is delivered as usual.",
            ),
        ),
        Actor::Seller | Actor::Warehouse | Actor::System | Actor::Provider => (
            ("商家取消了部分商品", "很抱歉。其余商品照常发货。"),
            (
                "The shop cancelled part of your order",
                "We are sorry. The rest is delivered as usual.",
            ),
        ),
        Actor::Staff => (
            ("取消申请已通过", "部分商品已经取消，其余照常发货。"),
            (
                "Your request to cancel was granted",
                "Part of the order is cancelled; the rest is delivered as usual.",
            ),
        ),
    };
    match language {
        Language::ZhCn => zh,
        Language::En => en,
    }
}

fn closed(by: Actor, language: Language) -> (&'static str, &'static str) {
    let (zh, en) = match by {
        Actor::Staff => (
            ("申诉未通过，售后已结束", "客服维持了商家的决定。"),
            (
                "Your appeal was dismissed",
                "Staff agree with the shop, and the case is closed.",
            ),
        ),
        Actor::Shopper | Actor::Seller | Actor::Warehouse | Actor::System | Actor::Provider => (
            ("售后已结束", "超过了处理时限，售后已自动结束，没有退款。"),
            (
                "Your after-sale request is closed",
                "Its time was over, so it has closed without a refund.",
            ),
        ),
    };
    match language {
        Language::ZhCn => zh,
        Language::En => en,
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
    /// Where the letter comes from; `{shop}` is the shop's name.
    pub why: &'static str,
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
            why: "这封邮件由{shop}的订单中心自动发出，因为您在这里有订单。请勿直接回复。",
            help: "需要帮助，或不想再收到邮件，请联系客服：{phone}，{hours}；{email}。",
            colon: "：",
        },
        Language::En => &Frame {
            of_order: " · Order ",
            order: "Order",
            goods: "Goods",
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
            why: "The order centre of {shop} sent this e-mail by itself, because you have an order here. Please do not reply to it.",
            help: "For help, or to get no more e-mails, ask support: {phone}, {hours}; {email}.",
            colon: ": ",
        },
    }
}

#[cfg(test)]
mod tests {
    use orders_domain::{Telling, telling};

    use super::*;

    #[test]
    fn a_letter_can_be_written_about_everything_that_is_told_in_both_languages() {
        for what in TimelineEvent::ALL {
            for by in Actor::ALL {
                for urgent in [false, true] {
                    let happening = Happening { what, by, urgent };
                    let [zh, en] = Language::ALL.map(|language| news(happening, language));
                    assert_eq!(zh.is_some(), en.is_some(), "{happening:?}");
                    if telling(what, by) != Telling::Never {
                        assert!(zh.is_some(), "{happening:?}");
                    }
                    let (Some(zh), Some(en)) = (zh, en) else {
                        continue;
                    };
                    for text in [zh.0, zh.1] {
                        assert!(!text.is_ascii() && !text.contains("  "), "{text}");
                    }
                    assert!(en.0.is_ascii() || en.0.contains('’'), "{}", en.0);
                    assert!(zh.0.chars().count() <= 16, "short: {}", zh.0);
                }
            }
        }
    }
}
