//! How Alipay writes money and moments.

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use orders_domain::Instant;

/// Fen as Alipay writes money: yuan with two places.
pub(super) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Yuan, with up to two places, as fen; `None` of anything else.
pub(super) fn fen(yuan: &str) -> Option<i64> {
    let (sign, text) = match yuan.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, yuan),
    };
    let (whole, places) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(places) || places.len() > 2 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{places:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)?.checked_mul(sign)
}

/// The clocks of Alipay stand in Beijing, which has no summer time.
const BEIJING: TimeDelta = TimeDelta::hours(8);

/// What a clock in Beijing shows.
pub(super) fn beijing(instant: Instant) -> NaiveDateTime {
    instant.naive_utc() + BEIJING
}

/// As Alipay writes a moment: yyyy-MM-dd HH:mm:ss.
pub(super) fn written(moment: NaiveDateTime) -> String {
    let (hour, minute, second) = (moment.hour(), moment.minute(), moment.second());
    format!("{} {hour:02}:{minute:02}:{second:02}", moment.date())
}

/// A moment that Alipay wrote.
pub(super) fn moment(text: &str) -> Option<NaiveDateTime> {
    // Some answers have milliseconds.
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()
}

/// A moment that Alipay wrote, as an instant.
pub(super) fn instant(text: &str) -> Option<Instant> {
    Some((moment(text)? - BEIJING).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_and_yuan_are_the_same_money() {
        for (written, amount) in [
            ("0.00", 0),
            ("0.01", 1),
            ("0.10", 10),
            ("1.00", 100),
            ("200.12", 20_012),
            ("-3000.00", -300_000),
            ("-0.05", -5),
            ("92233720368547758.07", i64::MAX),
        ] {
            assert_eq!(yuan(amount), written);
            assert_eq!(fen(written), Some(amount), "{written}");
        }
        assert_eq!(fen("35.8"), Some(3580));
        assert_eq!(fen("10"), Some(1000));
        for wrong in [
            "",
            ".",
            "-",
            "1.",
            ".5",
            "0.001",
            "1,000.00",
            "1e3",
            "+1.00",
            "--1.00",
            " 1.00",
            "1.-1",
            "NaN",
            "１.00",
            "92233720368547758.08",
        ] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments_are_written_in_beijing() {
        let at = instant("2026-03-18 07:03:09").unwrap();
        assert_eq!(at.to_string(), "2026-03-17 23:03:09 UTC");
        assert_eq!(written(beijing(at)), "2026-03-18 07:03:09");
        assert_eq!(
            instant("2026-03-18 07:03:09.448").unwrap().timestamp(),
            at.timestamp()
        );
        for wrong in [
            "",
            "2026-03-18",
            "2026-02-30 00:00:00",
            "18.3.2026 07:03:09",
        ] {
            assert_eq!(instant(wrong), None, "{wrong}");
        }
    }
}
