//! Expressions and clauses from terms.

use super::{Read, Reader};
use crate::abstract_term::Term;
use crate::ast::*;
use crate::grammar_support::first_position;

impl Reader {
    fn exprs(&self, t: &Term) -> Read<Vec<Expr>> {
        self.list(t, |e| self.expr(e))
    }

    fn boxed(&self, t: &Term) -> Read<Box<Expr>> {
        self.expr(t).map(Box::new)
    }

    pub(super) fn clauses(&self, t: &Term) -> Read<Vec<Clause>> {
        self.list(t, |c| self.clause(c, false))
    }

    fn clause(&self, t: &Term, catch: bool) -> Read<Clause> {
        let ("clause", span, [patterns, guards, body]) = self.split(t, "a clause")? else {
            return self.bad("a clause", t);
        };
        let mut patterns = self.exprs(patterns)?;
        if catch {
            let parts = match patterns.pop().map(Expr::into_kind) {
                Some(ExprKind::Tuple(parts)) if parts.len() == 3 && patterns.is_empty() => parts,
                _ => return self.bad("a catch clause", t),
            };
            patterns = parts;
        }
        let guards = self.list(guards, |g| self.exprs(g))?;
        Ok(Clause {
            span,
            patterns,
            guards,
            body: self.exprs(body)?,
        })
    }

    pub(super) fn expr(&self, t: &Term) -> Read<Expr> {
        let (tag, span, rest) = self.split(t, "an expression")?;
        let kind = match (tag, rest) {
            ("cons", [_, _]) => return self.cons(t, span),
            ("op", [_, _, _]) => return self.chain(t),
            ("var", [n]) => ExprKind::Var(self.name(n)?),
            ("atom", [n]) => ExprKind::Atom(self.name(n)?),
            ("integer", [Term::Int(i)]) => ExprKind::Int(i.clone()),
            ("float", [Term::Float(f)]) => ExprKind::Float(*f),
            ("char", [c]) => match c.as_i64().and_then(|c| u32::try_from(c).ok()) {
                Some(c) => ExprKind::Char(c),
                None => return self.bad("a character", t),
            },
            ("string", [s]) => return self.string(s, span),
            ("nil", []) => ExprKind::Nil,
            ("tuple", [es]) => ExprKind::Tuple(self.exprs(es)?),
            ("map", [fields]) => ExprKind::Map {
                base: None,
                fields: self.map_fields(fields)?,
            },
            ("map", [base, fields]) => ExprKind::Map {
                base: Some(self.boxed(base)?),
                fields: self.map_fields(fields)?,
            },
            ("bin", [elements]) => ExprKind::Bin(self.list(elements, |e| self.bin_element(e))?),
            ("match", [p, v]) => ExprKind::Match(self.boxed(p)?, self.boxed(v)?),
            ("maybe_match", [p, v]) => ExprKind::MaybeMatch(self.boxed(p)?, self.boxed(v)?),
            ("op", [op, a]) => match op.as_atom().and_then(|o| UnOp::from_name(o)) {
                Some(op) => ExprKind::Unary(op, self.boxed(a)?),
                None => return self.bad("an operator", t),
            },
            ("call", [f, args]) => ExprKind::Call(self.boxed(f)?, self.exprs(args)?),
            ("remote", [m, f]) => ExprKind::Remote(self.boxed(m)?, self.boxed(f)?),
            ("block", [es]) => ExprKind::Block(self.exprs(es)?),
            ("catch", [e]) => ExprKind::Catch(self.boxed(e)?),
            ("lc", [e, q]) => ExprKind::ListComp(self.boxed(e)?, self.qualifiers(q)?),
            ("bc", [e, q]) => ExprKind::BinComp(self.boxed(e)?, self.qualifiers(q)?),
            ("mc", [f, q]) => ExprKind::MapComp(Box::new(self.map_field(f)?), self.qualifiers(q)?),
            ("record" | "record_field" | "record_index", _) => self.record(t, tag, rest)?,
            ("fun" | "named_fun", _) => self.fun(t, rest)?,
            _ => self.control(t, tag, rest)?,
        };
        Ok(Expr::new(span, kind))
    }

    fn control(&self, t: &Term, tag: &str, rest: &[Term]) -> Read<ExprKind> {
        Ok(match (tag, rest) {
            ("if", [cs]) => ExprKind::If(self.clauses(cs)?),
            ("case", [v, cs]) => ExprKind::Case(self.boxed(v)?, self.clauses(cs)?),
            ("receive", [cs]) => ExprKind::Receive {
                clauses: self.clauses(cs)?,
                after: None,
            },
            ("receive", [cs, timeout, body]) => {
                let after = After {
                    timeout: self.boxed(timeout)?,
                    body: self.exprs(body)?,
                };
                ExprKind::Receive {
                    clauses: self.clauses(cs)?,
                    after: Some(after),
                }
            }
            ("try", [body, of, catch, after]) => ExprKind::Try {
                body: self.exprs(body)?,
                of: self.clauses(of)?,
                catch: self.list(catch, |c| self.clause(c, true))?,
                after: self.exprs(after)?,
            },
            ("maybe", [body]) => ExprKind::Maybe {
                body: self.exprs(body)?,
                else_clauses: Vec::new(),
                else_span: Span::default(),
            },
            ("maybe", [body, other]) => match self.split(other, "else")? {
                ("else", else_span, [cs]) => ExprKind::Maybe {
                    body: self.exprs(body)?,
                    else_clauses: self.clauses(cs)?,
                    else_span,
                },
                _ => return self.bad("else", other),
            },
            _ => return self.bad("an expression", t),
        })
    }

    /// A chain of infix operators, read along its left edge.
    fn chain(&self, t: &Term) -> Read<Expr> {
        let mut pending = Vec::new();
        let mut at = t;
        while let ("op", span, [op, a, b]) = self.split(at, "an expression")? {
            let Some(op) = op.as_atom().and_then(|o| BinOp::from_name(o)) else {
                return self.bad("an operator", at);
            };
            pending.push((span, op, b));
            at = a;
        }
        let mut e = self.expr(at)?;
        for (span, op, b) in pending.into_iter().rev() {
            e = Expr::new(span, ExprKind::Binary(op, Box::new(e), self.boxed(b)?));
        }
        Ok(e)
    }

    fn cons(&self, t: &Term, span: Span) -> Read<Expr> {
        let mut elements = Vec::new();
        let mut at = t;
        let (tail, close) = loop {
            match self.split(at, "a list")? {
                ("cons", place, [head, tail]) => {
                    let e = self.expr(head)?;
                    // `[A | [B]]` has its inner bracket's place there and stays a list in a list.
                    if place.column > 0 && !elements.is_empty() && place != first_position(&e) {
                        break (Some(self.boxed(at)?), span);
                    }
                    elements.push(e);
                    at = tail;
                }
                ("nil", close, []) => break (None, close),
                _ => break (Some(self.boxed(at)?), span),
            }
        };
        let kind = ExprKind::List {
            elements,
            tail,
            close,
        };
        Ok(Expr::new(span, kind))
    }

    fn string(&self, s: &Term, span: Span) -> Read<Expr> {
        if let Some(text) = s.to_text() {
            return Ok(Expr::new(span, ExprKind::Str(text.into())));
        }
        // Numbers that are no characters: a transform may make such strings.
        let elements = self.list(s, |c| match c {
            Term::Int(i) => Ok(Expr::new(span, ExprKind::Int(i.clone()))),
            _ => self.bad("a character", c),
        })?;
        Ok(Expr::new(
            span,
            ExprKind::List {
                elements,
                tail: None,
                close: span,
            },
        ))
    }

    fn map_fields(&self, t: &Term) -> Read<Vec<MapField>> {
        self.list(t, |f| self.map_field(f))
    }

    fn map_field(&self, t: &Term) -> Read<MapField> {
        match self.split(t, "a map field")? {
            (tag @ ("map_field_assoc" | "map_field_exact"), span, [k, v]) => {
                let exact = tag == "map_field_exact";
                Ok(MapField {
                    span,
                    exact,
                    key: self.expr(k)?,
                    value: self.expr(v)?,
                })
            }
            _ => self.bad("a map field", t),
        }
    }

    fn bin_element(&self, t: &Term) -> Read<BinElement> {
        let ("bin_element", span, [value, size, specs]) = self.split(t, "a binary segment")? else {
            return self.bad("a binary segment", t);
        };
        let size = if size.is_atom("default") {
            None
        } else {
            Some(self.expr(size)?)
        };
        let specs = if specs.is_atom("default") {
            Vec::new()
        } else {
            self.list(specs, |s| match s {
                Term::Atom(w) => Ok(BinSpec::Word(w.clone())),
                Term::Tuple(pair) => match pair.as_slice() {
                    [Term::Atom(w), Term::Int(n)] => Ok(BinSpec::Sized(w.clone(), n.clone())),
                    _ => self.bad("a segment type", s),
                },
                _ => self.bad("a segment type", s),
            })?
        };
        Ok(BinElement {
            span,
            value: self.expr(value)?,
            size,
            specs,
        })
    }

    fn record(&self, t: &Term, tag: &str, rest: &[Term]) -> Read<ExprKind> {
        Ok(match (tag, rest) {
            ("record", [name, fields]) => ExprKind::Record {
                name: self.name(name)?,
                fields: self.record_fields(fields)?,
            },
            ("record", [base, name, fields]) => ExprKind::RecordUpdate {
                base: self.boxed(base)?,
                name: self.name(name)?,
                fields: self.record_fields(fields)?,
            },
            ("record_field", [base, name, field]) => {
                let (field, field_span) = self.tagged(field, "atom")?;
                ExprKind::RecordGet {
                    base: self.boxed(base)?,
                    name: self.name(name)?,
                    field,
                    field_span,
                }
            }
            ("record_index", [name, field]) => {
                let (field, field_span) = self.tagged(field, "atom")?;
                ExprKind::RecordIndex {
                    name: self.name(name)?,
                    field,
                    field_span,
                }
            }
            _ => return self.bad("a record expression", t),
        })
    }

    fn record_fields(&self, t: &Term) -> Read<Vec<RecordField>> {
        self.list(t, |f| {
            let ("record_field", span, [name, value]) = self.split(f, "a record field")? else {
                return self.bad("a record field", f);
            };
            let (wildcard, name) = match self.split(name, "a field name")? {
                ("atom", _, [n]) => (false, self.name(n)?),
                ("var", _, [n]) if n.is_atom("_") => (true, self.name(n)?),
                _ => return self.bad("a field name", name),
            };
            Ok(RecordField {
                span,
                name,
                wildcard,
                value: self.expr(value)?,
            })
        })
    }

    fn fun(&self, t: &Term, rest: &[Term]) -> Read<ExprKind> {
        if let [name, clauses] = rest {
            return Ok(ExprKind::Fun {
                name: Some(self.name(name)?),
                clauses: self.clauses(clauses)?,
            });
        }
        let [body] = rest else {
            return self.bad("a fun", t);
        };
        Ok(match body.as_tuple() {
            Some([tag, clauses]) if tag.is_atom("clauses") => ExprKind::Fun {
                name: None,
                clauses: self.clauses(clauses)?,
            },
            Some([tag, f, a]) if tag.is_atom("function") => {
                ExprKind::FunLocal(self.name(f)?, self.arity(a)?)
            }
            Some([tag, m, f, a]) if tag.is_atom("function") => {
                // Plain atoms and integers are how the format once was.
                let part = |t: &Term| match t {
                    Term::Atom(n) => Ok(Box::new(Expr::new(
                        Span::default(),
                        ExprKind::Atom(n.clone()),
                    ))),
                    Term::Int(n) => Ok(Box::new(Expr::new(
                        Span::default(),
                        ExprKind::Int(n.clone()),
                    ))),
                    other => self.boxed(other),
                };
                ExprKind::FunRemote(part(m)?, part(f)?, part(a)?)
            }
            _ => return self.bad("a fun", t),
        })
    }

    fn qualifiers(&self, t: &Term) -> Read<Vec<Qualifier>> {
        self.list(t, |q| self.qualifier(q))
    }

    fn qualifier(&self, t: &Term) -> Read<Qualifier> {
        let (tag, span, rest) = self.split(t, "a qualifier")?;
        let (kind, strict) = match tag.strip_suffix("_strict") {
            Some(kind) => (kind, true),
            None => (tag, false),
        };
        let source = match (kind, rest) {
            ("generate", [p, _]) => GeneratorSource::List(self.expr(p)?),
            ("b_generate", [p, _]) => GeneratorSource::Binary(self.expr(p)?),
            ("m_generate", [f, _]) => {
                let f = self.map_field(f)?;
                GeneratorSource::Map {
                    span: f.span,
                    key: f.key,
                    value: f.value,
                }
            }
            ("zip", [all]) => return Ok(Qualifier::Zip(span, self.qualifiers(all)?)),
            _ => return self.expr(t).map(Qualifier::Filter),
        };
        Ok(Qualifier::Generator(Generator {
            span,
            strict,
            source,
            expr: self.expr(&rest[1])?,
        }))
    }
}
