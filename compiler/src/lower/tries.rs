//! `try` and `catch`.
//!
//! ```text
//! try BODY of CLAUSES catch HANDLERS after AFTER end
//!
//!   slot = try body, handler
//!   body:    BODY; try_end slot; CLAUSES
//!   handler: try_case slot; HANDLERS; none fits: raise again
//! ```
//! With `after` that whole expression is the body of another `try` whose two ways out, by value and by exception, meet in one copy
//! of AFTER and part behind it.

use super::clauses::{Joins, Use};
use super::{Dest, Lower};
use crate::ast::{Clause, Expr};
use crate::core::{BlockId, End, Kind, OpKind, Raise, Test, Val, Var};

impl Lower<'_, '_> {
    /// `try ... of ... catch ... after ... end`; absent parts are empty.
    pub fn try_expr(
        &mut self,
        e: &Expr,
        body: &[Expr],
        of: &[Clause],
        catch: &[Clause],
        after: &[Expr],
        dest: Dest,
    ) -> Val {
        let mark = self.scope.mark();
        let v = if after.is_empty() {
            self.try_catch(e, body, of, catch, dest)
        } else {
            self.try_after(e, body, of, catch, after, dest)
        };
        self.scope.restore(mark);
        v
    }

    /// Begins a protected region: slot, handler and the handler's parameters.
    fn enter_try(
        &mut self,
        params: usize,
        old_catch: bool,
    ) -> (Var, BlockId, Vec<Var>, Option<BlockId>) {
        let slot = self.new_var();
        let (handler, params) = self.new_join(params);
        self.func.blocks[handler.ix()].is_handler = true;
        let outer = self.handler.replace(handler);
        let body = self.new_block();
        self.end(End::Try {
            slot,
            body,
            handler,
            old_catch,
        });
        self.cur = body;
        (slot, handler, params, outer)
    }

    /// Leaves the region by its normal end.
    fn leave_try(&mut self, slot: Var, outer: Option<BlockId>) {
        self.effect(OpKind::TryEnd(slot));
        self.handler = outer;
        let next = self.new_block();
        self.jump(next);
        self.cur = next;
    }

    fn try_catch(
        &mut self,
        e: &Expr,
        body: &[Expr],
        of: &[Clause],
        catch: &[Clause],
        dest: Dest,
    ) -> Val {
        let mark = self.scope.mark();
        let mut joins = Joins::default();
        let (slot, handler, params, outer) = self.enter_try(3, false);
        let v = self.body(body, Dest::Value);
        self.leave_try(slot, outer);
        if of.is_empty() {
            self.deliver(v, dest);
            if dest == Dest::Value {
                joins.add(self, v, mark);
            }
        } else {
            self.at(e.span);
            let v = self.in_var(v);
            let fail = self.raise_block(Raise::TryClause(v));
            let v = self.clauses(&[v], of, Use::default(), fail, dest);
            if dest == Dest::Value {
                joins.add(self, v, mark);
            }
        }
        self.scope.restore(mark);
        self.cur = handler;
        self.effect(OpKind::TryCase(slot));
        let caught: Vec<Val> = params.into_iter().map(Val::Var).collect();
        let again = self.raise_block(Raise::Again(caught[0], caught[1], caught[2]));
        let how = Use {
            stack: true,
            ..Use::default()
        };
        let v = self.clauses(&caught, catch, how, again, dest);
        if dest == Dest::Value {
            joins.add(self, v, mark);
        }
        match dest {
            Dest::Tail => Val::Nil,
            Dest::Value => joins.finish(self, false),
        }
    }

    fn try_after(
        &mut self,
        e: &Expr,
        body: &[Expr],
        of: &[Clause],
        catch: &[Clause],
        after: &[Expr],
        dest: Dest,
    ) -> Val {
        let mark = self.scope.mark();
        let (slot, handler, params, outer) = self.enter_try(3, false);
        let v = if of.is_empty() && catch.is_empty() {
            self.body(body, Dest::Value)
        } else {
            self.try_catch(e, body, of, catch, Dest::Value)
        };
        self.leave_try(slot, outer);
        self.scope.restore(mark);
        // Class (or [] when there is no exception), value or reason, stack.
        let (join, outs) = self.new_join(3);
        self.end(End::Jump(join, vec![Val::Nil, v, Val::Nil]));
        self.cur = handler;
        self.effect(OpKind::TryCase(slot));
        // A built list and not the raw stack: the two ways bring the same kind of thing to the join.
        let stack = self.op(OpKind::BuildStack(Val::Var(params[2])));
        self.end(End::Jump(
            join,
            vec![Val::Var(params[0]), Val::Var(params[1]), stack],
        ));
        self.cur = join;
        self.body(after, Dest::Value);
        self.scope.restore(mark);
        let outs: Vec<Val> = outs.into_iter().map(Val::Var).collect();
        let (normal, raised) = (self.new_block(), self.new_block());
        self.end(End::Test(Test::Is(Kind::Nil, outs[0]), normal, raised));
        self.cur = raised;
        self.raise(Raise::Again(outs[0], outs[1], outs[2]));
        self.cur = normal;
        self.deliver(outs[1], dest)
    }

    /// `catch E`.
    pub fn old_catch(&mut self, body: &Expr) -> Val {
        let mark = self.scope.mark();
        let (slot, handler, params, outer) = self.enter_try(1, true);
        let v = self.value_of(body);
        self.end(End::Jump(handler, vec![v]));
        self.scope.restore(mark);
        self.handler = outer;
        self.cur = handler;
        self.op(OpKind::CatchEnd(slot, Val::Var(params[0])))
    }
}
