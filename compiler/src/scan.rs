//! Scanner tokens as Erlang terms, for `erl_scan` and `erl_parse`: `{atom, Location, Name}`, `{'(', Location}`, `{dot, Location}`.

use crate::abstract_term::Term;
use crate::ast::{Expr, Int};
use crate::diagnostic::Diagnostic;
use crate::forms::Anno;
use crate::lexer::{Lexer, Tok, Token, Trivia, closing};
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

/// What a caller of [`scan`] wants beside the tokens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    pub white_space: bool,
    pub comments: bool,
    /// Each position becomes `[{text, Text}, {location, Location}]`.
    pub text: bool,
}

/// What a text is, to the scanner.
#[derive(Clone, Debug)]
pub enum Scanned {
    /// Tokens, the place behind them, and how many bytes were taken.
    Tokens(Vec<Term>, Term, usize),
    /// What is no token: where, what Erlang calls it, where scanning stopped, and how many bytes were taken.
    Bad(Term, Term, Term, usize),
    /// The text may go on: no full stop was seen.
    More,
}

/// Scans a whole text, or (`one_form`) up to the first full stop that is known to be one: with `last` the text is all there is.
#[must_use]
pub fn scan(text: &str, start: Start, wish: Wish, one_form: bool, last: bool) -> Scanned {
    let mut lexer = Lexer::at(text, FileId(0), start.line, start.column);
    let writer = Writer { text, start, wish };
    let mut out = Vec::new();
    // A full stop takes the white space behind it along.
    let mut skip = 0;
    while let Some(item) = lexer.next_with_trivia() {
        let token = match item {
            Ok(token) => token,
            Err((kind, span)) => {
                writer.trivia(kind, span, skip, &mut out);
                skip = 0;
                continue;
            }
        };
        let (from, to) = (token.span.start as usize, token.span.end as usize);
        match &token.tok {
            Tok::Error(why) => {
                if one_form && !last && may_go_on(why, &text[from..], to == text.len()) {
                    return Scanned::More;
                }
                // Behind an unfinished literal there is nothing; behind another mistake the text goes on.
                let (end, taken) = if why.starts_with("unterminated") {
                    (lexer.end_position(), text.len())
                } else {
                    let width = text[from..to].chars().count() as u32;
                    let column = token.span.column + width;
                    (
                        Span {
                            column,
                            ..token.span
                        },
                        to,
                    )
                };
                let what = error_term(why, &text[from..]);
                let at = writer.location(token.span);
                return Scanned::Bad(at, what, writer.location(end), taken);
            }
            Tok::Unknown(_) => out.push(Term::tuple([
                Term::atom(&text[from..to]),
                writer.anno(token.span, to),
            ])),
            Tok::Dot => {
                let after = text[to..].chars().next();
                if one_form && !last && after.is_none() {
                    return Scanned::More;
                }
                skip = after.filter(|c| *c != '%').map_or(0, char::len_utf8);
                out.push(writer.token(&token, to + skip));
                if one_form {
                    let rest = to + skip;
                    let end = end_of(&text[..rest], start);
                    return Scanned::Tokens(out, writer.location(end), rest);
                }
            }
            Tok::Int(_) | Tok::Var(_) | Tok::Atom(_) | Tok::SigilSuffix(_)
                if one_form && !last && to == text.len() =>
            {
                return Scanned::More;
            }
            _ => out.push(writer.token(&token, to)),
        }
    }
    if one_form && !last {
        return Scanned::More;
    }
    let end = writer.location(lexer.end_position());
    Scanned::Tokens(out, end, text.len())
}

/// Whether what is wrong where `text` begins may be the beginning of something good; `last` if nothing follows it.
fn may_go_on(why: &str, text: &str, last: bool) -> bool {
    let hex = |text: &str| {
        let digits = text.strip_prefix('{').unwrap_or(text);
        digits.chars().all(|c| c.is_ascii_hexdigit())
    };
    why.starts_with("unterminated")
        || last && text.ends_with(['#', 'e', 'E', '+', '-']) && why.starts_with("illegal ")
        || text.strip_prefix("$\\x").is_some_and(hex)
}

/// The place behind a text.
fn end_of(text: &str, start: Start) -> Span {
    Lexer::at(text, FileId(0), start.line, start.column).end_position()
}

/// How Erlang's scanner calls what the lexer found wrong where `text` begins.
fn error_term(why: &str, text: &str) -> Term {
    let quoted = |open: char, mark: char| {
        let inner = text.split_once(open).map_or("", |(_, inner)| inner);
        let first = inner.chars().take(16).collect::<String>();
        let text = first.strip_suffix('\\').unwrap_or(&first);
        let mark = i64::from(u32::from(mark));
        Term::tuple([Term::atom("string"), Term::int(mark), Term::string(text)])
    };
    if why.starts_with("unterminated string") {
        quoted('"', '"')
    } else if why.starts_with("unterminated atom") {
        quoted('\'', '\'')
    } else if why.starts_with("unterminated sigil") {
        let open = text
            .chars()
            .find(|c| !c.is_alphanumeric() && !"~_@".contains(*c));
        let (open, close) = open
            .and_then(|c| Some((c, closing(c)?)))
            .unwrap_or(('"', '"'));
        quoted(open, close)
    } else if why.starts_with("unterminated character") {
        Term::atom("char")
    } else if let Some(base) = why.strip_prefix("illegal base '") {
        let base = Int::parse(base.trim_end_matches('\''), 10).unwrap_or(Int::Small(0));
        Term::tuple([Term::atom("base"), Term::Int(base)])
    } else if let Some(what) = why.strip_prefix("illegal ").filter(|w| !w.contains(' ')) {
        Term::tuple([Term::atom("illegal"), Term::atom(what)])
    } else if why == "illegal control character" {
        Term::tuple([Term::atom("illegal"), Term::atom("character")])
    } else if why.starts_with("adjacent string literals") {
        Term::atom("string_concat")
    } else if why.starts_with("not white space after") {
        Term::atom("white_space")
    } else if why.starts_with("bad indentation") {
        Term::atom("indentation")
    } else {
        Term::tuple([Term::atom("scan"), Term::string(why)])
    }
}

/// Writes tokens as terms.
struct Writer<'t> {
    text: &'t str,
    start: Start,
    wish: Wish,
}

impl Writer<'_> {
    fn location(&self, span: Span) -> Term {
        location(span, self.start.anno)
    }

    /// The position of a token that ends at `to`.
    fn anno(&self, span: Span, to: usize) -> Term {
        let at = self.location(span);
        if !self.wish.text {
            return at;
        }
        let text = Term::string(&self.text[span.start as usize..to]);
        let part = |name: &str, value: Term| Term::tuple([Term::atom(name), value]);
        Term::List(vec![part("text", text), part("location", at)])
    }

    fn token(&self, token: &Token, to: usize) -> Term {
        with_anno(token, self.anno(token.span, to))
    }

    /// White space is cut before every end of line but the first character; `skip` bytes of it belong to a full stop.
    fn trivia(&self, kind: Trivia, mut span: Span, skip: usize, out: &mut Vec<Term>) {
        let to = span.end as usize;
        let mut push = |tag: &str, span: Span, to: usize| {
            let text = Term::string(&self.text[span.start as usize..to]);
            out.push(Term::tuple([Term::atom(tag), self.anno(span, to), text]));
        };
        match kind {
            Trivia::Comment if self.wish.comments => push("comment", span, to),
            Trivia::White if self.wish.white_space => {
                let mut at = span.start as usize;
                let step = |span: &mut Span, piece: &str| {
                    for c in piece.chars() {
                        if c == '\n' {
                            (span.line, span.column) = (span.line + 1, 1);
                        } else {
                            span.column += 1;
                        }
                    }
                    span.start += u32::try_from(piece.len()).unwrap_or(0);
                };
                let skipped = skip.min(to - at);
                step(&mut span, &self.text[at..at + skipped]);
                at += skipped;
                while at < to {
                    let first = self.text[at..].chars().next().map_or(1, char::len_utf8);
                    let more = self.text[at + first..to].find('\n');
                    let end = more.map_or(to, |n| at + first + n);
                    push("white_space", span, end);
                    step(&mut span, &self.text[at..end]);
                    at = end;
                }
            }
            Trivia::Comment | Trivia::White => {}
        }
    }
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

pub(crate) fn location(span: Span, anno: Anno) -> Term {
    match anno {
        Anno::Line => Term::int(span.line),
        Anno::LineColumn => Term::tuple([Term::int(span.line), Term::int(span.column)]),
    }
}

/// One token as a term.
pub(crate) fn token_to_term(t: &Token, anno: Anno) -> Term {
    with_anno(t, location(t.span, anno))
}

/// One token as a term with its position.
fn with_anno(t: &Token, at: Term) -> Term {
    let with = |tag: &str, value: Term| Term::tuple([Term::atom(tag), at.clone(), value]);
    match &t.tok {
        Tok::Atom(a) => with("atom", Term::Atom(a.clone())),
        Tok::Var(v) => with("var", Term::Atom(v.clone())),
        Tok::Int(i) => with("integer", Term::Int(i.clone())),
        Tok::Float(f) => with("float", Term::Float(*f)),
        Tok::Char(c) => with("char", Term::int(*c)),
        Tok::Str(s) => with("string", Term::string(s)),
        Tok::SigilPrefix(s) => with("sigil_prefix", Term::Atom(s.clone())),
        Tok::SigilSuffix(s) => with("sigil_suffix", Term::string(s)),
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

/// `Line`, `{Line, Column}`, or annotations with a `location`.
fn span(at: &Term, file: FileId) -> Option<Span> {
    let number = |t: &Term| t.as_i64().and_then(|n| u32::try_from(n).ok());
    Some(match at {
        Term::Tuple(parts) => match parts.as_slice() {
            [l, c] => Span::from_line(file, number(l)?, number(c)?),
            _ => return None,
        },
        Term::List(list) => {
            let location = list.iter().find_map(|t| match t.as_tuple()? {
                [tag, value] if tag.is_atom("location") => Some(value),
                _ => None,
            });
            span(location?, file)?
        }
        other => Span::from_line(file, number(other).unwrap_or(0), 0),
    })
}

fn from_term(t: &Term, file: FileId) -> Option<Token> {
    let (tag, at, value) = match t.as_tuple()? {
        [tag, at] => (tag.as_atom()?, at, None),
        [tag, at, value] => (tag.as_atom()?, at, Some(value)),
        _ => return None,
    };
    let span = span(at, file)?;
    let tok = match (&**tag, value) {
        ("atom", Some(v)) => Tok::Atom(v.as_atom()?.clone()),
        ("var", Some(v)) => Tok::Var(v.as_atom()?.clone()),
        ("integer", Some(Term::Int(i))) => Tok::Int(i.clone()),
        ("float", Some(Term::Float(f))) => Tok::Float(*f),
        ("char", Some(Term::Int(Int::Small(c)))) => Tok::Char(u32::try_from(*c).ok()?),
        ("string", Some(s)) => Tok::Str(s.to_text()?.into()),
        ("sigil_prefix", Some(s)) => Tok::SigilPrefix(s.as_atom()?.clone()),
        ("sigil_suffix", Some(s)) => Tok::SigilSuffix(s.to_text()?.into()),
        ("dot", None) => Tok::Dot,
        (fixed, None) => Tok::from_fixed(fixed)?,
        _ => return None,
    };
    Some(Token { tok, span })
}
