//! The contract, call by call: a real server on a port of its own, with a database of its own.

mod alone;
mod cancel;
mod case_deadlines;
mod cases;
mod cases_moves;
mod cases_parts;
mod cases_shop;
mod events;
mod forms;
mod guard;
mod handoff;
mod integration;
mod killed;
mod marks;
mod orders;
mod pages;
mod refund_forms;
mod refund_provider;
mod refund_way;
mod refunding;
mod session;
mod start;
mod town;
mod world;
