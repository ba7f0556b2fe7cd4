//! The preprocessor's own attributes: definitions, conditions, includes, messages.

use super::condition::Odd;
use super::expand::{macro_name, split_args};
use super::{Condition, MAX_INCLUDE_DEPTH, Macro, Piece, Preprocessor, is_missing_dot};
use crate::ast::Name;
use crate::diagnostic::Diagnostic;
use crate::lexer::{Tok, Token};
use crate::span::Span;

impl Preprocessor<'_> {
    /// Acts on `-word...`; false if the word is not the preprocessor's.
    pub(super) fn directive(&mut self, word: &str, tokens: &[Token]) -> bool {
        let span = tokens[1].span;
        match word {
            "ifdef" => self.open_condition("ifdef", span, tokens),
            "ifndef" => self.open_condition("ifndef", span, tokens),
            "if" => self.open_condition("if", span, tokens),
            "elif" | "else" | "endif" => self.next_condition(word, span, tokens),
            "define" | "undef" | "include" | "include_lib" | "error" | "warning" | "file"
            | "feature" => {
                // Where a file ends in it, the form it should have is what is missed.
                let (seen, cut) = match tokens {
                    [seen @ .., end] if is_missing_dot(end) => (seen, Some(end.span)),
                    _ => (tokens, None),
                };
                if self.skipping() || !self.lexically_good(seen) {
                    return true;
                }
                match cut {
                    None => self.act(word, span, tokens),
                    Some(end) if word == "define" => {
                        self.error("premature_end", end, "premature end");
                    }
                    Some(_) => self.bad(word, seen),
                }
            }
            _ => return false,
        }
        true
    }

    fn act(&mut self, word: &str, span: Span, tokens: &[Token]) {
        let done = match word {
            "define" => self.define(tokens),
            "undef" => self.undef(tokens),
            "include" => self.include(tokens, false),
            "include_lib" => self.include(tokens, true),
            "error" | "warning" => self.message(word, span, tokens),
            "file" => self.file(span, tokens),
            _ => self.feature(span, tokens),
        };
        if done.is_none() {
            self.bad(word, tokens);
        }
    }

    /// Said where the directive stops having the form it should have.
    fn bad(&mut self, word: &str, tokens: &[Token]) {
        if !matches!(word, "define" | "undef") {
            self.lost.all();
        }
        let (at, why) = match word {
            "define" => stray_definition(tokens),
            _ => (stray(word, tokens), None),
        };
        let text = match why {
            Some(why) => format!("badly formed {word}: {why}"),
            None => format!("badly formed '{word}'"),
        };
        self.error("bad", at, text);
    }

    /// `-define(NAME, body).`, `-define(NAME(A, B), body).`
    fn define(&mut self, tokens: &[Token]) -> Option<()> {
        let inner = inside(tokens)?;
        let name = macro_name(&inner.first()?.tok).filter(|_| !inner[0].tok.is_word())?;
        let span = inner[0].span;
        let (params, rest) = if inner.get(1)?.tok == Tok::LParen {
            let (args, taken) = split_args(&inner[1..])?;
            let params: Option<Vec<Name>> = args
                .iter()
                .map(|a| match a {
                    [
                        Token {
                            tok: Tok::Var(v), ..
                        },
                    ] => Some(v.clone()),
                    _ => None,
                })
                .collect();
            (Some(params?), &inner[1 + taken..])
        } else {
            (None, &inner[1..])
        };
        let [
            Token {
                tok: Tok::Comma, ..
            },
            body @ ..,
        ] = rest
        else {
            return None;
        };
        if let Some(params) = &params
            && let Some((at, twice)) = params
                .iter()
                .enumerate()
                .find(|(i, p)| params[..*i].contains(p))
        {
            let hint = format!("each parameter of macro '{name}' needs a name of its own");
            let d = Diagnostic::error(
                "duplicated_argument",
                inner[2 + 2 * at].span,
                format!("argument '{twice}' already used"),
            );
            self.diagnostics.push(d.with_hint(hint));
            return Some(());
        }
        if super::expand::is_predefined(&name) && !self.taken_back.contains(&name) {
            let text = format!("redefining predefined macro '{name}'");
            self.error("redefine_predef", span, text);
            return Some(());
        }
        let known = self.macros.entry(name.clone()).or_default();
        let arity = params.as_ref().map(Vec::len);
        if known
            .iter()
            .any(|m| m.params.as_ref().map(Vec::len) == arity)
        {
            let hint = format!("take the older one back first with -undef({name})");
            let d = Diagnostic::error("redefine_macro", span, format!("redefining macro '{name}'"));
            self.diagnostics.push(d.with_hint(hint));
            return Some(());
        }
        known.push(Macro {
            params,
            body: body.to_vec(),
        });
        Some(())
    }

    fn undef(&mut self, tokens: &[Token]) -> Option<()> {
        let [one] = inside(tokens)? else { return None };
        let name = macro_name(&one.tok)?;
        self.macros.remove(&name);
        self.begun = true;
        if super::expand::can_be_undefined(&name) {
            self.taken_back.insert(name);
        }
        Some(())
    }

    fn include(&mut self, tokens: &[Token], lib: bool) -> Option<()> {
        let inner = inside(tokens)?;
        let span = inner.first()?.span;
        let path = &*joined(inner)?;
        if self.sources.len() > MAX_INCLUDE_DEPTH {
            self.error("depth", span, "include too deep");
            return Some(());
        }
        let from = self
            .sources
            .last()
            .map(|s| s.name.clone())
            .unwrap_or_default();
        let found = if lib {
            self.host.include_lib(&from, path)
        } else {
            self.host.include(&from, path)
        };
        match found {
            Ok(file) => self.enter(&file.bytes, &file.name),
            Err(why) => {
                let what = if lib { "lib" } else { "file" };
                let d = Diagnostic::error(
                    "include",
                    span,
                    format!("can't find include {what} \"{path}\""),
                );
                self.lost.all();
                let said = why.starts_with("can't find include");
                self.diagnostics
                    .push(if said { d } else { d.with_hint(why) });
            }
        }
        Some(())
    }

    fn message(&mut self, word: &str, span: Span, tokens: &[Token]) -> Option<()> {
        self.begun = true;
        let expanded = self.expanded(tokens)?;
        let inner = inside(&expanded)?;
        let dot = expanded.last()?;
        let term = crate::parser::parse_term(&[inner, std::slice::from_ref(dot)].concat()).ok()?;
        let text = format!("-{word}({term}).");
        let d = match word {
            "error" => Diagnostic::error("error", span, text),
            _ => Diagnostic::warning("warning", span, text),
        };
        self.diagnostics.push(d);
        Some(())
    }

    /// `-file("name", Line).` renames what follows: its own line is `Line`.
    fn file(&mut self, span: Span, tokens: &[Token]) -> Option<()> {
        let expanded = self.expanded(tokens)?;
        let [
            texts @ ..,
            Token {
                tok: Tok::Comma, ..
            },
            Token {
                tok: Tok::Int(line),
                ..
            },
        ] = inside(&expanded)?
        else {
            return None;
        };
        let name = &joined(texts).filter(|_| !texts.is_empty())?;
        let line = u32::try_from(line.as_i64()?).ok()?;
        let source = self.sources.last_mut()?;
        let here = i64::from(tokens.first()?.span.line) - source.shift;
        source.shift = i64::from(line) - here;
        let text = self
            .files
            .get(source.file)
            .map(|f| f.text.clone())
            .unwrap_or_default();
        source.file = self.files.add(name.clone(), text);
        source.name = name.clone();
        self.ready.push_back(Piece::File(span, name.clone(), line));
        Some(())
    }

    fn feature(&mut self, dash: Span, tokens: &[Token]) -> Option<()> {
        let [
            Token {
                tok: Tok::Atom(name),
                ..
            },
            Token {
                tok: Tok::Comma, ..
            },
            Token {
                tok: Tok::Atom(what),
                ..
            },
        ] = inside(tokens)?
        else {
            return None;
        };
        if self.begun {
            let text = "feature directive not allowed after exports or record definitions";
            self.error("ftr_after_prefix", dash, text);
            return Some(());
        }
        let on = match &**what {
            "enable" => true,
            "disable" => false,
            _ => return None,
        };
        if matches!(&**name, "maybe_expr" | "all") {
            self.maybe = on;
        } else {
            let d = Diagnostic::error(
                "invalid_features",
                dash,
                format!("the feature '{name}' does not exist."),
            );
            self.diagnostics.push(d);
        }
        Some(())
    }

    /// The tokens with their macros expanded; what is wrong with those is not said, the directive as a whole is.
    fn expanded(&mut self, tokens: &[Token]) -> Option<Vec<Token>> {
        let before = self.diagnostics.len();
        let expanded = self.expand(tokens, None);
        let good = self.diagnostics.len() == before;
        self.diagnostics.truncate(before);
        good.then_some(expanded)
    }

    // ---- conditions ----

    fn open_condition(&mut self, word: &'static str, span: Span, tokens: &[Token]) {
        let skipped = self.skipping();
        let active = !skipped && {
            match word {
                "if" => self.condition(tokens),
                _ => match self.defined(tokens) {
                    Some(yes) => yes == (word == "ifdef"),
                    None => {
                        self.bad(word, tokens);
                        false
                    }
                },
            }
        };
        self.conditions.push(Condition {
            word,
            span,
            active,
            done: skipped || active,
            last: false,
            chain: word == "if",
        });
    }

    fn defined(&self, tokens: &[Token]) -> Option<bool> {
        match inside(tokens)? {
            [one] => macro_name(&one.tok).map(|n| self.is_defined(&n)),
            _ => None,
        }
    }

    pub(super) fn is_defined(&self, name: &str) -> bool {
        match name {
            _ if self.taken_back.contains(name) => self.macros.contains_key(name),
            "MODULE" | "MODULE_STRING" => self.module.is_some(),
            "FILE" | "LINE" | "MACHINE" | "BEAM" | "OTP_RELEASE" | "FEATURE_AVAILABLE"
            | "FEATURE_ENABLED" => true,
            "FUNCTION_NAME" | "FUNCTION_ARITY" => true,
            _ => self.macros.contains_key(name),
        }
    }

    fn next_condition(&mut self, word: &str, span: Span, tokens: &[Token]) {
        let base = self.sources.last().map_or(0, |s| s.conditions);
        // In text that is skipped anything may follow the word.
        let odd = !self.skipping() && word != "elif" && tokens[2].tok != Tok::Dot;
        if self.conditions.len() <= base && !odd {
            self.lost.all();
            return self.error("unbalanced", span, format!("unbalanced '-{word}'"));
        }
        if odd {
            if word == "endif" && self.conditions.len() > base {
                self.conditions.pop();
            }
            let at = match is_missing_dot(&tokens[2]) {
                true => span,
                false => tokens[2].span,
            };
            return self.error("bad", at, format!("badly formed '{word}'"));
        }
        let outer = self.conditions.len().saturating_sub(1);
        let outer_skips = self.conditions[..outer].iter().any(|c| !c.active);
        let Some(top) = self.conditions.last_mut() else {
            return;
        };
        if word == "endif" {
            self.conditions.pop();
            return;
        }
        if top.last {
            self.lost.all();
            let text = match word {
                "else" => "repeated '-else'".into(),
                _ if top.chain => format!("'{word}' following 'else'"),
                _ => format!("unbalanced '-{word}'"),
            };
            return self.error("unbalanced", span, text);
        }
        top.last = word == "else";
        top.chain |= word == "elif";
        if top.done {
            top.active = false;
            return;
        }
        top.active = true;
        let active = !outer_skips && (word == "else" || self.condition(tokens));
        if let Some(top) = self.conditions.last_mut() {
            top.active = active;
            top.done = active;
        }
    }

    fn condition(&mut self, tokens: &[Token]) -> bool {
        if !self.lexically_good(tokens) {
            return false;
        }
        let before = self.diagnostics.len();
        let expanded = self.expand(tokens, None);
        if self.diagnostics.len() > before {
            return false;
        }
        let defined = |name: &str| self.is_defined(name);
        let odd = match super::condition::evaluate(&expanded[2..], self.host, &defined) {
            Ok(yes) => return yes,
            Err(odd) => odd,
        };
        self.lost.all();
        match odd {
            Odd::Syntax(d) => self.diagnostics.push(d),
            Odd::NoGuard => self.error("bad", tokens[1].span, "badly formed 'if'"),
            Odd::NoParenthesis(at) => self.error("bad", at, "badly formed 'if'"),
        }
        false
    }
}

/// Where a directive stops having the form of its kind: the place of the first token that does not fit.
fn stray(word: &str, tokens: &[Token]) -> Span {
    let open = |t: &Tok| *t == Tok::LParen;
    let close = |t: &Tok| *t == Tok::RParen;
    let comma = |t: &Tok| *t == Tok::Comma;
    let name = |t: &Tok| matches!(t, Tok::Atom(_) | Tok::Var(_));
    let text = |t: &Tok| matches!(t, Tok::Str(_));
    let number = |t: &Tok| matches!(t, Tok::Int(_));
    let last = tokens.last().map_or(Span::default(), |t| t.span);
    let fits = |shape: &[&dyn Fn(&Tok) -> bool]| {
        let rest = tokens.get(2..).unwrap_or_default();
        let bad = shape.iter().zip(rest).find(|(fits, t)| !fits(&t.tok));
        let next = rest.get(shape.len()).map_or(last, |t| t.span);
        bad.map_or(next, |(_, t)| t.span)
    };
    let begin = tokens.get(1).map_or(last, |t| t.span);
    match word {
        "undef" | "ifdef" | "ifndef" => fits(&[&open, &name, &close]),
        "include" | "include_lib" => fits(&[&open, &text, &close]),
        "file" => fits(&[&open, &text, &comma, &number, &close]),
        "error" | "warning" => match tokens.get(2) {
            Some(t) if !open(&t.tok) => t.span,
            _ => begin,
        },
        _ => tokens.get(2).map_or(begin, |t| t.span),
    }
}

/// Where a definition stops having its form, and what is missed there if that is all: a comma, or the parenthesis at its end.
fn stray_definition(tokens: &[Token]) -> (Span, Option<&'static str>) {
    let at = |n: usize| {
        tokens
            .get(n)
            .or(tokens.last())
            .map_or(Span::default(), |t| t.span)
    };
    let is = |n: usize, tok: Tok| tokens.get(n).is_some_and(|t| t.tok == tok);
    let end = tokens.len() - 1;
    let unclosed = (at(end), Some("missing closing right parenthesis"));
    if !is(2, Tok::LParen) {
        return (at(2), None);
    }
    if !tokens
        .get(3)
        .is_some_and(|t| matches!(t.tok, Tok::Atom(_) | Tok::Var(_)))
    {
        return (at(3), None);
    }
    if !is(4, Tok::LParen) {
        return match is(4, Tok::Comma) {
            true => unclosed,
            false => (at(4), None),
        };
    }
    // Parameters and commas by turns, the closing parenthesis, a comma.
    let mut n = 5;
    let var = |n: usize| tokens.get(n).is_some_and(|t| matches!(t.tok, Tok::Var(_)));
    if var(n) {
        n += 1;
        while is(n, Tok::Comma) {
            if !var(n + 1) {
                return (at(n), None);
            }
            n += 2;
        }
    }
    if !is(n, Tok::RParen) {
        return (at(n), None);
    }
    match is(n + 1, Tok::Comma) {
        true => unclosed,
        false => (at(n + 1), Some("missing comma")),
    }
}

/// The text of strings side by side.
fn joined(tokens: &[Token]) -> Option<Name> {
    let parts = tokens.iter().map(|t| match &t.tok {
        Tok::Str(part) => Some(&**part),
        _ => None,
    });
    parts.collect::<Option<String>>().map(Name::from)
}

/// The tokens between the parentheses of `-word( ... ) .`
fn inside(tokens: &[Token]) -> Option<&[Token]> {
    match tokens {
        [_, _, open, inner @ .., close, dot]
            if open.tok == Tok::LParen && close.tok == Tok::RParen && dot.tok == Tok::Dot =>
        {
            Some(inner)
        }
        _ => None,
    }
}
