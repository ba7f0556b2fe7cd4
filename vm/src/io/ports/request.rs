//! A process that waits inside a built-in function for a port to do something.

use crate::heap::{Pid, Port};
use crate::process::ProcessBody;
use crate::process::reply::ReplyTo;
use crate::sched::timers::TimerPlace;
use crate::vm::Vm;

/// One waiting process.
pub struct Request {
    /// Names it to its timer.
    pub id: u64,
    pub pid: Pid,
    reply: ReplyTo,
    timer: Option<TimerPlace>,
}

impl Request {
    /// The running process waits, for that many milliseconds or for ever.
    pub fn new(vm: &Vm, body: &ProcessBody, port: Port, timeout: Option<u64>) -> Request {
        let id = vm.env.next_unique();
        Request {
            id,
            pid: body.pid,
            reply: body.ask(vm),
            timer: timeout.map(|ms| vm.start_port_timer(port, id, ms)),
        }
    }

    /// Whether somebody still waits: a process that was killed meanwhile must not swallow data.
    pub fn is_wanted(&self, vm: &Vm) -> bool {
        vm.processes.is_alive(self.pid)
    }

    /// Ends the wait.
    pub fn answer<T: Send + 'static>(self, vm: &Vm, value: T) {
        if let Some(place) = self.timer {
            vm.cancel_port_timer(place);
        }
        self.reply.answer(value);
    }
}
