//! The commands that talk to a running VM: `ps`, `attach`, and the thin clients of everything that `transom_command` finds there.

use std::ffi::OsString;
use std::time::{Duration, Instant};

use super::Status;
use crate::console;
use crate::control::client::{self, Terminal, Want};
use crate::control::place;
use crate::live;

/// Commands that run inside a VM as they are: `transom NAME-OF-COMMAND VM ARGS...`.
pub const THIN: &[&str] = &[
    "reload", "drift", "history", "diff", "undo", "trace", "top", "stop", "snapshot", "metrics",
];

pub(super) const COMMAND_HELP: &str = "\
Usage: transom command NAME|PID COMMAND [ARGS...]

Runs a command that the program registered with transom_command:register/2.
";

pub(super) const ATTACH_HELP: &str = "\
Usage: transom attach NAME|PID [--eval 'EXPRS']

A console inside a running VM; with --eval, prints the value of the expressions there.
";

pub(super) const PS_HELP: &str = "\
Usage: transom ps

The running VMs of this user: name, process of the operating system, uptime, processes, schedulers, memory, what it runs.
Below the table: servers that run new code on the state of an older version (transom reload, transom drift).
";

/// How long a VM may take to say how it is.
const PATIENCE: Duration = Duration::from_secs(2);

fn strings(arguments: Vec<OsString>) -> Vec<String> {
    let text = |a: OsString| a.to_string_lossy().into_owned();
    arguments.into_iter().map(text).collect()
}

/// `transom COMMAND VM ARGS...`
pub fn thin(command: &str, arguments: Vec<OsString>) -> Status {
    let mut arguments = strings(arguments);
    if arguments.is_empty() {
        return Err(format!(
            "which VM? (transom {command} NAME|PID ...; `transom ps` lists them)"
        ));
    }
    let vm = arguments.remove(0);
    if matches!(vm.as_str(), "-h" | "--help") {
        // The text is with the command, in the library.
        return live::call("transom_command", "run", &|heap| {
            vec![heap.string(command), heap.list(&[heap.string("--help")])]
        });
    }
    run(&vm, command, &arguments)
}

/// `transom command VM CMD ARGS...`
pub fn command(arguments: Vec<OsString>) -> Status {
    if super::wants_help(&arguments) {
        print!("{COMMAND_HELP}");
        return Ok(0);
    }
    let mut arguments = strings(arguments);
    if arguments.len() < 2 {
        return Err("which command? (transom command NAME|PID COMMAND ARGS...)".to_owned());
    }
    let (vm, command) = (arguments.remove(0), arguments.remove(0));
    run(&vm, &command, &arguments)
}

fn run(vm: &str, command: &str, arguments: &[String]) -> Status {
    let mut found = None;
    let stream = place::find(vm).and_then(|place| {
        let place = found.insert(place);
        client::connect(place, &Want::Command(command, arguments), &Terminal::here())
    });
    Ok(match stream.and_then(client::converse) {
        Ok(status) => status,
        // That is what it was to do.
        Err(message) if command == "stop" && message == client::VM_ENDED => {
            found.iter().for_each(await_end);
            0
        }
        Err(message) => {
            eprintln!("transom: {message}");
            1
        }
    })
}

/// The connection ends a little before the program does: what follows a `transom stop` shall find nothing of it.
fn await_end(place: &place::Place) {
    let started = Instant::now();
    while place.path.exists() && started.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// `transom attach VM [--eval EXPRS]`
pub fn attach(arguments: Vec<OsString>) -> Status {
    let arguments = strings(arguments);
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-h" | "--help"] => {
            print!("{ATTACH_HELP}");
            Ok(0)
        }
        [vm, "--eval" | "-e", text] | ["--eval" | "-e", text, vm] => {
            run(vm, "eval", &[(*text).to_owned()])
        }
        [vm] if !vm.starts_with('-') => Ok(match place::find(vm).and_then(|p| attach_to(&p)) {
            Ok(status) => status,
            Err(message) => {
                eprintln!("transom: {message}");
                1
            }
        }),
        [] => Err("which VM? (transom attach NAME|PID; `transom ps` lists them)".to_owned()),
        _ => Err("transom attach takes NAME|PID and --eval 'EXPRS'".to_owned()),
    }
}

fn attach_to(place: &place::Place) -> Result<u8, String> {
    let terminal = Terminal::here();
    let stream = client::connect(place, &Want::Console, &terminal)?;
    if terminal.stdin && terminal.stdout {
        console::run(stream)
    } else {
        client::converse(stream)
    }
}

/// `transom ps`
pub fn ps(arguments: Vec<OsString>) -> Status {
    if super::wants_help(&arguments) {
        print!("{PS_HELP}");
        return Ok(0);
    }
    if let Some(extra) = arguments.first() {
        return Err(format!("unexpected argument '{}'", extra.to_string_lossy()));
    }
    let places = match place::all() {
        Ok(places) => places,
        Err(message) => {
            eprintln!("transom: {message}");
            return Ok(1);
        }
    };
    let head = [
        "NAME",
        "PID",
        "UPTIME",
        "PROCESSES",
        "SCHEDULERS",
        "MEMORY",
        "RUNS",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    let mut notes = Vec::new();
    for place in &places {
        let answer = client::output(place, "info", PATIENCE);
        let value = |key: &str| {
            let lines = answer.as_deref().unwrap_or("").lines();
            let mut pairs = lines.filter_map(|line| line.split_once('\t'));
            let found = pairs.find(|(k, _)| *k == key);
            found.map_or_else(|| "?".to_owned(), |(_, v)| v.to_owned())
        };
        let name = place.name.clone().unwrap_or_else(|| "-".to_owned());
        let old = value("old state");
        if old != "?" {
            let whose = place.name.clone();
            notes.push(format!(
                "{}: {old}",
                whose.unwrap_or_else(|| place.pid.to_string())
            ));
        }
        let runs = if answer.is_some() {
            value("runs")
        } else {
            "(does not answer)".to_owned()
        };
        rows.push([
            name,
            place.pid.to_string(),
            value("uptime"),
            value("processes"),
            value("schedulers"),
            value("memory"),
            runs,
        ]);
    }
    print_table(&rows);
    for note in notes {
        println!("{note}");
    }
    Ok(0)
}

/// Columns as wide as what is in them; the last one is not padded.
fn print_table<const N: usize>(rows: &[[String; N]]) {
    let width = |i: usize| rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        println!("{}", cells.join("  ").trim_end());
    }
}
