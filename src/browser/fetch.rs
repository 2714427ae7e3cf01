//! One HTTP request, as the browser makes it.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use super::{Patience, window};

/// What came back.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub text: String,
}

/// Sends a request and waits at most `ms` milliseconds for its whole answer; `None` when nothing came back.
pub async fn fetch(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<String>,
    ms: i32,
) -> Option<Answer> {
    let window = window()?;
    let patience = Patience::new(ms);
    let named = Headers::new().ok()?;
    for (name, value) in headers {
        named.set(name, value).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(named.as_ref());
    init.set_signal(patience.signal().as_ref());
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(&body));
    }
    let sent = window.fetch_with_str_and_init(url, &init);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(Answer {
        status: response.status(),
        text: text.as_string()?,
    })
}
