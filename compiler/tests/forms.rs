//! The abstract format against what Erlang itself gives for the same sources (`tests/forms/*.forms`, recorded by
//! `tests/forms/record.escript`), and both directions against each other.

use transom_compiler::abstract_term::Term;
use transom_compiler::forms::{Anno, from_terms, to_terms};
use transom_compiler::host::NoHost;
use transom_compiler::scan::{Scanned, Start, Wish, parse_term, scan};
use transom_compiler::span::FileId;
use transom_compiler::stack::with_large_stack;
use transom_compiler::{Options, parse_module};

fn check(name: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let source = std::fs::read(folder.join(format!("{name}.erl"))).expect("the source");
    let recorded =
        std::fs::read_to_string(folder.join(format!("{name}.forms"))).expect("the recorded forms");
    with_large_stack(|| {
        let parsed = parse_module(
            &source,
            &format!("{name}.erl"),
            &Options::default(),
            &NoHost,
        );
        assert_eq!(parsed.diagnostics, [], "{name} parses");
        let ours = to_terms(&parsed.forms, Anno::LineColumn);
        let expected: Vec<Term> = recorded
            .lines()
            .map(|l| parse_term(l, Start::default()).expect("a recorded form is a term"))
            .collect();
        let differ = ours
            .iter()
            .zip(&expected)
            .filter(|(ours, expected)| ours != expected);
        let differ: Vec<String> = differ
            .map(|(o, e)| format!("ours:     {o}\nErlang's: {e}"))
            .collect();
        assert!(differ.is_empty(), "{}", differ.join("\n"));
        assert_eq!(ours.len(), expected.len());
        let back = from_terms(&ours, FileId(0)).expect("our own terms are forms");
        assert_eq!(to_terms(&back, Anno::LineColumn), ours, "there and back");
    });
}

#[test]
fn expressions_are_as_erlang_has_them() {
    check("exprs");
}

#[test]
fn types_and_attributes_are_as_erlang_has_them() {
    check("types");
}

#[test]
fn bad_terms_are_refused_with_a_place() {
    let bad = parse_term(
        "{function,{3,1},f,1,[{clause,{3,1},[],[],[]}]}.",
        Start::default(),
    )
    .expect("a term");
    let refused = from_terms(&[bad], FileId(0)).expect_err("its clause has another arity");
    assert_eq!((refused.span.line, refused.span.column), (3, 1));
    for text in [
        "a.",
        "{attribute,1,export,x}.",
        "{function,1,f,0,[]}.",
        "{attribute,1,module,[{a}]}.",
    ] {
        let bad = parse_term(text, Start::default()).expect("a term");
        assert!(from_terms(&[bad], FileId(0)).is_err(), "{text}");
    }
}

#[test]
fn tokens_are_as_erl_scan_has_them() {
    let start = Start {
        anno: Anno::LineColumn,
        ..Start::default()
    };
    let text = "f(X) -> \"a\",\n $b.\n";
    let Scanned::Tokens(list, end, taken) = scan(text, start, Wish::default(), false, true) else {
        panic!("tokens");
    };
    assert_eq!(taken, text.len());
    let expected = "[{atom,{1,1},f},{'(',{1,2}},{var,{1,3},'X'},{')',{1,4}},{'->',{1,6}},{string,{1,9},\"a\"},\
                    {',',{1,12}},{char,{2,2},98},{dot,{2,4}}]";
    assert_eq!(Term::List(list).to_string(), expected);
    assert_eq!(end.to_string(), "{3,1}");
    let Scanned::Bad(at, what, ..) = scan("a \"b", start, Wish::default(), false, true) else {
        panic!("not terminated");
    };
    assert_eq!(at.to_string(), "{1,3}");
    assert_eq!(what.to_string(), "{string,34,\"b\"}");
}
