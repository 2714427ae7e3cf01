//! What did not work, and why.

super::catalogue! {
    not_loaded: "没有加载出来", "This did not load";
    not_there_title: "没有找到", "Not found";
    not_there: "没有这项内容，或者它属于您不负责的店铺。", "It does not exist, or belongs to a shop that you do not work for.";
    to_start: "回到开始", "Back to the start";
    unreachable: "连接不上服务器，请检查网络后重试。", "The server cannot be reached. Check the connection and try again.";
    unreadable: "收到的内容无法识别，请刷新页面。", "The answer could not be read. Reload the page.";
    session_over: "登录已过期，请重新登录。", "Your session is over. Log in again.";
    not_permitted: "您的角色不能这样做。", "Your role may not do that.";
    too_many: "操作太频繁，请稍后再试。", "Too many requests. Wait a moment.";
    server: "服务器出了问题，编号 {request_id}。", "Something went wrong at the server: {request_id}.";
    unanswered: "没有收到答复，不知道是否已经办好。再按一次即可，不会重复办理。", "No answer came, so it is not known whether it was done. Press again: it is done only once.";
    session_over_act: "登录已过期，还没有办理。重新登录后再按一次，填写的内容都在。", "Your session is over and nothing was done. Log in and press again; what you typed is still here.";
    second_person: "需要另一位同事来决定：同一个人不能决定两次。", "A second person has to decide this: nobody decides it twice.";
    no_open_request: "取消的事同事刚处理过，或者买家已撤回申请。下面是订单现在的情况。", "Somebody decided about the cancelling meanwhile, or the shopper withdrew the request. Below is the order as it is now.";
    no_limit: "取消限制已经到期或解除了，下面是现在的情况。", "The limit is over or was lifted meanwhile. Below is how it stands now.";
    nothing_to_confirm: "这个订单已经不在等待确认，下面是它现在的情况。", "This order does not wait to be confirmed any more. Below it is as it is now.";
    incomplete_info: "订单的收货信息不完整，要先更正。", "The order lacks information. Correct it first.";
    address_not_editable: "收货信息已经不能更正，下面是订单现在的情况。", "Where it goes can no longer be corrected. Below is the order as it is now.";
    not_cancellable: "订单已经不能取消，下面是它现在的情况。", "The order can no longer be cancelled. Below it is as it is now.";
    no_open_way: "这个申请已经处理或撤回了，下面是现在的情况。", "This wish was decided or withdrawn meanwhile. Below is how it stands now.";
    refund_not_held: "还不知道支付机构是否已经收到这笔退款，请一分钟后再试。", "It is not known yet whether the payment provider has this refund. Try again in a minute.";
    case_not_now: "售后申请的状态已经变了，下面是现在的情况。", "The case has moved on meanwhile. Below is how it stands now.";
    case_closed: "这个售后申请已经结束。", "This case is over.";
    invalid_fields: "请检查填写的内容。", "Check what you filled in.";
    claimed: "{who} 正在处理这件事，到 {time}。需要由您来办时，请先接手，再按一次。", "{who} has this in hand until {time}. If it is for you to do, take it over and press again.";
    overtaken: "您打开的这一项已经有人办理，或者不再需要办理。下面是现在的情况。", "What you had open was done or is not to be done any more. Below is how it stands now.";
    out_of_date: "{why}下面显示的可能不是最新情况。", "{why} What is shown may be out of date.";
    no_page: "客服台没有这个页面。", "The console has no such page.";
    conflict: "同时有别的变化，请再按一次。", "Something else changed at the same moment. Press again.";
}
