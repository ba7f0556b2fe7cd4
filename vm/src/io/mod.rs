//! Files, ports, sockets, standard streams.

pub mod channels;
pub mod environment;
pub mod files;
pub mod ports;
pub mod streams;
pub mod text;

use channels::Channels;
use environment::Environment;
use std::sync::atomic::{AtomicU64, Ordering};

/// What one VM has of the outside.
#[derive(Default)]
pub struct IoSystem {
    pub environment: Environment,
    pub channels: Channels,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
}

impl IoSystem {
    pub fn count_in(&self, bytes: usize) {
        self.bytes_in.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub fn count_out(&self, bytes: usize) {
        self.bytes_out.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub fn bytes_in(&self) -> u64 {
        self.bytes_in.load(Ordering::Relaxed)
    }

    pub fn bytes_out(&self) -> u64 {
        self.bytes_out.load(Ordering::Relaxed)
    }

    pub fn port_count(&self) -> usize {
        0
    }

    pub fn port_limit(&self) -> usize {
        65_536
    }
}
