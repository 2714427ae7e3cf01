//! A WebSocket to our own server, closed when it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::window;

/// What a socket tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A frame of text.
    Text(String),
    /// It is closed, with this code; 1006 also when it never opened.
    Closed(u16),
}

/// A WebSocket.
pub struct Socket {
    socket: WebSocket,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens it at a path of our own server; `None` where the browser does not let us.
    pub fn open(path: &str, hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let location = window()?.location();
        // Older browsers take no path and no `https:`.
        let scheme = match location.protocol().ok()?.as_str() {
            "https:" => "wss://",
            _ => "ws://",
        };
        let url = format!("{scheme}{}{path}", location.host().ok()?);
        let socket = WebSocket::new(&url).ok()?;
        let heard = hear.clone();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                heard(Heard::Text(text));
            }
        });
        let close = Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
            hear(Heard::Closed(event.code()));
        });
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            _message: message,
            _close: close,
        })
    }

    /// Sends a frame; what does not go is sent again after the next `ready`.
    pub fn send(&self, text: &str) {
        let _lost = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _closed = self.socket.close();
    }
}
