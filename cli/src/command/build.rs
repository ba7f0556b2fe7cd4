//! `transom check` and `transom compile`.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Status;
use crate::arguments::{CompilerOptions, Values, VmOptions, unknown};
use crate::live::{CodeFlags, LazyVm};
use crate::report::Format;
use crate::source::Source;

struct Build {
    options: CompilerOptions,
    format: Format,
    files: Vec<PathBuf>,
    output: Option<PathBuf>,
}

fn parse(arguments: Vec<OsString>) -> Result<Build, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut build = Build {
        options: CompilerOptions::default(),
        format: Format::Human,
        files: Vec::new(),
        output: None,
    };
    loop {
        let option = match parser.next().map_err(|e| e.to_string())? {
            None => return Ok(build),
            Some(lexopt::Arg::Value(v)) if v == "+debug_info" => {
                build.options.debug_info = true;
                continue;
            }
            Some(lexopt::Arg::Value(v)) => {
                build.files.push(v.into());
                continue;
            }
            Some(lexopt::Arg::Short(c)) => (Some(c), String::new()),
            Some(lexopt::Arg::Long(name)) => (None, name.to_owned()),
        };
        let mut values = Values(&mut parser);
        match (option.0, option.1.as_str()) {
            (Some('o'), _) => build.output = Some(values.text()?.into()),
            (None, "format") => build.format = Format::parse(&values.text()?.to_string_lossy())?,
            (short, long) => {
                let arg = short.map_or(lexopt::Arg::Long(long), lexopt::Arg::Short);
                if !build.options.take(&arg, &mut || values.text())? {
                    return Err(unknown(&arg));
                }
            }
        }
    }
}

pub(super) const CHECK_HELP: &str = "\
Usage: transom check [OPTIONS] FILES

Compiles without running; exit status 1 when a file has errors.

Options:
  --format human|short|json  with the source line, one line each, one JSON object a line (on standard error)
  -W error                   warnings are errors
  -I DIR, -D NAME[=VALUE], -pa DIR
                             as for transom run
";

pub(super) const COMPILE_HELP: &str = "\
Usage: transom compile [OPTIONS] FILES -o DIR

Writes one bytecode file (.tbc) for each module into DIR (.).

Options:
  -o DIR                     where to; made when missing
  +debug_info                the files hold their abstract code, for beam_lib
  --format human|short|json, -W error, -I DIR, -D NAME[=VALUE], -pa DIR
                             as for transom check
";

/// `transom check`
pub fn check(arguments: Vec<OsString>) -> Status {
    if super::wants_help(&arguments) {
        print!("{CHECK_HELP}");
        return Ok(0);
    }
    let build = parse(arguments)?;
    if build.files.is_empty() {
        return Err("which files? (transom check FILES)".to_owned());
    }
    let mut status = 0;
    let vm = LazyVm::new(VmOptions::default(), CodeFlags::of(&build.options));
    for file in &build.files {
        let source = Source::read(file).map(Source::as_script);
        if source
            .and_then(|s| s.build(&build.options, build.format, &vm))
            .is_none()
        {
            status = 1;
        }
    }
    Ok(status)
}

/// `transom compile`
pub fn compile(arguments: Vec<OsString>) -> Status {
    if super::wants_help(&arguments) {
        print!("{COMPILE_HELP}");
        return Ok(0);
    }
    let build = parse(arguments)?;
    if build.files.is_empty() {
        return Err("which files? (transom compile FILES -o DIR)".to_owned());
    }
    let directory = build.output.clone().unwrap_or_else(|| PathBuf::from("."));
    if let Err(e) = std::fs::create_dir_all(&directory) {
        eprintln!("transom: {}: {e}", directory.display());
        return Ok(1);
    }
    let mut status = 0;
    let vm = LazyVm::new(VmOptions::default(), CodeFlags::of(&build.options));
    for file in &build.files {
        let source = Source::read(file);
        let Some(module) = source.and_then(|s| s.build(&build.options, build.format, &vm)) else {
            status = 1;
            continue;
        };
        let to = directory.join(format!("{}.tbc", module.name_text()));
        std::fs::write(&to, module.to_bytes()).map_err(|e| format!("{}: {e}", to.display()))?;
    }
    Ok(status)
}
