//! The back end from the outside: what it makes of many sources passes the verifier, a few listings stay as they are, and
//! large inputs take time in proportion to their size.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use transom_bytecode as bc;
use transom_compiler::host::NoHost;
use transom_compiler::{CompileOptions, Compiled, compile};

fn compiled(name: &str, source: &str) -> Compiled {
    compile(source.as_bytes(), name, &CompileOptions::default(), &NoHost).unwrap_or_else(|failed| {
        let texts: Vec<String> = failed
            .diagnostics
            .iter()
            .map(|d| d.short(&failed.files))
            .collect();
        panic!("{name}: {}", texts.join("\n"))
    })
}

fn verified(name: &str, source: &str) -> bc::Module {
    let module = compiled(name, source).module;
    if let Err(e) = bc::verify::check(&module) {
        panic!("{name}: {e}");
    }
    module
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "erl") {
            out.push(path);
        }
    }
}

/// Everything that compiles verifies. (Files that need headers or are meant to fail are somebody else's tests.)
fn all_verify(dir: &str, at_least: usize) {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), &mut files);
    let mut checked = 0;
    for path in files {
        let source = std::fs::read(&path).expect("readable");
        let name = path.display().to_string();
        let Ok(c) = compile(&source, &name, &CompileOptions::default(), &NoHost) else {
            continue;
        };
        if let Err(e) = bc::verify::check(&c.module) {
            panic!("{name}: {e}");
        }
        checked += 1;
    }
    assert!(checked >= at_least, "only {checked} files of {dir} compile");
}

#[test]
fn the_corpus_verifies() {
    all_verify("tests/corpus", 3);
}

#[test]
fn the_language_suite_verifies() {
    all_verify("../tests/lang", 600);
}

#[test]
fn the_library_verifies() {
    all_verify("../stdlib/src", 10);
}

/// The listing of one function, labels and all.
fn listing(source: &str, function: &str) -> String {
    let module = verified(
        "t.erl",
        &format!("-module(t).\n-compile(export_all).\n{source}"),
    );
    let f = module
        .functions
        .iter()
        .find(|f| module.atom(f.name) == function)
        .expect("the function is there");
    let mut out = String::new();
    for insn in &f.code {
        if !matches!(insn, bc::Insn::Line { .. }) {
            let _ = writeln!(out, "{}", bc::listing::insn_text(&module, insn));
        }
    }
    out
}

fn expect(source: &str, function: &str, wanted: &str) {
    let wanted: String = wanted
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .fold(String::new(), |s, l| s + l + "\n");
    assert_eq!(listing(source, function), wanted);
}

#[test]
fn a_clause_without_calls_needs_no_frame() {
    expect(
        "fib(N) when N < 2 -> N;\nfib(N) -> fib(N-1) + fib(N-2).",
        "fib",
        "label L1
         lt L2 x0 2
         return
         label L2
         allocate 2 0 1
         move x0 y0
         sub raise y0 1 x0
         call fib/1
         move x0 y1
         sub raise y0 2 x0
         call fib/1
         add raise y1 x0 x0
         deallocate 2
         return",
    );
}

#[test]
fn one_test_finds_a_tagged_tuple_and_nothing_is_tested_twice() {
    expect(
        "f({ok, X}) when is_tuple(X) -> element(1, X);\nf({ok, X}) -> X.",
        "f",
        "label L1
         is_tagged_tuple L3 x0 2 ok
         get_elem x0 1 x0
         is_tuple L2 x0
         bif raise erlang:element/2 x0 [1, x0]
         return
         label L2
         return
         label L3
         func_clause",
    );
}

#[test]
fn a_matched_tuple_that_was_just_made_is_never_made() {
    expect(
        "f(A, B) -> {X, Y} = {B, A}, [X | Y].",
        "f",
        "label L1
         test_heap 2 2
         put_list x1 x0 x0
         return",
    );
}

#[test]
fn a_record_comes_after_its_new_values() {
    let text = listing(
        "-record(r, {a, b}).\nf(X) -> (g(X))#r{b = h(X)}.\ng(X) -> X.\nh(X) -> X.",
        "f",
    );
    let at = |what: &str| text.find(what).expect("the call is there");
    assert!(at("call h/1") < at("call g/1"), "{text}");
}

#[test]
fn a_receive_for_a_fresh_reference_uses_a_mark() {
    let text = listing(
        "f(P) -> R = make_ref(), P ! R, receive {R, X} -> X end.",
        "f",
    );
    for wanted in ["recv_mark", "recv_bind", "recv_use"] {
        assert!(text.contains(wanted), "{text}");
    }
    let text = listing(
        "f(P) -> R = make_ref(), P ! R, receive {R, X} -> X; stop -> R end.",
        "f",
    );
    assert!(!text.contains("recv_use"), "{text}");
}

/// Generous: ten times what a slow machine needs, a hundredth of what a quadratic step would take.
const LIMIT: Duration = Duration::from_secs(60);

fn in_time(name: &str, source: &str) {
    let start = Instant::now();
    verified(name, source);
    assert!(start.elapsed() < LIMIT, "{name} took {:?}", start.elapsed());
}

#[test]
fn a_hundred_thousand_clauses() {
    let mut s = String::from("-module(t).\n-export([f/1]).\n");
    for i in 0..100_000 {
        let _ = writeln!(s, "f({i}) -> {};", i * 2);
    }
    s.push_str("f(_) -> none.\n");
    in_time("clauses.erl", &s);
}

#[test]
fn seventy_thousand_literals() {
    let mut s = String::from("-module(t).\n-export([f/0]).\nf() -> [");
    for i in 0..70_000 {
        let _ = writeln!(s, "{{k{i}, \"v{i}\"}},");
    }
    s.push_str("last].\n");
    in_time("literals.erl", &s);
}

#[test]
fn many_values_at_once() {
    let mut s = String::from("-module(t).\n-export([f/1]).\nf(X) -> ");
    for i in 0..3_000 {
        let _ = writeln!(s, "A{i} = X + {i},");
    }
    let names: Vec<String> = (0..3_000).map(|i| format!("A{i}")).collect();
    let _ = writeln!(s, "{{{}}}.", names.join(", "));
    in_time("values.erl", &s);
}

#[test]
fn deep_nesting() {
    let n = 2_000;
    let s = format!(
        "-module(t).\n-export([f/1]).\nf(X) -> {}X{}.\n",
        "case X of 1 -> ".repeat(n),
        "; _ -> 2 end".repeat(n)
    );
    in_time("nesting.erl", &s);
}
