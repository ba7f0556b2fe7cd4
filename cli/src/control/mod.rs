//! The control socket: how `transom attach`, `ps`, `top`, `stop` ... reach a running VM.
//!
//! Reading order: `protocol` (frames), `place` (where sockets lie, whose they are), `server` (in the VM's program), `client`
//! (the other end), `metrics` (figures over HTTP). What the frames mean is `stdlib/src/transom_control.erl`.

pub mod client;
pub mod metrics;
pub mod place;
pub mod protocol;
pub mod server;
