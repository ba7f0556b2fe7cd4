//! Answers a process waits for inside a built-in function: from another process, or from a thread that did blocking work.
//!
//! ```text
//!  BIF, first call:  reply.start() ──> ReplyTo travels (in a signal, to a dirty thread) ──> answer(value)
//!                    Raise::wait                                                              │ wakes
//!  BIF, again:       reply.take() ──> Ready(value)  <───────────────────────────────────────┘
//! ```
//! A `ReplyTo` that is dropped unanswered (the asked process ended) answers by itself that nobody is there.

use super::{ProcessBody, Signal};
use crate::heap::Pid;
use crate::vm::Vm;
use parking_lot::Mutex;
use std::any::Any;
use std::sync::{Arc, Weak};

/// The shared place of one answer.
pub struct Reply {
    state: Mutex<State>,
}

enum State {
    Open,
    Gone,
    Done(Box<dyn Any + Send>),
}

/// The right to answer, once.
pub struct ReplyTo {
    reply: Option<Arc<Reply>>,
    vm: Weak<Vm>,
    pid: Pid,
}

/// What a waiting built-in function finds.
pub enum Answer<T> {
    /// Nothing was asked yet.
    Unasked,
    /// Wait on.
    Pending,
    /// Whoever was asked is gone.
    Gone,
    Ready(T),
}

impl ProcessBody {
    /// Opens a question. There is one at a time: a process waits in one function only.
    pub fn ask(&self, vm: &Vm) -> ReplyTo {
        let reply = Arc::new(Reply {
            state: Mutex::new(State::Open),
        });
        *self.reply.borrow_mut() = Some(reply.clone());
        ReplyTo {
            reply: Some(reply),
            vm: vm.weak(),
            pid: self.pid,
        }
    }

    /// Is a question open, answered or not?
    pub fn asked(&self) -> bool {
        self.reply.borrow().is_some()
    }

    /// Looks for the answer.
    pub fn answer<T: 'static>(&self) -> Answer<T> {
        let mut slot = self.reply.borrow_mut();
        let Some(reply) = slot.as_ref() else {
            return Answer::Unasked;
        };
        let state = std::mem::replace(&mut *reply.state.lock(), State::Open);
        let answer = match state {
            State::Open => return Answer::Pending,
            State::Gone => Answer::Gone,
            State::Done(value) => Answer::Ready(
                *value
                    .downcast::<T>()
                    .expect("invariant: one question at a time"),
            ),
        };
        *slot = None;
        answer
    }
}

impl ReplyTo {
    /// Answers the process that asked.
    pub fn answer<T: Send + 'static>(mut self, value: T) {
        self.finish(State::Done(Box::new(value)));
    }

    fn finish(&mut self, state: State) {
        if let Some(reply) = self.reply.take() {
            *reply.state.lock() = state;
            if let Some(vm) = self.vm.upgrade() {
                let _gone = vm.signal(self.pid, Signal::Wake);
            }
        }
    }
}

impl Drop for ReplyTo {
    fn drop(&mut self) {
        self.finish(State::Gone);
    }
}
