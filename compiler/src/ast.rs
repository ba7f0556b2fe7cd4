//! The syntax tree: forms, expressions and patterns, types. It holds exactly the information of Erlang's abstract
//! format, so that [`crate::forms`] can turn one into the other without loss.
//!
//! Patterns and guards are expressions here, as they are in Erlang's own grammar: the linter says which expressions
//! may stand where. Three shapes differ from the abstract format because they are better to work with: list
//! literals and unions are flat vectors, and the three parts of a `catch` pattern are three patterns of the clause.
//!
//! Trees can be deep (see [`crate::parse::MAX_NESTING`]). Dropping them never uses more than a bounded piece of
//! native stack: `Expr` and `Type` have a `Drop` that moves what lies too deep to a list of its own. Because of
//! it, fields cannot be moved out of an `Expr`: look at trees by reference, or use [`Expr::into_kind`].

use std::fmt;
use std::sync::Arc;

use crate::abstract_term::Term;
pub use crate::ast_types::{Constraint, Type, TypeField, TypeKind};
pub use crate::integer::Int;
pub use crate::span::Span;

/// An atom, variable, record or field name.
pub type Name = Arc<str>;

/// One form of a module, in source order.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub span: Span,
    pub kind: FormKind,
}

/// What a form says.
#[derive(Clone, Debug, PartialEq)]
pub enum FormKind {
    /// `-module(m).`
    Module(Name),
    /// `-export([f/1]).`
    Export(Vec<FunRef>),
    /// `-export_type([t/0]).`
    ExportType(Vec<FunRef>),
    /// `-optional_callbacks([f/1]).`
    OptionalCallbacks(Vec<FunRef>),
    /// `-import(m, [f/1]).`
    Import(Name, Vec<FunRef>),
    /// `-record(r, {f = 1 :: integer()}).`
    Record(RecordDef),
    /// `-type`, `-opaque`, `-nominal`.
    TypeDef(TypeDef),
    /// `-spec`, `-callback`.
    Spec(Spec),
    /// `-file("name", 12).`, also made by the preprocessor at every change of file.
    File(Name, u32),
    /// Any other attribute, its value as a term: `behaviour`, `compile`, `vsn`, `on_load`, `doc`, `feature`, own ones.
    Attribute(Name, Term),
    /// A function with all its clauses.
    Function(Function),
    /// The end of the module; its span is the position after the last token.
    Eof,
}

/// `name/arity` in a list, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct FunRef {
    pub name: Name,
    pub arity: u32,
    pub span: Span,
}

/// A function definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    pub name: Name,
    pub arity: u32,
    pub clauses: Vec<Clause>,
}

/// A record declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDef {
    pub name: Name,
    pub fields: Vec<RecordFieldDef>,
}

/// A field of a record declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordFieldDef {
    pub span: Span,
    pub name: Name,
    pub default: Option<Expr>,
    pub ty: Option<Type>,
}

/// Which attribute declared a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeDefKind {
    Type,
    Opaque,
    Nominal,
}

/// A type declaration; `params` are variables.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    pub kind: TypeDefKind,
    pub name: Name,
    pub params: Vec<Type>,
    pub body: Type,
}

/// A `-spec` or `-callback`. Each clause is a [`TypeKind::Fun`] or [`TypeKind::Bounded`].
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    pub callback: bool,
    /// Given in `-spec m:f(...)`.
    pub module: Option<Name>,
    pub name: Name,
    pub arity: u32,
    pub clauses: Vec<Type>,
}

/// A clause of a function, fun, `case`, `if`, `receive`, `try`, `else`.
///
/// `patterns`: the arguments of a function or fun; one for `case`, `receive`, `of`, `else`; none for `if`; for `catch`
/// always three: class (the atom `throw` when left out), reason, stack (the variable `_` when left out).
/// `guards`: alternatives (`;`) of conjunctions (`,`); empty when there is no `when`.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub span: Span,
    pub patterns: Vec<Expr>,
    pub guards: Vec<Vec<Expr>>,
    pub body: Vec<Expr>,
}

/// An expression, pattern or guard.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub span: Span,
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum ExprKind {
    /// `X`, `_`.
    Var(Name),
    Atom(Name),
    Int(Int),
    Float(f64),
    /// `$a`.
    Char(u32),
    /// `"text"`, neighbouring literals already joined.
    Str(Name),
    /// `[]`.
    #[default]
    Nil,
    /// `[A, B | T]`: at least one element. `close` is the place of `]`.
    List {
        elements: Vec<Expr>,
        tail: Option<Box<Expr>>,
        close: Span,
    },
    Tuple(Vec<Expr>),
    /// `#{...}` or `M#{...}`.
    Map {
        base: Option<Box<Expr>>,
        fields: Vec<MapField>,
    },
    /// `<<...>>`.
    Bin(Vec<BinElement>),
    /// `P = E`.
    Match(Box<Expr>, Box<Expr>),
    /// `P ?= E`, directly inside `maybe` only.
    MaybeMatch(Box<Expr>, Box<Expr>),
    /// `A op B`, among them `andalso`, `orelse` and `!`.
    Binary(BinOp, Box<Expr>, Box<Expr>),
    /// `op A`.
    Unary(UnOp, Box<Expr>),
    /// `F(...)`; the callee of `m:f(...)` is a [`ExprKind::Remote`].
    Call(Box<Expr>, Vec<Expr>),
    /// `M:F`.
    Remote(Box<Expr>, Box<Expr>),
    /// `#r{...}`.
    Record {
        name: Name,
        fields: Vec<RecordField>,
    },
    /// `E#r{...}`.
    RecordUpdate {
        base: Box<Expr>,
        name: Name,
        fields: Vec<RecordField>,
    },
    /// `E#r.f`.
    RecordGet {
        base: Box<Expr>,
        name: Name,
        field: Name,
        field_span: Span,
    },
    /// `#r.f`.
    RecordIndex {
        name: Name,
        field: Name,
        field_span: Span,
    },
    /// `begin ... end`.
    Block(Vec<Expr>),
    If(Vec<Clause>),
    Case(Box<Expr>, Vec<Clause>),
    Receive {
        clauses: Vec<Clause>,
        after: Option<After>,
    },
    Try {
        body: Vec<Expr>,
        of: Vec<Clause>,
        catch: Vec<Clause>,
        after: Vec<Expr>,
    },
    /// `catch E`.
    Catch(Box<Expr>),
    /// `maybe ... else ... end`; `else_span` is the place of `else`.
    Maybe {
        body: Vec<Expr>,
        else_clauses: Vec<Clause>,
        else_span: Span,
    },
    /// `fun f/1`.
    FunLocal(Name, u32),
    /// `fun M:F/A`; each part an atom, integer or variable.
    FunRemote(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `fun (...) -> ... end`, `fun F(...) -> ... end`.
    Fun {
        name: Option<Name>,
        clauses: Vec<Clause>,
    },
    /// `[E || ...]`.
    ListComp(Box<Expr>, Vec<Qualifier>),
    /// `<<E || ...>>`.
    BinComp(Box<Expr>, Vec<Qualifier>),
    /// `#{K => V || ...}`.
    MapComp(Box<MapField>, Vec<Qualifier>),
}

/// `after E -> ...` of a `receive`.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    pub timeout: Box<Expr>,
    pub body: Vec<Expr>,
}

/// `K => V` (`exact == false`) or `K := V` (`exact == true`).
#[derive(Clone, Debug, PartialEq)]
pub struct MapField {
    pub span: Span,
    pub exact: bool,
    pub key: Expr,
    pub value: Expr,
}

/// `f = E` in a record expression; `name` is `_` for `_ = E`.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordField {
    pub span: Span,
    pub name: Name,
    /// True for `_ = E` (the abstract format has a variable there and not an atom).
    pub wildcard: bool,
    pub value: Expr,
}

/// One segment of a binary, as written. The back end fills in the defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct BinElement {
    pub span: Span,
    pub value: Expr,
    pub size: Option<Expr>,
    /// Empty when there is no `/...`.
    pub specs: Vec<BinSpec>,
}

/// One word of a segment's type specifier list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BinSpec {
    /// `integer`, `little`, `signed`, ... also words that mean nothing (the linter rejects them).
    Word(Name),
    /// `unit:8` and, unknown to Erlang, other words with a number.
    Sized(Name, Int),
}

/// A part of a comprehension after `||`.
#[derive(Clone, Debug, PartialEq)]
pub enum Qualifier {
    Generator(Generator),
    /// `G1 && G2 ...`: at least two generators.
    Zip(Span, Vec<Qualifier>),
    Filter(Expr),
}

/// `P <- E`, `P <= E`, `K := V <- E` and their strict forms `<:-`, `<:=`.
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    pub span: Span,
    pub strict: bool,
    pub source: GeneratorSource,
    pub expr: Expr,
}

/// What a generator takes apart.
#[derive(Clone, Debug, PartialEq)]
pub enum GeneratorSource {
    List(Expr),
    Binary(Expr),
    Map { span: Span, key: Expr, value: Expr },
}

macro_rules! operators {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum $name { $($variant),* }

        impl $name {
            /// The operator as written, which is also the name of its function in module `erlang` (if it has one).
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The operator of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

operators! {
    /// Infix operators.
    BinOp {
        Add = "+", Sub = "-", Mul = "*", FloatDiv = "/", Div = "div", Rem = "rem",
        Band = "band", Bor = "bor", Bxor = "bxor", Bsl = "bsl", Bsr = "bsr",
        And = "and", Or = "or", Xor = "xor", AndAlso = "andalso", OrElse = "orelse",
        Append = "++", Subtract = "--", Send = "!",
        Eq = "==", Ne = "/=", EqExact = "=:=", NeExact = "=/=", Lt = "<", Le = "=<", Gt = ">", Ge = ">=",
    }
}

operators! {
    /// Prefix operators (`catch` is an expression of its own).
    UnOp { Plus = "+", Minus = "-", Bnot = "bnot", Not = "not" }
}

impl Expr {
    /// A node.
    #[must_use]
    pub fn new(span: Span, kind: ExprKind) -> Expr {
        Expr { span, kind }
    }

    /// Takes the node apart (a plain move is not possible because of `Drop`).
    #[must_use]
    pub fn into_kind(mut self) -> ExprKind {
        std::mem::take(&mut self.kind)
    }

    /// The name if this is an atom.
    #[must_use]
    pub fn as_atom(&self) -> Option<&Name> {
        match &self.kind {
            ExprKind::Atom(a) => Some(a),
            _ => None,
        }
    }

    /// The name if this is a variable.
    #[must_use]
    pub fn as_var(&self) -> Option<&Name> {
        match &self.kind {
            ExprKind::Var(v) => Some(v),
            _ => None,
        }
    }
}
