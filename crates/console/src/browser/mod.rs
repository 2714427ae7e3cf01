//! What the console needs of the browser beyond the storefront's room: keys, and the choice of light or dark. On the host
//! every function is callable and does nothing.

mod keys;
mod looks;

pub use keys::*;
pub use looks::*;

pub use storefront::browser::*;

/// The document, where there is one.
fn document() -> Option<web_sys::Document> {
    if cfg!(target_arch = "wasm32") {
        web_sys::window()?.document()
    } else {
        None
    }
}
