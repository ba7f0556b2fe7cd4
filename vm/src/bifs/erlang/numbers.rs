//! Numbers as text and as each other.

use crate::atoms;
use crate::bifs::data::{Answer, base_arg, binary_arg, byte_list, list_arg, number, to_f64};
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, Int, Kind, Term};
use transom_pretty::short_text;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::guard("erlang", "float", 1, float),
    BifRow::guard("erlang", "round", 1, |cx, a| whole(cx, a[0], f64::round)),
    BifRow::guard("erlang", "trunc", 1, |cx, a| whole(cx, a[0], f64::trunc)),
    BifRow::guard("erlang", "floor", 1, |cx, a| whole(cx, a[0], f64::floor)),
    BifRow::guard("erlang", "ceil", 1, |cx, a| whole(cx, a[0], f64::ceil)),
    BifRow::new("erlang", "integer_to_list", 1, |cx, a| {
        digits(cx, a[0], 10, as_list)
    })
    .long_if(weight::first_integer),
    BifRow::new("erlang", "integer_to_list", 2, |cx, a| {
        digits(cx, a[0], base_arg(a[1])?, as_list)
    })
    .long_if(weight::first_integer),
    BifRow::new("erlang", "integer_to_binary", 1, |cx, a| {
        digits(cx, a[0], 10, as_binary)
    })
    .long_if(weight::first_integer),
    BifRow::new("erlang", "integer_to_binary", 2, |cx, a| {
        digits(cx, a[0], base_arg(a[1])?, as_binary)
    })
    .long_if(weight::first_integer),
    BifRow::new("erlang", "list_to_integer", 1, |cx, a| {
        parsed(cx, &byte_list(a[0])?, 10)
    })
    .long_if(weight::first_digits),
    BifRow::new("erlang", "list_to_integer", 2, |cx, a| {
        parsed(cx, &byte_list(a[0])?, base_arg(a[1])?)
    })
    .long_if(weight::first_digits),
    BifRow::new("erlang", "binary_to_integer", 1, |cx, a| {
        parsed(cx, &binary_arg(a[0])?, 10)
    })
    .long_if(weight::first_digits),
    BifRow::new("erlang", "binary_to_integer", 2, |cx, a| {
        parsed(cx, &binary_arg(a[0])?, base_arg(a[1])?)
    })
    .long_if(weight::first_digits),
    BifRow::new("erlang", "float_to_list", 1, |cx, a| {
        Ok(cx.heap().string(&scientific(float_arg(a[0])?, 20)))
    }),
    BifRow::new("erlang", "float_to_list", 2, |cx, a| {
        Ok(cx.heap().string(&float_text(a)?))
    }),
    BifRow::new("erlang", "float_to_binary", 1, |cx, a| {
        Ok(cx
            .heap()
            .binary(scientific(float_arg(a[0])?, 20).as_bytes()))
    }),
    BifRow::new("erlang", "float_to_binary", 2, |cx, a| {
        Ok(cx.heap().binary(float_text(a)?.as_bytes()))
    }),
    BifRow::new("erlang", "list_to_float", 1, |cx, a| {
        parse(cx, &byte_list(a[0])?)
    }),
    BifRow::new("erlang", "binary_to_float", 1, |cx, a| {
        parse(cx, &binary_arg(a[0])?)
    }),
];

fn float<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    match a[0].kind() {
        Kind::Float(_) => Ok(a[0]),
        _ => to_f64(a[0])
            .map(|f| cx.heap().float(f))
            .ok_or_else(Raise::badarg),
    }
}

fn whole<'h>(cx: &Cx<'h>, t: Term<'h>, f: fn(f64) -> f64) -> Answer<'h> {
    match t.kind() {
        Kind::Small(_) | Kind::Big(_) => Ok(t),
        Kind::Float(x) => Ok(cx.heap().int_from_f64(f(x))),
        _ => Err(Raise::badarg()),
    }
}

/// What `make` makes of an integer's digits.
fn digits<'h>(
    cx: &Cx<'h>,
    t: Term<'h>,
    base: u32,
    make: impl Fn(&'h Heap, &str) -> Term<'h>,
) -> Answer<'h> {
    match t.as_small() {
        Some(i) if base == 10 => Ok(make(cx.heap(), itoa::Buffer::new().format(i))),
        _ => {
            let i = Int::of(t).ok_or_else(Raise::badarg)?;
            spend_on_digits(cx, i.limbs().len());
            Ok(make(cx.heap(), &i.to_text(base)))
        }
    }
}

fn as_list<'h>(heap: &'h Heap, text: &str) -> Term<'h> {
    heap.string(text)
}

fn as_binary<'h>(heap: &'h Heap, text: &str) -> Term<'h> {
    heap.binary(text.as_bytes())
}

/// The number in these digits.
fn parsed<'h>(cx: &Cx<'h>, digits: &[u8], base: u32) -> Answer<'h> {
    spend_on_digits(cx, digits.len() / 16);
    number(cx.heap().int_parse(digits, base))
}

/// Between words and digits the time grows with the square of the length: a reduction for 16 steps on a word.
fn spend_on_digits(cx: &Cx<'_>, limbs: usize) {
    cx.bump((limbs * limbs / 16) as i64);
}

fn float_arg<'h>(t: Term<'h>) -> Result<f64, Raise<'h>> {
    match t.kind() {
        Kind::Float(f) => Ok(f),
        _ => Err(Raise::badarg()),
    }
}

/// C's `%.Ne`.
pub(crate) fn scientific(f: f64, decimals: usize) -> String {
    let text = format!("{f:.decimals$e}");
    let (mantissa, exponent) = text
        .split_once('e')
        .expect("Rust's {:e} always writes an exponent");
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(d) => ('-', d),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{digits:0>2}")
}

/// The text after `float_to_list/2`'s options, of which the last counts.
fn float_text<'h>(a: &[Term<'h>]) -> Result<String, Raise<'h>> {
    let f = float_arg(a[0])?;
    let mut compact = false;
    let mut form = Form::Scientific(20);
    for o in list_arg(a[1])? {
        form = match o.kind() {
            Kind::Atom(atoms::SHORT) => Form::Short,
            Kind::Atom(atoms::COMPACT) => {
                compact = true;
                continue;
            }
            Kind::Tuple(t) => {
                let n = t
                    .get(1)
                    .and_then(|n| n.as_usize())
                    .filter(|_| t.len() == 2)
                    .ok_or_else(Raise::badarg)?;
                match t.get(0).and_then(|k| k.as_atom()) {
                    Some(atoms::DECIMALS) if n <= 253 => Form::Decimals(n),
                    Some(atoms::SCIENTIFIC) if n <= 249 => Form::Scientific(n),
                    _ => return Err(Raise::badarg()),
                }
            }
            _ => return Err(Raise::badarg()),
        };
    }
    Ok(match form {
        Form::Short => short_text(f),
        Form::Scientific(n) => scientific(f, n),
        Form::Decimals(n) => {
            let text = fixed(f, n);
            if text.len() > MAX_TEXT {
                return Err(Raise::badarg());
            }
            if compact && n > 0 {
                compacted(&text)
            } else {
                text
            }
        }
    })
}

enum Form {
    Short,
    Scientific(usize),
    Decimals(usize),
}

/// The longest text that the option `decimals` gives.
const MAX_TEXT: usize = 255;

/// `n` digits after the point. Where the fraction can be scaled without losing digits a half rounds up, as in Erlang; elsewhere the exact
/// value is rounded.
fn fixed(f: f64, n: usize) -> String {
    let m = f.abs();
    if n > 17 || m >= 9_007_199_254_740_992.0 {
        return format!("{f:.n$}");
    }
    let scale = 10u64.pow(n as u32);
    let mut whole = m as u64;
    let mut rest = ((m - m.trunc()) * scale as f64 + 0.5) as u64;
    if rest >= scale {
        rest -= scale;
        whole += 1;
    }
    let sign = if f.is_sign_negative() { "-" } else { "" };
    if n == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0n$}")
    }
}

/// Without the zeros at the end, one digit after the point left.
fn compacted(text: &str) -> String {
    let cut = text.trim_end_matches('0');
    if cut.ends_with('.') {
        format!("{cut}0")
    } else {
        cut.to_owned()
    }
}

/// Sign, digits, point, digits, and perhaps an exponent: nothing else is a float.
pub(crate) fn parse_float(text: &[u8]) -> Option<f64> {
    let n = float_len(text)?;
    if n != text.len() {
        return None;
    }
    let f: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    f.is_finite().then_some(f)
}

/// Length of the longest float at the start of a text.
fn float_len(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        text[from..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let mut at = matches!(text.first(), Some(b'+' | b'-')) as usize;
    let whole = digits(at);
    at += whole;
    if whole == 0 || text.get(at) != Some(&b'.') {
        return None;
    }
    let fraction = digits(at + 1);
    if fraction == 0 {
        return None;
    }
    at += 1 + fraction;
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = matches!(text.get(at + 1), Some(b'+' | b'-')) as usize;
        let exponent = if at + 1 + sign <= text.len() {
            digits(at + 1 + sign)
        } else {
            0
        };
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    Some(at)
}

fn parse<'h>(cx: &Cx<'h>, text: &[u8]) -> Answer<'h> {
    parse_float(text)
        .map(|f| cx.heap().float(f))
        .ok_or_else(Raise::badarg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_read_strictly() {
        for good in ["1.0", "-1.5", "+0.25", "1.0e10", "1.0E-5", "-0.0", "00.5"] {
            assert!(parse_float(good.as_bytes()).is_some(), "{good}");
        }
        for bad in [
            "1", "1.", ".5", "1.0e", "1.0e+", " 1.0", "1.0 ", "1e5", "inf", "NaN", "1.0e400", "",
            "-", "1_0.0",
        ] {
            assert!(parse_float(bad.as_bytes()).is_none(), "{bad}");
        }
    }

    #[test]
    fn scientific_is_printf() {
        assert_eq!(scientific(0.1, 20), "1.00000000000000005551e-01");
        assert_eq!(scientific(-1.5e300, 20), "-1.50000000000000007876e+300");
        assert_eq!(scientific(0.0, 2), "0.00e+00");
        assert_eq!(fixed(0.125, 2), "0.13");
        assert_eq!(fixed(99.995, 2), "100.00");
        assert_eq!(fixed(-0.5, 0), "-1");
        assert_eq!(fixed(0.1, 20), "0.10000000000000000555");
        assert_eq!(compacted("1.2500"), "1.25");
        assert_eq!(compacted("1.00"), "1.0");
    }
}
