//! Records: tuples whose first element is the record's name.

use std::rc::Rc;

use transom_bytecode::Const;

use super::Lower;
use super::numbers::field_site;
use super::unit::Record;
use crate::ast::{Expr, ExprKind, Name, RecordField};
use crate::core::{BlockId, End, Kind, OpKind, Raise, Test, Val};

impl<'a> Lower<'_, 'a> {
    fn record(&self, name: &str) -> Option<Rc<Record<'a>>> {
        self.unit.records.get(name).cloned()
    }

    /// `#r{...}`.
    pub fn record_new(&mut self, e: &Expr, name: &Name, fields: &[RecordField]) -> Val {
        let Some(record) = self.record(name) else {
            return Val::Nil;
        };
        let wildcard = fields.iter().find(|f| f.wildcard);
        let mut items = vec![self.atom(name)];
        // In the order of the definition, as in a tuple that is written out.
        let site = self.unit.numbers.site;
        for (at, def) in record.fields.iter().enumerate() {
            self.unit.numbers.site = field_site(site, e, at);
            let given = fields.iter().find(|f| !f.wildcard && f.name == def.name);
            let v = match (given.or(wildcard), &def.default) {
                // The wildcard's expression is evaluated for every field anew.
                (Some(f), _) => self.value_of(&f.value),
                (None, Some(d)) => self.default_value(d),
                (None, None) => self.atom("undefined"),
            };
            items.push(v);
        }
        self.unit.numbers.site = site;
        self.at(e.span);
        self.make_tuple(items)
    }

    /// A default is evaluated in an empty scope: variables of the surrounding function mean nothing in it.
    fn default_value(&mut self, d: &Expr) -> Val {
        let line = self.line;
        let scope = std::mem::take(&mut self.scope);
        let v = self.value_of(d);
        self.scope = scope;
        self.line = line;
        v
    }

    /// `E#r{...}`.
    pub fn record_update(
        &mut self,
        e: &Expr,
        base: &Expr,
        name: &Name,
        fields: &[RecordField],
    ) -> Val {
        let Some(record) = self.record(name) else {
            return Val::Nil;
        };
        let mut vals: Vec<Option<Val>> = vec![None; record.fields.len()];
        for f in fields {
            let x = self.value_of(&f.value);
            if let Some(i) = record.index.get(&f.name) {
                vals[*i] = Some(x);
            }
        }
        // The record comes after its new values; Erlang has always done so.
        let v = self.value_of(base);
        self.at(e.span);
        let v = self.expect_record(v, name, record.fields.len());
        let mut items = vec![self.atom(name)];
        for (i, x) in vals.iter().enumerate() {
            items.push(match x {
                Some(x) => *x,
                None => self.op(OpKind::GetElem(v, i as u32 + 1)),
            });
        }
        self.op(OpKind::PutTuple(items))
    }

    /// `E#r.f`.
    pub fn record_get(&mut self, e: &Expr, base: &Expr, name: &Name, field: &Name) -> Val {
        let v = self.value_of(base);
        let Some(record) = self.record(name) else {
            return Val::Nil;
        };
        let Some(i) = record.index.get(field).copied() else {
            return Val::Nil;
        };
        self.at(e.span);
        let v = self.expect_record(v, name, record.fields.len());
        self.op(OpKind::GetElem(v, i as u32 + 1))
    }

    /// `#r.f`.
    pub fn record_index(&mut self, name: &Name, field: &Name) -> Val {
        let index = self.record(name).and_then(|r| r.index.get(field).copied());
        Val::Small(index.map_or(0, |i| i as i64 + 2))
    }

    /// Goes on with the value in a variable when it is such a record; else fails or raises `{badrecord, Value}`.
    fn expect_record(&mut self, v: Val, name: &Name, fields: usize) -> Val {
        let v = match v {
            Val::Var(_) => v,
            _ => self.op(OpKind::Move(v)),
        };
        let fail = match self.guard {
            Some(f) => f,
            None => {
                let at = self.cur;
                let b = self.new_block();
                self.cur = b;
                self.raise(Raise::Badrecord(v));
                self.cur = at;
                b
            }
        };
        let next = self.new_block();
        self.record_branch(v, name, fields as u32 + 1, next, fail);
        self.cur = next;
        v
    }

    /// Is the value a tuple of that size with that tag?
    pub fn record_branch(&mut self, v: Val, tag: &str, size: u32, yes: BlockId, no: BlockId) {
        let v = match v {
            Val::Var(_) => v,
            _ => self.op(OpKind::Move(v)),
        };
        let tag = self.unit.pool.atom(tag);
        self.require_is(Kind::Tuple, v, no);
        self.require(Test::Arity(v, size), no);
        let first = self.op(OpKind::GetElem(v, 0));
        self.end(End::Test(Test::EqExact(first, Val::Atom(tag)), yes, no));
    }

    /// The size that `is_record(R, tag)` or `is_record(R, tag, Size)` asks for, when it is known.
    pub fn record_test(&self, args: &[Expr]) -> Option<u32> {
        let tag = args.get(1)?.as_atom()?;
        match args.get(2) {
            None => Some(self.record(tag)?.fields.len() as u32 + 1),
            Some(e) => match &e.kind {
                ExprKind::Int(i) => u32::try_from(i.as_i64()?).ok().filter(|n| *n > 0),
                _ => None,
            },
        }
    }

    /// `is_record(R, tag)` for its value.
    pub fn is_record_call(&mut self, args: &[Expr]) -> Option<Val> {
        let size = self.record_test(args)?;
        let tag = args.get(1)?.as_atom()?.clone();
        let v = self.value_of(args.first()?);
        let (yes, no) = (self.new_block(), self.new_block());
        self.record_branch(v, &tag, size, yes, no);
        let (join, params) = self.new_join(1);
        for (b, text) in [(yes, "true"), (no, "false")] {
            self.cur = b;
            let answer = self.atom(text);
            self.end(End::Jump(join, vec![answer]));
        }
        self.cur = join;
        Some(Val::Var(params[0]))
    }

    /// `record_info(fields | size, Name)`.
    pub fn record_info(&mut self, args: &[Expr]) -> Val {
        let record = args
            .get(1)
            .and_then(Expr::as_atom)
            .and_then(|n| self.record(n));
        let (Some(what), Some(record)) = (args.first().and_then(Expr::as_atom), record) else {
            return Val::Nil;
        };
        if &**what == "size" {
            return Val::Small(record.fields.len() as i64 + 1);
        }
        let names = record
            .fields
            .iter()
            .map(|f| Const::Atom(self.unit.pool.atom(&f.name)));
        let names = names.collect();
        self.value(Const::list(names))
    }
}
