//! `transom run` and `transom eval`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use transom_bytecode::Module;
use transom_vm::heap::{Heap, HeapOptions, Term};

use super::{Status, detach};
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::live::{CodeFlags, Flag, LazyVm, Live, LiveOptions};
use crate::report::Format;
use crate::source::Source;

const HELP: &str = "\
Usage: transom run [OPTIONS] FILE|DIR|- [ARGS...]

Compiles FILE in memory and runs it. A file with main/1 is a script: main(ARGS). Without main/1: start/0.
A directory is a project: its sources (src/, or all of it) are compiled; -s starts it, or else its application does.

Options:
  -I DIR                 where -include looks
  -D NAME[=VALUE]        defines a macro
  -s MOD[:FUN]           what starts a project: MOD:FUN() or MOD:start()
  -pa DIR                bytecode files, and .erl sources compiled on first use
  --schedulers N         threads that run processes
  --seed N               one scheduler, replayable
  --gc-stress[=N]        collect at every N-th point (1)
  --reductions N         length of a slice
  --memory BYTES         bound of the memory for processes
  --max-processes N      bound of the number of processes
  --name NAME            others attach by it; the VM goes on after start/0; NAME@HOST also sets node()
  --watch                runs what is saved at once; the VM goes on after start/0
  --no-control           no control socket
  --detach               runs in the background; --log FILE says where its output goes
";

/// `transom run`
pub fn run(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut compiler, mut vm) = (CompilerOptions::default(), VmOptions::default());
    let (mut live, mut detached) = (LiveOptions::default(), detach::Options::default());
    let (mut file, mut starts) = (None, Vec::new());
    let mut rest = Vec::new();
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
        let mut values = Values(&mut parser);
        let known = match option {
            lexopt::Arg::Long("no-control") => {
                live.no_control = true;
                true
            }
            lexopt::Arg::Short('s') => {
                starts.push(values.text()?.to_string_lossy().into_owned());
                true
            }
            lexopt::Arg::Long("watch") => {
                live.watch = true;
                true
            }
            lexopt::Arg::Long("name") => {
                let name = values.text()?.to_string_lossy().into_owned();
                vm.name(&name);
                live.name = Some(name);
                true
            }
            _ => {
                detached.take(&option, &mut values)?
                    || compiler.take(&option, &mut || values.text())?
                    || vm.take(&option, &mut values)?
            }
        };
        if !known {
            return Err(unknown(&option));
        }
    }
    let file = file.ok_or("which file? (see transom run --help)")?;
    let vm = LazyVm::new(vm, CodeFlags::of(&compiler));
    if file.is_dir() {
        if let Some(status) = detached.leave(live.name.as_deref()) {
            return status;
        }
        let live = Live::new(vm.get()?, &live)?;
        return super::project::run(live, &file.to_string_lossy(), starts, &rest);
    }
    let source = Source::read(&file)?.as_script();
    let Some(module) = source.build(&compiler, Format::Human, &vm) else {
        return Ok(1);
    };
    if let Some(status) = detached.leave(live.name.as_deref()) {
        return status;
    }
    let keep = live.name.is_some() || live.watch || detached.wanted();
    let watch = live.watch;
    let live = Live::new(vm.get()?, &live)?;
    let keep = Keep {
        running: keep,
        watch,
    };
    execute(live, module, &file.to_string_lossy(), &rest, keep)
}

/// A script under escript's rules: no control socket, status 127 after an exception.
pub fn escript(file: &Path, arguments: &[OsString], vm: VmOptions, check: bool) -> Status {
    let compiler = CompilerOptions::default();
    let vm = LazyVm::new(vm, CodeFlags::of(&compiler));
    let source = Source::read(file)?.as_script();
    let Some(module) = source.build(&compiler, Format::Human, &vm) else {
        return Ok(127);
    };
    if check {
        return Ok(0);
    }
    let options = LiveOptions {
        no_control: true,
        escript: true,
        ..LiveOptions::default()
    };
    let live = Live::new(vm.get()?, &options)?;
    execute(
        live,
        module,
        &file.to_string_lossy(),
        arguments,
        Keep::default(),
    )
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
    if let Err(e) = vm.load(module) {
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

/// `transom eval`
pub fn eval(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut vm, mut text) = (VmOptions::default(), None);
    let mut compiler = CompilerOptions::default();
    while let Some(item) = next(&mut parser)? {
        match item {
            Item::Value(v) => text = Some(v.to_string_lossy().into_owned()),
            Item::Option(option) => {
                let option = option.as_arg();
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
    let source = Source {
        name: "eval".to_owned(),
        text: format!("-module(eval). -export([start/0, value/0]).\nstart() -> io:format(\"~p~n\", [value()]).\nvalue() ->\n{body}.\n").into_bytes(),
    };
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
