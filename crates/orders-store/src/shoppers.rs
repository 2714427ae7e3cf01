//! Shoppers and what they log in with.

use orders_domain::ShopperId;

use crate::rows::{clean, get, storable};
use crate::{Store, StoreError};

/// A shopper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shopper {
    /// Whose orders they are.
    pub id: ShopperId,
    /// What to call them.
    pub display_name: String,
}

/// A shopper and the hash that a password is checked against.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose.
    pub shopper: Shopper,
    /// The password's hash, in PHC form.
    pub password_hash: String,
}

impl std::fmt::Debug for Credentials {
    // The hash stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("shopper", &self.shopper)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Creates a shopper, or puts name, password and log-ins in place of what they were.
    /// Log-ins are e-mail addresses and telephone numbers; case and surrounding space do not matter.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a log-in belongs to another shopper, [`StoreError::Unavailable`].
    pub async fn put_shopper(
        &self,
        credentials: &Credentials,
        logins: &[&str],
    ) -> Result<(), StoreError> {
        let Credentials {
            shopper,
            password_hash,
        } = credentials;
        let mut tx = self.begin_write().await?;
        sqlx::query(
            "INSERT INTO shoppers (id, display_name, password_hash) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, \
             password_hash = excluded.password_hash",
        )
        .bind(shopper.id.as_str())
        .bind(clean(&shopper.display_name))
        .bind(password_hash.as_str())
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM logins WHERE shopper = $1")
            .bind(shopper.id.as_str())
            .execute(&mut *tx)
            .await?;
        for login in logins {
            sqlx::query("INSERT INTO logins (login, shopper) VALUES ($1, $2)")
                .bind(clean(&normal(login)))
                .bind(shopper.id.as_str())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The shopper of that id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn credentials_of(&self, id: &ShopperId) -> Result<Option<Credentials>, StoreError> {
        let row = sqlx::query("SELECT id, display_name, password_hash FROM shoppers WHERE id = $1")
            .bind(clean(id.as_str()))
            .fetch_optional(&self.inner.reads)
            .await?;
        row.map(|row| credentials(&row)).transpose()
    }

    /// Who logs in with `login`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn shopper_by_login(&self, login: &str) -> Result<Option<Credentials>, StoreError> {
        if !storable(login) {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT shoppers.id, display_name, password_hash FROM logins \
             JOIN shoppers ON shoppers.id = logins.shopper WHERE login = $1",
        )
        .bind(normal(login))
        .fetch_optional(&self.inner.reads)
        .await?;
        row.map(|row| credentials(&row)).transpose()
    }
}

fn credentials(row: &sqlx::any::AnyRow) -> Result<Credentials, StoreError> {
    Ok(Credentials {
        shopper: Shopper {
            id: ShopperId(get(row, "id")?),
            display_name: get(row, "display_name")?,
        },
        password_hash: get(row, "password_hash")?,
    })
}

/// A log-in as it is stored.
fn normal(login: &str) -> String {
    login.trim().to_lowercase()
}
