//! Every URL of the console, in one place.

use orders_api::segment;

/// The console.
pub const HOME: &str = "/staff";

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// Orders by what somebody tells of them; nothing was asked yet when it is empty.
    Search(String),
    /// An order.
    Order(String),
    /// Nothing of ours.
    NotFound,
}

impl Page {
    /// The page of a path and its query.
    pub fn parse(path: &str, query: &str) -> Self {
        let Some(rest) = path.strip_prefix(HOME) else {
            return Self::NotFound;
        };
        let segments: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        match segments.as_slice() {
            [] | ["orders"] => Self::Search(value(query, "q").unwrap_or_default()),
            ["orders", id] => decoded(id).map_or(Self::NotFound, Self::Order),
            _ => Self::NotFound,
        }
    }

    /// Its address.
    pub fn href(&self) -> String {
        match self {
            Self::Search(asked) => search(asked),
            Self::Order(id) => order(id),
            Self::NotFound => HOME.to_owned(),
        }
    }
}

/// The search, with what is asked.
pub fn search(asked: &str) -> String {
    if asked.is_empty() {
        format!("{HOME}/orders")
    } else {
        format!("{HOME}/orders?q={}", segment(asked))
    }
}

/// An order.
pub fn order(id: &str) -> String {
    format!("{HOME}/orders/{}", segment(id))
}

/// The value of a parameter of a query, which may begin with `?`.
fn value(query: &str, name: &str) -> Option<String> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| *found == name)
        .and_then(|(_, value)| decoded(&value.replace('+', " ")))
}

/// Text that was percent-encoded; `None` when it was not.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_by_its_address() {
        for page in [
            Page::Search(String::new()),
            Page::Search("li n+%@x".to_owned()),
            Page::Search("林".to_owned()),
            Page::Order("o/1 ü".to_owned()),
        ] {
            let href = page.href();
            let (path, query) = href.split_once('?').unwrap_or((&href, ""));
            assert_eq!(Page::parse(path, query), page, "{href}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_console_is_not_found() {
        for path in [
            "/",
            "/orders",
            "/staff/x",
            "/staff/orders/a/b",
            "/staff/orders/%zz",
            "/staff/orders/%",
        ] {
            assert_eq!(Page::parse(path, ""), Page::NotFound, "{path}");
        }
        assert_eq!(
            Page::parse("/staff/", "?lang=en"),
            Page::Search(String::new())
        );
    }
}
