//! Guards: the few expressions that may stand in them.

use super::records::Fields;
use super::{Linter, show, tables};
use crate::ast::*;

impl Linter<'_> {
    pub(super) fn guards(&mut self, guards: &[Vec<Expr>]) {
        for g in guards.iter().flatten() {
            self.guard_test(g);
        }
    }

    /// A test at the top of a guard may have its name from before there were `is_...` tests.
    pub(super) fn guard_test(&mut self, e: &Expr) {
        if !self.old_test(e) {
            return self.guard(e);
        }
        if let ExprKind::Call(_, args) = &e.kind {
            args.iter().for_each(|a| self.guard(a));
            if let [_, r] = &args[..] {
                self.record_named(r);
            }
        }
    }

    /// Says that a test has an old name, if it has one.
    pub(super) fn old_test(&mut self, e: &Expr) -> bool {
        let ExprKind::Call(f, args) = &e.kind else {
            return false;
        };
        let ExprKind::Atom(name) = &f.kind else {
            return false;
        };
        let Some(now) = crate::lower::bifs::old_type_test(name, args.len()) else {
            return false;
        };
        let key = (name.clone(), u32::try_from(args.len()).unwrap_or(u32::MAX));
        if self.functions.contains_key(&key) || self.imports.contains_key(&key) {
            return false;
        }
        let (old, new) = (show(name, key.1), show(now, key.1));
        let text = format!("{old} obsolete (use {new})");
        self.warn("obsolete_guard", "obsolete_guard", e.span, text);
        true
    }

    pub(super) fn guard(&mut self, e: &Expr) {
        let span = e.span;
        match &e.kind {
            ExprKind::Var(v) => self.use_var(v, span),
            ExprKind::Atom(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_)
            | ExprKind::Str(_)
            | ExprKind::Nil => {}
            ExprKind::List { elements, tail, .. } => elements
                .iter()
                .chain(tail.as_deref())
                .for_each(|e| self.guard(e)),
            ExprKind::Tuple(es) => es.iter().for_each(|e| self.guard(e)),
            ExprKind::Map { base, fields } => {
                base.iter().for_each(|b| self.guard(b));
                for f in fields {
                    self.guard(&f.key);
                    self.guard(&f.value);
                }
            }
            ExprKind::Bin(elements) => {
                for e in elements {
                    self.segment(e, false);
                    self.guard(&e.value);
                    e.size.iter().for_each(|s| self.guard(s));
                }
            }
            ExprKind::Unary(_, a) => self.guard(a),
            ExprKind::Binary(op, a, b) if !is_guard_operator(*op) => {
                self.illegal_guard(span);
                self.guard(a);
                self.guard(b);
            }
            ExprKind::Binary(..) => self.guard_operands(e),
            ExprKind::Call(f, args) => self.guard_call(e, f, args),
            ExprKind::Record { name, fields } => {
                let fields = self.record_fields(name, fields, span, Fields::Construct);
                fields.for_each(|e| self.guard(e));
            }
            ExprKind::RecordGet {
                base,
                name,
                field,
                field_span,
            } => {
                self.guard(base);
                self.record_field(name, field, span, *field_span);
            }
            ExprKind::RecordIndex {
                name,
                field,
                field_span,
            } => self.record_field(name, field, span, *field_span),
            _ => self.illegal_guard(span),
        }
    }

    fn guard_operands(&mut self, e: &Expr) {
        let mut right = Vec::new();
        let mut at = e;
        while let ExprKind::Binary(op, a, b) = &at.kind {
            if !is_guard_operator(*op) {
                break;
            }
            right.push(&**b);
            at = a;
        }
        self.guard(at);
        right.into_iter().rev().for_each(|e| self.guard(e));
    }

    fn illegal_guard(&mut self, span: Span) {
        self.error("illegal_guard_expr", span, "illegal guard expression");
    }

    fn guard_call(&mut self, e: &Expr, f: &Expr, args: &[Expr]) {
        let arity = u32::try_from(args.len()).unwrap_or(u32::MAX);
        if let ExprKind::Atom(name) = &f.kind {
            let key = (name.clone(), arity);
            if self.functions.contains_key(&key) || self.imports.contains_key(&key) {
                let text = format!(
                    "call to local/imported function {} is illegal in guard",
                    show(name, arity)
                );
                self.error("illegal_guard_local_call", e.span, text);
                args.iter().for_each(|a| self.guard(a));
                return;
            }
        }
        if !is_guard_function(f, args.len()) {
            self.illegal_guard(e.span);
            let own = match &f.kind {
                ExprKind::Atom(_) => true,
                ExprKind::Remote(m, _) => m.as_atom().is_some_and(|m| &**m == "erlang"),
                _ => false,
            };
            if own {
                args.iter().for_each(|a| self.guard(a));
            }
            return;
        }
        let name = match &f.kind {
            ExprKind::Atom(n) => Some(n),
            ExprKind::Remote(_, n) => n.as_atom(),
            _ => None,
        };
        if name.is_some_and(|n| &**n == "is_record")
            && let [_, r, size @ ..] = args
        {
            let sized = size.iter().all(|n| matches!(n.kind, ExprKind::Int(_)));
            if r.as_atom().is_none() || !sized {
                self.illegal_guard(e.span);
            } else if size.is_empty() {
                self.record_named(r);
            }
        }
        args.iter().for_each(|a| self.guard(a));
    }
}

/// An operator of module `erlang` called as a function.
fn operator(name: &str, arity: u32) -> bool {
    match arity {
        1 => UnOp::from_name(name).is_some(),
        2 => BinOp::from_name(name).is_some_and(is_guard_operator),
        _ => false,
    }
}

/// True for the operators that may stand in guards.
pub(crate) fn is_guard_operator(op: BinOp) -> bool {
    !matches!(op, BinOp::Append | BinOp::Subtract | BinOp::Send)
}

/// True for the functions that need no module in front of them.
pub(crate) fn is_bif(name: &str, arity: usize) -> bool {
    u32::try_from(arity).is_ok_and(|arity| tables::is_auto_imported(name, arity))
}

/// True for the functions that may be called in guards, if no own function has the name.
pub(crate) fn is_guard_function(callee: &Expr, arity: usize) -> bool {
    let arity = u32::try_from(arity).unwrap_or(u32::MAX);
    match &callee.kind {
        ExprKind::Atom(name) => tables::is_guard_bif(name, arity),
        ExprKind::Remote(m, name) => match (m.as_atom(), name.as_atom()) {
            (Some(m), Some(name)) if &**m == "erlang" => {
                tables::is_guard_bif(name, arity) || operator(name, arity)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Where the variable occurs first in a guard.
pub(super) fn mentions(e: &Expr, name: &Name) -> Option<Span> {
    let sub = |e: &Expr| mentions(e, name);
    match &e.kind {
        ExprKind::Var(v) => (v == name).then_some(e.span),
        ExprKind::List { elements, tail, .. } => {
            elements.iter().chain(tail.as_deref()).find_map(sub)
        }
        ExprKind::Tuple(es) | ExprKind::Call(_, es) => es.iter().find_map(sub),
        ExprKind::Binary(_, a, b) => sub(a).or_else(|| sub(b)),
        ExprKind::Unary(_, a) => sub(a),
        _ => None,
    }
}
