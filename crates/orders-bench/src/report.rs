//! The table.

use crate::Measured;
use crate::load::{Figure, Figures};

/// Which of the figures a row shows.
type Kind = (&'static str, fn(&Figures) -> &Figure);

/// Prints one row per database, size and request, and the ratio of large to small.
pub fn print(measured: &[Measured]) {
    println!("| database | request | orders | requests/s | p50 ms | p99 ms | p50 large/small |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    let kinds: [Kind; 3] = [
        ("list", |figures| &figures.list),
        ("detail", |figures| &figures.detail),
        ("cancel", |figures| &figures.cancel),
    ];
    for sizes in measured.chunk_by(|a, b| a.database == b.database) {
        for (kind, figure) in kinds {
            for (index, row) in sizes.iter().enumerate() {
                let now = figure(&row.figures);
                let ratio = if index == 0 {
                    String::new()
                } else {
                    format!("{:.2}", now.p50 / figure(&sizes[0].figures).p50)
                };
                println!(
                    "| {} | {kind} | {} | {:.0} | {:.2} | {:.2} | {ratio} |",
                    row.database, row.orders, now.per_second, now.p50, now.p99
                );
            }
        }
    }
}
