//! The store of `ordered_set` tables: a balanced tree under one lock, keys in Erlang's term order (`1` and `1.0` are the same key).

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Bound;
use std::sync::Arc;

use super::hash_store::key_of;
use super::lock::Lock;
use crate::atoms::{self, AtomTable};
use crate::heap::{Kind, OwnedTerm, Term, cmp, eq_exact};

/// Stands in a place of the tree while its object is being changed.
const NOTHING: OwnedTerm = OwnedTerm::atom(atoms::UNDEFINED);

/// A key in the tree.
pub struct Key {
    term: OwnedTerm,
    atoms: Arc<AtomTable>,
}

/// A key in the tree, or one that is looked for there.
trait InOrder {
    /// How it stands to another.
    fn order(&self, other: &dyn InOrder) -> Ordering;
    /// How another stands to it.
    fn order_of(&self, other: Term<'_>) -> Ordering;
    /// How it stands to an edge between keys.
    fn order_to(&self, edge: &Edge<'_>) -> Ordering;
}

impl InOrder for Key {
    fn order(&self, other: &dyn InOrder) -> Ordering {
        other.order_of(self.term.term())
    }
    fn order_of(&self, other: Term<'_>) -> Ordering {
        cmp(&self.atoms, other, self.term.term())
    }
    fn order_to(&self, edge: &Edge<'_>) -> Ordering {
        edge.order_of(self.term.term())
    }
}

struct Sought<'a, 't> {
    term: Term<'t>,
    atoms: &'a AtomTable,
}

impl InOrder for Sought<'_, '_> {
    fn order(&self, other: &dyn InOrder) -> Ordering {
        other.order_of(self.term)
    }
    fn order_of(&self, other: Term<'_>) -> Ordering {
        cmp(self.atoms, other, self.term)
    }
    fn order_to(&self, edge: &Edge<'_>) -> Ordering {
        edge.order_of(self.term)
    }
}

/// The keys that are tuples of `size` elements and begin with these: they lie side by side.
pub struct KeyRange {
    pub size: usize,
    pub front: Vec<OwnedTerm>,
}

/// Before the first key of a range, or behind the last one.
struct Edge<'a> {
    range: &'a KeyRange,
    is_lower: bool,
    atoms: &'a AtomTable,
}

impl InOrder for Edge<'_> {
    fn order(&self, other: &dyn InOrder) -> Ordering {
        other.order_to(self).reverse()
    }
    fn order_of(&self, other: Term<'_>) -> Ordering {
        let Some(tuple) = other.as_tuple() else {
            let is_above = matches!(
                other.kind(),
                Kind::Map(_) | Kind::Nil | Kind::Cons(_) | Kind::Bits(_)
            );
            return if is_above {
                Ordering::Greater
            } else {
                Ordering::Less
            };
        };
        let front = self.range.front.iter().enumerate();
        tuple.len().cmp(&self.range.size).then_with(|| {
            front
                .filter_map(|(i, part)| Some(cmp(self.atoms, tuple.get(i)?, part.term())))
                .find(|order| order.is_ne())
                .unwrap_or(if self.is_lower {
                    Ordering::Greater
                } else {
                    Ordering::Less
                })
        })
    }
    /// The other edge of the same range.
    fn order_to(&self, _: &Edge<'_>) -> Ordering {
        match self.is_lower {
            true => Ordering::Less,
            false => Ordering::Greater,
        }
    }
}

impl PartialEq for dyn InOrder + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for dyn InOrder + '_ {}
impl PartialOrd for dyn InOrder + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for dyn InOrder + '_ {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order(other)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Key {}
impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        cmp(&self.atoms, self.term.term(), other.term.term())
    }
}

impl<'a> Borrow<dyn InOrder + 'a> for Key {
    fn borrow(&self) -> &(dyn InOrder + 'a) {
        self
    }
}

/// See the file.
pub struct OrderedStore {
    key_index: usize,
    atoms: Arc<AtomTable>,
    tree: Lock<BTreeMap<Key, OwnedTerm>>,
}

impl OrderedStore {
    /// An empty store whose keys are at this 0-based index, mostly read or not.
    pub fn new(key_index: usize, many_readers: bool, atoms: Arc<AtomTable>) -> OrderedStore {
        OrderedStore {
            key_index,
            atoms,
            tree: Lock::new(many_readers),
        }
    }

    fn key(&self, t: Term<'_>) -> Key {
        Key {
            term: OwnedTerm::new(t),
            atoms: self.atoms.clone(),
        }
    }

    fn sought<'a, 't>(&'a self, term: Term<'t>) -> Sought<'a, 't> {
        Sought {
            term,
            atoms: &self.atoms,
        }
    }

    /// Looks at the object of a key.
    pub fn get<R>(&self, key: Term<'_>, look: impl FnOnce(Option<&OwnedTerm>) -> R) -> R {
        let sought = self.sought(key);
        look(self.tree.read().get(&sought as &dyn InOrder))
    }

    /// Changes the object of a key under the lock.
    pub fn update<R>(&self, key: Term<'_>, change: impl FnOnce(&mut Option<OwnedTerm>) -> R) -> R {
        let mut tree = self.tree.write();
        match tree.entry(self.key(key)) {
            Entry::Vacant(place) => {
                let mut object = None;
                let result = change(&mut object);
                if let Some(object) = object {
                    place.insert(object);
                }
                result
            }
            Entry::Occupied(mut place) => {
                let mut object = Some(std::mem::replace(place.get_mut(), NOTHING));
                let result = change(&mut object);
                match object {
                    None => drop(place.remove()),
                    Some(object) => {
                        let key = key_of(&object, self.key_index);
                        if eq_exact(key, place.key().term.term()) {
                            *place.get_mut() = object;
                        } else {
                            // The object's own key is the one to keep: 1.0 may have replaced 1.
                            let key = self.key(key);
                            place.remove();
                            tree.insert(key, object);
                        }
                    }
                }
                result
            }
        }
    }

    /// Changes the object of a key where it lies, under the lock. Its key must stay.
    pub fn change<R>(&self, key: Term<'_>, change: impl FnOnce(&mut OwnedTerm) -> R) -> Option<R> {
        let sought = self.sought(key);
        self.tree
            .write()
            .get_mut(&sought as &dyn InOrder)
            .map(change)
    }

    /// Removes everything.
    pub fn clear(&self) {
        self.tree.reset();
    }

    /// Looks at up to `n` objects (of a range of keys) behind `after` (from the start without one), in order or in reverse. `after` is of the
    /// range.
    pub fn walk(
        &self,
        range: Option<&KeyRange>,
        after: Option<Term<'_>>,
        reverse: bool,
        n: usize,
        mut look: impl FnMut(&OwnedTerm),
    ) {
        let tree = self.tree.read();
        let sought = after.map(|t| self.sought(t));
        let [below, above] = [true, false].map(|is_lower| {
            range.map(|range| Edge {
                range,
                is_lower,
                atoms: &self.atoms,
            })
        });
        let mut lower = below.as_ref().map(|edge| edge as &dyn InOrder);
        let mut upper = above.as_ref().map(|edge| edge as &dyn InOrder);
        if let Some(sought) = &sought {
            *(if reverse { &mut upper } else { &mut lower }) = Some(sought);
        }
        let bound = |at: Option<_>| at.map_or(Bound::Unbounded, Bound::Excluded);
        let found = tree.range::<dyn InOrder, _>((bound(lower), bound(upper)));
        if reverse {
            found.rev().take(n).for_each(|(_, o)| look(o));
        } else {
            found.take(n).for_each(|(_, o)| look(o));
        }
    }
}
