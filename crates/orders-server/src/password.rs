//! Passwords: Argon2id, a few at a time, and as slow for accounts that do not exist.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
pub use orders_domain::normal_login;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;

use crate::config::limits::PASSWORD_CHECKS;

/// Why a password could not be hashed or checked at all.
pub type PasswordError = Box<dyn std::error::Error + Send + Sync>;

/// Checks and hashes passwords off the async threads, at most [`PASSWORD_CHECKS`] at a time.
#[derive(Debug)]
pub struct Passwords {
    turns: Semaphore,
    /// The hash of no account's password, for log-ins that name no account.
    nobody: String,
}

/// The right to check one password now.
#[derive(Debug)]
pub struct Turn<'a> {
    _permit: SemaphorePermit<'a>,
    nobody: &'a str,
}

impl Passwords {
    /// Ready to check.
    ///
    /// # Errors
    /// When hashing does not work on this machine.
    pub fn new() -> Result<Self, PasswordError> {
        let random = crate::random::hex::<16>()?;
        Ok(Self {
            turns: Semaphore::new(PASSWORD_CHECKS),
            nobody: hash(&random)?,
        })
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// Never while the server runs.
    pub async fn turn(&self) -> Result<Turn<'_>, PasswordError> {
        Ok(Turn {
            _permit: self.turns.acquire().await?,
            nobody: &self.nobody,
        })
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let _turn = self.turns.acquire().await?;
        spawn_blocking(move || hash(&password)).await?
    }
}

impl Turn<'_> {
    /// Whether `password` is the one of `stored`. Takes as long without a stored hash, and says no.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn fits(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, PasswordError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_owned());
        let fits = spawn_blocking(move || -> Result<bool, PasswordError> {
            let stored = PasswordHash::new(&stored).map_err(|error| error.to_string())?;
            Ok(Argon2::default()
                .verify_password(password.as_bytes(), &stored)
                .is_ok())
        })
        .await??;
        Ok(fits && known)
    }
}

fn hash(password: &str) -> Result<String, PasswordError> {
    // One of the equally strong settings that OWASP recommends (46 MiB, one pass). Of these it is the one whose
    // memory goes back to the system after each check: glibc keeps blocks of up to 32 MiB for later.
    let params = Params::new(47_104, 1, 1, None).map_err(|error| error.to_string())?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(password.as_bytes())
        .map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::normal_login;

    #[test]
    fn a_log_in_name_is_compared_without_its_decoration() {
        for (typed, compared) in [
            (" Lin@Example.COM ", "lin@example.com"),
            ("138 0000 0001", "13800000001"),
            ("+86 138-0000-0001", "13800000001"),
            ("+44 20 7946 0000", "442079460000"),
            ("Somebody", "somebody"),
            ("", ""),
        ] {
            assert_eq!(normal_login(typed), compared, "{typed:?}");
        }
    }
}
