//! Arithmetic on any numbers: 128-bit integers where they do, arbitrary precision beyond, floats as Erlang mixes them.
//! Called when the instructions' own fast path declines, and by the operators as functions. Sizes are bounded before anything is computed.

use std::cmp::Ordering;

use dashu_int::{IBig, Sign, UBig};

use crate::heap::{Heap, Kind, Term};

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithError {
    /// Not numbers, division by zero, or a float that is not finite.
    BadArith,
    /// An integer of more than [`MAX_BITS`] bits.
    SystemLimit,
}

/// The largest integer, as in Erlang/OTP 27: 4,194,304 bits.
pub const MAX_BITS: usize = 1 << 22;

type Answer<'h> = Result<Term<'h>, ArithError>;

/// A number taken out of a term.
enum Number {
    Small(i64),
    Big(IBig),
    Float(f64),
}

impl Number {
    fn of(t: Term<'_>) -> Result<Number, ArithError> {
        match t.kind() {
            Kind::Small(n) => Ok(Number::Small(n)),
            Kind::Big(b) => Ok(Number::Big(from_limbs(b.is_negative(), b.limbs()))),
            Kind::Float(x) => Ok(Number::Float(x)),
            _ => Err(ArithError::BadArith),
        }
    }

    fn integer(t: Term<'_>) -> Result<IBig, ArithError> {
        match Number::of(t)? {
            Number::Small(n) => Ok(IBig::from(n)),
            Number::Big(b) => Ok(b),
            Number::Float(_) => Err(ArithError::BadArith),
        }
    }

    fn float(self) -> Result<f64, ArithError> {
        let x = match self {
            Number::Small(n) => n as f64,
            Number::Big(b) => b.to_f64().value(),
            Number::Float(x) => x,
        };
        if x.is_finite() { Ok(x) } else { Err(ArithError::BadArith) }
    }
}

/// From sign and limbs, least significant first.
pub fn from_limbs(negative: bool, limbs: &[u64]) -> IBig {
    let sign = if negative { Sign::Negative } else { Sign::Positive };
    IBig::from_parts(sign, UBig::from_words(limbs))
}

/// An integer as a term.
pub fn integer_term<'h>(heap: &'h Heap, n: &IBig) -> Answer<'h> {
    let (sign, words) = n.as_sign_words();
    if words.len() > MAX_BITS / 64 {
        return Err(ArithError::SystemLimit);
    }
    Ok(heap.big(sign == Sign::Negative, words))
}

/// A finite float as a term.
fn float_term(heap: &Heap, x: f64) -> Answer<'_> {
    if x.is_finite() { Ok(heap.float(x)) } else { Err(ArithError::BadArith) }
}

fn wide_term(heap: &Heap, n: i128) -> Term<'_> {
    match i64::try_from(n) {
        Ok(n) => heap.int(n),
        Err(_) => {
            let m = n.unsigned_abs();
            heap.big(n < 0, &[m as u64, (m >> 64) as u64])
        }
    }
}

fn bits(n: &IBig) -> usize {
    n.as_sign_words().1.len() * 64
}

fn mixed<'h>(
    heap: &'h Heap,
    p: Term<'h>,
    q: Term<'h>,
    small: fn(i128, i128) -> i128,
    big: fn(&IBig, &IBig) -> IBig,
    float: fn(f64, f64) -> f64,
) -> Answer<'h> {
    match (Number::of(p)?, Number::of(q)?) {
        (Number::Small(p), Number::Small(q)) => Ok(wide_term(heap, small(p.into(), q.into()))),
        (p @ Number::Float(_), q) | (p, q @ Number::Float(_)) => {
            float_term(heap, float(p.float()?, q.float()?))
        }
        (p, q) => {
            let (p, q) = (whole(p), whole(q));
            integer_term(heap, &big(&p, &q))
        }
    }
}

fn whole(n: Number) -> IBig {
    match n {
        Number::Small(n) => IBig::from(n),
        Number::Big(b) => b,
        Number::Float(_) => IBig::ZERO,
    }
}

/// `p + q`
pub fn add<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    mixed(heap, p, q, |p, q| p + q, |p, q| p + q, |p, q| p + q)
}
/// `p - q`
pub fn sub<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    mixed(heap, p, q, |p, q| p - q, |p, q| p - q, |p, q| p - q)
}
/// `p * q`
pub fn mul<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    if let (Kind::Big(p), Kind::Big(q)) = (p.kind(), q.kind())
        && (p.limbs().len() + q.limbs().len()) > MAX_BITS / 64 + 1
    {
        return Err(ArithError::SystemLimit);
    }
    mixed(heap, p, q, |p, q| p * q, |p, q| p * q, |p, q| p * q)
}
/// `p / q`
pub fn divide<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    let (p, q) = (Number::of(p)?.float()?, Number::of(q)?.float()?);
    if q == 0.0 {
        return Err(ArithError::BadArith);
    }
    float_term(heap, p / q)
}
/// `p div q`
pub fn int_div<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    let (p, q) = (Number::integer(p)?, Number::integer(q)?);
    if q == IBig::ZERO {
        return Err(ArithError::BadArith);
    }
    integer_term(heap, &(p / q))
}
/// `p rem q`
pub fn rem<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    let (p, q) = (Number::integer(p)?, Number::integer(q)?);
    if q == IBig::ZERO {
        return Err(ArithError::BadArith);
    }
    integer_term(heap, &(p % q))
}
/// `p band q`
pub fn band<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    integer_term(heap, &(Number::integer(p)? & Number::integer(q)?))
}
/// `p bor q`
pub fn bor<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    integer_term(heap, &(Number::integer(p)? | Number::integer(q)?))
}
/// `p bxor q`
pub fn bxor<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    integer_term(heap, &(Number::integer(p)? ^ Number::integer(q)?))
}
/// `p bsl q`
pub fn bsl<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    shift(heap, p, q, false)
}
/// `p bsr q`
pub fn bsr<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>) -> Answer<'h> {
    shift(heap, p, q, true)
}

fn shift<'h>(heap: &'h Heap, p: Term<'h>, q: Term<'h>, right: bool) -> Answer<'h> {
    let p = Number::integer(p)?;
    let q = Number::integer(q)?;
    let right = right != (q < IBig::ZERO);
    let n = usize::try_from(q.as_sign_words().1.first().copied().unwrap_or(0)).unwrap_or(usize::MAX);
    let n = if q.as_sign_words().1.len() > 1 { usize::MAX } else { n };
    if p == IBig::ZERO {
        return integer_term(heap, &p);
    }
    if right {
        // All bits are gone: what remains is the sign.
        let answer = if n > bits(&p) {
            if p < IBig::ZERO { IBig::NEG_ONE } else { IBig::ZERO }
        } else {
            p >> n
        };
        return integer_term(heap, &answer);
    }
    if n > MAX_BITS || n + bits(&p) > MAX_BITS + 64 {
        return Err(ArithError::SystemLimit);
    }
    integer_term(heap, &(p << n))
}

/// `-p`
pub fn neg<'h>(heap: &'h Heap, p: Term<'h>) -> Answer<'h> {
    match Number::of(p)? {
        Number::Float(x) => float_term(heap, -x),
        n => integer_term(heap, &-whole(n)),
    }
}
/// `bnot p`
pub fn bnot<'h>(heap: &'h Heap, p: Term<'h>) -> Answer<'h> {
    integer_term(heap, &!Number::integer(p)?)
}
/// `abs(p)`
pub fn abs<'h>(heap: &'h Heap, p: Term<'h>) -> Answer<'h> {
    match Number::of(p)? {
        Number::Float(x) => float_term(heap, x.abs()),
        n => {
            let n = whole(n);
            integer_term(heap, &if n.cmp(&IBig::ZERO) == Ordering::Less { -n } else { n })
        }
    }
}
