//! Model check of publishing and purging against a scheduler that runs slices meanwhile. Run with
//! `RUSTFLAGS="--cfg loom" cargo test -p transom-vm --lib sync::model_code --target-dir target/loom`.
//!
//! The cells, the mark and the count of slices are the VM's own; what is called when is the model's, after `code/publish.rs`, `code/purge.rs`
//! and `sched/scheduler.rs`.

use super::atomics::{AtomicU64, Ordering};
use super::code_cells::{CellRef, CellTable};
use super::slices::{Mark, SliceCount};
use crate::atoms::Atom;
use loom::sync::Arc;
use loom::thread;

const V1: u64 = 0x1000;
const V2: u64 = 0x2000;

struct Model {
    _table: CellTable,
    cells: [CellRef; 2],
    active: Mark,
    slices: SliceCount,
    /// Set when the first version's memory is freed.
    freed: AtomicU64,
}

impl Model {
    fn new() -> Arc<Model> {
        let table = CellTable::new(Box::new(|_| [0; 4]));
        let cells = [1, 2].map(|m| table.ensure(Atom(m), Atom(0), 0));
        cells.iter().for_each(|c| c.set_all(V1));
        Arc::new(Model {
            _table: table,
            cells,
            active: Mark::new(0),
            slices: SliceCount::new(),
            freed: AtomicU64::new(0),
        })
    }

    /// A slice that calls from one module into the other.
    fn slice(&self) {
        self.slices.begin();
        let index = self.active.get() as usize;
        let seen = self.cells.map(|c| c.address(index));
        assert_eq!(seen[0], seen[1], "a slice saw two versions");
        if seen[0] == V1 {
            assert_eq!(
                self.freed.load(Ordering::Acquire),
                0,
                "a slice runs freed code"
            );
        }
        self.slices.end();
    }

    fn publish(&self) {
        self.cells.iter().for_each(|c| c.set_address(1, V2));
        self.active.set(1);
    }
}

fn quiesce(slices: &SliceCount) {
    let now = slices.now();
    while !slices.has_passed(now) {
        thread::yield_now();
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
        quiesce(&model.slices);
        model.cells.iter().for_each(|c| c.set_all(V2));
        model.freed.store(1, Ordering::Release);
        scheduler.join().expect("no assertion failed");
    });
}

/// A purge against a process that starts another one: the child may share its parent's literals only while nobody purges, and the purger walks
/// over the processes once.
struct Family {
    /// Set first of all by the purger.
    purging: Mark,
    slices: SliceCount,
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
            purging: Mark::new(0),
            slices: SliceCount::new(),
            asked: number(0),
            answered: number(0),
            parent_holds: number(1),
            child_holds: number(0),
        })
    }

    /// A slice of the parent: it hears what it is asked, then starts a child with what it holds.
    fn slice(&self) {
        self.slices.begin();
        if self.asked.load(Ordering::Acquire) == 1 {
            self.parent_holds.store(0, Ordering::Release);
            self.answered.store(1, Ordering::Release);
        }
        let shares = self.purging.get() == 0;
        if shares && self.parent_holds.load(Ordering::Acquire) == 1 {
            self.child_holds.store(1, Ordering::Release);
        }
        self.slices.end();
    }

    fn purge(&self) {
        self.purging.raise();
        quiesce(&self.slices);
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

/// A purge against a process that calls a fun of the old code and stays in it: the purger looks at the process once the fun is dead.
struct Call {
    fun: AtomicU64,
    slices: SliceCount,
    in_old_code: AtomicU64,
    freed: AtomicU64,
}

impl Call {
    fn slice(&self) {
        self.slices.begin();
        if self.in_old_code.load(Ordering::Relaxed) == 0 {
            let code = self.fun.load(Ordering::Acquire);
            self.in_old_code
                .store(u64::from(code == V1), Ordering::Relaxed);
        }
        if self.in_old_code.load(Ordering::Relaxed) == 1 {
            assert_eq!(
                self.freed.load(Ordering::Acquire),
                0,
                "a process runs freed code"
            );
        }
        self.slices.end();
    }

    /// Answers whether the code went.
    fn soft_purge(&self) -> bool {
        self.fun.store(0, Ordering::Release);
        quiesce(&self.slices);
        let used = self.in_old_code.load(Ordering::Relaxed) == 1;
        if used {
            self.fun.store(V1, Ordering::Release);
        } else {
            self.freed.store(1, Ordering::Release);
        }
        !used
    }
}

#[test]
fn a_fun_of_purged_code_is_not_entered() {
    loom::model(|| {
        let call = Arc::new(Call {
            fun: AtomicU64::new(V1),
            slices: SliceCount::new(),
            in_old_code: AtomicU64::new(0),
            freed: AtomicU64::new(0),
        });
        let scheduler = {
            let call = Arc::clone(&call);
            thread::spawn(move || {
                call.slice();
                call.slice();
            })
        };
        let gone = call.soft_purge();
        scheduler.join().expect("no assertion failed");
        let stays = call.in_old_code.load(Ordering::Relaxed) == 1;
        assert!(!(gone && stays), "the code went under a process");
    });
}
