//! Match specifications: from a term to a checked program, with the error texts that Erlang gives.
//!
//! The checker is generic over the view: constants in the result are the caller's own handles, so nothing is lost on the
//! way. Evaluating or compiling the program is the VM's part.

mod check;
mod eval;
mod functions;

pub use check::{MAX_DEPTH, check};
pub use eval::{compare, matches, to_tree};
pub use functions::{Function, Row};

/// Where a specification is used: what its head may be and which actions exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    Call,
    Send,
    Receive,
    Table,
}

/// Something wrong with a specification, in the wording of the reference. In Erlang `{error,Text}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(pub String);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

/// A checked specification: the first clause whose head and conditions hold wins.
#[derive(Clone, Debug)]
pub struct MatchSpec<V> {
    pub clauses: Vec<Clause<V>>,
}

/// One clause of a match specification.
#[derive(Clone, Debug)]
pub struct Clause<V> {
    pub head: Pattern<V>,
    pub conditions: Vec<Expr<V>>,
    pub body: Vec<Expr<V>>,
    /// The numbers of the variables the head binds, ascending: the order of `'$$'`.
    pub variables: Vec<u32>,
}

/// A pattern of a head.
#[derive(Clone, Debug)]
pub enum Pattern<V> {
    /// `'_'`.
    Any,
    /// `'$N'`; the same number twice means equality.
    Variable(u32),
    Constant(V),
    /// Elements and tail.
    List(Vec<Pattern<V>>, Option<Box<Pattern<V>>>),
    Tuple(Vec<Pattern<V>>),
    /// Keys are constants, or variables bound elsewhere.
    Map(Vec<(Pattern<V>, Pattern<V>)>),
}

/// An expression of a condition or a body.
#[derive(Clone, Debug)]
pub enum Expr<V> {
    Constant(V),
    Variable(u32),
    /// `'$_'`: the whole target.
    Target,
    /// `'$$'`: all bound variables, in order.
    Bound,
    List(Vec<Expr<V>>, Option<Box<Expr<V>>>),
    Tuple(Vec<Expr<V>>),
    Map(Vec<(Expr<V>, Expr<V>)>),
    Call(Function, Vec<Expr<V>>),
}
