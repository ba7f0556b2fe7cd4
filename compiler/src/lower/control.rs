//! `case`, `if`, `receive` and `maybe`.

use super::clauses::{Joins, Use};
use super::{Dest, Lower};
use crate::ast::{After, Clause, Expr, ExprKind};
use crate::core::{BlockId, End, OpKind, Raise, Val};

const EXPORT: Use = Use {
    shadow: false,
    receive: false,
    export: true,
    stack: false,
};

impl Lower<'_, '_> {
    /// `case E of ... end`.
    pub fn case_expr(&mut self, e: &Expr, scrutinee: &Expr, clauses: &[Clause], dest: Dest) -> Val {
        if let Some([yes, no]) = self.boolean_case(scrutinee, clauses) {
            return self.two_way(e, scrutinee, clauses, [yes, no], dest);
        }
        let v = self.value_of(scrutinee);
        let v = self.in_var(v);
        self.at(e.span);
        let fail = self.raise_block(Raise::CaseClause(v));
        self.clauses(&[v], clauses, EXPORT, fail, dest)
    }

    /// `case Condition of true -> ...; false -> ... end`: the clauses for true and false, if it has that shape.
    fn boolean_case(&self, scrutinee: &Expr, clauses: &[Clause]) -> Option<[usize; 2]> {
        if !self.is_boolean_expr(scrutinee) || matches!(scrutinee.kind, ExprKind::Atom(_)) {
            return None;
        }
        if clauses.len() != 2 || clauses.iter().any(|c| !c.guards.is_empty()) {
            return None;
        }
        let text = |i: usize| match &clauses.get(i)?.patterns.first()?.kind {
            ExprKind::Atom(a) => Some(a.clone()),
            ExprKind::Var(v) if &**v == "_" => Some(v.clone()),
            _ => None,
        };
        let (first, second) = (text(0)?, text(1)?);
        match (&*first, &*second) {
            ("true", "false" | "_") => Some([0, 1]),
            ("false", "true" | "_") => Some([1, 0]),
            _ => None,
        }
    }

    fn two_way(
        &mut self,
        e: &Expr,
        scrutinee: &Expr,
        clauses: &[Clause],
        order: [usize; 2],
        dest: Dest,
    ) -> Val {
        let blocks = [self.new_block(), self.new_block()];
        self.cond(scrutinee, blocks[0], blocks[1]);
        let mut joins = Joins::default();
        for (block, i) in blocks.into_iter().zip(order) {
            self.cur = block;
            let mark = self.scope.mark();
            let v = self.body(&clauses[i].body, dest);
            if dest == Dest::Value {
                joins.add(self, v, mark);
            }
            self.scope.restore(mark);
        }
        self.at(e.span);
        match dest {
            Dest::Tail => Val::Nil,
            Dest::Value => joins.finish(self, true),
        }
    }

    /// `if ... end`.
    pub fn if_expr(&mut self, e: &Expr, clauses: &[Clause], dest: Dest) -> Val {
        self.at(e.span);
        let fail = self.raise_block(Raise::IfClause);
        self.clauses(&[], clauses, EXPORT, fail, dest)
    }

    /// ```text
    /// again: message? -> match clauses: remove it, body
    ///          |          none: leave it, again
    ///          empty: wait, again  (or after the time: timeout, body)
    /// ```
    pub fn receive(
        &mut self,
        e: &Expr,
        clauses: &[Clause],
        after: Option<&After>,
        dest: Dest,
    ) -> Val {
        let time = after.map(|a| self.value_of(&a.timeout));
        self.at(e.span);
        let (again, empty, skip) = (self.new_block(), self.new_block(), self.new_block());
        let mut joins = Joins::default();
        if clauses.is_empty() {
            self.jump(empty);
        } else {
            self.jump(again);
            self.cur = skip;
            self.end(End::LoopRecEnd(again));
            self.cur = again;
            let next = self.new_block();
            let dst = self.new_var();
            self.end(End::LoopRec { dst, next, empty });
            self.cur = next;
            let how = Use {
                receive: true,
                ..EXPORT
            };
            self.receive_clauses(Val::Var(dst), clauses, how, skip, &mut joins, dest);
        }
        self.cur = empty;
        let wake = if clauses.is_empty() { empty } else { again };
        match (time, after) {
            (Some(time), Some(after)) => {
                self.at(e.span);
                let next = self.new_block();
                self.end(End::WaitTimeout {
                    again: wake,
                    time,
                    next,
                });
                self.cur = next;
                self.effect(OpKind::Timeout);
                let mark = self.scope.mark();
                let v = self.body(&after.body, dest);
                if dest == Dest::Value {
                    joins.add(self, v, mark);
                }
                self.scope.restore(mark);
            }
            _ => self.end(End::Wait(wake)),
        }
        match dest {
            Dest::Tail => Val::Nil,
            Dest::Value => joins.finish(self, true),
        }
    }

    fn receive_clauses(
        &mut self,
        message: Val,
        clauses: &[Clause],
        how: Use,
        skip: BlockId,
        joins: &mut Joins,
        dest: Dest,
    ) {
        let rows = clauses
            .iter()
            .enumerate()
            .map(|(i, c)| {
                let mut row = crate::matching::Row::new(i, &c.guards, how.shadow);
                if let Some(p) = c.patterns.first() {
                    let pat = self.pattern(p);
                    row.add(self, message, pat);
                }
                row
            })
            .collect();
        self.match_rows(rows, skip, &mut |l, i, mark| {
            l.effect(OpKind::RemoveMessage);
            let v = l.body(&clauses[i].body, dest);
            if dest == Dest::Value {
                joins.add(l, v, mark);
            }
        });
    }

    /// `maybe ... else ... end`.
    pub fn maybe(&mut self, e: &Expr, body: &[Expr], else_clauses: &[Clause], dest: Dest) -> Val {
        let (other, params) = self.new_join(1);
        let mismatch = Val::Var(params[0]);
        let mark = self.scope.mark();
        let mut joins = Joins::default();
        let mut value = Val::Nil;
        for (i, item) in body.iter().enumerate() {
            let last = i + 1 == body.len();
            match &item.kind {
                ExprKind::MaybeMatch(p, rhs) => {
                    let v = self.value_of(rhs);
                    let v = self.in_var(v);
                    let at = self.cur;
                    let fail = self.new_block();
                    self.cur = fail;
                    self.end(End::Jump(other, vec![v]));
                    self.cur = at;
                    self.match_or(p, v, fail);
                    value = v;
                    if last {
                        self.deliver(v, dest);
                    }
                }
                _ => value = self.expr(item, if last { dest } else { Dest::Value }),
            }
        }
        if dest == Dest::Value {
            joins.add(self, value, mark);
        }
        self.scope.restore(mark);
        self.cur = other;
        self.at(e.span);
        if else_clauses.is_empty() {
            self.deliver(mismatch, dest);
            if dest == Dest::Value {
                joins.add(self, mismatch, mark);
            }
        } else {
            let fail = self.raise_block(Raise::ElseClause(mismatch));
            let v = self.clauses(&[mismatch], else_clauses, Use::default(), fail, dest);
            if dest == Dest::Value {
                joins.add(self, v, mark);
            }
        }
        match dest {
            Dest::Tail => Val::Nil,
            Dest::Value => joins.finish(self, false),
        }
    }
}
