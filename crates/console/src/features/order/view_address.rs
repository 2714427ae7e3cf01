//! Who the shopper is and where the order goes.

use leptos::prelude::*;
use orders_api::{AddressField, OrderDetail, ShopperForStaff};
use storefront::ui::fact;
use storefront::words::Lang;

use super::words::Words;

/// Who they are and how to reach them.
pub fn shopper_view(lang: Lang, shopper: &ShopperForStaff) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let name = if shopper.name.is_empty() {
        words.unnamed.to_owned()
    } else {
        shopper.name.clone()
    };
    let logins = shopper.logins.iter().cloned();
    let logins: Vec<_> = logins
        .map(|login| {
            let kind = if login.contains('@') { "mailto" } else { "tel" };
            let href = format!("{kind}:{login}");
            view! { <li><a class="number" href=href>{login}</a></li> }
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="shopper">
            <h2 id="shopper">{words.shopper}</h2>
            <p>{name}</p>
            <ul>{logins}</ul>
        </section>
    }
}

/// Where it goes, and with whom.
pub fn goes_to_view(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let address = match &order.address {
        Some(address) => view! {
            <p>{address.recipient.clone()} " " <span class="number">{address.phone.clone()}</span></p>
            <p>{address.region.clone()} " " {address.street.clone()}</p>
        }
        .into_any(),
        None => view! { <p class="hint">{words.digital}</p> }.into_any(),
    };
    let parcel = order.parcel.as_ref().map(|parcel| {
        let number = parcel.tracking_number.clone();
        fact(
            words.parcel,
            view! {
                <dd class="fact-value">{parcel.courier.clone()} " " <span class="number">{number}</span></dd>
            },
        )
    });
    view! {
        <section class="panel" aria-labelledby="goes-to">
            <h2 id="goes-to">{words.goes_to}</h2>
            {address}
            {parcel.map(|parcel| view! { <dl class="facts">{parcel}</dl> })}
        </section>
    }
}

/// What a field of an address is called.
pub const fn field_name(lang: Lang, field: AddressField) -> &'static str {
    let words = Words::of(lang);
    match field {
        AddressField::Recipient => words.recipient,
        AddressField::Phone => words.phone,
        AddressField::Region => words.region,
        AddressField::Street => words.street,
    }
}
