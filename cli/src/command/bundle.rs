//! `transom bundle`: compiles a program and writes it behind a copy of this one.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use transom_bytecode::Module;
use transom_vm::heap::{Heap, HeapOptions, Term};

use super::options::Run;
use super::{Status, project};
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::bundle::{self, Kind};
use crate::live::{CodeFlags, LazyVm, Live, LiveOptions};
use crate::source::Source;

pub(super) const HELP: &str = "\
Usage: transom bundle [OPTIONS] FILE|DIR -o OUT

Writes one executable that holds the virtual machine and the program: a script, a module with start/0, or a project with the applications it depends on and
the files of their priv/ directories. It needs nothing else to run.

Options:
  -o OUT                 the executable
  -s MOD[:FUN]           what starts a project: MOD:FUN() or MOD:start()
  -pa DIR                its modules come along
  -I DIR, -D NAME[=VALUE], -W error, --format human|short|json
                         as for transom run
  --name NAME, --schedulers N, --memory BYTES, ...
                         options of transom run that the bundle has from the start

The bundle of a script hands all arguments to main/1. That of a project takes options of transom run at the front; what follows them, or a --, is what
init:get_plain_arguments() answers. Both take options from TRANSOM_OPTIONS. Files of priv/ are laid out below $XDG_CACHE_HOME/transom at the first start.
";

struct Plan {
    options: Run,
    /// Words for the VM of the bundle.
    baked: Vec<String>,
    what: PathBuf,
    output: PathBuf,
}

/// `transom bundle`
pub fn bundle(arguments: Vec<OsString>) -> Status {
    let Some(plan) = parse(arguments)? else {
        print!("{HELP}");
        return Ok(0);
    };
    if plan.output.is_dir() {
        return Err(format!(
            "{} is a directory: -o names the executable",
            plan.output.display()
        ));
    }
    if plan.what.is_dir() {
        of_project(&plan)
    } else {
        of_file(&plan)
    }
}

/// None when help is wanted.
fn parse(arguments: Vec<OsString>) -> Result<Option<Plan>, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut options, mut baked) = (Run::default(), Vec::new());
    let (mut what, mut output) = (None, None);
    loop {
        let before = words(&mut parser);
        let (short, long) = match parser.next().map_err(|e| e.to_string())? {
            None => break,
            Some(lexopt::Arg::Value(v)) if what.is_none() => {
                what = Some(PathBuf::from(v));
                continue;
            }
            Some(lexopt::Arg::Short(c)) => (Some(c), String::new()),
            Some(lexopt::Arg::Long(name)) => (None, name.to_owned()),
            Some(other) => return Err(unknown(&other)),
        };
        let mut values = Values(&mut parser);
        match (short, long.as_str()) {
            (Some('h'), _) | (None, "help") => return Ok(None),
            (Some('o'), _) => output = Some(PathBuf::from(values.text()?)),
            (None, "watch" | "detach" | "log") => {
                return Err(format!(
                    "--{long} is for the start of a bundle, not for making it"
                ));
            }
            (None, "format") => {
                options.take(&lexopt::Arg::Long("format"), &mut values)?;
            }
            (Some(c), _) => {
                let option = lexopt::Arg::Short(c);
                if !options.take(&option, &mut values)? {
                    return Err(unknown(&option));
                }
            }
            (None, long) => {
                let option = lexopt::Arg::Long(long);
                if !options.take_of_vm(&option, &mut values)? {
                    return Err(unknown(&option));
                }
                let taken = before.len() - words(&mut parser).len();
                baked.extend(before[..taken].iter().cloned());
            }
        }
    }
    Ok(Some(Plan {
        options,
        baked,
        what: what.ok_or("what goes into it? (transom bundle FILE|DIR -o OUT)")?,
        output: output.ok_or("where to? (transom bundle FILE|DIR -o OUT)")?,
    }))
}

/// The words that are still to be parsed.
fn words(parser: &mut lexopt::Parser) -> Vec<String> {
    let raw = parser.try_raw_args();
    raw.map_or_else(Vec::new, |raw| {
        raw.as_slice()
            .iter()
            .map(|w| w.to_string_lossy().into_owned())
            .collect()
    })
}

fn of_project(plan: &Plan) -> Status {
    let Run {
        compiler, starts, ..
    } = &plan.options;
    let texts = [
        vec![plan.what.to_string_lossy().into_owned()],
        starts.clone(),
        project::building(compiler, plan.options.format),
        compiler.code_path.clone(),
    ];
    pack(plan, Kind::Project, &booted(compiler), "project", |heap| {
        texts
            .iter()
            .map(|all| heap.list_from(all.iter().map(|t| heap.string(t))))
            .collect()
    })
}

fn of_file(plan: &Plan) -> Status {
    let compiler = &plan.options.compiler;
    if !plan.options.starts.is_empty() {
        return Err("-s starts a project; a file is started by its main/1 or start/0".to_owned());
    }
    let vm = booted(compiler);
    let Some(source) = Source::read(&plan.what).map(Source::as_script) else {
        return Ok(1);
    };
    let Some(module) = source.build(compiler, plan.options.format, &vm) else {
        return Ok(1);
    };
    let name = module.name_text().to_owned();
    let Some(kind) = kind(&module) else {
        eprintln!("transom: module {name} exports neither main/1 nor start/0");
        return Ok(1);
    };
    let bytes = module.to_bytes();
    pack(plan, kind, &vm, "script", |heap| {
        let list =
            |all: &[&str]| heap.list_from(all.iter().map(|t| heap.string(t)).collect::<Vec<_>>());
        let path: Vec<&str> = compiler.code_path.iter().map(String::as_str).collect();
        vec![
            list(&[&name, kind.word()]),
            heap.binary(&bytes),
            list(&path),
        ]
    })
}

fn kind(module: &Module) -> Option<Kind> {
    let exports = |name: &str, arity: u8| {
        let mut all = module.exports.iter();
        all.any(|e| module.atom(e.name) == name && e.arity == arity)
    };
    match (exports("main", 1), exports("start", 0)) {
        (true, _) => Some(Kind::Script),
        (false, true) => Some(Kind::Start),
        (false, false) => None,
    }
}

fn booted(compiler: &CompilerOptions) -> LazyVm {
    LazyVm::new(VmOptions::default(), CodeFlags::of(compiler))
}

/// Has `transom_bundle` make the archive, and writes it.
fn pack(
    plan: &Plan,
    kind: Kind,
    vm: &LazyVm,
    function: &str,
    args: impl for<'h> Fn(&'h Heap) -> Vec<Term<'h>>,
) -> Status {
    let quiet = LiveOptions {
        no_control: true,
        ..LiveOptions::default()
    };
    let live = Live::new(vm.get()?, &quiet)?;
    let heap = Heap::new(&live.vm.env, HeapOptions::default());
    let Some(wait) = live.start(&[], "transom_bundle", function, &args(&heap)) else {
        return Err("no room for a process".to_owned());
    };
    let status = live.finish(&wait);
    let ended = wait.wait_for(Duration::ZERO);
    let value = ended.and_then(|ended| ended.value);
    let archive = value.as_ref().and_then(|v| v.term().as_binary());
    let Some(archive) = archive else {
        return Ok(status.max(1));
    };
    Ok(match write(plan, kind, &archive) {
        Ok(()) => 0,
        Err(message) => {
            eprintln!("transom: {message}");
            1
        }
    })
}

fn write(plan: &Plan, kind: Kind, archive: &[u8]) -> Result<(), String> {
    let exe = std::env::current_exe().map_err(|e| format!("this program cannot be found: {e}"))?;
    let to: &Path = &plan.output;
    if to
        .parent()
        .is_some_and(|dir| dir != Path::new("") && !dir.is_dir())
    {
        return Err(format!("{}: there is no such directory", to.display()));
    }
    bundle::write(&exe, to, kind, &plan.baked, archive)
}
