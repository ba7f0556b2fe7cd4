//! Schedulers, run queues, timers.
