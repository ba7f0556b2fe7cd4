//! Atoms: an index into the table of one VM. The common ones have fixed indices and are constants here.
//! The table only grows, so a text is handed out as a `&str` that lives as long as the table; reading a text takes no lock.

use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{OnceLock, RwLock};

use hashbrown::{DefaultHashBuilder, HashTable};

#[path = "atoms_common.rs"]
mod common;
pub use common::*;

/// An atom of one VM. Comparing two is comparing identity; the order of Erlang terms is that of the texts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Atom(pub u32);

impl Atom {
    /// The index, for tables beside the atom table.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// `true` or `false`.
    pub fn from_bool(b: bool) -> Atom {
        if b { TRUE } else { FALSE }
    }
}

impl fmt::Debug for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match COMMON.get(self.index()) {
            Some(text) => write!(f, "Atom({text})"),
            None => write!(f, "Atom#{}", self.0),
        }
    }
}

/// The table is full: an Erlang `system_limit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// The largest number of characters in an atom. The table does not check it; who makes atoms from user data does.
pub const MAX_CHARS: usize = 255;

/// As many atoms as Erlang/OTP allows by default.
pub const DEFAULT_LIMIT: u32 = 1_048_576;

// Texts lie in blocks that double in size (block 0 holds 2^10, block 1 the next 2^10, block 2 the next 2^11, ...), so the table
// grows without moving a text and needs no lock to read one.
const FIRST_BITS: u32 = 10;
const BLOCKS: usize = 23;
const SHARDS: usize = 16;

type Block = Box<[OnceLock<Box<str>>]>;

/// The atoms of one VM.
pub struct AtomTable {
    blocks: [OnceLock<Block>; BLOCKS],
    shards: [RwLock<HashTable<u32>>; SHARDS],
    hasher: DefaultHashBuilder,
    next: AtomicU32,
    limit: u32,
}

impl Default for AtomTable {
    fn default() -> Self {
        AtomTable::new(DEFAULT_LIMIT)
    }
}

impl AtomTable {
    /// A table with the common atoms in it that holds `limit` atoms at most (never fewer than the common ones).
    pub fn new(limit: u32) -> AtomTable {
        let table = AtomTable {
            blocks: [const { OnceLock::new() }; BLOCKS],
            shards: std::array::from_fn(|_| RwLock::new(HashTable::new())),
            hasher: DefaultHashBuilder::default(),
            next: AtomicU32::new(0),
            limit: limit.clamp(COMMON.len() as u32, u32::MAX >> 1),
        };
        for (i, text) in COMMON.iter().enumerate() {
            let atom = table
                .intern(text)
                .expect("the limit covers the common atoms");
            assert_eq!(atom.index(), i, "common atoms have distinct texts: {text}");
        }
        table
    }

    /// The atom of that text, made if need be.
    pub fn intern(&self, text: &str) -> Result<Atom, TooMany> {
        let hash = self.hash(text);
        let shard = &self.shards[hash as usize % SHARDS];
        let is_it = |i: &u32| self.text(Atom(*i)) == text;
        let read = shard.read().unwrap_or_else(|e| e.into_inner());
        if let Some(i) = read.find(hash, is_it) {
            return Ok(Atom(*i));
        }
        drop(read);
        let mut write = shard.write().unwrap_or_else(|e| e.into_inner());
        if let Some(i) = write.find(hash, is_it) {
            return Ok(Atom(*i));
        }
        let take = |n: u32| (n < self.limit).then_some(n + 1);
        let index = self
            .next
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .map_err(|_| TooMany)?;
        self.slot(index)
            .set(text.into())
            .expect("an index is given out once");
        write.insert_unique(hash, index, |i| self.hash(self.text(Atom(*i))));
        Ok(Atom(index))
    }

    /// The atom of that text, if there is one.
    pub fn existing(&self, text: &str) -> Option<Atom> {
        let hash = self.hash(text);
        let shard = self.shards[hash as usize % SHARDS]
            .read()
            .unwrap_or_else(|e| e.into_inner());
        shard
            .find(hash, |i| self.text(Atom(*i)) == text)
            .map(|i| Atom(*i))
    }

    /// The text of an atom of this table.
    pub fn text(&self, atom: Atom) -> &str {
        let (block, at) = place(atom.0);
        self.blocks[block]
            .get()
            .and_then(|b| b[at].get())
            .expect("the atom belongs to this table")
    }

    /// Number of atoms.
    pub fn count(&self) -> u32 {
        self.next.load(Ordering::Relaxed)
    }

    /// The largest number of atoms.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    fn slot(&self, index: u32) -> &OnceLock<Box<str>> {
        let (block, at) = place(index);
        let len = 1usize << (FIRST_BITS as usize + block.saturating_sub(1));
        &self.blocks[block].get_or_init(|| (0..len).map(|_| OnceLock::new()).collect())[at]
    }

    fn hash(&self, text: &str) -> u64 {
        let mut h = self.hasher.build_hasher();
        h.write(text.as_bytes());
        // The table takes its tags from the top bits and its buckets from the low ones; shards take the low ones too, so mix.
        h.finish().rotate_left(29)
    }
}

impl fmt::Debug for AtomTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AtomTable({} of {})", self.count(), self.limit)
    }
}

/// Block and place in it of an index.
fn place(index: u32) -> (usize, usize) {
    if index < 1 << FIRST_BITS {
        return (0, index as usize);
    }
    let top = 31 - index.leading_zeros();
    (
        (top - FIRST_BITS) as usize + 1,
        (index - (1 << top)) as usize,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_atoms_have_their_constants() {
        let t = AtomTable::default();
        assert_eq!(t.text(OK), "ok");
        assert_eq!(t.text(BIG_EXIT), "EXIT");
        assert_eq!(t.intern("undefined"), Ok(UNDEFINED));
        assert_eq!(t.count(), COMMON.len() as u32);
    }

    #[test]
    fn texts_survive_growth_over_many_blocks() {
        let t = AtomTable::default();
        let atoms: Vec<Atom> = (0..20_000)
            .map(|i| t.intern(&format!("a{i}")).expect("room"))
            .collect();
        for (i, a) in atoms.iter().enumerate() {
            assert_eq!(t.text(*a), format!("a{i}"));
            assert_eq!(t.existing(&format!("a{i}")), Some(*a));
        }
        assert_eq!(t.existing("never made"), None);
    }

    #[test]
    fn a_full_table_answers_an_error_and_still_finds() {
        let t = AtomTable::new(COMMON.len() as u32 + 1);
        let last = t.intern("one more").expect("room for one");
        assert_eq!(t.intern("another"), Err(TooMany));
        assert_eq!(t.intern("one more"), Ok(last));
        assert_eq!(t.existing("another"), None);
    }

    #[test]
    fn threads_agree_on_atoms() {
        let t = AtomTable::default();
        let make = || {
            (0..3_000)
                .map(|i| t.intern(&format!("t{i}")).expect("room"))
                .collect::<Vec<_>>()
        };
        let all = std::thread::scope(|s| {
            let handles: Vec<_> = (0..4).map(|_| s.spawn(make)).collect();
            handles
                .into_iter()
                .map(|h| h.join().expect("no panic"))
                .collect::<Vec<_>>()
        });
        assert!(all.windows(2).all(|w| w[0] == w[1]));
        assert_eq!(t.count(), COMMON.len() as u32 + 3_000);
    }
}
