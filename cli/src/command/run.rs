//! `transom run` and `transom eval`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use transom_bytecode::Module;
use transom_vm::heap::{Heap, HeapOptions, Term};

use super::{Status, options, project};
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::live::{CodeFlags, Flag, LazyVm, Live, LiveOptions};
use crate::report::Format;
use crate::script::{self, Header};
use crate::source::Source;

pub(super) const HELP: &str = "\
Usage: transom run [OPTIONS] FILE|DIR|- [ARGS...]

Compiles FILE in memory and runs it. A file with main/1 is a script: main(ARGS). Without main/1: start/0.
A directory is a project: its sources (src/, or all of it) are compiled; -s starts it, or else its application does.
Grammars (.yrl) and scanner files (.xrl) become sources beside them first, where there is none or an older one.

Options:
  -I DIR                 where -include looks
  -D NAME[=VALUE]        defines a macro
  -W error               warnings are errors
  --format human|short|json
                         how errors and warnings are written (on standard error)
  -s MOD[:FUN]           what starts a project: MOD:FUN() or MOD:start()
  -pa DIR                bytecode files, and .erl sources compiled on first use
  --schedulers N         threads that run processes
  --pin                  each of them stays on a processor of its own
  --seed N               one scheduler, replayable
  --gc-stress[=N]        collect at every N-th point (1)
  --gc-elsewhere N       heaps above N words are collected beside the schedulers (131072)
  --reductions N         length of a slice
  --memory BYTES         bound of the memory for processes and large binaries
  --max-processes N      bound of the number of processes
  --name NAME            others attach by it; the VM goes on after start/0; NAME@HOST also sets node()
  --watch                runs what is saved at once; the VM goes on after start/0
  --no-control           no control socket
  --detach               runs in the background; --log FILE says where its output goes
  --metrics-port PORT    figures for Prometheus at http://127.0.0.1:PORT/metrics (0: any free port), to those who know the token
  --metrics-token FILE   what the token is; without it one is made, and the start says where it lies

What follows a FILE is handed to its main/1. What follows a DIR, or a -- after it, is what init:get_plain_arguments() answers.
";

/// `transom run`
pub fn run(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut options = options::Run::default();
    let (mut file, mut rest) = (None, Vec::new());
    while let Some(file_or_option) = next(&mut parser)? {
        let option = match file_or_option {
            Item::Value(v) => {
                file = Some(PathBuf::from(v));
                rest = parser.raw_args().map_err(|e| e.to_string())?.collect();
                break;
            }
            Item::Option(option) => option,
        };
        let option = option.as_arg();
        if option == lexopt::Arg::Long("help") || option == lexopt::Arg::Short('h') {
            print!("{HELP}");
            return Ok(0);
        }
        if !options.take(&option, &mut Values(&mut parser))? {
            return Err(unknown(&option));
        }
    }
    let file = file.ok_or("which file? (see transom run --help)")?;
    if file.is_dir() {
        run_project(options, &file, rest)
    } else {
        run_file(options, &file, &rest)
    }
}

/// The arguments of a project begin after `--`, if there is one.
fn run_project(options: options::Run, dir: &Path, mut arguments: Vec<OsString>) -> Status {
    if let Some(status) = options.detached.leave(options.live.name.as_deref()) {
        return status;
    }
    if arguments.first().is_some_and(|word| word == "--") {
        arguments.remove(0);
    }
    let mut building = project::building(&options.compiler, options.format);
    if options.live.watch {
        building.push("watch".to_owned());
    }
    let vm = LazyVm::new(options.vm, CodeFlags::of(&options.compiler));
    let live = Live::new(vm.get()?, &options.live)?;
    project::run(
        live,
        &dir.to_string_lossy(),
        options.starts,
        building,
        &arguments,
    )
}

fn run_file(mut options: options::Run, file: &Path, arguments: &[OsString]) -> Status {
    let Some((source, packed)) = Source::read_any(file) else {
        return Ok(1);
    };
    let header = script::header(&source.text);
    honour(
        &header,
        &source.name,
        &mut options.compiler,
        &mut options.vm,
    );
    if packed.is_some() {
        if let Some(status) = options.detached.leave(options.live.name.as_deref()) {
            return status;
        }
        let vm = LazyVm::new(options.vm, CodeFlags::of(&options.compiler).with(&header));
        return run_packed(Live::new(vm.get()?, &options.live)?, file, arguments);
    }
    let source = source.as_script();
    let keep = Keep {
        running: options.stays(),
        watch: options.live.watch,
    };
    let vm = LazyVm::new(options.vm, CodeFlags::of(&options.compiler).with(&header));
    let Some(module) = source.build(&options.compiler, options.format, &vm) else {
        return Ok(1);
    };
    if let Some(status) = options.detached.leave(options.live.name.as_deref()) {
        return status;
    }
    let live = Live::new(vm.get()?, &options.live)?;
    execute(live, module, &file.to_string_lossy(), arguments, keep)
}

/// What a script's head asks for; what the command line says comes first.
fn honour(header: &Header, name: &str, compiler: &mut CompilerOptions, vm: &mut VmOptions) {
    compiler.code_path.extend(header.code_path.iter().cloned());
    if let Some(node) = &header.node {
        vm.default_node(node);
    }
    for note in &header.notes {
        eprintln!("{name}: note: {note}");
    }
}

/// A script under escript's rules: no control socket, status 127 after an exception.
pub fn escript(file: &Path, arguments: &[OsString], mut vm: VmOptions, check: bool) -> Status {
    let mut compiler = CompilerOptions::default();
    let Some((source, packed)) = Source::read_any(file) else {
        return Ok(1);
    };
    let header = script::header(&source.text);
    honour(&header, &source.name, &mut compiler, &mut vm);
    let vm = LazyVm::new(vm, CodeFlags::of(&compiler).with(&header));
    let options = LiveOptions {
        no_control: true,
        escript: true,
        ..LiveOptions::default()
    };
    if packed.is_some() {
        return run_packed(Live::new(vm.get()?, &options)?, file, arguments);
    }
    let source = source.as_script();
    let Some(module) = source.build(&compiler, Format::Human, &vm) else {
        return Ok(127);
    };
    if check {
        return Ok(0);
    }
    let live = Live::new(vm.get()?, &options)?;
    execute(
        live,
        module,
        &file.to_string_lossy(),
        arguments,
        Keep::default(),
    )
}

/// A script that holds an archive or a module file: the library finds what is in it (`transom_packed`).
fn run_packed(live: Live, file: &Path, arguments: &[OsString]) -> Status {
    let script = file.to_string_lossy();
    let texts: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let mut flags = vec![
        ("script", Flag::Text(&script)),
        ("plain", Flag::Texts(&texts)),
    ];
    if live.escript {
        flags.push(("log", Flag::Atom("standard_io")));
    }
    let heap = Heap::new(&live.vm.env, HeapOptions::default());
    let failed = Term::small(if live.escript { 127 } else { 1 });
    let args = [
        heap.string(&script),
        heap.list_from(texts.iter().map(|t| heap.string(t))),
        failed.ok_or("a status is small")?,
    ];
    let Some(wait) = live.start(&flags, "transom_packed", "run", &args) else {
        eprintln!("transom: no room for a process");
        return Ok(1);
    };
    Ok(live.finish(&wait))
}

/// What happens besides the program itself.
#[derive(Clone, Copy, Default)]
struct Keep {
    /// The VM goes on after `start/0`.
    running: bool,
    /// Saved sources are reloaded.
    watch: bool,
}

enum Item {
    Option(Owned),
    Value(OsString),
}

/// An option that does not borrow from the parser.
enum Owned {
    Short(char),
    Long(String),
}

impl Owned {
    fn as_arg(&self) -> lexopt::Arg<'_> {
        match self {
            Owned::Short(c) => lexopt::Arg::Short(*c),
            Owned::Long(name) => lexopt::Arg::Long(name),
        }
    }
}

fn next(parser: &mut lexopt::Parser) -> Result<Option<Item>, String> {
    Ok(match parser.next().map_err(|e| e.to_string())? {
        None => None,
        Some(lexopt::Arg::Value(v)) => Some(Item::Value(v)),
        Some(lexopt::Arg::Short(c)) => Some(Item::Option(Owned::Short(c))),
        Some(lexopt::Arg::Long(name)) => Some(Item::Option(Owned::Long(name.to_owned()))),
    })
}

/// Loads the module and runs its `main/1` or `start/0` in a booted system.
fn execute(live: Live, module: Module, script: &str, arguments: &[OsString], keep: Keep) -> Status {
    let vm = &live.vm;
    let name = module.name_text().to_owned();
    let exports = |f: &str, arity: u8| {
        module
            .exports
            .iter()
            .any(|e| module.atom(e.name) == f && e.arity == arity)
    };
    let main = exports("main", 1);
    if !main && !exports("start", 0) {
        eprintln!("transom: module {name} exports neither main/1 nor start/0");
        return Ok(1);
    }
    // A module that has something to do first is loaded as any other one, when the system is there.
    let first = module.on_load.is_some().then(|| module.to_bytes());
    if first.is_none()
        && let Err(e) = vm.load(module)
    {
        eprintln!("transom: {e}");
        return Ok(1);
    }
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let texts: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let (function, args) = if main {
        let args: Vec<Term<'_>> = texts.iter().map(|a| heap.string(a)).collect();
        ("main", vec![heap.list(&args)])
    } else {
        ("start", Vec::new())
    };
    let mut flags = vec![
        ("script", Flag::Text(script)),
        ("plain", Flag::Texts(&texts)),
    ];
    if let Some(bytes) = &first {
        flags.push(("load", Flag::Bytes(bytes)));
    }
    if live.escript {
        flags.push(("log", Flag::Atom("standard_io")));
    }
    if keep.watch {
        flags.push(("watch", Flag::Atom("true")));
    }
    if keep.running && !main {
        flags.push(("keep", Flag::Atom("true")));
    }
    let Some(wait) = live.start(&flags, &name, function, &args) else {
        eprintln!("transom: no room for a process");
        return Ok(1);
    };
    Ok(live.finish(&wait))
}

pub(super) const EVAL_HELP: &str = "\
Usage: transom eval 'EXPRS' [-pa DIR] [OPTIONS OF THE VM]

Evaluates and prints the value of the last expression. The final dot may be missing. Exit status 1 after an exception.
";

/// `transom eval`
pub fn eval(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut vm, mut text) = (VmOptions::default(), None);
    let mut compiler = CompilerOptions::default();
    while let Some(item) = next(&mut parser)? {
        match item {
            Item::Value(v) if text.is_none() => text = Some(v.to_string_lossy().into_owned()),
            Item::Value(v) => return Err(unknown(&lexopt::Arg::Value(v))),
            Item::Option(option) => {
                let option = option.as_arg();
                if option == lexopt::Arg::Long("help") || option == lexopt::Arg::Short('h') {
                    print!("{EVAL_HELP}");
                    return Ok(0);
                }
                let mut values = Values(&mut parser);
                if !compiler.take(&option, &mut || values.text())?
                    && !vm.take(&option, &mut values)?
                {
                    return Err(unknown(&option));
                }
            }
        }
    }
    let text = text.ok_or("which expressions? (transom eval 'EXPRS')")?;
    let body = text.trim().trim_end_matches('.');
    // Errors are at the places of what was typed.
    let text = format!(
        "-module(eval). -export([start/0, value/0]).\nstart() -> io:format(\"~p~n\", [value()]).\n-file(\"eval\", 0). value() ->\n{body}.\n"
    );
    let source = Source::of("eval", text.into_bytes());
    let vm = LazyVm::new(vm, CodeFlags::of(&compiler));
    let Some(module) = source.build(&compiler, Format::Human, &vm) else {
        return Ok(1);
    };
    let quiet = LiveOptions {
        no_control: true,
        ..LiveOptions::default()
    };
    execute(
        Live::new(vm.get()?, &quiet)?,
        module,
        "eval",
        &[],
        Keep::default(),
    )
}
