//! Guards and bodies. A guard that fails in any way is false; a function that fails in a body gives the atom `'EXIT'`, as in OTP.

use super::{Clause, Expr};
use crate::atoms::{self, Atom};
use crate::bifs::Cx;
use crate::heap::Term;

/// What a trace makes of the functions that only it knows; evaluated left to right as they stand in the body.
pub trait Actions<'h> {
    /// The value of `{Name, Args...}`; `None`: it failed.
    fn action(&mut self, cx: &Cx<'h>, name: Atom, args: &[Term<'h>]) -> Option<Term<'h>>;
}

/// For tables, whose specifications have no such functions.
pub struct NoActions;

impl<'h> Actions<'h> for NoActions {
    fn action(&mut self, _: &Cx<'h>, _: Atom, _: &[Term<'h>]) -> Option<Term<'h>> {
        None
    }
}

/// What `'$_'` stands for: a term, or a row of terms that becomes a list when somebody asks.
#[derive(Clone, Copy)]
pub enum Whole<'e, 'h> {
    Term(Term<'h>),
    Row(&'e [Term<'h>]),
}

/// One evaluation: the matched term and its bindings, all on the heap of the context.
pub struct Evaluation<'e, 'h> {
    /// The context of the calling process.
    pub cx: &'e Cx<'h>,
    /// What was matched.
    pub whole: Whole<'e, 'h>,
    /// The values of the clause's variables.
    pub bindings: &'e [Option<Term<'h>>],
}

/// Do all guards hold?
pub fn run_guards<'h>(
    e: &Evaluation<'_, 'h>,
    clause: &Clause,
    actions: &mut dyn Actions<'h>,
) -> bool {
    let mut run = Run {
        e,
        actions,
        caught: None,
    };
    let mut guards = clause.guards.iter();
    guards.all(|g| run.eval(g).is_some_and(|t| t.is_atom(atoms::TRUE)))
}

/// The last value of the body; `true` for an empty one.
pub fn run_body<'h>(
    e: &Evaluation<'_, 'h>,
    clause: &Clause,
    actions: &mut dyn Actions<'h>,
) -> Term<'h> {
    let exit = Term::atom(atoms::BIG_EXIT);
    let mut body = Run {
        e,
        actions,
        caught: Some(exit),
    };
    let mut result = Term::atom(atoms::TRUE);
    for expr in &clause.body {
        result = body.eval(expr).unwrap_or(exit);
    }
    result
}

/// One expression after the other.
struct Run<'r, 'e, 'h> {
    e: &'r Evaluation<'e, 'h>,
    actions: &'r mut dyn Actions<'h>,
    /// What a function that fails gives; in guards nothing, so that the guard fails.
    caught: Option<Term<'h>>,
}

impl<'h> Run<'_, '_, 'h> {
    fn all(&mut self, exprs: &[Expr]) -> Option<Vec<Term<'h>>> {
        exprs.iter().map(|e| self.eval(e)).collect()
    }

    fn eval(&mut self, expr: &Expr) -> Option<Term<'h>> {
        let heap = self.e.cx.heap();
        match expr {
            Expr::Constant(t) => Some(t.copy_to(heap)),
            Expr::Variable(index) => self.e.bindings[*index],
            Expr::Whole => Some(match self.e.whole {
                Whole::Term(term) => term,
                Whole::Row(row) => heap.list(row),
            }),
            Expr::All => {
                let bound = self.e.bindings.iter().flatten();
                Some(heap.list(&bound.copied().collect::<Vec<_>>()))
            }
            Expr::Tuple(parts) => Some(heap.tuple(&self.all(parts)?)),
            Expr::List(parts, tail) => {
                let parts = self.all(parts)?;
                Some(heap.list_with_tail(&parts, self.eval(tail)?))
            }
            Expr::Map(pairs) => {
                let mut made = Vec::with_capacity(pairs.len());
                for (k, v) in pairs {
                    made.push((self.eval(k)?, self.eval(v)?));
                }
                Some(heap.map_from_pairs(&made))
            }
            Expr::Compare(how, sides) => {
                let [a, b] = &**sides;
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                Some(Term::bool(how.holds(self.e.cx.atoms(), a, b)))
            }
            Expr::Call(f, args) => {
                let args = self.all(args)?;
                f(self.e.cx, &args).ok().or(self.caught)
            }
            Expr::And(parts) => self.strict(parts, true).or(self.caught),
            Expr::Or(parts) => self.strict(parts, false).or(self.caught),
            Expr::AndAlso(parts) => self.lazy(parts, false).or(self.caught),
            Expr::OrElse(parts) => self.lazy(parts, true).or(self.caught),
            Expr::Action(name, args) => {
                let args = self.all(args)?;
                let value = self.actions.action(self.e.cx, *name, &args);
                value.or(self.caught)
            }
        }
    }

    /// `and` (over all true) or `or`; every part must be a boolean.
    fn strict(&mut self, parts: &[Expr], and: bool) -> Option<Term<'h>> {
        let mut result = and;
        for part in self.all(parts)? {
            let value = boolean(part)?;
            result = if and { result & value } else { result | value };
        }
        Some(Term::bool(result))
    }

    /// Left to right; the first part that equals `stop` decides. The last part may be anything.
    fn lazy(&mut self, parts: &[Expr], stop: bool) -> Option<Term<'h>> {
        let (last, before) = parts.split_last()?;
        for part in before {
            if boolean(self.eval(part)?)? == stop {
                return Some(Term::bool(stop));
            }
        }
        self.eval(last)
    }
}

fn boolean(t: Term<'_>) -> Option<bool> {
    match t.as_atom() {
        Some(atoms::TRUE) => Some(true),
        Some(atoms::FALSE) => Some(false),
        _ => None,
    }
}
