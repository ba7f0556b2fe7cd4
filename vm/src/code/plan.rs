//! What a reload would do, before it does it: functions new, changed, same and removed; exports that vanish and who calls them;
//! records that change shape; and, process by process, who runs old code, where, and what becomes of it.
//! Pure comparison of instances: nothing here loads, asks or kills anything.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use transom_bytecode::{Insn, Module, RecordDef};

use super::instance::ModuleInstance;
use super::server::CodeServer;
use crate::atoms::{Atom, AtomTable};

/// How a function compares with the one of the same name and arity in the current version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only in the new version.
    New,
    /// In both, and different.
    Changed,
    /// In both, and equal: frames and funs in it lose nothing by the switch.
    Same,
    /// Only in the current version.
    Removed,
}

/// How a function goes on for ever, seen from its code alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Loops {
    /// It ends in a fully-qualified call into its own module: the next round runs in the current version.
    pub qualified: bool,
    /// It ends in a local call of itself: that round stays in its version.
    pub local: bool,
    /// It waits for messages.
    pub receives: bool,
}

impl Loops {
    /// Reads it off the generic code.
    pub fn of(m: &Module, function: usize) -> Loops {
        let mut loops = Loops::default();
        for insn in &m.functions[function].code {
            match insn {
                Insn::CallExtLast { import, .. } | Insn::CallExtOnly { import } => {
                    loops.qualified |= m.imports[import.index()].module == m.name;
                }
                Insn::CallLast { function: f, .. } | Insn::CallOnly { function: f } => {
                    loops.local |= f.index() == function;
                }
                Insn::LoopRec { .. } => loops.receives = true,
                _ => {}
            }
        }
        loops
    }
}

/// A function in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionPlan {
    /// Its name.
    pub name: Atom,
    /// Its arity.
    pub arity: u8,
    /// What happens to it.
    pub change: Change,
}

/// A record whose fields differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPlan {
    /// The record.
    pub name: Atom,
    /// Fields it gains.
    pub added: Vec<Atom>,
    /// Fields it loses.
    pub removed: Vec<Atom>,
    /// The fields that stay have another order, so that elements mean something else.
    pub reordered: bool,
}

/// An exported function that vanishes although loaded code calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostExport {
    /// Its name.
    pub name: Atom,
    /// Its arity.
    pub arity: u8,
    /// Modules with calls of it in their code. Calls by `apply` cannot be seen.
    pub callers: Vec<Atom>,
}

/// What becomes of one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePlan {
    /// The module.
    pub module: Atom,
    /// The current version, if it is loaded.
    pub from: Option<u32>,
    /// The version that would be.
    pub to: u32,
    /// The code is the same as the current one: nothing to do.
    pub unchanged: bool,
    /// Its functions, changed ones first.
    pub functions: Vec<FunctionPlan>,
    /// Records that change shape.
    pub records: Vec<RecordPlan>,
    /// Exports that vanish.
    pub lost: Vec<LostExport>,
}

/// What becomes of a process that runs the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is in functions that do not change.
    Unaffected,
    /// It reaches the new version by itself, at its next message.
    Moves,
    /// It stays in the version it runs until it leaves it by itself.
    Stays,
    /// It is in the version before the current one, which must go first: it would be killed.
    WouldDie,
}

/// Where a process is in code of a module, innermost frame first.
#[derive(Clone, Debug)]
pub struct Frames<P> {
    /// The process.
    pub process: P,
    /// Addresses within instructions: the program counter, then return addresses less 8.
    pub addresses: Vec<u64>,
}

/// A process in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessPlan<P> {
    /// The process.
    pub process: P,
    /// The module whose code it is in.
    pub module: Atom,
    /// The version of it.
    pub version: u32,
    /// The innermost function of that module on its stack.
    pub function: (Atom, u8),
    /// And the line there.
    pub line: Option<u32>,
    /// What becomes of it.
    pub fate: Fate,
}

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

    /// What can be done about it.
    pub fn mend(&self) -> &'static str {
        match self {
            Refusal::OldCodeInUse { .. } => {
                "wait until they leave it (--wait), or let them be killed (--force)"
            }
            Refusal::ExportsLost { .. } => {
                "reload the callers in the same step, or keep the export"
            }
            Refusal::RecordsChange { .. } => {
                "give the module a code_change that converts the state"
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
        .map(|new| module_plan(server, new, prepared))
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
        .filter_map(|p| process_plan(server, &changes, p))
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

    /// The plan as text, one fact a line.
    pub fn text(&self, atoms: &AtomTable) -> String
    where
        P: fmt::Display,
    {
        let mut out = String::new();
        for m in &self.modules {
            module_text(m, atoms, &mut out);
        }
        for p in &self.processes {
            let line = p.line.map_or(String::new(), |l| format!(" line {l}"));
            let fate = match p.fate {
                Fate::Unaffected => "is not affected",
                Fate::Moves => "moves at its next message",
                Fate::Stays => "stays in its version",
                Fate::WouldDie => "would die",
            };
            let (f, a) = p.function;
            let place = format!(
                "{}@{} {}/{a}{line}",
                atoms.text(p.module),
                p.version,
                atoms.text(f)
            );
            out.push_str(&format!("process {} in {place}: {fate}\n", p.process));
        }
        for r in self.refusals() {
            out.push_str(&format!("{}: {}\n", r.code(), r.text(atoms)));
        }
        out
    }
}

impl Refusal {
    /// What is wrong and what helps.
    pub fn text(&self, atoms: &AtomTable) -> String {
        let what = match self {
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
        };
        format!("{what}; {}", self.mend())
    }
}

fn module_plan(
    server: &CodeServer,
    new: &ModuleInstance,
    step: &[Arc<ModuleInstance>],
) -> ModulePlan {
    let Some(old) = server.current(new.module) else {
        let functions = new.functions.iter().map(|f| (f.name, f.arity, Change::New));
        return ModulePlan {
            module: new.module,
            from: None,
            to: new.version,
            unchanged: false,
            functions: functions
                .map(|(name, arity, change)| FunctionPlan {
                    name,
                    arity,
                    change,
                })
                .collect(),
            records: Vec::new(),
            lost: Vec::new(),
        };
    };
    let mut functions = Vec::new();
    for f in &new.functions {
        let change = match old.find(f.name, f.arity) {
            None => Change::New,
            Some(i) if old.functions[i].hash == f.hash => Change::Same,
            Some(_) => Change::Changed,
        };
        functions.push(FunctionPlan {
            name: f.name,
            arity: f.arity,
            change,
        });
    }
    for f in old
        .functions
        .iter()
        .filter(|f| new.find(f.name, f.arity).is_none())
    {
        functions.push(FunctionPlan {
            name: f.name,
            arity: f.arity,
            change: Change::Removed,
        });
    }
    functions.sort_by_key(|f| f.change == Change::Same);
    ModulePlan {
        module: new.module,
        from: Some(old.version),
        to: new.version,
        // Equal hashes mean equal atom tables, so the attributes can be compared as they are.
        unchanged: old.hash == new.hash && old.meta.attributes == new.meta.attributes,
        functions,
        records: record_plans(&old, new),
        lost: lost_exports(server, &old, new, step),
    }
}

fn lost_exports(
    server: &CodeServer,
    old: &ModuleInstance,
    new: &ModuleInstance,
    step: &[Arc<ModuleInstance>],
) -> Vec<LostExport> {
    let stays = |name, arity| {
        new.exports
            .iter()
            .any(|e| e.cell.name == name && e.cell.arity == arity)
    };
    let mut lost: Vec<LostExport> = old
        .exports
        .iter()
        .filter(|e| !stays(e.cell.name, e.cell.arity))
        .map(|e| LostExport {
            name: e.cell.name,
            arity: e.cell.arity,
            callers: Vec::new(),
        })
        .collect();
    if lost.is_empty() {
        return lost;
    }
    for module in server.loaded() {
        // What is reloaded in the same step counts with its new code.
        let instance = step
            .iter()
            .find(|i| i.module == module)
            .cloned()
            .or_else(|| server.current(module));
        let Some(caller) = instance else { continue };
        for i in &caller.meta.imports {
            let name = caller.atoms[i.name.index()];
            if caller.atoms[i.module.index()] != new.module {
                continue;
            }
            let called = lost
                .iter_mut()
                .filter(|l| l.name == name && l.arity == i.arity);
            called.for_each(|l| l.callers.push(module));
        }
    }
    lost
}

fn record_plans(old: &ModuleInstance, new: &ModuleInstance) -> Vec<RecordPlan> {
    let fields = |i: &ModuleInstance, r: &RecordDef| -> Vec<Atom> {
        r.fields.iter().map(|f| i.atoms[f.name.index()]).collect()
    };
    let mut plans = Vec::new();
    for before in &old.meta.records {
        let name = old.atoms[before.name.index()];
        let Some(after) = new
            .meta
            .records
            .iter()
            .find(|r| new.atoms[r.name.index()] == name)
        else {
            continue;
        };
        let (before, after) = (fields(old, before), fields(new, after));
        let added: Vec<Atom> = after
            .iter()
            .filter(|f| !before.contains(f))
            .copied()
            .collect();
        let removed: Vec<Atom> = before
            .iter()
            .filter(|f| !after.contains(f))
            .copied()
            .collect();
        let kept = before.iter().filter(|f| after.contains(f));
        let reordered = !kept.eq(after.iter().filter(|f| before.contains(f)));
        if reordered || !added.is_empty() || !removed.is_empty() {
            plans.push(RecordPlan {
                name,
                added,
                removed,
                reordered,
            });
        }
    }
    plans
}

fn process_plan<P>(
    server: &CodeServer,
    changes: &BTreeMap<u32, BTreeMap<(u32, u8), Change>>,
    frames: Frames<P>,
) -> Option<ProcessPlan<P>> {
    let mut found: Option<ProcessPlan<()>> = None;
    for address in frames.addresses.iter().copied() {
        let Some((instance, place)) = server.locate(address) else {
            continue;
        };
        let Some(changed) = changes.get(&instance.module.0) else {
            continue;
        };
        let f = &instance.functions[place.function];
        let fate = match changed.get(&(f.name.0, f.arity)) {
            _ if is_stranded(server, &instance, place.function) => Fate::WouldDie,
            Some(Change::Same) => Fate::Unaffected,
            _ if f.loops.qualified && !f.loops.local => Fate::Moves,
            _ => Fate::Stays,
        };
        match &mut found {
            // The innermost frame names the place; the worst fate of all frames is the process's.
            Some(p) => p.fate = p.fate.max(fate),
            None => {
                found = Some(ProcessPlan {
                    process: (),
                    module: instance.module,
                    version: instance.version,
                    function: (f.name, f.arity),
                    line: place.line.map(|l| l.1),
                    fate,
                });
            }
        }
    }
    let ProcessPlan {
        module,
        version,
        function,
        line,
        fate,
        ..
    } = found?;
    Some(ProcessPlan {
        process: frames.process,
        module,
        version,
        function,
        line,
        fate,
    })
}

/// Is this frame in the version before the current one, in a function that the current one does not have just so? Others are carried over.
fn is_stranded(server: &CodeServer, instance: &ModuleInstance, function: usize) -> bool {
    let is_old = server
        .old(instance.module)
        .is_some_and(|o| o.id == instance.id);
    let f = &instance.functions[function];
    is_old
        && server.current(instance.module).is_none_or(|c| {
            c.find(f.name, f.arity).is_none_or(|i| {
                c.functions[i].hash != f.hash || c.length(i) != instance.length(function)
            })
        })
}

fn module_text(m: &ModulePlan, atoms: &AtomTable, out: &mut String) {
    let name = atoms.text(m.module);
    if m.unchanged {
        out.push_str(&format!("module {name}: unchanged\n"));
        return;
    }
    match m.from {
        None => out.push_str(&format!("module {name}: new, version {}\n", m.to)),
        Some(from) => out.push_str(&format!("module {name}: version {from} to {}\n", m.to)),
    }
    for f in &m.functions {
        let word = match f.change {
            Change::New => "new",
            Change::Changed => "changed",
            Change::Removed => "removed",
            Change::Same => continue,
        };
        out.push_str(&format!("  {word} {}/{}\n", atoms.text(f.name), f.arity));
    }
    let same = m
        .functions
        .iter()
        .filter(|f| f.change == Change::Same)
        .count();
    out.push_str(&format!("  same: {same} function(s)\n"));
    for r in &m.records {
        let names = |all: &[Atom]| {
            all.iter()
                .map(|a| atoms.text(*a))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut what = Vec::new();
        if !r.added.is_empty() {
            what.push(format!("gains {}", names(&r.added)));
        }
        if !r.removed.is_empty() {
            what.push(format!("loses {}", names(&r.removed)));
        }
        if r.reordered {
            what.push("changes the order of its fields".into());
        }
        out.push_str(&format!(
            "  record {} {}\n",
            atoms.text(r.name),
            what.join(", ")
        ));
    }
    for l in &m.lost {
        let callers: Vec<&str> = l.callers.iter().map(|c| atoms.text(*c)).collect();
        let by = if callers.is_empty() {
            String::new()
        } else {
            format!(", called by {}", callers.join(", "))
        };
        out.push_str(&format!(
            "  export {}/{} vanishes{by}\n",
            atoms.text(l.name),
            l.arity
        ));
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
