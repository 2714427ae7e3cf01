//! Words of My Orders.

crate::words::catalogue! {
    tabs: "按状态筛选", "Filter by state";
    list: "订单", "Orders";
    loading: "正在加载订单…", "Loading orders…";
    found_one: "共 {n} 个订单", "{n} order";
    found_other: "共 {n} 个订单", "{n} orders";
    found_none: "没有订单", "No orders";

    search: "搜索订单号或商品", "Search by order number or product";
    search_hint: "订单号、商品名", "Number or product";
    search_clear: "清空搜索", "Clear search";
    dates: "下单日期", "Order date";
    dates_chosen: "下单日期：{days}", "Order date: {days}";
    from: "从", "From";
    to: "到", "To";
    between: "{from}—{to}", "{from} – {to}";
    since: "{from}起", "From {from}";
    until: "{to}止", "Until {to}";
    apply: "应用", "Apply";
    clear: "清除", "Clear";
    wrong_order: "开始日期不能晚于结束日期", "The first day must not be after the last";

    and_others: "{title} 等 {n} 种商品", "{title} and {n} more";
    total: "合计", "Total";

    pay_within: "请在 {time} 内付款，否则自动关闭", "Pay within {time}, or it closes by itself";
    time_is_up: "付款时间已到，订单即将关闭", "The time to pay is up; the order is about to close";
    pay: "去付款", "Pay now";
    complete_fields: "{fields}需要补全，补全后即可确认", "To be completed before the shop can confirm: {fields}";
    complete_something: "收货信息需要补全，补全后即可确认", "Delivery details must be completed before the shop can confirm";
    complete: "补全信息", "Complete it";
    field_recipient: "收件人", "recipient";
    field_phone: "收件电话", "phone";
    field_region: "所在地区", "region";
    field_street: "详细地址", "street address";
    and: "、", ", ";
    cancel_now: "现在取消，款项自动退回", "Cancel now and the money goes back by itself";
    cancel_until: "{time}前取消，款项自动退回", "Cancel before {time} and the money goes back by itself";
    cancel_by_request: "需要取消可以申请，由客服处理", "You can ask to cancel; staff will decide";
    cancel: "取消订单", "Cancel order";
    request_cancel: "申请取消", "Ask to cancel";
    requested: "取消申请处理中", "Your request to cancel is being decided";
    see_request: "查看申请", "See request";
    accepted: "商家已接单，等待打包", "Accepted by the shop, to be packed";
    packing: "仓库已开始打包，很快交给快递", "The warehouse is packing it";
    shipped: "包裹正在路上", "On its way to you";
    see_parcel: "查看物流", "Track parcel";
    delivered: "有问题可在订单中联系客服", "Anything wrong? Reach support from the order";
    refunding: "{amount} 退款中", "{amount} on its way back";
    see_refund: "查看退款", "See refund";
    cancelled_because: "{by}：{reason}", "{by}: {reason}";

    newest: "回到最新订单", "To the newest orders";
    load_more: "加载更多", "Load more";
    end: "没有更多订单了", "That is all of them";

    never_title: "还没有订单", "No orders yet";
    never_text: "在商店下单后，订单会出现在这里，状态、退款和客服都在一处。", "Once you buy something, the order appears here, with its state, refunds and support in one place.";
    no_match_title: "没有符合条件的订单", "No orders match";
    no_match_text: "换个关键词或日期，或者清除筛选看看。", "Try other words or dates, or clear the filters.";
    no_match_here: "这一类里没有，其他分类里有 {n} 个符合条件的订单。", "None in this tab. Matching orders in other tabs: {n}.";
    clear_filters: "清除筛选", "Clear filters";
    look_in_all: "在全部订单中查看", "Look in all orders";
    tab_empty_text: "有新的进展时，订单会出现在这里。", "An order appears here when it gets this far.";
    awaiting_payment_empty: "没有待付款的订单", "Nothing to pay";
    to_ship_empty: "没有待发货的订单", "Nothing waiting to be shipped";
    to_receive_empty: "没有待收货的订单", "No parcels on their way";
    after_sale_empty: "没有退款或售后", "No refunds or after-sale cases";
    after_sale_found: "有退款、售后或取消申请的订单，会出现在这里。", "Orders with a refund, an after-sale case or a request to cancel appear here.";
    cancelled_empty: "没有已取消的订单", "No cancelled orders";
    see_all: "查看全部订单", "See all orders";
}
