//! Words, terms, blocks, collection.
#![allow(unsafe_code)]
