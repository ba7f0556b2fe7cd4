//! Which warnings are on: Erlang's defaults, changed by compile options and `-compile` attributes.

use std::collections::HashSet;

use crate::abstract_term::Term;
use crate::ast::{Form, FormKind};

/// Warnings that are off unless asked for.
const OFF: &[&str] = &[
    "unused_import",
    "export_vars",
    "missing_spec",
    "missing_spec_all",
    "untyped_record",
];

/// The options that matter to the linter.
pub(super) struct Flags {
    on: HashSet<String>,
    off: HashSet<String>,
    pub export_all: bool,
    no_auto_import_all: bool,
    no_auto_import: HashSet<(String, i64)>,
    nowarn_functions: HashSet<(String, i64)>,
    nowarn_deprecated: HashSet<(String, String, i64)>,
}

impl Flags {
    /// What `-compile` attributes and options of the call say about warnings.
    pub fn collect(forms: &[Form], options: &[Term]) -> Flags {
        let mut flags = Flags {
            on: HashSet::new(),
            off: HashSet::new(),
            export_all: false,
            no_auto_import_all: false,
            no_auto_import: HashSet::new(),
            nowarn_functions: HashSet::new(),
            nowarn_deprecated: HashSet::new(),
        };
        for o in options {
            flags.add(o);
        }
        for form in forms {
            if let FormKind::Attribute(name, value) = &form.kind
                && &**name == "compile"
            {
                match value.to_list() {
                    Some(list) => list.iter().for_each(|o| flags.add(o)),
                    None => flags.add(value),
                }
            }
        }
        flags
    }

    fn add(&mut self, option: &Term) {
        if let Some(name) = option.as_atom() {
            match &**name {
                "export_all" => self.export_all = true,
                "no_auto_import" => self.no_auto_import_all = true,
                other => {
                    let off = other.strip_prefix("nowarn_");
                    let flag = off.or(other.strip_prefix("warn_")).map(plural);
                    if let Some(flag) = flag {
                        let (to, from) = if other.starts_with('n') {
                            (&mut self.off, &mut self.on)
                        } else {
                            (&mut self.on, &mut self.off)
                        };
                        from.remove(flag);
                        to.insert(flag.to_string());
                    }
                }
            }
            return;
        }
        if let Some([tag, list]) = option.as_tuple() {
            let listed = list.to_list().unwrap_or_else(|| vec![list.clone()]);
            let pairs = listed.iter().filter_map(|t| match t.as_tuple()? {
                [name, arity] => Some((name.as_atom()?.to_string(), arity.as_i64()?)),
                _ => None,
            });
            if tag.is_atom("no_auto_import") {
                self.no_auto_import.extend(pairs);
            } else if tag.is_atom("nowarn_unused_function") {
                self.nowarn_functions.extend(pairs);
            } else if tag.is_atom("nowarn_deprecated_function") {
                let triples = listed.iter().filter_map(|t| match t.as_tuple()? {
                    [module, name, arity] => Some((
                        module.as_atom()?.to_string(),
                        name.as_atom()?.to_string(),
                        arity.as_i64()?,
                    )),
                    _ => None,
                });
                self.nowarn_deprecated.extend(triples);
            }
        }
    }

    /// Is a kind of warning wanted?
    pub fn is_on(&self, flag: &str) -> bool {
        if self.off.contains(flag) {
            return false;
        }
        self.on.contains(flag) || !OFF.contains(&flag)
    }

    /// Is a built-in function not to be called by its bare name?
    pub fn no_auto_import(&self, name: &str, arity: u32) -> bool {
        self.no_auto_import_all
            || self
                .no_auto_import
                .contains(&(name.to_string(), i64::from(arity)))
    }

    /// Is a deprecated function to be called without a warning?
    pub fn may_be_deprecated(&self, module: &str, name: &str, arity: u32) -> bool {
        let called = (module.to_owned(), name.to_owned(), i64::from(arity));
        self.nowarn_deprecated.contains(&called)
    }

    /// Is a function to stay unused without a warning?
    pub fn may_be_unused(&self, name: &str, arity: u32) -> bool {
        self.nowarn_functions
            .contains(&(name.to_string(), i64::from(arity)))
    }
}

/// Names that come with and without an s.
fn plural(flag: &str) -> &str {
    match flag {
        "unused_functions" => "unused_function",
        "unused_records" => "unused_record",
        "unused_types" => "unused_type",
        "unused_variables" | "unused_variable" => "unused_vars",
        "shadow_variables" => "shadow_vars",
        other => other,
    }
}
