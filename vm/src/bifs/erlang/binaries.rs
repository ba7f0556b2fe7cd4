//! Binaries and io lists in module `erlang`.

use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Bits, Kind, Term};
use smallvec::SmallVec;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "byte_size", 1, byte_size),
    BifRow::guard("erlang", "bit_size", 1, bit_size),
    BifRow::guard("erlang", "binary_part", 2, binary_part_2),
    BifRow::guard("erlang", "binary_part", 3, binary_part_3),
    BifRow::new("erlang", "split_binary", 2, split_binary),
    BifRow::new("erlang", "binary_to_list", 1, binary_to_list).long_if(weight::first),
    BifRow::new("erlang", "binary_to_list", 3, binary_to_list_3).long_if(weight::first),
    BifRow::new("erlang", "bitstring_to_list", 1, bitstring_to_list).long_if(weight::first),
    BifRow::new("erlang", "list_to_binary", 1, list_to_binary).long_if(weight::first),
    BifRow::new("erlang", "list_to_bitstring", 1, list_to_bitstring).long_if(weight::first),
    BifRow::new("erlang", "iolist_to_binary", 1, iolist_to_binary).long_if(weight::first),
    BifRow::new("erlang", "iolist_size", 1, iolist_size).long_if(weight::first),
    BifRow::new("erlang", "iolist_to_iovec", 1, iolist_to_iovec).long_if(weight::first),
];

/// The bits of a bitstring argument.
pub fn bits<'h>(t: Term<'h>) -> Result<Bits<'h>, Raise<'h>> {
    t.as_bits().ok_or_else(Raise::badarg)
}

/// The bits of an argument that must be whole bytes.
pub fn binary<'h>(t: Term<'h>) -> Result<Bits<'h>, Raise<'h>> {
    t.as_bits()
        .filter(|b| b.is_binary())
        .ok_or_else(Raise::badarg)
}

fn byte_size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().int(bits(args[0])?.bit_len().div_ceil(8) as i64))
}

fn bit_size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx.heap().int(bits(args[0])?.bit_len() as i64))
}

/// Start and length of a part, where a negative length reaches backwards; both in bytes.
pub fn part_bounds<'h>(
    start: Term<'h>,
    len: Term<'h>,
    size: usize,
) -> Result<(usize, usize), Raise<'h>> {
    let (Some(start), Some(len)) = (start.as_small(), len.as_small()) else {
        return Err(Raise::badarg());
    };
    let end = start.checked_add(len).ok_or_else(Raise::badarg)?;
    let (from, to) = (start.min(end), start.max(end));
    if from < 0 || to > size as i64 {
        return Err(Raise::badarg());
    }
    Ok((from as usize, (to - from) as usize))
}

/// A part of a binary as a sub-binary. Of a bitstring the whole bytes count, as in OTP.
pub fn part<'h>(
    cx: &Cx<'h>,
    whole: Term<'h>,
    start: Term<'h>,
    len: Term<'h>,
) -> Result<Term<'h>, Raise<'h>> {
    let whole = bits(whole)?;
    let (from, len) = part_bounds(start, len, whole.bit_len() / 8)?;
    Ok(cx.heap().sub_bits(whole, from * 8, len * 8))
}

fn binary_part_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match args[1].as_tuple().map(|t| (t.len(), t.get(0), t.get(1))) {
        Some((2, Some(start), Some(len))) => part(cx, args[0], start, len),
        _ => Err(Raise::badarg()),
    }
}

fn binary_part_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    part(cx, args[0], args[1], args[2])
}

fn split_binary<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let whole = bits(args[0])?;
    let at = args[1].as_usize().ok_or_else(Raise::badarg)?;
    if at > whole.bit_len() / 8 {
        return Err(Raise::badarg());
    }
    let heap = cx.heap();
    let head = heap.sub_bits(whole, 0, at * 8);
    let rest = heap.sub_bits(whole, at * 8, whole.bit_len() - at * 8);
    Ok(heap.tuple(&[head, rest]))
}

fn byte_terms<'h>(cx: &Cx<'h>, bytes: &[u8], tail: Term<'h>) -> Term<'h> {
    let mut terms: SmallVec<[Term<'h>; 32]> = SmallVec::new();
    terms.extend(bytes.iter().map(|b| cx.heap().int(i64::from(*b))));
    cx.bump(bytes.len() as i64 / 10);
    cx.heap().list_with_tail(&terms, tail)
}

fn binary_to_list<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let bytes = binary(args[0])?.bytes();
    Ok(byte_terms(cx, &bytes, Term::NIL))
}

/// Positions are from 1 and inclusive. Of a bitstring the whole bytes count.
fn binary_to_list_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let all = bits(args[0])?;
    let bytes = &all.bytes()[..all.bit_len() / 8];
    let (Some(start), Some(stop)) = (args[1].as_usize(), args[2].as_usize()) else {
        return Err(Raise::badarg());
    };
    if start < 1 || start > bytes.len() || stop < start || stop > bytes.len() {
        return Err(Raise::badarg());
    }
    Ok(byte_terms(cx, &bytes[start - 1..stop], Term::NIL))
}

/// Bytes as integers; bits left over are a bitstring at the end.
fn bitstring_to_list<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let all = bits(args[0])?;
    let whole = all.bit_len() / 8;
    let bytes = all.bytes();
    let tail = if all.is_binary() {
        Term::NIL
    } else {
        let rest = cx
            .heap()
            .sub_bits(all, whole * 8, all.bit_len() - whole * 8);
        cx.heap().cons(rest, Term::NIL)
    };
    Ok(byte_terms(cx, &bytes[..whole], tail))
}

/// Gathers an io list without recursion. Bits are written one behind the other.
#[derive(Default)]
pub struct Gather {
    bytes: Vec<u8>,
    bits: usize,
}

impl Gather {
    fn byte(&mut self, b: u8) {
        match self.bits % 8 {
            0 => self.bytes.push(b),
            used => {
                let last = self.bytes.len() - 1;
                self.bytes[last] |= b >> used;
                self.bytes.push(b << (8 - used));
            }
        }
        self.bits += 8;
    }

    fn bits(&mut self, b: Bits<'_>) {
        let bytes = b.bytes();
        let whole = b.bit_len() / 8;
        if self.bits.is_multiple_of(8) {
            self.bytes.extend_from_slice(&bytes[..whole]);
            self.bits += whole * 8;
        } else {
            for byte in &bytes[..whole] {
                self.byte(*byte);
            }
        }
        let rest = b.bit_len() - whole * 8;
        if rest > 0 {
            let mask = 0xffu8 << (8 - rest);
            let before = self.bits;
            self.byte(bytes[whole] & mask);
            self.bits = before + rest;
            self.bytes.truncate(self.bits.div_ceil(8));
        }
    }

    /// The bytes gathered, and how many bits of them count.
    pub fn finish(self) -> (Vec<u8>, usize) {
        (self.bytes, self.bits)
    }
}

/// Walks an io list. `each` gets bytes and binaries in order. Anything else, or a byte as a tail, is badarg.
pub fn walk<'h>(
    list: Term<'h>,
    whole_bytes: bool,
    mut each: impl FnMut(Result<u8, Bits<'h>>),
) -> Result<(), Raise<'h>> {
    let mut stack = vec![list];
    while let Some(mut t) = stack.pop() {
        loop {
            match t.kind() {
                Kind::Nil => break,
                Kind::Bits(b) if b.is_binary() || !whole_bytes => {
                    each(Err(b));
                    break;
                }
                Kind::Cons(c) => {
                    match c.head().kind() {
                        Kind::Small(n) if (0..256).contains(&n) => each(Ok(n as u8)),
                        Kind::Bits(b) if b.is_binary() || !whole_bytes => each(Err(b)),
                        Kind::Nil => {}
                        Kind::Cons(_) => {
                            stack.push(c.tail());
                            t = c.head();
                            continue;
                        }
                        _ => return Err(Raise::badarg()),
                    }
                    t = c.tail();
                }
                _ => return Err(Raise::badarg()),
            }
        }
    }
    Ok(())
}

fn gathered<'h>(list: Term<'h>, whole_bytes: bool) -> Result<Gather, Raise<'h>> {
    let mut gather = Gather::default();
    walk(list, whole_bytes, |part| match part {
        Ok(byte) => gather.byte(byte),
        Err(bits) => gather.bits(bits),
    })?;
    Ok(gather)
}

/// The bytes of io data: an io list or a binary.
pub fn iodata_bytes<'h>(t: Term<'h>) -> Result<Vec<u8>, Raise<'h>> {
    Ok(gathered(t, true)?.finish().0)
}

fn made<'h>(cx: &Cx<'h>, gather: Gather) -> Term<'h> {
    let (bytes, bits) = gather.finish();
    cx.bump(bytes.len() as i64 / 64);
    cx.heap().bitstring(&bytes, bits)
}

fn list_to_binary<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if !args[0].is_list() {
        return Err(Raise::badarg());
    }
    Ok(made(cx, gathered(args[0], true)?))
}

fn list_to_bitstring<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if !args[0].is_list() {
        return Err(Raise::badarg());
    }
    Ok(made(cx, gathered(args[0], false)?))
}

fn iolist_to_binary<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    match args[0].as_bits() {
        Some(b) if b.is_binary() => Ok(args[0]),
        _ => Ok(made(cx, gathered(args[0], true)?)),
    }
}

fn iolist_size<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut size = 0usize;
    walk(args[0], true, |part| {
        size += part.map_or_else(|b| b.byte_len(), |_| 1)
    })?;
    cx.bump(1);
    Ok(cx.heap().int(size as i64))
}

/// Binaries of the list that are large stay what they are; the rest is gathered between them.
const LARGE: usize = 64;

fn iolist_to_iovec<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let mut parts: Vec<Term<'h>> = Vec::new();
    let mut small: Vec<u8> = Vec::new();
    walk(args[0], true, |part| match part {
        Ok(byte) => small.push(byte),
        Err(b) if b.byte_len() > LARGE => {
            if !small.is_empty() {
                parts.push(heap.binary(&std::mem::take(&mut small)));
            }
            parts.push(b.term());
        }
        Err(b) => small.extend_from_slice(&b.bytes()),
    })?;
    if !small.is_empty() {
        parts.push(heap.binary(&small));
    }
    Ok(heap.list(&parts))
}
