//! The procedure of support, recorded step by step: who asks and why, what was looked up, what was answered (S3).

mod data;
mod steps;
#[cfg(test)]
mod tests;
mod view;
mod view_forms;
mod words;

pub use data::{EnquiryData, last_act};
pub use steps::last_said;
pub use view::enquiry_view;
