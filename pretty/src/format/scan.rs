//! Taking a format string apart.

use super::FormatError;
use crate::view::{Shape, View};

/// On which side of its field a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjust {
    Left,
    Right,
}

/// One control sequence with its arguments bound: the map that `io_lib:scan_format/2` gives.
#[derive(Clone, Debug)]
pub struct Control<V> {
    pub code: char,
    pub args: Vec<V>,
    pub width: Option<usize>,
    pub adjust: Adjust,
    pub precision: Option<usize>,
    pub pad: char,
    /// The `t` modifier.
    pub unicode: bool,
    /// Off with the `l` modifier.
    pub strings: bool,
    /// The `k` modifier: maps by ascending key.
    pub ordered: bool,
    /// The argument of the `K` modifier.
    pub order: Option<V>,
}

/// A character to be written, or a control sequence.
#[derive(Clone, Debug)]
pub enum Piece<V> {
    Text(char),
    Control(Control<V>),
}

struct Scanner<'a, V, I: Iterator<Item = char>> {
    chars: std::iter::Peekable<I>,
    args: std::slice::Iter<'a, V>,
}

/// Takes `format` apart and binds `args`, all of which must be used.
pub fn scan<V: View>(
    format: impl Iterator<Item = char>,
    args: &[V],
) -> Result<Vec<Piece<V>>, FormatError> {
    let mut scanner = Scanner {
        chars: format.peekable(),
        args: args.iter(),
    };
    let mut pieces = Vec::new();
    while let Some(c) = scanner.chars.next() {
        pieces.push(if c == '~' {
            Piece::Control(scanner.control()?)
        } else {
            Piece::Text(c)
        });
    }
    match scanner.args.next() {
        None => Ok(pieces),
        Some(_) => Err(FormatError::TooManyArguments),
    }
}

impl<V: View, I: Iterator<Item = char>> Scanner<'_, V, I> {
    fn argument(&mut self) -> Result<V, FormatError> {
        self.args
            .next()
            .copied()
            .ok_or(FormatError::TooFewArguments)
    }

    fn next_if(&mut self, wanted: char) -> bool {
        self.chars.next_if_eq(&wanted).is_some()
    }

    fn integer_argument(&mut self) -> Result<i64, FormatError> {
        match self.argument()?.shape() {
            Shape::Small(value) => Ok(value),
            _ => Err(FormatError::BadArgument),
        }
    }

    fn digits(&mut self) -> Result<Option<i64>, FormatError> {
        let mut value: Option<i64> = None;
        while let Some(c) = self.chars.next_if(char::is_ascii_digit) {
            let digit = i64::from(c.to_digit(10).expect("an ASCII digit"));
            let next = value
                .unwrap_or(0)
                .checked_mul(10)
                .and_then(|v| v.checked_add(digit));
            value = Some(next.ok_or(FormatError::BadSequence)?);
        }
        Ok(value)
    }

    /// A width or precision: `*`, digits or nothing.
    fn number(&mut self) -> Result<Option<i64>, FormatError> {
        if self.next_if('*') {
            self.integer_argument().map(Some)
        } else {
            self.digits()
        }
    }

    fn control(&mut self) -> Result<Control<V>, FormatError> {
        let negative = self.next_if('-');
        let width = self.number()?.map(|w| if negative { -w } else { w });
        let adjust = if width.map_or(negative, |w| w < 0) {
            Adjust::Left
        } else {
            Adjust::Right
        };
        let width = width
            .map(|w| usize::try_from(w.unsigned_abs()).map_err(|_| FormatError::BadSequence))
            .transpose()?;
        let mut precision = None;
        let mut pad = ' ';
        if self.next_if('.') {
            precision = self.number()?;
            if self.next_if('.') {
                pad = if self.next_if('*') {
                    let code = self.integer_argument()?;
                    u32::try_from(code)
                        .ok()
                        .and_then(char::from_u32)
                        .ok_or(FormatError::BadArgument)?
                } else {
                    self.chars.next().ok_or(FormatError::BadSequence)?
                };
            }
        }
        let precision = precision
            .map(|p| usize::try_from(p).map_err(|_| FormatError::BadSequence))
            .transpose()?;
        let mut control = Control {
            code: ' ',
            args: Vec::new(),
            width,
            adjust,
            precision,
            pad,
            unicode: false,
            strings: true,
            ordered: false,
            order: None,
        };
        loop {
            let c = self.chars.next().ok_or(FormatError::BadSequence)?;
            match c {
                't' => control.unicode = true,
                'l' => control.strings = false,
                'k' => control.ordered = true,
                'K' => control.order = Some(self.argument()?),
                _ => {
                    control.code = c;
                    break;
                }
            }
        }
        let wanted = match control.code {
            'n' | '~' => 0,
            'W' | 'P' | 'x' | 'X' => 2,
            'c' | 'f' | 'e' | 'g' | 's' | 'w' | 'p' | 'b' | 'B' | '+' | '#' | 'i' => 1,
            _ => return Err(FormatError::BadSequence),
        };
        for _ in 0..wanted {
            let arg = self.argument()?;
            control.args.push(arg);
        }
        Ok(control)
    }
}
