//! Notifications: the list, how many are unread, having read them.

use gloo_net::http::Method;
use orders_api::{MarkRead, NOTIFICATIONS, NotificationList, READ, UNREAD, Unread, segment};

use super::{Call, Failure};
use crate::words::Lang;

/// How many come at a time.
const PAGE: usize = 20;

/// The call for a page of the list, from a cursor on.
pub fn notifications_url(cursor: Option<&str>) -> String {
    let mut url = format!("{NOTIFICATIONS}?limit={PAGE}");
    if let Some(cursor) = cursor {
        url.push_str("&cursor=");
        url.push_str(&segment(cursor));
    }
    url
}

/// A page of the list.
pub async fn notifications(lang: Lang, cursor: Option<&str>) -> Result<NotificationList, Failure> {
    Call::get(&notifications_url(cursor)).read(lang).await
}

/// How many were not read.
pub async fn unread(lang: Lang) -> Result<Unread, Failure> {
    Call::get(UNREAD).read(lang).await
}

/// That one and all older ones were read.
pub async fn mark_read(lang: Lang, up_to: &str, key: &str) -> Result<Unread, Failure> {
    let body = MarkRead {
        up_to: up_to.to_owned(),
    };
    Call::mutate(Method::POST, READ, key)
        .json(&body)
        .read(lang)
        .await
}
