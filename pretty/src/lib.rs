//! Erlang's term printing, byte for byte: `~w`, `~p` and their relatives, and the whole engine of control sequences
//! behind `io_lib:format/2`.
//!
//! The crate is a leaf. It knows no term representation: whoever has terms implements [`View`] for a cheap handle on
//! them (the VM for its words, the tracer for captured bytes), and this crate asks the view what it sees.
//!
//! ```text
//!   format string ──> format::parse ──> format::Engine ──┬─> write    (~w ~W)      flat text
//!                                        column tracking └─> measure ──> layout    (~p ~P)   wrapped text
//! ```
//!
//! It must never recurse on the native stack over a term (terms may be nested a million deep), never print a handle's
//! internals, and never decide anything about encodings by itself: the caller says which characters are printable.
#![allow(rustdoc::private_intra_doc_links)] // The documentation is read beside the code.
#![forbid(unsafe_code)]

mod chars;
mod doc;
mod float;
pub mod format;
mod layout;
mod limit;
mod measure;
mod options;
mod view;
mod write;

pub use chars::{CharRange, atom_text, is_printable, quoted};
pub use float::{exponent_text, fixed_text, general_text, short_text};
pub use format::{FormatError, FormatOptions, format, format_items};
pub use options::{Encoding, NoRecords, Options, Records};
pub use view::{MapOrder, Shape, View};

/// The text of `~w` (`depth < 0`) or `~W`: everything on one line, nothing guessed.
pub fn write<V: View>(term: V, options: &Options<'_>) -> String {
    let mut out = String::new();
    if options.chars_limit >= 0 {
        limit::write(&mut out, term, options);
    } else {
        write::write(&mut out, term, options.depth, options);
    }
    out
}

/// The text of `~p` (`depth < 0`) or `~P`: strings and records recognised, wrapped at `options.line_length`, starting in
/// column `options.column` (1 is the leftmost).
pub fn print<V: View>(term: V, options: &Options<'_>) -> String {
    if options.depth != 0 && write::is_atomic(term) {
        // Most of what a trace line prints: no layout is needed.
        let mut out = String::new();
        write::push_atomic(&mut out, term, options.encoding);
        return out;
    }
    let doc = limit::measure(term, options);
    let mut out = String::with_capacity(doc.width() + 16);
    layout::print(&mut out, &doc, options);
    out
}

/// Which records a term may contain: every `(tag, number of fields)` of a tuple that could be one. For callers whose
/// record printer is itself an Erlang fun: they ask it first for each candidate and then print with the answers.
pub fn record_candidates<V: View>(term: V) -> Vec<(String, usize)> {
    let mut seen = Vec::new();
    let mut todo = vec![term];
    while let Some(view) = todo.pop() {
        match view.shape() {
            Shape::Cons(head, tail) => todo.extend([tail, head]),
            Shape::Tuple(size) => {
                if size > 0
                    && let Shape::Atom(tag) = view.element(0).shape()
                    && !seen
                        .iter()
                        .any(|(name, fields)| *name == tag && *fields == size - 1)
                {
                    seen.push((tag.into_owned(), size - 1));
                }
                todo.extend((0..size).rev().map(|at| view.element(at)));
            }
            Shape::Map(_) => {
                for (key, value) in view.pairs(MapOrder::Internal).into_iter().rev() {
                    todo.extend([value, key]);
                }
            }
            Shape::Small(_)
            | Shape::Big
            | Shape::Float(_)
            | Shape::Atom(_)
            | Shape::Nil
            | Shape::Bits { .. }
            | Shape::Opaque(_)
            | Shape::Cut(_) => {}
        }
    }
    seen
}
