//! Formatters against recorded output: `dbg` against its own handler, `recon_trace` and `redbug` against captures; the others by what they must show.

#[path = "../../../pretty/tests/support/mod.rs"]
mod support;

mod made;

mod dbg;
mod recon;
mod redbug;

mod native;

mod chrome;
mod folded;
mod mermaid;
mod tree;
