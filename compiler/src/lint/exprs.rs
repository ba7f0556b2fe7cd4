//! Expressions. Parts whose order is not defined (arguments, operands, elements) do not see each other's variables;
//! what stands after them sees all.

use super::Linter;
use super::vars::{Delta, State, Var};
use crate::ast::*;
use crate::diagnostic::did_you_mean;

impl Linter<'_> {
    pub(super) fn seq(&mut self, exprs: &[Expr]) {
        for e in exprs {
            self.expr(e);
        }
    }

    /// Expressions that do not see each other. What two of them bind has to be equal, and is used by that.
    pub(super) fn par<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        self.together(exprs, true);
    }

    pub(super) fn together<'e>(
        &mut self,
        exprs: impl IntoIterator<Item = &'e Expr>,
        equal_is_use: bool,
    ) {
        let mut deltas: Vec<Delta> = Vec::new();
        for e in exprs {
            let delta = self.branch(|s| s.expr(e));
            if !delta.is_empty() {
                deltas.push(delta);
            }
        }
        let mut new: Vec<Name> = Vec::new();
        for d in deltas {
            for (name, var) in d.iter().filter(|_| equal_is_use) {
                match self.vars.get(name).cloned() {
                    Some(old) if new.contains(name) => {
                        self.vars.mark(&old.ids);
                        self.vars.mark(&var.ids);
                    }
                    Some(_) => {}
                    None => new.push(name.clone()),
                }
            }
            self.vars.apply(d);
        }
    }

    /// Runs `work` and takes back what it bound.
    pub(super) fn branch(&mut self, work: impl FnOnce(&mut Self)) -> Delta {
        let point = self.vars.point();
        work(self);
        self.vars.take(point)
    }

    /// A variable is read.
    pub(super) fn use_var(&mut self, name: &Name, span: Span) {
        let Some(var) = self.vars.get(name).cloned() else {
            let meant = if &**name == "_" {
                None
            } else {
                did_you_mean(name, self.vars.names())
            };
            let meant = meant.map(|m| m.to_string());
            self.error_hint(
                "unbound_var",
                span,
                format!("variable '{name}' is unbound"),
                meant,
            );
            if &**name != "_" {
                self.vars.set(
                    name,
                    Var {
                        state: State::Bound,
                        ids: Default::default(),
                    },
                );
            }
            return;
        };
        self.vars.mark(&var.ids);
        if let State::Unsafe(what, at) = var.state {
            self.unsafe_var(name, span, what, at);
            self.vars.set(
                name,
                Var {
                    state: State::Bound,
                    ids: var.ids,
                },
            );
        }
    }

    pub(super) fn unsafe_var(&mut self, name: &Name, span: Span, what: &str, at: Span) {
        let text = format!(
            "variable '{name}' unsafe in '{what}' (line {}, column {})",
            at.line, at.column
        );
        self.error("unsafe_var", span, text);
    }

    pub(super) fn expr(&mut self, e: &Expr) {
        let span = e.span;
        match &e.kind {
            ExprKind::Var(v) => self.use_var(v, span),
            ExprKind::Atom(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_)
            | ExprKind::Str(_)
            | ExprKind::Nil => {}
            ExprKind::List { elements, tail, .. } => {
                self.par(elements.iter().chain(tail.as_deref()))
            }
            ExprKind::Tuple(es) => self.par(es),
            ExprKind::Map { base, fields } => self.map(base.as_deref(), fields),
            ExprKind::Bin(elements) => self.binary(elements),
            ExprKind::Match(p, v) | ExprKind::MaybeMatch(p, v) => {
                self.expr(v);
                self.patterns([&**p], None);
            }
            ExprKind::Binary(op @ (BinOp::AndAlso | BinOp::OrElse), a, b) => {
                self.expr(a);
                let delta = self.branch(|s| s.expr(b));
                self.vars.apply_unsafe(delta, op.as_str(), span);
            }
            ExprKind::Binary(..) => self.operands(e),
            ExprKind::Unary(_, a) => self.expr(a),
            ExprKind::Call(f, args) => self.call_expr(f, args),
            ExprKind::Remote(m, _) => self.error("illegal_expr", m.span, "illegal expression"),
            ExprKind::Record { .. }
            | ExprKind::RecordUpdate { .. }
            | ExprKind::RecordGet { .. }
            | ExprKind::RecordIndex { .. } => {
                self.record_expr(e);
            }
            ExprKind::Block(es) => self.seq(es),
            ExprKind::If(clauses) => self.clauses(clauses, Vec::new(), "if", span),
            ExprKind::Case(v, clauses) => {
                self.expr(v);
                self.clauses(clauses, Vec::new(), "case", span);
            }
            ExprKind::Receive { clauses, after } => {
                // What the time binds is seen by none of the clauses, only behind the whole.
                let mut branches = Vec::new();
                let mut time = Vec::new();
                if let Some(a) = after {
                    time = self.branch(|s| s.expr(&a.timeout));
                    branches.push(self.branch(|s| s.seq(&a.body)));
                }
                self.clauses(clauses, branches, "receive", span);
                for (name, mut var) in time {
                    if let Some(old) = self.vars.get(&name) {
                        var.state = old.state.clone();
                    }
                    self.vars.apply(vec![(name, var)]);
                }
            }
            ExprKind::Try {
                body,
                of,
                catch,
                after,
            } => self.try_expr(body, of, catch, after, span),
            ExprKind::Catch(a) => {
                let delta = self.branch(|s| s.expr(a));
                self.vars.apply_unsafe(delta, "catch", span);
            }
            ExprKind::Maybe {
                body,
                else_clauses,
                else_span,
            } => {
                let delta = self.branch(|s| s.seq(body));
                self.vars.apply_unsafe(delta, "maybe", span);
                for c in else_clauses {
                    let delta = self.branch(|s| s.clause(c, None));
                    self.vars.apply_unsafe(delta, "else", *else_span);
                }
            }
            ExprKind::FunLocal(name, 2) if &**name == "record_info" => {
                self.illegal_record_info(span)
            }
            ExprKind::FunLocal(name, arity) => self.call(name, *arity, span, true),
            ExprKind::FunRemote(m, f, a) => self.par([&**m, &**f, &**a]),
            ExprKind::Fun { name, clauses } => self.fun(name.as_ref(), clauses, span),
            ExprKind::ListComp(e, q) | ExprKind::BinComp(e, q) => {
                self.comprehension(q, |s| s.expr(e))
            }
            ExprKind::MapComp(f, q) => self.comprehension(q, |s| s.par([&f.key, &f.value])),
        }
    }

    /// A tree of infix operators, its left edge walked without recursion.
    fn operands(&mut self, e: &Expr) {
        let mut operands = Vec::new();
        let mut at = e;
        while let ExprKind::Binary(op, a, b) = &at.kind {
            if matches!(op, BinOp::AndAlso | BinOp::OrElse) {
                break;
            }
            operands.push(&**b);
            at = a;
        }
        operands.push(at);
        operands.reverse();
        self.par(operands);
    }

    fn map(&mut self, base: Option<&Expr>, fields: &[MapField]) {
        if base.is_none() {
            for f in fields.iter().filter(|f| f.exact) {
                let text = "only association operators '=>' are allowed in map construction";
                self.error("illegal_map_construction", f.span, text);
            }
        }
        self.par(
            base.into_iter()
                .chain(fields.iter().flat_map(|f| [&f.key, &f.value])),
        );
    }

    fn call_expr(&mut self, f: &Expr, args: &[Expr]) {
        let arity = u32::try_from(args.len()).unwrap_or(u32::MAX);
        match &f.kind {
            ExprKind::Atom(name) => {
                self.call(name, arity, f.span, false);
                if let ("is_record", [_, r]) = (&**name, args) {
                    self.record_named(r);
                }
                if let ("record_info", [what, r]) = (&**name, args) {
                    self.record_info(what, r, f.span);
                } else {
                    self.par(args);
                }
            }
            ExprKind::Remote(m, g) => {
                if let (ExprKind::Atom(module), ExprKind::Atom(name)) = (&m.kind, &g.kind) {
                    self.deprecated(module, name, arity, m.span);
                    self.format_call(module, name, args, m.span);
                    self.loads_nifs |= (&**module, &**name, arity) == ("erlang", "load_nif", 2);
                    if let ("erlang", "is_record", [_, r]) = (&**module, &**name, args) {
                        self.record_named(r);
                    }
                }
                self.par([&**m, &**g].into_iter().chain(args));
            }
            _ => {
                let never = matches!(
                    f.kind,
                    ExprKind::Int(_)
                        | ExprKind::Float(_)
                        | ExprKind::Char(_)
                        | ExprKind::Str(_)
                        | ExprKind::Nil
                        | ExprKind::List { .. }
                        | ExprKind::Tuple(_)
                );
                if never {
                    self.warn(
                        "invalid_call",
                        "invalid_call",
                        f.span,
                        "invalid function call",
                    );
                }
                self.par(std::iter::once(f).chain(args));
            }
        }
    }

    /// Clauses of `case`, `if`, `receive`, beside branches already walked.
    fn clauses(
        &mut self,
        clauses: &[Clause],
        mut branches: Vec<Delta>,
        what: &'static str,
        span: Span,
    ) {
        self.order(clauses, false, None, span);
        for c in clauses {
            branches.push(self.branch(|s| s.clause(c, None)));
        }
        self.vars.join(branches, what, span);
    }

    /// A clause; with `shadow` the variables of its head are new ones.
    pub(super) fn clause(&mut self, c: &Clause, shadow: Option<&'static str>) {
        self.patterns(&c.patterns, shadow);
        self.guards(&c.guards);
        self.seq(&c.body);
    }

    fn try_expr(
        &mut self,
        body: &[Expr],
        of: &[Clause],
        catch: &[Clause],
        after: &[Expr],
        span: Span,
    ) {
        let body_delta = self.branch(|s| s.seq(body));
        let mut branches = Vec::new();
        // The clauses of `of` see what the body bound, those of `catch` must not rely on it.
        let of_deltas = self.branch(|s| {
            s.vars.apply(body_delta.clone());
            s.order(of, false, None, span);
            for c in of {
                branches.push(s.branch(|s| s.clause(c, None)));
            }
        });
        drop(of_deltas);
        let point = self.vars.point();
        self.vars.apply_unsafe(body_delta.clone(), "try", span);
        for c in catch {
            branches.push(self.branch(|s| s.catch_clause(c)));
        }
        self.vars.take(point);
        self.vars.apply_unsafe(body_delta, "try", span);
        for delta in branches {
            self.vars.apply_unsafe(delta, "try", span);
        }
        let delta = self.branch(|s| s.seq(after));
        self.vars.apply_unsafe(delta, "try", span);
    }

    fn catch_clause(&mut self, c: &Clause) {
        let Some(stack) = c
            .patterns
            .get(2)
            .and_then(Expr::as_var)
            .filter(|v| &***v != "_")
        else {
            return self.clause(c, None);
        };
        let at = c.patterns[2].span;
        self.patterns(&c.patterns[..2], None);
        if let Some(outer) = self.vars.get(stack).cloned() {
            self.vars.mark(&outer.ids);
            self.error(
                "stacktrace_bound",
                at,
                format!("stacktrace variable '{stack}' must not be previously bound"),
            );
        }
        // In the guard the stack is not there yet.
        for g in c.guards.iter().flatten() {
            self.stack_in_guard(g, stack);
        }
        let bound = self.vars.get(stack).is_some();
        let id = self.vars.binding(stack, at);
        self.vars.set(
            stack,
            Var {
                state: State::Bound,
                ids: [id].into_iter().collect(),
            },
        );
        let guards = c.guards.iter().flatten();
        if guards
            .clone()
            .any(|g| super::guards::mentions(g, stack).is_some())
        {
            self.vars.mark(&[id]);
        } else {
            self.guards(&c.guards);
        }
        if bound {
            self.vars.mark(&[id]);
        }
        self.seq(&c.body);
    }

    fn stack_in_guard(&mut self, g: &Expr, stack: &Name) {
        if let Some(at) = super::guards::mentions(g, stack) {
            let text = format!("stacktrace variable '{stack}' must not be used in a guard");
            self.error("stacktrace_guard", at, text);
        }
    }
}
