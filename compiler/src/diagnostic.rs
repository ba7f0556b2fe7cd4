//! Errors and warnings as values. The compiler never prints and never panics on input: whatever it has to
//! say about a program becomes a [`Diagnostic`]. The short one-line form is made here; the drawing with
//! source lines is the command line's.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::span::{Files, Span};

/// How bad it is. Errors stop the compilation after the phase that found them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A second place that helps to understand a diagnostic.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub span: Option<Span>,
    pub message: String,
}

/// One thing said about a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable name such as `unbound_var`; Erlang's own tag where Erlang has one.
    pub code: &'static str,
    /// One sentence, worded as Erlang/OTP words it where OTP has the same message.
    pub message: String,
    /// Where; `None` only for what concerns a file as a whole.
    pub span: Option<Span>,
    pub notes: Vec<Note>,
    /// What to do about it (`did you mean ...?`).
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: &'static str, span: Span, message: String) -> Self {
        Diagnostic {
            severity,
            code,
            message,
            span: Some(span),
            notes: Vec::new(),
            hint: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a second place.
    #[must_use]
    pub fn with_note(mut self, span: Option<Span>, message: impl Into<String>) -> Self {
        self.notes.push(Note {
            span,
            message: message.into(),
        });
        self
    }

    /// True for errors.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// `file:line:column: error: message`, followed by a `note:` line for each note and a `hint:` line.
    #[must_use]
    pub fn short(&self, files: &Files) -> String {
        let mut out = String::new();
        place(&mut out, files, self.span);
        let _ = write!(out, "{}: {}", self.severity.as_str(), self.message);
        for note in &self.notes {
            out.push('\n');
            place(&mut out, files, note.span);
            let _ = write!(out, "note: {}", note.message);
        }
        if let Some(hint) = &self.hint {
            let _ = write!(out, "\n  hint: {hint}");
        }
        out
    }
}

fn place(out: &mut String, files: &Files, span: Option<Span>) {
    if let Some(s) = span {
        let _ = write!(out, "{}:{}:{}: ", files.name(s.file), s.line, s.column);
    }
}

/// True if any of them is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// The name among `candidates` that `wrong` was probably meant to be: the closest one within a third of its length
/// in edits (a swap of neighbours counts once).
#[must_use]
pub fn did_you_mean<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<Arc<str>> {
    let limit = wrong.chars().count().div_ceil(3).min(4);
    let mut best: Option<(usize, &str)> = None;
    for c in candidates {
        if c == wrong || c.len().abs_diff(wrong.len()) > limit * 4 {
            continue;
        }
        let d = edits(wrong, c);
        if d <= limit && best.is_none_or(|(b, n)| (d, c) < (b, n)) {
            best = Some((d, c));
        }
    }
    best.map(|(_, c)| c.into())
}

/// Edit distance with neighbour swaps (optimal string alignment); the words are short, the table is small.
fn edits(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut d = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                d = d.min(rows[i - 2][j - 2] + 1);
            }
            row[j] = d;
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_close_names_only() {
        assert_eq!(
            did_you_mean("lenght", ["length", "hd", "tl"]).as_deref(),
            Some("length")
        );
        assert_eq!(did_you_mean("foo", ["bar", "quux"]), None);
    }

    #[test]
    fn short_form_has_position_first() {
        let mut files = Files::default();
        let file = files.add("a.erl", "");
        let d = Diagnostic::error("x", Span::from_line(file, 3, 7), "bad").with_hint("try this");
        assert_eq!(d.short(&files), "a.erl:3:7: error: bad\n  hint: try this");
    }
}
