//! Where a list goes on: the last thing that was shown, as text that callers do not look into.

use orders_domain::Instant;

use crate::StoreError;
use crate::rows::instant;

/// The place after which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) at: Instant,
    pub(crate) id: String,
}

impl Cursor {
    /// Hexadecimal, so that it needs no escaping in a URL.
    pub(crate) fn encode(&self) -> String {
        let plain = format!("{}:{}", self.at.timestamp_millis(), self.id);
        plain.bytes().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn decode(text: &str) -> Result<Self, StoreError> {
        Self::parse(text).ok_or(StoreError::InvalidCursor)
    }

    fn parse(text: &str) -> Option<Self> {
        let plain = text
            .as_bytes()
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Some(nibble(*high)? << 4 | nibble(*low)?),
                _ => None,
            })
            .collect::<Option<Vec<u8>>>()?;
        let plain = String::from_utf8(plain).ok()?;
        let (at, id) = plain.split_once(':')?;
        if id.is_empty() || id.contains('\0') {
            return None;
        }
        Some(Self {
            at: instant(at.parse().ok()?)?,
            id: id.to_owned(),
        })
    }
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let cursor = Cursor {
            at: instant(1_790_000_000_123).unwrap(),
            id: "订单:1".to_owned(),
        };
        assert_eq!(Cursor::decode(&cursor.encode()).unwrap(), cursor);
    }

    #[test]
    fn what_no_list_gave_out_is_refused() {
        for text in [
            "",
            "0",
            "zz",
            "3132",
            "313a",
            "3A31",
            "ff3a31",
            "313a00",
            "é",
            "' OR 1=1 --",
        ] {
            assert!(
                matches!(Cursor::decode(text), Err(StoreError::InvalidCursor)),
                "{text}"
            );
        }
    }
}
