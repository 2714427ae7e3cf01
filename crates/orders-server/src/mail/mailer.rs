//! The mail server that letters are given to, as its settings say, and one conversation with it.

use std::error::Error as _;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::config::limits::{SMTP_ANSWER, SMTP_TIME};

/// Where letters go, and from whom.
#[derive(Clone)]
pub struct Mailer {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    hello: ClientId,
    /// Whom letters are from.
    pub from: Mailbox,
    /// What makes the ids of letters ours.
    pub domain: String,
}

/// How the conversation is kept from others.
#[derive(Clone)]
enum Security {
    /// From the first byte on.
    Tls(TlsParameters),
    /// Before anything of worth is said; never without.
    StartTls(TlsParameters),
    /// Not at all: asked for in so many words.
    None,
}

/// Why a letter was not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum NotSent {
    /// For good: the mail server does not take this letter, or knows no such recipient.
    Refused(String),
    /// Perhaps later: the mail server is away, busy, or does not let us in.
    Later(String),
}

impl Mailer {
    /// A mailer by its settings: `smtp://user:password@host:587?tls=required`, `smtps://…`, and for a server in the
    /// same house `smtp://localhost:25?tls=none`. With a file of certificates (PEM), only servers that those vouch for
    /// are trusted, instead of those that the system's do. `origin` is the storefront's.
    ///
    /// # Errors
    /// What is wrong, in words; never the password.
    pub fn new(
        url: &str,
        from: &str,
        certificates: Option<&Path>,
        origin: &str,
    ) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("TEPAI_SMTP_URL: {what}"));
        let Ok(url) = Url::parse(url.trim()) else {
            return wrong("not a URL like smtp://user:password@host:587?tls=required");
        };
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return wrong("it begins with smtp:// or smtps://");
        }
        let host = match url.host() {
            Some(Host::Domain(name)) if !name.is_empty() => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            Some(Host::Domain(_)) | None => return wrong("it names no host"),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return wrong("nothing comes after the host but ?tls=");
        }
        let mut tls = None;
        for (name, value) in url.query_pairs() {
            if name != "tls" || tls.is_some() {
                return wrong("the only parameter is tls");
            }
            tls = Some(value.into_owned());
        }
        let parameters = || tls_parameters(&host, certificates);
        let (security, usual_port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", None) => (Security::Tls(parameters()?), 465),
            ("smtps", Some(_)) => return wrong("smtps:// is TLS already, without ?tls="),
            ("smtp", None | Some("required")) => (Security::StartTls(parameters()?), 587),
            ("smtp", Some("none")) => (Security::None, 25),
            ("smtp", Some(_)) => return wrong("tls is required (as without it) or none"),
            _ => return wrong("it begins with smtp:// or smtps://"),
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => {
                Some(Credentials::new(decoded(user)?, decoded(password)?))
            }
            _ => return wrong("a user needs a password, and the other way round"),
        };
        let near = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if credentials.is_some() && matches!(security, Security::None) && !near {
            return wrong("a password is not sent through a network without TLS");
        }
        let domain = host_of(origin);
        Ok(Self {
            port: url.port().unwrap_or(usual_port),
            host,
            security,
            credentials,
            hello: ClientId::Domain(domain.clone()),
            from: mailbox(from)?,
            domain,
        })
    }

    /// Gives a letter to the mail server.
    ///
    /// # Errors
    /// [`NotSent`]. When it is not known whether the letter was taken, that is "later": its id is the same each time.
    pub async fn send(&self, to: &Address, message: &Message) -> Result<(), NotSent> {
        match tokio::time::timeout(SMTP_TIME, self.converse(to, message)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(NotSent::Later("the mail server took too long".to_owned())),
        }
    }

    async fn converse(&self, to: &Address, message: &Message) -> Result<(), NotSent> {
        let mut connection = self.connect().await.map_err(later)?;
        let sender = Mail::new(Some(self.from.email.clone()), Vec::new());
        // Who may not send here has something to set right, and the letter waits for that.
        connection.command(sender).await.map_err(later)?;
        let recipient = Rcpt::new(to.clone(), Vec::new());
        connection.command(recipient).await.map_err(refused)?;
        connection.command(Data).await.map_err(refused)?;
        connection
            .message(&message.formatted())
            .await
            .map_err(refused)?;
        // It is taken; how we part does not matter any more.
        let _ = connection.quit().await;
        Ok(())
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let tls = match &self.security {
            Security::Tls(parameters) => Some(parameters.clone()),
            Security::StartTls(_) | Security::None => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(SMTP_ANSWER), &self.hello, tls, None)
                .await?;
        if let Security::StartTls(parameters) = &self.security {
            // A server that does not offer it, or somebody in between who hides it, gets nothing.
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            let ways = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&ways, credentials).await?;
        }
        Ok(connection)
    }
}

impl std::fmt::Debug for Mailer {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

fn later(error: Error) -> NotSent {
    NotSent::Later(error.to_string())
}

fn refused(error: Error) -> NotSent {
    if error.is_permanent() && !is_about_us(&error) {
        NotSent::Refused(error.to_string())
    } else {
        later(error)
    }
}

/// Whether a mail server refuses whoever sends and not this letter: no relay, no log-in, a sender that is not allowed.
/// Many say so only when the recipient is named. All letters wait until that is set right.
fn is_about_us(error: &Error) -> bool {
    let code = error.status().map(|code| code.to_string());
    let no_log_in = matches!(code.as_deref(), Some("530" | "535"));
    // The enhanced codes of security and policy (RFC 3463), which come first in the words.
    let words = error.source().map(ToString::to_string);
    no_log_in || words.is_some_and(|words| words.trim_start().starts_with("5.7."))
}

fn tls_parameters(host: &str, certificates: Option<&Path>) -> Result<TlsParameters, String> {
    let wrong = |error: &dyn Display| format!("TEPAI_SMTP_CA: {error}");
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = certificates {
        let pem = std::fs::read(file)
            .map_err(|error| wrong(&format_args!("{}: {error}", file.display())))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| wrong(&error))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| format!("TEPAI_SMTP_URL: TLS cannot be set up: {error}"))
}

/// `Name <address>`, or an address alone. The name may be of any language.
fn mailbox(text: &str) -> Result<Mailbox, String> {
    let text = text.trim();
    let (name, address) = match text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", text),
    };
    let wrong =
        || format!("TEPAI_MAIL_FROM: {text:?} is not of the form 特派 <orders@example.com>");
    if name.chars().any(char::is_control) {
        return Err(wrong());
    }
    let address: Address = address.trim().parse().map_err(|_| wrong())?;
    Ok(Mailbox::new(
        (!name.is_empty()).then(|| name.to_owned()),
        address,
    ))
}

fn decoded(text: &str) -> Result<String, String> {
    percent_decode_str(text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| "TEPAI_SMTP_URL: user and password are UTF-8, percent-encoded".to_owned())
}

/// The host of an origin, without its port.
fn host_of(origin: &str) -> String {
    let host = Url::parse(origin)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| "localhost".to_owned())
}

/// How long to wait before a letter is tried again, after `tries` in vain: a minute at first, twice as long each time,
/// four hours at most.
pub fn wait_to_retry(tries: u32) -> Duration {
    let doubled = 60_u64 << tries.saturating_sub(1).min(10);
    Duration::from_secs(doubled.min(4 * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str, from: &str) -> String {
        match Mailer::new(url, from, None, "https://shop.example:8443") {
            Ok(mailer) => panic!("{url} is taken: {mailer:?}"),
            Err(words) => words,
        }
    }

    const FROM: &str = "特派 <orders@example.com>";

    #[test]
    fn a_url_says_where_how_and_as_whom() {
        let mailer = |url| Mailer::new(url, FROM, None, "https://shop.example:8443").expect(url);
        let usual = mailer("smtp://user:p%40ss@mail.example");
        assert_eq!((usual.host.as_str(), usual.port), ("mail.example", 587));
        assert!(matches!(usual.security, Security::StartTls(_)));
        let expected = Credentials::new("user".to_owned(), "p@ss".to_owned());
        assert_eq!(usual.credentials, Some(expected));
        assert_eq!(usual.domain, "shop.example");
        let required = mailer("smtp://mail.example:2525/?tls=required");
        assert!(matches!(required.security, Security::StartTls(_)));
        assert_eq!(required.port, 2525);
        let wrapped = mailer("smtps://mail.example");
        assert!(matches!(wrapped.security, Security::Tls(_)));
        assert_eq!(wrapped.port, 465);
        let bare = mailer("smtp://localhost?tls=none");
        assert!(matches!(bare.security, Security::None));
        assert_eq!(bare.port, 25);
        let near = mailer("smtp://a:b@127.0.0.1:2525?tls=none");
        assert!(near.credentials.is_some());
    }

    #[test]
    fn a_url_that_says_something_else_is_refused_without_its_password() {
        for (url, reason) in [
            ("", "not a URL"),
            ("mail.example:25", "begins with smtp"),
            ("http://mail.example", "begins with smtp"),
            ("smtp://", "names no host"),
            ("smtp://user@mail.example", "needs a password"),
            ("smtp://:secret@mail.example", "needs a password"),
            ("smtp://mail.example/inbox", "nothing comes after"),
            ("smtp://mail.example?tls=opportunistic", "required"),
            ("smtp://mail.example?tls=none&tls=none", "only parameter"),
            ("smtp://mail.example?starttls=1", "only parameter"),
            ("smtps://mail.example?tls=none", "TLS already"),
            ("smtp://u:secret@mail.example?tls=none", "without TLS"),
        ] {
            let words = refusal(url, FROM);
            assert!(words.contains(reason), "{url}: {words}");
            assert!(!words.contains("secret"), "{words}");
        }
    }

    #[test]
    fn the_sender_may_have_a_name_of_any_language() {
        let from = |text| mailbox(text).map(|from| (from.name, from.email.to_string()));
        let address = "orders@example.com".to_owned();
        let named = Some("特派 订单".to_owned());
        assert_eq!(
            from("特派 订单 <orders@example.com>"),
            Ok((named.clone(), address.clone()))
        );
        assert_eq!(
            from("\"特派 订单\" <orders@example.com>"),
            Ok((named, address.clone()))
        );
        assert_eq!(from(" orders@example.com "), Ok((None, address)));
        for wrong in ["", "特派", "<>", "a\r\nBcc: b@c.d <a@b.c>", "a <b> <c>"] {
            assert!(refusal("smtp://h", wrong).contains("TEPAI_MAIL_FROM"));
        }
    }

    #[test]
    fn waits_grow_up_to_four_hours() {
        let minutes = [1, 2, 3, 8, 9, 40].map(|tries| wait_to_retry(tries).as_secs() / 60);
        assert_eq!(minutes, [1, 2, 4, 128, 240, 240]);
    }
}
