//! Which expressions are constants: they go to the module's constant table and cost nothing at run time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use transom_bytecode::{Const, MAX_SMALL, MIN_SMALL};

use crate::ast::{Expr, ExprKind, MapField, UnOp};
use crate::core::pool::{Pool, int_const};
use crate::core::{Arith, Val};

/// Constants nest no deeper: what is deeper is made at run time. Well below what the verifier allows.
const DEEPEST: usize = 400;

/// The constant that an expression is, if it is one.
pub fn literal(pool: &mut Pool, e: &Expr) -> Option<Const> {
    within(pool, e, DEEPEST)
}

/// The same, with at most so many levels.
fn within(pool: &mut Pool, e: &Expr, depth: usize) -> Option<Const> {
    let depth = depth.checked_sub(1)?;
    match &e.kind {
        ExprKind::Atom(a) => Some(Const::Atom(pool.atom(a))),
        ExprKind::Int(i) => Some(int_const(i)),
        ExprKind::Float(f) => Some(Const::float(*f)),
        ExprKind::Char(c) => Some(Const::Int(i64::from(*c))),
        ExprKind::Str(s) => Some(string(s)),
        ExprKind::Nil => Some(Const::Nil),
        ExprKind::List { elements, tail, .. } => {
            // From the back, because what is not constant is more often found there.
            let tail = match tail {
                None => Const::Nil,
                Some(t) => within(pool, t, depth)?,
            };
            let items = literals(pool, elements, depth)?;
            Some(cons(items, tail))
        }
        ExprKind::Tuple(es) => Some(Const::Tuple(literals(pool, es, depth)?)),
        ExprKind::Unary(UnOp::Minus, a) => match within(pool, a, depth)? {
            Const::Int(n) => Some(match n.checked_neg() {
                Some(n) => Const::Int(n),
                None => int_const(&crate::integer::Int::Small(n).negate()),
            }),
            Const::Float(f) => Some(Const::float(-f.get())),
            Const::Big {
                negative,
                magnitude,
            } if negative || magnitude.as_slice() != (1u64 << 63).to_le_bytes() => {
                Some(Const::Big {
                    negative: !negative,
                    magnitude,
                })
            }
            Const::Big { .. } => Some(Const::Int(i64::MIN)),
            _ => None,
        },
        ExprKind::Binary(op, a, b) => {
            let arith = super::bifs::arith(op.as_str())?;
            arithmetic(pool, arith, a, b, depth)
        }
        ExprKind::Map { base: None, fields } => map(pool, fields, depth),
        ExprKind::Bin(elements) => super::binaries::literal_bits(pool, elements),
        _ => None,
    }
}

/// What comes last wins, and stands where its key was first.
fn map(pool: &mut Pool, fields: &[MapField], depth: usize) -> Option<Const> {
    let mut pairs: Vec<(Const, Const)> = Vec::with_capacity(fields.len());
    let mut places: HashMap<Const, usize> = HashMap::new();
    for f in fields {
        let (k, v) = (within(pool, &f.key, depth)?, within(pool, &f.value, depth)?);
        match places.entry(k) {
            Entry::Occupied(place) => pairs[*place.get()].1 = v,
            Entry::Vacant(place) => {
                pairs.push((place.key().clone(), v));
                place.insert(pairs.len() - 1);
            }
        }
    }
    Some(Const::Map(pairs))
}

/// Can be part of a constant without making it nest too deeply?
pub fn is_shallow(c: &Const) -> bool {
    let mut todo = vec![(c, 1)];
    while let Some((c, depth)) = todo.pop() {
        if depth >= DEEPEST {
            return false;
        }
        let below = depth + 1;
        match c {
            Const::List { items, tail } => {
                todo.extend(items.iter().chain([&**tail]).map(|c| (c, below)));
            }
            Const::Tuple(items) => todo.extend(items.iter().map(|c| (c, below))),
            Const::Map(pairs) => {
                todo.extend(pairs.iter().flat_map(|(k, v)| [(k, below), (v, below)]));
            }
            Const::Nil
            | Const::Int(_)
            | Const::Big { .. }
            | Const::Float(_)
            | Const::Atom(_)
            | Const::Bits { .. }
            | Const::ExportFun { .. } => {}
        }
    }
    true
}

fn arithmetic(pool: &mut Pool, arith: Arith, a: &Expr, b: &Expr, depth: usize) -> Option<Const> {
    let (Const::Int(a), Const::Int(b)) = (within(pool, a, depth)?, within(pool, b, depth)?) else {
        return None;
    };
    let small = |n: i64| {
        (MIN_SMALL..=MAX_SMALL)
            .contains(&n)
            .then_some(Val::Small(n))
    };
    match super::build::fold(arith, small(a)?, small(b)?)? {
        Val::Small(n) => Some(Const::Int(n)),
        Val::Var(_) | Val::Atom(_) | Val::Nil | Val::Const(_) => None,
    }
}

fn literals(pool: &mut Pool, es: &[Expr], depth: usize) -> Option<Vec<Const>> {
    // A first look at the kinds alone stops before anything is built when an element is plainly no constant.
    let plain = |e: &Expr| {
        matches!(
            e.kind,
            ExprKind::Var(_) | ExprKind::Call(..) | ExprKind::Fun { .. } | ExprKind::Case(..)
        )
    };
    if es.iter().any(plain) {
        return None;
    }
    es.iter().map(|e| within(pool, e, depth)).collect()
}

/// `"text"` as a constant.
pub fn string(s: &str) -> Const {
    Const::list(
        s.chars()
            .map(|c| Const::Int(i64::from(u32::from(c))))
            .collect(),
    )
}

/// `[items | tail]` with the table's rule that a tail is never a list again.
pub fn cons(mut items: Vec<Const>, tail: Const) -> Const {
    if items.is_empty() {
        return tail;
    }
    match tail {
        Const::List { items: more, tail } => {
            items.extend(more);
            Const::List { items, tail }
        }
        tail => Const::List {
            items,
            tail: Box::new(tail),
        },
    }
}
