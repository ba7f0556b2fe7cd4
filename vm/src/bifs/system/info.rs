//! `system_info/1`, `system_flag/2`.

use crate::atoms;
use crate::bifs::process::defaults::Values;
use crate::bifs::process::heap_sizes;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, Term};
use crate::sched::clock::MONOTONIC_START;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "system_info", 1, system_info),
    BifRow::new("erlang", "system_flag", 2, system_flag),
];

/// Frames that a stack trace has at most, whatever is asked for.
const DEEPEST_BACKTRACE: usize = 64;

/// The release whose language and libraries this VM follows.
const OTP_RELEASE: &str = "27";
/// The version programs compare with.
const ERTS_VERSION: &str = "15.2";

fn system_info<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    if let Some(tuple) = args[0].as_tuple() {
        let name = tuple
            .get(0)
            .and_then(Term::as_atom)
            .map(|name| cx.atoms().text(name));
        return match (name, tuple.len()) {
            (Some("wordsize"), 2) => Ok(heap.int(8)),
            (Some("allocator" | "allocator_sizes"), 2) => Ok(no_allocator(cx, tuple.get(1))),
            _ => Err(Raise::badarg()),
        };
    }
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let name = cx.atoms().text(name);
    let found = match counts(cx, name) {
        Some(count) => Some(heap.int(count)),
        None => match texts(cx, name) {
            Some(text) => Some(heap.string(&text)),
            None => match names(name) {
                Some(name) => Some(cx.atom_term(name)?),
                None => structured(cx, name)?,
            },
        },
    };
    found.ok_or_else(Raise::badarg)
}

/// Allocators of OTP: this VM has none of them, as if they were all switched off.
const ALLOCATORS: &[&str] = &[
    "sys_alloc",
    "mseg_alloc",
    "temp_alloc",
    "sl_alloc",
    "std_alloc",
    "ll_alloc",
    "eheap_alloc",
    "ets_alloc",
    "fix_alloc",
    "literal_alloc",
    "binary_alloc",
    "driver_alloc",
];

/// What `{allocator, Name}` answers: `false` for one that is off, `undefined` for no allocator.
fn no_allocator<'h>(cx: &Cx<'h>, name: Option<Term<'h>>) -> Term<'h> {
    let known = name
        .and_then(Term::as_atom)
        .is_some_and(|name| ALLOCATORS.contains(&cx.atoms().text(name)));
    // Whoever maps memory has no instances.
    if name.is_some_and(|name| {
        name.as_atom()
            .is_some_and(|n| cx.atoms().text(n) == "erts_mmap")
    }) {
        return Term::NIL;
    }
    match known {
        true => Term::FALSE,
        false => Term::atom(atoms::UNDEFINED),
    }
}

fn counts(cx: &Cx<'_>, name: &str) -> Option<i64> {
    let vm = cx.vm();
    let schedulers = vm.schedulers.count();
    let count = match name {
        "process_count" => vm.processes.count(),
        "process_limit" => vm.processes.limit(),
        "port_count" => vm.io.port_count(),
        "port_limit" => vm.io.port_limit(),
        "atom_count" => vm.atoms().count() as usize,
        "atom_limit" => vm.atoms().limit() as usize,
        "ets_limit" => 1 << 20,
        "schedulers"
        | "schedulers_online"
        | "dirty_cpu_schedulers"
        | "dirty_cpu_schedulers_online" => schedulers,
        "dirty_io_schedulers" => 10,
        "logical_processors" | "logical_processors_available" | "logical_processors_online" => {
            std::thread::available_parallelism().map_or(1, usize::from)
        }
        "wordsize" => 8,
        "scheduler_id" => vm.scheduler_index().map_or(0, |index| index + 1),
        "thread_pool_size" | "async_threads" => 0,
        "os_monotonic_time_source_resolution" | "tolerant_timeofday" => return None,
        "creation" => 0,
        "start_time" => return Some(MONOTONIC_START),
        _ => return None,
    };
    Some(count as i64)
}

fn texts(_: &Cx<'_>, name: &str) -> Option<String> {
    Some(match name {
        "machine" => "BEAM".to_owned(),
        "otp_release" => OTP_RELEASE.to_owned(),
        "version" => ERTS_VERSION.to_owned(),
        "driver_version" => "3.3".to_owned(),
        "nif_version" => "2.17".to_owned(),
        "system_version" => format!(
            "Transom {} following Erlang/OTP {OTP_RELEASE} [64-bit] [smp:{n}:{n}]\n",
            env!("CARGO_PKG_VERSION"),
            n = std::thread::available_parallelism().map_or(1, usize::from)
        ),
        "system_architecture" => format!(
            "{}-unknown-{}",
            std::env::consts::ARCH,
            if cfg!(target_os = "linux") {
                "linux-gnu"
            } else {
                std::env::consts::OS
            }
        ),
        _ => return None,
    })
}

fn names(name: &str) -> Option<&'static str> {
    Some(match name {
        "endian" => {
            if cfg!(target_endian = "little") {
                "little"
            } else {
                "big"
            }
        }
        "smp_support" | "threads" | "multi_scheduling_supported" => "true",
        "kernel_poll" => "true",
        "modified_timing_level"
        | "debug_compiled"
        | "eager_check_io"
        | "trace_control_word_supported" => {
            if name == "modified_timing_level" {
                "undefined"
            } else {
                "false"
            }
        }
        "build_type" => {
            if cfg!(debug_assertions) {
                "debug"
            } else {
                "opt"
            }
        }
        "emu_type" => {
            if cfg!(debug_assertions) {
                "debug"
            } else {
                "opt"
            }
        }
        "emu_flavor" => "emu",
        "heap_type" => "private",
        "message_queue_data" => "on_heap",
        "time_correction" => "true",
        "time_warp_mode" => "no_time_warp",
        "time_offset" => "final",
        "multi_scheduling" => "enabled",
        "scheduler_bind_type" => "unbound",
        "dist" | "dynamic_trace" => "none",
        "dynamic_trace_probes" => "false",
        "outstanding_system_requests_limit" | "delayed_node_table_gc" => return None,
        "cpu_topology" | "cpu_quota" => "undefined",
        "elib_malloc" => "false",
        _ => return None,
    })
}

fn structured<'h>(cx: &Cx<'h>, name: &str) -> Result<Option<Term<'h>>, Raise<'h>> {
    let heap = cx.heap();
    let defaults = cx.vm().heap_defaults.values();
    let pair =
        |name: &str, value: Term<'h>| Ok::<_, Raise<'h>>(heap.tuple(&[cx.atom_term(name)?, value]));
    Ok(Some(match name {
        "os_type" => {
            let (family, os) = if cfg!(target_os = "macos") {
                ("unix", "darwin")
            } else {
                ("unix", std::env::consts::OS)
            };
            heap.tuple(&[cx.atom_term(family)?, cx.atom_term(os)?])
        }
        "os_version" => os_version(cx),
        "allocator" => heap.tuple(&[
            Term::atom(atoms::UNDEFINED),
            Term::NIL,
            Term::NIL,
            Term::NIL,
        ]),
        "alloc_util_allocators"
        | "loaded"
        | "taints"
        | "c_compiler_used"
        | "dist_ctrl"
        | "scheduler_bindings" => Term::NIL,
        "min_heap_size" | "min_bin_vheap_size" | "fullsweep_after" => {
            pair(name, heap_default(heap, &defaults, name))?
        }
        "max_heap_size" => heap_default(heap, &defaults, name),
        "garbage_collection" => {
            let item = |name| pair(name, heap_default(heap, &defaults, name));
            heap.list(&[
                item("max_heap_size")?,
                item("fullsweep_after")?,
                item("min_heap_size")?,
                item("min_bin_vheap_size")?,
            ])
        }
        "backtrace_depth" => heap.int(cx.vm().backtrace_depth() as i64),
        "end_time" => heap.int(i64::MAX),
        "os_monotonic_time_source" | "os_system_time_source" => {
            let function = pair("function", cx.atom_term("clock_gettime")?)?;
            let resolution = pair("resolution", heap.int(1_000_000_000))?;
            heap.list(&[function, resolution])
        }
        "sequential_tracer" => pair(
            "sequential_tracer",
            crate::bifs::trace::seq::system_tracer(cx),
        )?,
        "trace_control_word" => heap.uint(
            cx.vm()
                .tracing
                .control_word
                .load(std::sync::atomic::Ordering::Relaxed),
        ),
        "multi_scheduling_blockers" | "procs" | "dist_buf_busy_limit" => Term::NIL,
        _ => return Ok(None),
    }))
}

/// `{Major, Minor, Release}` of the kernel.
fn os_version<'h>(cx: &Cx<'h>) -> Term<'h> {
    let text = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse::<i64>().ok());
    let mut next = || cx.heap().int(numbers.next().unwrap_or(0));
    let parts = [next(), next(), next()];
    cx.heap().tuple(&parts)
}

/// Settings that can be changed while running. What this VM does by itself answers what holds and stays.
fn system_flag<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let heap = cx.heap();
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let number = || args[1].as_usize().ok_or_else(Raise::badarg);
    Ok(match cx.atoms().text(name) {
        "backtrace_depth" => {
            let depth = number()?.min(DEEPEST_BACKTRACE);
            heap.int(cx.vm().set_backtrace_depth(depth) as i64)
        }
        name @ ("min_heap_size" | "min_bin_vheap_size" | "fullsweep_after" | "max_heap_size") => {
            let before = set_heap_default(cx, name, args[1]).ok_or_else(Raise::badarg)?;
            heap_default(heap, &before, name)
        }
        "schedulers_online" | "dirty_cpu_schedulers_online" => {
            let wanted = number()?;
            if wanted == 0 || wanted > cx.vm().schedulers.count() {
                return Err(Raise::badarg());
            }
            heap.int(cx.vm().schedulers.count() as i64)
        }
        "scheduler_wall_time" => Term::bool(args[1].is_atom(atoms::TRUE)),
        "time_offset" if is_atom(cx, args[1], &["finalize"]) => cx.atom_term("final")?,
        "trace_control_word" => {
            let word = u32::try_from(number()?).map_err(|_| Raise::badarg())?;
            let known = &cx.vm().tracing.control_word;
            heap.uint(known.swap(u64::from(word), std::sync::atomic::Ordering::Relaxed))
        }
        "sequential_tracer" => crate::bifs::trace::seq::set_system_tracer(cx, args[1])?,
        "multi_scheduling" if is_atom(cx, args[1], BLOCKS) => cx.atom_term("enabled")?,
        _ => return Err(Raise::badarg()),
    })
}

/// What `multi_scheduling` may be told.
const BLOCKS: &[&str] = &["block", "unblock", "block_normal", "unblock_normal"];

fn is_atom(cx: &Cx<'_>, term: Term<'_>, names: &[&str]) -> bool {
    term.as_atom()
        .is_some_and(|atom| names.contains(&cx.atoms().text(atom)))
}

/// A setting for heaps to come, as programs see it.
fn heap_default<'h>(heap: &'h Heap, values: &Values, name: &str) -> Term<'h> {
    match name {
        "min_heap_size" => heap.int(values.shown_min_heap_size() as i64),
        "min_bin_vheap_size" => heap.int(values.shown_min_bin_vheap_size() as i64),
        "fullsweep_after" => heap.int(i64::from(values.shown_fullsweep_after())),
        _ => crate::bifs::process::flags::max_heap_term(heap, values.max_heap),
    }
}

/// Changes one; answers all as they were.
fn set_heap_default(cx: &Cx<'_>, name: &str, value: Term<'_>) -> Option<Values> {
    let defaults = &cx.vm().heap_defaults;
    Some(match name {
        "min_heap_size" => {
            let new = heap_sizes::min_heap(value)?;
            defaults.change(|values| values.min_heap_size = Some(new))
        }
        "min_bin_vheap_size" => {
            let new = heap_sizes::min_virtual_heap(value)?;
            defaults.change(|values| values.min_bin_vheap_size = Some(new))
        }
        "fullsweep_after" => {
            let new = heap_sizes::fullsweep_after(value)?;
            defaults.change(|values| values.fullsweep_after = Some(new))
        }
        _ => {
            let new = crate::bifs::process::spawn_options::max_heap(value)?;
            defaults.change(|values| values.max_heap = Some(new))
        }
    })
}
