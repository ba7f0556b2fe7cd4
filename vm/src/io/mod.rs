//! Files, ports, sockets, standard streams.

pub mod channels;
pub mod environment;
pub mod files;
pub mod later;
pub mod library_tree;
pub mod net;
pub mod outbox;
pub mod packet;
pub mod plain;
pub mod poller;
pub mod ports;
pub mod program;
pub mod signals;
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
    pub ports: ports::PortTable,
    pub poller: poller::Poller,
    pub signals: signals::Signals,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
}

impl IoSystem {
    /// So many bytes have been read.
    pub fn count_in(&self, bytes: usize) {
        self.bytes_in.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// So many bytes have been written.
    pub fn count_out(&self, bytes: usize) {
        self.bytes_out.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Bytes read since the start.
    pub fn bytes_in(&self) -> u64 {
        self.bytes_in.load(Ordering::Relaxed)
    }

    /// Bytes written since the start.
    pub fn bytes_out(&self) -> u64 {
        self.bytes_out.load(Ordering::Relaxed)
    }

    /// Open ports.
    pub fn port_count(&self) -> usize {
        self.ports.count()
    }

    /// The most ports that may be open.
    pub fn port_limit(&self) -> usize {
        self.ports.limit()
    }
}
