//! Expressions and clauses to terms.

use super::{Make, Writer};
use crate::ast::*;
use crate::grammar_support::first_position;

impl<M: Make> Writer<M> {
    fn exprs(&self, exprs: &[Expr]) -> M::Term {
        self.make.list(exprs.iter().map(|e| self.expr(e)).collect())
    }

    pub(super) fn clauses(&self, clauses: &[Clause]) -> M::Term {
        self.make.list(
            clauses
                .iter()
                .map(|c| self.clause(c, self.exprs(&c.patterns)))
                .collect(),
        )
    }

    fn clause(&self, c: &Clause, patterns: M::Term) -> M::Term {
        let guards = self
            .make
            .list(c.guards.iter().map(|g| self.exprs(g)).collect());
        self.node("clause", c.span, [patterns, guards, self.exprs(&c.body)])
    }

    /// Class, reason and stack are a tuple there.
    fn catch_clauses(&self, clauses: &[Clause]) -> M::Term {
        let one = |c: &Clause| {
            let tuple = self.node("tuple", c.span, [self.exprs(&c.patterns)]);
            self.clause(c, self.make.list(vec![tuple]))
        };
        self.make.list(clauses.iter().map(one).collect())
    }

    pub(super) fn expr(&self, e: &Expr) -> M::Term {
        let s = e.span;
        match &e.kind {
            ExprKind::Var(v) => self.var(v, s),
            ExprKind::Atom(a) => self.atom(a, s),
            ExprKind::Int(i) => self.node("integer", s, [self.make.integer(i)]),
            ExprKind::Float(f) => self.node("float", s, [self.make.float(*f)]),
            ExprKind::Char(c) => self.node("char", s, [self.make.int(*c)]),
            ExprKind::Str(text) => self.node("string", s, [self.make.string(text)]),
            ExprKind::Nil => self.node("nil", s, []),
            ExprKind::List {
                elements,
                tail,
                close,
            } => self.cons(s, elements, tail.as_deref(), *close),
            ExprKind::Tuple(es) => self.node("tuple", s, [self.exprs(es)]),
            ExprKind::Map { base: None, fields } => self.node("map", s, [self.map_fields(fields)]),
            ExprKind::Map {
                base: Some(b),
                fields,
            } => self.node("map", s, [self.expr(b), self.map_fields(fields)]),
            ExprKind::Bin(elements) => {
                let elements = elements.iter().map(|e| self.bin_element(e)).collect();
                self.node("bin", s, [self.make.list(elements)])
            }
            ExprKind::Match(p, v) => self.node("match", s, [self.expr(p), self.expr(v)]),
            ExprKind::MaybeMatch(p, v) => self.node("maybe_match", s, [self.expr(p), self.expr(v)]),
            ExprKind::Binary(..) => self.chain(e),
            ExprKind::Unary(op, a) => {
                self.node("op", s, [self.make.atom(op.as_str()), self.expr(a)])
            }
            ExprKind::Call(f, args) => self.node("call", s, [self.expr(f), self.exprs(args)]),
            ExprKind::Remote(m, f) => self.node("remote", s, [self.expr(m), self.expr(f)]),
            ExprKind::Record { .. }
            | ExprKind::RecordUpdate { .. }
            | ExprKind::RecordGet { .. }
            | ExprKind::RecordIndex { .. } => self.record(e),
            ExprKind::Block(es) => self.node("block", s, [self.exprs(es)]),
            ExprKind::Catch(a) => self.node("catch", s, [self.expr(a)]),
            ExprKind::If(..)
            | ExprKind::Case(..)
            | ExprKind::Receive { .. }
            | ExprKind::Try { .. }
            | ExprKind::Maybe { .. } => self.control(e),
            ExprKind::FunLocal(f, a) => {
                let function = self.make.tuple([
                    self.make.atom("function"),
                    self.make.atom(f),
                    self.make.int(*a),
                ]);
                self.node("fun", s, [function])
            }
            ExprKind::FunRemote(m, f, a) => {
                let function = self.make.tuple([
                    self.make.atom("function"),
                    self.expr(m),
                    self.expr(f),
                    self.expr(a),
                ]);
                self.node("fun", s, [function])
            }
            ExprKind::Fun {
                name: None,
                clauses,
            } => self.node(
                "fun",
                s,
                [self
                    .make
                    .tuple([self.make.atom("clauses"), self.clauses(clauses)])],
            ),
            ExprKind::Fun {
                name: Some(n),
                clauses,
            } => self.node("named_fun", s, [self.make.atom(n), self.clauses(clauses)]),
            ExprKind::ListComp(e, q) => self.node("lc", s, [self.expr(e), self.qualifiers(q)]),
            ExprKind::BinComp(e, q) => self.node("bc", s, [self.expr(e), self.qualifiers(q)]),
            ExprKind::MapComp(f, q) => self.node("mc", s, [self.map_field(f), self.qualifiers(q)]),
        }
    }

    fn control(&self, e: &Expr) -> M::Term {
        let s = e.span;
        match &e.kind {
            ExprKind::If(cs) => self.node("if", s, [self.clauses(cs)]),
            ExprKind::Case(v, cs) => self.node("case", s, [self.expr(v), self.clauses(cs)]),
            ExprKind::Receive {
                clauses,
                after: None,
            } => self.node("receive", s, [self.clauses(clauses)]),
            ExprKind::Receive {
                clauses,
                after: Some(a),
            } => self.node(
                "receive",
                s,
                [
                    self.clauses(clauses),
                    self.expr(&a.timeout),
                    self.exprs(&a.body),
                ],
            ),
            ExprKind::Try {
                body,
                of,
                catch,
                after,
            } => {
                let parts = [
                    self.exprs(body),
                    self.clauses(of),
                    self.catch_clauses(catch),
                    self.exprs(after),
                ];
                self.node("try", s, parts)
            }
            ExprKind::Maybe {
                body,
                else_clauses,
                else_span,
            } => {
                if else_clauses.is_empty() {
                    return self.node("maybe", s, [self.exprs(body)]);
                }
                let other = self.node("else", *else_span, [self.clauses(else_clauses)]);
                self.node("maybe", s, [self.exprs(body), other])
            }
            _ => self.make.list(Vec::new()),
        }
    }

    /// Infix operators; a long chain is walked along its left edge.
    fn chain(&self, e: &Expr) -> M::Term {
        let mut pending = Vec::new();
        let mut at = e;
        while let ExprKind::Binary(op, a, b) = &at.kind {
            pending.push((at.span, op, b));
            at = a;
        }
        let mut term = self.expr(at);
        for (span, op, b) in pending.into_iter().rev() {
            term = self.node(
                "op",
                span,
                [self.make.atom(op.as_str()), term, self.expr(b)],
            );
        }
        term
    }

    fn cons(&self, span: Span, elements: &[Expr], tail: Option<&Expr>, close: Span) -> M::Term {
        let mut list = match tail {
            Some(t) => self.expr(t),
            None => self.node("nil", close, []),
        };
        for (i, e) in elements.iter().enumerate().rev() {
            let at = if i == 0 { span } else { first_position(e) };
            list = self.node("cons", at, [self.expr(e), list]);
        }
        list
    }

    fn map_fields(&self, fields: &[MapField]) -> M::Term {
        self.make
            .list(fields.iter().map(|f| self.map_field(f)).collect())
    }

    fn map_field(&self, f: &MapField) -> M::Term {
        let tag = if f.exact {
            "map_field_exact"
        } else {
            "map_field_assoc"
        };
        self.node(tag, f.span, [self.expr(&f.key), self.expr(&f.value)])
    }

    fn bin_element(&self, e: &BinElement) -> M::Term {
        let default = || self.make.atom("default");
        let size = e.size.as_ref().map_or_else(default, |s| self.expr(s));
        let spec = |s: &BinSpec| match s {
            BinSpec::Word(w) => self.make.atom(w),
            BinSpec::Sized(w, n) => self.make.tuple([self.make.atom(w), self.make.integer(n)]),
        };
        let specs = if e.specs.is_empty() {
            default()
        } else {
            self.make.list(e.specs.iter().map(spec).collect())
        };
        self.node("bin_element", e.span, [self.expr(&e.value), size, specs])
    }

    fn record(&self, e: &Expr) -> M::Term {
        let s = e.span;
        let name = |n: &Name| self.make.atom(n);
        match &e.kind {
            ExprKind::Record { name: n, fields } => {
                self.node("record", s, [name(n), self.record_fields(fields)])
            }
            ExprKind::RecordUpdate {
                base,
                name: n,
                fields,
            } => self.node(
                "record",
                s,
                [self.expr(base), name(n), self.record_fields(fields)],
            ),
            ExprKind::RecordGet {
                base,
                name: n,
                field,
                field_span,
            } => self.node(
                "record_field",
                s,
                [self.expr(base), name(n), self.atom(field, *field_span)],
            ),
            ExprKind::RecordIndex {
                name: n,
                field,
                field_span,
            } => self.node("record_index", s, [name(n), self.atom(field, *field_span)]),
            _ => self.make.list(Vec::new()),
        }
    }

    fn record_fields(&self, fields: &[RecordField]) -> M::Term {
        let one = |f: &RecordField| {
            let name = if f.wildcard {
                self.var("_", f.span)
            } else {
                self.atom(&f.name, f.span)
            };
            self.node("record_field", f.span, [name, self.expr(&f.value)])
        };
        self.make.list(fields.iter().map(one).collect())
    }

    fn qualifiers(&self, qualifiers: &[Qualifier]) -> M::Term {
        self.make
            .list(qualifiers.iter().map(|q| self.qualifier(q)).collect())
    }

    fn qualifier(&self, q: &Qualifier) -> M::Term {
        match q {
            Qualifier::Filter(e) => self.expr(e),
            Qualifier::Zip(span, all) => self.node("zip", *span, [self.qualifiers(all)]),
            Qualifier::Generator(g) => {
                let (tag, strict, pattern) = match &g.source {
                    GeneratorSource::List(p) => ("generate", "generate_strict", self.expr(p)),
                    GeneratorSource::Binary(p) => ("b_generate", "b_generate_strict", self.expr(p)),
                    GeneratorSource::Map { span, key, value } => {
                        let field =
                            self.node("map_field_exact", *span, [self.expr(key), self.expr(value)]);
                        ("m_generate", "m_generate_strict", field)
                    }
                };
                self.node(
                    if g.strict { strict } else { tag },
                    g.span,
                    [pattern, self.expr(&g.expr)],
                )
            }
        }
    }
}
