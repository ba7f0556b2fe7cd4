//! Expanding macros in the tokens of one form. Tokens of a macro's body get the place of its use, and behind an argument
//! that of the argument's last token; those of arguments keep their own.

use super::{Macro, Preprocessor};
use crate::abstract_term::quote_atom;
use crate::ast::{Int, Name};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lexer::{Tok, Token};
use crate::span::Span;

/// More tokens than this from one form is a bomb (`?A` being `?B ?B`, and so on) and not a program.
const MAX_EXPANSION: usize = 4_000_000;

const PREDEFINED: &[&str] = &[
    "MODULE",
    "MODULE_STRING",
    "FILE",
    "LINE",
    "FUNCTION_NAME",
    "FUNCTION_ARITY",
    "MACHINE",
    "BEAM",
    "OTP_RELEASE",
    "FEATURE_AVAILABLE",
    "FEATURE_ENABLED",
];

/// A macro that no program defines.
pub(super) fn is_predefined(name: &str) -> bool {
    // OTP takes definitions of the two of features, and never looks at them.
    PREDEFINED.contains(&name) && !name.starts_with("FEATURE_")
}

/// A macro that `-undef` takes away although no program defines it.
pub(super) fn can_be_undefined(name: &str) -> bool {
    matches!(
        name,
        "FILE" | "MODULE" | "MODULE_STRING" | "MACHINE" | "BEAM" | "OTP_RELEASE"
    )
}

/// Name and arity of the function a form defines, for `?FUNCTION_NAME`.
pub(super) fn function_of(tokens: &[Token]) -> Option<(Name, usize)> {
    let [
        Token {
            tok: Tok::Atom(name),
            ..
        },
        Token {
            tok: Tok::LParen, ..
        },
        ..,
    ] = tokens
    else {
        return None;
    };
    let (args, _) = split_args(&tokens[1..])?;
    Some((name.clone(), args.len()))
}

/// Splits `( A , B ) ...` into the argument's tokens; also how many tokens the list takes. `None` if it is not closed.
pub(super) fn split_args(tokens: &[Token]) -> Option<(Vec<&[Token]>, usize)> {
    let mut closers: Vec<Tok> = Vec::new();
    let mut args = Vec::new();
    let mut start = 1;
    for (i, t) in tokens.iter().enumerate().skip(1) {
        let next = tokens.get(i + 1).map(|t| &t.tok);
        match &t.tok {
            Tok::Dot | Tok::Error(_) => return None,
            Tok::RParen if closers.is_empty() => {
                if i > start || !args.is_empty() {
                    args.push(&tokens[start..i]);
                }
                // An empty argument is an error unless the list as a whole is empty.
                let empty = args.iter().any(|a| a.is_empty());
                return (!empty).then_some((args, i + 1));
            }
            Tok::Comma if closers.is_empty() => {
                args.push(&tokens[start..i]);
                start = i + 1;
            }
            Tok::LParen => closers.push(Tok::RParen),
            Tok::LBracket => closers.push(Tok::RBracket),
            Tok::LBrace => closers.push(Tok::RBrace),
            Tok::LBin => closers.push(Tok::RBin),
            Tok::Begin | Tok::If | Tok::Case | Tok::Receive | Tok::Try | Tok::Maybe => {
                closers.push(Tok::End)
            }
            Tok::Fun => {
                let named = matches!(next, Some(Tok::Var(_)))
                    && tokens.get(i + 2).is_some_and(|t| t.tok == Tok::LParen);
                if next == Some(&Tok::LParen) || named {
                    closers.push(Tok::End);
                }
            }
            Tok::RParen | Tok::RBracket | Tok::RBrace | Tok::RBin | Tok::End
                if closers.pop().as_ref() != Some(&t.tok) =>
            {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// What expansion carries along.
struct Walk<'a> {
    function: Option<&'a (Name, usize)>,
    /// The macros being expanded, innermost last.
    active: Vec<(Name, Option<usize>)>,
    made: usize,
}

impl Preprocessor<'_> {
    /// Expands all macros of a form. Errors are recorded; then the answer is not to be used.
    pub(super) fn expand(
        &mut self,
        tokens: &[Token],
        function: Option<&(Name, usize)>,
    ) -> Vec<Token> {
        if !tokens.iter().any(|t| t.tok == Tok::Question) {
            return tokens.to_vec();
        }
        let mut out = Vec::with_capacity(tokens.len());
        let mut walk = Walk {
            function,
            active: Vec::new(),
            made: 0,
        };
        if let Err(d) = self.expand_into(tokens, &mut walk, &mut out) {
            self.diagnostics.push(*d);
        }
        out
    }

    fn expand_into(
        &mut self,
        tokens: &[Token],
        walk: &mut Walk<'_>,
        out: &mut Vec<Token>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut i = 0;
        while let Some(t) = tokens.get(i) {
            i += 1;
            if t.tok != Tok::Question {
                walk.made += 1;
                out.push(t.clone());
                continue;
            }
            if walk.made > MAX_EXPANSION {
                return fail(t.span, "macro expansion too large".into());
            }
            let Some((name, at)) = tokens
                .get(i)
                .filter(|t| !t.tok.is_word())
                .and_then(|t| Some((macro_name(&t.tok)?, t.span)))
            else {
                let at = tokens.get(i).unwrap_or(t);
                let what = match &at.tok {
                    Tok::Dot => "dot".into(),
                    other => other.describe(),
                };
                return fail(at.span, format!("illegal macro call '?{what}'"));
            };
            i += 1;
            i += self.expand_one(&name, t.span.to(at).at(at), &tokens[i..], walk, out)?;
        }
        Ok(())
    }

    /// Expands one use; says how many tokens behind the name belong to it.
    fn expand_one(
        &mut self,
        name: &Name,
        span: Span,
        rest: &[Token],
        walk: &mut Walk<'_>,
        out: &mut Vec<Token>,
    ) -> Result<usize, Box<Diagnostic>> {
        let Some(definitions) = self.macros.get(name) else {
            return self.predefined(name, span, rest, walk, out);
        };
        let open = rest.first().is_some_and(|t| t.tok == Tok::LParen);
        let only_plain = definitions.iter().all(|m| m.params.is_none());
        let args = match (only_plain, open) {
            (true, _) | (_, false) => None,
            (false, true) => match split_args(rest) {
                Some(a) => Some(a),
                None => return fail(span, format!("badly formed argument for macro '{name}'")),
            },
        };
        let arity = args.as_ref().map(|(a, _)| a.len());
        let found = definitions
            .iter()
            .find(|m| m.params.as_ref().map(Vec::len) == arity);
        let Some(found) = found.cloned() else {
            return fail(span, format!("argument mismatch for macro '{name}'"));
        };
        let key = (name.clone(), arity);
        if walk.active.contains(&key) {
            let arity = arity.map(|a| format!("/{a}")).unwrap_or_default();
            return fail(span, format!("circular macro '{name}{arity}'"));
        }
        let taken = args.as_ref().map_or(0, |(_, n)| *n);
        let mut expanded = Vec::new();
        for arg in args.iter().flat_map(|(a, _)| a) {
            let mut tokens = Vec::new();
            self.expand_into(arg, walk, &mut tokens)?;
            expanded.push((*arg, tokens));
        }
        let body = substitute(&found, span, &expanded, walk)?;
        walk.active.push(key);
        self.expand_into(&body, walk, out)?;
        walk.active.pop();
        Ok(taken)
    }

    fn predefined(
        &mut self,
        name: &Name,
        span: Span,
        rest: &[Token],
        walk: &Walk<'_>,
        out: &mut Vec<Token>,
    ) -> Result<usize, Box<Diagnostic>> {
        if self.taken_back.contains(name) {
            return Err(Box::new(self.undefined(name, span, rest)));
        }
        let int = |n: i64| Tok::Int(Int::Small(n));
        let tok = match (&**name, &self.module, walk.function) {
            ("LINE", _, _) => int(i64::from(span.line)),
            ("FILE", _, _) => Tok::Str(self.sources.last().map_or("".into(), |s| s.name.clone())),
            ("MODULE", Some(m), _) => Tok::Atom(m.clone()),
            ("MODULE_STRING", Some(m), _) => Tok::Str(m.clone()),
            ("MACHINE", _, _) => Tok::Atom("BEAM".into()),
            ("BEAM", _, _) => Tok::Atom("true".into()),
            ("OTP_RELEASE", _, _) => int(27),
            ("FUNCTION_NAME", _, Some((f, _))) => Tok::Atom(f.clone()),
            ("FUNCTION_ARITY", _, Some((_, a))) => int(*a as i64),
            ("FUNCTION_NAME" | "FUNCTION_ARITY", _, None) => {
                return fail(span, format!("?{name} can only be used within a function"));
            }
            ("FEATURE_AVAILABLE" | "FEATURE_ENABLED", _, _) => {
                let Some((args, taken)) = split_args(rest) else {
                    return fail(span, format!("badly formed argument for macro '{name}'"));
                };
                let known = matches!(args.as_slice(), [[t]] if t.tok.is_atom("maybe_expr"));
                let yes = known && (&**name == "FEATURE_AVAILABLE" || self.maybe);
                let word = if yes { "true" } else { "false" };
                out.push(Token {
                    tok: Tok::Atom(word.into()),
                    span,
                });
                return Ok(taken);
            }
            _ => return Err(Box::new(self.undefined(name, span, rest))),
        };
        out.push(Token { tok, span });
        Ok(0)
    }

    fn undefined(&self, name: &Name, span: Span, rest: &[Token]) -> Diagnostic {
        let open = rest.first().is_some_and(|t| t.tok == Tok::LParen);
        let arity = match open.then(|| split_args(rest)) {
            Some(None) => {
                let message = format!("badly formed argument for macro '{name}'");
                return Diagnostic::error("epp", span, message);
            }
            Some(Some((args, _))) => Some(format!("/{}", args.len())),
            None => None,
        };
        let message = format!("undefined macro '{name}{}'", arity.unwrap_or_default());
        let d = Diagnostic::error("undefined_macro", span, message);
        let known = self
            .macros
            .keys()
            .map(|k| &**k)
            .chain(PREDEFINED.iter().copied());
        match did_you_mean(name, known) {
            Some(m) => d.with_hint(format!("did you mean ?{m}?")),
            None => d,
        }
    }
}

fn fail<T>(span: Span, message: String) -> Result<T, Box<Diagnostic>> {
    Err(Box::new(Diagnostic::error("epp", span, message)))
}

/// The name behind a question mark.
pub(super) fn macro_name(tok: &Tok) -> Option<Name> {
    match tok {
        Tok::Atom(a) | Tok::Var(a) => Some(a.clone()),
        other if other.is_word() => other.fixed().map(Name::from),
        _ => None,
    }
}

/// The body with its parameters replaced, `??Arg` included.
fn substitute(
    m: &Macro,
    span: Span,
    args: &[(&[Token], Vec<Token>)],
    walk: &mut Walk<'_>,
) -> Result<Vec<Token>, Box<Diagnostic>> {
    let params = m.params.as_deref().unwrap_or(&[]);
    let find = |tok: &Tok| match tok {
        Tok::Var(v) => params.iter().position(|p| p == v),
        _ => None,
    };
    let mut out = Vec::with_capacity(m.body.len());
    // Where the next token of the body stands: `?LINE` behind an argument of several lines is the line that it ends in.
    let mut place = span;
    let mut i = 0;
    while let Some(t) = m.body.get(i) {
        if let [
            Token {
                tok: Tok::Question, ..
            },
            Token {
                tok: Tok::Question, ..
            },
            arg,
            ..,
        ] = &m.body[i..]
            && let Some(p) = find(&arg.tok)
        {
            out.push(Token {
                tok: Tok::Str(stringify(args[p].0)),
                span: place,
            });
            i += 3;
            continue;
        }
        match find(&t.tok) {
            Some(p) => {
                walk.made += args[p].1.len();
                if walk.made > MAX_EXPANSION {
                    return fail(span, "macro expansion too large".into());
                }
                out.extend(args[p].1.iter().cloned());
                place = args[p].0.last().map_or(place, |t| t.span);
            }
            None => out.push(Token {
                tok: t.tok.clone(),
                span: place,
            }),
        }
        i += 1;
    }
    Ok(out)
}

fn stringify(tokens: &[Token]) -> Name {
    let mut text = String::new();
    let mut apart = false;
    for t in tokens {
        // The parts of a sigil stay together.
        if apart && !matches!(t.tok, Tok::SigilSuffix(_)) {
            text.push(' ');
        }
        apart = !matches!(t.tok, Tok::SigilPrefix(_));
        match &t.tok {
            Tok::Atom(a) => text.push_str(&quote_atom(a)),
            other => text.push_str(&other.source()),
        }
    }
    text.into()
}
