//! Record definitions of a session: of the modules it was told to know, by the metadata that modules keep.

use std::collections::HashMap;

use transom_pretty::Records;
use transom_tracer::pattern::Definitions;

use crate::atoms::Atom;
use crate::vm::Vm;

/// Field names, by module and record, and by record and size.
#[derive(Clone, Debug, Default)]
pub struct SessionRecords {
    by_size: HashMap<(String, usize), Vec<String>>,
}

impl SessionRecords {
    /// Takes in all records of a module. `false` if it is not loaded.
    pub fn add_module(&mut self, vm: &Vm, module: Atom) -> bool {
        let Some(fields) = of_module(vm, module) else {
            return false;
        };
        for (name, fields) in fields {
            self.by_size.insert((name, fields.len()), fields);
        }
        true
    }

    /// The fields of the record called `tag`, whatever its size.
    pub fn named(&self, tag: &str) -> Option<Vec<String>> {
        let found = self.by_size.iter().find(|((name, _), _)| name == tag);
        found.map(|(_, fields)| fields.clone())
    }
}

impl Records for SessionRecords {
    fn fields(&self, tag: &str, fields: usize) -> Option<Vec<String>> {
        self.by_size.get(&(tag.to_owned(), fields)).cloned()
    }
}

fn of_module(vm: &Vm, module: Atom) -> Option<Vec<(String, Vec<String>)>> {
    let _found = vm.autoload(module);
    let instance = vm.code().current(module)?;
    let text =
        |ix: transom_bytecode::AtomIx| vm.atoms().text(instance.atoms[ix.0 as usize]).to_owned();
    let records = instance.meta.records.iter();
    Some(
        records
            .map(|r| {
                (
                    text(r.name),
                    r.fields.iter().map(|f| text(f.name)).collect(),
                )
            })
            .collect(),
    )
}

/// Records that a pattern names as `mod#record{..}`.
pub struct OfModules<'a>(pub &'a Vm);

impl Definitions for OfModules<'_> {
    fn record(&self, module: &str, name: &str) -> Option<Vec<String>> {
        let module = self.0.atoms().intern(module).ok()?;
        let found = of_module(self.0, module)?.into_iter();
        found
            .filter(|(record, _)| record == name)
            .map(|(_, fields)| fields)
            .next()
    }
}
