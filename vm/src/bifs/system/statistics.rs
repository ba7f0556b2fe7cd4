//! `statistics/1`.

use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::pauses::BOUNDS_US;
use crate::heap::{Heap, Term};
use crate::sched::lengths::LENGTHS;
use std::sync::atomic::{AtomicU64, Ordering};

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "statistics", 1, statistics),
    BifRow::new("erts_internal", "histograms", 0, histograms),
];

/// What earlier calls saw, for the answers that count since the last one.
#[derive(Default)]
pub struct Last {
    reductions: AtomicU64,
    exact_reductions: AtomicU64,
    runtime_ms: AtomicU64,
    wall_clock_ms: AtomicU64,
}

/// `{Total, SinceLast}`
fn since<'h>(heap: &'h Heap, total: u64, last: &AtomicU64) -> Term<'h> {
    let before = last.swap(total, Ordering::Relaxed);
    heap.tuple(&[heap.uint(total), heap.uint(total.saturating_sub(before))])
}

fn statistics<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (vm, heap) = (cx.vm(), cx.heap());
    let last = &vm.statistics;
    let item = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let lengths = || vm.schedulers.run_queue_lengths();
    let sum = |numbers: Vec<usize>| numbers.into_iter().sum::<usize>() as i64;
    let list =
        |numbers: Vec<usize>| heap.list_from(numbers.into_iter().map(|n| heap.int(n as i64)));
    Ok(match cx.atoms().text(item) {
        "reductions" => since(
            heap,
            vm.reductions.load(Ordering::Relaxed),
            &last.reductions,
        ),
        "exact_reductions" => since(
            heap,
            vm.reductions.load(Ordering::Relaxed),
            &last.exact_reductions,
        ),
        "runtime" => {
            let ms = crate::sched::clock::processor_us() / 1_000;
            since(heap, ms as u64, &last.runtime_ms)
        }
        "wall_clock" => since(
            heap,
            (vm.clock.since_start_ns() / 1_000_000) as u64,
            &last.wall_clock_ms,
        ),
        "run_queue" | "total_run_queue_lengths" | "total_run_queue_lengths_all" => {
            heap.int(sum(lengths()))
        }
        "run_queue_lengths" | "run_queue_lengths_all" => list(lengths()),
        "active_tasks" | "active_tasks_all" => list(lengths()),
        "total_active_tasks" | "total_active_tasks_all" => heap.int(sum(lengths())),
        "context_switches" => {
            let slices: u64 = vm
                .schedulers
                .slice_counts()
                .iter()
                .map(|count| count / 2)
                .sum();
            heap.tuple(&[heap.uint(slices), heap.int(0)])
        }
        "garbage_collection" => {
            let count = |figure: &AtomicU64| heap.uint(figure.load(Ordering::Relaxed));
            heap.tuple(&[
                count(&vm.env.collections),
                count(&vm.env.words_reclaimed),
                heap.int(0),
            ])
        }
        "io" => {
            let counted =
                |name: &str, bytes: u64| Ok(heap.tuple(&[cx.atom_term(name)?, heap.uint(bytes)]));
            heap.tuple(&[
                counted("input", vm.io.bytes_in())?,
                counted("output", vm.io.bytes_out())?,
            ])
        }
        "scheduler_wall_time" | "scheduler_wall_time_all" => wall_times(cx),
        _ => return Err(Raise::badarg()),
    })
}

/// `{GcPauses, RunQueues}`: of each the bounds, the numbers in between and above, and the sum. Pauses of collections that were timed, in
/// microseconds (the sum in nanoseconds); lengths of run queues when a process was picked from them.
fn histograms<'h>(cx: &Cx<'h>, _: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (vm, heap) = (cx.vm(), cx.heap());
    let numbers = |all: &[u64]| heap.list_from(all.iter().map(|n| heap.uint(*n)));
    let of = |bounds: &[u64], counts: &[u64], sum: u64| {
        heap.tuple(&[numbers(bounds), numbers(counts), heap.uint(sum)])
    };
    let pauses = &vm.env.pauses;
    let (lengths, sum) = vm.schedulers.picked_lengths();
    Ok(heap.tuple(&[
        of(&BOUNDS_US, &pauses.counts(), pauses.sum_ns()),
        of(&LENGTHS, &lengths, sum),
    ]))
}

/// `{Id, Active, Total}` for each scheduler; always measured.
fn wall_times<'h>(cx: &Cx<'h>) -> Term<'h> {
    let heap = cx.heap();
    let total = cx.vm().clock.since_start_ns();
    let rows = cx.vm().schedulers.busy_ns();
    heap.list_from(
        rows.iter().enumerate().map(|(i, busy)| {
            heap.tuple(&[heap.int(i as i64 + 1), heap.uint(*busy), heap.int(total)])
        }),
    )
}
