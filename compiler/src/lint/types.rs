//! Type declarations and specs.

use std::collections::{HashMap, HashSet};

use super::{Key, Linter, show};
use crate::ast::*;

/// A type variable's places: how often, and where first.
type Seen = HashMap<Name, (usize, Span)>;

/// `name(_, _)` as Erlang shows a type with its number of parameters.
pub(super) fn show_type(name: &str, arity: u32) -> String {
    let params = vec!["_"; arity as usize].join(",");
    format!("{}({params})", crate::abstract_term::quote_atom(name))
}

impl Linter<'_> {
    pub(super) fn declare_type(&mut self, t: &TypeDef, span: Span) {
        let key: Key = (
            t.name.clone(),
            u32::try_from(t.params.len()).unwrap_or(u32::MAX),
        );
        let shown = show_type(&key.0, key.1);
        if Type::is_builtin(&key.0, key.1 as usize) && !is_newer_builtin(&key.0) {
            self.error(
                "builtin_type",
                span,
                format!("type {shown} is a builtin type; it cannot be redefined"),
            );
        } else if let std::collections::hash_map::Entry::Vacant(e) = self.types.entry(key) {
            e.insert(span);
        } else {
            self.error(
                "redefine_type",
                span,
                format!("type {shown} already defined"),
            );
        }
    }

    pub(super) fn type_def(&mut self, t: &TypeDef, _span: Span) {
        let mut seen = Seen::new();
        for p in &t.params {
            self.ty(p, &mut seen);
        }
        self.ty(&t.body, &mut seen);
        self.singletons(seen);
    }

    pub(super) fn record_field_type(&mut self, t: &Type) {
        self.ty(t, &mut Seen::new());
    }

    pub(super) fn spec(&mut self, s: &Spec) {
        for clause in &s.clauses {
            let mut seen = Seen::new();
            self.ty(clause, &mut seen);
            self.singletons(seen);
        }
    }

    /// A type variable that occurs once says nothing.
    fn singletons(&mut self, seen: Seen) {
        for (name, (n, span)) in seen {
            if n == 1 && !name.starts_with('_') {
                let text = format!("type variable '{name}' is only used once (is unbound)");
                self.error("singleton_typevar", span, text);
            }
        }
    }

    /// Specs belong to functions, one each.
    pub(super) fn specs(&mut self, forms: &[Form]) {
        let mut specs: HashSet<Key> = HashSet::new();
        let mut callbacks: HashSet<Key> = HashSet::new();
        let module = forms.iter().find_map(|f| match &f.kind {
            FormKind::Module(m) => Some(m.clone()),
            _ => None,
        });
        for form in forms {
            let FormKind::Spec(s) = &form.kind else {
                continue;
            };
            let shown = show(&s.name, s.arity);
            let key = (s.name.clone(), s.arity);
            if s.callback {
                if !callbacks.insert(key) {
                    self.error(
                        "redefine_callback",
                        form.span,
                        format!("callback {shown} already defined"),
                    );
                }
                continue;
            }
            if s.module.is_some() && s.module != module {
                continue;
            }
            if !specs.insert(key.clone()) {
                self.error(
                    "redefine_spec",
                    form.span,
                    format!("spec for {shown} already defined"),
                );
            } else if !self.functions.contains_key(&key) {
                self.error(
                    "spec_fun_undefined",
                    form.span,
                    format!("spec for undefined function {shown}"),
                );
            }
        }
    }

    fn ty(&mut self, t: &Type, seen: &mut Seen) {
        match &t.kind {
            TypeKind::Var(v) => self.type_var(v, t.span, seen),
            TypeKind::Atom(_) | TypeKind::Int(_) | TypeKind::Char(_) | TypeKind::Nil => {}
            TypeKind::AnyTuple | TypeKind::AnyMap | TypeKind::AnyFun => {}
            TypeKind::Annotated { ty, .. } | TypeKind::Unary(_, ty) => self.ty(ty, seen),
            TypeKind::List(ty) | TypeKind::NonemptyList(ty) => self.ty(ty, seen),
            TypeKind::FunAnyArgs { result, .. } => self.ty(result, seen),
            TypeKind::Union(all) | TypeKind::Tuple(all) => {
                all.iter().for_each(|t| self.ty(t, seen))
            }
            TypeKind::Range(a, b) | TypeKind::Binary(_, a, b) => {
                self.ty(a, seen);
                self.ty(b, seen);
            }
            TypeKind::Binary2 { base, unit } => {
                self.ty(base, seen);
                self.ty(unit, seen);
            }
            TypeKind::Named(name, args) => {
                let key: Key = (name.clone(), u32::try_from(args.len()).unwrap_or(u32::MAX));
                self.used_types.insert(key.clone());
                self.type_uses.push((key, t.span));
                args.iter().for_each(|t| self.ty(t, seen));
            }
            TypeKind::Remote { args, .. } => args.iter().for_each(|t| self.ty(t, seen)),
            TypeKind::Map(fields) => {
                for f in fields {
                    self.ty(&f.key, seen);
                    self.ty(&f.value, seen);
                }
            }
            TypeKind::Record { name, fields, .. } => {
                if self.record_exists(name, t.span) {
                    for (span, field, _, _) in fields {
                        self.record_field(name, field, t.span, *span);
                    }
                }
                fields.iter().for_each(|(_, _, _, t)| self.ty(t, seen));
            }
            TypeKind::Fun { args, result, .. } => {
                args.iter().for_each(|t| self.ty(t, seen));
                self.ty(result, seen);
            }
            TypeKind::Bounded { fun, constraints } => {
                self.ty(fun, seen);
                for c in constraints {
                    self.ty(&c.var, seen);
                    self.ty(&c.ty, seen);
                }
            }
        }
    }

    fn type_var(&mut self, name: &Name, span: Span, seen: &mut Seen) {
        if &**name != "_" {
            seen.entry(name.clone()).or_insert((0, span)).0 += 1;
        }
    }
}

/// Built-in types that came late enough for programs to have their own of that name.
fn is_newer_builtin(name: &str) -> bool {
    matches!(name, "dynamic" | "nonempty_binary" | "nonempty_bitstring")
}
