//! What the server is told at start, by flags or the environment.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Parser, Subcommand};

/// The order centre's server.
#[derive(Debug, Parser)]
#[command(name = "tepai", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the storefront and its API.
    Serve(Box<Config>),
    /// Print the OpenAPI document and stop.
    Openapi,
    /// Say who may log in to the console (docs/STAFF.md).
    Staff(StaffArgs),
    /// Look whether the trails of orders hold.
    Audit(AuditArgs),
}

/// The database of a server that may be running.
#[derive(Clone, Debug, Args)]
pub struct Database {
    /// `sqlite://PATH` or `postgres://…`: the server's.
    #[arg(
        long = "database-url",
        value_name = "DATABASE_URL",
        env = "TEPAI_DATABASE_URL",
        default_value = "sqlite://tepai.db",
        hide_env_values = true
    )]
    pub url: String,
}

/// `tepai staff`.
#[derive(Clone, Debug, Args)]
pub struct StaffArgs {
    /// Which database.
    #[command(flatten)]
    pub database: Database,
    /// The server's folder of policy files, of which the shops are known. Built-in without it.
    #[arg(long, env = "TEPAI_POLICY_DIR")]
    pub policy_dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: StaffCommand,
}

/// What can be done with the staff.
#[derive(Clone, Debug, Subcommand)]
pub enum StaffCommand {
    /// Take somebody on; prints a password and what their authenticator app reads, once.
    Add {
        /// What is on record with what they do, and their log-in.
        id: String,
        /// What to call them.
        #[arg(long)]
        name: String,
        /// `agent`, `supervisor` or `admin`.
        #[arg(long)]
        role: String,
        /// A shop whose orders they see, as often as needed; all without.
        #[arg(long = "shop")]
        shops: Vec<String>,
    },
    /// Change what somebody is called, may do or sees, and log them out; what is not named stays.
    Change {
        /// Who.
        id: String,
        /// What to call them.
        #[arg(long)]
        name: Option<String>,
        /// `agent`, `supervisor` or `admin`.
        #[arg(long)]
        role: Option<String>,
        /// A shop whose orders they see from now on, as often as needed, instead of those before.
        #[arg(long = "shop", conflicts_with = "all_shops")]
        shops: Vec<String>,
        /// They see the orders of all shops from now on.
        #[arg(long)]
        all_shops: bool,
    },
    /// Give somebody a new password and a new secret, and log them out; lets in again who was disabled.
    Reset {
        /// Who.
        id: String,
    },
    /// Log somebody out and keep them out.
    Disable {
        /// Who.
        id: String,
    },
    /// Print who the staff are.
    List,
}

/// `tepai audit`.
#[derive(Clone, Debug, Args)]
pub struct AuditArgs {
    /// Which database.
    #[command(flatten)]
    pub database: Database,
    /// What to do.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// What can be done with trails.
#[derive(Clone, Debug, Subcommand)]
pub enum AuditCommand {
    /// Print the orders whose trail does not hold; fails when there are any.
    Verify {
        /// Only this order, by its id.
        order: Option<String>,
    },
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address to listen on; port 0 picks a free one.
    #[arg(long, env = "TEPAI_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// `sqlite://PATH` or `postgres://…`.
    #[arg(
        long,
        env = "TEPAI_DATABASE_URL",
        default_value = "sqlite://tepai.db",
        hide_env_values = true
    )]
    pub database_url: String,
    /// Where shoppers' photos and videos are kept: a folder, or `s3://BUCKET/PREFIX` with the usual `AWS_…` variables.
    #[arg(long, env = "TEPAI_EVIDENCE", default_value = "tepai-evidence")]
    pub evidence: String,
    /// Fill an empty database with demo data.
    #[arg(long, env = "TEPAI_DEMO", action = ArgAction::SetTrue, value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// Bearer key of the integration API; without it that API does not exist.
    #[arg(long, env = "TEPAI_INTEGRATION_KEY", hide_env_values = true)]
    pub integration_key: Option<String>,
    /// Folder of policy files (TOML, one per shop; `calendar/*.toml` beside them). Built-in without it.
    #[arg(long, env = "TEPAI_POLICY_DIR")]
    pub policy_dir: Option<PathBuf>,
    /// The origin that browsers use; `https` makes cookies `Secure`. From the listening address without it.
    #[arg(long, env = "TEPAI_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Serve the storefront from this folder instead of the one inside the program.
    #[arg(long)]
    pub dist: Option<PathBuf>,
    /// Serve the console from this folder instead of the one inside the program.
    #[arg(long)]
    pub dist_staff: Option<PathBuf>,
    /// How many reverse proxies in front append to `X-Forwarded-For`.
    #[arg(long, env = "TEPAI_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: usize,
    /// Who may show the storefront in a frame, as in `frame-ancestors` of a Content-Security-Policy.
    #[arg(long, env = "TEPAI_FRAME_ANCESTORS", default_value = "'self'")]
    pub frame_ancestors: String,
    /// Origins, separated by spaces, whose pages may show the storefront in a frame and be its host app
    /// (docs/WEBVIEW.md).
    #[arg(long, env = "TEPAI_HOST_ORIGINS", default_value = "")]
    pub host_origins: String,
    /// The payments file (TOML, docs/PAYMENTS.md): by which provider refunds are made. Without it, the shop makes them;
    /// with demo data, a sandbox does.
    #[arg(long, env = "TEPAI_PAYMENTS")]
    pub payments: Option<PathBuf>,
    /// The mail server that tells shoppers what happens: `smtp://user:password@host:587?tls=required`, `smtps://…`
    /// (docs/MAIL.md). Without it, no mail is sent; with it, `TEPAI_PUBLIC_URL` says where the links in mails lead.
    #[arg(long, env = "TEPAI_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// A file of certificates (PEM) that alone vouch for the mail server, instead of the system's.
    #[arg(long, env = "TEPAI_SMTP_CA")]
    pub smtp_ca: Option<PathBuf>,
    /// Whom mails are from: `特派 <orders@example.com>`.
    #[arg(long, env = "TEPAI_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Where text messages with guests' codes are handed in (docs/GUESTS.md): `https://…`. Without it, none are sent.
    #[arg(long, env = "TEPAI_SMS_WEBHOOK", hide_env_values = true)]
    pub sms_webhook: Option<String>,
    /// The key that signs what is handed in there: at least 16 bytes.
    #[arg(long, env = "TEPAI_SMS_KEY", hide_env_values = true)]
    pub sms_key: Option<String>,
    /// For tests: everything that a refund or a mail waits for takes this many times less.
    #[arg(long, default_value_t = 1, hide = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub refund_haste: u32,
    /// For tests: no role of the staff may anything, so that a call which forgot to ask answers as if it had.
    #[arg(skip)]
    pub staff_may_nothing: bool,
    /// How much to log: error, warn, info, debug or trace.
    #[arg(long, env = "TEPAI_LOG", default_value = "info")]
    pub log: tracing::Level,
}

/// Numbers that are the server's own and no shop's policy.
pub mod limits {
    use std::time::Duration;

    use chrono::TimeDelta;

    /// Of how many days the orders are on which a draft of a policy is tried, without being told.
    pub const POLICY_CHECK_DAYS: u32 = 30;
    /// Of how many days at most.
    pub const POLICY_CHECK_DAYS_MAX: u32 = 90;
    /// How many orders at most; the newest.
    pub const POLICY_CHECK_ORDERS: u32 = 10_000;
    /// How often is looked for what was published elsewhere, or has come into force.
    pub const POLICY_LOOK: Duration = Duration::from_secs(10);
    /// The most bytes of a request's body.
    pub const BODY_BYTES: usize = 64 * 1024;
    /// The longest a request may take; open event streams excepted.
    pub const REQUEST_TIME: Duration = Duration::from_secs(30);
    /// How long running requests may take to finish when the server stops.
    pub const STOP_TIME: Duration = Duration::from_secs(10);
    /// How long a session lives after its last use, in seconds.
    pub const SESSION_SECONDS: i64 = 30 * 24 * 3600;
    /// Failed log-ins of one account within [`ATTEMPT_WINDOW_SECONDS`] before it has to wait.
    pub const ATTEMPTS_PER_ACCOUNT: i64 = 5;
    /// Failed log-ins from one address within [`ATTEMPT_WINDOW_SECONDS`] before it has to wait.
    pub const ATTEMPTS_PER_ADDRESS: i64 = 50;
    /// The time over which failed log-ins are counted, in seconds.
    pub const ATTEMPT_WINDOW_SECONDS: i64 = orders_api::ATTEMPT_MINUTES * 60;
    /// Passwords that are checked at the same time: each check takes memory and a core.
    pub const PASSWORD_CHECKS: usize = 2;
    /// How long a host app's one-time code can be used, in seconds.
    pub const HANDOFF_SECONDS: i64 = 60;
    /// The most characters of a one-time code and of its secret.
    pub const HANDOFF_CHARS: usize = 128;
    /// How long a guest's code can be used, in seconds.
    pub const GUEST_CODE_SECONDS: i64 = orders_api::GUEST_CODE_MINUTES * 60;
    /// How often a guest's code may be typed wrong.
    pub const GUEST_CODE_TRIES: i64 = 5;
    /// How long a guest's session lives, in seconds, however it is used.
    pub const GUEST_SESSION_SECONDS: i64 = 2 * 3600;
    /// Codes that are asked for to one contact within [`ATTEMPT_WINDOW_SECONDS`].
    pub const GUEST_CODES_PER_CONTACT: i64 = 4;
    /// Codes that are asked for to one order's number within it.
    pub const GUEST_CODES_PER_NUMBER: i64 = 8;
    /// Codes that are asked for from one address within it.
    pub const GUEST_CODES_PER_ADDRESS: i64 = 20;
    /// After what waits a code is sent again that was not taken.
    pub const GUEST_SEND_AGAIN: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(20)];
    /// The longest that the webhook of text messages may take.
    pub const SMS_TIME: Duration = Duration::from_secs(10);
    /// The most characters of an order's number that a guest types.
    pub const NUMBER_CHARS: usize = 64;
    /// How often an idle event stream gets a sign of life and its session is looked at.
    pub const KEEP_ALIVE: Duration = Duration::from_secs(15);
    /// How often unpaid orders and cases are looked at whose time may be over.
    pub const SWEEP: Duration = Duration::from_secs(1);
    /// How long the start waits for what came due meanwhile.
    pub const FIRST_SWEEP: Duration = Duration::from_millis(300);
    /// How often refunds are looked at that became due by themselves.
    pub const REFUND_TICK: Duration = Duration::from_secs(1);
    /// Refunds that are worked on at the same time by one server.
    pub const REFUNDS_AT_ONCE: usize = 16;
    /// Refunds that are taken up at a time, so that places go round among the providers.
    pub const REFUNDS_AT_A_TIME: usize = 4;
    /// How long a refund is nobody else's once it was taken up, in seconds: longer than a provider may take to answer.
    pub const REFUND_CLAIM_SECONDS: i64 = 60;
    /// How often late refunds are looked for.
    pub const LATE_TICK: Duration = Duration::from_secs(300);
    /// How often it is looked whether a day is to be reconciled.
    pub const RECONCILE_TICK: Duration = Duration::from_secs(3600);
    /// The hour in Beijing from which providers have the ledger of the day before (WeChat Pay: 10 o'clock).
    pub const RECONCILE_FROM_HOUR: u32 = 10;
    /// The most bytes of a piece of an upload: so small that progress is seen, and a lost line costs little.
    pub const PIECE_BYTES: usize = 512 * 1024;
    /// The longest a piece may take to come, and be answered.
    pub const PIECE_TIME: Duration = Duration::from_secs(120);
    /// How long the last piece waits for its file to be looked into; that goes on without it.
    pub const CLEAN_WAIT: Duration = Duration::from_secs(20);
    /// The most uploads of a shopper that no case has: as many as may go with a message.
    pub const UPLOADS: i64 = orders_domain::EVIDENCE_AT_ONCE as i64;
    /// The most bytes of them.
    pub const UPLOAD_BYTES: i64 = 300_000_000;
    /// For how long an upload makes room for no other of its shopper, in seconds: longer than a message takes.
    pub const UPLOAD_OWN_SECONDS: i64 = 2 * 3600;
    /// How long an upload is kept that no case has, in seconds.
    pub const UPLOAD_SECONDS: i64 = 48 * 3600;
    /// How long a browser may show a photo or video again without asking, in seconds. It never changes.
    pub const EVIDENCE_FRESH_SECONDS: u32 = 24 * 3600;
    /// How often what is over is deleted.
    pub const TIDY: Duration = Duration::from_secs(3600);
    /// How long the answers to idempotency keys are kept, in seconds.
    pub const ANSWER_SECONDS: i64 = 7 * 24 * 3600;
    /// How long notifications are kept, in days.
    pub const NOTIFICATION_DAYS: i64 = 180;
    /// How often mails are looked at that became due by themselves.
    pub const MAIL_TICK: Duration = Duration::from_secs(2);
    /// Mails that are sent at the same time by one server.
    pub const MAILS_AT_ONCE: usize = 4;
    /// How long a mail is nobody else's once it was taken up, in seconds: longer than [`SMTP_TIME`].
    pub const MAIL_CLAIM_SECONDS: i64 = 120;
    /// The longest that one conversation with the mail server may take.
    pub const SMTP_TIME: Duration = Duration::from_secs(60);
    /// The longest that the mail server may take to be reached.
    pub const SMTP_ANSWER: Duration = Duration::from_secs(20);
    /// How old what happened may be when a mail about it is first sent, in hours; what is urgent may be older.
    pub const MAIL_FRESH_HOURS: i64 = 24;
    /// How long after what it tells of a mail is tried, in days.
    pub const MAIL_DAYS: i64 = 2;
    /// The most bytes of a frame that a chat's socket takes: the longest message, escaped.
    pub const FRAME_BYTES: usize = 32 * 1024;
    /// The most messages that one shopper says within a minute.
    pub const MESSAGES_PER_MINUTE: usize = 30;
    /// The most chat sockets that one shopper has open at one server.
    pub const SOCKETS_PER_SHOPPER: usize = 8;
    /// The most that somebody of the staff has open.
    pub const SOCKETS_PER_STAFF: usize = 32;
    /// The longest that a question for new messages waits for some, in seconds.
    pub const MESSAGES_WAIT_SECONDS: u32 = 20;
    /// How often somebody is said to be typing, at most.
    pub const TYPING_EVERY: Duration = Duration::from_secs(1);
    /// How long a slow line may take for one frame.
    pub const FRAME_TIME: Duration = Duration::from_secs(10);
    /// How long the last frames of open sockets may take when the server stops.
    pub const LAST_FRAMES: Duration = Duration::from_secs(2);
    /// The most orders of a page, and how many it has when nobody says.
    pub const PAGE_MAX: u32 = 100;
    /// See [`PAGE_MAX`].
    pub const PAGE_DEFAULT: u32 = 20;
    /// How long a session of the staff lives without being used.
    pub const STAFF_IDLE: TimeDelta = TimeDelta::minutes(20);
    /// How long a session of the staff lives in any case.
    pub const STAFF_LONGEST: TimeDelta = TimeDelta::hours(10);
    /// The most characters of a cursor that a list gives out.
    pub const CURSOR_CHARS: usize = 256;
    /// The most characters of a search.
    pub const SEARCH_CHARS: usize = 100;
    /// The most characters of a log-in name, and bytes of a password.
    pub const LOGIN_CHARS: usize = 200;
}
