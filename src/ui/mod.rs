//! Parts that know their props and nothing else: no router, no data, no client.

mod amounts;
mod button;
mod confirm;
mod dialog;
mod disclosure;
mod facts;
mod field;
mod icon;
mod load;
mod notice;
mod order_link;
mod search;

pub use amounts::*;
pub use button::*;
pub use confirm::*;
pub use dialog::*;
pub use disclosure::*;
pub use facts::*;
pub use field::*;
pub use icon::*;
pub use load::*;
pub use notice::*;
pub use order_link::*;
pub use search::*;
