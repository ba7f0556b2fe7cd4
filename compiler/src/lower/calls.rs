//! Calls: local, imported, remote, of funs, and the built-in functions that are instructions.

use std::collections::HashSet;

use super::unit::Resolved;
use super::{Dest, Lower};
use crate::ast::{Clause, Expr, ExprKind, Name};
use crate::core::{Callee, OpKind, Val};

impl Lower<'_, '_> {
    /// A call of anything: local, remote, of a fun, or of what an expression answers.
    pub fn call_expr(&mut self, e: &Expr, callee: &Expr, args: &[Expr], dest: Dest) -> Val {
        match &callee.kind {
            ExprKind::Atom(name) => self.named_call(e, name, args, dest),
            ExprKind::Remote(m, f) => match (m.as_atom(), f.as_atom()) {
                (Some(m), Some(f)) => self.remote_call(e, m, f, args, dest),
                _ => {
                    let (m, f) = (self.value_of(m), self.value_of(f));
                    let args = self.values(args);
                    self.at(e.span);
                    self.call(Callee::Apply(m, f), args, dest)
                }
            },
            ExprKind::Var(name) if self.is_self_call(name, args) => {
                let own = self.self_funs[name].clone();
                let mut vals = self.values(args);
                vals.extend(
                    own.free
                        .iter()
                        .map(|n| self.scope.get(n).unwrap_or(Val::Nil)),
                );
                self.at(e.span);
                self.call(Callee::Local(own.function), vals, dest)
            }
            ExprKind::Fun {
                name: None,
                clauses,
            } if let [clause] = clauses.as_slice()
                && takes_anything(clause, args.len()) =>
            {
                self.called_at_once(clause, args, dest)
            }
            _ => {
                let f = self.value_of(callee);
                let args = self.values(args);
                self.at(e.span);
                self.call(Callee::Fun(f), args, dest)
            }
        }
    }

    /// `(fun(X) -> ... end)(V)` needs neither a fun nor a call: its body is part of the function, in a scope of its own. So it is with Erlang/OTP's
    /// compiler, which shows in stack traces.
    fn called_at_once(&mut self, clause: &Clause, args: &[Expr], dest: Dest) -> Val {
        let mark = self.scope.mark();
        let vals = self.values(args);
        // What the arguments bind is unknown to the fun.
        let bound = self.scope.take(mark);
        for (pattern, v) in clause.patterns.iter().zip(vals) {
            if let ExprKind::Var(name) = &pattern.kind
                && &**name != "_"
            {
                self.scope.bind(name.clone(), v);
            }
        }
        let v = self.body(&clause.body, dest);
        self.scope.restore(mark);
        self.scope.put_back(bound);
        v
    }

    /// A named fun that calls itself needs no fun value, as long as nothing has hidden its name.
    fn is_self_call(&self, name: &Name, args: &[Expr]) -> bool {
        match self.self_funs.get(name) {
            Some(own) => {
                own.arity as usize == args.len()
                    && self.scope.get(name) == self.scope.get(&self_mark(name))
            }
            None => false,
        }
    }

    fn named_call(&mut self, e: &Expr, name: &Name, args: &[Expr], dest: Dest) -> Val {
        let arity = args.len() as u32;
        match self.unit.resolve(name, arity) {
            Resolved::Local(f) if self.guard.is_none() => {
                let vals = self.values(args);
                self.at(e.span);
                self.call(Callee::Local(f), vals, dest)
            }
            Resolved::Remote(m) => self.remote_call(e, &m, name, args, dest),
            Resolved::Erlang | Resolved::Local(_) => {
                self.remote_call(e, &"erlang".into(), name, args, dest)
            }
            Resolved::Unknown if &**name == "record_info" => {
                let v = self.record_info(args);
                self.deliver(v, dest)
            }
            Resolved::Unknown => {
                // Reported by the linter; code made without it ends in `undef`.
                let module = self.unit.module.clone();
                self.remote_call(e, &module, name, args, dest)
            }
        }
    }

    fn remote_call(&mut self, e: &Expr, m: &Name, f: &Name, args: &[Expr], dest: Dest) -> Val {
        let arity = args.len() as u32;
        if &**m == "maps"
            && let Some(guard) = super::bifs::guard_of_map(f, arity)
        {
            return self.remote_call(e, &"erlang".into(), &guard.into(), args, dest);
        }
        if &**m != "erlang" {
            let vals = self.values(args);
            self.at(e.span);
            return self.call_ext(m, f, vals, dest);
        }
        if &**f == "is_record"
            && let Some(v) = self.is_record_call(args)
        {
            return self.deliver(v, dest);
        }
        if super::bifs::guard_bif(f, arity) || (arity == 2 && super::bifs::arith(f).is_some()) {
            let vals = self.values(args);
            self.at(e.span);
            let v = self.bif(f, vals);
            return self.deliver(v, dest);
        }
        if (&**f, arity) == ("!", 2) {
            let vals = self.values(args);
            self.at(e.span);
            let v = self.op(OpKind::Send(vals[0], vals[1]));
            return self.deliver(v, dest);
        }
        if (&**f, arity) == ("apply", 3)
            && let Some(items) = plain_list(&args[2])
        {
            if let (Some(m), Some(f)) = (args[0].as_atom(), args[1].as_atom()) {
                let (m, f) = (m.clone(), f.clone());
                return self.remote_call(e, &m, &f, items, dest);
            }
            let (m, f) = (self.value_of(&args[0]), self.value_of(&args[1]));
            let vals = self.values(items);
            self.at(e.span);
            return self.call(Callee::Apply(m, f), vals, dest);
        }
        let vals = self.values(args);
        self.at(e.span);
        self.call_ext(m, f, vals, dest)
    }
}

/// Has the clause this many parameters, all of them variables of their own?
fn takes_anything(clause: &Clause, args: usize) -> bool {
    let mut seen = HashSet::new();
    clause.patterns.len() == args
        && clause.guards.is_empty()
        && clause.patterns.iter().all(|p| match &p.kind {
            ExprKind::Var(name) => &**name == "_" || seen.insert(name),
            _ => false,
        })
}

/// Elements of a proper list written out, for `apply(M, F, [A, B])`.
fn plain_list(e: &Expr) -> Option<&[Expr]> {
    match &e.kind {
        ExprKind::Nil => Some(&[]),
        ExprKind::List {
            elements,
            tail: None,
            ..
        } if elements.len() < 255 => Some(elements),
        _ => None,
    }
}

/// Under this name the scope keeps the value that a named fun's name had at its start.
pub fn self_mark(name: &str) -> String {
    format!("%self {name}")
}
