//! The flight recorder of a session: captured events go into a fixed ring in memory instead of the formatter's, until a trigger freezes it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use transom_tracer::event::Kind;
use transom_tracer::recorder::{Recorder, Trigger};

use super::event::{Event, Payload};
use crate::atoms;
use crate::view::TermView;
use crate::vm::Vm;

/// A recorder and what freezes it.
pub struct Recording {
    recorder: Mutex<Recorder>,
    pub trigger: Trigger,
    frozen: AtomicBool,
}

impl Recording {
    /// Keeps at most `bytes`, and `after` events behind the trigger.
    pub fn new(bytes: usize, after: usize, trigger: Trigger) -> Recording {
        Recording {
            recorder: Mutex::new(Recorder::new(bytes, after)),
            trigger,
            frozen: AtomicBool::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Recorder> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records an event; `false` once frozen.
    pub fn record(&self, event: &[u8]) -> bool {
        if self.is_frozen() {
            return false;
        }
        let mut recorder = self.lock();
        recorder.record(event);
        self.frozen.store(recorder.is_frozen(), Ordering::Release);
        true
    }

    /// Is this what it waits for? Events that the limiter suppresses count too.
    pub fn triggered_by(&self, vm: &Vm, event: &Event<'_, '_>) -> bool {
        match (&self.trigger, event.kind, event.payload) {
            (Trigger::Crash(wanted), Kind::Exit, Payload::One(reason)) => {
                let text = || {
                    let view = TermView::new(reason.for_reading(), vm.atoms());
                    transom_pretty::write(view, &transom_pretty::Options::default())
                };
                let orderly = [atoms::NORMAL, atoms::SHUTDOWN];
                !reason.as_atom().is_some_and(|r| orderly.contains(&r))
                    && wanted.as_ref().is_none_or(|w| text().contains(w))
            }
            (
                Trigger::Exception {
                    module,
                    function,
                    arity,
                },
                Kind::ExceptionFrom,
                Payload::Exception(mfa, ..),
            ) => {
                vm.atoms().text(mfa.module) == module
                    && vm.atoms().text(mfa.function) == function
                    && usize::from(mfa.arity) == *arity
            }
            (
                Trigger::Crash(_)
                | Trigger::Exception { .. }
                | Trigger::Mailbox(_)
                | Trigger::Collection(_)
                | Trigger::Latency(_),
                ..,
            ) => false,
        }
    }

    /// What it waited for has happened.
    pub fn fire(&self) {
        let mut recorder = self.lock();
        recorder.trigger();
        self.frozen.store(recorder.is_frozen(), Ordering::Release);
    }

    /// Is all there that will be there?
    pub fn is_frozen(&self) -> bool {
        self.frozen.load(Ordering::Acquire)
    }

    /// Shows the events kept, oldest first, and how many were overwritten.
    pub fn replay(&self, mut see: impl FnMut(&[u8])) -> u64 {
        let recorder = self.lock();
        recorder.events().for_each(&mut see);
        recorder.overwritten()
    }
}
