//! The first pass over the text: logos finds where each token ends. Values are read in [`super::literal`].

use logos::{Lexer, Logos};

use super::{literal, sigil};

/// A token's kind before its text has been read.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(utf8 = true)]
pub enum Raw {
    #[regex(r"[\x00-\x20\u{80}-\u{A0}]+")]
    White,
    #[regex(r"%[^\n]*", allow_greedy = true)]
    Comment,
    #[regex(r"[a-zß-öø-ÿ][a-zA-Z0-9_@À-ÖØ-öø-ÿ]*")]
    Word,
    #[regex(r"[A-Z_À-ÖØ-Þ][a-zA-Z0-9_@À-ÖØ-öø-ÿ]*")]
    Var,
    #[regex(r"[0-9](_?[0-9])*")]
    Int,
    #[regex(r"[0-9](_?[0-9])*#", digits_end)]
    Based,
    /// An exponent without digits belongs to it, and makes it an illegal one.
    #[regex(r"[0-9](_?[0-9])*\.[0-9](_?[0-9])*([eE][+-]?([0-9](_?[0-9])*)?)?")]
    Float,
    #[token("$", char_end)]
    Char,
    #[token("'", atom_end)]
    QuotedAtom,
    #[token("\"", string_end)]
    Str,
    #[regex(r#""""+"#, triple_end)]
    Triple,
    #[regex(r"~[a-zA-Z0-9_@À-ÖØ-öø-ÿ]*", sigil_end)]
    Sigil,
    /// Whether it ends a form is seen from what follows.
    #[token(".")]
    Dot,
    #[token("..")]
    #[token("...")]
    #[token("(")]
    #[token(")")]
    #[token("[")]
    #[token("]")]
    #[token("{")]
    #[token("}")]
    #[token("<<")]
    #[token(">>")]
    #[token(",")]
    #[token(";")]
    #[token(":")]
    #[token("::")]
    #[token("|")]
    #[token("||")]
    #[token("#")]
    #[token("->")]
    #[token("<-")]
    #[token("<:-")]
    #[token("<=")]
    #[token("<:=")]
    #[token("=>")]
    #[token(":=")]
    #[token("?")]
    #[token("?=")]
    #[token("=")]
    #[token("==")]
    #[token("/=")]
    #[token("=:=")]
    #[token("=/=")]
    #[token("<")]
    #[token("=<")]
    #[token(">")]
    #[token(">=")]
    #[token("+")]
    #[token("++")]
    #[token("-")]
    #[token("--")]
    #[token("*")]
    #[token("/")]
    #[token("!")]
    #[token("&&")]
    Punct,
}

fn bump(lex: &mut Lexer<'_, Raw>, end: Option<usize>) {
    // What has no end is taken to the end of its line, so that the rest of the file is still looked at.
    let rest = lex.remainder();
    let end = end.unwrap_or_else(|| rest.find('\n').unwrap_or(rest.len()));
    lex.bump(end);
}

/// Digits of the base: `2#102` is `2#10` and `2`. Where there is none, what looks like one belongs to the error.
fn digits_end(lex: &mut Lexer<'_, Raw>) {
    let base = lex.slice().trim_end_matches('#').replace('_', "");
    let base = base.parse().ok().filter(|base| (2..=36).contains(base));
    let rest = lex.remainder();
    let end = base.map_or(0, |base| literal::digits_len(rest, base));
    let end = if end == 0 {
        literal::digits_len(rest, 36)
    } else {
        end
    };
    lex.bump(end);
}

fn char_end(lex: &mut Lexer<'_, Raw>) {
    let end = literal::char_len(lex.remainder());
    lex.bump(end);
}

fn atom_end(lex: &mut Lexer<'_, Raw>) {
    let end = literal::quoted_len(lex.remainder(), '\'', true);
    bump(lex, end);
}

fn string_end(lex: &mut Lexer<'_, Raw>) {
    let end = literal::quoted_len(lex.remainder(), '"', true);
    bump(lex, end);
}

fn triple_end(lex: &mut Lexer<'_, Raw>) {
    let quotes = lex.slice().len();
    match literal::triple_len(lex.remainder(), quotes) {
        literal::Triple::Closed(end) => bump(lex, Some(end)),
        literal::Triple::Open => bump(lex, None),
        // Text on the same line is an error, which reaches as far as a string that an odd quote opens.
        literal::Triple::No => {
            if quotes % 2 == 1 {
                let end = literal::quoted_len(lex.remainder(), '"', true);
                bump(lex, end);
            }
        }
    }
}

fn sigil_end(lex: &mut Lexer<'_, Raw>) {
    let prefix = &lex.slice()[1..];
    let end = sigil::len(lex.remainder(), prefix).unwrap_or(0);
    lex.bump(end);
}
