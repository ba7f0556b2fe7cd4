//! Making a process: a slot, a body, the start of its life, its links and monitors from the very beginning.

use super::body::{Exec, Extra, Mfa, Native, process_flag};
use super::host::HostWait;
use super::links::{Link, Peer, Relations, Watcher};
use super::{Process, ProcessBody};
use crate::atoms::{self, Atom};
use crate::heap::{Heap, HeapOptions, Pid, Term};
use crate::sync::run_right::flag;
use crate::trace::processes::Inherited;
use crate::vm::Vm;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Run-queue levels, the numbers of the state word.
pub const PRIORITY_NORMAL: u8 = 1;

/// The options of `spawn_opt`, and who asks.
pub struct SpawnOptions {
    pub parent: Option<Pid>,
    pub group_leader: Option<Pid>,
    pub priority: u8,
    pub flags: u32,
    /// Trace flags and tracers it starts with, by session.
    pub traces: Vec<Inherited>,
    pub heap: HeapOptions,
    /// Link to the parent; the parent's side is the caller's duty.
    pub link: bool,
    /// Monitored by the parent with this reference; the parent's side is the caller's duty.
    pub monitor: Option<u64>,
    pub host: Option<Arc<HostWait>>,
    /// Rare settings to begin with.
    pub extra: Option<Box<Extra>>,
}

impl Default for SpawnOptions {
    fn default() -> Self {
        SpawnOptions {
            parent: None,
            group_leader: None,
            priority: PRIORITY_NORMAL,
            flags: 0,
            traces: Vec::new(),
            heap: HeapOptions::default(),
            link: false,
            monitor: None,
            host: None,
            extra: None,
        }
    }
}

/// What the new process runs.
pub enum Start<'a, 'h> {
    /// `apply(M, F, Args)`; the arguments are copied.
    Call {
        module: Atom,
        function: Atom,
        args: &'a [Term<'h>],
    },
    Native(Box<dyn Native>),
}

/// There is no room for another process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyProcesses;

impl Vm {
    /// Makes a process and puts it into a run queue.
    pub fn spawn(
        &self,
        start: Start<'_, '_>,
        options: SpawnOptions,
    ) -> Result<Pid, TooManyProcesses> {
        self.spawn_after(start, options, |_| {})
    }

    /// The same; `before` sees the new process when it is complete and nobody can run or reach it yet.
    pub fn spawn_after(
        &self,
        start: Start<'_, '_>,
        mut options: SpawnOptions,
        before: impl FnOnce(&ProcessBody),
    ) -> Result<Pid, TooManyProcesses> {
        if !self.processes.admit() {
            return Err(TooManyProcesses);
        }
        let Some(slot) = self.take_slot() else {
            self.processes.dismiss();
            return Err(TooManyProcesses);
        };
        let process = self
            .processes
            .slot(slot)
            .expect("invariant: free slots exist");
        // The first tenant of a slot has serial 0, as the first pids print <0.N.0>.
        let serial = process.cell.next_serial();
        let pid = Pid::new(slot, serial);
        let mut right = process.cell.occupy(serial, options.priority);
        let heap = Heap::new(&self.env, options.heap);
        let traces = std::mem::take(&mut options.traces);
        let linked = options.link;
        // A purge walks over the processes once: whoever starts meanwhile has nothing of the old code's.
        let share = !self.code().is_purging();
        let body = new_body(pid, heap, start, options, share);
        if !traces.is_empty() {
            crate::trace::processes::adopt(&body, &traces);
            body.born_traced.set(body.trace_flags.get() != 0);
            body.set_flag(process_flag::BORN_LINKED, linked);
        }
        before(&body);
        *right = Some(body);
        process.inbox.open(serial);
        let wake = right.release(Some(true));
        self.wake(pid, wake);
        Ok(pid)
    }

    /// Makes a process written in Rust.
    pub fn spawn_native(&self, body: impl Native + 'static) -> Result<Pid, TooManyProcesses> {
        self.spawn(Start::Native(Box::new(body)), SpawnOptions::default())
    }

    /// Starts `M:F(Args)` for the embedding program, which may wait for its end.
    pub fn spawn_call(
        &self,
        module: &str,
        function: &str,
        args: &[Term<'_>],
    ) -> Result<(Pid, Arc<HostWait>), TooManyProcesses> {
        let host = Arc::new(HostWait::default());
        let atom = |text: &str| self.atoms().intern(text).map_err(|_| TooManyProcesses);
        let heap = Heap::new(&self.env, HeapOptions::default());
        let args: Vec<Term<'_>> = args.iter().map(|arg| heap.copy_in(*arg)).collect();
        let options = SpawnOptions {
            host: Some(host.clone()),
            flags: process_flag::KEEP_RESULT,
            ..SpawnOptions::default()
        };
        let pid = self.spawn(
            Start::Call {
                module: atom(module)?,
                function: atom(function)?,
                args: &args,
            },
            options,
        )?;
        Ok((pid, host))
    }
}

fn new_body(
    pid: Pid,
    heap: Heap,
    start: Start<'_, '_>,
    options: SpawnOptions,
    share_literals: bool,
) -> ProcessBody {
    let (exec, regs, initial_call) = match start {
        Start::Native(native) => (
            Exec::Native(native),
            Vec::new(),
            Mfa {
                module: atoms::UNDEFINED,
                function: atoms::UNDEFINED,
                arity: 0,
            },
        ),
        Start::Call {
            module,
            function,
            args,
        } => {
            let copy = |arg: &Term<'_>| match share_literals {
                true => heap.copy_sharing_literals(*arg).raw(),
                false => heap.copy_in(*arg).raw(),
            };
            let regs = args.iter().map(copy).collect();
            (
                Exec::Code(0),
                regs,
                Mfa {
                    module,
                    function,
                    arity: args.len() as u8,
                },
            )
        }
    };
    ProcessBody {
        heap,
        pid,
        parent: options.parent,
        exec,
        regs,
        initial_call,
        flags: Cell::new(options.flags),
        trace_flags: Cell::new(0),
        call_session: Cell::new(0),
        born_traced: Cell::new(false),
        reductions: Cell::new(0),
        given: Cell::new(0),
        mailbox: RefCell::default(),
        dict: RefCell::default(),
        relations: RefCell::new(first_relations(&options)),
        extra: RefCell::new(first_extra(&options.heap, options.extra)),
        kept: Cell::new(None),
        group_leader: Cell::new(options.group_leader.unwrap_or(pid)),
        receive_timer: Cell::default(),
        reply: RefCell::new(None),
        at: Cell::new(0),
        woken: false,
    }
}

fn first_relations(options: &SpawnOptions) -> Option<Box<Relations>> {
    let mut relations: Option<Box<Relations>> = None;
    if let Some(parent) = options.parent {
        if options.link {
            relations
                .get_or_insert_default()
                .links
                .insert(Peer::Process(parent), Link::Live);
        }
        if let Some(reference) = options.monitor {
            relations
                .get_or_insert_default()
                .watchers
                .insert(reference, Watcher::Process(parent, None));
        }
    }
    if let Some(host) = &options.host {
        relations
            .get_or_insert_default()
            .watchers
            .insert(0, Watcher::Host(host.clone()));
    }
    relations
}

fn first_extra(heap: &HeapOptions, extra: Option<Box<Extra>>) -> Option<Box<Extra>> {
    let usual = HeapOptions::default();
    let min = (heap.min_heap_size != usual.min_heap_size).then_some(heap.min_heap_size);
    let min_bin_vheap =
        (heap.min_bin_vheap_size != usual.min_bin_vheap_size).then_some(heap.min_bin_vheap_size);
    let fullsweep = (heap.fullsweep_after != usual.fullsweep_after).then_some(heap.fullsweep_after);
    if min.is_none() && min_bin_vheap.is_none() && fullsweep.is_none() {
        return extra;
    }
    let mut extra = extra.unwrap_or_default();
    extra.min_heap_size = min;
    extra.min_bin_vheap_size = min_bin_vheap;
    extra.fullsweep_after = fullsweep;
    Some(extra)
}

/// One more reason to stand still.
pub fn begin_suspension(process: &Process, body: &mut ProcessBody, by: Pid) {
    body.with_extra(
        |extra| match extra.suspended_by.iter_mut().find(|(pid, _)| *pid == by) {
            Some((_, count)) => *count += 1,
            None => extra.suspended_by.push((by, 1)),
        },
    );
    process.cell.set_flags(body.pid.serial(), flag::SUSPENDED);
}

/// Removes all of one process's reasons; the last one gone, it runs on.
pub fn end_suspension(process: &Process, body: &mut ProcessBody, by: Pid) {
    let left = body.with_extra(|extra| {
        extra.suspended_by.retain(|(pid, _)| *pid != by);
        extra.suspended_by.len()
    });
    if left == 0 {
        process.cell.clear_flags(body.pid.serial(), flag::SUSPENDED);
    }
}
