//! The day's bill of refunds (交易账单, REFUND): where it is, whether it is whole, and what it says.

use std::io::Read as _;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use flate2::read::GzDecoder;
use orders_domain::{Currency, Day, Instant, Money, RefundId};
use reqwest::Url;
use serde::Deserialize;

use crate::LedgerEntry;

/// How long a bill may be, in bytes.
const LONGEST: u64 = 1 << 30;

/// Where a bill is, and what vouches for it.
#[derive(Debug)]
pub(super) struct BillAddress {
    pub(super) url: Url,
    /// In hexadecimal.
    sha1: String,
}

#[derive(Deserialize)]
struct Wire {
    hash_type: String,
    hash_value: String,
    download_url: String,
}

impl BillAddress {
    /// Reads an answer to 申请交易账单 that is genuine. The bill may be on another host, as long as nobody can read
    /// along.
    ///
    /// # Errors
    /// In words.
    pub(super) fn read(body: &[u8], base: &Url) -> Result<Self, String> {
        let wire: Wire = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        if wire.hash_type != "SHA1" {
            return Err(format!("a bill with the digest {:?}", wire.hash_type));
        }
        let url = Url::parse(wire.download_url.trim()).map_err(|error| error.to_string())?;
        if url.scheme() != "https" && url.origin() != base.origin() {
            return Err(format!("a bill at {url}"));
        }
        Ok(Self {
            url,
            sha1: wire.hash_value,
        })
    }

    /// The bill's text, if it is the one that was announced. The digest is of the bill before it is compressed
    /// (原始账单，gzip需要解压缩).
    ///
    /// # Errors
    /// In words.
    pub(super) fn open(&self, file: &[u8]) -> Result<String, String> {
        let mut bytes = Vec::new();
        if file.starts_with(&[0x1f, 0x8b]) {
            GzDecoder::new(file)
                .take(LONGEST)
                .read_to_end(&mut bytes)
                .map_err(|error| format!("a bill that does not unpack: {error}"))?;
        } else {
            bytes.extend_from_slice(file);
        }
        let found = digest(&SHA1_FOR_LEGACY_USE_ONLY, &bytes);
        let found: String = found
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if !found.eq_ignore_ascii_case(&self.sha1) {
            return Err(format!("a bill with the digest {found}, not {}", self.sha1));
        }
        String::from_utf8(bytes).map_err(|error| error.to_string())
    }
}

/// Whether the bill of `day` is there by `now`: from ten in the morning of the next day, in Beijing [下载账单].
pub(super) fn is_made(day: Day, now: Instant) -> bool {
    day.succ_opt()
        .and_then(|next| next.and_hms_opt(2, 0, 0))
        .is_some_and(|made| now >= made.and_utc())
}

/// What a bill says: a row of names, the refunds, a row of names, the sums [交易账单详细说明]. Each value has a backtick
/// before it, so that nobody's spreadsheet takes a number for one; names have none.
///
/// # Errors
/// In words.
pub(super) fn entries(text: &str) -> Result<Vec<LedgerEntry>, String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let names: Vec<&str> = lines
        .next()
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .collect();
    let find = |name: &str| names.iter().position(|found| *found == name);
    let column = |name: &str| find(name).ok_or_else(|| format!("a bill without {name}"));
    let number = column("商户退款单号")?;
    let status = column("退款状态")?;
    // 退款金额 is without coupons that the shop did not pay for; bills without the other column are from before there
    // were such coupons, and there it is what was asked for.
    let amount = find("申请退款金额").map_or_else(|| column("退款金额"), Ok)?;
    let currency = find("货币种类");
    let mut entries = Vec::new();
    for line in lines {
        let Some(line) = line.trim_end().strip_prefix('`') else {
            break;
        };
        // The name of the goods may have a comma, but hardly one with a backtick behind it.
        let values: Vec<&str> = line.split(",`").collect();
        if values.len() != names.len() {
            return Err(format!("a bill with the line {line:?}"));
        }
        let currency = currency.map_or(Some(Currency::CNY), |at| Currency::parse(values[at]));
        let (Some(fen), Some(currency)) = (fen(values[amount]), currency) else {
            return Err(format!("a bill with the amount {:?}", values[amount]));
        };
        entries.push(LedgerEntry {
            refund: RefundId(values[number].to_owned()),
            amount: Money::new(fen, currency),
            // As it was when the bill was made; it is not brought up to date.
            moved: matches!(values[status], "SUCCESS" | "PROCESSING"),
        });
    }
    Ok(entries)
}

/// Yuan with up to two decimals, in fen.
fn fen(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let tenfold = if part.len() == 1 { 10 } else { 1 };
    let part = part.parse::<i64>().ok()? * tenfold;
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(part)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    const NOW: &str = "商品名称,货币种类,商户退款单号,退款金额,退款状态,申请退款金额\r\n\
        `茶杯, 白瓷,`CNY,`ord_1-R1,`0.90,`SUCCESS,`1.00\r\n\
        `茶杯,`CNY,`ord_2-R1,`12.00,`PROCESSING,`12.34\r\n\
        `,`CNY,`ord_3-R1,`0.00,`FAIL,`5.00\r\n\
        总交易单数,退款总金额,申请退款总金额\r\n\
        `3,`12.90,`18.34\r\n";

    fn entry(refund: &str, fen: i64, moved: bool) -> LedgerEntry {
        LedgerEntry {
            refund: RefundId::from(refund),
            amount: Money::new(fen, Currency::CNY),
            moved,
        }
    }

    fn base() -> Url {
        Url::parse("http://127.0.0.1:1234").expect("a URL")
    }

    fn address(url: &str, sha1: &str) -> Result<BillAddress, String> {
        let body = serde_json::json!({
            "hash_type": "SHA1", "hash_value": sha1, "download_url": url,
        });
        BillAddress::read(body.to_string().as_bytes(), &base())
    }

    #[test]
    fn a_bill_is_read_by_the_names_of_its_columns() {
        assert_eq!(
            entries(NOW),
            Ok(vec![
                entry("ord_1-R1", 100, true),
                entry("ord_2-R1", 1234, true),
                entry("ord_3-R1", 500, false),
            ])
        );
        let with_mark = format!("\u{feff}{NOW}");
        assert_eq!(entries(&with_mark), entries(NOW));
    }

    #[test]
    fn a_bill_of_the_old_kind_has_one_column_less() {
        let bill = "商户退款单号,退款金额,退款状态\n`ord_1-R1,`1.00,`SUCCESS\n总交易单数\n`1\n";
        assert_eq!(entries(bill), Ok(vec![entry("ord_1-R1", 100, true)]));
    }

    #[test]
    fn a_bill_that_is_not_understood_is_not_read_in_part() {
        for broken in [
            "",
            "<html>",
            "商户退款单号,退款金额\n`ord_1-R1,`1.00\n",
            "商户退款单号,退款金额,退款状态\n`ord_1-R1,`1.00\n",
            "商户退款单号,退款金额,退款状态\n`ord_1-R1,`1.00,`SUCCESS,`more\n",
            "商户退款单号,退款金额,退款状态\n`ord_1-R1,`one,`SUCCESS\n",
            "商户退款单号,退款金额,退款状态,货币种类\n`ord_1-R1,`1.00,`SUCCESS,`yuan\n",
        ] {
            assert!(entries(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn yuan_are_fen_without_floats() {
        let table = [
            ("0.00", Some(0)),
            ("0.01", Some(1)),
            ("0.1", Some(10)),
            ("0.10", Some(10)),
            ("1", Some(100)),
            ("12.34", Some(1234)),
            ("1.10", Some(110)),
            ("8.29", Some(829)),
            ("1234567.89", Some(123_456_789)),
            ("92233720368547758.07", Some(i64::MAX)),
            ("92233720368547758.08", None),
            ("99999999999999999999", None),
            ("", None),
            (".", None),
            (".5", None),
            ("1.", None),
            ("1.234", None),
            ("-1.00", None),
            ("+1.00", None),
            ("1,000.00", None),
            (" 1.00", None),
            ("1e2", None),
            ("１.00", None),
        ];
        for (yuan, expected) in table {
            assert_eq!(fen(yuan), expected, "{yuan:?}");
        }
    }

    #[test]
    fn a_bill_is_the_one_that_was_announced() {
        // By `printf 'a bill\n' | sha1sum`.
        let sha1 = "0e13bdc183ec0fd564e8bcf4c3b537b1c12a6792";
        let address = |sha1: &str| address("https://a.example/?token=1", sha1).expect("an address");
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"a bill\n").expect("packed");
        let packed = packed.finish().expect("packed");
        for file in [packed.as_slice(), b"a bill\n"] {
            assert_eq!(address(sha1).open(file).as_deref(), Ok("a bill\n"));
            assert!(address(&sha1.to_uppercase()).open(file).is_ok());
            assert!(address(&sha1.replace('5', "6")).open(file).is_err());
        }
        assert!(address(sha1).open(b"another bill\n").is_err());
        assert!(address(sha1).open(&packed[..packed.len() / 2]).is_err());
    }

    #[test]
    fn a_bill_is_fetched_where_nobody_reads_along() {
        for (url, fine) in [
            ("https://elsewhere.example/file?token=1", true),
            (
                " https://api.mch.weixin.qq.com/v3/billdownload/file?token=1",
                true,
            ),
            ("http://127.0.0.1:1234/file?token=1", true),
            ("http://127.0.0.1:1235/file?token=1", false),
            ("http://elsewhere.example/file?token=1", false),
            ("file:///etc/passwd", false),
            ("/file", false),
        ] {
            assert_eq!(address(url, "00").is_ok(), fine, "{url}");
        }
        let md5 = br#"{"hash_type":"MD5","hash_value":"0","download_url":"https://a.example"}"#;
        assert!(BillAddress::read(md5, &base()).is_err());
    }

    #[test]
    fn bills_are_made_the_next_morning_at_ten() {
        let day = Day::from_ymd_opt(2026, 1, 31).expect("a day");
        for (now, made) in [
            ("2026-01-31T23:59:59+08:00", false),
            ("2026-02-01T09:59:59+08:00", false),
            ("2026-02-01T10:00:00+08:00", true),
            ("2026-03-01T00:00:00+08:00", true),
        ] {
            let now = chrono::DateTime::parse_from_rfc3339(now).expect("a time");
            assert_eq!(is_made(day, now.to_utc()), made, "{now:?}");
        }
    }
}
