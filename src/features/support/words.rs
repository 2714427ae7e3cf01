//! Words of reaching a person.

crate::words::catalogue! {
    title: "联系客服", "Contact support";
    chat: "在线客服", "Chat with us";
    chat_more: "订单信息已经带上", "The details of your order go along";
    chat_plain: "就在页面上和客服对话", "Talk to a person right here";
    call: "打电话", "Call";
    write: "写邮件", "Write an e-mail";
    help: "更多问题，看帮助中心", "More questions? See the help";
    help_cancelling: "为什么不能取消？", "Why can it not be cancelled?";
    help_late: "退款晚了或失败了怎么办？", "What to do when a refund is late or fails";
    help_returns: "退货退款是怎样的？", "How returns work";
    help_often: "频繁取消会怎样？", "What comes of cancelling often?";
    copy_handle: "复制 {handle}", "Copy {handle}";
    email_reply: "{n} 小时内回复，信息已经写好", "Answered within {n} h; the details are filled in";
}
