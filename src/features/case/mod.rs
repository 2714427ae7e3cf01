//! One after-sale case: whose turn it is and until when, what was said, what to do next.

mod clock;
mod contact;
mod course;
mod data;
mod forms;
mod moves;
mod news;
mod page;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod turn;
mod unanswered;
mod view_complaint;
mod view_facts;
mod view_now;
mod view_say;
mod view_status;
mod view_sum;
mod view_thread;
mod view_withdraw;
mod views;
pub mod words;

pub(in crate::features) use clock::{left, look_what_follows};
pub(in crate::features) use forms::{SayForm, TEXT};
pub use page::CasePage;
pub(in crate::features) use unanswered::{Meant, Unanswered};
pub(in crate::features) use view_say::{evidence_view, words_view};
pub(in crate::features) use view_sum::refund_view;
pub(in crate::features) use view_thread::side;
pub(in crate::features) use views::skeleton;
