//! The people of the shop who log in to the console.

use orders_domain::{Instant, Role, ShopId, StaffId, StaffMember};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::rows::{clean, get, instant, storable, to_json};
use crate::{Store, StoreError};

/// The columns that [`member`] reads.
macro_rules! member_columns {
    () => {
        "id, name, role, shops"
    };
}

/// What somebody of the staff logs in with.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffSecrets {
    /// The password's hash, in PHC form.
    pub password_hash: String,
    /// What their authenticator app makes its codes of, in Base32.
    pub totp_secret: String,
}

impl std::fmt::Debug for StaffSecrets {
    // They stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffSecrets").finish_non_exhaustive()
    }
}

/// What is to be another with somebody of the staff; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffChanges {
    /// What to call them.
    pub name: Option<String>,
    /// What they are there for.
    pub role: Option<Role>,
    /// The shops whose orders they see; all when empty.
    pub shops: Option<Vec<ShopId>>,
}

/// Somebody of the staff, as those see them who say who the staff are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAccount {
    /// Who.
    pub member: StaffMember,
    /// When they were taken on.
    pub created_at: Instant,
    /// Since when they cannot log in; `None` while they can.
    pub disabled_at: Option<Instant>,
}

impl Store {
    /// Takes somebody on. `false` when the id is or was somebody's: what they did is on record under it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster, [`StoreError::Unavailable`].
    pub async fn add_staff(
        &self,
        member: &StaffMember,
        secrets: &StaffSecrets,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO staff (id, name, role, shops, password_hash, totp_secret, totp_step, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (id) DO NOTHING",
        )
        .bind(member.id.as_str())
        .bind(clean(&member.name))
        .bind(member.role.code())
        .bind(to_json(&member.shops)?)
        .bind(secrets.password_hash.as_str())
        .bind(secrets.totp_secret.as_str())
        .bind(now.timestamp_millis())
        .execute(&self.inner.writes)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Changes what is known of somebody, and ends all their sessions: what they may do is another from now on. `false`
    /// when there is nobody of that id.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster, [`StoreError::Unavailable`].
    pub async fn change_staff(
        &self,
        id: &StaffId,
        changes: &StaffChanges,
    ) -> Result<bool, StoreError> {
        let shops = changes.shops.as_ref().map(to_json).transpose()?;
        let mut tx = self.begin_write().await?;
        let done = sqlx::query(
            "UPDATE staff SET name = COALESCE($1, name), role = COALESCE($2, role), \
             shops = COALESCE($3, shops) WHERE id = $4",
        )
        .bind(changes.name.as_deref().map(clean))
        .bind(changes.role.map(Role::code))
        .bind(shops)
        .bind(clean(id.as_str()))
        .execute(&mut *tx)
        .await?;
        end_sessions(&mut tx, id).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives somebody a new password and a new secret, lets them in again if they were disabled, and ends all their
    /// sessions. `false` when there is nobody of that id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn reset_staff(
        &self,
        id: &StaffId,
        secrets: &StaffSecrets,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_write().await?;
        let done = sqlx::query(
            "UPDATE staff SET password_hash = $1, totp_secret = $2, totp_step = 0, disabled_at = NULL \
             WHERE id = $3",
        )
        .bind(secrets.password_hash.as_str())
        .bind(secrets.totp_secret.as_str())
        .bind(clean(id.as_str()))
        .execute(&mut *tx)
        .await?;
        end_sessions(&mut tx, id).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps somebody from logging in, and ends all their sessions. `false` when there is nobody of that id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn disable_staff(&self, id: &StaffId, now: Instant) -> Result<bool, StoreError> {
        let mut tx = self.begin_write().await?;
        let done =
            sqlx::query("UPDATE staff SET disabled_at = COALESCE(disabled_at, $1) WHERE id = $2")
                .bind(now.timestamp_millis())
                .bind(clean(id.as_str()))
                .execute(&mut *tx)
                .await?;
        end_sessions(&mut tx, id).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Who logs in with `login`, whatever its case, and what has to fit. Nobody who is disabled.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn staff_by_login(
        &self,
        login: &str,
    ) -> Result<Option<(StaffMember, StaffSecrets)>, StoreError> {
        if !storable(login) {
            return Ok(None);
        }
        let row = sqlx::query(concat!(
            "SELECT ",
            member_columns!(),
            ", password_hash, totp_secret FROM staff WHERE id = $1 AND disabled_at IS NULL"
        ))
        .bind(login.trim().to_lowercase())
        .fetch_optional(&self.inner.reads)
        .await?;
        row.map(|row| {
            let secrets = StaffSecrets {
                password_hash: get(&row, "password_hash")?,
                totp_secret: get(&row, "totp_secret")?,
            };
            Ok((member(&row)?, secrets))
        })
        .transpose()
    }

    /// Everybody who is or was of the staff, by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn staff(&self) -> Result<Vec<StaffAccount>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            member_columns!(),
            ", created_at, disabled_at FROM staff ORDER BY id"
        ))
        .fetch_all(&self.inner.reads)
        .await?;
        rows.iter()
            .map(|row| {
                let member = member(row)?;
                let created_at = instant(get(row, "created_at")?);
                Ok(StaffAccount {
                    created_at: created_at.ok_or_else(|| corrupt(&member.id, "created_at"))?,
                    disabled_at: get::<Option<i64>>(row, "disabled_at")?.and_then(instant),
                    member,
                })
            })
            .collect()
    }
}

/// Somebody, from the columns `member_columns!`.
pub(crate) fn member(row: &AnyRow) -> Result<StaffMember, StoreError> {
    let id = StaffId(get(row, "id")?);
    let role: String = get(row, "role")?;
    let shops: String = get(row, "shops")?;
    let shops: Option<Vec<ShopId>> = serde_json::from_str(&shops).ok();
    Ok(StaffMember {
        name: get(row, "name")?,
        role: Role::from_code(&role).ok_or_else(|| corrupt(&id, "role"))?,
        // Not read as "all": a damaged row must not open more than it did.
        shops: shops.ok_or_else(|| corrupt(&id, "shops"))?,
        id,
    })
}

async fn end_sessions(tx: &mut Transaction<'static, Any>, id: &StaffId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_sessions WHERE staff = $1")
        .bind(clean(id.as_str()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn corrupt(id: &StaffId, what: &str) -> StoreError {
    StoreError::Corrupt(format!("staff {id}: {what} is no known value"))
}
