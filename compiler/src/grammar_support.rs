//! What the grammar's actions call: small functions that build nodes. No parsing and no checking beyond the form of a node.

// Nodes come boxed from the parser's stack.
#![allow(clippy::boxed_local)]

use crate::ast::{
    BinElement, BinOp, BinSpec, Clause, Constraint, Expr, ExprKind, Generator, GeneratorSource,
    Int, MapField,
};
use crate::ast::{
    Name, Qualifier, RecordField, RecordFieldDef, Span, Type, TypeField, TypeKind, UnOp,
};

/// What one run of the parser gives.
pub enum Item {
    /// The clauses of a function, each with the name it was written with.
    Function(Vec<(Name, Clause)>),
    /// Expressions between commas.
    Exprs(Vec<Expr>),
    /// Name, parameters, body of a type declaration.
    TypeDef(Name, Vec<Type>, Type),
    /// Module, name and clauses of a spec.
    Spec(Option<Name>, Name, Vec<Type>),
    /// Name and fields of a record declaration.
    Record(Name, Vec<RecordFieldDef>),
}

/// An error that an action finds: where, and the text for people.
#[derive(Debug, Clone)]
pub struct UserError {
    pub span: Span,
    pub message: String,
}

/// A node on the parser's stack.
pub type Node = Box<Expr>;
/// A type there.
pub type TypeNode = Box<Type>;
/// What is in such a box.
pub type In<T> = <T as std::ops::Deref>::Target;

/// What an action makes, or why it does not.
pub type Refused<T> = Result<T, lalrpop_util::ParseError<Span, crate::lexer::Tok, UserError>>;

/// An error that an action finds.
pub fn refused<T>(span: Span, message: impl Into<String>) -> Refused<T> {
    Err(lalrpop_util::ParseError::User {
        error: UserError {
            span,
            message: message.into(),
        },
    })
}

/// A clause of a function, a fun or a `case`.
pub fn clause(
    span: Span,
    patterns: Vec<Expr>,
    guards: Vec<Vec<Expr>>,
    body: Vec<Expr>,
) -> Box<Clause> {
    Box::new(Clause {
        span,
        patterns,
        guards,
        body,
    })
}

/// An expression.
pub fn node(span: Span, kind: ExprKind) -> Node {
    Box::new(Expr::new(span, kind))
}

/// A type.
pub fn type_node(span: Span, kind: TypeKind) -> TypeNode {
    Box::new(Type::new(span, kind))
}

/// A segment of a binary; its place is where its value begins.
pub fn bin_element(value: Node, size: Option<Node>, specs: Vec<BinSpec>) -> Box<BinElement> {
    Box::new(BinElement {
        span: value.span.at(first_position(&value)),
        value: *value,
        size: size.map(|size| *size),
        specs,
    })
}

/// `K => V` or, if exact, `K := V` of a map type.
pub fn type_field(at: Span, exact: bool, key: TypeNode, value: TypeNode) -> Box<TypeField> {
    Box::new(TypeField {
        span: key.span.to(value.span).at(at),
        exact,
        key: *key,
        value: *value,
    })
}

/// An atom.
pub fn atom_at(span: Span, name: &str) -> Expr {
    Expr::new(span, ExprKind::Atom(name.into()))
}

/// A variable.
pub fn var_at(span: Span, name: &str) -> Expr {
    Expr::new(span, ExprKind::Var(name.into()))
}

/// A node for an infix construct: the bytes of both sides, the position of the operator.
pub fn infix(at: Span, a: Node, b: Node, make: fn(Node, Node) -> ExprKind) -> Node {
    let span = a.span.to(b.span).at(at);
    node(span, make(a, b))
}

/// Erlang's position of the first thing inside an expression.
pub fn first_position(e: &Expr) -> Span {
    let mut e = e;
    loop {
        match &e.kind {
            ExprKind::Binary(_, a, _) | ExprKind::Remote(a, _) => e = a,
            ExprKind::Map { base: Some(a), .. } => e = a,
            ExprKind::RecordUpdate { base: a, .. } | ExprKind::RecordGet { base: a, .. } => e = a,
            _ => return e.span,
        }
    }
}

/// Erlang's position of the last thing inside a pattern: where it puts the stack variable that was left out.
pub fn last_position(e: &Expr) -> Span {
    let mut e = e;
    loop {
        e = match &e.kind {
            ExprKind::Binary(_, _, b) | ExprKind::Match(_, b) | ExprKind::Unary(_, b) => b,
            ExprKind::List { tail: Some(t), .. } => t,
            ExprKind::List { close, .. } => return *close,
            ExprKind::Tuple(es) if !es.is_empty() => &es[es.len() - 1],
            ExprKind::Bin(es) if !es.is_empty() => {
                let last = &es[es.len() - 1];
                last.size.as_ref().unwrap_or(&last.value)
            }
            ExprKind::Map { fields, .. } if !fields.is_empty() => &fields[fields.len() - 1].value,
            ExprKind::Record { fields, .. } if !fields.is_empty() => {
                &fields[fields.len() - 1].value
            }
            _ => return e.span,
        }
    }
}

/// A match is reported where it starts, not at its operator.
pub fn matching(a: Node, b: Node) -> Node {
    let span = a.span.to(b.span).at(first_position(&a));
    node(span, ExprKind::Match(a, b))
}

/// An operation with two operands; its place is the operator's.
pub fn binary(at: Span, op: BinOp, a: Node, b: Node) -> Node {
    let span = a.span.to(b.span).at(at);
    node(span, ExprKind::Binary(op, a, b))
}

/// An operation with one operand.
pub fn unary(at: Span, op: UnOp, a: Node) -> Node {
    let span = at.to(a.span);
    node(span, ExprKind::Unary(op, a))
}

/// A call is reported where its callee starts.
pub fn call_span(callee: &Expr, end: Span) -> Span {
    let mut first = callee;
    while let ExprKind::Remote(module, _) = &first.kind {
        first = module;
    }
    callee.span.to(end).at(first.span)
}

/// `K => V`, or with `exact` `K := V`.
pub fn map_field(at: Span, exact: bool, key: Node, value: Node) -> Box<MapField> {
    Box::new(MapField {
        span: key.span.to(value.span).at(at),
        exact,
        key: *key,
        value: *value,
    })
}

/// `_ = V` in a record; any other variable as a field is an error.
pub fn record_wildcard(span: Span, name: Name, value: Node) -> Refused<Box<RecordField>> {
    if &*name == "_" {
        Ok(Box::new(RecordField {
            span,
            name,
            wildcard: true,
            value: *value,
        }))
    } else {
        refused(span, format!("syntax error before: {name}"))
    }
}

/// `~b"..."` is the UTF-8 binary of its text, `~s"..."` the string. No sigil has a suffix yet.
pub fn sigil(span: Span, prefix: &str, text: Name, end: Span, suffix: &str) -> Refused<Node> {
    if !suffix.is_empty() {
        return refused(end, "illegal sigil suffix");
    }
    let string = Expr::new(span, ExprKind::Str(text));
    match prefix {
        "s" | "S" => return Ok(Box::new(string)),
        "" | "b" | "B" => {}
        _ => return refused(span, "illegal sigil prefix"),
    }
    let element = BinElement {
        span,
        value: string,
        size: None,
        specs: vec![BinSpec::Word("utf8".into())],
    };
    Ok(node(span, ExprKind::Bin(vec![element])))
}

/// `fun f/1`; an arity that no function has is an error.
pub fn fun_local(span: Span, name: Name, arity: &Int) -> Refused<Node> {
    // What is more than 255 is undefined, which the linter says.
    let arity = match arity {
        Int::Small(n) => u32::try_from(*n).ok(),
        Int::Big(_) => None,
    };
    match arity {
        Some(arity) => Ok(node(span, ExprKind::FunLocal(name, arity))),
        None => refused(span, "bad arity"),
    }
}

/// All clauses of a fun carry the name of the first, or none, and take as many arguments.
pub fn a_fun(span: Span, clauses: Vec<(Option<Name>, Clause)>) -> Refused<Node> {
    let first = clauses.first();
    let (name, arity) = first.map_or((None, 0), |(n, c)| (n.clone(), c.patterns.len()));
    let fits = |(n, c): &&(Option<Name>, Clause)| *n == name && c.patterns.len() == arity;
    if let Some((_, odd)) = clauses.iter().find(|c| !fits(c)) {
        return refused(odd.span, "head mismatch");
    }
    let clauses = clauses.into_iter().map(|(_, c)| c).collect();
    Ok(node(span, ExprKind::Fun { name, clauses }))
}

/// A generator of a comprehension.
pub fn generator(span: Span, strict: bool, source: GeneratorSource, expr: Node) -> Box<Qualifier> {
    Box::new(Qualifier::Generator(Generator {
        span,
        strict,
        source,
        expr: *expr,
    }))
}

/// A union of types; one type alone stands for itself.
pub fn union(mut types: Vec<Type>) -> TypeNode {
    match types.len() {
        1 => Box::new(types.remove(0)),
        _ => {
            let span = types[0].span.to(types[types.len() - 1].span);
            let mut flat = Vec::with_capacity(types.len());
            for ty in types {
                flat.push(ty);
            }
            type_node(span, TypeKind::Union(flat))
        }
    }
}

/// An operation of types with two operands.
pub fn type_binary(at: Span, op: BinOp, a: TypeNode, b: TypeNode) -> TypeNode {
    let span = a.span.to(b.span).at(at);
    type_node(span, TypeKind::Binary(op, a, b))
}

/// `tuple()` and `map()` written with parentheses have nodes of their own.
pub fn named_type(span: Span, name: Name, args: Vec<Type>) -> TypeNode {
    let kind = match (&*name, args.is_empty()) {
        ("tuple", true) => TypeKind::AnyTuple,
        ("map", true) => TypeKind::AnyMap,
        _ => TypeKind::Named(name, args),
    };
    type_node(span, kind)
}

/// `<<>>`, `<<_:M>>`, `<<_:_*N>>`, `<<_:M, _:_*N>>`; the unit part was read as a product with the variable `_`.
pub fn binary_type(span: Span, parts: Vec<(Name, Type)>) -> Refused<TypeNode> {
    // What is not written has a line and no column.
    let zero = || Type::new(Span { column: 0, ..span }, TypeKind::Int(Int::Small(0)));
    let (mut base, mut unit) = (None, None);
    for (count, (name, ty)) in parts.into_iter().enumerate() {
        let place = ty.span;
        if &*name != "_" {
            return refused(place, "syntax error before: ':'");
        }
        match ty.into_kind() {
            TypeKind::Binary(BinOp::Mul, left, right)
                if matches!(&left.kind, TypeKind::Var(v) if &**v == "_") && unit.is_none() =>
            {
                unit = Some(*right);
            }
            kind if count == 0 => base = Some(Type::new(place, kind)),
            _ => return refused(place, "bad binary type"),
        }
    }
    let (base, unit) = (base.unwrap_or_else(zero), unit.unwrap_or_else(zero));
    Ok(type_node(
        span,
        TypeKind::Binary2 {
            base: Box::new(base),
            unit: Box::new(unit),
        },
    ))
}

/// The old form `is_subtype(V, T)` of a constraint.
pub fn subtype(
    span: Span,
    head: Span,
    name: &str,
    mut args: Vec<Type>,
) -> Refused<Box<Constraint>> {
    if name != "is_subtype" || args.len() != 2 || !matches!(args[0].kind, TypeKind::Var(_)) {
        return refused(span, format!("unsupported constraint {name}"));
    }
    let (Some(ty), Some(var)) = (args.pop(), args.pop()) else {
        return refused(span, "bad constraint");
    };
    // Erlang gives the old way of writing it the place of its variable.
    Ok(Box::new(Constraint {
        span: span.at(var.span),
        head_span: head.at(var.span),
        var,
        ty,
    }))
}
