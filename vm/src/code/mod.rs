//! Atoms' modules: export cells, loader, versions, purge.
//!
//! Reading order: [`lower`] (what goes in and out of the specialiser), [`instance`] (one loaded version), [`server`] (which version is
//! current, and how several become so at once), [`plan`] (what a reload would change), [`link`] (addresses and literals for the
//! specialiser), [`specialise`] and [`words`] (the loaded form). The cells themselves are in [`crate::sync::code_cells`].

pub mod constants;
pub mod instance;
pub mod link;
pub mod lower;
pub mod plan;
pub mod quiesce;
pub mod server;
pub mod specialise;
pub mod words;

pub use instance::{CodeRange, ExportEntry, FunctionInfo, InstanceId, ModuleInstance, Place};
pub use link::code_server;
pub use lower::{Lower, LowerError, LowerInput, Lowered};
pub use server::{CodeServer, PrepareError, PublishError, PurgeUnderWay, Quiesce, Slot, Step};
