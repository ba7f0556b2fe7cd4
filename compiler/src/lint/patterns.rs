//! Patterns: what may stand in them and which variables they bind.

use std::collections::BTreeSet;

use super::Linter;
use super::records::Fields;
use super::vars::{State, Var};
use crate::ast::*;
use crate::diagnostic::Diagnostic;

/// What the patterns of one head bind, before it comes into scope.
struct Head {
    new: Vec<(Name, u32, Span)>,
    /// Complained of as unbound in a size.
    unbound: Vec<Name>,
    /// Set for the heads of funs and generators: every variable is a new one.
    shadow: Option<&'static str>,
}

impl Linter<'_> {
    /// Patterns that are matched together; then their variables are in scope.
    pub(super) fn patterns<'e>(
        &mut self,
        patterns: impl IntoIterator<Item = &'e Expr>,
        shadow: Option<&'static str>,
    ) {
        let mut head = Head {
            new: Vec::new(),
            unbound: Vec::new(),
            shadow,
        };
        for p in patterns {
            self.pattern(p, &mut head);
        }
        for name in &head.unbound {
            match head.new.iter().find(|(n, ..)| n == name) {
                Some((_, id, _)) => self.vars.mark(&[*id]),
                None => self.vars.set(
                    name,
                    Var {
                        state: State::Bound,
                        ids: Default::default(),
                    },
                ),
            }
        }
        for (name, id, span) in head.new {
            let outer = self.vars.get(&name).cloned();
            if let (None, Some(outer)) = (shadow, &outer) {
                // It has been complained of as unbound: that was a use.
                self.vars.mark(&[id]);
                self.vars.mark(&outer.ids);
            }
            let hides = outer.is_some_and(|v| v.state == State::Bound);
            if let (Some(kind), true) = (shadow, hides) {
                self.warn(
                    "shadow_vars",
                    "shadowed_var",
                    span,
                    format!("variable '{name}' shadowed in {kind}"),
                );
            }
            self.vars.set(
                &name,
                Var {
                    state: State::Bound,
                    ids: [id].into_iter().collect(),
                },
            );
        }
    }

    fn pattern(&mut self, p: &Expr, head: &mut Head) {
        let span = p.span;
        match &p.kind {
            ExprKind::Var(v) => self.pattern_var(v, span, head),
            ExprKind::Atom(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_)
            | ExprKind::Str(_)
            | ExprKind::Nil => {}
            ExprKind::List { elements, tail, .. } => {
                elements
                    .iter()
                    .chain(tail.as_deref())
                    .for_each(|e| self.pattern(e, head));
            }
            ExprKind::Tuple(es) => es.iter().for_each(|e| self.pattern(e, head)),
            ExprKind::Map { base: None, fields } => {
                for f in fields {
                    if f.exact {
                        self.guard(&f.key);
                        self.pattern(&f.value, head);
                    } else {
                        self.error_hint(
                            "illegal_pattern",
                            f.span,
                            "illegal pattern".into(),
                            Some("':=' (a map pattern has no '=>')".into()),
                        );
                    }
                }
            }
            ExprKind::Bin(elements) => self.pattern_bin(elements, head),
            ExprKind::Match(a, b) => {
                self.pattern(a, head);
                self.pattern(b, head);
            }
            ExprKind::Record { name, fields } => {
                let fields = self.record_fields(name, fields, span, Fields::Pattern);
                fields.for_each(|e| self.pattern(e, head));
            }
            ExprKind::RecordIndex {
                name,
                field,
                field_span,
            } => self.record_field(name, field, span, *field_span),
            ExprKind::Binary(BinOp::Append, a, b) if is_literal_prefix(a) => self.pattern(b, head),
            ExprKind::Unary(..) | ExprKind::Binary(..) if is_constant(p) => {}
            _ => self.error("illegal_pattern", span, "illegal pattern"),
        }
    }

    fn pattern_var(&mut self, name: &Name, span: Span, head: &mut Head) {
        if &**name == "_" {
            return;
        }
        if let Some((_, id, first)) = head.new.iter().find(|(n, _, _)| n == name).cloned() {
            self.vars.mark(&[id]);
            if name.starts_with('_') {
                let text = format!(
                    "variable '{name}' is bound multiple times in this pattern. If you mean to ignore this value, \
                     use '_' or a different underscore-prefixed name"
                );
                for at in [first, span] {
                    self.warn(
                        "underscore_match",
                        "match_underscore_var_pat",
                        at,
                        text.clone(),
                    );
                }
            }
            return;
        }
        if head.shadow.is_none() && self.vars.get(name).is_some() {
            return self.use_var(name, span);
        }
        let id = self.vars.binding(name, span);
        head.new.push((name.clone(), id, span));
    }

    fn pattern_bin(&mut self, elements: &[BinElement], head: &mut Head) {
        let before = head.new.len();
        for (i, e) in elements.iter().enumerate() {
            let sized_later = self.segment(e, true);
            if sized_later && i + 1 < elements.len() {
                let text =
                    "a binary field without size is only allowed at the end of a binary pattern";
                self.error("unsized_binary_not_at_end", e.span, text);
            }
            if let Some(size) = &e.size {
                // A size sees the variables of earlier fields of this binary and those from outside.
                let mut named = BTreeSet::new();
                crate::lower::free::in_expr(size, &mut named);
                let earlier = if named.is_empty() {
                    &[]
                } else {
                    &head.new[before..]
                };
                let inner: Vec<(Name, u32)> = earlier
                    .iter()
                    .filter(|(n, ..)| named.contains(n))
                    .map(|(n, id, _)| (n.clone(), *id))
                    .collect();
                let point = self.vars.point();
                for (n, id) in inner {
                    self.vars.set(
                        &n,
                        Var {
                            state: State::Bound,
                            ids: [id].into_iter().collect(),
                        },
                    );
                }
                self.size(size);
                let seen = self.vars.take(point);
                let unbound = seen.into_iter().filter(|(_, v)| v.ids.is_empty());
                head.unbound.extend(unbound.map(|(name, _)| name));
            }
            match &e.value.kind {
                ExprKind::Var(v) => self.pattern_var(v, e.value.span, head),
                ExprKind::Atom(_)
                | ExprKind::Int(_)
                | ExprKind::Float(_)
                | ExprKind::Char(_)
                | ExprKind::Str(_) => {}
                _ if is_constant(&e.value) => {}
                _ => self.error("illegal_pattern", e.value.span, "illegal pattern"),
            }
        }
    }
}

impl Linter<'_> {
    /// A size is a guard expression; what is none is bad as a whole.
    fn size(&mut self, size: &Expr) {
        let before = self.diagnostics.len();
        self.guard(size);
        let illegal = |d: &Diagnostic| d.code.starts_with("illegal_guard");
        if self.diagnostics[before..].iter().any(illegal) {
            self.diagnostics.truncate(before);
            self.error("illegal_bitsize", size.span, "illegal bit size");
        }
    }
}

/// `"abc"` or a list of characters before `++` in a pattern.
fn is_literal_prefix(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Str(_) | ExprKind::Nil => true,
        ExprKind::List {
            elements,
            tail: None,
            ..
        } => elements
            .iter()
            .all(|e| matches!(e.kind, ExprKind::Int(_) | ExprKind::Char(_))),
        ExprKind::Binary(BinOp::Append, a, b) => is_literal_prefix(a) && is_literal_prefix(b),
        _ => false,
    }
}

/// Arithmetic on numbers, computed by the compiler.
fn is_constant(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Char(_) => true,
        ExprKind::Unary(op, a) => *op != UnOp::Not && is_constant(a),
        ExprKind::Binary(op, a, b) => {
            use BinOp::*;
            let arithmetic = matches!(
                op,
                Add | Sub | Mul | FloatDiv | Div | Rem | Band | Bor | Bxor | Bsl | Bsr
            );
            arithmetic && is_constant(a) && is_constant(b)
        }
        _ => false,
    }
}
