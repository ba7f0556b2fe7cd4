//! Code that does nothing or can only fail, as far as it is written down so: values that nobody takes, clauses behind one that always matches,
//! operations on literals of the wrong type. OTP's optimiser says these when it meets them; like it, only where there is no error.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Linter;
use crate::abstract_term::Term;
use crate::ast::*;
use crate::literal_term;
use crate::lower::cond::always_true;
use crate::lower::free::children;

/// How many parts a literal may have that is looked at: nobody writes larger ones to fail, and each is looked at where it stands and from what stands around it.
const PARTS: usize = 64;

/// The term that an expression writes down, if it is small.
fn normalise(e: &Expr) -> Result<Term, ()> {
    fn fits(e: &Expr, left: &mut usize) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        let mut good = true;
        children(e, &mut |child| good = good && fits(child, left));
        good
    }
    match fits(e, &mut { PARTS }) {
        true => literal_term::normalise(e).map_err(|_| ()),
        false => Err(()),
    }
}

/// The value of a guard test that is written down: `true`, or what is not true.
fn constant(test: &Expr) -> Option<bool> {
    match &test.kind {
        ExprKind::Atom(a) => Some(&**a == "true"),
        ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Char(_)
        | ExprKind::Str(_)
        | ExprKind::Nil
        | ExprKind::Tuple(_)
        | ExprKind::List { .. } => Some(false),
        ExprKind::Unary(UnOp::Not, a) => match a.as_atom()?.as_ref() {
            "true" => Some(false),
            "false" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// No alternative of the guard can hold.
fn never_true(guards: &[Vec<Expr>]) -> bool {
    let fails = |conjunction: &Vec<Expr>| conjunction.iter().any(|t| constant(t) == Some(false));
    !guards.is_empty() && guards.iter().all(fails)
}

/// The pattern cannot match the value, whatever its variables are.
fn apart(pattern: &Expr, value: &Expr) -> bool {
    if let (Ok(a), Ok(b)) = (normalise(pattern), normalise(value)) {
        return !same(&a, &b);
    }
    match (&pattern.kind, &value.kind) {
        (ExprKind::Tuple(ps), ExprKind::Tuple(vs)) => {
            ps.len() != vs.len() || ps.iter().zip(vs).any(|(p, v)| apart(p, v))
        }
        (ExprKind::Tuple(_), _) => shaped(value),
        (ExprKind::List { elements, .. }, ExprKind::List { elements: vs, .. }) => {
            apart(&elements[0], &vs[0])
        }
        (ExprKind::List { .. }, _) => shaped(value),
        (_, ExprKind::Tuple(_) | ExprKind::List { .. }) => literal(pattern),
        _ => false,
    }
}

/// The expression shows what kind of term it makes.
fn shaped(e: &Expr) -> bool {
    literal(e) && !matches!(e.kind, ExprKind::Str(_))
        || matches!(e.kind, ExprKind::Tuple(_) | ExprKind::List { .. })
}

pub(super) fn literal(e: &Expr) -> bool {
    normalise(e).is_ok()
}

fn same(a: &Term, b: &Term) -> bool {
    match (a.to_list(), b.to_list()) {
        (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| same(a, b)),
        _ => a == b,
    }
}

impl Linter<'_> {
    /// Kept for the end: said only if there is no error.
    pub(super) fn useless(&mut self, flag: &'static str, span: Span, text: impl Into<String>) {
        self.useless.push((flag, span, text.into()));
    }

    pub(super) fn report_useless(&mut self) {
        let all = std::mem::take(&mut self.useless);
        if self.diagnostics.iter().any(|d| d.is_error()) || !self.lost.is_empty() {
            return;
        }
        for (flag, span, text) in all {
            self.warn(flag, flag, span, text);
        }
    }

    /// Clauses that are tried in order. Those of a function name it. Called before their variables are in scope.
    pub(super) fn order(
        &mut self,
        clauses: &[Clause],
        head: bool,
        function: Option<&str>,
        at: Span,
    ) {
        let mut always: Option<Span> = None;
        let mut literals: HashMap<String, Span> = HashMap::new();
        for c in clauses {
            let behind = function.map_or(String::new(), |f| format!(" for {f}"));
            if let Some(first) = always {
                let text = format!(
                    "this clause{behind} cannot match because a previous clause at line {} always matches",
                    first.line
                );
                self.useless("nomatch", c.span, text);
                continue;
            }
            if never_true(&c.guards) {
                let text = "this clause cannot match because its guard evaluates to 'false'";
                self.useless("nomatch", c.span, text);
                continue;
            }
            if always_true(&c.guards) && self.takes_all(&c.patterns, head) {
                always = Some(c.span);
                continue;
            }
            let [pattern] = c.patterns.as_slice() else {
                continue;
            };
            let plain = matches!(
                pattern.kind,
                ExprKind::Atom(_) | ExprKind::Int(_) | ExprKind::Char(_) | ExprKind::Str(_)
            );
            if let (true, Ok(term)) = (plain, normalise(pattern)) {
                match literals.entry(term.to_string()) {
                    Entry::Occupied(first) => {
                        let text = format!(
                            "this clause cannot match because a previous clause at line {} always matches",
                            first.get().line
                        );
                        self.useless("nomatch", c.span, text);
                    }
                    Entry::Vacant(e) if always_true(&c.guards) => {
                        e.insert(c.span);
                    }
                    Entry::Vacant(_) => {}
                }
            }
        }
        if !clauses.is_empty() && !head && clauses.iter().all(|c| never_true(&c.guards)) {
            self.useless("nomatch", at, "no clause will ever match");
        }
    }

    /// Patterns that are all new variables.
    fn takes_all(&self, patterns: &[Expr], head: bool) -> bool {
        let mut seen: Vec<&Name> = Vec::new();
        patterns.iter().all(|p| self.takes_any(p, head, &mut seen))
    }

    fn takes_any<'e>(&self, p: &'e Expr, head: bool, seen: &mut Vec<&'e Name>) -> bool {
        match &p.kind {
            ExprKind::Var(v) if &**v == "_" => true,
            ExprKind::Var(v) => {
                let new = !seen.contains(&v) && (head || self.vars.get(v).is_none());
                seen.push(v);
                new
            }
            ExprKind::Match(a, b) => self.takes_any(a, head, seen) && self.takes_any(b, head, seen),
            _ => false,
        }
    }

    pub(super) fn useless_in(&mut self, forms: &[Form]) {
        for form in forms {
            if let FormKind::Function(f) = &form.kind {
                f.clauses.iter().for_each(|c| self.values(&c.body, false));
            }
        }
    }

    /// Expressions in a row: the values of all but the last are not taken.
    fn values(&mut self, body: &[Expr], ignored: bool) {
        if let Some((last, before)) = body.split_last() {
            before.iter().for_each(|e| self.value(e, true));
            self.value(last, ignored);
        }
    }

    fn bodies(&mut self, clauses: &[Clause], ignored: bool) {
        clauses.iter().for_each(|c| self.values(&c.body, ignored));
    }

    fn value(&mut self, e: &Expr, ignored: bool) {
        if ignored {
            self.ignored(e);
        }
        self.failing(e);
        match &e.kind {
            ExprKind::Block(es) => self.values(es, ignored),
            ExprKind::If(cs) => self.bodies(cs, ignored),
            ExprKind::Case(v, cs) => {
                self.value(v, false);
                let none = |c: &Clause| c.patterns.iter().all(|p| apart(p, v));
                if shaped(v) && cs.iter().all(none) {
                    self.useless("nomatch", e.span, "no clause will ever match");
                }
                self.bodies(cs, ignored);
            }
            ExprKind::Receive { clauses, after } => {
                self.bodies(clauses, ignored);
                if let Some(a) = after {
                    self.value(&a.timeout, false);
                    self.values(&a.body, ignored);
                }
            }
            ExprKind::Try {
                body,
                of,
                catch,
                after,
            } => {
                self.values(body, false);
                self.bodies(of, false);
                self.bodies(catch, false);
                self.values(after, true);
            }
            ExprKind::Maybe {
                body, else_clauses, ..
            } => {
                self.values(body, false);
                self.bodies(else_clauses, false);
            }
            ExprKind::Fun { clauses, .. } => self.bodies(clauses, false),
            ExprKind::Match(p, v) | ExprKind::MaybeMatch(p, v) => {
                if matches!(e.kind, ExprKind::Match(..)) && shaped(v) && apart(p, v) {
                    self.useless("nomatch", p.span, "no clause will ever match");
                }
                self.value(v, false);
            }
            ExprKind::Map { fields, .. } => {
                self.overridden(fields);
                self.below(e);
            }
            ExprKind::ListComp(_, quals) | ExprKind::BinComp(_, quals) => {
                self.filters(quals, e.span);
                self.comprehended(e, quals);
            }
            ExprKind::MapComp(_, quals) => {
                self.filters(quals, e.span);
                self.comprehended(e, quals);
            }
            ExprKind::Binary(..) => {
                // The left edge of a chain without recursion.
                let mut at = e;
                while let ExprKind::Binary(_, a, b) = &at.kind {
                    if !std::ptr::eq(at, e) {
                        self.failing(at);
                    }
                    self.value(b, false);
                    at = a;
                }
                self.value(at, false);
            }
            _ => self.below(e),
        }
    }

    fn below(&mut self, e: &Expr) {
        children(e, &mut |child| self.value(child, false));
    }

    fn comprehended(&mut self, e: &Expr, quals: &[Qualifier]) {
        match &e.kind {
            ExprKind::ListComp(b, _) | ExprKind::BinComp(b, _) => self.value(b, false),
            ExprKind::MapComp(f, _) => {
                self.value(&f.key, false);
                self.value(&f.value, false);
            }
            _ => {}
        }
        for q in quals {
            match q {
                Qualifier::Filter(f) => self.value(f, false),
                Qualifier::Generator(g) => self.value(&g.expr, false),
                Qualifier::Zip(_, all) => {
                    for g in all {
                        if let Qualifier::Generator(g) = g {
                            self.value(&g.expr, false);
                        }
                    }
                }
            }
        }
    }

    /// A filter that lets nothing through.
    fn filters(&mut self, quals: &[Qualifier], at: Span) {
        for (i, q) in quals.iter().enumerate() {
            let Qualifier::Filter(f) = q else { continue };
            if constant(f) == Some(false) && !matches!(f.kind, ExprKind::Unary(..)) {
                let alone = quals[..i].iter().all(|q| matches!(q, Qualifier::Filter(_)));
                let at = if alone { f.span } else { at };
                let text = "this clause cannot match because its guard evaluates to 'false'";
                self.useless("nomatch", at, text);
                if alone {
                    self.useless("nomatch", at, "no clause will ever match");
                }
            }
        }
    }

    /// Keys that are written twice in one map expression.
    fn overridden(&mut self, fields: &[MapField]) {
        // By their text, which tells all terms apart.
        let mut seen: HashMap<String, Option<Span>> = HashMap::new();
        for f in fields {
            let Ok(key) = normalise(&f.key) else { continue };
            let shown = match &key {
                Term::Atom(a) => format!("'{a}'"),
                other => other.to_string(),
            };
            match seen.entry(shown) {
                Entry::Vacant(e) => {
                    e.insert(Some(f.key.span));
                }
                Entry::Occupied(mut e) => {
                    if let Some(span) = e.get_mut().take() {
                        let text = format!("key {} will be overridden in expression", e.key());
                        self.useless("map_key", span, text);
                    }
                }
            }
        }
    }

    /// An operation on literals that can only fail.
    fn failing(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Binary(op, a, b) => {
                if let (Ok(x), Ok(y)) = (normalise(a), normalise(b))
                    && let Some(reason) = binary_fails(*op, &x, &y)
                {
                    let text = format!(
                        "evaluation of operator '{}'/2 will fail with a '{reason}' exception",
                        op.as_str()
                    );
                    self.useless("failed", e.span, text);
                }
            }
            ExprKind::Unary(op, a) => {
                let Ok(x) = normalise(a) else { return };
                let reason = match op {
                    UnOp::Not => (!is_boolean(&x)).then_some("badarg"),
                    UnOp::Bnot => (!is_integer(&x)).then_some("badarith"),
                    UnOp::Plus | UnOp::Minus => (!is_number(&x)).then_some("badarith"),
                };
                if let Some(reason) = reason {
                    let text = format!(
                        "evaluation of operator '{}'/1 will fail with a '{reason}' exception",
                        op.as_str()
                    );
                    self.useless("failed", e.span, text);
                }
            }
            ExprKind::Call(f, args) => {
                let Some((name, span)) = self.of_erlang(f, args.len()) else {
                    return;
                };
                let args: Vec<Term> = match args.iter().map(normalise).collect() {
                    Ok(args) => args,
                    Err(_) => return,
                };
                if call_fails(&name, &args) {
                    let text = format!(
                        "the call to {name}/{} will fail with a 'badarg' exception",
                        args.len()
                    );
                    self.useless("failed", span, text);
                }
            }
            _ => {}
        }
    }
}

fn is_integer(t: &Term) -> bool {
    matches!(t, Term::Int(_))
}

fn is_number(t: &Term) -> bool {
    matches!(t, Term::Int(_) | Term::Float(_))
}

fn is_boolean(t: &Term) -> bool {
    t.is_atom("true") || t.is_atom("false")
}

fn is_zero(t: &Term) -> bool {
    match t {
        Term::Int(i) => i.as_i64() == Some(0),
        Term::Float(f) => *f == 0.0,
        _ => false,
    }
}

fn binary_fails(op: BinOp, a: &Term, b: &Term) -> Option<&'static str> {
    let good = match op {
        BinOp::Add | BinOp::Sub | BinOp::Mul => is_number(a) && is_number(b),
        BinOp::FloatDiv => is_number(a) && is_number(b) && !is_zero(b),
        BinOp::Div | BinOp::Rem => is_integer(a) && is_integer(b) && !is_zero(b),
        BinOp::Band | BinOp::Bor | BinOp::Bxor | BinOp::Bsl | BinOp::Bsr => {
            is_integer(a) && is_integer(b)
        }
        BinOp::And | BinOp::Or | BinOp::Xor => {
            return (!is_boolean(a) || !is_boolean(b)).then_some("badarg");
        }
        BinOp::Append => return a.to_list().is_none().then_some("badarg"),
        BinOp::Subtract => {
            return (a.to_list().is_none() || b.to_list().is_none()).then_some("badarg");
        }
        _ => return None,
    };
    (!good).then_some("badarith")
}

fn call_fails(name: &str, args: &[Term]) -> bool {
    let [first, ..] = args else { return false };
    let list = first.to_list();
    match (name, args.len()) {
        ("hd" | "tl", 1) => match first {
            Term::Improper(..) => false,
            _ => list.is_none_or(|l| l.is_empty()),
        },
        ("length", 1) => list.is_none(),
        ("tuple_size", 1) => first.as_tuple().is_none(),
        ("atom_to_list", 1) => first.as_atom().is_none(),
        ("list_to_atom", 1) => list.is_none(),
        ("abs" | "round" | "trunc" | "ceil" | "floor" | "float", 1) => !is_number(first),
        ("element", 2) => match (args[1].as_tuple(), first.as_i64()) {
            (Some(t), Some(n)) => usize::try_from(n).map_or(true, |n| n == 0 || n > t.len()),
            _ => true,
        },
        _ => false,
    }
}
