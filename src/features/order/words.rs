//! Words of the order's page.

crate::words::catalogue! {
    page: "{state} · 订单 {number}", "{state} · order {number}";
    loading: "正在加载订单…", "Loading the order…";

    meaning_pending: "订单已提交，商家还没有接单：{cause}。", "Submitted; the shop has not accepted it yet: {cause}.";
    meaning_incomplete: "订单已提交，商家还不能接单：收货信息不完整。补全后商家就能确认。", "Submitted, but the shop cannot accept it yet: the delivery details are incomplete. Once they are complete, it can.";
    may_cancel: "现在取消会立即生效，款项自动退回。", "Cancelling takes effect at once and the money goes back by itself.";
    may_cancel_unpaid: "也可以现在取消，立即生效。", "You may also cancel it now, with effect at once.";
    may_cancel_until: "{until} 前可以自助取消，款项自动退回。", "You can cancel it yourself until {until}; the money goes back by itself.";
    may_cancel_some: "可取消的商品现在取消会立即生效，款项自动退回。", "Items that can be cancelled are cancelled at once, and their money goes back by itself.";
    may_request_some: "部分商品不能取消；其余的可以申请取消，由客服决定。", "Some items cannot be cancelled. For the others you can send a request; staff decide.";
    may_request: "如需取消，可以提交申请，由客服决定。", "If you want it cancelled, send a request; staff decide.";
    limited: "您在这家店取消过于频繁（{days} 天内，较晚的取消超过 {free} 次），到 {until} 为止由客服决定；到期自动恢复。", "You cancelled late too often at this shop (more than {free} times in {days} days), so staff decide until {until}. It ends by itself.";
    meaning_requested: "您申请了取消，客服正在处理。处理期间这个订单会停下。", "You asked to cancel it and staff are deciding. The order is held meanwhile.";
    confirm_by: "商家会在 {until} 前答复是否接单，您不用做什么。", "The shop says by {until} whether it accepts it. There is nothing you need to do.";
    confirm_late: "商家原定 {until} 前答复是否接单，现在已经过了时间。不用再等，可以直接联系客服。", "The shop was to say by {until} whether it accepts it, and that has passed. You need not wait: a person can be reached.";
    meaning_issued: "数字商品已发放，请查收。", "The digital goods have been issued to you.";
    cancelled_at: "{who}（{at}）。", "{who} ({at}).";
    cancelled_why: "原因：{reason}", "Reason: {reason}";
    cancelled_note: "说明：{note}", "Note: {note}";
    time_left: "剩余付款时间", "Time left to pay";
    closing: "付款时间已过，订单正在关闭…", "The time to pay is over; the order is closing…";

    progress: "订单进度", "Order progress";
    step_pay: "付款", "Pay";
    step_paid: "已付款", "Paid";
    step_pack: "打包", "Packed";
    step_packing: "打包中", "Packing";
    step_ship: "发货", "Shipped";
    step_shipped: "运输中", "On its way";
    step_deliver: "签收", "Delivered";
    step_issue: "发放", "Issued";

    can_do: "可以做的事", "What you can do";
    contact: "联系客服", "Contact support";
    cancel: "取消订单", "Cancel order";
    cancel_some: "取消部分商品", "Cancel some items";
    request_cancel: "申请取消", "Ask to cancel";
    request_cancel_some: "申请取消部分商品", "Ask to cancel some items";
    withdraw: "撤回申请", "Withdraw request";
    withdrawn: "已撤回取消申请，订单继续处理。", "The request is withdrawn; the order goes on.";
    ask_after_sale: "申请售后", "Return or refund";
    pay: "去付款 {total}", "Pay {total}";

    why_title: "现在不能取消，可以这样做", "It cannot be cancelled now. What you can do";
    why_title_unpaid: "不用取消", "There is nothing to cancel";
    staff_words: "客服答复：{note}", "Support wrote: {note}";

    support_title: "联系客服", "Contact support";
    support_text: "请人工帮您处理。", "A person will help you.";
    support_packing: "客服可以请仓库拦下还没出库的包裹。", "Staff can ask the warehouse to stop a parcel that has not left.";
    let_it_close_title: "不用处理", "Do nothing";
    let_it_close_text: "不付款，到时间订单会自动关闭，不会扣款。", "If it is not paid, it closes by itself and nothing is charged.";
    refuse_title: "拒收包裹", "Refuse the parcel";
    refuse_text: "快递送达时当面拒收，包裹会退回商家。", "Refuse it at the door; it goes back to the shop.";
    return_title: "申请退货退款", "Ask for a return and refund";
    refuse_here: "快递送达时当面拒收，并在这里申请退款。", "Refuse it at the door, and ask for the money here.";
    return_here: "在这里申请，商家收到商品后退款。", "Ask for it here; the refund follows when the shop has it back.";
    defect_here: "拍下照片，在这里申请售后。", "Take photos, and ask here for your money back.";
    return_text: "联系客服登记退货，商家收到后退款。", "Support registers the return; the refund follows when the shop has it back.";
    defect_title: "有质量问题或与描述不符", "Defective or not as described";
    defect_text: "拍下照片，联系客服说明情况。", "Take photos and tell support what is wrong.";
    await_title: "等待处理结果", "Wait for the decision";
    await_text: "客服决定后会显示在这里，在此之前可以撤回申请。", "It appears here; you can withdraw the request until then.";
    follow_title: "查看退款进度", "Follow the refund";
    follow_text: "钱到哪里了，什么时候到账。", "Where the money is, and when it arrives.";

    mail_subject: "订单 {number}（{shop}，{state}）", "Order {number} ({shop}, {state})";
    mail_paid: "付款时间：{paid}\n", "Paid: {paid} (Beijing time)\n";
    mail_body: "订单号：{number}\n店铺：{shop}\n状态：{state}\n下单时间：{placed}\n{paid}\n需要帮助的问题：\n", "Order number: {number}\nShop: {shop}\nState: {state}\nPlaced: {placed} (Beijing time)\n{paid}\nHow can we help?\n";

    request_title: "取消申请", "Request to cancel";
    request_badge: "等待客服决定", "Staff are deciding";
    asked_at: "申请时间", "Asked";
    reason: "原因", "Reason";
    note: "说明", "Note";

    lines: "商品", "Items";
    subtotal: "小计", "Subtotal";
    line_cancelled: "已取消 {n} 件", "{n} cancelled";
    goods: "商品金额", "Items";
    freight: "运费", "Delivery";
    discount: "店铺优惠", "Shop discount";
    coupon: "优惠券", "Coupon";
    points: "积分抵扣（{n} 分）", "Points ({n})";
    total_paid: "实付", "Paid";
    total_due: "应付", "To pay";

    after_sale: "售后", "After-sales";
    window: "可申请售后至 {day}（还剩 {left}）", "You can ask for a return or refund until {day} ({left} left)";
    window_faulty: "质量问题等商家责任，可申请至 {day}", "Until {day} if the shop is at fault, as for defects";
    window_only_faulty: "现在只有质量问题等商家责任可以申请，至 {day}（还剩 {left}）", "Only where the shop is at fault, as for defects, until {day} ({left} left)";
    window_faulty_left: "有质量问题、发错或与描述不符的，可申请售后至 {day}（还剩 {left}）", "If it is defective, wrong or not as described, you can ask until {day} ({left} left)";
    window_over: "申请售后的时间已于 {day} 结束", "The time to ask for a return or refund ended on {day}";
    case_until: "{turn} · {until} 前", "{turn} · until {until}";
    case_opened: "{at} 申请", "Asked on {at}";

    complaints: "投诉", "Complaints";
    complaint_opened: "{at} 提交", "Sent on {at}";
    complain_why: "客服没能解决？", "Support could not settle it?";
    complain: "投诉这笔订单", "Complain about this order";

    refunds: "退款", "Refund";
    refund_to: "退回", "To your";
    refund_progress: "退款进度", "Refund progress";
    refund_accepted: "受理", "Accepted";
    refund_sent: "提交", "Sent";
    refund_clearing: "银行清算", "Clearing";
    refund_arrived: "到账", "Arrived";
    refund_not_arrived: "未到账", "Not arrived";
    by_day: "{day} 前", "by {day}";
    refund_expected: "预计 {days} 到账", "Expected {days}";
    refund_bank_expects: "银行预计 {day} 到账", "The bank expects it on {day}";
    refund_late_sent: "晚了：原定 {day} 前提交。已经通知商家的客服。", "Late: it was to be sent by {day}. The shop's staff have been told.";
    refund_late_arrived: "晚了：原定 {day} 前到账。已经通知商家的客服。", "Late: it was to arrive by {day}. The shop's staff have been told.";
    refund_more: "查看退款详情", "Follow this refund";
    refund_start: "{starts} 前提交给支付机构，预计 {days} 到账", "Sent to the provider by {starts}, expected {days}";
    refund_done: "{day} 已到账", "Arrived on {day}";
    refund_failed: "这笔退款没有成功，钱还没有退回。请联系客服，我们会换一种方式退给您。", "This refund did not get through, and the money is not back yet. Contact support; we will find another way.";
    estimated: "放假安排还没有公布，日期为估算。", "Public holidays are not announced yet; the dates are an estimate.";

    info: "订单信息", "About this order";
    number: "订单号", "Order number";
    placed: "下单时间", "Placed";
    payment: "付款", "Payment";
    delivery: "收货", "Delivery to";
    parcel: "快递", "Parcel";
    shop: "店铺", "Shop";
    policy: "适用政策", "Policy";
    policy_version: "{version} 版", "Version {version}";
    copy_number: "复制订单号", "Copy the order number";
    copy_tracking: "复制快递单号", "Copy the tracking number";
    timeline: "进展", "What happened";

    address_title: "补全收货信息", "Complete the delivery details";
    address_text: "请补全或更正标出的内容。", "Please complete or correct what is marked.";
    recipient: "收件人", "Recipient";
    phone: "手机号", "Telephone";
    region: "省市区", "Province, city, district";
    street: "街道门牌", "Street and house";
    address_more: "修改其他收货信息", "Correct the other details, too";
    save: "保存", "Save";
    field_required: "请填写", "Please fill this in";
    field_check: "请检查，可能不完整", "Please check; it may be incomplete";
    field_long: "太长了，请缩短一些", "Too long, please shorten it";
    field_invalid: "请检查格式", "Please check how it is written";

    news_packing: "仓库刚刚开始打包", "The warehouse has just started packing";
    news_packing_text: "“取消订单”已不可用。需要停下这个包裹，请联系客服。", "Cancelling is no longer possible here. To stop this parcel, contact support.";
    news_not_possible: "现在不能取消了", "It can no longer be cancelled";
    news_seller: "商家取消了这个订单", "The shop has cancelled this order";
    news_seller_text: "原因写在下面；已付的款会自动退回。", "The reason stands below; whatever you paid goes back by itself.";
    news_timeout: "付款时间已过，订单已关闭", "The time to pay is over; the order is closed";
    news_timeout_text: "没有扣款，库存已释放。", "Nothing was charged and the stock is released.";
    news_granted: "客服同意了您的取消申请", "Support granted your request to cancel";
    news_granted_text: "退款的去向和日期写在下面。", "Where the money goes, and when, stands below.";
    news_declined: "取消申请没有通过", "Your request to cancel was declined";
    news_declined_text: "客服的答复写在下面。", "Support's answer stands below.";
    news_address: "收货信息已保存", "The delivery details are saved";
    news_address_text: "商家会尽快确认订单。", "The shop will confirm the order soon.";
}
