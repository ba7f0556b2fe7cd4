//! The process table: slots that live as long as the VM, so that a pid can be followed without counting references.
//!
//! ```text
//!  Pid = | serial 28 | slot 28 |  ──>  segments[slot / 512] ──> Process { inbox, cell: RunCell<ProcessBody> }
//! ```
//! A slot is reused with the next serial; state word and inbox both know the serial, so an old pid reaches nobody. Segments are made
//! when first needed and never freed. Free slots are handed out in batches: a scheduler keeps a few for itself
//! (see [`crate::sched::current`]) and takes the lock once for many spawns.

use super::Process;
use crate::heap::Pid;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

const SEGMENT_BITS: u32 = 9;
const SEGMENT: usize = 1 << SEGMENT_BITS;
/// Slots a scheduler takes or gives back at once.
pub const BATCH: usize = 32;
/// Slots beyond the limit that may lie unused in the schedulers' own stores.
const SLACK: usize = 64 * BATCH;
/// Fresh slots are handed out until this many used ones lie waiting: pids ascend while the table is young, as people expect from reading them,
/// and the table does not grow when processes come and go.
const YOUNG: usize = 256;

/// All processes of a VM.
pub struct ProcessTable {
    segments: Box<[OnceLock<Box<[Process]>>]>,
    free: Mutex<FreeSlots>,
    alive: AtomicUsize,
    limit: usize,
}

struct FreeSlots {
    fresh: u32,
    recycled: VecDeque<u32>,
}

impl ProcessTable {
    /// A table for at most `limit` processes at a time.
    pub fn new(limit: usize) -> Self {
        let limit = limit.clamp(16, 1 << 27);
        let segments = (limit + SLACK).div_ceil(SEGMENT);
        ProcessTable {
            segments: (0..segments).map(|_| OnceLock::new()).collect(),
            free: Mutex::new(FreeSlots {
                fresh: 0,
                recycled: VecDeque::new(),
            }),
            alive: AtomicUsize::new(0),
            limit,
        }
    }

    /// The most processes that may live.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Processes alive or ending.
    pub fn count(&self) -> usize {
        self.alive.load(Ordering::Relaxed)
    }

    /// The slot a pid names, whoever lives there; the caller's next step checks the serial.
    pub fn slot(&self, slot: u32) -> Option<&Process> {
        self.segments
            .get((slot >> SEGMENT_BITS) as usize)?
            .get()?
            .get(slot as usize & (SEGMENT - 1))
    }

    /// The process, if its tenant is still this one (it may be ending).
    pub fn get(&self, pid: Pid) -> Option<&Process> {
        self.slot(pid.slot())
            .filter(|process| process.cell.flags(pid.serial()).is_some())
    }

    /// Whether a process exists and is not ending.
    pub fn is_alive(&self, pid: Pid) -> bool {
        self.slot(pid.slot())
            .is_some_and(|process| process.is_alive(pid.serial()))
    }

    /// Counts a new process; `false` when the VM is full.
    pub fn admit(&self) -> bool {
        if self.alive.fetch_add(1, Ordering::Relaxed) < self.limit {
            return true;
        }
        self.alive.fetch_sub(1, Ordering::Relaxed);
        false
    }

    /// Counts a process out.
    pub fn dismiss(&self) {
        self.alive.fetch_sub(1, Ordering::Relaxed);
    }

    /// Fills `store` with up to `want` free slots.
    pub fn take_free(&self, store: &mut Vec<u32>, want: usize) {
        let mut free = self.free.lock();
        let used = (free.recycled.len().saturating_sub(YOUNG)).min(want);
        store.extend(free.recycled.drain(..used));
        let capacity = (self.segments.len() * SEGMENT) as u32;
        let fresh = free.fresh..capacity.min(free.fresh + (want - used) as u32);
        free.fresh = fresh.end;
        for slot in fresh.clone() {
            self.segments[(slot >> SEGMENT_BITS) as usize]
                .get_or_init(|| (0..SEGMENT).map(|_| Process::vacant()).collect());
        }
        store.extend(fresh.rev());
        while store.len() < want
            && let Some(slot) = free.recycled.pop_front()
        {
            store.push(slot);
        }
    }

    /// Takes slots back.
    pub fn give_free(&self, slots: impl Iterator<Item = u32>) {
        self.free.lock().recycled.extend(slots);
    }

    /// Slots that ever had a tenant lie below this one.
    pub fn slots(&self) -> u32 {
        self.free.lock().fresh
    }

    /// The pids of all processes that are not ending.
    pub fn pids(&self) -> Vec<Pid> {
        (0..self.slots())
            .filter_map(|slot| {
                let process = self.slot(slot)?;
                let serial = process.cell.tenant()?;
                process.is_alive(serial).then(|| Pid::new(slot, serial))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One scheduler starts processes, another sees them end.
    #[test]
    fn a_table_does_not_grow_when_processes_come_and_go() {
        let table = ProcessTable::new(100_000);
        for _ in 0..1_000 {
            let mut store = Vec::new();
            table.take_free(&mut store, BATCH);
            assert_eq!(store.len(), BATCH);
            table.give_free(store.into_iter());
        }
        assert!(table.slots() as usize <= YOUNG + 2 * BATCH);
    }

    #[test]
    fn every_slot_is_handed_out_once() {
        let table = ProcessTable::new(5_000);
        let mut all = Vec::new();
        loop {
            let mut store = Vec::new();
            table.take_free(&mut store, BATCH);
            if store.is_empty() {
                break;
            }
            all.extend(store);
        }
        let handed_out = all.len();
        assert!(handed_out >= 5_000);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), handed_out);
        table.give_free(all.drain(..));
        let mut again = Vec::new();
        table.take_free(&mut again, BATCH);
        assert_eq!(again.len(), BATCH);
    }
}
