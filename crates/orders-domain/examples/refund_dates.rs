//! Prints when refunds start and arrive, for every day of three years, so that an independent calendar can be held
//! against it (`cargo xtask test dates`).

use std::error::Error;
use std::io::{BufWriter, Write, stdout};

use chrono::Datelike;
use orders_domain::{Calendar, Channel, Day, Policy};

const COLUMNS: &str = "shop,channel,day,starts_within,arrives_from,arrives_within,starts_by,arrives_from_day,arrives_by,estimated";

fn main() -> Result<(), Box<dyn Error>> {
    let calendar = Calendar::parse(&Calendar::built_in())?;
    let first = Day::from_ymd_opt(2025, 1, 1).ok_or("no such day")?;
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{COLUMNS}")?;
    for (file, text) in Policy::built_in() {
        let policy = Policy::parse(file, text)?;
        for channel in Channel::ALL {
            let clock = policy.clock(channel);
            for day in first.iter_days().take_while(|day| day.year() <= 2027) {
                let promise = clock.promise(&calendar, day);
                writeln!(
                    out,
                    "{},{},{day},{},{},{},{},{},{},{}",
                    policy.shop.as_str(),
                    channel.code(),
                    clock.starts_within,
                    clock.arrives_from,
                    clock.arrives_within,
                    promise.starts_by,
                    promise.arrives_from,
                    promise.arrives_by,
                    promise.estimated,
                )?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
