//! Kernels on limbs: slices of 64-bit words, least significant first. They know no heap. Long operands of multiplication and division go to
//! `dashu-int`, whose algorithms win above about 16 limbs; these six functions are the whole seam to it.

use dashu_int::UBig;
use smallvec::SmallVec;
use std::cmp::Ordering;

/// A magnitude being computed; leading zeros allowed until [`trim`].
pub type Limbs = SmallVec<[u64; 18]>;

/// Limbs of the shorter operand above which `dashu-int` takes over.
const SCHOOLBOOK: usize = 16;

/// Compares two magnitudes without leading zeros.
pub(super) fn cmp_limbs(a: &[u64], b: &[u64]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// Drops zeros at the high end.
pub fn trim(v: &mut Limbs) {
    while v.last() == Some(&0) {
        v.pop();
    }
}

/// Number of bits of a magnitude without leading zeros.
pub fn bit_len(a: &[u64]) -> usize {
    a.last()
        .map_or(0, |top| a.len() * 64 - top.leading_zeros() as usize)
}

/// `a + b` of magnitudes.
pub fn add(a: &[u64], b: &[u64]) -> Limbs {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut out = Limbs::with_capacity(long.len() + 1);
    let mut carry = false;
    for (i, x) in long.iter().enumerate() {
        let (s, c1) = x.overflowing_add(short.get(i).copied().unwrap_or(0));
        let (s, c2) = s.overflowing_add(carry as u64);
        carry = c1 | c2;
        out.push(s);
    }
    if carry {
        out.push(1);
    }
    out
}

/// `a - b` for `a >= b`.
pub fn sub(a: &[u64], b: &[u64]) -> Limbs {
    let mut out = Limbs::with_capacity(a.len());
    let mut borrow = false;
    for (i, x) in a.iter().enumerate() {
        let (d, c1) = x.overflowing_sub(b.get(i).copied().unwrap_or(0));
        let (d, c2) = d.overflowing_sub(borrow as u64);
        borrow = c1 | c2;
        out.push(d);
    }
    debug_assert!(!borrow, "the larger magnitude comes first");
    trim(&mut out);
    out
}

/// `a * b` of magnitudes.
pub fn mul(a: &[u64], b: &[u64]) -> Limbs {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return Limbs::new();
    }
    if short.len() > SCHOOLBOOK {
        return from_ubig(&(to_ubig(a) * to_ubig(b)));
    }
    let mut out = Limbs::from_elem(0, long.len() + short.len());
    for (i, x) in short.iter().enumerate() {
        let mut carry = 0u64;
        for (j, y) in long.iter().enumerate() {
            let t = *x as u128 * *y as u128 + out[i + j] as u128 + carry as u128;
            out[i + j] = t as u64;
            carry = (t >> 64) as u64;
        }
        out[i + long.len()] = carry;
    }
    trim(&mut out);
    out
}

/// Quotient and remainder by one limb.
pub fn div_rem_limb(a: &[u64], d: u64) -> (Limbs, u64) {
    let mut q = Limbs::from_elem(0, a.len());
    let mut rem = 0u64;
    for i in (0..a.len()).rev() {
        let t = ((rem as u128) << 64) | a[i] as u128;
        q[i] = (t / d as u128) as u64;
        rem = (t % d as u128) as u64;
    }
    trim(&mut q);
    (q, rem)
}

/// Quotient and remainder; the divisor is not 0.
pub fn div_rem(a: &[u64], d: &[u64]) -> (Limbs, Limbs) {
    if cmp_limbs(a, d) == Ordering::Less {
        return (Limbs::new(), a.into());
    }
    if let [one] = d {
        let (q, r) = div_rem_limb(a, *one);
        let mut rem: Limbs = [r].as_slice().into();
        trim(&mut rem);
        return (q, rem);
    }
    if d.len() > SCHOOLBOOK {
        let (x, y) = (to_ubig(a), to_ubig(d));
        let q = &x / &y;
        let r = x - &q * y;
        return (from_ubig(&q), from_ubig(&r));
    }
    knuth(a, d)
}

/// Knuth's algorithm D (TAOCP 4.3.1) on two or more divisor limbs.
fn knuth(a: &[u64], d: &[u64]) -> (Limbs, Limbs) {
    let shift = d
        .last()
        .expect("invariant: a divisor has limbs")
        .leading_zeros() as usize;
    let d = shl(d, shift);
    let mut u = shl(a, shift);
    u.resize(a.len() + 1, 0);
    let n = d.len();
    let m = u.len() - n - 1;
    let (d1, d2) = (d[n - 1] as u128, d[n - 2] as u128);
    let mut q = Limbs::from_elem(0, m + 1);
    for j in (0..=m).rev() {
        let top = ((u[j + n] as u128) << 64) | u[j + n - 1] as u128;
        let mut guess = top / d1;
        let mut rest = top % d1;
        while guess >> 64 != 0 || guess * d2 > ((rest << 64) | u[j + n - 2] as u128) {
            guess -= 1;
            rest += d1;
            if rest >> 64 != 0 {
                break;
            }
        }
        if sub_mul(&mut u[j..=j + n], &d, guess as u64) {
            guess -= 1;
            add_back(&mut u[j..=j + n], &d);
        }
        q[j] = guess as u64;
    }
    trim(&mut q);
    u.truncate(n);
    trim(&mut u);
    (q, shr(&u, shift).0)
}

/// `u -= d * q`; true if it went below 0.
fn sub_mul(u: &mut [u64], d: &[u64], q: u64) -> bool {
    let (mut carry, mut borrow) = (0u128, false);
    #[allow(clippy::needless_range_loop)] // Two arrays move together.
    for i in 0..u.len() {
        let t = d.get(i).map_or(0, |x| *x as u128 * q as u128) + carry;
        carry = t >> 64;
        let (x, b1) = u[i].overflowing_sub(t as u64);
        let (x, b2) = x.overflowing_sub(borrow as u64);
        borrow = b1 | b2;
        u[i] = x;
    }
    borrow
}

fn add_back(u: &mut [u64], d: &[u64]) {
    let mut carry = false;
    #[allow(clippy::needless_range_loop)] // Two arrays move together.
    for i in 0..u.len() {
        let (x, c1) = u[i].overflowing_add(d.get(i).copied().unwrap_or(0));
        let (x, c2) = x.overflowing_add(carry as u64);
        carry = c1 | c2;
        u[i] = x;
    }
}

/// A magnitude shifted to the left by so many bits.
pub fn shl(a: &[u64], n: usize) -> Limbs {
    let (words, bits) = (n / 64, n % 64);
    let mut out = Limbs::from_elem(0, words);
    out.reserve(a.len() + 1);
    if bits == 0 {
        out.extend_from_slice(a);
    } else {
        let mut low = 0;
        for x in a {
            out.push((x << bits) | low);
            low = x >> (64 - bits);
        }
        out.push(low);
    }
    trim(&mut out);
    out
}

/// The bits above `n`, and whether any bit below was set.
pub fn shr(a: &[u64], n: usize) -> (Limbs, bool) {
    let (words, bits) = (n / 64, n % 64);
    if words >= a.len() {
        return (Limbs::new(), !a.is_empty());
    }
    let lost = a[..words].iter().any(|x| *x != 0) || (bits > 0 && a[words] << (64 - bits) != 0);
    let rest = &a[words..];
    let mut out = Limbs::with_capacity(rest.len());
    for (i, x) in rest.iter().enumerate() {
        let high = rest.get(i + 1).copied().unwrap_or(0);
        out.push(if bits == 0 {
            *x
        } else {
            (x >> bits) | (high << (64 - bits))
        });
    }
    trim(&mut out);
    (out, lost)
}

/// The lowest `n` limbs of the two's complement.
pub fn twos_complement(negative: bool, a: &[u64], n: usize) -> Limbs {
    let mut out: Limbs = (0..n).map(|i| a.get(i).copied().unwrap_or(0)).collect();
    if negative {
        negate(&mut out);
    }
    out
}

/// Two's complement negation in place.
pub fn negate(v: &mut [u64]) {
    let mut carry = true;
    for x in v {
        (*x, carry) = (!*x).overflowing_add(carry as u64);
    }
}

/// Sign and magnitude of a two's complement number.
pub fn from_twos_complement(mut v: Limbs) -> (bool, Limbs) {
    let negative = v.last().is_some_and(|x| x >> 63 != 0);
    if negative {
        negate(&mut v);
    }
    trim(&mut v);
    (negative, v)
}

/// Digits in a base of 2 to 36, upper case.
pub fn to_digits(a: &[u64], base: u32) -> String {
    if a.is_empty() {
        return "0".into();
    }
    to_ubig(a)
        .in_radix(base as u8)
        .to_string()
        .to_ascii_uppercase()
}

/// The inverse of [`to_digits`]; at least one digit and only digits, of either case.
pub fn from_digits(digits: &[u8], base: u32) -> Option<Limbs> {
    if digits.is_empty() || !digits.iter().all(|c| (*c as char).is_digit(base)) {
        return None;
    }
    let text = std::str::from_utf8(digits).ok()?;
    UBig::from_str_radix(text, base).ok().map(|u| from_ubig(&u))
}

fn to_ubig(a: &[u64]) -> UBig {
    // A limb is dashu's word on 64-bit machines; bytes are the portable way elsewhere.
    #[cfg(target_pointer_width = "64")]
    return UBig::from_words(a);
    #[cfg(not(target_pointer_width = "64"))]
    return UBig::from_le_bytes(&a.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>());
}

fn from_ubig(u: &UBig) -> Limbs {
    #[cfg(target_pointer_width = "64")]
    return u.as_words().into();
    #[cfg(not(target_pointer_width = "64"))]
    {
        let bytes = u.to_le_bytes();
        bytes
            .chunks(8)
            .map(|c| c.iter().rev().fold(0, |w, b| (w << 8) | *b as u64))
            .collect()
    }
}
