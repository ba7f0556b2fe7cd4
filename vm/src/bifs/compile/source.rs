//! Compiling Erlang source for reloading: text in; out come a module file, what the compiler said, the headers it read and the parse
//! transforms and behaviours it asked, so that who remembers the answer knows when it is out of date.

use std::sync::{Arc, Mutex, PoisonError};

use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::compile;
use transom_compiler::diagnostic::{Diagnostic, Severity};
use transom_compiler::host::{Callback, Host, Include};
use transom_compiler::parse::Script;
use transom_compiler::report;
use transom_compiler::span::Files;

use super::apart;
use super::options::{self, Wanted};
use crate::atoms;
use crate::bifs::{BifRow, Cx, Raise};
use crate::compile::{VmHost, add_debug_info};
use crate::heap::Term;
use crate::io::text::text_of;
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[BifRow::new(
    "erts_internal",
    "compile_source",
    3,
    compile_source,
)];

/// A host that remembers what it was asked for.
struct Recording<'a> {
    host: VmHost<'a>,
    headers: Names,
    transforms: Names,
    behaviours: Names,
}

/// Names without repetition, in the order they came.
#[derive(Default)]
struct Names(Mutex<Vec<String>>);

impl Names {
    fn add(&self, name: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    }

    fn into_vec(self) -> Vec<String> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recording<'_> {
    fn found(&self, include: Result<Include, String>) -> Result<Include, String> {
        if let Ok(include) = &include {
            self.headers.add(&include.name);
        }
        include
    }
}

impl Host for Recording<'_> {
    fn include(&self, from: &str, path: &str) -> Result<Include, String> {
        self.found(self.host.include(from, path))
    }

    fn include_lib(&self, from: &str, path: &str) -> Result<Include, String> {
        self.found(self.host.include_lib(from, path))
    }

    fn transform(&self, module: &str, forms: Tree, options: &[Tree]) -> Result<Tree, String> {
        self.transforms.add(module);
        self.host.transform(module, forms, options)
    }

    fn condition(&self, guard: Tree) -> Option<bool> {
        self.host.condition(guard)
    }

    fn behaviour_callbacks(&self, module: &str) -> Option<Vec<Callback>> {
        self.behaviours.add(module);
        self.host.behaviour_callbacks(module)
    }
}

/// What the compiling thread gets.
struct Request {
    path: String,
    /// None: read the file.
    text: Option<Vec<u8>>,
    wanted: Wanted,
}

/// What it answers; everything in it is plain text.
struct Outcome {
    module: Result<(String, Vec<u8>), Vec<Said>>,
    warnings: Vec<Said>,
    headers: Vec<String>,
    transforms: Vec<String>,
    behaviours: Vec<String>,
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

/// Nothing could be compiled.
fn failed(said: Vec<Said>) -> Outcome {
    Outcome {
        module: Err(said),
        warnings: Vec::new(),
        headers: Vec::new(),
        transforms: Vec::new(),
        behaviours: Vec::new(),
    }
}

fn run(mut request: Request, vm: &Arc<Vm>) -> Outcome {
    let mut text = match request
        .text
        .map_or_else(|| std::fs::read(&request.path), Ok)
    {
        Ok(text) => text,
        Err(e) => return failed(vec![unreadable(&request.path, &e)]),
    };
    // A script, as `transom run` takes it.
    if text.starts_with(b"#!") {
        text[0] = b'%';
        request.wanted.compile.parse.script = Script::Shebang;
    }
    let host = Recording {
        host: VmHost {
            path: request.wanted.path,
            image: vm.options.image.clone(),
            vm: &|| Ok(Arc::clone(vm)),
        },
        headers: Names::default(),
        transforms: Names::default(),
        behaviours: Names::default(),
    };
    let options = &request.wanted.compile;
    let (module, warnings) = match compile(&text, &request.path, options, &host) {
        Ok(mut done) => {
            add_debug_info(&mut done, vm);
            let name = done.module.name_text().to_owned();
            (
                Ok((name, done.module.to_bytes())),
                said(&done.warnings, &done.files),
            )
        }
        Err(refused) => (Err(said(&refused.diagnostics, &refused.files)), Vec::new()),
    };
    Outcome {
        module,
        warnings,
        headers: host.headers.into_vec(),
        transforms: host.transforms.into_vec(),
        behaviours: host.behaviours.into_vec(),
    }
}

fn request<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Request, Raise<'h>> {
    let path = text_of(args[0]).ok_or_else(Raise::badarg)?;
    let text = match (args[1].as_atom(), args[1].as_binary()) {
        (Some(atoms::UNDEFINED), _) => None,
        (_, Some(bytes)) => Some(bytes.to_vec()),
        _ => Some(text_of(args[1]).ok_or_else(Raise::badarg)?.into_bytes()),
    };
    let mut wanted = options::read(Vec::new(), &path);
    wanted.compile.source = Some(path.clone());
    if args[2].list_len().is_none() {
        return Err(Raise::badarg());
    }
    for t in args[2].iter_list() {
        options::add(&mut wanted, super::tree(cx, t)?);
    }
    Ok(Request { path, text, wanted })
}

/// `compile_source(Path, undefined | Text, Options)`: `{ok, Module, Binary, Warnings, Read}` or `{error, Errors, Read}`, where a diagnostic
/// is `{Code :: atom(), Text :: binary(), Json :: binary()}` and `Read` is `{Headers, Transforms, Behaviours}`: the paths of the
/// headers (those of the library as `app/include/name.hrl`) and the modules that were asked.
fn compile_source<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    // Nothing of the request is made again while the process waits.
    let job = if cx.process().asked() {
        None
    } else {
        Some(request(cx, args)?)
    };
    let outcome = apart(cx, args, move |vm| match (vm, job) {
        (Some(vm), Some(job)) => run(job, &vm),
        _ => failed(Vec::new()),
    })?;
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
    let modules = |names: &[String]| -> Result<Term<'h>, Raise<'h>> {
        let all = names.iter().map(|m| cx.atom_term(m));
        Ok(heap.list(&all.collect::<Result<Vec<_>, Raise<'h>>>()?))
    };
    let read = heap.tuple(&[
        heap.list(&headers),
        modules(&outcome.transforms)?,
        modules(&outcome.behaviours)?,
    ]);
    match &outcome.module {
        Ok((name, bytes)) => Ok(heap.tuple(&[
            Term::atom(atoms::OK),
            cx.atom_term(name)?,
            heap.binary(bytes),
            list(&outcome.warnings)?,
            read,
        ])),
        Err(errors) => Ok(heap.tuple(&[Term::atom(atoms::ERROR), list(errors)?, read])),
    }
}
