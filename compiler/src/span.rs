//! Positions in source text. Every node of the tree, every token and every diagnostic carries a [`Span`].
//! This file knows nothing of lexing or of files on disk; it only names places.

use std::sync::Arc;

/// Index into [`Files`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A place in a source file.
///
/// `start..end` are the bytes covered by the whole construct. `line` and `column` (both from 1) are the
/// position Erlang reports for it, which for an infix operator is the operator and not its left operand:
/// stack traces, abstract format and short diagnostics use these two. Tokens that come from a macro carry
/// the place of the macro's use. `line == 0` marks code that no source text stands behind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
    pub line: u32,
    pub column: u32,
}

impl Span {
    /// The bytes of both, the position of `self`.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            ..self
        }
    }

    /// The bytes of `self`, the reported position of `at`.
    #[must_use]
    pub fn at(self, at: Span) -> Span {
        Span {
            line: at.line,
            column: at.column,
            ..self
        }
    }

    /// A span with a line and nothing else, as code made by a parse transform has it.
    #[must_use]
    pub fn from_line(file: FileId, line: u32, column: u32) -> Span {
        Span {
            file,
            start: 0,
            end: 0,
            line,
            column,
        }
    }
}

/// One file that took part in a compilation.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name as the compiler was given it, or as `-file` says.
    pub name: Arc<str>,
    /// The text that spans of this file index, converted to UTF-8.
    pub text: Arc<str>,
}

/// The files of one compilation: the module itself, what it includes, and names made up by `-file`.
#[derive(Clone, Debug, Default)]
pub struct Files {
    list: Vec<SourceFile>,
}

impl Files {
    /// Adds a file and says under which index.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(SourceFile {
            name: name.into(),
            text: text.into(),
        });
        id
    }

    /// The file with this index, if there is one.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.list.get(id.0 as usize)
    }

    /// The file's name, or `nofile`.
    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        self.get(id).map_or("nofile", |f| &f.name)
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True if nothing was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
