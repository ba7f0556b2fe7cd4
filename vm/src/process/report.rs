//! The report of an uncaught exception, on standard error as OTP's default handler prints it.

use super::ProcessBody;
use crate::heap::OwnedTerm;
use crate::vm::Vm;

/// Reports that a process ends by an exception nobody caught.
pub fn crash(vm: &Vm, body: &ProcessBody, reason: &OwnedTerm) {
    let text = crate::io::text::pretty(vm, reason.term());
    let stamp = vm.clock.report_stamp();
    eprint!(
        "=ERROR REPORT==== {stamp} ===\nError in process {} with exit value:\n{text}\n\n",
        body.pid
    );
}
