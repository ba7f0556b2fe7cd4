//! Running a bundle: whose words are whose, and where its files are laid out.
//!
//! A script gets all arguments. A project, which has no `main/1`, takes options of `transom run` at the front (`--name shop`); the first other word, or what
//! follows `--`, begins the program's own. Both take options from the environment variable [`VARIABLE`], and from `transom bundle` itself.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use transom_vm::heap::{Heap, HeapOptions};

use super::{Bundle, Kind};
use crate::arguments::Values;
use crate::command::{Status, options};
use crate::control::place;
use crate::live::{CodeFlags, Flag, LazyVm, Live};

/// Options for the VM of a bundle, separated by spaces.
const VARIABLE: &str = "TRANSOM_OPTIONS";

/// Runs the bundle that this program is; none when it is none.
pub fn if_bundled(arguments: &[OsString]) -> Option<Status> {
    let exe = std::env::current_exe().ok()?;
    match Bundle::read(&exe) {
        Ok(None) => None,
        Ok(Some(bundle)) => Some(run(&exe, &bundle, arguments.to_vec())),
        Err(message) => {
            eprintln!("transom: {message}");
            Some(Ok(1))
        }
    }
}

fn run(exe: &Path, bundle: &Bundle, arguments: Vec<OsString>) -> Status {
    let mut options = options::Run::default();
    let within = |words: Vec<OsString>, options: &mut options::Run| match take(words, options)? {
        rest if rest.is_empty() => Ok(()),
        rest => Err(format!(
            "{} is no option for a bundle",
            rest[0].to_string_lossy()
        )),
    };
    within(
        bundle.options.iter().map(OsString::from).collect(),
        &mut options,
    )?;
    let variable = std::env::var(VARIABLE).unwrap_or_default();
    let words = variable.split_whitespace().map(OsString::from).collect();
    within(words, &mut options).map_err(|e| format!("{VARIABLE}: {e}"))?;
    let arguments = match bundle.kind {
        Kind::Project => take(arguments, &mut options)?,
        Kind::Script | Kind::Start => arguments,
    };
    if options.live.watch {
        return Err("--watch: a bundle has no sources that could be saved".to_owned());
    }
    if let Some(status) = options.detached.leave(options.live.name.as_deref()) {
        return status;
    }
    let texts: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let keep = match bundle.kind {
        Kind::Project => true,
        Kind::Start => options.stays(),
        Kind::Script => false,
    };
    let home = home(&bundle.digest)?;
    let vm = LazyVm::new(options.vm, CodeFlags::of(&options.compiler));
    let live = Live::new(vm.get()?, &options.live)?;
    let shown = exe.to_string_lossy();
    let mut flags = vec![
        ("script", Flag::Text(&shown)),
        ("plain", Flag::Texts(&texts)),
    ];
    if keep {
        flags.push(("keep", Flag::Atom("true")));
    }
    let heap = Heap::new(&live.vm.env, HeapOptions::default());
    let args = [
        heap.binary(&bundle.archive),
        heap.string(&shown),
        heap.string(&home.to_string_lossy()),
        heap.list_from(texts.iter().map(|t| heap.string(t))),
    ];
    match live.start(&flags, "transom_bundle", "run", &args) {
        Some(wait) => Ok(live.finish(&wait)),
        None => {
            eprintln!("transom: no room for a process");
            Ok(1)
        }
    }
}

/// Takes options from the front; the rest is the program's.
fn take(words: Vec<OsString>, options: &mut options::Run) -> Result<Vec<OsString>, String> {
    let mut parser = lexopt::Parser::from_args(words);
    loop {
        let words = match parser.try_raw_args() {
            Some(raw) => raw.as_slice().to_vec(),
            None => Vec::new(),
        };
        match words.first() {
            None => return Ok(words),
            Some(word) if word == "--" => return Ok(words[1..].to_vec()),
            Some(_) => {}
        }
        let option = match parser.next().map_err(|e| e.to_string())? {
            Some(lexopt::Arg::Long(name)) => name.to_owned(),
            _ => return Ok(words),
        };
        let option = lexopt::Arg::Long(&option);
        if !options.take_of_vm(&option, &mut Values(&mut parser))? {
            return Ok(words);
        }
    }
}

/// Where files of the bundle are laid out when a program asks for them: below the user's cache.
fn home(digest: &str) -> Result<PathBuf, String> {
    let absolute = |name: &str| {
        let path = std::env::var_os(name).map(PathBuf::from);
        path.filter(|p| p.is_absolute())
    };
    let cache = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|h| h.join(".cache")));
    let base = match cache {
        Some(cache) => cache.join("transom"),
        None => place::directory()?,
    };
    Ok(base.join("bundles").join(&digest[..32]))
}
