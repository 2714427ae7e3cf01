//! `tepai staff`: who may log in to the console, for whoever runs the server.

use std::path::Path;

use orders_domain::{Clock, Role, ShopId, StaffId, StaffMember};
use orders_store::{StaffChanges, StaffSecrets, Store};

use crate::config::{StaffArgs, StaffCommand};
use crate::password::Passwords;
use crate::shops::Shops;
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
    let url = &args.database.url;
    // Somebody may be taken on before the server was ever started; else a database that is not there is a wrong name.
    let store = match &args.command {
        StaffCommand::Add { .. } => Store::connect(url).await,
        StaffCommand::Change { .. }
        | StaffCommand::Reset { .. }
        | StaffCommand::Disable { .. }
        | StaffCommand::List => Store::connect_existing(url).await,
    };
    let store = store.map_err(|error| because(&error))?;
    let outcome = carry_out(&store, args, clock).await;
    store.close().await;
    outcome
}

async fn carry_out(store: &Store, args: StaffArgs, clock: &dyn Clock) -> Result<String, String> {
    let passwords = Passwords::new().map_err(|error| error.to_string())?;
    let policies = args.policy_dir.as_deref();
    match args.command {
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
                role: role_of(&role)?,
                shops: known_shops(policies, shops)?,
            };
            let (issued, secrets) = issue(&member.id, &passwords)
                .await
                .map_err(|error| error.to_string())?;
            let added = store.add_staff(&member, &secrets, clock.now()).await;
            added
                .map_err(|error| error.to_string())?
                .then(|| told(&member.id, &issued))
                .ok_or_else(|| {
                    format!("{id} is taken, or was: what they did is on record under it")
                })
        }
        StaffCommand::Change {
            id,
            name,
            role,
            shops,
            all_shops,
        } => {
            let id = StaffId(id);
            let changes = StaffChanges {
                name,
                role: role.as_deref().map(role_of).transpose()?,
                // No shop is all shops where they are kept, and that is never to be for want of a word.
                shops: match (all_shops, shops.is_empty()) {
                    (true, _) => Some(Vec::new()),
                    (false, true) => None,
                    (false, false) => Some(known_shops(policies, shops)?),
                },
            };
            if changes == StaffChanges::default() {
                return Err("say what changes: --name, --role, --shop or --all-shops".to_owned());
            }
            let known = store.change_staff(&id, &changes).await;
            known
                .map_err(|error| error.to_string())?
                .then(|| format!("{id} is changed, and logged out\n"))
                .ok_or_else(|| nobody(&id))
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

fn role_of(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| "a role is agent, supervisor or admin".to_owned())
}

/// The shops of those names, each of which has a policy: somebody of a mistyped shop would see nothing, and nobody would
/// know why.
fn known_shops(policies: Option<&Path>, names: Vec<String>) -> Result<Vec<ShopId>, String> {
    let all = match policies {
        Some(folder) => Shops::from_folder(folder),
        None => Shops::built_in(),
    };
    let all = all.map_err(|error| error.to_string())?;
    let shops: Vec<ShopId> = names.into_iter().map(ShopId).collect();
    match shops.iter().find(|shop| all.policy(shop).is_none()) {
        None => Ok(shops),
        Some(unknown) => {
            let known: Vec<&str> = all.policies().map(|policy| policy.shop.as_str()).collect();
            Err(format!(
                "there is no shop {unknown}, only {}; --policy-dir says where the server has its policies",
                known.join(", ")
            ))
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
