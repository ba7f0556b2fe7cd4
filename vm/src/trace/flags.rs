//! Process trace flags: the bits and their names.

use crate::atoms::{self, Atom};

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $atom:ident;)*) => {
        $($(#[$doc])* pub const $name: u32 = 1 << $bit;)*

        /// The bit of a flag's name.
        pub fn bit(name: Atom) -> Option<u32> {
            match name { $(atoms::$atom => Some($name),)* _ => None }
        }

        /// The names of all bits set.
        pub fn names(bits: u32) -> Vec<Atom> {
            let mut names = Vec::new();
            $(if bits & $name != 0 { names.push(atoms::$atom); })*
            names.sort_by_key(|name| LISTED.iter().position(|listed| listed == name));
            names
        }
    };
}

/// The order in which `trace_info/2` lists flags, which `dbg:i/0` shows.
const LISTED: [Atom; 20] = [
    atoms::PORTS,
    atoms::RUNNING_PORTS,
    atoms::SILENT,
    atoms::RETURN_TO,
    atoms::ARITY,
    atoms::GARBAGE_COLLECTION,
    atoms::EXITING,
    atoms::RUNNING,
    atoms::RUNNING_PROCS,
    atoms::SET_ON_FIRST_LINK,
    atoms::SET_ON_LINK,
    atoms::SET_ON_FIRST_SPAWN,
    atoms::PROCS,
    atoms::CALL,
    atoms::SET_ON_SPAWN,
    atoms::RECEIVE,
    atoms::SEND,
    atoms::TIMESTAMP,
    atoms::MONOTONIC_TIMESTAMP,
    atoms::STRICT_MONOTONIC_TIMESTAMP,
];

flags! {
    /// Messages sent.
    SEND = 0, SEND;
    /// Messages received.
    RECEIVE = 1, RECEIVE;
    /// Calls of functions with patterns.
    CALL = 2, CALL;
    /// Spawn, exit, link, register.
    PROCS = 3, PROCS;
    /// Opening and closing of ports, commands.
    PORTS = 4, PORTS;
    /// Scheduled in and out.
    RUNNING = 5, RUNNING;
    /// Scheduled in and out, processes only.
    RUNNING_PROCS = 6, RUNNING_PROCS;
    /// Collections.
    GARBAGE_COLLECTION = 7, GARBAGE_COLLECTION;
    /// The last steps of an ending process.
    EXITING = 8, EXITING;
    /// Calls with the arity in place of the arguments.
    ARITY = 9, ARITY;
    /// Where execution goes on after a locally traced function.
    RETURN_TO = 10, RETURN_TO;
    /// No call events until a match specification says otherwise.
    SILENT = 11, SILENT;
    /// `{Mega, Seconds, Micro}`.
    TIMESTAMP = 12, TIMESTAMP;
    /// Nanoseconds.
    MONOTONIC_TIMESTAMP = 14, MONOTONIC_TIMESTAMP;
    /// Nanoseconds and a strictly growing integer.
    STRICT_MONOTONIC_TIMESTAMP = 15, STRICT_MONOTONIC_TIMESTAMP;
    /// Something runs for a port.
    RUNNING_PORTS = 20, RUNNING_PORTS;
    /// Children get the flags.
    SET_ON_SPAWN = 16, SET_ON_SPAWN;
    /// The first child gets them.
    SET_ON_FIRST_SPAWN = 17, SET_ON_FIRST_SPAWN;
    /// Processes linked get them.
    SET_ON_LINK = 18, SET_ON_LINK;
    /// The first process linked gets them.
    SET_ON_FIRST_LINK = 19, SET_ON_FIRST_LINK;
}

/// No flag to set: the process has a token of the sequential trace (see `seq`). In the same word, so that sending tests both at once.
pub const TOKEN: u32 = 1 << 31;
/// No flag to set: a flight recorder waits for the mailbox of the process to grow.
pub const MAILBOX_WATCH: u32 = 1 << 29;
/// No flag to set: a flight recorder waits for a long collection of the process.
pub const COLLECTION_WATCH: u32 = 1 << 30;
/// Bits that a process has only beside flags.
pub const WATCHES: u32 = MAILBOX_WATCH | COLLECTION_WATCH;
/// No flag to set: the process works for a request of a session with a scope (see `scope`).
pub const REQUEST: u32 = 1 << 28;
/// Events of ports.
pub const OF_PORTS: u32 = SEND | RECEIVE | PORTS | RUNNING_PORTS;
/// What a send looks at: its event, and what travels with the message.
pub const SENDING: u32 = SEND | TOKEN | REQUEST;
/// What the arrival of a message looks at.
pub const ARRIVING: u32 = RECEIVE | MAILBOX_WATCH;
/// Flags that are no user's.
pub const INTERNAL: u32 = TOKEN | WATCHES | REQUEST;

/// What the flag `all` stands for: everything but time stamps of the processor, which are no process's own, and tracers.
pub const ALL: u32 = SEND
    | RECEIVE
    | CALL
    | PROCS
    | PORTS
    | RUNNING
    | RUNNING_PROCS
    | RUNNING_PORTS
    | GARBAGE_COLLECTION
    | EXITING
    | ARITY
    | RETURN_TO
    | SILENT
    | TIMESTAMP
    | MONOTONIC_TIMESTAMP
    | STRICT_MONOTONIC_TIMESTAMP
    | SET_ON_SPAWN
    | SET_ON_FIRST_SPAWN
    | SET_ON_LINK
    | SET_ON_FIRST_LINK;

/// The time stamps.
pub const STAMPS: u32 = TIMESTAMP | MONOTONIC_TIMESTAMP | STRICT_MONOTONIC_TIMESTAMP;
