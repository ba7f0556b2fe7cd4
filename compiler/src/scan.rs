//! Scanner tokens as Erlang terms, for `erl_scan` and `erl_parse`: `{atom, Location, Name}`, `{'(', Location}`, `{dot, Location}`.

use crate::abstract_term::Term;
use crate::ast::{Expr, Int};
use crate::diagnostic::Diagnostic;
use crate::forms::Anno;
use crate::lexer::{Lexer, Tok, Token};
use crate::parser;
use crate::span::{FileId, Span};

/// Where scanning starts and how positions are written.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    pub line: u32,
    pub column: u32,
    pub anno: Anno,
}

impl Default for Start {
    fn default() -> Self {
        Start {
            line: 1,
            column: 1,
            anno: Anno::Line,
        }
    }
}

/// All tokens of a text and the place behind it.
///
/// # Errors
/// What is no token.
pub fn tokens(text: &str, start: Start) -> Result<(Vec<Term>, Term), Diagnostic> {
    let mut lexer = Lexer::at(text, FileId(0), start.line, start.column);
    let mut out = Vec::new();
    for t in lexer.by_ref() {
        if let Tok::Error(why) = &t.tok {
            return Err(Diagnostic::error("scan", t.span, why.to_string()));
        }
        out.push(to_term(&t, start.anno));
    }
    let end = location(lexer.end_position(), start.anno);
    Ok((out, end))
}

/// Expressions from text that ends with a full stop.
///
/// # Errors
/// The first thing wrong with it.
pub fn parse_exprs(text: &str, start: Start) -> Result<Vec<Expr>, Diagnostic> {
    let tokens: Vec<Token> = Lexer::at(text, FileId(0), start.line, start.column).collect();
    parser::parse_exprs(&tokens)
}

/// A term from text that ends with a full stop.
///
/// # Errors
/// The first thing wrong with it.
pub fn parse_term(text: &str, start: Start) -> Result<Term, Diagnostic> {
    let tokens: Vec<Token> = Lexer::at(text, FileId(0), start.line, start.column).collect();
    parser::parse_term(&tokens)
}

fn location(span: Span, anno: Anno) -> Term {
    match anno {
        Anno::Line => Term::int(span.line),
        Anno::LineColumn => Term::tuple([Term::int(span.line), Term::int(span.column)]),
    }
}

/// One token as a term.
#[must_use]
pub fn to_term(t: &Token, anno: Anno) -> Term {
    let at = location(t.span, anno);
    let with = |tag: &str, value: Term| Term::tuple([Term::atom(tag), at.clone(), value]);
    match &t.tok {
        Tok::Atom(a) => with("atom", Term::Atom(a.clone())),
        Tok::Var(v) => with("var", Term::Atom(v.clone())),
        Tok::Int(i) => with("integer", Term::Int(i.clone())),
        Tok::Float(f) => with("float", Term::Float(*f)),
        Tok::Char(c) => with("char", Term::int(*c)),
        Tok::Str(s) => with("string", Term::string(s)),
        Tok::Sigil(binary, s) => with(
            if *binary {
                "sigil_binary"
            } else {
                "sigil_string"
            },
            Term::string(s),
        ),
        Tok::Dot => Term::tuple([Term::atom("dot"), at]),
        other => Term::tuple([Term::atom(other.fixed().unwrap_or("error")), at]),
    }
}

/// Tokens from terms; positions go into `file`.
///
/// # Errors
/// The first term that is no token.
pub fn from_terms(terms: &[Term], file: FileId) -> Result<Vec<Token>, Term> {
    terms
        .iter()
        .map(|t| from_term(t, file).ok_or_else(|| t.clone()))
        .collect()
}

fn from_term(t: &Term, file: FileId) -> Option<Token> {
    let (tag, at, value) = match t.as_tuple()? {
        [tag, at] => (tag.as_atom()?, at, None),
        [tag, at, value] => (tag.as_atom()?, at, Some(value)),
        _ => return None,
    };
    let number = |t: &Term| t.as_i64().and_then(|n| u32::try_from(n).ok());
    let span = match at.as_tuple() {
        Some([l, c]) => Span::from_line(file, number(l)?, number(c)?),
        _ => Span::from_line(file, number(at).unwrap_or(0), 0),
    };
    let tok = match (&**tag, value) {
        ("atom", Some(v)) => Tok::Atom(v.as_atom()?.clone()),
        ("var", Some(v)) => Tok::Var(v.as_atom()?.clone()),
        ("integer", Some(Term::Int(i))) => Tok::Int(i.clone()),
        ("float", Some(Term::Float(f))) => Tok::Float(*f),
        ("char", Some(Term::Int(Int::Small(c)))) => Tok::Char(u32::try_from(*c).ok()?),
        ("string", Some(s)) => Tok::Str(s.to_text()?.into()),
        ("sigil_binary", Some(s)) => Tok::Sigil(true, s.to_text()?.into()),
        ("sigil_string", Some(s)) => Tok::Sigil(false, s.to_text()?.into()),
        ("dot", None) => Tok::Dot,
        (fixed, None) => Tok::from_fixed(fixed)?,
        _ => return None,
    };
    Some(Token { tok, span })
}
