//! Dispatch loop and instruction bodies.
