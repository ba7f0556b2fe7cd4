//! Model check of publishing and purging against a scheduler that runs slices meanwhile. Run with
//! `RUSTFLAGS="--cfg loom" cargo test -p transom-vm --lib sync::model_code --target-dir target/loom`.
//!
//! What the schedulers owe the code server is part of the model: they announce a slice before they read the active index, and the
//! publisher looks at the announcements after it stored the index (a full fence on both sides).

use super::atomics::{AtomicU64, Ordering};
use super::code_cells::{CellRef, CellTable};
use crate::atoms::Atom;
use loom::sync::Arc;
use loom::sync::atomic::fence;
use loom::thread;

const V1: u64 = 0x1000;
const V2: u64 = 0x2000;

struct Model {
    _table: CellTable,
    cells: [CellRef; 2],
    active: AtomicU64,
    /// Odd while the scheduler is in a slice.
    slices: AtomicU64,
    /// Set when the first version's memory is freed.
    freed: AtomicU64,
}

impl Model {
    fn new() -> Arc<Model> {
        let table = CellTable::new(Box::new(|_| [0; 4]));
        let cells = [1, 2].map(|m| table.ensure(Atom(m), Atom(0), 0));
        cells.iter().for_each(|c| c.set_all(V1));
        let zero = || AtomicU64::new(0);
        Arc::new(Model {
            _table: table,
            cells,
            active: zero(),
            slices: zero(),
            freed: zero(),
        })
    }

    /// A slice that calls from one module into the other.
    fn slice(&self) {
        self.slices.fetch_add(1, Ordering::AcqRel);
        fence(Ordering::SeqCst);
        let index = self.active.load(Ordering::Acquire) as usize;
        let seen = self.cells.map(|c| c.address(index));
        assert_eq!(seen[0], seen[1], "a slice saw two versions");
        if seen[0] == V1 {
            assert_eq!(
                self.freed.load(Ordering::Acquire),
                0,
                "a slice runs freed code"
            );
        }
        self.slices.fetch_add(1, Ordering::AcqRel);
    }

    fn publish(&self) {
        self.cells.iter().for_each(|c| c.set_address(1, V2));
        self.active.store(1, Ordering::Release);
    }

    fn quiesce(&self) {
        fence(Ordering::SeqCst);
        let now = self.slices.load(Ordering::Acquire);
        while now % 2 == 1 && self.slices.load(Ordering::Acquire) == now {
            thread::yield_now();
        }
    }
}

#[test]
fn a_slice_sees_one_version_and_never_freed_code() {
    loom::model(|| {
        let model = Model::new();
        let scheduler = {
            let model = Arc::clone(&model);
            thread::spawn(move || {
                model.slice();
                model.slice();
            })
        };
        model.publish();
        model.quiesce();
        model.cells.iter().for_each(|c| c.set_all(V2));
        model.freed.store(1, Ordering::Release);
        scheduler.join().expect("no assertion failed");
    });
}

/// A purge against a process that starts another one: the child may share its parent's literals only while nobody purges, and the purger walks
/// over the processes once.
struct Family {
    /// Set first of all by the purger.
    purging: AtomicU64,
    /// Odd while the scheduler is in a slice.
    slices: AtomicU64,
    /// The purger wants the parent, which runs, to give up its literals; it does at its next slice.
    asked: AtomicU64,
    answered: AtomicU64,
    parent_holds: AtomicU64,
    child_holds: AtomicU64,
}

impl Family {
    fn new() -> Arc<Family> {
        let number = AtomicU64::new;
        Arc::new(Family {
            purging: number(0),
            slices: number(0),
            asked: number(0),
            answered: number(0),
            parent_holds: number(1),
            child_holds: number(0),
        })
    }

    /// A slice of the parent: it hears what it is asked, then starts a child with what it holds.
    fn slice(&self) {
        self.slices.fetch_add(1, Ordering::AcqRel);
        fence(Ordering::SeqCst);
        if self.asked.load(Ordering::Acquire) == 1 {
            self.parent_holds.store(0, Ordering::Release);
            self.answered.store(1, Ordering::Release);
        }
        let shares = self.purging.load(Ordering::SeqCst) == 0;
        if shares && self.parent_holds.load(Ordering::Acquire) == 1 {
            self.child_holds.store(1, Ordering::Release);
        }
        self.slices.fetch_add(1, Ordering::AcqRel);
    }

    fn purge(&self) {
        self.purging.store(1, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        let now = self.slices.load(Ordering::Acquire);
        while now % 2 == 1 && self.slices.load(Ordering::Acquire) == now {
            thread::yield_now();
        }
        // The walk: the child sleeps and is looked at in place, the parent is asked. No second walk for whoever started since.
        self.child_holds.store(0, Ordering::Release);
        self.asked.store(1, Ordering::Release);
    }
}

#[test]
fn nobody_holds_literals_after_one_walk() {
    loom::model(|| {
        let family = Family::new();
        let scheduler = {
            let family = Arc::clone(&family);
            thread::spawn(move || {
                family.slice();
                family.slice();
            })
        };
        family.purge();
        scheduler.join().expect("no assertion failed");
        // The scheduler runs on until the parent has answered.
        family.slice();
        assert_eq!(family.answered.load(Ordering::Acquire), 1);
        assert_eq!(family.parent_holds.load(Ordering::Acquire), 0);
        assert_eq!(
            family.child_holds.load(Ordering::Acquire),
            0,
            "a child holds literals that are freed"
        );
    });
}
