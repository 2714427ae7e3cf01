//! Versions of policies, and drafts of new ones.

use orders_domain::{Order, ShopId, StaffId};
use orders_store::testing::TestDatabase;
use orders_store::{PoliciesMark, PolicyText, Publication, Store};

use crate::on_both_databases;
use crate::orders::{minutes, noon, order};

on_both_databases!(
    a_policy_file_takes_the_place_of_what_it_said_before_and_never_of_what_was_published,
    a_file_with_the_text_that_was_published_does_not_move_when_that_came_into_force,
    what_was_published_later_on_the_same_moment_comes_later,
    every_change_of_the_policies_shows_in_their_mark,
    a_draft_that_begins_counts_on_from_the_one_before,
    a_draft_is_written_over_the_revision_it_was_made_from_and_no_other,
    of_eight_who_save_the_same_revision_one_is_kept,
    publishing_takes_the_draft_and_happens_once,
    a_version_that_the_shop_has_is_not_published_again_and_the_draft_stays,
    the_orders_of_a_shop_come_newest_first_whole_and_page_by_page,
);

fn tepai() -> ShopId {
    ShopId::from("tepai")
}

fn text(version: &str, text: &str) -> PolicyText {
    PolicyText {
        shop: tepai(),
        version: version.to_owned(),
        text: text.to_owned(),
        in_force_from: noon(),
        published: None,
    }
}

fn publication() -> Publication {
    Publication {
        by: StaffId::from("wang"),
        at: noon() + minutes(1),
        note: Some("为新年".to_owned()),
    }
}

/// Saves the draft as Wang, over that revision.
async fn save(store: &Store, text: &str, over: i64) -> Option<i64> {
    let (shop, wang) = (tepai(), StaffId::from("wang"));
    let saved = store.save_policy_draft(&shop, text, over, &wang, noon());
    let saved = saved.await.unwrap()?;
    assert_eq!((saved.text.as_str(), &saved.changed_by), (text, &wang));
    Some(saved.revision)
}

/// Publishes the draft of that revision as `policy`.
async fn publish(store: &Store, policy: &PolicyText, revision: i64) -> bool {
    let by = publication();
    let published = store.publish_policy(policy, &by, revision);
    published.await.unwrap()
}

async fn a_policy_file_takes_the_place_of_what_it_said_before_and_never_of_what_was_published(
    database: &TestDatabase,
) {
    let store = database.store().await;
    assert!(store.keep_policy_file(&text("1", "a")).await.unwrap());
    assert!(store.keep_policy_file(&text("1", "b")).await.unwrap());
    assert_eq!(store.policies().await.unwrap(), [text("1", "b")]);
    assert_eq!(save(&store, "c", 0).await, Some(1));
    assert!(publish(&store, &text("2", "c"), 1).await);
    assert!(!store.keep_policy_file(&text("2", "d")).await.unwrap());
    // A file that says the same contradicts nothing.
    assert!(store.keep_policy_file(&text("2", "c")).await.unwrap());
    let expected = PolicyText {
        published: Some(publication()),
        ..text("2", "c")
    };
    assert_eq!(store.policies().await.unwrap(), [text("1", "b"), expected]);
}

async fn every_change_of_the_policies_shows_in_their_mark(database: &TestDatabase) {
    let store = database.store().await;
    let mut marks = vec![store.policies_mark().await.unwrap()];
    assert_eq!(marks[0], PoliciesMark::of(&[]));
    for step in 0..4 {
        let done = match step {
            0 => store.keep_policy_file(&text("1", "a")).await.unwrap(),
            1 => {
                let moved = PolicyText {
                    in_force_from: noon() + minutes(1),
                    ..text("1", "a")
                };
                store.keep_policy_file(&moved).await.unwrap()
            }
            2 => {
                let other = PolicyText {
                    shop: "wanfu".into(),
                    ..text("1", "a")
                };
                store.keep_policy_file(&other).await.unwrap()
            }
            _ => {
                assert_eq!(save(&store, "c", 0).await, Some(1));
                let mark = store.policies_mark().await.unwrap();
                assert_eq!(marks.last(), Some(&mark), "a draft is none");
                publish(&store, &text("2", "c"), 1).await
            }
        };
        assert!(done);
        let mark = store.policies_mark().await.unwrap();
        assert_eq!(mark, PoliciesMark::of(&store.policies().await.unwrap()));
        assert!(!marks.contains(&mark), "{step}");
        marks.push(mark);
    }
}

async fn a_file_with_the_text_that_was_published_does_not_move_when_that_came_into_force(
    database: &TestDatabase,
) {
    let store = database.store().await;
    assert_eq!(save(&store, "c", 0).await, Some(1));
    assert!(publish(&store, &text("2", "c"), 1).await);
    let mut file = text("2", "c");
    file.in_force_from = noon() + minutes(60);
    assert!(store.keep_policy_file(&file).await.unwrap());
    let known = store.policies().await.unwrap();
    assert_eq!(known[0].in_force_from, noon());
}

async fn what_was_published_later_on_the_same_moment_comes_later(database: &TestDatabase) {
    let store = database.store().await;
    for (version, after) in [("b", 1), ("a", 2)] {
        let revision = save(&store, version, 0).await.unwrap();
        let mut by = publication();
        by.at = noon() + minutes(after);
        let policy = text(version, version);
        let published = store.publish_policy(&policy, &by, revision);
        assert!(published.await.unwrap());
    }
    store.keep_policy_file(&text("z", "z")).await.unwrap();
    let known = store.policies().await.unwrap();
    let versions: Vec<_> = known.iter().map(|known| known.version.as_str()).collect();
    assert_eq!(versions, ["z", "b", "a"]);
}

async fn a_draft_that_begins_counts_on_from_the_one_before(database: &TestDatabase) {
    let store = database.store().await;
    assert_eq!(save(&store, "a", 0).await, Some(1));
    assert!(store.drop_policy_draft(&tepai(), 1).await.unwrap());
    assert!(!store.drop_policy_draft(&tepai(), 1).await.unwrap());
    assert_eq!(save(&store, "b", 1).await, None, "it is gone");
    assert_eq!(save(&store, "c", 0).await, Some(2));
    // Whoever has looked at the first neither writes over the second nor publishes it.
    assert_eq!(save(&store, "a2", 1).await, None);
    assert!(!publish(&store, &text("2", "a"), 1).await);
    assert!(publish(&store, &text("2", "c"), 2).await);
    assert_eq!(save(&store, "d", i64::MAX).await, None);
    assert_eq!(save(&store, "d", 0).await, Some(3));
}

async fn a_draft_is_written_over_the_revision_it_was_made_from_and_no_other(
    database: &TestDatabase,
) {
    let store = database.store().await;
    assert_eq!(store.policy_draft(&tepai()).await.unwrap(), None);
    assert_eq!(save(&store, "a", 1).await, None);
    assert_eq!(save(&store, "a", 0).await, Some(1));
    assert_eq!(save(&store, "b", 0).await, None);
    assert_eq!(save(&store, "c", 1).await, Some(2));
    assert_eq!(save(&store, "d", 1).await, None);
    let draft = store.policy_draft(&tepai()).await.unwrap().unwrap();
    assert_eq!((draft.text.as_str(), draft.revision), ("c", 2));
    assert!(!store.drop_policy_draft(&tepai(), 1).await.unwrap());
    assert!(store.drop_policy_draft(&tepai(), 2).await.unwrap());
    assert_eq!(store.policy_draft(&tepai()).await.unwrap(), None);
}

async fn of_eight_who_save_the_same_revision_one_is_kept(database: &TestDatabase) {
    let store = database.store().await;
    let saving: Vec<_> = (0..8)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let words = n.to_string();
                save(&store, &words, 0).await
            })
        })
        .collect();
    let mut kept = 0;
    for saving in saving {
        kept += usize::from(saving.await.unwrap().is_some());
    }
    assert_eq!(kept, 1);
}

async fn publishing_takes_the_draft_and_happens_once(database: &TestDatabase) {
    let store = database.store().await;
    assert_eq!(save(&store, "a", 0).await, Some(1));
    let policy = text("2", "a");
    assert!(!publish(&store, &policy, 2).await);
    assert_eq!(store.policies().await.unwrap(), []);
    assert!(publish(&store, &policy, 1).await);
    assert_eq!(store.policy_draft(&tepai()).await.unwrap(), None);
    assert!(!publish(&store, &policy, 1).await);
    assert_eq!(store.policies().await.unwrap().len(), 1);
}

async fn a_version_that_the_shop_has_is_not_published_again_and_the_draft_stays(
    database: &TestDatabase,
) {
    let store = database.store().await;
    store.keep_policy_file(&text("1", "a")).await.unwrap();
    assert_eq!(save(&store, "b", 0).await, Some(1));
    assert!(!publish(&store, &text("1", "b"), 1).await);
    assert!(store.policy_draft(&tepai()).await.unwrap().is_some());
    assert_eq!(store.policies().await.unwrap(), [text("1", "a")]);
}

async fn the_orders_of_a_shop_come_newest_first_whole_and_page_by_page(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders: Vec<_> = ["1", "2", "3", "4", "5"].map(order).into();
    orders[1].placed_at = noon() + minutes(5);
    orders[2].placed_at = noon() - minutes(5);
    orders[3].shop = "wanfu".into();
    store.insert_orders(&orders).await.unwrap();
    let since = async |after: Option<&Order>, limit| {
        let shop = tepai();
        let found = store.orders_placed_since(&shop, noon(), after, limit);
        found.await.unwrap()
    };
    let expected = [orders[1].clone(), orders[4].clone(), orders[0].clone()];
    assert_eq!(since(None, 10).await, expected);
    let mut pieces: Vec<Order> = Vec::new();
    while let [next] = since(pieces.last(), 1).await.as_slice() {
        pieces.push(next.clone());
    }
    assert_eq!(pieces, expected);
}
