//! What the commands need: what is there is used, what is missing is installed, and each failure names its remedy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::places::{asset_tools, cached, on_path, root};
use crate::postgres;
use crate::process::{Failure, output, run_aside, step, succeeds};
use crate::toolchain::WebToolchain;

/// The last Trunk that the Rust of this project can compile.
const TRUNK: &str = "0.21.14";
const SCHEMATHESIS: &str = "4.32.5";
/// The calendar that the refund dates are held against. When a newer one knows another year, policies/calendar should.
const CHINESE_CALENDAR: &str = "1.11.0";
/// The tool that cuts the program; it goes with the wasm_split_helpers of Cargo.lock.
const WASM_SPLIT: &str = "0.2.4";

/// What drives Firefox.
const GECKODRIVER: &str = "0.37.1";

/// All that building the storefront takes.
pub struct WebTools {
    /// The compiler.
    pub toolchain: WebToolchain,
    /// Folders of Trunk, wasm-bindgen and wasm-opt, to be put on `PATH`.
    pub path: Vec<PathBuf>,
}

impl WebTools {
    /// A command that finds the compiler and all tools.
    pub fn command(&self, program: &str) -> Result<Command, Failure> {
        self.toolchain.command(program, &self.path)
    }
}

/// Installs what any command may need.
pub fn everything() -> Result<(), Failure> {
    let tools = web()?;
    let cluster = postgres::programs()?;
    let browser = browser()?;
    let engines = engines()?;
    let fuzzer = schemathesis()?;
    let calendar = chinese_calendar()?;
    step("Everything is there");
    println!("wasm: {}", tools.toolchain.name());
    println!("PostgreSQL: {}", cluster.display());
    println!("browser: {}", browser.display());
    println!("other engines: {}", engines.firefox.display());
    println!("               {}", engines.webkit.display());
    println!("schemathesis: {}", fuzzer.display());
    println!("chinesecalendar: {}", calendar.display());
    Ok(())
}

/// What `build` needs.
pub fn web() -> Result<WebTools, Failure> {
    let toolchain = WebToolchain::prepare()?;
    need_node()?;
    npm_ci(&asset_tools())?;
    let bindgen = locked_version(
        &fs::read_to_string(root().join("Cargo.lock"))?,
        "wasm-bindgen",
    )
    .ok_or_else(|| {
        Failure::new("Cargo.lock names no wasm-bindgen").remedy("git checkout Cargo.lock")
    })?;
    let path = [
        Some(asset_tools().join("node_modules/.bin")),
        cargo_tool("trunk", "trunk", TRUNK, &[], "5 to 10 minutes")?,
        cargo_tool(
            "wasm-bindgen-cli",
            "wasm-bindgen",
            &bindgen,
            &[],
            "3 to 6 minutes",
        )?,
        cargo_tool(
            "wasm_split_cli_support",
            "wasm-split-cli",
            WASM_SPLIT,
            &["build-binary"],
            "1 to 2 minutes",
        )?,
    ];
    Ok(WebTools {
        toolchain,
        path: path.into_iter().flatten().collect(),
    })
}

/// What the browser tests need; returns the browser.
pub fn browser() -> Result<PathBuf, Failure> {
    need_node()?;
    npm_ci(&root().join("e2e"))?;
    let find = || {
        on_path(&[
            "chromium",
            "chromium-browser",
            "google-chrome-stable",
            "google-chrome",
        ])
    };
    if find().is_none() {
        step("Installing Chromium and Chinese fonts (about 2 minutes)");
        apt_install(&["chromium", "fonts-noto-cjk"])?;
    } else if output(Command::new("fc-list").args([":lang=zh-cn", "family"]))
        .is_some_and(|fonts| fonts.trim().is_empty())
    {
        step("Installing Chinese fonts (about a minute)");
        if let Err(failure) = apt_install(&["fonts-noto-cjk"]) {
            eprintln!("warning: screenshots will show boxes instead of Chinese: {failure}");
        }
    }
    find().ok_or_else(|| {
        Failure::new("no Chromium found").remedy("install chromium and put it on PATH")
    })
}

/// Two more engines and what drives them.
pub struct Engines {
    /// Firefox.
    pub firefox: PathBuf,
    /// Its driver.
    pub geckodriver: PathBuf,
    /// The small browser that comes with WebKit for GTK.
    pub webkit: PathBuf,
    /// Its driver.
    pub webkit_driver: PathBuf,
    /// A screen in memory: WebKit draws on nothing else.
    pub xvfb: PathBuf,
}

/// What the stories in Firefox and WebKit need.
pub fn engines() -> Result<Engines, Failure> {
    need_node()?;
    npm_ci(&asset_tools())?;
    let firefox = || on_path(&["firefox-esr", "firefox"]);
    let driver = || on_path(&["WebKitWebDriver"]);
    let xvfb = || on_path(&["Xvfb"]);
    let missing: Vec<&str> = [
        ("firefox-esr", firefox().is_none()),
        ("webkit2gtk-driver", driver().is_none()),
        ("xvfb", xvfb().is_none()),
    ]
    .into_iter()
    .filter_map(|(package, missing)| missing.then_some(package))
    .collect();
    if !missing.is_empty() {
        step(&format!(
            "Installing {} (about 2 minutes)",
            missing.join(", ")
        ));
        apt_install(&missing)?;
    }
    let geckodriver = match cargo_tool(
        "geckodriver",
        "geckodriver",
        GECKODRIVER,
        &[],
        "1 to 5 minutes",
    )? {
        Some(bin) => Some(bin.join("geckodriver")),
        None => on_path(&["geckodriver"]),
    };
    let found = |what: &str, package: &str, path: Option<PathBuf>| {
        path.ok_or_else(|| {
            Failure::new(format!("no {what} found"))
                .remedy(format!("sudo apt-get install {package}"))
        })
    };
    Ok(Engines {
        firefox: found("Firefox", "firefox-esr", firefox())?,
        geckodriver: found("geckodriver", "geckodriver", geckodriver)?,
        webkit: found(
            "MiniBrowser of WebKit for GTK",
            "libwebkit2gtk-4.1-0",
            mini_browser(),
        )?,
        webkit_driver: found("WebKitWebDriver", "webkit2gtk-driver", driver())?,
        xvfb: found("Xvfb", "xvfb", xvfb())?,
    })
}

/// The small browser, which lies with WebKit's own programs; the newest where there are several.
fn mini_browser() -> Option<PathBuf> {
    let folders = |path: &Path| {
        fs::read_dir(path)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect::<Vec<_>>()
    };
    ["/usr/lib", "/usr/libexec", "/usr/lib64"]
        .map(Path::new)
        .into_iter()
        .flat_map(|root| {
            let mut places = folders(root);
            places.push(root.to_path_buf());
            places
        })
        .flat_map(|place| folders(&place))
        .filter(|folder| {
            folder
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("webkit2gtk-"))
        })
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|program| program.is_file())
        .max()
}

/// What the tests against the API description need; returns the command `st`.
pub fn schemathesis() -> Result<PathBuf, Failure> {
    python_package("schemathesis", SCHEMATHESIS, &["st", "--version"])
}

/// What the check of the refund dates needs; returns the Python that has the calendar.
pub fn chinese_calendar() -> Result<PathBuf, Failure> {
    let version = "import chinese_calendar; print(chinese_calendar.__version__)";
    python_package(
        "chinesecalendar",
        CHINESE_CALENDAR,
        &["python", "-c", version],
    )
}

/// Makes sure of a package from PyPI in an environment of its own. `says_version` is a command of that environment,
/// which is returned, and arguments that make it say the package's version.
fn python_package(package: &str, version: &str, says_version: &[&str]) -> Result<PathBuf, Failure> {
    let folder = cached(package, version);
    let command = folder.join("bin").join(says_version[0]);
    // The version call proves that a half-finished or moved environment is not taken for a whole one.
    if output(Command::new(&command).args(&says_version[1..]))
        .is_some_and(|text| text.contains(version))
    {
        return Ok(command);
    }
    if output(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_none() {
        step("Installing Python (about a minute)");
        apt_install(&["python3", "python3-venv"])?;
    }
    step(&format!("Installing {package} {version} (about a minute)"));
    run_aside(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    run_aside(
        Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .arg(format!("{package}=={version}")),
    )
    .map_err(|failure| failure.remedy("check the connection to PyPI, or set PIP_INDEX_URL"))?;
    Ok(command)
}

fn need_node() -> Result<(), Failure> {
    let remedy = "install Node.js 18 or newer with npm (Debian: apt-get install nodejs npm)";
    let version = output(Command::new("node").arg("--version"))
        .ok_or_else(|| Failure::new("node is not on PATH").remedy(remedy))?;
    if output(Command::new("npm").arg("--version")).is_none() {
        return Err(Failure::new("npm is not on PATH").remedy(remedy));
    }
    match major(&version) {
        Some(major) if major >= 18 => Ok(()),
        Some(_) | None => {
            Err(Failure::new(format!("node is {}, too old", version.trim())).remedy(remedy))
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// Installs the packages of `folder` unless exactly those of its lock file are there already.
fn npm_ci(folder: &Path) -> Result<(), Failure> {
    let lock = fs::read(folder.join("package-lock.json")).map_err(|error| {
        Failure::new(format!("{}/package-lock.json: {error}", folder.display()))
            .remedy("git checkout the file")
    })?;
    let installed = folder.join("node_modules/.installed-lock");
    if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    step(&format!(
        "Installing npm packages in {} (less than a minute)",
        folder.display()
    ));
    run_aside(
        Command::new("npm")
            .current_dir(folder)
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
    .map_err(|failure| {
        failure.remedy("check the connection to the npm registry (npm config get registry)")
    })?;
    fs::write(installed, lock)?;
    Ok(())
}

/// Makes sure of a tool that cargo installs. Returns the folder to put on `PATH`, or none when it is there already.
fn cargo_tool(
    package: &str,
    command: &str,
    version: &str,
    features: &[&str],
    time: &str,
) -> Result<Option<PathBuf>, Failure> {
    if is_version(Path::new(command), version) {
        return Ok(None);
    }
    let folder = cached(command, version);
    let bin = folder.join("bin");
    let recorded = Recorded {
        folder: &folder,
        package,
        version,
    };
    if is_version(&bin.join(command), version) || recorded.is_installed() {
        return Ok(Some(bin));
    }
    step(&format!(
        "Compiling {package} {version} once for all clones ({time} on two cores)"
    ));
    // As its authors tested it; and where a registry lacks one of those versions, with the nearest ones.
    for locked in [true, false] {
        let mut install = Command::new("cargo");
        install.args([
            "install",
            package,
            "--version",
            version,
            "--no-default-features",
            "--force",
            "--root",
        ]);
        install.arg(&folder).current_dir(std::env::temp_dir());
        for feature in features {
            install.args(["--features", feature]);
        }
        if locked {
            install.arg("--locked");
        }
        for variable in ["RUSTFLAGS", "CARGO_TARGET_DIR"] {
            install.env_remove(variable);
        }
        // These tools run for seconds; compiling them thoroughly would take minutes.
        install.envs([
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ]);
        install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        if succeeds(&mut install)?
            && (is_version(&bin.join(command), version) || recorded.is_installed())
        {
            return Ok(Some(bin));
        }
    }
    Err(Failure::new(format!("{package} {version} could not be installed")).remedy(format!(
        "see the compiler's message above; or install it yourself so that `{command} --version` says {version}"
    )))
}

/// What cargo wrote down when it had installed a package whole: for tools that do not know their own version.
struct Recorded<'a> {
    folder: &'a Path,
    package: &'a str,
    version: &'a str,
}

impl Recorded<'_> {
    fn is_installed(&self) -> bool {
        fs::read_to_string(self.folder.join(".crates.toml"))
            .is_ok_and(|text| text.contains(&format!("\"{} {} ", self.package, self.version)))
    }
}

/// `COMMAND --version` names this version.
fn is_version(command: &Path, version: &str) -> bool {
    output(Command::new(command).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

/// Installs Debian packages, as root or through sudo.
pub fn apt_install(packages: &[&str]) -> Result<(), Failure> {
    let by_hand = format!("sudo apt-get install {}", packages.join(" "));
    if on_path(&["apt-get"]).is_none() {
        return Err(Failure::new(format!("missing: {}", packages.join(", ")))
            .remedy("install these with your system's package manager (the names are Debian's)"));
    }
    let is_root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !is_root && output(Command::new("sudo").args(["-n", "true"])).is_none() {
        return Err(
            Failure::new(format!("missing: {} (needs root)", packages.join(", "))).remedy(by_hand),
        );
    }
    let apt = |arguments: &[&str]| {
        let mut command = if is_root {
            Command::new("env")
        } else {
            Command::new("sudo")
        };
        if !is_root {
            command.args(["-n", "env"]);
        }
        command
            .args([
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "--quiet",
                "--assume-yes",
            ])
            .args(arguments);
        command
    };
    // Lists may be stale or absent; when they cannot be fetched, installing says what is wrong.
    let _ = run_aside(&mut apt(&["update"]));
    let mut arguments = vec!["install", "--no-install-recommends"];
    arguments.extend(packages);
    run_aside(&mut apt(&arguments)).map_err(|failure| failure.remedy(by_hand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "leptos"), None);
    }

    #[test]
    fn node_versions_are_compared_by_their_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("unknown"), None);
    }
}
