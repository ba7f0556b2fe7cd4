//! Conditions: Boolean expressions that steer instead of making a value, and guards.
//!
//! In a guard (`self.guard` is set) any failure goes to the guard's fail block; in a body it raises.

use std::borrow::Cow;

use super::unit::Resolved;
use super::{Dest, Lower};
use crate::ast::{BinOp, Expr, ExprKind, UnOp};
use crate::core::{BlockId, End, Test, Val};

impl Lower<'_, '_> {
    /// A clause's guard: alternatives of conjunctions. Goes on if it holds, else to `fail`.
    pub fn guards(&mut self, guards: &[Vec<Expr>], fail: BlockId) {
        if always_true(guards) {
            return;
        }
        let outer = self.guard;
        let yes = self.new_block();
        for (i, conjunction) in guards.iter().enumerate() {
            let last = i + 1 == guards.len();
            let no = if last { fail } else { self.new_block() };
            self.guard = Some(no);
            for g in conjunction {
                let next = self.new_block();
                self.cond(&self.guard_test(g), next, no);
                self.cur = next;
            }
            self.jump(yes);
            self.cur = no;
        }
        self.guard = outer;
        self.cur = yes;
    }

    /// A test at the top of a guard, by its name of today.
    pub fn guard_test<'e>(&self, e: &'e Expr) -> Cow<'e, Expr> {
        if let ExprKind::Call(callee, args) = &e.kind
            && let ExprKind::Atom(name) = &callee.kind
            && let Some(now) = super::bifs::old_type_test(name, args.len())
            && !matches!(
                self.unit.resolve(name, args.len() as u32),
                Resolved::Local(_) | Resolved::Remote(_)
            )
        {
            let callee = Expr {
                span: callee.span,
                kind: ExprKind::Atom(now.into()),
            };
            return Cow::Owned(Expr {
                span: e.span,
                kind: ExprKind::Call(Box::new(callee), args.clone()),
            });
        }
        Cow::Borrowed(e)
    }

    /// Goes to `yes` or `no`; ends the block. What is neither fails (in a guard) or raises `{badarg, Value}`.
    pub fn cond(&mut self, e: &Expr, yes: BlockId, no: BlockId) {
        self.at(e.span);
        match &e.kind {
            ExprKind::Binary(op @ (BinOp::AndAlso | BinOp::OrElse), a, b) => {
                let second = self.new_block();
                if *op == BinOp::AndAlso {
                    self.cond(a, second, no);
                } else {
                    self.cond(a, yes, second);
                }
                self.cur = second;
                self.cond(b, yes, no);
            }
            ExprKind::Binary(BinOp::And, a, b) if self.is_safe_test(a) && self.is_safe_test(b) => {
                let second = self.new_block();
                self.cond(a, second, no);
                self.cur = second;
                self.cond(b, yes, no);
            }
            ExprKind::Binary(BinOp::Or, a, b) if self.is_safe_test(a) && self.is_safe_test(b) => {
                let second = self.new_block();
                self.cond(a, yes, second);
                self.cur = second;
                self.cond(b, yes, no);
            }
            ExprKind::Binary(op, a, b) if comparison(*op, Val::Nil, Val::Nil).is_some() => {
                let (x, y) = (self.value_of(a), self.value_of(b));
                if let Some(test) = comparison(*op, x, y) {
                    self.end(End::Test(test, yes, no));
                }
            }
            ExprKind::Unary(UnOp::Not, a) if self.guard.is_some() || self.is_boolean_expr(a) => {
                self.cond(a, no, yes)
            }
            ExprKind::Call(callee, args) => match self.erlang_callee(callee, args.len()) {
                Some(name) => self.call_cond(e, &name, args, yes, no),
                None => self.value_cond(e, yes, no),
            },
            _ => self.value_cond(e, yes, no),
        }
    }

    fn call_cond(&mut self, e: &Expr, name: &str, args: &[Expr], yes: BlockId, no: BlockId) {
        match (name, args) {
            (_, [a]) if super::bifs::kind_of_test(name).is_some() => {
                let v = self.value_of(a);
                if let Some(kind) = super::bifs::kind_of_test(name) {
                    self.end(End::Test(Test::Is(kind, v), yes, no));
                }
            }
            ("is_function", [a, b]) if matches!(b.kind, ExprKind::Int(_)) => {
                let (x, y) = (self.value_of(a), self.value_of(b));
                if matches!(y, Val::Small(n) if n >= 0) {
                    self.end(End::Test(Test::Function2(x, y), yes, no));
                } else {
                    let v = self.bif("is_function", vec![x, y]);
                    self.bool_switch(v, yes, no);
                }
            }
            ("is_record", [r, tag, ..]) if tag.as_atom().is_some() => {
                match self.record_test(args) {
                    Some(size) => {
                        let v = self.value_of(r);
                        let v = self.in_var(v);
                        self.record_branch(v, tag.as_atom().map_or("", |t| t), size, yes, no);
                    }
                    None => self.value_cond(e, yes, no),
                }
            }
            _ => self.value_cond(e, yes, no),
        }
    }

    fn value_cond(&mut self, e: &Expr, yes: BlockId, no: BlockId) {
        let v = self.value_of(e);
        self.bool_switch(v, yes, no);
    }

    /// Goes by the value `true` or `false`.
    pub fn bool_switch(&mut self, v: Val, yes: BlockId, no: BlockId) {
        let (t, f) = (self.atom("true"), self.atom("false"));
        if v == t {
            return self.jump(yes);
        }
        if v == f {
            return self.jump(no);
        }
        let other = match self.guard {
            Some(fail) => fail,
            None => {
                let at = self.cur;
                let b = self.new_block();
                self.cur = b;
                self.raise_tagged("badarg", v);
                self.cur = at;
                b
            }
        };
        if v.var().is_none() {
            return self.jump(other);
        }
        self.end(End::SelectVal(v, vec![(t, yes), (f, no)], other));
    }

    /// `andalso` and `orelse` for their value.
    pub fn short_circuit(&mut self, and: bool, a: &Expr, b: &Expr, dest: Dest) -> Val {
        let (second, shortcut) = (self.new_block(), self.new_block());
        if and {
            self.cond(a, second, shortcut);
        } else {
            self.cond(a, shortcut, second);
        }
        let short_value = self.atom(if and { "false" } else { "true" });
        let mark = self.scope.mark();
        if dest == Dest::Tail {
            self.cur = shortcut;
            self.end(End::Return(short_value));
            self.cur = second;
            self.expr(b, dest);
            self.scope.restore(mark);
            return Val::Nil;
        }
        let (join, params) = self.new_join(1);
        self.cur = shortcut;
        self.end(End::Jump(join, vec![short_value]));
        self.cur = second;
        let v = self.value_of(b);
        self.end(End::Jump(join, vec![v]));
        self.scope.restore(mark);
        self.cur = join;
        Val::Var(params[0])
    }

    /// The name if this is a call of a function of module erlang.
    pub fn erlang_callee(&self, callee: &Expr, arity: usize) -> Option<crate::ast::Name> {
        match &callee.kind {
            ExprKind::Atom(name)
                if self.guard.is_some() || self.unit.is_erlang(name, arity as u32) =>
            {
                Some(name.clone())
            }
            ExprKind::Remote(m, f) if m.as_atom().is_some_and(|m| &**m == "erlang") => {
                f.as_atom().cloned()
            }
            _ => None,
        }
    }

    /// Is its value surely a Boolean (if it has one)?
    pub fn is_boolean_expr(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Atom(a) => matches!(&**a, "true" | "false"),
            ExprKind::Binary(op, a, b) => match op {
                BinOp::AndAlso | BinOp::OrElse => {
                    self.is_boolean_expr(a) && self.is_boolean_expr(b)
                }
                BinOp::And | BinOp::Or => self.is_safe_test(a) && self.is_safe_test(b),
                op => comparison(*op, Val::Nil, Val::Nil).is_some(),
            },
            ExprKind::Unary(UnOp::Not, a) => self.is_boolean_expr(a),
            ExprKind::Call(callee, args) => {
                self.erlang_callee(callee, args.len()).is_some_and(|name| {
                    (args.len() == 1 && super::bifs::kind_of_test(&name).is_some())
                        || (&*name == "is_record" && args.len() >= 2 && args[1].as_atom().is_some())
                })
            }
            _ => false,
        }
    }

    /// A Boolean that can be skipped or evaluated without anybody noticing: it neither fails nor has effects.
    fn is_safe_test(&self, e: &Expr) -> bool {
        let simple = |e: &Expr| {
            matches!(
                e.kind,
                ExprKind::Var(_)
                    | ExprKind::Atom(_)
                    | ExprKind::Int(_)
                    | ExprKind::Float(_)
                    | ExprKind::Char(_)
                    | ExprKind::Nil
                    | ExprKind::Str(_)
            )
        };
        match &e.kind {
            ExprKind::Binary(BinOp::And | BinOp::Or | BinOp::AndAlso | BinOp::OrElse, a, b) => {
                self.is_safe_test(a) && self.is_safe_test(b)
            }
            ExprKind::Binary(op, a, b) => {
                comparison(*op, Val::Nil, Val::Nil).is_some() && simple(a) && simple(b)
            }
            ExprKind::Unary(UnOp::Not, a) => self.is_safe_test(a),
            ExprKind::Call(callee, args) => {
                self.erlang_callee(callee, args.len()).is_some_and(|name| {
                    args.len() == 1
                        && super::bifs::kind_of_test(&name).is_some()
                        && simple(&args[0])
                })
            }
            _ => false,
        }
    }

    /// May this expression stand in a guard? (Comprehension filters that may are guards.)
    pub fn is_guard_expr(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Var(_)
            | ExprKind::Atom(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::RecordIndex { .. } => true,
            ExprKind::List { elements, tail, .. } => {
                elements.iter().all(|e| self.is_guard_expr(e))
                    && tail.iter().all(|e| self.is_guard_expr(e))
            }
            ExprKind::Tuple(es) => es.iter().all(|e| self.is_guard_expr(e)),
            ExprKind::Map { base, fields } => {
                base.iter().all(|e| self.is_guard_expr(e))
                    && fields
                        .iter()
                        .all(|f| self.is_guard_expr(&f.key) && self.is_guard_expr(&f.value))
            }
            ExprKind::Bin(es) => es.iter().all(|s| {
                self.is_guard_expr(&s.value) && s.size.iter().all(|e| self.is_guard_expr(e))
            }),
            ExprKind::Binary(op, a, b) => {
                !matches!(op, BinOp::Send | BinOp::Append | BinOp::Subtract)
                    && self.is_guard_expr(a)
                    && self.is_guard_expr(b)
            }
            ExprKind::Unary(_, a) => self.is_guard_expr(a),
            ExprKind::RecordGet { base, .. } => self.is_guard_expr(base),
            ExprKind::Record { fields, .. } => fields.iter().all(|f| self.is_guard_expr(&f.value)),
            ExprKind::Call(callee, args) => {
                let ok = self.erlang_callee(callee, args.len()).is_some_and(|n| {
                    let arity = args.len() as u32;
                    super::bifs::guard_bif(&n, arity)
                        || (arity == 2 && super::bifs::arith(&n).is_some())
                });
                ok && args.iter().all(|e| self.is_guard_expr(e))
            }
            _ => false,
        }
    }
}

/// The test that a comparison operator is.
pub fn comparison(op: BinOp, a: Val, b: Val) -> Option<Test> {
    Some(match op {
        BinOp::Eq => Test::Eq(a, b),
        BinOp::Ne => Test::Ne(a, b),
        BinOp::EqExact => Test::EqExact(a, b),
        BinOp::NeExact => Test::NeExact(a, b),
        BinOp::Lt => Test::Lt(a, b),
        BinOp::Gt => Test::Lt(b, a),
        BinOp::Ge => Test::Ge(a, b),
        BinOp::Le => Test::Ge(b, a),
        _ => return None,
    })
}

/// No guard, or one alternative that is plainly `true`.
pub fn always_true(guards: &[Vec<Expr>]) -> bool {
    let is_true = |g: &Expr| g.as_atom().is_some_and(|a| &**a == "true");
    guards.is_empty() || guards.iter().any(|c| c.iter().all(is_true))
}
