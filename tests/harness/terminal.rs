//! A person at a terminal: the program runs on a pseudo-terminal, keys are typed into it, and what is seen is the screen that a terminal
//! emulator makes of its output.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty};

use crate::program::UNDER_TEST;
use crate::running::PATIENCE;

/// Lines that have left the screen and can still be seen.
const SCROLLBACK: usize = 2000;

/// Keys that are not characters.
pub mod key {
    pub const ENTER: &str = "\r";
    pub const TAB: &str = "\t";
    pub const UP: &str = "\x1b[A";
    pub const DOWN: &str = "\x1b[B";
    pub const LEFT: &str = "\x1b[D";
    pub const HOME: &str = "\x1b[H";
    pub const BACKSPACE: &str = "\x7f";
    pub const CTRL_C: &str = "\x03";
    pub const CTRL_D: &str = "\x04";
    pub const CTRL_G: &str = "\x07";
    pub const CTRL_R: &str = "\x12";
    pub const ALT_ENTER: &str = "\x1b\r";
}

/// Bytes the program wrote, and when.
pub type Event = (Duration, Vec<u8>);

/// A program on a terminal of 24 lines and 80 columns. Killed when dropped.
pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    parser: vt100::Parser,
    events: Vec<Event>,
    since: Instant,
    ended: bool,
}

/// How a program is started.
pub struct Start {
    args: Vec<String>,
    env: Vec<(String, PathBuf)>,
    directory: PathBuf,
    colours: bool,
    size: (u16, u16),
}

impl Start {
    /// `transom ARGS...` with its home, history and sockets under `home`, started there.
    pub fn new<I: IntoIterator<Item = S>, S: Into<String>>(args: I, home: &Path) -> Start {
        let mut env: Vec<(String, PathBuf)> = Vec::new();
        for name in ["HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"] {
            env.push((name.to_owned(), home.to_owned()));
        }
        Start {
            args: args.into_iter().map(Into::into).collect(),
            env,
            directory: home.to_owned(),
            colours: false,
            size: (24, 80),
        }
    }

    /// With colours.
    pub fn colours(mut self) -> Start {
        self.colours = true;
        self
    }

    /// Lines and columns.
    pub fn size(mut self, rows: u16, columns: u16) -> Start {
        self.size = (rows, columns);
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// There is no terminal to be had, or no process.
    pub fn run(self) -> Result<Terminal, pty_process::Error> {
        let (pty, pts) = pty_process::blocking::open()?;
        pty.resize(Size::new(self.size.0, self.size.1))?;
        let mut command = Command::new(std::env::current_exe()?)
            .args(self.args)
            .env(UNDER_TEST, "1")
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8")
            .current_dir(self.directory);
        for (name, value) in self.env {
            command = command.env(name, value);
        }
        command = match self.colours {
            true => command.env_remove("NO_COLOR"),
            false => command.env("NO_COLOR", "1"),
        };
        let child = command.spawn(pts)?;
        let pty = Arc::new(pty);
        let seen = Arc::new(Mutex::new(Seen {
            parser: emulator(self.size, SCROLLBACK),
            events: Vec::new(),
            since: Instant::now(),
            ended: false,
        }));
        let (pty_, seen_) = (Arc::clone(&pty), Arc::clone(&seen));
        std::thread::spawn(move || watch(&pty_, &seen_));
        Ok(Terminal { pty, child, seen })
    }
}

/// A screen of so many lines and columns.
fn emulator((rows, columns): (u16, u16), scrollback: usize) -> vt100::Parser {
    let side = |n| NonZeroU16::new(n).expect("a screen has a size");
    vt100::Parser::new(side(rows), side(columns), scrollback)
}

/// Takes what the program writes until it is gone.
fn watch(pty: &Pty, seen: &Mutex<Seen>) {
    let mut bytes = [0; 4096];
    let mut from = pty;
    loop {
        let count = from.read(&mut bytes).unwrap_or(0);
        let mut seen = seen.lock().expect("nobody panics with the screen");
        if count == 0 {
            seen.ended = true;
            return;
        }
        seen.parser.process(&bytes[..count]);
        let at = seen.since.elapsed();
        seen.events.push((at, bytes[..count].to_vec()));
    }
}

impl Terminal {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nobody panics with the screen")
    }

    /// Presses keys.
    pub fn keys(&self, keys: impl AsRef<str>) {
        let mut to = &*self.pty;
        // A program that is gone takes no keys; the test sees that in what it waits for.
        let _gone = to.write_all(keys.as_ref().as_bytes());
    }

    /// Types a line and Enter.
    pub fn line(&self, text: &str) {
        self.keys(format!("{text}{}", key::ENTER));
    }

    /// What is on the screen, without spaces at the ends of lines.
    pub fn screen(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// The screen and what has scrolled off it.
    pub fn all(&self) -> String {
        let mut seen = self.seen();
        let (_, columns) = seen.parser.screen().size();
        let bytes: Vec<u8> = seen
            .events
            .iter()
            .flat_map(|(_, bytes)| bytes.clone())
            .collect();
        // The same output on a screen as long as all of it.
        let mut tall = emulator((1000, columns.into()), 0);
        tall.process(&bytes);
        seen.parser.screen_mut().set_scrollback(0);
        tall.screen().contents()
    }

    /// The bytes written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen()
            .events
            .iter()
            .flat_map(|(_, bytes)| bytes.clone())
            .collect()
    }

    /// The bytes written so far, with their times.
    pub fn events(&self) -> Vec<Event> {
        self.seen().events.clone()
    }

    /// Waits until the screen is as wanted.
    ///
    /// # Errors
    /// It was not in time; the message shows the screen.
    pub fn until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> Result<(), String> {
        let started = Instant::now();
        loop {
            let screen = self.screen();
            if wanted(&screen) {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                return Err(format!("not on the screen: {what}\n{screen}\n"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the text is on the screen.
    ///
    /// # Errors
    /// As [`Terminal::until`].
    pub fn expect(&self, text: &str) -> Result<(), String> {
        self.until(&format!("{text:?}"), |screen| screen.contains(text))
    }

    /// Waits until the last line that is not empty is this one: a prompt, or what is being typed.
    ///
    /// # Errors
    /// As [`Terminal::until`].
    pub fn at(&self, line: &str) -> Result<(), String> {
        self.until(&format!("{line:?} at the end"), |screen| {
            screen.trim_end().lines().last() == Some(line.trim_end())
        })
    }

    /// Waits for its end; the exit status.
    ///
    /// # Errors
    /// It did not end in time.
    pub fn ended(&mut self) -> Result<i32, String> {
        let started = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return status.code().ok_or_else(|| status.to_string()),
                Ok(None) if started.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Ok(None) => return Err(format!("still running\n{}\n", self.screen())),
                Err(e) => return Err(e.to_string()),
            }
        }
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as `kill -9` does.
    pub fn kill(&mut self) {
        let _ended_already = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill();
    }
}
