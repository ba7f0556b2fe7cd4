//! Trace points.
