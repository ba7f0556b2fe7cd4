//! Tokens: what the lexer makes, what the preprocessor rearranges and the grammar reads.

use crate::ast::{Int, Name};
use crate::span::Span;

/// A token and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub tok: Tok,
    pub span: Span,
}

macro_rules! tokens {
    ($($variant:ident = $text:literal $class:ident),* $(,)?) => {
        /// What a token is.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Tok {
            Atom(Name),
            Var(Name),
            Int(Int),
            Float(f64),
            Char(u32),
            Str(Name),
            /// A sigil is its type, a string and a suffix (EEP 66).
            SigilPrefix(Name),
            SigilSuffix(Name),
            /// The full stop that ends a form.
            Dot,
            /// A sign of Latin-1 that nothing begins with: a token of its own, which no grammar knows.
            Unknown(char),
            /// Text that is no token, and what is wrong with it.
            Error(Name),
            /// Made by the parser to say what is to be parsed.
            StartForm, StartExprs, StartTypeDef, StartSpec, StartRecord,
            $($variant,)*
        }

        impl Tok {
            /// The text of reserved words and punctuation.
            #[must_use]
            pub fn fixed(&self) -> Option<&'static str> {
                match self { $(Tok::$variant => Some($text),)* _ => None }
            }

            /// The reserved word or punctuation written so.
            #[must_use]
            pub fn from_fixed(text: &str) -> Option<Tok> {
                match text { $($text => Some(Tok::$variant),)* _ => None }
            }

            /// True for reserved words.
            #[must_use]
            pub fn is_word(&self) -> bool {
                match self { $(Tok::$variant => tokens!(@word $class),)* _ => false }
            }
        }
    };
    (@word word) => { true };
    (@word punct) => { false };
}

tokens! {
    After = "after" word, And = "and" word, AndAlso = "andalso" word, Band = "band" word, Begin = "begin" word,
    Bnot = "bnot" word, Bor = "bor" word, Bsl = "bsl" word, Bsr = "bsr" word, Bxor = "bxor" word, Case = "case" word,
    Catch = "catch" word, Cond = "cond" word, Div = "div" word, Else = "else" word, End = "end" word, Fun = "fun" word,
    If = "if" word, Let = "let" word, Maybe = "maybe" word, Not = "not" word, Of = "of" word, Or = "or" word,
    OrElse = "orelse" word, Receive = "receive" word, Rem = "rem" word, Try = "try" word, When = "when" word,
    Xor = "xor" word,
    LParen = "(" punct, RParen = ")" punct, LBracket = "[" punct, RBracket = "]" punct, LBrace = "{" punct,
    RBrace = "}" punct, LBin = "<<" punct, RBin = ">>" punct, Comma = "," punct, Semi = ";" punct, Colon = ":" punct,
    ColonColon = "::" punct, Bar = "|" punct, BarBar = "||" punct, Hash = "#" punct, Arrow = "->" punct,
    LArrow = "<-" punct, StrictLArrow = "<:-" punct, LDoubleArrow = "<=" punct, StrictLDoubleArrow = "<:=" punct,
    RDoubleArrow = "=>" punct, ColonEq = ":=" punct, Question = "?" punct, QuestionEq = "?=" punct, Eq = "=" punct,
    EqEq = "==" punct, Ne = "/=" punct, EqExact = "=:=" punct, NeExact = "=/=" punct, Lt = "<" punct, Le = "=<" punct,
    Gt = ">" punct, Ge = ">=" punct, Plus = "+" punct, PlusPlus = "++" punct, Minus = "-" punct,
    MinusMinus = "--" punct, Star = "*" punct, Slash = "/" punct, Bang = "!" punct, AmpAmp = "&&" punct,
    Point = "." punct, DotDot = ".." punct, Ellipsis = "..." punct,
}

impl Tok {
    /// True for an atom of this name.
    #[must_use]
    pub fn is_atom(&self, name: &str) -> bool {
        matches!(self, Tok::Atom(a) if &**a == name)
    }

    /// The token as Erlang shows it in `syntax error before: ...`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Tok::Unknown(sign) => crate::abstract_term::quote_atom(&sign.to_string()),
            Tok::Atom(a) => crate::abstract_term::quote_atom(a),
            Tok::Var(v) => v.to_string(),
            Tok::Int(i) => i.to_string(),
            Tok::Float(f) => transom_pretty::short_text(*f),
            Tok::Char(c) => match char::from_u32(*c) {
                Some(' ') => "$\\s".into(),
                Some(c @ ('"' | '\'')) => format!("${c}"),
                Some(c) => {
                    let text = crate::abstract_term::quote_string(&c.to_string());
                    format!("${}", text.trim_matches('"'))
                }
                None => "$".into(),
            },
            Tok::Str(s) => crate::abstract_term::quote_string(s),
            Tok::SigilPrefix(s) => format!("~{s}"),
            Tok::SigilSuffix(s) => s.to_string(),
            Tok::Dot => "'.'".into(),
            Tok::Error(_) => String::new(),
            Tok::StartForm
            | Tok::StartExprs
            | Tok::StartTypeDef
            | Tok::StartSpec
            | Tok::StartRecord => String::new(),
            other => {
                format!("'{}'", other.fixed().unwrap_or_default())
            }
        }
    }

    /// The token as source text, as `??Arg` writes it.
    #[must_use]
    pub fn source(&self) -> String {
        match self.fixed() {
            Some(text) => text.into(),
            None if *self == Tok::Dot => ".".into(),
            None => self.describe(),
        }
    }
}
