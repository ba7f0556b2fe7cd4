//! One form at a time from tokens to the tree. The token stream has been through the preprocessor; a form ends with its dot. A bad form
//! is one diagnostic and nothing else is lost. Nesting is measured before the parser runs, so that no later pass meets a tree
//! deeper than [`crate::parse::MAX_NESTING`].

use lalrpop_util::ParseError;

use crate::abstract_term::Term;
use crate::advice::syntax_error;
use crate::ast::{BinOp, Clause, Type, TypeKind};
use crate::ast::{
    Expr, ExprKind, Form, FormKind, FunRef, Function, Int, Name, RecordDef, Span, Spec, TypeDef,
    TypeDefKind,
};
use crate::diagnostic::Diagnostic;
use crate::forms::{Anno, expr_to_term};
use crate::grammar::StartParser;
use crate::grammar_support::{Item, UserError, first_position};
use crate::lexer::{Tok, Token};
use crate::literal_term::{list_term, normalise};
use crate::nesting;

type Parsed<T> = Result<T, Diagnostic>;

/// Reads one form; `tokens` ends with its [`Tok::Dot`].
///
/// # Errors
/// One diagnostic, worded as OTP's parser words it.
pub fn parse_form(tokens: &[Token]) -> Parsed<Form> {
    nesting::check(tokens)?;
    let mut span = whole(tokens);
    // Erlang reports an attribute at its name, not at the dash.
    if let [
        Token {
            tok: Tok::Minus, ..
        },
        name,
        ..,
    ] = tokens
    {
        span = span.at(name.span);
    }
    let kind = match tokens {
        [
            Token {
                tok: Tok::Minus, ..
            },
            Token {
                tok: Tok::Atom(name),
                ..
            },
            rest @ ..,
        ] => attribute(name, rest, tokens).map_err(|d| at_close(d, tokens))?,
        [
            Token {
                tok: Tok::Minus, ..
            },
            ..,
        ] => return Err(syntax_error(tokens, 1)),
        _ => function(tokens)?,
    };
    Ok(Form { span, kind })
}

/// Reads `Expr, Expr ... .`
///
/// # Errors
/// As [`parse_form`].
pub fn parse_exprs(tokens: &[Token]) -> Parsed<Vec<Expr>> {
    nesting::check(tokens)?;
    match run(Tok::StartExprs, tokens)? {
        Item::Exprs(exprs) => Ok(exprs),
        _ => unreachable!("the start token decides what is parsed"),
    }
}

/// Reads a term: an expression without anything to compute.
///
/// # Errors
/// As [`parse_form`], and `bad term`.
pub fn parse_term(tokens: &[Token]) -> Parsed<Term> {
    let exprs = parse_exprs(tokens)?;
    match exprs.as_slice() {
        [expr] => normalise(expr).map_err(|_| bad_value(tokens, "bad term")),
        [_, second, ..] => Err(error(first_position(second), "bad term")),
        [] => Err(error(whole(tokens), "bad term")),
    }
}

fn error(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("syntax", span, message)
}

fn whole(tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// Runs the generated parser over a start token and `tokens`; a final dot is left out.
fn run(start: Tok, tokens: &[Token]) -> Parsed<Item> {
    let (body, dot) = match tokens.split_last() {
        Some((last, body)) if last.tok == Tok::Dot => (body, last.span),
        _ => (tokens, whole(tokens)),
    };
    let first = Token {
        tok: start,
        span: body.first().map_or(dot, |t| t.span),
    };
    let stream = std::iter::once(&first)
        .chain(body)
        .map(|t| Ok((t.span, t.tok.clone(), t.span)));
    StartParser::new()
        .parse(stream)
        .map(|item| *item)
        .map_err(|why| worded(why, tokens))
}

fn worded(why: ParseError<Span, Tok, UserError>, tokens: &[Token]) -> Diagnostic {
    match why {
        ParseError::UnrecognizedToken {
            token: (span, tok, _),
            ..
        }
        | ParseError::ExtraToken {
            token: (span, tok, _),
        } => {
            let at = tokens.iter().position(|t| t.span == span && t.tok == tok);
            syntax_error(tokens, at.unwrap_or(tokens.len()))
        }
        ParseError::UnrecognizedEof { .. } => match tokens.last() {
            // Tokens of a program end with a full stop; those that a caller hands in may just end.
            Some(last) if last.tok != Tok::Dot => error(last.span, "syntax error before: "),
            _ => syntax_error(tokens, tokens.len().saturating_sub(1)),
        },
        ParseError::InvalidToken { location } => error(location, "illegal token"),
        ParseError::User {
            error: UserError { span, message },
        } => error(span, message),
    }
}

// Functions

fn function(tokens: &[Token]) -> Parsed<FormKind> {
    let Item::Function(clauses) = run(Tok::StartForm, tokens)? else {
        unreachable!("the start token decides what is parsed");
    };
    let (name, arity) = clauses
        .first()
        .map(|(n, c)| (n.clone(), c.patterns.len()))
        .unwrap_or(("".into(), 0));
    let mut kept: Vec<Clause> = Vec::with_capacity(clauses.len());
    for (clause_name, clause) in clauses {
        if clause_name != name || clause.patterns.len() != arity {
            let quoted = crate::abstract_term::quote_atom(&name);
            let other = clause.patterns.len();
            let message = if clause_name == name {
                let (low, high) = (arity.min(other), arity.max(other));
                format!(
                    "head mismatch: function {quoted} with arities {low} and {high} is regarded as two distinct \
                     functions. Is the number of arguments incorrect or is the semicolon in {quoted}/{arity} unwanted?"
                )
            } else {
                format!(
                    "head mismatch: previous function {quoted}/{arity} is distinct from {}/{other}. Is the semicolon in \
                     {quoted}/{arity} unwanted?",
                    crate::abstract_term::quote_atom(&clause_name)
                )
            };
            return Err(error(clause.span, message).with_hint("a function ends with a dot"));
        }
        kept.push(clause);
    }
    Ok(FormKind::Function(Function {
        name,
        arity: u32::try_from(arity).unwrap_or(u32::MAX),
        clauses: kept,
    }))
}

// Attributes

/// `rest` is what follows `-name`, `all` the form.
fn attribute(name: &Name, rest: &[Token], all: &[Token]) -> Parsed<FormKind> {
    match &**name {
        "spec" | "callback" if !matches!(rest, [Token { tok: Tok::Dot, .. }]) => {
            spec(&**name == "callback", rest)
        }
        "type" | "opaque" | "nominal" => type_definition(name, rest),
        "record" => record(rest),
        "module" => module(rest, all),
        "export" | "export_type" | "optional_callbacks" => {
            let value = single(name, rest, all)?;
            let list = match fun_refs(&value) {
                Err(d) if &**name != "export" => return Err(no_list(name, &value, all, d)),
                list => list?,
            };
            Ok(match &**name {
                "export" => FormKind::Export(list),
                "export_type" => FormKind::ExportType(list),
                _ => FormKind::OptionalCallbacks(list),
            })
        }
        "import" => import(rest, all),
        "file" => file(rest, all),
        _ => {
            let values = values(rest)?;
            match values.as_slice() {
                [value] => {
                    let term = match &**name {
                        "doc" | "moduledoc" => documentation_term(value)?,
                        _ => attribute_term(value).map_err(|_| bad_value(rest, "bad attribute"))?,
                    };
                    Ok(FormKind::Attribute(name.clone(), term))
                }
                [_, second, ..] => Err(error(first_position(second), "bad attribute")),
                [] => Err(error(whole(all), "bad attribute")),
            }
        }
    }
}

/// A value that computes something is bad as a whole.
fn bad_value(tokens: &[Token], message: &str) -> Diagnostic {
    let first = tokens.iter().find(|t| t.tok != Tok::LParen);
    error(first.map(|t| t.span).unwrap_or_default(), message)
}

/// What an attribute's parser misses before the dot is missing before the closing parenthesis, which it was not shown. The
/// place alone does not tell: tokens may have lines only.
fn at_close(d: Diagnostic, tokens: &[Token]) -> Diagnostic {
    match tokens {
        [_, _, open, .., close, dot]
            if open.tok == Tok::LParen
                && close.tok == Tok::RParen
                && dot.tok == Tok::Dot
                && d.span == Some(dot.span)
                && closes_at_end(&tokens[2..])
                && d.message == syntax_error(tokens, tokens.len() - 1).message =>
        {
            syntax_error(tokens, tokens.len() - 2)
        }
        _ => d,
    }
}

/// The tokens between the parentheses of `-name( ... ).`, with the dot kept; without parentheses all of them.
fn unwrapped(rest: &[Token]) -> Vec<Token> {
    match rest {
        [
            Token {
                tok: Tok::LParen, ..
            },
            inner @ ..,
            Token {
                tok: Tok::RParen, ..
            },
            dot @ Token { tok: Tok::Dot, .. },
        ] if closes_at_end(rest) => inner
            .iter()
            .cloned()
            .chain(std::iter::once(dot.clone()))
            .collect(),
        _ => rest.to_vec(),
    }
}

/// Does the first parenthesis close right before the dot?
fn closes_at_end(rest: &[Token]) -> bool {
    let mut depth = 0usize;
    for (at, token) in rest.iter().enumerate() {
        match token.tok {
            Tok::LParen => depth += 1,
            Tok::RParen => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 2 == rest.len();
                }
            }
            _ => {}
        }
    }
    false
}

fn values(rest: &[Token]) -> Parsed<Vec<Expr>> {
    match run(Tok::StartExprs, &unwrapped(rest))? {
        Item::Exprs(exprs) => Ok(exprs),
        _ => unreachable!("the start token decides what is parsed"),
    }
}

fn single(name: &str, rest: &[Token], all: &[Token]) -> Parsed<Expr> {
    let mut values = values(rest)?;
    if values.len() == 1
        && let Some(value) = values.pop()
    {
        return Ok(value);
    }
    let at = values.get(1).map_or(whole(all), beginning);
    Err(error(at, format!("bad {name} declaration")))
}

/// What is said of such a list where any attribute may stand: a value that computes something is none, any other is of the wrong kind.
fn no_list(name: &str, value: &Expr, all: &[Token], why: Diagnostic) -> Diagnostic {
    let at = all.get(1).map_or(whole(all), |name| name.span);
    let d = match attribute_term(value) {
        Ok(_) if name == "optional_callbacks" => return why,
        Ok(_) => error(at, format!("bad {name} declaration")),
        Err(_) => error(beginning(value), "bad attribute"),
    };
    match why.hint {
        Some(hint) => d.with_hint(hint),
        None => d,
    }
}

/// A list of variables behind the name of a module: once its parameters.
fn module_variables(list: &Expr, all: &[Token]) -> Diagnostic {
    let variables = match &list.kind {
        ExprKind::Nil => true,
        ExprKind::List {
            elements,
            tail: None,
            ..
        } => elements.iter().all(|e| e.as_var().is_some()),
        _ => false,
    };
    if !variables {
        return error(beginning(list), "bad variable list");
    }
    let at = all.get(1).map_or(whole(all), |name| name.span);
    error(at, "parameterized modules are no longer supported")
}

fn module(rest: &[Token], all: &[Token]) -> Parsed<FormKind> {
    let values = values(rest)?;
    match values.first().map(|e| (&e.kind, beginning(e))) {
        Some((ExprKind::Atom(name), _)) if values.len() == 1 => Ok(FormKind::Module(name.clone())),
        Some((ExprKind::Atom(_), _)) if values.len() == 2 => Err(module_variables(&values[1], all)),
        Some((_, span)) => Err(error(span, "bad module declaration")),
        None => Err(error(whole(rest), "bad module declaration")),
    }
}

fn import(rest: &[Token], all: &[Token]) -> Parsed<FormKind> {
    let values = values(rest)?;
    match values.as_slice() {
        [module, list] => match module.as_atom() {
            Some(name) => Ok(FormKind::Import(name.clone(), fun_refs(list)?)),
            None => Err(error(beginning(list), "bad import declaration")),
        },
        _ => Err(error(whole(all), "bad import declaration")),
    }
}

fn file(rest: &[Token], all: &[Token]) -> Parsed<FormKind> {
    let values = values(rest)?;
    match values
        .iter()
        .map(|e| &e.kind)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [ExprKind::Str(name), ExprKind::Int(Int::Small(line))] => Ok(FormKind::File(
            name.clone(),
            u32::try_from(*line).unwrap_or(0),
        )),
        _ => Err(error(whole(all), "bad file declaration")),
    }
}

/// `[f/1, g/2]`. What is none is bad where its cell of the list begins.
fn fun_refs(value: &Expr) -> Parsed<Vec<FunRef>> {
    let bad = |span| Err(error(span, "bad Name/Arity").with_hint("write [name/arity, ...]"));
    match &value.kind {
        ExprKind::Nil => Ok(Vec::new()),
        ExprKind::List { elements, tail, .. } => {
            let cells = elements.iter().enumerate().map(|(n, e)| match n {
                0 => (value.span, e),
                _ => (beginning(e), e),
            });
            let refs = cells.map(|(cell, e)| fun_ref(e, cell)).collect();
            match tail {
                None => refs,
                Some(tail) => refs.and_then(|_: Vec<FunRef>| bad(beginning(tail))),
            }
        }
        _ => bad(beginning(value)),
    }
}

fn fun_ref(expr: &Expr, cell: Span) -> Parsed<FunRef> {
    let ExprKind::Binary(BinOp::FloatDiv, name, arity) = &expr.kind else {
        return Err(error(cell, "bad Name/Arity").with_hint("write name/arity"));
    };
    let ExprKind::Atom(text) = &name.kind else {
        return Err(error(beginning(name), "bad function name"));
    };
    let ExprKind::Int(n) = &arity.kind else {
        return Err(error(beginning(arity), "bad function arity"));
    };
    Ok(FunRef {
        name: text.clone(),
        arity: n
            .as_i64()
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(u32::MAX),
        span: name.span,
    })
}

/// Where an expression begins, which for operators and calls is not where they are reported.
fn beginning(e: &Expr) -> Span {
    match &e.kind {
        ExprKind::Binary(_, a, _)
        | ExprKind::Match(a, _)
        | ExprKind::MaybeMatch(a, _)
        | ExprKind::Remote(a, _)
        | ExprKind::Call(a, _)
        | ExprKind::RecordUpdate { base: a, .. }
        | ExprKind::RecordGet { base: a, .. } => beginning(a),
        ExprKind::Map { base: Some(a), .. } => beginning(a),
        _ => e.span,
    }
}

fn record(rest: &[Token]) -> Parsed<FormKind> {
    let parsed = run(Tok::StartRecord, &unwrapped(rest));
    match parsed.map_err(|d| bad_record(rest).unwrap_or(d))? {
        Item::Record(name, fields) => Ok(FormKind::Record(RecordDef { name, fields })),
        _ => unreachable!("the start token decides what is parsed"),
    }
}

/// What is wrong with a record declaration that is not wrong as a list of expressions.
fn bad_record(rest: &[Token]) -> Option<Diagnostic> {
    let values = values(rest).ok()?;
    let fields = match values.as_slice() {
        [name, fields] if name.as_atom().is_some() => fields,
        [_, second, ..] if values[0].as_atom().is_some() => {
            return Some(error(first_position(second), "bad record declaration"));
        }
        [first, ..] => return Some(error(first.span, "bad record declaration")),
        [] => return None,
    };
    let ExprKind::Tuple(fields) = &fields.kind else {
        return Some(error(fields.span, "bad record declaration"));
    };
    let odd = fields.iter().find(|f| match &f.kind {
        ExprKind::Atom(_) => false,
        ExprKind::Match(name, _) => name.as_atom().is_none(),
        _ => true,
    });
    odd.map(|f| error(f.span, "bad record field"))
}

fn type_definition(kind: &str, rest: &[Token]) -> Parsed<FormKind> {
    match run(Tok::StartTypeDef, &unwrapped(rest))? {
        Item::TypeDef(name, params, body) => {
            if let Some(bad) = params.iter().find(|p| !matches!(p.kind, TypeKind::Var(_))) {
                return Err(error(bad.span, "bad type variable"));
            }
            let kind = match kind {
                "opaque" => TypeDefKind::Opaque,
                "nominal" => TypeDefKind::Nominal,
                _ => TypeDefKind::Type,
            };
            Ok(FormKind::TypeDef(TypeDef {
                kind,
                name,
                params,
                body,
            }))
        }
        _ => unreachable!("the start token decides what is parsed"),
    }
}

fn spec(callback: bool, rest: &[Token]) -> Parsed<FormKind> {
    match run(Tok::StartSpec, rest)? {
        Item::Spec(module, name, clauses) => {
            let arity = clauses.first().map_or(0, clause_arity);
            if let Some(odd) = clauses.iter().find(|c| clause_arity(c) != arity) {
                return Err(error(odd.span, "spec has wrong arity"));
            }
            Ok(FormKind::Spec(Spec {
                callback,
                module,
                name,
                arity,
                clauses,
            }))
        }
        _ => unreachable!("the start token decides what is parsed"),
    }
}

fn clause_arity(clause: &Type) -> u32 {
    match &clause.kind {
        TypeKind::Fun { args, .. } => u32::try_from(args.len()).unwrap_or(u32::MAX),
        TypeKind::Bounded { fun, .. } => clause_arity(fun),
        _ => 0,
    }
}

// Terms

/// The value of an attribute: a term in which `name/arity` stands for `{name, arity}`.
fn attribute_term(expr: &Expr) -> Parsed<Term> {
    if let Ok(FunRef { name, arity, .. }) = fun_ref(expr, expr.span) {
        return Ok(Term::tuple([Term::Atom(name), Term::int(i64::from(arity))]));
    }
    match &expr.kind {
        ExprKind::List { elements, tail, .. } => {
            list_term(elements, tail.as_deref(), attribute_term)
        }
        ExprKind::Tuple(elements) => Ok(Term::Tuple(
            elements.iter().map(attribute_term).collect::<Parsed<_>>()?,
        )),
        _ => normalise(expr),
    }
}

/// What `-doc` says. In its map, `equiv` may be written `Function/Arity` or as a call, which is kept in the abstract format.
fn documentation_term(expr: &Expr) -> Parsed<Term> {
    let ExprKind::Map { base: None, fields } = &expr.kind else {
        return attribute_term(expr);
    };
    let pairs = fields.iter().map(|f| {
        let key = normalise(&f.key)?;
        let equivalent = matches!(&key, Term::Atom(name) if &**name == "equiv");
        let value = match &f.value.kind {
            ExprKind::Call(..) if equivalent => expr_to_term(&f.value, Anno::LineColumn),
            _ => attribute_term(&f.value)?,
        };
        Ok((key, value))
    });
    Ok(Term::Map(pairs.collect::<Parsed<_>>()?))
}
