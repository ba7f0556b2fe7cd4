//! Type declarations and specs.

use std::collections::{HashMap, HashSet};

use super::{Key, Linter, show};
use crate::abstract_term::quote_atom;
use crate::ast::*;
use crate::integer::Int;

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

    /// Of all fields: a variable may be in several of them.
    pub(super) fn record_types<'a>(&mut self, fields: impl Iterator<Item = &'a Type>) {
        let mut seen = Seen::new();
        fields.for_each(|t| self.ty(t, &mut seen));
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
                (Some(low), Some(high)) if low.is_below(&high) => {}
                _ => self.error("bad_range", t.span, "bad range type"),
            },
            TypeKind::Binary(_, a, b) => {
                self.ty(a, seen);
                self.ty(b, seen);
            }
            TypeKind::Binary2 { base, unit } => match (integer(base), integer(unit)) {
                (Some(base), Some(unit)) if base.is_at_least(0) && unit.is_at_least(0) => {}
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
enum Number {
    Known(Int),
    /// Of quotients, remainders and single bits of what needs more than 64 bits: it is taken for a good bound.
    Unknown,
}

impl Number {
    fn is_at_least(&self, low: i64) -> bool {
        match self {
            Number::Known(n) => *n >= low.into(),
            Number::Unknown => true,
        }
    }

    fn is_below(&self, other: &Number) -> bool {
        match (self, other) {
            (Number::Known(a), Number::Known(b)) => a < b,
            (Number::Unknown, _) | (_, Number::Unknown) => true,
        }
    }
}

fn integer(t: &Type) -> Option<Number> {
    match &t.kind {
        TypeKind::Int(i) => Some(Number::Known(i.clone())),
        TypeKind::Char(c) => Some(Number::Known(i64::from(*c).into())),
        TypeKind::Unary(op, a) => {
            let Number::Known(a) = integer(a)? else {
                return Some(Number::Unknown);
            };
            match op {
                UnOp::Minus => Some(Number::Known(a.negate())),
                UnOp::Plus => Some(Number::Known(a)),
                UnOp::Bnot => Some(Number::Known(a.add(&Int::Small(1)).negate())),
                UnOp::Not => None,
            }
        }
        TypeKind::Binary(op, a, b) => match (integer(a)?, integer(b)?) {
            (Number::Known(a), Number::Known(b)) => computed(*op, &a, &b),
            (Number::Unknown, _) | (_, Number::Unknown) => Some(Number::Unknown),
        },
        _ => None,
    }
}

fn computed(op: BinOp, a: &Int, b: &Int) -> Option<Number> {
    let words = a.as_i64().zip(b.as_i64());
    let of_words = |f: fn(i64, i64) -> Option<i64>| {
        let known = words.and_then(|(a, b)| f(a, b));
        known.map_or(Number::Unknown, |n| Number::Known(n.into()))
    };
    Some(match op {
        BinOp::Add => Number::Known(a.add(b)),
        BinOp::Sub => Number::Known(a.add(&b.negate())),
        BinOp::Mul => Number::Known(a.multiply(b)),
        BinOp::Bsl => shifted(a, b),
        BinOp::Bsr => shifted(a, &b.negate()),
        BinOp::Div | BinOp::Rem if *b == Int::Small(0) => return None,
        BinOp::Div => of_words(i64::checked_div),
        BinOp::Rem => of_words(i64::checked_rem),
        BinOp::Band => of_words(|a, b| Some(a & b)),
        BinOp::Bor => of_words(|a, b| Some(a | b)),
        BinOp::Bxor => of_words(|a, b| Some(a ^ b)),
        _ => return None,
    })
}

/// To the left, or to the right by what is below zero.
fn shifted(a: &Int, bits: &Int) -> Number {
    /// A longer number is not worth its memory.
    const LONGEST: i64 = 1 << 16;
    match (bits.as_i64(), a.as_i64()) {
        (Some(n @ 0..=LONGEST), _) => Number::Known(a.shift_left(n as u32)),
        (Some(n), Some(a)) if n < 0 => Number::Known((a >> n.unsigned_abs().min(63)).into()),
        _ => Number::Unknown,
    }
}

/// Built-in types that came late enough for programs to have their own of that name.
fn is_newer_builtin(name: &str) -> bool {
    matches!(name, "dynamic" | "nonempty_binary" | "nonempty_bitstring")
}
