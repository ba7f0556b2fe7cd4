//! Terms that are written down as expressions which compute nothing: values of attributes, what `erl_parse:parse_term/1` reads.

use crate::abstract_term::Term;
use crate::ast::{BinElement, BinSpec, Expr, ExprKind, Int, UnOp};
use crate::diagnostic::Diagnostic;
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
            Ok(Term::Map(pairs))
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
        _ => Err(error(expr.span, "bad attribute")),
    }
}

/// `<<"text">>`, `<<"text"/utf8>>`, `<<1, 2:16>>`.
fn literal_binary(span: Span, elements: &[BinElement]) -> Read<Term> {
    let mut bytes = Vec::new();
    for element in elements {
        let utf8 = element
            .specs
            .iter()
            .any(|s| matches!(s, BinSpec::Word(w) if &**w == "utf8"));
        match &element.value.kind {
            ExprKind::Str(text) if utf8 => bytes.extend_from_slice(text.as_bytes()),
            ExprKind::Str(text) if element.size.is_none() && element.specs.is_empty() => {
                bytes.extend(text.chars().map(|c| c as u32 as u8))
            }
            ExprKind::Int(Int::Small(n)) if element.size.is_none() && element.specs.is_empty() => {
                bytes.push(*n as u8)
            }
            ExprKind::Int(Int::Small(n)) if element.specs.is_empty() => {
                let size = element.size.as_ref().map(|size| &size.kind);
                let Some(ExprKind::Int(Int::Small(bits @ (8 | 16 | 24 | 32 | 40 | 48 | 56 | 64)))) =
                    size
                else {
                    return Err(error(span, "bad term"));
                };
                bytes.extend_from_slice(&n.to_be_bytes()[8 - *bits as usize / 8..]);
            }
            _ => return Err(error(span, "bad term")),
        }
    }
    Ok(Term::Binary(bytes))
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
