//! The bell, with its count.

use leptos::prelude::*;

use crate::paths;
use crate::ui::Icon;
use crate::words::common::words;
use crate::words::fill;

/// More than these are not counted one by one.
const COUNTED: i64 = 99;

/// The way to the notifications; its name says how many were not read.
#[component]
pub fn BellView(
    /// How many.
    #[prop(into)]
    unread: Signal<i64>,
    /// Whether this is their page.
    #[prop(into)]
    here: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let count = move || match unread.get() {
        ..1 => None,
        n @ 1..=COUNTED => Some(n.to_string()),
        _ => Some("99+".to_owned()),
    };
    let name = move || match count() {
        Some(n) => fill(words.notifications_unread, &[("n", &n)]),
        None => words.notifications.to_owned(),
    };
    view! {
        <a
            class="bell"
            href=paths::NOTIFICATIONS
            aria-label=name
            aria-current=move || here.get().then_some("page")
        >
            <Icon name="bell"/>
            {move || count().map(|n| view! { <span class="bell-count">{n}</span> })}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn render(lang: Lang, unread: i64) -> String {
        Owner::new().with(|| {
            provide_context(lang);
            let (unread, here) = (Signal::stored(unread), Signal::stored(false));
            view! { <BellView unread here/> }.to_html()
        })
    }

    #[test]
    fn the_bell_says_how_many_were_not_read_and_nothing_when_all_were() {
        for (unread, name, shown) in [
            (0, "\"通知\"", None),
            (1, "\"通知，1 条未读\"", Some(">1<")),
            (99, "\"通知，99 条未读\"", Some(">99<")),
            (100, "\"通知，99+ 条未读\"", Some(">99+<")),
        ] {
            let html = render(Lang::ZhCn, unread);
            assert!(html.contains(&format!("aria-label={name}")), "{html}");
            assert_eq!(html.contains("bell-count"), shown.is_some(), "{html}");
            assert!(html.contains(shown.unwrap_or("#icon-bell")), "{html}");
        }
        assert!(render(Lang::En, 3).contains("\"Notifications, 3 unread\""));
        assert!(!render(Lang::En, 3).contains("aria-current"));
    }
}
