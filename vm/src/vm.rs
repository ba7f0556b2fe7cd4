//! The VM as a whole and its builder: the embedding API. There are no process-wide statics; several VMs may live in one program.

use crate::atoms::AtomTable;
use crate::bifs::BifTable;
use crate::code::CodeServer;
use crate::code::quiesce::SlicesPassed;
use crate::heap::{HeapEnv, Pid, Port};
use crate::process::links::Peer;
use crate::process::registry::Registry;
use crate::process::table::ProcessTable;
use crate::process::{Outcome, Process, ProcessBody, Signal, Slice};
use crate::sched::Schedulers;
use crate::sched::clock::Clock;
use crate::sched::dirty::DirtyPool;
use crate::sched::timers::Timers;
use crate::sync::run_right::flag;
use parking_lot::{Condvar, Mutex, RwLock};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

/// Modules of the standard library by name, as bytecode files that were verified when the image was made; loaded when first called.
/// Headers have names such as `eunit/include/eunit.hrl`; [`crate::io::library_tree::HEADERS`] lists them.
pub type Image = Arc<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// Runs a slice of Erlang code.
pub type Engine = fn(&mut Slice<'_>) -> Outcome;

/// Something to do when a process with that pid ends (tables, ports).
pub type ExitHook = Box<dyn Fn(&Vm, Pid) + Send + Sync>;

/// As many processes as Erlang/OTP 27 allows by default.
pub const DEFAULT_MAX_PROCESSES: usize = 1_048_576;
/// Room for the names of everything that is built in; a smaller limit is raised to this.
const FEWEST_ATOMS: u32 = 8_192;
/// Output that is queued when the VM ends is written within this time, or lost.
const LAST_OUTPUT: Duration = Duration::from_secs(5);
/// Words of a heap whose collections may take about half a millisecond.
pub const LONG_COLLECTION: usize = 128 * 1024;
/// Reductions of a slice, as in OTP.
pub const DEFAULT_REDUCTIONS: i64 = 4_000;

/// What a VM is built from.
#[derive(Clone)]
pub struct Options {
    pub schedulers: usize,
    /// Each scheduler stays on a processor of its own.
    pub pin: bool,
    pub image: Option<Image>,
    pub memory_limit: Option<usize>,
    pub max_processes: usize,
    pub max_atoms: u32,
    /// Collect at every n-th collection point; 0: only when needed.
    pub gc_stress: u32,
    pub reductions: i64,
    /// Words of a heap whose collections leave the scheduler to others.
    pub long_collection: usize,
    /// Deterministic mode: one scheduler, seeded picks, simulated time.
    pub seed: Option<u64>,
    /// `node()`.
    pub node: String,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            schedulers: std::thread::available_parallelism().map_or(1, usize::from),
            pin: false,
            image: None,
            memory_limit: None,
            max_processes: DEFAULT_MAX_PROCESSES,
            max_atoms: crate::atoms::DEFAULT_LIMIT,
            gc_stress: 0,
            reductions: DEFAULT_REDUCTIONS,
            long_collection: LONG_COLLECTION,
            seed: None,
            node: "nonode@nohost".to_owned(),
        }
    }
}

/// Builds a [`Vm`].
#[derive(Clone, Default)]
pub struct Builder {
    options: Options,
}

macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty => $field:ident = $value:expr;)+) => {
        impl Builder {
            $($(#[$doc])* #[must_use] pub fn $name(mut self, $name: $type) -> Self {
                self.options.$field = $value;
                self
            })+
        }
    };
}

setters! {
    /// Number of scheduler threads.
    schedulers: usize => schedulers = schedulers;
    /// Whether each scheduler stays on a processor of its own, as far as there are so many.
    pin: bool => pin = pin;
    /// Where standard library modules come from.
    image: Image => image = Some(image);
    /// Bytes the whole VM may use.
    memory_limit: usize => memory_limit = Some(memory_limit);
    /// Processes at a time.
    max_processes: usize => max_processes = max_processes;
    /// Atoms in all.
    max_atoms: u32 => max_atoms = max_atoms;
    /// Collect at every n-th collection point.
    gc_stress: u32 => gc_stress = gc_stress;
    /// Reductions of a slice.
    reductions: i64 => reductions = reductions.max(1);
    /// Words of a heap whose collections run on a thread of their own.
    long_collection: usize => long_collection = long_collection;
    /// Deterministic mode.
    seed: u64 => seed = Some(seed);
    /// `node()`.
    node: String => node = node;
}

impl Builder {
    /// Makes the VM and starts its schedulers.
    pub fn build(self) -> std::io::Result<Arc<Vm>> {
        let mut options = self.options;
        if options.seed.is_some() {
            options.schedulers = 1;
        }
        let vm = Vm::assemble(options);
        crate::interp::install(&vm);
        Schedulers::start(&vm)?;
        Ok(vm)
    }
}

/// A virtual machine.
pub struct Vm {
    me: Weak<Vm>,
    pub options: Options,
    pub env: Arc<HeapEnv>,
    pub processes: ProcessTable,
    pub registry: Registry,
    pub schedulers: Schedulers,
    pub timers: Timers,
    pub clock: Clock,
    pub dirty: DirtyPool,
    /// Calls of built-in functions that take too long for a scheduler.
    pub long_calls: DirtyPool,
    /// Built-in functions.
    pub bifs: Arc<BifTable>,
    code: Arc<CodeServer>,
    /// ETS.
    pub ets: crate::ets::Tables,
    pub tracing: crate::trace::Tracing,
    pub persistent_terms: crate::bifs::shared::PersistentTerms,
    /// Regular expressions in use.
    pub patterns: crate::bifs::re::PatternCache,
    /// The interpreter.
    pub engine: OnceLock<Engine>,
    /// Code and built-in functions.
    pub(crate) runtime: OnceLock<crate::interp::Runtime>,
    /// Reductions of all processes.
    pub reductions: AtomicU64,
    /// What earlier `statistics/1` calls saw.
    pub statistics: crate::bifs::system::statistics::Last,
    /// Settings of heaps to come.
    pub heap_defaults: crate::bifs::process::defaults::Defaults,
    pub io: crate::io::IoSystem,
    /// Compilations that run, see `bifs/compile`.
    pub(crate) compiling: Arc<AtomicUsize>,
    exit_hooks: RwLock<Vec<ExitHook>>,
    halted: Mutex<Option<i32>>,
    /// Set by `init:restart`: the host is to begin anew, in this mode of loading code.
    restart: Mutex<Option<String>>,
    halt_changed: Condvar,
}

impl Vm {
    /// Options of a VM that is to be built.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Would a collection among so many words keep a scheduler from others for too long?
    pub fn is_long_to_sweep(&self, words: usize) -> bool {
        words > self.options.long_collection && self.options.seed.is_none()
    }

    fn assemble(options: Options) -> Arc<Vm> {
        let env = HeapEnv::new(Arc::new(AtomTable::new(
            options.max_atoms.max(FEWEST_ATOMS),
        )));
        if let Some(bytes) = options.memory_limit {
            env.budget.set_limit(bytes);
        }
        env.gc_stress.store(options.gc_stress, Ordering::Relaxed);
        let schedulers = Schedulers::new(options.schedulers);
        let bifs = BifTable::new(&env.atoms)
            .expect("invariant: the atom table has room for built-in names");
        let bifs = Arc::new(bifs);
        let code = crate::code::code_server(Arc::clone(&env), Arc::clone(&bifs));
        let vm = Arc::new_cyclic(|me| Vm {
            me: me.clone(),
            processes: ProcessTable::new(options.max_processes),
            registry: Registry::default(),
            timers: Timers::new(schedulers.count()),
            long_calls: DirtyPool::of(schedulers.count()),
            schedulers,
            clock: Clock::new(options.seed.is_some()),
            dirty: DirtyPool::default(),
            ets: crate::ets::Tables::default(),
            tracing: crate::trace::Tracing::default(),
            persistent_terms: crate::bifs::shared::PersistentTerms::default(),
            patterns: crate::bifs::re::PatternCache::default(),
            engine: OnceLock::new(),
            runtime: OnceLock::new(),
            reductions: AtomicU64::new(0),
            statistics: Default::default(),
            heap_defaults: Default::default(),
            io: crate::io::IoSystem::default(),
            compiling: Arc::default(),
            exit_hooks: RwLock::default(),
            halted: Mutex::new(None),
            restart: Mutex::new(None),
            halt_changed: Condvar::new(),
            bifs,
            code,
            env,
            options,
        });
        vm.code.set_quiesce(Box::new(SlicesPassed::new(vm.weak())));
        vm
    }

    /// Loaded code.
    pub fn code(&self) -> &Arc<CodeServer> {
        &self.code
    }

    /// A handle that does not keep the VM alive.
    pub fn weak(&self) -> Weak<Vm> {
        self.me.clone()
    }

    /// The slot of a process that is there (the caller runs it).
    pub fn own_process(&self, body: &ProcessBody) -> &Process {
        self.processes
            .slot(body.pid.slot())
            .expect("invariant: a running process has a slot")
    }

    /// The atom table.
    pub fn atoms(&self) -> &AtomTable {
        &self.env.atoms
    }

    /// Something to do at the end of each process that has the `HOOKS` flag.
    pub fn add_exit_hook(&self, hook: ExitHook) {
        self.exit_hooks.write().push(hook);
    }

    pub(crate) fn run_exit_hooks(&self, pid: Pid) {
        crate::bifs::ets::tables::process_exited(self, pid);
        self.io.channels.owner_ended(pid);
        self.exit_hooks
            .read()
            .iter()
            .for_each(|hook| hook(self, pid));
    }

    pub(crate) fn registry_forget(&self, pid: Pid, flags: u64) -> Option<crate::atoms::Atom> {
        if flags & flag::NAMED == 0 {
            return None;
        }
        self.registry.forget(Peer::Process(pid))
    }

    /// Signals a port. A port that does not exist answers like a process that does not.
    pub(crate) fn signal_port(&self, port: Port, signal: Signal) {
        crate::io::ports::signal(self, port, signal);
    }

    /// Ends the VM with this status: the schedulers stop after their slices.
    pub fn halt(&self, status: i32) {
        let mut halted = self.halted.lock();
        halted.get_or_insert(status);
        self.halt_changed.notify_all();
        drop(halted);
        self.schedulers.stop();
    }

    /// Blocks the calling thread until the VM halts.
    pub fn wait_halt(&self) -> i32 {
        let mut halted = self.halted.lock();
        loop {
            if let Some(status) = *halted {
                return status;
            }
            self.halt_changed.wait(&mut halted);
        }
    }

    /// The status, if the VM has halted.
    pub fn halted(&self) -> Option<i32> {
        *self.halted.lock()
    }

    /// Ends the VM; whoever hosts it is asked to begin anew, with this mode of loading code.
    pub fn restart(&self, mode: String) {
        self.restart.lock().get_or_insert(mode);
        self.halt(0);
    }

    /// What [`Vm::restart`] was given, once.
    pub fn wants_restart(&self) -> Option<String> {
        self.restart.lock().take()
    }

    /// Stops the schedulers and waits for them.
    pub fn shutdown(&self) {
        self.halt(0);
        self.schedulers.join();
        self.tracing.last_lines();
        self.drain_ports(LAST_OUTPUT);
        self.io.poller.stop();
    }
}
