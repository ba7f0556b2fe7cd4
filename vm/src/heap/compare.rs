//! The standard order of terms: number < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring.
//! Integers and floats compare by value, exactly. Maps compare by size, then keys, then values; between keys an integer comes before a float.
//! Walks with a list of work instead of recursion; only a map of more than 32 pairs that is a *key* of such a map makes it call itself.

use super::bignum::cmp_limbs;
use super::{Bits, Fun, Kind, Map, Term};
use crate::atoms::AtomTable;
use smallvec::SmallVec;
use std::cmp::Ordering;

/// `A < B`, `A == B` or `A > B`.
#[inline]
pub fn cmp(atoms: &AtomTable, a: Term<'_>, b: Term<'_>) -> Ordering {
    if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
        return x.cmp(&y);
    }
    walk(atoms, a, b, false)
}

/// The order of map keys: total, integers before floats, `-0.0` before `0.0`.
#[inline]
pub fn cmp_exact(atoms: &AtomTable, a: Term<'_>, b: Term<'_>) -> Ordering {
    if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
        return x.cmp(&y);
    }
    walk(atoms, a, b, true)
}

type Todo<'a> = SmallVec<[(Term<'a>, Term<'a>, bool); 32]>;

#[allow(clippy::extra_unused_lifetimes)] // The body names it: both terms get one lifetime.
fn walk<'a>(atoms: &AtomTable, a: Term<'_>, b: Term<'_>, exact: bool) -> Ordering {
    // SAFETY: both terms outlive this call; one lifetime for both lets them share the list.
    let (a, b): (Term<'a>, Term<'a>) =
        unsafe { (Term::from_raw(a.raw()), Term::from_raw(b.raw())) };
    let mut todo: Todo<'a> = SmallVec::new();
    todo.push((a, b, exact));
    while let Some((mut x, mut y, exact)) = todo.pop() {
        loop {
            if x.raw() == y.raw() {
                break;
            }
            if let (Some(c), Some(d)) = (x.as_cons(), y.as_cons()) {
                let (h, g) = (c.head(), d.head());
                if h.raw() != g.raw() {
                    if h.raw().is_immediate() && g.raw().is_immediate() {
                        return one(atoms, h, g, exact, &mut todo);
                    }
                    todo.push((c.tail(), d.tail(), exact));
                    (x, y) = (h, g);
                } else {
                    (x, y) = (c.tail(), d.tail());
                }
                continue;
            }
            if let (Some(p), Some(q)) = (x.as_tuple(), y.as_tuple())
                && p.len() == q.len()
            {
                let mut parts = p.iter().zip(q.iter()).filter(|(x, y)| x.raw() != y.raw());
                let Some((h, g)) = parts.next() else { break };
                if h.raw().is_immediate() && g.raw().is_immediate() {
                    return one(atoms, h, g, exact, &mut todo);
                }
                let at = todo.len();
                todo.extend(parts.map(|(x, y)| (x, y, exact)));
                todo[at..].reverse();
                (x, y) = (h, g);
                continue;
            }
            match one(atoms, x, y, exact, &mut todo) {
                Ordering::Equal => break,
                other => return other,
            }
        }
    }
    Ordering::Equal
}

fn rank(k: &Kind<'_>) -> u8 {
    match k {
        Kind::Small(_) | Kind::Big(_) | Kind::Float(_) => 0,
        Kind::Atom(_) => 1,
        Kind::Ref(_) => 2,
        Kind::Fun(_) => 3,
        Kind::Port(_) => 4,
        Kind::Pid(_) => 5,
        Kind::Tuple(_) => 6,
        Kind::Map(_) => 7,
        Kind::Nil => 8,
        Kind::Cons(_) => 9,
        Kind::Bits(_) | Kind::MatchCtx(_) => 10,
    }
}

/// One level; parts that decide later are pushed, the first of them last.
fn one<'a>(
    atoms: &AtomTable,
    a: Term<'a>,
    b: Term<'a>,
    exact: bool,
    todo: &mut Todo<'a>,
) -> Ordering {
    let (x, y) = (a.kind(), b.kind());
    match (x, y) {
        (Kind::Atom(p), Kind::Atom(q)) => atoms.text(p).cmp(atoms.text(q)),
        (
            Kind::Small(_) | Kind::Big(_) | Kind::Float(_),
            Kind::Small(_) | Kind::Big(_) | Kind::Float(_),
        ) => numbers(a, b, exact),
        // Those of one size were taken apart before.
        (Kind::Tuple(p), Kind::Tuple(q)) => p.len().cmp(&q.len()),
        (Kind::Bits(p) | Kind::MatchCtx(p), Kind::Bits(q) | Kind::MatchCtx(q)) => bits(p, q),
        (Kind::Map(p), Kind::Map(q)) => p
            .len()
            .cmp(&q.len())
            .then_with(|| maps(atoms, p, q, exact, todo)),
        (Kind::Pid(p), Kind::Pid(q)) => (p.serial(), p.slot()).cmp(&(q.serial(), q.slot())),
        (Kind::Port(p), Kind::Port(q)) => p.cmp(&q),
        (Kind::Ref(p), Kind::Ref(q)) => p.id().cmp(&q.id()),
        (Kind::Fun(p), Kind::Fun(q)) => funs(atoms, p, q, exact, todo),
        _ => rank(&x).cmp(&rank(&y)),
    }
}

fn numbers(a: Term<'_>, b: Term<'_>, exact: bool) -> Ordering {
    match (a.kind(), b.kind()) {
        (Kind::Float(f), Kind::Float(g)) if exact => {
            f.partial_cmp(&g).map_or(Ordering::Equal, |o| {
                o.then_with(|| g.is_sign_negative().cmp(&f.is_sign_negative()))
            })
        }
        (Kind::Float(f), Kind::Float(g)) => {
            f.partial_cmp(&g).expect("invariant: floats are finite")
        }
        (Kind::Float(_), _) if exact => Ordering::Greater,
        (_, Kind::Float(_)) if exact => Ordering::Less,
        (Kind::Float(f), _) => cmp_int_float(b, f).reverse(),
        (_, Kind::Float(g)) => cmp_int_float(a, g),
        (Kind::Small(i), Kind::Small(j)) => i.cmp(&j),
        (Kind::Big(p), Kind::Big(q)) => match (p.is_negative(), q.is_negative()) {
            (false, false) => cmp_limbs(p.limbs(), q.limbs()),
            (true, true) => cmp_limbs(q.limbs(), p.limbs()),
            (n, _) => {
                if n {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        },
        (Kind::Big(p), _) => {
            if p.is_negative() {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        (_, Kind::Big(q)) => {
            if q.is_negative() {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
        _ => unreachable!("both are numbers"),
    }
}

/// An integer against a finite float, without rounding.
pub(super) fn cmp_int_float(int: Term<'_>, f: f64) -> Ordering {
    match int.kind() {
        Kind::Small(i) => {
            if f >= 9.3e18 {
                return Ordering::Less;
            }
            if f <= -9.3e18 {
                return Ordering::Greater;
            }
            let whole = f.trunc();
            (i as i128)
                .cmp(&(whole as i128))
                .then_with(|| 0.0f64.partial_cmp(&(f - whole)).expect("finite"))
        }
        Kind::Big(b) => {
            let magnitude = if b.is_negative() { -f } else { f };
            let o = if magnitude <= 0.0 {
                Ordering::Greater
            } else {
                limbs_against(b.limbs(), magnitude)
            };
            if b.is_negative() { o.reverse() } else { o }
        }
        _ => unreachable!("an integer"),
    }
}

/// Limbs against a positive float.
fn limbs_against(limbs: &[u64], f: f64) -> Ordering {
    if f < 9.0e15 {
        return Ordering::Greater; // A bignum is at least 2^59; below that a float may have a fraction, above it has none.
    }
    let bits = f.to_bits();
    let shift = ((bits >> 52) & 0x7ff) as usize - 1075; // f >= 2^52, so not negative
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let mut other = vec![0u64; shift / 64 + 2];
    other[shift / 64] = mantissa << (shift % 64);
    if shift % 64 > 11 {
        other[shift / 64 + 1] = mantissa >> (64 - shift % 64);
    }
    while other.last() == Some(&0) {
        other.pop();
    }
    cmp_limbs(limbs, &other)
}

fn bits(p: Bits<'_>, q: Bits<'_>) -> Ordering {
    let n = p.bit_len().min(q.bit_len());
    let (x, y) = (p.bytes(), q.bytes());
    let whole = n / 8;
    x[..whole].cmp(&y[..whole]).then_with(|| {
        if !n.is_multiple_of(8) {
            let mask = 0xffu8 << (8 - n % 8);
            let o = (x[whole] & mask).cmp(&(y[whole] & mask));
            if o != Ordering::Equal {
                return o;
            }
        }
        p.bit_len().cmp(&q.bit_len())
    })
}

fn maps<'a>(
    atoms: &AtomTable,
    p: Map<'a>,
    q: Map<'a>,
    exact: bool,
    todo: &mut Todo<'a>,
) -> Ordering {
    let (x, y) = (sorted(atoms, p), sorted(atoms, q));
    todo.extend(
        x.iter()
            .rev()
            .zip(y.iter().rev())
            .map(|(a, b)| (a.1, b.1, exact)),
    );
    todo.extend(
        x.iter()
            .rev()
            .zip(y.iter().rev())
            .map(|(a, b)| (a.0, b.0, true)),
    );
    Ordering::Equal
}

fn sorted<'a>(atoms: &AtomTable, m: Map<'a>) -> SmallVec<[(Term<'a>, Term<'a>); 32]> {
    let mut all: SmallVec<[_; 32]> = m.iter().collect();
    if !m.is_flat() {
        all.sort_by(|a, b| cmp_exact(atoms, a.0, b.0));
    }
    all
}

fn funs<'a>(
    atoms: &AtomTable,
    p: Fun<'a>,
    q: Fun<'a>,
    exact: bool,
    todo: &mut Todo<'a>,
) -> Ordering {
    match (p.info(), q.info()) {
        (Some(x), Some(y)) => (atoms.text(x.module), x.index, x.old_uniq, x.uniq)
            .cmp(&(atoms.text(y.module), y.index, y.old_uniq, y.uniq))
            .then_with(|| p.free().len().cmp(&q.free().len()))
            .then_with(|| {
                let pairs: SmallVec<[_; 8]> = p.free().zip(q.free()).collect();
                todo.extend(pairs.into_iter().rev().map(|(a, b)| (a, b, exact)));
                Ordering::Equal
            }),
        (None, None) => {
            let name = |f: Fun<'_>| {
                f.export()
                    .map(|(m, n)| (m, n, f.arity()))
                    .expect("invariant: external")
            };
            let ((m1, f1, a1), (m2, f2, a2)) = (name(p), name(q));
            (atoms.text(m1), atoms.text(f1), a1).cmp(&(atoms.text(m2), atoms.text(f2), a2))
        }
        (x, _) => {
            if x.is_some() {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
    }
}
