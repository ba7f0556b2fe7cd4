//! Reading captured bytes: checked once, then a [`View`].

use std::borrow::Cow;

use transom_pretty::{MapOrder, Shape, View};

use super::{read_number, tag, unzigzag};
use crate::term::int_digits;

/// Bytes that no writer made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCapture {
    /// Where reading stopped.
    pub at: usize,
}

impl std::fmt::Display for BadCapture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a captured term, at byte {}", self.at)
    }
}

impl std::error::Error for BadCapture {}

#[derive(Clone, Copy, Debug)]
enum Node {
    Int(i64),
    Float(f64),
    /// A tag and the bytes of its text.
    Text(u8, usize, usize),
    /// Bits, bytes left out, the bytes.
    Bits(usize, u64, usize, usize),
    /// Children: a range of [`Arena::children`].
    List {
        from: usize,
        to: usize,
        tail: bool,
    },
    Tuple(usize, usize),
    Map(usize, usize),
}

/// The parsed terms of one event; used again for the next.
#[derive(Debug, Default)]
pub struct Arena {
    bytes: Vec<u8>,
    nodes: Vec<Node>,
    children: Vec<usize>,
    roots: Vec<usize>,
}

impl Arena {
    /// An arena without anything in it.
    pub fn new() -> Arena {
        Arena::default()
    }

    /// Parses all terms in `bytes`, forgetting what was parsed before.
    pub fn parse(&mut self, bytes: &[u8]) -> Result<(), BadCapture> {
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
        self.nodes.clear();
        self.children.clear();
        self.roots.clear();
        let mut at = 0;
        while at < self.bytes.len() {
            let root = self.parse_one(&mut at).ok_or(BadCapture { at })?;
            self.roots.push(root);
        }
        Ok(())
    }

    /// How many terms were parsed.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    /// Is nothing in it?
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Term number `at` (from 0).
    pub fn root(&self, at: usize) -> Option<Captured<'_>> {
        self.roots.get(at).map(|node| Captured {
            arena: self,
            node: *node,
            at: 0,
        })
    }

    fn parse_one(&mut self, at: &mut usize) -> Option<usize> {
        // Open containers: their tag and where their children begin on the stack of finished ones.
        let mut open: Vec<(u8, usize)> = Vec::new();
        let mut finished: Vec<usize> = Vec::new();
        loop {
            let kind = *self.bytes.get(*at)?;
            *at += 1;
            let node = match kind {
                tag::LIST | tag::TUPLE | tag::MAP => {
                    open.push((kind, finished.len()));
                    continue;
                }
                tag::END | tag::END_TAIL => {
                    let (container, first) = open.pop()?;
                    let from = self.children.len();
                    self.children.extend(finished.drain(first..));
                    let to = self.children.len();
                    let tail = kind == tag::END_TAIL;
                    match container {
                        tag::LIST if tail && to - from < 2 && !(to > from && self.is_cut(from)) => {
                            return None;
                        }
                        tag::LIST => Node::List { from, to, tail },
                        _ if tail => return None,
                        tag::MAP if !(to - from).is_multiple_of(2) => return None,
                        tag::MAP => Node::Map(from, to),
                        _ => Node::Tuple(from, to),
                    }
                }
                _ => self.leaf(kind, at)?,
            };
            self.nodes.push(node);
            let id = self.nodes.len() - 1;
            if open.is_empty() {
                return Some(id);
            }
            finished.push(id);
        }
    }

    fn is_cut(&self, child: usize) -> bool {
        matches!(self.nodes[self.children[child]], Node::Text(tag::CUT, ..))
    }

    fn leaf(&self, kind: u8, at: &mut usize) -> Option<Node> {
        match kind {
            tag::INT => read_number(&self.bytes, at).map(|value| Node::Int(unzigzag(value))),
            tag::FLOAT => {
                let bytes = self.bytes.get(*at..*at + 8)?;
                *at += 8;
                let value = f64::from_bits(u64::from_be_bytes(bytes.try_into().ok()?));
                value.is_finite().then_some(Node::Float(value))
            }
            tag::BIG | tag::ATOM | tag::OPAQUE | tag::CUT => {
                let (from, to) = self.slice(at)?;
                let text = std::str::from_utf8(&self.bytes[from..to]).ok()?;
                let digits = text.strip_prefix('-').unwrap_or(text);
                if kind == tag::BIG
                    && (digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()))
                {
                    return None;
                }
                Some(Node::Text(kind, from, to))
            }
            tag::BITS => {
                let bits = usize::try_from(read_number(&self.bytes, at)?).ok()?;
                let cut = read_number(&self.bytes, at)?;
                let from = *at;
                let to = from.checked_add(bits.div_ceil(8))?;
                self.bytes.get(from..to)?;
                *at = to;
                Some(Node::Bits(bits, cut, from, to))
            }
            _ => None,
        }
    }

    fn slice(&self, at: &mut usize) -> Option<(usize, usize)> {
        let length = usize::try_from(read_number(&self.bytes, at)?).ok()?;
        let from = *at;
        let to = from.checked_add(length)?;
        self.bytes.get(from..to)?;
        *at = to;
        Some((from, to))
    }

    fn text(&self, from: usize, to: usize) -> &str {
        std::str::from_utf8(&self.bytes[from..to]).expect("invariant: checked when it was parsed")
    }
}

/// A place in a captured term: a node, or a list from its element `at` on.
#[derive(Clone, Copy, Debug)]
pub struct Captured<'a> {
    arena: &'a Arena,
    node: usize,
    at: usize,
}

impl<'a> Captured<'a> {
    fn child(&self, index: usize) -> Captured<'a> {
        Captured {
            arena: self.arena,
            node: self.arena.children[index],
            at: 0,
        }
    }

    /// An atom's text.
    pub fn as_atom(&self) -> Option<&'a str> {
        match self.arena.nodes[self.node] {
            Node::Text(tag::ATOM, from, to) => Some(self.arena.text(from, to)),
            _ => None,
        }
    }

    /// The text of a pid, port, reference or fun.
    pub fn as_opaque(&self) -> Option<&'a str> {
        match self.arena.nodes[self.node] {
            Node::Text(tag::OPAQUE, from, to) => Some(self.arena.text(from, to)),
            _ => None,
        }
    }

    /// An integer of 64 bits.
    pub fn as_int(&self) -> Option<i64> {
        match self.arena.nodes[self.node] {
            Node::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The elements of a tuple.
    pub fn as_tuple(&self) -> Option<Vec<Captured<'a>>> {
        match self.arena.nodes[self.node] {
            Node::Tuple(from, to) => Some((from..to).map(|index| self.child(index)).collect()),
            _ => None,
        }
    }

    /// The elements of a list, and its tail if it has one of its own.
    pub fn as_list(&self) -> Option<(Vec<Captured<'a>>, Option<Captured<'a>>)> {
        match self.arena.nodes[self.node] {
            Node::List { from, to, tail } => {
                let end = if tail { to - 1 } else { to };
                let items = (from..end).map(|index| self.child(index)).collect();
                Some((items, tail.then(|| self.child(to - 1))))
            }
            _ => None,
        }
    }

    fn list_shape(&self, from: usize, to: usize, tail: bool) -> Shape<'a, Captured<'a>> {
        let end = if tail { to - 1 } else { to };
        let here = from + self.at;
        if here >= end {
            return if tail {
                self.child(to - 1).whole_shape()
            } else {
                Shape::Nil
            };
        }
        Shape::Cons(
            self.child(here),
            Captured {
                at: self.at + 1,
                ..*self
            },
        )
    }

    /// A tail stands for itself: it is never the middle of a list.
    fn whole_shape(&self) -> Shape<'a, Captured<'a>> {
        match self.arena.nodes[self.node] {
            Node::Int(value) => Shape::Small(value),
            Node::Float(value) => Shape::Float(value),
            Node::Text(kind, from, to) => {
                let text = Cow::Borrowed(self.arena.text(from, to));
                match kind {
                    tag::BIG => Shape::Big,
                    tag::ATOM => Shape::Atom(text),
                    tag::OPAQUE => Shape::Opaque(text),
                    _ => Shape::Cut(text),
                }
            }
            Node::Bits(bits, cut, from, to) => Shape::Bits {
                bytes: Cow::Borrowed(&self.arena.bytes[from..to]),
                bits,
                cut,
            },
            Node::List { from, to, tail } => {
                if to == from {
                    Shape::Nil
                } else {
                    Captured { at: 0, ..*self }.list_start(from, to, tail)
                }
            }
            Node::Tuple(from, to) => Shape::Tuple(to - from),
            Node::Map(from, to) => Shape::Map((to - from) / 2),
        }
    }

    fn list_start(self, from: usize, to: usize, tail: bool) -> Shape<'a, Captured<'a>> {
        let end = if tail { to - 1 } else { to };
        if from >= end {
            Shape::Nil
        } else {
            Shape::Cons(self.child(from), Captured { at: 1, ..self })
        }
    }

    /// The node here, with an improper tail taken for itself.
    fn settled(&self) -> Node {
        match self.arena.nodes[self.node] {
            Node::List {
                from,
                to,
                tail: true,
            } if from + self.at >= to - 1 => self.child(to - 1).settled(),
            other => other,
        }
    }
}

impl View for Captured<'_> {
    fn shape(&self) -> Shape<'_, Self> {
        match self.arena.nodes[self.node] {
            Node::List { from, to, tail } => self.list_shape(from, to, tail),
            _ => self.whole_shape(),
        }
    }

    fn element(&self, at: usize) -> Self {
        match self.settled() {
            Node::Tuple(from, to) => {
                assert!(at < to - from, "invariant: an element inside the tuple");
                self.child(from + at)
            }
            other => unreachable!("invariant: element of a tuple, not of {other:?}"),
        }
    }

    fn pairs(&self, order: MapOrder) -> Vec<(Self, Self)> {
        let Node::Map(from, to) = self.settled() else {
            return Vec::new();
        };
        let mut pairs: Vec<_> = (from..to)
            .step_by(2)
            .map(|at| (self.child(at), self.child(at + 1)))
            .collect();
        if order == MapOrder::Descending {
            pairs.reverse();
        }
        pairs
    }

    fn digits(&self, base: u32) -> String {
        match self.settled() {
            Node::Int(value) => int_digits(value, base),
            // Captured integers beyond 64 bits are kept in decimal only.
            Node::Text(tag::BIG, from, to) => self.arena.text(from, to).to_owned(),
            _ => String::new(),
        }
    }
}
