//! What a caller may choose about printing.

use crate::chars::CharRange;
use crate::view::MapOrder;

/// Whether characters above 255 may be written as they are (the `t` modifier).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Latin1,
    Unicode,
}

/// Gives the field names of records, so that a tagged tuple prints as `#name{field = value}`.
pub trait Records {
    /// The names of the fields of record `tag` with `fields` fields; `None` if it is no record.
    fn fields(&self, tag: &str, fields: usize) -> Option<Vec<String>>;
}

/// No tuple is a record.
#[derive(Clone, Copy, Debug)]
pub struct NoRecords;

impl Records for NoRecords {
    fn fields(&self, _tag: &str, _fields: usize) -> Option<Vec<String>> {
        None
    }
}

/// The options of `io_lib_pretty:print/2`, with its defaults.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    pub encoding: Encoding,
    /// Print lists of printable characters as strings (the `l` modifier turns it off).
    pub strings: bool,
    /// The characters a string may hold when `encoding` is Unicode: `io:printable_range/0`.
    pub printable: CharRange,
    /// Where printing starts; 1 is the leftmost column.
    pub column: usize,
    pub line_length: usize,
    /// At most that many characters a line, indentation not counted; negative: no limit.
    pub line_max_chars: i64,
    /// Nesting and length shown; negative: everything.
    pub depth: i64,
    /// About how many characters the result may have; negative: no limit.
    pub chars_limit: i64,
    pub order: MapOrder,
    pub records: &'a dyn Records,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            encoding: Encoding::Latin1,
            strings: true,
            printable: CharRange::Latin1,
            column: 1,
            line_length: 80,
            line_max_chars: -1,
            depth: -1,
            chars_limit: -1,
            order: MapOrder::Internal,
            records: &NoRecords,
        }
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("encoding", &self.encoding)
            .field("column", &self.column)
            .field("line_length", &self.line_length)
            .field("depth", &self.depth)
            .field("chars_limit", &self.chars_limit)
            .finish_non_exhaustive()
    }
}
