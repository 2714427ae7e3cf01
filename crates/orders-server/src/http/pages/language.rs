//! In which language a page is written.

use axum::http::{HeaderMap, HeaderValue, header};
use orders_api::Language;

use crate::http::context::Context;

/// What was chosen stays chosen for a year.
const AGE_SECONDS: u32 = 31_536_000;
const COOKIE: &str = "tepai_language";

/// Asked for in the URL (then `Some`, to be remembered), else chosen earlier, else the browser's.
pub fn of(headers: &HeaderMap, search: &str) -> (Language, Option<()>) {
    let asked = search
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(Language::from_tag);
    if let Some(language) = asked {
        return (language, Some(()));
    }
    let chosen = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
        .and_then(Language::from_tag);
    (
        chosen.unwrap_or_else(|| Context::of(headers).language),
        None,
    )
}

/// Remembers a choice.
pub fn cookie(language: Language, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!(
        "{COOKIE}={}; Path=/; Max-Age={AGE_SECONDS}; SameSite=Lax{secure}",
        language.tag()
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_comes_before_the_choice_and_the_choice_before_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert("accept-language", HeaderValue::from_static("en"));
        assert_eq!(of(&headers, ""), (Language::En, None));
        headers.insert(
            "cookie",
            HeaderValue::from_static("a=b; tepai_language=zh-CN"),
        );
        assert_eq!(of(&headers, "tab=all"), (Language::ZhCn, None));
        assert_eq!(of(&headers, "tab=all&lang=en"), (Language::En, Some(())));
        assert_eq!(of(&headers, "lang=fr"), (Language::ZhCn, None));
    }
}
