//! A broker and its clients as processes, all ended when dropped.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use libtest_mimic::Failed;
use transom_tests::program::Transom;
use transom_tests::running::PATIENCE;
use transom_tests::{scratch::Scratch, tree};

/// A running broker, ended when dropped.
pub struct Broker {
    pub child: Child,
    pub port: u16,
    pub folder: Scratch,
    pub lines: Receiver<String>,
}

impl Broker {
    pub fn start(what: &str, arguments: &[&str]) -> Result<Self, Failed> {
        Self::start_from(&tree::root().join("examples/mqtt"), what, arguments)
    }

    pub fn start_from(source: &Path, what: &str, arguments: &[&str]) -> Result<Self, Failed> {
        let folder = Scratch::new(what)?;
        let mut args = vec!["run", "--name", "broker"];
        let source = source.display().to_string();
        args.extend([source.as_str(), "--", "--port", "0"]);
        args.extend(arguments);
        let mut child = Transom::new(args)
            .env("XDG_RUNTIME_DIR", folder.path())
            .spawn();
        let lines = lines_of(child.stdout.take().expect("stdout is a pipe"));
        let errors = lines_of(child.stderr.take().expect("stderr is a pipe"));
        let mut broker = Broker {
            child,
            port: 0,
            folder,
            lines,
        };
        let Some(line) = next_line(&broker.lines, |l| l.contains("listening on port")) else {
            let why: Vec<String> = errors.try_iter().collect();
            return Err(format!("the broker does not listen\n{}", why.join("\n")).into());
        };
        let port = line.rsplit(' ').next().and_then(|p| p.parse().ok());
        broker.port = port.ok_or(format!("no port in {line:?}"))?;
        Ok(broker)
    }

    /// `transom ARGS` for this broker.
    pub fn transom(&self, args: &[&str]) -> Transom {
        Transom::new(args).env("XDG_RUNTIME_DIR", self.folder.path())
    }

    pub fn client(&self, program: &str, args: &[&str]) -> Command {
        // The clients buffer what they print on a pipe.
        let mut command = Command::new("stdbuf");
        command
            .args(["-oL", program, "-p", &self.port.to_string()])
            .args(args);
        command
    }

    pub fn publish(&self, args: &[&str]) -> Result<(), Failed> {
        let output = self.client("mosquitto_pub", args).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("mosquitto_pub {args:?}: {output:?}").into())
    }

    /// A subscriber that has got its SUBACK.
    pub fn subscribe(&self, args: &[&str]) -> Result<Subscriber, Failed> {
        let mut child = self
            .client("mosquitto_sub", args)
            .arg("-d")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let lines = lines_of(child.stdout.take().expect("stdout is a pipe"));
        let mut subscriber = Subscriber::new(child, lines);
        // A session that was there before gets its messages before the SUBACK.
        let mut early = VecDeque::new();
        let subscribed = next_line(&subscriber.lines, |l| {
            if !is_debug(l) {
                early.push_back(l.to_owned());
            }
            l.starts_with("Subscribed")
        });
        subscriber.early = RefCell::new(early);
        match subscribed {
            Some(_) => Ok(subscriber),
            None => Err(format!("mosquitto_sub {args:?} got no SUBACK").into()),
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        // The broker may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client that prints, ended when dropped; of `mosquitto_sub` its lines without those of `-d`.
pub struct Subscriber {
    pub child: Child,
    pub lines: Receiver<String>,
    early: RefCell<VecDeque<String>>,
    reconnects: Cell<usize>,
}

/// Lines of `mosquitto_sub -d` that are no messages.
fn is_debug(line: &str) -> bool {
    line.starts_with("Client ") || line.starts_with("Subscribed")
}

impl Subscriber {
    pub fn new(child: Child, lines: Receiver<String>) -> Self {
        Self {
            child,
            lines,
            early: RefCell::default(),
            reconnects: Cell::new(0),
        }
    }

    pub fn next(&self) -> Option<String> {
        let early = self.early.borrow_mut().pop_front();
        early.or_else(|| {
            next_line(&self.lines, |l| {
                if l.ends_with("sending CONNECT") {
                    self.reconnects.set(self.reconnects.get() + 1);
                }
                !is_debug(l)
            })
        })
    }

    /// Whether one connection brought all lines read so far (`mosquitto_sub -d` tells of each CONNECT).
    pub fn never_reconnected(&self) -> Result<(), Failed> {
        match self.reconnects.get() {
            0 => Ok(()),
            n => Err(format!("the client had to connect again {n} times").into()),
        }
    }

    pub fn expect(&self, wanted: &[&str]) -> Result<(), Failed> {
        for want in wanted {
            let got = self.next();
            if got.as_deref() != Some(*want) {
                return Err(format!("expected {want:?}, got {got:?}").into());
            }
        }
        Ok(())
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn lines_of(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

pub fn next_line(lines: &Receiver<String>, mut wanted: impl FnMut(&str) -> bool) -> Option<String> {
    let until = Instant::now() + PATIENCE;
    while let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if wanted(&line) {
            return Some(line);
        }
    }
    None
}
