//! Conversations in lists.

crate::words::catalogue! {
    title: "会话", "Chats";
    which: "哪些会话", "Which chats";
    waiting: "排队中", "Waiting";
    mine: "我的", "Mine";
    left: "留言", "Left out of hours";
    served: "进行中", "Under way";
    closed: "已结束", "Ended";

    none_waiting: "没有买家在排队。", "Nobody waits in the queue.";
    none_mine: "您现在没有会话。", "You have no chat at the moment.";
    none_left: "没有未答复的留言。", "No message waits for an answer.";
    none_served: "现在没有进行中的会话。", "No chat is under way.";
    none_closed: "还没有结束的会话。", "No chat has ended yet.";

    shopper: "买家", "Shopper";
    about: "关于", "About";
    due: "位置或期限", "Place or due";
    age: "等待", "Waits";
    answered: "已答复", "Answered";
    last: "最后一句", "Last words";
    hands: "客服", "With";
    nobody: "未登录过的买家", "Somebody without a name";
    no_order: "与订单无关", "About no order";
    place: "第 {n} 位", "Number {n}";
    ended: "{time} 结束", "Ended {time}";
    rated: "评价 {n}/5", "Rated {n} of 5";
    us: "我们：{text}", "We: {text}";
    photo: "照片或视频", "A photo or video";
    unread: "新消息", "New";
    gone: "已不在这个列表", "Not in this list any more";
    new_one: "有 {n} 个新会话", "{n} new chat";
    new_other: "有 {n} 个新会话", "{n} new chats";
    more: "显示更多", "Show more";
    fresh: "刷新列表", "Look again";
    keys_hint: "j、k 选择，Enter 打开；[ 和 ] 在您的会话之间切换，输入时用 Alt+↑ 和 Alt+↓。", "j and k to choose, Enter to open; [ and ] lead from one of your chats to the next, Alt+↑ and Alt+↓ while you write.";

    own: "我的会话", "My chats";
    said: "{name}：{text}", "{name}: {text}";
    key_next: "我的下一个会话", "My next chat";
    key_previous: "我的上一个会话", "My previous chat";
    key_next_writing: "我的下一个会话（输入时也可以）", "My next chat, also while you write";
    key_previous_writing: "我的上一个会话（输入时也可以）", "My previous chat, also while you write";

    note_queued: "进入排队", "Went into the queue";
    note_left: "留言，等待答复", "Left a message to be answered";
    note_taken: "客服接入", "Taken";
    note_transferred: "转给了同事", "Passed on to a colleague";
    note_handed_back: "退回排队", "Handed back";
    note_unanswered: "无人答复，回到排队", "Not answered, back in the queue";
    note_ended_by_shopper: "买家结束了会话", "Ended by the shopper";
    note_ended_by_staff: "客服结束了会话", "Ended by us";
    note_reopened: "买家重新开始了会话", "The shopper has opened it again";
}

use orders_api::ChatNote;
use storefront::words::Lang;

/// What happened to a conversation, as the staff see it.
pub const fn note(lang: Lang, note: ChatNote) -> &'static str {
    let words = Words::of(lang);
    match note {
        ChatNote::Queued => words.note_queued,
        ChatNote::Left => words.note_left,
        ChatNote::Taken => words.note_taken,
        ChatNote::Transferred => words.note_transferred,
        ChatNote::HandedBack => words.note_handed_back,
        ChatNote::Unanswered => words.note_unanswered,
        ChatNote::EndedByShopper => words.note_ended_by_shopper,
        ChatNote::EndedByStaff => words.note_ended_by_staff,
        ChatNote::Reopened => words.note_reopened,
    }
}
