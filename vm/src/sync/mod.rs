//! Lock-free lists, code cells, the run right.
#![allow(unsafe_code)]
