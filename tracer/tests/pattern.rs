//! The pattern language: `redbug`'s recorded compilations, the added predicates, and anything typed by a cat.

use transom_pretty::{FormatOptions, format};
use transom_tracer::matchspec::{Context, check};
use transom_tracer::pattern::{
    Comparison, Definitions, NoDefinitions, Predicate, Target, parse, parse_target,
};

struct User;

impl Definitions for User {
    fn record(&self, module: &str, name: &str) -> Option<Vec<String>> {
        ((module, name) == ("tt", "user"))
            .then(|| ["name", "age", "email"].map(str::to_owned).to_vec())
    }
}

#[test]
fn patterns_compile_as_recorded() {
    let recorded = include_str!("golden/rtp.txt");
    let mut cases: Vec<(String, String)> = Vec::new();
    for line in recorded.lines() {
        if line.starts_with(' ') {
            let expected = &mut cases.last_mut().expect("a pattern first").1;
            expected.push_str(line);
            expected.push('\n');
        } else {
            cases.push((line.to_owned(), String::new()));
        }
    }
    assert!(cases.len() > 30);
    for (pattern, expected) in cases {
        // There the size was counted without the tag, so that the test never held.
        let expected = expected.replace("{is_record,'$1',user,3}", "{is_record,'$1',user,4}");
        let given = match parse(&pattern, &User) {
            Ok(compiled) => {
                let term = compiled.to_term();
                assert!(
                    check(compiled.spec.view(), Context::Call).is_ok(),
                    "{pattern}"
                );
                format("    => ~p~n", &[term.view()], &FormatOptions::default()).expect("prints")
            }
            Err(error) => format!("    => {{'EXIT',{{syntax_error,\"{error}\"}}}}\n"),
        };
        assert_eq!(given, expected, "{pattern}");
    }
}

fn error(pattern: &str) -> String {
    parse(pattern, &NoDefinitions).expect_err(pattern).text
}

#[test]
fn errors_say_what_is_wrong() {
    assert_eq!(error("m:f(A) when C > 1"), "unbound variable: 'C'");
    assert_eq!(error("m:f -> caller"), "illegal action: caller");
    assert_eq!(error("m:f(r#s{a=1})"), "no such record: r#s");
    assert_eq!(
        error("m:f -> duration > 5"),
        "expected a duration with a unit: ns, us, ms or s"
    );
    assert_eq!(error(""), "syntax error before: ");
    assert_eq!(error("m:f(X) when foo(X)"), "syntax error before: '('");
    assert_eq!(
        parse("m:f(X) when Y", &NoDefinitions)
            .expect_err("unbound")
            .at,
        12
    );
}

#[test]
fn outcomes_become_predicates() {
    let compiled = parse("m:f(X) -> return(R) when R =/= X", &NoDefinitions).expect("parses");
    let [
        Predicate::Return {
            spec,
            arguments: true,
        },
    ] = &compiled.predicates[..]
    else {
        panic!("{compiled:?}")
    };
    assert_eq!(spec.text(), "[{['$1','$2'],[{'=/=','$2','$1'}],[]}]");
    assert_eq!(compiled.spec.text(), "[{['$1'],[],[{exception_trace}]}]");

    let compiled =
        parse("m:f -> return({error,_}), duration > 5ms", &NoDefinitions).expect("parses");
    let [
        Predicate::Return {
            spec,
            arguments: false,
        },
        Predicate::Duration(Comparison::Greater, 5_000_000),
    ] = &compiled.predicates[..]
    else {
        panic!("{compiled:?}")
    };
    assert_eq!(spec.text(), "[{[{error,'_'}],[],[]}]");

    let compiled = parse("m:f/2 -> exception; stack", &NoDefinitions).expect("parses");
    assert_eq!(compiled.predicates, [Predicate::Exception]);
    assert_eq!(
        compiled.spec.text(),
        "[{'_',[],[{exception_trace},{message,{process_dump}}]}]"
    );

    assert_eq!(parse_target("send", &NoDefinitions), Ok(Target::Send));
    assert!(matches!(
        parse_target("lists:seq/2 -> return", &NoDefinitions),
        Ok(Target::Calls(_))
    ));
}

#[test]
fn tuples_in_guards_do_not_look_like_calls() {
    let compiled = parse("m:f(X) when X == {a,b}", &NoDefinitions).expect("parses");
    assert_eq!(compiled.spec.text(), "[{['$1'],[{'==','$1',{{a,b}}}],[]}]");
    let compiled = parse("m:f(<0.1.2>, X) when X * 2 + 1 > 3", &NoDefinitions).expect("parses");
    assert_eq!(
        compiled.spec.text(),
        "[{[<0.1.2>,'$1'],[{'>',{'+',{'*','$1',2},1},3}],[]}]"
    );
}

#[test]
fn no_text_makes_it_panic() {
    let words = [
        "m",
        ":",
        "f",
        "(",
        ")",
        "X",
        "_",
        ",",
        ";",
        "when",
        "->",
        "return",
        "duration",
        ">",
        "5ms",
        "{",
        "}",
        "[",
        "]",
        "|",
        "#",
        "=>",
        "\"s\"",
        "$a",
        "<<",
        ">>",
        "1",
        "not",
        "and",
        "is_atom",
        "'q'",
        "+",
        "++",
        "-",
        "/",
        "<0.1.2>",
        "16#ff",
        "exception",
        "self",
        "=",
        "é",
        "'",
        "\\",
    ];
    let mut state = 7u64;
    let mut random = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % bound
    };
    let mut parsed = 0;
    for round in 0..20_000 {
        let start = if round % 2 == 0 { "m:f(X) when " } else { "" };
        let text: String = start
            .chars()
            .chain((0..random(12)).flat_map(|_| words[random(words.len())].chars()))
            .collect();
        parsed += usize::from(parse(&text, &User).is_ok());
    }
    assert!(parsed > 100, "{parsed}");
    for bracket in ["(", "[", "{", "#{", "not ", "<<"] {
        assert!(parse(&format!("m:f(X) when {}", bracket.repeat(100_000)), &User).is_err());
        assert!(parse(&format!("m:f({}", bracket.repeat(100_000)), &User).is_err());
    }
}
