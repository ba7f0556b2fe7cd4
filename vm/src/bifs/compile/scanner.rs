//! Tokens from text, expressions and forms from tokens.

use std::cell::Cell;

use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::diagnostic::Diagnostic;
use transom_compiler::forms::{self, Anno, Make};
use transom_compiler::integer::Int;
use transom_compiler::lexer::{Tok, Token};
use transom_compiler::nesting::{Nests, nests};
use transom_compiler::parser;
use transom_compiler::report;
use transom_compiler::scan::{Scanned, Start, Wish, from_terms, scan};
use transom_compiler::span::{FileId, Span};

use super::{apart, tagged, term, trees};
use crate::atoms;
use crate::bifs::cx::LONG_STEPS;
use crate::bifs::weight;
use crate::bifs::{BifRow, Cx, Raise};
use crate::compile::terms::OnHeap;
use crate::heap::{Cons, Term};
use crate::io::text::text_of;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_compile", "scan", 3, scan_text).long_if(weight::first),
    BifRow::new("prim_compile", "scan_form", 4, scan_form),
    BifRow::new("prim_compile", "parse", 2, parse),
    BifRow::new("prim_compile", "excerpt", 5, excerpt),
];

/// So many tokens are parsed in place if they nest no deeper than [`SHALLOW`].
const SHORT: usize = 20_000;

/// So deep may tokens nest, brackets, blocks and operators together, that a scheduler's stack bears to walk what is made of them.
const SHALLOW: usize = 200;

fn start<'h>(location: Term<'h>) -> Result<Start, Raise<'h>> {
    let number = |t: Term<'h>| t.as_small().and_then(|n| u32::try_from(n).ok());
    let found = match location.as_tuple() {
        Some(pair) if pair.len() == 2 => {
            let (line, column) = (pair.get(0).and_then(number), pair.get(1).and_then(number));
            line.zip(column).map(|(line, column)| Start {
                line,
                column,
                anno: Anno::LineColumn,
            })
        }
        _ => number(location).map(|line| Start {
            line,
            column: 1,
            anno: Anno::Line,
        }),
    };
    found.ok_or_else(Raise::badarg)
}

fn wish<'h>(cx: &Cx<'h>, options: Term<'h>) -> Wish {
    let mut wish = Wish::default();
    for name in options.iter_list().filter_map(Term::as_atom) {
        match cx.atoms().text(name) {
            "return" => (wish.white_space, wish.comments) = (true, true),
            "return_white_spaces" => wish.white_space = true,
            "return_comments" => wish.comments = true,
            "text" => wish.text = true,
            _ => {}
        }
    }
    wish
}

fn answer<'h>(cx: &Cx<'h>, scanned: Scanned, text: &str) -> Result<Term<'h>, Raise<'h>> {
    let tree = match scanned {
        Scanned::More => Tree::atom("more"),
        Scanned::Tokens(tokens, end, taken) => tagged(
            "ok",
            [Tree::List(tokens), end, Tree::string(&text[taken..])],
        ),
        Scanned::Bad(at, what, end, taken) => {
            tagged("error", [at, what, end, Tree::string(&text[taken..])])
        }
    };
    term(cx, &tree)
}

/// `scan(Chars, Location, Options) -> {ok, Tokens, End, []} | {error, Location, What, End, []}`
fn scan_text<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let text = text_of(args[0]).ok_or_else(Raise::badarg)?;
    let (start, wish) = (start(args[1])?, wish(cx, args[2]));
    cx.bump(text.len() as i64 / 8);
    answer(cx, scan(&text, start, wish, false, true), &text)
}

/// So many characters of a list are scanned first. Most forms are shorter, and what is scanned in vain is no more than this.
const BEGINNING: usize = 1024;

/// So many bytes before the end of a beginning what is no token there may be one when more follows.
const UNSURE: usize = 64;

/// `scan_form(Chars, Location, Options, Last) -> more |` as above with the characters behind the full stop.
fn scan_form<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if let Some(scanned) = scan_beginning(cx, args)? {
        return Ok(scanned);
    }
    let text = text_of(args[0]).ok_or_else(Raise::badarg)?;
    let (start, wish) = (start(args[1])?, wish(cx, args[2]));
    cx.bump(text.len() as i64 / 8);
    let last = args[3].is_atom(atoms::TRUE);
    answer(cx, scan(&text, start, wish, true, last), &text)
}

/// Scans longer and longer beginnings of a list of characters: the text behind a form is neither read nor copied, so a text of many forms is not
/// read for each of them. `None` where it takes all of the text to answer, and for texts that are no such lists.
fn scan_beginning<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Option<Term<'h>>, Raise<'h>> {
    let (start, wish) = (start(args[1])?, wish(cx, args[2]));
    let (mut rest, mut text) = (args[0], String::new());
    let (mut count, mut enough) = (0, BEGINNING);
    loop {
        while count < enough {
            let Some(cell) = rest.as_cons() else {
                return Ok(None);
            };
            let code = cell.head().as_small().and_then(|n| u32::try_from(n).ok());
            let Some(char) = code.and_then(char::from_u32) else {
                return Ok(None);
            };
            text.push(char);
            (rest, count) = (cell.tail(), count + 1);
        }
        cx.bump(text.len() as i64 / 8);
        if count > LONG_STEPS {
            cx.long(args)?;
        }
        let behind = |taken: usize| {
            let passed = text[..taken].chars().count();
            (0..passed).fold(args[0], |t, _| t.as_cons().map_or(t, Cons::tail))
        };
        match scan(&text, start, wish, true, false) {
            Scanned::Tokens(tokens, end, taken) => {
                let parts = [Tree::atom("ok"), Tree::List(tokens), end];
                return with_rest(cx, &parts, behind(taken)).map(Some);
            }
            Scanned::Bad(at, what, end, taken) if taken + UNSURE < text.len() => {
                let parts = [Tree::atom("error"), at, what, end];
                return with_rest(cx, &parts, behind(taken)).map(Some);
            }
            Scanned::Bad(..) | Scanned::More => enough *= 2,
        }
    }
}

/// A tuple of these, and the rest of the text.
fn with_rest<'h>(cx: &Cx<'h>, parts: &[Tree], rest: Term<'h>) -> Result<Term<'h>, Raise<'h>> {
    let mut all = parts
        .iter()
        .map(|part| term(cx, part))
        .collect::<Result<Vec<_>, _>>()?;
    all.push(rest);
    Ok(cx.heap().tuple(&all))
}

#[derive(Clone, Copy)]
enum What {
    Exprs,
    Form,
    Term,
}

/// `parse(exprs | form | term, Tokens) -> {ok, Parsed} | {error, Location, Message}`
fn parse<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let name = args[0].as_atom().ok_or_else(Raise::badarg)?;
    let what = match cx.atoms().text(name) {
        "exprs" => What::Exprs,
        "form" => What::Form,
        "term" => What::Term,
        _ => return Err(Raise::badarg()),
    };
    let tokens = args[1].list_len().ok_or_else(Raise::badarg)?;
    cx.bump(tokens as i64);
    if cx.process().asked() {
        return term(cx, &apart(cx, args, |_| Tree::nil())?);
    }
    match read_tokens(cx, args[1])? {
        Read::Plain(read, columns) if tokens <= SHORT && depth(&read) <= SHALLOW => {
            parsed_here(cx, what, &read, columns)
        }
        read if tokens <= SHALLOW => term(cx, &read.parsed(what)),
        read => term(cx, &apart(cx, args, move |_| read.parsed(what))?),
    }
}

/// Makes what is parsed on the caller's heap.
fn parsed_here<'h>(
    cx: &Cx<'h>,
    what: What,
    tokens: &[Token],
    columns: bool,
) -> Result<Term<'h>, Raise<'h>> {
    let full = Cell::new(false);
    let make = OnHeap::new(cx.heap(), cx.atoms(), cx.vm().code().cells(), &full);
    let anno = Anno::LineColumn;
    let parsed = match what {
        What::Exprs => parser::parse_exprs(tokens)
            .map(|exprs| cx.heap().list(&forms::exprs_as(&exprs, anno, make))),
        What::Form => parser::parse_form(tokens).map(|form| forms::form_as(&form, anno, make)),
        What::Term => parser::parse_term(tokens).map(|tree| make.term(&tree)),
    };
    match parsed {
        Ok(_) if full.get() => Err(Raise::system_limit()),
        Ok(parsed) => Ok(cx.heap().tuple(&[Term::atom(atoms::OK), parsed])),
        Err(d) => term(cx, &failure(place(&d, columns), &d.message)),
    }
}

/// How deep the tree of these tokens can be: open brackets and blocks, and in each of them the operators since the last separator.
fn depth(tokens: &[Token]) -> usize {
    let mut open: Vec<usize> = vec![0];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for token in tokens {
        match nests(&token.tok) {
            Nests::Opens => {
                open.push(0);
                depth += 1;
            }
            Nests::Closes => depth = depth.saturating_sub(1 + open.pop().unwrap_or(0)),
            Nests::Operates => {
                if let Some(top) = open.last_mut() {
                    *top += 1;
                }
                depth += 1;
            }
            Nests::Separates => {
                let operators = open.last_mut().map(std::mem::take).unwrap_or(0);
                depth = depth.saturating_sub(operators);
            }
            Nests::No => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Tokens as terms have them.
enum Read {
    /// Those of a scanner, with or without columns.
    Plain(Vec<Token>, bool),
    /// Any others.
    Trees(Vec<Tree>),
}

impl Read {
    fn parsed(&self, what: What) -> Tree {
        match self {
            Read::Plain(tokens, columns) => parse_tokens(what, tokens, *columns),
            Read::Trees(terms) => parse_terms(what, terms),
        }
    }
}

/// What a scanner makes is read without a tree in between, which took as long as parsing.
fn read_tokens<'h>(cx: &Cx<'h>, list: Term<'h>) -> Result<Read, Raise<'h>> {
    let mut columns = false;
    let plain: Option<Vec<Token>> = list
        .iter_list()
        .map(|t| plain_token(cx, t, &mut columns))
        .collect();
    match plain {
        Some(tokens) => Ok(Read::Plain(tokens, columns)),
        None => trees(cx, list).map(Read::Trees),
    }
}

fn plain_token<'h>(cx: &Cx<'h>, t: Term<'h>, columns: &mut bool) -> Option<Token> {
    let parts = t.as_tuple()?;
    let number = |t: Term<'h>| t.as_small().and_then(|n| u32::try_from(n).ok());
    let at = parts.get(1)?;
    let span = match at.as_tuple() {
        Some(pair) if pair.len() == 2 => {
            *columns = true;
            Span::from_line(FileId(0), number(pair.get(0)?)?, number(pair.get(1)?)?)
        }
        Some(_) => return None,
        None => Span::from_line(FileId(0), number(at)?, 0),
    };
    let text = |t: Term<'h>| t.as_atom().map(|a| cx.atoms().text(a));
    let tag = text(parts.get(0)?)?;
    let tok = match (tag, parts.len()) {
        ("dot", 2) => Tok::Dot,
        (fixed, 2) => Tok::from_fixed(fixed)?,
        ("atom", 3) => Tok::Atom(text(parts.get(2)?)?.into()),
        ("var", 3) => Tok::Var(text(parts.get(2)?)?.into()),
        ("integer", 3) => Tok::Int(Int::Small(parts.get(2)?.as_small()?)),
        ("char", 3) => Tok::Char(number(parts.get(2)?)?),
        ("string", 3) => {
            let mut characters = parts.get(2)?.iter_list();
            let text: Option<String> = characters
                .by_ref()
                .map(|c| number(c).and_then(char::from_u32))
                .collect();
            Tok::Str(text.filter(|_| characters.tail().is_nil())?.into())
        }
        _ => return None,
    };
    Some(Token { tok, span })
}

fn parse_terms(what: What, terms: &[Tree]) -> Tree {
    let tokens = match from_terms(terms, FileId(0)) {
        Ok(tokens) => tokens,
        // A character that starts no token: the parser meets it as it would any other it does not expect.
        Err(bad) => {
            let parts = bad.as_tuple().unwrap_or_default();
            let at = parts.get(1).cloned().unwrap_or_else(Tree::nil);
            let name = parts.first().map(ToString::to_string).unwrap_or_default();
            return failure(at, &format!("syntax error before: {name}"));
        }
    };
    let columns = terms.iter().any(|t| {
        let at = t.as_tuple().and_then(|parts| parts.get(1));
        at.is_some_and(|at| at.as_tuple().is_some() || at.to_string().contains("{location,{"))
    });
    parse_tokens(what, &tokens, columns)
}

fn parse_tokens(what: What, tokens: &[Token], columns: bool) -> Tree {
    let parsed = match what {
        What::Exprs => parser::parse_exprs(tokens)
            .map(|exprs| Tree::List(forms::exprs_to_terms(&exprs, Anno::LineColumn))),
        What::Form => parser::parse_form(tokens).map(|form| {
            let mut terms = forms::to_terms(std::slice::from_ref(&form), Anno::LineColumn);
            terms.pop().unwrap_or_else(Tree::nil)
        }),
        What::Term => parser::parse_term(tokens),
    };
    match parsed {
        Ok(tree) => tagged("ok", [tree]),
        Err(d) => failure(place(&d, columns), &d.message),
    }
}

/// Where a diagnostic points, written as the tokens write positions.
fn place(d: &Diagnostic, columns: bool) -> Tree {
    let span = d.span.unwrap_or_default();
    if columns {
        Tree::tuple([Tree::int(span.line), Tree::int(span.column)])
    } else {
        Tree::int(span.line)
    }
}

fn failure(at: Tree, message: &str) -> Tree {
    tagged("error", [at, Tree::string(message)])
}

/// `excerpt(Text, Name, Line, Column, Colours) -> string()`: the line of a source text with its place marked, the whole line for column 0; empty
/// where there is no such line.
fn excerpt<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let text = text_of(args[0]).ok_or_else(Raise::badarg)?;
    let name = text_of(args[1]).ok_or_else(Raise::badarg)?;
    let line = args[2].as_usize().ok_or_else(Raise::badarg)?;
    let column = args[3].as_usize().ok_or_else(Raise::badarg)?;
    let colours = args[4].as_atom() == Some(atoms::TRUE);
    cx.bump(text.len() as i64 / 64);
    let drawn = report::excerpt(&name, &text, line, column, colours);
    term(cx, &Tree::string(&drawn))
}
