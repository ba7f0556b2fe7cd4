//! Checking a specification: every error of the first bad clause, in the reference's words.

use transom_pretty::{MapOrder, Options, Shape, View, print};

use super::functions::{Class, Function};
use super::{Clause, Context, Expr, MatchSpec, Pattern, Problem};

/// Specifications nested deeper are refused: checking and compiling them may recurse.
pub const MAX_DEPTH: usize = 500;

/// Checks `spec` for use in `context`.
pub fn check<V: View>(spec: V, context: Context) -> Result<MatchSpec<V>, Vec<Problem>> {
    let one = |text: &str| vec![Problem(text.to_owned())];
    if !matches!(spec.shape(), Shape::Cons(..)) {
        return Err(one("Match programs are not in a list."));
    }
    let Some(parts) = proper_list(spec) else {
        return Err(one("Match programs are not in a proper list."));
    };
    let mut clauses = Vec::with_capacity(parts.len());
    for part in parts {
        if !matches!(part.shape(), Shape::Tuple(3)) {
            return Err(one("Match program part is not a tuple of arity 3."));
        }
        clauses.push(check_clause(part, context)?);
    }
    Ok(MatchSpec { clauses })
}

fn check_clause<V: View>(part: V, context: Context) -> Result<Clause<V>, Vec<Problem>> {
    let (head, conditions, body) = (part.element(0), part.element(1), part.element(2));
    let mut checker = Checker {
        context,
        problems: Vec::new(),
        variables: Vec::new(),
        in_conditions: true,
    };
    let head = checker.head(head);
    if !checker.problems.is_empty() {
        return Err(checker.problems);
    }
    let conditions = checker.expressions(conditions);
    checker.in_conditions = false;
    let empty_body = !matches!(body.shape(), Shape::Cons(..));
    let body = if context == Context::Table && empty_body {
        checker.problem("Body clause does not return anything.".into());
        Vec::new()
    } else {
        checker.expressions(body)
    };
    if !checker.problems.is_empty() {
        return Err(checker.problems);
    }
    Ok(Clause {
        head,
        conditions,
        body,
        variables: checker.variables,
    })
}

fn proper_list<V: View>(mut list: V) -> Option<Vec<V>> {
    let mut items = Vec::new();
    loop {
        match list.shape() {
            Shape::Nil => return Some(items),
            Shape::Cons(head, tail) => {
                items.push(head);
                list = tail;
            }
            _ => return None,
        }
    }
}

/// The number of `'$N'`.
fn variable(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('$')?;
    if digits.is_empty()
        || !digits.bytes().all(|b| b.is_ascii_digit())
        || (digits.len() > 1 && digits.starts_with('0'))
    {
        return None;
    }
    digits.parse().ok().filter(|number| *number <= 100_000_000)
}

/// Looks like a variable, whether it can be one or not: unbound in an expression, a constant in a head.
fn looks_like_variable(text: &str) -> bool {
    text.len() > 1
        && text
            .strip_prefix('$')
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

struct Checker {
    context: Context,
    problems: Vec<Problem>,
    /// Bound by the head, ascending.
    variables: Vec<u32>,
    in_conditions: bool,
}

impl Checker {
    fn problem(&mut self, text: String) {
        self.problems.push(Problem(text));
    }

    fn head<V: View>(&mut self, head: V) -> Pattern<V> {
        if self.context != Context::Table {
            let fine = match head.shape() {
                Shape::Atom(text) => text == "_" || variable(&text).is_some(),
                Shape::Cons(..) | Shape::Nil | Shape::Tuple(_) => true,
                _ => false,
            };
            if !fine {
                self.problem("Match head is invalid in this context.".into());
                return Pattern::Any;
            }
            if matches!(head.shape(), Shape::Cons(..)) && proper_list(head).is_none() {
                let text = text_of(head);
                self.problem(format!(
                    "Match expression part {text} is not a proper list."
                ));
                return Pattern::Any;
            }
            // A tuple stands for the row of its elements, as in OTP.
            if let Shape::Tuple(size) = head.shape() {
                let parts = (0..size).map(|at| self.pattern(head.element(at), 1));
                return Pattern::List(parts.collect(), None);
            }
        }
        self.pattern(head, 0)
    }

    fn too_deep(&mut self, depth: usize) -> bool {
        if depth < MAX_DEPTH {
            return false;
        }
        if self.problems.is_empty() {
            self.problem("Match specification is nested too deep.".into());
        }
        true
    }

    fn pattern<V: View>(&mut self, term: V, depth: usize) -> Pattern<V> {
        if self.too_deep(depth) {
            return Pattern::Any;
        }
        match term.shape() {
            Shape::Atom(text) if text == "_" => Pattern::Any,
            Shape::Atom(text) => match variable(&text) {
                Some(number) => {
                    if let Err(at) = self.variables.binary_search(&number) {
                        self.variables.insert(at, number);
                    }
                    Pattern::Variable(number)
                }
                None => Pattern::Constant(term),
            },
            Shape::Cons(..) => {
                let (items, tail) = self.list_parts(term, depth, Self::pattern);
                Pattern::List(items, tail)
            }
            Shape::Tuple(size) => Pattern::Tuple(
                (0..size)
                    .map(|at| self.pattern(term.element(at), depth + 1))
                    .collect(),
            ),
            Shape::Map(_) => Pattern::Map(
                term.pairs(MapOrder::Internal)
                    .into_iter()
                    .map(|(key, value)| {
                        (self.pattern(key, depth + 1), self.pattern(value, depth + 1))
                    })
                    .collect(),
            ),
            _ => Pattern::Constant(term),
        }
    }

    /// The parts of a list, each made by `make`; the tail only if it is not `[]`.
    fn list_parts<V: View, T>(
        &mut self,
        mut list: V,
        depth: usize,
        make: fn(&mut Self, V, usize) -> T,
    ) -> (Vec<T>, Option<Box<T>>) {
        let mut items = Vec::new();
        loop {
            match list.shape() {
                Shape::Nil => return (items, None),
                Shape::Cons(head, tail) => {
                    items.push(make(self, head, depth + 1));
                    list = tail;
                }
                _ => return (items, Some(Box::new(make(self, list, depth + 1)))),
            }
        }
    }

    fn expressions<V: View>(&mut self, list: V) -> Vec<Expr<V>> {
        if !matches!(list.shape(), Shape::Cons(..) | Shape::Nil) {
            self.problem("Match expression is not a list.".into());
            return Vec::new();
        }
        let Some(items) = proper_list(list) else {
            self.problem("Match expression is not a proper list.".into());
            return Vec::new();
        };
        items.into_iter().map(|item| self.expr(item, 0)).collect()
    }

    fn expr<V: View>(&mut self, term: V, depth: usize) -> Expr<V> {
        if self.too_deep(depth) {
            return Expr::Constant(term);
        }
        match term.shape() {
            Shape::Atom(text) => match &*text {
                "$_" => Expr::Target,
                "$$" => Expr::Bound,
                name if looks_like_variable(name) => self.variable_expr(term, name),
                _ => Expr::Constant(term),
            },
            Shape::Cons(..) => {
                let (items, tail) = self.list_parts(term, depth, Self::expr);
                Expr::List(items, tail)
            }
            Shape::Map(_) => Expr::Map(
                term.pairs(MapOrder::Internal)
                    .into_iter()
                    .map(|(key, value)| (self.expr(key, depth + 1), self.expr(value, depth + 1)))
                    .collect(),
            ),
            Shape::Tuple(size) => self.tuple_expr(term, size, depth),
            _ => Expr::Constant(term),
        }
    }

    fn variable_expr<V: View>(&mut self, term: V, name: &str) -> Expr<V> {
        // `$01` is read as `$1` here, though a head takes it for an atom.
        let digits = name[1..].trim_start_matches('0');
        let shown = if digits.is_empty() { "0" } else { digits };
        match variable(&format!("${shown}"))
            .filter(|number| self.variables.binary_search(number).is_ok())
        {
            Some(number) => Expr::Variable(number),
            None => {
                self.problem(format!("Variable ${shown} is unbound."));
                Expr::Constant(term)
            }
        }
    }

    fn tuple_expr<V: View>(&mut self, term: V, size: usize, depth: usize) -> Expr<V> {
        if size == 1
            && let inner = term.element(0)
            && let Shape::Tuple(size) = inner.shape()
        {
            return Expr::Tuple(
                (0..size)
                    .map(|at| self.expr(inner.element(at), depth + 1))
                    .collect(),
            );
        }
        let name = match (size, size > 0) {
            (_, false) => None,
            (_, true) => match term.element(0).shape() {
                Shape::Atom(text) if !looks_like_variable(&text) => Some(text.into_owned()),
                _ => None,
            },
        };
        let Some(name) = name else {
            let text = text_of(term);
            self.problem(format!(
                "{text} is neither a function call, nor a tuple (tuples are written {{{{ ... }}}})."
            ));
            return Expr::Constant(term);
        };
        let Some(function) = self.function(term, &name, size - 1) else {
            return Expr::Constant(term);
        };
        if function == Function::Const {
            return Expr::Constant(term.element(1));
        }
        Expr::Call(
            function,
            (1..size)
                .map(|at| self.expr(term.element(at), depth + 1))
                .collect(),
        )
    }

    /// The function called `name` with `arity` arguments, if it may be called here.
    fn function<V: View>(&mut self, term: V, name: &str, arity: usize) -> Option<Function> {
        let shown = || atom_text(name);
        let Some(function) = Function::named(name) else {
            self.problem(format!("Function {}/{arity} does_not_exist.", shown()));
            return None;
        };
        let row = function.row();
        let fits = row.arities.contains(&arity);
        match row.class {
            Class::Function | Class::TraceFunction => {
                if !fits {
                    self.problem(format!("Function {}/{arity} does_not_exist.", shown()));
                    return None;
                }
                let elsewhere = self.context == Context::Table
                    || (self.in_conditions && !function.allowed_in_conditions(arity));
                if row.class == Class::TraceFunction && elsewhere {
                    self.problem(format!(
                        "Function {name}/{arity} cannot be called in this context."
                    ));
                    return None;
                }
            }
            Class::Function0 if !fits => {
                let text = text_of(term);
                self.problem(format!(
                    "Special form '{name}' called with arguments in {text}."
                ));
                return None;
            }
            Class::Function0 => {}
            Class::Variadic if arity == 0 => {
                let text = text_of(term);
                self.problem(format!(
                    "Special form '{name}' called without arguments in {text}."
                ));
                return None;
            }
            Class::Variadic => {}
            Class::Const if !fits => {
                let text = text_of(term);
                self.problem(format!(
                    "Special form 'const' called with more than one argument in {text}."
                ));
                return None;
            }
            Class::Const => {}
            Class::Action0 | Class::Action => return self.action(term, function, arity),
        }
        Some(function)
    }

    fn action<V: View>(&mut self, term: V, function: Function, arity: usize) -> Option<Function> {
        let row = function.row();
        let fits = row.arities.contains(&arity);
        let name = row.name;
        if !self.has_action(function) {
            // The reference calls this one by another name here.
            let name = if function == Function::SetSeqToken {
                "set_seq_trace"
            } else {
                name
            };
            self.problem(format!("Special form '{name}' used in wrong dialect."));
        } else if self.in_conditions && !function.allowed_in_conditions(arity) {
            self.problem(format!("Special form '{name}' called in guard context."));
        } else if !fits && row.class == Class::Action0 {
            let text = text_of(term);
            self.problem(format!(
                "Special form '{name}' called with arguments in {text}."
            ));
        } else if !fits {
            let text = text_of(term);
            self.problem(format!(
                "Special form '{name}' called with wrong number of arguments in {text}."
            ));
        } else {
            return Some(function);
        }
        None
    }

    /// Whether the action exists in this context.
    fn has_action(&self, function: Function) -> bool {
        match self.context {
            Context::Call => true,
            Context::Table => false,
            Context::Send => !matches!(function, Function::Caller | Function::CallerLine),
            Context::Receive => !matches!(
                function,
                Function::Caller
                    | Function::CallerLine
                    | Function::CurrentStacktrace
                    | Function::IsSeqTrace
                    | Function::GetSeqToken
                    | Function::SetSeqToken
                    | Function::EnableTrace
                    | Function::DisableTrace
                    | Function::Trace
                    | Function::Silent
                    | Function::ProcessDump
            ),
        }
    }
}

/// An atom as the reference's error texts have it: quoted by its characters only, not for being a reserved word.
fn atom_text(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '@'));
    if plain {
        name.to_owned()
    } else {
        transom_pretty::quoted(name, '\'', transom_pretty::Encoding::Unicode)
    }
}

/// A term as the reference's error texts have it.
fn text_of<V: View>(term: V) -> String {
    let rest = |term: V| {
        print(
            term,
            &Options {
                depth: 30,
                line_length: usize::MAX / 4,
                ..Options::default()
            },
        )
    };
    match term.shape() {
        Shape::Tuple(size) => {
            let parts = (0..size).map(|at| match term.element(at).shape() {
                Shape::Atom(name) => atom_text(&name),
                _ => rest(term.element(at)),
            });
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        }
        _ => rest(term),
    }
}
