//! Arithmetic on any numbers, as the operators mix integers and floats. Called when the instructions' own fast path declines, and by the
//! operators as functions.

use crate::heap::{Heap, Int, IntResult, Kind, Term};

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithError {
    /// Not numbers, division by zero, or a float that is not finite.
    BadArith,
    /// An integer of too many bits.
    SystemLimit,
}

/// A number, or why not.
pub type Answer<'h> = Result<Term<'h>, ArithError>;

fn whole(r: IntResult<'_>) -> Answer<'_> {
    match r {
        Some(Ok(t)) => Ok(t),
        Some(Err(_)) => Err(ArithError::SystemLimit),
        None => Err(ArithError::BadArith),
    }
}

/// A number as a finite float.
pub fn to_float(t: Term<'_>) -> Result<f64, ArithError> {
    match t.kind() {
        Kind::Float(x) => Ok(x),
        _ => Int::of(t)
            .and_then(|n| n.to_f64())
            .ok_or(ArithError::BadArith),
    }
}

fn float_term(heap: &Heap, x: f64) -> Answer<'_> {
    if x.is_finite() {
        Ok(heap.float(x))
    } else {
        Err(ArithError::BadArith)
    }
}

fn any_float(p: Term<'_>, q: Term<'_>) -> bool {
    matches!(p.kind(), Kind::Float(_)) || matches!(q.kind(), Kind::Float(_))
}

macro_rules! mixed {
    ($($(#[doc = $doc:literal])+ $name:ident $int:ident $op:tt;)+) => {$(
        $(#[doc = $doc])+
        pub fn $name<'h>(heap: &'h Heap, p: Term<'_>, q: Term<'_>) -> Answer<'h> {
            if any_float(p, q) {
                return float_term(heap, to_float(p)? $op to_float(q)?);
            }
            whole(heap.$int(p, q))
        }
    )+};
}

macro_rules! integers {
    ($($(#[doc = $doc:literal])+ $name:ident $int:ident;)+) => {$(
        $(#[doc = $doc])+
        pub fn $name<'h>(heap: &'h Heap, p: Term<'_>, q: Term<'_>) -> Answer<'h> {
            whole(heap.$int(p, q))
        }
    )+};
}

mixed! {
    /// `p + q`
    add int_add +;
    /// `p - q`
    sub int_sub -;
    /// `p * q`
    mul int_mul *;
}

integers! {
    /// `p div q`
    int_div int_div;
    /// `p rem q`
    rem int_rem;
    /// `p band q`
    band int_band;
    /// `p bor q`
    bor int_bor;
    /// `p bxor q`
    bxor int_bxor;
    /// `p bsl q`
    bsl int_bsl;
    /// `p bsr q`
    bsr int_bsr;
}

/// `p / q`
pub fn divide<'h>(heap: &'h Heap, p: Term<'_>, q: Term<'_>) -> Answer<'h> {
    let (p, q) = (to_float(p)?, to_float(q)?);
    if q == 0.0 {
        return Err(ArithError::BadArith);
    }
    float_term(heap, p / q)
}

/// `-p`
pub fn neg<'h>(heap: &'h Heap, p: Term<'_>) -> Answer<'h> {
    match p.kind() {
        Kind::Float(x) => float_term(heap, -x),
        _ => whole(heap.int_neg(p)),
    }
}

/// `bnot p`
pub fn bnot<'h>(heap: &'h Heap, p: Term<'_>) -> Answer<'h> {
    whole(heap.int_bnot(p))
}
