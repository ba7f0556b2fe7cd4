//! Events around a collection.

use transom_tracer::event::Kind;

use super::system::wants;
use super::{flags, points, recording};
use crate::atoms::{self, Atom};
use crate::process::ProcessBody;
use crate::vm::Vm;

/// A collection somebody wants to hear of.
pub struct Watch {
    full: bool,
    traced: bool,
    began_ns: i64,
}

/// A collection begins that has to make room for `need` words. `None`: nobody wants to know.
#[inline]
pub fn begins(vm: &Vm, body: &ProcessBody, need: usize, full: bool) -> Option<Watch> {
    let bits = body.trace_flags.get();
    let traced = bits & flags::GARBAGE_COLLECTION != 0;
    let watched = bits & flags::COLLECTION_WATCH != 0;
    if !traced && !watched && !vm.tracing.system.wants(wants::LONG_GC | wants::LARGE_HEAP) {
        return None;
    }
    let full = full || body.heap.next_is_full();
    let kind = if full {
        Kind::GcMajorStart
    } else {
        Kind::GcMinorStart
    };
    if traced {
        points::collection(vm, body, kind, &words(body, need));
    }
    Some(Watch {
        full,
        traced,
        began_ns: vm.clock.since_start_ns(),
    })
}

impl Watch {
    /// It has given back so many words.
    pub fn ended(self, vm: &Vm, body: &ProcessBody, reclaimed: usize) {
        let kind = if self.full {
            Kind::GcMajorEnd
        } else {
            Kind::GcMinorEnd
        };
        let took_ns = vm.clock.since_start_ns() - self.began_ns;
        if self.traced {
            points::collection(vm, body, kind, &words(body, reclaimed));
        }
        if body.trace_flags.get() & flags::COLLECTION_WATCH != 0 {
            recording::collected(body, took_ns.max(0) as u64);
        }
        let system = &vm.tracing.system;
        if system.wants(wants::LONG_GC | wants::LARGE_HEAP) {
            system.collected(vm, body, took_ns);
        }
    }
}

/// The heap is larger than the process may have.
pub fn over_limit(vm: &Vm, body: &ProcessBody) {
    if body.trace_flags.get() & flags::GARBAGE_COLLECTION != 0 {
        points::collection(vm, body, Kind::GcMaxHeapSize, &words(body, 0));
    }
}

/// The figures in the order of OTP; the first is what was wanted, or given back.
fn words(body: &ProcessBody, first: usize) -> [(Atom, usize); 12] {
    let s = body.heap.sizes();
    [
        (atoms::WORDSIZE, first),
        (atoms::OLD_HEAP_BLOCK_SIZE, s.old_heap_block_size),
        (atoms::HEAP_BLOCK_SIZE, s.heap_block_size),
        (atoms::MBUF_SIZE, s.mbuf_size),
        (atoms::RECENT_SIZE, s.recent_size),
        (atoms::STACK_SIZE, s.stack_size),
        (atoms::OLD_HEAP_SIZE, s.old_heap_size),
        (atoms::HEAP_SIZE, s.heap_size),
        (atoms::BIN_VHEAP_SIZE, s.bin_vheap_size),
        (atoms::BIN_VHEAP_BLOCK_SIZE, s.bin_vheap_block_size),
        (atoms::BIN_OLD_VHEAP_SIZE, s.bin_old_vheap_size),
        (atoms::BIN_OLD_VHEAP_BLOCK_SIZE, s.bin_old_vheap_block_size),
    ]
}
