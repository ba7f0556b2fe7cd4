//! Fitting a text into its field: padding, truncation, and the stars of what does not fit.

use super::FormatError;
use super::scan::{Adjust, Control};

fn push_n(out: &mut String, c: char, count: usize) {
    out.extend(std::iter::repeat_n(c, count));
}

fn push_adjusted(out: &mut String, text: &str, pad: usize, control_pad: char, adjust: Adjust) {
    match adjust {
        Adjust::Left => {
            out.push_str(text);
            push_n(out, control_pad, pad);
        }
        Adjust::Right => {
            push_n(out, control_pad, pad);
            out.push_str(text);
        }
    }
}

/// A term's text (`~w`, `~b`, floats): one that is wider than its field, or than its precision, becomes stars.
pub(super) fn push_term<V>(
    out: &mut String,
    text: &str,
    control: &Control<V>,
    precision: Option<usize>,
) {
    let Some(width) = control.width.or(precision) else {
        out.push_str(text);
        return;
    };
    let length = text.chars().count();
    let room = length.min(precision.unwrap_or(width).min(width));
    if length > room {
        push_adjusted(
            out,
            &"*".repeat(room),
            width - room,
            control.pad,
            control.adjust,
        );
    } else {
        push_adjusted(out, text, width - room, control.pad, control.adjust);
    }
}

/// A string (`~s`): cut to its precision, padded to its width.
pub(super) fn push_string<V>(
    out: &mut String,
    text: &str,
    control: &Control<V>,
) -> Result<(), FormatError> {
    let (width, precision) = match (control.width, control.precision) {
        (None, None) => {
            out.push_str(text);
            return Ok(());
        }
        (Some(width), Some(precision)) if width < precision => {
            return Err(FormatError::BadSequence);
        }
        (Some(width), Some(precision)) => (width, precision),
        (Some(width), None) => (width, width),
        (None, Some(precision)) => (precision, precision),
    };
    let mut field = String::new();
    match text.char_indices().nth(precision) {
        Some((end, _)) => field.push_str(&text[..end]),
        None => {
            let pad = precision - text.chars().count();
            push_adjusted(&mut field, text, pad, control.pad, Adjust::Left);
        }
    }
    if control.precision.is_none() || width == precision {
        // One number only, or the same twice: the text stands at its own side of the field.
        let length = text.chars().count().min(precision);
        let shown: String = text.chars().take(precision).collect();
        let adjust = if control.width.is_none() {
            Adjust::Left
        } else {
            control.adjust
        };
        push_adjusted(out, &shown, width - length, control.pad, adjust);
    } else {
        push_adjusted(out, &field, width - precision, control.pad, control.adjust);
    }
    Ok(())
}

/// A character (`~c`, `~~`, `~n`), repeated as often as its precision, else its width, says.
pub(super) fn push_char<V>(
    out: &mut String,
    c: char,
    control: &Control<V>,
) -> Result<(), FormatError> {
    match (control.width, control.precision) {
        (None, None) => out.push(c),
        (Some(count), None) | (None, Some(count)) => push_n(out, c, count),
        (Some(width), Some(precision)) if width >= precision => {
            push_adjusted(
                out,
                &String::from_iter(std::iter::repeat_n(c, precision)),
                width - precision,
                control.pad,
                control.adjust,
            );
        }
        (Some(_), Some(_)) => return Err(FormatError::BadSequence),
    }
    Ok(())
}
