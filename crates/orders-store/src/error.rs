//! What can go wrong in the store, as the four things a caller can do something about.

use crate::dialect::Dialect;

/// Why the store could not do what it was asked to.
#[derive(Debug)]
pub enum StoreError {
    /// Other changes were faster, several times over. Nothing was written; try again.
    Conflict,
    /// A row does not say what it should. Names the row and what is wrong with it.
    Corrupt(String),
    /// The database cannot be reached or refused to work.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// A list was asked to go on from a cursor that no list gave out.
    InvalidCursor,
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Conflict => f.write_str("other changes were faster"),
            Self::Corrupt(what) => write!(f, "the database holds something unreadable: {what}"),
            Self::Unavailable(source) => write!(f, "the database is not available: {source}"),
            Self::InvalidCursor => f.write_str("the cursor is not one of ours"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(source) => Some(source.as_ref()),
            Self::Conflict | Self::Corrupt(_) | Self::InvalidCursor => None,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database)
                if database.is_unique_violation()
                    || database
                        .code()
                        .is_some_and(|code| Dialect::is_contention(&code)) =>
            {
                Self::Conflict
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt(error.to_string())
            }
            _ => Self::Unavailable(Box::new(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}
