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

/// `transom check`
pub fn check(arguments: Vec<OsString>) -> Status {
    let build = parse(arguments)?;
    if build.files.is_empty() {
        return Err("which files? (transom check FILES)".to_owned());
    }
    let mut status = 0;
    let vm = LazyVm::new(VmOptions::default(), CodeFlags::of(&build.options));
    for file in &build.files {
        if Source::read(file)?
            .as_script()
            .build(&build.options, build.format, &vm)
            .is_none()
        {
            status = 1;
        }
    }
    Ok(status)
}

/// `transom compile`
pub fn compile(arguments: Vec<OsString>) -> Status {
    let build = parse(arguments)?;
    if build.files.is_empty() {
        return Err("which files? (transom compile FILES -o DIR)".to_owned());
    }
    let directory = build.output.clone().unwrap_or_else(|| PathBuf::from("."));
    let mut status = 0;
    let vm = LazyVm::new(VmOptions::default(), CodeFlags::of(&build.options));
    for file in &build.files {
        let Some(module) = Source::read(file)?.build(&build.options, build.format, &vm) else {
            status = 1;
            continue;
        };
        let to = directory.join(format!("{}.tbc", module.name_text()));
        std::fs::write(&to, module.to_bytes()).map_err(|e| format!("{}: {e}", to.display()))?;
    }
    Ok(status)
}
