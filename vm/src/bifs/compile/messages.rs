//! Diagnostics as terms: `{error | warning, File, Location, Code, Message, Drawn}`, the location `none`, `Line` or `{Line, Column}`, the last the
//! whole as text, if a format was asked for.

use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::diagnostic::Diagnostic;
use transom_compiler::report;
use transom_compiler::span::{Files, Span};

/// A position.
pub fn location(span: Span, columns: bool) -> Tree {
    if columns && span.column > 0 {
        Tree::tuple([Tree::int(span.line), Tree::int(span.column)])
    } else {
        Tree::int(span.line)
    }
}

/// How a diagnostic is drawn beside its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draw {
    #[default]
    Not,
    /// With colours or without.
    Human(bool),
    Short,
    Json,
}

impl Draw {
    fn text(self, d: &Diagnostic, files: &Files) -> String {
        match self {
            Draw::Not => String::new(),
            Draw::Human(colour) => report::human(d, files, colour),
            Draw::Short => d.short(files),
            Draw::Json => report::json(d, files),
        }
    }
}

/// One diagnostic.
pub fn message(d: &Diagnostic, files: &Files, columns: bool, draw: Draw) -> Tree {
    let (file, at) = match d.span {
        Some(span) => (files.name(span.file), location(span, columns)),
        None => ("", Tree::atom("none")),
    };
    let drawn = Tree::string(&draw.text(d, files));
    Tree::tuple([
        Tree::atom(d.severity.as_str()),
        Tree::string(file),
        at,
        Tree::atom(d.code),
        Tree::string(&d.message),
        drawn,
    ])
}

/// All of them.
pub fn messages(all: &[Diagnostic], files: &Files, columns: bool, draw: Draw) -> Tree {
    Tree::List(
        all.iter()
            .map(|d| message(d, files, columns, draw))
            .collect(),
    )
}
