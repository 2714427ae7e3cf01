//! Words that several features share: the frame, failures, waiting.

super::catalogue! {
    product: "特派", "Tepai";
    my_orders: "我的订单", "My Orders";
    skip_to_content: "跳到正文", "Skip to content";
    back: "返回", "Back";
    back_to_orders: "返回我的订单", "Back to My Orders";
    close: "关闭", "Close";
    retry: "重试", "Try again";
    loading: "正在加载…", "Loading…";
    notifications: "通知", "Notifications";
    notifications_unread: "通知，{n} 条未读", "Notifications, {n} unread";
    help: "帮助", "Help";
    contact: "联系客服", "Contact support";
    log_out: "退出登录", "Log out";
    one_order: "这张订单", "This order";
    log_in_for_all: "登录查看全部订单", "Log in to see all orders";
    leave: "退出查看", "Leave";
    account: "账户", "Account";
    language: "语言", "Language";
    beijing_time: "时间均为北京时间", "Times are Beijing time (UTC+8)";
    copy: "复制", "Copy";
    copied: "已复制", "Copied";
    copy_failed: "无法复制，请长按选择后复制", "Could not copy. Select the text and copy it.";
    optional: "选填", "optional";
    items_one: "共 {n} 件", "{n} item";
    items_other: "共 {n} 件", "{n} items";

    title_more: "{title} 等 {n} 种商品", "{title} and {n} more";
    goods_paid: "商品实付", "Paid for the goods";
    goods_paid_why: "按您实际付的钱算，优惠已分摊。", "What you really paid, with discounts shared out.";
    deduction: "商品折损", "Taken off for their condition";
    freight_back: "退回运费", "Delivery paid back";
    freight_back_why: "因为是商家的责任，运费一起退。", "It goes back, because the shop is at fault.";

    offline: "网络已断开，显示的内容可能不是最新的。", "You are offline. What you see may be out of date.";
    seen: "没有连上网络，显示的是 {time} 的内容。", "No connection. This is from {time}.";
    new_version: "有新版本", "New version ready";
    new_version_reload: "刷新", "Reload";
    new_version_later: "以后再说", "Later";
    online_again: "网络已恢复", "Back online";
    failed_title: "没有加载出来", "This did not load";
    failed_offline: "现在没有网络。连上网络后会自动重试。", "There is no connection. We will try again when it is back.";
    failed_unreachable: "暂时连接不上服务器，请稍后重试。", "We cannot reach the server. Please try again in a moment.";
    failed_unreadable: "收到的内容无法识别，请刷新页面。", "We received something we do not understand. Please reload the page.";
    failed_server: "服务器出了点问题。重试仍不行，请联系客服并提供编号 {request_id}。", "Something went wrong on our side. If it happens again, contact support and quote {request_id}.";
    too_many_requests: "操作太频繁，请稍后再试。", "Too many requests. Please wait a moment.";

    not_found_title: "这里什么也没有", "There is nothing here";
    not_found_text: "链接可能已失效，或者这不是您的订单。", "The link may be old, or this is not your order.";
    page_title: "{page} · 特派", "{page} · Tepai";
}
