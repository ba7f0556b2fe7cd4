//! Module `binary`: parts, numbers, hex. Searching is in `binary_search`.

use crate::atoms;
use crate::bifs::data::{Answer, binary_arg, bits_arg, list_arg, spend, usize_arg};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Int, Term};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("binary", "at", 2, at),
    BifRow::new("binary", "first", 1, |cx, a| {
        byte(cx, &binary_arg(a[0])?, 0)
    }),
    BifRow::new("binary", "last", 1, last),
    BifRow::new("binary", "part", 2, part2),
    BifRow::new("binary", "part", 3, |cx, a| part(cx, a[0], a[1], a[2])),
    BifRow::new("binary", "bin_to_list", 1, |cx, a| {
        Ok(bytes_to_list(cx, &binary_arg(a[0])?))
    })
    .long_if(weight::first),
    BifRow::new("binary", "bin_to_list", 2, bin_to_list2).long_if(weight::first),
    BifRow::new("binary", "bin_to_list", 3, |cx, a| {
        listed(cx, a[0], a[1], a[2])
    })
    .long_if(weight::first),
    BifRow::new("binary", "list_to_bin", 1, |cx, a| {
        Ok(cx
            .heap()
            .binary(&crate::bifs::data::iodata_bytes(only_list(a[0])?)?))
    })
    .long_if(weight::first),
    BifRow::new("binary", "copy", 1, |cx, a| {
        Ok(cx.heap().binary(&binary_arg(a[0])?))
    }),
    BifRow::new("binary", "copy", 2, copy2),
    BifRow::new("binary", "encode_unsigned", 1, |cx, a| {
        encode(cx, a[0], true)
    }),
    BifRow::new("binary", "encode_unsigned", 2, |cx, a| {
        encode(cx, a[0], endian(a[1])?)
    }),
    BifRow::new("binary", "decode_unsigned", 1, |cx, a| {
        decode(cx, a[0], true)
    }),
    BifRow::new("binary", "decode_unsigned", 2, |cx, a| {
        decode(cx, a[0], endian(a[1])?)
    }),
    BifRow::new("binary", "longest_common_prefix", 1, |cx, a| {
        common(cx, a[0], false)
    }),
    BifRow::new("binary", "longest_common_suffix", 1, |cx, a| {
        common(cx, a[0], true)
    }),
    BifRow::new("binary", "referenced_byte_size", 1, referenced),
    BifRow::new("binary", "encode_hex", 1, |cx, a| {
        encode_hex(cx, a[0], true)
    })
    .long_if(weight::first),
    BifRow::new("binary", "encode_hex", 2, encode_hex2).long_if(weight::first),
    BifRow::new("binary", "decode_hex", 1, decode_hex).long_if(weight::first),
    BifRow::new("binary", "join", 2, join).long_if(weight::first),
];

fn byte<'h>(cx: &Cx<'h>, bytes: &[u8], i: usize) -> Answer<'h> {
    bytes
        .get(i)
        .map(|b| cx.heap().int(*b as i64))
        .ok_or_else(Raise::badarg)
}

fn at<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    byte(cx, &binary_arg(a[0])?, usize_arg(a[1])?)
}

fn last<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(a[0])?;
    byte(cx, &bytes, bytes.len().wrapping_sub(1))
}

/// First byte and length of a part; a negative length counts back from the position.
pub(super) fn range<'h>(
    total: usize,
    at: Term<'h>,
    len: Term<'h>,
) -> Result<(usize, usize), Raise<'h>> {
    let at = usize_arg(at)?;
    let len = len.as_small().ok_or_else(Raise::badarg)?;
    let n = len.unsigned_abs() as usize;
    let from = if len < 0 {
        at.checked_sub(n).ok_or_else(Raise::badarg)?
    } else {
        at
    };
    if at > total || from > total || n > total - from {
        Err(Raise::badarg())
    } else {
        Ok((from, n))
    }
}

/// `{Position, Length}` of a binary of that many bytes.
pub(super) fn range_pair<'h>(total: usize, t: Term<'h>) -> Result<(usize, usize), Raise<'h>> {
    let t = t
        .as_tuple()
        .filter(|t| t.len() == 2)
        .ok_or_else(Raise::badarg)?;
    match (t.get(0), t.get(1)) {
        (Some(at), Some(len)) => range(total, at, len),
        _ => Err(Raise::badarg()),
    }
}

/// Of a bitstring the whole bytes count, as in OTP.
fn part<'h>(cx: &Cx<'h>, t: Term<'h>, at: Term<'h>, len: Term<'h>) -> Answer<'h> {
    let b = t.as_bits().ok_or_else(Raise::badarg)?;
    let (from, n) = range(b.bit_len() / 8, at, len)?;
    Ok(cx.heap().sub_bits(b, from * 8, n * 8))
}

fn part2<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let b = a[0].as_bits().ok_or_else(Raise::badarg)?;
    let (from, n) = range_pair(b.bit_len() / 8, a[1])?;
    Ok(cx.heap().sub_bits(b, from * 8, n * 8))
}

fn bytes_to_list<'h>(cx: &Cx<'h>, bytes: &[u8]) -> Term<'h> {
    spend(cx, bytes.len());
    cx.heap()
        .list_from(bytes.iter().map(|b| cx.heap().int(*b as i64)))
}

fn listed<'h>(cx: &Cx<'h>, t: Term<'h>, at: Term<'h>, len: Term<'h>) -> Answer<'h> {
    let bytes = binary_arg(t)?;
    let (from, n) = range(bytes.len(), at, len)?;
    Ok(bytes_to_list(cx, &bytes[from..from + n]))
}

fn bin_to_list2<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(a[0])?;
    let (from, n) = range_pair(bytes.len(), a[1])?;
    Ok(bytes_to_list(cx, &bytes[from..from + n]))
}

fn only_list<'h>(t: Term<'h>) -> Result<Term<'h>, Raise<'h>> {
    if t.is_list() {
        Ok(t)
    } else {
        Err(Raise::badarg())
    }
}

/// Bytes that are copied on a scheduler: about a millisecond with the pages they need.
const LONG_COPY: usize = 2 << 20;

fn copy2<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(a[0])?;
    let n = usize_arg(a[1])?;
    let total = bytes
        .len()
        .checked_mul(n)
        .filter(|t| cx.heap().env().budget.has_room(*t))
        .ok_or_else(Raise::system_limit)?;
    if total > LONG_COPY {
        cx.long(a)?;
    }
    spend(cx, total / 8);
    Ok(cx.heap().binary(&bytes.repeat(n)))
}

/// True for `big`.
fn endian<'h>(t: Term<'h>) -> Result<bool, Raise<'h>> {
    match t.as_atom() {
        Some(atoms::BIG) => Ok(true),
        Some(atoms::LITTLE) => Ok(false),
        _ => Err(Raise::badarg()),
    }
}

fn encode<'h>(cx: &Cx<'h>, t: Term<'h>, big: bool) -> Answer<'h> {
    let i = Int::of(t)
        .filter(|i| !i.is_negative())
        .ok_or_else(Raise::badarg)?;
    let mut bytes = i.to_le_bytes(i.limbs().len() * 8);
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    if bytes.is_empty() {
        bytes.push(0);
    }
    if big {
        bytes.reverse();
    }
    Ok(cx.heap().binary(&bytes))
}

fn decode<'h>(cx: &Cx<'h>, t: Term<'h>, big: bool) -> Answer<'h> {
    let mut bytes = binary_arg(t)?.into_owned();
    if big {
        bytes.reverse();
    }
    if bytes.len() > crate::heap::MAX_BITS / 8 {
        return Err(Raise::system_limit());
    }
    Ok(cx.heap().int_from_le_bytes(&bytes, false))
}

fn common<'h>(cx: &Cx<'h>, t: Term<'h>, suffix: bool) -> Answer<'h> {
    let all = list_arg(t)?
        .into_iter()
        .map(binary_arg)
        .collect::<Result<Vec<_>, _>>()?;
    let (first, rest) = all.split_first().ok_or_else(Raise::badarg)?;
    let at = |b: &[u8], i: usize| {
        if suffix {
            b.len().checked_sub(i + 1).map(|j| b[j])
        } else {
            b.get(i).copied()
        }
    };
    let n = (0..first.len())
        .take_while(|i| rest.iter().all(|b| at(b, *i) == at(first, *i)))
        .count();
    Ok(cx.heap().int(n as i64))
}

fn referenced<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let b = bits_arg(a[0])?;
    let n = b
        .referenced()
        .map_or(b.byte_len(), |block| block.used_bits() / 8);
    Ok(cx.heap().int(n as i64))
}

fn encode_hex<'h>(cx: &Cx<'h>, t: Term<'h>, upper: bool) -> Answer<'h> {
    let digits: &[u8; 16] = if upper {
        b"0123456789ABCDEF"
    } else {
        b"0123456789abcdef"
    };
    let bytes = binary_arg(t)?;
    spend(cx, bytes.len());
    let out: Vec<u8> = bytes
        .iter()
        .flat_map(|b| [digits[(b >> 4) as usize], digits[(b & 15) as usize]])
        .collect();
    Ok(cx.heap().binary(&out))
}

fn encode_hex2<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match a[1].as_atom().map(|c| cx.atoms().text(c)) {
        Some("uppercase") => encode_hex(cx, a[0], true),
        Some("lowercase") => encode_hex(cx, a[0], false),
        _ => Err(Raise::badarg()),
    }
}

fn decode_hex<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(a[0])?;
    if bytes.len() % 2 != 0 {
        return Err(Raise::badarg());
    }
    let digit = |b: u8| (b as char).to_digit(16);
    let out: Option<Vec<u8>> = bytes
        .chunks_exact(2)
        .map(|p| Some((digit(p[0])? << 4 | digit(p[1])?) as u8))
        .collect();
    out.map(|b| cx.heap().binary(&b)).ok_or_else(Raise::badarg)
}

fn join<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let separator = binary_arg(a[1])?;
    let parts = list_arg(a[0])?
        .into_iter()
        .map(binary_arg)
        .collect::<Result<Vec<_>, _>>()?;
    let out = parts.join(&separator[..]);
    spend(cx, out.len() / 8);
    Ok(cx.heap().binary(&out))
}
