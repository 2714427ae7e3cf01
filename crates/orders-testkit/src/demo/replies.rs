//! Canned replies: what the seeds have support say.

/// A canned reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoReply {
    /// Opaque.
    pub id: &'static str,
    /// The shop that uses it; every shop when `None`.
    pub shop: Option<&'static str>,
    /// What is typed for it.
    pub code: &'static str,
    /// What the staff call it.
    pub title: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// All of them.
pub const REPLIES: [DemoReply; 11] = [
    DemoReply {
        id: "demo-reply-hello",
        shop: None,
        code: "hello",
        title: "问候",
        zh: "您好，这里是{shop}客服，请问有什么可以帮您？",
        en: "Hello, this is {shop}. How can I help?",
    },
    // S3: look up the order and its state.
    DemoReply {
        id: "demo-reply-status",
        shop: None,
        code: "status",
        title: "订单状态",
        zh: "查到了：订单 {order_number} 目前的状态是「{order_state}」。",
        en: "I have looked it up: order {order_number} is now “{order_state}”.",
    },
    // S0, S2: by the way it was paid; when it is there depends on the bank.
    DemoReply {
        id: "demo-reply-refund",
        shop: None,
        code: "refund",
        title: "退款何时到账",
        zh: "订单 {order_number} 的退款 {refund_amount} 原路退回{refund_account}，最晚 {arrives_by} 到账。款项在银行清算中时，到账时间以银行为准，请您放心。",
        en: "The refund of {refund_amount} for order {order_number} goes back to {refund_account} and should be there by {arrives_by}. While it is in clearing, the bank decides on the day.",
    },
    // S1.
    DemoReply {
        id: "demo-reply-pending",
        shop: Some("tepai"),
        code: "pending",
        title: "等待确认",
        zh: "订单 {order_number} 正在等待确认，我现在为您核实原因。您不想再等的话，也可以在订单页直接取消。",
        en: "Order {order_number} waits for confirmation; I am looking into why. If you would rather not wait, you can cancel it on its page.",
    },
    // S0.
    DemoReply {
        id: "demo-reply-packing",
        shop: Some("tepai"),
        code: "packing",
        title: "已开始打包",
        zh: "订单 {order_number} 的仓库已经开始处理，页面上不能直接取消了。我来联系仓库，看是否还能拦下。",
        en: "The warehouse has begun with order {order_number}, so that it cannot be cancelled on its page any more. I am asking whether they can still stop it.",
    },
    // S4.
    DemoReply {
        id: "demo-reply-shipped",
        shop: None,
        code: "shipped",
        title: "已发货怎么办",
        zh: "包裹已由{courier}寄出，单号 {tracking_number}。不想要的话，请拒收并在订单页申请退货退款。",
        en: "The parcel is with {courier}, number {tracking_number}. If you do not want it, please refuse it and ask for a return on the order's page.",
    },
    // S4: unpaid orders close by themselves.
    DemoReply {
        id: "demo-reply-pay",
        shop: None,
        code: "pay",
        title: "待付款",
        zh: "订单 {order_number} 请在 {pay_by} 前付款，逾期会自动关闭，库存也会释放。",
        en: "Please pay for order {order_number} by {pay_by}; after that it closes by itself.",
    },
    // S2.
    DemoReply {
        id: "demo-reply-case",
        shop: None,
        code: "case",
        title: "售后进度",
        zh: "您的售后申请正在处理，这一步的截止时间是 {due_at}，逾期会按店铺规则自动处理。",
        en: "Your after-sale case is being handled. This step has until {due_at}; after that the shop's policy says what happens by itself.",
    },
    // S4.
    DemoReply {
        id: "demo-reply-topup",
        shop: Some("wanfu"),
        code: "topup",
        title: "充值未到账",
        zh: "请您核对充值账号、区服和面值是否正确；信息无误的话，我马上为您查询订单 {order_number} 的到账情况。",
        en: "Please check that account, zone and face value are right; if they are, I will find out where the top-up of order {order_number} is.",
    },
    // S0.
    DemoReply {
        id: "demo-reply-phone",
        shop: None,
        code: "phone",
        title: "电话和邮箱",
        zh: "您也可以拨打 {phone}（{hours}），或发邮件到 {email}。",
        en: "You can also call {phone} ({hours}) or write to {email}.",
    },
    DemoReply {
        id: "demo-reply-thanks",
        shop: None,
        code: "thanks",
        title: "致谢",
        zh: "感谢您的耐心，祝您生活愉快！",
        en: "Thank you for your patience. Have a nice day!",
    },
];
