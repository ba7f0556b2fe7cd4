//! Reading and writing numbers and code points at any bit position. Plain functions on bytes.

use smallvec::SmallVec;
use transom_bytecode::SegFlags;

/// `n` bits from bit `at` on, moved to a byte boundary and zero-padded.
pub(super) fn window(bytes: &[u8], at: usize, n: usize) -> SmallVec<[u8; 16]> {
    let (first, shift) = (at / 8, at % 8);
    let count = n.div_ceil(8);
    let mut out: SmallVec<[u8; 16]> = SmallVec::with_capacity(count);
    if shift == 0 {
        out.extend_from_slice(&bytes[first..first + count]);
    } else {
        let get = |i: usize| bytes.get(first + i).copied().unwrap_or(0);
        out.extend((0..count).map(|i| (get(i) << shift) | (get(i + 1) >> (8 - shift))));
    }
    if !n.is_multiple_of(8)
        && let Some(last) = out.last_mut()
    {
        *last &= 0xffu8 << (8 - n % 8);
    }
    out
}

/// An unsigned number of at most 64 bits.
pub(super) fn read_u64(bytes: &[u8], at: usize, n: usize, little: bool) -> u64 {
    let got = window(bytes, at, n);
    if little {
        little_end(&got, n)
    } else {
        big_end(&got, n)
    }
}

fn big_end(left: &[u8], n: usize) -> u64 {
    let v = left.iter().fold(0u128, |v, b| v << 8 | u128::from(*b));
    (v >> ((8 - n % 8) % 8)) as u64
}

/// Bytes come lowest first; the bits of an incomplete last byte are the highest.
fn little_end(left: &[u8], n: usize) -> u64 {
    let mut v = 0u64;
    for (i, b) in left.iter().enumerate() {
        let bits = (n - i * 8).min(8);
        v |= u64::from(b >> (8 - bits)) << (i * 8);
    }
    v
}

/// A number of any size, as bytes with the lowest first; the last one is filled up with the sign if `flags` say that there is one.
pub(super) fn read_integer(bytes: &[u8], at: usize, n: usize, flags: SegFlags) -> Vec<u8> {
    let mut got = window(bytes, at, n).into_vec();
    let odd = n % 8;
    if odd != 0 {
        if flags.little() {
            if let Some(last) = got.last_mut() {
                *last >>= 8 - odd;
            }
        } else {
            // Left-aligned to right-aligned.
            for i in (0..got.len()).rev() {
                let before = if i == 0 { 0 } else { got[i - 1] };
                got[i] = (got[i] >> (8 - odd)) | (before << odd);
            }
        }
    }
    if !flags.little() {
        got.reverse();
    }
    if odd != 0
        && flags.signed()
        && let Some(last) = got.last_mut()
        && *last >> (odd - 1) & 1 == 1
    {
        *last |= 0xffu8 << odd;
    }
    got
}

/// The `n` low bits of a number in two's complement, given lowest byte first, laid out for a binary: from a byte boundary on, zero-padded.
pub(super) fn integer_bits(mut bytes: Vec<u8>, n: usize, little: bool) -> Vec<u8> {
    if !n.is_multiple_of(8)
        && let Some(last) = bytes.last_mut()
    {
        *last &= (1 << (n % 8)) - 1;
    }
    lay_out(bytes, n, little)
}

/// The same for a number of 64 bits.
pub(super) fn small_bits(value: i64, n: usize, little: bool) -> SmallVec<[u8; 16]> {
    if n <= 64 && n.is_multiple_of(8) {
        return if little {
            SmallVec::from_slice(&value.to_le_bytes()[..n / 8])
        } else {
            SmallVec::from_slice(&value.to_be_bytes()[8 - n / 8..])
        };
    }
    let count = n.div_ceil(8);
    let fill = if value < 0 { 0xff } else { 0 };
    let mut bytes: SmallVec<[u8; 16]> = SmallVec::from_slice(&value.to_le_bytes());
    bytes.resize(count, fill);
    if !n.is_multiple_of(8)
        && let Some(last) = bytes.last_mut()
    {
        *last &= (1 << (n % 8)) - 1;
    }
    SmallVec::from_vec(lay_out(bytes.into_vec(), n, little))
}

/// From lowest byte first to the order in a binary.
fn lay_out(mut bytes: Vec<u8>, n: usize, little: bool) -> Vec<u8> {
    let odd = n % 8;
    if little {
        if odd != 0
            && let Some(last) = bytes.last_mut()
        {
            *last <<= 8 - odd;
        }
        return bytes;
    }
    bytes.reverse();
    if odd != 0 {
        // Right-aligned to left-aligned.
        for i in 0..bytes.len() {
            let next = bytes.get(i + 1).copied().unwrap_or(0);
            bytes[i] = (bytes[i] << (8 - odd)) | (next >> odd);
        }
    }
    bytes
}

/// The float of 16, 32 or 64 bits; none if it is not finite.
pub(super) fn float_from(raw: u64, n: usize) -> Option<f64> {
    let x = match n {
        0 => 0.0,
        16 => half_to_double(raw as u16),
        32 => f64::from(f32::from_bits(raw as u32)),
        _ => f64::from_bits(raw),
    };
    x.is_finite().then_some(x)
}

/// The bits of a float in 16, 32 or 64 bits; none for another size. What is too large becomes infinite, as in Erlang/OTP.
pub(super) fn float_bits(x: f64, n: usize) -> Option<u64> {
    match n {
        16 => Some(u64::from(double_to_half(x))),
        32 => Some(u64::from((x as f32).to_bits())),
        64 => Some(x.to_bits()),
        _ => None,
    }
}

fn half_to_double(h: u16) -> f64 {
    let sign = if h & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(h >> 10 & 31), f64::from(h & 0x3ff));
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        e => (1.0 + fraction / 1024.0) * 2f64.powi(e - 15),
    }
}

/// Rounds to nearest, ties to even.
fn double_to_half(x: f64) -> u16 {
    let sign = if x.is_sign_negative() { 0x8000 } else { 0 };
    let m = x.abs();
    if m >= 65_520.0 {
        return sign | 0x7c00;
    }
    let step = if m < 2f64.powi(-14) {
        2f64.powi(-24)
    } else {
        2f64.powi(m.log2().floor() as i32 - 10)
    };
    let units = (m / step).round_ties_even();
    let y = units * step;
    if y == 0.0 {
        return sign;
    }
    if y < 2f64.powi(-14) {
        return sign | (y / 2f64.powi(-24)) as u16;
    }
    let e = y.log2().floor() as i32;
    let fraction = ((y / 2f64.powi(e) - 1.0) * 1024.0) as u16;
    sign | ((e + 15) as u16) << 10 | fraction
}

/// Code point and bytes used.
pub(super) fn decode_utf8(bytes: &[u8], left: usize) -> Option<(u32, usize)> {
    let lead = *bytes.first()?;
    let n = match lead {
        0..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    if left < n || bytes.len() < n {
        return None;
    }
    let c = std::str::from_utf8(&bytes[..n]).ok()?.chars().next()?;
    Some((c as u32, n))
}

pub(super) fn decode_utf16(bytes: &[u8], left: usize, little: bool) -> Option<(u32, usize)> {
    let unit = |i: usize| -> Option<u32> {
        let pair = [*bytes.get(i)?, *bytes.get(i + 1)?];
        Some(u32::from(if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }))
    };
    if left < 2 {
        return None;
    }
    let first = unit(0)?;
    match first {
        0xd800..=0xdbff if left >= 4 => {
            let second = unit(2)?;
            (0xdc00..=0xdfff)
                .contains(&second)
                .then(|| (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), 4))
        }
        0xd800..=0xdfff => None,
        _ => Some((first, 2)),
    }
}

pub(super) fn decode_utf32(bytes: &[u8], left: usize, little: bool) -> Option<(u32, usize)> {
    if left < 4 {
        return None;
    }
    let four: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
    let v = if little {
        u32::from_le_bytes(four)
    } else {
        u32::from_be_bytes(four)
    };
    char::from_u32(v).map(|c| (c as u32, 4))
}

/// A code point's bytes.
pub(super) fn encode_utf(kind: u8, point: char, little: bool) -> SmallVec<[u8; 16]> {
    let mut out = SmallVec::new();
    match kind {
        8 => {
            let mut buffer = [0; 4];
            out.extend_from_slice(point.encode_utf8(&mut buffer).as_bytes());
        }
        16 => {
            let mut buffer = [0; 2];
            for unit in point.encode_utf16(&mut buffer) {
                let pair = if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                };
                out.extend_from_slice(&pair);
            }
        }
        _ => {
            let v = point as u32;
            out.extend_from_slice(&if little {
                v.to_le_bytes()
            } else {
                v.to_be_bytes()
            });
        }
    }
    out
}

/// Bits being put together.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: SmallVec<[u8; 256]>,
    pub(super) len: usize,
}

impl Writer {
    /// The first `n` bits of `from`, whose bits behind them are 0.
    pub(super) fn put(&mut self, from: &[u8], n: usize) {
        let from = &from[..n.div_ceil(8)];
        let shift = self.len % 8;
        if shift == 0 {
            self.bytes.extend_from_slice(from);
        } else {
            for b in from {
                if let Some(last) = self.bytes.last_mut() {
                    *last |= b >> shift;
                }
                self.bytes.push(b << (8 - shift));
            }
        }
        self.len += n;
        self.bytes.truncate(self.len.div_ceil(8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_go_in_and_come_out_at_any_position() {
        for n in 1..=64 {
            for little in [false, true] {
                for lead in 0..9 {
                    let v = (0x9234_5678_9abc_def1u64 as i64) >> (64 - n);
                    let mut w = Writer::default();
                    // What is put in is zero-padded.
                    w.put(&window(&[0xff, 0xff], 0, lead), lead);
                    w.put(&small_bits(v, n, little), n);
                    let bytes = v.to_le_bytes()[..n.div_ceil(8)].to_vec();
                    let big = integer_bits(bytes.clone(), n, little);
                    assert_eq!(big[..], small_bits(v, n, little)[..]);
                    let flags = SegFlags(if little { 3 } else { 2 });
                    assert_eq!(read_integer(&w.bytes, lead, n, flags), bytes);
                    let mask = if n == 64 { u64::MAX } else { (1 << n) - 1 };
                    assert_eq!(read_u64(&w.bytes, lead, n, little), v as u64 & mask);
                }
            }
        }
    }

    #[test]
    fn half_floats_round_to_even() {
        for (x, bits) in [
            (1.0, 0x3c00),
            (-2.0, 0xc000),
            (65_504.0, 0x7bff),
            (2f64.powi(-24), 1),
            (0.0, 0),
        ] {
            assert_eq!(double_to_half(x), bits);
            assert_eq!(half_to_double(bits), x);
        }
        assert_eq!(double_to_half(65_520.0), 0x7c00);
        assert_eq!(float_from(0x7c00, 16), None);
    }
}
