//! Words in each language. A catalogue names every text once, with all its translations side by
//! side, so that a missing one does not compile. Each feature has a catalogue of its own; what
//! several share is in [`common`], and what belongs to codes of the API is in [`codes`].

pub mod codes;
pub mod common;

pub use orders_api::Language as Lang;

use leptos::prelude::use_context;

/// Makes a catalogue: `name: "中文", "English";` becomes a field of `Words`, and `words()` gives the
/// catalogue in the language of the page that is being rendered. The console has catalogues like these.
#[macro_export]
macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        /// The texts of this catalogue, in one language.
        #[allow(missing_docs, reason = "a text is its own description")]
        pub struct Words { $($(#[$doc])* pub $name: &'static str,)* }

        static ZH_CN: Words = Words { $($name: $zh,)* };
        static EN: Words = Words { $($name: $en,)* };

        impl Words {
            /// The texts in `lang`.
            pub const fn of(lang: $crate::words::Lang) -> &'static Self {
                match lang {
                    $crate::words::Lang::ZhCn => &ZH_CN,
                    $crate::words::Lang::En => &EN,
                }
            }
        }

        /// The texts in the language of the page that is being rendered.
        pub fn words() -> &'static Words {
            Words::of($crate::words::use_lang())
        }

        #[cfg(test)]
        mod catalogue_tests {
            #[test]
            fn both_languages_fill_in_the_same_names() {
                $($crate::words::assert_same_names(stringify!($name), $zh, $en);)*
            }
        }
    };
}
pub use catalogue;

/// The language of the page that is being rendered; set once, at the root.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// `text` with each `{name}` replaced by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        let name = &from[1..close];
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&from[..=close]),
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    out
}

/// `one` for 1, else `other`, with `{n}` filled in. Chinese has one form for both.
pub fn count(one: &str, other: &str, n: i64) -> String {
    let text = if n == 1 { one } else { other };
    fill(text, &[("n", &n.to_string())])
}

/// The names in braces of a text, sorted.
fn names(text: &str) -> Vec<&str> {
    let mut names: Vec<_> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect();
    names.sort_unstable();
    names
}

/// What the tests of every catalogue ask of a text.
///
/// # Panics
/// When one language fills in a name that the other does not, or has no text.
pub fn assert_same_names(name: &str, zh: &str, en: &str) {
    assert_eq!(names(zh), names(en), "{name}");
    assert!(!zh.is_empty() && !en.is_empty(), "{name} is empty");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_once_and_never_read_as_names() {
        assert_eq!(
            fill("a {x} b {y}", &[("x", "{y}"), ("y", "2")]),
            "a {y} b 2"
        );
        assert_eq!(fill("no {such} name", &[]), "no {such} name");
        assert_eq!(fill("open {", &[("x", "1")]), "open {");
    }

    #[test]
    fn english_counts_have_two_forms() {
        let words = common::Words::of(Lang::En);
        assert_eq!(count(words.items_one, words.items_other, 1), "1 item");
        assert_eq!(count(words.items_one, words.items_other, 12), "12 items");
    }
}
