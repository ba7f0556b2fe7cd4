//! The lexer: text to tokens. It never stops and never fails: what is no token becomes [`Tok::Error`] and the
//! form it stands in is answered by one diagnostic. It knows nothing of macros or grammar.

pub mod literal;
mod raw;
mod sigil;
mod token;

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use logos::Logos;
use transom_pretty::{Encoding, quoted};

use crate::ast::{Int, Name};
use crate::span::{FileId, Span};
use raw::Raw;
pub use sigil::closing;
pub use token::{Tok, Token};

/// White space and comments, kept on demand for tools that want the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trivia {
    White,
    Comment,
}

/// Converts source bytes to text: UTF-8, or Latin-1 if the text says so in a `coding:` comment in its first two lines, or
/// where the bytes are no UTF-8 (then `false` tells that the caller should complain).
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let latin1 = || bytes.iter().map(|b| char::from(*b)).collect::<String>();
    if declared_latin1(bytes) {
        return (latin1(), true);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), true),
        Err(_) => (latin1(), false),
    }
}

fn declared_latin1(bytes: &[u8]) -> bool {
    bytes.split(|b| *b == b'\n').take(2).any(|line| {
        let line = String::from_utf8_lossy(line).to_ascii_lowercase();
        if !line.trim_start().starts_with('%') {
            return false;
        }
        line.find("coding").is_some_and(|at| {
            let rest = line[at + 6..].trim_start();
            let rest = rest.strip_prefix([':', '=']).unwrap_or("").trim_start();
            rest.starts_with("latin-1")
                || rest.starts_with("latin1")
                || rest.starts_with("iso-8859-1")
        })
    })
}

/// The lexer over one text.
pub struct Lexer<'t> {
    text: &'t str,
    raw: logos::SpannedIter<'t, Raw>,
    file: FileId,
    names: HashSet<Name>,
    /// The string and the suffix of a sigil whose prefix was given.
    waiting: VecDeque<Token>,
    /// Where counting of lines stands.
    at: usize,
    line: u32,
    column: u32,
}

impl<'t> Lexer<'t> {
    /// Starts at the top of a file; a first line `#!...` is skipped.
    #[must_use]
    pub fn new(text: &'t str, file: FileId) -> Lexer<'t> {
        let mut lexer = Lexer::at(text, file, 1, 1);
        if text.starts_with("#!") {
            let end = text.find('\n').unwrap_or(text.len());
            lexer.advance(end);
            lexer.raw = Raw::lexer(text).spanned();
            lexer.raw.bump(end);
        }
        lexer
    }

    /// Starts at a given line and column.
    #[must_use]
    pub fn at(text: &'t str, file: FileId, line: u32, column: u32) -> Lexer<'t> {
        let raw = Raw::lexer(text).spanned();
        Lexer {
            text,
            raw,
            file,
            names: HashSet::new(),
            waiting: VecDeque::new(),
            at: 0,
            line,
            column,
        }
    }

    /// The place behind the last token given.
    #[must_use]
    pub fn here(&self) -> Span {
        let at = u32::try_from(self.at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: at,
            end: at,
            line: self.line,
            column: self.column,
        }
    }

    /// The place where the text ends.
    #[must_use]
    pub fn end_position(&mut self) -> Span {
        self.advance(self.text.len());
        self.here()
    }

    fn advance(&mut self, to: usize) {
        for c in self.text[self.at..to].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = to;
    }

    fn name(&mut self, text: &str) -> Name {
        if let Some(n) = self.names.get(text) {
            return n.clone();
        }
        let name: Name = text.into();
        self.names.insert(name.clone());
        name
    }

    /// The next token, or white space or comment.
    pub fn next_with_trivia(&mut self) -> Option<Result<Token, (Trivia, Span)>> {
        if let Some(token) = self.waiting.pop_front() {
            return Some(Ok(token));
        }
        let (raw, range) = self.raw.next()?;
        self.advance(range.start);
        let span = Span {
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
            ..self.here()
        };
        let text = &self.text[range.clone()];
        let token = match raw {
            Ok(Raw::White) => return Some(Err((Trivia::White, span))),
            Ok(Raw::Comment) => return Some(Err((Trivia::Comment, span))),
            Ok(Raw::Triple) => Token {
                tok: triple(text),
                span,
            },
            Ok(Raw::Dot) => Token {
                tok: self.dot(range.end),
                span,
            },
            Ok(Raw::Sigil) => self.sigil(range.clone(), span),
            Ok(kind) => {
                let tok = self.value(kind, text);
                let span = match (kind, &tok) {
                    (_, Tok::Error(why)) if why.starts_with("unterminated") => span,
                    (Raw::Str | Raw::QuotedAtom, Tok::Error(_)) => at_escape(text, span),
                    (Raw::Based, Tok::Error(why)) => odd_base(text, why, span),
                    _ => span,
                };
                Token { tok, span }
            }
            Err(()) => Token {
                tok: no_token(text),
                span,
            },
        };
        Some(Ok(self.not_adjacent(token, range.end)))
    }

    /// A string that the next one follows without white space is an error at the next one's place, since OTP 27: it might be meant as a triple-quoted one.
    fn not_adjacent(&mut self, token: Token, end: usize) -> Token {
        if !matches!(token.tok, Tok::Str(_)) || !self.text[end..].starts_with('"') {
            return token;
        }
        self.advance(end);
        Token {
            tok: Tok::Error("adjacent string literals without intervening white space".into()),
            span: Span {
                end: u32::try_from(end + 1).unwrap_or(u32::MAX),
                ..self.here()
            },
        }
    }

    /// The prefix of a sigil; its string and its suffix wait.
    fn sigil(&mut self, range: Range<usize>, span: Span) -> Token {
        let parts = match sigil::parts(&self.text[range.start..]) {
            Ok(parts) => parts,
            Err(why) => {
                let unfinished = why == "unterminated sigil";
                let tok = match unfinished {
                    true => unterminated("sigil", &self.text[range.start + 1..]),
                    false => Tok::Error(why.into()),
                };
                return Token { tok, span };
            }
        };
        let prefix = Tok::SigilPrefix(self.name(parts.prefix));
        let suffix = Tok::SigilSuffix(self.name(parts.suffix));
        let string = match parts.content {
            Ok(content) => Tok::Str(content.into()),
            Err(why) => Tok::Error(why.into()),
        };
        let ends = [parts.string.start, parts.string.end, range.len()];
        let mut part = |tok, end| {
            let here = self.here();
            self.advance(range.start + end);
            let end = self.here().start;
            let span = Span { end, ..here };
            Token { tok, span }
        };
        let prefix = part(prefix, ends[0]);
        let rest = [part(string, ends[1]), part(suffix, ends[2])];
        self.waiting.extend(rest);
        prefix
    }

    fn dot(&self, end: usize) -> Tok {
        match self.text[end..].chars().next() {
            None | Some('%' | '\0'..=' ' | '\u{80}'..='\u{a0}') => Tok::Dot,
            Some(_) => Tok::Point,
        }
    }

    fn value(&mut self, kind: Raw, text: &str) -> Tok {
        match kind {
            Raw::Word => match Tok::from_fixed(text) {
                Some(t) => t,
                None if is_long(text) => illegal("atom"),
                None => Tok::Atom(self.name(text)),
            },
            Raw::Var if is_long(text) => illegal("var"),
            Raw::Var => Tok::Var(self.name(text)),
            Raw::Int => Int::parse(text, 10).map_or_else(|| illegal("integer"), Tok::Int),
            Raw::Based => based(text),
            Raw::Float => match text.replace('_', "").parse::<f64>() {
                Ok(v) if v.is_finite() => Tok::Float(v),
                _ => illegal("float"),
            },
            Raw::Char => character(&text[1..]),
            Raw::QuotedAtom => self.quoted_atom(text),
            Raw::Str => match string(text) {
                Tok::Error(_) if closed(text, 1, '"').is_none() => {
                    unterminated("string", &self.text[self.at + 1..])
                }
                tok => tok,
            },
            Raw::Punct => Tok::from_fixed(text).unwrap_or_else(|| illegal("character")),
            Raw::White | Raw::Comment | Raw::Triple | Raw::Sigil | Raw::Dot => illegal("character"),
        }
    }

    fn quoted_atom(&mut self, text: &str) -> Tok {
        let Some(body) = closed(text, 1, '\'') else {
            return unterminated("atom", &self.text[self.at + 1..]);
        };
        match literal::unquote(body) {
            Ok(name) if is_long(&name) => illegal("atom"),
            Ok(name) => Tok::Atom(self.name(&name)),
            Err(e) => Tok::Error(e.into()),
        }
    }
}

/// Three quotes and more begin a triple-quoted string, whose text begins on the next line.
fn triple(text: &str) -> Tok {
    let quotes = text.len() - text.trim_start_matches('"').len();
    let rest = &text[quotes..];
    let first = rest.split('\n').next().unwrap_or_default();
    if !first.chars().all(char::is_whitespace) {
        return Tok::Error("not white space after start of triple-quoted string".into());
    }
    match rest.strip_suffix(&text[..quotes]).map(literal::triple_text) {
        Some(Ok(s)) => Tok::Str(s.into()),
        Some(Err(e)) => Tok::Error(e.into()),
        None => unterminated("string", rest),
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            match self.next_with_trivia()? {
                Ok(t) => return Some(t),
                Err(_) => continue,
            }
        }
    }
}

/// What is wrong of an integer with a base: the base, or that no digit is behind it.
fn odd_base(text: &str, why: &str, span: Span) -> Span {
    let base = text.find('#').unwrap_or(text.len());
    let len = if why.starts_with("illegal base") {
        base
    } else {
        base + 1
    };
    let end = span.start + u32::try_from(len).unwrap_or(u32::MAX);
    Span { end, ..span }
}

/// The place of the escape that makes a quoted text illegal; of the text itself if it is not that.
fn at_escape(text: &str, span: Span) -> Span {
    let Some(at) = literal::bad_escape(&text[1..]) else {
        return span;
    };
    let len = literal::escape_len(&text[at + 1..]);
    let before = &text[..at + 1];
    let lines = before.matches('\n').count();
    let tail = before.rsplit('\n').next().unwrap_or("").chars().count();
    let column = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span {
        start: span.start + column(before.len()),
        end: span.start + column(before.len() + len),
        line: span.line + column(lines),
        column: match lines {
            0 => span.column + column(tail),
            _ => 1 + column(tail),
        },
        ..span
    }
}

/// What nothing begins with.
fn no_token(text: &str) -> Tok {
    let mut signs = text.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if sign <= '\u{ff}' => Tok::Unknown(sign),
        _ => illegal("character"),
    }
}

/// More characters than a name may have.
fn is_long(name: &str) -> bool {
    name.len() > 255 && name.chars().count() > 255
}

fn illegal(what: &str) -> Tok {
    Tok::Error(format!("illegal {what}").into())
}

fn unterminated(what: &str, text: &str) -> Tok {
    let start: String = text.chars().take(16).collect();
    let start = match what {
        "atom" => quoted(&start, '\'', Encoding::Unicode),
        _ => crate::abstract_term::quote_string(&start),
    };
    Tok::Error(format!("unterminated {what} starting with {start}").into())
}

/// The text between the marks if the closing one is really there.
fn closed(text: &str, open: usize, close: char) -> Option<&str> {
    let body = &text[open..];
    match literal::quoted_len(body, close, true) {
        Some(n) if n == body.len() => Some(&body[..n - close.len_utf8()]),
        _ => None,
    }
}

fn string(text: &str) -> Tok {
    match closed(text, 1, '"').map(literal::unquote) {
        Some(Ok(s)) => Tok::Str(s.into()),
        Some(Err(e)) => Tok::Error(e.into()),
        None => unterminated("string", &text[1..]),
    }
}

fn based(text: &str) -> Tok {
    let (base, digits) = text.split_once('#').unwrap_or((text, ""));
    match base.replace('_', "").parse::<u32>() {
        Ok(base) if (2..=36).contains(&base) && digits.is_empty() => illegal("integer"),
        Ok(base) if (2..=36).contains(&base) => {
            Int::parse(digits, base).map_or_else(|| illegal("integer"), Tok::Int)
        }
        _ => Tok::Error(format!("illegal base '{base}'").into()),
    }
}

fn character(text: &str) -> Tok {
    let mut chars = text.chars();
    let value = match chars.next() {
        Some('\\') if matches!(chars.as_str(), "" | "^") => Err("unterminated character".into()),
        Some('\\') => literal::unescape(chars.as_str()).map(|(c, _)| c),
        Some(c) => Ok(c),
        None => Err("unterminated character".to_string()),
    };
    value.map_or_else(|e| Tok::Error(e.into()), |c| Tok::Char(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toks(text: &str) -> Vec<Tok> {
        Lexer::new(text, FileId(0)).map(|t| t.tok).collect()
    }

    #[test]
    fn numbers_and_dots() {
        let expected = [
            Tok::Int(Int::Small(1)),
            Tok::DotDot,
            Tok::Int(Int::Small(2)),
            Tok::Dot,
        ];
        assert_eq!(toks("1..2."), expected);
        assert_eq!(
            toks("16#F_f 1.5e3 1_000"),
            [
                Tok::Int(Int::Small(255)),
                Tok::Float(1500.0),
                Tok::Int(1000.into())
            ]
        );
        assert_eq!(
            toks("a.b. %x"),
            [
                Tok::Atom("a".into()),
                Tok::Point,
                Tok::Atom("b".into()),
                Tok::Dot
            ]
        );
        assert_eq!(
            toks("1.e"),
            [Tok::Int(1.into()), Tok::Point, Tok::Atom("e".into())]
        );
    }

    #[test]
    fn quotes() {
        assert_eq!(toks(r#""a" "" "" 'b c' $\n $ "#).len(), 6);
        for (text, why) in [
            (r#""a""b"."#, "adjacent string literals"),
            (r#" """ x"#, "not white space"),
            ("\"\"\"abc\".", "not white space"),
            ("\"\"\"\n  x\n  \"\"\"\"y\".", "adjacent string literals"),
        ] {
            let first = toks(text).into_iter().find_map(|t| match t {
                Tok::Error(e) => Some(e),
                _ => None,
            });
            let expected = first.as_ref().is_some_and(|e| e.contains(why));
            assert!(expected, "{text}: {first:?}");
        }
        assert_eq!(
            toks("\"\"\"\n  x\n  \"\"\"."),
            [Tok::Str("x".into()), Tok::Dot]
        );
        assert_eq!(
            toks(r#"~"a" ~s(b\n)x ~S[\n]"#),
            [
                Tok::SigilPrefix("".into()),
                Tok::Str("a".into()),
                Tok::SigilSuffix("".into()),
                Tok::SigilPrefix("s".into()),
                Tok::Str("b\n".into()),
                Tok::SigilSuffix("x".into()),
                Tok::SigilPrefix("S".into()),
                Tok::Str("\\n".into()),
                Tok::SigilSuffix("".into()),
            ]
        );
    }

    #[test]
    fn errors_do_not_stop_it() {
        let t = toks("a \"abc\nb. \u{2603} c.");
        assert!(matches!(t[1], Tok::Error(_)));
        assert_eq!(t.last(), Some(&Tok::Dot));
    }

    #[test]
    fn columns_count_characters() {
        let t: Vec<_> = Lexer::new("\"åä\" b\n  c", FileId(0))
            .map(|t| (t.span.line, t.span.column))
            .collect();
        assert_eq!(t, [(1, 1), (1, 6), (2, 3)]);
    }
}
