//! One table: options, owner, counters, and operations that are the same for every kind of store.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::hash_store::{HashStore, Place, key_of};
use super::ordered::{KeyRange, OrderedStore};
use super::recent::Handle;
use crate::atoms::{Atom, AtomTable};
use crate::heap::{OwnedTerm, Pid, RefId, Term, eq, eq_exact};

/// The type of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One object a key.
    Set,
    /// One object a key, in term order.
    OrderedSet,
    /// Several different objects a key.
    Bag,
    /// Several objects a key, equal ones too.
    DuplicateBag,
}

/// Who may do what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody reads and writes.
    Public,
    /// Everybody reads, the owner writes.
    Protected,
    /// The owner only.
    Private,
}

/// What `ets:new/2` was asked for.
#[derive(Debug)]
pub struct Options {
    /// Type.
    pub kind: Kind,
    /// Protection.
    pub access: Access,
    /// Found by name.
    pub named: bool,
    /// 1-based position of the key.
    pub keypos: usize,
    /// Who gets it, and with what.
    pub heir: Option<(Pid, OwnedTerm)>,
    /// Remembered for `info`; every table is built for concurrency.
    pub write_concurrency: Atom,
    /// Whether readers on several cores are to be fast at the cost of writers.
    pub read_concurrency: bool,
    /// As `write_concurrency`.
    pub decentralized_counters: bool,
    /// As `write_concurrency`.
    pub compressed: bool,
}

/// Where the objects are.
pub enum Store {
    /// `set`, `bag`, `duplicate_bag`.
    Hash(HashStore),
    /// `ordered_set`.
    Ordered(OrderedStore),
}

/// A table.
pub struct Table {
    /// Its identifier, also for named tables.
    pub id: RefId,
    /// As created; the heir moves to `heir`.
    pub options: Options,
    store: Store,
    /// An atom.
    name: AtomicU32,
    /// A process.
    owner: AtomicU64,
    heir: Mutex<Option<(Pid, OwnedTerm)>>,
    fixed: Mutex<Vec<(Pid, usize)>>,
    /// Monotonic and system time of the first fixation, in nanoseconds; 0 until then.
    fixed_at: [AtomicI64; 2],
    size: AtomicI64,
    words: AtomicUsize,
    deleted: AtomicBool,
}

/// A place in a traversal that outlives it: between two calls of `select/1`.
pub enum Position {
    /// In a hash table.
    Hash(Place),
    /// Behind this key (`None`: at the start) of an ordered table, forwards or (`true`) backwards.
    Ordered(Option<OwnedTerm>, bool),
    /// As `Ordered`, within a range of keys.
    Within(KeyRange, Option<OwnedTerm>, bool),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Table {
    /// An empty table.
    pub fn new(
        id: RefId,
        name: Atom,
        owner: Pid,
        mut options: Options,
        atoms: &Arc<AtomTable>,
    ) -> Table {
        let index = options.keypos - 1;
        let store = match options.kind {
            Kind::OrderedSet => Store::Ordered(OrderedStore::new(
                index,
                options.read_concurrency,
                atoms.clone(),
            )),
            _ => Store::Hash(HashStore::new(index, options.read_concurrency)),
        };
        let heir = options.heir.take();
        Table {
            id,
            options,
            store,
            name: AtomicU32::new(name.0),
            owner: AtomicU64::new(owner.raw()),
            heir: Mutex::new(heir),
            fixed: Mutex::default(),
            fixed_at: [AtomicI64::new(0), AtomicI64::new(0)],
            size: AtomicI64::new(0),
            words: AtomicUsize::new(0),
            deleted: AtomicBool::new(false),
        }
    }

    /// The name given at creation or by `rename`.
    pub fn name(&self) -> Atom {
        Atom(self.name.load(Ordering::Acquire))
    }
    pub(super) fn set_name(&self, name: Atom) {
        self.name.store(name.0, Ordering::Release);
    }
    /// Can it be found by name?
    pub fn is_named(&self) -> bool {
        self.options.named
    }
    /// Is this its handle, and is it there?
    pub(super) fn is_called(&self, handle: Handle) -> bool {
        let is_its = match handle {
            Handle::Id(id) => self.id == id,
            Handle::Name(name) => self.is_named() && self.name() == name,
        };
        is_its && !self.is_deleted()
    }
    /// The owner.
    pub fn owner(&self) -> Pid {
        Pid::from_raw(self.owner.load(Ordering::Acquire))
    }
    pub(super) fn set_owner(&self, pid: Pid) {
        self.owner.store(pid.raw(), Ordering::Release);
    }
    /// The heir, taken away.
    pub fn take_heir(&self) -> Option<(Pid, OwnedTerm)> {
        lock(&self.heir).take()
    }
    /// Sets or clears the heir.
    pub fn set_heir(&self, heir: Option<(Pid, OwnedTerm)>) {
        *lock(&self.heir) = heir;
    }
    /// The heir's pid.
    pub fn heir(&self) -> Option<Pid> {
        lock(&self.heir).as_ref().map(|(pid, _)| *pid)
    }
    pub(super) fn mark_deleted(&self) {
        self.deleted.store(true, Ordering::Release);
    }
    /// Has it been deleted since it was found?
    pub fn is_deleted(&self) -> bool {
        self.deleted.load(Ordering::Acquire)
    }

    /// Number of objects.
    pub fn len(&self) -> usize {
        usize::try_from(self.size.load(Ordering::Relaxed)).unwrap_or(0)
    }
    /// Has it no objects?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Words of memory: the objects and about what holding them costs.
    pub fn memory_words(&self) -> usize {
        150 + self.words.load(Ordering::Relaxed) + self.len() * 6
    }
    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// 0-based index of the key.
    pub fn key_index(&self) -> usize {
        self.options.keypos - 1
    }
    /// The key of an object of this table.
    pub fn key<'t>(&self, object: &'t OwnedTerm) -> Term<'t> {
        key_of(object, self.key_index())
    }
    /// Are two keys the same here?
    pub fn same_key(&self, a: Term<'_>, b: Term<'_>) -> bool {
        match self.options.kind {
            Kind::OrderedSet => eq(a, b),
            _ => eq_exact(a, b),
        }
    }

    fn count(&self, added: Option<&OwnedTerm>, removed: &[OwnedTerm]) {
        let change = i64::from(added.is_some()) - removed.len() as i64;
        if change != 0 {
            self.size.fetch_add(change, Ordering::Relaxed);
        }
        if let Some(object) = added {
            self.words.fetch_add(object.words(), Ordering::Relaxed);
        }
        let gone: usize = removed.iter().map(OwnedTerm::words).sum();
        if gone > 0 {
            self.words.fetch_sub(gone, Ordering::Relaxed);
        }
    }

    // ---- operations on one key

    /// Puts an object in, as the table's type demands.
    pub fn insert(&self, object: OwnedTerm) {
        let key = OwnedTerm::new(self.key(&object));
        match &self.store {
            Store::Ordered(tree) => tree.update(key.term(), |slot| {
                let old = slot.take();
                self.count(Some(&object), old.as_slice());
                *slot = Some(object);
            }),
            Store::Hash(store) => store.update(key.term(), |objects| match self.options.kind {
                Kind::Bag => {
                    // An object that is there already keeps its place.
                    if !objects.iter().any(|o| eq_exact(o.term(), object.term())) {
                        self.count(Some(&object), &[]);
                        objects.push(object);
                    }
                }
                Kind::DuplicateBag => {
                    self.count(Some(&object), &[]);
                    objects.push(object);
                }
                _ => {
                    self.count(Some(&object), objects);
                    objects.clear();
                    objects.push(object);
                }
            }),
        }
    }

    /// Is there an object with this key?
    pub fn contains(&self, key: Term<'_>) -> bool {
        match &self.store {
            Store::Ordered(tree) => tree.get(key, |o| o.is_some()),
            Store::Hash(store) => store.get(key, |objects| !objects.is_empty()),
        }
    }

    /// Looks at the objects of a key, oldest first.
    pub fn get<R>(&self, key: Term<'_>, look: impl FnOnce(&[OwnedTerm]) -> R) -> R {
        match &self.store {
            Store::Ordered(tree) => tree.get(key, |o| look(o.map_or(&[], std::slice::from_ref))),
            Store::Hash(store) => store.get(key, look),
        }
    }

    /// Takes all objects of a key out.
    pub fn take(&self, key: Term<'_>) -> Vec<OwnedTerm> {
        let gone: Vec<OwnedTerm> = match &self.store {
            Store::Ordered(tree) => tree.update(key, |slot| slot.take().into_iter().collect()),
            Store::Hash(store) => store.update(key, |objects| objects.drain(..).collect()),
        };
        self.count(None, &gone);
        gone
    }

    /// Takes the objects out that are equal to this one.
    pub fn delete_object(&self, object: Term<'_>, key: Term<'_>) -> usize {
        let gone: Vec<OwnedTerm> = match &self.store {
            Store::Ordered(tree) => tree.update(key, |slot| match slot {
                Some(o) if eq_exact(o.term(), object) => slot.take().into_iter().collect(),
                _ => Vec::new(),
            }),
            Store::Hash(store) => store.update(key, |objects| {
                let mut gone = Vec::new();
                let mut at = 0;
                while at < objects.len() {
                    if eq_exact(objects[at].term(), object) {
                        gone.push(objects.remove(at));
                    } else {
                        at += 1;
                    }
                }
                gone
            }),
        };
        self.count(None, &gone);
        gone.len()
    }

    /// Puts `new`, whose key is the same, in the place of one object that is equal to this one, under the lock; of several it is the last. Is there any?
    pub fn exchange(&self, object: Term<'_>, key: Term<'_>, new: OwnedTerm) -> bool {
        let swap = |place: &mut OwnedTerm| {
            self.count(Some(&new), std::slice::from_ref(place));
            *place = new;
        };
        match &self.store {
            Store::Ordered(tree) => tree.update(key, |slot| {
                let place = slot.as_mut().filter(|o| eq_exact(o.term(), object));
                place.map(swap).is_some()
            }),
            Store::Hash(store) => store.update(key, |objects| {
                let mut equal = objects.iter_mut().filter(|o| eq_exact(o.term(), object));
                equal.next_back().map(swap).is_some()
            }),
        }
    }

    /// Replaces the single object of a key (set and ordered_set) by what `change` makes of it, under the lock. `None` leaves it.
    pub fn replace<R>(
        &self,
        key: Term<'_>,
        change: impl FnOnce(Option<&OwnedTerm>) -> (R, Option<OwnedTerm>),
    ) -> R {
        match &self.store {
            Store::Ordered(tree) => tree.update(key, |slot| {
                let (result, new) = change(slot.as_ref());
                if let Some(new) = new {
                    let old = slot.take();
                    self.count(Some(&new), old.as_slice());
                    *slot = Some(new);
                }
                result
            }),
            Store::Hash(store) => store.update(key, |objects| {
                let (result, new) = change(objects.first());
                if let Some(new) = new {
                    self.count(Some(&new), objects);
                    objects.clear();
                    objects.push(new);
                }
                result
            }),
        }
    }

    /// Adds to a small integer of the single object of a key (set and ordered_set), where it lies. `None`: that cannot be done.
    pub fn add_small(&self, key: Term<'_>, index: usize, by: i64) -> Option<i64> {
        match &self.store {
            Store::Ordered(tree) => tree.change(key, |object| object.add_small(index, by))?,
            Store::Hash(store) => store.change(key, |object| object.add_small(index, by))?,
        }
    }

    /// Removes everything.
    pub fn clear(&self) {
        match &self.store {
            Store::Ordered(tree) => tree.clear(),
            Store::Hash(store) => store.clear(),
        }
        self.size.store(0, Ordering::Relaxed);
        self.words.store(0, Ordering::Relaxed);
    }

    // ---- walking

    /// Where a traversal starts.
    pub fn start(&self, reverse: bool) -> Position {
        match &self.store {
            Store::Ordered(_) => Position::Ordered(None, reverse),
            Store::Hash(_) => Position::Hash(Place::START),
        }
    }

    /// Looks at about `n` objects and moves on. `false` at the end.
    pub fn walk(
        &self,
        position: &mut Position,
        n: usize,
        mut look: impl FnMut(&OwnedTerm),
    ) -> bool {
        match (&self.store, position) {
            (Store::Hash(store), Position::Hash(place)) => {
                let mut seen = 0;
                while seen < n {
                    let step = store.walk(place, |entries| {
                        entries
                            .iter()
                            .flat_map(|e| &e.objects)
                            .inspect(|o| look(o))
                            .count()
                    });
                    match step {
                        Some(count) => seen += count,
                        None => return false,
                    }
                }
                true
            }
            (Store::Ordered(tree), Position::Ordered(after, reverse)) => {
                self.walk_in_order(tree, None, after, *reverse, n, look)
            }
            (Store::Ordered(tree), Position::Within(range, after, reverse)) => {
                self.walk_in_order(tree, Some(range), after, *reverse, n, look)
            }
            _ => false,
        }
    }

    fn walk_in_order(
        &self,
        tree: &OrderedStore,
        range: Option<&KeyRange>,
        after: &mut Option<OwnedTerm>,
        reverse: bool,
        n: usize,
        mut look: impl FnMut(&OwnedTerm),
    ) -> bool {
        let (mut seen, mut last) = (0, None);
        let from = after.as_ref().map(OwnedTerm::term);
        tree.walk(range, from, reverse, n, |object| {
            seen += 1;
            if seen == n {
                last = Some(OwnedTerm::new(self.key(object)));
            }
            look(object);
        });
        let more = last.is_some();
        *after = last;
        more
    }

    // ---- fixing: traversals here are safe without it; it decides what `next` answers for a key that is gone

    /// One more fixation by this process. Answers whether it is its first.
    pub(super) fn fix(&self, pid: Pid, monotonic_ns: i64, system_ns: i64) -> bool {
        let mut fixed = lock(&self.fixed);
        if fixed.is_empty() {
            self.fixed_at[0].store(monotonic_ns, Ordering::Relaxed);
            self.fixed_at[1].store(system_ns, Ordering::Relaxed);
        }
        match fixed.iter_mut().find(|(p, _)| *p == pid) {
            Some((_, n)) => {
                *n += 1;
                false
            }
            None => {
                fixed.push((pid, 1));
                true
            }
        }
    }
    /// One less. Answers whether it was its last.
    pub(super) fn unfix(&self, pid: Pid) -> bool {
        let mut fixed = lock(&self.fixed);
        let Some(at) = fixed.iter().position(|(p, _)| *p == pid) else {
            return false;
        };
        fixed[at].1 -= 1;
        if fixed[at].1 > 0 {
            return false;
        }
        fixed.swap_remove(at);
        true
    }
    pub(super) fn unfix_all(&self, pid: Pid) {
        lock(&self.fixed).retain(|(p, _)| *p != pid);
    }
    /// Monotonic and system time of the first fixation.
    pub fn fixed_at(&self) -> (i64, i64) {
        let [monotonic, system] = &self.fixed_at;
        (
            monotonic.load(Ordering::Relaxed),
            system.load(Ordering::Relaxed),
        )
    }
    /// Has anybody fixed it?
    pub fn is_fixed(&self) -> bool {
        !lock(&self.fixed).is_empty()
    }
    /// Who has fixed it, and how often.
    pub fn fixations(&self) -> Vec<(Pid, usize)> {
        lock(&self.fixed).clone()
    }
}
