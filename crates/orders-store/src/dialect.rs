//! Every difference between SQLite and PostgreSQL that the rest of the store has to know.

/// Which database the URL asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Dialect {
    /// The dialect that a URL asks for.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let (scheme, _) = url.split_once("://")?;
        match scheme {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }

    /// Begins a transaction that reads one snapshot.
    pub(crate) const fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Begins a transaction that writes. SQLite takes the write lock at once: a transaction that reads first
    /// and writes later is refused when another wrote in between, whatever the time-out.
    pub(crate) const fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Ends a `SELECT` so that those who want to change the same row queue behind us.
    /// SQLite's write lock has that effect already.
    pub(crate) const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// Ends a `SELECT` so that rows which another has taken up already are passed over.
    /// On SQLite there is only one writer at a time.
    pub(crate) const fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// What a new connection for reading is told.
    pub(crate) const fn on_connect_to_read(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 5000",
                "PRAGMA query_only = ON",
                "PRAGMA cache_size = -1024",
            ],
            Self::Postgres => &[],
        }
    }

    /// What a new connection for writing is told. With WAL readers do not wait for writers. `FULL`, because a cancel
    /// whose refund the provider has taken must not be forgotten when the power fails.
    pub(crate) const fn on_connect_to_write(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 5000",
                // Before anything is written. Twice the usual size: the inner pages of the trees over a
                // million orders then fit into a reader's cache, and a list costs what it costs over a few.
                "PRAGMA page_size = 8192",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA cache_size = -8192",
                "PRAGMA journal_size_limit = 67108864",
            ],
            Self::Postgres => &[],
        }
    }

    /// Brings the planner's statistics up to date after many rows came in, and gives memory back.
    pub(crate) const fn settle(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA analysis_limit = 400",
                "ANALYZE",
                "PRAGMA shrink_memory",
            ],
            // The visibility map is what lets counts be read from an index alone.
            Self::Postgres => &[
                "VACUUM (ANALYZE) orders, timeline, refunds, cases, notifications, conversations, messages, work",
            ],
        }
    }

    /// The migration that lets nobody change or delete rows of the trail. Triggers have no common language.
    pub(crate) const fn append_only(self) -> &'static str {
        match self {
            Self::Sqlite => include_str!("../migrations/0023_append_only.sqlite.sql"),
            Self::Postgres => include_str!("../migrations/0023_append_only.postgres.sql"),
        }
    }

    /// Whether an error code says that another transaction was in the way, so that trying again may succeed.
    pub(crate) fn is_contention(code: &str) -> bool {
        match code {
            // PostgreSQL: serialization failure, deadlock, lock not available.
            "40001" | "40P01" | "55P03" => true,
            // SQLite: BUSY (5) and LOCKED (6), with their extended codes in the higher bytes.
            _ => code
                .parse::<u32>()
                .is_ok_and(|code| code < 10_000 && matches!(code & 0xff, 5 | 6)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contention_is_told_from_other_errors() {
        for (code, expected) in [
            ("5", true),
            ("261", true),
            ("517", true),
            ("6", true),
            ("2067", false),
            ("1", false),
            ("40001", true),
            ("40P01", true),
            ("23505", false),
            ("42601", false),
        ] {
            assert_eq!(Dialect::is_contention(code), expected, "{code}");
        }
    }

    #[test]
    fn the_url_chooses_the_database() {
        assert_eq!(Dialect::of_url("sqlite://a.db"), Some(Dialect::Sqlite));
        assert_eq!(Dialect::of_url("postgres://h/d"), Some(Dialect::Postgres));
        assert_eq!(Dialect::of_url("mysql://h/d"), None);
        assert_eq!(Dialect::of_url("tepai.db"), None);
    }
}
