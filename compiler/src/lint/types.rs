//! Type declarations and specs.

use std::collections::{HashMap, HashSet};

use super::{Key, Linter, show};
use crate::abstract_term::quote_atom;
use crate::ast::*;

/// A type variable's places: how often, and where first.
type Seen = HashMap<Name, (usize, Span)>;

/// `name(_, _)` as Erlang shows a type with its number of parameters.
pub(super) fn show_type(name: &str, arity: u32) -> String {
    let params = vec!["_"; arity as usize].join(",");
    format!("{}({params})", quote_atom(name))
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
            self.refused_types.insert(key);
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

    pub(super) fn type_def(&mut self, t: &TypeDef, span: Span) {
        let arity = u32::try_from(t.params.len()).unwrap_or(u32::MAX);
        let key = (t.name.clone(), arity);
        if t.kind == TypeDefKind::Opaque && !self.exported_types.contains(&key) {
            let text = format!("opaque type {} is not exported", show_type(&t.name, arity));
            self.warn("not_exported_opaque", "not_exported_opaque", span, text);
        }
        self.current_type = Some(key);
        let mut seen = Seen::new();
        for p in &t.params {
            self.ty(p, &mut seen);
        }
        self.ty(&t.body, &mut seen);
        self.singletons(seen);
        self.current_type = None;
    }

    pub(super) fn record_field_type(&mut self, t: &Type) {
        let mut seen = Seen::new();
        self.ty(t, &mut seen);
        self.singletons(seen);
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
                continue;
            }
            let shown = match &s.module {
                Some(m) => format!("{}:{shown}", quote_atom(m)),
                None => shown,
            };
            if s.module.is_some() && s.module != module {
                let text = format!("spec for function {shown} from other module");
                self.error("bad_module", form.span, text);
                continue;
            }
            if !specs.insert(key.clone()) {
                self.error(
                    "redefine_spec",
                    form.span,
                    format!("spec for {shown} already defined"),
                );
            } else if !self.functions.contains_key(&key) && !self.lost.has(&key.0) {
                self.error(
                    "spec_fun_undefined",
                    form.span,
                    format!("spec for undefined function {}", show(&key.0, key.1)),
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
            TypeKind::Range(a, b) => match (integer(a), integer(b)) {
                (Some(low), Some(high)) if low < high => {}
                _ => self.error("bad_range", t.span, "bad range type"),
            },
            TypeKind::Binary(_, a, b) => {
                self.ty(a, seen);
                self.ty(b, seen);
            }
            TypeKind::Binary2 { base, unit } => match (integer(base), integer(unit)) {
                (Some(base), Some(unit)) if base >= 0 && unit >= 0 => {}
                _ => self.error("bad_binary", t.span, "bad binary type"),
            },
            TypeKind::Named(name, args) => {
                let key: Key = (name.clone(), u32::try_from(args.len()).unwrap_or(u32::MAX));
                let user = self.current_type.clone();
                self.used_types.entry(user).or_default().insert(key.clone());
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
                // A type may name a record that is declared further down: that is an error, and a use.
                self.early_records.insert(name.clone());
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

/// The number that a type is.
fn integer(t: &Type) -> Option<i64> {
    match &t.kind {
        TypeKind::Int(i) => i.as_i64(),
        TypeKind::Char(c) => Some(i64::from(*c)),
        TypeKind::Unary(op, a) => {
            let a = integer(a)?;
            match op {
                UnOp::Minus => a.checked_neg(),
                UnOp::Plus => Some(a),
                UnOp::Bnot => Some(!a),
                UnOp::Not => None,
            }
        }
        TypeKind::Binary(op, a, b) => {
            let (a, b) = (integer(a)?, integer(b)?);
            let shift = || u32::try_from(b).ok().filter(|n| *n < 64);
            match op {
                BinOp::Add => a.checked_add(b),
                BinOp::Sub => a.checked_sub(b),
                BinOp::Mul => a.checked_mul(b),
                BinOp::Div => a.checked_div(b),
                BinOp::Rem => a.checked_rem(b),
                BinOp::Band => Some(a & b),
                BinOp::Bor => Some(a | b),
                BinOp::Bxor => Some(a ^ b),
                BinOp::Bsl => a.checked_mul(1i64.checked_shl(shift()?)?),
                BinOp::Bsr => a.checked_shr(shift()?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Built-in types that came late enough for programs to have their own of that name.
fn is_newer_builtin(name: &str) -> bool {
    matches!(name, "dynamic" | "nonempty_binary" | "nonempty_bitstring")
}
