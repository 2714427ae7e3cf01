//! A mail server for one test: a real one (`mailin`), which keeps what it is given and refuses what it is told to.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use mailin_embedded::response::{self, Response};
use mailin_embedded::{AuthMechanism, Handler, Server, SslConfig};
use orders_server::Config;

/// Where a mail can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// When the sender is named.
    Sender,
    /// When the recipient is named.
    Recipient,
    /// When all of it has arrived.
    Data,
}

/// Where the links in letters lead. The server's own address is known only once it runs.
pub const ORIGIN: &str = "http://orders.example.com";

/// A mail that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub raw: String,
}

impl Taken {
    fn parsed(&self) -> mail_parser::Message<'_> {
        mail_parser::MessageParser::default()
            .parse(&self.raw)
            .expect("a mail")
    }

    pub fn subject(&self) -> String {
        self.parsed().subject().expect("a subject").to_owned()
    }

    pub fn id(&self) -> String {
        self.parsed().message_id().expect("an id").to_owned()
    }

    pub fn text(&self) -> String {
        self.parsed().body_text(0).expect("a text").into_owned()
    }

    pub fn html(&self) -> String {
        self.parsed().body_html(0).expect("HTML").into_owned()
    }

    pub fn sender(&self) -> (String, String) {
        let parsed = self.parsed();
        let from = parsed
            .from()
            .and_then(|from| from.first())
            .expect("a sender");
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        (text(from.name()), text(from.address()))
    }
}

#[derive(Default)]
struct Books {
    taken: Vec<Taken>,
    refusals: VecDeque<(Stage, u16, &'static str)>,
    /// How often somebody began a mail.
    begun: usize,
    /// Whether mails that have arrived are left without an answer.
    silent: bool,
}

/// The mail server.
#[derive(Clone, Default)]
pub struct PostOffice {
    books: Arc<(Mutex<Books>, Condvar)>,
    port: u16,
}

pub const USER: &str = "tepai";
pub const PASSWORD: &str = "p@ss word";

impl PostOffice {
    /// One that takes everything from everybody, without TLS.
    pub fn open() -> Self {
        Self::start(false)
    }

    /// One that wants STARTTLS, and user and password after it.
    pub fn locked() -> Self {
        Self::start(true)
    }

    fn start(locked: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let office = Self {
            port: listener.local_addr().expect("an address").port(),
            ..Self::default()
        };
        let desk = Desk {
            office: office.clone(),
            locked,
            known: false,
            mail: None,
        };
        let mut server = Server::new(desk);
        server.with_tcp_listener(listener);
        if locked {
            let file = |name: &str| format!("{}/tests/api/mail/{name}", env!("CARGO_MANIFEST_DIR"));
            let config = SslConfig::SelfSigned {
                cert_path: file("server.pem"),
                key_path: file("server.key"),
            };
            server.with_ssl(config).expect("a certificate");
            server.with_auth(AuthMechanism::Plain);
        }
        // It ends with the test's process.
        std::thread::spawn(move || drop(server.serve()));
        office
    }

    /// The settings of a server that sends its mail here.
    pub fn configure(&self, config: &mut Config) {
        config.smtp_url = Some(format!("smtp://127.0.0.1:{}?tls=none", self.port));
        config.mail_from = Some("特派 <orders@example.com>".to_owned());
        config.public_url = Some(ORIGIN.to_owned());
    }

    /// The same with STARTTLS, a password, and trust in the test's own certificates.
    pub fn configure_locked(&self, config: &mut Config) {
        self.configure(config);
        let port = self.port;
        config.smtp_url = Some(format!("smtp://{USER}:p%40ss%20word@localhost:{port}"));
        config.smtp_ca = Some(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/mail/ca.pem").into());
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn with<T>(&self, look: impl FnOnce(&mut Books) -> T) -> T {
        look(&mut self.books.0.lock().expect("nobody panicked"))
    }

    /// The next mail is answered so at that stage; after that the next one, and so on.
    pub fn refuse(&self, stage: Stage, code: u16) {
        self.refuse_saying(stage, code, "not now");
    }

    /// The same, in these words.
    pub fn refuse_saying(&self, stage: Stage, code: u16, words: &'static str) {
        self.with(|books| books.refusals.push_back((stage, code, words)));
    }

    /// From now on, mails that have arrived get no answer; until it is told to speak.
    pub fn fall_silent(&self) {
        self.with(|books| books.silent = true);
    }

    pub fn speak(&self) {
        self.with(|books| books.silent = false);
        self.books.1.notify_all();
    }

    /// How often somebody began a mail.
    pub fn begun(&self) -> usize {
        self.with(|books| books.begun)
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.with(|books| books.taken.clone())
    }

    /// Looks until so many mails were taken.
    pub async fn takes(&self, count: usize) -> Vec<Taken> {
        self.looks(|office| office.taken().len() >= count).await;
        let taken = self.taken();
        assert_eq!(taken.len(), count, "{taken:#?}");
        taken
    }

    /// Looks until it is so; the server works by itself.
    pub async fn looks(&self, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..800 {
            if is_so(self) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("never: begun {}, {:#?}", self.begun(), self.taken());
    }
}

/// One conversation.
#[derive(Clone)]
struct Desk {
    office: PostOffice,
    locked: bool,
    known: bool,
    mail: Option<Taken>,
}

impl Desk {
    fn answer(&self, stage: Stage) -> Response {
        self.office.with(|books| {
            if books.refusals.front().is_some_and(|next| next.0 == stage)
                && let Some((_, code, words)) = books.refusals.pop_front()
            {
                return Response::custom(code, words.to_owned());
            }
            response::OK
        })
    }
}

impl Handler for Desk {
    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        self.known = (user, password) == (USER, PASSWORD);
        if self.known {
            response::AUTH_OK
        } else {
            response::INVALID_CREDENTIALS
        }
    }

    fn mail(&mut self, _: std::net::IpAddr, _: &str, _: &str) -> Response {
        self.office.with(|books| books.begun += 1);
        if self.locked && !self.known {
            return response::AUTHENTICATION_REQUIRED;
        }
        self.answer(Stage::Sender)
    }

    fn rcpt(&mut self, _: &str) -> Response {
        self.answer(Stage::Recipient)
    }

    fn data_start(&mut self, _: &str, from: &str, _: bool, to: &[String]) -> Response {
        self.mail = Some(Taken {
            from: from.to_owned(),
            to: to.to_vec(),
            raw: String::new(),
        });
        response::OK
    }

    fn data(&mut self, piece: &[u8]) -> std::io::Result<()> {
        if let Some(mail) = &mut self.mail {
            mail.raw.push_str(&String::from_utf8_lossy(piece));
        }
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let answer = self.answer(Stage::Data);
        if answer.code == 250 {
            let mail = self.mail.take();
            self.office.with(|books| books.taken.extend(mail));
        }
        let (books, changed) = &*self.office.books;
        let books = books.lock().expect("nobody panicked");
        let spoken = changed.wait_while(books, |books| books.silent);
        drop(spoken.expect("nobody panicked"));
        answer
    }
}
