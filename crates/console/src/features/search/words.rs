//! The search.

crate::words::catalogue! {
    title: "查找订单", "Find orders";
    hint: "输入完整的订单号、店铺单号、手机号或邮箱。按 / 键随时开始查找。", "Type a whole order number, the shop's own number, a phone number or an e-mail address. Press / to search from anywhere.";
    found: "“{q}”的订单", "Orders of “{q}”";
    nothing_title: "没有找到“{q}”", "Nothing found for “{q}”";
    nothing: "请核对是否完整、无误。只能看到您负责的店铺的订单。", "Check that it is whole and right. You see only orders of the shops that you work for.";
    more: "显示更多", "Show more";
    number: "订单号", "Number";
    goods: "商品", "Goods";
    shopper: "买家", "Shopper";
    state: "状态", "State";
    total: "金额", "Total";
    placed: "下单时间", "Placed";
    unnamed: "未登录过", "Never logged in";
    requested: "申请取消中", "Asks to cancel";
}
