//! The console with piped input, compared with what `erl` printed for the same lines (`tests/console/session.out`, recorded).

use libtest_mimic::{Failed, Trial};
use transom_tests::{program::Transom, tree};

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("console::a_piped_session_equals_erl", session)]
}

/// The first line names the version of the system and is left out.
fn session() -> Result<(), Failed> {
    let folder = tree::root().join("tests/console");
    let input = std::fs::read(folder.join("session.in"))?;
    let wanted = std::fs::read_to_string(folder.join("session.out"))?;
    let output = Transom::new(["console", "--no-control"])
        .stdin(input)
        .output();
    let mut lines = wanted.lines().zip(output.stdout.lines()).skip(1);
    if let Some((wanted, found)) = lines.find(|(wanted, found)| wanted != found) {
        return Err(format!("{found:?} instead of {wanted:?}\n{}", output.stdout).into());
    }
    let (wanted, found) = (wanted.lines().count(), output.stdout.lines().count());
    if wanted != found {
        return Err(format!("{found} lines instead of {wanted}\n{}", output.stdout).into());
    }
    match output.status {
        Some(0) => Ok(()),
        other => Err(format!("exit status {other:?}\n{}", output.stderr).into()),
    }
}
