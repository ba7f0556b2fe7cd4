//! What ties a process to others: links, monitors it set, monitors set on it, aliases.
//!
//! An unlink is asked, not done: until the other side acknowledges the unlink's number, the entry stays and swallows exit signals that were
//! under way (the OTP "Links" protocol). A link made anew meanwhile makes the entry live again.

use super::host::HostWait;
use crate::atoms::Atom;
use crate::heap::{OwnedTerm, Pid, Port};
use hashbrown::HashMap;
use std::sync::Arc;

/// Most processes have no link or one: pairs in a vector until it gets long.
const SMALL: usize = 12;

/// A map that is a plain vector while it is small.
pub enum FewMap<K, V> {
    Few(Vec<(K, V)>),
    Many(HashMap<K, V>),
}

impl<K, V> Default for FewMap<K, V> {
    fn default() -> Self {
        FewMap::Few(Vec::new())
    }
}

impl<K: Copy + Eq + std::hash::Hash, V> FewMap<K, V> {
    /// Entries.
    pub fn len(&self) -> usize {
        match self {
            FewMap::Few(pairs) => pairs.len(),
            FewMap::Many(map) => map.len(),
        }
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What stands under a key.
    pub fn get(&self, key: K) -> Option<&V> {
        match self {
            FewMap::Few(pairs) => pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v),
            FewMap::Many(map) => map.get(&key),
        }
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, key: K) -> Option<&mut V> {
        match self {
            FewMap::Few(pairs) => pairs.iter_mut().find(|(k, _)| *k == key).map(|(_, v)| v),
            FewMap::Many(map) => map.get_mut(&key),
        }
    }

    /// Adds an entry, or replaces that of its key.
    pub fn insert(&mut self, key: K, value: V) {
        match self {
            FewMap::Few(pairs) => {
                if let Some(pair) = pairs.iter_mut().find(|(k, _)| *k == key) {
                    pair.1 = value;
                } else if pairs.len() < SMALL {
                    if pairs.capacity() == 0 {
                        // One link is the common case; four is what the vector would take by itself.
                        pairs.reserve_exact(1);
                    }
                    pairs.push((key, value));
                } else {
                    let mut map: HashMap<K, V> = pairs.drain(..).collect();
                    map.insert(key, value);
                    *self = FewMap::Many(map);
                }
            }
            FewMap::Many(map) => {
                map.insert(key, value);
            }
        }
    }

    /// Takes an entry away.
    pub fn remove(&mut self, key: K) -> Option<V> {
        match self {
            FewMap::Few(pairs) => pairs
                .iter()
                .position(|(k, _)| *k == key)
                .map(|at| pairs.remove(at).1),
            FewMap::Many(map) => map.remove(&key),
        }
    }

    /// All entries; their order says nothing.
    pub fn iter(&self) -> Box<dyn Iterator<Item = (K, &V)> + '_> {
        match self {
            FewMap::Few(pairs) => Box::new(pairs.iter().map(|(k, v)| (*k, v))),
            FewMap::Many(map) => Box::new(map.iter().map(|(k, v)| (*k, v))),
        }
    }

    /// Takes all entries away.
    pub fn take_all(&mut self) -> Vec<(K, V)> {
        match std::mem::take(self) {
            FewMap::Few(pairs) => pairs,
            FewMap::Many(map) => map.into_iter().collect(),
        }
    }
}

/// A process or a port: what can be linked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    Process(Pid),
    Port(Port),
}

/// The state of one link as seen from one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Live,
    /// Unlinked here, not yet acknowledged there.
    Unlinking(u64),
}

/// What a monitor watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    Process(Pid),
    /// Set by name: the down message names it so.
    Name(Atom, Option<Pid>),
    Port(Port),
    /// As `Name`, of a port.
    PortName(Atom, Option<Port>),
    TimeOffset,
}

/// A monitor this process set.
pub struct Monitor {
    pub watched: Watched,
    /// What stands first in the message instead of `'DOWN'`.
    pub tag: Option<OwnedTerm>,
}

/// Who watches this process.
#[derive(Clone)]
pub enum Watcher {
    Process(Pid, Option<Atom>),
    /// A thread of the embedding program.
    Host(Arc<HostWait>),
}

/// When an alias ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasMode {
    Explicit,
    Demonitor,
    Reply,
}

/// All of it. Boxed in the process when first needed. References are keyed by their unique number.
#[derive(Default)]
pub struct Relations {
    pub links: FewMap<Peer, Link>,
    pub monitors: FewMap<u64, Monitor>,
    pub watchers: FewMap<u64, Watcher>,
    pub aliases: FewMap<u64, AliasMode>,
    pub unlinks: u64,
}
