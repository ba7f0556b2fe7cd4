//! Types to terms.

use super::{Make, Writer};
use crate::ast::*;

impl<M: Make> Writer<M> {
    pub(super) fn types(&self, types: &[Type]) -> M::Term {
        self.make.list(types.iter().map(|t| self.ty(t)).collect())
    }

    /// `{type, Anno, Name, Args}`
    fn builtin(&self, name: &str, span: Span, args: M::Term) -> M::Term {
        self.node("type", span, [self.make.atom(name), args])
    }

    pub(super) fn ty(&self, t: &Type) -> M::Term {
        let s = t.span;
        let list = |items: Vec<M::Term>| self.make.list(items);
        match &t.kind {
            TypeKind::Var(v) => self.var(v, s),
            TypeKind::Atom(a) => self.atom(a, s),
            TypeKind::Int(i) => self.node("integer", s, [self.make.integer(i)]),
            TypeKind::Char(c) => self.node("char", s, [self.make.int(*c)]),
            TypeKind::Annotated {
                name,
                name_span,
                ty,
            } => self.node(
                "ann_type",
                s,
                [list(vec![self.var(name, *name_span), self.ty(ty)])],
            ),
            TypeKind::Union(all) => self.builtin("union", s, self.types(all)),
            TypeKind::Range(a, b) => self.builtin("range", s, list(vec![self.ty(a), self.ty(b)])),
            TypeKind::Binary(op, a, b) => self.node(
                "op",
                s,
                [self.make.atom(op.as_str()), self.ty(a), self.ty(b)],
            ),
            TypeKind::Unary(op, a) => self.node("op", s, [self.make.atom(op.as_str()), self.ty(a)]),
            TypeKind::Named(name, args) => {
                let tag = if Type::is_builtin(name, args.len()) {
                    "type"
                } else {
                    "user_type"
                };
                self.node(tag, s, [self.make.atom(name), self.types(args)])
            }
            TypeKind::Remote {
                module,
                module_span,
                name,
                name_span,
                args,
            } => {
                let parts = vec![
                    self.atom(module, *module_span),
                    self.atom(name, *name_span),
                    self.types(args),
                ];
                self.node("remote_type", s, [list(parts)])
            }
            TypeKind::Nil => self.builtin("nil", s, self.make.list(Vec::new())),
            TypeKind::List(a) => self.builtin("list", s, list(vec![self.ty(a)])),
            TypeKind::NonemptyList(a) => self.builtin("nonempty_list", s, list(vec![self.ty(a)])),
            TypeKind::AnyTuple => self.builtin("tuple", s, self.make.atom("any")),
            TypeKind::Tuple(all) => self.builtin("tuple", s, self.types(all)),
            TypeKind::AnyMap => self.builtin("map", s, self.make.atom("any")),
            TypeKind::Map(fields) => self.builtin(
                "map",
                s,
                list(fields.iter().map(|f| self.type_field(f)).collect()),
            ),
            TypeKind::Record {
                name,
                name_span,
                fields,
            } => {
                let mut parts = vec![self.atom(name, *name_span)];
                for (span, field, field_span, ty) in fields {
                    let inner = vec![self.atom(field, *field_span), self.ty(ty)];
                    parts.push(self.builtin("field_type", *span, list(inner)));
                }
                self.builtin("record", s, list(parts))
            }
            TypeKind::Binary2 { base, unit } => {
                self.builtin("binary", s, list(vec![self.ty(base), self.ty(unit)]))
            }
            TypeKind::AnyFun => self.builtin("fun", s, self.make.list(Vec::new())),
            TypeKind::FunAnyArgs { dots, result } => {
                let any = self.node("type", *dots, [self.make.atom("any")]);
                self.builtin("fun", s, list(vec![any, self.ty(result)]))
            }
            TypeKind::Fun {
                product,
                args,
                result,
            } => {
                let product = self.builtin("product", *product, self.types(args));
                self.builtin("fun", s, list(vec![product, self.ty(result)]))
            }
            TypeKind::Bounded { fun, constraints } => {
                let constraints = constraints.iter().map(|c| self.constraint(c)).collect();
                self.builtin(
                    "bounded_fun",
                    s,
                    list(vec![self.ty(fun), list(constraints)]),
                )
            }
        }
    }

    fn type_field(&self, f: &TypeField) -> M::Term {
        let tag = if f.exact {
            "map_field_exact"
        } else {
            "map_field_assoc"
        };
        self.builtin(
            tag,
            f.span,
            self.make.list(vec![self.ty(&f.key), self.ty(&f.value)]),
        )
    }

    fn constraint(&self, c: &Constraint) -> M::Term {
        let head = self.atom("is_subtype", c.head_span);
        let pair = self.make.list(vec![self.ty(&c.var), self.ty(&c.ty)]);
        self.builtin("constraint", c.span, self.make.list(vec![head, pair]))
    }
}
