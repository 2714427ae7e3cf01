//! What the store promises, the same on SQLite and on PostgreSQL.

// Everything in this crate is a test.
#![allow(clippy::unwrap_used)]

mod answering_once;
mod auditing;
mod cases;
mod changing;
mod complaints;
mod counting;
mod enquiring;
mod finding;
mod finding_talks;
mod guesting;
mod handing_off;
mod keeping_evidence;
mod listing;
mod logging_in;
mod mailing;
mod marking;
mod noticing;
mod notifying;
mod noting;
mod orders;
mod planning;
mod publishing;
mod racing;
mod refunding;
mod replying;
mod staffing;
mod talking;
mod telling_of_answers;
mod telling_the_shop;
mod waiting;
mod working;

/// Makes two tests of each function: one for each database.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(&orders_store::testing::TestDatabase::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(&orders_store::testing::TestDatabase::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both_databases;
