//! How SQLite would carry out the store's queries, so that tests can forbid a scan or a sort.

use orders_domain::{CaseState, ComplaintState, DecisionKind, Instant, ShopperId, WorkKind};
use sqlx::any::AnyArguments;
use sqlx::{AssertSqlSafe, Row};

use crate::answers::UNTOLD;
use crate::broken_dates::BROKEN;
use crate::by_due::{self, due_statement};
use crate::cases;
use crate::complaints::{self, ComplaintQuery};
use crate::conversations::{self, ALL, IN_STATE, OF_GUEST, OF_SHOPPER, OPEN_ABOUT};
use crate::conversations_due::{UNANSWERED, UNPROMISED};
use crate::conversations_for_staff::{OF_SHOP_IN_STATE, OF_STAFF_NEWEST};
use crate::enquiries;
use crate::evidence::UNNEEDED;
use crate::evidence_moves::WAITING;
use crate::guests::NUMBERED;
use crate::insight::{CANCELLED, CASES, COMPLAINTS, PLACED, REFUNDS, TALKS};
use crate::insight_decisions;
use crate::list::{counts_statement, page_statement};
use crate::load::{NEXT_SHOP, UNPAID_DUE};
use crate::mail_jobs::DUE;
use crate::marks;
use crate::notifications::{PAGE, UNREAD};
use crate::queue::{AHEAD, WAITS};
use crate::refund_jobs::{LATE_TO_ARRIVE, LATE_TO_SEND, LONG_LATE, due, ways_statement};
use crate::replies;
use crate::staff_search::{By, found_statement};
use crate::work::COUNT;
use crate::work_page;
use crate::{CaseQuery, ClaimFilter, OrderQuery, Store, StoreError, WorkOrder, WorkQuery};

/// Some moment: plans do not depend on it.
const NOW: Instant = Instant::UNIX_EPOCH;

/// The steps of reading a page of the list, in SQLite's words.
///
/// # Errors
/// As the list's own, and [`StoreError::Unavailable`] on PostgreSQL, which explains itself differently.
pub async fn plan_of_list(
    store: &Store,
    shopper: &ShopperId,
    query: &OrderQuery,
) -> Result<Vec<String>, StoreError> {
    let statement = page_statement(shopper, query, query.limit)?;
    plan(store, &statement.sql, statement.arguments).await
}

/// The steps of counting.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plan_of_counts(
    store: &Store,
    shopper: &ShopperId,
    query: &OrderQuery,
) -> Result<Vec<String>, StoreError> {
    let statement = counts_statement(shopper, query)?;
    plan(store, &statement.sql, statement.arguments).await
}

/// The steps of finding refunds that are due, those that may be late, and what was not decided in its time.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_refunds(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for statement in [&due(1), LATE_TO_SEND, LATE_TO_ARRIVE, LONG_LATE, BROKEN] {
        plans.push(plan(store, statement, AnyArguments::default()).await?);
    }
    Ok(plans)
}

/// The steps of finding cases that are due, and of their list, whole and by state.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_cases(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    plans.push(
        plan(
            store,
            &due_statement(&cases::TABLE),
            AnyArguments::default(),
        )
        .await?,
    );
    for state in [None, Some(CaseState::Open)] {
        let query = CaseQuery {
            state,
            ..CaseQuery::default()
        };
        let statement = by_due::page_statement(&cases::TABLE, &query.wanted())?;
        plans.push(plan(store, &statement.sql, statement.arguments).await?);
    }
    Ok(plans)
}

/// The steps of finding complaints that are due, and of their list, whole and by state.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_complaints(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    plans.push(
        plan(
            store,
            &due_statement(&complaints::TABLE),
            AnyArguments::default(),
        )
        .await?,
    );
    for state in [None, Some(ComplaintState::Disputed)] {
        let query = ComplaintQuery {
            state,
            ..ComplaintQuery::default()
        };
        let statement = by_due::page_statement(&complaints::TABLE, &query.wanted())?;
        plans.push(plan(store, &statement.sql, statement.arguments).await?);
    }
    Ok(plans)
}

/// The steps of a page of notifications, of counting those that were not read, and of finding mails that are due.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_notifications(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for statement in [PAGE, UNREAD, DUE] {
        plans.push(plan(store, statement, AnyArguments::default()).await?);
    }
    Ok(plans)
}

/// The steps of finding orders for staff: of a shopper, by number, by the shop's id; and of finding wishes for another way.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_for_staff(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for by in [By::Shopper, By::Number, By::External, By::Phone] {
        let statement = found_statement(by, "1", &[], None, 20)?;
        plans.push(plan(store, &statement.sql, statement.arguments).await?);
    }
    let statement = ways_statement(&[], None, 20)?;
    plans.push(plan(store, &statement.sql, statement.arguments).await?);
    Ok(plans)
}

/// The steps of a page of a shopper's conversations, of the shops', and of those in a state; of finding a place in the queue,
/// how long others waited, what is open about the same, and which shops have any; of a page of the staff's, and of what time
/// makes of some.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_conversations(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for statement in [
        OF_SHOPPER,
        OF_GUEST,
        ALL,
        IN_STATE,
        AHEAD,
        WAITS,
        OPEN_ABOUT,
        conversations::NEXT_SHOP,
        OF_SHOP_IN_STATE,
        OF_STAFF_NEWEST,
        UNANSWERED,
        UNPROMISED,
        UNTOLD,
    ] {
        plans.push(plan(store, statement, AnyArguments::default()).await?);
    }
    Ok(plans)
}

/// The steps of a page of the queue in both orders, whole and by kind, of all and of what is free, and of counting.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_work(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for claim in [ClaimFilter::All, ClaimFilter::Free] {
        for order in [WorkOrder::Due, WorkOrder::Age] {
            for kind in [None, Some(WorkKind::AfterSaleCase)] {
                let query = WorkQuery {
                    kind,
                    order,
                    claim: claim.clone(),
                    ..WorkQuery::default()
                };
                let statement = work_page::page_statement(&query, &"tepai".into(), NOW, 20)?;
                plans.push(plan(store, &statement.sql, statement.arguments).await?);
            }
        }
    }
    plans.push(plan(store, COUNT, AnyArguments::default()).await?);
    Ok(plans)
}

/// The steps of counting for the charts: orders, those that were cancelled, refunds, conversations, cases, complaints, and of
/// each kind what had to be decided.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_insight(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    let decisions = DecisionKind::ALL.map(insight_decisions::statement);
    let counted = [PLACED, CANCELLED, REFUNDS, TALKS, CASES, COMPLAINTS];
    for statement in counted.into_iter().chain(decisions) {
        plans.push(plan(store, statement, AnyArguments::default()).await?);
    }
    Ok(plans)
}

/// The steps of finding enquiries about an order and in a conversation, the entries of one, and all one after the other.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_enquiries(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    use enquiries::{AFTER, ENTRIES, OF_CONVERSATION, OF_ORDER};
    let mut plans = Vec::new();
    for statement in [OF_ORDER, OF_CONVERSATION, ENTRIES, AFTER] {
        plans.push(plan(store, statement, AnyArguments::default()).await?);
    }
    Ok(plans)
}

/// The steps of listing canned replies, those in use and those that are archived, of every shop and of one, and of finding
/// whether a code is taken.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_replies(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for archived in [false, true] {
        for shops in [&[][..], &["tepai".into()]] {
            let statement = replies::listed(shops, archived)?;
            plans.push(plan(store, &statement.sql, statement.arguments).await?);
        }
    }
    plans.push(plan(store, replies::CODE_TAKEN, AnyArguments::default()).await?);
    Ok(plans)
}

/// The steps of finding orders by the number that a guest names.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plan_of_numbered(store: &Store) -> Result<Vec<String>, StoreError> {
    plan(store, NUMBERED, AnyArguments::default()).await
}

/// The steps of finding photos and videos that nobody has: of a shopper, and all that may go.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plans_of_evidence(store: &Store) -> Result<Vec<Vec<String>>, StoreError> {
    let mut plans = Vec::new();
    for statement in [WAITING, UNNEEDED] {
        plans.push(plan(store, statement, AnyArguments::default()).await?);
    }
    Ok(plans)
}

/// The steps of finding unpaid orders that are due.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plan_of_unpaid_due(store: &Store) -> Result<Vec<String>, StoreError> {
    plan(store, UNPAID_DUE, AnyArguments::default()).await
}

/// The steps of finding the next shop.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plan_of_next_shop(store: &Store) -> Result<Vec<String>, StoreError> {
    plan(store, NEXT_SHOP, AnyArguments::default()).await
}

/// The steps of finding what a shopper's standing follows from.
///
/// # Errors
/// As [`plan_of_list`].
pub async fn plan_of_marks(store: &Store) -> Result<Vec<String>, StoreError> {
    plan(store, marks::NEWEST, AnyArguments::default()).await
}

async fn plan(
    store: &Store,
    sql: &str,
    arguments: AnyArguments,
) -> Result<Vec<String>, StoreError> {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = sqlx::query_with(explain, arguments)
        .fetch_all(&store.inner.reads)
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<String, _>("detail")?))
        .collect()
}
