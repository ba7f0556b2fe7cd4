//! Making the text of each control sequence.

use std::ops::Range;

use super::field::{push_char, push_string, push_term};
use super::scan::{Adjust, Control, Piece};
use super::text::flatten;
use super::{FormatError, FormatOptions};
use crate::float::{exponent_text, fixed_text, general_text};
use crate::options::{Encoding, Options};
use crate::view::{MapOrder, Shape, View};

/// The text of scanned pieces, and which parts of it (byte ranges, in order) are one item in `io_lib:format/2`'s deep list: what a control
/// sequence made of its argument. Characters of the format and those of `~c`, `~n` and `~~` stand for themselves.
pub fn build<V: View>(
    pieces: &[Piece<V>],
    options: &FormatOptions<'_>,
) -> Result<(String, Vec<Range<usize>>), FormatError> {
    let mut out = String::new();
    let mut items = Vec::new();
    let mut column = Column::default();
    let mut budget = Budget::new(pieces, options);
    for piece in pieces {
        match piece {
            Piece::Text(c) => out.push(*c),
            Piece::Control(control) => {
                column.advance(&out);
                let before = out.len();
                let limit = budget.share(control);
                push_control(&mut out, control, column.at, limit, options)?;
                budget.spend(control, &out[before..]);
                if !matches!(control.code, 'c' | 'n' | '~' | 'i') {
                    items.push(before..out.len());
                }
            }
        }
    }
    Ok((out, items))
}

/// The column (from 0) behind a growing text, computed only for what was added since it was last asked.
#[derive(Default)]
struct Column {
    at: usize,
    seen: usize,
}

impl Column {
    fn advance(&mut self, text: &str) {
        for c in text[self.seen..].chars() {
            self.at = match c {
                '\n' => 0,
                '\t' => (self.at + 8) / 8 * 8,
                _ => self.at + 1,
            };
        }
        self.seen = text.len();
    }
}

/// How `chars_limit` is shared: each limited sequence may use an equal part of what is left.
struct Budget {
    left: Option<usize>,
    sharers: usize,
}

fn is_limited<V>(control: &Control<V>) -> bool {
    matches!(control.code, 's' | 'w' | 'W' | 'p' | 'P')
        && (control.width.is_none() || matches!(control.code, 'p' | 'P'))
}

impl Budget {
    fn new<V>(pieces: &[Piece<V>], options: &FormatOptions<'_>) -> Budget {
        let mut sharers = 0;
        let mut fixed = 0;
        for piece in pieces {
            match piece {
                Piece::Control(control) if is_limited(control) => sharers += 1,
                Piece::Text(_) | Piece::Control(_) => fixed += 1,
            }
        }
        let left = usize::try_from(options.chars_limit)
            .ok()
            .map(|limit| limit.saturating_sub(fixed));
        Budget { left, sharers }
    }

    fn share<V>(&self, control: &Control<V>) -> Option<usize> {
        if is_limited(control) {
            self.left.map(|left| left / self.sharers.max(1))
        } else {
            None
        }
    }

    fn spend<V>(&mut self, control: &Control<V>, text: &str) {
        if is_limited(control) {
            self.left = self
                .left
                .map(|left| left.saturating_sub(text.chars().count()));
            self.sharers = self.sharers.saturating_sub(1);
        }
    }
}

fn push_control<V: View>(
    out: &mut String,
    control: &Control<V>,
    column: usize,
    limit: Option<usize>,
    options: &FormatOptions<'_>,
) -> Result<(), FormatError> {
    let arg = |at: usize| {
        control
            .args
            .get(at)
            .copied()
            .ok_or(FormatError::TooFewArguments)
    };
    match control.code {
        'w' => push_written(out, control, arg(0)?, -1, limit),
        'W' => push_written(out, control, arg(0)?, depth_of(arg(1)?)?, limit),
        'p' => return push_printed(out, control, arg(0)?, -1, column, limit, options),
        'P' => {
            return push_printed(
                out,
                control,
                arg(0)?,
                depth_of(arg(1)?)?,
                column,
                limit,
                options,
            );
        }
        's' => return push_text(out, control, arg(0)?, limit),
        'e' | 'f' | 'g' => return push_float(out, control, arg(0)?),
        'b' | 'B' | 'x' | 'X' | '+' | '#' => return push_integer(out, control),
        'c' => {
            let Shape::Small(code) = arg(0)?.shape() else {
                return Err(FormatError::BadArgument);
            };
            let code = if control.unicode {
                u32::try_from(code).ok()
            } else {
                u32::try_from(code & 0xFF).ok()
            };
            let c = code
                .and_then(char::from_u32)
                .ok_or(FormatError::BadArgument)?;
            return push_char(out, c, control);
        }
        '~' => return push_char(out, '~', control),
        'n' if control.adjust == Adjust::Right => return push_char(out, '\n', control),
        'i' => {}
        _ => return Err(FormatError::BadSequence),
    }
    Ok(())
}

fn depth_of<V: View>(view: V) -> Result<i64, FormatError> {
    match view.shape() {
        Shape::Small(depth) => Ok(depth),
        _ => Err(FormatError::BadArgument),
    }
}

fn order_of<V: View>(control: &Control<V>) -> Result<MapOrder, FormatError> {
    match &control.order {
        None if control.ordered => Ok(MapOrder::Ascending),
        None => Ok(MapOrder::Internal),
        Some(order) => match order.shape() {
            Shape::Atom(name) if name == "undefined" => Ok(MapOrder::Internal),
            Shape::Atom(name) if name == "ordered" => Ok(MapOrder::Ascending),
            Shape::Atom(name) if name == "reversed" => Ok(MapOrder::Descending),
            _ => Err(FormatError::BadArgument),
        },
    }
}

fn encoding_of<V>(control: &Control<V>) -> Encoding {
    if control.unicode {
        Encoding::Unicode
    } else {
        Encoding::Latin1
    }
}

fn limit_option(limit: Option<usize>) -> i64 {
    limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX))
}

fn push_written<V: View>(
    out: &mut String,
    control: &Control<V>,
    term: V,
    depth: i64,
    limit: Option<usize>,
) {
    let order = order_of(control).unwrap_or(MapOrder::Internal);
    let options = Options {
        encoding: encoding_of(control),
        depth,
        order,
        chars_limit: limit_option(limit),
        ..Options::default()
    };
    if control.width.is_none() && control.precision.is_none() && limit.is_none() {
        crate::write::write(out, term, depth, &options);
    } else {
        push_term(
            out,
            &crate::write(term, &options),
            control,
            control.precision,
        );
    }
}

fn push_printed<V: View>(
    out: &mut String,
    control: &Control<V>,
    term: V,
    depth: i64,
    column: usize,
    limit: Option<usize>,
    options: &FormatOptions<'_>,
) -> Result<(), FormatError> {
    if control.adjust == Adjust::Left {
        return Err(FormatError::BadSequence);
    }
    let line_length = match control.width {
        None => 80,
        // No line breaks at all.
        Some(0) => usize::MAX / 4,
        Some(width) => width,
    };
    let printing = Options {
        encoding: encoding_of(control),
        strings: control.strings,
        printable: options.printable,
        column: control.precision.unwrap_or(column + 1).max(1),
        line_length,
        line_max_chars: -1,
        depth,
        chars_limit: limit_option(limit),
        order: order_of(control)?,
        records: options.records,
    };
    out.push_str(&crate::print(term, &printing));
    Ok(())
}

fn push_text<V: View>(
    out: &mut String,
    control: &Control<V>,
    term: V,
    limit: Option<usize>,
) -> Result<(), FormatError> {
    let mut text = flatten(term, control.unicode)?;
    if let Some(limit) = limit
        && let Some((end, _)) = text.char_indices().nth(limit.max(3))
    {
        let keep = text[..end]
            .char_indices()
            .nth(limit.max(3) - 3)
            .map_or(end, |(at, _)| at);
        text.truncate(keep);
        text.push_str("...");
    }
    push_string(out, &text, control)
}

fn push_float<V: View>(out: &mut String, control: &Control<V>, term: V) -> Result<(), FormatError> {
    let Shape::Float(value) = term.shape() else {
        return Err(FormatError::BadArgument);
    };
    let precision = control.precision.unwrap_or(6);
    let text = match control.code {
        'f' if precision >= 1 => fixed_text(value, precision),
        'e' if precision >= 2 => exponent_text(value, precision),
        'g' if precision >= 1 => general_text(value, precision),
        _ => return Err(FormatError::BadSequence),
    };
    push_term(out, &text, control, control.width);
    Ok(())
}

fn push_integer<V: View>(out: &mut String, control: &Control<V>) -> Result<(), FormatError> {
    let term = *control.args.first().ok_or(FormatError::TooFewArguments)?;
    if !matches!(term.shape(), Shape::Small(_) | Shape::Big) {
        return Err(FormatError::BadArgument);
    }
    let base = control.precision.unwrap_or(10);
    if !(2..=36).contains(&base) {
        return Err(FormatError::BadSequence);
    }
    let mut digits = term.digits(u32::try_from(base).expect("a base up to 36"));
    if matches!(control.code, 'B' | 'X' | '#') {
        digits.make_ascii_uppercase();
    }
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.as_str()),
    };
    let prefix = match control.code {
        'x' | 'X' => {
            let prefix = *control.args.get(1).ok_or(FormatError::TooFewArguments)?;
            if matches!(prefix.shape(), Shape::Bits { .. }) {
                return Err(FormatError::BadArgument);
            }
            flatten(prefix, true)?
        }
        '+' | '#' => format!("{base}#"),
        _ => String::new(),
    };
    push_term(out, &format!("{sign}{prefix}{digits}"), control, None);
    Ok(())
}
