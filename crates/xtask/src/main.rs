//! The project's commands, called as `cargo xtask COMMAND`.

mod api_fuzz;
mod bench;
mod build;
mod check;
mod counts;
mod doors;
mod engines;
mod freshness;
mod house;
mod places;
mod postgres;
mod process;
mod refund_dates;
mod run;
mod server;
mod setup;
mod size;
mod test;
mod toolchain;

use std::process::ExitCode;

use process::Failure;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  run [-- ARGS]             build everything, then start the server with a fresh database and demo data
  serve                     for development: the server on port 8080 and `trunk serve` on port 8081
  test [host|dates|browser|engines|api]
                            every test, or one part; the last line counts them
  build [storefront|server] the release storefront in dist/ and the server target/release/tepai, or one of them
  size                      what the first visit to My Orders transfers, against the budget
  check [format|host|wasm|house]
                            format, lints for host and wasm, house rules, or some of them
  bench [refunds|evidence|chat|queue]
                            requests per second and latencies on both databases, small and large; or ten thousand
                            refunds with payment providers that misbehave; or uploads of 200 MB and the memory for them;
                            or 1,000 conversations for a minute while the server is killed; or a long queue of the staff
  setup                     install what is missing, and nothing else
  env                       the environment of the wasm build, for: eval \"$(cargo xtask env)\"; trunk serve

The commands install what they need. TEPAI_WEB_TOOLCHAIN=rustup|debian chooses the compiler for wasm
(otherwise: rustup's where it has rust-src or can fetch it, else Debian's).";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    match dispatch(command, rest) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> Result<ExitCode, Failure> {
    match command {
        "run" => run::run(rest)?,
        "serve" => run::serve()?,
        "test" => return test::test(rest),
        "build" => build::build_parts(rest)?,
        "size" => size::size()?,
        "bench" => bench::bench(rest)?,
        "check" => return check::check(rest),
        "setup" => setup::everything()?,
        "env" => run::print_environment()?,
        "help" | "--help" | "-h" => println!("{USAGE}"),
        other => {
            return Err(Failure::new(format!("there is no command `{other}`"))
                .remedy("cargo xtask help lists them"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
