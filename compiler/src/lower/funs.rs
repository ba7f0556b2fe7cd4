//! Funs: each becomes a function of its own whose last parameters are the variables it takes along.

use std::collections::BTreeSet;

use transom_bytecode::{Const, FnIx, MAX_ARITY};

use super::calls::self_mark;
use super::clauses::Use;
use super::unit::Resolved;
use super::{Dest, Lower, SelfFun, free};
use crate::ast::{Clause, Expr, ExprKind, Name};
use crate::core::{Kind, OpKind, Raise, Test, Val};

impl<'a> Lower<'_, 'a> {
    /// Those of the names that are in scope, in a fixed order.
    pub fn captured(&self, names: BTreeSet<Name>) -> Vec<Name> {
        let mut all = names;
        // Calling an enclosing named fun directly needs that fun's own variables.
        let own: Vec<Name> = all
            .iter()
            .filter_map(|n| self.self_funs.get(n))
            .flat_map(|s| s.free.clone())
            .collect();
        all.extend(own);
        all.into_iter()
            .filter(|n| self.scope.get(n).is_some())
            .collect()
    }

    /// The values of variables, `[]` for those out of scope.
    pub fn scoped(&self, names: &[Name]) -> Vec<Val> {
        names
            .iter()
            .map(|n| self.scope.get(n).unwrap_or(Val::Nil))
            .collect()
    }

    /// `fun ... end`, with a name or without.
    pub fn fun_expr(&mut self, e: &Expr, name: Option<&Name>, clauses: &[Clause]) -> Val {
        let mut names = BTreeSet::new();
        free::in_clauses(clauses, &mut names);
        // A fun that refers to itself by its name is called so and has a place among the comprehensions.
        let recursive = name.is_some_and(|n| names.remove(n));
        let free = self.captured(names);
        let arity = clauses.first().map_or(0, |c| c.patterns.len()) as u32;
        let function = self.unit.pool.declare();
        let (free, packed) = self.packed(free, MAX_ARITY as usize - arity as usize, function);
        let lambda = self.unit.pool.lambda(function, free.len(), 0);
        let outer_self = self.self_funs.clone();
        let mut l = Lower::new(self.unit, arity + free.len() as u32, self.line);
        // Funs further out can still be called directly: what they need was captured.
        l.self_funs = outer_self;
        let params = l.params();
        let (args, rest) = params.split_at(arity as usize);
        for (n, v) in free.iter().zip(rest) {
            l.scope.bind(n.clone(), *v);
            if l.self_funs.contains_key(n) {
                l.scope.bind(self_mark(n).into(), *v);
            }
        }
        l.unpack(&packed, rest);
        if let Some(n) = name {
            let own = l.op(OpKind::MakeFun(lambda, rest.to_vec()));
            l.scope.bind(n.clone(), own);
            l.scope.bind(self_mark(n).into(), own);
            let own = SelfFun {
                function,
                arity,
                free: free.clone(),
            };
            l.self_funs.insert(n.clone(), own);
        }
        let fail = l.raise_block(Raise::FuncClause(params.clone()));
        let how = Use {
            shadow: true,
            ..Use::default()
        };
        l.clauses(args, clauses, how, fail, Dest::Tail);
        let (outer, outer_arity) = &l.unit.outer;
        let text = match name.filter(|_| recursive) {
            Some(n) => {
                let place = l.unit.numbers.place(e);
                format!("-{outer}/{outer_arity}-{n}/{arity}-{place}-")
            }
            None => {
                let number = l.unit.numbers.generated(e);
                format!("-{outer}/{outer_arity}-fun-{number}-")
            }
        };
        l.finish(function, &text);
        let values = self.scoped(&free);
        self.op(OpKind::MakeFun(lambda, values))
    }

    /// More generators side by side than a function can have parameters.
    pub fn too_many(&mut self, e: &Expr) {
        self.unit
            .diagnostics
            .push(crate::diagnostic::Diagnostic::error(
                "too_many_generators",
                e.span,
                "more generators side by side than a function can have parameters",
            ));
    }

    /// What a function takes along, and what of it is in a tuple: more variables than there is room for travel in one, under a name that
    /// no source can have.
    pub fn packed(
        &mut self,
        free: Vec<Name>,
        room: usize,
        function: FnIx,
    ) -> (Vec<Name>, Vec<Name>) {
        if free.len() <= room {
            return (free, Vec::new());
        }
        let values = self.scoped(&free);
        let all = self.make_tuple(values);
        let name: Name = format!("variables of {}", function.0).into();
        self.scope.bind(name.clone(), all);
        (vec![name], free)
    }

    /// In the function: takes the variables out of the tuple, which is the first that was taken along.
    pub fn unpack(&mut self, names: &[Name], taken: &[Val]) {
        let Some(all) = taken.first().filter(|_| !names.is_empty()) else {
            return;
        };
        let no = self.raise_block(Raise::Badmatch(*all));
        self.require_is(Kind::Tuple, *all, no);
        self.require(Test::Arity(*all, names.len() as u32), no);
        for (i, n) in names.iter().enumerate() {
            let v = self.op(OpKind::GetElem(*all, i as u32));
            self.scope.bind(n.clone(), v);
            if self.self_funs.contains_key(n) {
                self.scope.bind(self_mark(n).into(), v);
            }
        }
    }

    /// `fun f/1`.
    pub fn fun_local(&mut self, name: &Name, arity: u32) -> Val {
        match self.unit.resolve(name, arity) {
            Resolved::Local(f) => {
                let lambda = self.unit.pool.lambda(f, 0, 0);
                self.op(OpKind::MakeFun(lambda, Vec::new()))
            }
            Resolved::Remote(m) => self.export_fun(&m, name, arity),
            Resolved::Erlang => self.export_fun("erlang", name, arity),
            Resolved::Unknown => {
                let module = self.unit.module.clone();
                self.export_fun(&module, name, arity)
            }
        }
    }

    fn export_fun(&mut self, module: &str, name: &str, arity: u32) -> Val {
        let c = Const::ExportFun {
            module: self.unit.pool.atom(module),
            name: self.unit.pool.atom(name),
            arity: arity as u8,
        };
        self.value(c)
    }

    /// `fun M:F/A`.
    pub fn fun_remote(&mut self, m: &Expr, f: &Expr, a: &Expr) -> Val {
        if let (Some(m), Some(f), ExprKind::Int(n)) = (m.as_atom(), f.as_atom(), &a.kind)
            && let Some(n) = n.as_i64().and_then(|n| u8::try_from(n).ok())
        {
            return self.export_fun(m, f, u32::from(n));
        }
        let line = self.line;
        let args = vec![self.value_of(m), self.value_of(f), self.value_of(a)];
        self.line = line;
        self.call_ext("erlang", "make_fun", args, Dest::Value)
    }
}
