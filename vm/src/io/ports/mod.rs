//! Ports: sockets, external programs and descriptors behind a port identifier.
//!
//! ```text
//!  BIF on a scheduler ──┐                                    ┌─> message to the owner, answer to a waiting process
//!                       ├─> PortCell (a mutex) ─> Device ────┤
//!  poller: readiness ───┘                                    └─> signals to links and monitors when it closes
//! ```
//! Whoever has work for a port takes its lock, does what can be done without blocking, and leaves the rest to the poller. Messages
//! of a port are sent under its lock, which gives them their order. The lock is never held across a signal to another port.

pub mod observer;
pub mod port;
pub mod request;
pub mod table;
pub mod ties;

pub use observer::{PortEvent, PortObserver};
pub use port::{After, Device, Head, PortCell, State};
pub use request::Request;
pub use table::PortTable;
pub use ties::{exit, is_open, message, signal, trace_record};
