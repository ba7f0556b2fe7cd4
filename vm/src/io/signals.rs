//! Signals of the operating system, as programs ask for them with `os:set_signal/2`.
//!
//! The library installs no handlers: they belong to the whole process, so the embedding program does it. It is told what a program wants
//! through [`SignalHost`], and hands each signal that came to [`Vm::signal_arrived`], which sends `{notify, Signal}` to
//! `erl_signal_server` where a program handles it.

use crate::atoms;
use crate::heap::{Heap, HeapOptions, Term};
use crate::process::links::Peer;
use crate::vm::Vm;
use hashbrown::HashMap;
use parking_lot::Mutex;
use std::sync::OnceLock;

/// What happens when a signal comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disposition {
    #[default]
    Default,
    Ignore,
    /// A message to `erl_signal_server`.
    Handle,
}

/// Signals a program may ask for.
pub const NAMES: [&str; 12] = [
    "sighup", "sigquit", "sigabrt", "sigalrm", "sigterm", "sigusr1", "sigusr2", "sigchld",
    "sigstop", "sigtstp", "sigcont", "sigwinch",
];

/// The embedding program's side.
pub trait SignalHost: Send + Sync {
    /// A program wants a signal treated so from now on.
    fn set(&self, name: &'static str, how: Disposition);
}

/// What the programs of a VM want.
#[derive(Default)]
pub struct Signals {
    wanted: Mutex<HashMap<&'static str, Disposition>>,
    host: OnceLock<Box<dyn SignalHost>>,
}

impl Signals {
    /// Sets the embedding program's side, once.
    pub fn serve(&self, host: Box<dyn SignalHost>) -> bool {
        self.host.set(host).is_ok()
    }

    /// What is to happen when that signal comes.
    pub fn disposition(&self, name: &str) -> Disposition {
        self.wanted.lock().get(name).copied().unwrap_or_default()
    }

    /// `os:set_signal/2`; `false`: no such signal.
    pub fn set(&self, name: &str, how: Disposition) -> bool {
        let Some(name) = NAMES.iter().find(|known| **known == name) else {
            return false;
        };
        self.wanted.lock().insert(name, how);
        if let Some(host) = self.host.get() {
            host.set(name, how);
        }
        true
    }
}

impl Vm {
    /// A signal came. `true`: the programs of this VM have dealt with it (a message, or nothing); `false`: what it means by
    /// default is the embedding program's business.
    pub fn signal_arrived(&self, name: &str) -> bool {
        match self.io.signals.disposition(name) {
            Disposition::Default => false,
            Disposition::Ignore => true,
            Disposition::Handle => {
                let words = [atoms::NOTIFY, atoms::ERL_SIGNAL_SERVER];
                let (Ok(signal), Some(Peer::Process(server))) =
                    (self.atoms().intern(name), self.registry.whereis(words[1]))
                else {
                    return true;
                };
                let heap = Heap::new(&self.env, HeapOptions::default());
                let message = heap.tuple(&[Term::atom(words[0]), Term::atom(signal)]);
                self.send_message(server, message);
                true
            }
        }
    }
}
