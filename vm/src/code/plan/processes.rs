//! Processes: where each is in code, in which version, and what becomes of it.

use std::collections::BTreeMap;

use transom_bytecode::{Insn, Module};

use super::Change;
use crate::atoms::Atom;
use crate::code::instance::ModuleInstance;
use crate::code::server::CodeServer;

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

pub(super) fn process_plan<P>(
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
    is_old
        && server
            .current(instance.module)
            .is_none_or(|c| instance.same_function(function, &c).is_none())
}

/// Where processes are in code of these modules, in the innermost frame of each module and version; what is current included.
pub fn places<P: Copy>(
    server: &CodeServer,
    modules: &[Atom],
    frames: &Frames<P>,
) -> Vec<ProcessPlan<P>> {
    let mut found: Vec<ProcessPlan<P>> = Vec::new();
    for address in &frames.addresses {
        let Some((instance, place)) = server.locate(*address) else {
            continue;
        };
        let known =
            |p: &ProcessPlan<P>| p.module == instance.module && p.version == instance.version;
        if !modules.contains(&instance.module) || found.iter().any(known) {
            continue;
        }
        let f = &instance.functions[place.function];
        let current = server
            .current(instance.module)
            .is_some_and(|c| c.id == instance.id);
        found.push(ProcessPlan {
            process: frames.process,
            module: instance.module,
            version: instance.version,
            function: (f.name, f.arity),
            line: place.line.map(|l| l.1),
            fate: if current {
                Fate::Unaffected
            } else {
                Fate::WouldDie
            },
        });
    }
    found
}
