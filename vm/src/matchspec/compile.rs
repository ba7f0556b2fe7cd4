//! From a term to a checked [`MatchSpec`]. The checking, with the problems worded as OTP words them, is that of the `tracer` crate; here its result is
//! turned into what the VM runs: constants in memory of their own, functions as addresses.

use transom_tracer::matchspec::{self as checked, Context, Function};

use super::{Clause, Comparison, Constant, Expr, Key, MatchSpec, Pattern, Purpose, RowDemand};
use crate::atoms::AtomTable;
use crate::bifs::{BifRow, rows};
use crate::heap::{OwnedTerm, Term};
use crate::view::TermView;

/// What is wrong with a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Does it make the specification unusable?
    pub error: bool,
    /// The text.
    pub text: String,
}

/// Checks `[{Head, Guards, Body}, ...]`.
///
/// # Errors
/// Every problem found.
pub fn compile(
    atoms: &AtomTable,
    spec: Term<'_>,
    purpose: Purpose,
) -> Result<MatchSpec, Vec<Problem>> {
    let context = match purpose {
        Purpose::Table => Context::Table,
        Purpose::Call => Context::Call,
        Purpose::Send => Context::Send,
        Purpose::Receive => Context::Receive,
    };
    let found = checked::check(TermView::new(spec.for_reading(), atoms), context);
    let error = |text: String| Problem { error: true, text };
    let found = found.map_err(|problems| {
        let texts = problems.into_iter().map(|p| error(p.0));
        texts.collect::<Vec<_>>()
    })?;
    let lower = Lower { atoms };
    let clauses: Result<Vec<Clause>, String> =
        found.clauses.iter().map(|c| lower.clause(c)).collect();
    let clauses = clauses.map_err(|text| vec![error(text)])?;
    Ok(MatchSpec { purpose, clauses })
}

struct Lower<'a> {
    atoms: &'a AtomTable,
}

type Found<'v> = TermView<'v>;

fn constant(view: &Found<'_>) -> OwnedTerm {
    OwnedTerm::new(view.term)
}

impl Lower<'_> {
    fn clause(&self, clause: &checked::Clause<Found<'_>>) -> Result<Clause, String> {
        let variables = clause.variables.clone();
        let all = |exprs: &[checked::Expr<Found<'_>>]| self.all(exprs, &variables);
        let head = self.pattern(&clause.head, &variables);
        Ok(Clause {
            row: RowDemand::of(&head),
            head,
            guards: all(&clause.conditions)?,
            body: all(&clause.body)?,
            variables,
        })
    }

    fn pattern(&self, pattern: &checked::Pattern<Found<'_>>, variables: &[u32]) -> Pattern {
        let all = |parts: &[checked::Pattern<Found<'_>>]| -> Vec<Pattern> {
            parts.iter().map(|p| self.pattern(p, variables)).collect()
        };
        match pattern {
            checked::Pattern::Any => Pattern::Any,
            checked::Pattern::Variable(n) => match variables.binary_search(n) {
                Ok(index) => Pattern::Variable(index),
                Err(_) => unreachable!("invariant: the checker lists every variable of a head"),
            },
            checked::Pattern::Constant(view) => Pattern::Constant(Constant::new(view.term)),
            checked::Pattern::Tuple(parts) => Pattern::Tuple(all(parts)),
            checked::Pattern::List(parts, tail) => {
                let tail = match tail {
                    Some(tail) => self.pattern(tail, variables),
                    None => Pattern::Constant(Constant::new(Term::NIL)),
                };
                Pattern::List(all(parts), Box::new(tail))
            }
            checked::Pattern::Map(pairs) => {
                let pair = |(key, value): &(_, _)| {
                    let key = match self.pattern(key, variables) {
                        Pattern::Constant(key) => Key::Constant(OwnedTerm::new(key.term())),
                        Pattern::Variable(index) => Key::Variable(index),
                        Pattern::Any | Pattern::Tuple(_) | Pattern::List(..) | Pattern::Map(_) => {
                            Key::Never
                        }
                    };
                    (key, self.pattern(value, variables))
                };
                Pattern::Map(pairs.iter().map(pair).collect())
            }
        }
    }

    fn all(
        &self,
        exprs: &[checked::Expr<Found<'_>>],
        variables: &[u32],
    ) -> Result<Vec<Expr>, String> {
        exprs.iter().map(|e| self.expr(e, variables)).collect()
    }

    fn expr(&self, expr: &checked::Expr<Found<'_>>, variables: &[u32]) -> Result<Expr, String> {
        Ok(match expr {
            checked::Expr::Constant(view) => Expr::Constant(constant(view)),
            checked::Expr::Variable(n) => match variables.binary_search(n) {
                Ok(index) => Expr::Variable(index),
                Err(_) => return Err(format!("Variable ${n} is unbound.")),
            },
            checked::Expr::Target => Expr::Whole,
            checked::Expr::Bound => Expr::All,
            checked::Expr::Tuple(parts) => Expr::Tuple(self.all(parts, variables)?),
            checked::Expr::List(parts, tail) => {
                let tail = match tail {
                    Some(tail) => self.expr(tail, variables)?,
                    None => Expr::Constant(OwnedTerm::new(Term::NIL)),
                };
                Expr::List(self.all(parts, variables)?, Box::new(tail))
            }
            checked::Expr::Map(pairs) => {
                let mut made = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    made.push((self.expr(key, variables)?, self.expr(value, variables)?));
                }
                Expr::Map(made)
            }
            checked::Expr::Call(function, args) => {
                self.call(*function, self.all(args, variables)?)?
            }
        })
    }

    fn call(&self, function: Function, mut args: Vec<Expr>) -> Result<Expr, String> {
        let name = function.row().name;
        if function == Function::And {
            return Ok(Expr::And(args));
        }
        if function == Function::Or {
            return Ok(Expr::Or(args));
        }
        if function == Function::AndAlso {
            return Ok(Expr::AndAlso(args));
        }
        if function == Function::OrElse {
            return Ok(Expr::OrElse(args));
        }
        if function == Function::Const {
            return args.pop().ok_or_else(|| absent(name, 0));
        }
        if let Some(comparison) = Comparison::named(name) {
            return <Box<[Expr; 2]>>::try_from(args)
                .map(|sides| Expr::Compare(comparison, sides))
                .map_err(|args| absent(name, args.len()));
        }
        if let Some(row) = guard_function(name, args.len()) {
            return Ok(Expr::Call(row.f, args));
        }
        match self.atoms.intern(name) {
            Ok(atom) => Ok(Expr::Action(atom, args)),
            Err(_) => Err(absent(name, args.len())),
        }
    }
}

fn absent(name: &str, arity: usize) -> String {
    format!("Function {name}/{arity} does_not_exist.")
}

/// The functions guards may call, by name and arity.
fn guard_function(name: &str, arity: usize) -> Option<&'static BifRow> {
    rows().find(|r| {
        r.guard && r.module == "erlang" && r.name == name && usize::from(r.arity) == arity
    })
}
