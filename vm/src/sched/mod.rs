//! Schedulers, run queues, timers.
pub mod queues;
pub mod wheel;
