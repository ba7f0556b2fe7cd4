//! `erlang:match_spec_test/3`: tries a specification on a term, with the problems in words.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::matchspec::{
    Evaluation, NoActions, Purpose, Whole, compile, matches, run_body, run_guards,
};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "match_spec_test", 3, match_spec_test)];

/// `{ok, Result, Flags, Warnings}` or `{error, Problems}`.
fn match_spec_test<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let purpose = match args[2].as_atom() {
        Some(atoms::TABLE) if args[0].as_tuple().is_some() => Purpose::Table,
        Some(atoms::TRACE) if args[0].list_len().is_some() => Purpose::Call,
        _ => return Err(Raise::badarg()),
    };
    let spec = match compile(cx.atoms(), args[1], purpose) {
        Ok(spec) => spec,
        Err(problems) => {
            let list: Vec<Term<'h>> = problems
                .iter()
                .map(|p| {
                    heap.tuple(&[
                        Term::atom(if p.error {
                            atoms::ERROR
                        } else {
                            atoms::WARNING
                        }),
                        heap.string(&p.text),
                    ])
                })
                .collect();
            return Ok(heap.tuple(&[Term::atom(atoms::ERROR), heap.list(&list)]));
        }
    };
    let mut result = Term::atom(atoms::FALSE);
    for clause in &spec.clauses {
        let Some(bindings) = matches(clause, args[0]) else {
            continue;
        };
        let evaluation = Evaluation {
            cx,
            whole: Whole::Term(args[0]),
            bindings: &bindings,
        };
        if run_guards(&evaluation, clause, &mut NoActions) {
            result = run_body(&evaluation, clause, &mut NoActions);
            break;
        }
    }
    Ok(heap.tuple(&[Term::atom(atoms::OK), result, Term::NIL, Term::NIL]))
}
