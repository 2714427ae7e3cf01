//! The keys that work on every page, and the page's own: who is shown asks for them, and the list says what they do. Those
//! that are a single character can be turned off on this device (WCAG 2.1.4).

use leptos::prelude::*;
use storefront::browser::Memory;
use storefront::ui::Dialog;
use storefront::words::Lang;

use crate::browser::{self, Focus};
use crate::words::keys::Words;

/// Where it is kept that keys of one character are off.
const LETTERS: &str = "tepai-staff-letters";
const OFF: &str = "off";

/// What a page does with a key; true when it took care of it.
type Hear = Callback<(String, bool), bool>;

/// The page's own keys.
#[derive(Clone)]
struct Own {
    id: u64,
    hear: Hear,
    list: Vec<(&'static str, &'static str)>,
}

/// The keys of this app.
#[derive(Clone, Copy)]
pub struct KeyBoard {
    own: RwSignal<Vec<Own>>,
    shown: RwSignal<bool>,
    letters: RwSignal<bool>,
    given: StoredValue<u64>,
}

impl KeyBoard {
    /// Listens, and makes itself available to every page.
    pub fn provide() -> Self {
        let board = Self {
            own: RwSignal::new(Vec::new()),
            shown: RwSignal::new(false),
            letters: RwSignal::new(Memory::Device.get(LETTERS).as_deref() != Some(OFF)),
            given: StoredValue::new(0),
        };
        provide_context(board);
        let listener = browser::on_key(move |key, focus| board.hear(key, focus));
        let listener = StoredValue::new_local(listener);
        on_cleanup(move || listener.dispose());
        board
    }

    /// Has the page's keys heard by `hear`, which gets the key and whether a button or a link has the focus, for as long as
    /// the page is there. `list` says what they do.
    pub fn listen(
        self,
        list: Vec<(&'static str, &'static str)>,
        hear: impl Fn(&str, bool) -> bool + Send + Sync + 'static,
    ) {
        self.given.update_value(|given| *given += 1);
        let id = self.given.get_value();
        let hear = Callback::new(move |(key, acting): (String, bool)| hear(&key, acting));
        self.own.update(|own| own.push(Own { id, hear, list }));
        on_cleanup(move || {
            // The app may be gone before its page.
            let _gone = self.own.try_update(|own| own.retain(|one| one.id != id));
        });
    }

    fn hear(self, key: &str, focus: Focus) -> bool {
        if !is_heard(key, focus, self.letters.get_untracked()) {
            return false;
        }
        match key {
            "?" => {
                self.shown.set(true);
                return true;
            }
            "/" => {
                browser::focus("#search");
                return true;
            }
            _ => {}
        }
        let own = self.own.get_untracked();
        own.iter()
            .rev()
            .any(|one| one.hear.run((key.to_owned(), focus == Focus::Acting)))
    }

    /// The dialog that says what the keys do, when it was asked for.
    pub fn view(self, lang: Lang) -> impl IntoView {
        let words = Words::of(lang);
        let everywhere = vec![("/", words.search), ("?", words.this_list)];
        move || {
            self.shown.get().then(|| {
                let own = self.own.get_untracked();
                let lists = own.into_iter().rev().flat_map(|one| one.list);
                let rows: Vec<_> = lists
                    .chain(everywhere.clone())
                    .map(|(key, what)| {
                        view! {
                            <div class="key-row">
                                <dt><kbd class="key">{key}</kbd></dt>
                                <dd>{what}</dd>
                            </div>
                        }
                    })
                    .collect();
                view! {
                    <Dialog
                        title=Signal::stored(words.title.to_owned())
                        class="keys-dialog"
                        close=Callback::new(move |()| self.shown.set(false))
                    >
                        <div class="dialog-body">
                            <dl class="keys">{rows}</dl>
                            <label class="keys-letters">
                                <input
                                    type="checkbox"
                                    prop:checked=move || self.letters.get()
                                    on:change=move |event| self.turn_letters(event_target_checked(&event))
                                />
                                <span>{words.letters}</span>
                            </label>
                            <p class="hint">{words.letters_hint}</p>
                        </div>
                    </Dialog>
                }
            })
        }
    }

    /// Turns keys of one character on or off, from now on and on this device.
    fn turn_letters(self, on: bool) {
        self.letters.set(on);
        if on {
            Memory::Device.remove(LETTERS);
        } else {
            Memory::Device.set(LETTERS, OFF);
        }
    }

    /// Shows what the keys do.
    pub fn show(self) {
        self.shown.set(true);
    }
}

/// Whether a key is ours. Behind a dialog none is; who writes has all but those with a modifier for themselves; and without
/// `letters`, those of one character are nobody's.
fn is_heard(key: &str, focus: Focus, letters: bool) -> bool {
    let letter = key.chars().count() == 1;
    match focus {
        Focus::Asked => false,
        Focus::Writing => key.starts_with("Alt+"),
        Focus::Acting | Focus::Elsewhere => letters || !letter,
    }
}

/// The keys of this app.
pub fn use_keys() -> KeyBoard {
    expect_context::<KeyBoard>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_or_has_turned_them_off_is_not_disturbed_by_letters() {
        for (key, focus, letters, heard) in [
            ("j", Focus::Elsewhere, true, true),
            ("j", Focus::Acting, true, true),
            ("j", Focus::Elsewhere, false, false),
            ("?", Focus::Elsewhere, false, false),
            ("1", Focus::Elsewhere, false, false),
            ("Enter", Focus::Elsewhere, false, true),
            ("ArrowDown", Focus::Elsewhere, false, true),
            ("j", Focus::Writing, true, false),
            ("Escape", Focus::Writing, true, false),
            ("Alt+ArrowDown", Focus::Writing, true, true),
            ("Alt+ArrowDown", Focus::Writing, false, true),
            ("Alt+ArrowDown", Focus::Asked, true, false),
            ("j", Focus::Asked, true, false),
        ] {
            assert_eq!(
                is_heard(key, focus, letters),
                heard,
                "{key} {focus:?} {letters}"
            );
        }
    }
}
