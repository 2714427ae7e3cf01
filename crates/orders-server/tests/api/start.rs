//! Starting the program itself: its first line, its refusals, its demo data, its end.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub fn tepai(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tepai"));
    let database = format!("sqlite://{}", folder.join("tepai.db").display());
    command
        .arg("serve")
        .env("TEPAI_LISTEN", "127.0.0.1:0")
        .env("TEPAI_DATABASE_URL", database)
        .env("TEPAI_EVIDENCE", folder.join("evidence"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for unset in [
        "TEPAI_DEMO",
        "TEPAI_POLICY_DIR",
        "TEPAI_PUBLIC_URL",
        "TEPAI_INTEGRATION_KEY",
    ] {
        command.env_remove(unset);
    }
    command
}

pub fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let stdout = child.stdout.as_mut().expect("stdout");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    line.trim_end().to_owned()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[tokio::test]
async fn the_first_line_says_where_it_listens_and_a_signal_ends_it() {
    let folder = folder();
    let mut child = tepai(folder.path()).spawn().expect("the program");
    let line = first_line(&mut child);
    let address = line
        .strip_prefix("listening on ")
        .expect("the address")
        .to_owned();
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let answer = client
        .get(format!("{address}/api/v1/orders?q=secret-search"))
        .header("authorization", "Bearer secret-token")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 401);
    let killed = end(&child);
    assert!(killed.is_ok_and(|status| status.success()));
    assert!(child.wait().expect("an end").success());
    let mut log = String::new();
    child
        .stderr
        .take()
        .expect("stderr")
        .read_to_string(&mut log)
        .expect("a log");
    assert!(
        log.contains("\"route\":\"/api/v1/orders\"") && log.contains("\"status\":401"),
        "{log}"
    );
    assert!(!log.contains("secret"), "{log}");
}

#[test]
fn a_wrong_policy_is_named_with_file_key_and_reason() {
    let folder = folder();
    let policies = folder.path().join("policies");
    fs::create_dir(&policies).expect("a folder");
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/tepai.toml");
    let good = fs::read_to_string(good).expect("the policy");
    for (text, hint) in [
        (good.replace("starts_within", "starts_somewhen"), "starts_"),
        ("shop = ".to_owned(), "tepai.toml"),
    ] {
        fs::write(policies.join("tepai.toml"), text).expect("a file");
        let output = tepai(folder.path())
            .env("TEPAI_POLICY_DIR", &policies)
            .output()
            .expect("the program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        let line = said.lines().last().unwrap_or_default();
        assert!(
            line.contains("tepai.toml: ") && line.contains(hint),
            "{said}"
        );
    }
}

#[test]
fn a_shop_with_orders_and_without_a_policy_is_named_with_the_remedy() {
    let folder = folder();
    let policies = folder.path().join("policies");
    fs::create_dir(&policies).expect("a folder");
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let copy = |name: &str| fs::copy(built_in.join(name), policies.join(name)).expect("a copy");
    copy("tepai.toml");
    // The demo writes orders of wanfu: refused before it has written any, …
    let refused = |demo: bool| {
        let mut command = tepai(folder.path());
        command.env("TEPAI_POLICY_DIR", &policies);
        if demo {
            command.env("TEPAI_DEMO", "1");
        }
        let output = command.output().expect("the program");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        for part in [
            "policies: shop: ",
            "\"wanfu\"",
            "Remedy: ",
            "TEPAI_POLICY_DIR",
        ] {
            assert!(said.contains(part), "{part:?} in {said}");
        }
    };
    refused(true);
    // … so that the server starts without the demo, and with the demo once both policies are there.
    let started = |demo: &str| {
        let mut child = tepai(folder.path())
            .env("TEPAI_POLICY_DIR", &policies)
            .env("TEPAI_DEMO", demo)
            .spawn()
            .expect("the program");
        assert!(first_line(&mut child).starts_with("listening on "));
        child.kill().expect("an end");
        child.wait().expect("an end");
    };
    started("0");
    copy("wanfu.toml");
    started("1");
    fs::remove_file(policies.join("wanfu.toml")).expect("the file");
    refused(false);
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let folder = folder();
    for (name, value) in [
        ("TEPAI_PUBLIC_URL", "orders.example.com"),
        ("TEPAI_PUBLIC_URL", "https://orders.example.com/shop"),
        ("TEPAI_DATABASE_URL", "mysql://nowhere"),
        ("TEPAI_LISTEN", "nowhere"),
        ("TEPAI_POLICY_DIR", "/no/such/folder"),
        ("TEPAI_EVIDENCE", "/dev/null/no-folder"),
        ("TEPAI_EVIDENCE", "gs://bucket"),
        ("TEPAI_EVIDENCE", "s3:///prefix"),
    ] {
        let output = tepai(folder.path())
            .env(name, value)
            .output()
            .expect("the program");
        assert!(!output.status.success(), "{name}={value}");
        assert!(!output.stderr.is_empty());
    }
}

#[tokio::test]
async fn demo_data_is_written_once() {
    let folder = folder();
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    for _ in 0..2 {
        let mut child = tepai(folder.path())
            .env("TEPAI_DEMO", "1")
            .spawn()
            .expect("the program");
        let line = first_line(&mut child);
        let address = line
            .strip_prefix("listening on ")
            .expect("the address")
            .to_owned();
        for (login, count) in [("13800000001", 60), ("many@example.com", 10_000)] {
            let log_in = serde_json::json!({"login": login, "password": "demo-Order-2026"});
            let session = client
                .post(format!("{address}/api/v1/session"))
                .json(&log_in);
            let session = session.send().await.expect("an answer");
            let cookie = session.headers()["set-cookie"]
                .to_str()
                .expect("text")
                .to_owned();
            let pair = cookie.split(';').next().expect("a pair").to_owned();
            let list = client
                .get(format!("{address}/api/v1/orders"))
                .header("cookie", pair);
            let list: serde_json::Value = list
                .send()
                .await
                .expect("a list")
                .json()
                .await
                .expect("JSON");
            assert_eq!(list["counts"]["all"], count, "{login}");
        }
        let killed = end(&child);
        assert!(killed.is_ok_and(|status| status.success()));
        assert!(child.wait().expect("an end").success());
    }
}

/// Tells a program to end. By the shell's `kill`: a bare Debian has no program of that name.
fn end(child: &Child) -> std::io::Result<std::process::ExitStatus> {
    let command = format!("kill {}", child.id());
    Command::new("sh").args(["-c", &command]).status()
}
