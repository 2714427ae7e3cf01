//! Sessions of the staff, without the log-in.

use chrono::TimeDelta;
use orders_domain::{Instant, Role, StaffId, StaffMember};
use orders_store::{StaffSecrets, StaffTerm, Store};

use crate::Outcome;
use crate::fill::hashed;

/// The token of a new session of somebody of the staff, an agent of all shops, with this number.
pub async fn session(store: &Store, index: usize, now: Instant) -> Outcome<String> {
    let id = StaffId(format!("bench{index:03}"));
    // Nobody logs in with them here.
    let secrets = StaffSecrets {
        password_hash: "none".to_owned(),
        totp_secret: "none".to_owned(),
    };
    let member = StaffMember {
        id: id.clone(),
        name: format!("Agent {index}"),
        role: Role::Agent,
        shops: Vec::new(),
    };
    store.add_staff(&member, &secrets, now).await?;
    let step = now.timestamp_micros();
    let token = format!(
        "{:064x}",
        step as u128 * 1_000_000 + 500_000 + index as u128
    );
    let term = StaffTerm {
        idle: TimeDelta::hours(1),
        longest: TimeDelta::hours(1),
    };
    let begun = store
        .begin_staff_session(&id, &secrets, step, &hashed(&token), now, term)
        .await?;
    if !begun {
        return Err("a session of the staff did not begin".into());
    }
    Ok(token)
}
