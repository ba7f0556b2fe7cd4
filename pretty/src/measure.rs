//! The first pass of `~p`: a term becomes a [`Doc`], whose nodes know how wide they are on one line.
//!
//! Everything that depends on the term (strings, records, depth, quoting) is decided here; [`crate::layout`] sees only
//! widths.

use std::borrow::Cow;

use crate::chars::{CharRange, is_printable, push_atom, push_quoted};
use crate::doc::{Doc, Kind, NONE, NodeId};
use crate::options::{Encoding, Options};
use crate::view::{Shape, View};
use crate::write::{push_atomic, push_bits};

/// A container whose children are being made.
struct Frame<V> {
    node: NodeId,
    last: NodeId,
    rest: Rest<V>,
    /// The depth left for the next child.
    depth: i64,
    /// The depth of the first pair of a map.
    full: Option<i64>,
}

enum Rest<V> {
    /// The tail of a list.
    List(V),
    /// Elements from `.1` on of a tuple of `.2`.
    Tuple(V, usize, usize),
    /// The fields of a record: elements from `.1` on, names still to come (last first).
    Record(V, usize, Vec<String>),
    /// Pairs still to come, last first.
    Map(Vec<(V, V)>),
    /// The value of a pair whose key is being made or done.
    Pair(Option<V>),
    /// Nothing more.
    Done,
}

struct Builder<'o, V> {
    doc: Doc,
    frames: Vec<Frame<V>>,
    options: &'o Options<'o>,
    /// Stop when the text is wider than this.
    stop_after: usize,
    written: usize,
}

/// Measures `term` to `depth` (negative: all of it). Gives up, marking the document, once it is wider than `stop_after`.
pub(crate) fn measure<V: View>(
    term: V,
    depth: i64,
    stop_after: usize,
    options: &Options<'_>,
) -> Doc {
    let mut builder = Builder {
        doc: Doc::default(),
        frames: Vec::new(),
        options,
        stop_after,
        written: 0,
    };
    let mut current = Some((term, depth));
    loop {
        let made = match current.take() {
            Some((view, depth)) => builder.open(view, depth),
            None => Step::Descend,
        };
        if builder.written > builder.stop_after {
            builder.doc.overflow = true;
            return builder.doc;
        }
        let mut finished = match made {
            Step::Leaf(id) => Some(id),
            Step::Descend => None,
        };
        // Attach what is finished to its parent, then look for the next child to make.
        loop {
            if let Some(id) = finished.take() {
                if builder.frames.is_empty() {
                    builder.doc.root = id;
                    builder.doc.overflow = builder.written > builder.stop_after;
                    return builder.doc;
                }
                builder.attach(id);
            }
            match builder.next_child() {
                Some(child) => {
                    current = Some(child);
                    break;
                }
                None => {
                    if let Some(id) = builder.close() {
                        finished = Some(id);
                    }
                }
            }
        }
    }
}

enum Step {
    Leaf(NodeId),
    Descend,
}

impl<V: View> Builder<'_, V> {
    /// A leaf whose text was appended from byte `from` on.
    fn leaf(&mut self, kind: Kind, from: usize) -> Step {
        let width = text_width(&self.doc.text[from..]);
        self.written += width;
        Step::Leaf(self.doc.push(kind, from, width))
    }

    fn leaf_text(&mut self, kind: Kind, text: &str) -> Step {
        let from = self.doc.text.len();
        self.doc.text.push_str(text);
        self.leaf(kind, from)
    }

    fn container(&mut self, kind: Kind, brackets: usize, depth: i64, rest: Rest<V>) -> Step {
        let from = self.doc.text.len();
        let node = self.doc.push(kind, from, brackets);
        self.written += brackets;
        self.frames.push(Frame {
            node,
            last: NONE,
            rest,
            depth,
            full: None,
        });
        Step::Descend
    }

    fn dots_leaf(&mut self, text: &str) -> Step {
        self.doc.dots += 1;
        self.leaf_text(Kind::Solid, text)
    }

    fn open(&mut self, view: V, depth: i64) -> Step {
        if depth == 0 {
            return self.dots_leaf("...");
        }
        let from = self.doc.text.len();
        match view.shape() {
            Shape::Cons(..) => {
                if depth == 1 {
                    return self.dots_leaf("[...]");
                }
                if self.options.strings && self.push_string(view) {
                    return self.leaf(Kind::Text, from);
                }
                self.container(Kind::List, 2, depth - 1, Rest::List(view))
            }
            Shape::Tuple(0) => self.leaf_text(Kind::Text, "{}"),
            Shape::Tuple(size) => self.open_tuple(view, size, depth),
            Shape::Map(0) => self.leaf_text(Kind::Text, "#{}"),
            Shape::Map(_) => {
                if depth == 1 {
                    self.doc.dots += 1;
                    return self.leaf_text(Kind::Text, "#{...}");
                }
                let mut pairs = view.pairs(self.options.order);
                pairs.reverse();
                self.container(Kind::Map, 3, depth - 1, Rest::Map(pairs))
            }
            Shape::Bits { bytes, bits, cut } => {
                let (bytes, bits) = (bytes.into_owned(), bits);
                self.open_bits(&bytes, bits, cut, depth)
            }
            Shape::Small(_)
            | Shape::Big
            | Shape::Float(_)
            | Shape::Atom(_)
            | Shape::Nil
            | Shape::Opaque(_)
            | Shape::Cut(_) => {
                push_atomic(&mut self.doc.text, view, self.options.encoding);
                self.leaf(Kind::Text, from)
            }
        }
    }

    fn open_tuple(&mut self, view: V, size: usize, depth: i64) -> Step {
        if depth == 1 {
            self.doc.dots += 1;
            return self.leaf_text(Kind::Text, "{...}");
        }
        let tag = match view.element(0).shape() {
            Shape::Atom(name) => Some(name.into_owned()),
            _ => None,
        };
        let Some(tag) = tag else {
            return self.container(Kind::Tuple, 2, depth - 1, Rest::Tuple(view, 0, size));
        };
        if let Some(mut names) = self.options.records.fields(&tag, size - 1)
            && names.len() == size - 1
        {
            return self.open_record(view, &tag, &mut names, depth);
        }
        let kind = if size > 1 { Kind::Tagged } else { Kind::Tuple };
        self.container(kind, 2, depth - 1, Rest::Tuple(view, 0, size))
    }

    fn open_record(&mut self, view: V, tag: &str, names: &mut Vec<String>, depth: i64) -> Step {
        let from = self.doc.text.len();
        self.doc.text.push('#');
        push_atom(&mut self.doc.text, tag, self.options.encoding);
        if names.is_empty() {
            self.doc.text.push_str("{}");
            return self.leaf(Kind::Solid, from);
        }
        if depth == 2 {
            self.doc.text.push_str("{...}");
            self.doc.dots += 1;
            return self.leaf(Kind::Solid, from);
        }
        let width = text_width(&self.doc.text[from..]) + 2;
        names.reverse();
        let node = self.doc.push(Kind::Record, from, width);
        self.written += width;
        self.frames.push(Frame {
            node,
            last: NONE,
            rest: Rest::Record(view, 1, std::mem::take(names)),
            depth: depth - 2,
            full: None,
        });
        Step::Descend
    }

    fn open_bits(&mut self, bytes: &[u8], bits: usize, cut: u64, depth: i64) -> Step {
        let from = self.doc.text.len();
        if bits == 0 && cut == 0 {
            return self.leaf_text(Kind::Text, "<<>>");
        }
        if depth == 1 {
            self.doc.dots += 1;
            return self.leaf_text(Kind::Text, "<<...>>");
        }
        if self.options.strings
            && bits.is_multiple_of(8)
            && let Some((text, whole)) = self.printable_bytes(bytes, cut > 0, depth)
        {
            self.doc.text.push_str("<<");
            push_quoted(&mut self.doc.text, &text, '"', self.options.encoding);
            if self.options.encoding == Encoding::Unicode
                && !text.is_ascii()
                && !is_latin1_reading(bytes, &text)
            {
                self.doc.text.push_str("/utf8");
            }
            if cut > 0 && whole {
                self.doc.text.push_str(&format!("...+{cut} B"));
            } else if !whole {
                self.doc.text.push_str("...");
                self.doc.dots += 1;
            }
            self.doc.text.push_str(">>");
            return self.leaf(Kind::Text, from);
        }
        let segments = bits.div_ceil(8);
        if depth > 0 && segments > usize::try_from(depth - 1).unwrap_or(usize::MAX) {
            self.doc.dots += 1;
        }
        push_bits(&mut self.doc.text, bytes, bits, depth, cut);
        self.leaf(Kind::Bits, from)
    }

    /// The text of a printable binary and whether it is all of it. Under a depth only the first `4 * (depth - 1)`
    /// characters show, and a printable beginning of `depth - 1` characters is enough.
    fn printable_bytes(&self, bytes: &[u8], cut: bool, depth: i64) -> Option<(String, bool)> {
        let enough = usize::try_from(depth - 1).unwrap_or(usize::MAX);
        let room = enough.saturating_mul(4);
        let prefix = |chars: &mut dyn Iterator<Item = char>, range: CharRange| {
            let mut chars = chars.peekable();
            let mut text = String::new();
            let mut count = 0;
            while count < room
                && let Some(c) = chars.next_if(|c| is_printable(i64::from(u32::from(*c)), range))
            {
                text.push(c);
                count += 1;
            }
            let whole = chars.peek().is_none();
            (whole || count >= enough).then_some((text, whole))
        };
        if self.options.encoding == Encoding::Unicode
            && let Some(text) = utf8_text(bytes, cut)
        {
            return prefix(&mut text.chars(), self.options.printable);
        }
        prefix(&mut bytes.iter().map(|b| char::from(*b)), CharRange::Latin1)
    }

    /// Appends the string a list is, if all its elements are printable characters.
    fn push_string(&mut self, list: V) -> bool {
        let range = match self.options.encoding {
            Encoding::Latin1 => CharRange::Latin1,
            Encoding::Unicode => self.options.printable,
        };
        let mut text = String::new();
        let mut at = list;
        let cut = loop {
            match at.shape() {
                Shape::Cons(head, tail) => match head.shape() {
                    Shape::Small(code) if is_printable(code, range) => {
                        text.push(
                            u32::try_from(code)
                                .ok()
                                .and_then(char::from_u32)
                                .expect("printable codes are characters"),
                        );
                        at = tail;
                    }
                    _ => return false,
                },
                Shape::Nil => break None,
                // A captured string whose end was left out.
                Shape::Cut(mark) => break Some(mark.into_owned()),
                _ => return false,
            }
        };
        let room = self.stop_after.saturating_sub(self.written);
        if text.len() + 2 > room && cut.is_none() && self.push_cut_string(&text, room) {
            return true;
        }
        push_quoted(&mut self.doc.text, &text, '"', self.options.encoding);
        self.doc.text.push_str(cut.as_deref().unwrap_or(""));
        true
    }

    /// Under a limit of characters a string that does not fit shows its beginning.
    fn push_cut_string(&mut self, text: &str, room: usize) -> bool {
        // The limit was raised by one for containers; strings keep to it.
        let keep = room.saturating_sub(3);
        let Some((end, _)) = text.char_indices().nth(keep) else {
            return false;
        };
        if self.frames.is_empty() && keep < 3 {
            self.doc.text.push_str("[...]");
        } else {
            push_quoted(&mut self.doc.text, &text[..end], '"', self.options.encoding);
            self.doc.text.push_str("...");
        }
        self.doc.dots += 1;
        // What was cut to fit counts as fitting.
        self.stop_after += 5;
        true
    }

    /// Hangs a finished node below the innermost open container.
    fn attach(&mut self, id: NodeId) {
        let frame = self
            .frames
            .last_mut()
            .expect("invariant: attach has an open container");
        let mut extra = self.doc.nodes[id].width;
        if frame.last == NONE {
            self.doc.nodes[frame.node].first = id;
        } else {
            self.doc.nodes[frame.last].next = id;
            if self.doc.nodes[frame.node].kind != Kind::Pair {
                extra += 1;
                self.written += 1;
            }
        }
        self.doc.nodes[frame.node].width += extra;
        frame.last = id;
    }

    /// Hangs the `...` of a cut container below it.
    fn attach_dots(&mut self, separator: char) {
        let from = self.doc.text.len();
        self.doc.text.push_str("...");
        let id = self.doc.push(Kind::Dots, from, 3);
        self.doc.nodes[id].separator = separator;
        self.doc.dots += 1;
        self.written += 3;
        self.attach(id);
    }

    /// The next child of the innermost open container; `None` when it has no more.
    fn next_child(&mut self) -> Option<(V, i64)> {
        let frame = self.frames.last_mut()?;
        let depth = frame.depth;
        let rest = std::mem::replace(&mut frame.rest, Rest::Done);
        if depth != 0 || matches!(rest, Rest::Pair(_) | Rest::Done) {
            return self.take_child(rest, depth);
        }
        let (more, separator) = match &rest {
            Rest::List(tail) => (!matches!(tail.shape(), Shape::Nil), '|'),
            Rest::Tuple(_, at, size) => (at < size, ','),
            Rest::Record(_, _, names) => (!names.is_empty(), ','),
            Rest::Map(pairs) => (!pairs.is_empty(), ','),
            Rest::Pair(_) | Rest::Done => (false, ','),
        };
        if more {
            self.attach_dots(separator);
        }
        None
    }

    fn take_child(&mut self, rest: Rest<V>, depth: i64) -> Option<(V, i64)> {
        let frame = self.frames.last_mut()?;
        match rest {
            Rest::List(list) => match list.shape() {
                Shape::Nil => None,
                Shape::Cons(head, tail) => {
                    frame.rest = Rest::List(tail);
                    frame.depth = depth - 1;
                    Some((head, depth))
                }
                _ => {
                    frame.depth = IMPROPER;
                    Some((list, depth))
                }
            },
            Rest::Tuple(view, at, size) => (at < size).then(|| {
                frame.rest = Rest::Tuple(view, at + 1, size);
                frame.depth = depth - 1;
                (view.element(at), depth)
            }),
            Rest::Record(view, at, mut names) => {
                let name = names.pop()?;
                frame.rest = Rest::Record(view, at + 1, names);
                frame.depth = depth - 1;
                let from = self.doc.text.len();
                push_atom(&mut self.doc.text, &name, self.options.encoding);
                let width = text_width(&self.doc.text[from..]) + 3;
                let node = self.doc.push(Kind::Field, from, width);
                self.written += width;
                self.frames.push(Frame {
                    node,
                    last: NONE,
                    rest: Rest::Done,
                    depth,
                    full: None,
                });
                Some((view.element(at), depth))
            }
            Rest::Map(mut pairs) => {
                let (key, value) = pairs.pop()?;
                // The depth counts pairs, but what is in them is as deep in the last as in the first.
                let inner = *frame.full.get_or_insert(depth);
                frame.rest = Rest::Map(pairs);
                frame.depth = depth - 1;
                let from = self.doc.text.len();
                let node = self.doc.push(Kind::Pair, from, 4);
                self.written += 4;
                self.frames.push(Frame {
                    node,
                    last: NONE,
                    rest: Rest::Pair(Some(value)),
                    depth: inner,
                    full: None,
                });
                Some((key, inner))
            }
            Rest::Pair(value) => value.map(|value| (value, depth)),
            Rest::Done => None,
        }
    }

    /// Ends the innermost container and gives its node.
    fn close(&mut self) -> Option<NodeId> {
        let frame = self.frames.pop()?;
        if self.doc.nodes[frame.node].kind == Kind::List && frame.depth == IMPROPER {
            self.doc.nodes[frame.last].separator = '|';
        }
        Some(frame.node)
    }
}

/// The depth of a list frame whose improper tail has been handed out: tells a last element from a tail when the list is
/// closed.
const IMPROPER: i64 = i64::MIN;

/// The UTF-8 reading of bytes; a capture may have cut the last character, which is then left out.
fn utf8_text(bytes: &[u8], cut: bool) -> Option<Cow<'_, str>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(error) if cut && error.error_len().is_none() => Some(Cow::Borrowed(
            std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("valid up to there"),
        )),
        Err(_) => None,
    }
}

/// Whether `text` was made by reading each byte as a character.
fn is_latin1_reading(bytes: &[u8], text: &str) -> bool {
    text.chars()
        .zip(bytes)
        .all(|(c, b)| u32::from(c) == u32::from(*b))
}

/// How many columns a text takes: one per character.
fn text_width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}
