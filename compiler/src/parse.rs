//! From source text to forms: the way in to lexer, preprocessor and grammar.

use crate::ast::{Form, FormKind, FunRef, Name};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::lost::Lost;
use crate::parser::parse_form;
use crate::preprocess::{Piece, Preprocessor};
use crate::span::Files;

/// How deep brackets, blocks and prefix operators may nest. More is a diagnostic.
pub const MAX_NESTING: usize = 10_000;

/// How long a chain of infix operators may be that builds a deep tree (`A + B + ...`). More is a diagnostic.
pub const MAX_CHAIN: usize = 50_000;

/// What the caller may set for reading a module.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Macros defined from outside: name and, as source text, value (`None`: `true`).
    pub defines: Vec<(Name, Option<String>)>,
    /// The module name used for `?MODULE` before `-module` was seen (the file's base name).
    pub default_module: Option<Name>,
    /// What may be left out.
    pub script: Script,
}

/// How much of a module a file must spell out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// All of it.
    #[default]
    No,
    /// Without `-module` it has the default name and exports `main/1`.
    Unnamed,
    /// It began with `#!`: with `-module` too `main/1` is exported.
    Shebang,
}

/// A module that has been read. With an error among the diagnostics `forms` holds what could be read.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub forms: Vec<Form>,
    pub diagnostics: Vec<Diagnostic>,
    /// How many forms there were before each diagnostic.
    pub places: Vec<usize>,
    pub files: Files,
    /// What forms with errors would have defined.
    pub lost: Lost,
}

/// Reads a module: one form after another, each bad one answered by one diagnostic. `name` is the file name for
/// messages. Never panics; deep nesting is a diagnostic. Trees may be [`MAX_NESTING`] deep: walk
/// them inside [`crate::stack::with_large_stack`].
#[must_use]
pub fn parse_module(source: &[u8], name: &str, options: &Options, host: &dyn Host) -> Parsed {
    let mut pre = Preprocessor::new(source, name, options, host);
    let mut forms = Vec::new();
    let mut places = Vec::new();
    loop {
        let piece = pre.next_piece();
        places.resize(pre.diagnostics.len(), forms.len());
        match piece {
            Piece::File(span, name, line) => forms.push(Form {
                span,
                kind: FormKind::File(name, line),
            }),
            Piece::Form(tokens) => match parse_form(&tokens) {
                Ok(form) => forms.push(form),
                Err(d) => {
                    pre.diagnostics.push(d);
                    pre.lost.form(&tokens);
                }
            },
            Piece::Eof(span) => {
                forms.push(Form {
                    span,
                    kind: FormKind::Eof,
                });
                break;
            }
        }
    }
    let Preprocessor {
        files,
        diagnostics,
        lost,
        ..
    } = pre;
    places.resize(diagnostics.len(), forms.len());
    if options.script != Script::No {
        complete(&mut forms, options);
    }
    Parsed {
        forms,
        diagnostics,
        places,
        files,
        lost,
    }
}

/// Adds what a script leaves out, where the file begins.
fn complete(forms: &mut Vec<Form>, options: &Options) {
    let Some(span) = forms.first().map(|f| f.span) else {
        return;
    };
    let form = |kind| Form { span, kind };
    let is_main = |name: &Name, arity: u32| &**name == "main" && arity == 1;
    let exported = forms.iter().any(|f| match &f.kind {
        FormKind::Export(all) => all.iter().any(|f| is_main(&f.name, f.arity)),
        _ => false,
    });
    let defined = forms.iter().any(|f| match &f.kind {
        FormKind::Function(f) => is_main(&f.name, f.arity),
        _ => false,
    });
    let named = forms
        .iter()
        .position(|f| matches!(f.kind, FormKind::Module(_)));
    let at = match (named, &options.default_module) {
        (Some(_), _) if options.script == Script::Unnamed || !defined => return,
        (Some(at), _) => at + 1,
        (None, Some(name)) => {
            // The first form says which file it is.
            let at = forms.len().min(1);
            forms.insert(at, form(FormKind::Module(name.clone())));
            at + 1
        }
        (None, None) => return,
    };
    if !exported {
        let main = FunRef {
            name: Name::from("main"),
            arity: 1,
            span,
        };
        forms.insert(at, form(FormKind::Export(vec![main])));
    }
}
