//! Starts the console in the browser's page.

fn main() {
    // The release stops at a panic without words.
    if cfg!(debug_assertions) {
        storefront::browser::report_panics();
    }
    console::app::start();
}
