//! `tepai staff` and `tepai audit`: the accounts, and the trails, for whoever runs the server.

use std::process::{Command, Output};

use crate::world::{World, cup};

/// The program, beside the world's server.
fn tepai(world: &World, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tepai"));
    command
        .args(arguments)
        .env("TEPAI_DATABASE_URL", &world.config.database_url);
    command.output().expect("the program")
}

/// What it prints when all is well.
fn printed(world: &World, arguments: &[&str]) -> String {
    let output = tepai(world, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Password and secret of what was printed.
fn issued(text: &str) -> (String, String) {
    let line = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.expect("a line").trim().to_owned()
    };
    let uri = line("codes:");
    assert!(uri.starts_with("otpauth://totp/Tepai:hu?secret="), "{uri}");
    let secret = uri.split(['=', '&']).nth(1).expect("a secret");
    (line("password:"), secret.to_owned())
}

async fn gets_in(world: &World, (password, secret): &(String, String)) -> u16 {
    let code = world.code_of(secret, 0);
    world.log_in_staff("hu", password, &code).await.status
}

#[tokio::test]
async fn who_is_taken_on_logs_in_with_what_was_printed_until_they_are_reset_or_disabled() {
    let world = World::with(&[]).await;
    let add = [
        "staff", "add", "hu", "--name", "胡", "--role", "agent", "--shop", "wanfu",
    ];
    let first = issued(&printed(&world, &add));
    assert_eq!(gets_in(&world, &first).await, 200);
    let list = printed(&world, &["staff", "list"]);
    assert!(list.contains("hu\tagent\twanfu\t胡\n"), "{list}");

    let again = tepai(&world, &add);
    assert!(!again.status.success(), "an id is given out once");
    let second = issued(&printed(&world, &["staff", "reset", "hu"]));
    assert_eq!(gets_in(&world, &first).await, 401);
    assert_eq!(gets_in(&world, &second).await, 200);
    printed(&world, &["staff", "disable", "hu"]);
    world.clock.advance(chrono::TimeDelta::seconds(30));
    assert_eq!(gets_in(&world, &second).await, 401);
    let list = printed(&world, &["staff", "list"]);
    assert!(list.contains("hu\tagent\twanfu\t胡\tdisabled\n"), "{list}");
}

#[tokio::test]
async fn a_mistake_is_told_and_nothing_is_done() {
    let world = World::with(&[]).await;
    for (arguments, told) in [
        (
            ["staff", "add", "Hu", "--name", "胡", "--role", "agent"].as_slice(),
            "lower-case",
        ),
        (
            &["staff", "add", "hu", "--name", "胡", "--role", "chief"],
            "a role is",
        ),
        (&["staff", "reset", "hu"], "there is nobody"),
        (&["staff", "disable", "hu"], "there is nobody"),
    ] {
        let output = tepai(&world, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let errors = String::from_utf8(output.stderr).expect("text");
        assert!(errors.contains(told), "{errors}");
        assert!(output.stdout.is_empty());
    }
    let list = printed(&world, &["staff", "list"]);
    assert!(!list.contains("胡"), "{list}");
}

#[tokio::test]
async fn trails_that_hold_are_counted() {
    let world = World::with(&[cup().build()]).await;
    assert_eq!(world.event("e1", "packing_started").await.status, 200);
    let told = printed(&world, &["audit", "verify"]);
    assert_eq!(told, "1 orders, 1 changes, 0 broken\n");
    assert_eq!(printed(&world, &["audit", "verify", "o1"]), told);
}
