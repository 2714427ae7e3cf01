//! Canned replies: written over the revision that they were made from, never deleted, each code once.

use orders_domain::StaffId;
use orders_store::testing::TestDatabase;
use orders_store::{Answer, Once, Reply, ReplySaved, ReplyText, Store};

use crate::on_both_databases;
use crate::orders::{minutes, noon};

on_both_databases!(
    a_reply_is_written_over_the_revision_it_was_made_from_and_no_other,
    of_eight_who_change_the_same_revision_one_is_kept,
    an_archived_reply_stays_and_may_be_taken_up_again,
    a_code_is_one_replys_in_its_shop_while_that_is_in_use,
    replies_are_of_the_shops_asked_for_and_of_every_shop,
    what_a_key_was_answered_it_is_answered_again,
);

fn text(shop: Option<&str>, code: &str, zh: &str) -> ReplyText {
    ReplyText {
        shop: shop.map(Into::into),
        code: code.to_owned(),
        title: format!("title of {code}"),
        zh_cn: Some(zh.to_owned()),
        en: None,
    }
}

fn told(reply: &Reply) -> Answer {
    Answer {
        status: 200,
        body: format!("{} {}", reply.id, reply.revision),
    }
}

async fn add(store: &Store, id: &str, text: &ReplyText) -> ReplySaved {
    let by = (&StaffId::from("zhou"), noon());
    store.add_reply(id, text, by, None, told).await.unwrap()
}

async fn change(store: &Store, id: &str, over: i64, text: Option<&ReplyText>) -> ReplySaved {
    let by = (&StaffId::from("admin"), noon() + minutes(1));
    let changed = store.change_reply((id, over), text, by, None, told);
    changed.await.unwrap()
}

fn is_done(saved: &ReplySaved) -> bool {
    matches!(saved, ReplySaved::Done(_))
}

async fn codes(store: &Store, shops: &[&str], archived: bool) -> Vec<String> {
    let shops: Vec<_> = shops.iter().map(|shop| (*shop).into()).collect();
    let replies = store.replies(&shops, archived).await.unwrap();
    let replies = replies.into_iter();
    replies
        .map(|reply| {
            let shop = reply.text.shop.map_or("*".to_owned(), |shop| shop.0);
            format!("{shop}/{}", reply.text.code)
        })
        .collect()
}

async fn a_reply_is_written_over_the_revision_it_was_made_from_and_no_other(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let (a, b) = (text(None, "a", "一\0"), text(Some("wanfu"), "b", "二"));
    assert!(is_done(&add(&store, "r1", &a).await));
    let first = store.reply("r1").await.unwrap().unwrap();
    assert_eq!((first.revision, first.changed_by.as_str()), (1, "zhou"));
    assert_eq!(first.text.zh_cn.as_deref(), Some("一\u{fffd}"));
    assert_eq!(change(&store, "r1", 0, Some(&b)).await, ReplySaved::Changed);
    assert_eq!(change(&store, "r1", 2, Some(&b)).await, ReplySaved::Changed);
    assert_eq!(change(&store, "r1", 0, None).await, ReplySaved::Changed);
    assert_eq!(store.reply("r1").await.unwrap(), Some(first));
    assert!(is_done(&change(&store, "r1", 1, Some(&b)).await));
    let second = store.reply("r1").await.unwrap().unwrap();
    assert_eq!((second.revision, second.changed_by.as_str()), (2, "admin"));
    assert_eq!(second.changed_at, noon() + minutes(1));
    assert_eq!(second.text.zh_cn.as_deref(), Some("二"));
    assert_eq!(second.text.shop, None, "whose it is stays");
    for id in ["r2", "", "\0"] {
        assert_eq!(store.reply(id).await.unwrap(), None);
        let nothing = change(&store, id, 1, Some(&b)).await;
        assert_eq!(nothing, ReplySaved::NotFound);
    }
}

async fn of_eight_who_change_the_same_revision_one_is_kept(database: &TestDatabase) {
    let store = database.store().await;
    add(&store, "r1", &text(None, "a", "一")).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..8 {
        let store = store.clone();
        tasks.spawn(async move {
            let text = text(None, "a", &number.to_string());
            is_done(&change(&store, "r1", 1, Some(&text)).await)
        });
    }
    let kept = tasks.join_all().await;
    assert_eq!(kept.into_iter().filter(|kept| *kept).count(), 1);
    let reply = store.reply("r1").await.unwrap().unwrap();
    assert_eq!(reply.revision, 2);
}

async fn an_archived_reply_stays_and_may_be_taken_up_again(database: &TestDatabase) {
    let store = database.store().await;
    let a = text(None, "a", "一");
    add(&store, "r1", &a).await;
    assert!(is_done(&change(&store, "r1", 1, None).await));
    assert_eq!(codes(&store, &[], false).await, [""; 0]);
    assert_eq!(codes(&store, &[], true).await, ["*/a"]);
    let archived = store.reply("r1").await.unwrap().unwrap();
    assert_eq!((archived.archived, archived.revision), (true, 2));
    assert_eq!(archived.text, a, "as it was");
    // Once more is nothing more, whatever was looked at.
    assert!(is_done(&change(&store, "r1", 1, None).await));
    assert_eq!(store.reply("r1").await.unwrap(), Some(archived));
    assert!(is_done(&change(&store, "r1", 2, Some(&a)).await));
    assert_eq!(codes(&store, &[], false).await, ["*/a"]);
    assert_eq!(codes(&store, &[], true).await, [""; 0]);
}

async fn a_code_is_one_replys_in_its_shop_while_that_is_in_use(database: &TestDatabase) {
    let store = database.store().await;
    let (every, ours) = (text(None, "a", "一"), text(Some("tepai"), "a", "二"));
    add(&store, "r1", &every).await;
    assert_eq!(add(&store, "r2", &every).await, ReplySaved::CodeTaken);
    assert!(is_done(&add(&store, "r3", &ours).await), "a shop's own");
    assert_eq!(add(&store, "r4", &ours).await, ReplySaved::CodeTaken);
    add(&store, "r5", &text(None, "b", "三")).await;
    let renamed = change(&store, "r5", 1, Some(&every)).await;
    assert_eq!(renamed, ReplySaved::CodeTaken);
    assert!(
        is_done(&change(&store, "r1", 1, Some(&every)).await),
        "its own"
    );
    // What is archived holds no code, and gets its own back only while nobody has it.
    change(&store, "r1", 2, None).await;
    assert!(is_done(&change(&store, "r5", 1, Some(&every)).await));
    let back = change(&store, "r1", 3, Some(&every)).await;
    assert_eq!(back, ReplySaved::CodeTaken);
}

async fn replies_are_of_the_shops_asked_for_and_of_every_shop(database: &TestDatabase) {
    let store = database.store().await;
    for (id, shop, code) in [
        ("r1", Some("wanfu"), "a"),
        ("r2", None, "a"),
        ("r3", Some("tepai"), "c"),
        ("r4", None, "b"),
    ] {
        add(&store, id, &text(shop, code, "一")).await;
    }
    let all = ["*/a", "wanfu/a", "*/b", "tepai/c"];
    assert_eq!(codes(&store, &[], false).await, all);
    let ours = ["*/a", "*/b", "tepai/c"];
    assert_eq!(codes(&store, &["tepai"], false).await, ours);
}

async fn what_a_key_was_answered_it_is_answered_again(database: &TestDatabase) {
    let store = database.store().await;
    let (zhou, a) = (StaffId::from("zhou"), text(None, "a", "一"));
    let once = |fingerprint: &str| Once {
        scope: "staff:zhou".to_owned(),
        key: "k".to_owned(),
        fingerprint: fingerprint.to_owned(),
        at: noon(),
    };
    let add = async |id: &str, fingerprint: &str| {
        let once = once(fingerprint);
        let added = store.add_reply(id, &a, (&zhou, noon()), Some(&once), told);
        added.await.unwrap()
    };
    let ReplySaved::Done(first) = add("r1", "f").await else {
        panic!("it was not added");
    };
    assert_eq!(add("r2", "f").await, ReplySaved::Replayed(first));
    assert_eq!(add("r3", "g").await, ReplySaved::KeyReused);
    assert_eq!(store.replies(&[], false).await.unwrap().len(), 1);
}
