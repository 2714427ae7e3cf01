//! The letter with a guest's one-time code.

use lettre::Address;
use orders_api::Language;
use orders_domain::{Instant, Support};
use storefront::words::fill;

use super::letter::Letter;
use super::mailer::{Mailer, NotSent};
use super::template::{Envelope, mail};
use super::words::frame;
use crate::config::limits::GUEST_CODE_SECONDS;

/// What a letter with a code is made of.
#[derive(Debug)]
pub struct CodeLetter<'a> {
    /// The shop's name.
    pub shop: &'a str,
    /// The order's number.
    pub number: &'a str,
    /// The six digits.
    pub code: &'a str,
    /// The id of the request, to which the button leads back.
    pub request: &'a str,
    /// Whom to ask.
    pub support: &'a Support,
    /// Of all its texts.
    pub language: Language,
    /// The storefront's.
    pub origin: &'a str,
}

/// Its words.
struct Words {
    subject: &'static str,
    heading: &'static str,
    meaning: &'static str,
    code: &'static str,
    button: &'static str,
    why: &'static str,
}

const ZH: Words = Words {
    subject: "查看订单 {number} 的验证码",
    heading: "验证码：{code}",
    meaning: "在查询页面填写，即可查看这一张订单。{minutes} 分钟内有效，只能用一次。请勿告诉他人，客服也不会问。",
    code: "验证码",
    button: "填写验证码",
    why: "这封邮件由{shop}的订单中心自动发出，因为有人用订单号和这个邮箱申请查看订单。如果不是您，不用理会：没有验证码，谁也看不到。请勿直接回复。",
};

const EN: Words = Words {
    subject: "Your code for order {number}",
    heading: "Your code: {code}",
    meaning: "Type it into the page where you asked, to see this one order. It is good for {minutes} minutes, and once. Do not share it; support never asks for it.",
    code: "Code",
    button: "Enter the code",
    why: "The order centre of {shop} sent this e-mail by itself, because somebody asked to see the order with its number and this address. If that was not you, do nothing: without the code nobody sees it. Please do not reply to this e-mail.",
};

impl CodeLetter<'_> {
    /// Sends it.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send(&self, mailer: &Mailer, to: &str, at: Instant) -> Result<(), NotSent> {
        let never = |what: String| NotSent::Refused(what);
        let address = to.parse::<Address>();
        let address = address.map_err(|error| never(error.to_string()))?;
        let envelope = Envelope {
            from: &mailer.from,
            to: &address,
            at,
            id: format!("{}@{}", self.request, mailer.domain),
        };
        let message = mail(&self.letter(), &envelope).map_err(never)?;
        mailer.send(&address, &message).await
    }

    fn letter(&self) -> Letter {
        let words = match self.language {
            Language::ZhCn => &ZH,
            Language::En => &EN,
        };
        let frame = frame(self.language);
        let minutes = (GUEST_CODE_SECONDS / 60).to_string();
        let link = format!("{}/guest?request={}", self.origin, self.request);
        let help = [
            ("phone", self.support.phone.as_str()),
            ("hours", self.support.hours.get(self.language)),
            ("email", self.support.email.as_str()),
        ];
        Letter {
            language: self.language,
            subject: fill(words.subject, &[("number", self.number)]),
            shop: self.shop.to_owned(),
            heading: fill(words.heading, &[("code", self.code)]),
            meaning: fill(words.meaning, &[("minutes", &minutes)]),
            facts: vec![
                (words.code.to_owned(), self.code.to_owned()),
                (frame.order.to_owned(), self.number.to_owned()),
            ],
            colon: frame.colon,
            button: (words.button.to_owned(), link),
            foot: vec![
                fill(words.why, &[("shop", self.shop)]),
                fill(frame.help, &help),
            ],
        }
    }
}
