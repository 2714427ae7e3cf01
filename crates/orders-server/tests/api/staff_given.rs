//! A world in which every call of the console has something to do, so that whoever may make it does it.

use orders_domain::{Order, PendingCause, Permission, Policy, Role};
use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, first_words, open};
use crate::evidence;
use crate::guard::{body_for, everything, filled};
use crate::refund_way::{card, failed};
use crate::staff_policies::{draft, today};
use crate::world::{Answer, Caller, PASSWORD, World, named, read};

const STAFF: &str = "/api/v1/staff";

/// Calls that do nothing in this world even for those who may make them: method, path, status, code, and why.
pub const NOT_DONE: [(&str, &str, u16, &str, &str); 2] = [
    (
        "GET",
        "/conversations/{id}/socket",
        426,
        "upgrade_required",
        "what asks here is no WebSocket; in `staff_chat` it is",
    ),
    (
        "POST",
        "/orders/{id}/limit/lifting",
        409,
        "no_limit",
        "it takes two dozen cancels until somebody is limited; in `limits` somebody is",
    ),
];

/// Orders for everything that is done once: what one call does is in no other's way.
pub fn orders() -> Vec<Order> {
    let dear = |n: &str| named(n).line("屏风", 1, 80_000);
    let rules = orders_testkit::Rules::built_in().expect("rules");
    let now = orders_testkit::usual_now();
    let wish = orders_testkit::ask(
        orders_domain::CaseKind::ReturnAndRefund,
        "no_longer_wanted",
        &[("L2", 1)],
    );
    let returned = orders_testkit::tell(&rules, dear("11").delivered().build())
        .case_opened(now, &wish)
        .end();
    let complaint = orders_testkit::complaint(
        orders_domain::ComplaintTopic::Service,
        orders_domain::ComplaintWish::Refund,
        "没有人回电",
    );
    let complained = orders_testkit::tell(&rules, dear("12").delivered().build())
        .complained(now, &complaint)
        .end();
    let mut orders: Vec<Order> = everything().into();
    orders.extend([
        named("5").pending(PendingCause::IncompleteInfo).build(),
        named("6").pending(PendingCause::NoCourier).build(),
        named("7").build(),
        dear("8").shop("wanfu").build(),
        named("9").shop("wanfu").build(),
        dear("10").shop("wanfu").build(),
        returned,
        complained,
        failed("13"),
        named("14").pending(PendingCause::NoCourier).build(),
        named("15").pending(PendingCause::NoCourier).build(),
    ]);
    orders
}

/// What is there for `caller`, by what is done with it.
pub struct Given {
    photo: String,
    talk: String,
    to_end: String,
    to_hand_back: String,
    to_transfer: String,
    to_answer: String,
    to_look_up: String,
    to_confirm: String,
    to_change: String,
    to_archive: String,
    since: String,
}

async fn made(caller: &Caller<'_>, method: &str, path: &str, body: Value) -> Value {
    let answer = caller.send(method, path, &body).await;
    assert!(done(&answer), "{method} {path}: {}", answer.text);
    serde_json::from_str(&answer.text).unwrap_or_default()
}

/// Whether an answer says that it was done.
pub fn done(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

fn id_of(made: &Value) -> String {
    made["id"].as_str().expect("an id").to_owned()
}

/// Lin asks, a colleague decides what a second person has to agree with, and `caller` has some of it in hand already.
pub async fn given(world: &World, caller: &Caller<'_>, role: Role) -> Given {
    let (lin, li, boss) = (
        world.lin().await,
        world.staff("li").await,
        world.staff("boss").await,
    );
    for order in ["o9", "o10"] {
        let asked = lin.cancel(order, &json!({"reason": "changed_mind"})).await;
        assert_eq!(asked.status, 202, "{}", asked.text);
    }
    let way = "/api/v1/refunds/o13-R1/way";
    made(&lin, "PUT", way, card(PASSWORD)).await;
    drafted(&lin, &li, &boss).await;

    let upload = evidence::send(&lin, &evidence::photo(), 512 * 1024).await;
    let mut words = first_words("o1");
    words["evidence"] = json!([upload["id"]]);
    let talk = id_of(&made(&lin, "POST", CONVERSATIONS, words).await);
    let mut taken = Vec::new();
    for order in ["o5", "o6", "o7"] {
        let id = open(&lin, order).await;
        let path = format!("{STAFF}/conversations/{id}/take");
        assert!(done(&read(caller.request("POST", &path)).await), "{order}");
        // What nobody has answered is not ended.
        let answer = json!({"client_id": "hello", "text": "您好"});
        let path = format!("{STAFF}/conversations/{id}/messages");
        made(caller, "POST", &path, answer).await;
        taken.push(id);
    }
    let mut enquiries = Vec::new();
    for _ in 0..3 {
        let path = format!("{STAFF}/orders/o1/enquiries");
        let begun = made(caller, "POST", &path, body_for(&path)).await;
        enquiries.push(id_of(&begun));
    }
    let look_up = format!("{STAFF}/enquiries/{}/look-up", enquiries[0]);
    made(caller, "POST", &look_up, json!({})).await;
    let path = format!("{STAFF}/work/p-o15/claim");
    made(caller, "PUT", &path, json!({"take_over": false})).await;

    // Who may not change any is refused before anybody looks for it.
    let mut replies = vec!["none".to_owned(); 2];
    if role.may(Permission::EditReplies) {
        for (place, code) in ["first", "second"].into_iter().enumerate() {
            let reply = json!({"code": code, "title": "致谢", "zh": "谢谢"});
            let added = made(caller, "POST", &format!("{STAFF}/replies"), reply).await;
            replies[place] = id_of(&added);
        }
    }
    let since = today(world, 0);
    if role.may(Permission::DraftPolicy) {
        let texts = [
            ("tepai", draft(&since)),
            ("wanfu", Policy::built_in()[1].1.to_owned()),
        ];
        for (shop, text) in texts {
            let path = format!("{STAFF}/policies/{shop}/draft");
            made(caller, "PUT", &path, json!({"text": text, "revision": 0})).await;
        }
    }
    let mut taken = taken.into_iter();
    let mut enquiries = enquiries.into_iter();
    let mut replies = replies.into_iter();
    let next = |of: &mut dyn Iterator<Item = String>| of.next().expect("one for each");
    Given {
        photo: id_of(&upload),
        talk,
        to_end: next(&mut taken),
        to_hand_back: next(&mut taken),
        to_transfer: next(&mut taken),
        to_answer: next(&mut enquiries),
        to_look_up: next(&mut enquiries),
        to_confirm: next(&mut enquiries),
        to_change: next(&mut replies),
        to_archive: next(&mut replies),
        since,
    }
}

/// What colleagues decided and a second person has to agree with, one of each kind.
async fn drafted(lin: &Caller<'_>, li: &Caller<'_>, boss: &Caller<'_>) {
    let orders = format!("{STAFF}/orders");
    let why = json!({"reason": "out_of_stock"});
    made(boss, "POST", &format!("{orders}/o8/cancellation"), why).await;
    let grant = json!({"decision": "approve"});
    let path = format!("{orders}/o10/request/decisions");
    made(boss, "POST", &path, grant).await;
    let path = format!("{STAFF}/cases/o11-C1/decisions");
    let ask = json!({"decision": "approve", "return_to": "杭州退货仓"});
    made(li, "POST", &path, ask).await;
    let parcel = json!({"courier": "顺丰", "tracking_number": "SF1"});
    made(lin, "PUT", "/api/v1/cases/o11-C1/parcel", parcel).await;
    made(li, "POST", &path, json!({"decision": "receive"})).await;
    let proposal = json!({"kind": "refund", "amount": 60_000, "reason": "已核实"});
    let path = format!("{STAFF}/complaints/o12-K1/proposals");
    made(li, "POST", &path, proposal).await;
}

impl Given {
    /// What a call is asked with, as its document names it: the path, and the body where it takes one.
    pub fn asked(&self, method: &str, path: &str, body: bool) -> (String, Option<Value>) {
        let below = path.strip_prefix(STAFF).expect("a path of the console");
        let id = match (method, below) {
            (_, "/evidence/{id}/file") => &self.photo,
            ("POST", "/conversations/{id}/end") => &self.to_end,
            ("POST", "/conversations/{id}/hand-back") => &self.to_hand_back,
            ("POST", "/conversations/{id}/transfer") => &self.to_transfer,
            (_, below) if below.starts_with("/conversations/{id}") => &self.talk,
            (_, "/enquiries/{id}/answer") => &self.to_answer,
            (_, "/enquiries/{id}/look-up") => &self.to_look_up,
            (_, "/enquiries/{id}/who") => &self.to_confirm,
            ("PUT", "/replies/{id}") => &self.to_change,
            ("DELETE", "/replies/{id}") => &self.to_archive,
            ("PUT", "/orders/{id}/address") => "o5",
            ("POST", "/orders/{id}/confirmation") => "o6",
            ("POST", "/orders/{id}/cancellation") => "o7",
            ("POST", "/orders/{id}/cancellation/approvals") => "o8",
            ("POST", "/orders/{id}/request/decisions") => "o9",
            ("POST", "/orders/{id}/request/approvals") => "o10",
            ("PUT", "/work/{id}/claim") => "p-o14",
            ("DELETE", "/work/{id}/claim") => "p-o15",
            ("DELETE", "/policies/{id}/draft") => "wanfu",
            (_, below) if below.starts_with("/policies/{id}") => "tepai",
            _ => "o1",
        };
        let second = below.ends_with("/approvals");
        let (case, complaint) = if second {
            ("o11-C1", "o12-K1")
        } else {
            ("o3-C1", "o4-K1")
        };
        let refund = if method == "POST" { "o13-R1" } else { "o2-R1" };
        let query = match (method, below) {
            ("GET", "/orders") => "?q=N1",
            ("GET", "/colleagues") => "?shop=tepai",
            ("GET", "/insight.csv") => "?of=cancellations",
            ("DELETE", _) if !below.starts_with("/work") => "?revision=1",
            _ => "",
        };
        let there = path
            .replace("{id}", id)
            .replace("{case}", case)
            .replace("{complaint}", complaint)
            .replace("{refund}", refund);
        (
            format!("{}{query}", filled(&there)),
            body.then(|| self.body(below)),
        )
    }

    fn body(&self, below: &str) -> Value {
        match below {
            "/cases/{case}/decisions" => {
                json!({"decision": "approve", "return_to": "杭州退货仓"})
            }
            "/conversations/{id}/enquiries" => {
                json!({"confirmed_by": "logged_in", "topic": "refund"})
            }
            "/conversations/{id}/transfer" => json!({"to": "li"}),
            "/replies/{id}" => {
                json!({"revision": 1, "code": "first", "title": "致谢", "zh": "谢谢您"})
            }
            "/policies/{id}/draft" => json!({"text": draft(&self.since), "revision": 1}),
            // The one before has saved it once more.
            "/policies/{id}/publication" => {
                json!({"revision": 2, "version": "next", "since": self.since, "note": "S0"})
            }
            below => body_for(&format!("{STAFF}{below}")),
        }
    }
}
