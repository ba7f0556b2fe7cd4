//! Calls of the operating system that no library wraps.
#![allow(unsafe_code)]

pub mod slice;
pub mod sockets;
