//! Timers of processes: `receive ... after`, `send_after`, `start_timer`. Each scheduler has a wheel; whoever sets a timer sets it there.
//!
//! Timers that programs can name by reference are also found in an index, sharded by reference; those with a pid as receiver are listed under
//! it, so that they end with it.

use super::wheel::{TimerKey, Wheel};
use crate::atoms::Atom;
use crate::heap::{OwnedTerm, Pid, Port};
use crate::process::{ProcessBody, Signal, links::Peer};
use crate::sync::run_right::flag;
use crate::vm::Vm;
use hashbrown::{HashMap, HashSet};
use parking_lot::Mutex;

const SHARDS: usize = 16;

/// The receive timer of a process.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReceiveTimer {
    /// Where it runs; `None` when none does.
    pub key: Option<(u16, TimerKey)>,
    /// Counts them, so that a late signal of an older one is recognised.
    pub number: u64,
    /// It ran out; the receive has not looked yet.
    pub fired: bool,
}

/// Where a timer's message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    Process(Pid),
    Name(Atom),
}

/// What happens when a timer is due.
pub enum Due {
    Receive {
        pid: Pid,
        number: u64,
    },
    Send {
        reference: u64,
        to: Receiver,
        message: OwnedTerm,
    },
    /// A process waits for a port no longer.
    Port {
        port: Port,
        request: u64,
    },
}

/// Where a timer runs.
pub type TimerPlace = (u16, TimerKey);

#[derive(Default)]
struct Shard {
    by_ref: HashMap<u64, (u16, TimerKey)>,
    by_pid: HashMap<Pid, HashSet<u64>>,
}

/// All timers of a VM.
pub struct Timers {
    pub wheels: Box<[Mutex<Wheel<Due>>]>,
    index: [Mutex<Shard>; SHARDS],
}

impl Timers {
    /// No timers, a wheel for each scheduler.
    pub fn new(schedulers: usize) -> Self {
        Timers {
            wheels: (0..schedulers).map(|_| Mutex::new(Wheel::new(0))).collect(),
            index: std::array::from_fn(|_| Mutex::default()),
        }
    }

    fn shard(&self, reference: u64) -> &Mutex<Shard> {
        &self.index[reference as usize % SHARDS]
    }

    /// Removes the index entries of a timer that ended.
    fn unlist(&self, reference: u64, to: Receiver) -> Option<(u16, TimerKey)> {
        let mut shard = self.shard(reference).lock();
        let place = shard.by_ref.remove(&reference);
        if let Receiver::Process(pid) = to
            && let Some(refs) = shard.by_pid.get_mut(&pid)
        {
            refs.remove(&reference);
            if refs.is_empty() {
                shard.by_pid.remove(&pid);
            }
        }
        place
    }
}

impl Vm {
    fn timer_home(&self) -> usize {
        self.scheduler_index().unwrap_or(0)
    }

    fn insert_timer(&self, due: u64, what: Due) -> (u16, TimerKey) {
        let home = self.timer_home();
        let key = self.timers.wheels[home].lock().insert(due, what);
        if self.scheduler_index().is_none() {
            // The owner may sleep until a later timer.
            self.schedulers.wake(home);
        }
        (home as u16, key)
    }

    /// Starts the timer of a receive.
    pub fn start_receive_timer(&self, body: &ProcessBody, ms: u64) {
        let number = body.receive_timer.get().number + 1;
        let key = self.insert_timer(
            self.clock.due_in_ms(ms),
            Due::Receive {
                pid: body.pid,
                number,
            },
        );
        body.receive_timer.set(ReceiveTimer {
            key: Some(key),
            number,
            fired: false,
        });
    }

    /// The receive ended: by a message, by its timer, or with its process.
    pub fn cancel_receive_timer(&self, body: &ProcessBody) {
        let mut timer = body.receive_timer.get();
        if let Some((home, key)) = timer.key.take() {
            let _already_due = self.timers.wheels[usize::from(home)].lock().cancel(key);
        }
        timer.fired = false;
        body.receive_timer.set(timer);
    }

    /// Starts the timer of a request to a port.
    pub fn start_port_timer(&self, port: Port, request: u64, ms: u64) -> TimerPlace {
        self.insert_timer(self.clock.due_in_ms(ms), Due::Port { port, request })
    }

    /// Takes a timer back; one that was due already is left to answer nobody.
    pub fn cancel_port_timer(&self, (home, key): TimerPlace) {
        let _already_due = self.timers.wheels[usize::from(home)].lock().cancel(key);
    }

    /// Starts a timer that sends a message at this tick. The reference is the caller's.
    pub fn start_message_timer(&self, reference: u64, due: u64, to: Receiver, message: OwnedTerm) {
        // Listed and inserted under the shard's lock, so that a timer that fires at once finds its entry.
        let mut shard = self.timers.shard(reference).lock();
        if let Receiver::Process(pid) = to {
            shard.by_pid.entry(pid).or_default().insert(reference);
        }
        let place = self.insert_timer(
            due,
            Due::Send {
                reference,
                to,
                message,
            },
        );
        shard.by_ref.insert(reference, place);
        drop(shard);
        if let Receiver::Process(pid) = to
            && !self.processes.slot(pid.slot()).is_some_and(|p| {
                p.cell.set_flags(pid.serial(), flag::TIMERS) && p.is_alive(pid.serial())
            })
        {
            self.cancel_message_timer(reference);
        }
    }

    /// Ends a timer: the ticks it had left, if it still ran.
    pub fn cancel_message_timer(&self, reference: u64) -> Option<u64> {
        let place = self
            .timers
            .shard(reference)
            .lock()
            .by_ref
            .get(&reference)
            .copied();
        let (home, key) = place?;
        let (due, what) = self.timers.wheels[usize::from(home)].lock().cancel(key)?;
        if let Due::Send { reference, to, .. } = what {
            self.timers.unlist(reference, to);
        }
        Some(due)
    }

    /// When a timer is due, if it still runs.
    pub fn read_message_timer(&self, reference: u64) -> Option<u64> {
        let (home, key) = self
            .timers
            .shard(reference)
            .lock()
            .by_ref
            .get(&reference)
            .copied()?;
        self.timers.wheels[usize::from(home)].lock().due(key)
    }

    /// A process ends: timers with it as receiver end.
    pub fn timers_forget(&self, pid: Pid) {
        for shard in &self.timers.index {
            let refs: Vec<u64> = shard
                .lock()
                .by_pid
                .get(&pid)
                .map(|refs| refs.iter().copied().collect())
                .unwrap_or_default();
            refs.into_iter().for_each(|reference| {
                self.cancel_message_timer(reference);
            });
        }
    }

    /// Turns one wheel to the present and does what is due.
    pub fn turn_wheel(&self, home: usize) {
        let now = self.clock.tick();
        let mut due = Vec::new();
        self.timers.wheels[home]
            .lock()
            .turn(now, |_, what| due.push(what));
        for what in due {
            match what {
                Due::Receive { pid, number } => {
                    let _gone = self.signal(pid, Signal::Timeout(number));
                }
                Due::Port { port, request } => self.port_timed_out(port, request),
                Due::Send {
                    reference,
                    to,
                    message,
                } => {
                    self.timers.unlist(reference, to);
                    let pid = match to {
                        Receiver::Process(pid) => Some(pid),
                        Receiver::Name(name) => match self.registry.whereis(name) {
                            Some(Peer::Process(pid)) => Some(pid),
                            Some(Peer::Port(_)) | None => None,
                        },
                    };
                    if let Some(pid) = pid {
                        let _gone = self.signal(pid, Signal::Message(message));
                    }
                }
            }
        }
    }
}
