//! Export cells: the address of `Module:Function/Arity` for each code index, and the stub it falls back to.
//!
//! ```text
//!  call M:F/A ──> cell.address[index the scheduler read at slice start] ──> entry word of the function
//!                                                          └──> cell.stub: "undefined" or "built-in" words, in the cell itself
//! ```
//! Cells are made when something first names the function and live as long as the VM: code, funs and the interpreter hold plain
//! addresses of them. All fields but the atomics never change. Who publishes code is in `code/`; this file only keeps the memory.

use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::RwLock;
use std::sync::atomic::AtomicUsize;

use hashbrown::HashMap;

use super::atomics::{AtomicU64, Ordering};
use crate::atoms::Atom;

/// Number of code indices: schedulers run on the active one while another is filled; the third allows a slow scheduler to be one behind.
pub const CODE_INDICES: usize = 3;
/// Words of a stub.
pub const STUB_WORDS: usize = 4;

/// One function as seen from outside its module.
#[repr(C, align(16))]
pub struct ExportCell {
    address: [AtomicU64; CODE_INDICES],
    stub: [AtomicU64; STUB_WORDS],
    /// Its module.
    pub module: Atom,
    /// Its name.
    pub name: Atom,
    /// Its arity.
    pub arity: u8,
    /// Index of the built-in function, if it is one.
    pub bif: Option<u32>,
}

impl ExportCell {
    /// Address of the entry word under a code index; never 0.
    #[inline(always)]
    pub fn address(&self, index: usize) -> u64 {
        self.address[index].load(Ordering::Acquire)
    }

    /// Sets the address under one index.
    pub fn set_address(&self, index: usize, address: u64) {
        self.address[index].store(address, Ordering::Release);
    }

    /// Sets the address under all indices: only for cells nobody can run through yet, or once all schedulers agree.
    pub fn set_all(&self, address: u64) {
        for i in 0..CODE_INDICES {
            self.set_address(i, address);
        }
    }

    /// Address of the stub's first word: where the cell points when no code is loaded, and always for built-in functions.
    pub fn stub_address(&self) -> u64 {
        self.stub.as_ptr() as u64
    }

    /// The stub's words, for tracing.
    pub fn stub(&self) -> &[AtomicU64; STUB_WORDS] {
        &self.stub
    }

    /// Has it code (or is it built in) under that index?
    pub fn is_defined(&self, index: usize) -> bool {
        self.bif.is_some() || self.address(index) != self.stub_address()
    }

    /// Address of the cell itself, as code words and funs hold it.
    pub fn word(&self) -> u64 {
        self as *const ExportCell as u64
    }
}

/// A pointer to a cell; valid as long as the VM.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CellRef(NonNull<ExportCell>);

// SAFETY: a cell is immutable but for atomics and lives as long as its table, which outlives all code and heaps of its VM.
unsafe impl Send for CellRef {}
// SAFETY: as above.
unsafe impl Sync for CellRef {}

impl CellRef {
    /// The cell whose address [`ExportCell::word`] gave.
    ///
    /// # Safety
    /// `word` came from a cell of a table that is still alive.
    #[inline(always)]
    pub unsafe fn from_word(word: u64) -> CellRef {
        debug_assert!(word != 0 && word.is_multiple_of(16));
        // SAFETY: the caller's promise; a cell's address is never null.
        CellRef(unsafe { NonNull::new_unchecked(word as *mut ExportCell) })
    }
}

impl Deref for CellRef {
    type Target = ExportCell;
    #[inline(always)]
    fn deref(&self) -> &ExportCell {
        // SAFETY: the table keeps every cell in its own box until the VM ends.
        unsafe { self.0.as_ref() }
    }
}

impl std::fmt::Debug for CellRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}:{:?}/{}", self.module, self.name, self.arity)
    }
}

type Key = (Atom, Atom, u8);

#[derive(Default)]
struct Shard {
    // Boxed so that cells stay where they are while the list grows.
    #[allow(clippy::vec_box)]
    cells: Vec<Box<ExportCell>>,
    by_key: HashMap<Key, CellRef>,
}

const SHARDS: usize = 16;

/// Words of a stub, made by the interpreter's side: it gets the cell's own address and, for a built-in function, its index.
pub type MakeStub = dyn Fn(&ExportCell) -> [u64; STUB_WORDS] + Send + Sync;

/// All cells of a VM.
pub struct CellTable {
    shards: [RwLock<Shard>; SHARDS],
    count: AtomicUsize,
    make_stub: Box<MakeStub>,
}

impl CellTable {
    /// An empty table.
    pub fn new(make_stub: Box<MakeStub>) -> CellTable {
        CellTable {
            shards: Default::default(),
            count: AtomicUsize::new(0),
            make_stub,
        }
    }

    /// The cell of a function, if something named it before.
    pub fn get(&self, module: Atom, name: Atom, arity: u8) -> Option<CellRef> {
        let key = (module, name, arity);
        self.shard(key)
            .read()
            .unwrap_or_else(|e| e.into_inner())
            .by_key
            .get(&key)
            .copied()
    }

    /// The cell of a function, made if need be.
    pub fn ensure(&self, module: Atom, name: Atom, arity: u8) -> CellRef {
        self.ensure_with(module, name, arity, None)
    }

    /// Makes the cell of a built-in function; before anything else names it.
    pub fn define_bif(&self, module: Atom, name: Atom, arity: u8, bif: u32) -> CellRef {
        let cell = self.ensure_with(module, name, arity, Some(bif));
        assert_eq!(
            cell.bif,
            Some(bif),
            "built-in functions are defined before code is loaded"
        );
        cell
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// No cells yet?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All cells, in no particular order; cells made meanwhile may be missing.
    pub fn all(&self) -> Vec<CellRef> {
        let mut all = Vec::with_capacity(self.len());
        for shard in &self.shards {
            all.extend(
                shard
                    .read()
                    .unwrap_or_else(|e| e.into_inner())
                    .by_key
                    .values()
                    .copied(),
            );
        }
        all
    }

    fn shard(&self, (module, name, arity): Key) -> &RwLock<Shard> {
        let mix = module
            .0
            .wrapping_mul(31)
            .wrapping_add(name.0)
            .wrapping_mul(31)
            .wrapping_add(u32::from(arity));
        &self.shards[mix as usize % SHARDS]
    }

    fn ensure_with(&self, module: Atom, name: Atom, arity: u8, bif: Option<u32>) -> CellRef {
        if let Some(cell) = self.get(module, name, arity) {
            return cell;
        }
        let key = (module, name, arity);
        let mut shard = self.shard(key).write().unwrap_or_else(|e| e.into_inner());
        if let Some(cell) = shard.by_key.get(&key) {
            return *cell;
        }
        let cell = Box::new(ExportCell {
            address: Default::default(),
            stub: Default::default(),
            module,
            name,
            arity,
            bif,
        });
        for (at, word) in cell.stub.iter().zip((self.make_stub)(&cell)) {
            at.store(word, Ordering::Relaxed);
        }
        cell.set_all(cell.stub_address());
        let found = CellRef(NonNull::from(&*cell));
        shard.cells.push(cell);
        shard.by_key.insert(key, found);
        self.count.fetch_add(1, Ordering::Relaxed);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_again_and_start_undefined() {
        let table = CellTable::new(Box::new(|cell| [7, cell.word(), 0, 0]));
        let cell = table.ensure(Atom(1), Atom(2), 3);
        assert_eq!(table.ensure(Atom(1), Atom(2), 3), cell);
        assert_ne!(table.ensure(Atom(1), Atom(2), 4), cell);
        assert_eq!(table.get(Atom(2), Atom(1), 3), None);
        assert!(!cell.is_defined(0));
        assert_eq!(cell.address(2), cell.stub_address());
        assert_eq!(cell.stub()[1].load(Ordering::Relaxed), cell.word());
        cell.set_address(1, 4096);
        assert!(cell.is_defined(1) && !cell.is_defined(0));
        assert!(table.define_bif(Atom(9), Atom(9), 0, 5).is_defined(2));
        assert_eq!((table.len(), table.all().len()), (3, 3));
    }

    #[test]
    fn a_word_leads_back_to_its_cell() {
        let table = CellTable::new(Box::new(|_| [0; STUB_WORDS]));
        let cell = table.ensure(Atom(1), Atom(2), 3);
        // SAFETY: the word is that of a cell of a table that is alive.
        assert_eq!(unsafe { CellRef::from_word(cell.word()) }, cell);
    }
}
