//! Where tracing sees ports: one observer per VM, told of each event of each port. Without one the cost is a load.

use crate::heap::{OwnedTerm, Pid, Port};
use crate::vm::Vm;

/// What happens to a port.
#[derive(Debug)]
pub enum PortEvent<'a> {
    /// It was opened by this process, with the name `port_info/2` tells.
    Opened(Pid, &'a str),
    /// It closed, with this reason.
    Closed(&'a OwnedTerm),
    /// Bytes were given to it by a process.
    Received(Pid, &'a [u8]),
    /// It sends a message to its owner.
    Sent(Pid, &'a OwnedTerm),
    /// A process asks it to close, or its end does.
    AskedToClose(Pid),
    /// It was linked to, or unlinked from.
    Linked(Pid),
    Unlinked(Pid),
    /// This process gave it that one as owner.
    Connected(Pid, Pid),
}

/// Sees the events of ports. It is called with the port locked: it must not touch ports.
pub trait PortObserver: Send + Sync {
    fn event(&self, vm: &Vm, port: Port, event: PortEvent<'_>);
}
