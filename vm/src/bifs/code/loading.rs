//! `load_module`, `prepare_loading`, `finish_loading` and the `on_load` steps. A preparation is a magic reference that holds an
//! instance nobody can call; finishing it publishes the instance and answers when every scheduler runs the new code.

use std::sync::{Arc, Mutex, PoisonError};

use transom_bytecode::{Module, code_hash, verify};

use super::{atom_arg, badarg};
use crate::atoms::{self, Atom};
use crate::bifs::{BifRow, Cx, Raise};
use crate::code::{CodeServer, ModuleInstance, Origin, PublishError, Step};
use crate::heap::{Resource, ResourceBox, Term};
use crate::process::reply::Answer;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("erlang", "prepare_loading", 2, prepare_loading),
    BifRow::new(
        "erlang",
        "has_prepared_code_on_load",
        1,
        has_prepared_code_on_load,
    ),
    BifRow::new("erlang", "finish_loading", 1, finish_loading),
    BifRow::new("erts_internal", "begin_on_load", 1, begin_on_load),
    BifRow::new("erlang", "load_module", 2, load_module),
    BifRow::new("erlang", "call_on_load_function", 1, call_on_load_function),
    BifRow::new("erlang", "finish_after_on_load", 2, finish_after_on_load),
];

/// Preparations that were given up and wait for the next purge.
const MOST_DISCARDED: usize = 16;

/// What the reference of a preparation holds.
pub(super) struct Preparation {
    server: Arc<CodeServer>,
    module: Atom,
    on_load: bool,
    /// Gone once it was finished.
    instance: Mutex<Option<Arc<ModuleInstance>>>,
}

impl Preparation {
    pub(super) fn take(&self) -> Option<Arc<ModuleInstance>> {
        self.instance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn peek(&self) -> Option<Arc<ModuleInstance>> {
        self.instance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Preparation {
    fn drop(&mut self) {
        if let Some(unused) = self.take() {
            self.server.discard(&unused);
        }
    }
}

/// Reads, verifies and lowers a module file. The text says why not.
pub(super) fn prepare(
    cx: &Cx<'_>,
    module: Atom,
    bytes: &[u8],
) -> Result<Arc<ModuleInstance>, String> {
    let parsed = Module::from_bytes(bytes).map_err(|e| e.to_string())?;
    check_name(cx, module, &parsed)?;
    let hash = code_hash(&parsed);
    let verified = verify(parsed).map_err(|e| e.to_string())?;
    // The file is kept with the version: a rollback may need it after the version itself is gone.
    let origin = Origin::File(bytes.into());
    let prepared = cx.vm().code().prepare(verified, hash, origin);
    prepared.map_err(|e| e.to_string())
}

fn check_name(cx: &Cx<'_>, module: Atom, parsed: &Module) -> Result<(), String> {
    let name = parsed.name_text();
    if name == cx.atoms().text(module) {
        return Ok(());
    }
    Err(format!("module name in object code is {name}"))
}

/// A file that is no module is reported, as in OTP; the answer says only `badfile`.
pub(super) fn report_bad(cx: &Cx<'_>, module: Atom, why: &str) {
    super::log_error(
        cx,
        &format!(
            "Error loading module {}:\n  {why}\n",
            cx.atoms().text(module)
        ),
    );
}

fn error_tuple<'h>(cx: &Cx<'h>, reason: Atom) -> Term<'h> {
    cx.heap()
        .tuple(&[Term::atom(atoms::ERROR), Term::atom(reason)])
}

fn prepare_loading<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let bytes = args[1].as_binary().ok_or_else(|| badarg(cx))?;
    if cx.vm().code().discarded() >= MOST_DISCARDED {
        // Buries them and comes back.
        let (purger, again) = (cx.atom("erts_code_purger")?, cx.atom("prepare_loading")?);
        return Err(Raise::trap(purger, again, args));
    }
    // Reading and checking take time by size.
    cx.bump(bytes.len() as i64 / 16);
    match prepare(cx, module, &bytes) {
        Ok(instance) => {
            let preparation = Preparation {
                server: Arc::clone(cx.vm().code()),
                module,
                on_load: instance.meta.on_load.is_some(),
                instance: Mutex::new(Some(instance)),
            };
            let resource = Resource::new(ResourceBox(Box::new(preparation)));
            Ok(cx.heap().magic_ref(cx.heap().env().fresh_ref(), resource))
        }
        Err(why) => {
            report_bad(cx, module, &why);
            Ok(error_tuple(cx, atoms::BADFILE))
        }
    }
}

/// Looks at a preparation.
pub(super) fn with<R>(t: Term<'_>, see: impl FnOnce(&Preparation) -> R) -> Option<R> {
    let resource = t.as_ref()?.resource()?;
    resource.0.downcast_ref::<Preparation>().map(see)
}

/// The instance of a preparation that was not finished yet.
pub(super) fn prepared(t: Term<'_>) -> Option<Arc<ModuleInstance>> {
    with(t, Preparation::peek).flatten()
}

fn has_prepared_code_on_load<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let on_load = with(args[0], |p| p.on_load).ok_or_else(|| badarg(cx))?;
    Ok(Term::atom(Atom::from_bool(on_load)))
}

fn finish_loading<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if settled(cx, args)? == Settled::Yes {
        return Ok(Term::atom(atoms::OK));
    }
    if args[0].list_len().is_none() {
        return Err(badarg(cx));
    }
    let all: Vec<Term<'h>> = args[0].iter_list().collect();
    let mut load = Vec::with_capacity(all.len());
    let mut on_load = Vec::new();
    for t in &all {
        // A reference that is none, or whose instance was published before.
        let found = with(*t, |p| (p.peek(), p.on_load, p.module)).ok_or_else(|| badarg(cx))?;
        load.push(found.0.ok_or_else(|| badarg(cx))?);
        if found.1 {
            on_load.push(found.2);
        }
    }
    match finish(cx, load, &on_load, args)? {
        Finished::No(reason, modules) => {
            let modules = cx.heap().list_from(modules.into_iter().map(Term::atom));
            Ok(cx.heap().tuple(&[Term::atom(reason), modules]))
        }
        Finished::Published => {
            all.iter().for_each(|t| drop(with(*t, Preparation::take)));
            Err(settling(args))
        }
        Finished::Pending(module) => {
            all.iter().for_each(|t| drop(with(*t, Preparation::take)));
            let modules = cx.heap().list(&[Term::atom(module)]);
            Ok(cx.heap().tuple(&[Term::atom(atoms::ON_LOAD), modules]))
        }
    }
}

/// The `on_load` function of prepared code is to run next; old code of the module may be there until it has succeeded. One at a time: the
/// second waits until the first has answered.
fn begin_on_load<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let instance = prepared(args[0])
        .filter(|i| i.meta.on_load.is_some())
        .ok_or_else(|| badarg(cx))?;
    if !cx.vm().code().set_pending(&instance) {
        return Err(Raise::again(args));
    }
    drop(with(args[0], Preparation::take));
    Ok(Term::atom(atoms::TRUE))
}

enum Finished {
    /// Nothing was done, because of these modules.
    No(Atom, Vec<Atom>),
    /// Visible; the schedulers still have to see it.
    Published,
    /// Its `on_load` function must run first.
    Pending(Atom),
}

fn finish<'h>(
    cx: &Cx<'h>,
    load: Vec<Arc<ModuleInstance>>,
    on_load: &[Atom],
    args: &[Term<'h>],
) -> Result<Finished, Raise<'h>> {
    let server = cx.vm().code();
    if let (Some(module), [only]) = (on_load.first(), &load[..]) {
        let full = server
            .slot(*module)
            .is_some_and(|s| s.current.is_some() && s.old.is_some());
        if full {
            return Ok(Finished::No(atoms::NOT_PURGED, vec![*module]));
        }
        // One at a time: the second waits until the first has answered.
        return if server.set_pending(only) {
            Ok(Finished::Pending(*module))
        } else {
            Err(Raise::again(args))
        };
    }
    if !on_load.is_empty() {
        return Ok(Finished::No(atoms::ON_LOAD, on_load.to_vec()));
    }
    Ok(
        match publish(
            cx,
            Step {
                load,
                ..Step::default()
            },
            args,
        )? {
            Ok(()) => Finished::Published,
            Err((reason, modules)) => Finished::No(reason, modules),
        },
    )
}

/// Why nothing was published, and which modules are at fault.
type Refused = (Atom, Vec<Atom>);

/// Publishes and remembers that this process waits for it.
pub(super) fn publish<'h>(
    cx: &Cx<'h>,
    step: Step,
    args: &[Term<'h>],
) -> Result<Result<(), Refused>, Raise<'h>> {
    let reply = cx.process().ask(cx.vm());
    let vm = cx.vm();
    let loads = step.load.clone();
    let publish = || vm.code().publish(step, Box::new(move || reply.answer(())));
    let published = vm.tracing.patterns.around_publication(vm, &loads, publish);
    let Err(refused) = published else {
        return Ok(Ok(()));
    };
    // The question that was opened for nothing has been answered with "gone" when its `done` was dropped.
    let _gone: Answer<()> = cx.process().answer();
    match refused {
        PublishError::NotPurged(modules) => Ok(Err((atoms::NOT_PURGED, modules))),
        PublishError::Duplicated(modules) => Ok(Err((atoms::DUPLICATED, modules))),
        PublishError::NotLoaded(modules) => Ok(Err((atoms::NOT_LOADED, modules))),
        PublishError::Loaded(modules) => Ok(Err((atoms::LOADED, modules))),
        PublishError::Busy => Err(Raise::again(args)),
    }
}

/// Publishes a step for a function that answers when all schedulers have seen it; the inner error says why nothing was done.
pub(super) fn publish_step<'h>(
    cx: &Cx<'h>,
    step: Step,
    args: &[Term<'h>],
) -> Result<Result<(), Atom>, Raise<'h>> {
    if settled(cx, args)? == Settled::Yes {
        return Ok(Ok(()));
    }
    match publish(cx, step, args)? {
        Ok(()) => Err(settling(args)),
        Err((reason, _)) => Ok(Err(reason)),
    }
}

/// Has this process published something before it was called again?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    /// And every scheduler runs it.
    Yes,
    /// It has published nothing yet.
    NotBegun,
}

/// While a publication of this process settles: call me again.
pub(super) fn settled<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Settled, Raise<'h>> {
    cx.vm().code().poll();
    match cx.process().answer::<()>() {
        Answer::Unasked => Ok(Settled::NotBegun),
        Answer::Pending => Err(settling(args)),
        Answer::Gone | Answer::Ready(()) => Ok(Settled::Yes),
    }
}

/// Give up the slice; the schedulers pass their boundaries meanwhile.
pub(super) fn settling<'h>(args: &[Term<'h>]) -> Raise<'h> {
    Raise::again(args)
}

fn load_module<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let loaded = |cx: &Cx<'h>| {
        cx.heap()
            .tuple(&[Term::atom(atoms::MODULE), Term::atom(module)])
    };
    if settled(cx, args)? == Settled::Yes {
        return Ok(loaded(cx));
    }
    let bytes = args[1].as_binary().ok_or_else(|| badarg(cx))?;
    cx.bump(bytes.len() as i64 / 16);
    let instance = match prepare(cx, module, &bytes) {
        Ok(instance) => instance,
        Err(why) => {
            report_bad(cx, module, &why);
            return Ok(error_tuple(cx, atoms::BADFILE));
        }
    };
    let on_load: Vec<Atom> = instance.meta.on_load.iter().map(|_| module).collect();
    let answer = finish(cx, vec![Arc::clone(&instance)], &on_load, args);
    match answer {
        Ok(Finished::No(reason, _)) => {
            cx.vm().code().discard(&instance);
            Ok(error_tuple(cx, reason))
        }
        Ok(Finished::Published) => Err(settling(args)),
        Ok(Finished::Pending(_)) => Ok(error_tuple(cx, atoms::ON_LOAD)),
        Err(again) => {
            cx.vm().code().discard(&instance);
            Err(again)
        }
    }
}

pub(super) const ON_LOAD_CELL: &str = "-on_load-";

/// Runs the `on_load` function of the instance that waits for it, through a cell of its own that nobody else knows.
fn call_on_load_function<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let server = cx.vm().code();
    let pending = server
        .slot(module)
        .and_then(|s| s.pending)
        .ok_or_else(|| badarg(cx))?;
    let function = pending.meta.on_load.ok_or_else(|| badarg(cx))?;
    pending.enter();
    let name = cx.atom(ON_LOAD_CELL)?;
    server
        .cells()
        .ensure(module, name, 0)
        .set_all(pending.entry_address(function.index()));
    Err(Raise::trap(module, name, &[]))
}

fn finish_after_on_load<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let module = atom_arg(cx, args[0])?;
    let succeeded = match args[1].as_atom() {
        Some(atoms::TRUE) => true,
        Some(atoms::FALSE) => false,
        _ => return Err(badarg(cx)),
    };
    let server = cx.vm().code();
    if settled(cx, args)? == Settled::Yes {
        return Ok(Term::atom(atoms::TRUE));
    }
    let pending = server
        .slot(module)
        .and_then(|s| s.pending)
        .ok_or_else(|| badarg(cx))?;
    if succeeded {
        let step = Step {
            load: vec![pending],
            ..Step::default()
        };
        publish(cx, step, args)?.map_err(|_| badarg(cx))?;
    }
    let cell = server.cells().ensure(module, cx.atom(ON_LOAD_CELL)?, 0);
    cell.set_all(cell.stub_address());
    if let Some(instance) = server.take_pending(module).filter(|_| !succeeded) {
        server.discard(&instance);
    }
    if succeeded {
        Err(settling(args))
    } else {
        Ok(Term::atom(atoms::TRUE))
    }
}
