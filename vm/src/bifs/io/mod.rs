//! Primitive functions under the standard library's `io`, `file` and `os`: standard streams, files, directories, commands.

pub mod blocking;
pub mod channels;
pub mod directories;
pub mod file_info;
pub mod files;
pub mod ports;
pub mod streams;
