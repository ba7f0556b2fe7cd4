//! Modules: two versions compared, function by function, record by record, export by export.

use std::sync::Arc;

use transom_bytecode::{RecordDef, Seen};

use crate::atoms::Atom;
use crate::code::instance::{FunctionHash, ModuleInstance};
use crate::code::server::CodeServer;

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

/// A function in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionPlan {
    /// Its name.
    pub name: Atom,
    /// Its arity.
    pub arity: u8,
    /// What happens to it.
    pub change: Change,
    /// What it does ([`transom_bytecode::function_hash`]), in the new version; of a removed one, in the current version.
    pub hash: FunctionHash,
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
    /// Functions with calls of it in their code; of a module that cannot be read again, the module alone. Calls by `apply` cannot be seen.
    pub callers: Vec<Caller>,
}

/// A module and a function of it.
pub type Caller = (Atom, Option<(Atom, u8)>);

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

pub(super) fn module_plan(
    server: &CodeServer,
    new: &ModuleInstance,
    step: &[Arc<ModuleInstance>],
) -> ModulePlan {
    let Some(old) = server.current(new.module) else {
        let all = 0..new.functions.len();
        return ModulePlan {
            module: new.module,
            from: None,
            to: new.version,
            unchanged: false,
            functions: all.map(|at| function_plan(new, at, Change::New)).collect(),
            records: Vec::new(),
            lost: Vec::new(),
        };
    };
    let mut functions = Vec::new();
    for (at, f) in new.functions.iter().enumerate() {
        let change = match old.find(f.name, f.arity) {
            None => Change::New,
            Some(i) if old.function_hash(i) == new.function_hash(at) => Change::Same,
            Some(_) => Change::Changed,
        };
        functions.push(function_plan(new, at, change));
    }
    for (at, f) in old.functions.iter().enumerate() {
        if new.find(f.name, f.arity).is_none() {
            functions.push(function_plan(&old, at, Change::Removed));
        }
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

fn function_plan(instance: &ModuleInstance, at: usize, change: Change) -> FunctionPlan {
    let f = &instance.functions[at];
    FunctionPlan {
        name: f.name,
        arity: f.arity,
        change,
        hash: instance.function_hash(at),
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
        for (at, i) in caller.meta.imports.iter().enumerate() {
            let name = caller.atoms[i.name.index()];
            if caller.atoms[i.module.index()] != new.module {
                continue;
            }
            let called = lost
                .iter_mut()
                .filter(|l| l.name == name && l.arity == i.arity);
            called.for_each(|l| l.callers.extend(callers(&caller, at)));
        }
    }
    lost
}

/// The functions of a module that use one of its imports.
fn callers(caller: &ModuleInstance, import: usize) -> Vec<Caller> {
    let Some(module) = caller.read() else {
        return vec![(caller.module, None)];
    };
    let mut found = Vec::new();
    for f in &module.functions {
        let mut uses = false;
        for insn in &f.code {
            insn.for_each_operand(&mut |seen| {
                uses |= matches!(seen, Seen::ImportIx(i) if i.index() == import);
            });
        }
        if uses {
            let name = caller.atoms[f.name.index()];
            found.push((caller.module, Some((name, f.arity))));
        }
    }
    found
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
