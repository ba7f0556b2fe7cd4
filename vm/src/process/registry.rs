//! Registered names of processes and ports.

use super::links::Peer;
use crate::atoms::Atom;
use crate::heap::Pid;
use crate::sync::run_right::flag;
use crate::vm::Vm;
use hashbrown::HashMap;
use parking_lot::RwLock;

/// Names and their holders, both ways. A lookup takes a read lock; names change rarely.
#[derive(Default)]
pub struct Registry {
    names: RwLock<Names>,
}

#[derive(Default)]
struct Names {
    by_name: HashMap<Atom, Peer>,
    by_peer: HashMap<Peer, Atom>,
}

impl Registry {
    /// Who has this name.
    pub fn whereis(&self, name: Atom) -> Option<Peer> {
        self.names.read().by_name.get(&name).copied()
    }

    /// The name that a process or port has.
    pub fn name_of(&self, peer: Peer) -> Option<Atom> {
        self.names.read().by_peer.get(&peer).copied()
    }

    /// Registers unless the name or the holder is taken or `alive` (asked under the lock) says no. The holder's exit takes the
    /// lock after it stopped being alive, so a dead process never keeps a name.
    pub fn register(&self, name: Atom, peer: Peer, alive: impl FnOnce() -> bool) -> bool {
        let mut names = self.names.write();
        if names.by_name.contains_key(&name) || names.by_peer.contains_key(&peer) || !alive() {
            return false;
        }
        names.by_name.insert(name, peer);
        names.by_peer.insert(peer, name);
        true
    }

    /// Frees a name; answers who had it.
    pub fn unregister(&self, name: Atom) -> Option<Peer> {
        let mut names = self.names.write();
        let peer = names.by_name.remove(&name)?;
        names.by_peer.remove(&peer);
        Some(peer)
    }

    /// The holder ends.
    pub fn forget(&self, peer: Peer) -> Option<Atom> {
        let mut names = self.names.write();
        let name = names.by_peer.remove(&peer)?;
        names.by_name.remove(&name);
        Some(name)
    }

    /// All names.
    pub fn all(&self) -> Vec<Atom> {
        self.names.read().by_name.keys().copied().collect()
    }
}

impl Vm {
    /// Registers a process that is alive.
    pub fn register_process(&self, name: Atom, pid: Pid) -> bool {
        let Some(process) = self.processes.slot(pid.slot()) else {
            return false;
        };
        self.registry.register(name, Peer::Process(pid), || {
            // The flag first: an exit that begins after this look finds it and comes for the name.
            process.cell.set_flags(pid.serial(), flag::NAMED) && process.is_alive(pid.serial())
        })
    }
}
