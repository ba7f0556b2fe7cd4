//! The generated parser.
#![allow(missing_docs, rust_2018_idioms, unused_qualifications)]
include!(concat!(env!("OUT_DIR"), "/grammar.rs"));
