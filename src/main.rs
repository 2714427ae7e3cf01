//! Starts the storefront in the browser's page.

fn main() {
    // The release stops at a panic without words.
    if cfg!(debug_assertions) {
        storefront::browser::report_panics();
    }
    storefront::app::start();
}
