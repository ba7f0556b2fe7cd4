//! What a process was started with, for styles that show it beside the pid. Asked from outside: the question takes the run right of a process
//! that is not running, and waits a little for one that is.

use std::time::{Duration, Instant};

use crate::heap::Pid;
use crate::process::body::Mfa;
use crate::vm::Vm;

/// A running process gives its run right back within a slice; longer is not worth waiting for a name.
const PATIENCE: Duration = Duration::from_millis(3);

/// The function it began with; none for a process that is gone, or that runs on and on.
pub fn initial_call(vm: &Vm, pid: Pid) -> Option<Mfa> {
    let process = vm.processes.get(pid)?;
    let started = Instant::now();
    loop {
        if let Some(right) = process.cell.try_take(pid.serial()) {
            let found = right.as_ref().map(|body| body.initial_call);
            let wake = right.release(None);
            vm.wake(pid, wake);
            return found;
        }
        if !process.is_alive(pid.serial()) || started.elapsed() > PATIENCE {
            return None;
        }
        std::thread::sleep(Duration::from_micros(100));
    }
}
