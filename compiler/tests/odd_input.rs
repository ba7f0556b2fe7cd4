//! Inputs nobody means: deep, long and broken ones. Nothing here may panic, hang or overflow a stack, and what is wrong must be
//! said with a place. `TRANSOM_MUTATIONS` sets how many mutated sources are tried (3,000 by default), `TRANSOM_SEED` the seed.

use std::time::{Duration, Instant};

use transom_compiler::forms::{Anno, to_terms};
use transom_compiler::host::NoHost;
use transom_compiler::stack::with_large_stack;
use transom_compiler::{Options, Parsed, lint, parse_module};

#[path = "support/pieces.rs"]
mod pieces;
use pieces::PIECES;

fn parse(text: &str) -> Parsed {
    parse_module(text.as_bytes(), "odd.erl", &Options::default(), &NoHost)
}

/// Parses, checks and writes as terms; says whether there was an error. Every diagnostic has a place.
fn all_of(bytes: &[u8]) -> bool {
    let parsed = parse_module(bytes, "odd.erl", &Options::default(), &NoHost);
    let _ = to_terms(&parsed.forms, Anno::LineColumn);
    let all = lint::check_parsed(&parsed.forms, parsed.diagnostics, &parsed.lost, &[], None);
    for d in &all {
        let span = d.span.unwrap_or_else(|| panic!("no place: {d:?}"));
        assert!(span.line > 0, "no line: {d:?}");
        let _ = d.short(&parsed.files);
    }
    all.iter().any(|d| d.is_error())
}

#[test]
fn nesting_has_a_limit_and_a_diagnostic() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("begin ", " end"),
        ("fun() -> ", " end"),
        ("- ", ""),
    ] {
        let text = format!(
            "-module(m).\nf() -> {}a{}.\n",
            open.repeat(200_000),
            close.repeat(200_000)
        );
        let parsed = parse(&text);
        assert_eq!(parsed.diagnostics.len(), 1, "{open}");
        assert!(
            parsed.diagnostics[0].message.contains("nested"),
            "{}",
            parsed.diagnostics[0].message
        );
    }
}

#[test]
fn nesting_within_the_limit_goes_through_everything() {
    for (open, close) in [
        ("[", "]"),
        ("{", "}"),
        ("begin ", " end"),
        ("fun() -> ", " end"),
        ("case a of a -> ", " end"),
    ] {
        let text = format!(
            "-module(m).\n-export([f/0]).\nf() -> {}a{}.\n",
            open.repeat(4_000),
            close.repeat(4_000)
        );
        assert!(!with_large_stack(|| all_of(text.as_bytes())), "{open}");
    }
}

#[test]
fn long_things_are_not_deep() {
    let list = vec!["1"; 100_000].join(",");
    let sum = vec!["1"; 20_000].join(" + ");
    let append = vec!["\"a\""; 20_000].join(" ++ ");
    let clauses: Vec<String> = (0..20_000).map(|i| format!("g({i}) -> {i}")).collect();
    let text = format!(
        "-module(m).\n-export([f/0, g/1]).\nf() -> [{list}], {sum}, {append}.\n{}.\n",
        clauses.join(";\n")
    );
    assert!(!with_large_stack(|| all_of(text.as_bytes())));
}

#[test]
fn macro_bombs_end() {
    let mut text = String::from("-module(m).\n-define(A0, x, x, x, x, x, x, x, x, x, x).\n");
    for i in 1..20 {
        text.push_str(&format!(
            "-define(A{i}, {}).\n",
            vec![format!("?A{}", i - 1); 10].join(", ")
        ));
    }
    text.push_str("f() -> {?A19}.\n-define(B, ?C).\n-define(C, ?B).\ng() -> ?B.\n");
    let messages: Vec<String> = parse(&text)
        .diagnostics
        .into_iter()
        .map(|d| d.message)
        .collect();
    assert_eq!(
        messages,
        ["macro expansion too large", "circular macro 'B'"]
    );
}

/// A small generator of its own: the numbers must be the same everywhere and for ever.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn mutate(source: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = source.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(out.len());
        match random.below(5) {
            0 => out[at] = random.below(256) as u8,
            1 => drop(out.drain(at..(at + 1 + random.below(20)).min(out.len()))),
            2 => {
                let piece = PIECES[random.below(PIECES.len())].bytes();
                out.splice(at..at, piece);
            }
            3 => {
                let end = (at + 1 + random.below(60)).min(out.len());
                let copy = out[at..end].to_vec();
                let to = random.below(out.len());
                out.splice(to..to, copy);
            }
            _ => {
                let with = random.below(out.len());
                out.swap(at, with);
            }
        }
        if out.is_empty() {
            out.push(b'.');
        }
    }
    out
}

#[test]
fn mutated_sources_are_answered() {
    let number = |name: &str, default: u64| {
        std::env::var(name)
            .ok()
            .and_then(|v| v.parse().ok())
            .unwrap_or(default)
    };
    let seed = number("TRANSOM_SEED", 0x5eed_1e55);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a source");
    let sources = [
        "forms/exprs.erl",
        "forms/types.erl",
        "lint/module.erl",
        "lint/bodies.erl",
    ]
    .map(read);
    println!("TRANSOM_SEED={seed}");
    with_large_stack(|| {
        let mut random = Random(seed | 1);
        for i in 0..number("TRANSOM_MUTATIONS", 3_000) {
            let text = mutate(&sources[i as usize % sources.len()], &mut random);
            let start = Instant::now();
            all_of(&text);
            assert!(
                start.elapsed() < Duration::from_secs(5),
                "mutation {i} took too long"
            );
        }
    });
}
