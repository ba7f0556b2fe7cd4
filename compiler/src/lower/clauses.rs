//! Clauses: of functions, funs, `case`, `try` and `receive`; and the joins behind them with the variables they export.

use std::collections::BTreeSet;

use super::{Dest, Lower, free};
use crate::ast::{Clause, Expr, ExprKind, Name};
use crate::core::{BlockId, End, OpKind, Raise, Val};
use crate::matching::Row;

/// What a branch bound.
type Bindings = Vec<(Name, Val)>;

/// Ends of the branches of an expression, to be joined.
#[derive(Debug, Default)]
pub struct Joins {
    ends: Vec<(BlockId, Val, Bindings)>,
    /// The names in each clause that is never reached: what it does not bind is unsafe behind it all the same.
    unreached: Vec<BTreeSet<Name>>,
}

impl Joins {
    /// The current block ends a branch with this value.
    pub fn add(&mut self, l: &Lower<'_, '_>, value: Val, mark: usize) {
        self.ends.push((l.cur, value, l.scope.since(mark)));
    }

    /// Makes the join the current block; variables that all branches bind are in scope after it.
    pub fn finish(self, l: &mut Lower<'_, '_>, export: bool) -> Val {
        let mut names: Vec<Name> = Vec::new();
        if let (true, Some((first, rest))) = (export, self.ends.split_first()) {
            let maps: Vec<std::collections::HashSet<&Name>> = rest
                .iter()
                .map(|e| e.2.iter().map(|b| &b.0).collect())
                .collect();
            let mut seen = std::collections::HashSet::new();
            for (name, _) in &first.2 {
                if maps.iter().all(|m| m.contains(name))
                    && self.unreached.iter().all(|names| names.contains(name))
                    && seen.insert(name.clone())
                {
                    names.push(name.clone());
                }
            }
        }
        let (join, params) = l.new_join(1 + names.len());
        for (block, value, binds) in self.ends {
            let binds: std::collections::HashMap<Name, Val> = binds.into_iter().collect();
            let mut args = vec![value];
            args.extend(
                names
                    .iter()
                    .map(|n| binds.get(n).copied().unwrap_or(Val::Nil)),
            );
            l.cur = block;
            l.end(End::Jump(join, args));
        }
        l.cur = join;
        for (name, v) in names.into_iter().zip(params.iter().skip(1)) {
            l.scope.bind(name, Val::Var(*v));
        }
        params.first().map_or(Val::Nil, |v| Val::Var(*v))
    }
}

/// How clauses are used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// Pattern variables hide those in scope.
    pub shadow: bool,
    /// A clause that matches takes the message out of the queue.
    pub receive: bool,
    /// Bound variables can be used after the expression.
    pub export: bool,
    /// The third value is a raw stack: its variable gets the list made of it.
    pub stack: bool,
}

impl Lower<'_, '_> {
    /// Matches values against clauses and goes through the body of the first that fits; `fail` is where to go if none does.
    pub fn clauses(
        &mut self,
        vals: &[Val],
        clauses: &[Clause],
        how: Use,
        fail: BlockId,
        dest: Dest,
    ) -> Val {
        let rows = clauses
            .iter()
            .enumerate()
            .map(|(i, c)| self.row(vals, i, c, how))
            .collect();
        let mut joins = Joins::default();
        let mut reached = vec![false; clauses.len()];
        self.match_rows(rows, fail, &mut |l, i, mark| {
            let clause = &clauses[i];
            reached[i] = true;
            if how.receive {
                l.effect(OpKind::RemoveMessage);
            }
            if let (true, [_, _, stack]) = (how.stack, clause.patterns.as_slice())
                && let ExprKind::Var(name) = &stack.kind
                && &**name != "_"
            {
                let list = l.op(OpKind::BuildStack(vals[2]));
                l.scope.bind(name.clone(), list);
            }
            let v = l.body(&clause.body, dest);
            if dest == Dest::Value {
                joins.add(l, v, mark);
            }
        });
        match dest {
            Dest::Tail => Val::Nil,
            Dest::Value => {
                if how.export {
                    let unreached = clauses.iter().zip(&reached).filter(|(_, r)| !**r);
                    joins.unreached = unreached.map(|(c, _)| free::in_clause(c)).collect();
                }
                joins.finish(self, how.export)
            }
        }
    }

    fn row<'p>(&mut self, vals: &[Val], i: usize, c: &'p Clause, how: Use) -> Row<'p> {
        let mut row = Row::new(i, &c.guards, how.shadow);
        let wanted = if how.stack { 2 } else { vals.len() };
        for (v, p) in vals.iter().zip(&c.patterns).take(wanted) {
            let pat = self.pattern(p);
            row.add(self, *v, pat);
        }
        row
    }

    /// `Pattern = Value`: binds the pattern's variables or raises `badmatch`.
    pub fn match_now(&mut self, p: &Expr, v: Val) {
        if let ExprKind::Var(name) = &p.kind
            && (&**name == "_" || self.scope.get(name).is_none())
        {
            if &**name != "_" {
                self.scope.bind(name.clone(), v);
            }
            return;
        }
        let (v, fail) = self.badmatch_block(v);
        self.match_or(p, v, fail);
    }

    fn badmatch_block(&mut self, v: Val) -> (Val, BlockId) {
        let v = self.in_var(v);
        let fail = self.raise_block(Raise::Badmatch(v));
        (v, fail)
    }

    /// Matches a single pattern and goes on with its variables bound, or to `fail`.
    pub fn match_or(&mut self, p: &Expr, v: Val, fail: BlockId) {
        let pat = self.pattern(p);
        let mut row = Row::new(0, &[], false);
        row.add(self, v, pat);
        let mut after = None;
        self.match_rows(vec![row], fail, &mut |l, _, mark| {
            after = Some((l.cur, l.scope.since(mark)));
        });
        if let Some((block, binds)) = after {
            self.cur = block;
            for (name, v) in binds {
                self.scope.bind(name, v);
            }
        }
    }

    /// A block that only raises.
    pub fn raise_block(&mut self, raise: Raise) -> BlockId {
        let at = self.cur;
        let b = self.new_block();
        self.cur = b;
        self.raise(raise);
        self.cur = at;
        b
    }
}
