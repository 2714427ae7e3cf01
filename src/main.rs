//! Starts the storefront in the browser's page.

fn main() {
    storefront::browser::report_panics();
    storefront::app::start();
}
