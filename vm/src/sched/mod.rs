//! Schedulers: threads that run processes. Reading order: `scheduler` (the loop), `queues`, `current`, `timers`, `wheel`, `clock`, `dirty`.

pub mod calendar;
pub mod clock;
pub mod current;
pub mod dirty;
pub mod lengths;
pub mod queues;
pub mod scheduler;
pub mod timers;
pub mod wheel;
mod zone;

pub use scheduler::Schedulers;
