//! Light or dark, as somebody has chosen; without a choice, as the device has it.

use super::document;

/// Shows the page light or dark; `None` as the device has it.
pub fn show_theme(theme: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    let _shown = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}
