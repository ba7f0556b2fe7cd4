//! Diagnostics drawn for people and written for tools: pure text, the caller prints it.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{Files, Span};

/// With the source line drawn under the first line, the span marked.
#[must_use]
pub fn human(d: &Diagnostic, files: &Files, colour: bool) -> String {
    let short = d.short(files);
    let Some(span) = d.span else { return short };
    let Some(file) = files.get(span.file) else {
        return short;
    };
    let (start, end) = bytes(span, &file.text);
    if end > file.text.len()
        || start > end
        || !file.text.is_char_boundary(start)
        || !file.text.is_char_boundary(end)
    {
        return short;
    }
    let (first, rest) = short.split_once('\n').unwrap_or((&short, ""));
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // From the line on that is shown, so that it has the number of the first line, which -file may have changed.
    let begin = file.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let number = match span.line {
        0 => 1 + file.text[..begin].matches('\n').count(),
        line => line as usize,
    };
    let snippet = Snippet::source(&file.text[begin..])
        .line_start(number)
        .annotation(AnnotationKind::Primary.span(start - begin..end - begin));
    let group = annotate_snippets::Group::with_level(level).element(snippet);
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let drawing = renderer.render(&[group]);
    let rest = if rest.is_empty() {
        String::new()
    } else {
        format!("\n{rest}")
    };
    format!("{first}\n{drawing}{rest}")
}

/// A place in a text, drawn without a message: what a console shows of a syntax error or of a frame of a stack trace. `column` counts characters from
/// 1; 0 marks the whole line. Empty where the text has no such line.
#[must_use]
pub fn excerpt(name: &str, text: &str, line: usize, column: usize, colour: bool) -> String {
    let Some(content) = line.checked_sub(1).and_then(|n| text.lines().nth(n)) else {
        return String::new();
    };
    let before: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let indent = content.len() - content.trim_start().len();
    let (start, end) = match column.checked_sub(1) {
        None => (
            before + indent,
            before + content.trim_end().len().max(indent),
        ),
        Some(skipped) => {
            let at = content.char_indices().nth(skipped);
            let at = at.map_or(content.len(), |(i, _)| i);
            (before + at, before + at + word(&content[at..]))
        }
    };
    let mut snippet = Snippet::source(text)
        .line_start(1)
        .annotation(AnnotationKind::Primary.span(start..end));
    if !name.is_empty() {
        snippet = snippet.path(name);
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let group = annotate_snippets::Group::with_level(Level::ERROR).element(snippet);
    renderer.render(&[group])
}

/// Bytes of the word at the start, of one sign where there is none.
fn word(text: &str) -> usize {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    match end.unwrap_or(text.len()) {
        0 => text.chars().next().map_or(0, char::len_utf8),
        n => n,
    }
}

/// The bytes to be marked: those of the span, or from line and column where there are no others (code of a parse transform).
fn bytes(span: Span, text: &str) -> (usize, usize) {
    if span.end > span.start || span.line == 0 {
        return (span.start as usize, span.end as usize);
    }
    let line = span.line as usize - 1;
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(before..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let column = (span.column as usize).max(1) - 1;
    let at = line
        .char_indices()
        .nth(column)
        .map_or(line.len(), |(i, _)| i);
    let word = line[at..].find(|c: char| !c.is_alphanumeric() && c != '_');
    let len = word.unwrap_or(line.len() - at);
    (before + at, before + at + len)
}

/// One JSON object on one line: file, line, column, span (bytes from the start of the file), severity, code, message, notes, hint.
#[must_use]
pub fn json(d: &Diagnostic, files: &Files) -> String {
    let place = d.span.map_or_else(String::new, |s| {
        format!(
            "\"file\":{},\"line\":{},\"column\":{},\"span\":{{\"start\":{},\"end\":{}}},",
            text(files.name(s.file)),
            s.line,
            s.column,
            s.start,
            s.end
        )
    });
    let notes: Vec<String> = d.notes.iter().map(|n| text(&n.message)).collect();
    let hint = d.hint.as_deref().map_or_else(|| "null".to_owned(), text);
    format!(
        "{{{place}\"severity\":{},\"code\":{},\"message\":{},\"notes\":[{}],\"hint\":{hint}}}",
        text(d.severity.as_str()),
        text(d.code),
        text(&d.message),
        notes.join(",")
    )
}

/// A JSON string.
fn text(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
