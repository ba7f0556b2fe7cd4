//! Building a line whose terms wrap where they stand.

use std::borrow::Cow;

use transom_pretty::{
    CharRange, Encoding, MapOrder, NoRecords, Options, Records, Shape, View, print, write,
};

use crate::capture::Captured;
use crate::event::Stamp;
use crate::term::Tree;

/// Text under construction that knows its column.
pub(super) struct Line<'o> {
    pub out: &'o mut String,
    start: usize,
    unicode: bool,
    printable: CharRange,
}

impl<'o> Line<'o> {
    pub fn new(out: &'o mut String, unicode: bool, printable: CharRange) -> Self {
        let start = out.rfind('\n').map_or(0, |at| at + 1);
        Line {
            out,
            start,
            unicode,
            printable,
        }
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.out.push_str(text);
        self
    }

    fn options(&self) -> Options<'static> {
        let encoding = if self.unicode {
            Encoding::Unicode
        } else {
            Encoding::Latin1
        };
        Options {
            encoding,
            printable: self.printable,
            ..Options::default()
        }
    }

    /// As `~p`: wraps from the current column.
    pub fn p(&mut self, term: impl View) -> &mut Self {
        self.p_depth(term, -1)
    }

    pub fn p_depth(&mut self, term: impl View, depth: i64) -> &mut Self {
        let tail = &self.out[self.start..];
        let tail = tail.rsplit('\n').next().unwrap_or(tail);
        let column = tail.chars().count() + 1;
        let text = print(
            term,
            &Options {
                column,
                depth,
                ..self.options()
            },
        );
        self.text(&text)
    }

    /// As `~s` of a term that was formatted before: wraps as if it stood at the left edge.
    pub fn separate(&mut self, term: impl View) -> &mut Self {
        self.separate_depth(term, -1)
    }

    pub fn separate_depth(&mut self, term: impl View, depth: i64) -> &mut Self {
        let text = print(
            term,
            &Options {
                depth,
                ..self.options()
            },
        );
        self.text(&text)
    }

    /// As `~w`.
    pub fn w(&mut self, term: impl View) -> &mut Self {
        let text = write(term, &self.options());
        self.text(&text)
    }

    pub fn atom(&mut self, text: &str) -> &mut Self {
        let encoding = self.options().encoding;
        let quoted = transom_pretty::atom_text(text, encoding);
        self.text(&quoted)
    }

    /// `~p:~p/~p`.
    pub fn mfa(&mut self, module: &str, function: &str, arity: usize) -> &mut Self {
        self.atom(module)
            .text(":")
            .atom(function)
            .text(&format!("/{arity}"))
    }
}

/// A term on one line.
pub(super) fn one_line(term: Captured<'_>, records: &dyn Records) -> String {
    let options = Options {
        encoding: Encoding::Unicode,
        printable: CharRange::Unicode,
        line_length: usize::MAX / 4,
        records,
        ..Options::default()
    };
    print(term, &options)
}

/// The term of a time stamp.
pub(super) fn stamp_term(stamp: Stamp) -> Option<Tree> {
    match stamp {
        Stamp::None => None,
        Stamp::Wall(us) => {
            let (s, us) = (us.div_euclid(1_000_000), us.rem_euclid(1_000_000));
            Some(Tree::Tuple(vec![
                Tree::Int(s / 1_000_000),
                Tree::Int(s % 1_000_000),
                Tree::Int(us),
            ]))
        }
        Stamp::Monotonic(ns) => Some(Tree::Int(ns)),
        Stamp::Strict(ns, unique) => Some(Tree::Tuple(vec![Tree::Int(ns), Tree::Int(unique)])),
    }
}

/// A list of captured terms, to print a row of them as one term.
#[derive(Clone, Copy)]
pub(super) struct Row<'r, 'a> {
    items: &'r [Captured<'a>],
    inner: Option<Captured<'a>>,
}

impl<'r, 'a> Row<'r, 'a> {
    pub fn new(items: &'r [Captured<'a>]) -> Self {
        Row { items, inner: None }
    }

    fn of(&self, inner: Captured<'a>) -> Self {
        Row {
            items: &[],
            inner: Some(inner),
        }
    }
}

impl View for Row<'_, '_> {
    fn shape(&self) -> Shape<'_, Self> {
        let Some(inner) = &self.inner else {
            return match self.items.split_first() {
                None => Shape::Nil,
                Some((head, rest)) => Shape::Cons(
                    self.of(*head),
                    Row {
                        items: rest,
                        inner: None,
                    },
                ),
            };
        };
        match inner.shape() {
            Shape::Cons(head, tail) => Shape::Cons(self.of(head), self.of(tail)),
            Shape::Small(value) => Shape::Small(value),
            Shape::Big => Shape::Big,
            Shape::Float(value) => Shape::Float(value),
            Shape::Atom(text) => Shape::Atom(Cow::Owned(text.into_owned())),
            Shape::Nil => Shape::Nil,
            Shape::Tuple(size) => Shape::Tuple(size),
            Shape::Map(size) => Shape::Map(size),
            Shape::Bits { bytes, bits, cut } => Shape::Bits {
                bytes: Cow::Owned(bytes.into_owned()),
                bits,
                cut,
            },
            Shape::Opaque(text) => Shape::Opaque(Cow::Owned(text.into_owned())),
            Shape::Cut(text) => Shape::Cut(Cow::Owned(text.into_owned())),
        }
    }

    fn element(&self, at: usize) -> Self {
        self.of(self
            .inner
            .expect("invariant: only a term inside the row is a tuple")
            .element(at))
    }

    fn pairs(&self, order: MapOrder) -> Vec<(Self, Self)> {
        let inner = self
            .inner
            .expect("invariant: only a term inside the row is a map");
        inner
            .pairs(order)
            .into_iter()
            .map(|(key, value)| (self.of(key), self.of(value)))
            .collect()
    }

    fn digits(&self, base: u32) -> String {
        self.inner.map_or(String::new(), |inner| inner.digits(base))
    }
}

/// No record prints by name.
pub(super) static NO_RECORDS: NoRecords = NoRecords;
