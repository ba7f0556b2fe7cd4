//! The programs under `tests/tracing` were run on `erl` with the real `dbg`, `recon` and `redbug`; what these printed is beside them. Here Transom runs them,
//! with the known bugs of the originals switched on, and must print the same, section by section, once what differs from run to run is replaced.
//!
//! A section that cannot be equal is in [`KNOWN`] with its reason (and in `tests/differences.md`); it fails the test when it becomes equal.
//! The programs wait for events by sleeping. Here their calls of `timer:sleep/1` are compiled to one of the driver, which waits until nothing is left to be
//! done, so that they print the same on any number of schedulers and on a busy machine.

use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::{program::Transom, scratch::Scratch, tree};

/// Program, section, why it is not equal.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "cap_dbg",
        "call, current_stacktrace",
        "an unknown action on 25, as in OTP 27 here",
    ),
    (
        "cap_dbg",
        "call, process_dump",
        "the dump of a process is made of other things",
    ),
    ("cap_dbg", "garbage_collection", "sizes of other heaps"),
    (
        "cap_dbg",
        "dbg:c/3",
        "the smaller first heap is collected once",
    ),
    (
        "cap_dbg",
        "running_ports",
        "no turn before the first command: a program starts without one",
    ),
    ("cap_recon", "", "the module was not loaded there yet"),
    (
        "cap_recon",
        "format/1 on each message shape (time part varies)",
        "monotonic stamps print instead of crashing the formatter",
    ),
    (
        "cap_redbug",
        "no such module",
        "an answer instead of a crash report",
    ),
    (
        "cap_redbug",
        "compiler outputs",
        "is_record counts the tag, so that the test can hold",
    ),
    (
        "cap_redbug",
        "print_fun/1",
        "the dump of a process is made of other things",
    ),
];

pub fn trials() -> Vec<Trial> {
    [
        ("cap_dbg", "golden_dbg.txt"),
        ("cap_recon", "golden_recon.txt"),
        ("cap_redbug", "golden_redbug.txt"),
    ]
    .into_iter()
    .map(|(program, golden)| {
        Trial::test(format!("tracing::{program}"), move || run(program, golden))
    })
    .collect()
}

fn run(program: &str, golden: &str) -> Result<(), Failed> {
    let source = tree::root().join("tests/tracing");
    let expected = sections(&std::fs::read_to_string(source.join(golden))?);
    let given = sections(&output_of(program)?);
    let report = differences(program, &expected, &given);
    match report.is_empty() {
        true => Ok(()),
        false => Err(report.into()),
    }
}

/// Compiles the programs into a folder of their own and runs one of them there.
fn output_of(program: &str) -> Result<String, Failed> {
    let source = tree::root().join("tests/tracing");
    let scratch = Scratch::new(program)?;
    let folder = scratch.path();
    std::fs::create_dir_all(folder.join("out"))?;
    let shown = |p: &std::path::Path| p.display().to_string();
    let program_file = format!("{program}.erl");
    for file in ["tt.erl", &program_file] {
        let text = std::fs::read_to_string(source.join(file))?;
        let patient = text.replace("timer:sleep(", "driver:pause(");
        std::fs::write(folder.join(file), patient)?;
    }
    let compiled = Transom::new(["compile", "tt.erl", &program_file, "-o", "."])
        .in_dir(folder)
        .output();
    if compiled.status != Some(0) {
        return Err(compiled.stderr.into());
    }
    let output = Transom::new([
        "run".to_owned(),
        "--schedulers".to_owned(),
        "2".to_owned(),
        shown(&source.join("driver.erl")),
    ])
    .arg(&shown(folder))
    .arg("tt")
    .arg(program)
    .in_dir(folder)
    .deadline(Duration::from_secs(120))
    .output();
    match output.status {
        Some(0) => Ok(output.stdout),
        status => Err(format!("{status:?}\n{}\n{}", output.stdout, output.stderr).into()),
    }
}

/// The parts of an output by their titles; what is before the first has none.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), String::new())];
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("##### ") {
            all.push((title.to_owned(), String::new()));
        } else if let Some((_, body)) = all.last_mut() {
            // Where a term breaks depends on the width of pids: a line that goes on is joined.
            let line = match line.split_once(" : tt:fact/1") {
                Some(_) => "counts and times of tt:fact/1",
                None => line,
            };
            match line.strip_prefix(' ') {
                Some(rest) => body.push_str(rest.trim_start()),
                None => {
                    body.push('\n');
                    body.push_str(line);
                }
            }
        }
    }
    for (_, body) in &mut all {
        *body = normalised(body);
        // Columns of a table are as wide as pids need.
        while body.contains("    ") {
            *body = body.replace("    ", "   ");
        }
    }
    all
}

fn differences(program: &str, expected: &[(String, String)], given: &[(String, String)]) -> String {
    let mut report = String::new();
    for (i, (title, body)) in expected.iter().enumerate() {
        let found = given
            .iter()
            .filter(|(t, _)| t == title)
            .nth(expected[..i].iter().filter(|(t, _)| t == title).count())
            .map(|(_, b)| b);
        let known = KNOWN.iter().any(|(p, t, _)| (*p, *t) == (program, title));
        match found {
            Some(found) if found == body && known => {
                report.push_str(&format!("{title}: equal now, take it from the list\n"));
            }
            Some(found) if found != body && !known => {
                report.push_str(&format!("## {title}\n-- there:{body}\n-- here:{found}\n"));
            }
            None => report.push_str(&format!("## {title}: missing\n")),
            Some(_) => {}
        }
    }
    report
}

/// Replaces what differs from run to run: pids, ports, references, funs, times, what a pid was at the moment of printing, how many processes there were.
pub(super) fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (shown, taken) = REPLACED
            .iter()
            .find_map(|(shape, shown)| Some((*shown, shape_len(rest, shape)?)))
            .unwrap_or((&rest[..first.len_utf8()], first.len_utf8()));
        out.push_str(shown);
        rest = &rest[taken..];
    }
    out
}

/// Shapes: `9` stands for one or more digits, `*` for anything up to the character behind it on the line, all else for itself.
const REPLACED: &[(&str, &str)] = &[
    ("<9.9.9>(dead)", "<P>(what)"),
    ("<9.9.9>({*})", "<P>(what)"),
    ("<9.9.9>", "<P>"),
    ("#Port<*>", "#Port"),
    ("#Ref<*>", "#Ref"),
    ("#Fun<*>", "#Fun"),
    ("-fun-9-", "-fun-"),
    ("% 9:9:9.9 ", "% TIME "),
    ("% 9:9:9 ", "% TIME "),
    ("9:9:9.9", "TIME"),
    ("{9,9,9,9}", "{H,M,S,US}"),
    ("{9,9,9}", "{NOW}"),
    ("-57646*)", "MONO)"),
    ("{redbug_nonode@nohost,9,", "{redbug_nonode@nohost,N,"),
    (
        "p(all,c) -> {ok,[{matched,nonode@nohost,9}]}",
        "p(all,c) -> MATCHED",
    ),
    ("{msg_queue,9}", "{msg_queue,N}"),
];

fn shape_len(text: &str, shape: &str) -> Option<usize> {
    let mut at = 0;
    let mut shape = shape.chars().peekable();
    while let Some(c) = shape.next() {
        let rest = &text[at..];
        match c {
            '9' => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                at += (digits > 0).then_some(digits)?;
            }
            '*' => {
                let end = *shape.peek()?;
                let length = rest.find([end, '\n'])?;
                at += length;
            }
            other => at += rest.starts_with(other).then_some(other.len_utf8())?,
        }
    }
    Some(at)
}
