//! The control socket: what a client gets, what a hostile or dying one leaves behind (nothing), how a VM ends.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Output;
use transom_tests::running::{PATIENCE, Running, equal, until};

/// What each side sends first.
const GREETING: &[u8] = b"TRANSOM\x01";

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("control::commands_print_fail_and_read", commands),
        Trial::test("control::a_vm_is_listed_until_it_stops", listed),
        Trial::test("control::signals_end_a_vm", signals),
        Trial::test("control::only_the_user_can_reach_the_socket", private),
        Trial::test("control::other_users_are_refused", others).with_ignored_flag(!is_root()),
        Trial::test("control::hostile_clients_leave_nothing", hostile),
        Trial::test("control::slow_readers_hold_only_themselves", slow),
        Trial::test("control::a_thousand_killed_clients_leave_nothing", killed),
    ]
}

/// How many of each kind.
type Holds = Vec<usize>;

/// The clerk, who tells what the VM holds.
pub(super) struct Clerk(Running);

impl std::ops::Deref for Clerk {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.0
    }
}

impl std::ops::DerefMut for Clerk {
    fn deref_mut(&mut self) -> &mut Running {
        &mut self.0
    }
}

impl Clerk {
    pub(super) fn start(what: &str) -> Result<Clerk, Failed> {
        let args = ["run", "--name", "clerk", "tests/control/clerk.erl"];
        let clerk = Clerk(Running::start(what, "clerk", &args)?);
        clerk.answers("command", &["clerk", "status", "0"])?;
        Ok(clerk)
    }

    pub(super) fn command(&self, args: &[&str]) -> Output {
        self.ask("command", &[&["clerk"], args].concat())
    }

    /// Connected, greeted, and something asked for.
    pub(super) fn client(&self, fields: &[&str]) -> std::io::Result<UnixStream> {
        let mut stream = UnixStream::connect(self.socket())?;
        stream.write_all(GREETING)?;
        stream.write_all(&frame(1, fields.join("\0").as_bytes()))?;
        Ok(stream)
    }

    /// What it holds when nothing of earlier clients is left: the end of a client is seen by its VM a little later.
    pub(super) fn at_rest(&self) -> Holds {
        let (mut last, mut same) = (self.holds(), 0);
        let started = Instant::now();
        while same < 4 && started.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(50));
            let now = self.holds();
            same = if now == last { same + 1 } else { 0 };
            last = now;
        }
        last
    }

    /// Processes, channels, ports, trace sessions and traced processes, and descriptors of the operating system.
    fn holds(&self) -> Holds {
        let output = self.command(&["holds"]);
        let numbers = output.stdout.split(|c: char| !c.is_ascii_digit());
        let mut all: Holds = numbers.filter_map(|n| n.parse().ok()).collect();
        let descriptors = std::fs::read_dir(format!("/proc/{}/fd", self.child.id()));
        all.push(descriptors.map_or(0, Iterator::count));
        all
    }

    /// Waits until it holds no more of anything than it held.
    pub(super) fn is_as_before(&self, before: &Holds) -> Result<(), Failed> {
        let started = Instant::now();
        loop {
            let now = self.holds();
            let same_kinds = now.len() == before.len();
            if same_kinds && now.iter().zip(before).all(|(now, before)| now <= before) {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                return Err(format!("held {before:?} before, {now:?} after {PATIENCE:?}").into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn frame(kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut all = ((bytes.len() + 1) as u32).to_be_bytes().to_vec();
    all.push(kind);
    all.extend(bytes);
    all
}

fn commands() -> Result<(), Failed> {
    let vm = Clerk::start("commands")?;
    let said = vm.command(&["say", "grüß Gott"]);
    equal(said.stdout.as_str(), "grüß Gott\n")?;
    equal(said.stderr.as_str(), "aside\n")?;
    equal(vm.command(&["status", "37"]).status, Some(37))?;
    let crashed = vm.command(&["crash"]);
    equal(crashed.status, Some(1))?;
    equal(crashed.stderr.contains("oops"), true)?;
    let unknown = vm.transom(&["command", "clerk", "nonsense"]).output();
    equal(unknown.status, Some(2))?;
    // Lines of any length, pulled piece by piece.
    let mut input = vec![b'a'; 10 << 20];
    input.extend(b"\nshort\nlast");
    let all = ["command", "clerk", "clerk", "echo"];
    let echoed = vm.transom(&all).stdin(input).output();
    let lengths: String = echoed.stdout.replace("line> ", "");
    equal(lengths.as_str(), "10485761\n6\n4\n")?;
    equal(
        vm.transom(&["command", "nobody", "x"]).output().status,
        Some(1),
    )
}

fn listed() -> Result<(), Failed> {
    let mut vm = Clerk::start("listed")?;
    let pid = vm.child.id().to_string();
    let table = vm.transom(&["ps"]).output().stdout;
    let row: Vec<&str> = table
        .lines()
        .nth(1)
        .unwrap_or("")
        .split_whitespace()
        .collect();
    equal(row.first().copied(), Some("clerk"))?;
    equal(row.get(1).copied(), Some(pid.as_str()))?;
    equal(row.last().copied(), Some("tests/control/clerk.erl"))?;
    let second = vm
        .transom(&["run", "--name", "clerk", "tests/control/clerk.erl"])
        .output();
    equal(second.stderr.contains("is running already"), true)?;
    equal(vm.transom(&["stop", "clerk"]).output().status, Some(0))?;
    equal(vm.status()?, Some(0))?;
    equal(vm.transom(&["ps"]).output().stdout.lines().count(), 1)?;
    // One that is killed leaves its socket; the next look removes it.
    let killed = Clerk::start("listed")?;
    let socket = killed.socket();
    killed.signal("-KILL")?;
    until(PATIENCE, "the socket of a dead VM is removed", || {
        let _ = killed.transom(&["ps"]).output();
        !socket.exists()
    })
}

fn signals() -> Result<(), Failed> {
    for (signal, status) in [("-TERM", 0), ("-INT", 130)] {
        let mut vm = Clerk::start(&signal[1..])?;
        vm.signal(signal)?;
        equal(vm.status()?, Some(status))?;
    }
    let mut vm = Clerk::start("USR1")?;
    let stderr = vm.child.stderr.take().ok_or("stderr is a pipe")?;
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
        lines.try_for_each(|line| sender.send(line))
    });
    vm.signal("-USR1")?;
    let mut text = String::new();
    while !(text.contains("snapshot of tests/control/clerk.erl") && text.contains("clerk:serve/1"))
    {
        let line = lines.recv_timeout(PATIENCE);
        text += &line.map_err(|e| format!("{e}: no snapshot but\n{text}"))?;
    }
    equal(vm.ask("stop", &[]).status, Some(0))?;
    equal(vm.status()?, Some(0))
}

fn private() -> Result<(), Failed> {
    let vm = Clerk::start("private")?;
    let mode = |path: PathBuf| -> Result<u32, Failed> {
        Ok(std::fs::metadata(path)?.permissions().mode() & 0o777)
    };
    equal(mode(vm.socket())?, 0o600)?;
    equal(mode(vm.directory.path().join("transom"))?, 0o700)?;
    // A directory that others can enter is refused.
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(vm.directory.path().join("transom"), open)?;
    let refused = vm.transom(&["ps"]).output();
    equal(refused.status, Some(1))?;
    equal(refused.stderr.contains("only you can enter"), true)
}

const NOBODY: u32 = 65_534;

fn is_root() -> bool {
    let root = std::fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0);
    if !root {
        eprintln!("only root can be two users: control::other_users_are_refused is skipped");
    }
    root
}

/// The socket and its directory opened to everyone, a client of another user still gets no greeting.
fn others() -> Result<(), Failed> {
    let vm = Clerk::start("others")?;
    let mode = |path: PathBuf, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
    };
    mode(vm.directory.path().join("transom"), 0o755)?;
    mode(vm.socket(), 0o666)?;
    // Where another user can run it.
    let program = vm.directory.path().join("program");
    std::fs::copy(std::env::current_exe()?, &program)?;
    mode(program.clone(), 0o755)?;
    let asked = format!(
        "{{ok, S}} = gen_tcp:connect({{local, \"{}\"}}, 0, [binary, {{active, false}}]), gen_tcp:recv(S, 0, 5000)",
        vm.socket().display()
    );
    let answer = |uid: u32| -> Result<String, Failed> {
        let output = Command::new(&program)
            .args(["eval", &asked])
            .env("TRANSOM_UNDER_TEST", "1")
            .env("HOME", vm.directory.path())
            .current_dir(vm.directory.path())
            .uid(uid)
            .output()?;
        let said = [output.stdout, output.stderr].concat();
        Ok(String::from_utf8_lossy(&said).trim().to_owned())
    };
    equal(answer(0)?.as_str(), "{ok,<<84,82,65,78,83,79,77,1>>}")?;
    equal(answer(NOBODY)?.as_str(), "{error,closed}")
}

/// A small generator, so that a failure can be repeated.
fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

fn hostile() -> Result<(), Failed> {
    let vm = Clerk::start("hostile")?;
    let before = vm.at_rest();
    let mut seed = 4711;
    let mut open = Vec::new();
    for round in 0..200 {
        let mut stream = UnixStream::connect(vm.socket())?;
        let bytes: Vec<u8> = match round % 6 {
            // Nothing at all, half a greeting, another program's greeting.
            0 => Vec::new(),
            1 => GREETING[..4].to_vec(),
            2 => b"GET / HTTP/1.1\r\n\r\n".to_vec(),
            // A frame that claims four gigabytes, half a frame, frames of noise.
            3 => [GREETING, &[0xff; 64]].concat(),
            4 => [GREETING, &frame(1, b"console\0/\x0080\x0024\0")[..9]].concat(),
            _ => {
                let noise: Vec<u8> = (0..2000).map(|_| random(&mut seed) as u8).collect();
                [
                    GREETING,
                    &frame(1, &noise),
                    &frame(random(&mut seed) as u8, &noise),
                ]
                .concat()
            }
        };
        // The VM may have hung up on the noise already.
        let _refused = stream.write_all(&bytes);
        open.push(stream);
        if random(&mut seed).is_multiple_of(2) {
            open.remove(random(&mut seed) as usize % open.len());
        }
    }
    equal(vm.command(&["status", "0"]).status, Some(0))?;
    drop(open);
    vm.is_as_before(&before)
}

fn slow() -> Result<(), Failed> {
    let vm = Clerk::start("slow")?;
    let before = vm.at_rest();
    let memory = |vm: &Clerk| -> Result<u64, Failed> {
        let statm = std::fs::read_to_string(format!("/proc/{}/statm", vm.child.id()))?;
        let pages: u64 = statm.split(' ').nth(1).unwrap_or("0").parse()?;
        Ok(pages * 4096)
    };
    let size = memory(&vm)?;
    let clients = (0..20)
        .map(|_| vm.client(&["command", "/", "80", "24", "", "clerk", "flood"]))
        .collect::<Result<Vec<_>, _>>()?;
    // 100 MB each would be waiting if anything but the bound held them.
    std::thread::sleep(Duration::from_millis(500));
    equal(vm.command(&["status", "5"]).status, Some(5))?;
    let grown = memory(&vm)?.saturating_sub(size);
    if grown > 200 << 20 {
        return Err(format!("grew by {grown} bytes for clients that do not read").into());
    }
    drop(clients);
    vm.is_as_before(&before)
}

fn killed() -> Result<(), Failed> {
    let vm = Clerk::start("killed")?;
    // The first console starts services that stay.
    let first = vm.transom(&["attach", "clerk"]).stdin("1.\n").output();
    equal(first.status, Some(0))?;
    let before = vm.at_rest();
    let mut seed = 20_261_129;
    let trace = [
        "command",
        "/",
        "80",
        "24",
        "",
        "trace",
        "clerk:serve/1 -> return",
    ];
    let wants: [&[&str]; 4] = [
        &trace,
        &["console", "/", "80", "24", "io"],
        &["command", "/", "80", "24", "", "clerk", "sleep"],
        &["command", "/", "80", "24", "", "clerk", "flood"],
    ];
    let mut open: Vec<UnixStream> = Vec::new();
    for round in 0..960 {
        let fields = wants[random(&mut seed) as usize % wants.len()];
        let mut client = vm.client(fields)?;
        if random(&mut seed).is_multiple_of(3) {
            let _gone = client.write_all(&frame(2, b"timer:sleep(100000).\n"));
        }
        open.push(client);
        if random(&mut seed).is_multiple_of(5) {
            std::thread::sleep(Duration::from_micros(random(&mut seed) % 3_000));
        }
        // The end of a socket is all that the VM sees of a client's death.
        while open.len() > 40 || (random(&mut seed).is_multiple_of(2) && !open.is_empty()) {
            open.remove(random(&mut seed) as usize % open.len());
        }
        if round % 240 == 0 {
            equal(vm.command(&["next"]).status, Some(0))?;
        }
    }
    // Forty real ones, killed with -9.
    for _ in 0..40 {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["command", "clerk", "clerk", "sleep"]);
        let mut child = command
            .env("TRANSOM_UNDER_TEST", "1")
            .env("XDG_RUNTIME_DIR", vm.directory.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        std::thread::sleep(Duration::from_micros(random(&mut seed) % 30_000));
        child.kill()?;
        child.wait()?;
    }
    drop(open);
    vm.is_as_before(&before)
}
