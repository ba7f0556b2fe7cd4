//! The linter: everything that is wrong with a module although it parses, in the words of Erlang's own linter, and its
//! default warnings. It changes nothing and stops at nothing: one run says all there is to say.

mod attributes;
mod behaviours;
pub(crate) mod bits;
mod deprecated;
mod exprs;
mod format;
mod funs;
mod guards;
mod ignored;
mod module;
mod options;
mod patterns;
mod records;
mod tables;
mod types;
mod useless;
mod vars;

use std::collections::{HashMap, HashSet};

use crate::abstract_term::{Term, quote_atom};
use crate::ast::{Form, Name};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::host::Host;
use crate::lost::Lost;
use crate::span::Span;
pub(crate) use guards::{is_bif, is_guard_function, is_guard_operator};
use options::Flags;
use vars::Vars;

/// Name and arity.
type Key = (Name, u32);

/// A record as declared.
struct Record {
    fields: Vec<Name>,
    span: Span,
    used: bool,
}

/// The linter's state.
struct Linter<'a> {
    diagnostics: Vec<Diagnostic>,
    flags: Flags,
    host: Option<&'a dyn Host>,
    /// What could not be read: nothing is said of it.
    lost: &'a Lost,
    functions: HashMap<Key, Span>,
    imports: HashMap<Key, (Name, Span)>,
    used_imports: HashSet<Key>,
    exports: HashSet<Key>,
    records: HashMap<Name, Record>,
    /// Records that were used before they were declared.
    early_records: HashSet<Name>,
    specified: HashSet<Key>,
    types: HashMap<Key, Span>,
    /// Which types a type mentions; `None` for those that anything else does.
    used_types: HashMap<Option<Key>, HashSet<Key>>,
    exported_types: HashSet<Key>,
    /// Declared under the name of a builtin type, which was complained of.
    refused_types: HashSet<Key>,
    /// Uses of types to be checked when all declarations are known.
    type_uses: Vec<(Key, Span)>,
    /// Who calls whom; `None` calls from outside functions.
    calls: HashMap<Option<Key>, HashSet<Key>>,
    current: Option<Key>,
    current_type: Option<Key>,
    /// `erlang:load_nif/2` is called.
    loads_nifs: bool,
    /// Was there an `on_load` attribute?
    loaded: bool,
    /// What is said at the end if there is no error: option, place, text.
    useless: Vec<(&'static str, Span, String)>,
    vars: Vars,
}

/// Checks a module. `host` is asked for the callbacks of behaviours, if it is there. Walks trees recursively: to be called
/// inside [`crate::stack::with_large_stack`].
#[must_use]
pub fn check(forms: &[Form], options: &[Term], host: Option<&dyn Host>) -> Vec<Diagnostic> {
    found(forms, options, host, &Lost::default())
}

fn found(
    forms: &[Form],
    options: &[Term],
    host: Option<&dyn Host>,
    lost: &Lost,
) -> Vec<Diagnostic> {
    let mut linter = Linter {
        diagnostics: Vec::new(),
        flags: Flags::collect(forms, options),
        host,
        lost,
        functions: HashMap::new(),
        imports: HashMap::new(),
        used_imports: HashSet::new(),
        exports: HashSet::new(),
        records: HashMap::new(),
        early_records: HashSet::new(),
        specified: HashSet::new(),
        types: HashMap::new(),
        used_types: HashMap::new(),
        exported_types: HashSet::new(),
        refused_types: HashSet::new(),
        type_uses: Vec::new(),
        calls: HashMap::new(),
        current: None,
        current_type: None,
        loads_nifs: false,
        loaded: false,
        useless: Vec::new(),
        vars: Vars::default(),
    };
    linter.module(forms);
    let mut found = linter.diagnostics;
    found.sort_by_key(|d| d.span.map_or((0, 0, 0), |s| (s.file.0, s.line, s.column)));
    found
}

/// Adds the linter's findings to those of the parser. Where forms were lost, what only follows from their absence is left out.
#[must_use]
pub fn check_parsed(
    forms: &[Form],
    mut diagnostics: Vec<Diagnostic>,
    lost: &Lost,
    options: &[Term],
    host: Option<&dyn Host>,
) -> Vec<Diagnostic> {
    let idle = |d: &Diagnostic| {
        matches!(
            d.code,
            "unused_function" | "unused_record" | "unused_type" | "unused_import" | "no_load_nif"
        )
    };
    let found = found(forms, options, host, lost);
    // What nobody uses may have been used where something could not be read.
    let quiet = !lost.is_empty();
    diagnostics.extend(found.into_iter().filter(|d| !(quiet && idle(d))));
    diagnostics.sort_by_key(|d| d.span.map_or((0, 0, 0), |s| (s.file.0, s.line, s.column)));
    diagnostics
}

impl Linter<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::error(code, span, message));
    }

    fn error_hint(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        meant: Option<String>,
    ) {
        let d = Diagnostic::error(code, span, message);
        self.diagnostics.push(match meant {
            Some(m) => d.with_hint(format!("did you mean {m}?")),
            None => d,
        });
    }

    fn warn(
        &mut self,
        flag: &'static str,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) {
        if self.flags.is_on(flag) {
            self.diagnostics
                .push(Diagnostic::warning(code, span, message));
        }
    }

    /// A call or reference to `name/arity` without a module.
    fn call(&mut self, name: &Name, arity: u32, span: Span, reference: bool) {
        let key = (name.clone(), arity);
        let auto = tables::is_auto_imported(name, arity) && !self.flags.no_auto_import(name, arity);
        let pseudo = matches!(
            (&**name, arity),
            ("record_info", 2) | ("module_info", 0 | 1)
        );
        if self.functions.contains_key(&key) {
            self.calls
                .entry(self.current.clone())
                .or_default()
                .insert(key);
            if auto && !reference {
                self.clash(name, arity, span);
            }
        } else if self.imports.contains_key(&key) && !reference {
            self.used_imports.insert(key);
        } else if auto {
            self.deprecated("erlang", name, arity, span);
        } else if !pseudo && !self.lost.has(name) {
            let shown = show(name, arity);
            let meant = self.similar_function(name, arity);
            self.error_hint(
                "undefined_function",
                span,
                format!("function {shown} undefined"),
                meant,
            );
        }
    }

    fn clash(&mut self, name: &Name, arity: u32, span: Span) {
        let f = show(name, arity);
        let advice = format!(
            "\n - use erlang:{f} or \"-compile({{no_auto_import,[{f}]}}).\" to resolve name clash"
        );
        if tables::is_old_bif(name, arity) {
            let text =
                format!("ambiguous call of overridden pre R14 auto-imported BIF {f}{advice}");
            self.error("call_to_redefined_old_bif", span, text);
        } else {
            let text = format!("ambiguous call of overridden auto-imported BIF {f}{advice}");
            self.warn("bif_clash", "call_to_redefined_bif", span, text);
        }
    }

    fn similar_function(&self, name: &Name, arity: u32) -> Option<String> {
        let mut other: Vec<u32> = self
            .functions
            .keys()
            .filter(|(n, _)| n == name)
            .map(|(_, a)| *a)
            .collect();
        other.sort_unstable();
        if let Some(a) = other.first() {
            return Some(show(name, *a));
        }
        let own = self.functions.keys().chain(self.imports.keys());
        let own: Vec<&str> = own
            .filter(|(_, a)| *a == arity)
            .map(|(n, _)| &**n)
            .collect();
        let suffix = format!("/{arity}");
        let built_in = tables::auto_imported().filter_map(|f| f.strip_suffix(&*suffix));
        let best = did_you_mean(name, own.into_iter().chain(built_in))?;
        Some(show(&best, arity))
    }
}

/// `name/arity`, quoted where needed.
fn show(name: &str, arity: u32) -> String {
    format!("{}/{arity}", quote_atom(name))
}
