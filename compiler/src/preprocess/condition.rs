//! Evaluating `-if` and `-elif`: a small part of Erlang's guards over constants and `defined(NAME)`. As with Erlang, an
//! expression that fails or is not `true` counts as false; one that is no expression is an error of the caller.

use crate::abstract_term::Term;
use crate::advice::syntax_error;
use crate::ast::{BinOp, Expr, ExprKind, Int, UnOp};
use crate::diagnostic::Diagnostic;
use crate::lexer::{Tok, Token};
use crate::parser::parse_exprs;
use std::cmp::Ordering;

/// The value of the condition `(Expr).`; the syntax error if it is none.
pub(super) fn evaluate(
    tokens: &[Token],
    defined: &dyn Fn(&str) -> bool,
) -> Result<bool, Diagnostic> {
    let [open, inner @ .., close, dot] = tokens else {
        return Err(syntax_error(tokens, 0));
    };
    if open.tok != Tok::LParen {
        return Err(syntax_error(tokens, 0));
    }
    if inner.is_empty() || close.tok != Tok::RParen {
        return Err(syntax_error(tokens, tokens.len() - 2));
    }
    let end = Token {
        tok: Tok::Dot,
        span: close.span,
    };
    let exprs = parse_exprs(&[inner, std::slice::from_ref(&end)].concat()).map_err(|d| {
        // What is missing before the end is missing before the parenthesis.
        let at_end = d.span == Some(close.span) && dot.tok == Tok::Dot;
        match at_end {
            true => syntax_error(tokens, tokens.len() - 2),
            false => d,
        }
    })?;
    match exprs.as_slice() {
        [e] => Ok(eval(e, defined).is_some_and(|t| t.is_atom("true"))),
        _ => {
            let second = exprs.get(1).map(|e| e.span.start);
            let behind = tokens.iter().position(|t| Some(t.span.start) >= second);
            Err(syntax_error(tokens, behind.unwrap_or(1).saturating_sub(1)))
        }
    }
}

fn truth(b: bool) -> Option<Term> {
    Some(Term::atom(if b { "true" } else { "false" }))
}

fn as_bool(t: &Term) -> Option<bool> {
    match &**t.as_atom()? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn eval(e: &Expr, defined: &dyn Fn(&str) -> bool) -> Option<Term> {
    let sub = |e: &Expr| eval(e, defined);
    match &e.kind {
        ExprKind::Atom(a) => Some(Term::Atom(a.clone())),
        ExprKind::Int(i) => Some(Term::Int(i.clone())),
        ExprKind::Float(f) => Some(Term::Float(*f)),
        ExprKind::Char(c) => Some(Term::int(*c)),
        ExprKind::Str(s) => Some(Term::string(s)),
        ExprKind::Nil => Some(Term::nil()),
        ExprKind::Tuple(es) => Some(Term::Tuple(es.iter().map(sub).collect::<Option<_>>()?)),
        ExprKind::List {
            elements,
            tail: None,
            ..
        } => Some(Term::List(elements.iter().map(sub).collect::<Option<_>>()?)),
        ExprKind::Unary(op, a) => {
            let a = sub(a)?;
            match (op, &a) {
                (UnOp::Not, _) => truth(!as_bool(&a)?),
                (UnOp::Minus, Term::Int(i)) => Some(Term::Int(i.negate())),
                (UnOp::Minus, Term::Float(f)) => Some(Term::Float(-f)),
                (UnOp::Bnot, Term::Int(Int::Small(i))) => Some(Term::int(!i)),
                (UnOp::Plus, Term::Int(_) | Term::Float(_)) => Some(a),
                _ => None,
            }
        }
        ExprKind::Binary(BinOp::AndAlso, a, b) => {
            if as_bool(&sub(a)?)? {
                sub(b)
            } else {
                truth(false)
            }
        }
        ExprKind::Binary(BinOp::OrElse, a, b) => {
            if as_bool(&sub(a)?)? {
                truth(true)
            } else {
                sub(b)
            }
        }
        ExprKind::Binary(op, a, b) => binary(*op, &sub(a)?, &sub(b)?),
        ExprKind::Call(f, args) => match (f.as_atom().map(|a| &**a), args.as_slice()) {
            (Some("defined"), [a]) => truth(defined(a.as_atom().or(a.as_var())?)),
            (Some(test), [a]) => type_test(test, &sub(a)?),
            _ => None,
        },
        _ => None,
    }
}

fn type_test(test: &str, t: &Term) -> Option<Term> {
    let is = match test {
        "is_atom" => matches!(t, Term::Atom(_)),
        "is_integer" => matches!(t, Term::Int(_)),
        "is_float" => matches!(t, Term::Float(_)),
        "is_number" => matches!(t, Term::Int(_) | Term::Float(_)),
        "is_list" => matches!(t, Term::List(_) | Term::Str(_)),
        "is_tuple" => matches!(t, Term::Tuple(_)),
        "is_boolean" => as_bool(t).is_some(),
        "length" => return Some(Term::int(i64::try_from(t.to_list()?.len()).ok()?)),
        _ => return None,
    };
    truth(is)
}

fn number(t: &Term) -> Option<f64> {
    match t {
        Term::Int(Int::Small(i)) => Some(*i as f64),
        Term::Float(f) => Some(*f),
        _ => None,
    }
}

fn binary(op: BinOp, a: &Term, b: &Term) -> Option<Term> {
    if let (Term::Int(Int::Small(x)), Term::Int(Int::Small(y))) = (a, b) {
        let shift = u32::try_from(*y).ok();
        let v = match op {
            BinOp::Add => x.checked_add(*y)?,
            BinOp::Sub => x.checked_sub(*y)?,
            BinOp::Mul => x.checked_mul(*y)?,
            BinOp::Div => x.checked_div(*y)?,
            BinOp::Rem => x.checked_rem(*y)?,
            BinOp::Band => x & y,
            BinOp::Bor => x | y,
            BinOp::Bxor => x ^ y,
            BinOp::Bsl => x.checked_shl(shift?)?,
            BinOp::Bsr => x.checked_shr(shift?)?,
            _ => return compare(op, x.cmp(y), x == y),
        };
        return Some(Term::int(v));
    }
    match op {
        BinOp::And => truth(as_bool(a)? && as_bool(b)?),
        BinOp::Or => truth(as_bool(a)? || as_bool(b)?),
        BinOp::Xor => truth(as_bool(a)? != as_bool(b)?),
        BinOp::FloatDiv => Some(Term::Float(number(a)? / number(b)?)),
        BinOp::EqExact => truth(a == b),
        BinOp::NeExact => truth(a != b),
        _ => {
            let order = match (number(a), number(b), a, b) {
                (Some(x), Some(y), _, _) => x.partial_cmp(&y)?,
                (_, _, Term::Atom(x), Term::Atom(y)) => x.cmp(y),
                (_, _, Term::Str(x), Term::Str(y)) => x.cmp(y),
                _ if a == b => Ordering::Equal,
                _ => rank(a).cmp(&rank(b)),
            };
            compare(op, order, order == Ordering::Equal)
        }
    }
}

/// Numbers before atoms before tuples before maps before lists before binaries.
fn rank(t: &Term) -> u8 {
    match t {
        Term::Int(_) | Term::Float(_) => 0,
        Term::Atom(_) => 1,
        Term::Tuple(_) => 2,
        Term::Map(_) => 3,
        Term::Str(_) | Term::List(_) | Term::Improper(..) => 4,
        Term::Binary(_) => 5,
    }
}

fn compare(op: BinOp, order: Ordering, same: bool) -> Option<Term> {
    let is = match op {
        BinOp::Eq | BinOp::EqExact => same,
        BinOp::Ne | BinOp::NeExact => !same,
        BinOp::Lt => order.is_lt(),
        BinOp::Le => order.is_le(),
        BinOp::Gt => order.is_gt(),
        BinOp::Ge => order.is_ge(),
        _ => return None,
    };
    truth(is)
}
