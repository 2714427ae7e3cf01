//! Looking up one order without logging in: its number and a contact, then the code that was sent.

use leptos::prelude::*;
use orders_api::{GUEST_CODE_MINUTES, LinkedArticle};

use crate::features::session::{SessionState, contact_link, cover};
use crate::paths::{self, Page};
use crate::router::use_router;
use crate::shell::LanguageLinks;
use crate::start::set_title;
use crate::ui::{Button, ButtonKind, Notice, TextField, Tone};
use crate::words::{common, fill, use_lang};

use super::data::{LookUp, request_of};
use super::words::{Words, words};

/// The page.
#[component]
pub fn GuestPage() -> impl IntoView {
    let words = words();
    let lang = use_lang();
    let router = use_router();
    let session = expect_context::<SessionState>();
    let look_up = LookUp::new(lang, router);
    let title = common::Words::of(lang).page_title;
    set_title(&fill(title, &[("page", words.title)]));
    let ways = Memo::new(move |_| look_up.ways.get());
    let asked = Memo::new(move |_| router.page.with(|page| !request_of(page).is_empty()));
    let logged_in =
        move || session.shopper.with(Option::is_some) && session.guest.with(Option::is_none);
    view! {
        <div class="login">
            {cover(words.saying)}
            <main class="login-main" id="main" tabindex="-1">
                <div class="login-form">
                    {move || logged_in().then(|| view! {
                        <Notice tone=Tone::Info title=words.logged_in/>
                    })}
                    {move || {
                        let ways = ways.get();
                        if asked.get() {
                            code_view(words, look_up, router.page.with_untracked(Page::href)).into_any()
                        } else if ways.email || ways.phone {
                            ask_view(words, look_up).into_any()
                        } else {
                            none_view(words).into_any()
                        }
                    }}
                    <p class="login-other"><a href=paths::LOGIN>{common::Words::of(lang).log_in_for_all}</a></p>
                    {contact_link(common::Words::of(lang).contact)}
                    <nav class="login-foot" aria-label=common::words().language>
                        <LanguageLinks class=""/>
                    </nav>
                </div>
            </main>
        </div>
    }
}

/// Number and contact.
fn ask_view(words: &'static Words, look_up: LookUp) -> impl IntoView {
    let ways = look_up.ways.get_untracked();
    let (text, contact, kind, autocomplete) = match (ways.email, ways.phone) {
        (true, false) => (words.text_email, words.contact_email, "email", "email"),
        (false, true) => (words.text_phone, words.contact_phone, "tel", "tel"),
        _ => (words.text, words.contact, "text", "username"),
    };
    view! {
        <form
            class="login-step"
            method="post"
            action=paths::GUEST
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                look_up.ask();
            }
        >
            <h1 class="login-title">{words.title}</h1>
            <p class="login-text">{text}</p>
            {refusal(look_up)}
            <TextField id="number" label=words.number value=look_up.number error=look_up.number_error maxlength=64/>
            <TextField id="contact" label=contact value=look_up.contact error=look_up.contact_error kind autocomplete/>
            <Button kind=ButtonKind::Primary wide=true submit=true busy=look_up.busy>{words.ask}</Button>
        </form>
    }
}

/// The code.
fn code_view(words: &'static Words, look_up: LookUp, action: String) -> impl IntoView {
    // After a reload it is not known any more what was asked for.
    let known = move || look_up.number.with(|number| !number.is_empty());
    view! {
        <form
            class="login-step"
            method="post"
            action=action
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                look_up.see();
            }
        >
            <h1 class="login-title">{words.code_title}</h1>
            <p class="login-text">{fill(words.code_text, &[("n", &GUEST_CODE_MINUTES.to_string())])}</p>
            {refusal(look_up)}
            <TextField
                id="code"
                label=words.code
                value=look_up.code
                error=look_up.code_error
                autocomplete="one-time-code"
                inputmode="numeric"
                maxlength=12
            />
            <Button kind=ButtonKind::Primary wide=true submit=true busy=look_up.busy>{words.see}</Button>
            <p class="login-text" role="status">
                {move || look_up.again.get().then_some(words.again_sent)}
            </p>
            {move || match (known(), look_up.wait.get()) {
                (false, _) => ().into_any(),
                (true, 0) => view! {
                    <Button wide=true busy=look_up.busy press=Callback::new(move |()| look_up.ask())>
                        {words.again}
                    </Button>
                }.into_any(),
                (true, left) => view! {
                    <p class="login-text">{fill(words.again_in, &[("n", &left.to_string())])}</p>
                }.into_any(),
            }}
            <p class="login-other"><a href=paths::GUEST>{words.change}</a></p>
            <p class="login-other">
                <a href=paths::article(LinkedArticle::WithoutLogIn.code(), "")>{words.no_code}</a>
            </p>
        </form>
    }
}

/// No codes are sent here, and there are other ways.
fn none_view(words: &'static Words) -> impl IntoView {
    view! {
        <h1 class="login-title">{words.title}</h1>
        <Notice tone=Tone::Warn icon="warning" title=words.none_title>
            <p>{words.none_text}</p>
        </Notice>
        <p class="login-other"><a href=paths::HELP>{words.help}</a></p>
    }
}

fn refusal(look_up: LookUp) -> impl IntoView {
    move || {
        look_up.refusal.get().map(|text| {
            view! { <Notice tone=Tone::Danger icon="warning" title=text role="alert"/> }
        })
    }
}
