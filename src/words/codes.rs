//! Words for codes of the API: states, channels, reasons, next steps.

use orders_api::{
    Actor, CancelledBy, CaseKind, CaseState, Channel, Condition, NextStep, NotPossibleReason,
    OrderState, PendingCause, RefundFailure, RefundState, Tab, TimelineEvent, Turn,
};

use super::Lang;

/// One of two texts, by language.
const fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}

/// The name of an order's state (PRODUCT §1).
pub const fn state(lang: Lang, state: OrderState) -> &'static str {
    let (zh, en) = match state {
        OrderState::AwaitingPayment => ("待付款", "Awaiting payment"),
        OrderState::PendingConfirmation => ("等待确认", "Pending confirmation"),
        OrderState::Unpacked => ("未打包", "Unpacked"),
        OrderState::Packing => ("打包中", "Packing"),
        OrderState::Shipped => ("已发货", "Shipped"),
        OrderState::Delivered => ("已签收", "Delivered"),
        OrderState::Completed => ("交易完成", "Completed"),
        OrderState::Cancelled => ("已取消", "Cancelled"),
    };
    pick(lang, zh, en)
}

/// What an order's state means for the shopper, in one sentence.
pub const fn state_meaning(lang: Lang, state: OrderState) -> &'static str {
    let (zh, en) = match state {
        OrderState::AwaitingPayment => (
            "请在倒计时结束前付款，逾期订单会自动关闭。",
            "Please pay before the time is up; after that the order closes by itself.",
        ),
        OrderState::PendingConfirmation => (
            "订单已提交，商家还没有接单。",
            "The order is submitted; the shop has not accepted it yet.",
        ),
        OrderState::Unpacked => (
            "商家已接单，仓库还没有开始打包。",
            "The shop has accepted the order; the warehouse has not started packing.",
        ),
        OrderState::Packing => (
            "仓库已开始打包，很快会交给快递。",
            "The warehouse is packing it; the courier will have it soon.",
        ),
        OrderState::Shipped => (
            "包裹正在路上，请留意签收。",
            "The parcel is on its way to you.",
        ),
        OrderState::Delivered => ("订单已送达。", "The order has been delivered."),
        OrderState::Completed => (
            "售后期已过，交易已完成。",
            "The after-sale period is over and the order is complete.",
        ),
        OrderState::Cancelled => (
            "订单已取消，记录会一直保留在这里。",
            "The order is cancelled. Its record stays here.",
        ),
    };
    pick(lang, zh, en)
}

/// The name of a tab.
pub const fn tab(lang: Lang, tab: Tab) -> &'static str {
    let (zh, en) = match tab {
        Tab::All => ("全部", "All"),
        Tab::AwaitingPayment => ("待付款", "To pay"),
        Tab::ToShip => ("待发货", "To ship"),
        Tab::ToReceive => ("待收货", "To receive"),
        Tab::AfterSale => ("退款/售后", "Refunds"),
        Tab::Cancelled => ("已取消", "Cancelled"),
    };
    pick(lang, zh, en)
}

/// Why an order waits for confirmation (S1).
pub const fn pending_cause(lang: Lang, cause: PendingCause) -> &'static str {
    let (zh, en) = match cause {
        PendingCause::NoCourier => ("暂时没有快递员接单", "No courier has taken it yet"),
        PendingCause::SystemDelay => (
            "商家系统处理中，稍有延迟",
            "The shop's system is running late",
        ),
        PendingCause::IncompleteInfo => ("收货信息不完整", "Delivery details are incomplete"),
    };
    pick(lang, zh, en)
}

/// A payment channel.
pub const fn channel(lang: Lang, channel: Channel) -> &'static str {
    let (zh, en) = match channel {
        Channel::WechatPay => ("微信支付", "WeChat Pay"),
        Channel::Alipay => ("支付宝", "Alipay"),
        Channel::BankCard => ("银行卡", "Bank card"),
        Channel::Points => ("积分", "Points"),
        Channel::Coupon => ("优惠券", "Coupon"),
    };
    pick(lang, zh, en)
}

/// Where a refund stands (PRODUCT §3).
pub const fn refund_state(lang: Lang, state: RefundState) -> &'static str {
    let (zh, en) = match state {
        RefundState::Requested => ("已申请", "Requested"),
        RefundState::Approved => ("待退款", "Approved"),
        RefundState::Sent => ("已提交支付机构", "Sent to the provider"),
        RefundState::InClearing => ("已处理，银行清算中", "Processed, in the bank's clearing"),
        RefundState::Arrived => ("已到账", "Arrived"),
        RefundState::Failed => ("退款失败", "Failed"),
    };
    pick(lang, zh, en)
}

/// The account of a payment or a refund, by its name; without one, by its channel.
pub fn account(lang: Lang, way: Channel, name: &str) -> String {
    if name.trim().is_empty() {
        channel(lang, way).to_owned()
    } else {
        name.to_owned()
    }
}

/// Why a refund could not be made, in a sentence.
pub const fn refund_failure(lang: Lang, failure: RefundFailure) -> &'static str {
    let (zh, en) = match failure {
        RefundFailure::AccountClosed => (
            "收款账户不能入账，可能已经注销、冻结或挂失。",
            "The account does not take the money: it may be closed, frozen or reported lost.",
        ),
        RefundFailure::TooOld => (
            "付款时间太久，支付机构不再支持原路退回。",
            "The payment is too old; the payment provider no longer sends it back the way it came.",
        ),
        RefundFailure::TooManyParts => (
            "这笔付款分次退款的次数已满，支付机构不再受理。",
            "The payment has been refunded in as many parts as the payment provider allows.",
        ),
        RefundFailure::PaymentUnknown => (
            "支付机构查不到这笔付款，或可退金额不足。",
            "The payment provider does not find the payment, or not enough of it is left.",
        ),
        RefundFailure::Refused => (
            "支付机构没有受理，也没有说明原因。",
            "The payment provider did not accept it and gave no reason.",
        ),
    };
    pick(lang, zh, en)
}

/// Why an order cannot be cancelled, in a sentence (S0, S4).
pub const fn not_possible(lang: Lang, reason: NotPossibleReason) -> &'static str {
    let (zh, en) = match reason {
        NotPossibleReason::NotPaid => (
            "订单还没有付款，不付款就会自动关闭，无需取消。",
            "The order is unpaid. It closes by itself if you do not pay; there is nothing to cancel.",
        ),
        NotPossibleReason::Packing => (
            "仓库已经开始打包，不能再自助取消。",
            "The warehouse has started packing, so it can no longer be cancelled here.",
        ),
        NotPossibleReason::Shipped => (
            "包裹已经交给快递，不能再取消。",
            "The courier has the parcel, so it can no longer be cancelled.",
        ),
        NotPossibleReason::Delivered => (
            "订单已经送达，不能再取消。",
            "The order has been delivered, so it can no longer be cancelled.",
        ),
        NotPossibleReason::Completed => (
            "售后期已过，不能再取消。",
            "The after-sale period is over, so it can no longer be cancelled.",
        ),
        NotPossibleReason::AlreadyCancelled => {
            ("订单已经取消。", "The order is already cancelled.")
        }
        NotPossibleReason::AlreadyRequested => (
            "您已提交取消申请，正在等待处理。",
            "You have already asked to cancel; staff are deciding.",
        ),
        NotPossibleReason::WindowClosed => (
            "可以自助取消的时间已过。",
            "The time in which it could be cancelled here is over.",
        ),
        NotPossibleReason::StockLocked => (
            "定制或预售商品的库存已锁定，不能取消。",
            "Stock for custom and pre-order products is locked, so it cannot be cancelled.",
        ),
        NotPossibleReason::Issued => (
            "数字商品已经发放，不能取消。",
            "The digital goods have been issued, so they cannot be cancelled.",
        ),
        NotPossibleReason::RequestDeclined => (
            "您的取消申请没有通过。",
            "Your request to cancel was declined.",
        ),
    };
    pick(lang, zh, en)
}

/// What a shopper can do instead, as an instruction.
pub const fn next_step(lang: Lang, step: NextStep) -> &'static str {
    let (zh, en) = match step {
        NextStep::ContactSupport => (
            "联系客服，请人工帮您处理",
            "Contact support; a person will help you",
        ),
        NextStep::LetItClose => (
            "不用付款，到时会自动关闭",
            "Do not pay; it closes by itself",
        ),
        NextStep::RefuseParcel => ("快递送达时当面拒收", "Refuse the parcel when it arrives"),
        NextStep::RequestReturn => (
            "联系客服申请退货退款",
            "Ask support for a return and refund",
        ),
        NextStep::ReportDefect => (
            "有质量问题或与描述不符，请带照片联系客服",
            "Defective or not as described? Contact support with photos",
        ),
        NextStep::AwaitDecision => (
            "等待客服处理，结果会显示在这里",
            "Wait for the decision; it will appear here",
        ),
        NextStep::FollowRefund => ("在下方查看退款进度", "Follow the refund below"),
    };
    pick(lang, zh, en)
}

/// Who cancelled.
pub const fn cancelled_by(lang: Lang, by: CancelledBy) -> &'static str {
    let (zh, en) = match by {
        CancelledBy::Shopper => ("您取消了订单", "You cancelled the order"),
        CancelledBy::Seller => ("商家取消了订单", "The shop cancelled the order"),
        CancelledBy::Staff => (
            "客服同意了您的取消申请",
            "Support granted your request to cancel",
        ),
        CancelledBy::Timeout => (
            "逾期未付款，订单自动关闭",
            "It was not paid in time and closed by itself",
        ),
    };
    pick(lang, zh, en)
}

/// Who did something.
pub const fn actor(lang: Lang, actor: Actor) -> &'static str {
    let (zh, en) = match actor {
        Actor::Shopper => ("您", "You"),
        Actor::Seller => ("商家", "Shop"),
        Actor::Staff => ("客服", "Support"),
        Actor::Warehouse => ("仓库", "Warehouse"),
        Actor::System => ("系统", "System"),
        Actor::Provider => ("支付机构", "Payment provider"),
    };
    pick(lang, zh, en)
}

/// What happened.
pub const fn event(lang: Lang, event: TimelineEvent) -> &'static str {
    let (zh, en) = match event {
        TimelineEvent::Placed => ("提交订单", "Order placed"),
        TimelineEvent::Paid => ("付款成功", "Paid"),
        TimelineEvent::Held => ("等待商家确认", "Waiting for the shop"),
        TimelineEvent::AddressCorrected => ("修改了收货信息", "Delivery details corrected"),
        TimelineEvent::Confirmed => ("商家已接单", "Accepted by the shop"),
        TimelineEvent::PackingStarted => ("仓库开始打包", "Packing started"),
        TimelineEvent::Shipped => ("已发货", "Shipped"),
        TimelineEvent::Delivered => ("已签收", "Delivered"),
        TimelineEvent::Issued => ("数字商品已发放", "Digital goods issued"),
        TimelineEvent::Completed => ("交易完成", "Completed"),
        TimelineEvent::CancellationRequested => ("提交取消申请", "Cancellation requested"),
        TimelineEvent::CancellationWithdrawn => ("撤回取消申请", "Request withdrawn"),
        TimelineEvent::CancellationDeclined => ("取消申请未通过", "Request declined"),
        TimelineEvent::PartlyCancelled => ("取消了部分商品", "Partly cancelled"),
        TimelineEvent::Cancelled => ("订单取消", "Order cancelled"),
        TimelineEvent::CancelWarned => ("频繁取消提醒", "Warned about frequent cancelling"),
        TimelineEvent::CancelLimited => {
            ("取消改由客服决定", "Staff decide cancellations for a while")
        }
        TimelineEvent::LimitLifted => ("取消限制已解除", "The limit on cancelling was lifted"),
        TimelineEvent::LatePaymentRefunded => (
            "订单已关闭，付款将退回",
            "Paid after closing; the payment goes back",
        ),
        TimelineEvent::RefundApproved => ("退款已受理", "Refund approved"),
        TimelineEvent::RefundSent => ("退款已提交支付机构", "Refund sent to the provider"),
        TimelineEvent::RefundInClearing => {
            ("退款已处理，银行清算中", "Refund in the bank's clearing")
        }
        TimelineEvent::RefundArrived => ("退款已到账", "Refund arrived"),
        TimelineEvent::RefundFailed => ("退款失败", "Refund failed"),
        TimelineEvent::RefundLate => (
            "退款比承诺的晚，已通知商家客服",
            "Refund later than promised; the shop's staff were told",
        ),
        TimelineEvent::RefundWayAsked => ("申请换一种方式退款", "Another way asked for"),
        TimelineEvent::RefundWayWithdrawn => {
            ("撤回换方式退款的申请", "Request for another way withdrawn")
        }
        TimelineEvent::RefundWayApproved => ("客服同意换方式退款", "Another way approved"),
        TimelineEvent::RefundWayDeclined => ("客服没有同意换方式退款", "Another way declined"),
        TimelineEvent::CaseOpened => ("已申请售后", "After-sale case opened"),
        TimelineEvent::CaseApproved => ("售后申请已通过", "After-sale case granted"),
        TimelineEvent::CaseReceived => (
            "退货已收到，开始退款",
            "The goods are back; the refund begins",
        ),
        TimelineEvent::CaseRejected => ("商家未通过售后申请", "The seller said no to the case"),
        TimelineEvent::CaseAppealed => ("售后申请由客服复核", "Staff look at the case again"),
        TimelineEvent::CaseAnswered => ("售后申请有新回复", "Your after-sale case was answered"),
        TimelineEvent::CaseWithdrawn => ("已撤销售后申请", "After-sale case withdrawn"),
        TimelineEvent::CaseClosed => ("售后已关闭", "After-sale case closed"),
        TimelineEvent::ComplaintOpened => ("已登记投诉", "Complaint received"),
        TimelineEvent::ComplaintTaken => ("投诉已有人处理", "Somebody looks into your complaint"),
        TimelineEvent::ComplaintAnswered => ("投诉有新回复", "Your complaint was answered"),
        TimelineEvent::ComplaintProposed => {
            ("投诉有处理方案", "There is an offer in your complaint")
        }
        TimelineEvent::ComplaintEscalated => ("投诉已转交主管", "A supervisor has your complaint"),
        TimelineEvent::ComplaintOutside => (
            "投诉逾期，可向外部渠道投诉",
            "Your complaint is overdue; you can go outside of the shop",
        ),
        TimelineEvent::ComplaintAccepted => ("已接受投诉方案", "Offer accepted"),
        TimelineEvent::ComplaintDisputed => ("已对投诉方案提出异议", "Offer disputed"),
        TimelineEvent::ComplaintResolved => ("投诉已有处理结果", "Your complaint is decided"),
        TimelineEvent::ComplaintWithdrawn => ("已撤回投诉", "Complaint withdrawn"),
        TimelineEvent::ComplaintClosed => ("投诉已结束", "Complaint closed"),
    };
    pick(lang, zh, en)
}

/// What a shopper wants of an after-sale case (S2, S4).
pub const fn case_kind(lang: Lang, kind: CaseKind) -> &'static str {
    let (zh, en) = match kind {
        CaseKind::RefundOnly => ("仅退款", "Refund only"),
        CaseKind::ReturnAndRefund => ("退货退款", "Return and refund"),
    };
    pick(lang, zh, en)
}

/// In which condition goods are (S2).
pub const fn condition(lang: Lang, condition: Condition) -> &'static str {
    let (zh, en) = match condition {
        Condition::Unused => ("未拆封", "As they came"),
        Condition::Opened => ("已拆封，未使用", "Opened, not used"),
        Condition::Used => ("已使用", "Used"),
    };
    pick(lang, zh, en)
}

/// Where an after-sale case stands.
pub const fn case_state(lang: Lang, state: CaseState) -> &'static str {
    let (zh, en) = match state {
        CaseState::Open => ("等待商家答复", "Waiting for the shop"),
        CaseState::AwaitingReturn => ("等待您寄回商品", "Waiting for you to send it back"),
        CaseState::Returning => ("等待商家确认收货", "On its way back"),
        CaseState::Rejected => ("商家没有同意", "The shop said no"),
        CaseState::Appealed => ("客服复核中", "Staff are reviewing it"),
        CaseState::Refunded => ("已同意退款", "Refund granted"),
        CaseState::Withdrawn => ("您已撤销", "Withdrawn by you"),
        CaseState::Closed => ("已关闭", "Closed without a refund"),
    };
    pick(lang, zh, en)
}

/// Whose turn it is in a case; `None` when it is over.
pub const fn turn(lang: Lang, turn: Turn) -> Option<&'static str> {
    let (zh, en) = match turn {
        Turn::Shopper => ("轮到您", "Your turn"),
        Turn::Merchant => ("轮到商家", "The shop's turn"),
        Turn::Staff => ("轮到客服", "Staff's turn"),
        Turn::Nobody => return None,
    };
    Some(pick(lang, zh, en))
}
