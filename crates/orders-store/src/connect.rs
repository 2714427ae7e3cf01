//! Opens the pools and runs the migrations.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyPool, Executor, SqlSafeStr};

use crate::dialect::Dialect;
use crate::{StoreError, phones};

/// Readers of a SQLite file: each is a thread with a page cache of its own.
const SQLITE_READERS: u32 = 4;
/// Connections to a PostgreSQL server, which allows a hundred by default, for all its clients together.
const POSTGRES_CONNECTIONS: u32 = 10;
/// How long a request waits for a connection before the database counts as unavailable.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection that was idle for longer is tested before it is used again.
const TESTED_AFTER: Duration = Duration::from_secs(30);

/// What becomes of a SQLite file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    Created,
    Refused,
}

/// The dialect of `url`, a pool for reading and one for writing, with every table in place.
pub(crate) async fn open(
    url: &str,
    missing: Missing,
) -> Result<(Dialect, AnyPool, AnyPool), StoreError> {
    sqlx::any::install_default_drivers();
    let dialect = Dialect::of_url(url).ok_or_else(|| {
        StoreError::Unavailable("a database URL begins with sqlite:// or postgres://".into())
    })?;
    match dialect {
        Dialect::Sqlite => {
            let url = sqlite_url(url, missing)?;
            // The writer comes first: it creates the file and switches it to WAL.
            let writes = pool(dialect.on_connect_to_write(), 1)
                .connect(&url)
                .await
                .map_err(|error| with_file(&url, error))?;
            migrate(&writes, dialect).await?;
            phones::fill(&writes).await?;
            let reads = pool(dialect.on_connect_to_read(), SQLITE_READERS)
                .connect(&url)
                .await?;
            Ok((dialect, reads, writes))
        }
        Dialect::Postgres => {
            let both = pool(dialect.on_connect_to_write(), POSTGRES_CONNECTIONS)
                .connect(url)
                .await?;
            migrate(&both, dialect).await?;
            phones::fill(&both).await?;
            Ok((dialect, both.clone(), both))
        }
    }
}

/// Which file it was: SQLite does not say.
fn with_file(url: &str, error: sqlx::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Unavailable(source) => {
            StoreError::Unavailable(format!("{url}: {source}").into())
        }
        other @ (StoreError::Conflict | StoreError::Corrupt(_) | StoreError::InvalidCursor) => {
            other
        }
    }
}

fn pool(on_connect: &'static [&'static str], size: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // Testing at every use would double the round trips of a short request.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for < TESTED_AFTER {
                    return Ok(true);
                }
                Ok(sqlx::Connection::ping(connection).await.is_ok())
            })
        })
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statement in on_connect {
                    connection.execute(*statement).await?;
                }
                Ok(())
            })
        })
}

async fn migrate(pool: &AnyPool, dialect: Dialect) -> Result<(), StoreError> {
    // By hand and not by sqlx's macro, which would compile both drivers a second time for the compiler's use.
    let migration = |version, name: &'static str, sql: &'static str| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    };
    Migrator::with_migrations(vec![
        migration(1, "orders", include_str!("../migrations/0001_orders.sql")),
        migration(
            2,
            "shoppers",
            include_str!("../migrations/0002_shoppers.sql"),
        ),
        migration(
            3,
            "orders by shop",
            include_str!("../migrations/0003_orders_by_shop.sql"),
        ),
        migration(
            4,
            "handoffs",
            include_str!("../migrations/0004_handoffs.sql"),
        ),
        migration(
            5,
            "refunding",
            include_str!("../migrations/0005_refunding.sql"),
        ),
        migration(6, "cases", include_str!("../migrations/0006_cases.sql")),
        migration(
            7,
            "evidence",
            include_str!("../migrations/0007_evidence.sql"),
        ),
        migration(
            8,
            "notifications",
            include_str!("../migrations/0008_notifications.sql"),
        ),
        migration(9, "staff", include_str!("../migrations/0009_staff.sql")),
        migration(
            10,
            "conversations",
            include_str!("../migrations/0010_conversations.sql"),
        ),
        migration(11, "work", include_str!("../migrations/0011_work.sql")),
        migration(15, "notes", include_str!("../migrations/0015_notes.sql")),
        migration(
            16,
            "policies",
            include_str!("../migrations/0016_policies.sql"),
        ),
        migration(
            17,
            "complaints",
            include_str!("../migrations/0017_complaints.sql"),
        ),
        migration(18, "guests", include_str!("../migrations/0018_guests.sql")),
        migration(19, "limits", include_str!("../migrations/0019_limits.sql")),
        migration(
            20,
            "replies",
            include_str!("../migrations/0020_replies.sql"),
        ),
        migration(
            21,
            "insight",
            include_str!("../migrations/0021_insight.sql"),
        ),
        migration(
            22,
            "finding",
            include_str!("../migrations/0022_finding.sql"),
        ),
        migration(23, "append only", dialect.append_only()),
    ])
    .run(pool)
    .await?;
    Ok(())
}

/// `sqlite://PATH` as sqlx reads it: what a URL cannot carry is percent-encoded.
fn sqlite_url(url: &str, missing: Missing) -> Result<String, StoreError> {
    let path = url.strip_prefix("sqlite://").unwrap_or(url);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if path.is_empty() || path == ":memory:" {
        return Err(StoreError::Unavailable(
            "sqlite:// needs the path of a file: each connection would have a memory of its own"
                .into(),
        ));
    }
    let mut encoded = String::from("sqlite://");
    for byte in path.bytes() {
        // `%` stays: a path may come encoded already.
        if byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded.push_str(match missing {
        Missing::Created => "?mode=rwc",
        Missing::Refused => "?mode=rw",
    });
    Ok(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_and_the_file_created_when_missing_unless_it_has_to_be_there() {
        assert_eq!(
            sqlite_url("sqlite://a b/订.db", Missing::Created).unwrap(),
            "sqlite://a%20b/%E8%AE%A2.db?mode=rwc"
        );
        assert_eq!(
            sqlite_url("sqlite:///var/lib/t.db?mode=ro", Missing::Created).unwrap(),
            "sqlite:///var/lib/t.db?mode=rwc"
        );
        assert_eq!(
            sqlite_url("sqlite://t.db", Missing::Refused).unwrap(),
            "sqlite://t.db?mode=rw"
        );
    }

    #[test]
    fn a_database_in_memory_is_refused() {
        assert!(sqlite_url("sqlite://:memory:", Missing::Created).is_err());
        assert!(sqlite_url("sqlite://", Missing::Created).is_err());
    }
}
