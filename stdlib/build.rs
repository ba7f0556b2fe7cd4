//! Compiles the standard library into one image: an index of module names, then the bytecode files one after another.
//!
//! ```text
//!  magic "TRIMAGE1" | count u32 | count x (name length u16, name, offset u32, length u32) | files
//! ```
//! Every module is verified here, so that a broken one fails the build and not the start of a program.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use transom_compiler::host::{Callback, Host, Include};
use transom_compiler::{CompileOptions, compile};

#[path = "docs.rs"]
mod docs;

/// Finds headers beside the source and under `include/`.
struct Headers {
    root: PathBuf,
}

impl Headers {
    fn read(&self, candidates: &[PathBuf], what: &str) -> Result<Include, String> {
        for path in candidates {
            if let Ok(bytes) = std::fs::read(path) {
                let name = path.strip_prefix(&self.root).unwrap_or(path);
                return Ok(Include {
                    name: name.display().to_string(),
                    bytes,
                });
            }
        }
        Err(format!("can't find include file \"{what}\""))
    }
}

impl Host for Headers {
    fn include(&self, from: &str, path: &str) -> Result<Include, String> {
        let beside = self.root.join(from).parent().map(|d| d.join(path));
        let mut all: Vec<PathBuf> = beside.into_iter().collect();
        all.push(self.root.join("src").join(path));
        all.push(self.root.join("include").join(path));
        self.read(&all, path)
    }

    fn include_lib(&self, _from: &str, path: &str) -> Result<Include, String> {
        let (app, rest) = path.split_once('/').unwrap_or(("", path));
        let rest = rest.strip_prefix("include/").unwrap_or(rest);
        let include = self.root.join("include");
        self.read(
            &[
                include.join(app).join("include").join(rest),
                include.join(app).join(rest),
                include.join(rest),
            ],
            path,
        )
    }

    fn transform(
        &self,
        module: &str,
        _: transom_compiler::abstract_term::Term,
        _: &[transom_compiler::abstract_term::Term],
    ) -> Result<transom_compiler::abstract_term::Term, String> {
        Err(format!("undefined parse transform '{module}'"))
    }

    fn condition(&self, _guard: transom_compiler::abstract_term::Term) -> Option<bool> {
        None
    }

    fn behaviour_callbacks(&self, _module: &str) -> Option<Vec<Callback>> {
        None
    }
}

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=src");
    for file in ["doc", "docs.rs", "docs_source.rs", "docs_written.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    println!("cargo::rerun-if-changed=include");
    let mut sources: Vec<PathBuf> = std::fs::read_dir(root.join("src"))
        .expect("the sources are there")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "erl"))
        .collect();
    sources.sort();
    let (mut files, failures) = compile_all(&root, &sources);
    files.push(library(&root, &files));
    files.sort();
    for failure in &failures {
        for line in failure.lines() {
            println!("cargo::warning={line}");
        }
    }
    // A library without one of its modules would fail programs in strange ways.
    if !failures.is_empty() && std::env::var_os("TRANSOM_STDLIB_PARTIAL").is_none() {
        std::process::exit(1);
    }
    // Headers lie beside the modules, under the names that -include_lib gives them.
    headers(&root.join("include"), "", &mut files);
    pages(&root, &sources, &mut files);
    files.sort();
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    std::fs::write(out.join("stdlib.image"), image(&files))
        .expect("the output directory is writable");
}

/// The documentation of modules that are all built in: they have no code, so it lies beside the modules as `doc/NAME`.
fn pages(root: &Path, sources: &[PathBuf], files: &mut Files) {
    let host = Headers {
        root: root.to_owned(),
    };
    let entries = std::fs::read_dir(root.join("doc")).expect("the pages are there");
    for page in entries.flatten().map(|entry| entry.path()) {
        let stem = page.file_stem().unwrap_or_default().to_owned();
        if sources
            .iter()
            .any(|source| source.file_stem() == Some(&stem))
        {
            continue;
        }
        let text = std::fs::read_to_string(&page).expect("a page can be read");
        let name = stem.to_string_lossy();
        let code = format!("-module({name}).\n");
        let compiled = compile(code.as_bytes(), &name, &CompileOptions::default(), &host);
        let mut module = compiled
            .unwrap_or_else(|_| panic!("{name}.txt is named like a module"))
            .module;
        docs::add(&mut module, "", &text);
        files.push((format!("doc/{name}"), module.to_bytes()));
    }
}

fn headers(dir: &Path, name: &str, files: &mut Files) {
    let entries = std::fs::read_dir(dir).expect("the headers are there");
    for entry in entries.flatten() {
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        match std::fs::read(entry.path()) {
            Ok(bytes) => files.push((name, bytes)),
            Err(_) => headers(&entry.path(), &format!("{name}/"), files),
        }
    }
}

type Files = Vec<(String, Vec<u8>)>;

fn compile_all(root: &Path, sources: &[PathBuf]) -> (Files, Vec<String>) {
    let queue = Mutex::new(sources.iter());
    let done = Mutex::new((Vec::new(), Vec::new()));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no panic").next();
                    let Some(path) = next else { break };
                    let answer = compile_one(root, path);
                    let mut done = done.lock().expect("no panic");
                    match answer {
                        Ok(file) => done.0.push(file),
                        Err(text) => done.1.push(text),
                    }
                }
            });
        }
    });
    let (mut files, failures) = done.into_inner().expect("no panic");
    files.sort();
    (files, failures)
}

fn compile_one(root: &Path, path: &Path) -> Result<(String, Vec<u8>), String> {
    let name = path
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let host = Headers {
        root: root.to_owned(),
    };
    let shown = format!("{name}.erl");
    let options = CompileOptions::default();
    let compiled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        compile(&bytes, &shown, &options, &host)
    }))
    .map_err(|_| format!("{shown}: the compiler panicked"))?
    .map_err(|failed| {
        let errors = failed.diagnostics.iter().filter(|d| d.is_error());
        errors
            .map(|d| d.short(&failed.files))
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    let mut compiled = compiled;
    // Most modules have no page of their own.
    let page = std::fs::read_to_string(root.join(format!("doc/{name}.txt"))).unwrap_or_default();
    docs::add(
        &mut compiled.module,
        &String::from_utf8_lossy(&bytes),
        &page,
    );
    transom_bytecode::verify::check(&compiled.module).map_err(|e| format!("{shown}: {e}"))?;
    Ok((name, compiled.module.to_image_bytes()))
}

/// A module that knows the names of all.
fn library(root: &Path, files: &Files) -> (String, Vec<u8>) {
    let names: Vec<String> = files.iter().map(|(name, _)| format!("'{name}'")).collect();
    let text = format!(
        "%% Made by the build: the modules of the library.\n-module(transom_library).\n-export([modules/0]).\nmodules() -> [{}].\n",
        names.join(",")
    );
    let host = Headers {
        root: root.to_owned(),
    };
    let options = CompileOptions::default();
    let compiled = compile(text.as_bytes(), "transom_library.erl", &options, &host);
    let module = compiled
        .unwrap_or_else(|_| panic!("a list of names compiles"))
        .module;
    ("transom_library".to_owned(), module.to_image_bytes())
}

fn image(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let index: usize = files.iter().map(|(name, _)| name.len() + 10).sum();
    let mut offset = 12 + index;
    let mut out = b"TRIMAGE1".to_vec();
    out.extend((files.len() as u32).to_le_bytes());
    for (name, bytes) in files {
        out.extend((name.len() as u16).to_le_bytes());
        out.extend(name.as_bytes());
        out.extend((offset as u32).to_le_bytes());
        out.extend((bytes.len() as u32).to_le_bytes());
        offset += bytes.len();
    }
    for (_, bytes) in files {
        out.extend(bytes);
    }
    out
}
