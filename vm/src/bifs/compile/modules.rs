//! Whole modules: source to forms, forms checked, source or forms to a bytecode file.

use std::sync::Arc;

use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::forms::{self, Anno};
use transom_compiler::{Compiled, Failed};

use super::messages::{Draw, message, messages};
use super::options::{self, Wanted};
use super::{apart, tagged, term, tree, trees};
use crate::bifs::{BifRow, Cx, Raise};
use crate::compile::{VmHost, add_debug_info};
use crate::heap::Term;
use crate::io::text::text_of;
use crate::vm::Vm;

/// See [`crate::bifs`].
pub const ROWS: &[BifRow] = &[
    BifRow::new("prim_compile", "read", 3, read),
    BifRow::new("prim_compile", "preprocess", 3, preprocess),
    BifRow::new("prim_compile", "lint", 3, lint),
    BifRow::new("prim_compile", "compile", 3, compile),
];

/// What stands between the caller's terms and the work: the text or the forms, the file's name, the options.
struct Job {
    source: Source,
    name: String,
    wanted: Wanted,
}

enum Source {
    Text(Vec<u8>),
    Forms(Vec<Tree>),
}

fn job<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Job, Raise<'h>> {
    let name = text_of(args[1]).ok_or_else(Raise::badarg)?;
    let wanted = options::read(trees(cx, args[2])?, &name);
    let source = match args[0].as_binary() {
        Some(bytes) => Source::Text(bytes.to_vec()),
        None => Source::Forms(tree(cx, args[0])?.to_list().ok_or_else(Raise::badarg)?),
    };
    Ok(Job {
        source,
        name,
        wanted,
    })
}

/// Runs a job apart with a host; nothing of it is made again while the process waits.
fn run<'h>(cx: &Cx<'h>, args: &[Term<'h>], work: Work) -> Result<Term<'h>, Raise<'h>> {
    let job = if cx.process().asked() {
        None
    } else {
        Some(job(cx, args)?)
    };
    run_apart(cx, args, job, work)
}

type Work = fn(Job, &Vm, &VmHost<'_>) -> Tree;

fn run_apart<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    job: Option<Job>,
    work: Work,
) -> Result<Term<'h>, Raise<'h>> {
    let done = apart(cx, args, move |vm| match (vm, job) {
        (Some(vm), Some(job)) => with_host(job, &vm, work),
        _ => Tree::atom("undefined"),
    })?;
    term(cx, &done)
}

fn with_host(job: Job, vm: &Arc<Vm>, work: Work) -> Tree {
    let host = VmHost {
        path: job.wanted.path.clone(),
        image: vm.options.image.clone(),
        vm: &|| Ok(Arc::clone(vm)),
    };
    work(job, vm, &host)
}

/// `read(Bytes, Name, Options) -> [Form | {error, Location, Code, Text} | {warning, ...}]`: what `epp:parse_file` is made of.
fn read<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    run(cx, args, |job, _, host| {
        let Source::Text(text) = &job.source else {
            return Tree::nil();
        };
        let parsed =
            transom_compiler::parse_module(text, &job.name, &job.wanted.compile.parse, host);
        let columns = job.wanted.columns;
        let said = parsed.places.iter().copied();
        let said = said.zip(
            parsed
                .diagnostics
                .iter()
                .map(|d| message(d, &parsed.files, columns, Draw::Not)),
        );
        Tree::List(woven(forms::to_terms(&parsed.forms, anno(columns)), said))
    })
}

fn anno(columns: bool) -> Anno {
    if columns {
        Anno::LineColumn
    } else {
        Anno::Line
    }
}

/// Forms, and before each what was said about what stands before it.
fn woven(forms: Vec<Tree>, said: impl Iterator<Item = (usize, Tree)>) -> Vec<Tree> {
    let mut said = said.peekable();
    let mut out = Vec::new();
    for (at, form) in forms.into_iter().enumerate() {
        while let Some((_, m)) = said.next_if(|(place, _)| *place <= at) {
            out.push(m);
        }
        out.push(form);
    }
    out.extend(said.map(|(_, m)| m));
    out
}

/// `preprocess(Bytes, Name, Options) -> {[Tokens | Message | {eof, Location}], [{Macro, [{Arity | none, {Parameters | none, Tokens}}]}]}`
fn preprocess<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    run(cx, args, |job, _, host| {
        let Source::Text(text) = &job.source else {
            return Tree::nil();
        };
        let columns = job.wanted.columns;
        let options = &job.wanted.compile.parse;
        let done = transom_compiler::preprocess(text, &job.name, options, anno(columns), host);
        let said = done.places.iter().copied();
        let said = said.zip(
            done.diagnostics
                .iter()
                .map(|d| message(d, &done.files, columns, Draw::Not)),
        );
        Tree::tuple([Tree::List(woven(done.forms, said)), Tree::List(done.macros)])
    })
}

/// `lint(Forms, Name, Options) -> [Message]`
fn lint<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    if cx.process().asked() {
        return run_apart(cx, args, None, checked);
    }
    let job = job(cx, args)?;
    let size = match &job.source {
        Source::Forms(terms) => size_if_short(terms),
        Source::Text(_) => None,
    };
    match size.zip(cx.vm().weak().upgrade()) {
        Some((size, vm)) => {
            cx.bump(size as i64);
            term(cx, &with_host(job, &vm, checked))
        }
        None => run_apart(cx, args, Some(job), checked),
    }
}

fn checked(job: Job, _: &Vm, host: &VmHost<'_>) -> Tree {
    let Source::Forms(terms) = &job.source else {
        return Tree::nil();
    };
    let options = &job.wanted.compile.options;
    match transom_compiler::check_forms(terms, &job.name, options, host) {
        Ok((found, files)) => messages(&found, &files, job.wanted.columns, job.wanted.draw),
        Err(failed) => failure(&failed, &job.wanted),
    }
}

/// Forms of so many terms, nested so deeply, are checked in place: two threads take longer than a few expressions of the console, and a scheduler's
/// stack bears them.
const SHORT: usize = 1_000;
const SHALLOW: usize = 100;

/// Not where a behaviour may have to be asked: that is Erlang code, which runs on schedulers.
fn size_if_short(forms: &[Tree]) -> Option<usize> {
    let mut left = SHORT;
    let mut todo: Vec<(&Tree, usize)> = forms.iter().map(|form| (form, 0)).collect();
    while let Some((tree, depth)) = todo.pop() {
        if left == 0 || depth > SHALLOW || tree.is_atom("behaviour") || tree.is_atom("behavior") {
            return None;
        }
        left -= 1;
        match tree {
            Tree::Tuple(parts) | Tree::List(parts) => {
                todo.extend(parts.iter().map(|part| (part, depth + 1)));
            }
            Tree::Improper(..) | Tree::Map(_) => return None,
            Tree::Atom(_)
            | Tree::Int(_)
            | Tree::Float(_)
            | Tree::Str(_)
            | Tree::Binary(_)
            | Tree::Bits(..)
            | Tree::ExportFun(..) => {}
        }
    }
    Some(SHORT - left)
}

fn failure(failed: &Failed, wanted: &Wanted) -> Tree {
    messages(
        &failed.diagnostics,
        &failed.files,
        wanted.columns,
        wanted.draw,
    )
}

/// `compile(Bytes | Forms, Name, Options) -> {ok, Module, File, Messages, Forms} | {error, Messages}`; `Forms` is `[]` unless the
/// option `return_forms` is there.
fn compile<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>> {
    run(cx, args, |job, vm, host| {
        let options = &job.wanted.compile;
        let mut options = options.clone();
        options.keep_forms = job.wanted.forms;
        let result = match &job.source {
            Source::Text(text) => transom_compiler::compile(text, &job.name, &options, host),
            Source::Forms(terms) => {
                transom_compiler::compile_forms(terms, &job.name, &options, host)
            }
        };
        match result {
            Ok(compiled) => success(compiled, &job.wanted, vm),
            Err(failed) => tagged("error", [failure(&failed, &job.wanted)]),
        }
    })
}

fn success(mut compiled: Compiled, wanted: &Wanted, vm: &Vm) -> Tree {
    let said = messages(
        &compiled.warnings,
        &compiled.files,
        wanted.columns,
        wanted.draw,
    );
    add_debug_info(&mut compiled, vm);
    let kept = compiled.forms.take();
    let kept = kept.map(|f| Tree::List(forms::to_terms(&f, Anno::LineColumn)));
    let name = Tree::atom(compiled.module.name_text());
    let bytes = Tree::Binary(compiled.module.to_bytes());
    let forms = kept.filter(|_| wanted.forms).unwrap_or_else(Tree::nil);
    tagged("ok", [name, bytes, said, forms])
}
