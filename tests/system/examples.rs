//! The example programs: run as a user would, compared with `expected.txt` beside them (recorded with `escript`).

use libtest_mimic::{Failed, Trial};
use transom_tests::{expect, program::Transom, tree};

/// Folder and file, arguments, file given as standard input.
const EXAMPLES: [(&str, &[&str], Option<&str>); 5] = [
    ("json/json_tool", &["selftest"], None),
    ("queens/queens", &["6"], None),
    ("bank/bank", &[], None),
    ("adventure/adventure", &[], Some("walkthrough.txt")),
    ("wordfreq/wordfreq", &["8"], Some("input.txt")),
];

pub fn trials() -> Vec<Trial> {
    EXAMPLES
        .iter()
        .map(|(program, args, input)| {
            Trial::test(format!("examples::{program}"), move || {
                run(program, args, *input)
            })
        })
        .collect()
}

fn run(program: &str, args: &[&str], input: Option<&str>) -> Result<(), Failed> {
    let file = tree::root()
        .join("examples")
        .join(program)
        .with_extension("erl");
    let folder = file.parent().ok_or("an example lies in a folder")?;
    let stdin = input
        .map(|name| std::fs::read(folder.join(name)))
        .transpose()?
        .unwrap_or_default();
    let expected: Vec<String> = std::fs::read_to_string(folder.join("expected.txt"))?
        .lines()
        .map(str::to_owned)
        .collect();
    let arguments = ["run".to_owned(), tree::shown(&file)]
        .into_iter()
        .chain(args.iter().map(|a| (*a).to_owned()));
    let output = Transom::new(arguments).stdin(stdin).output();
    expect::compare(&expected, &output.stdout)
        .map_err(|why| Failed::from(format!("{why}\n{}", output.stderr)))?;
    match output.status {
        Some(0) => Ok(()),
        other => Err(format!("exit status {other:?}\n{}", output.stderr).into()),
    }
}
