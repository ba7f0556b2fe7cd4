//! ETS: tables outside process heaps. Objects are flat copies; hash tables are striped by lock, ordered tables lie under one. A lock lasts
//! one operation; traversals take it anew for every batch and hold none between.
//!
//! ```text
//! Tables --id/name--> Arc<Table> --Store--> Hash: stripes[hash & 15] -> buckets[hash >> ..] -> entries (one a key)
//!                                       \-> Ordered: BTreeMap<Key, object>
//! ```
//! A hash table is walked in the order of its keys' hashes. Growth keeps that order, so `next` goes on correctly whatever happened since.

mod hash_store;
mod ordered;
mod table;

pub use hash_store::Place;
pub use table::{Access, Kind, Options, Position, Store, Table};

use hashbrown::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::atoms::Atom;
use crate::heap::{OwnedTerm, Pid, RefId};

/// Reads a lock; a panic in another thread is a bug of the VM and is not made worse here.
pub(crate) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a lock, as [`read`].
pub(crate) fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Default)]
struct Index {
    by_id: HashMap<RefId, Arc<Table>>,
    by_name: HashMap<Atom, Arc<Table>>,
}

/// The tables of one VM.
#[derive(Default)]
pub struct Tables {
    index: RwLock<Index>,
    /// Once a table was given to a process that did not make it, every ending process is asked for tables.
    given_away: AtomicBool,
}

/// A table that is passed on when its owner ends: to whom, and the message that says so.
pub struct Inheritance {
    /// The heir.
    pub heir: Pid,
    /// The table.
    pub table: Arc<Table>,
    /// The data given with the `heir` option.
    pub data: OwnedTerm,
}

impl Tables {
    /// Adds a table; `false` if it is named and the name is taken.
    pub fn add(&self, table: &Arc<Table>) -> bool {
        let mut index = write(&self.index);
        if table.is_named() {
            if index.by_name.contains_key(&table.name()) {
                return false;
            }
            index.by_name.insert(table.name(), table.clone());
        }
        index.by_id.insert(table.id, table.clone());
        true
    }

    /// By identifier.
    pub fn by_id(&self, id: RefId) -> Option<Arc<Table>> {
        read(&self.index).by_id.get(&id).cloned()
    }

    /// By name, for named tables.
    pub fn by_name(&self, name: Atom) -> Option<Arc<Table>> {
        read(&self.index).by_name.get(&name).cloned()
    }

    /// All tables, in no particular order.
    pub fn all(&self) -> Vec<Arc<Table>> {
        read(&self.index).by_id.values().cloned().collect()
    }

    /// Takes a table away; whoever still holds it finds it gone.
    pub fn remove(&self, table: &Table) -> bool {
        let mut index = write(&self.index);
        let found = index.by_id.remove(&table.id).is_some();
        if table.is_named()
            && index
                .by_name
                .get(&table.name())
                .is_some_and(|t| t.id == table.id)
        {
            index.by_name.remove(&table.name());
        }
        table.mark_deleted();
        found
    }

    /// Gives a named table another name; `false` if that is taken. An unnamed one just changes what `info` says.
    pub fn rename(&self, table: &Arc<Table>, name: Atom) -> bool {
        let mut index = write(&self.index);
        if table.is_named() {
            if index.by_name.contains_key(&name) {
                return false;
            }
            index.by_name.remove(&table.name());
            index.by_name.insert(name, table.clone());
        }
        table.set_name(name);
        true
    }

    /// From now on processes may own tables that they did not make.
    pub fn note_given_away(&self) {
        self.given_away.store(true, Ordering::Release);
    }

    /// May a process own tables without having made one?
    pub fn any_given_away(&self) -> bool {
        self.given_away.load(Ordering::Acquire)
    }

    /// A process has ended: its tables go to their heirs, if `alive` says so of them, or away; its fixations are undone.
    pub fn process_exited(&self, pid: Pid, alive: impl Fn(Pid) -> bool) -> Vec<Inheritance> {
        let mut inherited = Vec::new();
        for table in self.all() {
            table.unfix_all(pid);
            if table.owner() != pid {
                continue;
            }
            match table.take_heir() {
                Some((heir, data)) if heir != pid && alive(heir) => {
                    table.set_owner(heir);
                    self.note_given_away();
                    inherited.push(Inheritance { heir, table, data });
                }
                _ => {
                    self.remove(&table);
                }
            }
        }
        inherited
    }

    /// How many there are, and the words they hold.
    pub fn totals(&self) -> (usize, usize) {
        let all = self.all();
        (all.len(), all.iter().map(|t| t.memory_words()).sum())
    }
}
