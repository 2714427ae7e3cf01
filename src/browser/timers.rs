//! Timers that end with what uses them.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// Calls `run` every `ms` milliseconds until it is dropped.
pub struct Interval {
    id: i32,
    _run: Closure<dyn FnMut()>,
}

impl Interval {
    /// Starts it; `None` on the host.
    pub fn new(ms: i32, run: impl FnMut() + 'static) -> Option<Self> {
        let window = window()?;
        let run = Closure::<dyn FnMut()>::new(run);
        let id = window
            .set_interval_with_callback_and_timeout_and_arguments_0(
                run.as_ref().unchecked_ref(),
                ms,
            )
            .ok()?;
        Some(Self { id, _run: run })
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        if let Some(window) = window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}

/// Runs a task. The reactive system's own spawner is there only once something is mounted.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Calls `run` once, `ms` milliseconds from now.
pub fn after(ms: i32, run: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let run = Closure::once_into_js(run);
        let _timer =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), ms);
    }
}

/// Calls `run` before the next picture is painted.
pub fn next_frame(run: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let run = Closure::once_into_js(run);
        let _frame = window.request_animation_frame(run.unchecked_ref());
    }
}

/// A request's patience: its signal aborts the request when the time is over.
pub struct Patience {
    controller: Option<web_sys::AbortController>,
    done: Rc<Cell<bool>>,
}

impl Patience {
    /// Patience for `ms` milliseconds.
    pub fn new(ms: i32) -> Self {
        let controller = if cfg!(target_arch = "wasm32") {
            web_sys::AbortController::new().ok()
        } else {
            None
        };
        let done = Rc::new(Cell::new(false));
        if let Some(controller) = controller.clone() {
            let done = Rc::clone(&done);
            after(ms, move || {
                if !done.get() {
                    controller.abort();
                }
            });
        }
        Self { controller, done }
    }

    /// To hand to the request.
    pub fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.controller
            .as_ref()
            .map(web_sys::AbortController::signal)
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        self.done.set(true);
    }
}
