//! The only room that touches the browser. On the host every function is callable and does nothing,
//! so that code which reaches here by accident in a host rendering is harmless.

mod events;
mod files;
mod host;
mod lists;
mod page;
mod served;
mod sheet;
mod socket;
mod storage;
mod timers;
mod worker;

pub use events::*;
pub use files::*;
pub use host::*;
pub use lists::*;
pub use page::*;
pub use served::*;
pub use sheet::*;
pub use socket::*;
pub use storage::*;
pub use timers::*;
pub use worker::*;

use wasm_bindgen::JsCast;

/// Whether this is the server's rendering: what only serves a page without the app is left out of the app's code.
pub const ON_SERVER: bool = cfg!(not(target_arch = "wasm32"));

/// The window, where there is one.
pub(crate) fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") {
        web_sys::window()
    } else {
        None
    }
}

pub(crate) fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// Milliseconds since 1970 by the device's clock; on the server, which draws a page once, by the server's.
#[allow(
    clippy::disallowed_methods,
    reason = "a page is drawn for the moment, as in the browser; rules get their time from a Clock"
)]
pub fn now_ms() -> f64 {
    if cfg!(target_arch = "wasm32") {
        js_sys::Date::now()
    } else {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0.0, |since| since.as_secs_f64() * 1000.0)
    }
}

/// Seconds since 1970, by the same clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seconds since 1970 are far from 2^53"
)]
pub fn now_s() -> i64 {
    (now_ms() / 1000.0) as i64
}

/// A new idempotency key: 128 random bits in hexadecimal.
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    let filled = window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    debug_assert!(filled || !cfg!(target_arch = "wasm32"));
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number from 0 to 1000 by chance, to spread what would happen at the same time everywhere.
#[expect(clippy::cast_possible_truncation, reason = "it is at most 1000")]
pub fn chance() -> i32 {
    if cfg!(target_arch = "wasm32") {
        (js_sys::Math::random() * 1_000.0) as i32
    } else {
        0
    }
}

/// Whether the browser believes to be connected.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// The first language of the browser's user.
pub fn preferred_language() -> Option<String> {
    window()?.navigator().language()
}

/// Puts `text` on the clipboard; false where the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let clipboard = window.navigator().clipboard();
    // Outside of secure contexts there is no clipboard at all.
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text))
        .await
        .is_ok()
}

/// Prints a panic where a developer looks for it.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
}

pub(crate) fn as_html(element: &web_sys::Element) -> Option<&web_sys::HtmlElement> {
    element.dyn_ref()
}
