//! The interpreter's place in a VM: code server, built-in functions, lazily loaded standard library.

use crate::atoms::Atom;
use crate::bifs::BifRow;
use crate::bifs::code::replaceable::is_replaceable;
use crate::code::server::{PrepareError, PublishError, Step};
use crate::vm::Vm;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use transom_bytecode::{Module, Verified, VerifyError};

/// Frames in a stack trace, as in Erlang/OTP.
const BACKTRACE_DEPTH: usize = 8;

/// What a VM needs to run Erlang code.
pub struct Runtime {
    backtrace_depth: AtomicUsize,
    /// `erlang:send/2`, which the instruction falls back to for receivers that are no pids.
    send: &'static BifRow,
    /// Held while a module of the image is being loaded, so that two processes do not load it twice.
    loading: Mutex<()>,
}

/// Why a module cannot be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// The code breaks a rule of the bytecode.
    Verify(Box<VerifyError>),
    /// The VM cannot hold it.
    Prepare(PrepareError),
    /// It cannot become current now.
    Publish(PublishError),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LoadError::Verify(e) => write!(f, "{e}"),
            LoadError::Prepare(e) => write!(f, "{e}"),
            LoadError::Publish(e) => write!(f, "{e:?}"),
        }
    }
}

impl std::error::Error for LoadError {}

/// What became of a look into the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Autoload {
    /// It is loaded: a slice that starts now sees it.
    Done,
    /// Another publication is under way.
    Later,
    /// The image has no such module, or it was deleted on purpose.
    Absent,
}

/// Makes the VM able to run Erlang code. Before its schedulers start.
pub fn install(vm: &Arc<Vm>) {
    let bifs = &vm.bifs;
    let send = bifs
        .all()
        .map(|ix| bifs.row(ix))
        .find(|r| (r.module, r.name, r.arity) == ("erlang", "send", 2))
        .expect("invariant: messages can be sent");
    let runtime = Runtime {
        send,
        backtrace_depth: AtomicUsize::new(BACKTRACE_DEPTH),
        loading: Mutex::new(()),
    };
    assert!(vm.runtime.set(runtime).is_ok(), "a VM gets one interpreter");
    vm.engine.get_or_init(|| super::run);
}

impl Vm {
    fn runtime(&self) -> &Runtime {
        self.runtime
            .get()
            .expect("invariant: installed before the schedulers start")
    }

    pub(crate) fn send_row(&self) -> &'static BifRow {
        self.runtime().send
    }

    /// Frames in a stack trace.
    pub fn backtrace_depth(&self) -> usize {
        self.runtime().backtrace_depth.load(Ordering::Relaxed)
    }

    /// Sets it and answers what it was.
    pub fn set_backtrace_depth(&self, depth: usize) -> usize {
        self.runtime()
            .backtrace_depth
            .swap(depth, Ordering::Relaxed)
    }

    /// Verifies and loads a module from outside the schedulers; waits for a publication that is under way.
    pub fn load(&self, module: Module) -> Result<(), LoadError> {
        let file = module.to_bytes();
        let verified = transom_bytecode::verify(module).map_err(LoadError::Verify)?;
        let name = verified.name_text().to_owned();
        self.load_verified(vec![verified])?;
        let module = self.atoms().intern(&name).ok();
        if let Some(instance) = module.and_then(|m| self.code().current(m)) {
            let _first = instance.file.set(file.into_boxed_slice());
        }
        Ok(())
    }

    /// Loads modules together.
    pub fn load_verified(&self, modules: Vec<Verified<Module>>) -> Result<(), LoadError> {
        let prepared: Result<Vec<_>, _> = modules
            .into_iter()
            .map(|m| self.code().prepare(m))
            .collect();
        let load = prepared.map_err(LoadError::Prepare)?;
        loop {
            let step = Step {
                load: load.clone(),
                ..Step::default()
            };
            match self.code().publish(step, Box::new(|| {})) {
                Ok(()) => {
                    self.tracing.patterns.reapply_all(self);
                    return Ok(());
                }
                Err(PublishError::Busy) => std::thread::sleep(Duration::from_micros(50)),
                Err(e) => return Err(LoadError::Publish(e)),
            }
        }
    }

    /// Loads a module of the standard library if it was never loaded. Called by a process that ran into a stub.
    pub(crate) fn autoload(&self, module: Atom) -> Autoload {
        let Some(image) = &self.options.image else {
            return Autoload::Absent;
        };
        // The error handler looks on the code path first.
        if is_replaceable(self.atoms().text(module)) {
            return Autoload::Absent;
        }
        let _one = self
            .runtime()
            .loading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = self.code().slot(module) {
            // Loaded meanwhile by another process, or gone on purpose.
            return if slot.current.is_some() {
                Autoload::Done
            } else {
                Autoload::Absent
            };
        }
        let Some(bytes) = image(self.atoms().text(module)) else {
            return Autoload::Absent;
        };
        let verified = Module::from_bytes(&bytes)
            .ok()
            .and_then(|m| transom_bytecode::verify::of_image(m).ok());
        let instance = verified.and_then(|v| self.code().prepare(v).ok());
        let Some(instance) = instance else {
            return Autoload::Absent;
        };
        let step = Step {
            load: vec![Arc::clone(&instance)],
            ..Step::default()
        };
        match self.code().publish(step, Box::new(|| {})) {
            Ok(()) => {
                self.tracing.patterns.reapply_all(self);
                Autoload::Done
            }
            Err(_) => {
                self.code().discard(&instance);
                Autoload::Later
            }
        }
    }
}
