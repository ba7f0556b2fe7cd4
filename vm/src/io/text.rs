//! Text of terms for reports the VM writes itself.

use crate::heap::{OwnedTerm, Term};
use crate::vm::Vm;

/// A term as readable text.
pub fn pretty(_vm: &Vm, term: Term<'_>) -> String {
    format!("{:?}", OwnedTerm::new(term))
}
