//! The compiler's errors and warnings against those of `erl` (OTP 25) for the cases of `tests/lint/cases`: the answers recorded in `tests/lint/cases.txt`, apart
//! from the lines that `tests/lint/explained` knows.

use libtest_mimic::{Failed, Trial};
use transom_tests::program::Transom;
use transom_tests::tree;

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("lint::cases_are_erlangs", cases)]
}

/// Does `text` fit a pattern in which `*` is anything and `?` one character?
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => (0..=text.len()).any(|n| fits(rest, &text[n..])),
        (Some((b'?', rest)), Some((_, more))) => fits(rest, more),
        (Some((p, rest)), Some((t, more))) => p == t && fits(rest, more),
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn cases() -> Result<(), Failed> {
    let folder = tree::root().join("tests/lint");
    let read =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| format!("{name}: {e}"));
    let (recorded, explained) = (read("cases.txt")?, read("explained")?);
    let report = folder.join("report.erl");
    let cases = folder.join("cases");
    let run = Transom::new(["run".as_ref(), report.as_os_str(), cases.as_os_str()]);
    let output = run.output();
    let patterns: Vec<&str> = explained.lines().filter(|l| !l.starts_with('#')).collect();
    let unknown = |line: &String| !patterns.iter().any(|p| fits(p.as_bytes(), line.as_bytes()));
    let only = |side: char, these: &str, those: &str| -> Vec<String> {
        let missing = these.lines().filter(|l| !those.lines().any(|o| o == *l));
        missing
            .map(|l| format!("{side} {l}"))
            .filter(unknown)
            .collect()
    };
    let mut differing = only('<', &recorded, &output.stdout);
    differing.extend(only('>', &output.stdout, &recorded));
    if recorded.lines().count() < 900 || output.status != Some(0) {
        return Err(format!(
            "the cases did not run: {:?}, {}",
            output.status, output.stderr
        )
        .into());
    }
    match differing.is_empty() {
        true => Ok(()),
        false => Err(differing.join("\n").into()),
    }
}
