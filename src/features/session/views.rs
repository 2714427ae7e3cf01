//! The fields of logging in, shared by the page and the prompt.

use leptos::prelude::*;
use orders_api::LogIn;

use crate::ui::{Icon, Notice, Tone};

use super::words::words;

/// What is filled in.
#[derive(Clone, Copy)]
pub struct LogInForm {
    login: RwSignal<String>,
    password: RwSignal<String>,
    tried: RwSignal<bool>,
}

impl LogInForm {
    /// An empty form.
    pub fn new() -> Self {
        Self {
            login: RwSignal::new(String::new()),
            password: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
        }
    }

    /// What is filled in, when it is complete; else the form shows what is missing.
    pub fn complete(self) -> Option<LogIn> {
        self.tried.set(true);
        let login = self.login.get_untracked().trim().to_owned();
        let password = self.password.get_untracked();
        (!login.is_empty() && !password.is_empty()).then_some(LogIn { login, password })
    }

    /// Takes a login that was filled in before.
    pub fn refill(self, login: &str) {
        self.login.set(login.to_owned());
    }

    /// Forgets the password, as after a wrong one.
    pub fn forget_password(self) {
        self.password.set(String::new());
        self.tried.set(false);
    }
}

/// Login and password.
#[component]
pub fn LogInFields(
    /// What is filled in.
    form: LogInForm,
    /// What the server said.
    #[prop(into)]
    refusal: Signal<Option<String>>,
) -> impl IntoView {
    let words = words();
    let shown = RwSignal::new(false);
    let login_missing = move || form.tried.get() && form.login.with(|text| text.trim().is_empty());
    let password_missing = move || form.tried.get() && form.password.with(String::is_empty);
    view! {
        {move || refusal.get().map(|text| view! {
            <Notice tone=Tone::Danger icon="warning" title=text role="alert"/>
        })}
        <div class="field">
            <label class="field-label" for="login">{words.login}</label>
            <input
                class="field-input"
                id="login"
                name="login"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=move || login_missing().then_some("true")
                aria-describedby=move || login_missing().then_some("login-error")
                value=form.login.get_untracked()
                prop:value=move || form.login.get()
                on:input=move |event| form.login.set(event_target_value(&event))
            />
            {move || login_missing().then(|| view! {
                <p class="field-error" id="login-error">{words.login_required}</p>
            })}
        </div>
        <div class="field">
            <label class="field-label" for="password">{words.password}</label>
            <div class="field-box">
                <input
                    class="field-input"
                    id="password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="current-password"
                    aria-invalid=move || password_missing().then_some("true")
                    aria-describedby=move || password_missing().then_some("password-error")
                    prop:value=move || form.password.get()
                    on:input=move |event| form.password.set(event_target_value(&event))
                />
                <button
                    class="icon-button needs-app"
                    type="button"
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    aria-label=words.show_password
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="eye"/>
                </button>
            </div>
            {move || password_missing().then(|| view! {
                <p class="field-error" id="password-error">{words.password_required}</p>
            })}
        </div>
    }
}
