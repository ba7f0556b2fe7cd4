//! The grammar over whole files of the repository: every form of every Erlang source parses, and bad forms are one diagnostic each.

use transom_compiler::ast::{ExprKind, FormKind};
use transom_compiler::lexer::{Lexer, Tok, Token};
use transom_compiler::parser::{parse_exprs, parse_form};
use transom_compiler::span::FileId;

fn forms(source: &str) -> Vec<Vec<Token>> {
    let mut forms = vec![Vec::new()];
    for token in Lexer::new(source, FileId(0)) {
        let dot = token.tok == Tok::Dot;
        forms.last_mut().expect("there is always one").push(token);
        if dot {
            forms.push(Vec::new());
        }
    }
    forms.retain(|f| !f.is_empty());
    forms
}

fn exprs(source: &str) -> String {
    match parse_exprs(&forms(source)[0]) {
        Ok(exprs) => format!("{} ok", exprs.len()),
        Err(d) => d.message,
    }
}

#[test]
fn library_sources_parse() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../stdlib/src");
    let mut count = 0;
    for entry in std::fs::read_dir(root)
        .expect("the library's folder")
        .flatten()
    {
        if entry.path().extension().is_none_or(|e| e != "erl") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("readable source");
        for form in forms(&text) {
            let directive = form[0].tok == Tok::Minus
                && form.get(1).is_some_and(|t| {
                    t.tok.is_word()
                        || ["define", "ifdef", "ifndef", "endif"]
                            .iter()
                            .any(|d| t.tok.is_atom(d))
                });
            if directive || form.iter().any(|t| t.tok == Tok::Question) {
                continue;
            }
            if let Err(d) = parse_form(&form) {
                panic!(
                    "{}:{}: {}",
                    entry.path().display(),
                    d.span.map_or(0, |s| s.line),
                    d.message
                );
            }
            count += 1;
        }
    }
    assert!(count > 100, "only {count} forms were read");
}

#[test]
fn precedence_and_positions() {
    let parsed = parse_exprs(&forms("X = 1 + 2 * 3, catch f(X) ! [a | B].")[0]).expect("it parses");
    let ExprKind::Match(_, sum) = &parsed[0].kind else {
        panic!("a match")
    };
    let ExprKind::Binary(op, _, product) = &sum.kind else {
        panic!("a sum")
    };
    assert_eq!((op.as_str(), sum.span.column), ("+", 7));
    assert!(matches!(&product.kind, ExprKind::Binary(op, ..) if op.as_str() == "*"));
    assert!(matches!(&parsed[1].kind, ExprKind::Catch(_)));
}

#[test]
fn every_construct_is_taken() {
    for source in [
        "fun (A) when A > 1; is_atom(A) -> ok; (_) -> no end.",
        "fun F(0) -> 1; F(N) -> N * F(N - 1) end.",
        "{fun f/1, fun m:f/1, fun M:F/A}.",
        "try f() of X -> X catch throw:Y -> Y; C:R:S when is_atom(C) -> {C, R, S}; Z -> Z after g() end.",
        "maybe {ok, A} ?= f(), B = A, {ok, C} ?= g(B), C else error -> e; {error, R} -> R end.",
        "[{X, Y} || X <- L, Y <:- M, X =:= Y, K := V <- Map, <<B>> <= Bin && Z <- Q].",
        "<< <<X:8/little-signed-unit:2>> || <<X>> <:= B >>.",
        "#{K => V || {K, V} <- L}.",
        "R#r.f#r.g, R#r{a = 1, _ = 2}, #r.f, #r{}, M#{a => 1, b := 2}#{c => 3}.",
        "receive {a, X} when X > 1 -> X; _ -> ok after 10 -> t end, receive after infinity -> ok end.",
        "<<1, \"ab\":16, -X:(N+1)/binary, _/bits>>.",
        "~\"sigil\", ~b\"bin\", ~s(str), \"a\" \"b\" \"c\".",
        "m:f(1)(), x.",
        "A = B = catch c, -1 - -1, not X andalso Y orelse Z.",
        "case X of {A, _} = B when A > 1, B; C -> ok end, if A -> b; true -> c end, begin a, b end.",
    ] {
        let answer = exprs(source);
        let wanted_error = source.starts_with("m:f(1)()");
        assert_eq!(answer.ends_with("ok"), !wanted_error, "{source}: {answer}");
    }
}

#[test]
fn attributes_are_read() {
    for (source, want) in [
        ("-module(m).", "Module"),
        ("-export([f/1, 'G'/2]).", "Export"),
        (
            "-record(r, {a, b = 1, c :: integer(), d = [] :: [atom()]}).",
            "Record",
        ),
        (
            "-type t(A) :: {A, [A], #{a := A, _ => any()}} | fun((...) -> ok) | 1..10 | <<_:8, _:_*4>> | m:t(A) | #r{a :: A}.",
            "TypeDef",
        ),
        ("-type(t() :: X :: integer() | [a, ...]).", "TypeDef"),
        (
            "-spec f(A, B) -> C when A :: term(), is_subtype(B, A), C :: ok; (x, y) -> z.",
            "Spec",
        ),
        ("-spec m:f() -> ok.", "Spec"),
        ("-callback c(X :: t()) -> ok.", "Spec"),
        ("-compile({inline, [f/1, g/2]}).", "Attribute"),
        ("-doc \"text\".", "Attribute"),
        ("-behaviour(gen_server).", "Attribute"),
        ("-vsn(<<\"1.0\"/utf8>>).", "Attribute"),
        ("-on_load(init/0).", "Attribute"),
        ("-file(\"x.erl\", 12).", "File"),
        ("-import(lists, [map/2]).", "Import"),
    ] {
        let form =
            parse_form(&forms(source)[0]).unwrap_or_else(|d| panic!("{source}: {}", d.message));
        assert!(
            format!("{:?}", form.kind).starts_with(want),
            "{source}: {:?}",
            form.kind
        );
    }
}

#[test]
fn bad_forms_say_where() {
    for (source, want) in [
        ("f( -> ok.", "1:4 syntax error before: '->'"),
        ("f() -> {1, 2.", "1:13 syntax error before: '.'"),
        (
            "f() -> ok; g() -> ok.",
            "1:12 head mismatch: previous function f/0 is distinct from g/0. Is the semicolon in f/0 unwanted?",
        ),
        ("f() -> 1 2.", "1:10 syntax error before: 2"),
        ("-export(f).", "1:9 bad Name/Arity"),
    ] {
        let d = parse_form(&forms(source)[0]).expect_err(source);
        let span = d.span.expect("a place");
        assert_eq!(format!("{}:{} {}", span.line, span.column, d.message), want);
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = format!("{}1{}.", "[".repeat(20_000), "]".repeat(20_000));
    assert!(exprs(&deep).starts_with("nested too deeply"));
    let long = format!("{}1.", "1 + ".repeat(20_000));
    assert_eq!(exprs(&long), "1 ok");
}

#[test]
fn a_function_with_many_clauses() {
    let source: String = (0..20_000)
        .map(|n| format!("f({n}) -> {n};\n"))
        .collect::<String>()
        + "f(_) -> none.";
    let form = parse_form(&forms(&source)[0]).expect("it parses");
    let FormKind::Function(function) = &form.kind else {
        panic!("a function")
    };
    assert_eq!(function.clauses.len(), 20_001);
}
