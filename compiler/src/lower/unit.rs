//! What all functions of a module know: its tables, functions, imports, records and options.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use transom_bytecode::FnIx;

use super::numbers::Numbers;
use crate::ast::{Name, RecordFieldDef};
use crate::core::pool::Pool;
use crate::diagnostic::Diagnostic;
use crate::span::Files;

/// A record definition in use.
#[derive(Debug)]
pub struct Record<'a> {
    pub name: Name,
    pub fields: &'a [RecordFieldDef],
    pub index: HashMap<Name, usize>,
}

/// A module being lowered.
pub struct Unit<'a> {
    pub pool: Pool,
    pub files: &'a Files,
    pub module: Name,
    pub records: HashMap<Name, Rc<Record<'a>>>,
    /// Imported name and arity, and where from.
    pub imports: HashMap<(Name, u32), Name>,
    pub locals: HashMap<(Name, u32), FnIx>,
    pub no_auto_import: HashSet<(Name, u32)>,
    pub no_auto_import_all: bool,
    pub diagnostics: Vec<Diagnostic>,
    /// Name and arity of the source function that generated functions are named after.
    pub outer: (Name, u32),
    /// The numbers in the names of that function's funs and comprehensions.
    pub numbers: Numbers,
    /// Core of every function as text, when it is asked for.
    pub dump: Option<String>,
}

/// Whom a plain name means in a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    Local(FnIx),
    Remote(Name),
    Erlang,
    Unknown,
}

impl Unit<'_> {
    /// Whom `name(...)` with that many arguments calls.
    pub fn resolve(&self, name: &Name, arity: u32) -> Resolved {
        let key = (name.clone(), arity);
        if let Some(f) = self.locals.get(&key) {
            return Resolved::Local(*f);
        }
        if let Some(m) = self.imports.get(&key) {
            return Resolved::Remote(m.clone());
        }
        let auto = !self.no_auto_import_all && !self.no_auto_import.contains(&key);
        if auto && super::bifs::auto_imported(name, arity) {
            return Resolved::Erlang;
        }
        Resolved::Unknown
    }

    /// Does `name(...)` mean a function of module erlang?
    pub fn is_erlang(&self, name: &Name, arity: u32) -> bool {
        self.resolve(name, arity) == Resolved::Erlang
    }
}
