//! Functions about the VM and its surroundings: time, information, statistics, the end, the operating system.

pub mod calendar;
pub mod halting;
pub mod info;
pub mod memory;
pub mod nodes;
pub mod os;
pub mod statistics;
pub mod time;
