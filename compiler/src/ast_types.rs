//! The type language of `-type`, `-spec`, `-callback` and record fields. It is parsed in full and checked for
//! form by the linter; nothing is generated from it.

use crate::ast::{BinOp, Int, Name, Span, UnOp};

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    pub span: Span,
    pub kind: TypeKind,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum TypeKind {
    /// `X`, `_`.
    Var(Name),
    Atom(Name),
    Int(Int),
    Char(u32),
    /// `X :: T`.
    Annotated {
        name: Name,
        name_span: Span,
        ty: Box<Type>,
    },
    /// `T | T`, at least two.
    Union(Vec<Type>),
    /// `L..H`.
    Range(Box<Type>, Box<Type>),
    /// Arithmetic on integers inside types.
    Binary(BinOp, Box<Type>, Box<Type>),
    Unary(UnOp, Box<Type>),
    /// `t(A, B)`: built in or the module's own ([`Type::is_builtin`] of name and arity decides).
    Named(Name, Vec<Type>),
    /// `m:t(A, B)`.
    Remote {
        module: Name,
        module_span: Span,
        name: Name,
        name_span: Span,
        args: Vec<Type>,
    },
    /// `[]`.
    #[default]
    Nil,
    /// `[T]`.
    List(Box<Type>),
    /// `[T, ...]`.
    NonemptyList(Box<Type>),
    /// `tuple()` written with parentheses; `{}` and `{A, B}` are [`TypeKind::Tuple`].
    AnyTuple,
    Tuple(Vec<Type>),
    /// `map()`.
    AnyMap,
    Map(Vec<TypeField>),
    /// `#r{f :: T}`.
    Record {
        name: Name,
        name_span: Span,
        fields: Vec<(Span, Name, Span, Type)>,
    },
    /// `<<>>`, `<<_:M>>`, `<<_:_*N>>`, `<<_:M, _:_*N>>`.
    Binary2 {
        base: Box<Type>,
        unit: Box<Type>,
    },
    /// `fun()`.
    AnyFun,
    /// `fun((...) -> T)`.
    FunAnyArgs {
        dots: Span,
        result: Box<Type>,
    },
    /// `fun((A, B) -> T)`, and one clause of a spec. `product` is the place of the argument list.
    Fun {
        product: Span,
        args: Vec<Type>,
        result: Box<Type>,
    },
    /// A clause of a spec with `when`: the function, and the constraints `V :: T`.
    Bounded {
        fun: Box<Type>,
        constraints: Vec<Constraint>,
    },
}

/// `V :: T` after `when` (also written `is_subtype(V, T)`).
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    pub span: Span,
    /// Where `is_subtype` stands, or the variable.
    pub head_span: Span,
    pub var: Type,
    pub ty: Type,
}

/// `K => V` (`exact == false`, optional) or `K := V` (mandatory) in a map type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeField {
    pub span: Span,
    pub exact: bool,
    pub key: Type,
    pub value: Type,
}

impl Type {
    /// A node.
    #[must_use]
    pub fn new(span: Span, kind: TypeKind) -> Type {
        Type { span, kind }
    }

    /// Takes the node apart.
    #[must_use]
    pub fn into_kind(mut self) -> TypeKind {
        std::mem::take(&mut self.kind)
    }

    /// True if Erlang predefines a type of this name and number of parameters.
    #[must_use]
    pub fn is_builtin(name: &str, arity: usize) -> bool {
        match arity {
            0 => BUILTIN_0.contains(&name),
            1 => matches!(name, "list" | "nonempty_list"),
            2 => matches!(
                name,
                "maybe_improper_list" | "nonempty_improper_list" | "nonempty_maybe_improper_list"
            ),
            _ => false,
        }
    }
}

const BUILTIN_0: &[&str] = &[
    "any",
    "arity",
    "atom",
    "binary",
    "bitstring",
    "bool",
    "boolean",
    "byte",
    "char",
    "dynamic",
    "float",
    "function",
    "identifier",
    "integer",
    "iodata",
    "iolist",
    "list",
    "map",
    "maybe_improper_list",
    "mfa",
    "module",
    "neg_integer",
    "nil",
    "no_return",
    "node",
    "non_neg_integer",
    "none",
    "nonempty_binary",
    "nonempty_bitstring",
    "nonempty_list",
    "nonempty_maybe_improper_list",
    "nonempty_string",
    "number",
    "pid",
    "port",
    "pos_integer",
    "reference",
    "string",
    "term",
    "timeout",
    "tuple",
];
