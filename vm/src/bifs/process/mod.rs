//! Functions of module `erlang` over processes: spawning, ties, messages, dictionary, information, timers.

pub mod awaiting;
pub mod control;
pub mod defaults;
pub mod dictionary;
pub mod flags;
pub mod heap_sizes;
pub mod info;
pub mod names;
pub mod send;
pub mod spawn;
pub mod spawn_options;
pub mod ties;
pub mod timers;
