//! Evaluating `-if` and `-elif`: a guard over constants and `defined(NAME)`. What conditions usually are, tests of names and comparisons of small
//! numbers, is evaluated here; any other guard is evaluated by Erlang, through the [`Host`]. As with Erlang, an expression that fails or is not
//! `true` counts as false; one that is no guard is an error of the caller.

use crate::advice::syntax_error;
use crate::ast::{BinOp, Expr, ExprKind, Int, Name, UnOp};
use crate::diagnostic::Diagnostic;
use crate::forms::{Anno, exprs_to_terms};
use crate::host::Host;
use crate::lexer::{Tok, Token};
use crate::lint;
use crate::parser::parse_exprs;
use crate::span::Span;

/// What makes a directive no condition.
pub(super) enum Odd {
    /// It cannot be read as one.
    Syntax(Diagnostic),
    /// No parenthesis follows, but what stands here.
    NoParenthesis(Span),
    /// It is an expression, but no guard.
    NoGuard,
}

impl From<Diagnostic> for Odd {
    fn from(d: Diagnostic) -> Odd {
        Odd::Syntax(d)
    }
}

/// The value of the condition `(Expr).`.
pub(super) fn evaluate(
    tokens: &[Token],
    host: &dyn Host,
    defined: &dyn Fn(&str) -> bool,
) -> Result<bool, Odd> {
    let mut guard = read(tokens)?;
    if !prepare(&mut guard, defined) {
        return Err(Odd::NoGuard);
    }
    Ok(match eval(&guard) {
        Ok(value) => value == Value::Atom("true".into()),
        Err(Stop::Failed) => false,
        Err(Stop::Unknown) => {
            let term = exprs_to_terms(std::slice::from_ref(&guard), Anno::Line).pop();
            term.and_then(|t| host.condition(t)).unwrap_or(false)
        }
    })
}

/// The expression between the parentheses.
fn read(tokens: &[Token]) -> Result<Expr, Odd> {
    let [open, inner @ .., close, dot] = tokens else {
        let at = tokens.first().map(|t| t.span).unwrap_or_default();
        return Err(Odd::NoParenthesis(at));
    };
    if open.tok != Tok::LParen {
        return Err(Odd::NoParenthesis(open.span));
    }
    if inner.is_empty() || close.tok != Tok::RParen {
        return Err(syntax_error(tokens, tokens.len() - 2).into());
    }
    let end = Token {
        tok: Tok::Dot,
        span: close.span,
    };
    let mut exprs = parse_exprs(&[inner, std::slice::from_ref(&end)].concat()).map_err(|d| {
        // What is missing before the end is missing before the parenthesis.
        let at_end = d.span == Some(close.span) && dot.tok == Tok::Dot;
        match at_end {
            true => syntax_error(tokens, tokens.len() - 2),
            false => d,
        }
    })?;
    if let Some(second) = exprs.get(1) {
        let behind = |t: &Token| t.span.start >= second.span.start;
        let at = tokens.iter().position(behind).unwrap_or(1);
        return Err(syntax_error(tokens, at.saturating_sub(1)).into());
    }
    exprs.pop().ok_or(Odd::NoGuard)
}

/// Puts `true` or `false` in the place of `defined(NAME)`. False if the expression is no guard: a record is none, for none is known here.
fn prepare(e: &mut Expr, defined: &dyn Fn(&str) -> bool) -> bool {
    let all = |es: &mut [Expr]| es.iter_mut().all(|e| prepare(e, defined));
    match &mut e.kind {
        ExprKind::Atom(_)
        | ExprKind::Var(_)
        | ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Char(_)
        | ExprKind::Str(_)
        | ExprKind::Nil => true,
        ExprKind::List { elements, tail, .. } => {
            all(elements) && tail.as_deref_mut().is_none_or(|t| prepare(t, defined))
        }
        ExprKind::Tuple(elements) => all(elements),
        ExprKind::Map { base, fields } => {
            base.as_deref_mut().is_none_or(|b| prepare(b, defined))
                && fields
                    .iter_mut()
                    .all(|f| prepare(&mut f.key, defined) && prepare(&mut f.value, defined))
        }
        ExprKind::Bin(elements) => elements.iter_mut().all(|e| {
            prepare(&mut e.value, defined)
                && e.size.as_mut().is_none_or(|size| prepare(size, defined))
        }),
        ExprKind::Unary(_, a) => prepare(a, defined),
        ExprKind::Binary(op, a, b) => {
            lint::is_guard_operator(*op) && prepare(a, defined) && prepare(b, defined)
        }
        ExprKind::Call(f, args) => {
            if let (Some("defined"), [name]) = (f.as_atom().map(|a| &**a), args.as_slice()) {
                let Some(name) = name.as_atom().or(name.as_var()) else {
                    return false;
                };
                let is = if defined(name) { "true" } else { "false" };
                *e = Expr::new(e.span, ExprKind::Atom(is.into()));
                return true;
            }
            // A function that is not there is no reason to complain: the guard fails.
            let unknown = f.as_atom().is_some_and(|f| !lint::is_bif(f, args.len()));
            (unknown || lint::is_guard_function(f, args.len())) && all(args)
        }
        _ => false,
    }
}

/// The values that are worked with here.
#[derive(PartialEq)]
enum Value {
    Atom(Name),
    Int(i64),
    Str(Name),
}

enum Stop {
    Failed,
    /// There is more to it than is known here.
    Unknown,
}

type Found = Result<Value, Stop>;

fn truth(b: bool) -> Found {
    Ok(Value::Atom(if b { "true" } else { "false" }.into()))
}

fn bool_of(e: &Expr) -> Result<bool, Stop> {
    match eval(e)? {
        Value::Atom(a) if &*a == "true" => Ok(true),
        Value::Atom(a) if &*a == "false" => Ok(false),
        _ => Err(Stop::Failed),
    }
}

fn eval(e: &Expr) -> Found {
    match &e.kind {
        ExprKind::Atom(a) => Ok(Value::Atom(a.clone())),
        ExprKind::Int(Int::Small(i)) => Ok(Value::Int(*i)),
        ExprKind::Char(c) => Ok(Value::Int(i64::from(*c))),
        ExprKind::Str(s) => Ok(Value::Str(s.clone())),
        ExprKind::Var(_) => Err(Stop::Failed),
        ExprKind::Unary(UnOp::Not, a) => truth(!bool_of(a)?),
        ExprKind::Binary(BinOp::AndAlso, a, _) if !bool_of(a)? => truth(false),
        ExprKind::Binary(BinOp::OrElse, a, _) if bool_of(a)? => truth(true),
        ExprKind::Binary(BinOp::AndAlso | BinOp::OrElse, _, b) => eval(b),
        // Both sides count, and both are looked at.
        ExprKind::Binary(BinOp::And, a, b) => truth(bool_of(a)? & bool_of(b)?),
        ExprKind::Binary(BinOp::Or, a, b) => truth(bool_of(a)? | bool_of(b)?),
        ExprKind::Binary(BinOp::Xor, a, b) => truth(bool_of(a)? != bool_of(b)?),
        ExprKind::Binary(op, a, b) => compare(*op, &eval(a)?, &eval(b)?),
        _ => Err(Stop::Unknown),
    }
}

fn compare(op: BinOp, a: &Value, b: &Value) -> Found {
    let order = match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Atom(a), Value::Atom(b)) => a.cmp(b),
        (Value::Str(a), Value::Str(b)) => a.cmp(b),
        _ => return Err(Stop::Unknown),
    };
    truth(match op {
        BinOp::Eq | BinOp::EqExact => order.is_eq(),
        BinOp::Ne | BinOp::NeExact => order.is_ne(),
        BinOp::Lt => order.is_lt(),
        BinOp::Le => order.is_le(),
        BinOp::Gt => order.is_gt(),
        BinOp::Ge => order.is_ge(),
        _ => return Err(Stop::Unknown),
    })
}
