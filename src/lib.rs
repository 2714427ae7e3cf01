//! The storefront: the shopper's order centre as a single-page app.
//!
//! Pages read the URL, load, and choose between loading, empty, error and ready; views turn plain
//! data into shape and report intents; parts (`ui`) know their props and nothing else. Only
//! [`client`] speaks HTTP, only [`browser`] touches the browser. Views touch neither, so that they
//! render on the host as well.

// A view's type nests as deeply as its markup; rendering on the host asks for its layout.
#![recursion_limit = "512"]

pub mod app;
pub mod browser;
pub mod client;
pub mod features;
pub mod format;
pub mod host;
pub mod json;
pub mod later;
pub mod paths;
pub mod router;
pub mod shell;
pub mod start;
pub mod tones;
pub mod ui;
pub mod words;
