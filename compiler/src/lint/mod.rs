//! The linter: everything that is wrong with a module although it parses, in the words of Erlang's own linter, and its
//! default warnings. It changes nothing and stops at nothing: one run says all there is to say.

mod bits;
mod deprecated;
mod exprs;
mod funs;
mod guards;
mod module;
mod options;
mod patterns;
mod records;
mod tables;
mod types;
mod vars;

use std::collections::{HashMap, HashSet};

use crate::abstract_term::{Term, quote_atom};
use crate::ast::{Form, Name};
use crate::diagnostic::{Diagnostic, did_you_mean, has_errors};
use crate::host::Host;
use crate::span::Span;
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
    functions: HashMap<Key, Span>,
    imports: HashMap<Key, (Name, Span)>,
    used_imports: HashSet<Key>,
    exports: HashSet<Key>,
    records: HashMap<Name, Record>,
    types: HashMap<Key, Span>,
    used_types: HashSet<Key>,
    exported_types: HashSet<Key>,
    /// Uses of types to be checked when all declarations are known.
    type_uses: Vec<(Key, Span)>,
    /// Who calls whom; `None` calls from outside functions.
    calls: HashMap<Option<Key>, HashSet<Key>>,
    current: Option<Key>,
    vars: Vars,
}

/// Checks a module. `host` is asked for the callbacks of behaviours, if it is there. Walks trees recursively: to be called
/// inside [`crate::stack::with_large_stack`].
#[must_use]
pub fn check(forms: &[Form], options: &[Term], host: Option<&dyn Host>) -> Vec<Diagnostic> {
    let mut linter = Linter {
        diagnostics: Vec::new(),
        flags: Flags::collect(forms, options),
        host,
        functions: HashMap::new(),
        imports: HashMap::new(),
        used_imports: HashSet::new(),
        exports: HashSet::new(),
        records: HashMap::new(),
        types: HashMap::new(),
        used_types: HashSet::new(),
        exported_types: HashSet::new(),
        type_uses: Vec::new(),
        calls: HashMap::new(),
        current: None,
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
    options: &[Term],
    host: Option<&dyn Host>,
) -> Vec<Diagnostic> {
    let lost = has_errors(&diagnostics);
    let follows = |d: &Diagnostic| {
        !d.is_error() || d.code.starts_with("undefined_") || d.code == "spec_fun_undefined"
    };
    let found = check(forms, options, host);
    diagnostics.extend(found.into_iter().filter(|d| !(lost && follows(d))));
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
        } else if self.imports.contains_key(&key) {
            self.used_imports.insert(key);
        } else if auto {
            self.deprecated("erlang", name, arity, span);
        } else if !pseudo {
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
