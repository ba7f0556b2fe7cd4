//! Checksums and digests: `md5`, `crc32`, `adler32`, each with its incremental forms, `phash` and `phash2`.

use digest::common::hazmat::{SerializableState, SerializedState};
use md5::{Digest, Md5};

use super::binaries::{binary, iodata_bytes};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Kind, Term, hash};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "md5", 1, md5).long_if(weight::first),
    BifRow::new("erlang", "md5_init", 0, md5_init),
    BifRow::new("erlang", "md5_update", 2, md5_update).long_if(weight::second),
    BifRow::new("erlang", "md5_final", 1, md5_final),
    BifRow::new("erlang", "crc32", 1, crc32).long_if(weight::first),
    BifRow::new("erlang", "crc32", 2, crc32_from).long_if(weight::second),
    BifRow::new("erlang", "crc32_combine", 3, crc32_combine),
    BifRow::new("erlang", "adler32", 1, adler32).long_if(weight::first),
    BifRow::new("erlang", "adler32", 2, adler32_from).long_if(weight::second),
    BifRow::new("erlang", "adler32_combine", 3, adler32_combine),
    BifRow::new("erlang", "phash", 2, phash).long_if(weight::first),
    BifRow::new("erlang", "phash2", 1, phash2).long_if(weight::first),
    BifRow::new("erlang", "phash2", 2, phash2_range).long_if(weight::first),
];

fn bytes<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<Vec<u8>, Raise<'h>> {
    let bytes = iodata_bytes(t)?;
    cx.bump(bytes.len() as i64 / 40);
    Ok(bytes)
}

/// Bytes of which a digest is made before others go first: about a hundred microseconds.
const PART: usize = 64 * 1024;

/// Takes a text in parts.
fn in_parts(cx: &Cx<'_>, bytes: &[u8], mut take: impl FnMut(&[u8])) {
    for part in bytes.chunks(PART) {
        take(part);
        cx.breathe();
    }
}

fn md5<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut state = Md5::new();
    in_parts(cx, &bytes(cx, args[0])?, |part| state.update(part));
    Ok(cx.heap().binary(&state.finalize()))
}

/// The context of an incremental digest is a mark and the digest's own state; opaque to programs, as in OTP.
fn md5_init<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(context_term(cx, &Md5::new()))
}

/// First bytes of a context, so that a binary that is none is refused.
const CONTEXT: &[u8] = b"\0transom md5 context\0";

fn context_term<'h>(cx: &Cx<'h>, state: &Md5) -> Term<'h> {
    let mut bytes = CONTEXT.to_vec();
    bytes.extend(state.serialize());
    cx.heap().binary(&bytes)
}

fn context<'h>(t: Term<'h>) -> Result<Md5, Raise<'h>> {
    let bytes = binary(t)?.bytes().into_owned();
    let state = bytes.strip_prefix(CONTEXT).ok_or_else(Raise::badarg)?;
    let state = SerializedState::<Md5>::try_from(state).map_err(|_| Raise::badarg())?;
    Md5::deserialize(&state).map_err(|_| Raise::badarg())
}

fn md5_update<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let mut state = context(args[0])?;
    in_parts(cx, &bytes(cx, args[1])?, |part| state.update(part));
    Ok(context_term(cx, &state))
}

fn md5_final<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let digest = context(args[0])?.finalize();
    Ok(cx.heap().binary(&digest))
}

/// An unsigned 32-bit argument.
fn word<'h>(t: Term<'h>) -> Result<u32, Raise<'h>> {
    t.as_usize()
        .and_then(|n| u32::try_from(n).ok())
        .ok_or_else(Raise::badarg)
}

fn crc32_of(cx: &Cx<'_>, start: u32, bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    in_parts(cx, bytes, |part| crc.update(part));
    match start {
        0 => crc.sum(),
        _ => combine_crc32(start, crc.sum(), bytes.len() as u64),
    }
}

fn crc32<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let sum = crc32_of(cx, 0, &bytes(cx, args[0])?);
    Ok(cx.heap().int(i64::from(sum)))
}

fn crc32_from<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let sum = crc32_of(cx, word(args[0])?, &bytes(cx, args[1])?);
    Ok(cx.heap().int(i64::from(sum)))
}

fn crc32_combine<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let len = u64::from(word(args[2])?);
    let sum = combine_crc32(word(args[0])?, word(args[1])?, len);
    Ok(cx.heap().int(i64::from(sum)))
}

/// The checksum of two texts from theirs: the first is moved over `len` zero bytes by squaring a 32 by 32 matrix over GF(2)
/// (Mark Adler's method, described in zlib's documentation).
fn combine_crc32(first: u32, second: u32, len: u64) -> u32 {
    fn times(matrix: &[u32; 32], vector: u32) -> u32 {
        (0..32)
            .filter(|bit| vector >> bit & 1 == 1)
            .fold(0, |sum, bit| sum ^ matrix[bit])
    }
    fn square(matrix: &[u32; 32]) -> [u32; 32] {
        std::array::from_fn(|i| times(matrix, matrix[i]))
    }
    let one_bit: [u32; 32] =
        std::array::from_fn(|i| if i == 0 { 0xedb8_8320 } else { 1 << (i - 1) });
    // Eight zero bits: one byte.
    let mut power = square(&square(&square(&one_bit)));
    let (mut crc, mut left) = (first, len);
    while left > 0 {
        if left & 1 == 1 {
            crc = times(&power, crc);
        }
        left >>= 1;
        power = square(&power);
    }
    crc ^ second
}

const ADLER: u32 = 65_521;

fn adler32_of(start: u32, bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (start & 0xffff, start >> 16);
    for chunk in bytes.chunks(5_552) {
        for byte in chunk {
            a += u32::from(*byte);
            b += a;
        }
        a %= ADLER;
        b %= ADLER;
    }
    b << 16 | a
}

fn adler32<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let sum = adler32_of(1, &bytes(cx, args[0])?);
    Ok(cx.heap().int(i64::from(sum)))
}

fn adler32_from<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let sum = adler32_of(word(args[0])?, &bytes(cx, args[1])?);
    Ok(cx.heap().int(i64::from(sum)))
}

fn adler32_combine<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (first, second) = (word(args[0])?, word(args[1])?);
    let len = u64::from(word(args[2])?);
    if len == 0 {
        return Ok(cx.heap().int(i64::from(first)));
    }
    let len = len % u64::from(ADLER);
    let (a1, b1) = (u64::from(first & 0xffff), u64::from(first >> 16));
    let (a2, b2) = (u64::from(second & 0xffff), u64::from(second >> 16));
    let modulus = u64::from(ADLER);
    let a = (a1 + a2 + modulus - 1) % modulus;
    let b = (b1 + b2 + len * (a1 + modulus - 1)) % modulus;
    Ok(cx.heap().int((b << 16 | a) as i64))
}

fn phash2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    Ok(cx
        .heap()
        .int(i64::from(hash::phash2(cx.atoms(), args[0]) & 0x07ff_ffff)))
}

/// 1 to 2^32.
fn range<'h>(t: Term<'h>) -> Result<u64, Raise<'h>> {
    match t.kind() {
        Kind::Small(n) if (1..=1 << 32).contains(&n) => Ok(n as u64),
        _ => Err(Raise::badarg()),
    }
}

fn phash2_range<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let range = range(args[1])?;
    let hash = u64::from(hash::phash2_whole(cx.atoms(), args[0]));
    Ok(cx.heap().int((hash % range) as i64))
}

/// The older hash counts from 1.
fn phash<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let range = range(args[1])?;
    let hash = u64::from(hash::phash(cx.atoms(), args[0]));
    Ok(cx.heap().int((hash % range) as i64 + 1))
}
