//! Cancelling an order: the dialog, and the course that leads to exactly one effect and one answer.

mod answers;
mod attempt;
mod data;
mod dialog;
mod draft;
mod facts;
mod flow;
#[cfg(test)]
mod flow_tests;
#[cfg(test)]
mod posted_tests;
#[cfg(test)]
mod preview_tests;
mod slip;
mod steps;
#[cfg(test)]
mod tests;
mod view_form;
mod view_intro;
mod view_parts;
mod view_result;
pub mod words;

pub use attempt::PendingCancels;
pub use data::CancelData;
#[cfg(feature = "ssr")]
pub use data::part_preview;
pub use dialog::CancelDialog;
pub use draft::Draft;
pub use facts::{offers_cancel, some_stays};
pub use slip::{SlipRow, give_back, slip};
pub use view_form::CALCULATE;
