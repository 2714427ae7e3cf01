//! Words of the notifications.

crate::words::catalogue! {
    title: "通知", "Notifications";
    loading: "正在加载通知…", "Loading notifications…";
    unread: "未读", "Unread";
    urgent: "需要您处理", "Needs you";
    read_all: "全部标为已读", "Mark all as read";
    more: "查看更早的通知", "Show earlier ones";
    more_unread: "查看更早的通知（其中 {n} 条未读）", "Show earlier ones ({n} of them unread)";
    end: "没有更早的通知了", "That is all of them";
    empty_title: "还没有通知", "No notifications yet";
    empty_text: "订单取消、退款和售后有进展时，会在这里告诉您。", "When an order is cancelled, or a refund or after-sale case moves on, you are told here.";
    news: "打开本页后有 {n} 条新通知", "New notifications since you opened this page: {n}";

    held: "请补全收货信息，商家才能接单", "Complete the delivery details so that the shop can accept the order";
    cancelled: "订单已取消", "The order is cancelled";
    cancelled_seller: "商家取消了订单", "The shop cancelled the order";
    cancelled_staff: "客服同意取消，订单已取消", "Support agreed: the order is cancelled";
    cancelled_system: "超时未付款，订单已关闭", "It was not paid in time, so the order is closed";
    partly: "部分商品已取消", "Some items are cancelled";
    partly_seller: "商家取消了部分商品", "The shop cancelled some items";
    partly_staff: "客服同意取消，部分商品已取消", "Support agreed: some items are cancelled";
    declined: "取消申请没有通过", "Your request to cancel was declined";
    refund_approved: "退款 {amount} 已受理", "Your refund of {amount} is accepted";
    refund_sent: "退款 {amount} 已提交给支付机构", "Your refund of {amount} is with the payment provider";
    refund_clearing: "退款 {amount} 已处理，银行清算中", "Your refund of {amount} is in the bank's clearing";
    refund_arrived: "退款 {amount} 已到账", "Your refund of {amount} has arrived";
    refund_failed: "退款 {amount} 没有成功", "Your refund of {amount} did not get through";
    refund_late: "退款 {amount} 晚了，已通知商家客服", "Your refund of {amount} is late; the shop's staff have been told";
    way_approved: "客服同意换一种方式退款 {amount}", "Support agreed to refund {amount} another way";
    way_declined: "客服没有同意换一种方式退款 {amount}", "Support did not agree to refund {amount} another way";
    case_send: "售后已同意，请寄回商品", "Your case is granted: please send the goods back";
    case_approved: "售后申请已通过，金额 {amount}", "Your after-sale case over {amount} is granted";
    case_received: "商家已收到退货，退款 {amount} 开始处理", "The shop has the goods back: your refund of {amount} begins";
    case_counts_as_received: "商家没有按时确认收货，退款 {amount} 开始处理", "The shop did not confirm your goods in time: your refund of {amount} begins";
    case_rejected: "商家没有同意售后申请", "The shop said no to your after-sale case";
    case_escalated: "商家没有按时答复，售后由客服决定", "The shop did not answer in time; staff decide your case";
    case_answered: "{who}回复了您的售后", "New answer in your after-sale case: {who}";
    case_dismissed: "客服复核后没有同意售后申请", "Staff reviewed your case and said no";
    case_closed: "售后已关闭，没有退款", "Your after-sale case is closed without a refund";
}
