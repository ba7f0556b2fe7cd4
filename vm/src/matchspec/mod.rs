//! Match specifications: the little language of `ets:select`, `erlang:trace_pattern` and `erlang:match_spec_test`.
//! `compile` turns a term into a checked tree, `matching` binds the head's variables, `direct` decides what needs no heap, `eval` runs guards and bodies. Nothing here
//! touches tables or processes; what a trace action does is the caller's business (see [`Actions`]).

mod compile;
mod constant;
pub mod direct;
mod eval;
mod matching;

pub use compile::{Problem, compile};
pub use constant::{Constant, RowDemand};
pub use eval::{Actions, Evaluation, NoActions, Whole, run_body, run_guards};
pub use matching::{Bindings, fits_row, matches, matches_row};

use crate::atoms::{self, Atom};
use crate::bifs::BifFn;
use crate::heap::{OwnedTerm, Term};

/// What a specification is for: it decides which functions are allowed and what the head matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Objects of a table.
    Table,
    /// The arguments of a call, as a list.
    Call,
    /// `[Receiver, Message]`.
    Send,
    /// `[Node, Sender, Message]`.
    Receive,
}

/// A checked specification.
#[derive(Debug)]
pub struct MatchSpec {
    /// What it was compiled for.
    pub purpose: Purpose,
    /// Tried in order.
    pub clauses: Vec<Clause>,
}

impl MatchSpec {
    /// Takes it everything and does nothing besides, like `[{'_', [], []}]`?
    pub fn is_trivial(&self) -> bool {
        self.clauses.first().is_some_and(|c| {
            matches!(c.head, Pattern::Any) && c.guards.is_empty() && c.body.is_empty()
        })
    }
}

impl MatchSpec {
    /// Takes it every call, and wants nothing of it but to see its end?
    pub fn takes_every_call(&self) -> bool {
        let [clause] = &self.clauses[..] else {
            return false;
        };
        let sees_end = |e: &Expr| match e {
            Expr::Action(name, args) => {
                args.is_empty() && matches!(*name, atoms::RETURN_TRACE | atoms::EXCEPTION_TRACE)
            }
            _ => false,
        };
        matches!(clause.head, Pattern::Any)
            && clause.guards.is_empty()
            && clause.body.iter().all(sees_end)
    }
}

impl MatchSpec {
    /// Might a clause take a row of this many terms? See [`RowDemand::met`].
    #[inline]
    pub fn could_take<'t>(&self, len: usize, term: impl Fn(usize) -> Option<Term<'t>>) -> bool {
        self.clauses.iter().any(|clause| clause.row.met(len, &term))
    }
}

/// `{Head, Guards, Body}`.
#[derive(Debug)]
pub struct Clause {
    /// The pattern.
    pub head: Pattern,
    /// What the head demands of a row of terms at least.
    pub row: RowDemand,
    /// Numbers `n` of the variables `'$n'` in the head, in ascending order; bindings are kept in this order.
    pub variables: Vec<u32>,
    /// All must be `true`.
    pub guards: Vec<Expr>,
    /// The last value is the result.
    pub body: Vec<Expr>,
}

/// The operators that compare two terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `/=`
    NotEqual,
    /// `=:=`
    Exact,
    /// `=/=`
    NotExact,
    /// `<`
    Less,
    /// `=<`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A pattern of a head.
#[derive(Debug)]
pub enum Pattern {
    /// `'_'`.
    Any,
    /// A variable, as an index into [`Clause::variables`]. The first use binds, later ones compare.
    Variable(usize),
    /// A term without variables.
    Constant(Constant),
    /// A tuple with variables inside.
    Tuple(Vec<Pattern>),
    /// List cells with variables inside, and what they end in.
    List(Vec<Pattern>, Box<Pattern>),
    /// Keys that must be there, and what their values match.
    Map(Vec<(Key, Pattern)>),
}

/// A key of a map pattern.
#[derive(Debug)]
pub enum Key {
    Constant(OwnedTerm),
    /// A variable; matches only if it is bound further left.
    Variable(usize),
    /// No key: a pattern that is none.
    Never,
}

/// An expression of a guard or body.
#[derive(Debug)]
pub enum Expr {
    /// A literal.
    Constant(OwnedTerm),
    /// A bound variable.
    Variable(usize),
    /// `'$_'`: the whole object or argument list.
    Whole,
    /// `'$$'`: all bound variables in order.
    All,
    /// `{{A, B}}`.
    Tuple(Vec<Expr>),
    /// `[A, B | C]`.
    List(Vec<Expr>, Box<Expr>),
    /// `#{K => V}`.
    Map(Vec<(Expr, Expr)>),
    /// A comparison of two values.
    Compare(Comparison, Box<[Expr; 2]>),
    /// A guard function.
    Call(BifFn, Vec<Expr>),
    /// `{'and', ...}`: all are evaluated.
    And(Vec<Expr>),
    /// `{'or', ...}`.
    Or(Vec<Expr>),
    /// Left to right, until the answer is known.
    AndAlso(Vec<Expr>),
    /// Left to right, until the answer is known.
    OrElse(Vec<Expr>),
    /// A function that only traces know: `{message, X}`, `{return_trace}`, `{caller}`, ...
    Action(Atom, Vec<Expr>),
}
