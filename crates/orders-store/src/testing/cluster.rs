//! A PostgreSQL server for tests: the one that the environment names, or one that the first test starts and
//! the tests of later processes find again. It stops by itself when no test has used it for a while.

use std::fs::{self, File};
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::Connection;
use sqlx::postgres::PgConnection;

/// Names a server to use instead: `postgres://USER@HOST:PORT/DATABASE`, with the right to create databases.
const URL_VARIABLE: &str = "TEPAI_TEST_POSTGRES_URL";
/// Unused for so many minutes, the server stops.
const IDLE_MINUTES: u32 = 10;

/// The URL of the server's own database.
pub(super) async fn url() -> String {
    if let Ok(url) = std::env::var(URL_VARIABLE) {
        return url;
    }
    match shared().await {
        Ok(url) => url,
        Err(error) => panic!(
            "The tests need PostgreSQL: {error}. Install it (Debian: apt-get install postgresql), \
             or name a running server in {URL_VARIABLE}."
        ),
    }
}

/// The shared server, started when it does not run.
async fn shared() -> io::Result<String> {
    let user = fs::metadata("/proc/self").map_or(0, |me| me.uid());
    let folder = std::env::temp_dir().join(format!("tepai-test-postgres-{user}"));
    fs::create_dir_all(&folder)?;
    let used = folder.join("used");
    // One process at a time looks and starts; the others wait and find it running.
    let lock = File::create(folder.join("lock"))?;
    lock.lock()?;
    // Its time is what the shell below looks at.
    fs::write(&used, std::process::id().to_string())?;
    if let Ok(url) = fs::read_to_string(folder.join("url"))
        && let Ok(connection) = PgConnection::connect(&url).await
    {
        let _ = connection.close().await;
        return Ok(url);
    }
    let url = start(&folder)?;
    fs::write(folder.join("url"), &url)?;
    stop_when_idle(&folder)?;
    Ok(url)
}

fn start(folder: &Path) -> io::Result<String> {
    let initdb = program("initdb")?;
    let pg_ctl = program("pg_ctl")?;
    let cluster = folder.join("cluster");
    if cluster.exists() {
        // Left over from a crash or a reboot; nothing in it is worth anything.
        let _ = run(as_server(&pg_ctl)
            .args(["stop", "-m", "immediate", "-D"])
            .arg(&cluster));
        fs::remove_dir_all(&cluster)?;
    }
    fs::create_dir(&cluster)?;
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(&cluster))?;
    }
    run(as_server(&initdb)
        .args([
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--no-sync",
            "-D",
        ])
        .arg(&cluster))?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    // Nothing here has to outlive a power failure.
    let options = format!(
        "-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c max_connections=200 \
         -c shared_buffers=64MB -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    );
    run(as_server(&pg_ctl)
        .args(["start", "-w", "-t", "60", "-D"])
        .arg(&cluster)
        .arg("-l")
        .arg(cluster.join("server.log"))
        .arg("-o")
        .arg(options))?;
    Ok(format!("postgres://postgres@127.0.0.1:{port}/postgres"))
}

/// Leaves a shell behind that stops the server: no test process knows whether it is the last one.
fn stop_when_idle(folder: &Path) -> io::Result<()> {
    let pg_ctl = program("pg_ctl")?;
    let script = format!(
        "while [ -n \"$(find \"$1/used\" -mmin -{IDLE_MINUTES} 2>/dev/null)\" ]; do sleep 20; done; \
         \"$2\" stop -m immediate -D \"$1/cluster\""
    );
    as_server(Path::new("sh"))
        .args(["-c", &script, "sh"])
        .arg(folder)
        .arg(&pg_ctl)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Whoever ends the tests by a signal to their group does not end this.
        .process_group(0)
        .spawn()?;
    Ok(())
}

/// A command run by whom the server runs as: PostgreSQL refuses root.
fn as_server(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // The server's user may not be allowed to look into the folder of the tests.
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// A program of PostgreSQL's, from the path or from where Debian keeps it.
fn program(name: &str) -> io::Result<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path()).collect())
        .unwrap_or_default();
    debian.sort();
    let debian = debian.iter().rev().map(|version| version.join("bin"));
    std::env::split_paths(&on_path)
        .chain(debian)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
        .ok_or_else(|| {
            io::Error::other(format!(
                "`{name}` is neither on the path nor in /usr/lib/postgresql"
            ))
        })
}

/// Runs a command to its end. The server that `pg_ctl` leaves running must not hold on to our pipes.
fn run(command: &mut Command) -> io::Result<()> {
    let log = tempfile::NamedTempFile::new()?;
    let status = command
        .stdin(Stdio::null())
        .stdout(log.reopen()?)
        .stderr(log.reopen()?)
        .status()?;
    if status.success() {
        return Ok(());
    }
    let said = fs::read_to_string(log.path()).unwrap_or_default();
    Err(io::Error::other(format!("{command:?}: {status}\n{said}")))
}
