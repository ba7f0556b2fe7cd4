//! External term format.
