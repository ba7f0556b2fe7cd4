//! The process dictionary: pairs in order of first insertion, found by a linear scan while few, by hash when many.

use crate::heap::{Heap, Term, Word, eq_exact, hash};
use crate::sync::rooted::Rooted;
use hashbrown::HashTable;

/// Up to this many keys comparing beats hashing.
const SMALL: usize = 8;

#[derive(Clone, Copy)]
struct Pair {
    key: Rooted,
    value: Rooted,
    hash: u64,
}

/// A dictionary.
#[derive(Default)]
pub struct Dict {
    pairs: Vec<Pair>,
    index: Option<Box<HashTable<u32>>>,
}

impl Dict {
    /// Keys.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Are there no keys?
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    fn find(&self, heap: &Heap, key: Term<'_>) -> Option<usize> {
        match &self.index {
            None => self.pairs.iter().position(|pair| {
                pair.key.word() == key.raw() || eq_exact(pair.key.term(heap), key)
            }),
            Some(index) => {
                let hash = hash::internal(key);
                index
                    .find(hash, |at| {
                        self.pairs[*at as usize].hash == hash
                            && eq_exact(self.pairs[*at as usize].key.term(heap), key)
                    })
                    .map(|at| *at as usize)
            }
        }
    }

    /// The value of a key.
    pub fn get<'h>(&self, heap: &'h Heap, key: Term<'_>) -> Option<Term<'h>> {
        self.find(heap, key)
            .map(|at| self.pairs[at].value.term(heap))
    }

    /// Sets a key and answers its old value.
    pub fn put<'h>(&mut self, heap: &'h Heap, key: Term<'h>, value: Term<'h>) -> Option<Term<'h>> {
        if let Some(at) = self.find(heap, key) {
            let old = std::mem::replace(&mut self.pairs[at].value, Rooted::new(value));
            return Some(old.term(heap));
        }
        let hash = if self.index.is_some() {
            hash::internal(key)
        } else {
            0
        };
        self.pairs.push(Pair {
            key: Rooted::new(key),
            value: Rooted::new(value),
            hash,
        });
        let at = self.pairs.len() - 1;
        if let Some(index) = &mut self.index {
            let pairs = &self.pairs;
            index.insert_unique(hash, at as u32, |at| pairs[*at as usize].hash);
        } else if self.pairs.len() > SMALL {
            self.build_index(heap);
        }
        None
    }

    fn build_index(&mut self, heap: &Heap) {
        let mut index = HashTable::with_capacity(self.pairs.len() * 2);
        for pair in &mut self.pairs {
            pair.hash = hash::internal(pair.key.term(heap));
        }
        let pairs = &self.pairs;
        for (at, pair) in pairs.iter().enumerate() {
            index.insert_unique(pair.hash, at as u32, |at: &u32| pairs[*at as usize].hash);
        }
        self.index = Some(Box::new(index));
    }

    /// Removes a key and answers its value.
    pub fn erase<'h>(&mut self, heap: &'h Heap, key: Term<'_>) -> Option<Term<'h>> {
        let at = self.find(heap, key)?;
        let last = self.pairs.len() - 1;
        let gone = self.pairs[at];
        if let Some(index) = &mut self.index {
            if let Ok(entry) = index.find_entry(gone.hash, |i| *i as usize == at) {
                entry.remove();
            }
            if at != last
                && let Some(moved) = index.find_mut(self.pairs[last].hash, |i| *i as usize == last)
            {
                *moved = at as u32;
            }
            self.pairs.swap_remove(at);
        } else {
            self.pairs.remove(at);
        }
        Some(gone.value.term(heap))
    }

    /// Keys and values, in no particular order.
    pub fn iter<'h>(&self, heap: &'h Heap) -> impl Iterator<Item = (Term<'h>, Term<'h>)> {
        self.pairs
            .iter()
            .map(move |pair| (pair.key.term(heap), pair.value.term(heap)))
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        *self = Dict::default();
    }

    /// Shows every word to the collector.
    pub fn roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        for pair in &mut self.pairs {
            visit(pair.key.word_mut());
            visit(pair.value.word_mut());
        }
    }
}
