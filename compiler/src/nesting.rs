//! How deep the tree of some tokens can be, told before there is one.

use crate::diagnostic::Diagnostic;
use crate::lexer::{Tok, Token};
use crate::parse::{MAX_CHAIN, MAX_NESTING};

/// What a token does to the depth of the tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nests {
    /// Begins something that has an end.
    Opens,
    /// Ends it.
    Closes,
    /// Stands before or between operands.
    Operates,
    /// Ends an expression within it.
    Separates,
    No,
}

/// See [`Nests`].
#[must_use]
pub fn nests(tok: &Tok) -> Nests {
    match tok {
        Tok::LParen
        | Tok::LBracket
        | Tok::LBrace
        | Tok::LBin
        | Tok::Begin
        | Tok::If
        | Tok::Case
        | Tok::Receive
        | Tok::Try
        | Tok::Fun
        | Tok::Maybe => Nests::Opens,
        Tok::RParen | Tok::RBracket | Tok::RBrace | Tok::RBin | Tok::End => Nests::Closes,
        Tok::Comma | Tok::Semi | Tok::Dot => Nests::Separates,
        Tok::Atom(_) | Tok::Var(_) | Tok::Int(_) | Tok::Float(_) | Tok::Char(_) | Tok::Str(_) => {
            Nests::No
        }
        _ => Nests::Operates,
    }
}

/// Operators that nest to the right: a chain of them is as deep as it is long.
fn nests_to_the_right(tok: &Tok) -> bool {
    matches!(
        tok,
        Tok::Minus
            | Tok::Plus
            | Tok::Not
            | Tok::Bnot
            | Tok::Catch
            | Tok::Eq
            | Tok::PlusPlus
            | Tok::MinusMinus
            | Tok::Bang
            | Tok::AndAlso
            | Tok::OrElse
            | Tok::ColonColon
            | Tok::Arrow
    )
}

/// Text that is no token, and nesting too deep, are answered before the grammar sees them.
///
/// # Errors
/// The first of them.
pub fn check(tokens: &[Token]) -> Result<(), Diagnostic> {
    let (mut depth, mut chain) = (0usize, 0usize);
    for token in tokens {
        if let Tok::Error(why) = &token.tok {
            return Err(Diagnostic::error("syntax", token.span, why.to_string()));
        }
        match nests(&token.tok) {
            Nests::Opens => depth += 1,
            Nests::Closes => depth = depth.saturating_sub(1),
            Nests::Separates => chain = 0,
            Nests::Operates if nests_to_the_right(&token.tok) => chain += 1,
            Nests::Operates | Nests::No => {}
        }
        if depth > MAX_NESTING || chain > MAX_CHAIN {
            let text = format!("nested too deeply: more than {MAX_NESTING} levels");
            let hint = "split the expression, or build the value at run time";
            return Err(Diagnostic::error("syntax", token.span, text).with_hint(hint));
        }
    }
    Ok(())
}
