//! WeChat Pay over HTTP: the real adapter against the simulator, and against answers that no simulator gives.

mod callbacks;
mod canned;
mod course;
mod ledger;
mod stage;
mod trouble;
