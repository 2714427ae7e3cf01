//! Correcting where the order goes, when that is what it waits for (S1).

use leptos::prelude::*;
use orders_api::{Address, AddressField, OrderDetail, Problem, Topic, field_codes};

use crate::browser;
use crate::features::support::person_below;
use crate::paths::{self, SupportQuery};
use crate::start::Form;
use crate::ui::{Button, ButtonKind, FormKey, Notice, TextField, Tone};
use crate::words::Lang;

use super::words::Words;

const FIELDS: [AddressField; 4] = [
    AddressField::Recipient,
    AddressField::Phone,
    AddressField::Region,
    AddressField::Street,
];

/// What is wrong with a field; holds as long as the field says what it said then.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    field: AddressField,
    code: String,
    value: String,
}

/// What is filled in.
#[derive(Clone, Copy)]
pub struct AddressForm {
    values: [RwSignal<String>; 4],
    wrong: RwSignal<Vec<Wrong>>,
    missing: RwSignal<Vec<AddressField>>,
    /// All fields are shown, not only those that are missing.
    all: RwSignal<bool>,
    /// The server is being asked.
    pub busy: RwSignal<bool>,
    /// Why it did not work, when no field is to blame.
    pub error: RwSignal<Option<String>>,
}

const fn place(field: AddressField) -> usize {
    match field {
        AddressField::Recipient => 0,
        AddressField::Phone => 1,
        AddressField::Region => 2,
        AddressField::Street => 3,
    }
}

impl AddressForm {
    /// An empty form.
    pub fn new() -> Self {
        Self {
            values: std::array::from_fn(|_| RwSignal::new(String::new())),
            wrong: RwSignal::new(Vec::new()),
            missing: RwSignal::new(Vec::new()),
            all: RwSignal::new(false),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    /// Fills it with what the order has; what is missing or wrong is marked.
    pub fn fill(self, order: &OrderDetail) {
        let address = order.address.clone().unwrap_or_default();
        let missing = order
            .pending
            .as_ref()
            .map(|pending| pending.missing.clone())
            .unwrap_or_default();
        self.value(AddressField::Recipient).set(address.recipient);
        self.value(AddressField::Phone).set(address.phone);
        self.value(AddressField::Region).set(address.region);
        self.value(AddressField::Street).set(address.street);
        self.mark(missing.iter().map(|field| (*field, String::new())));
        self.all.set(missing.is_empty());
        self.missing.set(missing);
    }

    /// Takes what the form was sent with, without the app, and whether it asked for all fields.
    pub fn refill(self, sent: &Form) {
        for (field, name) in FIELDS
            .into_iter()
            .zip(["recipient", "phone", "region", "street"])
        {
            if let Some(text) = sent.field(name) {
                self.value(field).set(text.to_owned());
            }
        }
        if sent.field("all").is_some() {
            self.all.set(true);
        }
    }

    fn value(self, field: AddressField) -> RwSignal<String> {
        self.values[place(field)]
    }

    fn text(self, field: AddressField) -> String {
        self.value(field)
            .with_untracked(|text| text.trim().to_owned())
    }

    fn mark(self, wrong: impl Iterator<Item = (AddressField, String)>) {
        let wrong = wrong
            .map(|(field, code)| Wrong {
                field,
                code,
                value: self.value(field).get_untracked(),
            })
            .collect();
        self.wrong.set(wrong);
    }

    /// What is filled in, when nothing is empty; else what is empty is marked.
    pub fn complete(self) -> Option<Address> {
        self.error.set(None);
        let empty: Vec<_> = FIELDS
            .into_iter()
            .filter(|field| self.text(*field).is_empty())
            .collect();
        self.mark(
            empty
                .iter()
                .map(|field| (*field, field_codes::REQUIRED.to_owned())),
        );
        if !empty.is_empty() {
            self.show(&empty);
            return None;
        }
        Some(Address {
            recipient: self.text(AddressField::Recipient),
            phone: self.text(AddressField::Phone),
            region: self.text(AddressField::Region),
            street: self.text(AddressField::Street),
        })
    }

    fn show(self, fields: &[AddressField]) {
        let hidden = self
            .missing
            .with_untracked(|missing| fields.iter().any(|field| !missing.contains(field)));
        if hidden {
            self.all.set(true);
        }
    }

    /// Marks what the server found wrong; false when no field is to blame.
    pub fn refuse(self, problem: &Problem) -> bool {
        let wrong: Vec<_> = problem
            .errors
            .iter()
            .filter_map(|(name, code)| {
                let name = name.rsplit('.').next().unwrap_or(name);
                AddressField::from_code(name).map(|field| (field, code.clone()))
            })
            .collect();
        let fields: Vec<_> = wrong.iter().map(|(field, _)| *field).collect();
        self.show(&fields);
        self.mark(wrong.into_iter());
        !fields.is_empty()
    }

    fn problem(self, lang: Lang, field: AddressField) -> Option<String> {
        let words = Words::of(lang);
        let value = self.value(field).get();
        self.wrong.with(|wrong| {
            let wrong = wrong
                .iter()
                .find(|wrong| wrong.field == field && wrong.value == value)?;
            let text = match wrong.code.as_str() {
                "" | field_codes::REQUIRED if value.trim().is_empty() => words.field_required,
                "" => words.field_check,
                field_codes::TOO_LONG => words.field_long,
                _ => words.field_invalid,
            };
            Some(text.to_owned())
        })
    }
}

/// The form: asks for what is missing, and lets all of it be corrected.
#[component]
pub fn AddressView(
    /// The language.
    lang: Lang,
    /// The order.
    id: String,
    /// The key of the form.
    key: StoredValue<Option<String>>,
    /// What is filled in.
    form: AddressForm,
    /// Save it.
    save: Callback<()>,
) -> impl IntoView {
    let words = Words::of(lang);
    let about = StoredValue::new(SupportQuery::of_order(&id, Topic::Address));
    let shown = move |field: AddressField| {
        form.all.get() || form.missing.with(|missing| missing.contains(&field))
    };
    let field = move |field: AddressField| {
        let (id, label, kind, autocomplete, wide) = match field {
            AddressField::Recipient => ("recipient", words.recipient, "text", "name", false),
            AddressField::Phone => ("phone", words.phone, "tel", "tel", false),
            AddressField::Region => ("region", words.region, "text", "address-level1", true),
            AddressField::Street => ("street", words.street, "text", "street-address", true),
        };
        let error = Signal::derive(move || form.problem(lang, field));
        let visible = Memo::new(move |_| shown(field));
        move || {
            if browser::ON_SERVER && !visible.get() {
                // Sent all the same: an address is whole.
                let value = form.value(field).get();
                return Some(view! { <input type="hidden" name=id value=value/> }.into_any());
            }
            visible.get().then(|| {
                view! {
                    <TextField id label value=form.value(field) error kind autocomplete wide/>
                }
                .into_any()
            })
        }
    };
    view! {
        <section class="panel" aria-labelledby="address-title">
            <div class="panel-head">
                <h2 class="panel-title" id="address-title">{words.address_title}</h2>
            </div>
            <form
                class="address-form"
                method="post"
                action=paths::address(&id)
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    save.run(());
                }
            >
                <FormKey key=key.get_value()/>
                <p class="order-meaning" data-wide="">{words.address_text}</p>
                {move || form.error.get().map(|text| view! {
                    <div data-wide="">
                        <Notice tone=Tone::Danger icon="warning" title=text role="alert">
                            {about.with_value(|about| person_below(lang, about))}
                        </Notice>
                    </div>
                })}
                {FIELDS.map(field).into_iter().collect_view()}
                <div class="notice-actions" data-wide="">
                    <Button kind=ButtonKind::Primary submit=true busy=form.busy>{words.save}</Button>
                    {move || (!form.all.get()).then(|| if browser::ON_SERVER {
                        view! {
                            <a class="button" data-kind="plain" href="?all=1">{words.address_more}</a>
                        }
                        .into_any()
                    } else {
                        view! {
                            <Button kind=ButtonKind::Plain press=move |()| form.all.set(true)>
                                {words.address_more}
                            </Button>
                        }
                        .into_any()
                    })}
                </div>
            </form>
        </section>
    }
}
