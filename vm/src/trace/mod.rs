//! Tracing in the VM: which functions have patterns, which processes have flags, and what happens when both meet.
//!
//! ```text
//!  trace_pattern ──> Tracing.patterns ──> patched entry (local) or export cell turned to a stub (global)
//!  trace         ──> ProcessBody.trace_flags, Extra.tracer
//!  a call reaches a trace point ──> points::call: counters, flags, match specification ──> message to the tracer
//! ```
//! With nothing set no call pays: the points are reached only through words and cells that tracing itself changed. A trace point never
//! blocks and never touches the reduction counter.

pub mod flags;
pub mod message;
pub mod patterns;
pub mod points;

pub use patterns::{Pattern, Scope, Spec, Tracing};
