//! Diagnostics as terms: `{error | warning, File, Location, Code, Message, Hint}`, the location `none`, `Line` or `{Line, Column}`.

use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::diagnostic::Diagnostic;
use transom_compiler::span::{Files, Span};

/// A position.
pub fn location(span: Span, columns: bool) -> Tree {
    if columns && span.column > 0 {
        Tree::tuple([Tree::int(span.line), Tree::int(span.column)])
    } else {
        Tree::int(span.line)
    }
}

/// One diagnostic.
pub fn message(d: &Diagnostic, files: &Files, columns: bool) -> Tree {
    let (file, at) = match d.span {
        Some(span) => (files.name(span.file), location(span, columns)),
        None => ("", Tree::atom("none")),
    };
    let hint = d.hint.as_deref().map_or_else(Tree::nil, Tree::string);
    Tree::tuple([
        Tree::atom(d.severity.as_str()),
        Tree::string(file),
        at,
        Tree::atom(d.code),
        Tree::string(&d.message),
        hint,
    ])
}

/// All of them.
pub fn messages(all: &[Diagnostic], files: &Files, columns: bool) -> Tree {
    Tree::List(all.iter().map(|d| message(d, files, columns)).collect())
}
