//! Reads what My Orders shows from its URL. Whatever makes no sense there counts as absent.

use orders_api::Tab;

use crate::paths::OrdersQuery;

/// The most characters of a search; what is longer is cut.
pub const SEARCH_MAX: usize = 100;

/// The state of the page from the query string of its URL, without `?`.
///
/// The router's own map decodes values twice, which would turn a search for `a%41` into one for
/// `aA`; so this reads the raw text.
pub fn query_of(search: &str) -> OrdersQuery {
    let mut query = OrdersQuery::default();
    for pair in search.trim_start_matches('?').split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(value);
        match name {
            "tab" => query.tab = Tab::from_code(&value).unwrap_or_default(),
            "q" => query.q = search_text(&value),
            "placed_from" => query.placed_from = day_or_nothing(value),
            "placed_to" => query.placed_to = day_or_nothing(value),
            _ => {}
        }
    }
    query
}

/// What to search for when this was typed.
pub fn search_text(typed: &str) -> String {
    let visible: String = typed
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(SEARCH_MAX)
        .collect();
    visible.trim().to_owned()
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match first {
            b'+' => b' ',
            b'%' => match tail.get(..2).and_then(hex) {
                Some(byte) => {
                    rest = &tail[2..];
                    byte
                }
                None => b'%',
            },
            plain => plain,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Day and month are only checked for their range: the server knows how long a month is.
fn day_or_nothing(text: String) -> String {
    let part = |range| {
        text.get(range)
            .and_then(|digits: &str| digits.parse::<u16>().ok())
    };
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    let sensible = part(0..4).is_some_and(|year| year > 0)
        && part(5..7).is_some_and(|month| (1..=12).contains(&month))
        && part(8..10).is_some_and(|day| (1..=31).contains(&day));
    if shaped && sensible {
        text
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_gives_back_what_was_put_into_it() {
        for query in [
            OrdersQuery::default(),
            OrdersQuery {
                tab: Tab::AfterSale,
                q: "100% 棉 & a%41+b".into(),
                placed_from: "2026-01-01".into(),
                placed_to: "2026-12-31".into(),
            },
        ] {
            assert_eq!(query_of(&query.to_query()), query);
        }
    }

    #[test]
    fn what_makes_no_sense_counts_as_absent() {
        for search in [
            "tab=nonsense&embed=1&placed_from=yesterday",
            "placed_to=2026-13-01&placed_from=2026-00-10",
            "q=%20%09&&=&placed_from=0000-01-01",
        ] {
            assert_eq!(query_of(search), OrdersQuery::default(), "{search}");
        }
        assert_eq!(query_of("q=%E6%9D%AF%&tab=to_ship").q, "杯%");
        assert_eq!(query_of("q=%FF%zz").q, "\u{fffd}%zz");
        assert_eq!(
            query_of(&format!("q={}", "x".repeat(500))).q.len(),
            SEARCH_MAX
        );
    }
}
