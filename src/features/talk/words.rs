//! Words of talking to a person.

crate::words::catalogue! {
    title: "联系客服", "Contact support";
    loading: "正在加载…", "Loading…";
    gone_title: "没有这个会话", "There is no such conversation";
    gone_text: "可能链接不完整，或者它属于另一个账号。", "The link may be incomplete, or it belongs to another account.";
    no_order_title: "没有这个订单", "There is no such order";
    no_order_text: "可能链接不完整，或者它属于另一个账号。", "The link may be incomplete, or it belongs to another account.";

    about_title: "要咨询哪个订单？", "Which order is it about?";
    about_hint: "选好订单，客服就不用再问您订单号。", "With the order chosen, nobody has to ask you for its number.";
    about_this: "咨询的订单", "The order it is about";
    about_other: "换一个订单，或与订单无关", "Another order, or none";
    complain_why: "客服没能解决？", "Support could not settle it?";
    complain: "投诉这笔订单", "Complain about this order";
    about_all: "在我的订单里找", "Find it in My Orders";
    shops: "店铺", "Shop";

    ways_title: "联系方式", "Ways to reach us";
    chat: "在线客服", "Live chat";
    chat_open: "现在有人在线", "Somebody is there now";
    chat_open_wait: "现在有人在线，大约等 {n} 分钟", "Somebody is there now; about {n} min to wait";
    chat_open_place: "现在有人在线，您将排在第 {n} 位", "Somebody is there now; you would be number {n} in the queue";
    chat_until: "{state}；服务到 {closes}", "{state}; open until {closes}";
    chat_open_late: "现在有人在线，但关闭前可能轮不到您：那样会在 {due} 前回复", "Somebody is there now, but it may close before your turn: then you get an answer by {due}";
    chat_shut: "现在不在服务时间，{opens} 开始服务；可以先留言", "Closed now, opens {opens}; you can leave a message";
    chat_shut_long: "现在不在服务时间；可以先留言", "Closed now; you can leave a message";
    no_chat: "这家店没有在线客服，请打电话或写邮件。", "This shop has no chat. Please call or write.";
    email_due: "现在写信，{due} 前回复", "Write now, answered by {due}";
    mail_subject: "咨询：{about}", "A question: {about}";
    mail_body: "订单：{number}\n店铺：{shop}\n\n需要帮助的问题：\n", "Order: {number}\nShop: {shop}\n\nWhat I need help with:\n";

    mine_title: "我的会话", "My conversations";
    mine_open: "进行中", "Open";
    mine_closed: "已结束", "Ended";
    mine_waiting: "排队中", "In the queue";
    mine_left: "已留言", "Message left";
    mine_news: "有新回复", "New answer";

    ask_title: "开始咨询", "Start a conversation";
    ask_shut: "现在留言，{due} 前回复。", "Leave a message now; it is answered by {due}.";
    topic: "关于什么", "What it is about";
    line: "哪一件商品", "Which item";
    line_none: "整个订单", "The whole order";
    since: "从哪天开始（可不填）", "Since which day (optional)";
    account: "充值账号（卡密可不填）", "The account that was topped up (none for a card)";
    zone: "区服（可不填）", "Zone or server (optional)";
    face_value: "面值（可不填）", "Face value (optional)";
    top_up_hint: "请与下单时填的完全一致。", "Please exactly as it was in the order.";
    text: "请描述问题", "Please describe it";
    send: "发送给客服", "Send to support";
    leave: "留言", "Leave the message";
    no_photos_yet: "照片和视频可以在页面完全加载后，或会话开始后添加。", "Photos and videos can be added once the page has loaded completely.";
    restored: "已恢复上次没有发送的内容。", "What you had not sent yet is back.";

    begin_refund: "请帮我查一下退款 {id}（{amount}，退到{account}）。", "Please look into my refund {id} ({amount} to {account}).";
    begin_case: "请帮我看一下售后 {id}。", "Please look into my after-sale case {id}.";
    begin_complaint: "请帮我看一下投诉 {id}。", "Please look into my complaint {id}.";

    topic_missing: "请选择关于什么。", "Please choose what it is about.";
    line_missing: "请选择是哪一件充值或卡密商品。", "Please choose which top-up or card it is.";
    since_future: "不能晚于今天。", "It cannot be after today.";
    text_missing: "请写几个字，或者添加照片。", "Please write a few words, or add a photo.";
    text_too_long: "最多 2000 字。", "At most 2000 characters.";
    too_long: "最多 100 字。", "At most 100 characters.";
    invalid: "这里填写的内容不正确。", "This is not right.";
    photos_busy: "照片或视频还在上传，请等一下。", "Photos or videos are still being uploaded.";
    photos_unfinished: "有照片或视频没有传完：请继续上传或移除。", "Some photos or videos are not finished: go on, or remove them.";
    photos_refused: "有照片或视频已失效，请移除后重新添加。", "Some photos or videos are not there any more. Remove them and add them again.";
    too_fast: "发送得太快了，请一分钟后再发。", "That was too fast. Please send it again in a minute.";

    talk: "与客服的会话", "Conversation with support";
    about_topic: "关于：{topic}", "About: {topic}";
    waiting_place: "排队中，您是第 {n} 位", "In the queue, you are number {n}";
    waiting: "排队中", "In the queue";
    waiting_minutes: "大约还要 {n} 分钟。可以离开这个页面，消息会保留。", "About {n} min to wait. You may leave this page; messages stay.";
    waiting_late: "在线客服关闭前可能轮不到您，那样会在 {due} 前回复。可以离开这个页面，消息会保留。", "The chat may close before your turn; then you get an answer by {due}. You may leave this page; messages stay.";
    waiting_unknown: "现在还说不准要等多久。可以离开这个页面，消息会保留。", "We cannot say yet how long it takes. You may leave this page; messages stay.";
    waiting_longer: "比平时等得久，客服会尽快接入。可以离开这个页面，消息会保留。", "It takes longer than usual; somebody comes as soon as they can. You may leave this page; messages stay.";
    shut: "现在不在服务时间", "Outside service hours";
    answered_by: "会在 {due} 前回复。", "You get an answer by {due}.";
    answer_late: "原定 {due} 前回复，现在已经超时。", "An answer was promised by {due}, and that time has passed.";
    late_ways: "打电话或写邮件", "Call or write";
    served: "客服正在为您服务", "Support is with you";
    left: "已留言", "Your message is left";
    closed: "会话已结束", "The conversation has ended";
    closed_until: "{until} 前可以继续发消息。", "You can go on by writing until {until}.";
    closed_for_good: "这个会话不能再发消息了，可以开始新的会话。", "This one takes no more messages. You can start another.";
    again: "开始新的会话", "Start another conversation";

    you: "我", "You";
    them: "客服", "Support";
    messages: "消息", "Messages";
    older: "更早的消息", "Earlier messages";
    older_failed: "没有加载成功，再试一次", "That did not load; try again";
    delivered: "已送达", "Delivered";
    read: "已读", "Read";
    sending: "发送中…", "Sending…";
    not_sent: "没有发出去。", "Not sent.";
    send_again: "重新发送", "Send again";
    give_up: "删除", "Delete";
    typing: "客服正在输入…", "Support is typing…";
    jump: "回到最新消息", "To the latest message";
    jump_new: "有新消息", "New messages";
    heard: "客服：{text}", "Support: {text}";
    heard_photo: "客服发来了照片或视频。", "Support has sent a photo or video.";
    down: "连接断开，正在重新连接。发送的消息会保留。", "Disconnected, connecting again. What you send is kept.";
    away: "登录已过期，登录后继续。", "The session is over. It goes on after you log in.";

    say: "消息", "Message";
    say_send: "发送", "Send";
    photos: "照片和视频", "Photos and videos";
    end: "结束会话", "End the conversation";
    end_title: "要结束会话吗？", "End the conversation?";
    end_keep: "继续聊", "Keep talking";
    end_sure: "结束后一周内还可以继续发消息。", "You can still go on within a week by writing.";
    end_yes: "确认结束", "Yes, end it";
    transcript: "下载聊天记录", "Download the transcript";

    rate_title: "这次服务怎么样？", "How was it?";
    rate_note: "想说的话（可不填）", "In your words (optional)";
    rate_send: "提交评价", "Send the rating";
    rate_missing: "请选择一个评价。", "Please choose one.";
    rated: "谢谢您的评价：{words}", "Thank you. You said: {words}";
    rate_1: "很不满意", "Very bad";
    rate_2: "不满意", "Bad";
    rate_3: "一般", "All right";
    rate_4: "满意", "Good";
    rate_5: "非常满意", "Very good";

    topic_cancellation: "取消订单", "Cancelling an order";
    topic_refund: "退款进度", "A refund";
    topic_delivery: "物流配送", "The delivery";
    topic_address: "修改地址或电话", "Address or telephone number";
    topic_after_sale: "售后问题", "What was received";
    topic_top_up: "充值或卡密", "A top-up or card";
    topic_payment: "支付问题", "The payment";
    topic_other: "其他问题", "Something else";

    note_queued: "已进入排队", "In the queue";
    note_left: "已留言，稍后回复", "Left as a message, to be answered later";
    note_taken: "客服已接入", "Support has joined";
    note_transferred: "已转接其他客服", "Passed on to a colleague";
    note_handed_back: "重新排队", "Back in the queue";
    note_unanswered: "客服暂时没有回复，已回到原来的位置排队", "No answer for a while; back in the queue, in the same place";
    note_ended_by_shopper: "您结束了会话", "You have ended the conversation";
    note_ended_by_staff: "客服结束了会话", "Support has ended the conversation";
    note_reopened: "会话重新开始", "The conversation goes on";
}

use orders_api::{ChatNote, Topic};

impl Words {
    /// What it is about.
    pub const fn about(&self, topic: Topic) -> &'static str {
        match topic {
            Topic::Cancellation => self.topic_cancellation,
            Topic::Refund => self.topic_refund,
            Topic::Delivery => self.topic_delivery,
            Topic::Address => self.topic_address,
            Topic::AfterSale => self.topic_after_sale,
            Topic::TopUp => self.topic_top_up,
            Topic::Payment => self.topic_payment,
            Topic::Other => self.topic_other,
        }
    }

    /// What happened.
    pub const fn note(&self, note: ChatNote) -> &'static str {
        match note {
            ChatNote::Queued => self.note_queued,
            ChatNote::Left => self.note_left,
            ChatNote::Taken => self.note_taken,
            ChatNote::Transferred => self.note_transferred,
            ChatNote::HandedBack => self.note_handed_back,
            ChatNote::Unanswered => self.note_unanswered,
            ChatNote::EndedByShopper => self.note_ended_by_shopper,
            ChatNote::EndedByStaff => self.note_ended_by_staff,
            ChatNote::Reopened => self.note_reopened,
        }
    }

    /// A note from 1 to 5.
    pub const fn rating(&self, rating: u8) -> &'static str {
        match rating {
            0 | 1 => self.rate_1,
            2 => self.rate_2,
            3 => self.rate_3,
            4 => self.rate_4,
            _ => self.rate_5,
        }
    }
}
