//! Runs the `transom` program as a child process, with a deadline.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::scratch::Scratch;

/// The variable that turns the test binary into the program under test.
pub const UNDER_TEST: &str = "TRANSOM_UNDER_TEST";

/// If this process was started as the program under test, runs it and gives its exit code.
pub fn act_as_program() -> Option<ExitCode> {
    std::env::var_os(UNDER_TEST).map(|_| {
        // SAFETY of the environment is the child's own affair: grandchildren inherit the variable on purpose, so that
        // `os:cmd("transom ...")` style tests and detached VMs run the same program.
        transom_cli::main(std::env::args_os().collect())
    })
}

/// Makes a copy of the test binary behave as the program under test, in the root of the repository.
pub fn under_test(command: &mut Command) {
    command
        .env(UNDER_TEST, "1")
        .env("NO_COLOR", "1")
        .current_dir(crate::tree::root());
}

/// What a finished program left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Standard output, as text (invalid UTF-8 replaced).
    pub stdout: String,
    /// Standard error, as text.
    pub stderr: String,
    /// The exit status; `None` after a signal.
    pub status: Option<i32>,
}

/// One invocation of the program.
pub struct Transom {
    command: Command,
    stdin: Vec<u8>,
    deadline: Duration,
}

impl Transom {
    /// `transom ARGS...`, to be started in the root of the repository.
    pub fn new<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(args: I) -> Self {
        let me = std::env::current_exe().expect("a running program has a path");
        Transom::of(&me, args)
    }

    /// The same under another name: a link to the program, or a bundle.
    pub fn of<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(program: &Path, args: I) -> Self {
        let mut command = Command::new(program);
        under_test(command.args(args));
        Self {
            command,
            stdin: Vec::new(),
            deadline: Duration::from_secs(120),
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, arg: &str) -> Self {
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    pub fn args(mut self, args: &[&str]) -> Self {
        self.command.args(args);
        self
    }

    /// Starts it in another directory.
    pub fn in_dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Starts it in a directory of its own, where its temporary files go too.
    pub fn in_scratch(self, scratch: &Scratch) -> Self {
        self.in_dir(scratch.path()).env("TMPDIR", scratch.path())
    }

    /// Sets an environment variable.
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Feeds it this standard input (none otherwise).
    pub fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = text.into();
        self
    }

    /// Kills it after this long; then `status` is `None`.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Starts it with pipes and leaves it running.
    pub fn spawn(mut self) -> Child {
        self.command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the test binary can start itself")
    }

    /// Runs it to its end.
    pub fn output(self) -> Output {
        let (input, deadline) = (self.stdin.clone(), self.deadline);
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        let writer = std::thread::spawn(move || {
            // A program that does not read its input closes the pipe; that is its right.
            let _ = stdin.write_all(&input);
        });
        let stdout = drain(child.stdout.take().expect("stdout is a pipe"));
        let stderr = drain(child.stderr.take().expect("stderr is a pipe"));
        let status = wait(&mut child, deadline);
        let _ = writer.join();
        Output {
            stdout: stdout.join().expect("the reader does not panic"),
            stderr: stderr.join().expect("the reader does not panic"),
            status,
        }
    }
}

fn drain(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Waits with a deadline; polling starts short, so that quick programs are not slowed.
fn wait(child: &mut Child, deadline: Duration) -> Option<i32> {
    let started = Instant::now();
    let mut pause = Duration::from_micros(200);
    loop {
        match child.try_wait().expect("a child can be waited for") {
            Some(status) => return status.code(),
            None if started.elapsed() > deadline => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            None => std::thread::sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(10));
    }
}
