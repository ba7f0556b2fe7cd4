//! One slice from the interpreter's side: entering and leaving a process, collecting, giving up the slice. All of it off the fast path;
//! functions here take the [`Frame`] by reference and are never inlined into the loop.

use std::cell::Cell;

use super::frame::{Frame, Registers, SLACK, a};
use crate::atoms;
use crate::code::words::{LOp, word};
use crate::heap::{Collected, OwnedTerm, Term, Word};
use crate::process::body::process_flag;
use crate::process::body::process_flag::COLLECTED;
use crate::process::{Collection, Ending, Exec, Outcome, Process, ProcessBody, Slice};
use crate::sync::code_cells::CellRef;
use crate::vm::Vm;
use std::sync::atomic::AtomicU64;

/// Does the loop go on?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// At `Frame::pc`.
    Go,
    /// At `Frame::pc`, which is the entry of a function just called: the call is still to be counted.
    Entry,
    /// No: [`Machine::outcome`] says why.
    Stop,
}

/// The word every stack ends in: constant code, not state.
static EXIT_NORMAL: AtomicU64 = AtomicU64::new(word(LOp::ExitNormal, 0, 0, 0));

/// What slow paths work on.
pub(super) struct Machine<'s> {
    pub(super) vm: &'s Vm,
    pub(super) process: &'s Process,
    pub(super) body: &'s mut ProcessBody,
    /// Which address of an export cell this slice uses.
    pub(super) code_index: usize,
    pub(super) outcome: Outcome,
    /// The scheduler this slice runs on, for gates of trace points; none for other threads.
    pub(super) lane: usize,
    /// Until when calls of this process are suppressed, and the session that said so.
    pub(super) shut: Cell<(u32, u64)>,
    /// Reductions kept aside while `Frame::reds` is 0 to make the next call look for something that is due (a collection).
    held: i64,
    /// Reductions the slice began with.
    given: i64,
}

/// Words that a collection copies for one reduction: about as long as a call takes.
const WORDS_A_REDUCTION: i64 = 16;

impl<'s> Machine<'s> {
    /// Takes the process up where it was; `Err` when its first function does not exist and nobody handles that.
    pub(super) fn enter<'a: 's>(
        slice: &'s mut Slice<'a>,
        regs: &mut Registers,
    ) -> (Machine<'s>, Frame) {
        let vm: &'s Vm = slice.vm;
        let given = slice.reductions;
        slice.body.heap.begin_slice();
        slice.body.given.set(given);
        let m = Machine {
            vm,
            process: slice.process,
            body: slice.body,
            code_index: vm.code().active_index(),
            outcome: Outcome::Yield,
            lane: vm.scheduler_index().unwrap_or(usize::MAX),
            shut: Cell::new((0, 0)),
            held: 0,
            given,
        };
        let exec = std::mem::replace(&mut m.body.exec, Exec::Taken);
        let address = match exec {
            Exec::Code(address) => address,
            Exec::Native(_) | Exec::Taken => unreachable!("invariant: Erlang code runs here"),
        };
        let mut f = Frame::new(address, regs, &m.body.heap, given);
        let n = m.body.regs.len();
        f.live(n).copy_from_slice(&m.body.regs);
        m.body.regs.clear();
        if address == 0 {
            f.push(Word::return_address(EXIT_NORMAL.as_ptr() as u64));
            let call = m.body.initial_call;
            let cell = vm
                .code()
                .cells()
                .ensure(call.module, call.function, call.arity);
            f.go(cell.address(m.code_index));
            if m.body.born_traced.get()
                && let Some(parent) = m.body.parent
            {
                let heap = &m.body.heap;
                crate::trace::points::started(vm, m.body, parent, call, f.args(heap, n));
                if m.body.has_flag(process_flag::BORN_LINKED) {
                    let tag = atoms::GETTING_LINKED;
                    crate::trace::points::process_event(vm, m.body, tag, Term::pid(parent));
                }
            }
        }
        (m, f)
    }

    /// Leaves with `live` registers worth keeping; the process goes on at `f.pc`.
    pub(super) fn leave(&mut self, f: &mut Frame, live: usize, outcome: Outcome) -> Flow {
        f.spill(&self.body.heap);
        self.body.heap.clear_reserve();
        self.body.regs.extend_from_slice(f.live(live));
        self.body.exec = Exec::Code(f.address());
        self.account(f);
        self.outcome = outcome;
        Flow::Stop
    }

    /// Yields and goes on at another address.
    pub(super) fn resume(&mut self, f: &mut Frame, live: usize, address: u64) -> Flow {
        f.go(address);
        self.leave(f, live, Outcome::Yield)
    }

    /// The process ends.
    pub(super) fn end(&mut self, f: &mut Frame, ending: Box<Ending>) -> Flow {
        f.spill(&self.body.heap);
        self.body.heap.clear_reserve();
        self.account(f);
        self.outcome = Outcome::Exit(ending);
        Flow::Stop
    }

    /// Returned from its first function with `x0`.
    pub(super) fn end_normal(&mut self, f: &mut Frame) -> Flow {
        f.spill(&self.body.heap);
        let value = self
            .body
            .has_flag(process_flag::KEEP_RESULT)
            .then(|| OwnedTerm::new(Frame::term(&self.body.heap, f.x(0))));
        self.end(f, Ending::normal(value))
    }

    fn account(&mut self, f: &mut Frame) {
        f.reds += std::mem::take(&mut self.held);
        let used = (self.given - f.reds).max(0) as u64;
        self.body.reductions.set(self.body.reductions.get() + used);
        self.given = f.reds;
        self.body.given.set(f.reds);
    }

    /// Reductions left, as the slice's owner wants them back.
    pub(super) fn reductions_left(&self) -> i64 {
        self.given
    }

    /// Reductions left right now.
    pub(super) fn left(&self, f: &Frame) -> i64 {
        f.reds + self.held
    }

    /// Spends more than the one of a call.
    pub(super) fn set_left(&mut self, f: &mut Frame, left: i64) {
        if self.held > 0 {
            self.held = left.max(1);
        } else {
            f.reds = left;
        }
    }

    /// After something allocated: makes the next call collect if that is due.
    pub(super) fn after_allocation(&mut self, f: &mut Frame) {
        f.reload(&self.body.heap);
        if self.held == 0 && self.body.heap.needs_collection() {
            self.held = f.reds.max(1);
            f.reds = 0;
        }
    }

    /// A call found no reductions: `f` is at the entry of the called function.
    #[cold]
    #[inline(never)]
    pub(super) fn out_of_reductions(&mut self, f: &mut Frame) -> Flow {
        let arity = self.arity_at(f);
        if self.held > 0 {
            f.reds = std::mem::take(&mut self.held) - 1;
            if self.collect_or_leave(f, 0, arity) == Flow::Stop {
                return Flow::Stop;
            }
            if f.reds > 0 {
                return Flow::Go;
            }
        }
        self.leave(f, arity, Outcome::Yield)
    }

    /// Arity of the function whose entry is at `f.pc`.
    pub(super) fn arity_at(&self, f: &Frame) -> usize {
        let w = f.fetch();
        match Frame::op(w) {
            LOp::BifStub | LOp::UndefStub | LOp::FuncClause => usize::from(a(w)),
            LOp::Trace if stub_arity(self.vm, w) > 0 => stub_arity(self.vm, w) - 1,
            _ => {
                let place = self.vm.code().instance_at(f.address()).and_then(|i| {
                    i.function_at(f.address())
                        .map(|n| usize::from(i.functions[n].arity))
                });
                place.expect("invariant: calls lead to entries")
            }
        }
    }

    /// Makes room for `need` words before an instruction that has done nothing yet; registers `x0..live` stay. A long collection leaves the
    /// scheduler to others, and the instruction begins anew. Not where a trace point is set: it has been passed already.
    #[cold]
    #[inline(never)]
    pub(super) fn collect_or_leave(&mut self, f: &mut Frame, need: usize, live: usize) -> Flow {
        let just_done = self.body.set_flag(COLLECTED, false);
        if just_done && self.body.heap.free_words() >= need + SLACK {
            return Flow::Go;
        }
        let traced = Frame::op(f.fetch()) == LOp::Trace;
        if traced || !self.vm.is_long_to_sweep(self.body.heap.words_to_sweep()) {
            return self.collect(f, need, live);
        }
        f.spill(&self.body.heap);
        self.body.heap.clear_reserve();
        if !self.body.heap.must_collect(need + SLACK) {
            return Flow::Go;
        }
        let what = Collection {
            need: need + SLACK,
            full: false,
        };
        self.leave(f, live, Outcome::Collect(what))
    }

    /// Makes room for `need` words here and now; registers `x0..live` stay.
    #[cold]
    #[inline(never)]
    pub(super) fn collect(&mut self, f: &mut Frame, need: usize, live: usize) -> Flow {
        f.spill(&self.body.heap);
        self.body.heap.clear_reserve();
        if !self.body.heap.must_collect(need + SLACK) {
            return Flow::Go;
        }
        let copied = self.body.heap.gc_stats().words_copied;
        let watch = crate::trace::collections::begins(self.vm, self.body, need, false);
        let mut shared = Vec::new();
        self.body.visit_shared_roots(&mut |w| shared.push(*w));
        let done = self
            .body
            .heap
            .collect(need + SLACK, &mut [f.live(live), &mut shared]);
        let mut kept = shared.into_iter();
        self.body
            .visit_shared_roots(&mut |w| *w = kept.next().expect("invariant: as many as before"));
        f.reload(&self.body.heap);
        self.charge_collection(f, copied);
        if let Some(watch) = watch {
            watch.ended(self.vm, self.body, done.reclaimed);
        }
        match may_go_on(self.vm, self.body, &done) {
            None => Flow::Go,
            Some(ending) => self.end(f, ending),
        }
    }

    /// Takes reductions for work that no call stands for: without it, a process that only multiplies large integers would keep a scheduler for seconds.
    pub(super) fn charge(&mut self, f: &mut Frame, reductions: i64) {
        if self.held > 0 {
            self.held = (self.held - reductions).max(1);
        } else {
            f.reds -= reductions;
        }
    }

    /// The same for what collections copied since that count was read.
    fn charge_collection(&mut self, f: &mut Frame, before: u64) {
        let copied = self.body.heap.gc_stats().words_copied - before;
        self.charge(f, copied as i64 / WORDS_A_REDUCTION);
    }

    /// Handles signals that have come; `Stop` when one of them ends the process.
    pub(super) fn signals(&mut self, f: &mut Frame) -> Flow {
        f.spill(&self.body.heap);
        let copied = self.body.heap.gc_stats().words_copied;
        match crate::process::signal::handle(self.vm, self.process, self.body) {
            Some(ending) => self.end(f, ending),
            None => {
                self.charge_collection(f, copied);
                self.after_allocation(f);
                Flow::Go
            }
        }
    }

    /// The cell of a function of the VM's own code, made if need be.
    pub(super) fn cell_of(&self, module: atoms::Atom, name: atoms::Atom, arity: u8) -> CellRef {
        self.vm.code().cells().ensure(module, name, arity)
    }
}

/// Whether a process may live on after a collection; else how it ends.
pub(crate) fn may_go_on(vm: &Vm, body: &ProcessBody, done: &Collected) -> Option<Box<Ending>> {
    // Under stress the same point would ask for the next one.
    body.set_flag(COLLECTED, vm.options.gc_stress != 0);
    if !done.over_limit && !done.over_budget {
        return None;
    }
    crate::trace::collections::over_limit(vm, body);
    Some(Ending::silent(OwnedTerm::atom(atoms::KILLED)))
}

/// The arity of a trace stub plus one; 0 for a patched entry.
fn stub_arity(vm: &Vm, w: u64) -> usize {
    (Frame::trace_slot(vm, w).flags() & crate::trace::slots::STUB) as usize
}
