//! `transom dump`: what each stage of the compiler made of a file.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Status;
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::live::{self, CodeFlags, LazyVm};
use crate::report::Format;
use crate::source::Source;

pub(super) const HELP: &str = "\
Usage: transom dump [--stage STAGE] FILE

Shows what the compiler made of a file.

Options:
  --stage tokens         what the scanner found, each with line and column
  --stage forms          the abstract format, macros expanded
  --stage core           the intermediate code
  --stage bytecode       instructions (the default)
";

/// `transom dump`
pub fn dump(arguments: Vec<OsString>) -> Status {
    if super::wants_help(&arguments) {
        print!("{HELP}");
        return Ok(0);
    }
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut stage, mut file) = (None, None);
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            lexopt::Arg::Value(v) => file = Some(PathBuf::from(v)),
            lexopt::Arg::Long("stage") => {
                stage = Some(Values(&mut parser).text()?.to_string_lossy().into_owned())
            }
            other => return Err(unknown(&other)),
        }
    }
    let file = file.ok_or("which file? (transom dump --stage STAGE FILE)")?;
    let Some(source) = Source::read(&file).map(Source::as_script) else {
        return Ok(1);
    };
    let options = CompilerOptions::default();
    match stage.as_deref().unwrap_or("bytecode") {
        "core" => show(&source, &options, |c| c.core.clone().unwrap_or_default()),
        "bytecode" => show(&source, &options, |c| {
            transom_bytecode::listing::module_text(&c.module)
        }),
        stage @ ("tokens" | "forms") => {
            let (text, name) = (&source.text, &source.name);
            live::call("transom_dump", "show", &|heap| {
                vec![heap.string(stage), heap.binary(text), heap.string(name)]
            })
        }
        other => Err(format!(
            "--stage takes tokens, forms, core or bytecode, not '{other}'"
        )),
    }
}

fn show(
    source: &Source,
    options: &CompilerOptions,
    text: impl Fn(&transom_compiler::Compiled) -> String,
) -> Status {
    let vm = LazyVm::new(VmOptions::default(), CodeFlags::of(options));
    match source.compile(options, true, &vm) {
        Ok(compiled) => {
            Format::Human.print(&compiled.warnings, &compiled.files);
            print!("{}", text(&compiled));
            Ok(0)
        }
        Err(failed) => {
            Format::Human.print(&failed.diagnostics, &failed.files);
            Ok(1)
        }
    }
}
