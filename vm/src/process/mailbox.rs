//! The mailbox: messages in order of arrival, with the cursor of the running receive and markers.
//!
//! A receive scans from the front (or from a marker); what matches is taken out of the middle. Entries are addressed by a number
//! that grows for ever (`base + index`), so that a cursor or marker survives removals in front of it. A removal in the middle leaves a
//! hole; holes at the front fall away, and the queue is closed up when more than half of it is holes, so each removal costs constant time in the long run.

use crate::heap::{Heap, OwnedTerm, Term, Word};
use crate::sync::rooted::Rooted;
use crate::trace::seq::{Cargo, Carried};
use crate::trace::tracer::Charge;
use std::collections::VecDeque;

/// Who made a message: it matters to the token of a receiver that takes part in a sequential trace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A process without a token of its own.
    Process,
    /// The VM: a timer, a monitor, a port.
    Vm,
}

/// One message.
pub enum Entry {
    /// In its own memory, as the sender made it.
    Owned(OwnedTerm, Origin),
    /// A trace message, with its share of what its reader may leave unread: a receive that only looks at it has not read it.
    Traced(Box<(Place, Charge)>),
    /// On the process's heap: a receive has looked at it, or the process made it itself. A root for the collector.
    Local(Rooted, Origin),
    /// With a token of the sequential trace, or requests of scoped ones.
    Tagged(Box<Tagged>),
    /// Taken out.
    Hole,
}

/// A message that carries something.
pub struct Tagged {
    pub message: Place,
    pub cargo: Cargo,
}

/// A message that was taken out.
pub enum Removed {
    Plain(Origin),
    Tagged(Box<Tagged>),
}

/// Where a message that carries something lies.
pub enum Place {
    Outside(OwnedTerm),
    Here(Rooted),
}

impl Entry {
    /// A message in its own memory.
    pub fn owned(message: OwnedTerm, carried: Carried) -> Entry {
        match carried {
            Carried::Nothing => Entry::Owned(message, Origin::Process),
            Carried::Silence => Entry::Owned(message, Origin::Vm),
            Carried::Cargo(cargo) => Entry::Tagged(Box::new(Tagged {
                message: Place::Outside(message),
                cargo: *cargo,
            })),
        }
    }

    /// A message that its receiver made on its own heap.
    pub fn local(message: Rooted, carried: Carried) -> Entry {
        match carried {
            Carried::Nothing => Entry::Local(message, Origin::Process),
            Carried::Silence => Entry::Local(message, Origin::Vm),
            Carried::Cargo(cargo) => Entry::Tagged(Box::new(Tagged {
                message: Place::Here(message),
                cargo: *cargo,
            })),
        }
    }
}

impl Place {
    /// The message on the heap of its receiver, from now on.
    fn here<'h>(&mut self, heap: &'h Heap) -> Term<'h> {
        let kept = match self {
            Place::Here(kept) => return kept.term(heap),
            Place::Outside(owned) => {
                let owned = std::mem::replace(owned, OwnedTerm::atom(crate::atoms::OK));
                Rooted::new(heap.adopt(owned))
            }
        };
        *self = Place::Here(kept);
        kept.term(heap)
    }

    /// Shows the message where it lies.
    fn show(&self, heap: &Heap, see: &mut dyn FnMut(Term<'_>)) {
        match self {
            Place::Outside(owned) => see(owned.term()),
            Place::Here(kept) => see(kept.term(heap)),
        }
    }

    fn roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        if let Place::Here(kept) = self {
            visit(kept.word_mut());
        }
    }

    /// Words outside the heap.
    fn owned_words(&self) -> usize {
        match self {
            Place::Outside(owned) => owned.words(),
            Place::Here(_) => 0,
        }
    }
}

/// A mailbox.
#[derive(Default)]
pub struct Mailbox {
    queue: VecDeque<Entry>,
    base: u64,
    holes: usize,
    cursor: u64,
    mark: Option<(u64, u64)>,
}

impl Mailbox {
    /// Messages.
    pub fn len(&self) -> usize {
        self.queue.len() - self.holes
    }

    /// Are there no messages?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a message at the end.
    pub fn push(&mut self, entry: Entry) {
        self.queue.push_back(entry);
    }

    /// The number the next message will get: a marker for everything that comes later.
    pub fn end(&self) -> u64 {
        self.base + self.queue.len() as u64
    }

    /// The next receive starts at the front.
    pub fn reset(&mut self) {
        self.cursor = self.base;
    }

    /// The next receive starts at this marker.
    pub fn start_at(&mut self, marker: u64) {
        self.cursor = marker.clamp(self.base, self.end());
    }

    /// Remembers that the reference was made when the queue ended at `marker`: no earlier message can hold it. One mark is kept, the
    /// latest: it serves the request that is being answered.
    pub fn bind_mark(&mut self, reference: u64, marker: u64) {
        self.mark = Some((reference, marker));
    }

    /// A receive whose every clause matches that reference starts at its mark, if it is still known.
    pub fn use_mark(&mut self, reference: u64) {
        match self.mark {
            Some((known, marker)) if known == reference => self.start_at(marker),
            Some(_) | None => {}
        }
    }

    /// The message under the cursor as a term of the heap, `None` at the end of the queue.
    pub fn peek<'h>(&mut self, heap: &'h Heap) -> Option<Term<'h>> {
        self.cursor = self.cursor.max(self.base);
        while let Some(entry) = self.queue.get_mut((self.cursor - self.base) as usize) {
            match entry {
                Entry::Hole => self.cursor += 1,
                Entry::Local(kept, _) => return Some(kept.term(heap)),
                Entry::Tagged(tagged) => return Some(tagged.message.here(heap)),
                Entry::Traced(traced) => return Some(traced.0.here(heap)),
                Entry::Owned(owned, origin) => {
                    let origin = *origin;
                    let owned = std::mem::replace(owned, OwnedTerm::atom(crate::atoms::OK));
                    let term = heap.adopt(owned);
                    *entry = Entry::Local(Rooted::new(term), origin);
                    return Some(term);
                }
            }
        }
        None
    }

    /// Leaves the message under the cursor where it is.
    pub fn skip(&mut self) {
        self.cursor += 1;
    }

    /// Leaves it and shows the next one, if that is on the heap already.
    #[inline]
    pub fn next_kept<'h>(&mut self, heap: &'h Heap) -> Option<Term<'h>> {
        self.skip();
        match self.queue.get(self.cursor.wrapping_sub(self.base) as usize) {
            Some(Entry::Local(kept, _)) => Some(kept.term(heap)),
            _ => None,
        }
    }

    /// Takes out the message under the cursor; the next receive starts at the front. Answers what it was.
    pub fn remove(&mut self) -> Removed {
        let entry = self.queue.get_mut((self.cursor - self.base) as usize);
        let removed = match entry.map(|entry| std::mem::replace(entry, Entry::Hole)) {
            Some(Entry::Tagged(tagged)) => Removed::Tagged(tagged),
            Some(Entry::Local(_, origin) | Entry::Owned(_, origin)) => Removed::Plain(origin),
            Some(Entry::Traced(_) | Entry::Hole) | None => Removed::Plain(Origin::Vm),
        };
        self.remove_at(self.cursor);
        self.reset();
        removed
    }

    /// Messages that wait lose their tokens.
    pub fn forget_tokens(&mut self) {
        for entry in &mut self.queue {
            if let Entry::Tagged(_) = entry
                && let Entry::Tagged(tagged) = std::mem::replace(entry, Entry::Hole)
            {
                let mut tagged = tagged;
                tagged.cargo.token = None;
                if !tagged.cargo.requests.is_empty() {
                    *entry = Entry::Tagged(tagged);
                    continue;
                }
                *entry = match tagged.message {
                    Place::Outside(owned) => Entry::Owned(owned, Origin::Process),
                    Place::Here(kept) => Entry::Local(kept, Origin::Process),
                };
            }
        }
    }

    fn remove_at(&mut self, number: u64) {
        let index = (number - self.base) as usize;
        if index == 0 {
            self.queue.pop_front();
            self.base += 1;
        } else {
            self.queue[index] = Entry::Hole;
            self.holes += 1;
        }
        while let Some(Entry::Hole) = self.queue.front() {
            self.queue.pop_front();
            self.base += 1;
            self.holes -= 1;
        }
        while let Some(Entry::Hole) = self.queue.back() {
            // The number may be given again; a marker at the end still stands before everything that comes later.
            self.queue.pop_back();
            self.holes -= 1;
        }
        if self.holes > 32 && self.holes * 2 > self.queue.len() {
            self.queue.retain(|entry| !matches!(entry, Entry::Hole));
            self.holes = 0;
            // Positions changed: scanning from the front again is always right.
            self.mark = None;
            self.cursor = self.base;
        }
    }

    /// All messages as terms, oldest first.
    pub fn all<'h>(&mut self, heap: &'h Heap) -> Vec<Term<'h>> {
        let cursor = self.cursor;
        let mut out = Vec::with_capacity(self.len());
        self.reset();
        while let Some(term) = self.peek(heap) {
            out.push(term);
            self.skip();
        }
        self.cursor = cursor;
        out
    }

    /// Shows all messages where they lie, oldest first.
    pub fn each(&self, heap: &Heap, see: &mut dyn FnMut(Term<'_>)) {
        for entry in &self.queue {
            match entry {
                Entry::Local(kept, _) => see(kept.term(heap)),
                Entry::Owned(owned, _) => see(owned.term()),
                Entry::Traced(traced) => traced.0.show(heap, see),
                Entry::Tagged(tagged) => tagged.message.show(heap, see),
                Entry::Hole => {}
            }
        }
    }

    /// Takes out the first message the test accepts (demonitor with `flush`, alias clean-up).
    pub fn flush_first(&mut self, heap: &Heap, mut test: impl FnMut(Term<'_>) -> bool) -> bool {
        let cursor = self.cursor;
        self.reset();
        while let Some(term) = self.peek(heap) {
            if test(term) {
                self.remove_at(self.cursor);
                self.cursor = cursor.max(self.base);
                return true;
            }
            self.skip();
        }
        self.cursor = cursor;
        false
    }

    /// The words the collector has to keep and may move.
    pub fn roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        for entry in &mut self.queue {
            match entry {
                Entry::Local(kept, _) => visit(kept.word_mut()),
                Entry::Tagged(tagged) => tagged.message.roots(visit),
                Entry::Traced(traced) => traced.0.roots(visit),
                Entry::Owned(..) | Entry::Hole => {}
            }
        }
    }

    /// Words of memory outside the heap.
    pub fn owned_words(&self) -> usize {
        self.queue
            .iter()
            .map(|entry| match entry {
                Entry::Owned(owned, _) => owned.words(),
                Entry::Traced(traced) => traced.0.owned_words(),
                Entry::Tagged(tagged) => tagged.message.owned_words(),
                Entry::Local(..) | Entry::Hole => 0,
            })
            .sum()
    }

    /// Gives the memory back.
    pub fn clear(&mut self) {
        *self = Mailbox::default();
    }

    /// Gives memory back that a longer queue has needed.
    pub fn shrink(&mut self) {
        self.queue.shrink_to_fit();
    }
}
