//! Expressions. Operands are evaluated left to right; what an expression binds is in scope for what follows it.

use transom_bytecode::Const;

use super::literals::{is_shallow, literal};
use super::{Dest, Lower};
use crate::ast::{BinOp, Expr, ExprKind, MapField, Qualifier, UnOp};
use crate::core::pool::int_const;
use crate::core::{OpKind, Val};

impl Lower<'_, '_> {
    /// A sequence; its value is the last one's.
    pub fn body(&mut self, es: &[Expr], dest: Dest) -> Val {
        let Some((last, first)) = es.split_last() else {
            return self.deliver(Val::Nil, dest);
        };
        for e in first {
            self.discard(e);
        }
        self.expr(last, dest)
    }

    /// An expression whose value nobody wants.
    pub fn discard(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::ListComp(body, quals) => {
                self.at(e.span);
                self.run_comp(e, body, quals);
            }
            ExprKind::Match(p, rhs)
                if matches!(&p.kind, ExprKind::Var(name) if &**name == "_")
                    && matches!(&rhs.kind, ExprKind::ListComp(..)) =>
            {
                self.discard(rhs);
            }
            ExprKind::Match(p, rhs) => {
                let v = self.value_of(rhs);
                self.match_now(p, v);
            }
            _ => {
                self.value_of(e);
            }
        }
    }

    /// An expression whose value is wanted here.
    pub fn value_of(&mut self, e: &Expr) -> Val {
        self.expr(e, Dest::Value)
    }

    /// Several, left to right.
    pub fn values(&mut self, es: &[Expr]) -> Vec<Val> {
        es.iter().map(|e| self.value_of(e)).collect()
    }

    /// An expression.
    pub fn expr(&mut self, e: &Expr, dest: Dest) -> Val {
        self.at(e.span);
        let v = match &e.kind {
            ExprKind::Var(name) => self.variable(name),
            ExprKind::Atom(a) => self.atom(a),
            ExprKind::Int(i) => self.value(int_const(i)),
            ExprKind::Float(f) => self.value(Const::float(*f)),
            ExprKind::Char(c) => Val::Small(i64::from(*c)),
            ExprKind::Str(s) => self.value(super::literals::string(s)),
            ExprKind::Nil => Val::Nil,
            ExprKind::List { elements, tail, .. } => self.list(e, elements, tail.as_deref()),
            ExprKind::Tuple(es) => self.tuple(e, es),
            ExprKind::Map { base, fields } => self.map(e, base.as_deref(), fields),
            ExprKind::Bin(elements) => self.binary(e, elements),
            // The variable ends with the function: what is called can take its place.
            ExprKind::Match(p, rhs) if dest == Dest::Tail && self.is_new_variable(p) => {
                return self.expr(rhs, dest);
            }
            ExprKind::Match(p, rhs) => {
                let v = self.value_of(rhs);
                self.match_now(p, v);
                v
            }
            ExprKind::MaybeMatch(..) => Val::Nil,
            ExprKind::Binary(op, a, b) => return self.operator(e, *op, a, b, dest),
            ExprKind::Unary(op, a) => self.prefix(e, *op, a),
            ExprKind::Call(callee, args) => return self.call_expr(e, callee, args, dest),
            ExprKind::Remote(..) => Val::Nil,
            ExprKind::Record { name, fields } => self.record_new(e, name, fields),
            ExprKind::RecordUpdate { base, name, fields } => {
                self.record_update(e, base, name, fields)
            }
            ExprKind::RecordGet {
                base, name, field, ..
            } => self.record_get(e, base, name, field),
            ExprKind::RecordIndex { name, field, .. } => self.record_index(name, field),
            ExprKind::Block(es) => return self.body(es, dest),
            ExprKind::If(clauses) => return self.if_expr(e, clauses, dest),
            ExprKind::Case(scrutinee, clauses) => {
                return self.case_expr(e, scrutinee, clauses, dest);
            }
            ExprKind::Receive { clauses, after } => {
                return self.receive(e, clauses, after.as_ref(), dest);
            }
            ExprKind::Try {
                body,
                of,
                catch,
                after,
            } => return self.try_expr(e, body, of, catch, after, dest),
            ExprKind::Catch(body) => self.old_catch(body),
            ExprKind::Maybe {
                body, else_clauses, ..
            } => return self.maybe(e, body, else_clauses, dest),
            ExprKind::FunLocal(name, arity) => self.fun_local(name, *arity),
            ExprKind::FunRemote(m, f, a) => self.fun_remote(m, f, a),
            ExprKind::Fun { name, clauses } => self.fun_expr(e, name.as_ref(), clauses),
            ExprKind::ListComp(body, quals) => return self.list_comp(e, body, quals, dest),
            ExprKind::BinComp(body, quals) => return self.bin_comp(e, body, quals, dest),
            ExprKind::MapComp(body, quals) => return self.map_comp(e, body, quals, dest),
        };
        self.deliver(v, dest)
    }

    /// A pattern that matches everything and binds a name at most.
    fn is_new_variable(&self, p: &Expr) -> bool {
        matches!(&p.kind, ExprKind::Var(name) if &**name == "_" || self.scope.get(name).is_none())
    }

    fn variable(&mut self, name: &str) -> Val {
        // An unbound variable has been reported by the linter; any value will do.
        self.scope.get(name).unwrap_or(Val::Nil)
    }

    fn list(&mut self, e: &Expr, elements: &[Expr], tail: Option<&Expr>) -> Val {
        if let Some(c) = literal(&mut self.unit.pool, e) {
            return self.value(c);
        }
        let items = self.values(elements);
        let mut list = match tail {
            Some(t) => self.value_of(t),
            None => Val::Nil,
        };
        self.at(e.span);
        for item in items.into_iter().rev() {
            list = self.op(OpKind::PutList(item, list));
        }
        list
    }

    fn tuple(&mut self, e: &Expr, es: &[Expr]) -> Val {
        if let Some(c) = literal(&mut self.unit.pool, e) {
            return self.value(c);
        }
        let items = self.values(es);
        self.make_tuple(items)
    }

    /// A tuple, as a constant when all elements are.
    pub fn make_tuple(&mut self, items: Vec<Val>) -> Val {
        let pool = &self.unit.pool;
        let shallow = |v: &Val| match v {
            Val::Const(c) => pool.consts.get(c.index()).is_some_and(is_shallow),
            Val::Var(_) | Val::Small(_) | Val::Atom(_) | Val::Nil => true,
        };
        let known = items.iter().all(|v| v.var().is_none()) && items.iter().all(shallow);
        let consts: Option<Vec<Const>> = if known {
            items.iter().map(|v| pool.constant_of(*v)).collect()
        } else {
            None
        };
        match consts {
            Some(cs) => self.value(Const::Tuple(cs)),
            None => self.op(OpKind::PutTuple(items)),
        }
    }

    fn map(&mut self, e: &Expr, base: Option<&Expr>, fields: &[MapField]) -> Val {
        let mut map = match base {
            Some(b) => self.value_of(b),
            None => {
                if let Some(c) = literal(&mut self.unit.pool, e) {
                    return self.value(c);
                }
                self.value(Const::Map(Vec::new()))
            }
        };
        let parts: Vec<(bool, Val, Val)> = fields
            .iter()
            .map(|f| {
                let k = self.value_of(&f.key);
                (f.exact, k, self.value_of(&f.value))
            })
            .collect();
        self.at(e.span);
        if base.is_some() && parts.is_empty() {
            return self.fallible(OpKind::PutMap {
                exact: false,
                src: map,
                pairs: Vec::new(),
            });
        }
        // One instruction for each run of the same kind without equal keys, so that the last of equal keys wins.
        let mut at = 0;
        while at < parts.len() {
            let exact = parts[at].0;
            let mut pairs: Vec<(Val, Val)> = Vec::new();
            while let Some((x, k, v)) = parts.get(at).copied() {
                let certain = k.var().is_none() && pairs.len() < 64;
                let clash = !pairs.is_empty()
                    && (!certain || pairs.iter().any(|p| p.0 == k || p.0.var().is_some()));
                if x != exact || clash {
                    break;
                }
                pairs.push((k, v));
                at += 1;
            }
            map = self.fallible(OpKind::PutMap {
                exact,
                src: map,
                pairs,
            });
        }
        map
    }

    fn operator(&mut self, e: &Expr, op: BinOp, a: &Expr, b: &Expr, dest: Dest) -> Val {
        match op {
            BinOp::AndAlso | BinOp::OrElse => {
                return self.short_circuit(op == BinOp::AndAlso, a, b, dest);
            }
            BinOp::Append => {
                if let ExprKind::Str(s) = &a.kind
                    && s.chars().count() <= 32
                    && self.guard.is_none()
                {
                    let mut list = self.value_of(b);
                    for c in s.chars().rev() {
                        list = self.op(OpKind::PutList(Val::Small(i64::from(u32::from(c))), list));
                    }
                    return self.deliver(list, dest);
                }
            }
            _ => {}
        }
        if op == BinOp::Append
            && let ExprKind::ListComp(body, quals) = &a.kind
        {
            return self.comprehension_before(a, body, quals, b, dest);
        }
        let (x, y) = (self.value_of(a), self.value_of(b));
        self.at(e.span);
        match op {
            BinOp::Append | BinOp::Subtract => {
                self.call_ext("erlang", op.as_str(), vec![x, y], dest)
            }
            BinOp::Send => {
                let v = self.op(OpKind::Send(x, y));
                self.deliver(v, dest)
            }
            _ => {
                let v = self.bif(op.as_str(), vec![x, y]);
                self.deliver(v, dest)
            }
        }
    }

    /// What follows a list comprehension (`[...] ++ Rest`) is evaluated before it, as in OTP, which builds the list in front of it. Variables
    /// bound there are none of the comprehension's.
    fn comprehension_before(
        &mut self,
        comprehension: &Expr,
        body: &Expr,
        quals: &[Qualifier],
        rest: &Expr,
        dest: Dest,
    ) -> Val {
        let mark = self.scope.mark();
        let end = self.value_of(rest);
        let bound = self.scope.take(mark);
        self.at(comprehension.span);
        let v = self.list_comp_onto(comprehension, body, quals, end, dest);
        self.scope.put_back(bound);
        v
    }

    fn prefix(&mut self, e: &Expr, op: UnOp, a: &Expr) -> Val {
        let number = matches!(
            a.kind,
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Char(_)
        );
        if op == UnOp::Minus
            && number
            && let Some(c) = literal(&mut self.unit.pool, e)
        {
            return self.value(c);
        }
        let v = self.value_of(a);
        self.at(e.span);
        self.bif(op.as_str(), vec![v])
    }
}
