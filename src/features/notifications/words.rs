//! Words of the notifications. What happened is told without and with the amount (`…_of`); letters are headed by the same.

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

    held: "请补全收货信息", "Please complete your delivery details";
    cancelled: "订单已取消", "Your order is cancelled";
    cancelled_seller: "商家取消了订单", "The shop cancelled your order";
    cancelled_staff: "取消申请已通过，订单已取消", "Your request was granted: the order is cancelled";
    cancelled_system: "超时未付款，订单已关闭", "Your order was not paid in time and is closed";
    partly: "部分商品已取消", "Part of your order is cancelled";
    partly_seller: "商家取消了部分商品", "The shop cancelled part of your order";
    partly_staff: "取消申请已通过，部分商品已取消", "Your request was granted: part of the order is cancelled";
    declined: "取消申请未通过", "Your request to cancel was declined";
    cancel_warned: "您近期取消订单比较频繁，请留意", "You have been cancelling often: please take note";
    cancel_limited: "取消过于频繁，暂由客服决定", "You cancelled too often: for a while, staff decide";
    limit_lifted: "取消限制已解除", "The limit on your cancelling was lifted";
    paid_late: "订单已关闭，付款将退回", "Your order was closed before you paid; the payment goes back";
    refund_sent: "退款处理中", "Your refund is on its way";
    refund_sent_of: "退款 {amount} 处理中", "Your refund of {amount} is on its way";
    refund_clearing: "退款银行清算中", "Your refund is in the bank's clearing";
    refund_clearing_of: "退款 {amount} 银行清算中", "Your refund of {amount} is in the bank's clearing";
    refund_arrived: "退款已到账", "Your refund has arrived";
    refund_arrived_of: "退款 {amount} 已到账", "Your refund of {amount} has arrived";
    refund_stuck: "退款没有成功，请换一个账户", "Your refund did not get through: please name another account";
    refund_stuck_of: "退款 {amount} 没有成功，请换一个账户", "Your refund of {amount} did not get through: please name another account";
    refund_failed: "退款没有成功", "Your refund did not get through";
    refund_failed_of: "退款 {amount} 没有成功", "Your refund of {amount} did not get through";
    refund_late: "退款晚了，已通知商家客服", "Your refund is late; the shop's staff have been told";
    refund_late_of: "退款 {amount} 晚了，已通知商家客服", "Your refund of {amount} is late; the shop's staff have been told";
    way_approved: "退款的新账户已确认", "The new account for your refund is confirmed";
    way_approved_of: "退款 {amount} 的新账户已确认", "The new account for your refund of {amount} is confirmed";
    way_declined: "退款的新账户没有通过", "The new account for your refund was declined";
    way_declined_of: "退款 {amount} 的新账户没有通过", "The new account for your refund of {amount} was declined";
    case_send: "售后已同意，请寄回商品", "Your case is granted: please send the goods back";
    case_approved: "售后申请已通过", "Your after-sale case is granted";
    case_approved_of: "售后申请已通过，金额 {amount}", "Your after-sale case over {amount} is granted";
    case_received: "商家已收到退货，开始退款", "The shop has the goods back: your refund begins";
    case_received_of: "商家已收到退货，开始退款 {amount}", "The shop has the goods back: your refund of {amount} begins";
    case_counts_as_received: "商家没有按时确认收货，开始退款", "The shop did not confirm your goods in time: your refund begins";
    case_counts_as_received_of: "商家没有按时确认收货，开始退款 {amount}", "The shop did not confirm your goods in time: your refund of {amount} begins";
    case_rejected: "商家没有同意售后申请", "The shop said no to your after-sale case";
    case_escalated: "商家没有按时答复，售后由客服决定", "The shop did not answer in time; staff decide your case";
    case_answered: "{who}回复了您的售后", "New answer in your after-sale case: {who}";
    case_dismissed: "客服复核后没有同意售后申请", "Staff reviewed your case and said no";
    case_closed: "售后已关闭，没有退款", "Your after-sale case is closed without a refund";
}
