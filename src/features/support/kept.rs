//! The last shop whose ways to a person were known, kept on the device: for when nothing can be asked any more.

use leptos::prelude::*;
use orders_api::Support;

use crate::app::SUPPORT as NAME;
use crate::browser::Memory;
use crate::json::{Json, Read};
use crate::paths::SupportQuery;
use crate::words::{Lang, fill};

use super::views::{Mail, tel_and_mail};
use super::words::Words;

/// What is kept of them: what needs no server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSupport {
    shop: String,
    phone: String,
    hours: String,
    email: String,
}

impl KeptSupport {
    /// Those of the shop of that name.
    pub fn of(shop: &str, support: &Support) -> Self {
        Self {
            shop: shop.to_owned(),
            phone: support.phone.clone(),
            hours: support.hours.clone(),
            email: support.email.clone(),
        }
    }

    /// Keeps it in the place of what was kept before.
    pub fn keep(&self) {
        Memory::Device.set(NAME, &self.print());
    }

    /// What is kept.
    pub fn last() -> Option<Self> {
        Self::read(&Memory::Device.get(NAME)?)
    }

    fn print(&self) -> String {
        Json::object([
            ("shop", Json::text(&self.shop)),
            ("phone", Json::text(&self.phone)),
            ("hours", Json::text(&self.hours)),
            ("email", Json::text(&self.email)),
        ])
        .print()
    }

    fn read(text: &str) -> Option<Self> {
        let mut json = Json::parse(text)?;
        Some(Self {
            shop: Read::read(json.take("shop"))?,
            phone: Read::read(json.take("phone"))?,
            hours: Read::read(json.take("hours"))?,
            email: Read::read(json.take("email"))?,
        })
    }
}

/// A panel of what is kept, below a page that cannot be shown.
pub fn kept_view(lang: Lang, kept: &KeptSupport) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let support = Support {
        phone: kept.phone.clone(),
        hours: kept.hours.clone(),
        email: kept.email.clone(),
        email_reply_hours: 0,
        chat: false,
        social: Vec::new(),
    };
    let mail = Mail {
        subject: String::new(),
        body: String::new(),
        about: SupportQuery::default(),
    };
    view! {
        <section class="panel" aria-labelledby="kept-title">
            <div class="panel-head">
                <h2 class="panel-title" id="kept-title">{fill(words.kept, &[("shop", &kept.shop)])}</h2>
            </div>
            <div>{tel_and_mail(&support, &mail, String::new())}</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_what_is_not_ours_is_nothing() {
        let support = crate::features::order::sample::unpacked().support;
        let kept = KeptSupport::of("B特派", &support);
        assert_eq!(kept.phone, support.phone);
        assert_eq!(KeptSupport::read(&kept.print()), Some(kept));
        for text in ["", "{}", "{\"shop\":\"x\",\"phone\":1}"] {
            assert_eq!(KeptSupport::read(text), None, "{text}");
        }
    }
}
