//! Integers of any size as the front end needs them: read from digits, written as digits, negated, compared, and what
//! the bounds of types are computed with. Arithmetic beyond that is the VM's business; the constant folder gives up on big ones.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// An Erlang integer. `Big` is used only for values that do not fit an `i64`, so equality is structural.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Int {
    Small(i64),
    Big(Arc<BigInt>),
}

/// Sign and magnitude; `magnitude` is little-endian without trailing zero limbs.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct BigInt {
    pub negative: bool,
    pub magnitude: Vec<u64>,
}

impl From<i64> for Int {
    fn from(v: i64) -> Self {
        Int::Small(v)
    }
}

impl Int {
    /// From sign and little-endian limbs.
    #[must_use]
    pub fn from_limbs(negative: bool, mut magnitude: Vec<u64>) -> Int {
        while magnitude.last() == Some(&0) {
            magnitude.pop();
        }
        match magnitude.as_slice() {
            [] => Int::Small(0),
            [m] if !negative && *m <= i64::MAX as u64 => Int::Small(*m as i64),
            [m] if negative && *m <= i64::MIN.unsigned_abs() => {
                Int::Small((*m as i64).wrapping_neg())
            }
            _ => Int::Big(Arc::new(BigInt {
                negative,
                magnitude,
            })),
        }
    }

    /// Reads digits of `base` (2..=36); underscores are skipped. `None` if a digit is not of that base.
    #[must_use]
    pub fn parse(digits: &str, base: u32) -> Option<Int> {
        // As many digits as surely fit a u64 are gathered before the big number is touched.
        let chunk_len = (64.0 / f64::from(base).log2()) as u32 - 1;
        let mut limbs: Vec<u64> = Vec::new();
        let (mut acc, mut n) = (0u64, 0u32);
        for c in digits.chars().filter(|c| *c != '_') {
            acc = acc * u64::from(base) + u64::from(c.to_digit(base)?);
            n += 1;
            if n == chunk_len {
                mul_add(&mut limbs, u64::from(base).pow(n), acc);
                (acc, n) = (0, 0);
            }
        }
        mul_add(&mut limbs, u64::from(base).pow(n), acc);
        Some(Int::from_limbs(false, limbs))
    }

    /// `-self`.
    #[must_use]
    pub fn negate(&self) -> Int {
        match self {
            Int::Small(v) => match v.checked_neg() {
                Some(n) => Int::Small(n),
                None => Int::from_limbs(false, vec![v.unsigned_abs()]),
            },
            Int::Big(b) => Int::from_limbs(!b.negative, b.magnitude.clone()),
        }
    }

    /// The value if it fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Int::Small(v) => Some(*v),
            Int::Big(_) => None,
        }
    }

    /// `self + other`.
    #[must_use]
    pub fn add(&self, other: &Int) -> Int {
        let (a, b) = (self.limbs(), other.limbs());
        if self.is_negative() == other.is_negative() {
            return Int::from_limbs(self.is_negative(), sum(&a, &b));
        }
        match order(&a, &b) {
            Ordering::Less => Int::from_limbs(other.is_negative(), difference(&b, &a)),
            Ordering::Equal | Ordering::Greater => {
                Int::from_limbs(self.is_negative(), difference(&a, &b))
            }
        }
    }

    /// `self * other`.
    #[must_use]
    pub fn multiply(&self, other: &Int) -> Int {
        let (a, mut product) = (self.limbs(), Vec::new());
        for limb in other.limbs().iter().rev() {
            // The product so far moves up by one limb, then the next lower one is added.
            product.insert(0, 0);
            let mut part = a.clone();
            mul_add(&mut part, *limb, 0);
            product = sum(&product, &part);
        }
        Int::from_limbs(self.is_negative() != other.is_negative(), product)
    }

    /// `self bsl bits`.
    #[must_use]
    pub fn shift_left(&self, bits: u32) -> Int {
        let mut limbs = self.limbs();
        mul_add(&mut limbs, 1 << (bits % 64), 0);
        limbs.splice(0..0, vec![0; bits as usize / 64]);
        Int::from_limbs(self.is_negative(), limbs)
    }

    fn limbs(&self) -> Vec<u64> {
        match self {
            Int::Small(0) => Vec::new(),
            Int::Small(v) => vec![v.unsigned_abs()],
            Int::Big(b) => b.magnitude.clone(),
        }
    }

    /// True for integers below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match self {
            Int::Small(v) => *v < 0,
            Int::Big(b) => b.negative,
        }
    }
}

impl Ord for Int {
    fn cmp(&self, other: &Int) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => order(&self.limbs(), &other.limbs()),
            (true, true) => order(&other.limbs(), &self.limbs()),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Int) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Of two magnitudes without trailing zero limbs.
fn order(a: &[u64], b: &[u64]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut carry = 0u128;
    let mut limbs: Vec<u64> = (0..a.len().max(b.len()))
        .map(|i| {
            let limb = |of: &[u64]| u128::from(of.get(i).copied().unwrap_or(0));
            carry += limb(a) + limb(b);
            let low = carry as u64;
            carry >>= 64;
            low
        })
        .collect();
    if carry > 0 {
        limbs.push(carry as u64);
    }
    limbs
}

/// `a - b` of magnitudes of which the second is not the larger.
fn difference(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut borrow = false;
    (0..a.len())
        .map(|i| {
            let (low, first) = a[i].overflowing_sub(b.get(i).copied().unwrap_or(0));
            let (low, second) = low.overflowing_sub(u64::from(borrow));
            borrow = first || second;
            low
        })
        .collect()
}

fn mul_add(limbs: &mut Vec<u64>, factor: u64, add: u64) {
    let mut carry = u128::from(add);
    for l in limbs.iter_mut() {
        let v = u128::from(*l) * u128::from(factor) + carry;
        *l = v as u64;
        carry = v >> 64;
    }
    if carry > 0 {
        limbs.push(carry as u64);
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let b = match self {
            Int::Small(v) => return write!(f, "{v}"),
            Int::Big(b) => b,
        };
        const CHUNK: u64 = 10_000_000_000_000_000_000;
        let mut limbs = b.magnitude.clone();
        let mut parts = Vec::new();
        while !limbs.is_empty() {
            let mut rem = 0u128;
            for l in limbs.iter_mut().rev() {
                let v = (rem << 64) | u128::from(*l);
                *l = (v / u128::from(CHUNK)) as u64;
                rem = v % u128::from(CHUNK);
            }
            while limbs.last() == Some(&0) {
                limbs.pop();
            }
            parts.push(rem as u64);
        }
        if b.negative {
            f.write_str("-")?;
        }
        let mut parts = parts.into_iter().rev();
        write!(f, "{}", parts.next().unwrap_or(0))?;
        parts.try_for_each(|p| write!(f, "{p:019}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_any_size() {
        for s in [
            "0",
            "7",
            "9223372036854775807",
            "9223372036854775808",
            "123456789012345678901234567890123456789",
        ] {
            assert_eq!(Int::parse(s, 10).expect("digits").to_string(), s);
        }
        assert_eq!(Int::parse("FF_FF", 16), Some(Int::Small(65535)));
        assert_eq!(Int::parse("12", 2), None);
        let min = Int::parse("9223372036854775808", 10)
            .expect("digits")
            .negate();
        assert_eq!(min, Int::Small(i64::MIN));
        assert_eq!(min.negate().to_string(), "9223372036854775808");
        assert_eq!(Int::parse("zz", 36), Some(Int::Small(35 * 36 + 35)));
    }
    #[test]
    fn adds_multiplies_shifts_and_compares_any_size() {
        let int = |s: &str| match s.strip_prefix('-') {
            Some(s) => Int::parse(s, 10).expect("digits").negate(),
            None => Int::parse(s, 10).expect("digits"),
        };
        let big = int("18446744073709551616");
        assert_eq!(big, int("1").shift_left(64));
        assert_eq!(
            int("-3").shift_left(70).to_string(),
            "-3541774862152233910272"
        );
        assert_eq!(big.add(&int("-1")).to_string(), "18446744073709551615");
        assert_eq!(int("-1").add(&big), big.add(&int("-1")));
        assert_eq!(big.add(&big.negate()), int("0"));
        assert_eq!(
            int("18446744073709551615")
                .add(&int("18446744073709551615"))
                .to_string(),
            "36893488147419103230"
        );
        assert_eq!(
            big.multiply(&big.add(&int("5")).negate()).to_string(),
            "-340282366920938463555608327800315969536"
        );
        assert_eq!(big.multiply(&int("0")), int("0"));
        let ordered = [
            "-36893488147419103232",
            "-18446744073709551616",
            "-1",
            "0",
            "7",
            "18446744073709551616",
        ];
        assert!(ordered.map(int).is_sorted());
        assert!(
            int("340282366920938463463374607431768211457")
                > int("340282366920938463463374607431768211456")
        );
    }
}
