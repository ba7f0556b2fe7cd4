//! `transom capture`: saved captures of traces, read without any virtual machine.
//!
//! A capture holds what a session showed, as events. It can be shown again in every format (`replay`), asked with the pattern language of live traces
//! (`query`), and compared function by function with another (`diff`). A file that was cut off or damaged gives what can be read, and stderr says what not.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use transom_tracer::event::Event;
use transom_tracer::file::{self, Capture};
use transom_tracer::pattern::{NoDefinitions, parse_target};
use transom_tracer::query::Query;
use transom_tracer::style::{World, by_name};

use super::Status;
use crate::arguments::{Values, unknown};

pub(super) const HELP: &str = "\
Usage: transom capture replay FILE [OPTIONS]
       transom capture query FILE PATTERN... [OPTIONS]
       transom capture diff BEFORE AFTER

  --format F       text, recon, dbg, redbug, json, chrome, folded, mermaid, tree (text)
  --pid P          only events of this process: <0.12.0>
  --compat         recon and redbug formats with the known bugs of the originals
  --output FILE    instead of standard output

PATTERN is that of `transom trace`. A capture is written by
`transom trace NAME PATTERN... --format capture --output FILE`.
";

/// `transom capture`
pub fn capture(mut arguments: Vec<OsString>) -> Status {
    if arguments.is_empty() {
        eprint!("{HELP}");
        return Ok(2);
    }
    let what = arguments.remove(0);
    match what.to_str() {
        Some("-h" | "--help") => {
            print!("{HELP}");
            Ok(0)
        }
        Some("replay") => {
            let options = Options::take(arguments)?;
            match &options.words[..] {
                [file] => show(Path::new(file), &[], &options),
                _ => Err("which file? (transom capture replay FILE)".into()),
            }
        }
        Some("query") => {
            let options = Options::take(arguments)?;
            match &options.words[..] {
                [file, patterns @ ..] if !patterns.is_empty() => {
                    show(Path::new(file), patterns, &options)
                }
                _ => Err("which file and pattern? (transom capture query FILE PATTERN...)".into()),
            }
        }
        Some("diff") => {
            let options = Options::take(arguments)?;
            match &options.words[..] {
                [before, after] => diff(Path::new(before), Path::new(after), &options),
                _ => Err("which two files? (transom capture diff BEFORE AFTER)".into()),
            }
        }
        _ => Err(format!(
            "capture takes replay, query or diff, not '{}'",
            what.to_string_lossy()
        )),
    }
}

#[derive(Default)]
struct Options {
    words: Vec<String>,
    format: Option<String>,
    pid: Option<String>,
    compat: bool,
    output: Option<PathBuf>,
}

impl Options {
    fn take(arguments: Vec<OsString>) -> Result<Options, String> {
        let mut parser = lexopt::Parser::from_args(arguments);
        let mut options = Options::default();
        while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
            match arg {
                lexopt::Arg::Value(v) => options.words.push(text(v)?),
                lexopt::Arg::Long("format") => {
                    options.format = Some(text(Values(&mut parser).text()?)?);
                }
                lexopt::Arg::Long("pid") => options.pid = Some(text(Values(&mut parser).text()?)?),
                lexopt::Arg::Long("compat") => options.compat = true,
                lexopt::Arg::Long("output") => {
                    options.output = Some(PathBuf::from(Values(&mut parser).text()?));
                }
                other => return Err(unknown(&other)),
            }
        }
        Ok(options)
    }

    fn write(&self, text: &str) -> Status {
        let written = match &self.output {
            Some(file) => {
                std::fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))
            }
            None => match std::io::stdout().write_all(text.as_bytes()) {
                // A reader that has seen enough is no error.
                Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.to_string()),
                Ok(()) | Err(_) => Ok(()),
            },
        };
        match written {
            Ok(()) => Ok(0),
            Err(problem) => failed(&problem),
        }
    }
}

fn text(word: OsString) -> Result<String, String> {
    word.into_string()
        .map_err(|word| format!("'{}' is no Unicode", word.to_string_lossy()))
}

/// Times of the day as they were where the reader is; all else about the living system is gone.
struct Here;

impl World for Here {
    fn utc_offset_s(&self, wall_us: i64) -> i64 {
        transom_vm::sched::calendar::offset_s(wall_us.div_euclid(1_000_000))
    }
}

/// What was wrong with a file, not with the command.
fn failed(problem: &str) -> Status {
    eprintln!("transom capture: {problem}");
    Ok(1)
}

fn show(path: &Path, patterns: &[String], options: &Options) -> Status {
    let name = options.format.as_deref().unwrap_or("text");
    let Some(mut style) = by_name(name, options.compat) else {
        return Err(format!("there is no format '{name}'"));
    };
    let mut query = Query {
        process: options.pid.clone(),
        ..Query::default()
    };
    for pattern in patterns {
        match parse_target(pattern, &NoDefinitions) {
            Ok(target) => query.targets.push(target),
            Err(error) => {
                let place = " ".repeat(error.at);
                let what = match error.text.ends_with("before: ") {
                    true => format!("{}the end", error.text),
                    false => error.text.clone(),
                };
                eprintln!("transom capture: {what}\n  {pattern}\n  {place}^");
                return Ok(2);
            }
        }
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) => return failed(&format!("{}: {e}", path.display())),
    };
    let capture = match file::read(&bytes) {
        Ok(capture) => capture,
        Err(e) => return failed(&format!("{}: {e}", path.display())),
    };
    let selected = query.select(&capture.events);
    let mut out = String::new();
    let mut event = Event::new();
    style.begin(&mut out);
    for bytes in &selected {
        if event.decode(bytes).is_ok() {
            style.event(&event, &Here, &mut out);
        }
    }
    style.end(&mut out);
    if patterns.is_empty() && name == "text" {
        if let Some(totals) = &capture.totals {
            out.push_str(totals.trim_end());
            out.push('\n');
        }
    } else if !patterns.is_empty() {
        eprintln!("{} of {} events", selected.len(), capture.events.len());
    }
    state(path, &capture);
    options.write(&out)
}

/// Says on stderr what of the file could not be read.
fn state(path: &Path, capture: &Capture<'_>) {
    if capture.damaged > 0 {
        eprintln!(
            "{}: {} damaged records were left out",
            path.display(),
            capture.damaged
        );
    }
    if capture.cut {
        eprintln!("{}: the end is missing", path.display());
    }
}

fn diff(before: &Path, after: &Path, options: &Options) -> Status {
    let mut bytes = Vec::new();
    for path in [before, after] {
        match std::fs::read(path) {
            Ok(read) => bytes.push(read),
            Err(e) => return failed(&format!("{}: {e}", path.display())),
        }
    }
    let mut captures = Vec::new();
    for (path, bytes) in [before, after].into_iter().zip(&bytes) {
        match file::read(bytes) {
            Ok(capture) => {
                state(path, &capture);
                captures.push(capture);
            }
            Err(e) => return failed(&format!("{}: {e}", path.display())),
        }
    }
    options.write(&file::diff(&captures[0], &captures[1]))
}
