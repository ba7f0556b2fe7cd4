//! Compares with what a real `erl` printed; `golden/record.escript` says how the answers were made.

mod support;

use support::{Etf, Term, base64};
use transom_pretty::{Encoding, FormatOptions, Options, Records, Shape, View, format, print};

struct Fixture;

impl Records for Fixture {
    fn fields(&self, tag: &str, fields: usize) -> Option<Vec<String>> {
        let names: &[&str] = match (tag, fields) {
            ("user", 3) => &["name", "age", "email"],
            ("a", 2) => &["x", "Y z"],
            ("some_longer_record", 2) => &["first_field", "second"],
            ("empty", 0) => &[],
            _ => return None,
        };
        Some(names.iter().map(|n| (*n).to_owned()).collect())
    }
}

fn items(mut term: &Term) -> Vec<&Term> {
    let mut out = Vec::new();
    while let Shape::Cons(head, tail) = term.shape() {
        out.push(head);
        term = tail;
    }
    out
}

fn text(term: &Term) -> String {
    match term {
        Term::Atom(text) => text.clone(),
        _ => items(term)
            .iter()
            .map(|c| char::from(int(c) as u8))
            .collect(),
    }
}

fn int(term: &Term) -> i64 {
    match term.shape() {
        Shape::Small(value) => value,
        other => panic!("{other:?}"),
    }
}

fn answer(question: &Term) -> String {
    let question: &Term = question;
    let escaped = |text: String| {
        text.replace('\\', "\\\\")
            .replace('\n', "\\n")
            .replace('\r', "\\r")
    };
    match text(question.element(0)).as_str() {
        "format" => match format(
            &text(question.element(1)),
            &items(question.element(2)),
            &FormatOptions::default(),
        ) {
            Ok(text) => escaped(text),
            Err(_) => "!badarg".into(),
        },
        _ => {
            let mut options = Options {
                records: &Fixture,
                encoding: Encoding::Unicode,
                ..Options::default()
            };
            for option in items(question.element(2)) {
                let value = option.element(1);
                match text(option.element(0)).as_str() {
                    "column" => options.column = int(value) as usize,
                    "line_length" => options.line_length = int(value) as usize,
                    "line_max_chars" => options.line_max_chars = int(value),
                    "depth" => options.depth = int(value),
                    "strings" => options.strings = text(value) == "true",
                    "encoding" => options.encoding = Encoding::Unicode,
                    "chars_limit" => options.chars_limit = int(value),
                    other => panic!("{other}"),
                }
            }
            escaped(print(question.element(1), &options))
        }
    }
}

#[test]
fn prints_as_erl_does() {
    let recorded = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/golden/answers.txt"
    ))
    .expect("answers");
    let mut wrong = 0;
    let mut total = 0;
    for line in recorded.lines() {
        let (question, expected) = line.split_once(' ').expect("a question and an answer");
        let bytes = base64(question);
        let question = &Etf(&bytes).term();
        let given = answer(question);
        total += 1;
        if given != expected {
            wrong += 1;
            if wrong <= 12 {
                let options = if text(question.element(0)) == "print" {
                    question.element(2)
                } else {
                    question.element(1)
                };
                println!(
                    "{} {}",
                    text(question.element(0)),
                    format("~0p", &[options], &FormatOptions::default()).expect("prints")
                );
                println!(
                    "expected:\n{}\ngiven:\n{}\n",
                    expected.replace("\\n", "\n"),
                    given.replace("\\n", "\n")
                );
            }
        }
    }
    assert!(total > 4000);
    assert_eq!(wrong, 0, "of {total}");
}
