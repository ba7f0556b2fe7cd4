//! Atoms' modules: export cells, loader, versions, purge.
//!
//! Reading order: [`lower`] (what goes in and out of the specialiser), [`instance`] (one loaded version), [`server`] (which version is
//! current), [`prepare`], [`publish`] and [`purge`] (the life of an instance), [`plan`] (what a reload would change), [`link`] (addresses and literals for the
//! specialiser), [`specialise`] and [`words`] (the loaded form). The cells themselves are in [`crate::sync::code_cells`].

pub mod constants;
pub mod instance;
pub mod link;
pub mod lower;
#[cfg(test)]
mod one_word;
mod placed;
pub mod plan;
pub mod prepare;
pub mod publish;
pub mod purge;
pub mod quiesce;
pub mod server;
pub mod specialise;
mod watch;
pub mod words;

pub use instance::{
    CodeRange, ExportEntry, FunctionInfo, InstanceId, ModuleInstance, Origin, Place,
};
pub use link::code_server;
pub use lower::{Lower, LowerError, LowerInput, Lowered};
pub use prepare::PrepareError;
pub use publish::{PublishError, Step};
pub use purge::{Leaving, PurgeUnderWay};
pub use server::{CodeServer, Quiesce, Slot};
