//! A VM that runs while a test looks at it from outside: in a runtime directory of its own, killed when the test is over.

use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use crate::program::{Output, Transom};
use crate::scratch::Scratch;

/// How long a VM may take until it answers, or has ended, on a machine that has much else to do.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What a helper of a test answers.
pub type Answer<T> = Result<T, Failed>;

/// A VM with a name.
pub struct Running {
    pub child: Child,
    pub directory: Scratch,
    name: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts `transom ARGS` for the test `what`; the arguments give the VM the name `name`. Returns before it listens.
    ///
    /// # Errors
    /// There is no directory for it.
    pub fn start(what: &str, name: &str, args: &[&str]) -> Answer<Running> {
        let directory = Scratch::new(what)?;
        let child = Transom::new(args)
            .env("XDG_RUNTIME_DIR", directory.path())
            .spawn();
        Ok(Running::of(child, directory, name))
    }

    /// A program that was started with this directory as `XDG_RUNTIME_DIR`.
    #[must_use]
    pub fn of(child: Child, directory: Scratch, name: &str) -> Running {
        let name = name.to_owned();
        Running {
            child,
            directory,
            name,
        }
    }

    /// `transom ARGS` as its user.
    #[must_use]
    pub fn transom(&self, args: &[&str]) -> Transom {
        Transom::new(args).env("XDG_RUNTIME_DIR", self.directory.path())
    }

    /// `transom COMMAND NAME ARGS`
    #[must_use]
    pub fn ask(&self, command: &str, args: &[&str]) -> Output {
        self.transom(&[&[command, self.name.as_str()], args].concat())
            .output()
    }

    /// Waits until `transom COMMAND NAME ARGS` ends with 0.
    ///
    /// # Errors
    /// It does not in time.
    pub fn answers(&self, command: &str, args: &[&str]) -> Answer<()> {
        let mut last = None;
        let what = format!("{command} {args:?} is answered");
        let answered = until(PATIENCE, &what, || {
            let output = self.ask(command, args);
            let good = output.status == Some(0);
            last = Some(output);
            good
        });
        answered.map_err(|_| format!("not within {PATIENCE:?}: {what}, but {last:?}").into())
    }

    /// Its control socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        let file = format!("{}-{}", self.child.id(), self.name);
        self.directory.path().join("transom").join(file)
    }

    /// Sends a signal: `-TERM`.
    ///
    /// # Errors
    /// There is no `kill`.
    pub fn signal(&self, name: &str) -> Answer<()> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([name, &pid]).status();
        sent.map(drop).map_err(|e| format!("kill: {e}").into())
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// It does not end.
    pub fn status(&mut self) -> Answer<Option<i32>> {
        let mut status = None;
        until(PATIENCE, "the VM has ended", || {
            status = self.child.try_wait().ok().flatten();
            status.is_some()
        })?;
        Ok(status.and_then(|s| s.code()))
    }
}

/// Waits for something to become true.
///
/// # Errors
/// It does not in time; says what.
pub fn until(time: Duration, what: &str, mut done: impl FnMut() -> bool) -> Answer<()> {
    let started = Instant::now();
    while !done() {
        if started.elapsed() > time {
            return Err(format!("not within {time:?}: {what}").into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// Compares.
///
/// # Errors
/// Says what was found instead.
pub fn equal<T: PartialEq + std::fmt::Debug>(found: T, wanted: T) -> Answer<()> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{found:?} instead of {wanted:?}").into())
    }
}

/// Looks for a text.
///
/// # Errors
/// Shows where it is not.
pub fn contains(text: &str, wanted: &str) -> Answer<()> {
    if text.contains(wanted) {
        Ok(())
    } else {
        Err(format!("{wanted:?} is not in:\n{text}").into())
    }
}

/// That a command ended with this status; what it printed otherwise.
///
/// # Errors
/// Another status.
pub fn ended(output: &Output, status: i32) -> Answer<()> {
    if output.status == Some(status) {
        return Ok(());
    }
    let Output { stdout, stderr, .. } = output;
    Err(format!(
        "status {:?} instead of {status}\n{stdout}\n{stderr}",
        output.status
    )
    .into())
}
