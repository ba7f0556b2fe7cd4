//! Diagnostics for people and for tools. The first line is always `file:line:column: severity: message`.

use std::io::IsTerminal;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use transom_compiler::diagnostic::{Diagnostic, Severity};
use transom_compiler::span::Files;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the source line.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON object per line.
    Json,
}

impl Format {
    /// From the value of `--format`.
    pub fn parse(text: &str) -> Result<Format, String> {
        match text {
            "human" => Ok(Format::Human),
            "short" => Ok(Format::Short),
            "json" => Ok(Format::Json),
            _ => Err(format!("--format takes human, short or json, not '{text}'")),
        }
    }

    /// Prints to standard error.
    pub fn print(self, all: &[Diagnostic], files: &Files) {
        for d in all {
            match self {
                Format::Human => eprintln!("{}", human(d, files)),
                Format::Short => eprintln!("{}", d.short(files)),
                Format::Json => eprintln!("{}", json(d, files)),
            }
        }
    }
}

fn human(d: &Diagnostic, files: &Files) -> String {
    let short = d.short(files);
    let Some(span) = d.span else { return short };
    let Some(file) = files.get(span.file) else {
        return short;
    };
    let (start, end) = (span.start as usize, span.end as usize);
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
    let snippet = Snippet::source(&*file.text)
        .line_start(1)
        .annotation(AnnotationKind::Primary.span(start..end));
    let group = annotate_snippets::Group::with_level(level).element(snippet);
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
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

fn json(d: &Diagnostic, files: &Files) -> String {
    let place = d.span.map_or_else(String::new, |s| {
        format!(
            "\"file\":{},\"line\":{},\"column\":{},\"start\":{},\"end\":{},",
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
