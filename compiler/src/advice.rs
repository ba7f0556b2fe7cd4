//! Syntax errors in Erlang's words, with what was probably meant.

use crate::diagnostic::Diagnostic;
use crate::lexer::{Tok, Token};
use crate::span::Span;

/// The diagnostic for a form whose token `at` does not fit.
pub fn syntax_error(tokens: &[Token], at: usize) -> Diagnostic {
    let Some(bad) = tokens.get(at).or(tokens.last()) else {
        return Diagnostic::error("syntax", Span::default(), "syntax error before: ");
    };
    let message = format!("syntax error before: {}", bad.tok.describe());
    let d = Diagnostic::error("syntax", bad.span, message);
    let before = at
        .checked_sub(1)
        .and_then(|i| tokens.get(i))
        .map(|t| &t.tok);
    if let Some(hint) = wrong_operator(before, &bad.tok, tokens.get(at + 1).map(|t| &t.tok)) {
        return d.with_hint(hint);
    }
    if let Some(hint) = separator(before, &bad.tok) {
        return d.with_hint(hint);
    }
    if new_form(tokens, at) {
        return d.with_hint("is the full stop at the end of the form before this line missing?");
    }
    match unclosed(&tokens[..at.min(tokens.len())]) {
        Some(open) if ends_something(&bad.tok) => {
            let word = open.tok.fixed().unwrap_or_default();
            let close = closer(&open.tok)
                .and_then(|t| t.fixed())
                .unwrap_or_default();
            let hint = format!("'{word}' needs its '{close}' first");
            d.with_note(Some(open.span), format!("this '{word}' is not closed"))
                .with_hint(hint)
        }
        _ => d,
    }
}

fn wrong_operator(before: Option<&Tok>, bad: &Tok, after: Option<&Tok>) -> Option<&'static str> {
    match (before, bad, after) {
        (Some(Tok::Bang), Tok::Eq, _) | (_, Tok::Bang, Some(Tok::Eq)) => {
            Some("unequal is written /= or =/=")
        }
        (_, Tok::LDoubleArrow, _) => Some("less or equal is written =<"),
        (_, Tok::RDoubleArrow, _) => Some("greater or equal is written >="),
        (_, Tok::AmpAmp, _) => Some("logical and is written andalso"),
        (_, Tok::BarBar, _) => Some("logical or is written orelse"),
        _ => None,
    }
}

fn separator(before: Option<&Tok>, bad: &Tok) -> Option<&'static str> {
    let closes = matches!(
        bad,
        Tok::End | Tok::Dot | Tok::RParen | Tok::RBracket | Tok::RBrace | Tok::RBin
    );
    match before {
        Some(Tok::Comma) if closes => {
            Some("remove the comma before it: commas only stand between things")
        }
        Some(Tok::Semi) if closes => {
            Some("remove the semicolon before it: the last clause has none")
        }
        Some(Tok::Semi | Tok::Comma)
            if matches!(bad, Tok::Else | Tok::Of | Tok::Catch | Tok::After) =>
        {
            Some("remove the separator before it")
        }
        _ => None,
    }
}

/// An atom and a parenthesis, or an attribute, at the start of a line where nothing new may begin.
fn new_form(tokens: &[Token], at: usize) -> bool {
    let Some(bad) = tokens.get(at) else {
        return false;
    };
    let function =
        matches!(bad.tok, Tok::Atom(_)) && tokens.get(at + 1).is_some_and(|t| t.tok == Tok::LParen);
    // `foo() -> a  bar() -> b.`: the parser only stumbles over the arrow of the second one.
    let arrow = bad.tok == Tok::Arrow && tokens[..at].iter().skip(1).any(|t| t.span.column == 1);
    (function && bad.span.column == 1) || arrow
}

fn ends_something(tok: &Tok) -> bool {
    matches!(
        tok,
        Tok::Dot | Tok::End | Tok::RParen | Tok::RBracket | Tok::RBrace | Tok::RBin | Tok::Arrow
    )
}

fn closer(open: &Tok) -> Option<Tok> {
    Some(match open {
        Tok::LParen => Tok::RParen,
        Tok::LBracket => Tok::RBracket,
        Tok::LBrace => Tok::RBrace,
        Tok::LBin => Tok::RBin,
        Tok::Begin | Tok::If | Tok::Case | Tok::Receive | Tok::Try | Tok::Maybe | Tok::Fun => {
            Tok::End
        }
        _ => return None,
    })
}

/// The innermost bracket or block still open.
fn unclosed(tokens: &[Token]) -> Option<&Token> {
    let mut open: Vec<&Token> = Vec::new();
    for (i, t) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1).map(|t| &t.tok);
        match &t.tok {
            Tok::Fun => {
                if matches!(next, Some(Tok::LParen)) {
                    open.push(t);
                }
            }
            tok if closer(tok).is_some() => open.push(t),
            tok => {
                if open.last().and_then(|o| closer(&o.tok)).as_ref() == Some(tok) {
                    open.pop();
                }
            }
        }
    }
    open.pop()
}
