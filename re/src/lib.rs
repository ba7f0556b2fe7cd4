//! Regular expressions for the module `re`: a narrow, safe front to PCRE2 with what the wrapper crate leaves out (anchoring,
//! line ends, limits, named groups in order, options of a single match). Nothing here knows terms or processes.
//!
//! ```text
//!  Settings + pattern bytes ── Regex::new ──> Regex (shared between threads)
//!                                               └─ find(subject, Request) ──> Found::{Match, NoMatch, Limit, Failed}
//! ```
#![deny(unsafe_op_in_unsafe_fn)]

mod messages;
mod regex;
mod tables;

pub use regex::{CompileError, Found, Groups, LimitKind, Regex, Request, Subject};

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Newline {
    /// Carriage return.
    Cr = 1,
    /// Line feed.
    Lf = 2,
    /// Both, in this order.
    CrLf = 3,
    /// Whatever Unicode counts as a line end.
    Any = 4,
    /// Carriage return, line feed or both.
    AnyCrLf = 5,
    /// The zero byte.
    Nul = 6,
}

impl Newline {
    /// From its number, as stored in compiled patterns.
    pub fn from_number(n: u8) -> Option<Newline> {
        match n {
            1 => Some(Newline::Cr),
            2 => Some(Newline::Lf),
            3 => Some(Newline::CrLf),
            4 => Some(Newline::Any),
            5 => Some(Newline::AnyCrLf),
            6 => Some(Newline::Nul),
            _ => None,
        }
    }

    /// Can a line end with two characters?
    pub fn knows_crlf(self) -> bool {
        match self {
            Newline::CrLf | Newline::Any | Newline::AnyCrLf => true,
            Newline::Cr | Newline::Lf | Newline::Nul => false,
        }
    }
}

/// How a pattern is read. The bits of `flags` are the constants in [`flag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// See [`flag`].
    pub flags: u32,
    /// What `^`, `$` and `.` take for a line end.
    pub newline: Newline,
    /// Does `\R` match only CR, LF and CRLF?
    pub bsr_anycrlf: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            flags: 0,
            newline: Newline::Lf,
            bsr_anycrlf: false,
        }
    }
}

/// Switches of a pattern; the numbers are ours and stay, since compiled patterns carry them.
pub mod flag {
    /// Pattern and subject are UTF-8.
    pub const UNICODE: u32 = 1;
    /// Matches only where the search starts.
    pub const ANCHORED: u32 = 1 << 1;
    /// Upper and lower case are the same.
    pub const CASELESS: u32 = 1 << 2;
    /// `$` matches at the very end only.
    pub const DOLLAR_ENDONLY: u32 = 1 << 3;
    /// `.` matches line ends too.
    pub const DOTALL: u32 = 1 << 4;
    /// White space and comments are ignored.
    pub const EXTENDED: u32 = 1 << 5;
    /// A match must begin in the first line.
    pub const FIRSTLINE: u32 = 1 << 6;
    /// `^` and `$` match at every line.
    pub const MULTILINE: u32 = 1 << 7;
    /// Plain parentheses do not capture.
    pub const NO_AUTO_CAPTURE: u32 = 1 << 8;
    /// Names may occur twice.
    pub const DUPNAMES: u32 = 1 << 9;
    /// Quantifiers take little by default.
    pub const UNGREEDY: u32 = 1 << 10;
    /// No shortcuts at the start of a search.
    pub const NO_START_OPTIMIZE: u32 = 1 << 11;
    /// Classes follow Unicode.
    pub const UCP: u32 = 1 << 12;
    /// The pattern may not switch to UTF-8 itself.
    pub const NEVER_UTF: u32 = 1 << 13;
}

/// Name and version of the library that does the work.
pub fn version() -> String {
    regex::version()
}
