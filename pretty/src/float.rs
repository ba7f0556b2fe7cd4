//! Floats as text: the shortest form that reads back equal (`~w`, `~p`), and `~f`, `~e`, `~g`.
//!
//! Non-finite values do not exist in Erlang; they print as Rust prints them and are never asked for.

/// 2^53: from here on not every integer is a float, and the reference prints only exponents.
const EXACT_LIMIT: f64 = 9_007_199_254_740_992.0;

/// The shortest text that reads back as `value`, plain or with an exponent, whichever is shorter (plain when equal).
pub fn short_text(value: f64) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() {
            "-0.0".into()
        } else {
            "0.0".into()
        };
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific
        .split_once('e')
        .expect("Rust's {:e} always writes an exponent");
    let exponent: i32 = exponent
        .parse()
        .expect("Rust's {:e} writes a decimal exponent");
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let digits = settle_tie(value.abs(), digits, exponent);
    let mut with_exponent = format!("{sign}{}.", &digits[..1]);
    with_exponent.push_str(if digits.len() > 1 { &digits[1..] } else { "0" });
    with_exponent.push_str(&format!("e{exponent}"));
    if value.abs() >= EXACT_LIMIT {
        return with_exponent;
    }
    let plain = plain_text(sign, &digits, exponent);
    if plain.len() <= with_exponent.len() {
        plain
    } else {
        with_exponent
    }
}

/// Where two shortest texts are equally near, the reference takes the one with the even last digit, Rust the greater.
fn settle_tie(value: f64, digits: String, exponent: i32) -> String {
    let count = digits.len();
    // A tie needs all the digits that a float has.
    if count < 16 || !digits.ends_with(['1', '3', '5', '7', '9']) {
        return digits;
    }
    let exact: String = format!("{value:.*e}", count + 25)
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(char::from)
        .collect();
    let (below, rest) = exact.split_at(count);
    let is_tie = rest.starts_with('5') && rest[1..26].bytes().all(|b| b == b'0');
    let even = below.ends_with(['0', '2', '4', '6', '8']);
    let text = format!("{}.{}e{exponent}", &below[..1], &below[1..]);
    if is_tie && even && text.parse() == Ok(value) {
        below.to_owned()
    } else {
        digits
    }
}

/// `digits` with the point after position `exponent + 1`, and at least one digit on each side of it.
fn plain_text(sign: &str, digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    }
    let whole = exponent as usize + 1;
    if digits.len() > whole {
        format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
    } else {
        format!("{sign}{digits}{}.0", "0".repeat(whole - digits.len()))
    }
}

/// The reference prints at most this many digits that mean something; zeros follow.
const SIGNIFICANT: usize = 21;

/// The sign, up to [`SIGNIFICANT`] correctly rounded digits, and the decimal exponent of the first.
fn decimal(value: f64) -> (&'static str, Vec<u8>, i32) {
    let text = format!("{:.*e}", SIGNIFICANT - 1, value.abs());
    let (mantissa, exponent) = text
        .split_once('e')
        .expect("Rust's {:e} always writes an exponent");
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let exponent = exponent
        .parse()
        .expect("Rust's {:e} writes a decimal exponent");
    (
        if value.is_sign_negative() { "-" } else { "" },
        digits,
        exponent,
    )
}

/// Keeps the first `keep` digits, a half rounding away from zero; true if a digit was gained in front.
fn round_half_up(digits: &mut Vec<u8>, keep: usize) -> bool {
    if keep >= digits.len() {
        digits.resize(keep, b'0');
        return false;
    }
    let up = digits[keep] >= b'5';
    digits.truncate(keep);
    if !up {
        return false;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return false;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    true
}

fn text_of(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("digits are ASCII")
}

/// `~.Nf`: `precision` (at least 1) digits after the point, a half rounding away from zero.
pub fn fixed_text(value: f64, precision: usize) -> String {
    let (sign, mut digits, mut exponent) = decimal(value);
    if exponent < 0 {
        // Leading zeros become digits, so that the first digit stands before the point.
        digits.splice(
            0..0,
            std::iter::repeat_n(b'0', exponent.unsigned_abs() as usize),
        );
        exponent = 0;
    }
    let mut whole = exponent as usize + 1;
    if round_half_up(&mut digits, whole + precision) {
        whole += 1;
    }
    format!(
        "{sign}{}.{}",
        text_of(&digits[..whole]),
        text_of(&digits[whole..])
    )
}

/// `~.Ne`: `precision` (at least 2) significant digits, one before the point.
pub fn exponent_text(value: f64, precision: usize) -> String {
    let (sign, mut digits, mut exponent) = decimal(value);
    if round_half_up(&mut digits, precision) {
        digits.pop();
        exponent += 1;
    }
    let exponent_sign = if exponent < 0 { "" } else { "+" };
    format!(
        "{sign}{}.{}e{exponent_sign}{exponent}",
        text_of(&digits[..1]),
        text_of(&digits[1..])
    )
}

/// `~.Ng`: `precision` significant digits; plain for magnitudes from 0.1 to below 10,000 that leave a digit behind the
/// point, else with an exponent.
pub fn general_text(value: f64, precision: usize) -> String {
    let whole = match value.abs() {
        m if m < 0.1 => usize::MAX,
        m if m < 1.0 => 0,
        m if m < 10.0 => 1,
        m if m < 100.0 => 2,
        m if m < 1000.0 => 3,
        m if m < 10_000.0 => 4,
        _ => usize::MAX,
    };
    if precision > whole {
        fixed_text(value, precision - whole)
    } else {
        exponent_text(value, precision.max(2))
    }
}
