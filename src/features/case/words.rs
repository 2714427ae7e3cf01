//! Words of a case's page.

crate::words::catalogue! {
    page: "售后 {amount} · {state}", "After-sale case, {amount} · {state}";
    case: "售后", "After-sale case";
    loading: "正在加载售后…", "Loading the case…";
    gone_title: "没有这个售后", "There is no such case";
    gone_text: "链接可能已失效，或者这不是您的售后。您的订单都在“我的订单”里。", "The link may be old, or this is not your case. All your orders are in My Orders.";

    state_open: "等待商家答复", "Waiting for the shop's answer";
    state_awaiting_return: "商家已同意，请寄回商品", "Granted. Please send the goods back";
    state_returning: "已寄回，等待商家收货", "On its way back to the shop";
    state_rejected: "商家没有同意", "The shop said no";
    state_appealed: "客服复核中", "Staff are looking at it again";
    state_refunded: "已同意，退款中", "Granted, the money is on its way";
    state_arrived: "退款已到账", "The refund has arrived";
    state_failed: "已同意，但退款没有成功", "Granted, but the refund did not get through";
    state_withdrawn: "您已撤销这次售后", "You withdrew this case";
    state_closed: "售后已关闭，没有退款", "Closed without a refund";

    deadline: "还剩 {left} · {until} 前", "{left} left · until {until}";
    time_is_up: "时间已到，正在更新…", "The time is up; looking what follows…";

    silent_open: "商家到时没有答复，{then}。", "If the shop has not answered by then, {then}.";
    silent_awaiting_return: "到时没有填写寄回的快递单号，{then}。", "If no parcel is named by then, {then}.";
    silent_returning: "商家到时没有确认收货，{then}。", "If the shop has not confirmed receipt by then, {then}.";
    silent_rejected: "到时没有申诉，{then}。", "Without an appeal by then, {then}.";
    silent_appealed: "客服到时没有答复，{then}。", "If staff have not answered by then, {then}.";
    then_refund: "会自动退款 {amount}", "{amount} goes back to you by itself";
    then_staff: "由客服来决定", "staff decide";
    then_close: "售后会自动关闭，不退款", "the case closes without a refund";

    means_waiting: "您不用做什么，有进展会显示在这里。", "There is nothing you need to do; news appears here.";
    means_refused_parcel: "快递送达时请当面拒收。商家同意后退款，您不用另外寄回。", "Refuse the parcel at the door. Once the shop agrees, the money goes back; you need not send anything.";
    means_awaiting_return: "把商品寄到下面的地址，再填写快递单号。", "Send the goods to the address below, then tell us courier and number.";
    means_rejected: "您可以补充证据，申诉由客服重新判断。", "You can add evidence and appeal; staff, not the shop, decide then.";
    means_refunded: "钱到哪里了、什么时候到账，见下方的退款。", "Where the money is and when it arrives, the refund below says.";
    means_arrived: "可以在收款账户的账单里查到。", "You will find it in your account's statement.";
    means_failed: "钱没有丢。打开下方的退款，换一种方式退。", "The money is not lost. Open the refund below to have it paid another way.";
    means_withdrawn: "没有退款。售后期内还可以在订单里再次申请。", "Nothing was refunded. You can ask again from the order while its window is open.";
    means_dismissed: "客服复核后没有同意，理由写在下方。", "Staff reviewed it and did not agree; their reason stands below.";
    means_not_sent: "没有在期限内填写寄回的快递单号。", "No parcel was named in time.";
    means_no_appeal: "没有在期限内申诉。", "There was no appeal in time.";
    means_time_over: "期限已过。", "Its time was over.";

    course: "售后进度", "Progress of the case";
    stop_asked: "申请", "Asked";
    stop_answer: "商家答复", "Shop's answer";
    stop_review: "客服复核", "Staff review";
    stop_return: "寄回商品", "Goods sent back";
    stop_refund: "退款", "Refund";
    stop_end: "结束", "End";
    stop_by: "{until} 前", "by {until}";
    stop_granted: "已同意", "Granted";
    stop_silent_granted: "超时未答复，自动同意", "No answer in time, so granted";
    stop_silent: "超时未答复", "No answer in time";
    stop_rejected: "没有同意", "Said no";
    stop_return_rejected: "验收没有通过", "Not accepted on receipt";
    stop_sent: "已寄出", "Sent";
    stop_received: "商家已收到", "Received";
    stop_silent_received: "超时未确认，视为收到", "Not confirmed in time, counts as received";
    stop_after_receipt: "商家确认收货后", "After receipt";
    stop_may_appeal: "可以申诉", "You may appeal";
    stop_refunding: "准备退款", "To be refunded";
    stop_withdrawn: "您已撤销", "Withdrawn by you";
    stop_closed: "已关闭", "Closed";

    can_do: "可以做的事", "What you can do";
    go_say: "补充说明或证据", "Add words or evidence";
    withdraw: "撤销申请", "Withdraw the case";
    withdraw_title: "撤销这次售后？", "Withdraw this case?";
    withdraw_text: "撤销后这次售后就结束了，不会退款。售后期内，您还可以从订单里再次申请。", "The case ends and nothing is refunded. While the order's after-sale window is open, you can ask again from the order.";
    withdraw_confirm: "确认撤销", "Withdraw it";
    withdraw_keep: "再想想", "Keep it open";

    return_title: "寄回商品", "Send the goods back";
    return_to: "寄到", "Send to";
    copy_address: "复制寄回地址", "Copy the address";
    courier: "快递公司", "Courier";
    number: "快递单号", "Tracking number";
    parcel_hint: "寄出后请留好底单，直到退款到账。", "Keep the receipt until the refund has arrived.";
    parcel_send: "我已寄出", "I have sent it";
    parcel: "寄回的包裹", "Parcel sent back";
    copy_number: "复制快递单号", "Copy the tracking number";

    appeal_title: "申诉", "Appeal";
    appeal_reason: "商家的理由", "The shop's reason";
    review_reason: "客服的理由", "Staff's reason";
    appeal_text: "申诉由客服重新判断，之前的内容都会保留。", "Staff decide afresh; everything so far stays in the case.";
    appeal_label: "为什么不同意商家的决定", "Why you disagree";
    appeal_send: "提交申诉", "Send the appeal";

    say_title: "补充说明", "Add to the case";
    say_label: "想说的话", "Your message";
    say_hint: "商家和客服都能看到。", "The shop and support will see it.";
    say_send: "发送", "Send";
    said: "已发送", "Sent";
    no_evidence_yet: "照片和视频要等页面加载完才能添加。", "Photos and videos can be added once the page has loaded.";

    required: "请填写这一项。", "Please fill this in.";
    required_some: "请写点什么，或者添加照片、视频。", "Write something, or add a photo or video.";
    too_long: "太长了，请简短一些。", "This is too long.";
    invalid: "请检查这一项。", "Please check this.";
    evidence_refused: "有的照片或视频不能用，请移除后重新添加。", "Some photo or video cannot be used. Remove it and add it again.";
    evidence_uploading: "还在上传，传完就能发送。", "Still uploading; you can send it once that is done.";
    evidence_unfinished: "有的没有传完，请继续上传或移除。", "Some were not uploaded. Go on with them, or remove them.";
    evidence_too_many: "一次最多 {n} 个照片或视频。", "At most {n} photos or videos at once.";

    sum: "退款金额", "What it comes to";
    deduction_why: "商品{condition}，按店铺规则扣除。", "Condition: {condition}. By the shop's rules.";
    deduction_why_plain: "按店铺规则扣除。", "By the shop's rules.";
    total: "退给您", "Goes back to you";
    total_asked: "申请退款", "Asked for";
    points_back: "退款时还会退回 {n} 积分", "With the refund, {n} points come back";
    points_were: "{n} 积分已退回账户", "{n} points came back";

    refunds: "退款", "Refunds";
    goods: "商品", "Goods";
    only: "其中：{parts}", "Of it: {parts}";
    thread: "沟通记录", "What was said and done";
    line_sep: "、", ", ";

    act_opened: "提交了售后申请", "asked for it";
    act_said: "补充说明", "wrote";
    act_approved: "同意了申请", "granted it";
    act_approved_by_silence: "商家没有在期限内答复，自动同意", "No answer in time: granted by itself";
    act_escalated_by_silence: "商家没有在期限内答复，转由客服决定", "No answer in time: staff decide";
    act_rejected: "没有同意", "said no";
    act_appealed: "提出申诉", "appealed";
    act_dismissed: "复核后没有同意", "reviewed it and said no";
    act_sent: "寄出了商品", "sent the goods";
    act_received: "确认收到商品", "confirmed receipt";
    act_received_by_silence: "商家没有在期限内确认，视为收到", "Not confirmed in time: counts as received";
    act_withdrawn: "撤销了申请", "withdrew it";
    act_closed: "期限已过，售后自动关闭", "Time was over: closed by itself";

    complaint: "投诉", "Complaint";
    complaint_see: "查看这次售后的投诉", "See the complaint about this case";
    complaint_see_more: "进度和方案都在那里", "How far it is, and what is offered";
    complain: "投诉这次售后", "Complain about this case";
    complain_more: "经过和证据都会带上，由专人调查并给出方案", "All of it goes along; somebody looks into it and makes an offer";

    way_out: "还可以怎么做", "What you can still do";
    way_out_text: "觉得不公平？先联系客服，邮件里已经写好这次售后的信息。", "Not fair? Talk to support first; the e-mail already says which case it is.";
    outside: "和商家协商不成，可以拨打 12315 或在 12315.cn 向市场监管部门投诉。", "If you and the shop cannot agree, you can complain to the market regulator: call 12315 or go to 12315.cn.";
    outside_call: "拨打 12315", "Call 12315";

    info: "售后信息", "About this case";
    order: "订单", "Order";
    id: "售后编号", "Case number";
    copy_id: "复制售后编号", "Copy the case number";
    kind: "类型", "Kind";
    reason: "原因", "Reason";
    condition: "商品状态", "Condition";
    opened: "申请时间", "Asked on";
    shop: "店铺", "Shop";

    news: "售后有新进展：{state}。", "Your case has moved on: {state}.";
    news_said: "{who}有新回复：{text}", "{who} wrote: {text}";

    mail_subject: "售后 {id}（订单 {number}，{state}）", "After-sale case {id} (order {number}, {state})";
    mail_body: "售后编号：{id}\n订单号：{number}\n店铺：{shop}\n类型：{kind}\n原因：{reason}\n金额：{amount}\n状态：{state}\n\n需要帮助的问题：\n", "Case number: {id}\nOrder number: {number}\nShop: {shop}\nKind: {kind}\nReason: {reason}\nAmount: {amount}\nState: {state}\n\nHow can we help?\n";
}
