//! What the console needs of the browser beyond the storefront's room: keys, lines of text, parts of the page that scroll by
//! themselves, and the choice of light or dark. On the host every function is callable and does nothing.

mod keys;
mod looks;
mod scroll;
mod texts;
mod width;

pub use keys::*;
pub use looks::*;
pub use scroll::*;
pub use texts::*;
pub use width::*;

pub use storefront::browser::*;

/// The document, where there is one.
fn document() -> Option<web_sys::Document> {
    if cfg!(target_arch = "wasm32") {
        web_sys::window()?.document()
    } else {
        None
    }
}
