//! Memory outside the heaps that terms share by counting: the bytes of large binaries, and resources behind magic references
//! (compiled patterns, counters). The counts are held by `BinRef` and `MagicRef` objects, which hang on an off-heap list so that the
//! collector can give up those that died.

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error, realloc};
use std::any::Any;
use std::cell::Cell;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering, fence};

use crossbeam::utils::CachePadded;

/// Bytes of a binary above which they lie outside the heap.
pub const MAX_HEAP_BYTES: usize = 64;

#[repr(C)]
struct Header {
    count: AtomicUsize,
    capacity: usize,
    /// How many bits are in use: who appends in place must end here. Changed only by the single holder.
    used_bits: AtomicUsize,
}

const DATA: usize = size_of::<Header>();

/// Bytes that all blocks take, a part for each group of threads: a block may be given up by another thread than made it, so that only the sum tells.
static TAKEN: [CachePadded<AtomicIsize>; 16] =
    [const { CachePadded::new(AtomicIsize::new(0)) }; 16];

thread_local! {
    static PART: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Notes that this thread made (or gave up) a block of so many bytes.
fn note(bytes: isize) {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let part = PART.with(|part| {
        if part.get() == usize::MAX {
            part.set(NEXT.fetch_add(1, Ordering::Relaxed) % TAKEN.len());
        }
        part.get()
    });
    TAKEN[part].fetch_add(bytes, Ordering::Relaxed);
}

/// Bytes of memory that all blocks of the operating system's process take, headers included. Blocks belong to no VM: two in one process see one sum.
pub fn counted_bytes() -> usize {
    let sum: isize = TAKEN.iter().map(|part| part.load(Ordering::Relaxed)).sum();
    usize::try_from(sum).unwrap_or(0)
}

/// A counted block of bytes. Cloning adds a holder; the bytes in use never change while there are two.
pub struct CountedBytes(NonNull<Header>);

// SAFETY: the count is atomic and the bytes are written only by a sole holder.
unsafe impl Send for CountedBytes {}
// SAFETY: as above; `&CountedBytes` gives only reading.
unsafe impl Sync for CountedBytes {}

fn layout(capacity: usize) -> Layout {
    Layout::from_size_align(DATA + capacity, 8)
        .expect("invariant: binaries are far smaller than the address space")
}

impl CountedBytes {
    /// A copy of `bytes`.
    pub fn new(bytes: &[u8]) -> CountedBytes {
        let it = CountedBytes::zeroed(bytes.len(), bytes.len());
        // SAFETY: the block was just made with room for that many bytes and has no other holder.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), it.data(), bytes.len()) };
        it
    }

    /// `len` zero bytes in use, room for `capacity`.
    pub fn zeroed(len: usize, capacity: usize) -> CountedBytes {
        let capacity = capacity.max(len).max(8);
        let l = layout(capacity);
        // SAFETY: the layout is not empty; the bytes are zero as allocated, and the header is written before anyone reads it.
        unsafe {
            let p = alloc_zeroed(l).cast::<Header>();
            let Some(p) = NonNull::new(p) else {
                handle_alloc_error(l)
            };
            p.write(Header {
                count: AtomicUsize::new(1),
                capacity,
                used_bits: AtomicUsize::new(len * 8),
            });
            note(l.size() as isize);
            CountedBytes(p)
        }
    }

    fn header(&self) -> &Header {
        // SAFETY: the block lives as long as a holder does, and `self` is one.
        unsafe { self.0.as_ref() }
    }

    pub(super) fn data(&self) -> *mut u8 {
        // SAFETY: the data lie right after the header in the same block.
        unsafe { self.0.as_ptr().cast::<u8>().add(DATA) }
    }

    /// Bits in use.
    pub fn used_bits(&self) -> usize {
        self.header().used_bits.load(Ordering::Relaxed)
    }

    /// Bytes of memory it takes.
    pub fn capacity(&self) -> usize {
        self.header().capacity
    }

    /// The bytes in use.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: all bytes of the capacity are initialised; those in use change only under a sole holder's `&mut`.
        unsafe { std::slice::from_raw_parts(self.data(), self.used_bits().div_ceil(8)) }
    }

    /// The bytes in use, if this is the only holder.
    pub fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        let len = self.used_bits().div_ceil(8);
        // SAFETY: sole holder by the check, exclusive by `&mut`.
        self.is_sole()
            .then(|| unsafe { std::slice::from_raw_parts_mut(self.data(), len) })
    }

    /// Whether there is no other holder.
    pub fn is_sole(&self) -> bool {
        self.header().count.load(Ordering::Acquire) == 1
    }

    /// Number of holders.
    pub fn holders(&self) -> usize {
        self.header().count.load(Ordering::Relaxed)
    }

    /// Makes room for `bits` more behind the used ones and marks them used (their content is zero). Only for the sole holder; moves the block.
    pub(super) fn extend(&mut self, bits: usize) {
        assert!(
            self.is_sole(),
            "only the sole holder of a binary may extend it"
        );
        let used = self.used_bits() + bits;
        let need = used.div_ceil(8);
        let old = self.capacity();
        if need > old {
            let capacity = need.max(256).saturating_mul(2);
            // SAFETY: sole holder, same layout as it was made with, new bytes zeroed before use.
            unsafe {
                let p = realloc(self.0.as_ptr().cast(), layout(old), layout(capacity).size())
                    .cast::<Header>();
                let Some(p) = NonNull::new(p) else {
                    handle_alloc_error(layout(capacity))
                };
                (*p.as_ptr()).capacity = capacity;
                self.0 = p;
                note((capacity - old) as isize);
                self.data().add(old).write_bytes(0, capacity - old);
            }
        }
        self.header().used_bits.store(used, Ordering::Relaxed);
    }

    pub(super) fn into_raw(self) -> u64 {
        let p = self.0.as_ptr().expose_provenance() as u64;
        std::mem::forget(self);
        p
    }

    /// # Safety
    /// `raw` comes from [`CountedBytes::into_raw`] and its holder is still counted; the answer must not outlive or drop it.
    pub(super) unsafe fn borrow_raw(raw: u64) -> std::mem::ManuallyDrop<CountedBytes> {
        let p = std::ptr::with_exposed_provenance_mut::<Header>(raw as usize);
        std::mem::ManuallyDrop::new(CountedBytes(
            NonNull::new(p).expect("invariant: a BinRef holds a block"),
        ))
    }
}

impl Clone for CountedBytes {
    fn clone(&self) -> Self {
        self.header().count.fetch_add(1, Ordering::Relaxed);
        CountedBytes(self.0)
    }
}

impl Drop for CountedBytes {
    fn drop(&mut self) {
        if self.header().count.fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
            let l = layout(self.capacity());
            note(-(l.size() as isize));
            // SAFETY: the last holder is gone, so nobody can reach the block.
            unsafe { dealloc(self.0.as_ptr().cast(), l) };
        }
    }
}

/// Something of Rust's behind a magic reference.
pub type Resource = std::sync::Arc<ResourceBox>;

/// The pointee of a [`Resource`]; the extra box keeps the reference's pointer thin.
pub struct ResourceBox(pub Box<dyn Any + Send + Sync>);
