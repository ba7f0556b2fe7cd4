//! A VM with the standard library compiled from its sources on first use, and programs given as text.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use transom_compiler::abstract_term::Term as Forms;
use transom_compiler::host::{Callback, Host, Include};
use transom_compiler::{CompileOptions, compile};
use transom_vm::heap::{Heap, HeapOptions, OwnedTerm, Term};
use transom_vm::vm::{Image, Vm};

fn stdlib() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../stdlib")
}

struct Headers;

impl Host for Headers {
    fn include(&self, _from: &str, path: &str) -> Result<Include, String> {
        let name = Path::new(path).file_name().ok_or("no file name")?;
        let full = stdlib().join("include").join(name);
        let source = std::fs::read(&full).map_err(|e| format!("{}: {e}", full.display()))?;
        Ok(Include {
            name: path.to_owned(),
            bytes: source,
        })
    }

    fn include_lib(&self, from: &str, path: &str) -> Result<Include, String> {
        self.include(from, path)
    }

    fn transform(&self, module: &str, _forms: Forms, _options: &[Forms]) -> Result<Forms, String> {
        Err(format!("undefined parse transform '{module}'"))
    }

    fn condition(&self, _guard: Forms) -> Option<bool> {
        None
    }

    fn behaviour_callbacks(&self, _module: &str) -> Option<Vec<Callback>> {
        None
    }
}

/// Compiles source text to a module file; panics with the diagnostics.
pub fn module(name: &str, text: &str) -> Vec<u8> {
    match compile(
        text.as_bytes(),
        &format!("{name}.erl"),
        &CompileOptions::default(),
        &Headers,
    ) {
        Ok(compiled) => compiled.module.to_bytes(),
        Err(failed) => panic!("{name}: {:?}", failed.diagnostics.first()),
    }
}

type Cache = Mutex<HashMap<String, Option<Vec<u8>>>>;

/// Compiles modules of `stdlib/src` when they are asked for, each once a test run.
pub fn stdlib_image() -> Image {
    static CACHE: OnceLock<Cache> = OnceLock::new();
    Arc::new(|name: &str| {
        let mut cache = CACHE
            .get_or_init(Cache::default)
            .lock()
            .unwrap_or_else(|e| e.into_inner());
        if let Some(known) = cache.get(name) {
            return known.clone();
        }
        let source = std::fs::read_to_string(stdlib().join("src").join(format!("{name}.erl"))).ok();
        let bytes = source.map(|text| module(name, &text));
        cache.insert(name.to_owned(), bytes.clone());
        bytes
    })
}

/// A VM that runs programs.
pub struct Program {
    heap: Heap,
    pub vm: Arc<Vm>,
}

impl Program {
    pub fn new(
        configure: impl FnOnce(transom_vm::vm::Builder) -> transom_vm::vm::Builder,
    ) -> Program {
        let vm = configure(Vm::builder().schedulers(2).image(stdlib_image()))
            .build()
            .expect("threads start");
        Program {
            heap: Heap::new(&vm.env, HeapOptions::default()),
            vm,
        }
    }

    /// Loads `driver` (a module `driver` with `main/1`) and calls it with binaries; answers its value, or why it ended.
    pub fn run(&self, driver: &str, args: &[Vec<u8>]) -> OwnedTerm {
        let bytes = module("driver", driver);
        let parsed = transom_bytecode::Module::from_bytes(&bytes).expect("just written");
        if let Err(e) = self.vm.load(parsed) {
            panic!("{e}");
        }
        let list: Vec<Term<'_>> = args.iter().map(|a| self.heap.binary(a)).collect();
        let list = self.heap.list(&list);
        let (_, host) = self
            .vm
            .spawn_call("driver", "main", &[list])
            .expect("room for a process");
        let ended = host.wait();
        ended.value.unwrap_or(ended.reason)
    }

    /// The value as text, on one line.
    pub fn text(&self, driver: &str, args: &[Vec<u8>]) -> String {
        let value = self.run(driver, args);
        transom_vm::io::text::pretty(&self.vm, value.term())
            .lines()
            .map(str::trim_start)
            .collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.vm.shutdown();
    }
}
