//! An order to the staff.

crate::words::catalogue! {
    title: "订单 {number}", "Order {number}";
    placed: "下单 {time}", "Placed {time}";
    external: "店铺单号 {id}", "The shop's number {id}";
    version: "第 {n} 版", "Version {n}";

    acts: "可以办理", "What can be done";
    acts_none: "现在没有需要您办理的事项。", "Nothing is to be done by you now.";
    request: "处理取消申请", "Decide the request to cancel";
    confirm: "确认订单", "Confirm the order";
    address: "更正收货信息", "Correct where it goes";
    cancel: "替商家取消订单", "Cancel for the seller";
    case: "处理售后申请", "Decide the after-sale case";
    appeal: "复核申诉", "Decide the appeal";
    say: "在售后里回复买家", "Answer in the case";
    way: "处理更换退款方式", "Decide on another way";
    of_amount: "{what}（{amount}）", "{what} ({amount})";
    take_over: "接手", "Take over";
    done: "已办理：{what}", "Done: {what}";

    choice: "决定", "Decision";
    why: "原因", "Why";
    approve: "同意", "Grant";
    decline: "不同意", "Decline";
    case_approve: "同意售后", "Grant it";
    case_reject: "拒绝", "Reject it";
    case_receive: "已收到退货，退款", "The goods are back: refund";
    case_dismiss: "驳回申诉", "Dismiss the appeal";
    note: "给买家的说明", "Words to the shopper";
    note_optional: "给买家的说明（选填）", "Words to the shopper (optional)";
    message: "给买家的回复", "Answer to the shopper";
    return_to: "退货地址", "Where the goods are to be sent";
    choose: "请选择一项。", "Choose one.";
    note_missing: "请写明原因，买家会看到。", "Say why; the shopper reads it.";
    message_missing: "请填写回复。", "Write an answer.";
    return_to_missing: "请填写退货地址。", "Say where the goods are to be sent.";
    submit: "确定办理", "Do it";
    send: "发送", "Send";
    shut: "先不办理", "Not now";
    confirm_about: "确认后订单进入待打包，店铺系统会收到通知。", "The order goes on to be packed, and the shop's systems are told.";
    cancel_about: "剩余商品全部取消，退款自动开始，买家会立刻收到通知和原因。", "All that is left is cancelled, the refund begins by itself, and the shopper is told at once, with the reason.";
    request_about: "同意后订单取消并自动退款；不同意则恢复处理。", "Granted, the order is cancelled and refunded; declined, it goes on.";
    goes_back: "退回", "Goes back";
    goes_back_granted: "同意后退回", "Goes back when it is granted";
    nothing_back: "没有付款，不用退款。", "Nothing was paid, and nothing goes back.";
    case_about: "同意的退款是 {amount}，按原付款方式退回；要寄回商品的，收到后才退。", "What is granted is {amount}, by the way it was paid; where goods are sent back, once they are there.";
    way_about: "{amount} 将付到 {account}，户名 {holder}。", "{amount} goes to {account}, holder {holder}.";
    way_second: "您已经同意过，还需要另一位同事同意。", "You have approved it; a second person has to.";
    way_not_held: "还不知道支付机构是否已收到这笔退款，暂时不能同意，请稍后刷新。", "It is not known yet whether the provider has this refund, so it cannot be granted now. Reload in a minute.";
    appeal_other: "这个申诉需要另一位主管复核：您拒绝过这个申请。", "Another supervisor decides this appeal: you rejected the case.";
    appeal_supervisor: "这个申诉由主管复核。", "A supervisor decides this appeal.";

    recipient: "收件人", "Recipient";
    phone: "手机号", "Phone";
    region: "所在地区", "Region";
    street: "详细地址", "Street";

    request_open: "买家申请取消", "The shopper asks to cancel";
    pending_why: "等待确认的原因", "Why it waits";
    reason: "原因", "Reason";
    asked_at: "提出时间", "Asked";

    lines: "商品", "Goods";
    quantity: "数量", "Quantity";
    of_them_cancelled: "已取消 {n}", "{n} cancelled";
    unit: "单价", "Each";
    sum: "小计", "Sum";
    goods_sum: "商品总价", "Goods";
    discount: "店铺优惠", "Discount";
    coupon: "优惠券", "Coupon";
    points: "积分抵扣（{n} 分）", "{n} points";
    freight: "运费", "Carriage";
    total: "合计", "Total";

    money: "付款和退款", "Payments and refunds";
    payment: "付款", "Payment";
    not_paid: "未付款", "Not paid";
    refund: "退款", "Refund";
    starts_by: "最晚 {day} 发起", "Sent by {day}";
    arrives: "预计 {days} 到账", "Arrives {days}";
    late: "已超过承诺时间", "Later than promised";
    failed: "失败：{why}", "Failed: {why}";
    provider: "支付机构单号 {id}", "Provider's number {id}";
    way_asked: "买家要求换到", "The shopper asks for another way";
    holder: "户名 {name}", "Holder {name}";
    approvals: "已同意 {n}/{all} 人：{who}", "{n} of {all} approved: {who}";
    approvals_none: "需要 {all} 人同意", "{all} have to approve";

    cases: "售后", "After-sale cases";
    case_title: "{kind} {amount}", "{kind}, {amount}";
    until: "{time} 前", "until {time}";
    overdue: "已逾期", "Overdue";
    goods_condition: "商品状况", "Condition";
    deduction: "折损扣减", "Deduction";
    freight_back: "退回运费", "Carriage back";
    parcel_back: "退货物流", "Parcel back";
    thread: "往来记录", "What was said and done";
    photo: "照片 {n}", "Photo {n}";
    video: "视频 {n}", "Video {n}";

    shopper: "买家", "Shopper";
    unnamed: "未登录过", "Never logged in";
    goes_to: "收货信息", "Where it goes";
    digital: "数字商品，无需收货地址", "Digital goods, no address";
    parcel: "物流", "Parcel";

    policy: "政策怎么说", "What the policy says";
    policy_version: "下单时政策版本", "Policy when it was placed";
    cancelling: "取消", "Cancelling";
    self_service: "买家可以自行取消", "The shopper may cancel";
    self_service_until: "买家可以自行取消，{time} 前", "The shopper may cancel until {time}";
    by_request: "买家可以申请，由客服决定", "The shopper may ask; staff decide";
    requested: "已申请，等待客服决定", "Asked; staff decide";
    cancelled: "已取消：{reason}", "Cancelled: {reason}";
    after_sale: "售后期限", "After-sale until";
    after_sale_any: "无理由 {time}", "without a fault {time}";
    after_sale_faulty: "质量问题 {time}", "with a fault {time}";
    after_sale_not_yet: "还没有签收", "Nothing was received yet";

    timeline: "订单进展", "Timeline";
    decisions: "同事的处理", "What staff did";
    decisions_none: "还没有人处理过。", "Nobody has decided anything yet.";
    audit: "操作记录", "Audit trail";
    audit_whole: "记录完整，未被改动", "Whole: nothing was changed";
    audit_broken: "记录在第 {n} 条被改动过", "Broken at row {n}";
    when: "时间", "When";
    door: "来源", "By";
    who: "谁", "Who";
    what: "做了什么", "What";
    versions: "版本", "Version";
}
