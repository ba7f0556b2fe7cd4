//! From a term to a checked [`MatchSpec`]. Problems are worded as OTP words them; all of a specification's problems are reported.

use super::{Clause, Expr, MatchSpec, Pattern, Purpose};
use crate::atoms::{Atom, AtomTable};
use crate::bifs::{BifRow, rows};
use crate::heap::{Kind, OwnedTerm, Term};

/// What is wrong with a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Does it make the specification unusable?
    pub error: bool,
    /// The text.
    pub text: String,
}

/// Terms nested deeper than this are no specification that a person wrote.
const MAX_DEPTH: usize = 500;

/// Checks `[{Head, Guards, Body}, ...]`.
///
/// # Errors
/// Every problem found.
pub fn compile(
    atoms: &AtomTable,
    spec: Term<'_>,
    purpose: Purpose,
) -> Result<MatchSpec, Vec<Problem>> {
    let mut compiler = Compiler {
        atoms,
        purpose,
        problems: Vec::new(),
    };
    let mut clauses = Vec::new();
    let mut list = spec.iter_list();
    for clause in list.by_ref() {
        match clause
            .as_tuple()
            .map(|t| (t.len(), t.get(0), t.get(1), t.get(2)))
        {
            Some((3, Some(head), Some(guards), Some(body))) => {
                clauses.extend(compiler.clause(head, guards, body))
            }
            _ => compiler
                .error("Match spec must be a list of three-tuples: [{Head, Guards, Body}]".into()),
        }
    }
    if !list.tail().is_nil() || clauses.is_empty() && compiler.problems.is_empty() {
        compiler.error("Match spec must be a non-empty list of clauses".into());
    }
    match compiler.problems.iter().any(|p| p.error) {
        true => Err(compiler.problems),
        false => Ok(MatchSpec { purpose, clauses }),
    }
}

struct Compiler<'a> {
    atoms: &'a AtomTable,
    purpose: Purpose,
    problems: Vec<Problem>,
}

/// `'$0'` to `'$99999999'`.
fn variable(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('$')?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

impl Compiler<'_> {
    fn error(&mut self, text: String) {
        self.problems.push(Problem { error: true, text });
    }

    fn clause(&mut self, head: Term<'_>, guards: Term<'_>, body: Term<'_>) -> Option<Clause> {
        let mut variables = Vec::new();
        self.collect(head, &mut variables, 0)?;
        variables.sort_unstable();
        variables.dedup();
        if !self.head_fits(head) {
            self.error(match self.purpose {
                Purpose::Table => "Match head must be a tuple or a variable".into(),
                _ => "Match head must be a list or a variable".into(),
            });
            return None;
        }
        let pattern = self.pattern(head, &variables);
        let (Some(_), Some(_)) = (guards.list_len(), body.list_len()) else {
            self.error("Guards and body of a match spec clause must be lists".into());
            return None;
        };
        let guards = guards
            .iter_list()
            .filter_map(|g| self.expr(g, &variables, true, 0))
            .collect();
        let body: Vec<Expr> = body
            .iter_list()
            .filter_map(|e| self.expr(e, &variables, false, 0))
            .collect();
        if body.is_empty() && self.purpose == Purpose::Table {
            self.error("Match body must not be empty".into());
        }
        Some(Clause {
            head: pattern,
            variables,
            guards,
            body,
        })
    }

    fn head_fits(&self, head: Term<'_>) -> bool {
        match (head.kind(), self.purpose) {
            (Kind::Atom(a), _) => {
                a == crate::atoms::UNDERSCORE || variable(self.atoms.text(a)).is_some()
            }
            (Kind::Tuple(_), Purpose::Table) => true,
            (Kind::Nil | Kind::Cons(_), purpose) => purpose != Purpose::Table,
            _ => false,
        }
    }

    /// Variables of a head; `None` (with a problem) when it is nested too deeply.
    fn collect(&mut self, t: Term<'_>, found: &mut Vec<u32>, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            self.error("Match spec is nested too deeply".into());
            return None;
        }
        match t.kind() {
            Kind::Atom(a) => found.extend(variable(self.atoms.text(a))),
            Kind::Tuple(tuple) => {
                for e in tuple.iter() {
                    self.collect(e, found, depth + 1)?;
                }
            }
            Kind::Cons(_) => {
                let mut list = t.iter_list();
                for e in list.by_ref() {
                    self.collect(e, found, depth + 1)?;
                }
                self.collect(list.tail(), found, depth + 1)?;
            }
            Kind::Map(map) => {
                for (_, value) in map.iter() {
                    self.collect(value, found, depth + 1)?;
                }
            }
            _ => {}
        }
        Some(())
    }

    fn has_variables(&self, t: Term<'_>) -> bool {
        match t.kind() {
            Kind::Atom(a) => {
                a == crate::atoms::UNDERSCORE || variable(self.atoms.text(a)).is_some()
            }
            Kind::Tuple(tuple) => tuple.iter().any(|e| self.has_variables(e)),
            Kind::Cons(_) => {
                let mut list = t.iter_list();
                list.by_ref().any(|e| self.has_variables(e)) || self.has_variables(list.tail())
            }
            // A map pattern matches maps with more keys, so it is never a constant.
            Kind::Map(_) => true,
            _ => false,
        }
    }

    fn pattern(&self, t: Term<'_>, variables: &[u32]) -> Pattern {
        if !self.has_variables(t) {
            return Pattern::Constant(OwnedTerm::new(t));
        }
        match t.kind() {
            Kind::Atom(a) => {
                match variable(self.atoms.text(a)).and_then(|n| variables.binary_search(&n).ok()) {
                    Some(index) => Pattern::Variable(index),
                    None => Pattern::Any,
                }
            }
            Kind::Tuple(tuple) => {
                Pattern::Tuple(tuple.iter().map(|e| self.pattern(e, variables)).collect())
            }
            Kind::Cons(_) => {
                let mut list = t.iter_list();
                let elements = list.by_ref().map(|e| self.pattern(e, variables)).collect();
                Pattern::List(elements, Box::new(self.pattern(list.tail(), variables)))
            }
            Kind::Map(map) => Pattern::Map(
                map.iter()
                    .map(|(k, v)| (OwnedTerm::new(k), self.pattern(v, variables)))
                    .collect(),
            ),
            _ => Pattern::Constant(OwnedTerm::new(t)),
        }
    }

    fn expr(&mut self, t: Term<'_>, variables: &[u32], guard: bool, depth: usize) -> Option<Expr> {
        if depth > MAX_DEPTH {
            self.error("Match spec is nested too deeply".into());
            return None;
        }
        match t.kind() {
            Kind::Atom(a) => self.atom(a, variables),
            Kind::Tuple(tuple) => match (tuple.len(), tuple.get(0)) {
                (1, Some(inner)) if inner.as_tuple().is_some() => {
                    let inner = inner.as_tuple()?;
                    let parts: Option<Vec<Expr>> = inner
                        .iter()
                        .map(|e| self.expr(e, variables, guard, depth + 1))
                        .collect();
                    Some(Expr::Tuple(parts?))
                }
                (_, Some(name)) => match name.as_atom() {
                    Some(name) => {
                        let args: Vec<Term<'_>> = tuple.iter().skip(1).collect();
                        self.call(name, &args, variables, guard, depth)
                    }
                    None => {
                        self.error("Function name in a match spec must be an atom".into());
                        None
                    }
                },
                (_, None) => {
                    self.error("An empty tuple in a match spec must be written {{}}".into());
                    None
                }
            },
            Kind::Cons(_) => {
                let mut list = t.iter_list();
                let elements: Option<Vec<Expr>> = list
                    .by_ref()
                    .map(|e| self.expr(e, variables, guard, depth + 1))
                    .collect();
                let tail = self.expr(list.tail(), variables, guard, depth + 1)?;
                Some(Expr::List(elements?, Box::new(tail)))
            }
            Kind::Map(map) => {
                let pairs: Option<Vec<(Expr, Expr)>> = map
                    .iter()
                    .map(|(k, v)| {
                        Some((
                            self.expr(k, variables, guard, depth + 1)?,
                            self.expr(v, variables, guard, depth + 1)?,
                        ))
                    })
                    .collect();
                Some(Expr::Map(pairs?))
            }
            _ => Some(Expr::Constant(OwnedTerm::new(t))),
        }
    }

    fn atom(&mut self, a: Atom, variables: &[u32]) -> Option<Expr> {
        let text = self.atoms.text(a);
        match text {
            "$_" => return Some(Expr::Whole),
            "$$" => return Some(Expr::All),
            _ => {}
        }
        let Some(n) = variable(text) else {
            return Some(Expr::Constant(OwnedTerm::atom(a)));
        };
        match variables.binary_search(&n) {
            Ok(index) => Some(Expr::Variable(index)),
            Err(_) => {
                self.error(format!("Variable ${n} is unbound in match body or guards"));
                None
            }
        }
    }

    fn call(
        &mut self,
        name: Atom,
        args: &[Term<'_>],
        variables: &[u32],
        guard: bool,
        depth: usize,
    ) -> Option<Expr> {
        let text = self.atoms.text(name).to_owned();
        if text == "const" {
            return match args {
                [value] => Some(Expr::Constant(OwnedTerm::new(*value))),
                _ => {
                    self.error(format!("Function const/{} does_not_exist.", args.len()));
                    None
                }
            };
        }
        let parts: Option<Vec<Expr>> = args
            .iter()
            .map(|a| self.expr(*a, variables, guard, depth + 1))
            .collect();
        let parts = parts?;
        match (text.as_str(), parts.len()) {
            ("and", 1..) => return Some(Expr::And(parts)),
            ("or", 1..) => return Some(Expr::Or(parts)),
            ("andalso", 1..) => return Some(Expr::AndAlso(parts)),
            ("orelse", 1..) => return Some(Expr::OrElse(parts)),
            _ => {}
        }
        if let Some(row) = guard_function(&text, parts.len()) {
            return Some(Expr::Call(row.f, parts));
        }
        self.action(name, &text, parts, guard)
    }

    fn action(&mut self, name: Atom, text: &str, parts: Vec<Expr>, guard: bool) -> Option<Expr> {
        let Some(action) = ACTIONS
            .iter()
            .find(|a| a.name == text && a.arities.contains(&parts.len()))
        else {
            self.error(format!("Function {text}/{} does_not_exist.", parts.len()));
            return None;
        };
        let allowed = match self.purpose {
            Purpose::Table => false,
            Purpose::Call => true,
            Purpose::Send => action.send,
            Purpose::Receive => action.receive,
        };
        if !allowed {
            self.error(format!(
                "Function {text}/{} cannot be called in {} context.",
                parts.len(),
                self.context()
            ));
            return None;
        }
        if guard && !action.in_guards {
            self.error(format!(
                "Function {text}/{} cannot be called in guard context.",
                parts.len()
            ));
            return None;
        }
        Some(Expr::Action(name, parts))
    }

    fn context(&self) -> &'static str {
        match self.purpose {
            Purpose::Table => "table",
            Purpose::Call => "call trace",
            Purpose::Send => "send trace",
            Purpose::Receive => "receive trace",
        }
    }
}

/// A function of traces: where it may stand.
struct Action {
    name: &'static str,
    arities: &'static [usize],
    in_guards: bool,
    send: bool,
    receive: bool,
}

const fn action(
    name: &'static str,
    arities: &'static [usize],
    in_guards: bool,
    send: bool,
    receive: bool,
) -> Action {
    Action {
        name,
        arities,
        in_guards,
        send,
        receive,
    }
}

const ACTIONS: &[Action] = &[
    action("message", &[1], false, true, true),
    action("return_trace", &[0], false, true, true),
    action("exception_trace", &[0], false, true, true),
    action("caller", &[0], false, false, false),
    action("caller_line", &[0], false, false, false),
    action("current_stacktrace", &[0, 1], false, false, false),
    action("process_dump", &[0], false, true, false),
    action("enable_trace", &[1, 2], false, true, false),
    action("disable_trace", &[1, 2], false, true, false),
    action("trace", &[2, 3], false, true, false),
    action("silent", &[1], false, true, false),
    action("display", &[1], false, true, true),
    action("is_seq_trace", &[0], true, true, false),
    action("get_seq_token", &[0], true, true, false),
    action("set_seq_token", &[2], false, true, false),
    action("set_tcw", &[1], false, true, true),
    action("get_tcw", &[0], true, true, true),
];

/// The functions guards may call, by name and arity.
fn guard_function(name: &str, arity: usize) -> Option<&'static BifRow> {
    rows().find(|r| {
        r.guard && r.module == "erlang" && r.name == name && usize::from(r.arity) == arity
    })
}
