//! Primitive functions under the standard library's `io`, `file`, `os`, `inet` and ports: standard streams, files, directories, commands,
//! sockets.

pub mod blocking;
pub mod channels;
pub mod directories;
pub mod file_info;
pub mod files;
pub mod inet_options;
pub mod names;
pub mod packet;
pub mod port_info;
pub mod port_open;
mod port_options;
pub mod ports;
pub mod sockets;
pub mod streams;
pub mod transfer;
pub mod waiting;
pub mod watching;
