//! All ports of a VM by number. Numbers are never used again, so an old identifier reaches nobody.

use super::observer::{PortEvent, PortObserver};
use super::port::PortCell;
use crate::heap::Port;
use crate::vm::Vm;
use hashbrown::HashMap;
use parking_lot::RwLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Lookups of different ports seldom meet.
const SHARDS: usize = 16;
/// As many as Erlang/OTP allows by default.
const LIMIT: usize = 65_536;
/// OTP's own start-up takes the first numbers; ours begin where people are used to see them.
const FIRST: u64 = 1;

/// The ports.
pub struct PortTable {
    open: [RwLock<HashMap<Port, Arc<PortCell>>>; SHARDS],
    /// Closed for programs, but with output on its way or a program still to be waited for.
    lingering: RwLock<HashMap<Port, Arc<PortCell>>>,
    next: AtomicU64,
    count: AtomicUsize,
    observer: OnceLock<Box<dyn PortObserver>>,
}

impl Default for PortTable {
    fn default() -> Self {
        PortTable {
            open: std::array::from_fn(|_| RwLock::default()),
            lingering: RwLock::default(),
            next: AtomicU64::new(FIRST),
            count: AtomicUsize::new(0),
            observer: OnceLock::new(),
        }
    }
}

impl PortTable {
    fn shard(&self, port: Port) -> &RwLock<HashMap<Port, Arc<PortCell>>> {
        &self.open[port.number() as usize % SHARDS]
    }

    /// The most ports that may be open.
    pub fn limit(&self) -> usize {
        LIMIT
    }

    /// Open ports.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// A number for a new port; `None` when there are too many.
    pub fn admit(&self) -> Option<Port> {
        if self.count.fetch_add(1, Ordering::Relaxed) >= LIMIT {
            self.count.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(Port::new(self.next.fetch_add(1, Ordering::Relaxed)))
    }

    /// Gives back what [`Self::admit`] counted, for a port that was not opened after all.
    pub fn dismiss(&self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }

    /// Adds a port that was made.
    pub fn insert(&self, cell: Arc<PortCell>) {
        self.shard(cell.id).write().insert(cell.id, cell);
    }

    /// Takes it out; it may linger until its device has finished.
    pub fn remove(&self, port: Port, lingers: bool) {
        let cell = self.shard(port).write().remove(&port);
        if let Some(cell) = cell {
            self.dismiss();
            if lingers {
                self.lingering.write().insert(port, cell);
            }
        }
    }

    /// A lingering one has finished.
    pub fn finished(&self, port: Port) {
        self.lingering.write().remove(&port);
    }

    /// An open port.
    pub fn find(&self, port: Port) -> Option<Arc<PortCell>> {
        self.shard(port).read().get(&port).cloned()
    }

    /// An open or lingering port, for the poller.
    pub fn find_any(&self, port: Port) -> Option<Arc<PortCell>> {
        self.find(port)
            .or_else(|| self.lingering.read().get(&port).cloned())
    }

    /// Whether output of any port, open or lingering, is still to be written. The table's locks are let go before a port's lock is
    /// taken: who holds a port's lock may be waiting for the table.
    pub fn any_queued(&self) -> bool {
        let mut cells: Vec<Arc<PortCell>> = self.lingering.read().values().cloned().collect();
        for shard in &self.open {
            cells.extend(shard.read().values().cloned());
        }
        cells
            .iter()
            .any(|cell| cell.state.lock().device.queued() > 0)
    }

    /// All open ports, oldest first.
    pub fn all(&self) -> Vec<Port> {
        let mut all: Vec<Port> = self
            .open
            .iter()
            .flat_map(|shard| shard.read().keys().copied().collect::<Vec<_>>())
            .collect();
        all.sort_unstable();
        all
    }

    /// Sets the one observer; `false` if there is one already.
    pub fn observe(&self, observer: Box<dyn PortObserver>) -> bool {
        self.observer.set(observer).is_ok()
    }

    /// Tells the observer, if there is one.
    pub fn tell(&self, vm: &Vm, port: Port, event: PortEvent<'_>) {
        if let Some(observer) = self.observer.get() {
            observer.event(vm, port, event);
        }
    }
}
