//! What is set on functions, by session, and the trace points made from it. Patterns are kept by name and survive a reload: the points of a
//! module are set anew, in the current version and in the old one.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use smallvec::SmallVec;

use super::aggregation::Aggregation;
use super::gates::EVALUATED;
use super::outcome::Outcome;
use super::session::Session;
use super::slots::{self, Slots};
pub use super::times::Times;
use super::tracer::Tracer;
use crate::atoms::Atom;
use crate::code::ModuleInstance;
use crate::code::words::LOp;
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

/// A call counter.
#[derive(Default)]
pub struct Counter {
    /// Calls so far.
    pub calls: AtomicI64,
    /// Paused: nothing is added.
    pub paused: AtomicBool,
}

/// Events of traced processes.
#[derive(Clone)]
pub struct Calls {
    pub scope: Scope,
    pub spec: Arc<Spec>,
    /// The pattern's number in its session; 0 for those of `trace_pattern`.
    pub label: u32,
    /// Show the call only if its end is like this.
    pub outcome: Option<Arc<Outcome>>,
    /// A call begins a request, in a session with a scope.
    pub enters: bool,
    /// Count here instead of showing anything.
    pub aggregation: Option<Arc<Aggregation>>,
}

/// Everything one session has set on one function.
#[derive(Clone, Default)]
pub struct Pattern {
    pub calls: Option<Calls>,
    /// Events of all processes, to a tracer of its own.
    pub meta: Option<(Arc<Tracer>, Arc<Spec>)>,
    /// The specification of a meta trace whose tracer module does not want to be one any more: only `trace_info` shows it.
    pub meta_lost: Option<Arc<Spec>>,
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
            && self.meta_lost.is_none()
            && self.count.is_none()
            && self.time.is_none()
            && self.memory.is_none()
    }

    /// Does anything need the entry of the function patched?
    fn needs_entry(&self) -> bool {
        self.calls.as_ref().is_some_and(|c| c.scope == Scope::Local)
            || self.meta.is_some()
            || self.count.is_some()
            || self.time.is_some()
            || self.memory.is_some()
    }

    fn needs_cell(&self) -> bool {
        self.calls
            .as_ref()
            .is_some_and(|c| c.scope == Scope::Global)
    }
}

/// One session's pattern on a function.
#[derive(Clone)]
pub struct Entry {
    pub session: Arc<Session>,
    pub pattern: Pattern,
}

/// What stands behind a trace point.
pub struct Point {
    /// The function.
    pub mfa: Mfa,
    /// Was it reached through the export cell?
    pub global: bool,
    /// Version of the module whose entry it is; 0 at an export cell.
    pub version: u32,
    /// Its own slot.
    pub slot: u32,
    /// The slot counts the calls of the one session that wants them counted.
    pub counted: bool,
    pub entries: Vec<Entry>,
}

impl Point {
    /// The specification that decides alone whether a call is wanted: of the only entry, if that wants nothing but events of calls.
    pub fn sieve(&self) -> Option<&MatchSpec> {
        let [entry] = &self.entries[..] else {
            return None;
        };
        let Pattern {
            calls: Some(calls),
            meta: None,
            meta_lost: _,
            count: None,
            time: None,
            memory: None,
        } = &entry.pattern
        else {
            return None;
        };
        calls.spec.spec.as_ref()
    }

    /// The session whose calls gates may close: the only one here, with nothing but events for its own formatter. With [`EVALUATED`] if its specification
    /// has to be asked first; 0 if every call must be looked at.
    fn watched(&self) -> u32 {
        let [entry] = &self.entries[..] else { return 0 };
        let p = &entry.pattern;
        let others =
            p.meta.is_some() || p.count.is_some() || p.time.is_some() || p.memory.is_some();
        let Some(calls) = p.calls.as_ref().filter(|_| !others) else {
            return 0;
        };
        let closer =
            calls.outcome.is_some() || calls.aggregation.is_some() || entry.session.scope.is_on();
        if entry.session.sink().is_none() || closer {
            return 0;
        }
        match &calls.spec.spec {
            Some(spec) if !spec.takes_every_call() => entry.session.id | EVALUATED,
            Some(_) | None => entry.session.id,
        }
    }
}

/// What the slot of a function has to do for every call: count, if one session wants that and does not pause; look at the point, if there is more.
fn slot_flags(entries: &[Entry]) -> u64 {
    let mut counters = entries.iter().filter_map(|e| e.pattern.count.as_ref());
    let one = counters.next();
    let more = counters.next().is_some();
    let metas = entries.iter().any(|e| e.pattern.meta.is_some());
    let paused = one.is_some_and(|c| c.paused.load(Ordering::Relaxed));
    let live = entries.iter().all(|e| e.session.is_live());
    match (one.is_some() && !paused, more || !live, metas) {
        (true, false, false) => slots::COUNTED,
        (true, false, true) => slots::COUNTED | slots::ALWAYS,
        (true, true, _) | (false, true, _) | (false, false, true) => slots::ALWAYS,
        (false, false, false) => 0,
    }
}

/// Words that an export cell points to while its function is traced globally.
struct Stub {
    words: Box<[AtomicU64; 2]>,
    slot: u32,
}

#[derive(Default)]
struct Tables {
    patterns: HashMap<Mfa, Vec<Entry>>,
    /// Patched entries: address and slot.
    entries: HashMap<Mfa, SmallVec<[(u64, u32); 2]>>,
    /// Kept for the life of the VM, since a process may be in one.
    stubs: HashMap<Mfa, Stub>,
    /// For modules loaded later.
    on_load: Vec<(Arc<Session>, Pattern)>,
    /// Modules that were there when `on_load` was set, or have got it since.
    seen: HashSet<Atom>,
}

/// All patterns of a VM.
#[derive(Default)]
pub struct Patterns {
    pub slots: Arc<Slots>,
    tables: Mutex<Tables>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Patterns {
    /// Moves what slots have counted of a function into the counter of the session that wants it.
    fn fold_counts(&self, tables: &Tables, mfa: Mfa) {
        let slots = tables.entries.get(&mfa).into_iter().flatten().map(|e| e.1);
        let stub = tables.stubs.get(&mfa).map(|s| s.slot);
        let calls: u64 = slots.chain(stub).map(|s| self.slots.take_count(s)).sum();
        let entries = tables.patterns.get(&mfa).into_iter().flatten();
        if let Some(counter) = entries.filter_map(|e| e.pattern.count.as_ref()).next() {
            counter.calls.fetch_add(calls as i64, Ordering::Relaxed);
        }
    }

    /// What a session has set on a function.
    pub fn of(&self, session: u32, mfa: Mfa) -> Option<Pattern> {
        let tables = lock(&self.tables);
        self.fold_counts(&tables, mfa);
        let entries = tables.patterns.get(&mfa)?;
        let entry = entries.iter().find(|e| e.session.id == session)?;
        Some(entry.pattern.clone())
    }

    /// Functions a session has something on.
    pub fn functions(&self, session: u32) -> Vec<Mfa> {
        let tables = lock(&self.tables);
        let of = |entries: &Vec<Entry>| entries.iter().any(|e| e.session.id == session);
        let found = tables.patterns.iter().filter(|(_, entries)| of(entries));
        found.map(|(mfa, _)| *mfa).collect()
    }

    /// Sets what modules loaded from now on get in a session.
    pub fn set_on_load(&self, vm: &Vm, session: &Arc<Session>, set: Option<Pattern>) {
        let mut tables = lock(&self.tables);
        tables.seen = vm.code().loaded().into_iter().collect();
        tables.on_load.retain(|(s, ..)| s.id != session.id);
        tables
            .on_load
            .extend(set.map(|pattern| (Arc::clone(session), pattern)));
    }

    /// What functions of modules loaded later get.
    pub fn on_load(&self, session: u32) -> Option<Pattern> {
        let tables = lock(&self.tables);
        let found = tables.on_load.iter().find(|(s, ..)| s.id == session);
        found.map(|(_, pattern)| pattern.clone())
    }

    /// Changes what a session has set on functions, and their trace points.
    pub fn change(
        &self,
        vm: &Vm,
        session: &Arc<Session>,
        functions: &[Mfa],
        change: &mut dyn FnMut(&mut Pattern),
    ) {
        let mut tables = lock(&self.tables);
        for mfa in functions {
            self.fold_counts(&tables, *mfa);
            let entries = tables.patterns.entry(*mfa).or_default();
            let at = entries.iter().position(|e| e.session.id == session.id);
            let mut pattern = at.map_or_else(Pattern::default, |at| entries[at].pattern.clone());
            change(&mut pattern);
            match (at, pattern.is_empty()) {
                (Some(at), true) => {
                    entries.remove(at);
                    session.functions_changed(-1);
                }
                (Some(at), false) => entries[at].pattern = pattern,
                (None, true) => {}
                (None, false) => {
                    entries.push(Entry {
                        session: Arc::clone(session),
                        pattern,
                    });
                    session.functions_changed(1);
                }
            }
            if entries.is_empty() {
                tables.patterns.remove(mfa);
            }
            self.set_points(vm, &mut tables, *mfa);
        }
        drop(tables);
        vm.code().poll();
    }

    /// A tracer module gives up the calls of a function: nobody is asked about them any more.
    pub fn lose_meta(&self, vm: &Vm, mfa: Mfa, tracer: Pid) {
        let lost = |p: &Pattern| {
            p.meta
                .as_ref()
                .is_some_and(|(t, _)| t.pid() == Some(tracer))
        };
        for session in vm.tracing.all_sessions() {
            if self.of(session.id, mfa).is_some_and(|p| lost(&p)) {
                self.change(vm, &session, &[mfa], &mut |p| {
                    if lost(p) {
                        p.meta_lost = p.meta.take().map(|(_, spec)| spec);
                    }
                });
            }
        }
    }

    /// Takes everything of a session away.
    pub fn remove_session(&self, vm: &Vm, session: &Arc<Session>) {
        lock(&self.tables)
            .on_load
            .retain(|(s, ..)| s.id != session.id);
        let functions = self.functions(session.id);
        self.change(vm, session, &functions, &mut |pattern| {
            *pattern = Pattern::default()
        });
    }

    /// Code was published: the points of every pattern are set anew; a module loaded after `on_load` was set gets that pattern.
    pub fn reapply_all(&self, vm: &Vm) {
        let mut tables = lock(&self.tables);
        if tables.patterns.is_empty() && tables.on_load.is_empty() && tables.entries.is_empty() {
            return;
        }
        if !tables.on_load.is_empty() {
            for module in vm.code().loaded() {
                if tables.seen.insert(module)
                    && let Some(instance) = vm.code().current(module)
                {
                    give_on_load(&mut tables, &instance);
                }
            }
        }
        let mut functions: HashSet<Mfa> = tables.patterns.keys().copied().collect();
        functions.extend(tables.entries.keys().copied());
        for mfa in functions {
            self.set_points(vm, &mut tables, mfa);
        }
    }

    /// Publishes code by `publish`. Its entries get their trace points first, so that none of its calls goes unseen; if nothing was published they get
    /// their own words back.
    pub fn around_publication<E>(
        &self,
        vm: &Vm,
        loads: &[Arc<ModuleInstance>],
        publish: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let mut tables = lock(&self.tables);
        let mut prepared = Vec::new();
        for instance in loads {
            prepared.extend(self.prepare(vm, &tables, instance));
        }
        let done = publish();
        if done.is_err() {
            for (instance, function, _, (_, slot)) in prepared {
                self.patch(vm, instance, function, Some(slot), None, 0);
            }
            return done;
        }
        for (.., mfa, entry) in prepared {
            tables.entries.entry(mfa).or_default().push(entry);
        }
        drop(tables);
        self.reapply_all(vm);
        done
    }

    /// Patches the entries of an instance that nobody runs yet: the instance, the function's place, its name, address and slot.
    fn prepare<'i>(
        &self,
        vm: &Vm,
        tables: &Tables,
        instance: &'i ModuleInstance,
    ) -> Vec<(&'i ModuleInstance, usize, Mfa, (u64, u32))> {
        let own = |(mfa, entries): &(&Mfa, &Vec<Entry>)| {
            mfa.module == instance.module && entries.iter().any(|e| e.pattern.needs_entry())
        };
        let patterns = tables.patterns.iter().filter(own);
        let patched = patterns.filter_map(|(mfa, entries)| {
            let function = instance.find(mfa.function, mfa.arity)?;
            // Code that was current before, and is again, has its trace points.
            let address = instance.entry_address(function);
            let known = tables.entries.get(mfa).into_iter().flatten();
            if known.into_iter().any(|(at, _)| *at == address) {
                return None;
            }
            let flags = slot_flags(entries);
            let point = Point {
                mfa: *mfa,
                global: false,
                version: instance.version,
                slot: 0,
                counted: flags & slots::COUNTED != 0,
                entries: entries.clone(),
            };
            let entry = self.patch(vm, instance, function, None, Some(point), flags)?;
            Some((instance, function, *mfa, entry))
        });
        patched.collect()
    }

    /// Makes the trace points of a function what its patterns ask for.
    fn set_points(&self, vm: &Vm, tables: &mut Tables, mfa: Mfa) {
        let entries = tables.patterns.get(&mfa).cloned().unwrap_or_default();
        let wants_entry = entries.iter().any(|e| e.pattern.needs_entry());
        let flags = slot_flags(&entries);
        let code = vm.code();
        let mut known = tables.entries.remove(&mfa).unwrap_or_default();
        let mut kept: SmallVec<[(u64, u32); 2]> = SmallVec::new();
        let mut has_code = false;
        for instance in [code.current(mfa.module), code.old(mfa.module)]
            .into_iter()
            .flatten()
        {
            let Some(function) = instance.find(mfa.function, mfa.arity) else {
                continue;
            };
            has_code = true;
            let address = instance.entry_address(function);
            let at = known.iter().position(|(a, _)| *a == address);
            let slot = at.map(|at| known.swap_remove(at).1);
            let point = wants_entry.then(|| Point {
                mfa,
                global: false,
                version: instance.version,
                slot: 0,
                counted: flags & slots::COUNTED != 0,
                entries: entries.clone(),
            });
            kept.extend(self.patch(vm, &instance, function, slot, point, flags));
        }
        // Slots of versions that are gone.
        for (_, slot) in known {
            self.publish(slot, None);
            self.give_later(vm, slot);
        }
        if !kept.is_empty() {
            tables.entries.insert(mfa, kept);
        }
        self.set_cell(vm, tables, mfa, entries, has_code);
    }

    fn set_cell(
        &self,
        vm: &Vm,
        tables: &mut Tables,
        mfa: Mfa,
        entries: Vec<Entry>,
        has_code: bool,
    ) {
        let code = vm.code();
        let Some(cell) = code.cells().get(mfa.module, mfa.function, mfa.arity) else {
            return;
        };
        let is_bif = cell.bif.is_some();
        // A built-in function has no entry of its own: its cell is the only place where calls can be seen.
        let wanted = (has_code || is_bif)
            && entries
                .iter()
                .any(|e| e.pattern.needs_cell() || is_bif && e.pattern.needs_entry());
        if wanted {
            let stub = match tables.stubs.entry(mfa) {
                std::collections::hash_map::Entry::Occupied(stub) => stub.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => {
                    let Some(slot) = self.slots.take() else {
                        return;
                    };
                    let words = Box::new([AtomicU64::new(0), AtomicU64::new(0)]);
                    place.insert(Stub { words, slot })
                }
            };
            let flags = if is_bif { slot_flags(&entries) } else { 0 };
            self.slots.set_original(stub.slot, target(vm, mfa));
            let point = Point {
                mfa,
                global: true,
                version: 0,
                slot: stub.slot,
                counted: flags & slots::COUNTED != 0,
                entries,
            };
            self.publish(stub.slot, Some(point));
            stub.words[0].store(
                self.slots.patched(stub.slot, Some(mfa.arity), flags),
                Ordering::Release,
            );
            cell.set_all(stub.words.as_ptr() as u64);
        } else if let Some(stub) = tables.stubs.get(&mfa) {
            self.publish(stub.slot, None);
            self.slots.set_original(stub.slot, target(vm, mfa));
            if cell.address(code.active_index()) == stub.words.as_ptr() as u64 {
                cell.set_all(target(vm, mfa));
            }
        }
    }

    /// Patches the entry of a function, changes what stands behind it, or puts the original word back.
    fn patch(
        &self,
        vm: &Vm,
        instance: &ModuleInstance,
        function: usize,
        slot: Option<u32>,
        point: Option<Point>,
        flags: u64,
    ) -> Option<(u64, u32)> {
        let at = &instance.words()[instance.functions[function].entry as usize];
        let address = instance.entry_address(function);
        match (point, slot) {
            (Some(mut point), slot) => {
                let slot = match slot {
                    Some(slot) => slot,
                    None => {
                        let slot = self.slots.take()?;
                        self.slots.set_original(slot, at.load(Ordering::Relaxed));
                        slot
                    }
                };
                debug_assert_ne!(self.slots.original(slot) as u16, LOp::Trace as u16);
                point.slot = slot;
                self.publish(slot, Some(point));
                at.store(self.slots.patched(slot, None, flags), Ordering::Release);
                Some((address, slot))
            }
            (None, Some(slot)) => {
                at.store(self.slots.original(slot), Ordering::Release);
                self.publish(slot, None);
                self.give_later(vm, slot);
                None
            }
            (None, None) => None,
        }
    }

    /// Replaces what stands in a slot; calls that its gates counted go to the session they were counted for.
    fn publish(&self, number: u32, point: Option<Point>) {
        let slot = self.slots.slot(number);
        let sink = slot.read(|point| {
            let entry = point.and_then(|point| point.entries.first());
            entry.and_then(|entry| entry.session.sink().cloned())
        });
        let watched = point.as_ref().map_or(0, Point::watched);
        self.slots.publish(number, point, watched);
        if let Some(sink) = sink {
            sink.fold_slot(slot);
        }
    }

    /// Opens all gates of a session: what was decided about its calls holds no more.
    pub fn reopen(&self, session: u32) {
        let tables = lock(&self.tables);
        let own = |entries: &[Entry]| entries.iter().any(|e| e.session.id == session);
        let functions = tables.patterns.iter().filter(|(_, e)| own(e));
        for (mfa, _) in functions {
            let slots = tables.entries.get(mfa).into_iter().flatten().map(|e| e.1);
            for number in slots.chain(tables.stubs.get(mfa).map(|s| s.slot)) {
                let slot = self.slots.slot(number);
                self.slots.reopen(number, (slot.watch() >> 32) as u32);
            }
        }
    }

    /// A scheduler may have fetched the patched word just now: the slot is free once all have passed a slice boundary.
    fn give_later(&self, vm: &Vm, slot: u32) {
        let slots = Arc::clone(&self.slots);
        vm.code().after_slices(Box::new(move || slots.give(slot)));
    }
}

fn give_on_load(tables: &mut Tables, instance: &ModuleInstance) {
    let Tables {
        patterns, on_load, ..
    } = tables;
    for (session, pattern) in on_load.iter() {
        for function in &instance.functions {
            let mfa = Mfa {
                module: instance.module,
                function: function.name,
                arity: function.arity,
            };
            let entries = patterns.entry(mfa).or_default();
            if entries.iter().all(|e| e.session.id != session.id) {
                entries.push(Entry {
                    session: Arc::clone(session),
                    pattern: pattern.clone(),
                });
                session.functions_changed(1);
            }
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
