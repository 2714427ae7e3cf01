//! Drawings that only this needs: they are not in every page like those of the sprite.

use leptos::prelude::*;

/// A camera.
pub fn camera() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4.5 7.5h3l1.6-2.5h5.8l1.6 2.5h3a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18V9a1.5 1.5 0 0 1 1.5-1.5z"></path>
            <circle cx="12" cy="13.2" r="3.6"></circle>
        </svg>
    }
}

/// A film.
pub fn film() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <rect x="3.5" y="5" width="17" height="14" rx="2.5"></rect>
            <path d="m10 9 5 3-5 3z"></path>
        </svg>
    }
}

/// A photo that cannot be shown yet.
pub fn photo() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <rect x="3.5" y="4.5" width="17" height="15" rx="2.5"></rect>
            <path d="m4 17 5-5 4 4 3-3 4.5 4"></path>
            <circle cx="15.5" cy="9" r="1.2"></circle>
        </svg>
    }
}
