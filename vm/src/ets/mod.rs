//! ETS: tables outside process heaps. Objects are flat copies; hash tables are striped by lock, ordered tables lie under one. A lock lasts
//! one operation; traversals take it anew for every batch and hold none between.
//!
//! ```text
//! Tables --id/name--> Arc<Table> --Store--> Hash: stripes[hash & 15] -> buckets[hash >> ..] -> entries (one a key)
//!                                       \-> Ordered: BTreeMap<Key, object>
//! ```
//! A hash table is walked in the order of its keys' hashes. Growth keeps that order, so `next` goes on correctly whatever happened since.

mod hash_store;
mod lock;
mod ordered;
mod recent;
mod table;

pub use hash_store::Place;
pub use ordered::KeyRange;
pub use recent::{Handle, TableRef};
pub use table::{Access, Kind, Options, Position, Store, Table};

use hashbrown::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::atoms::Atom;
use crate::heap::{OwnedTerm, Pid, RefId};

/// Reads a lock; a panic in another thread is a bug of the VM and is not made worse here.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a lock, as [`read`].
fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Default)]
struct Index {
    by_id: HashMap<RefId, Arc<Table>>,
    by_name: HashMap<Atom, Arc<Table>>,
    owned: Users,
    fixed: Users,
}

/// Tables by process: what its end concerns.
#[derive(Default)]
struct Users(HashMap<Pid, HashSet<RefId>>);

impl Users {
    fn add(&mut self, pid: Pid, table: RefId) {
        self.0.entry(pid).or_default().insert(table);
    }

    fn remove(&mut self, pid: Pid, table: RefId) {
        if let Some(tables) = self.0.get_mut(&pid) {
            tables.remove(&table);
            if tables.is_empty() {
                self.0.remove(&pid);
            }
        }
    }
}

impl Index {
    /// The tables of a process, which has none from now on.
    fn take(&mut self, pid: Pid, users: impl Fn(&mut Index) -> &mut Users) -> Vec<Arc<Table>> {
        let ids = users(self).0.remove(&pid).unwrap_or_default();
        ids.iter()
            .filter_map(|id| self.by_id.get(id))
            .cloned()
            .collect()
    }
}

/// The tables of one VM.
pub struct Tables {
    /// Which VM's, in a process with several.
    serial: u64,
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

/// What becomes of the tables of a process that has ended.
#[derive(Default)]
pub struct Ended {
    /// Passed on.
    pub inherited: Vec<Inheritance>,
    /// No more.
    pub gone: Vec<Arc<Table>>,
}

impl Default for Tables {
    fn default() -> Tables {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        Tables {
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            index: RwLock::default(),
            given_away: AtomicBool::new(false),
        }
    }
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
        index.owned.add(table.owner(), table.id);
        true
    }

    /// A table that was not deleted.
    pub fn find(&self, handle: Handle) -> Option<TableRef> {
        recent::find(self.serial, handle, || {
            let index = read(&self.index);
            let table = match handle {
                Handle::Id(id) => index.by_id.get(&id),
                Handle::Name(name) => index.by_name.get(&name),
            };
            table.filter(|t| t.is_called(handle)).cloned()
        })
    }

    /// All tables, in no particular order.
    pub fn all(&self) -> Vec<Arc<Table>> {
        read(&self.index).by_id.values().cloned().collect()
    }

    /// Takes a table away; whoever still holds it finds it gone. Its objects are the caller's to free ([`Table::clear`]): threads may remember it for long.
    pub fn remove(&self, table: &Table) -> bool {
        let mut index = write(&self.index);
        let found = index.by_id.remove(&table.id).is_some();
        index.owned.remove(table.owner(), table.id);
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

    /// Gives a table to a process that may have made none.
    pub fn set_owner(&self, table: &Table, pid: Pid) {
        self.given_away.store(true, Ordering::Release);
        let mut index = write(&self.index);
        if index.by_id.contains_key(&table.id) {
            index.owned.remove(table.owner(), table.id);
            index.owned.add(pid, table.id);
            table.set_owner(pid);
        }
    }

    /// One more fixation of a table by this process.
    pub fn fix(&self, table: &Table, pid: Pid, monotonic_ns: i64, system_ns: i64) {
        if table.fix(pid, monotonic_ns, system_ns) {
            write(&self.index).fixed.add(pid, table.id);
        }
    }

    /// One less.
    pub fn unfix(&self, table: &Table, pid: Pid) {
        if table.unfix(pid) {
            write(&self.index).fixed.remove(pid, table.id);
        }
    }

    /// May a process own tables without having made one?
    pub fn any_given_away(&self) -> bool {
        self.given_away.load(Ordering::Acquire)
    }

    /// A process has ended: its tables go to their heirs, if `alive` says so of them, or away; its fixations are undone.
    pub fn process_exited(&self, pid: Pid, alive: impl Fn(Pid) -> bool) -> Ended {
        let mut ended = Ended::default();
        let concerned = {
            let index = read(&self.index);
            index.owned.0.contains_key(&pid) || index.fixed.0.contains_key(&pid)
        };
        if !concerned {
            return ended;
        }
        let (owned, fixed) = {
            let mut index = write(&self.index);
            (
                index.take(pid, |i| &mut i.owned),
                index.take(pid, |i| &mut i.fixed),
            )
        };
        for table in fixed {
            table.unfix_all(pid);
        }
        for table in owned {
            match table.take_heir() {
                Some((heir, data)) if heir != pid && alive(heir) => {
                    self.set_owner(&table, heir);
                    ended.inherited.push(Inheritance { heir, table, data });
                }
                _ => {
                    self.remove(&table);
                    ended.gone.push(table);
                }
            }
        }
        ended
    }

    /// How many there are, and the words they hold.
    pub fn totals(&self) -> (usize, usize) {
        let all = self.all();
        (all.len(), all.iter().map(|t| t.memory_words()).sum())
    }
}
