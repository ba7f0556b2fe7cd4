//! Atoms' modules: export cells, loader, versions, purge.
//!
//! Reading order: [`lower`] (what goes in and out of the specialiser), [`instance`] (one loaded version), [`server`] (which version is
//! current, and how several become so at once), [`plan`] (what a
//! reload would change). The cells themselves are in [`crate::sync::code_cells`].

pub mod instance;
pub mod lower;
pub mod plan;
pub mod server;

pub use instance::{CodeRange, ExportEntry, FunctionInfo, InstanceId, ModuleInstance, Place};
pub use lower::{Lower, LowerError, LowerInput, Lowered};
pub use server::{CodeServer, PrepareError, PublishError, Quiesce, Slot, Step};
