//! What the data BIFs share: taking arguments apart, flattening iodata, naming encodings. Nothing here recurses.

use super::{Cx, Raise};
use crate::heap::{Bits, Int, IntResult, Kind, Term};
use smallvec::SmallVec;

/// The answer of a BIF.
pub(super) type Answer<'h> = Result<Term<'h>, Raise<'h>>;

/// An integer result or `badarith`/`system_limit`.
pub(super) fn arith(r: IntResult<'_>) -> Answer<'_> {
    match r {
        Some(Ok(t)) => Ok(t),
        Some(Err(_)) => Err(Raise::system_limit()),
        None => Err(Raise::badarith()),
    }
}

/// An integer result or `badarg`/`system_limit`.
pub(super) fn number(r: IntResult<'_>) -> Answer<'_> {
    match r {
        Some(Ok(t)) => Ok(t),
        Some(Err(_)) => Err(Raise::system_limit()),
        None => Err(Raise::badarg()),
    }
}

pub(super) fn usize_arg<'h>(t: Term<'h>) -> Result<usize, Raise<'h>> {
    t.as_usize().ok_or_else(Raise::badarg)
}

pub(super) fn bits_arg<'h>(t: Term<'h>) -> Result<Bits<'h>, Raise<'h>> {
    t.as_bits().ok_or_else(Raise::badarg)
}

/// A binary argument (whole bytes).
pub(super) fn binary_arg<'h>(t: Term<'h>) -> Result<std::borrow::Cow<'h, [u8]>, Raise<'h>> {
    t.as_binary().ok_or_else(Raise::badarg)
}

/// A base of 2 to 36.
pub(super) fn base_arg<'h>(t: Term<'h>) -> Result<u32, Raise<'h>> {
    match t.as_small() {
        Some(b @ 2..=36) => Ok(b as u32),
        _ => Err(Raise::badarg()),
    }
}

/// The elements of a proper list.
pub(super) fn list_arg<'h>(t: Term<'h>) -> Result<Vec<Term<'h>>, Raise<'h>> {
    let mut it = t.iter_list();
    let all: Vec<_> = it.by_ref().collect();
    if it.tail().is_nil() {
        Ok(all)
    } else {
        Err(Raise::badarg())
    }
}

/// A proper list of bytes. Most are short: digits, names.
pub(super) fn byte_list<'h>(t: Term<'h>) -> Result<SmallVec<[u8; 64]>, Raise<'h>> {
    let mut it = t.iter_list();
    let mut out = SmallVec::new();
    for e in it.by_ref() {
        out.push(
            e.as_small()
                .and_then(|i| u8::try_from(i).ok())
                .ok_or_else(Raise::badarg)?,
        );
    }
    if it.tail().is_nil() {
        Ok(out)
    } else {
        Err(Raise::badarg())
    }
}

pub(super) fn code_point(t: Term<'_>) -> Option<char> {
    t.as_small()
        .and_then(|i| u32::try_from(i).ok())
        .and_then(char::from_u32)
}

/// The parts of an iolist in order: bytes given one by one and binaries.
pub(super) enum Part<'h> {
    Byte(u8),
    Bits(Bits<'h>),
}

/// Walks iodata; `each` gets every byte and binary. `badarg` if it is no iolist.
pub(super) fn walk_iodata<'h>(
    t: Term<'h>,
    mut each: impl FnMut(Part<'h>) -> Result<(), Raise<'h>>,
) -> Result<(), Raise<'h>> {
    let mut todo: SmallVec<[Term<'h>; 16]> = SmallVec::new();
    let mut t = t;
    loop {
        match t.kind() {
            Kind::Cons(c) => {
                let (head, tail) = (c.head(), c.tail());
                match head.kind() {
                    Kind::Small(i @ 0..=255) => {
                        each(Part::Byte(i as u8))?;
                        t = tail;
                        check_tail(t)?;
                        continue;
                    }
                    Kind::Bits(b) => {
                        each(Part::Bits(b))?;
                        t = tail;
                        check_tail(t)?;
                        continue;
                    }
                    Kind::Cons(_) | Kind::Nil => {
                        check_tail(tail)?;
                        todo.push(tail);
                        t = head;
                        continue;
                    }
                    _ => return Err(Raise::badarg()),
                }
            }
            Kind::Bits(b) => each(Part::Bits(b))?,
            Kind::Nil => {}
            _ => return Err(Raise::badarg()),
        }
        match todo.pop() {
            Some(next) => t = next,
            None => return Ok(()),
        }
    }
}

/// A tail may be a list or a binary, never a byte.
fn check_tail<'h>(t: Term<'h>) -> Result<(), Raise<'h>> {
    match t.kind() {
        Kind::Cons(_) | Kind::Nil | Kind::Bits(_) => Ok(()),
        _ => Err(Raise::badarg()),
    }
}

/// All bytes of iodata; bitstrings of odd bits are refused.
pub(super) fn iodata_bytes<'h>(t: Term<'h>) -> Result<Vec<u8>, Raise<'h>> {
    let mut out = Vec::new();
    walk_iodata(t, |p| {
        match p {
            Part::Byte(b) => out.push(b),
            Part::Bits(b) if b.is_binary() => out.extend_from_slice(&b.bytes()),
            Part::Bits(_) => return Err(Raise::badarg()),
        }
        Ok(())
    })?;
    Ok(out)
}

/// Spends a reduction for about every hundred steps of work.
pub(super) fn spend(cx: &Cx<'_>, steps: usize) {
    cx.bump((steps / 100) as i64);
}

/// The number in a term as a float; `None` if it is no number or too big.
pub(super) fn to_f64(t: Term<'_>) -> Option<f64> {
    match t.kind() {
        Kind::Float(f) => Some(f),
        _ => Int::of(t).and_then(|i| i.to_f64()),
    }
}

/// `{a, b}`.
pub(super) fn pair<'h>(cx: &Cx<'h>, a: Term<'h>, b: Term<'h>) -> Term<'h> {
    cx.heap().tuple(&[a, b])
}
