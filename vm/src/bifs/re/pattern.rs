//! Patterns as terms: `{re_pattern, Groups, Unicode, UseCrlf, Portable}`. The portable form holds the source and its settings, so a compiled
//! pattern can be stored, sent and written to a file; what PCRE2 made of it lies in the VM's cache.
//!
//! ```text
//!  "TRE1" | flags u32 | newline u8 | bsr_anycrlf u8 | source
//! ```

use std::borrow::Cow;
use std::sync::Arc;

use transom_re::{CompileError, Newline, Regex, Settings, flag};

use crate::atoms;
use crate::bifs::Cx;
use crate::heap::Term;

const MAGIC: &[u8] = b"TRE1";
const HEADER: usize = 10;

/// The portable form of a pattern.
pub struct Portable<'a>(Cow<'a, [u8]>);

impl<'a> Portable<'a> {
    /// Of a source text (UTF-8 for a Unicode pattern).
    pub fn new(settings: &Settings, source: &[u8]) -> Portable<'a> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(settings.flags.to_le_bytes());
        bytes.push(settings.newline as u8);
        bytes.push(u8::from(settings.bsr_anycrlf));
        bytes.extend(source);
        Portable(Cow::Owned(bytes))
    }

    /// Of the binary in a pattern term, if it is one of ours.
    pub fn from_bytes(bytes: Cow<'a, [u8]>) -> Option<Portable<'a>> {
        let good = bytes.len() >= HEADER
            && bytes.starts_with(MAGIC)
            && Newline::from_number(bytes[8]).is_some()
            && bytes[9] <= 1;
        good.then_some(Portable(bytes))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The source.
    pub fn text(&self) -> &[u8] {
        &self.0[HEADER..]
    }

    pub fn settings(&self) -> Settings {
        let b = &self.0;
        Settings {
            flags: u32::from_le_bytes([b[4], b[5], b[6], b[7]]),
            newline: Newline::from_number(b[8]).unwrap_or(Newline::Lf),
            bsr_anycrlf: b[9] == 1,
        }
    }

    /// The same source with another idea of line ends.
    pub fn with_newline(&self, newline: Newline) -> Portable<'static> {
        let settings = Settings {
            newline,
            ..self.settings()
        };
        Portable::new(&settings, self.text())
    }

    pub fn regex(&self, cx: &Cx<'_>) -> Result<Arc<Regex>, CompileError> {
        cx.vm().patterns.get(self)
    }

    /// The pattern term.
    pub fn term<'h>(&self, cx: &Cx<'h>, regex: &Regex) -> Term<'h> {
        let (heap, settings) = (cx.heap(), self.settings());
        heap.tuple(&[
            Term::atom(atoms::RE_PATTERN),
            heap.int(regex.groups() as i64),
            heap.int(i64::from(settings.flags & flag::UNICODE != 0)),
            heap.int(i64::from(settings.newline.knows_crlf())),
            heap.binary(&self.0),
        ])
    }

    /// The portable form in a pattern term.
    pub fn of<'h>(t: Term<'h>) -> Option<Portable<'h>> {
        let tuple = t.as_tuple().filter(|t| t.len() == 5)?;
        tuple.get(0).filter(|t| t.is_atom(atoms::RE_PATTERN))?;
        Portable::from_bytes(tuple.get(4)?.as_binary()?)
    }
}

/// `{ErrString, Position}`
pub fn error_term<'h>(cx: &Cx<'h>, error: &CompileError) -> Term<'h> {
    let heap = cx.heap();
    heap.tuple(&[heap.string(&error.message), heap.int(error.at as i64)])
}
