//! Guards and bodies. A guard that fails in any way is false; a body that fails gives the atom `'EXIT'`, as in OTP.

use super::{Clause, Expr};
use crate::atoms::{self, Atom};
use crate::bifs::Cx;
use crate::heap::{OwnedTerm, Term};

/// What a trace makes of the functions that only it knows; evaluated left to right as they stand in the body.
pub trait Actions<'h> {
    /// The value of `{Name, Args...}`; `None` fails the body.
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
    clause
        .guards
        .iter()
        .all(|g| e.eval(g, actions).is_some_and(|t| t.is_atom(atoms::TRUE)))
}

/// The last value of the body; `true` for an empty one.
pub fn run_body<'h>(
    e: &Evaluation<'_, 'h>,
    clause: &Clause,
    actions: &mut dyn Actions<'h>,
) -> Term<'h> {
    let mut result = Term::atom(atoms::TRUE);
    for expr in &clause.body {
        result = match e.eval(expr, actions) {
            Some(value) => value,
            None => return Term::atom(atoms::BIG_EXIT),
        };
    }
    result
}

impl<'h> Evaluation<'_, 'h> {
    fn literal(&self, t: &OwnedTerm) -> Term<'h> {
        t.copy_to(self.cx.heap())
    }

    fn all(&self, exprs: &[Expr], actions: &mut dyn Actions<'h>) -> Option<Vec<Term<'h>>> {
        exprs.iter().map(|e| self.eval(e, actions)).collect()
    }

    fn eval(&self, expr: &Expr, actions: &mut dyn Actions<'h>) -> Option<Term<'h>> {
        let heap = self.cx.heap();
        match expr {
            Expr::Constant(t) => Some(self.literal(t)),
            Expr::Variable(index) => self.bindings[*index],
            Expr::Whole => Some(match self.whole {
                Whole::Term(term) => term,
                Whole::Row(row) => heap.list(row),
            }),
            Expr::All => {
                Some(heap.list(&self.bindings.iter().flatten().copied().collect::<Vec<_>>()))
            }
            Expr::Tuple(parts) => Some(heap.tuple(&self.all(parts, actions)?)),
            Expr::List(parts, tail) => {
                let parts = self.all(parts, actions)?;
                Some(heap.list_with_tail(&parts, self.eval(tail, actions)?))
            }
            Expr::Map(pairs) => {
                let mut made = Vec::with_capacity(pairs.len());
                for (k, v) in pairs {
                    made.push((self.eval(k, actions)?, self.eval(v, actions)?));
                }
                Some(heap.map_from_pairs(&made))
            }
            Expr::Compare(how, sides) => {
                let [a, b] = &**sides;
                let (a, b) = (self.eval(a, actions)?, self.eval(b, actions)?);
                Some(Term::bool(how.holds(self.cx.atoms(), a, b)))
            }
            Expr::Call(f, args) => f(self.cx, &self.all(args, actions)?).ok(),
            Expr::And(parts) => self.strict(parts, actions, true),
            Expr::Or(parts) => self.strict(parts, actions, false),
            Expr::AndAlso(parts) => self.lazy(parts, actions, false),
            Expr::OrElse(parts) => self.lazy(parts, actions, true),
            Expr::Action(name, args) => {
                let args = self.all(args, actions)?;
                actions.action(self.cx, *name, &args)
            }
        }
    }

    /// `and` (over all true) or `or`; every part must be a boolean.
    fn strict(&self, parts: &[Expr], actions: &mut dyn Actions<'h>, and: bool) -> Option<Term<'h>> {
        let mut result = and;
        for part in self.all(parts, actions)? {
            let value = boolean(part)?;
            result = if and { result & value } else { result | value };
        }
        Some(Term::bool(result))
    }

    /// Left to right; the first part that equals `stop` decides. The last part may be anything.
    fn lazy(&self, parts: &[Expr], actions: &mut dyn Actions<'h>, stop: bool) -> Option<Term<'h>> {
        let (last, before) = parts.split_last()?;
        for part in before {
            if boolean(self.eval(part, actions)?)? == stop {
                return Some(Term::bool(stop));
            }
        }
        self.eval(last, actions)
    }
}

fn boolean(t: Term<'_>) -> Option<bool> {
    match t.as_atom() {
        Some(atoms::TRUE) => Some(true),
        Some(atoms::FALSE) => Some(false),
        _ => None,
    }
}
