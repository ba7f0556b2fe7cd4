//! Compiling Erlang source inside the VM, for reloading: text in, a module file and the list of the headers it read out. The compiler
//! works on a dirty thread, so a long compilation holds no scheduler. Parse transforms need running code and are refused here;
//! `compile:file/2` knows them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use transom_compiler::abstract_term::Term as Abstract;
use transom_compiler::ast::Name;
use transom_compiler::diagnostic::{Diagnostic, Severity};
use transom_compiler::host::{Callback, Host, Include};
use transom_compiler::parse::Script;
use transom_compiler::report;
use transom_compiler::span::Files;
use transom_compiler::{CompileOptions, compile};

use super::badarg;
use crate::atoms;
use crate::bifs::io::blocking::blocking;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::io::text::text_of;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[BifRow::new(
    "erts_internal",
    "compile_source",
    3,
    compile_source,
)];

/// Headers are looked for beside the file that wants them, then where the caller said. Remembers what was read.
struct Headers {
    include: Vec<PathBuf>,
    read: Mutex<Vec<String>>,
}

impl Headers {
    fn first(&self, candidates: impl IntoIterator<Item = PathBuf>) -> Option<Include> {
        let (path, bytes) = candidates
            .into_iter()
            .find_map(|p| Some((p.clone(), std::fs::read(&p).ok()?)))?;
        let name = path.display().to_string();
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if !read.contains(&name) {
            read.push(name.clone());
        }
        Some(Include { name, bytes })
    }
}

impl Host for Headers {
    fn include(&self, from: &str, path: &str) -> Result<Include, String> {
        let beside = Path::new(from).parent().map(|d| d.join(path));
        let others = self.include.iter().map(|d| d.join(path));
        self.first(beside.into_iter().chain(others))
            .ok_or_else(|| format!("can't find include file \"{path}\""))
    }

    fn include_lib(&self, _from: &str, path: &str) -> Result<Include, String> {
        let all = self
            .include
            .iter()
            .flat_map(|d| [d.join(path), d.join("..").join("..").join(path)]);
        self.first(all.chain([PathBuf::from(path)]))
            .ok_or_else(|| format!("can't find include lib \"{path}\""))
    }

    fn transform(
        &self,
        module: &str,
        _forms: Abstract,
        _options: &[Abstract],
    ) -> Result<Abstract, String> {
        Err(format!("undefined parse transform '{module}'"))
    }

    fn behaviour_callbacks(&self, _module: &str) -> Option<Vec<Callback>> {
        None
    }
}

/// What the dirty thread gets.
struct Request {
    path: String,
    /// None: read the file.
    text: Option<Vec<u8>>,
    include: Vec<PathBuf>,
    options: CompileOptions,
}

/// What it answers; everything in it is plain text.
struct Outcome {
    module: Result<(String, Vec<u8>), Vec<Said>>,
    warnings: Vec<Said>,
    headers: Vec<String>,
}

/// A diagnostic: the tag that tools select by, drawn for people, and its parts as JSON.
struct Said {
    code: &'static str,
    text: String,
    json: String,
}

fn said(all: &[Diagnostic], files: &Files) -> Vec<Said> {
    all.iter()
        .map(|d| Said {
            code: d.code,
            text: report::human(d, files, false),
            json: report::json(d, files),
        })
        .collect()
}

fn unreadable(path: &str, why: &std::io::Error) -> Said {
    let d = Diagnostic {
        severity: Severity::Error,
        code: "read",
        message: why.to_string(),
        span: None,
        notes: Vec::new(),
        hint: None,
    };
    Said {
        code: d.code,
        text: format!("{path}: error: {}", d.message),
        json: report::json(&d, &Files::default()),
    }
}

fn run(mut request: Request) -> Outcome {
    let mut text = match request
        .text
        .map_or_else(|| std::fs::read(&request.path), Ok)
    {
        Ok(text) => text,
        Err(e) => {
            return Outcome {
                module: Err(vec![unreadable(&request.path, &e)]),
                warnings: Vec::new(),
                headers: Vec::new(),
            };
        }
    };
    // A script, as `transom run` takes it.
    if text.starts_with(b"#!") {
        text[0] = b'%';
        request.options.parse.script = Script::Shebang;
    }
    let host = Headers {
        include: request.include,
        read: Mutex::default(),
    };
    let (module, warnings) = match compile(&text, &request.path, &request.options, &host) {
        Ok(done) => {
            let name = done.module.name_text().to_owned();
            (
                Ok((name, done.module.to_bytes())),
                said(&done.warnings, &done.files),
            )
        }
        Err(failed) => (Err(said(&failed.diagnostics, &failed.files)), Vec::new()),
    };
    let headers = host
        .read
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    Outcome {
        module,
        warnings,
        headers,
    }
}

fn text_arg<'h>(cx: &Cx<'h>, t: Term<'h>) -> Result<String, Raise<'h>> {
    text_of(t).ok_or_else(|| badarg(cx))
}

/// `{i, Dir}`, `{d, Name}`, `{d, Name, ValueText}` or a flag.
fn option<'h>(cx: &Cx<'h>, request: &mut Request, t: Term<'h>) -> Result<(), Raise<'h>> {
    if let Some(flag) = t.as_atom() {
        let name = Name::from(cx.atoms().text(flag));
        request.options.options.push(Abstract::Atom(name));
        return Ok(());
    }
    let parts = t.as_tuple().ok_or_else(|| badarg(cx))?;
    let part = |i| parts.get(i).ok_or_else(|| badarg(cx));
    let key = part(0)?.as_atom().ok_or_else(|| badarg(cx))?;
    match (cx.atoms().text(key), parts.len()) {
        ("i", 2) => request.include.push(text_arg(cx, part(1)?)?.into()),
        ("d", 2 | 3) => {
            let name = part(1)?;
            let name = match name.as_atom() {
                Some(a) => cx.atoms().text(a).to_owned(),
                None => text_arg(cx, name)?,
            };
            let value = match parts.len() {
                3 => Some(text_arg(cx, part(2)?)?),
                _ => None,
            };
            let define = (Name::from(name.as_str()), value);
            request.options.parse.defines.push(define);
        }
        _ => return Err(badarg(cx)),
    }
    Ok(())
}

fn request<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Request, Raise<'h>> {
    let path = text_arg(cx, args[0])?;
    let text = match args[1].as_atom() {
        Some(atoms::UNDEFINED) => None,
        _ => Some(text_arg(cx, args[1])?.into_bytes()),
    };
    let mut options = CompileOptions {
        source: Some(path.clone()),
        ..CompileOptions::default()
    };
    options.parse.default_module = Path::new(&path)
        .file_stem()
        .map(|s| Name::from(s.to_string_lossy().as_ref()));
    let mut request = Request {
        path,
        text,
        include: Vec::new(),
        options,
    };
    if args[2].list_len().is_none() {
        return Err(badarg(cx));
    }
    for t in args[2].iter_list() {
        option(cx, &mut request, t)?;
    }
    Ok(request)
}

/// `compile_source(Path, undefined | Text, Options)`: `{ok, Module, Binary, Warnings, Headers}` or `{error, Errors, Headers}`, where
/// a diagnostic is `{Code :: atom(), Text :: binary(), Json :: binary()}` and a header the path it was read from.
fn compile_source<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    let job = request(cx, args)?;
    let outcome = blocking(cx, args, move || run(job))?;
    let heap = cx.heap();
    let list = |all: &[Said]| -> Result<Term<'h>, Raise<'h>> {
        let said = all.iter().map(|s| {
            let text = heap.binary(s.text.as_bytes());
            let json = heap.binary(s.json.as_bytes());
            Ok(heap.tuple(&[cx.atom_term(s.code)?, text, json]))
        });
        Ok(heap.list(&said.collect::<Result<Vec<_>, Raise<'h>>>()?))
    };
    let headers: Vec<Term<'h>> = outcome.headers.iter().map(|h| heap.string(h)).collect();
    let headers = heap.list(&headers);
    match &outcome.module {
        Ok((name, bytes)) => Ok(heap.tuple(&[
            Term::atom(atoms::OK),
            cx.atom_term(name)?,
            heap.binary(bytes),
            list(&outcome.warnings)?,
            headers,
        ])),
        Err(errors) => Ok(heap.tuple(&[Term::atom(atoms::ERROR), list(errors)?, headers])),
    }
}
