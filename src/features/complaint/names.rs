//! The names and colours of a complaint's codes, for every page that shows one.

use orders_api::{ComplaintState, ComplaintTopic, ComplaintWish};

use crate::ui::Tone;
use crate::words::Lang;

const fn pick(lang: Lang, (zh, en): (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}

/// Where a complaint stands.
pub const fn state(lang: Lang, state: ComplaintState) -> &'static str {
    let name = match state {
        ComplaintState::Received => ("已收到", "Received"),
        ComplaintState::Investigating => ("调查中", "Being looked into"),
        ComplaintState::Proposed => ("有方案，等您决定", "An offer for you to decide on"),
        ComplaintState::Disputed => ("主管复核中", "With a supervisor"),
        ComplaintState::Accepted => ("已接受方案", "Offer accepted"),
        ComplaintState::Resolved => ("已解决", "Settled"),
        ComplaintState::Withdrawn => ("您已撤回", "Withdrawn by you"),
        ComplaintState::Closed => ("已结束", "Closed"),
    };
    pick(lang, name)
}

/// What went wrong.
pub const fn topic(lang: Lang, topic: ComplaintTopic) -> &'static str {
    let name = match topic {
        ComplaintTopic::Late => ("太慢", "Too slow"),
        ComplaintTopic::Service => ("服务态度", "How I was treated"),
        ComplaintTopic::RefundRefused => ("不同意退款", "A refund was refused"),
        ComplaintTopic::Quality => ("商品质量", "Quality of the goods"),
        ComplaintTopic::Privacy => ("个人信息", "My personal data"),
        ComplaintTopic::Other => ("其他", "Something else"),
    };
    pick(lang, name)
}

/// What would put it right.
pub const fn wish(lang: Lang, wish: ComplaintWish) -> &'static str {
    let name = match wish {
        ComplaintWish::Refund => ("退款", "A refund"),
        ComplaintWish::Compensation => ("补偿", "Compensation"),
        ComplaintWish::Explanation => ("说明原因", "An explanation"),
        ComplaintWish::Apology => ("道歉", "An apology"),
    };
    pick(lang, name)
}

/// The colour of a complaint's state.
pub const fn tone(state: ComplaintState) -> Tone {
    match state {
        ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed => {
            Tone::Info
        }
        ComplaintState::Proposed => Tone::Warn,
        ComplaintState::Accepted | ComplaintState::Resolved => Tone::Accent,
        ComplaintState::Withdrawn | ComplaintState::Closed => Tone::Neutral,
    }
}
