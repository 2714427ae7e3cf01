//! Words of the refund's page.

crate::words::catalogue! {
    page: "退款 {amount} · {state}", "Refund of {amount} · {state}";
    refund: "退款", "Refund";
    loading: "正在加载退款…", "Loading the refund…";
    gone_title: "没有这笔退款", "There is no such refund";
    gone_text: "链接可能已失效，或者这不是您的退款。您的退款都在“我的订单”里。", "The link may be old, or this is not your refund. All of yours are in My Orders.";

    to: "退回", "To";
    state_requested: "商家正在处理", "The shop is deciding";
    state_approved: "已受理，准备退款", "Accepted, to be sent";
    state_sent: "{provider}处理中", "Being processed by {provider}";
    state_clearing: "银行清算中", "In the bank's clearing";
    state_arrived: "已到账", "Arrived";
    state_failed: "退款没有成功", "The refund did not get through";

    route: "钱到哪里了", "Where the money is";
    here: "钱在这里", "It is here";
    cards: "银行卡支付机构", "Card payment provider";
    the_cards: "银行卡支付机构", "the card payment provider";
    points: "积分系统", "Points system";
    the_points: "积分系统", "the points system";
    coupons: "卡券系统", "Coupon system";
    the_coupons: "卡券系统", "the coupon system";
    pays_out: "商家打款", "Paid out by the shop";
    the_shop: "商家", "the shop";
    clearing: "银行清算", "Bank clearing";
    stop_deciding: "处理中", "Deciding";
    stop_accepted: "已受理", "Accepted";
    stop_send_by: "{day} 前提交", "By {day}";
    stop_processing: "处理中", "Processing";
    stop_processed: "已处理", "Processed";
    stop_clearing: "清算中", "Clearing";
    stop_cleared: "已清算", "Cleared";
    stop_expected: "预计 {days} 到账", "Expected {days}";
    stop_bank_expects: "银行预计 {day} 到账", "The bank expects {day}";
    stop_arrived: "已到账", "Arrived";
    stop_not_arrived: "未到账", "Not arrived";
    stop_pay_by: "{day} 前打款", "By {day}";
    stop_late_sent: "原定 {day} 前提交", "Was due by {day}";
    stop_late_paid: "原定 {day} 前打款", "Was due by {day}";
    stop_late_arrived: "原定 {day} 前到账", "Was due by {day}";

    next_requested: "商家同意后，{starts} 前提交给{provider}，预计 {days} 到账。", "Once the shop agrees, it goes to {provider} by {starts} and should arrive {days}.";
    next_approved: "接下来 {starts} 前提交给{provider}，预计 {days} 到账。", "Next it goes to {provider} by {starts}, and should arrive {days}.";
    next_sent: "{provider}处理好后进入银行清算，预计 {days} 到账。", "From {provider} it goes into the bank's clearing, and should arrive {days}.";
    next_sent_straight: "{provider}正在退回，预计 {days} 到账。", "It is being given back by {provider}, and should arrive {days}.";
    next_clearing: "清算完成就会到账，预计 {days}。您不用做什么。", "It arrives when the bank is done, expected {days}. There is nothing you need to do.";
    next_bank: "银行预计 {day} 到账。您不用做什么。", "The bank expects it to arrive on {day}. There is nothing you need to do.";
    next_arrived: "{day} 到账，可以在{account}的账单里查到。", "It arrived on {day}; you will find it in the statement of {account}.";
    next_late: "商家的客服会跟进，有进展会马上显示在这里。", "The shop's staff will follow it up; news appears here at once.";
    next_failed: "告诉客服退到哪里，他们会重新办理。", "Tell support where it should go, and they will send it again.";
    next_failed_way: "填好新的账户，客服核对后会退过去；您也可以联系客服办理。", "Name another account and the money goes there once staff have checked it; or ask support.";
    next_way_open: "客服正在核对您的申请，决定之前这笔退款不会转出。", "Staff are checking your request; until they have decided, nothing is sent.";
    next_paid_out: "商家会在 {starts} 前付到{account}，预计 {days} 到账。", "The shop pays it to {account} by {starts}, and it should arrive {days}.";
    estimated: "放假安排还没有公布，日期为估算。", "Public holidays are not announced yet; the dates are an estimate.";
    updated: "更新于 {at}", "Updated {at}";
    news: "退款有新进展：{state}。{next}", "Your refund has moved on: {state}. {next}";

    way_title: "换一种方式退款", "Have it paid another way";
    way_text: "提交后由客服核对，金额较大时由两位客服核对，在此之前这笔退款不会转出；核对后会给出新的到账日期。", "Staff check it, above an amount two of them, and until then nothing is sent; after that there are new dates.";
    complaint_see: "查看这笔退款的投诉", "See the complaint about this refund";
    complain_why: "客服没能解决？", "Support could not settle it?";
    complain: "投诉这笔退款", "Complain about this refund";

    way_guest: "为了安全，更换收款方式需要登录并输入密码。凭验证码只能查看。", "To be safe, this takes logging in, with your password. With a code you can only look.";
    way_log_in: "登录后更换", "Log in to change it";
    way_kind: "退到", "Pay it to";
    way_account: "卡号，或支付宝的邮箱或手机号", "Card number, or Alipay e-mail or mobile";
    way_card: "银行卡号", "Card number";
    way_alipay: "支付宝账号（邮箱或手机号）", "Alipay account (e-mail or mobile)";
    way_holder: "户名", "Account holder's name";
    way_bank: "开户银行（银行卡）", "Bank (of a card)";
    way_password: "您的登录密码", "Your password, once more";
    way_ask: "提交申请", "Ask for it";
    way_required: "请填写这一项。", "Please fill this in.";
    way_long: "太长了，请简短一些。", "This is too long.";
    way_invalid: "请检查这一项。", "Please check this.";
    way_card_invalid: "卡号不对，请核对每一位数字。", "This is no card number; please check each digit.";
    way_alipay_invalid: "请填写支付宝绑定的邮箱或手机号。", "Enter the e-mail address or mobile number of the Alipay account.";
    way_password_wrong: "密码不正确，请重新输入。", "The password is wrong; please enter it again.";
    way_password_none: "您的账户没有登录密码，请联系客服办理。", "Your account has no password, so support has to do this for you.";
    way_too_many: "密码错误次数过多，请过一会儿再试。", "Too many wrong passwords. Please wait a while.";
    way_open: "客服正在核对新的退款账户", "Staff are checking the new account";
    way_open_text: "核对之前，这笔退款不会转出。", "Until they have decided, nothing is sent.";
    way_since: "{at} 提交", "Asked on {at}";
    way_withdraw: "撤回", "Take it back";
    way_declined: "客服没有同意退到{account}", "Staff did not agree to pay it to {account}";
    way_withdrawn: "您撤回了上一次的申请。", "You took your last request back.";
    way_too_late: "退到{account}的申请晚了一步：退款已经按原来的方式转出。", "Your request for {account} came too late: the refund had been sent the first way.";
    news_way_open: "申请已提交，客服会核对{account}。", "You have asked for {account}; staff are checking it.";
    news_way_approved: "客服已同意退到{account}。{next}", "Staff agreed to pay it to {account}. {next}";
    news_way_declined: "客服没有同意退到{account}：{note}", "Staff did not agree to pay it to {account}: {note}";
    news_way_withdrawn: "申请已撤回。", "Your request is taken back.";

    late_title: "这笔退款晚了，我们已经发现", "This refund is late, and we have noticed";
    late_sent: "原定 {day} 前提交给{provider}，现在还没有提交。已经通知商家的客服。", "It was to go to {provider} by {day} and has not yet. The shop's staff have been told.";
    late_paid_out: "商家原定 {day} 前打款，现在还没有打款。已经通知商家的客服。", "The shop was to pay it out by {day} and has not yet. Its staff have been told.";
    late_arrived: "原定 {day} 前到账，现在还没有到账。已经通知商家的客服。", "It was to arrive by {day} and has not yet. The shop's staff have been told.";
    failed_title: "钱没有丢，{amount} 仍会退给您", "The money is not lost: {amount} is still owed to you";
    failed_unknown: "支付机构还没有说明原因。", "The payment provider has not said why yet.";
    case_attached: "邮件里已经写好这笔退款的信息。", "The e-mail already says which refund it is.";

    all: "这个订单的退款", "All refunds of this order";
    this_one: "本笔", "This one";
    sum: "{n} 笔合计", "{n} refunds together";

    history: "退款进展", "What happened";

    info: "退款信息", "About this refund";
    order: "订单", "Order";
    number: "退款编号", "Refund number";
    copy_number: "复制退款编号", "Copy the refund number";
    made: "受理时间", "Accepted";
    shop: "店铺", "Shop";

    mail_subject: "退款 {amount}（订单 {number}，{state}）", "Refund of {amount} (order {number}, {state})";
    mail_body: "退款编号：{id}\n订单号：{number}\n店铺：{shop}\n金额：{amount}\n退回：{account}\n状态：{state}\n承诺提交：{starts} 前\n承诺到账：{days}\n\n需要帮助的问题：\n", "Refund number: {id}\nOrder number: {number}\nShop: {shop}\nAmount: {amount}\nTo: {account}\nState: {state}\nPromised to be sent by: {starts}\nPromised to arrive: {days}\n\nHow can we help?\n";
}
