//! The language suite: every file under tests/lang in five modes. Each file prints through `start/0`; the answers beside its lines were
//! recorded from `erl` by `tests/record`. Files under tests/wishlist are known gaps: they fail here when they start to pass.

use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::{expect, program::Transom, scratch::Scratch, tree};

/// The modes, each with the options that switch it on.
const MODES: [(&str, &[&str]); 5] = [
    ("plain", &[]),
    ("gc", &["--gc-stress=1"]),
    ("elsewhere", &["--gc-stress=1", "--gc-elsewhere", "0"]),
    ("reductions", &["--reductions", "1", "--seed", "1"]),
    (
        "both",
        &["--gc-stress=1", "--reductions", "1", "--seed", "2"],
    ),
];

/// Files too large for collect-at-every-allocation in a reasonable time say so in a first line: `% gc-stress: N`.
const STRIDE_MARK: &str = "% gc-stress: ";

pub fn trials() -> Vec<Trial> {
    let root = tree::root();
    let mut trials = Vec::new();
    for file in tree::files(&root.join("tests/lang"), "erl") {
        for (mode, options) in MODES {
            let name = format!("lang::{mode}::{}", stem(&file));
            let file = file.clone();
            trials.push(Trial::test(name, move || run(&file, options)));
        }
    }
    for file in tree::files(&root.join("tests/wishlist"), "erl") {
        let name = format!("wishlist::{}", stem(&file));
        trials.push(Trial::test(name, move || match run(&file, &[]) {
            Ok(()) => Err("passes now: move it to tests/lang".into()),
            Err(_) => Ok(()),
        }));
    }
    trials
}

/// The name of a file without its extension.
pub fn stem(file: &Path) -> String {
    file.file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Runs a file with these options and compares what it prints with what it says it prints. The modes run side by side, so each has a directory of its own:
/// files may be written there under any name.
pub fn run(file: &Path, options: &[&str]) -> Result<(), Failed> {
    let source = std::fs::read_to_string(file)?;
    let stride = source
        .lines()
        .find_map(|l| l.split_once(STRIDE_MARK))
        .map(|(_, n)| n.trim().to_owned());
    let mut args = vec!["run".to_owned(), "--no-control".to_owned()];
    for option in options {
        match (&stride, *option) {
            (Some(n), "--gc-stress=1") => args.push(format!("--gc-stress={n}")),
            (_, option) => args.push(option.to_owned()),
        }
    }
    args.push(tree::shown(file));
    let scratch = Scratch::like_root(&stem(file))?;
    let output = Transom::new(args)
        .in_scratch(&scratch)
        .deadline(Duration::from_secs(120))
        .output();
    expect::compare(&expect::expected_lines(&source), &output.stdout)
        .and_then(|()| match output.status {
            Some(0) => Ok(()),
            Some(n) => Err(format!("exit status {n}")),
            None => Err("killed (deadline or signal)".to_owned()),
        })
        .map_err(|why| Failed::from(format!("{}: {why}\n{}", tree::shown(file), output.stderr)))
}
