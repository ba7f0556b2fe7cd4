//! The natives of `base64`: text without surprises, in both alphabets. What is none (white space, other characters, padding that is missing or too
//! much) is left to the Erlang side (`stdlib/src/base64.erl`), which knows the errors.

use crate::bifs::data::{Answer, binary_arg, spend};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx};
use crate::heap::Term;

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("base64", "encode_native", 3, encode).long_if(weight::first),
    BifRow::new("base64", "decode_native", 3, decode).long_if(weight::first),
];

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What [`values`] says of a character outside the alphabet.
const NONE: u8 = 255;

const fn values(digits: &[u8; 64]) -> [u8; 256] {
    let mut table = [NONE; 256];
    let mut i = 0;
    while i < 64 {
        table[digits[i] as usize] = i as u8;
        i += 1;
    }
    table
}

static STANDARD_VALUES: [u8; 256] = values(STANDARD);
static URL_SAFE_VALUES: [u8; 256] = values(URL_SAFE);

fn is_true(t: Term<'_>) -> bool {
    t.is_atom(crate::atoms::TRUE)
}

/// `encode_native(Bytes, IsUrlSafe, IsPadded)`
fn encode<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let bytes = binary_arg(args[0])?;
    let digits = if is_true(args[1]) { URL_SAFE } else { STANDARD };
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    let (whole, rest) = bytes.as_chunks::<3>();
    for (i, [a, b, c]) in whole.iter().enumerate() {
        let n = u32::from(*a) << 16 | u32::from(*b) << 8 | u32::from(*c);
        out.extend_from_slice(&[18, 12, 6, 0].map(|shift| digits[(n >> shift & 63) as usize]));
        if i % LONG_GROUPS == 0 {
            cx.breathe();
        }
    }
    if !rest.is_empty() {
        let n = rest
            .iter()
            .zip([16, 8])
            .fold(0, |n, (b, shift)| n | u32::from(*b) << shift);
        out.extend(
            [18, 12, 6]
                .iter()
                .take(rest.len() + 1)
                .map(|shift| digits[(n >> shift & 63) as usize]),
        );
        if is_true(args[2]) {
            out.extend(std::iter::repeat_n(b'=', 3 - rest.len()));
        }
    }
    spend(cx, bytes.len() / 8);
    Ok(cx.heap().binary(&out))
}

/// Groups between two looks at who else wants to run.
const LONG_GROUPS: usize = 1 << 16;

/// `decode_native(Text, IsUrlSafe, IsPadded)`: the bytes, or `false`.
fn decode<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let text = binary_arg(args[0])?;
    spend(cx, text.len() / 8);
    let values = if is_true(args[1]) {
        &URL_SAFE_VALUES
    } else {
        &STANDARD_VALUES
    };
    Ok(decoded(&text, values, is_true(args[2]), || cx.breathe())
        .map_or(Term::bool(false), |bytes| cx.heap().binary(&bytes)))
}

/// Padding may only fill the last group, and must where it is asked for.
fn decoded(
    text: &[u8],
    values: &[u8; 256],
    is_padded: bool,
    breathe: impl Fn(),
) -> Option<Vec<u8>> {
    let fill = text.iter().rev().take_while(|c| **c == b'=').count();
    let digits = &text[..text.len() - fill];
    let (whole, rest) = digits.as_chunks::<4>();
    let is_filled = match rest.len() {
        0 => fill == 0,
        1 => false,
        n => fill + n == 4 || (fill == 0 && !is_padded),
    };
    if !is_filled {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for (i, group) in whole.iter().enumerate() {
        let [a, b, c, d] = group.map(|c| values[usize::from(c)]);
        // Values have six bits; only `NONE` has the upper two.
        if (a | b | c | d) == NONE {
            return None;
        }
        let n = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
        out.extend_from_slice(&n.to_be_bytes()[1..]);
        if i % LONG_GROUPS == 0 {
            breathe();
        }
    }
    let mut n = 0u32;
    for (c, shift) in rest.iter().zip([18, 12, 6]) {
        let value = values[usize::from(*c)];
        if value == NONE {
            return None;
        }
        n |= u32::from(value) << shift;
    }
    out.extend_from_slice(&n.to_be_bytes()[1..][..rest.len().saturating_sub(1)]);
    Some(out)
}
