//! Terms that are written down as expressions which compute nothing: values of attributes, what `erl_parse:parse_term/1` reads.

use transom_bytecode::Const;

use crate::abstract_term::Term;
use crate::ast::{BinElement, Expr, ExprKind, Int, UnOp};
use crate::core::pool::Pool;
use crate::diagnostic::Diagnostic;
use crate::lint::bits;
use crate::lower::binaries;
use crate::span::Span;

type Read<T> = Result<T, Diagnostic>;

fn error(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error("syntax", span, message)
}

/// The term an expression writes down, if it computes nothing.
///
/// # Errors
/// `bad attribute` at the part that is no literal.
pub fn normalise(expr: &Expr) -> Read<Term> {
    match &expr.kind {
        ExprKind::Atom(name) => Ok(Term::Atom(name.clone())),
        ExprKind::Int(int) => Ok(Term::Int(int.clone())),
        ExprKind::Float(f) => Ok(Term::Float(*f)),
        ExprKind::Char(c) => Ok(Term::int(i64::from(*c))),
        ExprKind::Str(text) => Ok(Term::Str(text.clone())),
        ExprKind::Nil => Ok(Term::nil()),
        ExprKind::List { elements, tail, .. } => list_term(elements, tail.as_deref(), normalise),
        ExprKind::Tuple(elements) => Ok(Term::Tuple(
            elements.iter().map(normalise).collect::<Read<_>>()?,
        )),
        ExprKind::Map { base: None, fields } => {
            let pairs = fields
                .iter()
                .map(|f| match f.exact {
                    true => Err(error(f.span, "bad attribute")),
                    false => Ok((normalise(&f.key)?, normalise(&f.value)?)),
                })
                .collect::<Read<Vec<_>>>()?;
            Ok(Term::Map(last_of_equals(pairs)))
        }
        // One sign may stand before a number that is written out, and before nothing else.
        ExprKind::Unary(sign, inner) => match (sign, &inner.kind) {
            (UnOp::Minus, ExprKind::Int(i)) => Ok(Term::Int(i.negate())),
            (UnOp::Minus, ExprKind::Float(f)) => Ok(Term::Float(-*f)),
            (UnOp::Minus, ExprKind::Char(c)) => Ok(Term::int(-i64::from(*c))),
            (UnOp::Plus, ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Char(_)) => {
                normalise(inner)
            }
            _ => Err(error(expr.span, "bad term")),
        },
        ExprKind::Bin(elements) => literal_binary(expr.span, elements),
        ExprKind::FunRemote(m, f, a) => match (m.as_atom(), f.as_atom(), &a.kind) {
            (Some(m), Some(f), ExprKind::Int(Int::Small(a @ 0..=255))) => {
                Ok(Term::ExportFun(m.clone(), f.clone(), *a as u8))
            }
            _ => Err(error(expr.span, "bad attribute")),
        },
        _ => Err(error(expr.span, "bad attribute")),
    }
}

/// Of equal keys the last counts.
fn last_of_equals(pairs: Vec<(Term, Term)>) -> Vec<(Term, Term)> {
    let mut kept: Vec<(Term, Term)> = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        match kept.iter_mut().find(|p| p.0 == key) {
            Some(pair) => pair.1 = value,
            None => kept.push((key, value)),
        }
    }
    kept
}

/// The bits of segments in which everything is written out.
fn literal_binary(span: Span, elements: &[BinElement]) -> Read<Term> {
    let plain = |e: &Expr| normalise(e).is_ok();
    let known = |el: &BinElement| {
        plain(&el.value) && el.size.as_ref().is_none_or(plain) && bits::segment_type(el).is_ok()
    };
    if elements.iter().all(known)
        && let Some(Const::Bits { bytes, last }) =
            binaries::literal_bits_within(&mut Pool::new(), elements, usize::MAX)
    {
        return Ok(match last {
            8 => Term::Binary(bytes),
            _ => Term::Bits(bytes, last),
        });
    }
    Err(error(span, "bad term"))
}

/// A list of elements that `each` reads.
///
/// # Errors
/// Those of `each`.
pub fn list_term(
    elements: &[Expr],
    tail: Option<&Expr>,
    each: fn(&Expr) -> Read<Term>,
) -> Read<Term> {
    let items: Vec<Term> = elements.iter().map(each).collect::<Read<_>>()?;
    match tail.map(each).transpose()? {
        None => Ok(Term::List(items)),
        Some(end) => Ok(match end.to_list() {
            Some(more) => Term::List(items.into_iter().chain(more).collect()),
            None => Term::Improper(items, Box::new(end)),
        }),
    }
}
