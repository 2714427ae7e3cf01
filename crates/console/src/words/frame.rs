//! The frame.

super::catalogue! {
    product: "特派客服台", "Tepai Console";
    work: "待办", "Work";
    pages: "页面", "Pages";
    policies: "政策", "Policies";
    insight: "数据", "Insight";
    chats: "会话", "Chats";
    chats_waiting: "，{n} 个没有人接待", ", {n} that nobody has";
    replies: "快捷回复", "Canned replies";
    skip: "跳到正文", "Skip to content";
    search: "查找订单", "Find orders";
    search_hint: "订单号、手机号或邮箱", "Order number, phone or e-mail";
    this_language: "中文", "English";
    theme: "外观", "Appearance";
    theme_device: "跟随系统", "Device";
    theme_light: "浅色", "Light";
    theme_dark: "深色", "Dark";
    keys: "键盘快捷键", "Keys";
    log_out: "退出登录", "Log out";
    and: "、", ", ";
    page_title: "{page} · 特派客服台", "{page} · Tepai Console";
}
