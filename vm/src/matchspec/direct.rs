//! Clauses that can be decided where the object lies: guards that only compare bound variables and constants, bodies that only give parts of
//! the object back. Most specifications of programs are so; they need no copy of an object that is not wanted.

use super::{Bindings, Clause, Comparison, Expr};
use crate::atoms::{self, AtomTable};
use crate::heap::{Heap, OwnedTerm, Term, cmp, eq, eq_exact};

impl Comparison {
    /// The comparison that an operator of guards stands for.
    pub fn named(name: &str) -> Option<Comparison> {
        Some(match name {
            "==" => Comparison::Equal,
            "/=" => Comparison::NotEqual,
            "=:=" => Comparison::Exact,
            "=/=" => Comparison::NotExact,
            "<" => Comparison::Less,
            "=<" => Comparison::AtMost,
            ">" => Comparison::Greater,
            ">=" => Comparison::AtLeast,
            _ => return None,
        })
    }

    /// Does it hold between two terms?
    pub fn holds(self, atoms: &AtomTable, a: Term<'_>, b: Term<'_>) -> bool {
        match self {
            Comparison::Equal => eq(a, b),
            Comparison::NotEqual => !eq(a, b),
            Comparison::Exact => eq_exact(a, b),
            Comparison::NotExact => !eq_exact(a, b),
            Comparison::Less => cmp(atoms, a, b).is_lt(),
            Comparison::AtMost => cmp(atoms, a, b).is_le(),
            Comparison::Greater => cmp(atoms, a, b).is_gt(),
            Comparison::AtLeast => cmp(atoms, a, b).is_ge(),
        }
    }
}

/// An object and what the head of a clause bound in it.
pub struct Matched<'m, 't> {
    /// The object.
    pub object: Term<'t>,
    /// The values of the clause's variables.
    pub bindings: &'m Bindings<'t>,
}

/// Can [`guards`] and [`body`] decide about this clause, whatever the object?
pub fn is_direct(clause: &Clause) -> bool {
    clause.guards.iter().all(is_plain_guard)
        && match clause.body.as_slice() {
            [] => true,
            [expr] => is_plain_body(expr),
            _ => false,
        }
}

fn is_plain_guard(expr: &Expr) -> bool {
    match expr {
        Expr::Compare(_, sides) => sides.iter().all(is_operand),
        Expr::Constant(t) => truth_of(t).is_some(),
        Expr::And(parts) | Expr::Or(parts) | Expr::AndAlso(parts) | Expr::OrElse(parts) => {
            parts.iter().all(is_plain_guard)
        }
        Expr::Variable(_)
        | Expr::Whole
        | Expr::All
        | Expr::Tuple(_)
        | Expr::List(..)
        | Expr::Map(_)
        | Expr::Call(..)
        | Expr::Action(..) => false,
    }
}

fn is_operand(expr: &Expr) -> bool {
    matches!(expr, Expr::Constant(_) | Expr::Variable(_) | Expr::Whole)
}

fn is_plain_body(expr: &Expr) -> bool {
    match expr {
        Expr::Constant(_) | Expr::Variable(_) | Expr::Whole | Expr::All => true,
        Expr::Tuple(parts) => parts.iter().all(is_plain_body),
        Expr::List(parts, tail) => parts.iter().all(is_plain_body) && is_plain_body(tail),
        Expr::Map(_)
        | Expr::Compare(..)
        | Expr::Call(..)
        | Expr::And(_)
        | Expr::Or(_)
        | Expr::AndAlso(_)
        | Expr::OrElse(_)
        | Expr::Action(..) => false,
    }
}

/// What all guards together say; `None` when one that decides must be evaluated. A guard that fails is false, so a false one settles it.
pub fn guards(atoms: &AtomTable, clause: &Clause, matched: &Matched<'_, '_>) -> Option<bool> {
    let mut all = Some(true);
    for guard in &clause.guards {
        match truth(atoms, guard, matched) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn truth(atoms: &AtomTable, expr: &Expr, matched: &Matched<'_, '_>) -> Option<bool> {
    match expr {
        Expr::Constant(t) => truth_of(t),
        Expr::Compare(how, sides) => {
            let [a, b] = &**sides;
            operand(a, matched, |a| {
                operand(b, matched, |b| how.holds(atoms, a, b))
            })
            .flatten()
        }
        Expr::And(parts) => parts
            .iter()
            .try_fold(true, |all, part| Some(all & truth(atoms, part, matched)?)),
        Expr::Or(parts) => parts
            .iter()
            .try_fold(false, |any, part| Some(any | truth(atoms, part, matched)?)),
        Expr::AndAlso(parts) => lazily(atoms, parts, matched, false),
        Expr::OrElse(parts) => lazily(atoms, parts, matched, true),
        Expr::Variable(_)
        | Expr::Whole
        | Expr::All
        | Expr::Tuple(_)
        | Expr::List(..)
        | Expr::Map(_)
        | Expr::Call(..)
        | Expr::Action(..) => None,
    }
}

fn lazily(
    atoms: &AtomTable,
    parts: &[Expr],
    matched: &Matched<'_, '_>,
    stop: bool,
) -> Option<bool> {
    for part in parts {
        if truth(atoms, part, matched)? == stop {
            return Some(stop);
        }
    }
    Some(!stop)
}

fn truth_of(t: &OwnedTerm) -> Option<bool> {
    match t.term().as_atom() {
        Some(atoms::TRUE) => Some(true),
        Some(atoms::FALSE) => Some(false),
        _ => None,
    }
}

/// Hands an operand over; terms of the object and of the specification have lifetimes of their own, hence no return.
fn operand<R>(
    expr: &Expr,
    matched: &Matched<'_, '_>,
    look: impl FnOnce(Term<'_>) -> R,
) -> Option<R> {
    match expr {
        Expr::Constant(t) => Some(look(t.term())),
        Expr::Variable(index) => matched.bindings[*index].map(look),
        Expr::Whole => Some(look(matched.object)),
        Expr::All
        | Expr::Tuple(_)
        | Expr::List(..)
        | Expr::Map(_)
        | Expr::Compare(..)
        | Expr::Call(..)
        | Expr::And(_)
        | Expr::Or(_)
        | Expr::AndAlso(_)
        | Expr::OrElse(_)
        | Expr::Action(..) => None,
    }
}

/// The value of a plain body, on the heap; `true` for an empty one.
pub fn body<'h>(heap: &'h Heap, clause: &Clause, matched: &Matched<'_, '_>) -> Term<'h> {
    clause
        .body
        .last()
        .and_then(|expr| value(heap, expr, matched))
        .unwrap_or(Term::atom(atoms::TRUE))
}

/// Is the value of a plain body the atom `true`?
pub fn is_true(clause: &Clause, matched: &Matched<'_, '_>) -> bool {
    match clause.body.last() {
        None => true,
        Some(expr) => operand(expr, matched, |t| t.is_atom(atoms::TRUE)).unwrap_or(false),
    }
}

fn value<'h>(heap: &'h Heap, expr: &Expr, matched: &Matched<'_, '_>) -> Option<Term<'h>> {
    match expr {
        Expr::All => {
            let bound = matched.bindings.iter().flatten();
            let terms: Vec<Term<'h>> = bound.map(|t| heap.copy_in(*t)).collect();
            Some(heap.list(&terms))
        }
        Expr::Tuple(parts) => {
            let terms: Option<Vec<_>> = parts.iter().map(|p| value(heap, p, matched)).collect();
            Some(heap.tuple(&terms?))
        }
        Expr::List(parts, tail) => {
            let terms: Option<Vec<_>> = parts.iter().map(|p| value(heap, p, matched)).collect();
            Some(heap.list_with_tail(&terms?, value(heap, tail, matched)?))
        }
        other => operand(other, matched, |t| heap.copy_in(t)),
    }
}
