//! A server for one test, two shoppers with orders, and requests in one line.

use std::sync::Arc;
use std::time::Duration;

use orders_domain::{Evidence, Instant, Order, Role, StaffMember};
use orders_server::{Config, Server};
use orders_store::{Credentials, KeptEvidence, Shopper, StaffSecrets, Store};
use orders_testkit::{FixedClock, order, usual_now};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "correct horse";
pub const KEY: &str = "the integration key";
/// What everybody of the staff has in their authenticator app.
pub const STAFF_SECRET: &str = "JBSWY3DPEHPK3PXP";

/// Everybody of the staff: one of each role, and one of each for a shop that has no orders here.
const STAFF: [(&str, Role, &[&str]); 6] = [
    ("wang", Role::Agent, &[]),
    ("li", Role::Agent, &["tepai"]),
    ("zhou", Role::Supervisor, &[]),
    ("chen", Role::Supervisor, &["wanfu"]),
    ("admin", Role::Admin, &[]),
    ("boss", Role::Admin, &["wanfu"]),
];

/// A running server and what it runs on.
pub struct World {
    pub clock: FixedClock,
    pub base: String,
    pub client: Client,
    pub folder: TempDir,
    pub config: Config,
    server: Option<Server>,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self
            .headers
            .get(name)
            .map(|value| value.to_str().expect("text"));
        value.unwrap_or_default()
    }

    /// Checks status and code of a problem, and that it is one.
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(problem["title"].is_string() && problem["detail"].is_string());
    }
}

impl World {
    /// A server with the two shoppers `lin` and `zhao` and these orders.
    pub async fn with(orders: &[Order]) -> Self {
        Self::configured(orders, |_| {}).await
    }

    pub async fn configured(orders: &[Order], configure: impl FnOnce(&mut Config)) -> Self {
        Self::started(usual_now(), orders, configure).await
    }

    /// A server that is started at `now`.
    pub async fn started(
        now: Instant,
        orders: &[Order],
        configure: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(folder.path());
        configure(&mut config);
        let store = Store::connect(&config.database_url)
            .await
            .expect("a database");
        let hash = password_hash();
        for (id, logins) in [
            ("lin", ["lin@example.com", "13800000001"].as_slice()),
            ("zhao", &["zhao@example.com"]),
        ] {
            let credentials = Credentials {
                shopper: Shopper {
                    id: id.into(),
                    display_name: id.to_uppercase(),
                },
                password_hash: hash.clone(),
            };
            store
                .put_shopper(&credentials, logins)
                .await
                .expect("a shopper");
        }
        let secrets = StaffSecrets {
            password_hash: hash.clone(),
            totp_secret: STAFF_SECRET.to_owned(),
        };
        for (id, role, shops) in STAFF {
            let member = StaffMember {
                id: id.into(),
                name: id.to_uppercase(),
                role,
                shops: shops.iter().map(|shop| (*shop).into()).collect(),
            };
            // In a second world on the same database they are there already.
            let added = store.add_staff(&member, &secrets, now).await;
            added.expect("somebody of the staff");
        }
        for order in orders {
            for evidence in named_in(order) {
                let kept = KeptEvidence { evidence, bytes: 1 };
                let kept = store.insert_evidence(&order.shopper, &kept, now).await;
                kept.expect("evidence");
            }
        }
        store.insert_orders(orders).await.expect("orders");
        store.close().await;
        let clock = FixedClock::at(now);
        let server = Server::start(config.clone(), Arc::new(clock.clone())).await;
        let server = server.expect("the server starts");
        Self {
            clock,
            base: format!("http://{}", server.address()),
            client: Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .expect("a client"),
            folder,
            config,
            server: Some(server),
        }
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.request("GET", path)).await
    }

    pub async fn log_in(&self, login: &str, password: &str) -> Answer {
        let body = json!({"login": login, "password": password});
        read(self.request("POST", "/api/v1/session").json(&body)).await
    }

    /// Logs in and gives back the session's token.
    pub async fn token_of(&self, shopper: &str) -> String {
        let answer = self
            .log_in(&format!("{shopper}@example.com"), PASSWORD)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let cookie = answer.header("set-cookie");
        let token = cookie.split(['=', ';']).nth(1).expect("a cookie");
        token.to_owned()
    }

    pub async fn lin(&self) -> Caller<'_> {
        Caller {
            world: self,
            token: self.token_of("lin").await,
        }
    }

    pub async fn zhao(&self) -> Caller<'_> {
        Caller {
            world: self,
            token: self.token_of("zhao").await,
        }
    }

    pub async fn log_in_staff(&self, login: &str, password: &str, code: &str) -> Answer {
        let body = json!({"login": login, "password": password, "code": code});
        read(self.request("POST", "/api/v1/staff/session").json(&body)).await
    }

    /// The code that an authenticator app shows now.
    pub fn code(&self) -> String {
        self.code_at(0)
    }

    /// The code that it shows so many steps later.
    pub fn code_at(&self, steps: i64) -> String {
        self.code_of(STAFF_SECRET, steps)
    }

    /// The code for another secret.
    pub fn code_of(&self, secret: &str, steps: i64) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
        let totp = totp_rs::Builder::new().with_secret(secret);
        let seconds = orders_domain::Clock::now(&self.clock).timestamp() + 30 * steps;
        let seconds = u64::try_from(seconds).expect("seconds");
        totp.build_noncompliant().generate(seconds).to_string()
    }

    /// Somebody of the staff, logged in. Once in half a minute: a code is used once.
    pub async fn staff(&self, id: &str) -> Caller<'_> {
        let answer = self.log_in_staff(id, PASSWORD, &self.code()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let cookie = answer.header("set-cookie");
        let token = cookie.split(['=', ';']).nth(1).expect("a cookie");
        Caller {
            world: self,
            token: token.to_owned(),
        }
    }

    pub fn shop(&self) -> Caller<'_> {
        Caller {
            world: self,
            token: KEY.to_owned(),
        }
    }

    /// Tells what happened to an order; the event's id is its type.
    pub async fn event(&self, external_id: &str, kind: &str) -> Answer {
        let body = json!({"event_id": kind, "type": kind, "occurred_at": usual_now()});
        self.event_of(external_id, &body).await
    }

    pub async fn event_of(&self, external_id: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/integration/orders/{external_id}/events");
        self.shop().send("POST", &path, body).await
    }

    /// Another server on the same database and files.
    pub async fn restart(&mut self) {
        self.stop().await;
        let server = Server::start(self.config.clone(), Arc::new(self.clock.clone())).await;
        let server = server.expect("the server starts");
        self.base = format!("http://{}", server.address());
        self.server = Some(server);
    }

    /// The database, beside the server.
    pub async fn store(&self) -> Store {
        let store = Store::connect(&self.config.database_url).await;
        store.expect("a database")
    }

    pub async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }
}

/// The photos and videos of an order's cases.
fn named_in(order: &Order) -> impl Iterator<Item = Evidence> {
    let entries = order.body.cases.iter().flat_map(|case| &case.thread);
    entries.flat_map(|entry| entry.evidence.iter().cloned())
}

/// The settings of a server with its database in `folder`.
pub fn config(folder: &std::path::Path) -> Config {
    Config {
        listen: "127.0.0.1:0".to_owned(),
        database_url: format!("sqlite://{}", folder.join("tepai.db").display()),
        evidence: folder.join("evidence").display().to_string(),
        demo: false,
        integration_key: Some(KEY.to_owned()),
        policy_dir: None,
        public_url: None,
        dist: None,
        dist_staff: None,
        trusted_proxies: 0,
        frame_ancestors: "'self'".to_owned(),
        host_origins: String::new(),
        payments: None,
        smtp_url: None,
        smtp_ca: None,
        sms_webhook: None,
        sms_key: None,
        mail_from: None,
        refund_haste: 1,
        staff_may_nothing: false,
        log: tracing::Level::ERROR,
    }
}

/// Somebody with a token.
pub struct Caller<'a> {
    pub world: &'a World,
    pub token: String,
}

impl Caller<'_> {
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.world.request(method, path).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.request("GET", path)).await
    }

    pub async fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        read(self.request(method, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        read(self.request("DELETE", path)).await
    }

    pub async fn cancel(&self, order: &str, body: &Value) -> Answer {
        self.send(
            "POST",
            &format!("/api/v1/orders/{order}/cancellation"),
            body,
        )
        .await
    }

    pub async fn order(&self, order: &str) -> Value {
        self.get(&format!("/api/v1/orders/{order}")).await.json()
    }
}

pub async fn read(request: RequestBuilder) -> Answer {
    read_response(request.send().await.expect("an answer")).await
}

async fn read_response(response: Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    // A stream has no end that a test could wait for.
    let streams = headers
        .get("content-type")
        .is_some_and(|kind| kind == "text/event-stream");
    let text = if streams {
        String::new()
    } else {
        response.text().await.expect("a body")
    };
    Answer {
        status,
        headers,
        text,
    }
}

/// Lin's order `o1` (`e1` to the shop), unpacked, of one cup for 10 yuan.
pub fn cup() -> orders_testkit::OrderBuilder {
    named("1")
}

/// Lin's order `o{n}`, known to the shop as `e{n}`.
pub fn named(n: &str) -> orders_testkit::OrderBuilder {
    order()
        .id(&format!("o{n}"))
        .external_id(&format!("e{n}"))
        .number(&format!("N{n}"))
        .shopper("lin")
        .line("杯子", 1, 1000)
}

/// Lin's order `o{n}` after its seller cancelled it: its refund `o{n}-R1` is the shop's to make.
pub fn refunded(n: &str) -> Order {
    let order = named(n).build();
    let event = orders_domain::DatedEvent {
        occurred_at: usual_now(),
        event: orders_domain::ShopEvent::SellerCancelled {
            reason: "out_of_stock".to_owned(),
            note: None,
        },
    };
    let rules = orders_testkit::Rules::built_in().expect("rules");
    let policy = rules.policy(&order.shop).expect("a policy");
    match order.apply(&event, policy, &rules.calendar, usual_now()) {
        Ok(orders_domain::Applied::Changed(change)) => change.order,
        other => panic!("{other:?}"),
    }
}

/// Lin's order `o{n}` of a cup, signed for an hour ago, with the open case `o{n}-C1`: she does not want it any more.
pub fn with_case(n: &str) -> Order {
    let rules = orders_testkit::Rules::built_in().expect("rules");
    let wish = orders_testkit::ask(
        orders_domain::CaseKind::ReturnAndRefund,
        "no_longer_wanted",
        &[("L1", 1)],
    );
    orders_testkit::tell(&rules, named(n).delivered().build())
        .case_opened(usual_now(), &wish)
        .end()
}

/// Lin's order `o{n}` of a cup, about which she complains, with the complaint `o{n}-K1`.
pub fn with_complaint(n: &str) -> Order {
    let rules = orders_testkit::Rules::built_in().expect("rules");
    let intent = orders_testkit::complaint(
        orders_domain::ComplaintTopic::Service,
        orders_domain::ComplaintWish::Refund,
        "没有人回电",
    );
    orders_testkit::tell(&rules, named(n).delivered().build())
        .complained(usual_now(), &intent)
        .end()
}

/// Looks until it is so; the server works by itself.
pub async fn looks(caller: &Caller<'_>, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let mut found = Value::Null;
    for _ in 0..800 {
        found = caller.get(path).await.json();
        if is_so(&found) {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never: {found}");
}

fn password_hash() -> String {
    use argon2::password_hash::PasswordHasher;
    // Weak on purpose: tests check many.
    let params = argon2::Params::new(8, 1, 1, None).expect("parameters");
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let hash = argon2.hash_password(PASSWORD.as_bytes()).expect("a hash");
    hash.to_string()
}
