//! What a printer asks of a term. The only door between this crate and any term representation.

use std::borrow::Cow;

/// In which order a map's pairs are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapOrder {
    /// As the representation keeps them: what `~p` prints.
    Internal,
    /// By Erlang's term order of the keys, as `~kp` prints.
    Ascending,
    /// The reverse of it, as `~Kp` with `reversed` prints.
    Descending,
}

/// A handle on a term; copying it must be cheap and must not copy the term.
pub trait View: Copy {
    /// What the term is.
    fn shape(&self) -> Shape<'_, Self>;

    /// Element `at` (from 0) of a tuple. Only called for `at` below the size that [`Shape::Tuple`] gave.
    fn element(&self, at: usize) -> Self;

    /// All pairs of a map. Only called on a [`Shape::Map`].
    fn pairs(&self, order: MapOrder) -> Vec<(Self, Self)>;

    /// The digits of an integer in `base` (2 to 36, lower case), with a leading `-` if negative. Only called on
    /// [`Shape::Small`] and [`Shape::Big`].
    fn digits(&self, base: u32) -> String;
}

/// One level of a term.
#[derive(Debug)]
pub enum Shape<'a, V> {
    /// An integer that fits.
    Small(i64),
    /// An integer that does not; see [`View::digits`].
    Big,
    Float(f64),
    /// An atom's text, unquoted.
    Atom(Cow<'a, str>),
    Nil,
    Cons(V, V),
    /// A tuple of that many elements.
    Tuple(usize),
    /// A map of that many pairs.
    Map(usize),
    /// A bitstring: `bytes` holds `bits` bits, left-aligned, unused bits of the last byte zero. `cut` more bytes existed
    /// that a capture left out (0 for a whole one).
    Bits {
        bytes: Cow<'a, [u8]>,
        bits: usize,
        cut: u64,
    },
    /// A pid, port, reference or fun: its text.
    Opaque(Cow<'a, str>),
    /// What a bounded capture put in the place of something it left out, `...+997`.
    Cut(Cow<'a, str>),
}
