//! The library's own tests: every `stdlib/test/MODULE_tests.erl` is compiled and run by EUnit, one entry each.

use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use transom_tests::{program::Transom, tree};

/// Loads a compiled module and runs its tests; EUnit's report goes to standard output.
const DRIVER: &str = "-module(library_driver).
-export([main/1]).
main([File]) ->
    {ok, Code} = file:read_file(File),
    Module = list_to_atom(filename:basename(File, \".tbc\")),
    {module, Module} = code:load_binary(Module, File, Code),
    case eunit:test(Module) of
        ok -> ok;
        error -> halt(1)
    end.
";

pub fn trials() -> Vec<Trial> {
    tree::files(&tree::root().join("stdlib/test"), "erl")
        .into_iter()
        .map(|file| {
            let name = file
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            Trial::test(format!("library::{name}"), move || run(&file, &name))
        })
        .collect()
}

fn run(file: &Path, name: &str) -> Result<(), Failed> {
    let folder =
        std::env::temp_dir().join(format!("transom-library-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let driver = folder.join("library_driver.erl");
    std::fs::write(&driver, DRIVER)?;
    let shown = |p: &Path| p.display().to_string();
    let compiled = Transom::new(["compile", "-I", "stdlib/include"])
        .arg(&tree::shown(file))
        .arg("-o")
        .arg(&shown(&folder))
        .output();
    let outcome = if compiled.status == Some(0) {
        let code = folder.join(format!("{name}.tbc"));
        Transom::new(["run", "--no-control"])
            .arg(&shown(&driver))
            .arg(&shown(&code))
            .deadline(Duration::from_secs(240))
            .output()
    } else {
        compiled
    };
    let _ = std::fs::remove_dir_all(&folder);
    match outcome.status {
        Some(0) => Ok(()),
        status => Err(format!("{status:?}\n{}\n{}", outcome.stdout, outcome.stderr).into()),
    }
}
