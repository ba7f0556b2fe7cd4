//! Writing a captured term: never more than the limits allow, whatever the size of the term.

use smallvec::SmallVec;
use transom_pretty::{MapOrder, Shape, View};

use super::{push_number, tag, zigzag};
use crate::redact::Redactor;

/// How much of one term is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// At most that many bytes in all terms of one event; at least [`Limits::MIN_BYTES`] are used.
    pub bytes: usize,
    /// At most that deep; capped at [`Limits::MAX_DEPTH`].
    pub depth: usize,
    /// At most that many bytes of one binary.
    pub binary: usize,
}

impl Limits {
    /// Below this not even the marks of what was left out would fit.
    pub const MIN_BYTES: usize = 64;
    /// No capture is deeper than so many levels.
    pub const MAX_DEPTH: usize = 256;
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 64 * 1024,
            depth: 64,
            binary: usize::MAX,
        }
    }
}

/// What closing one container may still cost: a mark and its end.
const CLOSING: usize = 24;
/// Lengths are counted no further than this for a mark, so that a capture stays cheap on endless lists.
const COUNTED: usize = 100_000;

/// Appends captured terms to a byte buffer.
#[derive(Debug)]
pub struct Writer<'b> {
    out: &'b mut Vec<u8>,
    /// `out` may grow to this length.
    end: usize,
    depth: usize,
    binary: usize,
    redactor: Option<&'b Redactor>,
}

enum Frame<V> {
    List(V),
    Tuple {
        view: V,
        at: usize,
        size: usize,
        hidden: Option<usize>,
    },
    Map(std::vec::IntoIter<(V, V)>),
    /// The value of a pair whose key has been written.
    Value(V),
    /// The list ends with the tail just written.
    EndTail,
}

/// Open containers, the innermost last.
type Frames<V> = SmallVec<[Frame<V>; 6]>;

impl<'b> Writer<'b> {
    /// A writer of one event: all its terms together stay within `limits`.
    pub fn new(out: &'b mut Vec<u8>, limits: Limits, redactor: Option<&'b Redactor>) -> Self {
        let end = out.len() + limits.bytes.max(Limits::MIN_BYTES);
        Writer {
            out,
            end,
            depth: limits.depth.min(Limits::MAX_DEPTH),
            binary: limits.binary,
            redactor,
        }
    }

    /// Captures `term`.
    pub fn term<V: View>(&mut self, term: V) {
        let mut frames: Frames<V> = SmallVec::new();
        self.open(term, &mut frames, 0);
        while let Some(frame) = frames.pop() {
            self.step(frame, &mut frames);
        }
    }

    /// Writes an atom.
    pub fn atom(&mut self, text: &str) {
        self.text(tag::ATOM, text);
    }

    /// Writes an integer.
    pub fn int(&mut self, value: i64) {
        self.out.push(tag::INT);
        push_number(self.out, zigzag(value));
    }

    /// A pid, port, reference or fun.
    pub fn opaque(&mut self, text: &str) {
        self.text(tag::OPAQUE, text);
    }

    /// Begins a list or tuple that [`Writer::end`] closes.
    pub fn begin_list(&mut self) {
        self.out.push(tag::LIST);
    }

    /// Begins a tuple; what comes until [`Writer::end`] are its elements.
    pub fn begin_tuple(&mut self) {
        self.out.push(tag::TUPLE);
    }

    /// Ends what was begun last.
    pub fn end(&mut self) {
        self.out.push(tag::END);
    }

    /// `{M,F,[Args]}` with redaction of arguments.
    pub fn call<V: View>(&mut self, module: &str, function: &str, args: &[V]) {
        self.begin_tuple();
        self.atom(module);
        self.atom(function);
        self.begin_list();
        for (at, arg) in args.iter().enumerate() {
            if self
                .redactor
                .is_some_and(|r| r.hides_argument(module, function, args.len(), at))
            {
                self.text(tag::CUT, Redactor::MARK);
            } else {
                self.term(*arg);
            }
        }
        self.end();
        self.end();
    }

    /// `{M,F,Arity}`.
    pub fn mfa(&mut self, module: &str, function: &str, arity: usize) {
        self.begin_tuple();
        self.atom(module);
        self.atom(function);
        self.int(i64::try_from(arity).expect("an arity"));
        self.end();
    }

    fn text(&mut self, tag: u8, text: &str) {
        self.out.push(tag);
        push_number(self.out, text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Whether `more` bytes fit beside the closing of `frames` open containers.
    fn fits(&self, more: usize, frames: usize) -> bool {
        self.out.len() + more + (frames + 1) * CLOSING <= self.end
    }

    fn cut(&mut self, left: usize, exact: bool) {
        let more = if exact { "" } else { "+" };
        self.text(tag::CUT, &format!("...+{left}{more}"));
    }

    /// Begins a term inside `above` open containers: one with children of its own goes on top of `frames`.
    fn open<V: View>(&mut self, view: V, frames: &mut Frames<V>, above: usize) {
        let room = self.fits(16, above);
        let deep = above >= self.depth || !room;
        match view.shape() {
            Shape::Small(value) => self.int(value),
            Shape::Float(value) => {
                self.out.push(tag::FLOAT);
                self.out.extend_from_slice(&value.to_bits().to_be_bytes());
            }
            Shape::Nil => self.out.extend([tag::LIST, tag::END]),
            Shape::Big => self.bounded_text(tag::BIG, &view.digits(10), above),
            Shape::Atom(text) => self.bounded_text(tag::ATOM, &text, above),
            Shape::Opaque(text) => self.bounded_text(tag::OPAQUE, &text, above),
            Shape::Cut(text) => self.bounded_text(tag::CUT, &text, above),
            Shape::Bits { bytes, bits, cut } => self.bits(&bytes, bits, cut, above),
            Shape::Cons(..) if deep => {
                let (length, exact) = count_list(view);
                self.text(
                    tag::CUT,
                    &format!("[...+{length}{}]", if exact { "" } else { "+" }),
                );
            }
            Shape::Cons(..) => {
                self.out.push(tag::LIST);
                frames.push(Frame::List(view));
            }
            Shape::Tuple(0) => self.out.extend([tag::TUPLE, tag::END]),
            Shape::Tuple(size) if deep => self.text(tag::CUT, &format!("{{...+{size}}}")),
            Shape::Tuple(size) => {
                self.out.push(tag::TUPLE);
                let hidden = self.hidden_field(view, size);
                frames.push(Frame::Tuple {
                    view,
                    at: 0,
                    size,
                    hidden,
                });
            }
            Shape::Map(size) if deep && size > 0 => {
                self.text(tag::CUT, &format!("#{{...+{size}}}"))
            }
            Shape::Map(_) => {
                self.out.push(tag::MAP);
                frames.push(Frame::Map(view.pairs(MapOrder::Internal).into_iter()));
            }
        }
    }

    fn hidden_field<V: View>(&self, view: V, size: usize) -> Option<usize> {
        let redactor = self.redactor?;
        match view.element(0).shape() {
            Shape::Atom(tag) => redactor.hidden_field(&tag, size),
            _ => None,
        }
    }

    fn step<V: View>(&mut self, frame: Frame<V>, frames: &mut Frames<V>) {
        match frame {
            Frame::List(view) => self.list(view, frames),
            Frame::Tuple {
                view,
                at,
                size,
                hidden,
            } => {
                if at == size {
                    self.out.push(tag::END);
                } else if !self.fits(16, frames.len()) {
                    self.cut(size - at, true);
                    self.out.push(tag::END);
                } else {
                    frames.push(Frame::Tuple {
                        view,
                        at: at + 1,
                        size,
                        hidden,
                    });
                    if hidden == Some(at) {
                        self.text(tag::CUT, Redactor::MARK);
                    } else {
                        self.open(view.element(at), frames, frames.len());
                    }
                }
            }
            Frame::Map(mut pairs) => {
                let Some((key, value)) = pairs.next() else {
                    self.out.push(tag::END);
                    return;
                };
                if !self.fits(32, frames.len()) {
                    self.text(tag::CUT, "...");
                    self.cut(pairs.len() + 1, true);
                    self.out.push(tag::END);
                    return;
                }
                let hide = self.redactor.is_some_and(|r| r.hides_key(key));
                frames.push(Frame::Map(pairs));
                if hide {
                    // A key that a rule names is an atom or a short binary: it has no children.
                    self.open(key, frames, frames.len());
                    self.text(tag::CUT, Redactor::MARK);
                } else {
                    frames.push(Frame::Value(value));
                    self.open(key, frames, frames.len());
                }
            }
            Frame::Value(view) => self.open(view, frames, frames.len()),
            Frame::EndTail => self.out.push(tag::END_TAIL),
        }
    }

    /// A list from `view` on, as far as the next element that has children.
    fn list<V: View>(&mut self, mut view: V, frames: &mut Frames<V>) {
        let above = frames.len();
        loop {
            match view.shape() {
                Shape::Nil => return self.out.push(tag::END),
                Shape::Cons(head, tail) => {
                    if !self.fits(16, above) {
                        let (left, exact) = count_list(view);
                        self.cut(left, exact);
                        return self.out.push(tag::END_TAIL);
                    }
                    self.open(head, frames, above + 1);
                    if frames.len() > above {
                        return frames.insert(above, Frame::List(tail));
                    }
                    view = tail;
                }
                _ => {
                    frames.push(Frame::EndTail);
                    return self.open(view, frames, above + 1);
                }
            }
        }
    }

    fn bounded_text(&mut self, kind: u8, text: &str, frames: usize) {
        if text.len() <= 32 || self.fits(text.len() + 12, frames) {
            self.text(kind, text);
        } else {
            self.text(tag::CUT, &format!("...+{} B", text.len()));
        }
    }

    fn bits(&mut self, bytes: &[u8], bits: usize, cut: u64, frames: usize) {
        let used = self.out.len() + (frames + 1) * CLOSING + 24;
        let room = self.end.saturating_sub(used).max(8).min(self.binary);
        self.out.push(tag::BITS);
        if bytes.len() <= room {
            push_number(self.out, bits as u64);
            push_number(self.out, cut);
            self.out.extend_from_slice(bytes);
        } else {
            push_number(self.out, room as u64 * 8);
            push_number(self.out, cut + (bytes.len() - room) as u64);
            self.out.extend_from_slice(&bytes[..room]);
        }
    }
}

/// The elements left in a list, counted up to [`COUNTED`], and whether that is all of them.
fn count_list<V: View>(mut view: V) -> (usize, bool) {
    let mut count = 0;
    while let Shape::Cons(_, tail) = view.shape() {
        if count == COUNTED {
            return (count, false);
        }
        count += 1;
        view = tail;
    }
    (count, true)
}
