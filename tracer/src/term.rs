//! A small owned term: what the pattern compilers produce and the match specification checker reads. The VM turns it into
//! terms of its own; the tracer itself never computes with terms.

use std::borrow::Cow;

use transom_pretty::{MapOrder, Shape, View};

/// A term that owns its parts. Its depth is bounded by what the pattern parser accepts.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Int(i64),
    /// Decimal digits of an integer beyond 64 bits, with a leading `-` if negative.
    Big(String),
    Float(f64),
    Atom(String),
    /// A list: its elements and its tail (`None` for `[]`).
    List(Vec<Tree>, Option<Box<Tree>>),
    Tuple(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
    Binary(Vec<u8>),
    /// A pid, port, reference or fun, by its text.
    Opaque(String),
}

impl Tree {
    /// An atom.
    pub fn atom(text: &str) -> Tree {
        Tree::Atom(text.to_owned())
    }

    /// A proper list.
    pub fn list(items: Vec<Tree>) -> Tree {
        Tree::List(items, None)
    }

    /// `[]`.
    pub fn nil() -> Tree {
        Tree::List(Vec::new(), None)
    }

    /// A list of the characters of `text`.
    pub fn string(text: &str) -> Tree {
        Tree::list(
            text.chars()
                .map(|c| Tree::Int(i64::from(u32::from(c))))
                .collect(),
        )
    }

    /// The text of an atom.
    pub fn as_atom(&self) -> Option<&str> {
        match self {
            Tree::Atom(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a proper list.
    pub fn as_list(&self) -> Option<&[Tree]> {
        match self {
            Tree::List(items, None) => Some(items),
            _ => None,
        }
    }

    /// The elements of a tuple.
    pub fn as_tuple(&self) -> Option<&[Tree]> {
        match self {
            Tree::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// The tree as printers see terms.
    pub fn view(&self) -> TreeView<'_> {
        TreeView { tree: self, at: 0 }
    }

    /// The text of `~w`.
    pub fn text(&self) -> String {
        transom_pretty::write(self.view(), &transom_pretty::Options::default())
    }
}

/// A place in a [`Tree`]: a tree, or a list from element `at` on.
#[derive(Clone, Copy, Debug)]
pub struct TreeView<'t> {
    tree: &'t Tree,
    at: usize,
}

impl View for TreeView<'_> {
    fn shape(&self) -> Shape<'_, Self> {
        match self.tree {
            Tree::Int(value) => Shape::Small(*value),
            Tree::Big(_) => Shape::Big,
            Tree::Float(value) => Shape::Float(*value),
            Tree::Atom(text) => Shape::Atom(Cow::Borrowed(text)),
            Tree::List(items, tail) => match (items.get(self.at), tail) {
                (Some(head), _) => Shape::Cons(
                    head.view(),
                    TreeView {
                        at: self.at + 1,
                        ..*self
                    },
                ),
                // A tail is a tree of its own; its shape borrows from the tree, not from this place.
                (None, Some(tail)) => match &**tail {
                    Tree::Int(value) => Shape::Small(*value),
                    Tree::Float(value) => Shape::Float(*value),
                    Tree::Atom(text) => Shape::Atom(Cow::Borrowed(text)),
                    Tree::Tuple(items) => Shape::Tuple(items.len()),
                    Tree::Map(pairs) => Shape::Map(pairs.len()),
                    Tree::Big(_) => Shape::Big,
                    Tree::Binary(bytes) => Shape::Bits {
                        bytes: Cow::Borrowed(bytes),
                        bits: bytes.len() * 8,
                        cut: 0,
                    },
                    Tree::Opaque(text) => Shape::Opaque(Cow::Borrowed(text)),
                    Tree::List(items, _) if items.is_empty() => Shape::Nil,
                    Tree::List(items, _) => {
                        Shape::Cons(items[0].view(), TreeView { tree: tail, at: 1 })
                    }
                },
                (None, None) => Shape::Nil,
            },
            Tree::Tuple(items) => Shape::Tuple(items.len()),
            Tree::Map(pairs) => Shape::Map(pairs.len()),
            Tree::Binary(bytes) => Shape::Bits {
                bytes: Cow::Borrowed(bytes),
                bits: bytes.len() * 8,
                cut: 0,
            },
            Tree::Opaque(text) => Shape::Opaque(Cow::Borrowed(text)),
        }
    }

    fn element(&self, at: usize) -> Self {
        match self.settled() {
            Tree::Tuple(items) => items[at].view(),
            other => unreachable!("invariant: element of a tuple, not of {other:?}"),
        }
    }

    fn pairs(&self, order: MapOrder) -> Vec<(Self, Self)> {
        let Tree::Map(pairs) = self.settled() else {
            return Vec::new();
        };
        let mut views: Vec<_> = pairs
            .iter()
            .map(|(key, value)| (key.view(), value.view()))
            .collect();
        if order == MapOrder::Descending {
            views.reverse();
        }
        views
    }

    fn digits(&self, base: u32) -> String {
        match self.settled() {
            Tree::Int(value) => int_digits(*value, base),
            Tree::Big(text) => text.clone(),
            _ => String::new(),
        }
    }
}

impl<'t> TreeView<'t> {
    /// The tree here, with a list's improper tail taken for itself.
    fn settled(&self) -> &'t Tree {
        match self.tree {
            Tree::List(items, Some(tail)) if self.at >= items.len() => tail,
            other => other,
        }
    }
}

/// The digits of a 64-bit integer in `base`.
pub(crate) fn int_digits(value: i64, base: u32) -> String {
    if base == 10 {
        return value.to_string();
    }
    let mut rest = value.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % u64::from(base)).expect("a remainder below the base");
        digits.push(char::from_digit(digit, base).expect("a digit below the base"));
        rest /= u64::from(base);
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}
