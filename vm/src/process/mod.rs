//! Processes: table, body, mailbox, signals, links and monitors, spawn and exit.
//!
//! Reading order: `table` (how a pid is followed), `body` (what a process is), `signal` (how processes affect each other), `spawn`,
//! `exit`, `mailbox`, `links`, `registry`, `reply` (questions between processes), `host` (the embedding program waits), `kept` (whose state a server has).

pub mod body;
pub mod dict;
pub mod exit;
pub mod host;
pub mod kept;
pub mod links;
pub mod mailbox;
pub mod registry;
pub mod relate;
pub mod reply;
pub mod report;
pub mod saved_calls;
pub mod signal;
pub mod spawn;
pub mod table;
pub mod whereabouts;

#[cfg(test)]
mod tests;

pub use body::{Collection, Exec, Native, Outcome, ProcessBody, Slice};
pub use exit::Ending;
pub use kept::KeptState;
pub use signal::Signal;

use crate::sync::inbox::Inbox;
use crate::sync::run_right::{RunCell, flag};

/// One slot of the process table.
pub struct Process {
    pub(crate) inbox: Inbox<Signal>,
    pub(crate) cell: RunCell<Option<ProcessBody>>,
}

impl Process {
    /// A slot nobody lives in.
    pub fn vacant() -> Process {
        Process {
            inbox: Inbox::closed(),
            cell: RunCell::free(None),
        }
    }

    /// Whether the tenant with this serial exists and is not ending.
    pub fn is_alive(&self, serial: u32) -> bool {
        self.cell
            .flags(serial)
            .is_some_and(|flags| flags & flag::EXITING == 0)
    }

    /// Whether a scheduler may be acting on signals it has taken out of the inbox.
    pub fn is_handling(&self, serial: u32) -> bool {
        self.cell
            .flags(serial)
            .is_some_and(|flags| flags & flag::RUNNING != 0)
    }
}
