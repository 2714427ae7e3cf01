//! Prints when refunds start and arrive, for every day of three years, so that an independent calendar can be held
//! against it (`cargo xtask test dates`).

use std::error::Error;
use std::io::{BufWriter, Write, stdout};

use chrono::Datelike;
use orders_domain::{Calendar, Channel, Day, Policy, Promise};

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
                let numbers = (
                    clock.starts_within,
                    clock.arrives_from,
                    clock.arrives_within,
                );
                row(&mut out, &policy, channel.code(), day, numbers, promise)?;
            }
            // What is promised anew on the day on which the provider accepted it.
            let name = format!("{} processed", channel.code());
            for day in first.iter_days().take_while(|day| day.year() <= 2027) {
                let today = Promise {
                    starts_by: day,
                    arrives_from: day,
                    arrives_by: day,
                    estimated: false,
                };
                let promise = clock.promise_after_processing(&calendar, day, today, None);
                let numbers = (0, clock.processed_from, clock.processed_within);
                row(&mut out, &policy, &name, day, numbers, promise)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn row(
    out: &mut impl Write,
    policy: &Policy,
    channel: &str,
    day: Day,
    (starts, from, within): (u32, u32, u32),
    promise: Promise,
) -> std::io::Result<()> {
    writeln!(
        out,
        "{},{channel},{day},{starts},{from},{within},{},{},{},{}",
        policy.shop.as_str(),
        promise.starts_by,
        promise.arrives_from,
        promise.arrives_by,
        promise.estimated,
    )
}
