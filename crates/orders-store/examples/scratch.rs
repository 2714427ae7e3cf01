use orders_domain::*;
use orders_store::*;
use std::time::Instant;
#[path = "../tests/contract/orders.rs"]
#[allow(dead_code)]
mod orders;
fn rss() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .find(|l| l.starts_with("VmRSS"))
        .unwrap()
        .to_owned()
}
#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let n: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let store = Store::connect(&url).await.unwrap();
    let shoppers = n / 60;
    if store.is_empty().await.unwrap() {
        let t = Instant::now();
        for chunk in 0..n / 10_000 {
            let v: Vec<Order> = (chunk * 10_000..(chunk + 1) * 10_000)
                .map(|i| {
                    let h = i.wrapping_mul(0x9E3779B97F4A7C15);
                    let mut o = orders::order(&format!("{h:016x}"));
                    o.shopper = format!("s{}", i % shoppers).as_str().into();
                    o.placed_at = orders::noon() + chrono::Duration::seconds(i as i64);
                    o.state = OrderState::ALL[(h >> 40) as usize % 8];
                    if o.state == OrderState::Cancelled {
                        o.refunds.push(orders::refund(&o, 1));
                    }
                    for _ in 0..3 {
                        let e = o.timeline[0].clone();
                        o.timeline.push(e);
                    }
                    o
                })
                .collect();
            store.insert_orders(&v).await.unwrap();
        }
        println!("insert {n}: {:?}", t.elapsed());
        let t = Instant::now();
        store.settle().await.unwrap();
        println!("settle: {:?}", t.elapsed());
    }
    println!("{}", rss());
    let mut seen = Vec::new();
    for tab in [Tab::All, Tab::ToShip, Tab::AfterSale] {
        let mut times = Vec::new();
        for i in 0..1500u64 {
            let s: ShopperId = format!("s{}", i.wrapping_mul(7919) % shoppers)
                .as_str()
                .into();
            let t = Instant::now();
            let page = store
                .list_orders(
                    &s,
                    &OrderQuery {
                        tab,
                        limit: 20,
                        ..Default::default()
                    },
                )
                .await
                .unwrap();
            times.push(t.elapsed());
            if i % 3 == 0 {
                seen.push((s, page.orders[0].id.clone()));
            }
        }
        times.sort();
        println!("list {tab:?} p50 {:?} p99 {:?}", times[750], times[1485]);
    }
    let mut times = Vec::new();
    for (s, o) in &seen {
        let t = Instant::now();
        store.order_of(s, o).await.unwrap().unwrap();
        times.push(t.elapsed());
    }
    times.sort();
    println!(
        "detail p50 {:?} p99 {:?}",
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
    let mut times = Vec::new();
    for (s, o) in &seen {
        let sel = Selector::Owned {
            shopper: s.clone(),
            order: o.clone(),
        };
        let k = orders::once(&format!("{o}{}", times.len()));
        let t = Instant::now();
        store.change(&sel, Some(&k), orders::touch).await.unwrap();
        times.push(t.elapsed());
    }
    times.sort();
    println!(
        "change p50 {:?} p99 {:?}",
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
    println!("{}", rss());
}
