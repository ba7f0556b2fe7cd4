//! Questions asked of captured events: the pattern language of live traces, over what was kept.

use std::collections::HashMap;

use crate::event::{Event, Kind};
use crate::matchspec::{Context, check, matches, to_tree};
use crate::pattern::{Comparison, Compiled, Predicate, Target};
use crate::term::Tree;

/// Which events are wanted. Calls that match bring their ends with them.
#[derive(Debug, Default)]
pub struct Query {
    /// Any of these; empty: everything.
    pub targets: Vec<Target>,
    /// Only of this process.
    pub process: Option<String>,
    /// Microseconds since 1970.
    pub from_us: Option<i64>,
    pub to_us: Option<i64>,
}

impl Query {
    /// The events of `events` that are wanted, in order.
    pub fn select<'b>(&self, events: &[&'b [u8]]) -> Vec<&'b [u8]> {
        let mut wanted = vec![false; events.len()];
        // Open calls of each process: what they matched with and where they stand.
        let mut open: HashMap<String, Vec<Open<'_>>> = HashMap::new();
        let mut event = Event::new();
        for (at, bytes) in events.iter().enumerate() {
            if event.decode(bytes).is_err() || !self.concerns(&event) {
                continue;
            }
            if self.targets.is_empty() {
                wanted[at] = true;
                continue;
            }
            match event.kind() {
                Kind::Call => self.call(&event, at, &mut wanted, &mut open),
                Kind::ReturnFrom | Kind::ExceptionFrom => ended(&event, at, &mut wanted, &mut open),
                kind => wanted[at] = self.targets.iter().any(|target| is_wanted(target, kind)),
            }
        }
        events
            .iter()
            .zip(wanted)
            .filter_map(|(bytes, wanted)| wanted.then_some(*bytes))
            .collect()
    }

    fn concerns(&self, event: &Event) -> bool {
        let time = event.header.wall_us;
        self.process
            .as_deref()
            .is_none_or(|pid| event.subject().as_opaque() == Some(pid))
            && self.from_us.is_none_or(|from| time >= from)
            && self.to_us.is_none_or(|to| time <= to)
    }

    fn call<'q>(
        &'q self,
        event: &Event,
        at: usize,
        wanted: &mut [bool],
        open: &mut HashMap<String, Vec<Open<'q>>>,
    ) {
        let Some(name) = function_of(event) else {
            return;
        };
        let args = event.mfa(0).and_then(|mfa| to_tree(mfa.last));
        let matching = self.targets.iter().filter_map(|target| match target {
            Target::Calls(pattern) if calls_match(pattern, event, args.as_ref()) => Some(pattern),
            Target::Calls(_) | Target::Send | Target::Receive | Target::Procs => None,
        });
        let patterns: Vec<&Compiled> = matching.collect();
        if patterns.iter().any(|pattern| pattern.predicates.is_empty()) {
            wanted[at] = true;
        }
        let pid = event.subject().as_opaque().unwrap_or("").to_owned();
        open.entry(pid).or_default().push(Open {
            name,
            at,
            since_ns: event.header.monotonic_ns,
            args,
            patterns,
        });
    }
}

struct Open<'q> {
    name: String,
    at: usize,
    since_ns: i64,
    args: Option<Tree>,
    patterns: Vec<&'q Compiled>,
}

fn function_of(event: &Event) -> Option<String> {
    event
        .mfa(0)
        .map(|mfa| format!("{}:{}/{}", mfa.module, mfa.function, mfa.arity()))
}

fn is_wanted(target: &Target, kind: Kind) -> bool {
    match target {
        Target::Calls(_) => false,
        Target::Send => matches!(kind, Kind::Send | Kind::SendToNonExisting),
        Target::Receive => kind == Kind::Receive,
        Target::Procs => matches!(
            kind,
            Kind::Spawn
                | Kind::Spawned
                | Kind::Exit
                | Kind::Link
                | Kind::Unlink
                | Kind::GettingLinked
                | Kind::GettingUnlinked
                | Kind::Register
                | Kind::Unregister
        ),
    }
}

fn calls_match(pattern: &Compiled, event: &Event, args: Option<&Tree>) -> bool {
    let Some(mfa) = event.mfa(0) else {
        return false;
    };
    let names = pattern
        .module
        .as_deref()
        .is_none_or(|module| module == mfa.module)
        && pattern
            .function
            .as_deref()
            .is_none_or(|function| function == mfa.function)
        && pattern
            .arity
            .is_none_or(|arity| usize::from(arity) == mfa.arity());
    if !names {
        return false;
    }
    let Ok(spec) = check(pattern.spec.view(), Context::Call) else {
        return false;
    };
    match args {
        Some(args @ Tree::List(..)) => matches(&spec, args),
        // Arguments that were not captured, or only in part: a head that names none still holds.
        _ => spec.clauses.iter().any(|clause| {
            clause.conditions.is_empty() && matches!(clause.head, crate::matchspec::Pattern::Any)
        }),
    }
}

/// An end of a call: wanted if its call is, and decides about calls whose patterns have predicates.
fn ended(event: &Event, at: usize, wanted: &mut [bool], open: &mut HashMap<String, Vec<Open<'_>>>) {
    let pid = event.subject().as_opaque().unwrap_or("");
    let (Some(name), Some(stack)) = (function_of(event), open.get_mut(pid)) else {
        return;
    };
    let Some(place) = stack.iter().rposition(|call| call.name == name) else {
        return;
    };
    stack.truncate(place + 1);
    let Some(call) = stack.pop() else { return };
    let holds = |pattern: &&Compiled| {
        !pattern.predicates.is_empty()
            && pattern
                .predicates
                .iter()
                .all(|predicate| outcome_holds(predicate, &call, event))
    };
    if wanted[call.at] || call.patterns.iter().any(holds) {
        wanted[call.at] = true;
        wanted[at] = true;
    }
}

fn outcome_holds(predicate: &Predicate, call: &Open<'_>, event: &Event) -> bool {
    match predicate {
        Predicate::Exception => event.kind() == Kind::ExceptionFrom,
        Predicate::Duration(comparison, limit) => {
            let ns = u64::try_from(event.header.monotonic_ns - call.since_ns).unwrap_or(0);
            match comparison {
                Comparison::Greater => ns > *limit,
                Comparison::GreaterEq => ns >= *limit,
                Comparison::Less => ns < *limit,
                Comparison::LessEq => ns <= *limit,
            }
        }
        Predicate::Return { spec, arguments } => {
            if event.kind() != Kind::ReturnFrom {
                return false;
            }
            let Some(value) = to_tree(event.payload(1)) else {
                return false;
            };
            let mut target = match (&call.args, arguments) {
                (Some(Tree::List(args, None)), true) => args.clone(),
                (_, false) => Vec::new(),
                _ => return false,
            };
            target.push(value);
            check(spec.view(), Context::Call).is_ok_and(|spec| matches(&spec, &Tree::list(target)))
        }
    }
}
