//! Words of reaching a person.

crate::words::catalogue! {
    title: "联系客服", "Contact support";
    chat: "在线客服", "Chat with us";
    chat_more: "订单信息已经带上", "The details of your order go along";
    chat_plain: "就在页面上和客服对话", "Talk to a person right here";
    call: "打电话", "Call";
    write: "写邮件", "Write an e-mail";
    decide_by: "客服会在 {until} 前决定。", "Staff decide by {until}.";
    decide_late: "原定 {until} 前决定，现在已经过了时间。不用再等，可以直接联系客服。", "Staff were to decide by {until}, which has passed. You need not wait: a person can be reached.";
    kept: "{shop}的电话和邮箱", "{shop} by telephone or e-mail";
    help: "更多问题，看帮助中心", "More questions? See the help";
    help_cancelling: "为什么不能取消？", "Why can it not be cancelled?";
    help_late: "退款晚了或失败了怎么办？", "What to do when a refund is late or fails";
    help_returns: "退货退款是怎样的？", "How returns work";
    help_waiting: "一直等待确认怎么办？", "What to do when an order waits too long";
    help_unpaid: "没付款的订单会怎样？", "What happens to an order that is not paid";
    help_often: "取消订单会有影响吗？", "Does cancelling harm my standing?";
    help_seller: "商家取消了订单，怎么办？", "When the shop cancels an order";
    help_points: "积分和优惠券怎么退？", "What comes back of points and coupons";
    help_rejected: "申请被拒绝怎么办？", "What to do when a refund is refused";
    help_account: "换一种退款方式是怎样的？", "How a refund is paid another way";
    help_complaints: "投诉是怎样处理的？", "How complaints are handled";
    help_guest: "不登录怎样查一张订单？", "How to look up one order without logging in";
    help_versions: "我的订单按哪一版政策？", "Which version of the policy holds for my order";
    copy_handle: "复制 {handle}", "Copy {handle}";
    email_reply: "{n} 小时内回复，信息已经写好", "Answered within {n} h; the details are filled in";
}
