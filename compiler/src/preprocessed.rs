//! Text as the preprocessor leaves it: the tokens of every form and the macros that are defined at its end, as Erlang terms for `epp`.

use crate::abstract_term::Term;
use crate::diagnostic::Diagnostic;
use crate::forms::Anno;
use crate::host::Host;
use crate::lexer::{Tok, Token};
use crate::parse::Options;
use crate::preprocess::{Macro, Piece, Preprocessor};
use crate::scan::token_to_term;
use crate::span::{Files, Span};

/// A file after the preprocessor.
pub struct Preprocessed {
    /// The tokens of each form, a list each; a change of file is the attribute that says so. The last is `{eof, Location}`.
    pub forms: Vec<Term>,
    /// What was wrong, and before which of the forms it was found.
    pub diagnostics: Vec<Diagnostic>,
    /// One place per diagnostic.
    pub places: Vec<usize>,
    /// `{Name, [{Arity | none, {Parameters | none, Tokens}}]}`, sorted by name.
    pub macros: Vec<Term>,
    /// The files that positions are in.
    pub files: Files,
}

/// Runs the preprocessor over a source.
pub fn preprocess(
    source: &[u8],
    name: &str,
    options: &Options,
    anno: Anno,
    host: &dyn Host,
) -> Preprocessed {
    let mut pre = Preprocessor::new(source, name, options, host);
    let (mut forms, mut places) = (Vec::new(), Vec::new());
    loop {
        let piece = pre.next_piece();
        places.resize(pre.diagnostics.len(), forms.len());
        match piece {
            Piece::File(span, name, line) => {
                forms.push(list(&file_attribute(span, &name, line), anno))
            }
            Piece::Form(tokens) => forms.push(list(&tokens, anno)),
            Piece::Eof(span) => {
                forms.push(Term::tuple([
                    Term::atom("eof"),
                    crate::scan::location(span, anno),
                ]));
                break;
            }
        }
    }
    let mut macros: Vec<(&str, &Vec<Macro>)> = pre.macros().collect();
    macros.sort_by_key(|(name, _)| *name);
    let macros = macros
        .into_iter()
        .map(|(name, all)| definitions(name, all, anno))
        .collect();
    let Preprocessor {
        files, diagnostics, ..
    } = pre;
    Preprocessed {
        forms,
        diagnostics,
        places,
        macros,
        files,
    }
}

fn list(tokens: &[Token], anno: Anno) -> Term {
    Term::List(tokens.iter().map(|t| token_to_term(t, anno)).collect())
}

/// `-file(Name, Line).`
fn file_attribute(span: Span, name: &str, line: u32) -> Vec<Token> {
    let fixed = |text: &str| Tok::from_fixed(text).unwrap_or(Tok::Dot);
    let all = [
        fixed("-"),
        Tok::Atom("file".into()),
        fixed("("),
        Tok::Str(name.into()),
        fixed(","),
        Tok::Int(crate::ast::Int::Small(line.into())),
        fixed(")"),
        Tok::Dot,
    ];
    all.into_iter().map(|tok| Token { tok, span }).collect()
}

fn definitions(name: &str, all: &[Macro], anno: Anno) -> Term {
    let none = || Term::atom("none");
    let mut rows: Vec<(Option<usize>, Term)> = all
        .iter()
        .map(|m| {
            let arity = m.params.as_ref().map(Vec::len);
            let params = m.params.as_ref().map_or_else(none, |ps| {
                Term::List(ps.iter().map(|p| Term::Atom(p.clone())).collect())
            });
            let count =
                arity.map_or_else(none, |n| Term::int(u32::try_from(n).unwrap_or(u32::MAX)));
            (
                arity,
                Term::tuple([count, Term::tuple([params, list(&m.body, anno)])]),
            )
        })
        .collect();
    rows.sort_by_key(|(arity, _)| arity.map_or(usize::MAX, |n| n));
    Term::tuple([
        Term::atom(name),
        Term::List(rows.into_iter().map(|(_, row)| row).collect()),
    ])
}
