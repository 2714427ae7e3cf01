//! Sends a code: as a letter, or through the shop's text messages. A few tries, soon after one another: it is over in minutes.

use std::time::Duration;

use orders_domain::Order;

use super::sms::TextMessage;
use super::{Asked, Contact};
use crate::config::limits::{GUEST_CODE_SECONDS, GUEST_SEND_AGAIN};
use crate::mail::{CodeLetter, NotSent};
use crate::state::App;

/// Sends the code of `order`. What fails is in the log, without code and contact: nobody may be told here.
pub async fn send(app: &App, asked: &Asked, order: &Order) {
    for wait in GUEST_SEND_AGAIN.into_iter().map(Some).chain([None]) {
        let trouble = match once(app, asked, order).await {
            Ok(()) => return,
            Err(NotSent::Refused(_)) => {
                tracing::warn!(order = %order.id, "a guest's code was refused");
                return;
            }
            // A mail server's words may name whom the letter is for; the webhook's are a status.
            Err(NotSent::Later(words)) => match &asked.contact {
                Contact::Email(_) => None,
                Contact::Phone(_) => Some(words),
            },
        };
        let Some(wait) = wait else {
            tracing::warn!(order = %order.id, "a guest's code was given up");
            return;
        };
        tracing::info!(order = %order.id, trouble = trouble.as_deref(), "a guest's code was not taken, and is tried again");
        tokio::time::sleep(wait / app.refund_haste).await;
    }
}

async fn once(app: &App, asked: &Asked, order: &Order) -> Result<(), NotSent> {
    let gone = || NotSent::Refused("it is not configured".to_owned());
    let policy = app.shops.policy(&order.shop).ok_or_else(gone)?;
    let shop = policy.name.get(asked.language);
    match &asked.contact {
        Contact::Email(address) => {
            let mailer = app.mailer.as_ref().ok_or_else(gone)?;
            let letter = CodeLetter {
                shop,
                number: &order.number,
                code: &asked.code,
                request: &asked.id,
                support: &policy.support,
                language: asked.language,
                origin: &app.origin,
            };
            letter.send(mailer, address, app.clock.now()).await
        }
        Contact::Phone(digits) => {
            let webhook = app.sms.as_ref().ok_or_else(gone)?;
            let message = TextMessage {
                id: &asked.id,
                kind: "guest_code",
                to: digits,
                code: &asked.code,
                language: asked.language,
                text: words(asked, shop),
                valid_minutes: GUEST_CODE_SECONDS / 60,
                shop: order.shop.as_str(),
            };
            webhook.send(&message, app.clock.now()).await
        }
    }
}

/// The whole message, for who sends it as it is.
fn words(asked: &Asked, shop: &str) -> String {
    use orders_api::Language;
    let minutes = GUEST_CODE_SECONDS / 60;
    let Asked { code, number, .. } = asked;
    match asked.language {
        Language::ZhCn => {
            format!(
                "【{shop}】验证码 {code}，用于查看订单 {number}，{minutes} 分钟内有效。请勿告诉他人。"
            )
        }
        Language::En => format!(
            "{shop}: {code} is your code to see order {number}. It is good for {minutes} minutes. Do not share it."
        ),
    }
}

/// So long a wait is a person's patience, at most.
const _: () = assert!(GUEST_SEND_AGAIN[1].as_secs() <= Duration::from_secs(60).as_secs());
