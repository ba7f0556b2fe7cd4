//! What the verifier knows at a point of a function: a type per register, the frame, the active catches, the reserved words.

use crate::module::Const;
use crate::operand::Label;

/// What is known of a register.
///
/// ```text
///                       Mixed  (initialised, may be anything, unreadable)
///            /        |        |        |      \      \
///           Any    Ctx(id) Position(id) Mark RawStack Catch
///   /  /  |   |  \
/// Int Float Atom List Tuple Map Bits Fun        Uninit is above all: it may hold no term at all.
///  |              / \    |
/// Small        Cons Nil  larger or exact tuples
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    /// Not written on some way here; the collector must not look at it.
    Uninit,
    /// Written, but with different things on different ways; only the collector may look at it.
    Mixed,
    /// Any ordinary term.
    Any,
    /// A small integer.
    Small,
    /// An integer.
    Int,
    /// A float.
    Float,
    /// An atom.
    Atom,
    /// `[]`
    Nil,
    /// A cons cell.
    Cons,
    /// A cons cell or `[]`.
    List,
    /// A tuple.
    Tuple {
        /// It has at least that many elements.
        min: u32,
        /// And no more.
        exact: bool,
    },
    /// A map.
    Map,
    /// A bitstring.
    Bits,
    /// A fun.
    Fun,
    /// The match context made by the `bs_start_match` at that instruction.
    Ctx(u32),
    /// A position in that match context.
    Position(u32),
    /// A catch word; the slot belongs to an active catch.
    Catch,
    /// A receive mark.
    Mark,
    /// The raw stack of an exception.
    RawStack,
}

impl Ty {
    /// Is it an ordinary term, that may go anywhere?
    pub fn is_term(self) -> bool {
        !matches!(
            self,
            Ty::Uninit
                | Ty::Mixed
                | Ty::Ctx(_)
                | Ty::Position(_)
                | Ty::Catch
                | Ty::Mark
                | Ty::RawStack
        )
    }

    /// The type of a constant.
    pub fn of_const(c: &Const) -> Ty {
        match c {
            Const::Nil => Ty::Nil,
            Const::Int(n) => {
                if (crate::operand::MIN_SMALL..=crate::operand::MAX_SMALL).contains(n) {
                    Ty::Small
                } else {
                    Ty::Int
                }
            }
            Const::Big { .. } => Ty::Int,
            Const::Float(_) => Ty::Float,
            Const::Atom(_) => Ty::Atom,
            Const::Bits { .. } => Ty::Bits,
            Const::List { .. } => Ty::Cons,
            Const::Tuple(items) => Ty::Tuple {
                min: u32::try_from(items.len()).unwrap_or(u32::MAX),
                exact: true,
            },
            Const::Map(_) => Ty::Map,
            Const::ExportFun { .. } => Ty::Fun,
        }
    }

    /// The smallest type that covers both.
    pub fn join(self, other: Ty) -> Ty {
        match (self, other) {
            (a, b) if a == b => a,
            (Ty::Uninit, _) | (_, Ty::Uninit) => Ty::Uninit,
            (Ty::Small, Ty::Int) | (Ty::Int, Ty::Small) => Ty::Int,
            (Ty::Nil | Ty::Cons | Ty::List, Ty::Nil | Ty::Cons | Ty::List) => Ty::List,
            (Ty::Tuple { min: a, .. }, Ty::Tuple { min: b, .. }) => Ty::Tuple {
                min: a.min(b),
                exact: false,
            },
            (a, b) if a.is_term() && b.is_term() => Ty::Any,
            _ => Ty::Mixed,
        }
    }
}

/// `try` or old-style `catch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CatchKind {
    Try,
    Catch,
}

/// An active catch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Active {
    pub slot: u16,
    pub handler: Label,
    pub kind: CatchKind,
}

/// Everything known before an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Types of `x0..`; registers beyond the end are [`Ty::Uninit`].
    pub x: Vec<Ty>,
    /// Types of the y slots, when there is a frame.
    pub y: Option<Vec<Ty>>,
    /// Heap words that are reserved.
    pub reserve: u32,
    /// Active catches, the innermost last.
    pub(super) catches: Vec<Active>,
}

impl State {
    /// The state at the entry of a function.
    pub(super) fn entry(arity: u8) -> State {
        State {
            x: vec![Ty::Any; usize::from(arity)],
            y: None,
            reserve: 0,
            catches: Vec::new(),
        }
    }

    /// How much copying or joining it costs.
    pub(super) fn cells(&self) -> usize {
        8 + self.x.len() + self.y.as_ref().map_or(0, Vec::len) + self.catches.len()
    }

    /// The type of an x register.
    pub fn x(&self, n: u16) -> Ty {
        self.x.get(usize::from(n)).copied().unwrap_or(Ty::Uninit)
    }

    /// Widens `self` to cover `other` as well; `None` when frames or catches differ, else whether anything changed.
    pub(super) fn widen(&mut self, other: &State) -> Option<bool> {
        if self.catches != other.catches {
            return None;
        }
        let mut changed = false;
        match (&mut self.y, &other.y) {
            (None, None) => {}
            (Some(a), Some(b)) if a.len() == b.len() => changed |= widen_all(a, b),
            _ => return None,
        }
        if self.x.len() > other.x.len() {
            self.x.truncate(other.x.len());
            changed = true;
        }
        changed |= widen_all(&mut self.x, &other.x);
        if other.reserve < self.reserve {
            self.reserve = other.reserve;
            changed = true;
        }
        Some(changed)
    }
}

fn widen_all(a: &mut [Ty], b: &[Ty]) -> bool {
    let mut changed = false;
    for (a, b) in a.iter_mut().zip(b) {
        let joined = a.join(*b);
        changed |= joined != *a;
        *a = joined;
    }
    changed
}
