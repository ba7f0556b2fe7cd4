//! Literals of loaded code, and large persistent terms: one reserved range of addresses for all of them, so that the collector, and who
//! copies the arguments of a process to start, recognise one by its address. A module instance owns a [`LiteralBlock`], and so does each
//! persistent term; the range is given back when the block is dropped.

use super::block::OffHeap;
use super::copy::{Range, copy_to, size_words};
use super::term::Term;
use super::word::Word;
use std::alloc::{Layout, alloc, dealloc};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Bytes of address space to reserve; untouched pages cost nothing. Halved until the system agrees.
const RESERVE: usize = 1 << 30;

/// Bytes from which a piece that goes gives its pages back to the system.
const GIVE_UP: usize = 1 << 20;
const PAGE: usize = 4096;

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
    free: Mutex<Free>,
}

struct Free {
    /// By offset: (first word, words), ascending, never adjacent.
    pieces: Vec<(usize, usize)>,
    /// Words of all of them.
    words: usize,
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
    fn reserve(mut bytes: usize) -> Space {
        loop {
            let layout = Layout::from_size_align(bytes, PAGE).expect("invariant: a power of two");
            // SAFETY: the layout is not empty.
            let p = unsafe { alloc(layout) };
            if !p.is_null() {
                return Space {
                    start: p.cast(),
                    layout,
                    free: Mutex::new(Free {
                        pieces: vec![(0, bytes / 8)],
                        words: bytes / 8,
                    }),
                };
            }
            bytes /= 2;
            assert!(bytes >= PAGE, "there is memory for literals");
        }
    }

    fn free(&self) -> MutexGuard<'_, Free> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first word of a piece that nobody has; none when no piece is large enough.
    fn take(&self, words: usize) -> Option<usize> {
        let mut free = self.free();
        let i = free.pieces.iter().position(|f| f.1 >= words)?;
        let first = free.pieces[i].0;
        if free.pieces[i].1 == words {
            free.pieces.remove(i);
        } else {
            free.pieces[i].0 += words;
            free.pieces[i].1 -= words;
        }
        free.words -= words;
        Some(first)
    }

    /// The pages that lie in the piece whole take no memory until they are written again.
    #[cfg(target_os = "linux")]
    fn give_up_pages(&self, first: usize, words: usize) {
        use rustix::mm::{Advice, madvise};
        let from = (first * 8).next_multiple_of(PAGE);
        let to = (first + words) * 8 / PAGE * PAGE;
        if words * 8 >= GIVE_UP {
            // SAFETY: the pages are the piece's alone, which nobody reads before it is written.
            let _kept_if_refused = unsafe {
                madvise(
                    self.start.add(from / 8).cast(),
                    to - from,
                    Advice::LinuxDontNeed,
                )
            };
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn give_up_pages(&self, _: usize, _: usize) {}

    fn give_back(&self, first: usize, words: usize) {
        self.give_up_pages(first, words);
        let mut free = self.free();
        free.words += words;
        let pieces = &mut free.pieces;
        let i = pieces.partition_point(|f| f.0 < first);
        pieces.insert(i, (first, words));
        if i + 1 < pieces.len() && pieces[i].0 + pieces[i].1 == pieces[i + 1].0 {
            pieces[i].1 += pieces.remove(i + 1).1;
        }
        if i > 0 && pieces[i - 1].0 + pieces[i - 1].1 == pieces[i].0 {
            pieces[i - 1].1 += pieces.remove(i).1;
        }
    }
}

impl LiteralArea {
    fn space(&self) -> &Space {
        self.0.space.get_or_init(|| Space::reserve(RESERVE))
    }

    /// A small one, of so many bytes.
    #[cfg(test)]
    pub(super) fn of_bytes(bytes: usize) -> LiteralArea {
        let area = LiteralArea::default();
        area.0.space.get_or_init(|| Space::reserve(bytes));
        area
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

    /// Whether `words` more leave half of the area to code.
    pub fn has_spare(&self, words: usize) -> bool {
        let space = self.space();
        space.free().words >= words + space.layout.size() / 16
    }

    /// Copies terms into the area; none when it is full.
    pub fn place(&self, terms: &[Term<'_>]) -> Option<LiteralBlock> {
        let words_of = |t: &Term<'_>| match t.raw().is_immediate() {
            true => 0,
            false => size_words(*t),
        };
        let words = terms.iter().map(words_of).sum();
        let space = self.space();
        let first = match words {
            0 => 0,
            _ => space.take(words)?,
        };
        let mut block = LiteralBlock {
            area: self.clone(),
            first,
            words,
            roots: Vec::with_capacity(terms.len()),
            off: OffHeap::default(),
        };
        // SAFETY: the piece is the block's alone and has the counted room.
        unsafe {
            let mut to = space.start.add(first);
            for t in terms {
                let (root, top) = copy_to(t.raw(), to, Range::EMPTY, &mut block.off);
                block.roots.push(root);
                to = top;
            }
            debug_assert_eq!(
                to,
                space.start.add(first + words),
                "a copy takes what its size says"
            );
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
        space.give_back(self.first, self.words);
    }
}

/// The addresses of several blocks.
#[derive(Clone, Default)]
pub struct Ranges {
    hull: Range,
    /// Ascending, apart.
    each: Arc<[Range]>,
}

impl Ranges {
    /// Which of them holds the target of a pointer word.
    #[inline]
    pub fn find(&self, w: Word) -> Option<usize> {
        if !self.hull.has(w) {
            return None;
        }
        let i = self.each.partition_point(|r| r.start <= w.0 & !7);
        let i = i.checked_sub(1)?;
        self.each[i].has(w).then_some(i)
    }

    /// All of them, ascending.
    pub fn each(&self) -> &[Range] {
        &self.each
    }
}

impl FromIterator<Range> for Ranges {
    fn from_iter<I: IntoIterator<Item = Range>>(ranges: I) -> Ranges {
        let mut each: Vec<Range> = ranges.into_iter().filter(|r| r.len > 0).collect();
        each.sort_unstable_by_key(|r| r.start);
        let hull = match (each.first(), each.last()) {
            (Some(first), Some(last)) => Range {
                start: first.start,
                len: last.start + last.len - first.start,
            },
            _ => Range::EMPTY,
        };
        Ranges {
            hull,
            each: each.into(),
        }
    }
}
