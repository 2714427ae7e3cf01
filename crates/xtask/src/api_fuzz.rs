//! Schemathesis over the API's own description: no 5xx, and no answer that the description does not announce.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::counts::{Counts, of_junit};
use crate::places::root;
use crate::postgres::Cluster;
use crate::process::{Failure, step, succeeds};
use crate::server::{INTEGRATION_KEY, Server};
use crate::setup;

/// Cases per call and caller: enough to reach every field, few enough for each run of the tests.
const EXAMPLES: &str = "40";
/// The stream of events never ends, so it cannot be asked case by case; the server's own tests read it.
const STREAM: &str = "/events$";
const SESSION: &str = "/session$";
const INTEGRATION: &str = "/integration/";
/// The console takes a code that only an authenticator app has; the server's own tests call it as every role.
const STAFF: &str = "/staff/";

/// Whose calls are tried: each has its own credentials.
struct Caller {
    name: &'static str,
    token: Option<String>,
    /// Which paths, as schemathesis' options.
    paths: Vec<String>,
}

/// Tries every call as every caller, on a fresh SQLite file and a fresh PostgreSQL database.
pub fn both_databases(cluster: &Cluster) -> Result<Counts, Failure> {
    let st = setup::schemathesis()?;
    let folder = root().join("target/api-fuzz");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let databases = [
        (
            "sqlite",
            format!("sqlite://{}", folder.join("tepai.db").display()),
        ),
        ("postgres", cluster.create_database("api_fuzz")?),
    ];
    let mut total = Counts::default();
    for (database, url) in databases {
        let server = Server::start(&url)?;
        for caller in callers(&server)? {
            step(&format!("Schemathesis: {} on {database}", caller.name));
            total += fuzz(
                &st,
                &server,
                &caller,
                &folder.join(format!("{database}-{}.xml", caller.name)),
            )?;
        }
    }
    Ok(total)
}

fn callers(server: &Server) -> Result<Vec<Caller>, Failure> {
    let option =
        |kind: &str, pattern: &str| vec![format!("--{kind}-path-regex"), pattern.to_owned()];
    Ok(vec![
        Caller {
            name: "shopper",
            token: Some(server.log_in("lin@example.com", "demo-Order-2026")?),
            // Ending the session in the middle would turn every later answer into a 401.
            paths: option(
                "exclude",
                &format!("{STREAM}|{SESSION}|{INTEGRATION}|{STAFF}"),
            ),
        },
        Caller {
            name: "anyone",
            token: None,
            paths: option("include", SESSION),
        },
        Caller {
            name: "integration",
            token: Some(INTEGRATION_KEY.to_owned()),
            paths: option("include", INTEGRATION),
        },
    ])
}

fn fuzz(st: &Path, server: &Server, caller: &Caller, report: &Path) -> Result<Counts, Failure> {
    let mut command = Command::new(st);
    command
        .current_dir(root().join("target/api-fuzz"))
        .arg("run")
        .arg(format!("{}/api/v1/openapi.json", server.origin()))
        .args(["--origin", &server.origin()])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--continue-on-failure"])
        .args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"])
        // The same cases every time: a failure can be repeated.
        .args(["--generation-deterministic"])
        .args(["--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "20"])
        .args(["--no-color", "--report", "junit", "--report-junit-path"])
        .arg(report)
        .args(&caller.paths);
    if let Some(token) = &caller.token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let succeeded = succeeds(&mut command)?;
    Ok(of_junit(&fs::read_to_string(report).unwrap_or_default()).confirmed_by(succeeded))
}
