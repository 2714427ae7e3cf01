//! Measures the server as its clients see it: requests per second and latencies of list, detail and
//! cancel, over HTTP, on SQLite and PostgreSQL, with few and with many orders.
//!
//! `orders-bench refunds SERVER DATABASE_URL…` makes ten thousand refunds with providers that misbehave.
//! `orders-bench chat SERVER CHATS A_SECOND SECONDS DATABASE_URL…` leads conversations while the server is killed.
//! `orders-bench queue SERVER ENTRIES DATABASE_URL…` looks at a long queue of the staff.
//! `orders-bench evidence SERVER` sends photos and videos, and what is no such thing.
//! `orders-bench SERVER FOLDER [POSTGRES_URL]`: the server's binary, a folder for databases (kept,
//! so that the next run need not fill them again), and the URL of PostgreSQL databases, with `{orders}` for their size.

mod chat;
mod evidence;
mod fill;
mod load;
mod queue;
mod refunds;
mod report;
mod server;
mod staff;

use std::path::{Path, PathBuf};

use load::Figures;

/// Orders in the small and in the large database. Every shopper has [`PER_SHOPPER`] of them.
const SIZES: [usize; 2] = [10_000, 1_000_000];
/// Orders of one shopper.
const PER_SHOPPER: usize = 10;

/// What goes wrong is told and ends the run.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One database of one size, measured.
struct Measured {
    database: &'static str,
    orders: usize,
    figures: Figures,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from).peekable();
    if arguments
        .next_if(|word| word == Path::new("refunds"))
        .is_some()
    {
        let binary = arguments
            .next()
            .ok_or("usage: orders-bench refunds SERVER DATABASE_URL…")?;
        for url in arguments {
            let url = url.to_str().ok_or("a database URL is text")?;
            refunds::measure(&binary, url).await?;
        }
        return Ok(());
    }
    if arguments
        .next_if(|word| word == Path::new("chat"))
        .is_some()
    {
        return lead_chats(arguments).await;
    }
    if arguments
        .next_if(|word| word == Path::new("queue"))
        .is_some()
    {
        let usage = "usage: orders-bench queue SERVER ENTRIES DATABASE_URL…";
        let binary = arguments.next().ok_or(usage)?;
        let entries = arguments.next().ok_or(usage)?;
        let entries = entries.to_str().ok_or(usage)?.parse()?;
        for url in arguments {
            let url = url.to_str().ok_or("a database URL is text")?;
            queue::measure(&binary, url, entries).await?;
        }
        return Ok(());
    }
    if arguments
        .next_if(|word| word == Path::new("evidence"))
        .is_some()
    {
        let binary = arguments
            .next()
            .ok_or("usage: orders-bench evidence SERVER")?;
        return evidence::measure(&binary).await;
    }
    let (Some(binary), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: orders-bench SERVER FOLDER [POSTGRES_URL]".into());
    };
    let postgres = arguments.next();
    std::fs::create_dir_all(&folder)?;

    let mut measured = Vec::new();
    for orders in SIZES {
        let file = folder.join(format!("bench-{orders}.db"));
        let url = format!("sqlite://{}", file.display());
        measured.push(measure("SQLite", &binary, &url, orders).await?);
    }
    if let Some(base) = postgres.as_deref().and_then(Path::to_str) {
        for orders in SIZES {
            let url = base.replace("{orders}", &orders.to_string());
            measured.push(measure("PostgreSQL", &binary, &url, orders).await?);
        }
    }
    report::print(&measured);
    Ok(())
}

/// Leads conversations on each of the databases.
async fn lead_chats(mut arguments: impl Iterator<Item = PathBuf>) -> Outcome<()> {
    let usage = "usage: orders-bench chat SERVER CHATS A_SECOND SECONDS DATABASE_URL…";
    let binary = arguments.next().ok_or(usage)?;
    let mut number = || -> Outcome<u64> {
        let word = arguments.next().ok_or(usage)?;
        Ok(word.to_str().ok_or(usage)?.parse()?)
    };
    let (chats, a_second, seconds) = (number()?, number()?, number()?);
    for url in arguments {
        let url = url.to_str().ok_or("a database URL is text")?;
        chat::measure(&binary, url, usize::try_from(chats)?, a_second, seconds).await?;
    }
    Ok(())
}

async fn measure(
    database: &'static str,
    binary: &Path,
    url: &str,
    orders: usize,
) -> Outcome<Measured> {
    eprintln!("{database}, {orders} orders: filling");
    let tokens = fill::fill(url, orders).await?;
    let server = server::Server::start(binary, url)?;
    eprintln!("{database}, {orders} orders: measuring");
    let figures = load::figures(&server.origin, &tokens).await?;
    Ok(Measured {
        database,
        orders,
        figures,
    })
}
