//! One PostgreSQL cluster for one run of the tests: made, used and thrown away.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::places::on_path;
use crate::process::{Failure, output, step};
use crate::setup::apt_install;

/// Followed by the number of the process that made it.
const FOLDER: &str = "tepai-postgres-";

/// A running cluster; stopped and removed when dropped.
pub struct Cluster {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes a cluster in the system's temporary folder and starts it on a free port.
    pub fn start() -> Result<Self, Failure> {
        let programs = programs()?;
        let owner = Owner::of_cluster()?;
        remove_left_behind();
        let folder = std::env::temp_dir().join(format!("{FOLDER}{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        owner.give(&folder)?;
        let data = folder.join("data");
        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args([
            "--auth=trust",
            "--username=postgres",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            "-D",
        ]);
        initdb.arg(&data).current_dir(&folder).stdout(Stdio::null());
        crate::process::run(owner.runs(&mut initdb))?;

        let port = free_port()?;
        let mut postgres = Command::new(programs.join("postgres"));
        // Nothing here must survive a crash, so nothing waits for the disk.
        for setting in [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=400",
        ] {
            postgres.args(["-c", setting]);
        }
        postgres
            .args(["-c", "listen_addresses=127.0.0.1", "-c"])
            .arg(format!("port={port}"));
        postgres
            .arg("-k")
            .arg(&folder)
            .arg("-D")
            .arg(&data)
            .current_dir(&folder);
        postgres
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log"))?);
        let server = owner.runs(&mut postgres).spawn()?;
        let mut cluster = Self {
            server,
            folder,
            port,
        };
        cluster.wait_until_ready(&programs)?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<(), Failure> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let mut ready = Command::new(programs.join("pg_isready"));
            ready
                .args(["-h", "127.0.0.1", "-p"])
                .arg(self.port.to_string());
            if output(&mut ready).is_some() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Failure::new(format!("PostgreSQL did not start:\n{log}"))
            .remedy("cargo xtask test again; the port may have been taken"))
    }

    /// The URL of a database in this cluster.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database and returns its URL.
    pub fn create_database(&self, name: &str) -> Result<String, Failure> {
        let mut createdb = Command::new(programs()?.join("createdb"));
        createdb
            .args(["-h", "127.0.0.1", "-U", "postgres", "-p"])
            .arg(self.port.to_string())
            .arg(name);
        crate::process::run(&mut createdb)?;
        Ok(self.url(name))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGQUIT is PostgreSQL's immediate shutdown; it takes its own children down.
        let pid = self.server.id().to_string();
        if output(Command::new("sh").args(["-c", &format!("kill -QUIT {pid}")])).is_none() {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder with initdb and postgres; installs Debian's package where there is none.
pub fn programs() -> Result<PathBuf, Failure> {
    if let Some(found) = find() {
        return Ok(found);
    }
    step("Installing PostgreSQL for the tests (about a minute)");
    apt_install(&["postgresql"])?;
    find().ok_or_else(|| {
        Failure::new("PostgreSQL's initdb was not found")
            .remedy("install PostgreSQL 14 or newer; put its bin folder on PATH")
    })
}

/// Debian keeps the server's programs off `PATH`, one folder per version.
fn find() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.sort_by_key(|path| {
        path.parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_string_lossy().parse::<u32>().ok())
    });
    folders.reverse();
    if let Some(initdb) = on_path(&["initdb"])
        && let Ok(real) = fs::canonicalize(initdb)
        && let Some(folder) = real.parent()
    {
        folders.push(folder.to_path_buf());
    }
    folders.into_iter().find(|dir| {
        ["initdb", "postgres", "pg_isready", "createdb"]
            .iter()
            .all(|name| dir.join(name).is_file())
    })
}

/// A run that was interrupted could not remove its cluster; PostgreSQL itself was interrupted with it.
fn remove_left_behind() {
    let processes = Path::new("/proc");
    for entry in fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name();
        let maker = name.to_str().and_then(|name| name.strip_prefix(FOLDER));
        if let Some(maker) = maker
            && processes.join("self").exists()
            && !processes.join(maker).exists()
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Who runs PostgreSQL: it refuses root, so root hands it to the user `postgres`.
struct Owner(Option<(u32, u32)>);

impl Owner {
    fn of_cluster() -> Result<Self, Failure> {
        if output(Command::new("id").arg("-u")).is_none_or(|id| id.trim() != "0") {
            return Ok(Self(None));
        }
        let users = fs::read_to_string("/etc/passwd")?;
        user_and_group(&users, "postgres")
            .map(|ids| Self(Some(ids)))
            .ok_or_else(|| {
                Failure::new("PostgreSQL refuses to run as root, and there is no user `postgres`")
                    .remedy("useradd --system postgres, or run the tests as another user")
            })
    }

    #[cfg(unix)]
    fn give(&self, folder: &Path) -> Result<(), Failure> {
        if let Some((user, group)) = self.0 {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn give(&self, _folder: &Path) -> Result<(), Failure> {
        Ok(())
    }

    #[cfg(unix)]
    fn runs<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        use std::os::unix::process::CommandExt;
        match self.0 {
            Some((user, group)) => command.uid(user).gid(group),
            None => command,
        }
    }

    #[cfg(not(unix))]
    fn runs<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
    }
}

/// Numbers of a user in the text of /etc/passwd.
fn user_and_group(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_numbers_are_read_from_the_list_of_users() {
        let users =
            "root:x:0:0:root:/root:/bin/bash\npostgres:x:106:112::/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user_and_group(users, "postgres"), Some((106, 112)));
        assert_eq!(user_and_group(users, "post"), None);
    }
}
