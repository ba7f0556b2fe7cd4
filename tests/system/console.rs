//! The console with piped input, compared with what `erl` printed for the same lines: `tests/console/sessions/*.in` are the lines, `*.out` the
//! answers (`tests/console/record` asks again). Each session runs in a fresh copy of `tests/console/files`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use regex::Regex;
use transom_tests::program::{Output, Transom};
use transom_tests::scratch::Scratch;
use transom_tests::tree;

/// Every command of the shell, and the session that shows it to answer as `erl` does. What prints the state of one system (`i/0`, `m/0`, ...) is
/// compared by its shape in this file.
const COMMANDS: &[(&str, &str)] = &[
    ("b/0", "bindings"),
    ("bt/1", "processes"),
    ("c/1", "code"),
    ("c/2", "code"),
    ("catch_exception/1", "processes"),
    ("cd/1", "files"),
    ("e/1", "history"),
    ("exit/0", "leaving_shell"),
    ("f/0", "bindings"),
    ("f/1", "bindings"),
    ("ff/0", "definitions"),
    ("ff/1", "definitions"),
    ("fl/0", "definitions"),
    ("flush/0", "processes"),
    ("h/0", "history"),
    ("h/1", "shape"),
    ("h/2", "shape"),
    ("h/3", "shape"),
    ("hcb/1", "shape"),
    ("hcb/2", "shape"),
    ("hcb/3", "shape"),
    ("help/0", "shape"),
    ("history/1", "history"),
    ("ht/1", "shape"),
    ("ht/2", "shape"),
    ("ht/3", "shape"),
    ("i/0", "shape"),
    ("i/3", "processes"),
    ("l/1", "code"),
    ("lc/1", "code"),
    ("lf/0", "definitions"),
    ("lm/0", "code"),
    ("lr/0", "definitions"),
    ("ls/0", "files"),
    ("ls/1", "files"),
    ("lt/0", "definitions"),
    ("m/0", "shape"),
    ("m/1", "code"),
    ("memory/0", "processes"),
    ("memory/1", "processes"),
    ("mm/0", "code"),
    ("nc/1", "code"),
    ("ni/0", "shape"),
    ("nl/1", "code"),
    ("nregs/0", "shape"),
    ("pid/3", "processes"),
    ("pwd/0", "files"),
    ("q/0", "leaving"),
    ("rd/2", "records"),
    ("regs/0", "shape"),
    ("results/1", "history"),
    ("rf/0", "records"),
    ("rf/1", "records"),
    ("rl/0", "records"),
    ("rl/1", "records"),
    ("rp/1", "records"),
    ("rr/1", "records"),
    ("rr/2", "records"),
    ("rr/3", "records"),
    ("save_module/1", "definitions"),
    ("tf/0", "definitions"),
    ("tf/1", "definitions"),
    ("uptime/0", "shape"),
    ("v/1", "history"),
    ("xm/1", "xref"),
    ("y/1", "parser"),
];

pub fn trials() -> Vec<Trial> {
    let mut all: Vec<Trial> = tree::files(&sessions(), "in")
        .into_iter()
        .map(|file| {
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            Trial::test(format!("console::session::{name}"), move || session(&name))
        })
        .collect();
    all.push(Trial::test(
        "console::every_command_has_a_session",
        every_command,
    ));
    all.push(Trial::test(
        "console::tables_have_the_columns_of_erl",
        tables,
    ));
    all.push(Trial::test(
        "console::commands_about_documentation",
        documentation,
    ));
    all
}

fn sessions() -> PathBuf {
    tree::root().join("tests/console/sessions")
}

/// A fresh copy of the files the sessions work on.
fn workplace(name: &str) -> Result<Scratch, Failed> {
    let home = Scratch::new(name)?;
    copy(&tree::root().join("tests/console/files"), home.path())?;
    Ok(home)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

fn typed(home: &Scratch, input: impl Into<Vec<u8>>) -> Output {
    Transom::new(["console", "--no-control"])
        .in_dir(home.path())
        .env("HOME", home.path())
        .env("TERM", "dumb")
        .stdin(input)
        .output()
}

/// What differs from run to run is replaced, as `tests/console/record` does.
fn constant(text: &str, directory: &Path) -> String {
    let rules = [
        (r"\.tbc\b", ".beam"),
        (r"<\d+\.\d+\.\d+>", "<pid>"),
        (r"#Ref<[0-9.]+>", "#Ref<ref>"),
        (r"#Port<[0-9.]+>", "#Port<port>"),
        (r"#Fun<([a-z_0-9]+)\.[0-9.]+>", "#Fun<$1>"),
        (r"(?m)^MD5: [0-9a-f]+", "MD5: HASH"),
        (r"(?m)^Eshell V[0-9.]+", "Eshell V"),
        (
            r"\((c|code|lists|gen_server|erl_eval|eval_bits|io|shell)\.erl, line \d+\)",
            "($1.erl, line N)",
        ),
        (r"\d{1,2}-[A-Z][a-z]{2}-\d{4}::[0-9:.]+", "DATE"),
    ];
    let mut text = text.replace(&directory.display().to_string(), "TMP");
    for (pattern, with) in rules {
        let rule = Regex::new(pattern).expect("the patterns above are right");
        text = rule.replace_all(&text, with).into_owned();
    }
    text
}

/// The first line names the version of the system and is left out.
fn session(name: &str) -> Result<(), Failed> {
    let input = std::fs::read(sessions().join(format!("{name}.in")))?;
    let wanted = std::fs::read_to_string(sessions().join(format!("{name}.out")))?;
    let home = workplace(name)?;
    let output = typed(&home, input);
    let found = constant(&output.stdout, home.path());
    let mut lines = wanted.lines().zip(found.lines()).enumerate().skip(1);
    if let Some((at, (wanted, found))) = lines.find(|(_, (wanted, found))| wanted != found) {
        let shown: Vec<&str> = output
            .stdout
            .lines()
            .skip(at.saturating_sub(3))
            .take(8)
            .collect();
        return Err(format!(
            "line {}: {found:?}\ninstead of {wanted:?}\n{}\n{}",
            at + 1,
            shown.join("\n"),
            output.stderr
        )
        .into());
    }
    let (wanted, found) = (wanted.lines().count(), found.lines().count());
    if wanted != found {
        return Err(format!("{found} lines instead of {wanted}\n{}", output.stdout).into());
    }
    match output.status {
        Some(0) => Ok(()),
        other => Err(format!("exit status {other:?}\n{}", output.stderr).into()),
    }
}

/// Names that stand at the start of the lines that help() prints, with their numbers of arguments.
fn listed(help: &str) -> BTreeSet<String> {
    let line = Regex::new(r"(?m)^([a-z_]+)\(([^)]*)\)\s*--").expect("the pattern is right");
    line.captures_iter(help)
        .map(|found| {
            let arguments = found[2].replace(['{', '['], "");
            let arity = match (arguments.trim(), found[2].starts_with('{')) {
                ("", _) => 0,
                (_, true) => 1,
                (text, false) => text.split(',').count(),
            };
            format!("{}/{arity}", &found[1])
        })
        .collect()
}

fn every_command() -> Result<(), Failed> {
    let home = workplace("commands")?;
    let help = typed(&home, "help().\n").stdout;
    let known: BTreeSet<String> = COMMANDS
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let missing: Vec<String> = listed(&help).difference(&known).cloned().collect();
    if !missing.is_empty() {
        return Err(format!("commands without a session: {missing:?}").into());
    }
    for (command, name) in COMMANDS {
        let (function, _) = command.split_once('/').unwrap_or((command, ""));
        if ["shape", "leaving"].contains(name) {
            continue;
        }
        let lines = std::fs::read_to_string(sessions().join(format!("{name}.in")))?;
        if !lines.contains(&format!("{function}(")) {
            return Err(format!("session {name} has no call of {command}").into());
        }
    }
    equal(
        typed(&home, "q(), timer:sleep(5000).\n1 + 1.\n")
            .stdout
            .contains("2\n"),
        false,
    )
}

/// Commands that show the state of a system: the same heads, and rows of the same columns.
fn tables() -> Result<(), Failed> {
    let home = workplace("tables")?;
    let shapes = [
        (
            "i().",
            "Pid                   Initial Call                          Heap     Reds Msgs\nRegistered            Current Function                     Stack              \n",
        ),
        (
            "ni().",
            "Pid                   Initial Call                          Heap     Reds Msgs\nRegistered            Current Function                     Stack              \n",
        ),
        (
            "regs().",
            "\n** Registered procs on node nonode@nohost **\nName                  Pid          Initial Call                      Reds Msgs\n",
        ),
        (
            "nregs().",
            "\n** Registered procs on node nonode@nohost **\nName                  Pid          Initial Call                      Reds Msgs\n",
        ),
        ("m().", "Module                File\n"),
    ];
    for (command, head) in shapes {
        let printed = typed(&home, format!("{command}\n")).stdout;
        let printed = printed
            .split_once("1> ")
            .map_or("", |(_, after)| after)
            .to_owned();
        if !printed.starts_with(head) {
            return Err(format!("{command} prints\n{printed}instead of\n{head}").into());
        }
    }
    let uptime = typed(&home, "uptime().\n").stdout;
    let shape = Regex::new(r"1> \d+ seconds?\nok\n").expect("the pattern is right");
    if !shape.is_match(&uptime) {
        return Err(format!("uptime() prints\n{uptime}").into());
    }
    let rows = typed(&home, "P = spawn(fun() -> register(waiter, self()), receive after infinity -> ok end end).\ni([P]).\n").stdout;
    let row = Regex::new(r"(?m)^<\d+\.\d+\.\d+> +[a-z_:/0-9]+ +\d+ +\d+ +0\nwaiter +[a-z_:/0-9]+ +\d+ +\nTotal +\d+ +\d+ +0\n +\d+ +\nok$").expect("the pattern is right");
    match row.is_match(&rows) {
        true => Ok(()),
        false => Err(format!("no rows as in erl\n{rows}").into()),
    }
}

fn documentation() -> Result<(), Failed> {
    let home = workplace("documentation")?;
    let shown = |line: &str| typed(&home, format!("{line}\n")).stdout;
    for (line, parts) in [
        (
            "h(lists, seq).",
            &["lists", "seq(From, To)", "seq(From, To, Incr)"][..],
        ),
        ("h(lists, seq, 3).", &["seq(From, To, Incr)"]),
        ("h(lists).", &["lists"]),
        ("h(nosuch).", &["{error,non_existing}"]),
        ("h(lists, nosuch).", &["{error,function_missing}"]),
        ("ht(lists, nosuch).", &["{error,type_missing}"]),
        ("ht(lists, nosuch, 1).", &["{error,type_missing}"]),
        ("hcb(gen_server, nosuch).", &["{error,callback_missing}"]),
        ("hcb(gen_server, nosuch, 1).", &["{error,callback_missing}"]),
    ] {
        let printed = shown(line);
        if let Some(missing) = parts.iter().find(|part| !printed.contains(**part)) {
            return Err(format!("{line} prints\n{printed}without {missing:?}").into());
        }
    }
    Ok(())
}

fn equal<T: PartialEq + std::fmt::Debug>(found: T, wanted: T) -> Result<(), Failed> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{found:?} instead of {wanted:?}").into())
    }
}
