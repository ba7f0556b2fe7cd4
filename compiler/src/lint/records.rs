//! Records in expressions, patterns and guards.

use super::Linter;
use crate::abstract_term::quote_atom;
use crate::ast::*;
use crate::diagnostic::did_you_mean;

/// What the fields of a record are written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fields {
    Construct,
    Update,
    Pattern,
}

impl Linter<'_> {
    /// The record is declared; it counts as used.
    pub(super) fn record_exists(&mut self, name: &Name, span: Span) -> bool {
        if let Some(r) = self.records.get_mut(name) {
            r.used = true;
            return true;
        }
        if self.lost.has(name) {
            return false;
        }
        let meant = did_you_mean(name, self.records.keys().map(|k| &**k))
            .map(|m| format!("#{}", quote_atom(&m)));
        self.error_hint(
            "undefined_record",
            span,
            format!("record {} undefined", quote_atom(name)),
            meant,
        );
        false
    }

    /// `record_info(size | fields, Record)`, known when the module is compiled.
    pub(super) fn record_info(&mut self, what: &Expr, record: &Expr, span: Span) {
        let known = what
            .as_atom()
            .is_some_and(|w| matches!(&**w, "size" | "fields"));
        match record.as_atom() {
            Some(name) if known => {
                self.record_exists(name, span);
            }
            Some(_) if what.as_atom().is_some() => self.illegal_record_info(what.span),
            _ => {
                self.illegal_record_info(span);
                self.par([what, record]);
            }
        }
    }

    pub(super) fn illegal_record_info(&mut self, span: Span) {
        self.error("illegal_record_info", span, "illegal record info");
    }

    /// A record named by an atom, as in `is_record(X, r)`.
    pub(super) fn record_named(&mut self, e: &Expr) {
        if let Some(name) = e.as_atom() {
            self.record_exists(name, e.span);
        }
    }

    pub(super) fn record_field(&mut self, name: &Name, field: &Name, span: Span, field_span: Span) {
        if !self.record_exists(name, span) {
            return;
        }
        let Some(r) = self.records.get(name) else {
            return;
        };
        if !r.fields.contains(field) {
            let meant = did_you_mean(field, r.fields.iter().map(|f| &**f)).map(|m| quote_atom(&m));
            let text = format!(
                "field {} undefined in record {}",
                quote_atom(field),
                quote_atom(name)
            );
            self.error_hint("undefined_field", field_span, text, meant);
        }
    }

    /// Checks the fields and gives their values.
    pub(super) fn record_fields<'e>(
        &mut self,
        name: &Name,
        fields: &'e [RecordField],
        span: Span,
        how: Fields,
    ) -> impl Iterator<Item = &'e Expr> + use<'e> {
        if self.record_exists(name, span) {
            let mut seen: Vec<&Name> = Vec::new();
            let named: std::collections::HashSet<&Name> = fields
                .iter()
                .filter(|f| !f.wildcard)
                .map(|f| &f.name)
                .collect();
            let all = self.records.get(name).map_or(0, |r| r.fields.len());
            let mut wildcard = false;
            for f in fields {
                if f.wildcard {
                    if how == Fields::Update {
                        let text = format!(
                            "meaningless use of _ in update of record {}",
                            quote_atom(name)
                        );
                        self.error("wildcard_in_update", f.span, text);
                    } else if wildcard || how == Fields::Pattern && named.len() >= all {
                        self.error("bad_wildcard", f.span, "'_' initializes no omitted fields");
                    }
                    wildcard = true;
                } else if seen.contains(&&f.name) {
                    let text = format!(
                        "field {} already defined in record {}",
                        quote_atom(&f.name),
                        quote_atom(name)
                    );
                    self.error("redefine_field", f.span, text);
                } else {
                    seen.push(&f.name);
                    self.record_field(name, &f.name, span, f.span);
                }
            }
        }
        fields.iter().map(|f| &f.value)
    }

    pub(super) fn record_expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Record { name, fields } => {
                let values = self.record_fields(name, fields, e.span, Fields::Construct);
                self.par(values);
            }
            ExprKind::RecordUpdate { base, name, fields } => {
                let values = self.record_fields(name, fields, e.span, Fields::Update);
                if !fields.iter().any(|f| f.wildcard) {
                    self.par(std::iter::once(&**base).chain(values));
                }
            }
            ExprKind::RecordGet {
                base,
                name,
                field,
                field_span,
            } => {
                self.expr(base);
                self.record_field(name, field, e.span, *field_span);
            }
            ExprKind::RecordIndex {
                name,
                field,
                field_span,
            } => self.record_field(name, field, e.span, *field_span),
            _ => {}
        }
    }
}
