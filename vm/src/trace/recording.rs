//! The flight recorder of a session: captured events go into a fixed ring in memory instead of the formatter's, until a trigger freezes it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use transom_tracer::event::Kind;
use transom_tracer::recorder::{Recorder, Trigger};

use super::event::{Event, Payload};
use super::{flags, sink::Sink};
use crate::atoms;
use crate::process::ProcessBody;
use crate::process::body::Mfa;
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
            (Trigger::Exception { .. }, Kind::ExceptionFrom, Payload::Exception(mfa, ..)) => {
                self.is_function(vm, mfa)
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

    /// Flags of processes without which the trigger is never noticed.
    pub fn flags(&self) -> u32 {
        match self.trigger {
            Trigger::Crash(_) => flags::PROCS,
            Trigger::Mailbox(_) => flags::MAILBOX_WATCH,
            Trigger::Collection(_) => flags::COLLECTION_WATCH,
            Trigger::Exception { .. } | Trigger::Latency(_) => 0,
        }
    }

    /// Does it wait for the end of this function's calls: for returns, for exceptions?
    pub fn wants_end(&self, vm: &Vm, mfa: Mfa) -> (bool, bool) {
        match &self.trigger {
            Trigger::Latency(_) => (true, true),
            Trigger::Exception { .. } => (false, self.is_function(vm, mfa)),
            Trigger::Crash(_) | Trigger::Mailbox(_) | Trigger::Collection(_) => (false, false),
        }
    }

    fn is_function(&self, vm: &Vm, mfa: Mfa) -> bool {
        match &self.trigger {
            Trigger::Exception {
                module,
                function,
                arity,
            } => {
                vm.atoms().text(mfa.module) == module
                    && vm.atoms().text(mfa.function) == function
                    && usize::from(mfa.arity) == *arity
            }
            Trigger::Crash(_)
            | Trigger::Mailbox(_)
            | Trigger::Collection(_)
            | Trigger::Latency(_) => false,
        }
    }

    /// A call took that long.
    pub fn call_took(&self, ns: u64) {
        if let Trigger::Latency(us) = self.trigger
            && ns > us.saturating_mul(1_000)
        {
            self.fire();
        }
    }

    /// A collection took that long.
    fn collection_took(&self, ns: u64) {
        if let Trigger::Collection(us) = self.trigger
            && ns > us.saturating_mul(1_000)
        {
            self.fire();
        }
    }

    /// A mailbox holds that many messages.
    fn mailbox_holds(&self, messages: usize) {
        if let Trigger::Mailbox(most) = self.trigger
            && messages > most
        {
            self.fire();
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

/// Tells the recorders that watch this process.
fn watching(body: &ProcessBody, watch: u32, tell: impl Fn(&Recording)) {
    body.if_extra(|extra| {
        for trace in extra.traces.iter().filter(|t| t.bits & watch != 0) {
            if let Some(recording) = recording_of(trace.session.sink()) {
                tell(recording);
            }
        }
    });
}

fn recording_of(sink: Option<&std::sync::Arc<Sink>>) -> Option<&Recording> {
    sink?.recording.as_ref()
}

/// A message comes into the process's mailbox, which holds so many then.
#[cold]
pub fn mailbox_grew(body: &ProcessBody, messages: usize) {
    watching(body, flags::MAILBOX_WATCH, |r| r.mailbox_holds(messages));
}

/// A collection of the process has ended.
#[cold]
pub fn collected(body: &ProcessBody, ns: u64) {
    watching(body, flags::COLLECTION_WATCH, |r| r.collection_took(ns));
}
