//! `doc/<module>.txt`: what the module is for, an empty line, then a line for each thing:
//!
//! ```text
//! seq(From, To); seq(From, To, Incr) -- The integers from From to To.
//! callback init(Args) -- {ok, State} or {stop, Reason}.
//! ```

use super::source::head;

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Function,
    Callback,
}

/// One way to call a thing, and the text of its line.
pub struct Entry {
    kind: Kind,
    pub name: String,
    pub arity: usize,
    pub head: String,
    pub text: String,
}

/// A file.
pub struct Book {
    pub about: String,
    entries: Vec<Entry>,
}

impl Book {
    /// All functions.
    pub fn functions(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|e| e.kind == Kind::Function)
    }

    /// What is written about a function or callback.
    pub fn entry(&self, kind: Kind, name: &str, arity: usize) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|e| e.kind == kind && e.name == name && e.arity == arity)
    }
}

/// Columns of a line on a console, without its indentation.
const WIDTH: usize = 72;

/// Reads a file. A line that cannot be read fails the build: it would be lost in silence otherwise.
pub fn read(text: &str) -> Book {
    let (about, lines) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut entries = Vec::new();
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let Some((heads, text)) = line.split_once(" -- ") else {
            panic!("no ` -- ` in the documentation line {line:?}");
        };
        let (kind, heads) = match heads.strip_prefix("callback ") {
            Some(heads) => (Kind::Callback, heads),
            None => (Kind::Function, heads),
        };
        for one in heads.split("; ") {
            let Some((name, arity, _)) = head(one) else {
                panic!("{one:?} is no head of a function");
            };
            entries.push(Entry {
                kind,
                name,
                arity,
                head: one.to_owned(),
                text: wrapped(text),
            });
        }
    }
    Book {
        about: about.trim().to_owned(),
        entries,
    }
}

/// Broken into lines at spaces.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}
