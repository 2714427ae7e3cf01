//! The contract, call by call: a real server on a port of its own, with a database of its own.

mod alone;
mod bucket;
mod cancel;
mod events;
mod evidence;
mod evidence_memory;
mod evidence_served;
mod forms;
mod guard;
mod handoff;
mod integration;
mod killed;
mod marks;
mod orders;
mod pages;
mod program;
mod refund_forms;
mod refund_provider;
mod refund_way;
mod refunding;
mod session;
mod start;
mod town;
mod world;
