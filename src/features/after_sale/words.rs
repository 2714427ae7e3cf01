//! Words of asking for money back after receipt.

crate::words::catalogue! {
    page: "申请售后", "Return or refund";
    page_refuse: "拒收包裹", "Refuse the parcel";
    page_step: "{page}（第 {n} 步，共 3 步）", "{page} (step {n} of 3)";
    loading: "正在加载可以申请的商品…", "Loading what you can ask for…";
    gone_title: "没有这个订单", "There is no such order";
    gone_text: "链接可能已失效，或者这不是您的订单。您的订单都在“我的订单”里。", "The link may be old, or this is not your order. All of yours are in My Orders.";

    steps: "申请步骤", "Steps";
    step_what: "选商品", "Items";
    step_why: "说原因", "Reason";
    step_check: "核对提交", "Check";
    title_what: "要退哪些商品？", "Which items?";
    title_why: "怎么处理？", "What would you like?";
    title_why_refuse: "为什么拒收？", "Why do you refuse it?";
    title_check: "核对后提交", "Check and send";
    next: "下一步", "Next";
    back: "上一步", "Back";
    chosen_one: "已选 {n} 件", "{n} item chosen";
    chosen_other: "已选 {n} 件", "{n} items chosen";

    restored: "已恢复上次填写的内容", "What you filled in last time is back";
    anew: "重新填写", "Start anew";

    until: "可申请至 {day}", "You can ask until {day}";
    days_left_one: "还剩 {n} 天", "{n} day left";
    days_left_other: "还剩 {n} 天", "{n} days left";
    time_left: "剩余时间", "Time left";
    until_faulty: "商品有质量问题、发错或与描述不符的，可申请至 {day}。", "If it is defective, wrong or not as described, until {day}.";
    until_over: "无理由退货的时间已过。有质量问题、发错或与描述不符的，仍可申请至 {day}。", "The time to change your mind is over. If it is defective, wrong or not as described, you can still ask until {day}.";
    refuse_title: "包裹还在路上", "The parcel is on its way";
    refuse_text: "请在快递送达时当面拒收，并在这里提交申请。商家同意后退款。", "Please refuse the parcel at the door, and send this request. The money comes back once the shop agrees.";

    lines: "可以申请的商品", "What you can ask for";
    how_many: "退几件：{title}", "How many to return: {title}";
    fewer: "减少", "Fewer";
    more: "增加", "More";
    components: "退其中哪些", "Which parts of it";
    component_not: "这一项不能退", "Not refundable";
    component_few: "可退 {n} 件", "{n} can be";
    line_of: "共 {n} 件", "of {n}";
    lines_missing: "请至少选择 1 件商品。", "Choose at least one item.";
    lines_wrong: "可以申请的数量变了，请重新选择。", "What you can ask for has changed. Please choose again.";
    only_fault: "仅限商家责任（质量问题、发错、与描述不符）", "Only if the shop is at fault: defective, wrong or not as described";

    not_received: "还没有签收，签收后可以申请。", "Not received yet; you can ask once it is.";
    window_closed: "申请时间已过。", "The time to ask is over.";
    nothing_left: "已取消、已退或正在售后中。", "Cancelled, returned, or in another request already.";
    made_to_order: "定制商品，没有质量问题不能退。", "Made to order; it cannot be returned unless it is faulty.";
    issued: "数字商品已经发放，没有质量问题不能退。", "The digital goods are issued; they cannot be returned unless faulty.";
    not_refundable: "这件商品不支持退款。", "This product is not refundable.";
    not_offered: "这家店铺不支持在线申请售后，请联系客服。", "This shop takes no requests here; please contact support.";

    kind: "处理方式", "What you would like";
    refund_only: "仅退款", "Refund only";
    refund_only_text: "商品不用寄回，只退钱。", "Keep the items; only the money comes back.";
    return_and_refund: "退货退款", "Return and refund";
    return_and_refund_text: "商家同意后把商品寄回，收到后退钱。", "Send the items back once the shop agrees; then the money comes back.";
    kind_missing: "请选择处理方式。", "Please choose one.";
    reason: "原因", "Reason";
    reason_missing: "请选择原因。", "Please choose a reason.";
    reason_unknown: "这个原因现在不能选，请换一个。", "This reason cannot be chosen now. Please choose another.";
    reason_evidence: "需要照片或视频", "Needs a photo or video";
    reason_fault: "不扣款，退运费", "Nothing taken off, delivery paid back";
    reasons_fault: "所选商品只有商家有责任时才能退，所以只有这些原因。", "What you chose is taken back only if the shop is at fault, hence these reasons.";
    condition: "商品现在的状态", "Condition of the items";
    unused: "未拆封", "As they came";
    opened: "已拆封，未使用", "Opened, not used";
    used: "已使用", "Used";
    deduct_none: "不扣款", "Nothing is taken off";
    deduct: "扣 {n}%", "{n}% is taken off";
    deduct_not: "这种状态不能退", "Not taken back in this condition";
    condition_missing: "请选择商品的状态。", "Please choose the condition.";
    evidence: "照片或视频", "Photos or videos";
    evidence_needed: "必填：拍下问题的地方，商家处理会更快。", "Needed: show what is wrong, so that the shop can decide sooner.";
    evidence_optional: "选填", "Optional";
    evidence_missing: "这个原因需要至少 1 张照片或 1 段视频。", "This reason needs at least one photo or video.";
    evidence_many: "照片和视频太多了，请移除几个。", "These are too many; please remove some.";
    evidence_unknown: "有照片或视频已经失效，请移除后重新上传。", "A photo or video is not there any more. Please remove it and add it again.";
    note: "补充说明", "In your words";
    note_hint: "选填 · {n}/500", "Optional · {n}/500";
    note_long: "请控制在 500 字以内。", "Please use at most 500 characters.";

    amount: "预计退款", "Expected refund";
    amount_text: "日期按商家今天同意计算。", "The dates are as if the shop agreed today.";
    working: "正在计算…", "Working it out…";
    sum: "怎么算的", "How it comes about";
    deduction_text: "{condition}，扣 {n}%。", "{condition}: {n}%.";

    summary: "您的申请", "Your request";
    change: "修改", "Change";
    change_lines: "修改商品", "Change the items";
    change_why: "修改原因和说明", "Change the reason";

    then: "提交后会怎样", "What happens next";
    then_answer_refund: "商家须在 {n} 小时内答复，逾期自动同意。", "The shop has {n} hours to answer; if it does not, you get your refund.";
    then_answer_staff: "商家须在 {n} 小时内答复，逾期由客服裁定。", "The shop has {n} hours to answer; if it does not, support decides.";
    then_answer_close: "商家须在 {n} 小时内答复，逾期申请关闭。", "The shop has {n} hours to answer; if it does not, the request is closed.";
    then_send: "同意后请在 {n} 天内寄回，地址会显示在申请里。", "Once it agrees, send the items within {n} days; the address is shown in the request.";
    then_pay_shopper: "寄回的运费由您承担。", "You pay for sending them.";
    then_pay_seller: "寄回的运费由商家承担，请保留快递单据。", "The shop pays for sending them; please keep the courier's receipt.";
    then_refuse: "请在快递送达时当面拒收。", "Please refuse the parcel at the door.";
    then_received: "商家收到后退款。", "The money comes back once the shop has them.";
    then_refund: "同意后马上退款。", "Once it agrees, the money is on its way.";
    then_change: "处理完之前，您随时可以撤销申请。", "Until it is settled you can withdraw the request at any time.";
    then_change_unsent: "寄出商品之前，您随时可以撤销申请。", "Until you have sent the items you can withdraw the request at any time.";

    send: "提交申请", "Send request";
    sending: "正在提交…", "Sending…";
    send_again: "再试一次", "Try again";
    waits_upload: "照片或视频还在上传，传完就可以提交。", "Photos or videos are still being uploaded; then you can send it.";
    waits_unfinished: "有照片或视频没有传完。请回到上一步继续上传或移除。", "Some photos or videos are not finished. Please go back and go on, or remove them.";
    waits_network: "现在没有网络，连上后才能提交。", "There is no connection; you can send it when it is back.";
    lost_title: "还不知道有没有提交成功", "We do not know yet whether it arrived";
    lost_text: "没有收到服务器的回答。网络恢复后会自动再试，不会重复申请。", "There was no answer. We try again when the network is back; you never ask twice.";
    lost_before: "上次提交没有收到服务器的回答。再试一次就能知道，不会重复申请。", "There was no answer when you sent it. Try again to find out; you never ask twice.";
    refused_title: "这次没有提交", "It was not sent";
    refused_text: "{why}下面是现在可以申请的商品。", "{why} Below is what you can ask for now.";
    failed_title: "没有提交成功", "It was not sent";

    none_title: "这个订单现在不能申请售后", "Nothing can be asked for on this order now";
    none_text: "每件商品的原因在下面。有疑问可以联系客服。", "Why is said with each item below. If something is wrong with them, ask support.";
    needs_app: "正在加载申请表…", "Loading the form…";
    needs_app_text: "填写申请需要运行网页程序。打不开时，可以直接联系客服办理：", "The form needs the page's program. If it does not open, support can do it for you:";
    reasons: "可以选择的原因", "Reasons to choose from";
    order: "订单", "Order";

    mail_subject: "申请售后（订单 {number}）", "Return or refund (order {number})";
    mail_body: "订单号：{number}\n店铺：{shop}\n\n要退的商品和原因：\n", "Order number: {number}\nShop: {shop}\n\nWhich items, and why:\n";
}

use orders_api::{CaseKind, Condition, NotReturnable};

impl Words {
    /// Why a line takes no case.
    pub const fn not_returnable(&self, why: NotReturnable) -> &'static str {
        match why {
            NotReturnable::NotReceived => self.not_received,
            NotReturnable::WindowClosed => self.window_closed,
            NotReturnable::NothingLeft => self.nothing_left,
            NotReturnable::MadeToOrder => self.made_to_order,
            NotReturnable::Issued => self.issued,
            NotReturnable::NotRefundable => self.not_refundable,
            NotReturnable::NotOffered => self.not_offered,
        }
    }

    /// A kind, and what it means.
    pub const fn kind_of(&self, kind: CaseKind) -> (&'static str, &'static str) {
        match kind {
            CaseKind::RefundOnly => (self.refund_only, self.refund_only_text),
            CaseKind::ReturnAndRefund => (self.return_and_refund, self.return_and_refund_text),
        }
    }

    /// A condition.
    pub const fn condition_of(&self, condition: Condition) -> &'static str {
        match condition {
            Condition::Unused => self.unused,
            Condition::Opened => self.opened,
            Condition::Used => self.used,
        }
    }
}
