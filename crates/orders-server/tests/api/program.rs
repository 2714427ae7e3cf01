//! The program as a process of its own, on the database and in the folder of a world whose own server was stopped.

use std::fs;
use std::process::{Child, Stdio};

use crate::start::{first_line, tepai};
use crate::world::World;

/// The program; killed when it is dropped.
pub struct Program(Child);

impl Program {
    /// Takes the place of the world's server.
    pub async fn instead_of(world: &mut World, environment: &[(&str, &str)]) -> Self {
        world.stop().await;
        let mut command = tepai(world.folder.path());
        command
            .stderr(Stdio::inherit())
            .env("TEPAI_LOG", "error")
            .env("TEPAI_INTEGRATION_KEY", crate::world::KEY)
            .envs(environment.iter().copied());
        let mut program = Self(command.spawn().expect("the program"));
        let line = first_line(&mut program.0);
        let address = line.strip_prefix("listening on ").expect("the address");
        world.base = address.to_owned();
        program
    }

    /// The most memory that it has had so far, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id()));
        let status = status.expect("the process's status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = line.expect("a line").trim().trim_end_matches(" kB");
        kibibytes.parse::<u64>().expect("a number") * 1024
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _killed = self.0.kill();
        let _ended = self.0.wait();
    }
}
