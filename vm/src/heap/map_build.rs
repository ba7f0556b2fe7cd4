//! Making and changing maps. Small ones are kept sorted by key in a tuple that maps with the same keys share; a trie is changed along one path.
//! A trie never holds 32 pairs or fewer, and a node with a single leaf is replaced by the leaf (but for the root), so shapes stay unique.

use super::compare::cmp_exact;
use super::map::{BITS, LEVELS, leaf};
use super::term::Obj;
use super::word::{ObjKind, Word};
use super::{Heap, MAX_FLAT, Map, Term, eq_exact, hash};
use smallvec::SmallVec;

type Pair<'h> = (Term<'h>, Term<'h>);
type Pairs<'h> = SmallVec<[Pair<'h>; 36]>;

/// A leaf with its hash.
type Hashed = (u64, Word);

impl Heap {
    /// A map of these pairs; of equal keys the last wins.
    pub fn map_from_pairs<'h>(&'h self, pairs: &[Pair<'h>]) -> Term<'h> {
        if pairs.len() <= MAX_FLAT {
            let mut all: Pairs<'h> = pairs.iter().copied().collect();
            self.sort_pairs(&mut all);
            return self.flat_map(&all);
        }
        self.big_map(pairs.iter().copied())
    }

    /// Sorts by key and drops all but the last of equal keys.
    fn sort_pairs<'h>(&'h self, all: &mut Pairs<'h>) {
        let atoms = &self.env.atoms;
        let ordered = |a: &Pair<'h>, b: &Pair<'h>| cmp_exact(atoms, a.0, b.0);
        if all.windows(2).all(|w| ordered(&w[0], &w[1]).is_lt()) {
            return;
        }
        all.sort_by(ordered);
        // `dedup_by` keeps the first, so carry the later value over.
        all.dedup_by(|later, kept| {
            let same = eq_exact(later.0, kept.0);
            if same {
                *kept = *later;
            }
            same
        });
    }

    /// The pairs must be sorted, distinct and few.
    fn flat_map<'h>(&'h self, pairs: &[Pair<'h>]) -> Term<'h> {
        let keys: SmallVec<[Term<'h>; 32]> = pairs.iter().map(|p| p.0).collect();
        let values: SmallVec<[Term<'h>; 32]> = pairs.iter().map(|p| p.1).collect();
        self.flat_of(self.tuple(&keys), &values)
    }

    /// A flat map that shares a tuple of sorted keys.
    fn flat_of<'h>(&'h self, keys: Term<'h>, values: &[Term<'h>]) -> Term<'h> {
        let mut words: SmallVec<[Term<'h>; 36]> = SmallVec::new();
        words.push(keys);
        words.extend_from_slice(values);
        // SAFETY: a flat map is its keys and values.
        unsafe { self.boxed(self.object(ObjKind::FlatMap, 0, &words)) }
    }

    fn keys<'h>(&'h self, m: Map<'h>) -> SmallVec<[Term<'h>; 36]> {
        (0..m.len()).map(|i| m.flat_keys().term(i)).collect()
    }

    fn values<'h>(&'h self, m: Map<'h>) -> SmallVec<[Term<'h>; 36]> {
        (0..m.len()).map(|i| m.0.term(i + 1)).collect()
    }

    /// `M#{K => V}`.
    pub fn map_put<'h>(&'h self, m: Map<'h>, key: Term<'h>, value: Term<'h>) -> Term<'h> {
        if !m.is_flat() {
            return self.big_put(m, key, value);
        }
        if let Some(i) = m.flat_find(key) {
            let mut values = self.values(m);
            if values[i].raw() == value.raw() {
                return m.term();
            }
            values[i] = value;
            // SAFETY: word 0 of a flat map is its tuple of keys.
            return self.flat_of(unsafe { self.term(m.0.word(0)) }, &values);
        }
        if m.len() == MAX_FLAT {
            return self.big_map(m.iter().chain([(key, value)]));
        }
        let (mut keys, mut values) = (self.keys(m), self.values(m));
        let at = keys.partition_point(|k| cmp_exact(&self.env.atoms, *k, key).is_lt());
        keys.insert(at, key);
        values.insert(at, value);
        self.flat_of(self.tuple(&keys), &values)
    }

    /// The value of a key in the map behind a word of this heap; none if it is no map.
    #[inline]
    pub(crate) fn map_value(&self, map: Word, key: Word) -> Option<Word> {
        // SAFETY: both words are terms of this heap.
        let (map, key) = unsafe { (self.term(map), self.term(key)) };
        map.as_map()?.get(key).map(Term::raw)
    }

    /// A flat map with other values under keys it has: one copy, the keys stay shared. None if it lacks a key or is no flat map. Of equal
    /// keys the last wins.
    pub(crate) fn flat_with_values(&self, map: Word, pairs: &[(Word, Word)]) -> Option<Word> {
        // SAFETY: the word is a term of this heap.
        let m = unsafe { self.term(map) }.as_map().filter(|m| m.is_flat())?;
        let mut places = [0u8; MAX_FLAT];
        let mut same = true;
        for (place, (key, value)) in places.get_mut(..pairs.len())?.iter_mut().zip(pairs) {
            // SAFETY: as above.
            let i = m.flat_find(unsafe { self.term(*key) })?;
            *place = i as u8;
            same &= m.0.word(i + 1) == *value;
        }
        if same {
            return Some(map);
        }
        let words = m.0.words();
        let at = self.take(1 + words.len());
        // SAFETY: header and words of the new map are copied from the old one; the places lie inside.
        unsafe {
            at.write(m.0.header());
            std::ptr::copy_nonoverlapping(words.as_ptr(), at.add(1), words.len());
            for (place, (_, value)) in places.iter().zip(pairs) {
                at.add(2 + usize::from(*place)).write(*value);
            }
        }
        Some(Word::boxed(at))
    }

    /// `M#{K1 => V1, ...}`.
    pub fn map_put_all<'h>(&'h self, m: Map<'h>, pairs: &[Pair<'h>]) -> Term<'h> {
        if m.is_empty() {
            return self.map_from_pairs(pairs);
        }
        if m.is_flat() && pairs.len() <= MAX_FLAT {
            let mut values = self.values(m);
            // Records written as maps change values of keys that are there: the keys stay shared.
            let found = pairs
                .iter()
                .all(|p| m.flat_find(p.0).map(|i| values[i] = p.1).is_some());
            if found {
                // SAFETY: word 0 of a flat map is its tuple of keys.
                return self.flat_of(unsafe { self.term(m.0.word(0)) }, &values);
            }
            let mut all: Pairs<'h> = m.iter().collect();
            all.extend(pairs.iter().copied());
            self.sort_pairs(&mut all);
            return if all.len() > MAX_FLAT {
                self.big_map(all.iter().copied())
            } else {
                self.flat_map(&all)
            };
        }
        pairs.iter().fold(m.term(), |t, p| {
            self.map_put(t.as_map().expect("invariant: a map"), p.0, p.1)
        })
    }

    /// `M#{K := V}`; none if the key is missing.
    pub fn map_update<'h>(
        &'h self,
        m: Map<'h>,
        key: Term<'h>,
        value: Term<'h>,
    ) -> Option<Term<'h>> {
        m.contains(key).then(|| self.map_put(m, key, value))
    }

    /// The map without a key, and the value it had.
    pub fn map_take<'h>(&'h self, m: Map<'h>, key: Term<'h>) -> Option<(Term<'h>, Term<'h>)> {
        let value = m.get(key)?;
        Some((self.map_remove(m, key), value))
    }

    /// The map without a key.
    pub fn map_remove<'h>(&'h self, m: Map<'h>, key: Term<'h>) -> Term<'h> {
        if m.is_flat() {
            let Some(i) = m.flat_find(key) else {
                return m.term();
            };
            let (mut keys, mut values) = (self.keys(m), self.values(m));
            keys.remove(i);
            values.remove(i);
            return self.flat_of(self.tuple(&keys), &values);
        }
        if !m.contains(key) {
            return m.term();
        }
        if m.len() - 1 <= MAX_FLAT {
            let mut all: Pairs<'h> = m.iter().filter(|p| !eq_exact(p.0, key)).collect();
            self.sort_pairs(&mut all);
            return self.flat_map(&all);
        }
        self.big_remove(m, key)
    }

    /// Both maps joined; of equal keys the second's value.
    pub fn map_merge<'h>(&'h self, a: Map<'h>, b: Map<'h>) -> Term<'h> {
        if b.is_empty() {
            return a.term();
        }
        if a.is_empty() {
            return b.term();
        }
        if a.is_flat() && b.is_flat() {
            let all: Pairs<'h> = a.iter().chain(b.iter()).collect();
            return self.map_from_pairs(&all);
        }
        if b.len() * 8 < a.len() {
            return b.iter().fold(a.term(), |t, (k, v)| {
                self.map_put(t.as_map().expect("invariant: a map"), k, v)
            });
        }
        if a.len() * 8 < b.len() {
            let missing = a.iter().filter(|p| !b.contains(p.0));
            return missing.fold(b.term(), |t, (k, v)| {
                self.map_put(t.as_map().expect("invariant: a map"), k, v)
            });
        }
        self.big_map(a.iter().chain(b.iter()))
    }

    // ---- tries

    /// Pairs in any number and order; of equal keys the last wins. Falls back to a flat map when few are left.
    fn big_map<'h>(&'h self, pairs: impl Iterator<Item = Pair<'h>>) -> Term<'h> {
        let mut all: Vec<(u64, Pair<'h>)> = pairs.map(|p| (hash::internal(p.0), p)).collect();
        // Branches are taken from the low bits up, so sort by the bits in that order; stable, to keep the last of equal keys last.
        all.sort_by_key(|e| branch_order(e.0));
        let mut distinct: Vec<(u64, Pair<'h>)> = Vec::with_capacity(all.len());
        for e in all {
            let same = distinct
                .iter_mut()
                .rev()
                .take_while(|d| d.0 == e.0)
                .find(|d| eq_exact(d.1.0, e.1.0));
            match same {
                Some(d) => d.1 = e.1,
                None => distinct.push(e),
            }
        }
        if distinct.len() <= MAX_FLAT {
            let mut few: Pairs<'h> = distinct.iter().map(|d| d.1).collect();
            self.sort_pairs(&mut few);
            return self.flat_map(&few);
        }
        let leaves: Vec<Hashed> = distinct
            .iter()
            .map(|(h, (k, v))| (*h, self.cons(*k, *v).raw()))
            .collect();
        let root = self.build(&leaves, 0);
        self.trie(leaves.len(), root)
    }

    fn trie(&self, len: usize, root: Word) -> Term<'_> {
        let at = self.take(3);
        // SAFETY: all three words are written.
        unsafe {
            at.write(Word::header(ObjKind::BigMap, 2, 0));
            at.add(1).write(Word::small(len as i64));
            at.add(2).write(root);
            self.boxed(at)
        }
    }

    fn node(&self, bitmap: u32, children: &[Word]) -> Word {
        debug_assert_eq!(bitmap.count_ones() as usize, children.len());
        self.raw_object(
            Word::header(ObjKind::MapNode, children.len(), bitmap),
            children,
        )
    }

    fn raw_object(&self, header: Word, words: &[Word]) -> Word {
        let at = self.take(1 + words.len());
        // SAFETY: a header and the words are written.
        unsafe {
            at.write(header);
            std::ptr::copy_nonoverlapping(words.as_ptr(), at.add(1), words.len());
        }
        Word::boxed(at)
    }

    /// A node for leaves that agree on the bits below `level`; sorted by the rest. Goes at most 16 levels down.
    fn build(&self, leaves: &[Hashed], level: u32) -> Word {
        if level as usize == LEVELS {
            let words: SmallVec<[Word; 4]> = leaves.iter().map(|l| l.1).collect();
            return self.raw_object(Word::header(ObjKind::MapCollision, words.len(), 0), &words);
        }
        let branch = |l: &Hashed| (l.0 >> (level * BITS)) & 15;
        let mut groups: SmallVec<[(u64, Word); 16]> = SmallVec::new();
        for group in leaves.chunk_by(|a, b| branch(a) == branch(b)) {
            let child = if group.len() == 1 {
                group[0].1
            } else {
                self.build(group, level + 1)
            };
            groups.push((branch(&group[0]), child));
        }
        let bitmap = groups.iter().fold(0u32, |m, g| m | 1 << g.0);
        let words: SmallVec<[Word; 16]> = groups.iter().map(|g| g.1).collect();
        self.node(bitmap, &words)
    }

    fn big_put<'h>(&'h self, m: Map<'h>, key: Term<'h>, value: Term<'h>) -> Term<'h> {
        let h = hash::internal(key);
        let mut path: SmallVec<[(Word, usize); LEVELS]> = SmallVec::new();
        let mut w = m.root();
        let mut level = 0;
        let mut len = m.len();
        let new_leaf = self.cons(key, value).raw();
        let mut made = loop {
            if w.is_list() {
                // SAFETY: a leaf of a live map.
                let (k, v) = unsafe { leaf::<'h>(w) };
                if eq_exact(k, key) {
                    if v.raw() == value.raw() {
                        return m.term();
                    }
                    break new_leaf;
                }
                len += 1;
                break self.split((hash::internal(k), w), (h, new_leaf), level);
            }
            let node = self.node_at(w);
            if node.header().is_kind(ObjKind::MapCollision) {
                let mut words = words_of(node);
                match self.find_leaf(&words, key) {
                    Some(i) => words[i] = new_leaf,
                    None => {
                        len += 1;
                        words.push(new_leaf);
                    }
                }
                break self.raw_object(Word::header(ObjKind::MapCollision, words.len(), 0), &words);
            }
            let bitmap = node.header().header_extra();
            let bit = 1u32 << ((h >> (level * BITS)) & 15);
            let i = (bitmap & (bit - 1)).count_ones() as usize;
            if bitmap & bit == 0 {
                let mut words = words_of(node);
                words.insert(i, new_leaf);
                len += 1;
                break self.node(bitmap | bit, &words);
            }
            path.push((w, i));
            w = node.word(i);
            level += 1;
        };
        while let Some((w, i)) = path.pop() {
            made = self.with_child(w, i, made);
        }
        self.trie(len, made)
    }

    /// Nodes from `level` down to where the hashes of two leaves part.
    fn split(&self, a: Hashed, b: Hashed, level: u32) -> Word {
        let mut both = [a, b];
        both.sort_by_key(|l| branch_order(l.0));
        self.build(&both, level)
    }

    fn node_at<'h>(&'h self, w: Word) -> Obj<'h> {
        // SAFETY: called with boxed nodes of live maps.
        unsafe { Obj::new(w.ptr()) }
    }

    fn with_child(&self, w: Word, i: usize, child: Word) -> Word {
        let node = self.node_at(w);
        let mut words = words_of(node);
        words[i] = child;
        self.raw_object(node.header(), &words)
    }

    fn find_leaf(&self, leaves: &[Word], key: Term<'_>) -> Option<usize> {
        // SAFETY: leaves of a live map.
        leaves
            .iter()
            .position(|l| unsafe { eq_exact(leaf(*l).0, key) })
    }

    /// The key is there and more than 32 pairs stay.
    fn big_remove<'h>(&'h self, m: Map<'h>, key: Term<'h>) -> Term<'h> {
        let h = hash::internal(key);
        let mut path: SmallVec<[(Word, usize); 32]> = SmallVec::new();
        let mut w = m.root();
        while !w.is_list() {
            let node = self.node_at(w);
            let i = if node.header().is_kind(ObjKind::MapCollision) {
                self.find_leaf(&words_of(node), key)
                    .expect("invariant: the key is there")
            } else {
                let bit = 1u32 << ((h >> (path.len() as u32 * BITS)) & 15);
                (node.header().header_extra() & (bit - 1)).count_ones() as usize
            };
            path.push((w, i));
            w = node.word(i);
        }
        // From the leaf up: a node left with one leaf becomes that leaf, so that the shape depends on the keys alone.
        let mut made: Option<Word> = None;
        while let Some((w, i)) = path.pop() {
            let node = self.node_at(w);
            let mut words = words_of(node);
            let mut header = node.header();
            match made {
                Some(child) => words[i] = child,
                None => {
                    words.remove(i);
                    header = without_child(header, i, words.len());
                }
            }
            let lone = words.len() == 1 && words[0].is_list() && !path.is_empty();
            made = Some(if lone {
                words[0]
            } else {
                self.raw_object(header, &words)
            });
        }
        self.trie(m.len() - 1, made.expect("invariant: the root stays"))
    }
}

/// A hash with its branch numbers most significant first.
fn branch_order(hash: u64) -> u64 {
    let swapped = hash.swap_bytes();
    ((swapped & 0x0f0f_0f0f_0f0f_0f0f) << 4) | ((swapped >> 4) & 0x0f0f_0f0f_0f0f_0f0f)
}

fn words_of(node: Obj<'_>) -> SmallVec<[Word; 32]> {
    (0..node.size()).map(|i| node.word(i)).collect()
}

/// The header of a node after its `i`-th child went.
fn without_child(header: Word, i: usize, left: usize) -> Word {
    if header.is_kind(ObjKind::MapCollision) {
        return Word::header(ObjKind::MapCollision, left, 0);
    }
    let mut bitmap = header.header_extra();
    let mut rest = bitmap;
    for _ in 0..i {
        rest &= rest - 1;
    }
    bitmap &= !(rest & rest.wrapping_neg());
    Word::header(ObjKind::MapNode, left, bitmap)
}
