//! `erlang:phash`: a fixed function of the term, older than `phash2`. The hash so far is multiplied by a prime before the next
//! part is added, one prime for each kind of part. The primes and the order of the parts were found by asking `erl`.

use super::super::{Bits, Kind, Term, Tuple};
use super::phash2::{atom, make_hash2};
use crate::atoms::AtomTable;
use smallvec::SmallVec;

const ATOM: u32 = 268_440_163;
const BYTE: u32 = ATOM;
const DIGIT: u32 = 268_439_161;
const POSITIVE: u32 = 268_435_459;
const NIL: u32 = POSITIVE;
const NEGATIVE: u32 = 268_436_141;
const BITS: u32 = NEGATIVE;
const PID: u32 = 268_438_633;
const FLOAT: u32 = 268_437_017;
const PID_END: u32 = FLOAT;
const LIST: u32 = 268_437_511;
const TUPLE: u32 = 268_439_627;
const PORT: u32 = TUPLE;
const FUN: u32 = 268_440_479;
const PORT_END: u32 = FUN;
const EXTERNAL_FUN: u32 = 268_440_577;
const LAST_BITS: u32 = 268_440_581;
const MAP: u32 = 268_440_593;
const MAP_SALT: u32 = 268_440_611;

fn step(hash: u32, prime: u32, part: u32) -> u32 {
    hash.wrapping_mul(prime).wrapping_add(part)
}

/// The bytes of a number, lowest first.
fn word(hash: u32, prime: u32, number: u32) -> u32 {
    let bytes = number.to_le_bytes();
    bytes.iter().fold(hash, |h, b| step(h, prime, (*b).into()))
}

/// What is still to be done, innermost last.
enum Todo<'h> {
    Term(Term<'h>),
    Elements(Tuple<'h>, usize),
    /// A list whose first cells are done.
    Cells(Term<'h>),
    /// All cells and the tail are done.
    ListEnd,
}

type Stack<'h> = SmallVec<[Todo<'h>; 8]>;

/// All 32 bits, from 0 on: `erlang:phash/2` divides them and counts from 1.
pub fn phash(atoms: &AtomTable, t: Term<'_>) -> u32 {
    let mut hash = 0;
    let mut todo = Stack::new();
    todo.push(Todo::Term(t));
    while let Some(next) = todo.pop() {
        match next {
            Todo::Term(t) => hash = term(atoms, hash, t, &mut todo),
            Todo::Elements(t, i) => match t.get(i) {
                Some(element) => {
                    todo.push(Todo::Elements(t, i + 1));
                    hash = term(atoms, hash, element, &mut todo);
                }
                None => hash = step(hash, TUPLE, t.len() as u32),
            },
            Todo::Cells(rest) => hash = cells(hash, rest, &mut todo),
            Todo::ListEnd => hash = step(hash, LIST, 0),
        }
    }
    hash
}

fn term<'h>(atoms: &AtomTable, h: u32, t: Term<'h>, todo: &mut Stack<'h>) -> u32 {
    match t.kind() {
        Kind::Small(i) => integer(h, &[i.unsigned_abs()], i < 0),
        Kind::Big(b) => integer(h, b.limbs(), b.is_negative()),
        Kind::Float(f) => {
            let bits = if f == 0.0 { 0 } else { f.to_bits() };
            step(h, FLOAT, (bits >> 32) as u32 ^ bits as u32)
        }
        Kind::Atom(a) => step(h, ATOM, atom(atoms, a)),
        Kind::Nil => step(h, NIL, 1),
        Kind::Cons(_) => cells(h, t, todo),
        Kind::Tuple(t) => {
            todo.push(Todo::Elements(t, 0));
            h
        }
        Kind::Map(_) => step(h, MAP, MAP_SALT.wrapping_add(make_hash2(atoms, t))),
        Kind::Bits(b) | Kind::MatchCtx(b) => bits(h, b),
        Kind::Pid(p) => step(word(h, PID, p.slot()), PID_END, 0),
        Kind::Port(p) => step(word(h, PORT, p.number() as u32), PORT_END, 0),
        Kind::Ref(r) => step(word(h, PORT, r.id().numbers()[2]), PORT_END, 0),
        Kind::Fun(f) => match f.info() {
            None => {
                let (m, n) = f
                    .export()
                    .expect("invariant: a fun without entry is external");
                let h = step(h, EXTERNAL_FUN, f.arity() as u32);
                step(step(h, ATOM, atom(atoms, m)), ATOM, atom(atoms, n))
            }
            Some(i) => {
                // The last of the free variables comes first.
                todo.extend(f.free().map(Todo::Term));
                let h = step(h, FUN, i.free as u32);
                let h = step(h, ATOM, atom(atoms, i.module));
                step(step(h, DIGIT, i.index), DIGIT, i.old_uniq)
            }
        },
    }
}

/// Integers are taken in digits of 32 bits, without a highest one of 0.
fn integer(h: u32, limbs: &[u64], negative: bool) -> u32 {
    let (last, lower) = limbs.split_last().expect("invariant: a limb");
    let h = lower.iter().fold(h, |h, l| {
        word(word(h, DIGIT, *l as u32), DIGIT, (*l >> 32) as u32)
    });
    let mut h = word(h, DIGIT, *last as u32);
    if *last >> 32 != 0 {
        h = word(h, DIGIT, (*last >> 32) as u32);
    }
    step(h, if negative { NEGATIVE } else { POSITIVE }, 0)
}

/// Bytes count as one step each. Any other element is hashed first, and the cells after it later.
fn cells<'h>(mut h: u32, mut t: Term<'h>, todo: &mut Stack<'h>) -> u32 {
    while let Some(c) = t.as_cons() {
        let byte = c.head().as_small().and_then(|i| u8::try_from(i).ok());
        let Some(byte) = byte else {
            todo.push(Todo::Cells(c.tail()));
            todo.push(Todo::Term(c.head()));
            return h;
        };
        h = step(h, DIGIT, byte.into());
        t = c.tail();
    }
    todo.push(Todo::ListEnd);
    todo.push(Todo::Term(t));
    h
}

fn bits(h: u32, b: Bits<'_>) -> u32 {
    let bytes = b.bytes();
    let (whole, rest) = (b.bit_len() / 8, b.bit_len() % 8);
    let steps = |h, b: &u8| step(h, BYTE, (*b).into());
    let mut h = bytes[..whole].iter().fold(h, steps);
    if rest != 0 {
        let last = bytes[whole] >> (8 - rest);
        h = step(step(h, BYTE, last.into()), LAST_BITS, rest as u32);
    }
    step(h, BITS, whole as u32)
}
