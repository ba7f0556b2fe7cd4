//! `transom run` and `transom eval`.

use std::ffi::OsString;
use std::path::PathBuf;

use transom_bytecode::Module;
use transom_vm::heap::{Heap, HeapOptions, Term};
use transom_vm::vm::Vm;

use super::Status;
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::report::Format;
use crate::source::Source;

const HELP: &str = "\
Usage: transom run [OPTIONS] FILE|- [ARGS...]

Compiles FILE in memory and runs it. A file with main/1 is a script: main(ARGS). Without main/1: start/0.

Options:
  -I DIR                 where -include looks
  -D NAME[=VALUE]        defines a macro
  --schedulers N         threads that run processes
  --seed N               one scheduler, replayable
  --gc-stress[=N]        collect at every N-th point (1)
  --reductions N         length of a slice
  --memory BYTES         bound of the memory for processes
  --max-processes N      bound of the number of processes
";

/// `transom run`
pub fn run(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut compiler, mut vm) = (CompilerOptions::default(), VmOptions::default());
    let mut file = None;
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
        // There is no control socket yet, so there is none to switch off.
        if option == lexopt::Arg::Long("no-control") {
            continue;
        }
        let known = compiler.take(&option, &mut || values.text())?;
        if !known && !vm.take(&option, &mut values)? {
            return Err(unknown(&option));
        }
    }
    let file = file.ok_or("which file? (see transom run --help)")?;
    let source = Source::read(&file)?.as_script();
    let Some(module) = source.build(&compiler, Format::Human) else {
        return Ok(1);
    };
    execute(&*vm.start()?, module, &rest)
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
fn execute(vm: &Vm, module: Module, arguments: &[OsString]) -> Status {
    let name = module.name_text().to_owned();
    let exports = |f: &str, arity: u8| {
        module
            .exports
            .iter()
            .any(|e| module.atom(e.name) == f && e.arity == arity)
    };
    let script = exports("main", 1);
    if !script && !exports("start", 0) {
        eprintln!("transom: module {name} exports neither main/1 nor start/0");
        return Ok(1);
    }
    if let Err(e) = vm.load(module) {
        eprintln!("transom: {e}");
        return Ok(1);
    }
    let heap = Heap::new(&vm.env, HeapOptions::default());
    let args: Vec<Term<'_>> = arguments
        .iter()
        .map(|a| heap.string(&a.to_string_lossy()))
        .collect();
    let (function, args) = if script {
        ("main", heap.list(&[heap.list(&args)]))
    } else {
        ("start", Term::NIL)
    };
    Ok(start(vm, &heap, &name, function, args))
}

/// Boots, applies, waits, stops; the exit status.
fn start(vm: &Vm, heap: &Heap, module: &str, function: &str, args: Term<'_>) -> u8 {
    let atom = |text: &str| vm.atoms().intern(text).map(Term::atom);
    let (Ok(m), Ok(f)) = (atom(module), atom(function)) else {
        eprintln!("transom: no room for atoms");
        return 1;
    };
    let options = heap.map_from_pairs(&[]);
    let args = heap.copy_in(args);
    let started = vm.spawn_call("init", "main", &[options, m, f, args]);
    let Ok((_, wait)) = started else {
        eprintln!("transom: no room for a process");
        return 1;
    };
    let status = loop {
        if let Some(ended) = wait.wait_for(std::time::Duration::from_millis(20)) {
            if ended.uncaught {
                let_logger_finish(vm);
            }
            break u8::from(ended.value.is_none());
        }
        if vm.halted().is_some() {
            break 0;
        }
    };
    let status = vm.halted().map_or(status, |n| n as u8);
    vm.shutdown();
    status
}

/// The logger prints what it was sent before it answers a request: one that changes nothing.
fn let_logger_finish(vm: &Vm) {
    let handler = vm.atoms().intern("no_such_handler").map(Term::atom);
    if let Ok(handler) = handler
        && let Ok((_, wait)) = vm.spawn_call("logger", "remove_handler", &[handler])
    {
        let _printed_or_late = wait.wait_for(std::time::Duration::from_secs(2));
    }
}

/// `transom eval`
pub fn eval(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut vm, mut text) = (VmOptions::default(), None);
    while let Some(item) = next(&mut parser)? {
        match item {
            Item::Value(v) => text = Some(v.to_string_lossy().into_owned()),
            Item::Option(option) => {
                let option = option.as_arg();
                if !vm.take(&option, &mut Values(&mut parser))? {
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
    let Some(module) = source.build(&CompilerOptions::default(), Format::Human) else {
        return Ok(1);
    };
    execute(&*vm.start()?, module, &[])
}
