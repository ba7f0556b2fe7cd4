//! Literals of loaded code, and large persistent terms: one reserved range of addresses for all of them, so that the collector and the senders
//! of messages recognise one by its address. A module instance owns a [`LiteralBlock`], and so does each persistent term; the range is given back
//! when the block is dropped.

use super::block::OffHeap;
use super::copy::{Range, copy_to, size_words};
use super::term::Term;
use super::word::Word;
use std::alloc::{Layout, alloc, dealloc};
use std::sync::{Arc, Mutex, OnceLock};

/// Bytes of address space to reserve; untouched pages cost nothing. Halved until the system agrees.
const RESERVE: usize = 1 << 30;

/// The range; shared by its blocks.
#[derive(Clone, Default)]
pub struct LiteralArea(Arc<Shared>);

#[derive(Default)]
struct Shared {
    space: OnceLock<Space>,
}

struct Space {
    start: *mut Word,
    layout: Layout,
    /// Free pieces by offset: (first word, words), ascending, never adjacent.
    free: Mutex<Vec<(usize, usize)>>,
}

// SAFETY: the pointer is only handed out in disjoint pieces, guarded by the mutex.
unsafe impl Send for Space {}
// SAFETY: as above.
unsafe impl Sync for Space {}

impl Drop for Space {
    fn drop(&mut self) {
        // SAFETY: blocks hold the area alive, so none is left.
        unsafe { dealloc(self.start.cast(), self.layout) };
    }
}

impl Space {
    fn reserve() -> Space {
        let mut bytes = RESERVE;
        loop {
            let layout = Layout::from_size_align(bytes, 4096).expect("invariant: a power of two");
            // SAFETY: the layout is not empty.
            let p = unsafe { alloc(layout) };
            if !p.is_null() {
                return Space {
                    start: p.cast(),
                    layout,
                    free: Mutex::new(vec![(0, bytes / 8)]),
                };
            }
            bytes /= 2;
            assert!(bytes >= 4096, "there is memory for literals");
        }
    }
}

impl LiteralArea {
    fn space(&self) -> &Space {
        self.0.space.get_or_init(Space::reserve)
    }

    /// The addresses of all literals.
    pub fn range(&self) -> Range {
        match self.0.space.get() {
            Some(s) => Range {
                start: s.start.addr() as u64,
                len: s.layout.size() as u64,
            },
            None => Range::EMPTY,
        }
    }

    /// Whether a term is a literal of loaded code.
    pub fn holds(&self, t: Term<'_>) -> bool {
        t.raw().is_pointer() && self.range().has(t.raw())
    }

    /// Copies terms into the area; none when it is full.
    pub fn place(&self, terms: &[Term<'_>]) -> Option<LiteralBlock> {
        let words: usize = terms
            .iter()
            .map(|t| {
                if t.raw().is_immediate() {
                    0
                } else {
                    size_words(*t)
                }
            })
            .sum();
        let mut block = LiteralBlock {
            area: self.clone(),
            first: 0,
            words,
            roots: Vec::with_capacity(terms.len()),
            off: OffHeap::default(),
        };
        let space = self.space();
        if words > 0 {
            let mut free = space.free.lock().unwrap_or_else(|e| e.into_inner());
            let i = free.iter().position(|f| f.1 >= words)?;
            block.first = free[i].0;
            free[i] = (free[i].0 + words, free[i].1 - words);
            if free[i].1 == 0 {
                free.remove(i);
            }
        }
        // SAFETY: the piece was just taken from the free list and has the counted room.
        unsafe {
            let mut to = space.start.add(block.first);
            for t in terms {
                let (root, top) = copy_to(t.raw(), to, Range::EMPTY, &mut block.off);
                block.roots.push(root);
                to = top;
            }
        }
        Some(block)
    }
}

/// The literals of one module instance, or one persistent term.
pub struct LiteralBlock {
    area: LiteralArea,
    first: usize,
    words: usize,
    roots: Vec<Word>,
    off: OffHeap,
}

// SAFETY: literals never change.
unsafe impl Send for LiteralBlock {}
// SAFETY: as above.
unsafe impl Sync for LiteralBlock {}

impl LiteralBlock {
    /// The words of the literals, in the order they were given.
    pub fn roots(&self) -> &[Word] {
        &self.roots
    }
    /// Literal `i`.
    pub fn get(&self, i: usize) -> Option<Term<'_>> {
        // SAFETY: the literal lives as long as the block.
        self.roots.get(i).map(|w| unsafe { Term::from_raw(*w) })
    }
    /// Literal `i` for the process whose heap this is: it may keep it until it is asked to give the block's literals up, which happens before
    /// the block is dropped.
    pub fn lend<'h>(&self, i: usize, _: &'h super::Heap) -> Option<Term<'h>> {
        // SAFETY: the literal outlives what any process holds of it, see `Drop`.
        self.roots.get(i).map(|w| unsafe { Term::from_raw(*w) })
    }
    /// Words it takes.
    pub fn words(&self) -> usize {
        self.words
    }
    /// Its addresses, for the purge's copying out of heaps.
    pub fn range(&self) -> Range {
        let s = self.area.space().start;
        // SAFETY: both ends lie in the reserved space.
        unsafe { Range::new(s.add(self.first), s.add(self.first + self.words)) }
    }
}

impl Drop for LiteralBlock {
    fn drop(&mut self) {
        if self.words == 0 {
            return;
        }
        let space = self.area.space();
        // SAFETY: whoever drops a block has seen every process give up its literals.
        unsafe {
            self.off.release();
            if cfg!(debug_assertions) {
                super::block::poison(space.start.add(self.first), self.words);
            }
        }
        let mut free = space.free.lock().unwrap_or_else(|e| e.into_inner());
        let i = free.partition_point(|f| f.0 < self.first);
        free.insert(i, (self.first, self.words));
        if i + 1 < free.len() && free[i].0 + free[i].1 == free[i + 1].0 {
            free[i].1 += free.remove(i + 1).1;
        }
        if i > 0 && free[i - 1].0 + free[i - 1].1 == free[i].0 {
            free[i - 1].1 += free.remove(i).1;
        }
    }
}
