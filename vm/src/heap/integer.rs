//! Integers of any size as Erlang sees them: arithmetic, bits, text, floats. Operands are terms; smalls take a short way.
//! Results above [`MAX_BITS`] are an error before they are computed.

use super::bignum::{self, Limbs, bit_len};
use super::{Heap, Kind, Term};
use std::cmp::Ordering;

/// Integers have at most this many bits, as in Erlang/OTP 27.
pub const MAX_BITS: usize = 4_194_304;

/// The result would be too big: an Erlang `system_limit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooBig;

/// Sign and magnitude of an integer term.
#[derive(Clone, Copy)]
pub struct Int<'h> {
    negative: bool,
    small: [u64; 1],
    big: Option<&'h [u64]>,
}

impl<'h> Int<'h> {
    /// The integer in a term.
    pub fn of(t: Term<'h>) -> Option<Int<'h>> {
        match t.kind() {
            Kind::Small(i) => Some(Int::from(i)),
            Kind::Big(b) => Some(Int {
                negative: b.is_negative(),
                small: [0],
                big: Some(b.limbs()),
            }),
            _ => None,
        }
    }
    /// Is it below zero?
    pub fn is_negative(&self) -> bool {
        self.negative
    }
    /// The magnitude without leading zeros.
    pub fn limbs(&self) -> &[u64] {
        match self.big {
            Some(b) => b,
            None if self.small[0] == 0 => &[],
            None => &self.small,
        }
    }
    /// The nearest float, ties to even; none beyond the largest.
    pub fn to_f64(&self) -> Option<f64> {
        let m = magnitude_to_f64(self.limbs())?;
        Some(if self.negative { -m } else { m })
    }
    /// Digits in a base of 2 to 36, with `-` if negative.
    pub fn to_text(&self, base: u32) -> String {
        let digits = bignum::to_digits(self.limbs(), base);
        if self.negative {
            format!("-{digits}")
        } else {
            digits
        }
    }
    /// The lowest `n` bytes of the two's complement, least significant first.
    pub fn to_le_bytes(&self, n: usize) -> Vec<u8> {
        let limbs = bignum::twos_complement(self.negative, self.limbs(), n.div_ceil(8));
        let mut out: Vec<u8> = limbs.iter().flat_map(|l| l.to_le_bytes()).collect();
        out.truncate(n);
        out
    }
    /// The value if it fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self.limbs() {
            [] => Some(0),
            [l] => i64::try_from(if self.negative {
                -(*l as i128)
            } else {
                *l as i128
            })
            .ok(),
            _ => None,
        }
    }
    /// The value if it is not negative and fits.
    pub fn to_u64(&self) -> Option<u64> {
        match self.limbs() {
            [] => Some(0),
            [l] if !self.negative => Some(*l),
            _ => None,
        }
    }
}

impl From<i64> for Int<'_> {
    fn from(i: i64) -> Self {
        Int {
            negative: i < 0,
            small: [i.unsigned_abs()],
            big: None,
        }
    }
}

fn magnitude_to_f64(a: &[u64]) -> Option<f64> {
    let bits = bit_len(a);
    if bits <= 64 {
        return Some(a.first().copied().unwrap_or(0) as f64);
    }
    if bits > 1024 {
        return None;
    }
    // Keep 64 bits, the lowest of them sticky; the conversion of 64 bits then rounds correctly.
    let (top, lost) = bignum::shr(a, bits - 64);
    let f = (top[0] | lost as u64) as f64 * 2f64.powi((bits - 64) as i32);
    f.is_finite().then_some(f)
}

/// A magnitude with the sign it is to have.
type Signed = (bool, Limbs);

fn add(a: &Int<'_>, b: &Int<'_>, flip: bool) -> Signed {
    let b_negative = b.negative != flip;
    let (x, y) = (a.limbs(), b.limbs());
    if a.negative == b_negative {
        return (a.negative, bignum::add(x, y));
    }
    match bignum::cmp_limbs(x, y) {
        Ordering::Less => (b_negative, bignum::sub(y, x)),
        _ => (a.negative, bignum::sub(x, y)),
    }
}

macro_rules! ints {
    ($a:expr, $b:expr) => {
        (Int::of($a)?, Int::of($b)?)
    };
}

/// Answers: none if an operand is no integer (or the divisor 0), an error if the result is too big.
pub type IntResult<'h> = Option<Result<Term<'h>, TooBig>>;

impl Heap {
    fn signed(&self, (negative, limbs): Signed) -> Result<Term<'_>, TooBig> {
        if bit_len(&limbs) > MAX_BITS {
            Err(TooBig)
        } else {
            Ok(self.big(negative, &limbs))
        }
    }

    /// `A + B`.
    pub fn int_add<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
            return Some(Ok(self.int(x + y)));
        }
        let (a, b) = ints!(a, b);
        Some(self.signed(add(&a, &b, false)))
    }

    /// `A - B`.
    pub fn int_sub<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
            return Some(Ok(self.int(x - y)));
        }
        let (a, b) = ints!(a, b);
        Some(self.signed(add(&a, &b, true)))
    }

    /// `A * B`.
    pub fn int_mul<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        if let (Some(x), Some(y)) = (a.as_small(), b.as_small())
            && let Some(p) = x.checked_mul(y)
        {
            return Some(Ok(self.int(p)));
        }
        let (a, b) = ints!(a, b);
        if bit_len(a.limbs()) + bit_len(b.limbs()) > MAX_BITS + 1 {
            return Some(Err(TooBig));
        }
        Some(self.signed((a.negative != b.negative, bignum::mul(a.limbs(), b.limbs()))))
    }

    /// `div`, towards zero.
    pub fn int_div<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
            return Some(Ok(self.int(x.checked_div(y)?)));
        }
        let (a, b) = ints!(a, b);
        if b.limbs().is_empty() {
            return None;
        }
        let (q, _) = bignum::div_rem(a.limbs(), b.limbs());
        Some(self.signed((a.negative != b.negative, q)))
    }

    /// `rem`, with the sign of the dividend.
    pub fn int_rem<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
            return Some(Ok(self.int(x.checked_rem(y)?)));
        }
        let (a, b) = ints!(a, b);
        if b.limbs().is_empty() {
            return None;
        }
        let (_, r) = bignum::div_rem(a.limbs(), b.limbs());
        Some(self.signed((a.negative, r)))
    }

    /// `-A`.
    pub fn int_neg<'h>(&'h self, a: Term<'_>) -> IntResult<'h> {
        let a = Int::of(a)?;
        Some(self.signed((!a.negative, a.limbs().into())))
    }

    /// `abs/1` of an integer.
    pub fn int_abs<'h>(&'h self, a: Term<'_>) -> IntResult<'h> {
        let a = Int::of(a)?;
        Some(self.signed((false, a.limbs().into())))
    }

    fn bitwise<'h>(&'h self, a: Term<'_>, b: Term<'_>, f: fn(u64, u64) -> u64) -> IntResult<'h> {
        if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
            return Some(Ok(self.int(f(x as u64, y as u64) as i64)));
        }
        let (a, b) = ints!(a, b);
        let n = a.limbs().len().max(b.limbs().len()) + 1;
        let x = bignum::twos_complement(a.negative, a.limbs(), n);
        let y = bignum::twos_complement(b.negative, b.limbs(), n);
        let out = x.iter().zip(&y).map(|(p, q)| f(*p, *q)).collect();
        Some(self.signed(bignum::from_twos_complement(out)))
    }
    /// `A band B`, as of endless two's complement.
    pub fn int_band<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        self.bitwise(a, b, |x, y| x & y)
    }
    /// `A bor B`, as of endless two's complement.
    pub fn int_bor<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        self.bitwise(a, b, |x, y| x | y)
    }
    /// `A bxor B`, as of endless two's complement.
    pub fn int_bxor<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        self.bitwise(a, b, |x, y| x ^ y)
    }
    /// `bnot A`.
    pub fn int_bnot<'h>(&'h self, a: Term<'_>) -> IntResult<'h> {
        let minus_one = Term::small(-1).expect("-1 is small");
        self.bitwise(a, minus_one, |x, y| x ^ y)
    }

    /// `a bsl b`; a negative count shifts right.
    pub fn int_bsl<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        let (x, n) = ints!(a, b);
        self.shift(x, n, true)
    }
    /// `a bsr b`; a negative count shifts left.
    pub fn int_bsr<'h>(&'h self, a: Term<'_>, b: Term<'_>) -> IntResult<'h> {
        let (x, n) = ints!(a, b);
        self.shift(x, n, false)
    }

    fn shift<'h>(&'h self, x: Int<'_>, n: Int<'_>, left: bool) -> IntResult<'h> {
        if x.limbs().is_empty() {
            return Some(Ok(self.int(0)));
        }
        let count = match n.limbs() {
            [] => 0,
            [l] => usize::try_from(*l).unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        if left != n.negative {
            if count > MAX_BITS || bit_len(x.limbs()) + count > MAX_BITS {
                return Some(Err(TooBig));
            }
            return Some(self.signed((x.negative, bignum::shl(x.limbs(), count))));
        }
        let (mut out, lost) = bignum::shr(x.limbs(), count);
        if x.negative && lost {
            // Rounds towards minus infinity.
            out = bignum::add(&out, &[1]);
        }
        Some(self.signed((x.negative, out)))
    }

    /// `+` or `-`, then digits of a base from 2 to 36: none if it is no such text.
    pub fn int_parse<'h>(&'h self, text: &[u8], base: u32) -> IntResult<'h> {
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        // Twelve digits fit 64 bits in every base, which is what most numbers are.
        if (1..=12).contains(&digits.len()) {
            let mut value = 0;
            for digit in digits {
                value = value * i64::from(base) + i64::from(char::from(*digit).to_digit(base)?);
            }
            return Some(Ok(self.int(if negative { -value } else { value })));
        }
        // A digit is worth at most 5.2 bits; refuse before computing.
        if digits.len() > MAX_BITS && digits.iter().all(|c| (*c as char).is_digit(base)) {
            return Some(Err(TooBig));
        }
        Some(self.signed((negative, bignum::from_digits(digits, base)?)))
    }

    /// A finite float without its fraction.
    pub fn int_from_f64(&self, f: f64) -> Term<'_> {
        let f = f.trunc();
        if f.abs() < 9.0e18 {
            return self.int(f as i64);
        }
        let bits = f.to_bits();
        let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
        let limbs = bignum::shl(&[mantissa], ((bits >> 52) & 0x7ff) as usize - 1075);
        self.big(f < 0.0, &limbs)
    }

    /// Bytes, least significant first, as an unsigned or two's complement number.
    pub fn int_from_le_bytes(&self, bytes: &[u8], signed: bool) -> Term<'_> {
        let fill = if signed && bytes.last().is_some_and(|b| b >> 7 != 0) {
            0xff
        } else {
            0
        };
        let mut limbs: Limbs = bytes
            .chunks(8)
            .map(|c| {
                let mut w = [fill; 8];
                w[..c.len()].copy_from_slice(c);
                u64::from_le_bytes(w)
            })
            .collect();
        if fill != 0 {
            bignum::negate(&mut limbs);
        }
        self.big(fill != 0, &limbs)
    }
}
