//! A few cases of each kind of fuzzing; `tests/fuzz/main.rs` runs many.

use libtest_mimic::{Failed, Trial};
use transom_tests::fuzz::{Report, bytecode, corpus, source, terms};

const SEED: u64 = 20_271;
/// The variable by which the test binary knows that it is the child of a bytecode run.
const CHILD: &str = "TRANSOM_FUZZ_CHILD";

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("fuzz::source", || {
            let sources = corpus::sources();
            judged(200, |n| source::one(&sources, SEED, n))
        }),
        Trial::test("fuzz::terms", || {
            let mut bench = terms::Bench::new();
            judged(5_000, |n| bench.one(SEED, n))
        }),
        Trial::test("fuzz::bytecode", || {
            let command = |range: std::ops::Range<u64>| {
                let me = std::env::current_exe().expect("a running program has a path");
                let mut command = std::process::Command::new(me);
                command.env(CHILD, format!("{} {}", range.start, range.end));
                command
            };
            answer(&bytecode::parent(&command, 0..200, 200))
        }),
    ]
}

/// Acts as the child of a bytecode run if this process was started as one.
pub fn act_as_child() -> bool {
    let Ok(range) = std::env::var(CHILD) else {
        return false;
    };
    let mut numbers = range.split(' ').filter_map(|n| n.parse::<u64>().ok());
    if let (Some(from), Some(to)) = (numbers.next(), numbers.next()) {
        bytecode::child(&bytecode::seeds(&corpus::sources()), SEED, from..to);
    }
    true
}

fn judged(count: u64, mut one: impl FnMut(u64) -> Result<String, String>) -> Result<(), Failed> {
    let mut report = Report::default();
    (0..count).for_each(|n| report.note(n, one(n)));
    answer(&report)
}

/// No case may fail, and each kind of answer the mutations aim at must have been given.
fn answer(report: &Report) -> Result<(), Failed> {
    if report.failures.is_empty() && report.answers.len() >= 2 {
        Ok(())
    } else {
        Err(report.text().into())
    }
}
