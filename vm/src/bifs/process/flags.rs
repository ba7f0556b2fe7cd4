//! `process_flag/2,3`.

use super::heap_sizes;
use super::spawn_options::{max_heap, priority_level, priority_name};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Heap, HeapOptions, Term};
use crate::process::body::{MaxHeap, ProcessBody, process_flag as pf};
use crate::process::reply::Answer;
use crate::process::{Process, Signal};
use crate::sync::rooted::Rooted;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "process_flag", 2, process_flag_2),
    BifRow::new("erlang", "process_flag", 3, process_flag_3),
];

fn boolean<'h>(value: Term<'h>) -> Result<bool, Raise<'h>> {
    match value.as_atom() {
        Some(atoms::TRUE) => Ok(true),
        Some(atoms::FALSE) => Ok(false),
        _ => Err(Raise::badarg()),
    }
}

fn bit<'h>(cx: &Cx<'h>, bit: u32, value: Term<'h>) -> Result<Term<'h>, Raise<'h>> {
    let on = boolean(value)?;
    Ok(Term::bool(cx.process().set_flag(bit, on)))
}

fn number<'h>(
    cx: &Cx<'h>,
    new: Option<usize>,
    usual: usize,
    field: impl FnOnce(&mut crate::process::body::Extra) -> &mut Option<usize>,
) -> Result<Term<'h>, Raise<'h>> {
    let new = new.ok_or_else(Raise::badarg)?;
    let old = cx
        .process()
        .with_extra(|extra| field(extra).replace(new))
        .unwrap_or(usual);
    Ok(cx.heap().int(old as i64))
}

/// A `max_heap_size` setting as the map that programs see.
pub fn max_heap_term<'h>(heap: &'h Heap, max: Option<MaxHeap>) -> Term<'h> {
    let max = max.unwrap_or(MaxHeap {
        size: 0,
        kill: true,
        error_logger: true,
        include_shared_binaries: false,
    });
    let atom = Term::atom;
    heap.map_from_pairs(&[
        (atom(atoms::SIZE), heap.int(max.size as i64)),
        (atom(atoms::KILL), Term::bool(max.kill)),
        (atom(atoms::ERROR_LOGGER), Term::bool(max.error_logger)),
        (
            atom(atoms::INCLUDE_SHARED_BINARIES),
            Term::bool(max.include_shared_binaries),
        ),
    ])
}

/// Changes the settings of the caller's own heap, behind this call; `answer` is the call's value.
fn heap_setting<'h>(
    cx: &Cx<'h>,
    answer: Term<'h>,
    change: impl FnOnce(&mut HeapOptions) + Send + 'static,
) -> Result<Term<'h>, Raise<'h>> {
    let errand = move |_: &crate::vm::Vm, _: &Process, body: &mut ProcessBody| {
        let mut options = body.heap.options();
        change(&mut options);
        body.heap.set_options(options);
    };
    let _sent_to_itself = cx
        .vm()
        .signal(cx.process().pid, Signal::Errand(Box::new(errand)));
    Err(Raise::signals(answer))
}

fn process_flag_2<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let (vm, body, heap) = (cx.vm(), cx.process(), cx.heap());
    let usual = HeapOptions::default();
    let value = args[1];
    match args[0].as_atom().ok_or_else(Raise::badarg)? {
        atoms::TRAP_EXIT => bit(cx, pf::TRAP_EXIT, value),
        atoms::SENSITIVE => bit(cx, pf::SENSITIVE, value),
        atoms::ASYNC_DIST => bit(cx, pf::ASYNC_DIST, value),
        atoms::PRIORITY => {
            let level = priority_level(value).ok_or_else(Raise::badarg)?;
            let old = vm
                .own_process(body)
                .cell
                .set_priority(body.pid.serial(), level);
            Ok(Term::atom(priority_name(old)))
        }
        atoms::MIN_HEAP_SIZE => {
            let new = heap_sizes::min_heap(value);
            number(cx, new, heap_sizes::LEAST, |extra| &mut extra.min_heap_size)
        }
        atoms::MIN_BIN_VHEAP_SIZE => {
            let new = heap_sizes::min_virtual_heap(value);
            number(cx, new, usual.min_bin_vheap_size, |extra| {
                &mut extra.min_bin_vheap_size
            })
        }
        atoms::FULLSWEEP_AFTER => {
            let new = heap_sizes::fullsweep_after(value).ok_or_else(Raise::badarg)?;
            let old = body
                .with_extra(|extra| extra.fullsweep_after.replace(new))
                .unwrap_or(usual.fullsweep_after);
            heap_setting(cx, heap.int(i64::from(old)), move |options| {
                options.fullsweep_after = new
            })
        }
        atoms::MAX_HEAP_SIZE => {
            let new = max_heap(value).ok_or_else(Raise::badarg)?;
            let old = body.with_extra(|extra| extra.max_heap.replace(new));
            let bound = new.kills_above();
            heap_setting(cx, max_heap_term(heap, old), move |options| {
                options.max_heap_size = bound
            })
        }
        atoms::MESSAGE_QUEUE_DATA => {
            let off = match value.as_atom() {
                Some(atoms::OFF_HEAP) => true,
                Some(atoms::ON_HEAP) => false,
                _ => return Err(Raise::badarg()),
            };
            let was = body.set_flag(pf::OFF_HEAP_MESSAGES, off);
            Ok(Term::atom(if was {
                atoms::OFF_HEAP
            } else {
                atoms::ON_HEAP
            }))
        }
        atoms::ERROR_HANDLER => {
            let new = value.as_atom().ok_or_else(Raise::badarg)?;
            let old = body.with_extra(|extra| extra.error_handler.replace(new));
            Ok(Term::atom(old.unwrap_or(atoms::ERROR_HANDLER)))
        }
        atoms::SAVE_CALLS => {
            let new = value
                .as_usize()
                .filter(|new| *new <= 10_000)
                .ok_or_else(Raise::badarg)?;
            let old = heap.int(body.save_calls(new) as i64);
            // The next slice runs in the form that its calls need.
            Err(Raise::yielding(old))
        }
        atoms::LABEL => Ok(set_label(body, heap, value)),
        _ => Err(Raise::badarg()),
    }
}

fn set_label<'h>(body: &ProcessBody, heap: &'h Heap, value: Term<'h>) -> Term<'h> {
    let old = body.with_extra(|extra| extra.label.replace(Rooted::new(value)));
    old.map_or(Term::atom(atoms::UNDEFINED), |old| old.term(heap))
}

/// Only `save_calls` may be set so, of the caller too.
fn process_flag_3<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let body = cx.process();
    match body.answer::<usize>() {
        Answer::Pending => return Err(Raise::wait(args)),
        Answer::Gone => return Err(Raise::badarg()),
        Answer::Ready(old) => return Ok(cx.heap().int(old as i64)),
        Answer::Unasked => {}
    }
    let pid = args[0].as_pid().ok_or_else(Raise::badarg)?;
    let new = args[2]
        .as_usize()
        .filter(|new| *new <= 10_000 && args[1].is_atom(atoms::SAVE_CALLS))
        .ok_or_else(Raise::badarg)?;
    if pid == body.pid {
        return process_flag_2(cx, &args[1..]);
    }
    let reply = body.ask(cx.vm());
    let errand = move |_: &crate::vm::Vm, _: &Process, other: &mut ProcessBody| {
        reply.answer(other.save_calls(new));
    };
    let _gone = cx.vm().signal(pid, Signal::Errand(Box::new(errand)));
    Err(Raise::wait(args))
}
