//! Walking chardata: code points and encoded binaries in lists of lists. Where it stops, what is left can be put together again.

use super::codec::{Encoding, Step};
use crate::bifs::{Cx, Raise};
use crate::heap::{Bits, Kind, Term};
use smallvec::SmallVec;

/// A place in chardata: what is still to come, innermost last. A binary may be read in part.
#[derive(Clone)]
pub(super) struct Cursor<'h> {
    rest: SmallVec<[Term<'h>; 6]>,
    /// Bytes read of the binary on top.
    read: usize,
}

/// Below this no character joins another one, but for a line feed behind a carriage return.
pub(super) const COMBINING: char = '\u{300}';

/// Longer lists are left nested: a call copies no more.
const LONGEST: usize = 10_000;

/// What comes next.
pub(super) enum Next<'h> {
    Char(char),
    End,
    /// No character: an integer out of range, or bytes that are none.
    Invalid,
    /// The binary on top ends inside a character.
    Cut(Bits<'h>, usize),
}

impl<'h> Cursor<'h> {
    pub(super) fn new(t: Term<'h>) -> Cursor<'h> {
        Cursor {
            rest: SmallVec::from_slice(&[t]),
            read: 0,
        }
    }

    /// The next character, which the cursor moves behind; it stays in front of what is invalid or cut. `badarg` for what is no chardata.
    pub(super) fn next(&mut self, encoding: Encoding) -> Result<Next<'h>, Raise<'h>> {
        while let Some(t) = self.rest.pop() {
            match t.kind() {
                Kind::Nil => {}
                Kind::Cons(c) => {
                    let head = c.head();
                    let Some(n) = head.as_small() else {
                        if matches!(head.kind(), Kind::Big(_)) {
                            self.rest.push(t);
                            return Ok(Next::Invalid);
                        }
                        if !matches!(head.kind(), Kind::Cons(_) | Kind::Nil | Kind::Bits(_)) {
                            return Err(Raise::badarg());
                        }
                        self.rest.push(c.tail());
                        self.rest.push(head);
                        continue;
                    };
                    let c1 = u32::try_from(n).ok().and_then(char::from_u32);
                    return Ok(
                        match c1.filter(|c| encoding != Encoding::Latin1 || (*c as u32) < 256) {
                            Some(ch) => {
                                self.rest.push(c.tail());
                                Next::Char(ch)
                            }
                            None => {
                                self.rest.push(t);
                                Next::Invalid
                            }
                        },
                    );
                }
                Kind::Bits(b) => {
                    if !b.is_binary() {
                        return Err(Raise::badarg());
                    }
                    let bytes = b.bytes();
                    let left = &bytes[self.read..];
                    if left.is_empty() {
                        self.read = 0;
                        continue;
                    }
                    self.rest.push(t);
                    return Ok(match encoding.first(left) {
                        Step::Char(c, n) => {
                            self.read += n;
                            Next::Char(c)
                        }
                        Step::Invalid => Next::Invalid,
                        Step::Incomplete => Next::Cut(b, self.read),
                    });
                }
                _ => return Err(Raise::badarg()),
            }
        }
        Ok(Next::End)
    }

    /// Gives characters to `each` and moves behind them as long as they are ASCII and stand in one list or binary: most text is, and such a run
    /// costs much less than a call of [`Cursor::next`] for each. Answers how many they were.
    pub(super) fn ascii(&mut self, encoding: Encoding, mut each: impl FnMut(char)) -> usize {
        let Some(top) = self.rest.last_mut() else {
            return 0;
        };
        let mut n = 0;
        if let Some(b) = top.as_bits() {
            if !b.is_binary() || !matches!(encoding, Encoding::Utf8 | Encoding::Latin1) {
                return 0;
            }
            let bytes = b.bytes();
            for byte in bytes[self.read..].iter().take_while(|b| b.is_ascii()) {
                each(char::from(*byte));
                n += 1;
            }
            self.read += n;
            return n;
        }
        let mut t = *top;
        while let Some(c) = t.as_cons() {
            let Some(byte @ 0..=127) = c.head().as_small() else {
                break;
            };
            each(char::from(byte as u8));
            n += 1;
            t = c.tail();
        }
        *top = t;
        n
    }

    /// As [`Cursor::ascii`] for at most so many characters that are clusters of their own: those below [`COMBINING`] that another one follows in the
    /// same list or binary, or nothing at all.
    pub(super) fn single(&mut self, most: usize, mut each: impl FnMut(char)) -> usize {
        let last = self.rest.len() == 1;
        let Some(top) = self.rest.last_mut() else {
            return 0;
        };
        let mut n = 0;
        if let Some(b) = top.as_bits().filter(|b| b.is_binary()) {
            let left = &b.bytes()[self.read..];
            let plain = |i: usize| left.get(i).is_some_and(u8::is_ascii);
            let ends = |i: usize| plain(i) || (last && i == left.len());
            while n < most && plain(n) && left[n] != b'\r' && ends(n + 1) {
                each(char::from(left[n]));
                n += 1;
            }
            self.read += n;
            return n;
        }
        let plain = |t: Term<'_>| {
            let c = char::from_u32(u32::try_from(t.as_cons()?.head().as_small()?).ok()?)?;
            (c < COMBINING).then_some(c)
        };
        let mut t = *top;
        while let Some(c) = plain(t).filter(|c| n < most && *c != '\r') {
            let Some(tail) = t.as_cons().map(|cons| cons.tail()) else {
                break;
            };
            if plain(tail).is_none() && !(last && tail.is_nil()) {
                break;
            }
            each(c);
            n += 1;
            t = tail;
        }
        *top = t;
        n
    }

    /// Leaves the binary on top.
    pub(super) fn skip_binary(&mut self) {
        self.rest.pop();
        self.read = 0;
    }

    /// Takes the unread bytes of the binary on top, if one is on top after empty things.
    pub(super) fn take_binary(&mut self) -> Option<(Bits<'h>, usize)> {
        while let Some(t) = self.rest.last().copied() {
            match t.kind() {
                Kind::Nil => {
                    self.rest.pop();
                }
                Kind::Cons(c) if c.head().as_small().is_none() => {
                    self.rest.pop();
                    self.rest.push(c.tail());
                    self.rest.push(c.head());
                }
                Kind::Bits(b) => return Some((b, self.read)),
                _ => return None,
            }
        }
        None
    }

    /// Marks bytes of the binary on top as read.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.read += bytes;
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.iter().all(|t| t.is_nil())
    }

    /// What is left of the innermost level, and the levels below it.
    fn levels(&self, cx: &Cx<'h>) -> Option<(Term<'h>, &[Term<'h>])> {
        let (top, below) = self.rest.split_last()?;
        let left = match top.as_bits() {
            Some(b) if self.read > 0 => {
                let bit_len = b.bit_len() - self.read * 8;
                cx.heap().sub_bits(b, self.read * 8, bit_len)
            }
            _ => *top,
        };
        Some((left, below))
    }

    /// What is left, as nested as the input was.
    pub(super) fn rest(&self, cx: &Cx<'h>) -> Term<'h> {
        let h = cx.heap();
        let Some((mut t, below)) = self.levels(cx) else {
            return Term::NIL;
        };
        for tail in below.iter().rev() {
            // A binary that nothing follows stands alone.
            if !(tail.is_nil() && t.as_bits().is_some()) {
                t = h.cons(t, *tail);
            }
        }
        t
    }

    /// What is left, with one more thing in front.
    pub(super) fn rest_with(&self, cx: &Cx<'h>, first: Term<'h>) -> Term<'h> {
        let h = cx.heap();
        let mut levels = self.rest.iter().rev();
        let mut t = h.cons(first, levels.next().copied().unwrap_or(Term::NIL));
        for tail in levels {
            t = h.cons(t, *tail);
        }
        t
    }

    /// What is left, flatter: as `unicode_util` gives it.
    pub(super) fn flat_rest(&self, cx: &Cx<'h>) -> Term<'h> {
        let h = cx.heap();
        let Some((mut t, below)) = self.levels(cx) else {
            return Term::NIL;
        };
        for tail in below.iter().rev() {
            if tail.is_nil() {
                continue;
            }
            if t.is_nil() || t.as_bits().is_some_and(|b| b.bit_len() == 0) {
                t = *tail;
                continue;
            }
            let lone = tail
                .as_cons()
                .filter(|c| c.tail().is_nil() && c.head().as_bits().is_some())
                .map(|c| c.head());
            let items: SmallVec<[Term<'h>; 16]> = t.iter_list().take(LONGEST).collect();
            t = if t.as_cons().is_none() || items.len() == LONGEST {
                h.cons(t, *tail)
            } else {
                // A binary that ends the list is one thing more of what follows.
                let mut end = t.iter_list();
                end.by_ref().for_each(drop);
                let behind = match end.tail() {
                    nil if nil.is_nil() => lone.unwrap_or(*tail),
                    bits => h.cons(bits, *tail),
                };
                let mut joined = behind;
                for item in items.iter().rev() {
                    joined = h.cons(*item, joined);
                }
                joined
            };
        }
        t
    }
}
