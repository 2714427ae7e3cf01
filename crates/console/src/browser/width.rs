//! How wide the window is: pictures are drawn for the room that they have.

/// From which width on, in pixels, things stand beside each other; as in the style sheets (48rem).
const WIDE: f64 = 768.0;

/// Whether the window is as narrow as a telephone; on the host it is not.
pub fn is_narrow() -> bool {
    let width = window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width < WIDE)
}

fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") {
        web_sys::window()
    } else {
        None
    }
}
