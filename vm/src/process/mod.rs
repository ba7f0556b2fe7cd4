//! Processes, mailboxes, signals.
