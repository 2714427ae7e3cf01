//! A server started for tests: on a free port, with demo data, stopped when dropped.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::places::root;
use crate::process::Failure;

/// The key of the integration interface in tests.
pub const INTEGRATION_KEY: &str = "integration-key-of-a-test";

/// The built server.
pub fn binary() -> PathBuf {
    root().join("target/release/tepai")
}

/// A running server.
pub struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts the built server on this database and waits for its first line.
    pub fn start(database_url: &str) -> Result<Self, Failure> {
        let mut process = Command::new(binary())
            .arg("serve")
            .env("TEPAI_LISTEN", "127.0.0.1:0")
            .env("TEPAI_DATABASE_URL", database_url)
            .env("TEPAI_EVIDENCE", root().join("target/tests/evidence"))
            .env("TEPAI_DEMO", "1")
            .env("TEPAI_INTEGRATION_KEY", INTEGRATION_KEY)
            .env_remove("TEPAI_PUBLIC_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                Failure::new(format!("the server did not start: {error}"))
                    .remedy("cargo xtask build")
            })?;
        let mut line = String::new();
        let mut lines = BufReader::new(
            process
                .stdout
                .take()
                .ok_or_else(|| Failure::new("no output to read"))?,
        );
        lines.read_line(&mut line)?;
        // Read to the end, or the server would block on a full pipe.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        match listening_on(&line) {
            Some(address) => Ok(Self {
                process,
                address: address.to_owned(),
            }),
            None => {
                let _ = process.kill();
                let _ = process.wait();
                Err(Failure::new(format!(
                    "the server's first line was `{}`",
                    line.trim()
                )))
            }
        }
    }

    /// The server's origin.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Logs in and returns the session token, which is also a bearer token.
    pub fn log_in(&self, login: &str, password: &str) -> Result<String, Failure> {
        let body = serde_json::json!({ "login": login, "password": password }).to_string();
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        write!(
            stream,
            "POST /api/v1/session HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
             idempotency-key: log-in\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        session_token(&answer).map(str::to_owned).ok_or_else(|| {
            Failure::new(format!(
                "logging in as {login} failed: {}",
                answer.lines().next().unwrap_or_default()
            ))
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn listening_on(line: &str) -> Option<&str> {
    line.trim().strip_prefix("listening on http://")
}

/// The value of the session cookie in an HTTP answer.
fn session_token(answer: &str) -> Option<&str> {
    answer
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| value.trim().split(';').next()?.split_once('='))
        .find(|(name, _)| name.ends_with("tepai_session"))
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_the_first_line() {
        assert_eq!(
            listening_on("listening on http://127.0.0.1:4242\n"),
            Some("127.0.0.1:4242")
        );
        assert_eq!(listening_on("error: no such table"), None);
    }

    #[test]
    fn the_session_token_is_read_from_the_cookie() {
        let answer = "HTTP/1.1 200 OK\r\nSet-Cookie: tepai_session=abc; HttpOnly\r\n\r\n{}";
        assert_eq!(session_token(answer), Some("abc"));
        assert_eq!(session_token("HTTP/1.1 401 Unauthorized\r\n\r\n{}"), None);
    }
}
