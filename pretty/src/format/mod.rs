//! The engine behind `io_lib:format/2`: control sequences, their arguments, field widths and columns.
//!
//! [`scan`] takes a format apart and binds the arguments (as `io_lib:scan_format/2`), [`build`] makes the text (as
//! `io_lib:build_text/1`), [`format()`] does both. The column is tracked over the whole text, because `~p` wraps from where
//! it stands.

mod control;
mod field;
mod scan;
mod text;

pub use control::build;
pub use scan::{Adjust, Control, Piece, scan};

use std::ops::Range;

use crate::chars::CharRange;
use crate::options::{NoRecords, Records};
use crate::view::View;

/// Why a format could not be used; in Erlang all of them are `badarg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// The format ends inside a control sequence, or a sequence is unknown or has an impossible width or precision.
    BadSequence,
    /// More sequences than arguments.
    TooFewArguments,
    /// More arguments than sequences.
    TooManyArguments,
    /// An argument of the wrong type.
    BadArgument,
}

impl std::fmt::Display for FormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            FormatError::BadSequence => "bad control sequence",
            FormatError::TooFewArguments => "not enough arguments",
            FormatError::TooManyArguments => "too many arguments",
            FormatError::BadArgument => "wrong type of argument",
        })
    }
}

impl std::error::Error for FormatError {}

/// What a caller of `io_lib:format/2,3` may choose outside the format.
#[derive(Clone, Copy)]
pub struct FormatOptions<'a> {
    pub printable: CharRange,
    /// About how many characters the result may have; negative: no limit.
    pub chars_limit: i64,
    pub records: &'a dyn Records,
}

impl Default for FormatOptions<'_> {
    fn default() -> Self {
        FormatOptions {
            printable: CharRange::Latin1,
            chars_limit: -1,
            records: &NoRecords,
        }
    }
}

impl std::fmt::Debug for FormatOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormatOptions")
            .field("chars_limit", &self.chars_limit)
            .finish_non_exhaustive()
    }
}

/// The text of `io_lib:format(format, args)`.
pub fn format<V: View>(
    format: &str,
    args: &[V],
    options: &FormatOptions<'_>,
) -> Result<String, FormatError> {
    format_items(format, args, options).map(|(text, _)| text)
}

/// The text of `io_lib:format(format, args)` with the byte ranges that are lists of their own in its result.
pub fn format_items<V: View>(
    format: &str,
    args: &[V],
    options: &FormatOptions<'_>,
) -> Result<(String, Vec<Range<usize>>), FormatError> {
    build(&scan(format.chars(), args)?, options)
}
