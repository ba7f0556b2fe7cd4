//! `=:=` and `==`. Both walk with a list of pairs still to compare instead of recursion.

use super::bits::Bits;
use super::compare::cmp_int_float;
use super::map::leaf;
use super::term::Obj;
use super::word::{ObjKind, Word};
use super::{Kind, Term};
use smallvec::SmallVec;
use std::cmp::Ordering;

/// `A =:= B`: same type and value; `0.0` and `-0.0` differ.
#[inline]
pub fn eq_exact(a: Term<'_>, b: Term<'_>) -> bool {
    let (x, y) = (a.raw(), b.raw());
    x == y || (x.0 & 7 == y.0 & 7 && x.is_pointer() && equal(x, y, true))
}

/// `A == B`: numbers by value; keys of maps exactly.
#[inline]
pub fn eq(a: Term<'_>, b: Term<'_>) -> bool {
    let (x, y) = (a.raw(), b.raw());
    x == y || ((x.is_pointer() || y.is_pointer()) && equal(x, y, false))
}

type Todo = SmallVec<[(Word, Word, bool); 32]>;

fn equal(a: Word, b: Word, exact: bool) -> bool {
    let mut todo: Todo = SmallVec::new();
    todo.push((a, b, exact));
    while let Some((mut x, mut y, exact)) = todo.pop() {
        loop {
            if x == y {
                break;
            }
            if x.is_list() && y.is_list() {
                // SAFETY: both are cells of live terms.
                let ((h1, t1), (h2, t2)) =
                    unsafe { ((*x.ptr(), *x.ptr().add(1)), (*y.ptr(), *y.ptr().add(1))) };
                if h1 == h2 {
                    (x, y) = (t1, t2);
                    continue;
                }
                if h1.is_immediate() && h2.is_immediate() {
                    return false;
                }
                // The head first: what is still to compare stays short however long the list is.
                todo.push((t1, t2, exact));
                (x, y) = (h1, h2);
                continue;
            }
            if let Some((a, b)) = tuples(x, y) {
                let mut last = None;
                for i in 0..a.size() {
                    let (p, q) = (a.word(i), b.word(i));
                    if p == q {
                        continue;
                    }
                    if p.is_immediate() && q.is_immediate() {
                        return false;
                    }
                    if let Some((p, q)) = last.replace((p, q)) {
                        todo.push((p, q, exact));
                    }
                }
                let Some(parts) = last else { break };
                (x, y) = parts;
                continue;
            }
            if !boxed_equal(x, y, exact, &mut todo) {
                return false;
            }
            break;
        }
    }
    true
}

/// Both as objects, if they are tuples of one size.
#[inline]
fn tuples<'a>(x: Word, y: Word) -> Option<(Obj<'a>, Obj<'a>)> {
    if !(x.is_boxed() && y.is_boxed()) {
        return None;
    }
    // SAFETY: both are boxed words of live terms, which the caller's terms keep alive.
    let (a, b) = unsafe { (Obj::new(x.ptr()), Obj::new(y.ptr())) };
    let h = a.header();
    (h.is_kind(ObjKind::Tuple) && h == b.header()).then_some((a, b))
}

/// Compares what is neither two cells nor two tuples of one size; pushes the parts.
fn boxed_equal(x: Word, y: Word, exact: bool, todo: &mut Todo) -> bool {
    if !(x.is_boxed() && y.is_boxed()) {
        return !exact && number_equal(x, y);
    }
    // SAFETY: both are boxed words of live terms.
    let (a, b) = unsafe { (Obj::new(x.ptr()), Obj::new(y.ptr())) };
    let (h, g) = (a.header(), b.header());
    match h.header_kind() {
        ObjKind::PosBig | ObjKind::NegBig if h == g => {
            (0..a.size()).all(|i| a.word(i) == b.word(i))
        }
        ObjKind::Float if h == g => {
            let (f, g) = (f64::from_bits(a.word(0).0), f64::from_bits(b.word(0).0));
            if exact {
                f.to_bits() == g.to_bits()
            } else {
                f == g
            }
        }
        ObjKind::PosBig | ObjKind::NegBig | ObjKind::Float => !exact && number_equal(x, y),
        ObjKind::HeapBits | ObjKind::SubBits | ObjKind::MatchCtx => bits_equal(a, b),
        ObjKind::Ref | ObjKind::MagicRef => {
            matches!(g.header_kind(), ObjKind::Ref | ObjKind::MagicRef) && a.word(0) == b.word(0)
        }
        ObjKind::ExtFun => h == g && a.word(1) == b.word(1) && a.word(2) == b.word(2),
        ObjKind::Fun => {
            // The creator does not count.
            let same = h == g && a.word(0) == b.word(0);
            if same {
                todo.extend((2..a.size()).map(|i| (a.word(i), b.word(i), exact)));
            }
            same
        }
        ObjKind::FlatMap => {
            if h != g {
                return false;
            }
            todo.extend((1..a.size()).map(|i| (a.word(i), b.word(i), exact)));
            todo.push((a.word(0), b.word(0), true));
            true
        }
        ObjKind::BigMap => {
            h == g && a.word(0) == b.word(0) && push_nodes(a.word(1), b.word(1), exact, todo)
        }
        // Those of one size were taken apart before.
        ObjKind::Tuple => false,
        // Nodes come here through `todo`, pushed by `push_nodes`.
        ObjKind::MapNode => h == g && push_nodes(x, y, exact, todo),
        ObjKind::MapCollision => h == g && push_nodes(x, y, exact, todo),
        ObjKind::BinRef | ObjKind::Filler => unreachable!("not a term"),
    }
}

/// Two nodes of tries: same branches, then pairwise. Keys are compared exactly.
fn push_nodes(x: Word, y: Word, exact: bool, todo: &mut Todo) -> bool {
    // SAFETY: boxed nodes of live maps.
    let (a, b) = unsafe { (Obj::new(x.ptr()), Obj::new(y.ptr())) };
    if a.header() != b.header() {
        return false;
    }
    let collision = a.header().is_kind(ObjKind::MapCollision);
    for i in 0..a.size() {
        let (p, q) = (a.word(i), b.word(i));
        match (p.is_list(), q.is_list()) {
            (true, true) => {
                // SAFETY: leaf cells of live maps.
                let ((k1, v1), (mut k2, mut v2)) = unsafe { (leaf(p), leaf(q)) };
                if collision {
                    // The order of such keys is that of their insertion.
                    // SAFETY: as above.
                    let found = (0..b.size())
                        .map(|j| unsafe { leaf(b.word(j)) })
                        .find(|l| eq_exact(l.0, k1));
                    let Some(l) = found else { return false };
                    (k2, v2) = l;
                }
                todo.push((v1.raw(), v2.raw(), exact));
                todo.push((k1.raw(), k2.raw(), true));
            }
            (false, false) => todo.push((p, q, exact)),
            _ => return false,
        }
    }
    true
}

fn number_equal(x: Word, y: Word) -> bool {
    // SAFETY: words of live terms.
    let (a, b) = unsafe { (Term::from_raw(x), Term::from_raw(y)) };
    match (a.kind(), b.kind()) {
        (Kind::Float(f), Kind::Small(_) | Kind::Big(_)) => cmp_int_float(b, f) == Ordering::Equal,
        (Kind::Small(_) | Kind::Big(_), Kind::Float(f)) => cmp_int_float(a, f) == Ordering::Equal,
        _ => false,
    }
}

/// The first is a bitstring or a match context.
fn bits_equal(a: Obj<'_>, b: Obj<'_>) -> bool {
    let kinds = [ObjKind::HeapBits, ObjKind::SubBits, ObjKind::MatchCtx];
    kinds.iter().any(|kind| b.header().is_kind(*kind)) && Bits(a).equal(Bits(b))
}
