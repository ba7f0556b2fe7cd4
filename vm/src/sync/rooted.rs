//! Words of terms that a process keeps outside its heap: dictionary, mailbox, registers. The collector visits each of them
//! through the process's roots and may change it. A `Rooted` never leaves the body of its process.

use crate::heap::{Heap, Term, Word};

/// A term of one process's own heap, kept where the collector finds it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rooted(Word);

impl Rooted {
    /// Keeps a term. The holder must be among the roots of the heap the term lives on.
    pub(crate) fn new(term: Term<'_>) -> Rooted {
        Rooted(term.raw())
    }

    /// The term again.
    pub(crate) fn term<'h>(self, heap: &'h Heap) -> Term<'h> {
        // SAFETY: roots are kept up to date by the collector of the heap they belong to, and a body reads them with its own heap only.
        unsafe { heap.term(self.0) }
    }

    /// For the collector.
    pub(crate) fn word_mut(&mut self) -> &mut Word {
        &mut self.0
    }

    pub(crate) fn word(self) -> Word {
        self.0
    }
}
