//! What a reload would do, before it does it: functions new, changed, same and removed; exports that vanish and who calls them;
//! records that change shape; and, process by process, who runs old code, where, and what becomes of it.
//! Pure comparison of instances: nothing here loads, asks or kills anything. The words for people are Erlang's (`transom_reload_text`).

mod modules;
mod processes;

pub use modules::{Change, FunctionPlan, LostExport, ModulePlan, RecordPlan};
pub use processes::{Fate, Frames, Loops, ProcessPlan, places};

use std::collections::BTreeMap;
use std::sync::Arc;

use super::instance::ModuleInstance;
use super::server::CodeServer;
use crate::atoms::{Atom, AtomTable};

/// A reason not to go on as planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Processes are in the version that would have to go.
    OldCodeInUse {
        /// The module.
        module: Atom,
        /// How many processes.
        processes: usize,
    },
    /// Loaded code calls exports that vanish.
    ExportsLost {
        /// The module.
        module: Atom,
        /// How many exports.
        exports: usize,
    },
    /// A record changes shape while processes hold state of the module.
    RecordsChange {
        /// The module.
        module: Atom,
        /// How many records.
        records: usize,
    },
}

impl Refusal {
    /// Stable code: scripts may rely on it.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::OldCodeInUse { .. } => "R001",
            Refusal::ExportsLost { .. } => "R002",
            Refusal::RecordsChange { .. } => "R003",
        }
    }

    /// What is wrong; what helps stands in `transom_reload_text`.
    pub fn text(&self, atoms: &AtomTable) -> String {
        match self {
            Refusal::OldCodeInUse { module, processes } => {
                format!(
                    "{processes} process(es) in old code of {}",
                    atoms.text(*module)
                )
            }
            Refusal::ExportsLost { module, exports } => {
                format!(
                    "{exports} export(s) of {} vanish but are called",
                    atoms.text(*module)
                )
            }
            Refusal::RecordsChange { module, records } => {
                format!(
                    "{records} record(s) of {} change shape",
                    atoms.text(*module)
                )
            }
        }
    }
}

/// The whole plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<P> {
    /// Module by module.
    pub modules: Vec<ModulePlan>,
    /// Every process that has one of the modules on its stack.
    pub processes: Vec<ProcessPlan<P>>,
}

/// Compares prepared instances with what is loaded.
pub fn plan<P>(
    server: &CodeServer,
    prepared: &[Arc<ModuleInstance>],
    processes: impl IntoIterator<Item = Frames<P>>,
) -> Plan<P> {
    let modules: Vec<ModulePlan> = prepared
        .iter()
        .map(|new| modules::module_plan(server, new, prepared))
        .collect();
    let changes: BTreeMap<u32, BTreeMap<(u32, u8), Change>> = modules
        .iter()
        .map(|m| {
            (
                m.module.0,
                m.functions
                    .iter()
                    .map(|f| ((f.name.0, f.arity), f.change))
                    .collect(),
            )
        })
        .collect();
    let processes = processes
        .into_iter()
        .filter_map(|p| processes::process_plan(server, &changes, p))
        .collect();
    Plan { modules, processes }
}

impl<P> Plan<P> {
    /// Would it change anything?
    pub fn is_empty(&self) -> bool {
        self.modules.iter().all(|m| m.unchanged)
    }

    /// Why the reload should not go on without further word.
    pub fn refusals(&self) -> Vec<Refusal> {
        let mut all = Vec::new();
        for m in self.modules.iter().filter(|m| !m.unchanged) {
            let (module, here) = (m.module, |p: &&ProcessPlan<P>| p.module == m.module);
            let dying = self
                .processes
                .iter()
                .filter(here)
                .filter(|p| p.fate == Fate::WouldDie)
                .count();
            if dying > 0 {
                all.push(Refusal::OldCodeInUse {
                    module,
                    processes: dying,
                });
            }
            let exports = m.lost.iter().filter(|l| !l.callers.is_empty()).count();
            if exports > 0 {
                all.push(Refusal::ExportsLost { module, exports });
            }
            if !m.records.is_empty() && self.processes.iter().any(|p| here(&p)) {
                all.push(Refusal::RecordsChange {
                    module,
                    records: m.records.len(),
                });
            }
        }
        all
    }
}

#[cfg(test)]
mod tests;
