//! What changed elsewhere reaches the open page: server-sent events, and a fresh look whenever the
//! page comes back to the front or the network returns.

use leptos::prelude::*;
use orders_api::{EVENTS, OrderChanged};

use crate::browser::{self, Stream};
use crate::features::session::SessionState;
use crate::json;

/// What a page listens to.
#[derive(Clone, Copy)]
pub struct Live {
    /// The last change of an order, by anyone.
    pub changed: RwSignal<Option<OrderChanged>>,
    /// Grows whenever changes may have been missed: look again.
    pub missed: RwSignal<u32>,
    /// Whether the browser believes to be connected.
    pub online: RwSignal<bool>,
}

impl Live {
    /// Listens as long as somebody is logged in, and makes it available to every page.
    pub fn provide(session: SessionState) {
        let live = Self {
            changed: RwSignal::new(None),
            missed: RwSignal::new(0),
            online: RwSignal::new(browser::is_online()),
        };
        provide_context(live);

        let look_again = move || live.missed.update(|count| *count = count.wrapping_add(1));
        let listeners = StoredValue::new_local(
            browser::on_connection(move |online| {
                live.online.set(online);
                if online {
                    look_again();
                }
            })
            .into_iter()
            .chain(browser::on_return(look_again))
            .collect::<Vec<_>>(),
        );
        let stream = StoredValue::new_local(None::<Stream>);
        let logged_in = Memo::new(move |_| session.shopper.with(Option::is_some));
        Effect::new(move |_| {
            // `ready` comes with each connection; the first one follows a load that has just been made.
            let first = StoredValue::new(true);
            stream.set_value(
                logged_in
                    .get()
                    .then(|| {
                        Stream::open(EVENTS, &["ready", "order_changed"], move |name, data| {
                            match name {
                                "ready" if first.get_value() => first.set_value(false),
                                "ready" => look_again(),
                                _ => {
                                    if let Some(changed) = json::read(&data) {
                                        live.changed.set(Some(changed));
                                    }
                                }
                            }
                        })
                    })
                    .flatten(),
            );
        });
        on_cleanup(move || {
            stream.dispose();
            listeners.dispose();
        });
    }
}

/// The live connection; `None` where a view is rendered on its own.
pub fn use_live() -> Option<Live> {
    use_context::<Live>()
}
