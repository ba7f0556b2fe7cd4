//! Parse transforms: forms leave as terms, the host runs `Module:parse_transform/2` over them, and what comes back is read again.
//! Which file a form belongs to is not part of the abstract format; the `file` attributes between the forms say it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::abstract_term::Term;
use crate::ast::{Clause, Expr, ExprKind, Form, FormKind, FunRef, Function, Name};
use crate::compile::all_options;
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::forms::{Anno, from_terms, to_terms};
use crate::host::Host;
use crate::lost::Lost;
use crate::span::{FileId, Files, Span};

/// What the linter and the later passes are given.
pub(crate) struct Input {
    pub forms: Vec<Form>,
    pub files: Files,
    pub diagnostics: Vec<Diagnostic>,
    pub lost: Lost,
}

/// Runs the transforms that the options and the module's own `-compile` attributes name. Forms with errors are left as they are: the errors
/// are what there is to say.
///
/// EUnit's own transform, which almost every test module asks for, is done here; `eunit_autoexport` in the library says the same in Erlang.
pub(crate) fn run(mut input: Input, options: &[Term], host: &dyn Host) -> Input {
    let all = all_options(&input.forms, options);
    if asked(&all).any(|n| n == "eunit_autoexport") {
        export_tests(&mut input.forms);
    }
    for name in names(&all) {
        if has_errors(&input.diagnostics) {
            break;
        }
        one(&mut input, &name, &all, host);
    }
    input
}

/// Names of the parse transforms that the options ask for.
fn asked(options: &[Term]) -> impl Iterator<Item = &str> {
    options.iter().filter_map(|o| match o.as_tuple()? {
        [tag, module] if tag.is_atom("parse_transform") => module.as_atom().map(|m| &**m),
        _ => None,
    })
}

/// Each of them once, but the one that is built in.
fn names(options: &[Term]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for n in asked(options) {
        if n != "eunit_autoexport" && !names.iter().any(|known| known == n) {
            names.push(n.to_owned());
        }
    }
    names
}

/// Exports every `*_test/0` and `*_test_/0` behind the module attribute, and adds `test/0`, which runs them.
fn export_tests(forms: &mut Vec<Form>) {
    let module = forms.iter().enumerate().find_map(|(at, f)| match &f.kind {
        FormKind::Module(name) => Some((at, name.clone(), f.span)),
        _ => None,
    });
    let Some((at, module, span)) = module else {
        return;
    };
    let own: Vec<Name> = forms
        .iter()
        .filter_map(|f| match &f.kind {
            FormKind::Function(f) if f.arity == 0 => Some(f.name.clone()),
            _ => None,
        })
        .collect();
    let has_test = own.iter().any(|n| &**n == "test");
    let fun_ref = |name: Name| FunRef {
        name,
        arity: 0,
        span,
    };
    let tests = own
        .into_iter()
        .filter(|n| n.ends_with("_test") || n.ends_with("_test_"));
    let mut exports: Vec<FunRef> = tests.map(fun_ref).collect();
    if !has_test {
        exports.insert(0, fun_ref("test".into()));
        let end = forms
            .iter()
            .rposition(|f| matches!(f.kind, FormKind::Eof))
            .unwrap_or(forms.len());
        forms.insert(end, test_function(module, span));
    }
    let kind = FormKind::Export(exports);
    forms.insert(at + 1, Form { span, kind });
}

/// `test() -> eunit:test(Module).`
fn test_function(module: Name, span: Span) -> Form {
    let expr = |kind| Expr { span, kind };
    let atom = |name: Name| expr(ExprKind::Atom(name));
    let called = expr(ExprKind::Remote(
        Box::new(atom("eunit".into())),
        Box::new(atom("test".into())),
    ));
    let clause = Clause {
        span,
        patterns: Vec::new(),
        guards: Vec::new(),
        body: vec![expr(ExprKind::Call(Box::new(called), vec![atom(module)]))],
    };
    let kind = FormKind::Function(Function {
        name: "test".into(),
        arity: 0,
        clauses: vec![clause],
    });
    Form { span, kind }
}

fn one(input: &mut Input, name: &str, options: &[Term], host: &dyn Host) {
    let terms = Term::List(to_terms(&input.forms, Anno::LineColumn));
    let first = first_span(&input.forms);
    let answer = match host.transform(name, terms, options) {
        Ok(answer) => answer,
        Err(why) => {
            let code = "undefined_parse_transform";
            input.diagnostics.push(Diagnostic::error(code, first, why));
            return;
        }
    };
    let [forms, messages] = match answer.as_tuple() {
        Some([forms, messages]) => [forms.to_list(), messages.to_list()],
        _ => [None, None],
    };
    for m in messages.unwrap_or_default() {
        let said = message(&m, &mut input.files);
        input.diagnostics.extend(said);
    }
    match forms.map(|f| read(&f, &mut input.files, first.file)) {
        Some(Ok(forms)) => input.forms = forms,
        Some(Err((span, text))) => {
            let text = format!("parse transform '{name}' returned {text}");
            input
                .diagnostics
                .push(Diagnostic::error("bad_form", span, text));
        }
        None => {
            if !has_errors(&input.diagnostics) {
                let text = format!("parse transform '{name}' returned no forms");
                input
                    .diagnostics
                    .push(Diagnostic::error("bad_form", first, text));
            }
        }
    }
}

fn first_span(forms: &[Form]) -> Span {
    let mut spans = forms.iter().map(|f| f.span);
    spans.find(|s| s.line > 0).unwrap_or_default()
}

/// `{error | warning, File, Line, Column, Text}`
fn message(t: &Term, files: &mut Files) -> Option<Diagnostic> {
    let [severity, file, line, column, text] = t.as_tuple()? else {
        return None;
    };
    let number = |t: &Term| t.as_i64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let file = file_id(files, &file.to_text().unwrap_or_default());
    let span = Span::from_line(file, number(line), number(column));
    let text = text.to_text().unwrap_or_default();
    Some(Diagnostic {
        severity: if severity.is_atom("error") {
            Severity::Error
        } else {
            Severity::Warning
        },
        ..Diagnostic::error("parse_transform", span, text)
    })
}

fn file_id(files: &mut Files, name: &str) -> FileId {
    let known = (0u32..)
        .map(FileId)
        .take(files.len())
        .find(|id| files.name(*id) == name);
    known.unwrap_or_else(|| files.add(name, ""))
}

/// Reads forms; the span and the text are those of the first one that is none.
pub(crate) fn read(
    terms: &[Term],
    files: &mut Files,
    main: FileId,
) -> Result<Vec<Form>, (Span, String)> {
    let mut file = main;
    let mut ids: HashMap<Arc<str>, FileId> = HashMap::new();
    let mut forms = Vec::with_capacity(terms.len());
    for t in terms {
        if let Some([tag, _, name, value]) = t.as_tuple()
            && tag.is_atom("attribute")
            && name.is_atom("file")
            && let Some([name, _]) = value.as_tuple()
            && let Some(text) = name.to_text()
        {
            let text: Arc<str> = text.into();
            file = *ids
                .entry(text.clone())
                .or_insert_with(|| file_id(files, &text));
        }
        let read = from_terms(std::slice::from_ref(t), file);
        forms.extend(read.map_err(|bad| {
            (
                bad.span,
                format!("{} instead of {}", bad.found, bad.expected),
            )
        })?);
    }
    Ok(forms)
}
