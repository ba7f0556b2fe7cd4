//! Random programs with recorded answers: `tests/differential/generate.erl` writes the programs (itself run by the program under test), the
//! answers under `answers/` were recorded from `erl` by `tests/differential/run`, whose longer runs compare fresh seeds.

use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::{expect, program::Transom, scratch::Scratch, tree};

/// Programs in one recorded file.
const PROGRAMS: u64 = 100;
/// The modes; the stride of the collector keeps the largest programs within seconds.
const MODES: [(&str, &[&str]); 4] = [
    ("plain", &[]),
    ("gc", &["--gc-stress=3"]),
    ("reductions", &["--reductions", "1", "--seed", "1"]),
    (
        "both",
        &["--gc-stress=7", "--reductions", "1", "--seed", "2"],
    ),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for answers in tree::files(&tree::root().join("tests/differential/answers"), "txt") {
        let first: u64 = answers
            .file_stem()
            .and_then(|s| s.to_str())
            .and_then(|s| s.parse().ok())
            .unwrap_or(0);
        for (mode, options) in MODES {
            let answers = answers.clone();
            trials.push(Trial::test(
                format!("differential::{mode}::{first}"),
                move || run(&answers, first, mode, options),
            ));
        }
    }
    trials
}

fn run(answers: &Path, first: u64, mode: &str, options: &[&str]) -> Result<(), Failed> {
    let here = tree::root().join("tests/differential");
    let name = format!("g{first}");
    let (from, to) = (first.to_string(), (first + PROGRAMS - 1).to_string());
    let generator = tree::shown(&here.join("generate.erl"));
    let generated = Transom::new(["run", &generator, &name, &from, &to]).output();
    if generated.status != Some(0) {
        return Err(format!(
            "the generator: {:?}\n{}",
            generated.status, generated.stderr
        )
        .into());
    }
    let scratch = Scratch::new(&format!("{mode}-{first}"))?;
    let file = scratch.write(format!("{name}.erl"), generated.stdout)?;
    let mut args = vec!["run".to_owned(), "-I".to_owned(), tree::shown(&here)];
    args.extend(options.iter().map(|&o| o.to_owned()));
    args.push(file.display().to_string());
    let output = Transom::new(args)
        .deadline(Duration::from_secs(120))
        .output();
    let expected: Vec<String> = std::fs::read_to_string(answers)?
        .lines()
        .map(str::to_owned)
        .collect();
    expect::compare(&expected, &output.stdout)
        .map_err(|why| Failed::from(format!("{why}\n{}", output.stderr)))
}
