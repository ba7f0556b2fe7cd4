//! Patterns in the form that match compilation works on: records, strings, constants and aliases are resolved.

use transom_bytecode::Const;

use super::bits::SegPat;
use crate::ast::{BinOp, Expr, ExprKind, Name, RecordField};
use crate::core::Val;
use crate::lower::Lower;
use crate::lower::literals::literal;

/// A pattern.
pub enum Pat<'p> {
    Any,
    Var(Name),
    /// Exactly this constant.
    Value(Val),
    Cons(Box<Pat<'p>>, Box<Pat<'p>>),
    Tuple(Vec<Pat<'p>>),
    Map(Vec<(&'p Expr, Pat<'p>)>),
    Bin(Vec<SegPat<'p>>),
    /// The segments that a match context still has to match, the next one last.
    Segs(Vec<SegPat<'p>>),
    And(Box<Pat<'p>>, Box<Pat<'p>>),
}

/// Longer literal strings are compared as a whole and not character by character.
const LONGEST_SPELLED: usize = 64;

impl Lower<'_, '_> {
    /// A pattern of the syntax tree.
    pub fn pattern<'p>(&mut self, e: &'p Expr) -> Pat<'p> {
        match &e.kind {
            ExprKind::Var(name) if &**name == "_" => Pat::Any,
            ExprKind::Var(name) => Pat::Var(name.clone()),
            ExprKind::Str(s) => self.string_pattern(s, Pat::Value(Val::Nil)),
            ExprKind::List { elements, tail, .. } => {
                let items: Vec<Pat<'p>> = elements.iter().map(|e| self.pattern(e)).collect();
                let tail = match tail {
                    Some(t) => self.pattern(t),
                    None => Pat::Value(Val::Nil),
                };
                prefix(items, tail)
            }
            ExprKind::Tuple(es) => Pat::Tuple(es.iter().map(|e| self.pattern(e)).collect()),
            ExprKind::Map { base: None, fields } => Pat::Map(
                fields
                    .iter()
                    .map(|f| (&f.key, self.pattern(&f.value)))
                    .collect(),
            ),
            ExprKind::Bin(elements) => Pat::Bin(self.bin_pattern(elements)),
            ExprKind::Match(a, b) => Pat::And(Box::new(self.pattern(a)), Box::new(self.pattern(b))),
            ExprKind::Binary(BinOp::Append, a, b) => {
                let tail = self.pattern(b);
                match &a.kind {
                    ExprKind::Str(s) => prefix(characters(s), tail),
                    ExprKind::List {
                        elements,
                        tail: None,
                        ..
                    } => {
                        let items = elements.iter().map(|e| self.pattern(e)).collect();
                        prefix(items, tail)
                    }
                    ExprKind::Nil => tail,
                    // `"a" ++ ("b" ++ T)` nests to the right; to the left the grammar allows it too.
                    ExprKind::Binary(BinOp::Append, ..) => append(self.pattern(a), tail),
                    _ => Pat::Any,
                }
            }
            ExprKind::Record { name, fields } => self.record_pattern(name, fields),
            ExprKind::RecordIndex { name, field, .. } => Pat::Value(self.record_index(name, field)),
            _ => match literal(&mut self.unit.pool, e) {
                Some(c) => Pat::Value(self.value(c)),
                None => Pat::Any,
            },
        }
    }

    fn string_pattern<'p>(&mut self, s: &str, tail: Pat<'p>) -> Pat<'p> {
        if s.chars().count() <= LONGEST_SPELLED {
            return prefix(characters(s), tail);
        }
        Pat::Value(self.value(crate::lower::literals::string(s)))
    }

    fn record_pattern<'p>(&mut self, name: &Name, fields: &'p [RecordField]) -> Pat<'p> {
        let Some(record) = self.unit.records.get(name).cloned() else {
            return Pat::Any;
        };
        let tag = self.unit.pool.atom(name);
        let mut pats: Vec<Pat<'p>> = vec![Pat::Value(Val::Atom(tag))];
        let wild = fields.iter().find(|f| f.wildcard);
        for def in record.fields {
            let given = fields.iter().find(|f| !f.wildcard && f.name == def.name);
            pats.push(match given.or(wild) {
                Some(f) => self.pattern(&f.value),
                None => Pat::Any,
            });
        }
        Pat::Tuple(pats)
    }
}

fn characters<'p>(s: &str) -> Vec<Pat<'p>> {
    s.chars()
        .map(|c| Pat::Value(Val::Small(i64::from(u32::from(c)))))
        .collect()
}

fn prefix<'p>(items: Vec<Pat<'p>>, tail: Pat<'p>) -> Pat<'p> {
    items
        .into_iter()
        .rev()
        .fold(tail, |t, h| Pat::Cons(Box::new(h), Box::new(t)))
}

fn append<'p>(list: Pat<'p>, tail: Pat<'p>) -> Pat<'p> {
    match list {
        Pat::Cons(h, t) => Pat::Cons(h, Box::new(append(*t, tail))),
        Pat::Value(Val::Nil) => tail,
        _ => Pat::Any,
    }
}

/// An integer constant as a float constant, for literals in float segments.
pub fn as_float(c: &Const) -> Option<Const> {
    match c {
        Const::Int(n) => Some(Const::float(*n as f64)),
        Const::Float(_) => Some(c.clone()),
        _ => None,
    }
}
