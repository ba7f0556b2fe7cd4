//! Module `math`. Arguments are numbers; a result that is not finite is `badarith`.

use crate::bifs::data::{Answer, to_f64};
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Int, Term};

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("math", "pi", 0, |cx, _| {
        Ok(cx.heap().float(std::f64::consts::PI))
    }),
    BifRow::new("math", "tau", 0, |cx, _| {
        Ok(cx.heap().float(std::f64::consts::TAU))
    }),
    BifRow::new("math", "sin", 1, |cx, a| one(cx, a, f64::sin)),
    BifRow::new("math", "cos", 1, |cx, a| one(cx, a, f64::cos)),
    BifRow::new("math", "tan", 1, |cx, a| one(cx, a, f64::tan)),
    BifRow::new("math", "asin", 1, |cx, a| one(cx, a, f64::asin)),
    BifRow::new("math", "acos", 1, |cx, a| one(cx, a, f64::acos)),
    BifRow::new("math", "atan", 1, |cx, a| one(cx, a, f64::atan)),
    BifRow::new("math", "sinh", 1, |cx, a| one(cx, a, f64::sinh)),
    BifRow::new("math", "cosh", 1, |cx, a| one(cx, a, f64::cosh)),
    BifRow::new("math", "tanh", 1, |cx, a| one(cx, a, f64::tanh)),
    BifRow::new("math", "asinh", 1, |cx, a| one(cx, a, f64::asinh)),
    BifRow::new("math", "acosh", 1, |cx, a| one(cx, a, f64::acosh)),
    BifRow::new("math", "atanh", 1, |cx, a| one(cx, a, f64::atanh)),
    BifRow::new("math", "exp", 1, |cx, a| one(cx, a, f64::exp)),
    BifRow::new("math", "log", 1, |cx, a| one(cx, a, f64::ln)),
    BifRow::new("math", "log2", 1, |cx, a| one(cx, a, f64::log2)),
    BifRow::new("math", "log10", 1, |cx, a| one(cx, a, f64::log10)),
    BifRow::new("math", "sqrt", 1, |cx, a| one(cx, a, f64::sqrt)),
    BifRow::new("math", "ceil", 1, |cx, a| one(cx, a, f64::ceil)),
    BifRow::new("math", "floor", 1, |cx, a| one(cx, a, f64::floor)),
    BifRow::new("math", "erf", 1, |cx, a| one(cx, a, erf)),
    BifRow::new("math", "erfc", 1, |cx, a| one(cx, a, erfc)),
    BifRow::new("math", "atan2", 2, |cx, a| two(cx, a, f64::atan2)),
    BifRow::new("math", "pow", 2, |cx, a| two(cx, a, f64::powf)),
    BifRow::new("math", "fmod", 2, |cx, a| two(cx, a, |x, y| x % y)),
];

fn arg<'h>(t: Term<'h>) -> Result<f64, Raise<'h>> {
    // A number too big for a float is one that cannot be computed with, not a wrong argument.
    to_f64(t).ok_or_else(|| match Int::of(t) {
        Some(_) => Raise::badarith(),
        None => Raise::badarg(),
    })
}

fn result<'h>(cx: &Cx<'h>, f: f64) -> Answer<'h> {
    if f.is_finite() {
        Ok(cx.heap().float(f))
    } else {
        Err(Raise::badarith())
    }
}

fn one<'h>(cx: &Cx<'h>, a: &[Term<'h>], f: fn(f64) -> f64) -> Answer<'h> {
    result(cx, f(arg(a[0])?))
}

fn two<'h>(cx: &Cx<'h>, a: &[Term<'h>], f: fn(f64, f64) -> f64) -> Answer<'h> {
    result(cx, f(arg(a[0])?, arg(a[1])?))
}

/// The error function: its series near 0, one minus `erfc` elsewhere.
fn erf(x: f64) -> f64 {
    if x.abs() < 2.0 {
        let (mut term, mut sum, mut n) = (x, x, 0.0);
        while term.abs() > sum.abs() * 1e-17 {
            n += 1.0;
            term *= -x * x / n;
            sum += term / (2.0 * n + 1.0);
        }
        return sum * std::f64::consts::FRAC_2_SQRT_PI;
    }
    1.0 - erfc(x)
}

/// The complement: a continued fraction (Abramowitz and Stegun 7.1.14) where it converges.
fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    if x < 2.0 {
        return 1.0 - erf(x);
    }
    let mut f = 0.0;
    for k in (1..=120).rev() {
        f = (k as f64 / 2.0) / (x + f);
    }
    (-x * x).exp() / ((x + f) * std::f64::consts::PI.sqrt())
}
