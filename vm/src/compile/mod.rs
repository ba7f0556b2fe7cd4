//! The compiler inside the VM: terms to and from the compiler's own tree, and its [`Host`](transom_compiler::host::Host), which finds files and
//! runs Erlang (parse transforms, `behaviour_info/1`). The built-in functions over it are in [`crate::bifs::compile`].

pub mod debug_info;
pub mod host;
pub mod terms;

pub use debug_info::add_debug_info;
pub use host::{SearchPath, VmHost};
