//! Tests of the policies, their versions and the articles.

use super::*;

fn article(id: &str, more: &str) -> String {
    format!(
        "[[articles]]\nid = \"{id}\"\nsource = \"ours\"\nlinks = []\n{more}\
         title = {{ zh-CN = \"题\", en = \"Title\" }}\n\
         questions = [{{ zh-CN = \"问？\", en = \"Why?\" }}]\n\
         answer = {{ zh-CN = \"答\", en = \"So.\" }}\n"
    )
}

/// Tepai's policy with these articles.
fn with(articles: &[String]) -> Result<Shops, PolicyError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let [(file, text), _] = Policy::built_in();
    std::fs::write(path.join(file), text).expect("a file");
    if !articles.is_empty() {
        let text = format!("topic = \"support\"\n{}", articles.concat());
        std::fs::create_dir(path.join("help")).expect("a folder");
        std::fs::write(path.join("help/own.toml"), text).expect("a file");
    }
    Shops::from_folder(path)
}

/// The shops of one policy file: tepai's, as that version from `since` on.
fn of_file(version: &str, since: &str) -> Shops {
    let calendar = Calendar::parse(&Calendar::built_in()).expect("a calendar");
    let help = Help::parse(&Help::built_in()).expect("help");
    Shops::of(&[("tepai.toml", &text(version, since))], calendar, help).expect("a policy")
}

fn text(version: &str, since: &str) -> String {
    let [(_, text), _] = Policy::built_in();
    text.replace("\"2026-01\"", &format!("\"{version}\""))
        .replace("since = 2026-01-01", &format!("since = {since}"))
}

fn at(instant: &str) -> Instant {
    instant.parse().expect("an instant")
}

/// Publishes a version in the console at `now`, in force from `from` on; no server here hears of it.
async fn published(store: &Store, version: &str, from: &str, now: &str) {
    let (shop, by) = ("tepai".into(), "admin".into());
    let text = text(version, &from[..10]);
    let saved = store.save_policy_draft(&shop, &text, 0, &by, at(now)).await;
    let draft = saved.expect("a store").expect("a draft");
    let row = PolicyText {
        shop,
        version: version.to_owned(),
        text,
        in_force_from: at(from),
        published: None,
    };
    let publication = orders_store::Publication {
        by,
        at: at(now),
        note: None,
    };
    let done = store.publish_policy(&row, &publication, draft.revision);
    assert!(done.await.expect("a store"));
}

#[tokio::test]
async fn of_two_versions_of_one_day_the_one_that_the_file_has_now_is_in_force() {
    let database = orders_store::testing::TestDatabase::sqlite();
    let store = database.store().await;
    for version in ["9", "10"] {
        let shops = of_file(version, "2026-01-01");
        let now = at("2026-03-18T07:00:00Z");
        shops.open(&store, now).await.expect("open");
        let in_force = shops.policy(&"tepai".into()).expect("a policy");
        assert_eq!(in_force.version, version);
    }
}

#[tokio::test]
async fn an_order_goes_by_the_version_of_the_moment_it_was_placed_at_wherever_that_was_published() {
    let database = orders_store::testing::TestDatabase::sqlite();
    let store = database.store().await;
    let shops = of_file("first", "2026-01-01");
    let opened = at("2026-03-01T00:00:00Z");
    shops.open(&store, opened).await.expect("open");
    // By other servers; the last is not in force yet.
    let next = "2026-03-10T04:00:00Z";
    published(&store, "next", next, next).await;
    published(
        &store,
        "last",
        "2026-04-01T00:00:00Z",
        "2026-03-11T00:00:00Z",
    )
    .await;
    let now = at("2026-03-18T07:00:00Z");
    for (placed_at, version) in [
        // What was in force then is known without another look, and older than all is the first.
        ("2026-02-01T00:00:00Z", "first"),
        ("2025-06-01T00:00:00Z", "first"),
        ("2026-03-10T03:59:59.999Z", "first"),
        ("2026-03-10T04:00:00Z", "next"),
        ("2026-03-18T07:00:00Z", "next"),
        // The shop's clock is ahead.
        ("2026-04-02T00:00:00Z", "next"),
        // Again, now that all is known.
        ("2026-03-10T03:59:59.999Z", "first"),
        ("2025-06-01T00:00:00Z", "first"),
    ] {
        let policy = shops
            .policy_at(&store, &"tepai".into(), at(placed_at), now)
            .await
            .expect("a store");
        let found = policy.map(|policy| policy.version.as_str());
        assert_eq!(found, Some(version), "{placed_at}");
    }
    let none = shops.policy_at(&store, &"nobody".into(), now, now).await;
    assert!(none.expect("a store").is_none());
    // What was known to come has come, though there is nothing new.
    let (begun, later) = (at("2026-04-01T00:00:00Z"), at("2026-04-02T00:00:00Z"));
    assert_eq!(version_at(&shops, &store, begun, later).await, "last");
    // Who asked for the time before that sets nothing back.
    shops.refresh(&store, now).await.expect("a store");
    let in_force = shops.policy(&"tepai".into()).expect("a policy");
    assert_eq!(in_force.version, "last");
}

/// The version by which an order goes that is placed at `placed_at` and comes in at `now`.
async fn version_at(shops: &Shops, store: &Store, placed_at: Instant, now: Instant) -> String {
    let policy = shops
        .policy_at(store, &"tepai".into(), placed_at, now)
        .await;
    let policy = policy.expect("a store").expect("a policy");
    policy.version.clone()
}

#[tokio::test]
async fn an_order_has_the_policies_read_again_only_where_there_is_something_new() {
    let database = orders_store::testing::TestDatabase::sqlite();
    let store = database.store().await;
    let shops = of_file("first", "2026-01-01");
    let now = at("2026-03-01T00:00:00Z");
    shops.open(&store, now).await.expect("open");
    // Somebody who reads them would find that this is none of them.
    let odd = Policy::parse("odd", &text("odd", "2026-01-01")).expect("a policy");
    let since = odd.start_of(odd.since);
    shops.keep(odd);
    shops.put("tepai".into(), vec![(since, "odd".to_owned())]);
    let [second, third] = [1, 2].map(|seconds| now + chrono::TimeDelta::seconds(seconds));
    assert_eq!(version_at(&shops, &store, second, second).await, "odd");
    published(
        &store,
        "next",
        "2026-03-01T00:00:02Z",
        "2026-03-01T00:00:01Z",
    )
    .await;
    assert_eq!(
        version_at(&shops, &store, now, third).await,
        "odd",
        "long known"
    );
    assert_eq!(version_at(&shops, &store, second, third).await, "first");
    assert_eq!(version_at(&shops, &store, third, third).await, "next");
}

#[tokio::test]
async fn a_file_that_says_something_new_and_is_older_than_what_was_published_is_told_of() {
    let database = orders_store::testing::TestDatabase::sqlite();
    let store = database.store().await;
    let now = at("2026-03-18T07:00:00Z");
    let first = of_file("first", "2026-01-01");
    first.open(&store, now).await.expect("open");
    published(
        &store,
        "next",
        "2026-03-10T04:00:00Z",
        "2026-03-10T04:00:00Z",
    )
    .await;
    let known = store.policies().await.expect("policies");
    for (version, since, told) in [
        // The file has not changed since.
        ("first", "2026-01-01", false),
        ("first", "2026-01-02", true),
        ("edited", "2026-01-01", true),
        ("edited", "2026-03-18", false),
    ] {
        let shops = of_file(version, since);
        let overtaken = shops.overtaken(&known, now).len() == 1;
        assert_eq!(overtaken, told, "{version} {since}");
    }
    // What is published for later has overtaken nothing yet.
    let before = at("2026-03-10T03:00:00Z");
    let edited = of_file("edited", "2026-01-01");
    assert!(edited.overtaken(&known, before).is_empty());
}

#[test]
fn own_articles_without_one_that_pages_lead_to_keep_the_server_from_starting() {
    let all: Vec<_> = LinkedArticle::ALL
        .map(|linked| article(linked.code(), ""))
        .into();
    assert!(with(&all).is_ok());
    for (at, linked) in LinkedArticle::ALL.into_iter().enumerate() {
        let mut lacking = all.clone();
        lacking[at] = article("another", "");
        let error = with(&lacking).expect_err("one is missing");
        assert_eq!(error.key, "articles");
        assert!(error.file.ends_with("help"), "{error}");
        assert!(error.reason.contains(linked.code()), "{error}");
    }
}

#[test]
fn own_articles_for_a_shop_without_a_policy_are_refused_and_the_built_in_ones_are_not() {
    let mut all: Vec<_> = LinkedArticle::ALL
        .map(|linked| article(linked.code(), ""))
        .into();
    all.push(article("theirs", "shops = [\"wanfu\"]\n"));
    let error = with(&all).expect_err("there is no such shop");
    assert!(error.file.ends_with("own.toml"), "{error}");
    let last = LinkedArticle::ALL.len();
    assert_eq!(error.key, format!("articles[{last}].shops"));
    assert!(with(&[]).is_ok());
}
