//! Files, ports, sockets, standard streams.
pub mod ports;
pub mod text;
