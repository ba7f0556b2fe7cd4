//! Maps as seen: small ones are a sorted tuple of keys and their values; large ones a hash trie with 16 branches a level.
//! A trie's shape depends only on its keys (and the order of keys whose whole hashes are equal), so equal maps have equal shapes.
//! Building and changing is in `map_build`.

use super::term::{Brand, Obj};
use super::word::{ObjKind, Word};
use super::{Term, eq_exact, hash};
use std::marker::PhantomData;

/// Largest number of pairs in a flat map.
pub const MAX_FLAT: usize = 32;

/// Branch bits a level and levels until the hash is used up.
pub(super) const BITS: u32 = 4;
pub(super) const LEVELS: usize = 16;

/// A map.
#[derive(Clone, Copy)]
pub struct Map<'h>(pub(super) Obj<'h>);

impl<'h> Map<'h> {
    pub(super) fn is_flat(self) -> bool {
        self.0.header().is_kind(ObjKind::FlatMap)
    }

    /// Number of pairs.
    pub fn len(self) -> usize {
        if self.is_flat() {
            self.0.size() - 1
        } else {
            self.0.word(0).small_value() as usize
        }
    }
    /// Is it `#{}`?
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The keys of a flat map, sorted.
    pub(super) fn flat_keys(self) -> Obj<'h> {
        // SAFETY: word 0 of a flat map is its boxed tuple of keys.
        unsafe { Obj::new(self.0.word(0).ptr()) }
    }

    pub(super) fn root(self) -> Word {
        self.0.word(1)
    }

    /// Index of a key in a flat map.
    #[inline]
    pub(super) fn flat_find(self, key: Term<'_>) -> Option<usize> {
        let keys = self.flat_keys().words();
        let raw = key.raw();
        if raw.is_immediate() {
            return keys.iter().position(|k| *k == raw);
        }
        keys.iter().position(|k| {
            // SAFETY: a key of a live map.
            *k == raw || (k.is_pointer() && eq_exact(unsafe { Term::from_raw(*k) }, key))
        })
    }

    /// The value of a key.
    pub fn get(self, key: Term<'_>) -> Option<Term<'h>> {
        if self.is_flat() {
            return self.flat_find(key).map(|i| self.0.term(i + 1));
        }
        self.big_find(key, hash::internal(key))
    }

    /// Is there such a key?
    pub fn contains(self, key: Term<'_>) -> bool {
        self.get(key).is_some()
    }

    fn big_find(self, key: Term<'_>, hash: u64) -> Option<Term<'h>> {
        let mut w = self.root();
        let mut rest = hash;
        loop {
            // SAFETY: the words of a trie are leaf cells or boxed nodes, alive as long as the map.
            unsafe {
                if w.is_list() {
                    return leaf_value(w, key);
                }
                let node: Obj<'h> = Obj::new(w.ptr());
                if node.header().is_kind(ObjKind::MapCollision) {
                    return (0..node.size()).find_map(|i| leaf_value(node.word(i), key));
                }
                let bitmap = node.header().header_extra();
                let bit = 1 << (rest & 15);
                if bitmap & bit == 0 {
                    return None;
                }
                w = node.word((bitmap & (bit - 1)).count_ones() as usize);
                rest >>= BITS;
            }
        }
    }

    /// All pairs: sorted by key for flat maps, in hash order for large ones.
    pub fn iter(self) -> MapIter<'h> {
        let mut it = MapIter {
            map: self,
            at: 0,
            depth: 0,
            path: [(Word::NIL, 0); LEVELS + 2],
            brand: PhantomData,
        };
        if !self.is_flat() {
            it.push(self.root());
        }
        it
    }

    /// The pairs behind a key, in the order of [`Map::iter`]; none if there is no such key.
    pub fn iter_behind(self, key: Term<'_>) -> Option<impl Iterator<Item = (Term<'h>, Term<'h>)>> {
        let mut it = self.iter();
        if self.is_flat() {
            it.at = self.flat_find(key)? + 1;
        } else {
            self.big_find(key, hash::internal(key))?;
            it.depth = 0;
            let (mut w, mut rest) = (self.root(), hash::internal(key));
            // Down to the key's leaf; what stands behind it on the way is still to come.
            while !w.is_list() {
                // SAFETY: the words of a trie are leaf cells or boxed nodes, alive as long as the map.
                let node: Obj<'h> = unsafe { Obj::new(w.ptr()) };
                let i = if node.header().is_kind(ObjKind::MapCollision) {
                    (0..node.size()).position(|i| {
                        // SAFETY: a collision's words are leaf cells.
                        unsafe { leaf_value(node.word(i), key) }.is_some()
                    })?
                } else {
                    let bit = 1 << (rest & 15);
                    (node.header().header_extra() & (bit - 1)).count_ones() as usize
                };
                it.path[it.depth] = (w, i + 1);
                it.depth += 1;
                w = node.word(i);
                rest >>= BITS;
            }
        }
        Some(std::iter::from_fn(move || it.next()))
    }

    /// The map as a term.
    pub fn term(self) -> Term<'h> {
        // SAFETY: the object lives for 'h.
        unsafe { Term::from_raw(self.0.boxed()) }
    }
}

/// # Safety
/// `w` is a leaf cell alive for `'h`.
unsafe fn leaf_value<'h>(w: Word, key: Term<'_>) -> Option<Term<'h>> {
    // SAFETY: by the contract.
    unsafe {
        let (k, v) = leaf(w);
        (k.raw() == key.raw() || eq_exact(k, key)).then_some(v)
    }
}

/// # Safety
/// As for `leaf_value`.
pub(super) unsafe fn leaf<'h>(w: Word) -> (Term<'h>, Term<'h>) {
    // SAFETY: by the contract.
    unsafe { (Term::from_raw(*w.ptr()), Term::from_raw(*w.ptr().add(1))) }
}

/// Walks the pairs of a map.
#[derive(Clone)]
pub struct MapIter<'h> {
    map: Map<'h>,
    at: usize,
    depth: usize,
    path: [(Word, usize); LEVELS + 2],
    brand: Brand<'h>,
}

impl<'h> MapIter<'h> {
    fn push(&mut self, w: Word) {
        self.path[self.depth] = (w, 0);
        self.depth += 1;
    }
}

impl<'h> Iterator for MapIter<'h> {
    type Item = (Term<'h>, Term<'h>);
    fn next(&mut self) -> Option<Self::Item> {
        if self.map.is_flat() {
            let i = self.at;
            if i >= self.map.len() {
                return None;
            }
            self.at += 1;
            return Some((self.map.flat_keys().term(i), self.map.0.term(i + 1)));
        }
        while self.depth > 0 {
            let (w, i) = self.path[self.depth - 1];
            // SAFETY: the words of a trie are leaf cells or boxed nodes, alive for 'h.
            unsafe {
                let node: Obj<'h> = Obj::new(w.ptr());
                if i >= node.size() {
                    self.depth -= 1;
                    continue;
                }
                self.path[self.depth - 1].1 += 1;
                let child = node.word(i);
                if child.is_list() {
                    self.at += 1;
                    return Some(leaf(child));
                }
                self.push(child);
            }
        }
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.map.len() - self.at;
        (n, Some(n))
    }
}

impl ExactSizeIterator for MapIter<'_> {}
