//! What stands behind a patched word: the word carries the number of a slot, the slot the word that was there and the published point.
//!
//! ```text
//!  | Trace | arity + 1 of a stub, ALWAYS | number of the slot |  ──>  slots[number] { original, point }
//! ```
//! Reading takes no lock: slots lie in chunks that are never freed, and a point that is replaced goes when nobody can see it any more. A slot
//! is given to another function only after every scheduler has passed a slice boundary, since one may have fetched the patched word just before.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::patterns::Point;
use crate::code::words::{LOp, word};
use crate::sync::published::Published;

const CHUNK: usize = 512;
const CHUNKS: usize = 4_096;

/// Bit of the first operand: the point wants every call, whoever makes it.
pub const ALWAYS: u16 = 1 << 15;

struct Slot {
    /// An entry: the word in whose place the trace word stands. A stub: the address calls go on to.
    original: AtomicU64,
    point: Published<Option<Point>>,
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
    fn slot(&self, number: u32) -> &Slot {
        let number = number as usize;
        let chunk = self.chunks[number / CHUNK].get_or_init(|| {
            let empty = || Slot {
                original: AtomicU64::new(0),
                point: Published::new(None),
            };
            (0..CHUNK).map(|_| empty()).collect()
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

    /// The number in a patched word.
    #[inline]
    pub fn number(w: u64) -> u32 {
        (w >> 32) as u32
    }

    /// The word to put in the place of an entry (`stub_arity` none) or into a stub.
    pub fn patched(number: u32, stub_arity: Option<u8>, always: bool) -> u64 {
        let arity = stub_arity.map_or(0, |arity| u16::from(arity) + 1);
        let flags = arity | if always { ALWAYS } else { 0 };
        word(LOp::Trace, flags, number as u16, (number >> 16) as u16)
    }

    /// The original word, or where a stub leads.
    #[inline]
    pub fn original(&self, number: u32) -> u64 {
        self.slot(number).original.load(Ordering::Acquire)
    }

    /// Sets it.
    pub fn set_original(&self, number: u32, original: u64) {
        self.slot(number)
            .original
            .store(original, Ordering::Release);
    }

    /// Shows the point.
    pub fn read<R>(&self, number: u32, see: impl FnOnce(Option<&Point>) -> R) -> R {
        self.slot(number).point.read(|point| see(point.as_ref()))
    }

    /// Replaces the point.
    pub fn publish(&self, number: u32, point: Option<Point>) {
        self.slot(number).point.store(point);
    }
}
