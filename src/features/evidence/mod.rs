//! Photos and videos that go with words: picking and sending them, and showing those that were kept.
//!
//! A page makes [`Uploads`], shows them with [`EvidencePicker`], and sends the ids that [`Uploads::ready`] gives with its
//! message, once nothing [`Course::is_busy`] any more. What a case has is shown by [`EvidenceGallery`].

mod course;
#[cfg(test)]
mod course_tests;
mod data;
mod files;
mod gallery;
mod item;
mod pictures;
#[cfg(test)]
pub(crate) mod sample;
mod steps;
#[cfg(test)]
mod tests;
mod view;
pub mod words;

pub use course::Course;
pub use data::Uploads;
pub use files::{FileFacts, KeptUpload};
pub use gallery::EvidenceGallery;
pub use view::{EvidencePicker, PickerParts};
