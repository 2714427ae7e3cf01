//! Words of the help centre.

crate::words::catalogue! {
    title: "帮助中心", "Help";
    loading: "正在加载…", "Loading…";
    search: "搜索帮助", "Search the help";
    search_hint: "说说您的问题，例如“退款多久到账”", "Ask, for example: when does my refund arrive?";
    ask: "搜索", "Search";
    shops: "商城", "Shops";
    found: "找到 {n} 条", "Found: {n}";
    none_title: "没有找到答案", "No answer found";
    none_text: "换一种说法，或者直接联系客服。", "Try other words, or contact support.";
    elsewhere: "在{shop}的帮助里有", "There is one for {shop}";
    show_all: "查看全部问题", "Show all questions";
    gone_title: "没有这篇文章", "There is no such article";
    gone_text: "链接可能已失效，或者这家商城没有这篇文章。", "The link may be old, or this shop does not have it.";
    no_policy_title: "没有这份政策", "There is no such policy";
    no_policy_text: "链接可能已失效。", "The link may be old.";

    questions: "它回答的问题", "It answers";
    go_on: "去办理", "Where to go";
    related: "相关问题", "Related";
    by_policy: "按{shop} {version} 版政策", "By the policy of {shop}, version {version}";
    link_orders: "我的订单", "My Orders";
    link_to_ship: "待发货的订单", "Orders to be shipped";
    link_after_sale: "退款和售后", "Refunds and after-sale cases";
    link_cancelled: "已取消的订单", "Cancelled orders";
    link_notifications: "通知", "Notifications";
    link_policy: "现行政策", "The policy in force";

    topic_cancelling: "取消订单", "Cancelling";
    topic_orders: "等待和配送", "Waiting and delivery";
    topic_refunds: "退款", "Refunds";
    topic_after_sale: "退货和售后", "Returns";
    topic_support: "客服和投诉", "Support and complaints";
    topic_shopping: "购物须知", "Shopping";

    policy_title: "{shop}的政策", "The policy of {shop}";
    policy_past: "这不是现行版本，只适用于在它有效期内下的订单。", "This version is not in force any more. It holds for orders placed under it.";
    policy_now: "查看现行的 {version} 版", "See version {version}, which is in force";
    policy_version: "{version} 版，{since}起生效", "Version {version}, from {since} on";
    policy_cancelling: "谁可以取消订单", "Who may cancel";
    at_once: "自己马上取消", "You cancel at once";
    by_request: "申请，由客服处理", "You ask, staff decide";
    not_possible: "不能取消", "Not possible";
    window: "{rule}，下单后 {n} 分钟内", "{rule}, within {n} min of placing the order";
    except: "{goods}（{states}）", "{goods} ({states})";
    partial_yes: "可以只取消其中几件。", "A part of an order may be cancelled.";
    partial_no: "只能整单取消。", "Orders are cancelled as a whole.";
    policy_reasons: "取消时可选的原因", "Reasons to choose from";
    policy_refunds: "退款时间", "When refunds arrive";
    clock: "{start} 个工作日内开始，{from}–{within} 个工作日到账", "Starts within {start} working days, arrives after {from}–{within}";
    clock_now: "马上退回", "At once";
    policy_days: "从取消的第二天算起。周末和法定节假日不算工作日，调休上班日算。", "Counted from the day after the cancel. Weekends and public holidays are no working days; make-up days are.";
    policy_after_sale: "收货以后", "After receipt";
    window_days: "申请期限", "Time to ask";
    window_days_text: "签收后 {n} 天", "{n} days after signing";
    fault_days: "商家责任的申请期限", "When the seller is at fault";
    merchant: "商家答复", "The seller answers";
    merchant_text: "{n} 小时内", "Within {n} h";
    silence: "商家不答复", "If the seller does not";
    silence_refund: "视为同意", "It counts as granted";
    silence_staff: "转给客服决定", "Staff decide";
    send_back: "寄回商品", "Sending goods back";
    send_back_text: "同意后 {n} 天内", "Within {n} days of the seller's yes";
    appeal: "申诉", "Appealing";
    appeal_text: "拒绝后 {n} 天内，客服 {hours} 小时内决定", "Within {n} days of a no; staff decide within {hours} h";
    condition: "按商品状况扣除", "Taken off for the condition";
    condition_none: "不扣", "nothing";
    condition_not: "非商家责任不退", "only if the seller is at fault";
    case_reasons: "可选的原因", "Reasons";
    log_in: "登录", "Log in";
    mail_subject: "帮助：{title}", "Help: {title}";
    mail_body: "您好，\n\n我的问题是：\n", "Hello,\n\nMy question is:\n";
}
