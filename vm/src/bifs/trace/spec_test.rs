//! `erlang:match_spec_test/3`: tries a specification on a term, with the problems in words.

use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::matchspec::{
    Evaluation, MatchSpec, NoActions, Purpose, Whole, compile, matches, run_body, run_guards,
};
use crate::trace::emit::Still;
use crate::trace::specs;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[BifRow::new("erlang", "match_spec_test", 3, match_spec_test)];

/// `{ok, Result, Flags, Warnings}` or `{error, Problems}`.
fn match_spec_test<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let purpose = match args[2].as_atom() {
        Some(atoms::TABLE) => Purpose::Table,
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
    if purpose == Purpose::Call {
        return Ok(trace_result(cx, &spec, args[0]));
    }
    let mut result = Term::FALSE;
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

/// What a call with these arguments would show: the term of `{message, Term}`, or whether there would be an event; and which ends it would trace.
fn trace_result<'h>(cx: &Cx<'h>, spec: &MatchSpec, list: Term<'h>) -> Term<'h> {
    let heap = cx.heap();
    let row: Vec<Term<'h>> = list.iter_list().collect();
    let verdict = specs::run(
        cx.vm(),
        cx.process(),
        spec,
        &row,
        &Still(cx.vm(), cx.process()),
    );
    let (result, flags) = match verdict {
        None => (Term::FALSE, Vec::new()),
        Some(verdict) => {
            let mut flags = Vec::new();
            if verdict.said_return {
                flags.push(Term::atom(atoms::RETURN_TRACE));
            }
            if verdict.exceptions {
                flags.push(Term::atom(atoms::EXCEPTION_TRACE));
            }
            let shown = verdict.shown.map(|w| crate::interp::term_of(heap, w));
            (shown.unwrap_or(Term::bool(!verdict.hidden)), flags)
        }
    };
    heap.tuple(&[Term::atom(atoms::OK), result, heap.list(&flags), Term::NIL])
}
