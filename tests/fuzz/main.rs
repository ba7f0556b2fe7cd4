//! Fuzzing for long: `cargo run --release -p transom-tests --bin fuzz -- source|bytecode|terms [COUNT [SEED [FIRST]]]`.
//! Prints how often each answer was given and every case that failed; `fuzz KIND --case NUMBER [SEED]` writes the input of one to standard output,
//! `fuzz source --into FOLDER COUNT [SEED [FIRST]]` the sources of many to files.
#![forbid(unsafe_code)]

use std::io::Write;
use std::process::{Command, ExitCode};
use std::time::Instant;

use transom_tests::fuzz::{Report, bytecode, corpus, source, terms};

const USAGE: &str = "\
Usage: fuzz source|bytecode|terms [COUNT [SEED [FIRST]]]
       fuzz source|bytecode --case NUMBER [SEED]
       fuzz source --into FOLDER COUNT [SEED [FIRST]]

COUNT cases (1,000) made from SEED (1) and their numbers, from FIRST (0) on.
";
/// Cases a child process of `bytecode` runs before another takes over.
const BATCH: u64 = 1_000;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let kind = args.first().map_or("", String::as_str);
    let number = |i: usize, default: u64| {
        args.get(i)
            .and_then(|a| a.replace('_', "").parse().ok())
            .unwrap_or(default)
    };
    if args.get(1).is_some_and(|a| a == "--case") {
        return show(kind, number(2, 0), number(3, 1));
    }
    if args.get(1).is_some_and(|a| a == "--into") {
        let (count, seed, first) = (number(3, 1_000), number(4, 1), number(5, 0));
        return write_sources(
            args.get(2).map_or(".", String::as_str),
            seed,
            first..first + count,
        );
    }
    if args.get(1).is_some_and(|a| a == "--child") {
        let seeds = bytecode::seeds(&corpus::sources());
        bytecode::child(&seeds, number(2, 1), number(3, 0)..number(4, 0));
        return ExitCode::SUCCESS;
    }
    let (count, seed, first) = (number(1, 1_000), number(2, 1), number(3, 0));
    let began = Instant::now();
    let report = match kind {
        "source" => {
            let sources = corpus::sources();
            each(first..first + count, |n| source::one(&sources, seed, n))
        }
        "terms" => {
            let mut bench = terms::Bench::new();
            each(first..first + count, |n| bench.one(seed, n))
        }
        "bytecode" => bytecode::parent(&|range| again(seed, range), first..first + count, BATCH),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    print!("{}", report.text());
    println!(
        "{count} cases of {kind}, seed {seed}, {:.0} s, at most {} MB",
        began.elapsed().as_secs_f64(),
        peak_mb()
    );
    if report.failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn each(
    numbers: std::ops::Range<u64>,
    mut one: impl FnMut(u64) -> Result<String, String>,
) -> Report {
    let mut report = Report::default();
    for number in numbers {
        let outcome = one(number);
        if let Err(why) = &outcome {
            eprintln!("case {number}: {why}");
        }
        report.note(number, outcome);
    }
    report
}

fn again(seed: u64, range: std::ops::Range<u64>) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a running program has a path"));
    command.args([
        "bytecode",
        "--child",
        &seed.to_string(),
        &range.start.to_string(),
        &range.end.to_string(),
    ]);
    command
}

fn show(kind: &str, number: u64, seed: u64) -> ExitCode {
    let bytes = match kind {
        "source" => source::mutated(&corpus::sources(), seed, number),
        "bytecode" => bytecode::mutated(&bytecode::seeds(&corpus::sources()), seed, number),
        _ => return ExitCode::from(2),
    };
    match std::io::stdout().write_all(&bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Files `f00000.erl` and so on, by the numbers of the cases.
fn write_sources(folder: &str, seed: u64, numbers: std::ops::Range<u64>) -> ExitCode {
    let sources = corpus::sources();
    for number in numbers {
        let path = format!("{folder}/f{number:05}.erl");
        if let Err(e) = std::fs::write(&path, source::mutated(&sources, seed, number)) {
            eprintln!("{path}: {e}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The largest resident size of this process so far.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().split(' ').next())
        .and_then(|kb| kb.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
