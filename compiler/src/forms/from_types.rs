//! Types from terms.

use super::{Read, Reader};
use crate::abstract_term::Term;
use crate::ast::*;

impl Reader {
    pub(super) fn types(&self, t: &Term) -> Read<Vec<Type>> {
        self.list(t, |t| self.ty(t))
    }

    fn boxed_type(&self, t: &Term) -> Read<Box<Type>> {
        self.ty(t).map(Box::new)
    }

    pub(super) fn ty(&self, t: &Term) -> Read<Type> {
        let (tag, span, rest) = self.split(t, "a type")?;
        let kind = match (tag, rest) {
            ("var", [n]) => TypeKind::Var(self.name(n)?),
            ("atom", [n]) => TypeKind::Atom(self.name(n)?),
            ("integer", [Term::Int(i)]) => TypeKind::Int(i.clone()),
            ("char", [c]) => match c.as_i64().and_then(|c| u32::try_from(c).ok()) {
                Some(c) => TypeKind::Char(c),
                None => return self.bad("a character", t),
            },
            ("ann_type", [Term::List(pair)]) => match pair.as_slice() {
                [var, ty] => {
                    let (name, name_span) = self.tagged(var, "var")?;
                    TypeKind::Annotated {
                        name,
                        name_span,
                        ty: self.boxed_type(ty)?,
                    }
                }
                _ => return self.bad("an annotated type", t),
            },
            ("op", [op, a]) => match op.as_atom().and_then(|o| UnOp::from_name(o)) {
                Some(op) => TypeKind::Unary(op, self.boxed_type(a)?),
                None => return self.bad("an operator", t),
            },
            ("op", [op, a, b]) => match op.as_atom().and_then(|o| BinOp::from_name(o)) {
                Some(op) => TypeKind::Binary(op, self.boxed_type(a)?, self.boxed_type(b)?),
                None => return self.bad("an operator", t),
            },
            ("user_type", [name, args]) => TypeKind::Named(self.name(name)?, self.types(args)?),
            ("remote_type", [Term::List(parts)]) => match parts.as_slice() {
                [m, n, args] => {
                    let (module, module_span) = self.tagged(m, "atom")?;
                    let (name, name_span) = self.tagged(n, "atom")?;
                    TypeKind::Remote {
                        module,
                        module_span,
                        name,
                        name_span,
                        args: self.types(args)?,
                    }
                }
                _ => return self.bad("a remote type", t),
            },
            ("type", [name, args]) => self.builtin(t, &self.name(name)?, args)?,
            _ => return self.bad("a type", t),
        };
        Ok(Type::new(span, kind))
    }

    fn builtin(&self, t: &Term, name: &Name, args: &Term) -> Read<TypeKind> {
        if args.is_atom("any") {
            return match &**name {
                "tuple" => Ok(TypeKind::AnyTuple),
                "map" => Ok(TypeKind::AnyMap),
                _ => self.bad("a type", t),
            };
        }
        let Term::List(list) = args else {
            return self.bad("a type", t);
        };
        Ok(match (&**name, list.as_slice()) {
            ("union", _) => TypeKind::Union(self.types(args)?),
            ("tuple", _) => TypeKind::Tuple(self.types(args)?),
            ("range", [a, b]) => TypeKind::Range(self.boxed_type(a)?, self.boxed_type(b)?),
            ("nil", []) => TypeKind::Nil,
            ("list", [a]) => TypeKind::List(self.boxed_type(a)?),
            ("nonempty_list", [a]) => TypeKind::NonemptyList(self.boxed_type(a)?),
            ("binary", [base, unit]) => TypeKind::Binary2 {
                base: self.boxed_type(base)?,
                unit: self.boxed_type(unit)?,
            },
            ("map", fields) => TypeKind::Map(
                fields
                    .iter()
                    .map(|f| self.type_field(f))
                    .collect::<Read<_>>()?,
            ),
            ("record", [record, fields @ ..]) => {
                let (name, name_span) = self.tagged(record, "atom")?;
                TypeKind::Record {
                    name,
                    name_span,
                    fields: fields
                        .iter()
                        .map(|f| self.field_type(f))
                        .collect::<Read<_>>()?,
                }
            }
            ("fun", []) => TypeKind::AnyFun,
            ("fun", [args, result]) => self.fun_type(t, args, result)?,
            ("bounded_fun", [fun, Term::List(constraints)]) => TypeKind::Bounded {
                fun: self.boxed_type(fun)?,
                constraints: constraints
                    .iter()
                    .map(|c| self.constraint(c))
                    .collect::<Read<_>>()?,
            },
            _ => TypeKind::Named(name.clone(), self.types(args)?),
        })
    }

    fn fun_type(&self, t: &Term, args: &Term, result: &Term) -> Read<TypeKind> {
        let result = self.boxed_type(result)?;
        match self.split(args, "arguments")? {
            ("type", dots, [any]) if any.is_atom("any") => {
                Ok(TypeKind::FunAnyArgs { dots, result })
            }
            ("type", product, [tag, args]) if tag.is_atom("product") => Ok(TypeKind::Fun {
                product,
                args: self.types(args)?,
                result,
            }),
            _ => self.bad("a fun type", t),
        }
    }

    fn type_field(&self, t: &Term) -> Read<TypeField> {
        let ("type", span, [tag, Term::List(pair)]) = self.split(t, "a map field type")? else {
            return self.bad("a map field type", t);
        };
        match (tag.as_atom().map(|a| &**a), pair.as_slice()) {
            (Some(tag @ ("map_field_assoc" | "map_field_exact")), [k, v]) => Ok(TypeField {
                span,
                exact: tag == "map_field_exact",
                key: self.ty(k)?,
                value: self.ty(v)?,
            }),
            _ => self.bad("a map field type", t),
        }
    }

    fn field_type(&self, t: &Term) -> Read<(Span, Name, Span, Type)> {
        match self.split(t, "a record field type")? {
            ("type", span, [tag, Term::List(pair)])
                if tag.is_atom("field_type") && pair.len() == 2 =>
            {
                let (name, name_span) = self.tagged(&pair[0], "atom")?;
                Ok((span, name, name_span, self.ty(&pair[1])?))
            }
            _ => self.bad("a record field type", t),
        }
    }

    fn constraint(&self, t: &Term) -> Read<Constraint> {
        match self.split(t, "a constraint")? {
            ("type", span, [tag, Term::List(parts)]) if tag.is_atom("constraint") => {
                match parts.as_slice() {
                    [head, Term::List(pair)] if pair.len() == 2 => {
                        let (_, head_span) = self.tagged(head, "atom")?;
                        Ok(Constraint {
                            span,
                            head_span,
                            var: self.ty(&pair[0])?,
                            ty: self.ty(&pair[1])?,
                        })
                    }
                    _ => self.bad("a constraint", t),
                }
            }
            _ => self.bad("a constraint", t),
        }
    }
}
