//! Match specifications: the checker says what a real `erl` says (`golden/matchspec.escript` made the answers).

#[path = "../../pretty/tests/support/mod.rs"]
mod support;

use support::{Etf, base64};
use transom_pretty::{FormatOptions, View, format};
use transom_tracer::matchspec::{Context, Expr, Function, Pattern, check, matches, to_tree};
use transom_tracer::term::Tree;

#[test]
fn problems_are_worded_as_recorded() {
    let recorded = include_str!("golden/matchspec.txt");
    let mut wrong = 0;
    for line in recorded.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let spec = Etf(&base64(parts[0])).term();
        for (context, expected) in [(Context::Call, parts[1]), (Context::Table, parts[2])] {
            let given = match check(&spec, context) {
                Ok(_) => "ok".to_owned(),
                Err(problems) => problems
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("|"),
            };
            if given != expected {
                wrong += 1;
                println!(
                    "{context:?} {}\n  expected {expected}\n  given    {given}",
                    format("~0p", &[&spec], &FormatOptions::default()).expect("prints")
                );
            }
        }
    }
    assert!(recorded.lines().count() > 200);
    assert_eq!(wrong, 0);
}

#[test]
fn a_checked_specification_is_a_program() {
    let variable = Tree::atom("$1");
    let clause = Tree::Tuple(vec![
        Tree::list(vec![variable.clone(), Tree::atom("_")]),
        Tree::list(vec![Tree::Tuple(vec![
            Tree::atom(">"),
            variable.clone(),
            Tree::Int(3),
        ])]),
        Tree::list(vec![Tree::Tuple(vec![Tree::atom("return_trace")])]),
    ]);
    let spec = Tree::list(vec![clause]);
    let checked = check(spec.view(), Context::Call).expect("fine");
    let clause = &checked.clauses[0];
    assert!(
        matches!(&clause.head, Pattern::List(items, None) if matches!(items[..], [Pattern::Variable(1), Pattern::Any]))
    );
    assert!(
        matches!(&clause.conditions[0], Expr::Call(Function::Greater, args) if args.len() == 2)
    );
    assert!(matches!(&clause.body[0], Expr::Call(Function::ReturnTrace, args) if args.is_empty()));
    assert_eq!(clause.variables, [1]);
    assert!(check(spec.view(), Context::Table).is_err());
}

#[test]
fn receive_has_no_caller() {
    let clause = |action: &str| {
        let body = Tree::list(vec![Tree::Tuple(vec![Tree::atom(action)])]);
        Tree::list(vec![Tree::Tuple(vec![Tree::atom("_"), Tree::nil(), body])])
    };
    assert!(check(clause("caller").view(), Context::Call).is_ok());
    assert!(check(clause("caller").view(), Context::Send).is_err());
    assert!(check(clause("process_dump").view(), Context::Send).is_ok());
    assert!(check(clause("process_dump").view(), Context::Receive).is_err());
    let deep = (0..1000).fold(Tree::atom("x"), |inner, _| Tree::list(vec![inner]));
    let spec = Tree::list(vec![Tree::Tuple(vec![
        Tree::list(vec![deep]),
        Tree::nil(),
        Tree::nil(),
    ])]);
    assert!(check(spec.view(), Context::Call).is_err());
}

#[test]
fn offline_evaluation_decides_as_recorded() {
    let recorded = include_str!("golden/eval.txt");
    let mut wrong = 0;
    for line in recorded.lines() {
        let (question, expected) = line.split_once(' ').expect("a question and an answer");
        let question = &Etf(&base64(question)).term();
        let spec = check(question.element(1), Context::Call).expect("a good specification");
        let args = to_tree(question.element(0)).expect("small");
        if matches(&spec, &args).to_string() != expected {
            wrong += 1;
            println!(
                "{expected}: {}",
                format("~0p", &[question], &FormatOptions::default()).expect("prints")
            );
        }
    }
    assert_eq!(wrong, 0, "of {}", recorded.lines().count());
}
