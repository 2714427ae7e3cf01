//! A day's bill: an archive of tables in GBK, of which one lists every payment and refund (业务明细).

use std::io::{Cursor, Read as _};

use encoding_rs::GBK;
use orders_domain::{Currency, Money, RefundId};
use zip::ZipArchive;

use crate::LedgerEntry;

use super::written::fen;

/// How much a bill may be unpacked: some 200 000 rows. An archive that claims more is not unpacked any further.
const UNPACKED_BYTES: u64 = 64 << 20;

/// How many tables are looked at; there are two, the list and its sums.
const FILES: usize = 8;

/// The columns that are read, as the table names them without the unit.
const NUMBER: &str = "退款批次号/请求号";
const ORDER: &str = "商户订单号";
const KIND: &str = "业务类型";
/// What was asked for, marketing money included; 商家实收 is what of it the merchant paid.
const AMOUNT: &str = "订单金额";

/// The refunds in a packed bill.
///
/// # Errors
/// In words, what about it cannot be read.
pub(super) fn read(archive: Vec<u8>) -> Result<Vec<LedgerEntry>, String> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|error| error.to_string())?;
    let mut left = UNPACKED_BYTES;
    for index in 0..archive.len().min(FILES) {
        let file = archive.by_index(index).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        left = u64::try_from(bytes.len())
            .ok()
            .and_then(|read| left.checked_sub(read))
            .ok_or_else(|| format!("more than {UNPACKED_BYTES} bytes unpacked"))?;
        let (text, _, broken) = GBK.decode(&bytes);
        // The files' names are in GBK too, without saying so; the list is known by its columns.
        if let Some(table) = Table::find(&text) {
            return if broken {
                Err("the bill is not in GBK".to_owned())
            } else {
                table.refunds()
            };
        }
    }
    Err("there is no list of payments and refunds in the bill".to_owned())
}

/// The list, from its first row on.
struct Table<'a> {
    rows: Vec<&'a str>,
    columns: usize,
    number: usize,
    order: usize,
    kind: usize,
    amount: usize,
}

impl<'a> Table<'a> {
    fn find(text: &'a str) -> Option<Self> {
        let mut lines = text.lines();
        let heads = lines
            .by_ref()
            .filter(|line| !line.starts_with('#') && line.contains(NUMBER))
            .map(cells)
            .next()?;
        let column = |name: &str| {
            heads.iter().position(|head| {
                let head = head.split(['（', '(']).next().unwrap_or_default();
                head.trim() == name
            })
        };
        Some(Self {
            columns: heads.len(),
            number: column(NUMBER)?,
            order: column(ORDER)?,
            kind: column(KIND)?,
            amount: column(AMOUNT)?,
            rows: lines
                .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
                .collect(),
        })
    }

    fn refunds(&self) -> Result<Vec<LedgerEntry>, String> {
        self.rows
            .iter()
            .filter_map(|line| self.refund(line).transpose())
            .collect()
    }

    fn refund(&self, line: &str) -> Result<Option<LedgerEntry>, String> {
        let cells = cells(line);
        let Some(more) = cells.len().checked_sub(self.columns) else {
            return Err(format!("a row with {} columns", cells.len()));
        };
        let cell = |column: usize| cells.get(column).map(String::as_str).unwrap_or_default();
        if !cell(self.kind).contains("退款") {
            return Ok(None);
        }
        // A comma in the goods' name moves what comes after it. Before the amount is the account, which is no amount.
        let amount = (0..=more).find_map(|moved| Some((moved, fen(cell(self.amount + moved))?)));
        let Some((moved, amount)) = amount else {
            return Err(format!("a refund of {:?} yuan", cell(self.amount)));
        };
        // A refund that was asked for without a number has the order's.
        let number = match cell(self.number + moved) {
            "" => cell(self.order),
            number => number,
        };
        Ok(Some(LedgerEntry {
            refund: RefundId(number.to_owned()),
            amount: Money::new(amount.saturating_abs(), Currency::CNY),
            moved: true,
        }))
    }
}

/// The cells of a row. Long numbers end in a tab, so that spreadsheets leave them alone.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match (letter, cells.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => cells.push(String::new()),
            (letter, Some(cell)) => cell.push(letter),
            (_, None) => {}
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const HEAD: &str = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,订单金额（元）,商家实收（元）,退款批次号/请求号,备注";

    fn packed(files: &[&[u8]]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (index, file) in files.iter().enumerate() {
            archive
                .start_file(format!("{index}.csv"), SimpleFileOptions::default())
                .unwrap();
            archive.write_all(file).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn bill(rows: &str) -> Result<Vec<(String, i64)>, String> {
        let list = format!(
            "#支付宝业务明细查询\r\n{HEAD}\r\n{rows}\r\n#业务明细列表结束\r\n#退款合计：1笔\r\n"
        );
        let sums = "#支付宝业务汇总查询\r\n门店编号,门店名称,退款订单总笔数\r\n合计,,1\r\n";
        let read = read(packed(&[&GBK.encode(sums).0, &GBK.encode(&list).0]))?;
        assert!(read.iter().all(|entry| entry.moved));
        let entry = |entry: LedgerEntry| (entry.refund.0, entry.amount.amount);
        Ok(read.into_iter().map(entry).collect())
    }

    #[test]
    fn refunds_are_read_and_payments_are_not() {
        let rows = [
            "T1\t,S1\t,交易,茶,2026-03-18 15:00:00,35.80,35.80,,",
            "T1\t,S1\t,退款,茶,2026-03-18 15:00:00,-35.80,-30.00,order-1-r1\t,",
            "T2\t,S2\t,退款,\"好茶, 二两\",2026-03-18 15:00:00,-0.01,-0.01,order-2-r1\t,",
            "T3\t,S3\t,退款,好茶, 二两,2026-03-18 15:00:00,-1.00,-0.90,order-3-r1\t,",
            "T4\t,S4\t,退款,茶,2026-03-18 15:00:00,-2.00,-2.00,,,,",
        ];
        assert_eq!(
            bill(&rows.join("\r\n")),
            Ok(vec![
                ("order-1-r1".to_owned(), 3580),
                ("order-2-r1".to_owned(), 1),
                ("order-3-r1".to_owned(), 100),
                ("S4".to_owned(), 200),
            ])
        );
        assert_eq!(bill(""), Ok(Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let check = |read: Result<Vec<LedgerEntry>, String>, expected: &str| {
            let words = read.unwrap_err();
            assert!(words.contains(expected), "{words}");
        };
        assert!(bill("T1,S1,退款").unwrap_err().contains("3 columns"));
        let amount = "T1,S1,退款,茶,2026-03-18 15:00:00,much,much,order-1-r1,";
        assert!(bill(amount).unwrap_err().contains("much"));
        check(read(b"<html>".to_vec()), "");
        check(read(packed(&[])), "no list");
        check(read(packed(&[b"#\r\na,b\r\n"])), "no list");
        let mut broken = GBK.encode(HEAD).0.into_owned();
        broken.extend([b'\r', b'\n', 0xff, 0xff]);
        check(read(packed(&[&broken])), "not in GBK");
    }

    #[test]
    fn an_archive_that_unpacks_without_end_is_left() {
        let large = vec![b'#'; usize::try_from(UNPACKED_BYTES / 2 + 1).unwrap()];
        let packed = packed(&[&large, &large]);
        assert!(packed.len() < 1 << 20);
        assert!(read(packed).unwrap_err().contains("bytes unpacked"));
    }
}
