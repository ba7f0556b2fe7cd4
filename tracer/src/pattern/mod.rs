//! The pattern language: `redbug`'s, with predicates on the outcome added where it had only errors.
//!
//! ```text
//!   lists:seq(X,_) when X > 3 -> return,stack        as in redbug
//!   m:f -> return(R) when R =/= ok                   show the call only if it returned something else than ok
//!   m:f -> duration > 5ms                            only if it took longer
//!   m:f -> exception                                 only if it raised
//! ```
//!
//! The result is a match specification as a term and a list of predicates; the VM checks and compiles the first and holds
//! calls on its side stack for the second.

mod lexer;
mod parser;
mod terms;

pub use parser::{parse, parse_with};

use crate::term::Tree;

/// Names of record fields, asked when a pattern says `mod#name{..}`.
pub trait Definitions {
    fn record(&self, module: &str, name: &str) -> Option<Vec<String>>;
}

/// No records are known.
#[derive(Clone, Copy, Debug)]
pub struct NoDefinitions;

impl Definitions for NoDefinitions {
    fn record(&self, _module: &str, _name: &str) -> Option<Vec<String>> {
        None
    }
}

/// A pattern that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// As `redbug` words it.
    pub text: String,
    /// The character (from 0) where it was noticed.
    pub at: usize,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.text)
    }
}

impl std::error::Error for SyntaxError {}

/// Comparison with a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Greater,
    GreaterEq,
    Less,
    LessEq,
}

/// A predicate on the outcome of a call: call and end are shown only if all hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// A match specification over the arguments and, behind them, the value returned. If the pattern did not name
    /// arguments (`arguments` false), over `[Value]` alone.
    Return { spec: Tree, arguments: bool },
    /// The call took that long.
    Duration(Comparison, u64),
    /// The call raised.
    Exception,
}

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// `None`: all.
    pub module: Option<String>,
    pub function: Option<String>,
    pub arity: Option<u8>,
    /// The match specification.
    pub spec: Tree,
    /// Traced at the export cell (`global`) instead of the entry.
    pub global: bool,
    pub call_count: bool,
    pub call_time: bool,
    pub predicates: Vec<Predicate>,
}

impl Compiled {
    /// Adds `{message, Expression}` to the body.
    pub fn say(&mut self, expression: Tree) {
        let message = Tree::Tuple(vec![Tree::atom("message"), expression]);
        let Tree::List(clauses, _) = &mut self.spec else {
            return;
        };
        for clause in clauses {
            if let Tree::Tuple(parts) = clause
                && let Some(Tree::List(body, _)) = parts.last_mut()
            {
                body.push(message.clone());
            }
        }
    }

    /// `{{M,F,A},MatchSpec,Flags}` as `redbug` compiles it.
    pub fn to_term(&self) -> Tree {
        let name = |name: &Option<String>| Tree::atom(name.as_deref().unwrap_or("_"));
        let arity = self
            .arity
            .map_or(Tree::atom("_"), |arity| Tree::Int(i64::from(arity)));
        let mut flags = Vec::new();
        if self.call_count {
            flags.push(Tree::atom("call_count"));
        }
        if self.call_time {
            flags.push(Tree::atom("call_time"));
        }
        flags.push(Tree::atom(if self.global { "global" } else { "local" }));
        Tree::Tuple(vec![
            Tree::Tuple(vec![name(&self.module), name(&self.function), arity]),
            self.spec.clone(),
            Tree::list(flags),
        ])
    }
}

/// What a word of the command line asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Calls(Compiled),
    Send,
    Receive,
    Procs,
}

/// A word of `transom trace`: `send`, `receive`, `procs` or a pattern.
pub fn parse_target(text: &str, definitions: &dyn Definitions) -> Result<Target, SyntaxError> {
    Ok(match text.trim() {
        "send" => Target::Send,
        "receive" | "'receive'" => Target::Receive,
        "procs" => Target::Procs,
        pattern => Target::Calls(parse(pattern, definitions)?),
    })
}
