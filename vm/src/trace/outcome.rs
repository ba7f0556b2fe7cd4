//! Predicates on the outcome of a call: the call is held until it ends, and shown with its end only if all of them hold.

use transom_tracer::pattern::Comparison;

use crate::bifs::Cx;
use crate::heap::Term;
use crate::matchspec::{Evaluation, MatchSpec, NoActions, Whole, matches, run_guards};

/// One predicate.
pub enum Predicate {
    /// A specification over the arguments and the value, or over the value alone.
    Return { spec: MatchSpec, arguments: bool },
    /// Nanoseconds.
    Duration(Comparison, u64),
    /// The call raised.
    Exception,
}

/// All predicates of a pattern.
pub struct Outcome {
    pub predicates: Vec<Predicate>,
}

impl Outcome {
    /// Must the arguments be kept until the end?
    pub fn wants_arguments(&self) -> bool {
        let wants = |p: &Predicate| {
            matches!(
                p,
                Predicate::Return {
                    arguments: true,
                    ..
                }
            )
        };
        self.predicates.iter().any(wants)
    }

    /// Is the end of the call as wanted? `value` is none when it raised; `args` is the list of arguments, if it was kept.
    pub fn holds<'h>(
        &self,
        cx: &Cx<'h>,
        args: Option<Term<'h>>,
        value: Option<Term<'h>>,
        ns: u64,
    ) -> bool {
        self.predicates.iter().all(|predicate| match predicate {
            Predicate::Exception => value.is_none(),
            Predicate::Duration(comparison, bound) => match comparison {
                Comparison::Greater => ns > *bound,
                Comparison::GreaterEq => ns >= *bound,
                Comparison::Less => ns < *bound,
                Comparison::LessEq => ns <= *bound,
            },
            Predicate::Return { spec, arguments } => value.is_some_and(|value| {
                let mut target: Vec<Term<'h>> = Vec::new();
                if *arguments {
                    target.extend(args.into_iter().flat_map(|a| a.iter_list()));
                }
                target.push(value);
                accepts(cx, spec, cx.heap().list(&target))
            }),
        })
    }
}

/// Does a clause take the list, with its guards?
fn accepts<'h>(cx: &Cx<'h>, spec: &MatchSpec, list: Term<'h>) -> bool {
    spec.clauses.iter().any(|clause| {
        matches(clause, list).is_some_and(|bindings| {
            let evaluation = Evaluation {
                cx,
                whole: Whole::Term(list),
                bindings: &bindings,
            };
            run_guards(&evaluation, clause, &mut NoActions)
        })
    })
}
