//! Tidiness: what the house style promises and a program can check.

use std::collections::BTreeMap;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use transom_tests::tree;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tidy::file_lengths", file_lengths),
        Trial::test("tidy::file_headers", file_headers),
        Trial::test("tidy::unsafe_only_where_allowed", unsafe_places),
        Trial::test("tidy::no_unwrap_outside_tests", no_unwrap),
        Trial::test("tidy::language_grid_has_no_empty_cell", language_grid),
        Trial::test("tidy::stdlib_modules_have_tests", stdlib_tests),
        Trial::test("tidy::no_absolute_paths", no_absolute_paths),
        Trial::test("tidy::documents_name_files_that_exist", named_files),
    ]
}

fn verdict(what: &str, problems: Vec<String>) -> Result<(), Failed> {
    match problems.len() {
        0 => Ok(()),
        n => Err(format!("{n} {what}:\n{}", problems.join("\n")).into()),
    }
}

fn read(path: &Path) -> Result<String, Failed> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", tree::shown(path)).into())
}

/// 1,000 lines for Rust, 3,000 for the library's Erlang.
fn file_lengths() -> Result<(), Failed> {
    let mut long = Vec::new();
    for (extension, most) in [("rs", 1_000), ("erl", 3_000)] {
        for file in tree::files(&tree::root(), extension) {
            let lines = read(&file)?.lines().count();
            if lines > most {
                long.push(format!(
                    "{}: {lines} lines, at most {most}",
                    tree::shown(&file)
                ));
            }
        }
    }
    verdict("files too long", long)
}

fn file_headers() -> Result<(), Failed> {
    let mut bare = Vec::new();
    for file in tree::files(&tree::root(), "rs") {
        let text = read(&file)?;
        if !text.lines().take(5).any(|l| l.starts_with("//!")) {
            bare.push(tree::shown(&file));
        }
    }
    verdict("files without a `//!` header", bare)
}

/// Folders of `vm/src` that may hold `unsafe`.
const UNSAFE_PLACES: [&str; 4] = [
    "vm/src/heap/",
    "vm/src/sync/",
    "vm/src/native/",
    "vm/src/interp/frame",
];

fn unsafe_places() -> Result<(), Failed> {
    let mut found = Vec::new();
    for file in tree::files(&tree::root(), "rs") {
        let shown = tree::shown(&file);
        if UNSAFE_PLACES.iter().any(|p| shown.starts_with(p))
            || shown.starts_with("tests/")
            || shown.starts_with("re/")
        {
            continue;
        }
        for (number, line) in read(&file)?.lines().enumerate() {
            let code: String = line
                .split("//")
                .next()
                .unwrap_or("")
                .split('"')
                .step_by(2)
                .collect();
            if code
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|w| w == "unsafe")
            {
                found.push(format!("{shown}:{}", number + 1));
            }
        }
    }
    verdict("uses of `unsafe` outside its places", found)
}

fn no_unwrap() -> Result<(), Failed> {
    let mut found = Vec::new();
    for file in tree::files(&tree::root(), "rs") {
        let shown = tree::shown(&file);
        if shown.contains("tests") || shown.starts_with("benches/") {
            continue;
        }
        for (number, line) in read(&file)?.lines().enumerate() {
            if line.contains("#[cfg(test)]") {
                break;
            }
            if line.contains(".unwrap()") && !line.trim_start().starts_with("//") {
                found.push(format!("{shown}:{}", number + 1));
            }
        }
    }
    verdict("uses of unwrap() outside tests", found)
}

/// Every construct and BIF has a normal, an edge and an error file.
fn language_grid() -> Result<(), Failed> {
    let mut cells: BTreeMap<String, [bool; 3]> = BTreeMap::new();
    for file in tree::files(&tree::root().join("tests/lang"), "erl") {
        let folder = file
            .parent()
            .and_then(Path::file_name)
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let name = file
            .file_stem()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let row = cells.entry(folder.clone()).or_default();
        let rest = name.strip_prefix(&folder).unwrap_or(&name);
        for (cell, kind) in ["_normal", "_edge", "_error"].iter().enumerate() {
            row[cell] |= rest.starts_with(kind);
        }
    }
    let empty = cells
        .iter()
        .flat_map(|(row, cells)| {
            ["normal", "edge", "error"]
                .into_iter()
                .zip(cells)
                .filter(|(_, full)| !**full)
                .map(move |(kind, _)| format!("{row}: {kind}"))
        })
        .collect();
    verdict("empty cells in the language grid", empty)
}

/// Library modules that have no test module yet; a name goes from here when its tests come.
const UNTESTED: &[&str] = &[
    "application_controller",
    "application_master",
    "code_server",
    "erl_error",
    "error_handler",
    "erts_code_purger",
    "eunit_autoexport",
    "eunit_data",
    "eunit_lib",
    "eunit_listener",
    "eunit_proc",
    "eunit_report",
    "eunit_tty",
    "eval_bits",
    "file_io_server",
    "gen",
    "io_lib_pretty",
    "logger_filters",
    "logger_formatter",
    "logger_std_h",
    "transom_leex_regexp",
    "transom_parsetools",
    "transom_yecc_actions",
    "transom_yecc_grammar",
    "transom_yecc_parser",
    "transom_yecc_states",
    "user",
];

fn stdlib_tests() -> Result<(), Failed> {
    let root = tree::root();
    let mut problems = Vec::new();
    for file in tree::files(&root.join("stdlib/src"), "erl") {
        let module = file
            .file_stem()
            .map(|m| m.to_string_lossy().into_owned())
            .unwrap_or_default();
        let tested = root
            .join(format!("stdlib/test/{module}_tests.erl"))
            .exists();
        let tested = tested || root.join("tests/library").join(&module).is_dir();
        let excused = UNTESTED.contains(&module.as_str());
        if !tested && !excused {
            problems.push(format!("{module} has no tests"));
        }
        if tested && excused {
            problems.push(format!("{module} has tests now: take it from the list"));
        }
    }
    verdict("library modules at odds with their tests", problems)
}

/// Nothing in the tree may name a place on one machine.
fn no_absolute_paths() -> Result<(), Failed> {
    let mut found = Vec::new();
    for extension in ["rs", "erl", "md", "toml", "hrl"] {
        for file in tree::files(&tree::root(), extension) {
            for (number, line) in read(&file)?.lines().enumerate() {
                if ["root", "work", "home"]
                    .iter()
                    .any(|p| line.contains(&format!("/{p}/")))
                {
                    found.push(format!("{}:{}", tree::shown(&file), number + 1));
                }
            }
        }
    }
    verdict("absolute paths", found)
}

/// Paths of sources, headers and documents in back quotes end like the path of a file of the tree.
fn named_files() -> Result<(), Failed> {
    const ENDINGS: [&str; 4] = ["rs", "erl", "hrl", "md"];
    let root = tree::root();
    let there: Vec<String> = ENDINGS
        .iter()
        .flat_map(|extension| tree::files(&root, extension))
        .map(|file| format!("/{}", tree::shown(&file)))
        .collect();
    let is_path = |word: &str| {
        word.contains('/')
            && ENDINGS.iter().any(|e| word.ends_with(&format!(".{e}")))
            && word
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_./-".contains(c))
    };
    let mut missing = Vec::new();
    for file in tree::files(&root, "md") {
        for (number, line) in read(&file)?.lines().enumerate() {
            for path in line.split('`').skip(1).step_by(2).filter(|w| is_path(w)) {
                let end = format!("/{}", path.trim_start_matches("../"));
                if !there.iter().any(|known| known.ends_with(&end)) {
                    missing.push(format!("{}:{}: {path}", tree::shown(&file), number + 1));
                }
            }
        }
    }
    verdict("paths of files that are not there", missing)
}
