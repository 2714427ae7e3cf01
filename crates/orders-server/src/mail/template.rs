//! A letter as a mail: plain text, and simple HTML that keeps the reader's own colours.

use std::fmt::Write as _;
use std::time::SystemTime;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use orders_domain::Instant;

use super::letter::Letter;

/// Whom a mail is from and to, when it was written, and its id.
#[derive(Debug)]
pub struct Envelope<'a> {
    /// From whom.
    pub from: &'a Mailbox,
    /// To whom.
    pub to: &'a Address,
    /// When.
    pub at: Instant,
    /// The same each time the same is sent, so that a repetition is known as one.
    pub id: String,
}

/// `letter` in its envelope.
///
/// # Errors
/// What of it cannot be a mail; nothing that comes from an order can be that.
pub fn mail(letter: &Letter, envelope: &Envelope<'_>) -> Result<Message, String> {
    // Out-of-office replies and their like answer what a person wrote.
    let auto = HeaderName::new_from_ascii_str("Auto-Submitted");
    Message::builder()
        .from(envelope.from.clone())
        .to(Mailbox::new(None, envelope.to.clone()))
        .subject(one_line(&letter.subject))
        .date(SystemTime::from(envelope.at))
        .message_id(Some(format!("<{}>", envelope.id)))
        .raw_header(HeaderValue::new(auto, "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(
            text(letter),
            html(letter),
        ))
        .map_err(|error| error.to_string())
}

/// The letter as plain text.
pub fn text(letter: &Letter) -> String {
    let mut out = format!(
        "{}\n\n{}\n\n",
        one_line(&letter.heading),
        one_line(&letter.meaning)
    );
    for (label, value) in &letter.facts {
        let _ = writeln!(out, "{label}{}{}", letter.colon, one_line(value));
    }
    let (label, link) = &letter.button;
    let _ = write!(out, "\n{label}{}\n{link}\n\n-- \n", letter.colon.trim_end());
    for line in &letter.foot {
        let _ = writeln!(out, "{}", one_line(line));
    }
    out
}

/// The letter as HTML: styles on the elements, because many readers drop the others; no picture, nothing fetched; and
/// colours on the button alone, so that it can be read on a dark ground as well.
pub fn html(letter: &Letter) -> String {
    let escaped = |text: &str| escape(&one_line(text));
    let mut facts = String::new();
    for (label, value) in &letter.facts {
        let _ = write!(
            facts,
            "<tr><th scope=\"row\" style=\"text-align:start;vertical-align:top;font-weight:normal;opacity:.75;\
             padding:4px 16px 4px 0;white-space:nowrap\">{}</th><td style=\"padding:4px 0\">{}</td></tr>",
            escaped(label),
            escaped(value)
        );
    }
    let mut foot = String::new();
    for line in &letter.foot {
        let _ = write!(
            foot,
            "<p style=\"font-size:13px;line-height:1.6;opacity:.75;margin:8px 0 0\">{}</p>",
            escaped(line)
        );
    }
    let (label, link) = &letter.button;
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{subject}</title></head>\
         <body style=\"margin:0;padding:24px 16px;font:16px/1.6 system-ui,-apple-system,'PingFang SC',\
         'Microsoft YaHei',sans-serif\"><div style=\"max-width:560px;margin:0 auto\">\
         <p style=\"margin:0 0 16px;opacity:.75\">{shop}</p>\
         <h1 style=\"font-size:22px;line-height:1.35;margin:0 0 8px\">{heading}</h1>\
         <p style=\"margin:0 0 16px\">{meaning}</p>\
         <table style=\"border-collapse:collapse;margin:0 0 24px;font-size:15px\">{facts}</table>\
         <p style=\"margin:0 0 32px\"><a href=\"{link}\" style=\"display:inline-block;padding:10px 24px;\
         border-radius:8px;background:#b3261e;color:#ffffff;text-decoration:none\">{button}</a></p>\
         {foot}</div></body></html>",
        lang = letter.language.tag(),
        subject = escaped(&letter.subject),
        shop = escaped(&letter.shop),
        heading = escaped(&letter.heading),
        meaning = escaped(&letter.meaning),
        link = escaped(link),
        button = escaped(label),
    )
}

/// `text` in one line: a line break in a header would begin another one, and in a fact another fact.
fn one_line(text: &str) -> String {
    let pieces = text.split(char::is_control).map(str::trim);
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    pieces.join(" ")
}

/// `text` where HTML wants text or the value of an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use orders_domain::Language;

    use super::*;

    fn letter() -> Letter {
        Letter {
            language: Language::ZhCn,
            subject: "退款已到账 · 订单 N1".to_owned(),
            shop: "B特派".to_owned(),
            heading: "退款已到账".to_owned(),
            meaning: "可以查到。".to_owned(),
            facts: vec![("商品".to_owned(), "杯子".to_owned())],
            colon: "：",
            button: (
                "查看退款进度".to_owned(),
                "https://shop.example/refunds/o1-R1".to_owned(),
            ),
            foot: vec!["这封邮件自动发出。".to_owned()],
        }
    }

    fn raw(letter: &Letter) -> String {
        let address = "lin@example.com".parse().expect("an address");
        let envelope = Envelope {
            from: &Mailbox::new(
                Some("特派".to_owned()),
                "orders@example.com".parse().expect("an address"),
            ),
            to: &address,
            at: "2026-11-26T12:00:00Z".parse().expect("an instant"),
            id: "1@shop.example".to_owned(),
        };
        let mail = mail(letter, &envelope).expect("a mail");
        String::from_utf8(mail.formatted()).expect("ASCII")
    }

    #[test]
    fn the_text_says_everything() {
        assert_eq!(
            text(&letter()),
            "退款已到账\n\n可以查到。\n\n商品：杯子\n\n查看退款进度：\nhttps://shop.example/refunds/o1-R1\n\n\
             -- \n这封邮件自动发出。\n"
        );
    }

    #[test]
    fn nothing_that_others_wrote_is_markup() {
        let mut letter = letter();
        let nasty = "<img src=x onerror=\"alert(1)\"> & 'quoted'";
        for text in [
            &mut letter.subject,
            &mut letter.shop,
            &mut letter.heading,
            &mut letter.meaning,
            &mut letter.foot[0],
        ] {
            *text = nasty.to_owned();
        }
        let pair = (nasty.to_owned(), nasty.to_owned());
        letter.facts = vec![pair.clone()];
        letter.button = pair;
        let html = html(&letter);
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("\"alert"), "{html}");
        let escaped = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;quoted&#39;";
        assert_eq!(html.matches(escaped).count(), 9);
    }

    #[test]
    fn a_line_break_in_a_text_begins_no_header_and_no_fact() {
        let mut letter = letter();
        letter.subject = "订单\r\nBcc: everybody@example.com\r\n\r\nhello".to_owned();
        letter.facts[0].1 = "杯子\n退款金额：¥1,000,000".to_owned();
        let raw = raw(&letter);
        let (head, _) = raw.split_once("\r\n\r\n").expect("a head");
        let begins = |name: &str| head.lines().any(|line| line.starts_with(name));
        assert!(begins("Subject:") && !begins("Bcc"), "{head}");
        let parsed = mail_parser::MessageParser::default()
            .parse(&raw)
            .expect("a mail");
        assert!(parsed.bcc().is_none());
        let subject = parsed.subject().expect("a subject");
        assert_eq!(subject, "订单 Bcc: everybody@example.com hello");
        assert!(text(&letter).contains("商品：杯子 退款金额：¥1,000,000\n"));
    }

    #[test]
    fn a_mail_fetches_nothing_follows_nobody_and_answers_no_robot() {
        let raw = raw(&letter());
        assert!(raw.is_ascii(), "any mail server takes it");
        assert!(raw.contains("Auto-Submitted: auto-generated\r\n"));
        assert!(raw.contains("Message-ID: <1@shop.example>\r\n"));
        assert!(raw.contains("Date: Thu, 26 Nov 2026 12:00:00 +0000\r\n"));
        assert!(raw.contains("multipart/alternative"));
        let html = html(&letter());
        for fetched in ["<img", "src=", "url(", "<link", "<script", "@import"] {
            assert!(!html.contains(fetched), "{fetched}");
        }
        assert_eq!(html.matches("https://").count(), 1, "one way in");
        assert!(html.contains("content=\"light dark\""));
        let begin = html.split("<a ").next().expect("a beginning");
        assert!(!begin.contains("color:#") && !begin.contains("background"));
    }
}
