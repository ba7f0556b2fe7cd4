//! The body of a process: what only the holder of its run right reaches.
//!
//! Built-in functions see it through a shared reference while the interpreter holds the run right, so what they change lies in cells. The
//! struct is kept small: a million of them, with their first blocks, should fit in 1.3 GB. What most processes never have is boxed.

use super::dict::Dict;
use super::links::Relations;
use super::mailbox::Mailbox;
use super::reply::Reply;
use super::saved_calls::{Saved, SavedCalls};
use super::{Ending, KeptState, Process};
use crate::atoms::Atom;
use crate::heap::{Collected, Heap, Pid, Word};
use crate::interp::Elsewhere;
use crate::sched::timers::ReceiveTimer;
use crate::sync::rooted::Rooted;
use crate::trace::processes::ProcessTrace;
use crate::vm::Vm;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Module, function, arity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mfa {
    pub module: Atom,
    pub function: Atom,
    pub arity: u8,
}

/// Numbers the bits of [`ProcessBody::flags`], so that no two are one.
macro_rules! process_flags {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// Bits of [`ProcessBody::flags`].
        pub mod process_flag {
            /// Their places.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Place { $($name),* }
            $($(#[$doc])* pub const $name: u32 = 1 << Place::$name as u32;)*
        }
    };
}

process_flags! {
    /// Exit signals become messages.
    TRAP_EXIT
    /// `message_queue_data` is `off_heap`: remembered and answered; messages lie outside until looked at in any case.
    OFF_HEAP_MESSAGES
    /// `sensitive`.
    SENSITIVE
    /// Waiting inside a built-in function: any signal wakes it.
    WAITING_IN_BIF
    /// Owns something outside (tables, ports): exit hooks must run.
    HOOKS
    /// Its result is wanted by the embedding program.
    KEEP_RESULT
    /// `monitor_nodes`-like subscriptions to changes of the time offset.
    TIME_OFFSET
    /// `async_dist`.
    ASYNC_DIST
    /// Hibernating: the heap was shrunk and the stack thrown away. Nothing but a message makes it run, and then it begins anew.
    HIBERNATING
    /// Its `in` event of this slice has been told.
    TOLD_IN
    /// Belongs to tracing itself: never traced.
    UNTRACED
    /// A long call of a built-in function runs, or ran, on a thread of its own: see `Extra::elsewhere`.
    ELSEWHERE
    /// The clock of `call_time` has run for it: see `Extra::timing`.
    TIMED
    /// Under stress: the collection it left its scheduler for is done.
    COLLECTED
    /// Linked to its parent from the very beginning.
    BORN_LINKED
    /// Its last calls are saved: see `Extra::save_calls`.
    SAVES_CALLS
    /// Has just given up its slice by `yield/0`.
    YIELDED
}
use process_flag::*;

/// What runs in a process.
pub enum Exec {
    /// Erlang code: resumes at this code address with the saved registers; 0 starts `initial_call` with the registers as arguments.
    Code(u64),
    /// Rust code, for tests and for the VM's own service processes.
    Native(Box<dyn Native>),
    /// It is running right now.
    Taken,
}

/// A process written in Rust.
pub trait Native: Send {
    /// Runs a slice.
    fn run(&mut self, slice: &mut Slice<'_>) -> Outcome;
}

impl<F: FnMut(&mut Slice<'_>) -> Outcome + Send> Native for F {
    fn run(&mut self, slice: &mut Slice<'_>) -> Outcome {
        self(slice)
    }
}

/// One turn of a process on a scheduler.
pub struct Slice<'a> {
    pub vm: &'a Vm,
    pub process: &'a Process,
    pub body: &'a mut ProcessBody,
    /// Reductions left; the slice ends when they are used up.
    pub reductions: i64,
}

impl Slice<'_> {
    /// Moves signals from the inbox into the mailbox and the links; `Some` when one of them ends the process.
    pub fn handle_signals(&mut self) -> Option<Box<Ending>> {
        super::signal::handle(self.vm, self.process, self.body)
    }
}

/// How a slice ended.
pub enum Outcome {
    /// More to do.
    Yield,
    /// In a receive with nothing that matches: until a message or the receive timer comes.
    Wait,
    /// In a built-in function that waits: until any signal comes.
    WaitInBif,
    /// In a built-in function that is to run on a thread of its own.
    Elsewhere,
    /// Before a collection that takes long and is to run on a thread of its own.
    Collect(Collection),
    /// The process ends.
    Exit(Box<Ending>),
}

/// A collection to be made.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// Words that must be free afterwards.
    pub need: usize,
    /// Asked for by name: sweeps everything.
    pub full: bool,
}

/// Where the clock of `call_time` and the words of `call_memory` stand.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    pub mfa: Mfa,
    /// The slot of its trace point.
    pub slot: u32,
    pub since_ns: i64,
    pub since_words: u64,
    /// Calls not yet in the account.
    pub calls: u64,
}

/// Things few processes have.
#[derive(Default)]
pub struct Extra {
    pub min_heap_size: Option<usize>,
    pub min_bin_vheap_size: Option<usize>,
    pub fullsweep_after: Option<u32>,
    pub save_calls: SavedCalls,
    pub error_handler: Option<Atom>,
    pub max_heap: Option<MaxHeap>,
    pub label: Option<Rooted>,
    /// What is traced of it, by session.
    pub traces: Vec<ProcessTrace>,
    /// The function whose `call_time` runs now, and when the process left its scheduler.
    pub timing: Option<Timing>,
    pub paused_ns: i64,
    /// Where it stands in the sequential trace.
    pub seq: crate::trace::seq::Standing,
    /// What its slices keep for system events.
    pub system: crate::trace::system::Standing,
    pub suspended_by: Vec<(Pid, u32)>,
    pub suspending: Vec<(Pid, u32)>,
    /// The states that an event manager keeps, one for each handler's module.
    pub handlers: Vec<KeptState>,
    /// Of the stack trace made last, the frames of code that was not current.
    pub old_frames: Vec<OldFrame>,
    pub elsewhere: Option<Elsewhere>,
}

/// A frame of code that is not current, in the stack trace made last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OldFrame {
    pub mfa: Mfa,
    /// 0: none.
    pub line: u32,
    pub version: u32,
}

/// The `max_heap_size` flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxHeap {
    pub size: usize,
    pub kill: bool,
    pub error_logger: bool,
    pub include_shared_binaries: bool,
}

impl MaxHeap {
    /// Words beyond which a process ends; 0: never.
    pub fn kills_above(self) -> usize {
        if self.kill { self.size } else { 0 }
    }
}

/// The state of a process.
pub struct ProcessBody {
    pub heap: Heap,
    pub pid: Pid,
    pub parent: Option<Pid>,
    pub exec: Exec,
    /// Live x registers while it is switched out.
    pub regs: Vec<Word>,
    pub initial_call: Mfa,
    pub flags: Cell<u32>,
    /// The union of the trace flags of all sessions, see `trace/`; 0 when nobody traces.
    pub trace_flags: Cell<u32>,
    /// The one session that traces its calls, and shows them all: its gates may suppress them (see `trace/gates`). 0: look closer.
    pub call_session: Cell<u32>,
    /// It began with trace flags, and so says itself that it was spawned.
    pub born_traced: Cell<bool>,
    pub reductions: Cell<u64>,
    /// Reductions left when those of this slice were last counted.
    pub given: Cell<i64>,
    pub mailbox: RefCell<Mailbox>,
    pub dict: RefCell<Dict>,
    pub relations: RefCell<Option<Box<Relations>>>,
    pub extra: RefCell<Option<Box<Extra>>>,
    /// The state it keeps for a behaviour.
    pub kept: Cell<Option<KeptState>>,
    pub group_leader: Cell<Pid>,
    pub receive_timer: Cell<ReceiveTimer>,
    pub reply: RefCell<Option<Arc<Reply>>>,
    /// Code address of the built-in function call that runs now.
    pub at: Cell<u64>,
    /// Something it waits for has come (set by the signal handler).
    pub woken: bool,
}

impl ProcessBody {
    pub fn has_flag(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets or clears a flag and answers what it was.
    pub fn set_flag(&self, flag: u32, on: bool) -> bool {
        let old = self.flags.get();
        self.flags.set(if on { old | flag } else { old & !flag });
        old & flag != 0
    }

    pub fn traps_exits(&self) -> bool {
        self.has_flag(TRAP_EXIT)
    }

    /// Saves the last `most` calls from the next slice on. Answers how many were saved until now.
    pub fn save_calls(&self, most: usize) -> usize {
        self.set_flag(SAVES_CALLS, most > 0);
        self.with_extra(|extra| extra.save_calls.keep(most))
    }

    /// Notes what it does, if that is saved.
    #[cold]
    pub fn saved(&self, what: Saved) {
        self.if_extra(|extra| extra.save_calls.note(what));
    }

    /// Works on links, monitors and aliases; makes the box when there was none.
    pub fn with_relations<R>(&self, work: impl FnOnce(&mut Relations) -> R) -> R {
        work(self.relations.borrow_mut().get_or_insert_default())
    }

    /// Like [`Self::with_relations`], but a process without any answers the default.
    pub fn if_relations<R: Default>(&self, work: impl FnOnce(&mut Relations) -> R) -> R {
        self.relations
            .borrow_mut()
            .as_mut()
            .map(|relations| work(relations))
            .unwrap_or_default()
    }

    /// Works on the rarely used settings.
    pub fn with_extra<R>(&self, work: impl FnOnce(&mut Extra) -> R) -> R {
        work(self.extra.borrow_mut().get_or_insert_default())
    }

    /// Like [`Self::with_extra`], but a process without any answers the default.
    pub fn if_extra<R: Default>(&self, work: impl FnOnce(&mut Extra) -> R) -> R {
        self.extra
            .borrow_mut()
            .as_mut()
            .map(|extra| work(extra))
            .unwrap_or_default()
    }

    /// Every word outside the stack that the collector must keep and may move; the saved registers included.
    pub fn visit_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.regs.iter_mut().for_each(&mut *visit);
        self.visit_shared_roots(visit);
    }

    /// The same without the saved registers, for the running process.
    pub fn visit_shared_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.mailbox.get_mut().roots(visit);
        self.dict.get_mut().roots(visit);
        let Some(extra) = self.extra.get_mut().as_mut() else {
            return;
        };
        if let Some(label) = extra.label.as_mut() {
            visit(label.word_mut());
        }
        if let Some(elsewhere) = extra.elsewhere.as_mut() {
            elsewhere.visit_roots(visit);
        }
    }

    /// A full collection on request. Only where no register but the saved ones is live: at slice start, in a receive, behind a call.
    pub fn collect_now(&mut self, vm: &Vm) {
        let everything = Collection {
            need: 0,
            full: true,
        };
        self.collect_parked(vm, everything);
    }

    /// A collection where no register but the saved ones is live.
    pub fn collect_parked(&mut self, vm: &Vm, what: Collection) -> Collected {
        let Collection { need, full } = what;
        let watch = crate::trace::collections::begins(vm, self, need, full);
        let mut roots = Vec::new();
        self.visit_roots(&mut |word| roots.push(*word));
        let figures = if full {
            self.heap.collect_full(need, &mut [&mut roots])
        } else {
            self.heap.collect(need, &mut [&mut roots])
        };
        let mut kept = roots.into_iter();
        self.visit_roots(&mut |word| {
            *word = kept.next().expect("invariant: as many roots as before")
        });
        if let Some(watch) = watch {
            watch.ended(vm, self, figures.reclaimed);
        }
        figures
    }

    /// Bytes of memory, as `process_info(_, memory)` counts them.
    pub fn memory(&self) -> usize {
        size_of::<Process>() + 8 * (self.heap.total_words() + self.mailbox.borrow().owned_words())
    }
}
