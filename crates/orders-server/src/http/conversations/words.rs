//! The words of a transcript in both languages.

use orders_domain::{ChatNote, Language, Topic};

/// What the program said, in words.
pub const fn note(note: ChatNote, language: Language) -> &'static str {
    let (zh, en) = match note {
        ChatNote::Queued => ("已进入排队", "In the queue"),
        ChatNote::Left => (
            "已留言，稍后回复",
            "Left as a message, to be answered later",
        ),
        ChatNote::Taken => ("客服已接入", "Support has joined"),
        ChatNote::Transferred => ("已转接其他客服", "Passed on to a colleague"),
        ChatNote::HandedBack => ("重新排队", "Back in the queue"),
        ChatNote::Unanswered => (
            "客服暂时没有回复，已回到原来的位置排队",
            "No answer for a while; back in the queue, in the same place",
        ),
        ChatNote::EndedByShopper => ("您结束了会话", "You have ended the conversation"),
        ChatNote::EndedByStaff => ("客服结束了会话", "Support has ended the conversation"),
        ChatNote::Reopened => ("会话重新开始", "The conversation goes on"),
    };
    choose(language, zh, en)
}

/// What a conversation is about, in words.
pub const fn topic(topic: Topic, language: Language) -> &'static str {
    let (zh, en) = match topic {
        Topic::Cancellation => ("取消订单", "Cancelling an order"),
        Topic::Refund => ("退款进度", "A refund"),
        Topic::Delivery => ("物流配送", "The delivery"),
        Topic::Address => ("修改地址或电话", "Address or telephone number"),
        Topic::AfterSale => ("售后问题", "What was received"),
        Topic::TopUp => ("充值或卡密", "A top-up or card"),
        Topic::Payment => ("支付问题", "The payment"),
        Topic::Other => ("其他问题", "Something else"),
    };
    choose(language, zh, en)
}

/// The labels of a transcript.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// Its title.
    Title,
    /// Of the order's number.
    Order,
    /// Of the case.
    Case,
    /// Of what it is about.
    Topic,
    /// Of the day since which it is so.
    Since,
    /// Of the account.
    Account,
    /// Of the zone.
    Zone,
    /// Of the face value.
    FaceValue,
    /// Of the refund.
    Refund,
    /// Of the complaint.
    Complaint,
    /// Of the line.
    Line,
    /// Who of both.
    You,
    /// Who of both, to the staff.
    Shopper,
    /// Who of both.
    Support,
    /// That the shopper has ended it, to the staff.
    EndedByShopper,
    /// Before what the program says.
    Notice,
    /// A photo.
    Photo,
    /// A video.
    Video,
    /// What the times are.
    Times,
}

/// A label in words.
pub const fn label(label: Label, language: Language) -> &'static str {
    let (zh, en) = match label {
        Label::Title => ("客服会话记录", "Transcript of a conversation with support"),
        Label::Order => ("订单号", "Order"),
        Label::Case => ("售后单", "After-sale case"),
        Label::Topic => ("问题", "About"),
        Label::Since => ("开始日期", "Since"),
        Label::Account => ("充值账号", "Account"),
        Label::Zone => ("区服", "Zone"),
        Label::FaceValue => ("面值", "Face value"),
        Label::Refund => ("退款编号", "Refund"),
        Label::Complaint => ("投诉编号", "Complaint"),
        Label::Line => ("商品", "Item"),
        Label::You => ("我", "You"),
        Label::Shopper => ("买家", "Shopper"),
        Label::EndedByShopper => ("买家结束了会话", "The shopper has ended the conversation"),
        Label::Support => ("客服", "Support"),
        Label::Notice => ("系统", "Notice"),
        Label::Photo => ("图片", "photo"),
        Label::Video => ("视频", "video"),
        Label::Times => ("时间为店铺所在时区", "Times are in the shop's time zone"),
    };
    choose(language, zh, en)
}

const fn choose(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::ZhCn => zh,
        Language::En => en,
    }
}
