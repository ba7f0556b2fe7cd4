//! Which functions are traced and how: patterns by name, and the trace points made from them. Patterns survive a reload: [`Tracing::reapply`] sets
//! the points of a module anew, in the current version and in the old one.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::atoms::Atom;
use crate::code::ModuleInstance;
use crate::code::words::{LOp, word};
use crate::heap::{OwnedTerm, Pid};
use crate::matchspec::MatchSpec;
use crate::process::body::Mfa;
use crate::vm::Vm;

/// Which calls a pattern sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Calls from outside, through the export cell.
    Global,
    /// All calls.
    Local,
}

/// A match specification as given, and compiled.
pub struct Spec {
    /// The term that `trace_info` shows; `[]` for none.
    pub term: OwnedTerm,
    /// Compiled; `None` takes every call.
    pub spec: Option<MatchSpec>,
}

/// Calls and time of one function, by process.
#[derive(Default)]
pub struct Times {
    /// Calls and nanoseconds.
    pub by_process: Mutex<HashMap<Pid, (u64, u64)>>,
    /// Paused: nothing is added.
    pub paused: AtomicBool,
}

/// A call counter; negative when paused.
#[derive(Default)]
pub struct Counter {
    /// Calls so far.
    pub calls: AtomicI64,
    /// Paused: nothing is added.
    pub paused: AtomicBool,
}

/// Everything set on one function.
#[derive(Clone, Default)]
pub struct Pattern {
    /// Events of traced processes.
    pub calls: Option<(Scope, Arc<Spec>)>,
    /// Events of all processes, to a tracer of its own.
    pub meta: Option<(Pid, Arc<Spec>)>,
    /// `call_count`.
    pub count: Option<Arc<Counter>>,
    /// `call_time`.
    pub time: Option<Arc<Times>>,
    /// `call_memory`.
    pub memory: Option<Arc<Times>>,
}

impl Pattern {
    fn is_empty(&self) -> bool {
        self.calls.is_none()
            && self.meta.is_none()
            && self.count.is_none()
            && self.time.is_none()
            && self.memory.is_none()
    }

    /// Does anything need the entry of the function patched?
    fn needs_entry(&self) -> bool {
        self.calls.as_ref().is_some_and(|(s, _)| *s == Scope::Local)
            || self.meta.is_some()
            || self.count.is_some()
            || self.time.is_some()
            || self.memory.is_some()
    }

    fn needs_cell(&self) -> bool {
        self.calls
            .as_ref()
            .is_some_and(|(s, _)| *s == Scope::Global)
    }
}

/// What stands behind a trace point's address.
#[derive(Clone)]
pub struct Point {
    /// The function.
    pub mfa: Mfa,
    /// Was it reached through the export cell?
    pub global: bool,
    /// A patched entry: the word that was there.
    pub original: u64,
    /// What is set on the function; `None` once tracing was taken away (a process may still arrive).
    pub pattern: Option<Arc<Pattern>>,
}

#[derive(Default)]
struct Tables {
    patterns: HashMap<Mfa, Arc<Pattern>>,
    points: HashMap<u64, Point>,
    /// Stubs that export cells point to while a function is traced globally; kept for the life of the VM, since a process may be in one.
    stubs: HashMap<Mfa, Box<[AtomicU64; 2]>>,
    /// For modules loaded later.
    on_load: Option<(Pattern, OwnedTerm)>,
    /// Modules that were there when `on_load` was set, or have got it since.
    seen: HashSet<Atom>,
    /// Flags and tracer for new processes.
    new_processes: Option<(u32, Pid)>,
}

/// The tracing state of a VM.
#[derive(Default)]
pub struct Tracing {
    tables: RwLock<Tables>,
    /// Are new processes traced? Looked at by every spawn.
    pub any_new: AtomicBool,
    /// Trace messages sent.
    pub sent: AtomicU64,
    /// The word that traced functions return to.
    return_word: OnceLock<Box<[AtomicU64; 1]>>,
}

impl Tracing {
    fn read(&self) -> RwLockReadGuard<'_, Tables> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner)
    }
    fn write(&self) -> RwLockWriteGuard<'_, Tables> {
        self.tables.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Address of the word that functions with a trace record return to.
    pub fn trampoline(&self) -> u64 {
        let words = self
            .return_word
            .get_or_init(|| Box::new([AtomicU64::new(word(LOp::TraceReturn, 0, 0, 0))]));
        words.as_ptr() as u64
    }

    /// May a stack hold a trace record?
    pub fn any_records(&self) -> bool {
        self.return_word.get().is_some()
    }

    /// Adds a call and its time to a function's account.
    pub fn add_time(&self, mfa: Mfa, pid: Pid, ns: u64) {
        if let Some(times) = self.pattern(mfa).and_then(|p| p.time.clone()) {
            let mut by_process = times
                .by_process
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let (calls, sum) = by_process.entry(pid).or_default();
            *calls += 1;
            *sum += ns;
        }
    }

    /// The trace point at a code address.
    pub fn point(&self, address: u64) -> Option<Point> {
        self.read().points.get(&address).cloned()
    }

    /// What is set on a function.
    pub fn pattern(&self, mfa: Mfa) -> Option<Arc<Pattern>> {
        self.read().patterns.get(&mfa).cloned()
    }

    /// Every function with something set on it.
    pub fn traced(&self) -> Vec<Mfa> {
        self.read().patterns.keys().copied().collect()
    }

    /// Flags and tracer for new processes.
    pub fn new_processes(&self) -> Option<(u32, Pid)> {
        self.read().new_processes
    }

    /// Sets or clears flags for new processes.
    pub fn change_new(&self, bits: u32, on: bool, tracer: Option<Pid>) {
        let mut tables = self.write();
        let (old, old_tracer) = tables
            .new_processes
            .map_or((0, None), |(b, t)| (b, Some(t)));
        let left = if on { old | bits } else { old & !bits };
        tables.new_processes = tracer
            .or(old_tracer)
            .filter(|_| left != 0)
            .map(|t| (left, t));
        self.any_new
            .store(tables.new_processes.is_some(), Ordering::Release);
    }

    /// Sets what modules loaded from now on get.
    pub fn set_on_load(&self, vm: &Vm, pattern: Option<(Pattern, OwnedTerm)>) {
        let mut tables = self.write();
        tables.seen = vm.code().loaded().into_iter().collect();
        tables.on_load = pattern;
    }

    /// The specification for modules loaded later.
    pub fn on_load(&self) -> Option<OwnedTerm> {
        self.read().on_load.as_ref().map(|(_, term)| term.clone())
    }

    /// Changes what is set on a function, and its trace points with it. Answers whether the function is there.
    pub fn change(&self, vm: &Vm, mfa: Mfa, change: &mut dyn FnMut(&mut Pattern)) -> bool {
        let mut tables = self.write();
        let mut pattern = tables
            .patterns
            .get(&mfa)
            .map_or_else(Pattern::default, |p| Pattern::clone(p));
        change(&mut pattern);
        if pattern.is_empty() {
            tables.patterns.remove(&mfa);
            set_points(vm, &mut tables, mfa, None);
        } else {
            let pattern = Arc::new(pattern);
            tables.patterns.insert(mfa, pattern.clone());
            set_points(vm, &mut tables, mfa, Some(pattern));
        }
        true
    }

    /// Code was published: the points of every pattern are set anew.
    pub fn reapply_all(&self, vm: &Vm) {
        let modules: Vec<Atom> = {
            let tables = self.read();
            if tables.patterns.is_empty() && tables.on_load.is_none() {
                return;
            }
            let mut modules: Vec<Atom> = tables.patterns.keys().map(|m| m.module).collect();
            if tables.on_load.is_some() {
                modules.extend(
                    vm.code()
                        .loaded()
                        .into_iter()
                        .filter(|m| !tables.seen.contains(m)),
                );
            }
            modules
        };
        let distinct: HashSet<Atom> = modules.into_iter().collect();
        for module in distinct {
            self.reapply(vm, module);
        }
    }

    /// A module was loaded, deleted or purged: its functions' points are set anew; a module loaded after `on_load` was set gets that pattern.
    fn reapply(&self, vm: &Vm, module: Atom) {
        let mut tables = self.write();
        if let (Some((pattern, _)), Some(instance)) =
            (tables.on_load.clone(), vm.code().current(module))
            && tables.seen.insert(module)
        {
            for function in &instance.functions {
                let mfa = Mfa {
                    module,
                    function: function.name,
                    arity: function.arity,
                };
                tables
                    .patterns
                    .entry(mfa)
                    .or_insert_with(|| Arc::new(pattern.clone()));
            }
        }
        let of_module: Vec<(Mfa, Arc<Pattern>)> = tables
            .patterns
            .iter()
            .filter(|(m, _)| m.module == module)
            .map(|(m, p)| (*m, p.clone()))
            .collect();
        for (mfa, pattern) in of_module {
            set_points(vm, &mut tables, mfa, Some(pattern));
        }
    }
}

/// Makes the trace points of a function what its pattern asks for.
fn set_points(vm: &Vm, tables: &mut Tables, mfa: Mfa, pattern: Option<Arc<Pattern>>) {
    let entry = pattern.as_ref().is_some_and(|p| p.needs_entry());
    let code = vm.code();
    let mut has_code = false;
    for instance in [code.current(mfa.module), code.old(mfa.module)]
        .into_iter()
        .flatten()
    {
        if let Some(function) = instance.find(mfa.function, mfa.arity) {
            has_code = true;
            patch(tables, &instance, function, mfa, entry, pattern.as_ref());
        }
    }
    let cell = code.cells().get(mfa.module, mfa.function, mfa.arity);
    let is_bif = cell.as_ref().is_some_and(|c| c.bif.is_some());
    // A built-in function has no entry of its own: its cell is the only place where calls can be seen.
    let wanted = pattern
        .as_ref()
        .is_some_and(|p| p.needs_cell() || (is_bif && p.needs_entry()));
    let Some(cell) = cell else { return };
    let stub = tables.stubs.get(&mfa).map(|s| s.as_ptr() as u64);
    if wanted && (has_code || is_bif) {
        let arity = u16::from(mfa.arity);
        let stub = tables.stubs.entry(mfa).or_insert_with(|| {
            Box::new([
                AtomicU64::new(word(LOp::Trace, arity + 1, 0, 0)),
                AtomicU64::new(0),
            ])
        });
        let address = stub.as_ptr() as u64;
        tables.points.insert(
            address,
            Point {
                mfa,
                global: true,
                original: 0,
                pattern,
            },
        );
        cell.set_all(address);
    } else if let Some(stub) = stub {
        if let Some(point) = tables.points.get_mut(&stub) {
            point.pattern = None;
        }
        if cell.address(code.active_index()) == stub {
            cell.set_all(target(vm, mfa));
        }
    }
}

/// Where calls through the export cell would go without tracing.
pub fn target(vm: &Vm, mfa: Mfa) -> u64 {
    let code = vm.code();
    let cell = code.cells().ensure(mfa.module, mfa.function, mfa.arity);
    if cell.bif.is_some() {
        return cell.stub_address();
    }
    let exported = code
        .current(mfa.module)
        .and_then(|i| i.find(mfa.function, mfa.arity).map(|f| i.entry_address(f)));
    exported.unwrap_or_else(|| cell.stub_address())
}

fn patch(
    tables: &mut Tables,
    instance: &ModuleInstance,
    function: usize,
    mfa: Mfa,
    on: bool,
    pattern: Option<&Arc<Pattern>>,
) {
    let address = instance.entry_address(function);
    let at = &instance.words()[instance.functions[function].entry as usize];
    let there = at.load(Ordering::Relaxed);
    let patched = there as u16 == LOp::Trace as u16;
    match (on, patched) {
        (true, _) => {
            let original = if patched {
                tables.points.get(&address).map_or(there, |p| p.original)
            } else {
                there
            };
            tables.points.insert(
                address,
                Point {
                    mfa,
                    global: false,
                    original,
                    pattern: pattern.cloned(),
                },
            );
            if !patched {
                at.store(word(LOp::Trace, 0, 0, 0), Ordering::Relaxed);
            }
        }
        (false, true) => {
            if let Some(point) = tables.points.get_mut(&address) {
                // Kept: a process may have fetched the patched word just now.
                point.pattern = None;
                at.store(point.original, Ordering::Relaxed);
            }
        }
        (false, false) => {}
    }
}
