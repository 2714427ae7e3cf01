//! Logging in to the console and out, and who is there.

pub mod current;
pub mod log_in;
pub mod log_out;

use orders_api::{Person, Shop, StaffSession};
use orders_domain::{Language, StaffMember};

use crate::state::App;

/// Who of the staff it is, on the wire.
fn to_wire(app: &App, member: &StaffMember, language: Language) -> StaffSession {
    StaffSession {
        staff: Person {
            id: member.id.0.clone(),
            name: member.name.clone(),
        },
        role: member.role,
        permissions: member.role.permissions(),
        shops: app
            .shops
            .policies()
            .filter(|policy| member.sees(&policy.shop))
            .map(|policy| Shop {
                id: policy.shop.0.clone(),
                name: policy.name.get(language).to_owned(),
            })
            .collect(),
    }
}
