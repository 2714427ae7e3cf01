//! The bill of a day: an archive of a list and its sums, in GBK.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use encoding_rs::GBK;
use serde::Deserialize;
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::Fate;
use super::gateway::{Call, Reply, refusal};
use super::refunds::yuan;
use super::{Inner, Shared};

/// What alipay.data.dataservice.bill.downloadurl.query is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    bill_type: String,
    bill_date: NaiveDate,
}

const HEAD: &str = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

const SUMS: &str = "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";

/// Tells where the bill is.
pub(super) fn query(shared: &Shared, call: &Call) -> Reply {
    let mut inner = shared.inner();
    let asked = serde_json::from_str::<Asked>(&call.content)
        .ok()
        .filter(|asked| asked.bill_type == "trade" && asked.bill_date < call.at.date());
    let Some(asked) = asked else {
        let violation = format!("a bill that cannot be: {}", call.content);
        inner.book.violations.push(violation);
        return Reply::Answer(refusal("40004", "isv.invalid_arguments", "入参不合法"));
    };
    if !inner
        .made
        .values()
        .any(|made| made.at.date() == asked.bill_date)
    {
        return Reply::Answer(refusal("40004", "isp.bill_not_exist", "账单不存在"));
    }
    let url = format!(
        "http://{}/downloadBillFile.resource?bizType=trade&fileType=csv.zip&bizDates={}",
        shared.address, asked.bill_date
    );
    Reply::Answer(json!({ "code": "10000", "msg": "Success", "bill_download_url": url }))
}

/// Gives the bill.
pub(super) async fn download(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let day = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("bizDates="))
        .and_then(|day| day.parse().ok());
    let packed = day.and_then(|day| shared.inner().bill(day));
    match packed {
        Some(packed) => packed.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Inner {
    fn bill(&self, day: NaiveDate) -> Option<Vec<u8>> {
        let mut list = format!(
            "#支付宝业务明细查询\r\n#账号：[20880000000000000156]\r\n#起始日期：[{day} 00:00:00]   终止日期：[{day} 24:00:00]\r\n#-----------------------------------------业务明细列表----------------------------------------\r\n{HEAD}\r\n"
        );
        let (mut count, mut sum) = (0, 0);
        for (number, entry) in &self.book.refunds {
            let made = self.made.get(number).filter(|made| made.at.date() == day);
            let (Some(made), Fate::Arrives) = (made, entry.fate) else {
                continue;
            };
            let (trade, payment, at) = (&entry.reference, &entry.payment, made.at);
            let amount = yuan(entry.amount);
            let mut row = |kind: &str, amount: &str, number: &str| {
                write!(
                    list,
                    "{trade}\t,{payment}\t,{kind},\"好茶, 二两\",{at},{at},,,,,buy***@example.com,{amount},{amount},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,{number},0.00,0.00,\r\n"
                )
                .ok()
            };
            row("交易", &amount, "")?;
            row("退款", &format!("-{amount}"), &format!("{number}\t"))?;
            count += 1;
            sum += entry.amount;
        }
        let sum = yuan(sum);
        write!(
            list,
            "#-----------------------------------------业务明细列表结束------------------------------------\r\n#交易合计：{count}笔，商家实收共{sum}元，商家优惠共0.00元\r\n#退款合计：{count}笔，商家实收退款共-{sum}元，商家优惠退款共0.00元\r\n"
        )
        .ok()?;
        let sums = format!(
            "#支付宝业务汇总查询\r\n{SUMS}\r\n合计\t,,{count},{count},0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00\r\n"
        );
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("sums.csv", sums), ("list.csv", list)] {
            archive
                .start_file(name, SimpleFileOptions::default())
                .ok()?;
            archive.write_all(&GBK.encode(&text).0).ok()?;
        }
        Some(archive.finish().ok()?.into_inner())
    }
}
