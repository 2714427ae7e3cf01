//! The rules, as tables and properties.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod after_sale;
mod after_sale_sums;
mod calendar;
mod cancelling;
mod case_moves;
mod case_staff;
mod checking;
mod codes;
mod complaints;
mod complaints_money;
mod complaints_opened;
mod complaints_told;
mod conversation_ends;
mod conversation_facts;
mod conversation_news;
mod conversations;
mod decision;
mod due;
mod enquiries;
mod events;
mod help;
mod insight;
mod insight_decisions;
mod money;
mod notifications;
mod opening_hours;
mod other_ways;
mod policies;
mod policies_after;
mod policy_check;
mod policy_compared;
mod refund_promise;
mod refund_way;
mod refunding;
mod replies;
mod sample;
mod second_person;
mod second_person_seller;
mod splitting;
mod staff;
mod standing;
