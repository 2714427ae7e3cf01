//! Measures the server on both databases, with ten thousand and with a million orders.

use std::process::Command;

use crate::places::root;
use crate::postgres::Cluster;
use crate::process::{Failure, run, step};

/// The sizes that `orders-bench` measures.
const SIZES: [&str; 2] = ["10000", "1000000"];

/// Builds server and load generator in release, and prints one table for both databases.
/// The SQLite databases stay in `target/bench`, so that the next run need not fill them again.
/// With `refunds`: ten thousand refunds on each, by simulated providers. With `evidence`: 200 MB of photos and videos.
/// With `chat`: conversations on each, while the server is killed; fails when one message in a hundred takes more than
/// 250 ms outside the outages. With `queue`: a hundred thousand entries of the staff's queue on each; fails when one screen
/// in a hundred takes more than 100 ms.
pub fn bench(args: &[String]) -> Result<(), Failure> {
    let word = match args {
        [] => None,
        [word] if ["refunds", "evidence", "chat", "queue"].contains(&word.as_str()) => {
            Some(word.as_str())
        }
        _ => {
            return Err(Failure::new(
                "bench knows four words: refunds, evidence, chat, queue",
            ));
        }
    };
    step("Building the server and the load generator in release (about 5 minutes the first time)");
    let mut build = Command::new("cargo");
    build.args([
        "build",
        "--release",
        "-p",
        "orders-server",
        "-p",
        "orders-bench",
    ]);
    run(build.current_dir(root()))?;

    match word {
        Some("refunds") => return bench_refunds(),
        Some("evidence") => return bench_evidence(),
        Some("chat") => return bench_chat(),
        Some("queue") => return bench_queue(),
        _ => {}
    }
    step("Filling four databases and measuring (about 10 minutes the first time)");
    let cluster = Cluster::start()?;
    for size in SIZES {
        cluster.create_database(&format!("tepai_bench_{size}"))?;
    }
    let release = root().join("target/release");
    let mut bench = Command::new(release.join("orders-bench"));
    bench
        .arg(release.join("tepai"))
        .arg(root().join("target/bench"))
        .arg(cluster.url("tepai_bench_{orders}"));
    run(&mut bench)
}

fn bench_evidence() -> Result<(), Failure> {
    step("Sending 200 MB of photos and videos, and malformed files");
    let release = root().join("target/release");
    let mut bench = Command::new(release.join("orders-bench"));
    run(bench.arg("evidence").arg(release.join("tepai")))
}

/// A thousand conversations, at the rate of a busy day and then as fast as the server lets shoppers talk.
fn bench_chat() -> Result<(), Failure> {
    for a_second in ["10", "300"] {
        step(&format!(
            "A thousand conversations for a minute on each database, {a_second} messages a second each way in all, the \
             server killed in between"
        ));
        on_both("chat", &["1000", a_second, "60"])?;
    }
    Ok(())
}

fn bench_queue() -> Result<(), Failure> {
    step("A hundred thousand entries of the staff's queue on each database");
    on_both("queue", &["100000"])
}

fn bench_refunds() -> Result<(), Failure> {
    step("Ten thousand refunds on each database, one in ten of everything goes wrong");
    on_both("refunds", &[])
}

/// Lets `orders-bench` do `what` on an empty SQLite database and on an empty PostgreSQL one.
fn on_both(what: &str, arguments: &[&str]) -> Result<(), Failure> {
    let cluster = Cluster::start()?;
    let name = format!("tepai_bench_{what}");
    cluster.create_database(&name)?;
    let folder = root().join("target/bench");
    for ending in ["", "-wal", "-shm"] {
        // Of a run before; most often there is none.
        let _gone = std::fs::remove_file(folder.join(format!("{what}.db{ending}")));
    }
    std::fs::create_dir_all(&folder).map_err(|error| Failure::new(error.to_string()))?;
    let release = root().join("target/release");
    let file = folder.join(format!("{what}.db"));
    let mut bench = Command::new(release.join("orders-bench"));
    bench
        .arg(what)
        .arg(release.join("tepai"))
        .args(arguments)
        .arg(format!("sqlite://{}", file.display()))
        .arg(cluster.url(&name));
    run(&mut bench)
}
