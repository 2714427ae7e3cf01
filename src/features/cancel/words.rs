//! Words of cancelling.

crate::words::catalogue! {
    title: "取消这个订单？", "Cancel this order?";
    title_part: "取消部分商品？", "Cancel some of the items?";
    title_request: "申请取消订单", "Ask to cancel this order";
    title_request_part: "申请取消部分商品", "Ask to cancel some of the items";
    title_refused: "没有取消", "Not cancelled";
    title_not_possible: "不能取消", "It cannot be cancelled";
    title_already: "已经取消", "Already cancelled";
    title_done: "取消订单", "Cancel order";

    keep: "再想想", "Keep the order";
    confirm: "确认取消订单", "Yes, cancel the order";
    confirm_part_one: "确认取消 {n} 件", "Yes, cancel {n} item";
    confirm_part_other: "确认取消 {n} 件", "Yes, cancel {n} items";
    confirm_request: "提交取消申请", "Send the request";
    cancelling: "正在取消…", "Cancelling…";
    requesting: "正在提交…", "Sending…";
    try_again: "再试一次", "Try again";
    understood: "知道了", "Close";
    see_order: "查看订单", "See the order";
    my_orders: "返回我的订单", "My Orders";

    goods_more: "{title} 和另外 {n} 种商品", "{title} and {n} more";

    parts: "取消哪些商品", "Which items";
    whole: "整单取消", "Whole order";
    all_possible: "所有可取消的", "All that can be";
    part: "只取消一部分", "Only some";
    stays: "这些商品会留在订单里", "These items stay in the order";
    how_many: "取消几件：{title}", "How many to cancel: {title}";
    fewer: "减少", "Fewer";
    more: "增加", "More";
    calculate: "重新计算退款", "Work out the refund";
    choose_something: "请至少选择 1 件要取消的商品。", "Choose at least one item to cancel.";
    lines_wrong: "可取消的数量变了，请重新选择。", "The quantities have changed. Please choose again.";
    whole_changed_title: "请再核对一次", "Please check once more";
    whole_changed: "订单刚刚有变化，没有取消任何商品。下面是最新的内容，请核对后再确认。", "The order has just changed, and nothing was cancelled. Below is how it is now; please check it and confirm again.";
    lines_not_allowed: "这家店铺只能整单取消。", "This shop cancels whole orders only.";

    slip: "退款预览", "What comes back";
    calculating: "正在计算退款…", "Working out the refund…";
    calculating_unpaid: "正在准备…", "One moment…";
    you_get_back: "退回给您", "You get back";
    you_get_back_if: "同意后退回给您", "You get back if they agree";
    refund_when: "{starts} 前退出，预计 {arrives} 到账", "Sent by {starts}, expected {arrives}";
    refund_when_day: "预计 {arrives} 到账", "Expected {arrives}";
    estimated: "放假安排还没有公布，日期为估算。", "Public holidays are not announced yet; the dates are an estimate.";
    nothing_paid_title: "没有要退的款", "Nothing to refund";
    nothing_paid: "订单还没有付款。取消后，为您保留的库存会立即释放。", "The order is unpaid. The stock held for you is released at once.";
    no_money_back: "这次取消没有要退的钱。", "No money comes back with this.";

    give_back: "优惠券和积分", "Coupons and points";
    points_back: "{n} 积分退回账户", "{n} points come back";
    coupon_back: "优惠券“{title}”退回账户", "Coupon “{title}” comes back";
    coupon_expired: "优惠券“{title}”不退回：已过期", "Coupon “{title}” does not come back: expired";
    coupon_still_used: "优惠券“{title}”不退回：保留的商品还在使用", "Coupon “{title}” does not come back: the items you keep still use it";
    coupon: "优惠券", "Coupon";

    why: "为什么取消？", "Why are you cancelling?";
    reason_missing: "请选择一个原因。", "Choose a reason.";
    reason_unknown: "这个原因已不可用，请重新选择。", "This reason is no longer offered. Please choose again.";
    note: "请说明", "Please say why";
    note_hint: "最多 500 字，已写 {n} 字", "{n} of at most 500 characters";
    note_missing: "请写几句说明。", "Write a few words.";
    note_long: "最多 500 字，请删减一些。", "At most 500 characters. Please shorten it.";

    staff_decide: "由客服决定", "Staff decide";
    staff_decide_text: "提交后这个订单会先停下，客服会尽快决定。在此之前您可以随时撤回。", "The order is held while staff decide. You can withdraw the request until then.";
    limited: "因为近期取消过于频繁（{days} 天内，较晚的取消超过 {free} 次），您在这家店的取消到 {until} 为止由客服决定；到期自动恢复。", "You cancelled late too often at this shop (more than {free} times in {days} days), so staff decide until {until}. It ends by itself.";
    counts: "这次取消会计入次数", "This cancellation would count";
    counts_never: "因为这个原因取消，不计入次数", "For this reason, the cancellation does not count";
    counts_warning: "这次取消后您会收到提醒", "After this one you would be warned";
    counts_limit: "这次取消后，取消会改由客服决定", "After this one, staff would decide";
    counts_text: "{days} 天内较晚的取消，超过 {free} 次的会计入，这是计入的第 {n} 次；计满 {limit} 次后，{limit_days} 天内您在这家店的取消由客服决定。每次计入 {days} 天后自动清除。", "Beyond {free} within {days} days, late cancellations count, and this would be number {n} of those that do. From {limit} on, staff decide at this shop for {limit_days} days. Each is forgotten after {days} days.";
    counts_limit_text: "这是计入的第 {n} 次较晚的取消。之后 {limit_days} 天内，您在这家店的取消由客服决定；到期自动恢复。", "It would be number {n} of the late cancellations that count. For {limit_days} days after it, staff decide your cancellations at this shop; that ends by itself.";
    number: "订单号", "Order number";
    paid_at: "付款时间", "Paid";

    lost_title: "没有收到答复", "No answer came back";
    lost_text: "网络断了，还不确定订单是否已经取消。再试一次是安全的：不会取消两次，也不会退两次款。网络恢复后会自动再试；点“再想想”则不再提交，并查看订单的最新状态。", "The connection broke off, so the order may or may not be cancelled. Trying again is safe: it is never cancelled or refunded twice. It is tried again by itself when the connection is back. “Keep the order” stops trying and shows how the order stands.";
    lost_text_request: "网络断了，还不确定申请是否已经提交。再试一次是安全的：不会提交两次。网络恢复后会自动再试；点“再想想”则不再提交，并查看订单的最新状态。", "The connection broke off, so the request may or may not have arrived. Trying again is safe: it never arrives twice. It is tried again by itself when the connection is back. “Keep the order” stops trying and shows how the order stands.";
    failed_title: "还没有办成", "This did not work yet";
    failed_again: "再试一次是安全的，不会取消两次。", "Trying again is safe: it is never cancelled twice.";
    logged_out_title: "登录后继续", "Log in to go on";
    logged_out_text: "登录后会自动接着取消，不用重新填写。", "After you log in, it goes on by itself; nothing is lost.";
    resuming_title: "正在确认结果", "Finding out what happened";
    resuming_text: "上次确认取消后没有收到答复，正在用同一次操作核对，不会取消两次。", "There was no answer to your last confirmation. We are checking with the same request; it is never cancelled twice.";

    refused_text: "订单现在是“{state}”。没有取消，也没有产生退款。", "The order is now “{state}”. Nothing was cancelled and no refund was made.";
    overtaken_packing: "刚刚开始打包了", "Packing has just started";
    overtaken_packing_text: "在您填写的时候，仓库开始打包了，这个订单不能再自助取消。", "While you were deciding, the warehouse started packing, so it can no longer be cancelled here.";
    overtaken_other: "现在不能取消了", "It can no longer be cancelled";
    refused_packing: "仓库已经开始打包", "The warehouse has started packing";
    not_possible: "现在不能取消", "It cannot be cancelled now";
    already_requested: "取消申请正在处理", "Your request is with staff";
    already_requested_text: "您已经提交过取消申请，结果会显示在订单页面，在此之前可以撤回。", "You have already asked to cancel. The decision appears on the order's page; you can withdraw until then.";
    already_cancelled: "订单已经取消", "The order is already cancelled";
    staff_words: "客服答复：{note}", "Support wrote: {note}";

    done: "订单已取消", "The order is cancelled";
    done_part: "所选商品已取消", "The chosen items are cancelled";
    done_refund: "退款已经自动开始，不用再做什么。", "The refund has started by itself. There is nothing more to do.";
    follow_refund: "查看退款进度", "Follow the refund";
    done_unpaid: "没有付款，不用退款。为您保留的库存已经释放。", "Nothing was paid, so nothing is refunded. The stock held for you is released.";
    requested: "申请已提交", "Your request is with staff";
    requested_text: "这个订单已经停下。客服决定后，结果会显示在订单页面，在此之前可以撤回。", "The order is held. The decision appears on the order's page, and you can withdraw until then.";
}
