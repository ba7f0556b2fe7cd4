//! What the compiler asks of the world while the VM is there: include files from the disk or from the library's own headers, parse transforms and
//! `behaviour_info/1` by running Erlang code in a process of its own.
//!
//! The compiler never runs on a scheduler or on a thread of a bounded pool: it waits here for processes, which may compile themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use transom_compiler::abstract_term::Term as Tree;
use transom_compiler::host::{Callback, Host, Include};

use super::terms;
use crate::heap::{Heap, HeapOptions, OwnedTerm};
use crate::io::library_tree;
use crate::vm::{Image, Vm};

/// Where includes and applications are looked for.
#[derive(Clone, Debug, Default)]
pub struct SearchPath {
    /// `-I`, `{i, Dir}`.
    pub include: Vec<PathBuf>,
    /// Directories of single applications, by name: those of a project, those of the code path.
    pub apps: Vec<(String, PathBuf)>,
    /// Directories that hold applications (`ERL_LIBS`).
    pub libs: Vec<PathBuf>,
}

impl SearchPath {
    /// The directories of the environment variable `ERL_LIBS`.
    #[must_use]
    pub fn libs_of_environment() -> Vec<PathBuf> {
        std::env::var_os("ERL_LIBS")
            .map(|all| std::env::split_paths(&all).collect())
            .unwrap_or_default()
    }

    /// The application a directory of the code path belongs to: `.../name-1.0/ebin`.
    pub fn add_code_dir(&mut self, dir: &Path) {
        let Some(app) = dir
            .file_name()
            .filter(|n| *n == "ebin" || *n == "src")
            .and(dir.parent())
        else {
            return;
        };
        let full = std::fs::canonicalize(app).unwrap_or_else(|_| app.to_owned());
        if let Some(name) = full.file_name() {
            let name = name.to_string_lossy();
            self.apps
                .push((base_name(&name).to_owned(), app.to_owned()));
        }
    }

    /// Where an application lies.
    fn app_dir(&self, from: &Path, app: &str) -> Vec<PathBuf> {
        let named = self.apps.iter().filter(|(name, _)| name == app);
        let mut found: Vec<PathBuf> = named.map(|(_, dir)| dir.clone()).collect();
        // A file of the application itself, in src/, test/ or include/.
        let full = std::fs::canonicalize(from).unwrap_or_else(|_| from.to_owned());
        found.extend(
            full.ancestors()
                .skip(1)
                .filter(|d| is_named(d, app))
                .map(Path::to_owned),
        );
        for lib in &self.libs {
            let entries = std::fs::read_dir(lib).into_iter().flatten().flatten();
            found.extend(entries.map(|e| e.path()).filter(|d| is_named(d, app)));
        }
        found
    }
}

fn base_name(dir: &str) -> &str {
    match dir.rsplit_once('-') {
        Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => name,
        _ => dir,
    }
}

fn is_named(dir: &Path, app: &str) -> bool {
    dir.file_name()
        .is_some_and(|n| base_name(&n.to_string_lossy()) == app)
}

/// The compiler's host. `vm` is asked for when Erlang has to run; who compiles without a VM makes one then.
pub struct VmHost<'a> {
    pub path: SearchPath,
    /// The library's headers, under names such as `eunit/include/eunit.hrl`.
    pub image: Option<Image>,
    pub vm: &'a (dyn Fn() -> Result<Arc<Vm>, String> + Sync),
}

impl VmHost<'_> {
    fn first(&self, candidates: impl IntoIterator<Item = PathBuf>) -> Option<Include> {
        candidates.into_iter().find_map(|path| {
            let name = path.display().to_string();
            let bytes = library_tree::read(self.image.as_ref(), Path::new(&name))
                .unwrap_or_else(|| std::fs::read(&path))
                .ok()?;
            Some(Include { name, bytes })
        })
    }

    fn plain(&self, from: &str, path: &str) -> Option<Include> {
        let beside = Path::new(from).parent().map(|d| d.join(path));
        let others = self.path.include.iter().map(|d| d.join(path));
        self.first(beside.into_iter().chain(others))
    }

    /// Calls a function of a booted VM and waits for its value.
    fn call(&self, module: &str, function: &str, args: &[Tree]) -> Result<Tree, String> {
        let vm = (self.vm)()?;
        let full = |_| "no room for atoms".to_owned();
        let heap = Heap::new(&vm.env, HeapOptions::default());
        let args = args
            .iter()
            .map(|a| terms::write(&heap, vm.atoms(), vm.code().cells(), a))
            .collect::<Result<Vec<_>, _>>()
            .map_err(full)?;
        let (_, wait) = vm
            .spawn_call(module, function, &args)
            .map_err(|_| "no room for a process".to_owned())?;
        let ended = wait.wait();
        let value: Option<OwnedTerm> = ended.value;
        let Some(value) = value else {
            let text = crate::io::text::pretty(&vm, ended.reason.term());
            return Err(format!("{module}:{function} failed: {text}"));
        };
        terms::read(vm.atoms(), value.term())
            .ok_or_else(|| format!("{module}:{function} answered what is no abstract code"))
    }
}

/// `$VAR/rest` with the variable's value.
fn environment(path: &str) -> Option<String> {
    let rest = path.strip_prefix('$')?;
    let (name, rest) = rest.split_once('/').unwrap_or((rest, ""));
    Some(format!("{}/{rest}", std::env::var(name).ok()?))
}

impl Host for VmHost<'_> {
    fn include(&self, from: &str, path: &str) -> Result<Include, String> {
        let expanded = environment(path);
        let path = expanded.as_deref().unwrap_or(path);
        self.plain(from, path)
            .ok_or_else(|| format!("can't find include file \"{path}\""))
    }

    fn include_lib(&self, from: &str, path: &str) -> Result<Include, String> {
        let expanded = environment(path);
        let path = expanded.as_deref().unwrap_or(path);
        if let Some(found) = self.plain(from, path) {
            return Ok(found);
        }
        let (app, rest) = path.split_once('/').unwrap_or((path, ""));
        let dirs = self.path.app_dir(Path::new(from), app);
        if let Some(found) = self.first(dirs.into_iter().map(|d| d.join(rest))) {
            return Ok(found);
        }
        let bytes = self.image.as_ref().and_then(|image| image(path));
        bytes
            .map(|bytes| Include {
                name: path.to_owned(),
                bytes,
            })
            .ok_or_else(|| format!("can't find include lib \"{path}\""))
    }

    fn transform(&self, module: &str, forms: Tree, options: &[Tree]) -> Result<Tree, String> {
        let options = Tree::List(options.to_vec());
        self.call(
            "compile_transform",
            "run",
            &[Tree::atom(module), forms, options],
        )
    }

    fn condition(&self, guard: Tree) -> Option<bool> {
        let answer = self.call("compile_transform", "condition", &[guard]).ok()?;
        Some(answer.is_atom("true"))
    }

    fn behaviour_callbacks(&self, module: &str) -> Option<Vec<Callback>> {
        let answer = self
            .call("compile_transform", "callbacks", &[Tree::atom(module)])
            .ok()?;
        let callback = |t: Tree| match t.as_tuple()? {
            [name, arity, optional] => Some(Callback {
                name: name.as_atom()?.clone(),
                arity: u32::try_from(arity.as_i64()?).ok()?,
                optional: optional.is_atom("true"),
            }),
            _ => None,
        };
        answer.to_list()?.into_iter().map(callback).collect()
    }
}
