//! The tables that a thread has used of late: finding one again writes nothing that other threads read, neither the lock of the index nor the table's count of
//! holders, so that lookups on several cores do not slow each other down.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::Table;
use crate::atoms::Atom;
use crate::heap::RefId;

/// A table in the hands of a thread.
pub type TableRef = Rc<Arc<Table>>;

/// What a program calls a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    Id(RefId),
    Name(Atom),
}

/// Tables that a thread remembers; a power of two.
const PLACES: usize = 16;

struct Recent {
    /// The VM whose table it is.
    tables: u64,
    handle: Handle,
    table: TableRef,
}

thread_local! {
    static RECENT: RefCell<[Option<Recent>; PLACES]> = const { RefCell::new([const { None }; PLACES]) };
}

fn place(handle: Handle) -> usize {
    let bits = match handle {
        Handle::Id(id) => id.0,
        Handle::Name(name) => u64::from(name.0),
    };
    (bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 60) as usize % PLACES
}

/// The table with this handle, remembered or found in the index.
pub fn find(
    tables: u64,
    handle: Handle,
    in_index: impl FnOnce() -> Option<Arc<Table>>,
) -> Option<TableRef> {
    RECENT.with_borrow_mut(|recent| {
        let place = &mut recent[place(handle)];
        if let Some(known) = place
            && known.tables == tables
            && known.handle == handle
            && known.table.is_called(handle)
        {
            return Some(Rc::clone(&known.table));
        }
        let table = Rc::new(in_index()?);
        *place = Some(Recent {
            tables,
            handle,
            table: Rc::clone(&table),
        });
        Some(table)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atoms::{self, AtomTable};
    use crate::ets::{Access, Kind, Options, Tables};
    use crate::heap::Pid;

    fn named(tables: &Tables, id: u64, name: Atom) -> Arc<Table> {
        let options = Options {
            kind: Kind::Set,
            access: Access::Public,
            named: true,
            keypos: 1,
            heir: None,
            write_concurrency: atoms::FALSE,
            read_concurrency: false,
            decentralized_counters: false,
            compressed: false,
        };
        let atoms = Arc::new(AtomTable::default());
        let table = Table::new(RefId(id), name, Pid::new(1, 0), options, &atoms);
        let table = Arc::new(table);
        assert!(tables.add(&table));
        table
    }

    #[test]
    fn a_remembered_table_is_the_one_that_is_called_so_now() {
        let tables = Tables::default();
        let (a, b) = (atoms::OK, atoms::ERROR);
        let first = named(&tables, 1, a);
        let is = |handle, table: &Arc<Table>| {
            tables.find(handle).is_some_and(|t| Arc::ptr_eq(&t, table))
        };
        for handle in [Handle::Name(a), Handle::Name(a), Handle::Id(RefId(1))] {
            assert!(is(handle, &first));
        }
        assert!(tables.rename(&first, b));
        assert!(tables.find(Handle::Name(a)).is_none());
        assert!(is(Handle::Name(b), &first) && is(Handle::Id(RefId(1)), &first));
        let second = named(&tables, 2, a);
        assert!(is(Handle::Name(a), &second));
        assert!(tables.remove(&second));
        assert!(tables.find(Handle::Name(a)).is_none());
        assert!(tables.find(Handle::Id(RefId(2))).is_none());
        // Another VM's tables have the same identifiers.
        let others = Tables::default();
        assert!(others.find(Handle::Id(RefId(1))).is_none());
        let other = named(&others, 1, b);
        assert!(
            others
                .find(Handle::Name(b))
                .is_some_and(|t| Arc::ptr_eq(&t, &other))
        );
        assert!(is(Handle::Name(b), &first));
    }
}
