//! Module level: attributes, what is defined, exported and reachable, behaviours.

use std::collections::{HashMap, HashSet};

use super::{Key, Linter, Record, show};
use crate::abstract_term::{Term, quote_atom};
use crate::ast::*;
use crate::diagnostic::{Diagnostic, did_you_mean};

impl Linter<'_> {
    pub(super) fn module(&mut self, forms: &[Form]) {
        self.definitions(forms);
        let mut functions_seen = false;
        for form in forms {
            match &form.kind {
                FormKind::Function(f) => {
                    functions_seen = true;
                    self.function(f, form.span);
                }
                FormKind::Record(r) => self.record(r, form.span),
                FormKind::TypeDef(t) => self.type_def(t, form.span),
                FormKind::Spec(s) if s.callback && functions_seen => self.late(form, true),
                FormKind::Spec(s) => self.spec(s),
                FormKind::Module(_)
                | FormKind::Export(_)
                | FormKind::ExportType(_)
                | FormKind::Import(..) => {
                    self.late(form, functions_seen);
                }
                FormKind::OptionalCallbacks(_) | FormKind::Attribute(..) => {
                    self.late(form, functions_seen)
                }
                FormKind::File(..) | FormKind::Eof => {}
            }
        }
        self.specs(forms);
        self.exported(forms);
        self.attributes(forms);
        self.callbacks(forms);
        self.behaviours(forms);
        self.unused(forms);
        self.useless_in(forms);
        self.report_useless();
    }

    /// What is defined anywhere in the module.
    fn definitions(&mut self, forms: &[Form]) {
        let mut module = None;
        let mut functions_seen = false;
        for form in forms {
            let span = form.span;
            match &form.kind {
                FormKind::Module(_) if functions_seen => {}
                FormKind::Module(_) if module.is_some() => {
                    self.error("redefine_module", span, "redefining module");
                }
                FormKind::Module(m) => module = Some(m.clone()),
                FormKind::Function(f) => {
                    functions_seen = true;
                    if f.arity > 255 {
                        let text =
                            format!("too many arguments ({}) - maximum allowed is 255", f.arity);
                        self.error("too_many_arguments", span, text);
                    }
                    let key = (f.name.clone(), f.arity);
                    let pseudo = matches!(
                        (&*f.name, f.arity),
                        ("module_info", 0 | 1) | ("record_info", 2)
                    );
                    if self.functions.contains_key(&key) || pseudo {
                        self.error(
                            "redefine_function",
                            span,
                            format!("function {} already defined", show(&f.name, f.arity)),
                        );
                    } else {
                        self.functions.insert(key, span);
                    }
                }
                FormKind::TypeDef(t) => self.declare_type(t, span),
                FormKind::Spec(s) if !s.callback => {
                    self.specified.insert((s.name.clone(), s.arity));
                }
                FormKind::ExportType(list) => {
                    for r in list {
                        if !self.exported_types.insert((r.name.clone(), r.arity)) {
                            let text = format!("type {} already exported", show(&r.name, r.arity));
                            self.warn("duplicated_export", "duplicated_export", span, text);
                        }
                    }
                }
                _ => {}
            }
        }
        if module.is_none() && !self.lost.has("module") {
            // The first `file` attribute is the preprocessor's.
            let named = |f: &Form| matches!(f.kind, FormKind::File(..));
            let own = forms.iter().enumerate().find(|(i, f)| *i > 0 || !named(f));
            let at = own.map_or(Span::default(), |(_, f)| f.span);
            self.error("undefined_module", at, "no module definition");
        }
        for form in forms {
            match &form.kind {
                FormKind::Import(m, list) => self.import(m, list, form.span),
                FormKind::Export(list) => self.export(list, form.span),
                _ => {}
            }
        }
    }

    fn import(&mut self, module: &Name, list: &[FunRef], span: Span) {
        for r in list {
            let key = (r.name.clone(), r.arity);
            let shown = show(&r.name, r.arity);
            if let Some((other, at)) = self.imports.get(&key) {
                if *at != span {
                    let text = format!(
                        "function {shown} already imported from {}",
                        quote_atom(other)
                    );
                    self.error("redefine_import", span, text);
                }
            } else if self.functions.contains_key(&key) {
                self.error(
                    "define_import",
                    self.functions[&key],
                    format!("defining imported function {shown}"),
                );
            } else {
                self.imports.insert(key, (module.clone(), span));
                self.import_clash(&r.name, r.arity, span);
            }
        }
    }

    /// An imported name that needs no import.
    fn import_clash(&mut self, name: &Name, arity: u32, span: Span) {
        let auto = super::tables::is_auto_imported(name, arity);
        if !auto || self.flags.no_auto_import(name, arity) {
            return;
        }
        let f = show(name, arity);
        let advice =
            format!("\n - use \"-compile({{no_auto_import,[{f}]}}).\" to resolve name clash");
        if super::tables::is_old_bif(name, arity) {
            let text = format!("import directive overrides pre R14 auto-imported BIF {f}{advice}");
            self.error("redefine_old_bif_import", span, text);
        } else {
            let text = format!("import directive overrides auto-imported BIF {f}{advice}");
            self.warn("bif_clash", "redefine_bif_import", span, text);
        }
    }

    fn export(&mut self, list: &[FunRef], span: Span) {
        for r in list {
            let key = (r.name.clone(), r.arity);
            if !self.exports.insert(key) {
                let text = format!("function {} already exported", show(&r.name, r.arity));
                self.warn("duplicated_export", "duplicated_export", span, text);
            }
        }
    }

    /// Attributes stand before the functions.
    fn late(&mut self, form: &Form, functions_seen: bool) {
        let name: &str = match &form.kind {
            FormKind::Module(_) => "module",
            FormKind::Export(_) => "export",
            FormKind::ExportType(_) => "export_type",
            FormKind::Import(..) => "import",
            FormKind::OptionalCallbacks(_) => "optional_callbacks",
            FormKind::Attribute(name, _) => name,
            FormKind::Spec(s) if s.callback => "callback",
            _ => return,
        };
        let anywhere = matches!(
            name,
            "compile" | "dialyzer" | "doc" | "moduledoc" | "export_type" | "feature"
        );
        if functions_seen && !anywhere {
            let text = format!("attribute {} after function definitions", quote_atom(name));
            return self.error("attribute", form.span, text);
        }
        if let FormKind::Attribute(_, value) = &form.kind
            && name == "on_load"
        {
            self.on_load(value, form.span);
        }
        if name == "compile" && self.flags.export_all && is_export_all(form) {
            self.warn(
                "export_all",
                "export_all",
                form.span,
                "export_all flag enabled - all functions will be exported",
            );
        }
    }

    fn on_load(&mut self, value: &Term, span: Span) {
        let key = match value.as_tuple() {
            Some([name, arity]) => name.as_atom().cloned().zip(arity.as_i64()),
            _ => None,
        };
        let Some((name, arity)) = key else {
            let text = format!("badly formed on_load attribute: {value}");
            return self.error("bad_on_load", span, text);
        };
        let key: Key = (name, u32::try_from(arity).unwrap_or(u32::MAX));
        self.calls.entry(None).or_default().insert(key.clone());
        if std::mem::replace(&mut self.loaded, true) {
            return self.error("multiple_on_loads", span, "more than one on_load attribute");
        }
        if arity != 0 {
            let text = format!(
                "function {}/{arity} has wrong arity (must be 0)",
                quote_atom(&key.0)
            );
            return self.error("bad_on_load_arity", span, text);
        }
        if !self.functions.contains_key(&key) && !self.lost.has(&key.0) {
            let text = format!("function {} undefined", show(&key.0, 0));
            self.error("undefined_on_load", span, text);
        }
    }

    fn exported(&mut self, forms: &[Form]) {
        // An export that comes too late has been complained of already.
        let first = forms
            .iter()
            .position(|f| matches!(f.kind, FormKind::Function(_)));
        for form in &forms[..first.unwrap_or(forms.len())] {
            match &form.kind {
                FormKind::Export(list) => {
                    for r in list {
                        let key = (r.name.clone(), r.arity);
                        if !self.functions.contains_key(&key) && !self.lost.has(&r.name) {
                            let text = format!("function {} undefined", show(&r.name, r.arity));
                            let meant = self.similar_function(&r.name, r.arity);
                            self.error_hint("undefined_function", form.span, text, meant);
                        }
                    }
                }
                FormKind::ExportType(list) => {
                    for r in list {
                        let key = (r.name.clone(), r.arity);
                        if !self.types.contains_key(&key)
                            && !self.lost.has(&r.name)
                            && !self.refused_types.contains(&key)
                        {
                            let text = format!(
                                "type {} undefined",
                                super::types::show_type(&r.name, r.arity)
                            );
                            self.error("undefined_type", form.span, text);
                        }
                    }
                }
                _ => {}
            }
        }
        let uses = std::mem::take(&mut self.type_uses);
        for ((name, arity), span) in uses {
            if self.types.contains_key(&(name.clone(), arity))
                || Type::is_builtin(&name, arity as usize)
                || self.lost.has(&name)
            {
                continue;
            }
            let known = self
                .types
                .keys()
                .filter(|(_, a)| *a == arity)
                .map(|(n, _)| &**n);
            let meant = did_you_mean(&name, known).map(|m| super::types::show_type(&m, arity));
            let text = format!("type {} undefined", super::types::show_type(&name, arity));
            self.error_hint("undefined_type", span, text, meant);
        }
    }

    fn unused(&mut self, forms: &[Form]) {
        if !self.flags.export_all {
            self.unused_functions();
        }
        let main = forms.first().map(|f| f.span.file);
        let mut found = Vec::new();
        for (name, r) in &self.records {
            if !r.used && Some(r.span.file) == main {
                found.push((
                    "unused_record",
                    r.span,
                    format!("record {} is unused", quote_atom(name)),
                ));
            }
        }
        let used_types = reached(&self.exported_types, &self.used_types);
        for ((name, arity), span) in &self.types {
            let key = (name.clone(), *arity);
            if !used_types.contains(&key) && Some(span.file) == main {
                found.push((
                    "unused_type",
                    *span,
                    format!("type {} is unused", super::types::show_type(name, *arity)),
                ));
            }
        }
        for ((name, arity), (module, span)) in &self.imports {
            if !self.used_imports.contains(&(name.clone(), *arity)) {
                let text = format!(
                    "import {}:{} is unused",
                    quote_atom(module),
                    show(name, *arity)
                );
                found.push(("unused_import", *span, text));
            }
        }
        for (code, span, text) in found {
            self.warn(code, code, span, text);
        }
    }

    fn unused_functions(&mut self) {
        let reached = reached(&self.exports, &self.calls);
        let idle: Vec<(Key, Span)> = self
            .functions
            .iter()
            .filter(|(k, _)| !reached.contains(*k))
            .map(|(k, s)| (k.clone(), *s))
            .collect();
        for ((name, arity), span) in idle {
            if !self.flags.may_be_unused(&name, arity) {
                let text = format!("function {} is unused", show(&name, arity));
                self.warn("unused_function", "unused_function", span, text);
            }
        }
    }

    fn record(&mut self, def: &RecordDef, span: Span) {
        if self.records.contains_key(&def.name) {
            self.error(
                "redefine_record",
                span,
                format!("record {} already defined", quote_atom(&def.name)),
            );
            return;
        }
        let mut fields: Vec<Name> = Vec::new();
        for f in &def.fields {
            if fields.contains(&f.name) {
                let text = format!(
                    "field {} already defined in record {}",
                    quote_atom(&f.name),
                    quote_atom(&def.name)
                );
                self.error("redefine_field", f.span, text);
            } else {
                fields.push(f.name.clone());
            }
        }
        for f in &def.fields {
            if let Some(e) = &f.default {
                self.current = None;
                self.expr(e);
                for at in self.vars.escaped() {
                    let text = format!("variable '{}' in record definition", at.0);
                    self.error("variable_in_record_def", at.1, text);
                }
                self.report_unused();
            }
        }
        if self.flags.is_on("untyped_record") && def.fields.iter().any(|f| f.ty.is_none()) {
            let name = quote_atom(&def.name);
            let text = format!("record {name} has field(s) without type information");
            self.diagnostics
                .push(Diagnostic::warning("untyped_record", span, text));
        }
        self.records.insert(
            def.name.clone(),
            Record {
                fields,
                span,
                used: self.early_records.contains(&def.name),
            },
        );
        self.record_types(def.fields.iter().filter_map(|f| f.ty.as_ref()));
    }

    fn function(&mut self, f: &Function, span: Span) {
        let key = (f.name.clone(), f.arity);
        let wanted = self.flags.is_on("missing_spec_all")
            || self.flags.is_on("missing_spec")
                && (self.flags.export_all || self.exports.contains(&key));
        if wanted && !self.specified.contains(&key) {
            let text = format!(
                "missing specification for function {}",
                show(&f.name, f.arity)
            );
            self.diagnostics
                .push(Diagnostic::warning("missing_spec", span, text));
        }
        let shown = show(&f.name, f.arity);
        self.order(&f.clauses, true, Some(&shown), span);
        self.current = Some(key);
        for clause in &f.clauses {
            let point = self.vars.point();
            self.clause(clause, None);
            self.vars.take(point);
            self.report_unused();
        }
        self.current = None;
    }

    fn report_unused(&mut self) {
        for b in self.vars.finish() {
            if !b.name.starts_with('_') {
                self.warn(
                    "unused_vars",
                    "unused_var",
                    b.span,
                    format!("variable '{}' is unused", b.name),
                );
            }
        }
    }
}

/// What can be come to from `roots` and from what stands outside of all.
fn reached(roots: &HashSet<Key>, uses: &HashMap<Option<Key>, HashSet<Key>>) -> HashSet<Key> {
    let mut reached: HashSet<Key> = HashSet::new();
    let mut work: Vec<Key> = roots.iter().cloned().collect();
    work.extend(uses.get(&None).into_iter().flatten().cloned());
    while let Some(key) = work.pop() {
        if reached.insert(key.clone()) {
            work.extend(uses.get(&Some(key)).into_iter().flatten().cloned());
        }
    }
    reached
}

fn is_export_all(form: &Form) -> bool {
    match &form.kind {
        FormKind::Attribute(_, v) => {
            v.is_atom("export_all")
                || v.to_list()
                    .is_some_and(|l| l.iter().any(|t| t.is_atom("export_all")))
        }
        _ => false,
    }
}
