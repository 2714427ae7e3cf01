//! The help centre: for everybody, in the language that is asked for, filled in from the policy in force.

use std::fs;

use serde_json::{Value, json};

use orders_domain::LinkedArticle;

use crate::world::{Answer, World, read};

const HELP: &str = "/api/v1/help";

async fn help(world: &World, query: &str) -> Value {
    let answer = world.get(&format!("{HELP}{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

async fn in_english(world: &World, path: &str) -> Value {
    let request = world.request("GET", path).header("accept-language", "en");
    read(request).await.json()
}

async fn found(world: &World, asked: &str) -> Vec<String> {
    let query: String = asked.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let list = help(world, &format!("?q={query}")).await;
    assert_eq!(list["q"], asked);
    let items = list["items"].as_array().expect("items");
    let ids = items.iter().map(|item| item["id"].as_str().expect("an id"));
    ids.map(str::to_owned).collect()
}

#[tokio::test]
async fn anybody_reads_the_articles_of_a_shop_in_their_language() {
    let world = World::with(&[]).await;
    let list = help(&world, "").await;
    assert_eq!(list["shop"], json!({"id": "tepai", "name": "B特派"}));
    assert_eq!(list["shops"][1]["id"], "wanfu");
    assert!(list["items"].as_array().expect("items").len() >= 30);
    assert_eq!(list["items"][0]["title"], "怎样取消订单");
    let english = in_english(&world, HELP).await;
    assert_eq!(english["items"][0]["title"], "How to cancel an order");
    let theirs = help(&world, "?shop=wanfu").await;
    assert_eq!(theirs["shop"]["name"], "万福卡盟");
    let unknown = world.get(&format!("{HELP}?shop=nobody")).await;
    unknown.is_problem(422, "invalid_fields");
    assert_eq!(unknown.json()["errors"], json!({"shop": "unknown"}));
}

#[tokio::test]
async fn questions_are_answered_in_both_languages_and_may_name_the_shop() {
    // All of the shops' own: `http/help/seed_questions.rs`.
    let world = World::with(&[]).await;
    for (asked, first) in [
        ("如何取消未打包的B特派订单", "cancel-an-order"),
        ("如何联系B特派的客服？", "contact-support"),
        ("How do I contact B Tepai support?", "contact-support"),
        ("How do I cancel my order?", "cancel-an-order"),
        ("when does my refund arrive", "when-is-my-refund-there"),
        ("ＲＥＦＵＮＤ　ｒｅｊｅｃｔｅｄ", "refund-rejected"),
        ("12315", "complaints"),
    ] {
        let ids = found(&world, asked).await;
        assert_eq!(
            ids.first().map(String::as_str),
            Some(first),
            "{asked}: {ids:?}"
        );
    }
}

#[tokio::test]
async fn what_no_article_answers_says_so_and_names_the_shop_that_does() {
    let world = World::with(&[]).await;
    assert_eq!(found(&world, "火星基地").await, [] as [String; 0]);
    let list = help(&world, "?shop=wanfu&q=%E8%83%8C%E6%99%AF%E5%AE%A1%E6%A0%B8").await;
    assert_eq!(list["items"], json!([]));
    assert_eq!(list["elsewhere"], json!([{"id": "tepai", "name": "B特派"}]));
    let long = format!("{HELP}?q={}", "x".repeat(101));
    let answer = world.get(&long).await;
    answer.is_problem(422, "invalid_fields");
    assert_eq!(answer.json()["errors"], json!({"q": "too_long"}));
}

#[tokio::test]
async fn an_article_is_filled_in_from_the_policy_of_the_shop_that_is_asked_for() {
    let world = World::with(&[]).await;
    let path = format!("{HELP}/when-is-my-refund-there");
    let ours = in_english(&world, &path).await;
    let answer = ours["answer"].as_str().expect("an answer");
    assert!(
        answer.contains("7–10 working days by WeChat Pay"),
        "{answer}"
    );
    assert_eq!(ours["policy_version"], "2026-01");
    assert_eq!(ours["in_force"], "2026-01");
    // A version that there is not is the one in force.
    for version in ["2026-01", "2020-01"] {
        let of = in_english(&world, &format!("{path}?shop=tepai&version={version}")).await;
        assert_eq!(of, ours, "{version}");
    }
    assert_eq!(ours["shops"].as_array().expect("shops").len(), 2);
    let theirs = in_english(&world, &format!("{path}?shop=wanfu")).await;
    let answer = theirs["answer"].as_str().expect("an answer");
    assert!(
        answer.contains("1–3 working days by WeChat Pay"),
        "{answer}"
    );
    // Of one shop only.
    let couriers = world.get(&format!("{HELP}/couriers")).await.json();
    assert_eq!(couriers["shop"]["id"], "tepai");
    for gone in ["couriers?shop=wanfu", "no-such-article", "%00", "policies"] {
        let answer = world.get(&format!("{HELP}/{gone}")).await;
        answer.is_problem(404, "not_found");
    }
}

#[tokio::test]
async fn the_policy_in_force_is_there_by_its_version_and_no_other_is() {
    let world = World::with(&[]).await;
    let path = "/api/v1/policies/wanfu";
    let policy = world.get(path).await.json();
    assert_eq!(
        (&policy["version"], &policy["since"]),
        (&json!("2026-01"), &json!("2026-01-01"))
    );
    let states = policy["cancelling"].as_array().expect("states");
    let outcome = |state: &str| {
        let rule = states.iter().find(|rule| rule["state"] == state);
        rule.expect("the state")["outcome"].clone()
    };
    assert_eq!(outcome("awaiting_payment"), "self_service");
    assert_eq!(outcome("unpacked"), "by_request");
    assert_eq!(outcome("shipped"), "not_possible");
    assert_eq!(policy["exceptions"][0]["goods"], "定制商品");
    assert_eq!(
        policy["refunds"][2],
        json!({"channel": "bank_card", "starts_within": 1, "arrives_from": 3, "arrives_within": 5})
    );
    assert_eq!(policy["after_sale"]["silence"], "staff");
    let complaints = &policy["complaints"];
    assert_eq!(complaints["propose_days"], 5);
    assert_eq!(complaints["silence_grants"], false);
    assert_eq!(complaints["outside"]["phone"], "12315");
    assert_eq!(policy["differs"], json!([]));
    assert_eq!(
        policy["versions"],
        json!([{"version": "2026-01", "since": "2026-01-01"}])
    );
    // Without a fault of the seller, only a parcel on its way is refused there.
    assert_eq!(policy["after_sale"]["days"], Value::Null);
    assert_eq!(policy["after_sale"]["fault_days"], 15);
    let theirs = world.get("/api/v1/policies/tepai").await.json();
    assert_eq!(theirs["after_sale"]["days"], 7);
    assert_eq!(
        world.get(&format!("{path}?version=2026-01")).await.status,
        200
    );
    for gone in ["wanfu?version=2025-01", "nobody"] {
        let answer = world.get(&format!("/api/v1/policies/{gone}")).await;
        answer.is_problem(404, "not_found");
    }
}

#[tokio::test]
async fn answers_are_kept_by_their_tag_and_language() {
    let world = World::with(&[]).await;
    for path in [
        HELP,
        "/api/v1/help/cancel-an-order",
        "/api/v1/policies/tepai",
    ] {
        let ask = |tag: &str, language: &str| {
            let request = world.request("GET", path).header("if-none-match", tag);
            read(request.header("accept-language", language))
        };
        let first: Answer = world.get(path).await;
        assert_eq!(first.header("cache-control"), "public, max-age=300");
        assert_eq!(first.header("vary"), "accept-language");
        let tag = first.header("etag").to_owned();
        let again = ask(&format!("\"x\", W/{tag}"), "zh-CN").await;
        assert_eq!((again.status, again.text.as_str()), (304, ""), "{path}");
        assert_eq!(ask("\"x\"", "zh-CN").await.status, 200);
        assert_eq!(
            ask(&tag, "en").await.status,
            200,
            "another language is another answer"
        );
    }
}

#[tokio::test]
async fn a_merchants_own_articles_and_numbers_are_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    let [(_, tepai), _] = orders_domain::Policy::built_in();
    fs::write(
        path.join("tepai.toml"),
        tepai.replace("email_reply_hours = 24", "email_reply_hours = 6"),
    )
    .expect("a file");
    fs::create_dir(path.join("help")).expect("a folder");
    fs::write(
        path.join("help/own.toml"),
        "topic = \"support\"\n[[articles]]\nid = \"mail\"\nsource = \"ours\"\nlinks = []\n\
         title = { zh-CN = \"邮件\", en = \"Mail\" }\n\
         questions = [{ zh-CN = \"多久？\", en = \"When?\" }]\n\
         answer = { zh-CN = \"{email_hours}小时\", en = \"{email_hours} h\" }\n",
    )
    .expect("a file");
    let own = |id: &str| {
        format!(
            "[[articles]]\nid = \"{id}\"\nsource = \"ours\"\nlinks = []\n\
             title = {{ zh-CN = \"题\", en = \"Title\" }}\n\
             questions = [{{ zh-CN = \"问？\", en = \"Why?\" }}]\n\
             answer = {{ zh-CN = \"答\", en = \"So.\" }}\n"
        )
    };
    let linked = LinkedArticle::ALL.map(|linked| own(linked.code()));
    fs::write(
        path.join("help/pages-lead-here.toml"),
        format!("topic = \"support\"\n{}", linked.concat()),
    )
    .expect("a file");
    let world = World::configured(&[], |config| config.policy_dir = Some(path)).await;
    let list = help(&world, "").await;
    let linked = LinkedArticle::ALL.len();
    assert_eq!(list["items"].as_array().expect("items").len(), 1 + linked);
    assert_eq!(list["items"][0]["answer"], "6小时");
}
