//! The program `tepai`: reads its settings, starts the server, and stops it when it is told to.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use orders_domain::OrderId;
use orders_server::{
    AuditArgs, AuditCommand, Cli, Command, Config, Server, StaffArgs, StartError, SystemClock,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Openapi => {
            match std::io::stdout().write_all(orders_server::openapi().as_bytes()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::FAILURE,
            }
        }
        Command::Serve(config) => run(*config),
        Command::Staff(args) => told(staff(args)),
        Command::Audit(args) => told(verify(args)),
    }
}

fn run(config: Config) -> ExitCode {
    log_to_stderr(config.log);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tepai: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(serve(config));
    // All is done by now. Waiting for tasks as well would be for ever, now and then: the pool's own upkeep counts idle
    // connections down past zero when it runs while the pool is being closed (sqlx 0.9.0), and does not yield.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(StartError::Policy(error)) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
        Err(error @ StartError::Other(_)) => {
            eprintln!("tepai: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command that ends by itself, and prints what it says.
fn told(command: impl Future<Output = Result<(String, ExitCode), String>>) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tepai: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(command);
    runtime.shutdown_background();
    match outcome {
        Ok((text, code)) => match std::io::stdout().write_all(text.as_bytes()) {
            Ok(()) => code,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            eprintln!("tepai: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn staff(args: StaffArgs) -> Result<(String, ExitCode), String> {
    let done = orders_server::run_staff(args, &SystemClock).await?;
    Ok((done, ExitCode::SUCCESS))
}

async fn verify(args: AuditArgs) -> Result<(String, ExitCode), String> {
    let AuditCommand::Verify { order } = args.command;
    let verified = orders_server::verify_audit(&args.database.url, order.map(OrderId)).await;
    let verified = verified.map_err(|error| error.to_string())?;
    let mut text = String::new();
    for (order, place) in &verified.broken {
        text += &format!("{order}: broken at {place}\n");
    }
    for enquiry in &verified.broken_enquiries {
        text += &format!("enquiry {enquiry}: broken\n");
    }
    let (orders, changes) = (verified.orders, verified.changes);
    let broken = verified.broken.len() + verified.broken_enquiries.len();
    text += &format!(
        "{orders} orders, {changes} changes, {} enquiries, {broken} broken\n",
        verified.enquiries
    );
    let code = if verified.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    Ok((text, code))
}

async fn serve(config: Config) -> Result<(), StartError> {
    let other = |error: std::io::Error| StartError::Other(error.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(other)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(other)?;
    let server = Server::start(config, Arc::new(SystemClock)).await?;
    // Whoever started us may have stopped reading; that is no reason not to serve.
    let _ = writeln!(
        std::io::stdout(),
        "listening on http://{}",
        server.address()
    );
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    server.stop().await;
    Ok(())
}

/// One JSON object a line. Libraries only when something is wrong: what they say of statements and
/// connections may be personal.
fn log_to_stderr(level: tracing::Level) {
    let targets = Targets::new()
        .with_default(tracing::Level::WARN)
        .with_target("orders_server", level)
        .with_target("orders_store", level)
        .with_target("tepai", level);
    tracing_subscriber::registry()
        .with(targets)
        .with(
            tracing_subscriber::fmt::layer()
                .json()
                .flatten_event(true)
                .with_writer(std::io::stderr),
        )
        .init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        // Where, and not what: a panic's words may hold a shopper's data.
        tracing::error!(place, "panic");
    }));
}
