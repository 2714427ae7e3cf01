//! Starting other programs, and failures that name their remedy.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: Option<String>,
}

impl Failure {
    /// A failure in one sentence.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: None,
        }
    }

    /// Adds what the reader can do.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)?;
        match &self.remedy {
            Some(remedy) => write!(out, "\nremedy: {remedy}"),
            None => Ok(()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// Says what happens next, so that a long silence is understood. On stderr: some commands' output is for programs.
pub fn step(what: &str) {
    eprintln!("\n== {what}");
}

/// Runs a command with its output shown; anything but success is a failure.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    if succeeds(command)? {
        Ok(())
    } else {
        Err(Failure::new(format!("{} failed", shown(command))))
    }
}

/// Runs a command with its output shown; true when it succeeded.
pub fn succeeds(command: &mut Command) -> Result<bool, Failure> {
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(Failure::new(format!(
            "{} could not start: {error}",
            shown(command)
        ))),
    }
}

/// Runs a command with all its output on stderr; anything but success is a failure.
pub fn run_aside(command: &mut Command) -> Result<(), Failure> {
    run(command.stdout(Stdio::from(std::io::stderr())))
}

/// What a command prints, when it exists and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command with its output shown, and stops it when it takes longer than `limit`.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).spawn() else {
        return false;
    };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(100)),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// Runs a command with its output shown and returns the output as well.
pub fn tee(command: &mut Command) -> Result<(bool, String), Failure> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("{} could not start: {error}", shown(command))))?;
    let out = child
        .stdout
        .take()
        .map(|pipe| thread::spawn(move || copy_lines(pipe, std::io::stdout())));
    let err = child
        .stderr
        .take()
        .map(|pipe| thread::spawn(move || copy_lines(pipe, std::io::stderr())));
    let mut text = String::new();
    for copier in [out, err].into_iter().flatten() {
        text.push_str(&copier.join().unwrap_or_default());
    }
    Ok((child.wait()?.success(), text))
}

fn copy_lines(from: impl Read, mut to: impl Write) -> String {
    let mut text = String::new();
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let _ = to.write_all(&line);
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    text
}

fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    format!("`{text}`")
}

/// A duration as people say it.
pub fn spoken(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..=99 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
