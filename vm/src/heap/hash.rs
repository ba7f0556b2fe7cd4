//! Hashes of terms. `internal` serves maps and tables of one VM and may change; `phash2` and `phash` give the values of
//! `erlang:phash2` and `erlang:phash`, which never change. None recurses.

mod phash;
mod phash2;

pub use phash::phash;
pub use phash2::{make_hash2, phash2, phash2_whole};

use super::term::Obj;
use super::word::{ObjKind, Word};
use super::{Bits, Term};
use smallvec::SmallVec;

const K: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline(always)]
fn mix(h: u64, x: u64) -> u64 {
    let m = ((h ^ x) as u128) * (K as u128);
    (m as u64) ^ ((m >> 64) as u64).rotate_left(23) ^ x.wrapping_mul(K)
}

#[inline(always)]
fn finish(h: u64) -> u64 {
    let h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 29)
}

/// Equal for exactly equal terms (`=:=`); depends on the VM's atom numbers.
#[inline]
pub fn internal(t: Term<'_>) -> u64 {
    let w = t.raw();
    if w.is_immediate() {
        return finish(mix(1, w.0));
    }
    finish(walk(w))
}

fn walk(w: Word) -> u64 {
    let mut h = 2;
    let mut todo: SmallVec<[Word; 32]> = SmallVec::new();
    todo.push(w);
    while let Some(mut w) = todo.pop() {
        while w.is_list() {
            // SAFETY: a cell of a live term.
            let (head, tail) = unsafe { (*w.ptr(), *w.ptr().add(1)) };
            h = mix(h, 0x11);
            if head.is_immediate() {
                h = mix(h, head.0);
                w = tail;
            } else {
                todo.push(tail);
                w = head;
            }
        }
        if w.is_immediate() {
            h = mix(h, w.0);
        } else {
            h = boxed(h, w, &mut todo);
        }
    }
    h
}

fn boxed(h: u64, w: Word, todo: &mut SmallVec<[Word; 32]>) -> u64 {
    // SAFETY: a boxed word of a live term.
    let o = unsafe { Obj::new(w.ptr()) };
    let header = o.header();
    let words = |h: u64, from: usize, to: usize| (from..to).fold(h, |h, i| mix(h, o.word(i).0));
    match header.header_kind() {
        ObjKind::PosBig | ObjKind::NegBig => words(mix(h, header.0), 0, o.size()),
        ObjKind::Float => mix(h ^ 0x33, o.word(0).0),
        ObjKind::HeapBits | ObjKind::SubBits | ObjKind::MatchCtx => bits(h, Bits(o)),
        ObjKind::Ref | ObjKind::MagicRef => mix(h ^ 0x55, o.word(0).0),
        ObjKind::ExtFun => words(mix(h, header.0), 1, 3),
        ObjKind::Fun => {
            todo.extend((2..o.size()).map(|i| o.word(i)));
            mix(mix(h, header.0), o.word(0).0)
        }
        ObjKind::Tuple | ObjKind::FlatMap => {
            todo.extend((0..o.size()).rev().map(|i| o.word(i)));
            mix(h, header.0)
        }
        ObjKind::BigMap => {
            // Order-free and shallow: such maps are rare as keys.
            let keys = super::Map(o).iter().filter(|(k, _)| k.raw().is_immediate());
            mix(
                mix(h, 0x77),
                keys.fold(o.word(0).0, |s, (k, _)| s.wrapping_add(mix(3, k.raw().0))),
            )
        }
        ObjKind::BinRef | ObjKind::MapNode | ObjKind::MapCollision | ObjKind::Filler => {
            unreachable!("not a term")
        }
    }
}

fn bits(h: u64, b: Bits<'_>) -> u64 {
    bytes(mix(h ^ 0x66, b.bit_len() as u64), &b.bytes())
}

fn bytes(mut h: u64, all: &[u8]) -> u64 {
    let mut chunks = all.chunks_exact(8);
    for c in chunks.by_ref() {
        h = mix(h, u64::from_le_bytes(c.try_into().expect("8 bytes")));
    }
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    mix(h, u64::from_le_bytes(last))
}
