//! A form that is sent to an address on this machine, without TLS.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends `form` to `url`, which begins with `http://` and names a port, and gives the body of the answer.
///
/// # Errors
/// When there is no answer, or none with status 200.
pub(super) async fn post(url: &str, form: &str) -> Result<String> {
    let wrong = |words: &str| Error::new(ErrorKind::InvalidData, words.to_owned());
    let rest = url
        .strip_prefix("http://")
        .ok_or_else(|| wrong("not http"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).await?;
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded; charset=utf-8\r\n\
         content-length: {}\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200 ") => Ok(body.to_owned()),
        Some(_) | None => Err(wrong("no answer, or no thanks")),
    }
}
