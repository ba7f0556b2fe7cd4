//! From source text to forms: the way in to lexer, preprocessor and grammar.

use crate::ast::{Form, FormKind, Name};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::parser::parse_form;
use crate::preprocess::{Piece, Preprocessor};
use crate::span::Files;

/// How deep brackets, blocks and prefix operators may nest. More is a diagnostic.
pub const MAX_NESTING: usize = 10_000;

/// How long a chain of infix operators may be that builds a deep tree (`A + B + ...`). More is a diagnostic.
pub const MAX_CHAIN: usize = 50_000;

/// What the caller may set for reading a module.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Macros defined from outside: name and, as source text, value (`None`: `true`).
    pub defines: Vec<(Name, Option<String>)>,
    /// The module name used for `?MODULE` before `-module` was seen (the file's base name).
    pub default_module: Option<Name>,
}

/// A module that has been read. With an error among the diagnostics `forms` holds what could be read.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub forms: Vec<Form>,
    pub diagnostics: Vec<Diagnostic>,
    /// How many forms there were before each diagnostic.
    pub places: Vec<usize>,
    pub files: Files,
}

/// Reads a module: one form after another, each bad one answered by one diagnostic. `name` is the file name for
/// messages. Never panics; deep nesting is a diagnostic. Trees may be [`MAX_NESTING`] deep: walk
/// them inside [`crate::stack::with_large_stack`].
#[must_use]
pub fn parse_module(source: &[u8], name: &str, options: &Options, host: &dyn Host) -> Parsed {
    let mut pre = Preprocessor::new(source, name, options, host);
    let mut forms = Vec::new();
    let mut places = Vec::new();
    loop {
        let piece = pre.next_piece();
        places.resize(pre.diagnostics.len(), forms.len());
        match piece {
            Piece::File(span, name, line) => forms.push(Form {
                span,
                kind: FormKind::File(name, line),
            }),
            Piece::Form(tokens) => match parse_form(&tokens) {
                Ok(form) => forms.push(form),
                Err(d) => pre.diagnostics.push(d),
            },
            Piece::Eof(span) => {
                forms.push(Form {
                    span,
                    kind: FormKind::Eof,
                });
                break;
            }
        }
    }
    let Preprocessor {
        files, diagnostics, ..
    } = pre;
    places.resize(diagnostics.len(), forms.len());
    Parsed {
        forms,
        diagnostics,
        places,
        files,
    }
}
