//! `transom test`, and `transom run` with a directory: both are Erlang programs of the library (`transom_project`); here are their options.

use std::ffi::OsString;

use transom_vm::heap::{Heap, HeapOptions, Term};

use super::Status;
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::live::{CodeFlags, Flag, LazyVm, Live, LiveOptions};
use crate::report::Format;

pub(super) const TEST_HELP: &str = "\
Usage: transom test [OPTIONS] [DIR|FILES]

Compiles the project in DIR (.), or FILES, with TEST defined, runs every EUnit test, and ends with `N passed, N failed`.

Options:
  -v, --verbose          every test by name
  -m, --module NAME      only the tests of this module (and of NAME_tests); may be repeated
  --junit DIR            results as files too: DIR/TEST-*.xml, the JUnit format of continuous integration
  --format human|short|json
                         how errors and warnings are written (on standard error)
  -I DIR, -D NAME[=VALUE], -pa DIR, -W error, and the options of the VM as for transom run
";

/// A function of `transom_project` with lists of strings, the last of them how to draw diagnostics.
struct Call<'a> {
    function: &'a str,
    lists: Vec<Vec<String>>,
    script: &'a str,
    keep: bool,
}

fn call(live: Live, call: &Call<'_>, plain: &[String]) -> Status {
    let heap = Heap::new(&live.vm.env, HeapOptions::default());
    let list = |texts: &Vec<String>| heap.list_from(texts.iter().map(|t| heap.string(t)));
    let args: Vec<Term<'_>> = call.lists.iter().map(list).collect();
    let mut flags = vec![
        ("script", Flag::Text(call.script)),
        ("plain", Flag::Texts(plain)),
    ];
    if call.keep {
        flags.push(("keep", Flag::Atom("true")));
    }
    let Some(wait) = live.start(&flags, "transom_project", call.function, &args) else {
        return Err("no room for a process".to_owned());
    };
    Ok(live.finish(&wait))
}

/// For `transom_project`: how diagnostics are drawn, and whether warnings are errors.
pub fn building(compiler: &CompilerOptions, format: Format) -> Vec<String> {
    let strict = compiler
        .warnings_are_errors
        .then(|| "warnings_as_errors".to_owned());
    std::iter::once(format.drawing().to_owned())
        .chain(strict)
        .collect()
}

/// `transom test`
pub fn test(arguments: Vec<OsString>) -> Status {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut compiler, mut vm) = (CompilerOptions::default(), VmOptions::default());
    let (mut what, mut options, mut format) = (Vec::new(), Vec::new(), Format::Human);
    loop {
        let (short, long) = match parser.next().map_err(|e| e.to_string())? {
            None => break,
            Some(lexopt::Arg::Value(v)) => {
                what.push(v.to_string_lossy().into_owned());
                continue;
            }
            Some(lexopt::Arg::Short(c)) => (Some(c), String::new()),
            Some(lexopt::Arg::Long(name)) => (None, name.to_owned()),
        };
        let mut values = Values(&mut parser);
        match (short, long.as_str()) {
            (Some('h'), _) | (None, "help") => {
                print!("{TEST_HELP}");
                return Ok(0);
            }
            (Some('v'), _) | (None, "verbose") => options.push("verbose".to_owned()),
            (Some('m'), _) | (None, "module") => {
                options.push(format!("module={}", values.text()?.to_string_lossy()));
            }
            (None, "junit") => {
                options.push(format!("junit={}", values.text()?.to_string_lossy()));
            }
            (None, "format") => format = Format::parse(&values.text()?.to_string_lossy())?,
            (short, name) => {
                let arg = short.map_or(lexopt::Arg::Long(name), lexopt::Arg::Short);
                if !compiler.take(&arg, &mut || values.text())? && !vm.take(&arg, &mut values)? {
                    return Err(unknown(&arg));
                }
            }
        }
    }
    let options = [building(&compiler, format), options].concat();
    let vm = LazyVm::new(vm, CodeFlags::of(&compiler));
    let quiet = LiveOptions {
        no_control: true,
        ..LiveOptions::default()
    };
    let lists = vec![what, options];
    let what = Call {
        function: "test",
        lists,
        script: "test",
        keep: false,
    };
    call(Live::new(vm.get()?, &quiet)?, &what, &[])
}

/// `transom run DIR`: `starts` are the values of `-s`, `options` those of [`building`].
pub fn run(
    live: Live,
    dir: &str,
    starts: Vec<String>,
    options: Vec<String>,
    arguments: &[OsString],
) -> Status {
    let plain: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let lists = vec![vec![dir.to_owned()], starts, options];
    let what = Call {
        function: "run",
        lists,
        script: dir,
        keep: true,
    };
    call(live, &what, &plain)
}
