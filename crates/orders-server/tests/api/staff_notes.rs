//! Notes of the staff: for colleagues, never for shoppers, added and never changed.

use serde_json::json;

use crate::chatting::{CONVERSATIONS, open};
use crate::world::{World, cup, read};

#[tokio::test]
async fn what_one_notes_the_others_read_and_no_shopper_does() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let chen = world.staff("chen").await;
    let id = open(&lin, "o1").await;
    for path in [
        "/api/v1/staff/orders/o1/notes".to_owned(),
        format!("/api/v1/staff/conversations/{id}/notes"),
    ] {
        let empty = wang.get(&path).await.json();
        assert_eq!(empty, json!({"items": [], "more": false}));
        let noted = wang.send("POST", &path, &json!({"text": "秘密一"})).await;
        assert_eq!(noted.status, 201, "{}", noted.text);
        assert_eq!(noted.json()["by"], json!({"id": "wang", "name": "WANG"}));
        assert_eq!(noted.json()["seq"], 1);
        zhou.send("POST", &path, &json!({"text": "秘密二"})).await;
        let both = zhou.get(&path).await.json();
        assert_eq!(both["items"][0], noted.json(), "it stays as it is");
        assert_eq!(both["items"][1]["by"]["id"], "zhou");
        let rest = zhou.get(&format!("{path}?after=1")).await.json();
        assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
        for method in ["PUT", "PATCH", "DELETE"] {
            let changed = read(wang.request(method, &path)).await;
            changed.is_problem(405, "method_not_allowed");
        }
        for text in ["", "  ", &"长".repeat(2001)] {
            let refused = wang.send("POST", &path, &json!({"text": text})).await;
            refused.is_problem(422, "invalid_fields");
        }
        chen.get(&path).await.is_problem(404, "not_found");
    }
    for path in [
        "/api/v1/orders/o1".to_owned(),
        format!("{CONVERSATIONS}/{id}"),
        format!("{CONVERSATIONS}/{id}/messages"),
        format!("{CONVERSATIONS}/{id}/transcript"),
    ] {
        let shown = lin.get(&path).await;
        assert_eq!(shown.status, 200);
        assert!(!shown.text.contains("秘密"), "{path}: {}", shown.text);
    }
}

#[tokio::test]
async fn a_note_sent_again_under_its_key_is_one_note() {
    let world = World::with(&[cup().build()]).await;
    let wang = world.staff("wang").await;
    let path = "/api/v1/staff/orders/o1/notes";
    let send = |text: &'static str| {
        let request = wang.request("POST", path).header("idempotency-key", "k");
        read(request.json(&json!({"text": text})))
    };
    let first = send("一").await;
    assert_eq!(send("一").await.json(), first.json());
    let other = send("二").await;
    assert_ne!(other.status, 201, "the key is another request's");
    let listed = wang.get(path).await.json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
}
