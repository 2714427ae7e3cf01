//! The rules of Tepai, as plain data and pure functions.
//!
//! Nothing here knows about I/O, async, SQL, HTTP, a user interface or the system clock:
//! time comes in as an argument, and every change to an order is a function from an order
//! to an order and its [`Effects`], which a store persists together or not at all.

#[cfg(feature = "policy-files")]
mod abuse_file;
mod after_sale;
mod after_sale_acts;
#[cfg(feature = "policy-files")]
mod after_sale_file;
mod after_sale_rules;
mod after_sale_staff;
mod apply_event;
#[cfg(feature = "policy-files")]
mod calendar_file;
mod cancel_event;
mod cancel_order;
mod cancellation;
mod change;
mod check;
mod clock;
mod codes;
mod complaint;
mod complaint_acts;
#[cfg(feature = "policy-files")]
mod complaint_file;
mod complaint_proposal;
mod complaint_rules;
mod complaint_terms;
mod conversation;
mod conversation_moves;
mod conversation_news;
mod conversation_subject;
mod conversation_wait;
mod decision;
mod due;
mod enquiry;
mod help;
#[cfg(feature = "policy-files")]
mod help_file;
mod help_search;
mod ids;
mod insight;
mod insight_decisions;
mod insight_tallies;
mod money;
mod notification;
mod opening_hours;
mod order;
mod policy;
mod policy_check;
mod policy_check_cases;
#[cfg(feature = "policy-files")]
mod policy_file;
#[cfg(feature = "policy-files")]
mod policy_rules;
mod refund;
mod refund_way;
mod refunding;
mod reply;
mod second_person;
mod shop_event;
mod split;
mod staff;
mod staff_acts;
mod standing;
mod state;
mod text;
mod timeline;
#[cfg(feature = "policy-files")]
mod toml_table;
mod work;
mod working_days;

pub use after_sale::*;
pub use after_sale_acts::*;
pub use after_sale_rules::*;
pub use after_sale_staff::*;
pub use cancel_event::*;
pub use cancel_order::*;
pub use cancellation::*;
pub use check::*;
pub use clock::*;
pub use complaint::*;
pub use complaint_acts::*;
pub use complaint_proposal::*;
pub use complaint_rules::*;
pub use complaint_terms::*;
pub use conversation::*;
pub use conversation_moves::*;
pub use conversation_news::*;
pub use conversation_subject::*;
pub use conversation_wait::*;
pub use enquiry::*;
pub use help::*;
pub use help_search::*;
pub use ids::*;
pub use insight::*;
pub use insight_decisions::*;
pub use insight_tallies::*;
pub use money::*;
pub use notification::*;
pub use opening_hours::*;
pub use order::*;
pub use policy::*;
pub use policy_check::*;
#[cfg(feature = "policy-files")]
pub use policy_rules::*;
pub use refund::*;
pub use refund_way::*;
pub use refunding::*;
pub use reply::*;
pub use second_person::*;
pub use shop_event::*;
pub use staff::*;
pub use staff_acts::*;
pub use standing::*;
pub use state::*;
pub use text::*;
pub use timeline::*;
pub use work::*;
pub use working_days::*;
