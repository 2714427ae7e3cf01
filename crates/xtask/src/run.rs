//! `run`, `serve` and `env`: the order centre on this machine.

use std::fs;
use std::io::Read;
use std::process::Command;

use crate::build;
use crate::places::root;
use crate::process::{Failure, run as run_command, step};
use crate::server;
use crate::setup;

const LOG_INS: &str = "\
  lin@example.com    orders in every state, in both shops (also 13800000001)
  zhao@example.com   a second shopper
  many@example.com   10,000 orders
  password of all three: demo-Order-2026
staff, at /staff (docs/STAFF.md): wang (agent), zhou (supervisor), admin
  password of all three: demo-Staff-2026, authenticator secret JBSWY3DPEHPK3PXP";

/// Builds everything and becomes the server, with a fresh database and demo data.
pub fn run(args: &[String]) -> Result<(), Failure> {
    build::build()?;
    let mut server = demo_server(server::binary())?;
    server.args(args.iter().skip_while(|arg| *arg == "--"));
    become_process(server)
}

/// Starts the server (debug build, port 8080) and `trunk serve` (port 8081), which passes /api on.
pub fn serve() -> Result<(), Failure> {
    let tools = setup::web()?;
    step("Building the server");
    run_command(Command::new("cargo").current_dir(root()).args([
        "build",
        "--package",
        "orders-server",
    ]))?;
    let mut server = demo_server(root().join("target/debug/tepai"))?
        .env("TEPAI_LISTEN", "127.0.0.1:8080")
        .spawn()
        .map_err(|error| Failure::new(format!("the server did not start: {error}")))?;
    let served = tools
        .command("trunk")
        .and_then(|mut trunk| run_command(trunk.arg("serve").env_remove("NO_COLOR")));
    let _ = server.kill();
    let _ = server.wait();
    served
}

/// Prints the wasm build's environment as shell commands.
pub fn print_environment() -> Result<(), Failure> {
    let tools = setup::web()?;
    for (name, value) in tools.toolchain.environment() {
        println!("export {name}='{}'", value.to_string_lossy());
    }
    println!(
        "export PATH='{}'",
        tools.toolchain.full_path(&tools.path)?.to_string_lossy()
    );
    Ok(())
}

/// The server's command with a fresh SQLite file below target/; says how to log in.
fn demo_server(binary: std::path::PathBuf) -> Result<Command, Failure> {
    let folder = root().join("target/run");
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => fs::create_dir_all(&folder)?,
    }
    let key = match std::env::var("TEPAI_INTEGRATION_KEY") {
        Ok(key) => key,
        Err(_) => random_key()?,
    };
    step("Starting the server with a fresh database and demo data; Ctrl-C stops it");
    println!("demo log-ins:\n{LOG_INS}");
    let listen = std::env::var("TEPAI_LISTEN");
    let listen = listen.as_deref().unwrap_or("127.0.0.1:8080");
    println!("the staff's console: http://{listen}/staff");
    println!("integration key: {key}\n");
    let mut command = Command::new(binary);
    command
        .arg("serve")
        .env(
            "TEPAI_DATABASE_URL",
            format!("sqlite://{}", folder.join("tepai.db").display()),
        )
        .env("TEPAI_EVIDENCE", folder.join("evidence"))
        .env("TEPAI_DEMO", "1")
        .env("TEPAI_INTEGRATION_KEY", key);
    Ok(command)
}

fn random_key() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|error| {
            Failure::new(format!("no random key: {error}")).remedy("set TEPAI_INTEGRATION_KEY")
        })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Replaces this process, so that a signal sent to `cargo xtask run` reaches the server itself.
#[cfg(unix)]
fn become_process(mut command: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failure::new(format!("the server did not start: {error}")).remedy("cargo xtask build"))
}

#[cfg(not(unix))]
fn become_process(mut command: Command) -> Result<(), Failure> {
    run_command(&mut command)
}
