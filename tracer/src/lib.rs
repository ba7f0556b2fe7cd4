//! What tracing is made of outside the VM: captured events, the limiter, the ring, formatters, aggregates, pattern
//! languages, capture files.
//!
//! A leaf: it knows no VM and no term representation. The VM asks a [`limiter::Lane`] before it copies anything, captures
//! what may be shown into bytes ([`event`]), pushes them into a [`ring::Ring`]; a formatter thread takes them out and
//! writes text ([`style`]). The same bytes lie in capture files and are formatted offline by the same code.
//!
//! It must never block a scheduler, never grow past a bound, and never panic on bytes or patterns it is given.
#![allow(rustdoc::private_intra_doc_links)] // The documentation is read beside the code.
#![forbid(unsafe_code)]

pub mod aggregate;
pub mod capture;
pub mod event;
pub mod file;
pub mod limiter;
pub mod matchspec;
pub mod pattern;
pub mod query;
pub mod recorder;
pub mod redact;
pub mod ring;
pub mod style;
pub mod term;
