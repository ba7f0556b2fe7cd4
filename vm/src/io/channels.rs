//! Channels: framed conversations between the embedding program (a control socket, a console) and an Erlang process.
//!
//! ```text
//!  peer thread --deliver--> {channel, Id, Kind, Binary} --> owner process
//!  peer thread <---next---  bounded queue  <---write------- owner process
//! ```
//! Neither side can grow the other without bound: a peer that sends waits until the owner has acknowledged what it got; an owner that
//! writes to a full queue is answered `busy` and later told `{channel, Id, ready}`. A peer that goes away is told as
//! `{channel, Id, closed}`; an owner that ends closes the channel. No scheduler ever waits here.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hashbrown::HashMap;
use parking_lot::{Condvar, Mutex};

use crate::heap::{Heap, HeapOptions, Pid, Term};
use crate::vm::Vm;

/// Bytes that wait for the peer; a write beyond this is refused.
const MOST_WAITING: usize = 256 << 10;
/// Bytes given to the owner and not yet acknowledged; the peer waits beyond this.
const MOST_UNREAD: usize = 256 << 10;
/// What a frame weighs besides its bytes, so that empty ones count too.
const FRAME: usize = 32;

/// What the owner sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub kind: u8,
    pub bytes: Vec<u8>,
}

/// What the peer finds when it asks for the next frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    Frame(Frame),
    /// Nothing within the time given.
    Nothing,
    /// The owner has closed it or has ended, and all frames are taken.
    Closed,
}

/// The answer to a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Queued,
    Busy,
    Closed,
}

/// All channels of a VM.
#[derive(Default)]
pub struct Channels {
    open: Mutex<HashMap<u64, Arc<Channel>>>,
    last: AtomicU64,
}

/// One channel.
pub struct Channel {
    pub id: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    owner: Option<Pid>,
    queue: VecDeque<Frame>,
    waiting: usize,
    /// The owner was refused and wants to hear of room.
    refused: bool,
    unread: usize,
    peer_gone: bool,
    owner_gone: bool,
}

impl Channels {
    /// Opens a channel; the process that gets its number makes it its own.
    pub fn open(&self) -> Arc<Channel> {
        let channel = Arc::new(Channel {
            id: self.last.fetch_add(1, Ordering::Relaxed) + 1,
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        self.open.lock().insert(channel.id, Arc::clone(&channel));
        channel
    }

    /// The channel with that number, while it is open.
    pub fn get(&self, id: u64) -> Option<Arc<Channel>> {
        self.open.lock().get(&id).cloned()
    }

    /// Whether a peer has not yet taken all that was written to it.
    pub fn waiting(&self) -> bool {
        let all: Vec<_> = self.open.lock().values().cloned().collect();
        all.iter().any(|channel| channel.state.lock().waiting > 0)
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.open.lock().len()
    }

    fn forget(&self, id: u64) {
        self.open.lock().remove(&id);
    }

    /// Closes what belonged to a process that has ended.
    pub fn owner_ended(&self, pid: Pid) {
        let all: Vec<_> = self.open.lock().values().cloned().collect();
        for channel in all {
            let mut state = channel.state.lock();
            if state.owner == Some(pid) {
                state.owner_gone = true;
                channel.changed.notify_all();
            }
        }
    }
}

impl Channel {
    /// The calling process takes the channel; false if another has it.
    pub fn own(&self, pid: Pid) -> bool {
        let mut state = self.state.lock();
        if state.owner.is_some_and(|owner| owner != pid) {
            return false;
        }
        state.owner = Some(pid);
        self.changed.notify_all();
        true
    }

    /// The owner writes.
    pub fn write(&self, kind: u8, bytes: Vec<u8>) -> Written {
        let mut state = self.state.lock();
        if state.peer_gone || state.owner_gone {
            return Written::Closed;
        }
        if state.waiting >= MOST_WAITING {
            state.refused = true;
            return Written::Busy;
        }
        state.waiting += bytes.len() + FRAME;
        state.queue.push_back(Frame { kind, bytes });
        self.changed.notify_all();
        Written::Queued
    }

    /// The owner has dealt with that many bytes and one frame.
    pub fn acknowledge(&self, bytes: usize) {
        let mut state = self.state.lock();
        state.unread = state.unread.saturating_sub(bytes + FRAME);
        self.changed.notify_all();
    }

    /// The owner has said all; the peer still gets what waits.
    pub fn finish(&self) {
        self.state.lock().owner_gone = true;
        self.changed.notify_all();
    }

    /// The peer gives the owner a frame; waits while too much is unread or nobody owns the channel. False: closed.
    pub fn deliver(&self, vm: &Vm, kind: u8, bytes: &[u8]) -> bool {
        let mut state = self.state.lock();
        let owner = loop {
            if state.owner_gone || state.peer_gone || vm.halted().is_some() {
                return false;
            }
            match state.owner {
                Some(owner) if state.unread < MOST_UNREAD => break owner,
                _ => drop(
                    self.changed
                        .wait_for(&mut state, Duration::from_millis(200)),
                ),
            }
        };
        state.unread += bytes.len() + FRAME;
        drop(state);
        self.tell(vm, owner, |heap| {
            vec![heap.int(i64::from(kind)), heap.binary(bytes)]
        });
        true
    }

    /// The peer takes the next frame the owner has written.
    pub fn next(&self, vm: &Vm, timeout: Duration) -> Next {
        let mut state = self.state.lock();
        if state.queue.is_empty() && !state.owner_gone && !state.peer_gone {
            self.changed.wait_for(&mut state, timeout);
        }
        if state.peer_gone {
            return Next::Closed;
        }
        let Some(frame) = state.queue.pop_front() else {
            return if state.owner_gone {
                Next::Closed
            } else {
                Next::Nothing
            };
        };
        state.waiting -= frame.bytes.len() + FRAME;
        let wake = state.refused && state.waiting < MOST_WAITING / 2;
        let owner = state.owner;
        if wake {
            state.refused = false;
        }
        drop(state);
        if let (true, Some(owner)) = (wake, owner) {
            self.tell_word(vm, owner, "ready");
        }
        Next::Frame(frame)
    }

    /// The peer is gone: the owner hears of it, what waits is dropped.
    pub fn close(&self, vm: &Vm) {
        let mut state = self.state.lock();
        let first = !std::mem::replace(&mut state.peer_gone, true);
        state.queue.clear();
        let owner = state.owner.filter(|_| first && !state.owner_gone);
        drop(state);
        self.changed.notify_all();
        vm.io.channels.forget(self.id);
        if let Some(owner) = owner {
            self.tell_word(vm, owner, "closed");
        }
    }

    /// Whether the owner has said all it has to say (or has ended).
    pub fn is_finished(&self) -> bool {
        self.state.lock().owner_gone
    }

    fn tell_word(&self, vm: &Vm, owner: Pid, word: &str) {
        if let Ok(word) = vm.atoms().intern(word) {
            self.tell(vm, owner, |_| vec![Term::atom(word)]);
        }
    }

    fn tell(&self, vm: &Vm, owner: Pid, rest: impl for<'h> Fn(&'h Heap) -> Vec<Term<'h>>) {
        let Ok(tag) = vm.atoms().intern("channel") else {
            return;
        };
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let mut elements = vec![Term::atom(tag), heap.int(self.id as i64)];
        elements.extend(rest(&heap));
        vm.send_message(owner, heap.tuple(&elements));
    }
}
