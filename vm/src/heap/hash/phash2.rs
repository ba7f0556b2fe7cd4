//! `erlang:phash2`: a fixed function of the term, built on Bob Jenkins' 96-bit mix and the PJW hash of atoms.
//! Every rule here was checked against the answers of `erl`; see the tests.

use super::super::{Bits, Kind, Map, MapIter, Term};
use crate::atoms::{Atom, AtomTable};
use smallvec::SmallVec;

/// The golden ratio; each kind of term mixes with its own multiple.
const GOLDEN: u32 = 0x9e37_79b9;
const fn salt(n: u32) -> u32 {
    GOLDEN.wrapping_mul(n)
}

fn mix(a: u32, b: u32, c: u32) -> u32 {
    mix3(a, b, c).2
}

fn two(hash: u32, x: u32, y: u32, salt: u32) -> u32 {
    mix(salt.wrapping_add(x), salt.wrapping_add(y), hash)
}
fn one(hash: u32, x: u32, salt: u32) -> u32 {
    two(hash, x, 0, salt)
}

/// `erlang:phash2(T)`: 27 bits.
pub fn phash2(atoms: &AtomTable, t: Term<'_>) -> u32 {
    phash2_whole(atoms, t) & ((1 << 27) - 1)
}

/// All 32 bits of it, which `erlang:phash2/2` divides.
pub fn phash2_whole(atoms: &AtomTable, t: Term<'_>) -> u32 {
    make_hash2(atoms, t)
}

/// What is still to be done, innermost last.
enum Todo<'h> {
    Term(Term<'h>),
    Elements(super::super::Tuple<'h>, usize),
    Pairs {
        pairs: MapIter<'h>,
        xor: u32,
        outer: u32,
    },
    /// The value of a pair follows its key.
    Value(Term<'h>),
}

/// All 32 bits.
pub fn make_hash2(atoms: &AtomTable, t: Term<'_>) -> u32 {
    let mut h = 0;
    let mut todo: SmallVec<[Todo<'_>; 8]> = SmallVec::new();
    todo.push(Todo::Term(t));
    while let Some(next) = todo.pop() {
        match next {
            Todo::Term(t) => h = term(atoms, h, t, &mut todo),
            Todo::Value(v) => h = term(atoms, h, v, &mut todo),
            Todo::Elements(t, i) => {
                let Some(e) = t.get(i) else { continue };
                todo.push(Todo::Elements(t, i + 1));
                h = term(atoms, h, e, &mut todo);
            }
            Todo::Pairs {
                mut pairs,
                xor,
                outer,
            } => {
                // Each pair starts from 0; their hashes are joined without an order.
                let xor = xor ^ h;
                match pairs.next() {
                    Some((k, v)) => {
                        todo.push(Todo::Pairs { pairs, xor, outer });
                        todo.push(Todo::Value(v));
                        h = term(atoms, 0, k, &mut todo);
                    }
                    None => h = one(outer, xor, salt(19)),
                }
            }
        }
    }
    h
}

fn term<'h>(atoms: &AtomTable, h: u32, t: Term<'h>, todo: &mut SmallVec<[Todo<'h>; 8]>) -> u32 {
    match t.kind() {
        Kind::Small(i) => small(h, i),
        Kind::Big(b) => {
            let s = salt(if b.is_negative() { 10 } else { 11 });
            b.limbs()
                .iter()
                .fold(h, |h, l| two(h, *l as u32, (*l >> 32) as u32, s))
        }
        Kind::Float(f) => {
            let bits = if f == 0.0 { 0 } else { f.to_bits() };
            two(h, (bits >> 32) as u32, bits as u32, salt(12))
        }
        Kind::Atom(a) if h == 0 => atom(atoms, a),
        Kind::Atom(a) => one(h, atom(atoms, a), salt(3)),
        Kind::Nil if h == 0 => 3_468_870_702,
        Kind::Nil => one(h, 2, salt(2)),
        Kind::Cons(_) => list(h, t, todo),
        Kind::Tuple(t) => {
            todo.push(Todo::Elements(t, 0));
            one(h, t.len() as u32, salt(9))
        }
        Kind::Map(m) => map(h, m, todo),
        Kind::Bits(b) | Kind::MatchCtx(b) => bits(h, b),
        Kind::Pid(p) => one(h, p.slot(), salt(5)),
        Kind::Port(p) => one(h, p.number() as u32, salt(6)),
        Kind::Ref(r) => one(h, r.id().numbers()[2], salt(7)),
        Kind::Fun(f) => match f.info() {
            None => {
                let (m, n) = f
                    .export()
                    .expect("invariant: a fun without entry is external");
                let h = two(h, f.arity() as u32, atom(atoms, m), GOLDEN);
                one(h, atom(atoms, n), salt(14))
            }
            Some(i) => {
                let free: SmallVec<[Term<'h>; 8]> = f.free().collect();
                todo.extend(free.into_iter().rev().map(Todo::Term));
                let h = two(h, i.free as u32, atom(atoms, i.module), GOLDEN);
                two(h, i.index, i.old_uniq, GOLDEN)
            }
        },
    }
}

fn small(h: u32, i: i64) -> u32 {
    if !(-(1 << 27)..1 << 27).contains(&i) {
        let s = salt(if i < 0 { 10 } else { 11 });
        let t = i.unsigned_abs();
        return two(h, t as u32, (t >> 32) as u32, s);
    }
    // Negative numbers are mixed twice.
    let h = if i < 0 {
        one(h, i.unsigned_abs() as u32, GOLDEN)
    } else {
        h
    };
    one(h, i as u32, GOLDEN)
}

/// Runs of bytes are taken four at a time; then the first other element, and the rest of the list after it.
fn list<'h>(mut h: u32, mut t: Term<'h>, todo: &mut SmallVec<[Todo<'h>; 8]>) -> u32 {
    let (mut n, mut four) = (0, 0u32);
    while let Some(c) = t.as_cons() {
        let Some(byte) = c.head().as_small().and_then(|i| u8::try_from(i).ok()) else {
            break;
        };
        four = (four << 8).wrapping_add(byte as u32);
        n += 1;
        if n == 4 {
            h = one(h, four, salt(4));
            (n, four) = (0, 0);
        }
        t = c.tail();
    }
    if n > 0 {
        h = one(h, four, salt(4));
    }
    match t.as_cons() {
        Some(c) => {
            todo.push(Todo::Term(c.tail()));
            todo.push(Todo::Term(c.head()));
        }
        None => todo.push(Todo::Term(t)),
    }
    h
}

fn map<'h>(h: u32, m: Map<'h>, todo: &mut SmallVec<[Todo<'h>; 8]>) -> u32 {
    let h = one(h, m.len() as u32, salt(16));
    if m.is_empty() {
        return h;
    }
    todo.push(Todo::Pairs {
        pairs: m.iter(),
        xor: 0,
        outer: h,
    });
    0
}

fn bits(h: u32, b: Bits<'_>) -> u32 {
    let start = salt(13).wrapping_add(h);
    if b.bit_len() == 0 {
        return start;
    }
    let bytes = b.bytes();
    let (whole, rest) = (b.bit_len() / 8, b.bit_len() % 8);
    let h = block(&bytes[..whole], start);
    if rest == 0 {
        return h;
    }
    two(
        h,
        rest as u32,
        (bytes[whole] >> (8 - rest)) as u32,
        salt(15),
    )
}

/// Jenkins' hash of bytes.
fn block(bytes: &[u8], start: u32) -> u32 {
    let word = |b: &[u8]| b.iter().rev().fold(0u32, |w, x| (w << 8) | *x as u32);
    let (mut a, mut b, mut c) = (GOLDEN, GOLDEN, start);
    let mut chunks = bytes.chunks_exact(12);
    for k in chunks.by_ref() {
        a = a.wrapping_add(word(&k[..4]));
        b = b.wrapping_add(word(&k[4..8]));
        c = c.wrapping_add(word(&k[8..]));
        (a, b, c) = mix3(a, b, c);
    }
    let k = chunks.remainder();
    let part = |from: usize, to: usize| word(&k[from.min(k.len())..to.min(k.len())]);
    a = a.wrapping_add(part(0, 4));
    b = b.wrapping_add(part(4, 8));
    // The lowest byte of the last word holds the length.
    c = c
        .wrapping_add(bytes.len() as u32)
        .wrapping_add(part(8, 11) << 8);
    mix3(a, b, c).2
}

fn mix3(mut a: u32, mut b: u32, mut c: u32) -> (u32, u32, u32) {
    a = a.wrapping_sub(b).wrapping_sub(c) ^ (c >> 13);
    b = b.wrapping_sub(c).wrapping_sub(a) ^ (a << 8);
    c = c.wrapping_sub(a).wrapping_sub(b) ^ (b >> 13);
    a = a.wrapping_sub(b).wrapping_sub(c) ^ (c >> 12);
    b = b.wrapping_sub(c).wrapping_sub(a) ^ (a << 16);
    c = c.wrapping_sub(a).wrapping_sub(b) ^ (b >> 5);
    a = a.wrapping_sub(b).wrapping_sub(c) ^ (c >> 3);
    b = b.wrapping_sub(c).wrapping_sub(a) ^ (a << 10);
    c = c.wrapping_sub(a).wrapping_sub(b) ^ (b >> 15);
    (a, b, c)
}

/// The PJW hash of the characters; characters below 256 count as one byte, others as their UTF-8 bytes.
pub(super) fn atom(atoms: &AtomTable, a: Atom) -> u32 {
    let mut h = 0u32;
    let mut step = |v: u32| {
        h = (h << 4).wrapping_add(v);
        let g = h & 0xf000_0000;
        if g != 0 {
            h ^= g >> 24;
            h ^= g;
        }
    };
    for c in atoms.text(a).chars() {
        if (c as u32) < 256 {
            step(c as u32);
        } else {
            c.encode_utf8(&mut [0; 4])
                .bytes()
                .for_each(|b| step(b as u32));
        }
    }
    h
}
