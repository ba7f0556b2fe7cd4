//! Waiting until a tracer process has dealt with its messages: it looks at its own mailbox at the end of each of its turns, and answers when it is
//! empty and the process waits where it waited before (not for an answer of the device it prints to).

use std::sync::Arc;
use std::time::Duration;

use super::sink::ReplyOnDrop;
use crate::heap::Pid;
use crate::process::{ProcessBody, Signal, whereabouts};
use crate::vm::Vm;

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(1);
/// Functions of a module in which a process waits for a device.
const DEVICES: &[&str] = &["io", "file", "file_io_server", "gen"];

/// Drops `reply` when the process is idle, or at the deadline.
pub fn when_idle(vm: &Vm, pid: Pid, reply: Arc<ReplyOnDrop>, deadline_ms: u64) {
    let weak = vm.weak();
    let errand = Signal::Errand(Box::new(move |vm: &Vm, _, body: &mut ProcessBody| {
        if is_idle(vm, body) || vm.clock.tick() >= deadline_ms {
            drop(reply);
            return;
        }
        // Not yet: a thread that may sleep asks again.
        vm.dirty.submit(move || {
            std::thread::sleep(PAUSE);
            if let Some(vm) = weak.upgrade() {
                when_idle(&vm, pid, reply, deadline_ms);
            }
        });
    }));
    let _gone = vm.signal(pid, errand);
}

fn is_idle(vm: &Vm, body: &ProcessBody) -> bool {
    body.mailbox.borrow().is_empty()
        && whereabouts::frames(vm, body, 8)
            .iter()
            .all(|frame| !DEVICES.contains(&vm.atoms().text(frame.module)))
}
