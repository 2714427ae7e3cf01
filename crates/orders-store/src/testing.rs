//! A fresh database for each test, on SQLite and on PostgreSQL. Everything here panics when it cannot be had:
//! a missing PostgreSQL is a failed test, not a skipped one.

mod cluster;
mod plan;

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;

use crate::Store;

pub use plan::{
    plan_of_counts, plan_of_list, plan_of_marks, plan_of_next_shop, plan_of_numbered,
    plan_of_unpaid_due, plans_for_staff, plans_of_cases, plans_of_complaints,
    plans_of_conversations, plans_of_enquiries, plans_of_evidence, plans_of_insight,
    plans_of_notifications, plans_of_refunds, plans_of_replies, plans_of_work,
};

/// A database of one test's own. It is removed when this is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sqlite { _folder: TempDir },
    Postgres { name: String, server: String },
}

static NEXT: AtomicU32 = AtomicU32::new(0);

impl TestDatabase {
    /// A SQLite file in a folder of its own.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("tepai-test-")
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary folder for a test's database: {error}"));
        Self {
            url: format!("sqlite://{}", folder.path().join("tepai.db").display()),
            kind: Kind::Sqlite { _folder: folder },
        }
    }

    /// A database on the server at `TEPAI_TEST_POSTGRES_URL`, or on one that is started for the tests of this user.
    pub async fn postgres() -> Self {
        let server = cluster::url().await;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tepai_test_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(&server)
            .await
            .unwrap_or_else(|error| panic!("PostgreSQL for tests at {server}: {error}"));
        // One of that name can only be left over from a process that is gone.
        for statement in [
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            format!("CREATE DATABASE {name}"),
        ] {
            connection
                .execute(AssertSqlSafe(statement))
                .await
                .unwrap_or_else(|error| panic!("a test's database on {server}: {error}"));
        }
        let _ = connection.close().await;
        let (base, _) = server
            .rsplit_once('/')
            .unwrap_or_else(|| panic!("TEPAI_TEST_POSTGRES_URL ends with the name of a database"));
        Self {
            url: format!("{base}/{name}"),
            kind: Kind::Postgres { name, server },
        }
    }

    /// The URL to connect to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A store on this database; each call is another process, so to speak.
    pub async fn store(&self) -> Store {
        Store::connect(&self.url)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", self.url))
    }

    /// Lets rows of trails be changed and deleted, as whoever owns the database can.
    pub async fn unlock_trails(&self) {
        for trigger in ["audit_is_not_changed", "audit_is_not_deleted"] {
            self.execute(&match self.kind {
                Kind::Sqlite { .. } => format!("DROP TRIGGER {trigger}"),
                Kind::Postgres { .. } => format!("DROP TRIGGER {trigger} ON audit"),
            })
            .await;
        }
    }

    /// Changes who is on record with every change of every order, as somebody would who hides what they did.
    pub async fn break_trails(&self) {
        self.unlock_trails().await;
        self.execute("UPDATE audit SET staff = 'li'").await;
    }

    /// The same with every step of every enquiry.
    pub async fn break_enquiries(&self) {
        self.execute("UPDATE enquiry_entries SET staff = 'li'")
            .await;
    }

    /// Makes what every step of every enquiry says unreadable.
    pub async fn garble_enquiries(&self) {
        self.execute("UPDATE enquiry_entries SET detail = '?'")
            .await;
    }

    /// On PostgreSQL: an answer in a conversation that is being written, until it is told to let go.
    pub async fn hold_answer(&self, conversation: &str) -> Held {
        let answered = "UPDATE conversations SET unanswered_since = NULL WHERE id = $1";
        let run = async {
            sqlx::any::install_default_drivers();
            let mut connection = sqlx::AnyConnection::connect(&self.url).await?;
            connection.execute("BEGIN").await?;
            let answered = sqlx::query(answered).bind(conversation);
            answered.execute(&mut connection).await?;
            Ok::<_, sqlx::Error>(connection)
        };
        let connection = run.await;
        Held(connection.unwrap_or_else(|error| panic!("{answered}: {error}")))
    }

    /// Runs SQL behind the store's back, to damage what a test wants damaged.
    pub async fn execute(&self, sql: &str) {
        let run = self.run(sql).await;
        run.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Why the database refuses that SQL; panics when it does not.
    pub async fn refusal(&self, sql: &str) -> String {
        match self.run(sql).await {
            Ok(()) => panic!("not refused: {sql}"),
            Err(error) => error.to_string(),
        }
    }

    async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&self.url).await?;
        connection.execute(AssertSqlSafe(sql.to_owned())).await?;
        connection.close().await
    }
}

/// What a transaction holds.
pub struct Held(sqlx::AnyConnection);

impl Held {
    /// Comes back when somebody waits for it.
    pub async fn is_waited_for(&mut self) {
        let waiting = "SELECT COUNT(*) FROM pg_stat_activity \
             WHERE datname = current_database() AND wait_event_type = 'Lock'";
        for _ in 0..3000 {
            let found: Result<i64, _> = sqlx::query_scalar(waiting).fetch_one(&mut self.0).await;
            if found.unwrap_or_else(|error| panic!("{waiting}: {error}")) > 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("nobody waits for what is held");
    }

    /// Lets go of it.
    pub async fn let_go(mut self) {
        let done = self.0.execute("COMMIT").await;
        done.unwrap_or_else(|error| panic!("COMMIT: {error}"));
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Kind::Postgres { name, server } = &self.kind else {
            return;
        };
        let (server, name) = (server.clone(), name.clone());
        // A thread with a runtime of its own: this may run inside of the test's, which must not block.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&server)
                    .await
                    .map_err(std::io::Error::other)?;
                let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                connection
                    .execute(AssertSqlSafe(statement))
                    .await
                    .map_err(std::io::Error::other)
            })
        });
        // What cannot be removed goes with the cluster.
        let _ = dropped.join();
    }
}
