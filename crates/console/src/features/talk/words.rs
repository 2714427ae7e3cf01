//! One conversation.

crate::words::catalogue! {
    nobody: "未登录过的买家", "Somebody without a name";
    talk: "会话", "Conversation";
    order: "订单", "Order";
    notes: "备注", "Notes";
    parts: "显示哪一部分", "Which part";
    messages: "消息", "Messages";
    facts: "买家说的情况", "What the shopper says";

    waiting: "排队中", "In the queue";
    waiting_place: "排队第 {n} 位", "Number {n} in the queue";
    left: "留言", "Left out of hours";
    served: "进行中", "Under way";
    closed: "已结束", "Ended";
    answer_by: "{time} 前答复", "Answer by {time}";
    with: "{who} 在接待", "{who} has it";
    with_you: "您在接待", "You have it";

    take: "接入", "Take it";
    take_over: "接手", "Take over";
    pass_on: "转给同事", "Pass on";
    hand_back: "退回排队", "Hand back";
    end: "结束会话", "End";
    end_title: "要结束会话吗？", "End the conversation?";
    end_text: "买家会看到会话已结束。一周内只要买家再发消息，会话就会重新开始。", "The shopper is told that it has ended. It opens again when the shopper writes within a week.";
    end_keep: "继续", "Go on";
    end_yes: "确认结束", "Yes, end it";
    pass_title: "转给哪位同事？", "Who is to have it?";
    pass_text: "同事会看到全部消息和备注。", "They see all messages and notes.";
    pass_none: "没有别的同事负责这家店铺的会话。", "No other colleague has the chats of this shop.";
    pass_keep: "不转了", "Do not pass it on";
    pass_to: "转给 {who}", "Pass it on to {who}";
    done_taken: "会话已由您接待。", "You have the conversation now.";
    done_passed: "会话已转给同事。", "A colleague has the conversation now.";
    done_handed_back: "会话已退回排队。", "The conversation is in the queue again.";
    done_ended: "会话已结束。", "The conversation has ended.";
    claimed: "{who} 在待办里正要处理这个会话，到 {time}。", "{who} has this chat in hand until {time}.";
    not_served: "会话已经回到排队，现在没有人接待。", "The chat is in the queue again; nobody has it.";
    not_answered: "买家还没有得到答复，请先回复，再结束会话。", "Nobody has answered the shopper: answer first, then end it.";
    is_over: "会话已经结束，只有买家能重新开始。", "The chat is over; only its shopper opens it again.";
    not_a_colleague: "这位同事现在不能接待这家店铺的会话。", "This colleague cannot have chats of this shop any more.";

    you: "我", "You";
    shopper: "买家", "Shopper";
    older: "更早的消息", "Earlier messages";
    older_failed: "更早的消息没有加载出来，请再试一次。", "Earlier messages did not load; try again.";
    delivered: "已送达", "Delivered";
    read: "已读", "Read";
    sending: "发送中…", "Sending…";
    not_sent: "没有发出去。", "Not sent.";
    send_again: "重新发送", "Send again";
    take_over_and_send: "接手并发送", "Take over and send";
    give_up: "删除", "Delete";
    typing: "买家正在输入…", "The shopper is typing…";
    jump: "回到最新消息", "To the latest message";
    new: "新消息", "New";
    jump_new: "有新消息", "New messages";
    heard: "{name}：{text}", "{name}: {text}";
    photo: "照片或视频", "A photo or video";
    down: "连接断开，正在重新连接。发送的消息会保留。", "Disconnected, connecting again. What you send is kept.";
    away: "登录已过期，重新登录后继续。", "Your session is over. It goes on after you log in.";
    gone: "没有这个会话了，或者它的店铺不再由您负责。", "The chat is gone, or you do not work for its shop any more.";
    refused_claimed: "同事在待办里正要处理这个会话。", "A colleague has this chat in hand.";
    refused_served: "同事在接待这个会话。", "A colleague has this chat.";
    refused_served_by: "{who} 在接待这个会话。", "{who} has this chat.";
    refused_closed: "会话已经结束，只有买家能重新开始。", "The chat is over; only its shopper opens it again.";

    say: "给买家的消息", "Message to the shopper";
    say_send: "发送", "Send";
    say_keys: "Enter 发送，Shift+Enter 换行", "Enter sends, Shift+Enter makes a new line";
    say_takes: "发送后会话由您接待", "Sending makes it yours";
    text_too_long: "最多 2000 字。", "At most 2000 characters.";
    closed_hint: "会话已结束，买家再发消息就会重新开始。", "It has ended, and opens again when the shopper writes.";
    closed_good: "会话已结束，买家再有问题会开始新的会话。", "It has ended for good. The shopper begins another one.";
    theirs_hint: "{who} 在接待。要由您回复，请先接手。", "{who} has it. To answer yourself, take it over first.";

    topic: "关于", "About";
    since: "从哪天开始", "Since";
    line: "商品", "Item";
    account: "充值账号", "Account";
    zone: "区服", "Zone";
    face_value: "面值", "Face value";
    shop: "店铺", "Shop";
    opened: "会话开始", "Opened";
    transcript: "下载聊天记录", "Download the transcript";
    guest: "访客", "Guest";
    guest_writes: "有人凭这一张订单的验证码发言，不要告诉对方其他订单或账号信息。", "Somebody has written with a one-time code of this order: tell them nothing of other orders or the account.";
    others: "同店铺其他会话", "Other chats with the shop";
    other_one: "{n} 个", "{n}";
    case: "售后申请", "After-sale case";
    case_in_order: "见订单里的售后申请", "See the cases of the order";
    refund: "退款编号", "Refund";
    complaint: "投诉编号", "Complaint";
    rated: "买家评价", "Rated";
    rated_n: "{n}/5", "{n} of 5";
    no_order: "与订单无关", "About no order";
    no_order_hint: "这个会话没有关联订单。按 / 用订单号、手机号或邮箱查找。", "This chat is about no order. Press / to find one by number, phone or e-mail.";

    key_write: "写消息", "Write";
    key_leave: "离开输入框，或收起操作", "Leave the field, or close the act";
    key_take: "接入或接手", "Take it, or take it over";
    key_pass: "转给同事", "Pass it on";
}
