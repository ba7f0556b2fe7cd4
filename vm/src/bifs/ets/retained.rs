//! Does a specification for `select_replace/2` keep every key, whatever the objects are? Only one whose text shows it does, as the manual has it: the body is
//! the object itself, or a tuple whose key is that of the head again, or `{element, KeyPos, '$_'}`. Maps show nothing.

use crate::atoms::{self, AtomTable};
use crate::heap::{Kind, Term, Tuple, eq_exact};

/// `spec` is a list of clauses that has been checked; `key` is the position of keys, from 0 on.
pub(super) fn keeps_keys(atoms: &AtomTable, spec: Term<'_>, key: usize) -> bool {
    spec.iter_list().all(|clause| {
        let Some(clause) = clause.as_tuple() else {
            return false;
        };
        let (Some(head), Some(body)) = (clause.get(0), clause.get(2)) else {
            return false;
        };
        let mut body = body.iter_list();
        match (body.next(), body.next()) {
            (Some(made), None) => keeps_key(atoms, head, made, key),
            _ => false,
        }
    })
}

fn keeps_key(atoms: &AtomTable, head: Term<'_>, made: Term<'_>, key: usize) -> bool {
    if is_object(atoms, made) {
        return true;
    }
    let Some(old) = head.as_tuple().and_then(|t| t.get(key)) else {
        return false;
    };
    if let Some(fixed) = constant(made) {
        let new = fixed.as_tuple().and_then(|t| t.get(key));
        return new.is_some_and(|new| is_same(atoms, old, new, true));
    }
    let new = built(made).and_then(|t| t.get(key));
    new.is_some_and(|new| is_key_of_object(atoms, new, key) || is_same(atoms, old, new, false))
}

fn is_named(atoms: &AtomTable, t: Term<'_>, name: &str) -> bool {
    t.as_atom().is_some_and(|a| atoms.text(a) == name)
}

fn is_object(atoms: &AtomTable, t: Term<'_>) -> bool {
    is_named(atoms, t, "$_")
}

/// `{element, KeyPos, '$_'}`
fn is_key_of_object(atoms: &AtomTable, t: Term<'_>, key: usize) -> bool {
    let parts = t.as_tuple().filter(|t| t.len() == 3);
    parts.is_some_and(|t| {
        t.get(0).is_some_and(|f| is_named(atoms, f, "element"))
            && t.get(1).and_then(|n| n.as_usize()) == Some(key + 1)
            && t.get(2).is_some_and(|o| is_object(atoms, o))
    })
}

/// The term in `{const, Term}`.
fn constant(t: Term<'_>) -> Option<Term<'_>> {
    let t = t.as_tuple().filter(|t| t.len() == 2)?;
    t.get(0)?.is_atom(atoms::CONST).then(|| t.get(1))?
}

/// The tuple in `{Tuple}`, which builds one.
fn built(t: Term<'_>) -> Option<Tuple<'_>> {
    let t = t.as_tuple().filter(|t| t.len() == 1)?;
    t.get(0)?.as_tuple()
}

/// Is what the pattern takes the same as what the expression makes? `fixed`: it is no expression but a term.
fn is_same(atoms: &AtomTable, pattern: Term<'_>, made: Term<'_>, fixed: bool) -> bool {
    if !fixed && let Some(term) = constant(made) {
        return is_same(atoms, pattern, term, true);
    }
    let (mut pattern, mut made) = (pattern, made);
    while let Some(p) = pattern.as_cons() {
        let Some(m) = made.as_cons() else {
            return false;
        };
        if !is_same(atoms, p.head(), m.head(), fixed) {
            return false;
        }
        (pattern, made) = (p.tail(), m.tail());
    }
    match pattern.kind() {
        Kind::Atom(a) => {
            let text = atoms.text(a);
            let number = text.strip_prefix('$');
            let is_variable = number.is_some_and(|n| n.parse::<u32>().is_ok());
            text != "_" && !(fixed && is_variable) && made.is_atom(a)
        }
        Kind::Tuple(p) => {
            let made = if fixed { made.as_tuple() } else { built(made) };
            made.is_some_and(|m| {
                m.len() == p.len()
                    && (0..p.len()).all(|i| match (p.get(i), m.get(i)) {
                        (Some(p), Some(m)) => is_same(atoms, p, m, fixed),
                        _ => false,
                    })
            })
        }
        Kind::Map(_) => false,
        _ => eq_exact(pattern, made),
    }
}
