//! `tepai staff`: who may log in to the console, for whoever runs the server.

use orders_domain::{Clock, Role, ShopId, StaffId, StaffMember};
use orders_store::{StaffSecrets, Store, StoreError};

use crate::config::{StaffArgs, StaffCommand};
use crate::password::Passwords;
use crate::{random, totp};

/// What somebody logs in with, as it is told once.
struct Issued {
    /// The password.
    password: String,
    /// What their authenticator app reads.
    uri: String,
}

/// A new password and a new secret for `id`, and what is kept of them.
///
/// # Errors
/// When there is no randomness, or hashing fails.
async fn issue(
    id: &StaffId,
    passwords: &Passwords,
) -> Result<(Issued, StaffSecrets), Box<dyn std::error::Error + Send + Sync>> {
    let password = random::hex::<10>()?;
    let totp_secret = totp::new_secret()?;
    let issued = Issued {
        uri: totp::uri(&totp_secret, id),
        password: password.clone(),
    };
    let secrets = StaffSecrets {
        password_hash: passwords.hash(password).await?,
        totp_secret,
    };
    Ok((issued, secrets))
}

/// Carries a command out, and says what is to be told of it.
///
/// # Errors
/// In words, why it is not possible.
pub async fn run(args: StaffArgs, clock: &dyn Clock) -> Result<String, String> {
    let because = |error: &dyn std::fmt::Display| error.to_string();
    let store = Store::connect(&args.database_url)
        .await
        .map_err(|error| because(&error))?;
    let outcome = carry_out(&store, args.command, clock).await;
    store.close().await;
    outcome
}

async fn carry_out(
    store: &Store,
    command: StaffCommand,
    clock: &dyn Clock,
) -> Result<String, String> {
    let passwords = Passwords::new().map_err(|error| error.to_string())?;
    match command {
        StaffCommand::Add {
            id,
            name,
            role,
            shops,
        } => {
            let member = StaffMember {
                id: StaffId::parse(&id).ok_or(
                    "an id is up to 64 lower-case letters, digits, dots, dashes and underscores",
                )?,
                name,
                role: Role::from_code(&role).ok_or("a role is agent, supervisor or admin")?,
                shops: shops.into_iter().map(ShopId).collect(),
            };
            let (issued, secrets) = issue(&member.id, &passwords)
                .await
                .map_err(|error| error.to_string())?;
            store
                .add_staff(&member, &secrets, clock.now())
                .await
                .map_err(|error| match error {
                    StoreError::Conflict => {
                        format!("{id} is taken, or was: what they did is on record under it")
                    }
                    other => other.to_string(),
                })?;
            Ok(told(&member.id, &issued))
        }
        StaffCommand::Reset { id } => {
            let id = StaffId(id);
            let (issued, secrets) = issue(&id, &passwords)
                .await
                .map_err(|error| error.to_string())?;
            let known = store.reset_staff(&id, &secrets).await;
            known
                .map_err(|error| error.to_string())?
                .then(|| told(&id, &issued))
                .ok_or_else(|| nobody(&id))
        }
        StaffCommand::Disable { id } => {
            let id = StaffId(id);
            let known = store.disable_staff(&id, clock.now()).await;
            known
                .map_err(|error| error.to_string())?
                .then(|| format!("{id} is logged out and cannot log in any more\n"))
                .ok_or_else(|| nobody(&id))
        }
        StaffCommand::List => {
            let all = store.staff().await.map_err(|error| error.to_string())?;
            Ok(all.iter().fold(String::new(), |text, account| {
                let member = &account.member;
                let shops: Vec<&str> = member.shops.iter().map(ShopId::as_str).collect();
                let shops = if shops.is_empty() {
                    "all shops".to_owned()
                } else {
                    shops.join(",")
                };
                let disabled = account.disabled_at.map_or("", |_| "\tdisabled");
                let (id, role, name) = (&member.id, member.role.code(), &member.name);
                text + &format!("{id}\t{role}\t{shops}\t{name}{disabled}\n")
            }))
        }
    }
}

fn told(id: &StaffId, issued: &Issued) -> String {
    let Issued { password, uri } = issued;
    format!("log-in:   {id}\npassword: {password}\ncodes:    {uri}\nThis is not shown again.\n")
}

fn nobody(id: &StaffId) -> String {
    format!("there is nobody of the id {id}")
}
