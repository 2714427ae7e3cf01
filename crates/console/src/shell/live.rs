//! What changes in the shops reaches the open page: server-sent events, and a look each minute for where those are held up.
//! Nobody's session lives on by it: a page that was not touched for a while looks no more until it is.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use orders_api::{
    ConversationChanged, EnquiryChanged, NoteAdded, OrderChanged, STAFF_EVENTS, WorkChanged,
};
use serde::de::DeserializeOwned;

use crate::browser::{self, Interval, Stream, on_connection, on_return};
use crate::shell::{SessionState, Who};

/// How often the page looks again whatever it is told.
const LOOK_MS: i32 = 60_000;
/// How long after it was touched a page still looks by itself.
const IN_USE_S: i64 = 300;

/// What a page listens to.
#[derive(Clone, Copy)]
pub struct Live {
    /// The last entry of the queue that came, went, or came into other hands.
    pub work: RwSignal<Option<WorkChanged>>,
    /// The last change of an order.
    pub order: RwSignal<Option<OrderChanged>>,
    /// The last conversation in which something was said or done.
    pub conversation: RwSignal<Option<ConversationChanged>>,
    /// The last thing that something was noted about.
    pub note: RwSignal<Option<NoteAdded>>,
    /// The last thing about which a step of an enquiry was recorded.
    pub enquiry: RwSignal<Option<EnquiryChanged>>,
    /// Grows whenever something may have been missed: look again.
    pub missed: RwSignal<u32>,
    /// When the page was touched last, in seconds since 1970.
    touched: StoredValue<i64>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
}

impl Live {
    /// Listens as long as somebody is logged in, and makes it available to every page.
    pub fn provide(session: SessionState) -> Self {
        let live = Self {
            work: RwSignal::new(None),
            order: RwSignal::new(None),
            conversation: RwSignal::new(None),
            note: RwSignal::new(None),
            enquiry: RwSignal::new(None),
            missed: RwSignal::new(0),
            touched: StoredValue::new(browser::now_s()),
            stream: StoredValue::new_local(None),
        };
        provide_context(live);
        browser::on_sign_of_life(move || {
            let slept = !live.is_in_use();
            let _gone = live.touched.try_set_value(browser::now_s());
            if slept {
                live.look_again();
            }
        });
        let inside = Memo::new(move |_| {
            session
                .who
                .with(|who| matches!(who, Who::Somebody(_)))
                .then(|| session.again.get())
        });
        Effect::new(move |_| {
            let stream = inside.get().and_then(|_| live.listen());
            live.stream.set_value(stream);
        });
        let clock = Interval::new(LOOK_MS, move || {
            if browser::is_visible() && live.is_in_use() {
                live.look_again();
            }
        });
        let listeners = on_connection(move |online| {
            if online {
                live.look_again();
            }
        });
        let listeners = listeners.into_iter().chain(on_return(move || {
            live.look_again();
            browser::spawn(session.resume());
        }));
        let listeners: Vec<_> = listeners.collect();
        let kept = StoredValue::new_local((clock, listeners));
        on_cleanup(move || {
            kept.dispose();
            live.stream.dispose();
        });
        live
    }

    /// Opens the stream. Each connection begins with `ready`: what was before it was missed.
    fn listen(self) -> Option<Stream> {
        // The first one follows a load that has just been made, or is being made.
        let first = Rc::new(Cell::new(true));
        let names = [
            "ready",
            "work_changed",
            "order_changed",
            "conversation_changed",
            "note_added",
            "enquiry_changed",
        ];
        Stream::open(STAFF_EVENTS, &names, move |name, data| match name {
            "work_changed" => tell(self.work, &data),
            "order_changed" => tell(self.order, &data),
            "conversation_changed" => tell(self.conversation, &data),
            "note_added" => tell(self.note, &data),
            "enquiry_changed" => tell(self.enquiry, &data),
            _ if first.replace(false) => {}
            _ => self.look_again(),
        })
    }

    /// Whether the page was touched lately.
    pub fn is_in_use(self) -> bool {
        let touched = self.touched.try_get_value();
        touched.is_some_and(|touched| browser::now_s() - touched < IN_USE_S)
    }

    /// Something may have been missed. A stream that the browser has given up is opened anew.
    fn look_again(self) {
        let given_up = self.stream.try_with_value(|stream| {
            let stream = stream.as_ref();
            stream.is_some_and(Stream::is_given_up)
        });
        if given_up == Some(true) {
            self.stream.set_value(self.listen());
        }
        let _gone = self
            .missed
            .try_update(|times| *times = times.wrapping_add(1));
    }
}

/// What this console does not know yet, it does without.
fn tell<T: DeserializeOwned + Send + Sync + 'static>(to: RwSignal<Option<T>>, data: &str) {
    if let Ok(changed) = serde_json::from_str(data) {
        let _gone = to.try_set(Some(changed));
    }
}

/// What the pages of this app listen to.
pub fn use_live() -> Live {
    expect_context::<Live>()
}
