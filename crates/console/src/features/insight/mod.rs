//! Insight: cancellations, refunds, the chat, after-sale cases and complaints of a period, as charts that are tables, too.

mod chart;
mod charts;
mod charts_people;
mod data;
mod layout;
mod page;
mod scale;
mod view_chart;
mod view_marks;
mod views;
mod words;

pub use page::*;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
