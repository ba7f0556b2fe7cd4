//! What the linter says, against what Erlang says of the same sources (`tests/lint/*.txt`, recorded by `tests/lint/record.sh`):
//! every message, its words, its line and column.

use transom_compiler::host::NoHost;
use transom_compiler::lint;
use transom_compiler::stack::with_large_stack;
use transom_compiler::{Options, parse_module};

fn said(source: &[u8], name: &str) -> Vec<String> {
    with_large_stack(|| {
        let parsed = parse_module(source, name, &Options::default(), &NoHost);
        let all = lint::check_parsed(&parsed.forms, parsed.diagnostics, &parsed.lost, &[], None);
        let first_line = |d: &transom_compiler::diagnostic::Diagnostic| {
            let text = d.short(&parsed.files);
            text.lines().next().unwrap_or_default().to_string()
        };
        let mut lines: Vec<String> = all.iter().map(first_line).collect();
        lines.sort();
        lines
    })
}

fn check(name: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let source = std::fs::read(folder.join(format!("{name}.erl"))).expect("the source");
    let recorded =
        std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("the recorded messages");
    let ours = said(&source, &format!("{name}.erl"));
    let missing: Vec<&str> = recorded
        .lines()
        .filter(|l| !ours.iter().any(|o| o == l))
        .collect();
    let extra: Vec<&String> = ours
        .iter()
        .filter(|o| !recorded.lines().any(|l| l == *o))
        .collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing: {missing:#?}\nextra: {extra:#?}"
    );
}

#[test]
fn module_level_messages_are_erlangs() {
    check("module");
}

#[test]
fn messages_about_bodies_are_erlangs() {
    check("bodies");
}

#[test]
fn deprecated_functions_are_erlangs() {
    check("deprecated");
}

#[test]
fn one_bad_form_does_not_hide_the_others() {
    let ours = said(
        b"-module(m).\n-export([f/0, g/0]).\nf() -> ) .\ng() -> X.\n",
        "m.erl",
    );
    let expected = [
        "m.erl:3:8: error: syntax error before: ')'",
        "m.erl:4:8: error: variable 'X' is unbound",
    ];
    assert_eq!(ours, expected);
}

#[test]
fn close_names_are_suggested() {
    let source = b"-module(m).\n-export([f/1]).\nf(Value) -> {Valeu, lenght(Value)}.\n";
    let parsed = parse_module(source, "m.erl", &Options::default(), &NoHost);
    let hints: Vec<_> = lint::check(&parsed.forms, &[], None)
        .into_iter()
        .filter_map(|d| d.hint)
        .collect();
    assert_eq!(hints, ["did you mean Value?", "did you mean length/1?"]);
}
