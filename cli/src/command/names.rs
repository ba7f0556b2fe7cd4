//! Called as `escript`, `erlc` or `erl` (a link): the most used of their flags.

use std::ffi::OsString;
use std::path::PathBuf;

use transom_vm::heap::{Heap, HeapOptions};

use super::{Status, build, run, shell};
use crate::arguments::VmOptions;
use crate::live::{Flag, Live, LiveOptions};

/// `escript [OPTIONS] FILE ARGS...`. Scripts are always compiled, so `-c` and `-i` ask for what is done anyway.
pub fn escript(arguments: Vec<OsString>) -> Status {
    let mut rest = arguments.into_iter();
    let mut check = false;
    while let Some(argument) = rest.next() {
        match argument.to_str() {
            Some("-c" | "-i" | "-n") => {}
            Some("-s") => check = true,
            Some(option) if option.starts_with('-') && option.len() > 1 => {
                return Err(format!("unknown option {option} of escript"));
            }
            _ => {
                let file = PathBuf::from(argument);
                if !file.exists() && file.as_os_str() != "-" {
                    println!("escript: Failed to open file: {}", file.display());
                    return Ok(1);
                }
                let arguments: Vec<OsString> = rest.collect();
                return run::escript(&file, &arguments, VmOptions::default(), check);
            }
        }
    }
    println!("escript: Missing filename");
    Ok(1)
}

/// `erlc [-o DIR] [-I DIR] [-DNAME] [-W...] [+OPTION] FILES`
pub fn erlc(arguments: Vec<OsString>) -> Status {
    let kept = arguments.into_iter().filter_map(|argument| {
        match argument.to_str() {
            Some("-Werror") => Some(vec!["-W".into(), "error".into()]),
            // Warnings are always there.
            Some("-W" | "-Wall" | "-v") => None,
            _ => Some(vec![argument]),
        }
    });
    build::compile(kept.flatten().collect())
}

/// What `erl` is to run, in order.
#[derive(Default)]
struct Plan {
    steps: Vec<String>,
    plain: Vec<String>,
    path: Vec<PathBuf>,
    no_shell: bool,
    flags: Vec<(String, Vec<String>)>,
    name: Option<String>,
}

/// `erl -noshell -pa D -eval E -s M F A -run M F A -extra ...`
pub fn erl(arguments: Vec<OsString>) -> Status {
    let mut words: Vec<String> = arguments
        .into_iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    words.reverse();
    let mut plan = Plan::default();
    while let Some(word) = words.pop() {
        let mut values = || {
            let mut all = Vec::new();
            while words.last().is_some_and(|w| !w.starts_with(['-', '+'])) {
                all.extend(words.pop());
            }
            all
        };
        match word.as_str() {
            "-noshell" | "-noinput" | "-detached" => plan.no_shell = true,
            "-pa" | "-pz" => plan.path.extend(values().into_iter().map(PathBuf::from)),
            "-eval" => plan.steps.push(values().join(" ")),
            "-s" => plan.steps.extend(call(&values(), true)),
            "-run" => plan.steps.extend(call(&values(), false)),
            "-sname" | "-name" => plan.name = values().into_iter().next(),
            "-extra" => {
                plan.plain.extend(words.drain(..).rev());
            }
            "+V" | "-version" => {
                eprintln!("transom {}", env!("CARGO_PKG_VERSION"));
                return Ok(0);
            }
            // Those of an application, or of a program that asks init:get_argument/1.
            flag if flag.starts_with('-') => plan.flags.push((flag[1..].to_owned(), values())),
            // The emulator's own: their values go with them.
            flag if flag.starts_with('+') => drop(values()),
            _ => plan.plain.push(word),
        }
    }
    execute(plan)
}

/// `M F A...` as an expression: atoms after `-s`, strings after `-run`; without arguments F/0.
fn call(words: &[String], atoms: bool) -> Option<String> {
    let atom = |text: &String| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let string = |text: &String| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let (module, rest) = words.split_first()?;
    let (function, arguments) = match rest.split_first() {
        Some((function, arguments)) => (atom(function), arguments),
        None => ("start".to_owned(), rest),
    };
    let values: Vec<String> = arguments
        .iter()
        .map(|a| if atoms { atom(a) } else { string(a) })
        .collect();
    let list = if values.is_empty() {
        String::new()
    } else {
        format!("[{}]", values.join(","))
    };
    Some(format!("{}:{function}({list}).", atom(module)))
}

fn execute(plan: Plan) -> Status {
    let mut vm = VmOptions::default();
    if let Some(name) = &plan.name {
        vm.name(name);
    }
    if plan.steps.is_empty() && plan.path.is_empty() && !plan.no_shell {
        return shell::console(Vec::new());
    }
    let options = LiveOptions {
        no_control: true,
        ..LiveOptions::default()
    };
    let live = Live::new(vm.start()?, &options)?;
    let flags = [
        ("log", Flag::Atom("standard_io")),
        ("script", Flag::Text("erl")),
        ("plain", Flag::Texts(&plan.plain)),
        ("flags", Flag::Flags(&plan.flags)),
    ];
    let heap = Heap::new(&live.vm.env, HeapOptions::default());
    let texts = |all: &[String]| heap.list_from(all.iter().map(|t| heap.string(t)));
    let path: Vec<String> = plan
        .path
        .iter()
        .map(|p| p.to_string_lossy().into_owned())
        .collect();
    let shell = transom_vm::heap::Term::bool(!plan.no_shell);
    let args = [texts(&path), texts(&plan.steps), shell];
    Ok(match live.start(&flags, "transom_eval", "erl", &args) {
        Some(wait) => live.finish(&wait),
        None => 1,
    })
}
