//! `--detach`: the same program again in the background, in a session of its own, with its output in a log file.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Status;
use crate::arguments::Values;
use crate::control::place;

/// Tells the second program that it is the one to run.
const DETACHED: &str = "TRANSOM_DETACHED";
/// How long the VM may take to listen.
const PATIENCE: Duration = Duration::from_secs(10);

/// `--detach` and `--log FILE`.
#[derive(Default)]
pub struct Options {
    detach: bool,
    log: Option<PathBuf>,
}

impl Options {
    /// Takes an option; false when it is another.
    pub fn take(
        &mut self,
        option: &lexopt::Arg<'_>,
        values: &mut Values<'_>,
    ) -> Result<bool, String> {
        match option {
            lexopt::Arg::Long("detach") => self.detach = true,
            lexopt::Arg::Long("log") => self.log = Some(values.text()?.into()),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether the VM is to run in the background.
    pub fn wanted(&self) -> bool {
        self.detach
    }

    /// Starts the program again in the background and answers the status of this one; none when this is the one to run.
    pub fn leave(&self, name: Option<&str>) -> Option<Status> {
        if !self.detach {
            return None;
        }
        if std::env::var_os(DETACHED).is_some() {
            // Its parent is gone soon; failing, it stays in the old session, which does no harm.
            let _own_session = rustix::process::setsid();
            return None;
        }
        Some(self.spawn(name).or_else(|message| {
            eprintln!("transom: {message}");
            Ok(1)
        }))
    }

    fn spawn(&self, name: Option<&str>) -> Status {
        let path = match &self.log {
            Some(path) => path.clone(),
            None => log_directory()?.join(format!("{}.log", name.unwrap_or("transom"))),
        };
        let in_path = |e: std::io::Error| format!("{}: {e}", path.display());
        let log: File = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(in_path)?;
        let errors = log.try_clone().map_err(in_path)?;
        let me = std::env::current_exe().map_err(|e| e.to_string())?;
        let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
        let mut child = Command::new(me)
            .args(arguments)
            .env(DETACHED, "1")
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|e| format!("cannot start in the background: {e}"))?;
        wait_until_it_listens(&mut child)
            .map_err(|why| format!("{why}; see {}", path.display()))?;
        println!(
            "{} (pid {}), log in {}",
            name.unwrap_or("running"),
            child.id(),
            path.display()
        );
        Ok(0)
    }
}

fn log_directory() -> Result<PathBuf, String> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    let directory = state
        .or(home)
        .ok_or("no place for a log file: give --log FILE")?
        .join("transom");
    std::fs::create_dir_all(&directory).map_err(|e| format!("{}: {e}", directory.display()))?;
    Ok(directory)
}

fn wait_until_it_listens(child: &mut Child) -> Result<(), String> {
    let since = Instant::now();
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Err(format!("it ended at once ({status})"));
        }
        if place::all()?.iter().any(|place| place.pid == child.id()) {
            return Ok(());
        }
        if since.elapsed() > PATIENCE {
            return Err("it does not listen yet".to_owned());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
