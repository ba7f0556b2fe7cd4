//! What stands behind a patched word: the word carries the address of a slot, the slot the word that was there and the published point.
//!
//! ```text
//!  | Trace 16 | address of the slot 48 |  ──>  { original, flags, count, point }
//! ```
//! Reading takes no lock: slots lie in chunks that are never freed, and a point that is replaced goes when nobody can see it any more. A slot
//! is given to another function only after every scheduler has passed a slice boundary, since one may have fetched the patched word just before.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::gates::Gate;
use super::patterns::Point;
use crate::code::words::LOp;
use crate::sync::published::Published;

const CHUNK: usize = 512;
const CHUNKS: usize = 4_096;

/// The point wants every call, whoever makes it.
pub const ALWAYS: u64 = 1 << 16;
/// Every call is counted in the slot, and nothing else is wanted of processes without trace flags.
pub const COUNTED: u64 = 1 << 17;
/// Low bits: the arity of a stub, plus one; 0 at an entry.
pub const STUB: u64 = 0xffff;

/// One slot. Its memory lives as long as the VM.
#[repr(align(64))]
pub struct Slot {
    /// An entry: the word in whose place the trace word stands. A stub: the address calls go on to.
    original: AtomicU64,
    flags: AtomicU64,
    number: u32,
    /// Calls, while [`COUNTED`].
    count: AtomicU64,
    /// The one session whose calls its gates may close (see `gates`), and how often the point was replaced.
    watch: AtomicU64,
    gates: OnceLock<Box<[Gate]>>,
    point: Published<Option<Point>>,
}

impl Slot {
    /// The original word, or where a stub leads.
    #[inline(always)]
    pub fn original(&self) -> u64 {
        self.original.load(Ordering::Acquire)
    }

    /// What its calls need.
    #[inline(always)]
    pub fn flags(&self) -> u64 {
        self.flags.load(Ordering::Relaxed)
    }

    /// Shows the point.
    pub fn read<R>(&self, see: impl FnOnce(Option<&Point>) -> R) -> R {
        self.point.read(|point| see(point.as_ref()))
    }

    /// Its number among all slots.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What its gates are closed under; read before the point is.
    #[inline(always)]
    pub fn watch(&self) -> u64 {
        self.watch.load(Ordering::Acquire)
    }

    /// Whether a call by a process that only `session` traces is suppressed without a look at the point; then it is counted.
    #[inline(always)]
    pub fn shut(&self, session: u32, lane: usize, now_ms: u64, process_until_ms: u64) -> bool {
        let watch = self.watch();
        if watch >> 32 != u64::from(session) {
            return false;
        }
        match self.gates.get().and_then(|gates| gates.get(lane)) {
            Some(gate) => gate.shut(watch, now_ms, process_until_ms),
            None => false,
        }
    }

    /// The gate of a scheduler, one of `lanes`.
    pub fn gate(&self, lane: usize, lanes: usize) -> Option<&Gate> {
        let make = || (0..lanes).map(|_| Gate::default()).collect();
        self.gates.get_or_init(make).get(lane)
    }

    /// Gates that were ever closed.
    pub fn gates(&self) -> &[Gate] {
        self.gates.get().map_or(&[], |gates| gates)
    }

    /// Counts a call.
    #[inline(always)]
    pub fn count(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}

/// All slots of a VM.
pub struct Slots {
    chunks: Box<[OnceLock<Box<[Slot]>>]>,
    free: Mutex<Free>,
}

#[derive(Default)]
struct Free {
    fresh: u32,
    again: Vec<u32>,
}

impl Default for Slots {
    fn default() -> Self {
        Slots {
            chunks: (0..CHUNKS).map(|_| OnceLock::new()).collect(),
            free: Mutex::default(),
        }
    }
}

impl Slots {
    /// A slot by number.
    pub fn slot(&self, number: u32) -> &Slot {
        let number = number as usize;
        let chunk = self.chunks[number / CHUNK].get_or_init(|| {
            let empty = |number: usize| Slot {
                number: number as u32,
                original: AtomicU64::new(0),
                flags: AtomicU64::new(0),
                count: AtomicU64::new(0),
                watch: AtomicU64::new(0),
                gates: OnceLock::new(),
                point: Published::new(None),
            };
            (0..CHUNK)
                .map(|at| empty(number / CHUNK * CHUNK + at))
                .collect()
        });
        &chunk[number % CHUNK]
    }

    /// A slot for a function; none when two million functions are traced.
    pub fn take(&self) -> Option<u32> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = free.again.pop() {
            return Some(number);
        }
        let number = free.fresh;
        if number as usize == CHUNK * CHUNKS {
            return None;
        }
        free.fresh += 1;
        Some(number)
    }

    /// Gives a slot back; nobody can be on the way to it any more.
    pub fn give(&self, number: u32) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.again.push(number);
    }

    /// Slots in use.
    pub fn used(&self) -> usize {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.fresh as usize - free.again.len()
    }

    /// The word to put in the place of an entry (`stub_arity` none) or into a stub.
    pub fn patched(&self, number: u32, stub_arity: Option<u8>, flags: u64) -> u64 {
        let slot = self.slot(number);
        let arity = stub_arity.map_or(0, |arity| u64::from(arity) + 1);
        slot.flags.store(arity | flags, Ordering::Release);
        let address = std::ptr::from_ref(slot).expose_provenance() as u64;
        assert!(address < 1 << 48, "addresses have 48 bits");
        u64::from(LOp::Trace as u16) | address << 16
    }

    /// The original word, or where a stub leads.
    pub fn original(&self, number: u32) -> u64 {
        self.slot(number).original()
    }

    /// Calls counted in the slot since the last time it was asked.
    pub fn take_count(&self, number: u32) -> u64 {
        self.slot(number).count.swap(0, Ordering::Relaxed)
    }

    /// Sets it.
    pub fn set_original(&self, number: u32, original: u64) {
        self.slot(number)
            .original
            .store(original, Ordering::Release);
    }

    /// Shows the point.
    pub fn read<R>(&self, number: u32, see: impl FnOnce(Option<&Point>) -> R) -> R {
        self.slot(number).read(see)
    }

    /// Work that looks at several points.
    pub fn reading<R>(&self, work: impl FnOnce() -> R) -> R {
        Published::<Option<Point>>::reading(work)
    }

    /// Replaces the point. `watched`: whose calls gates may close, 0 for nobody's.
    pub fn publish(&self, number: u32, point: Option<Point>, watched: u32) {
        let slot = self.slot(number);
        slot.point.store(point);
        self.reopen(number, watched);
    }

    /// Makes every gate of the slot meaningless.
    pub fn reopen(&self, number: u32, watched: u32) {
        let watch = &self.slot(number).watch;
        let generation = (watch.load(Ordering::Relaxed) + 1) & u64::from(u32::MAX);
        watch.store(u64::from(watched) << 32 | generation, Ordering::Release);
    }
}
