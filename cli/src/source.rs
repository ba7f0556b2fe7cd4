//! Compiling files: finds includes, prepares scripts, prints diagnostics.

use std::path::Path;

use transom_bytecode::Module;
use transom_compiler::abstract_term::Term;
use transom_compiler::ast::Name;
use transom_compiler::parse::Script;
use transom_compiler::{CompileOptions, Compiled, Failed};
use transom_vm::compile::{SearchPath, VmHost};

use crate::arguments::CompilerOptions;
use crate::live::LazyVm;
use crate::report::Format;

/// A source text ready to compile.
pub struct Source {
    /// For messages.
    pub name: String,
    /// The text.
    pub text: Vec<u8>,
    script: Script,
}

impl Source {
    /// A text that is there.
    pub fn of(name: &str, text: Vec<u8>) -> Source {
        Source {
            name: name.to_owned(),
            text,
            script: Script::No,
        }
    }

    /// Reads a file, or standard input for `-`.
    pub fn read(path: &Path) -> Result<Source, String> {
        if path == Path::new("-") {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut text)
                .map_err(|e| format!("standard input: {e}"))?;
            return Ok(Source::of("stdin", text));
        }
        let text = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        if let Some(what) = crate::script::other_than_source(&text) {
            return Err(format!(
                "{}: this script holds {what} instead of source; build it from its sources: transom bundle DIR -o FILE",
                path.display()
            ));
        }
        Ok(Source::of(&path.display().to_string(), text))
    }

    /// A script, as `escript` takes it: a shebang line is a comment, `-module` and the export of main/1 may be missing.
    #[must_use]
    #[allow(clippy::wrong_self_convention)] // It gives up the value it names.
    pub fn as_script(mut self) -> Source {
        self.script = if self.text.starts_with(b"#!") {
            self.text[0] = b'%';
            Script::Shebang
        } else {
            Script::Unnamed
        };
        self
    }

    /// Compiles.
    ///
    /// The VM is started only if Erlang has something to say: parse transforms, behaviours.
    pub fn compile(
        &self,
        options: &CompilerOptions,
        dump_core: bool,
        vm: &LazyVm,
    ) -> Result<Compiled, Failed> {
        let mut compile = CompileOptions {
            dump_core,
            source: Some(self.name.clone()),
            ..CompileOptions::default()
        };
        compile.parse.default_module = Path::new(&self.name)
            .file_stem()
            .map(|s| Name::from(s.to_string_lossy().as_ref()));
        compile.parse.script = self.script;
        compile.parse.defines = options
            .defines
            .iter()
            .map(|(name, value)| (Name::from(name.as_str()), value.clone()))
            .collect();
        if options.warnings_are_errors {
            compile
                .options
                .push(Term::Atom(Name::from("warnings_as_errors")));
        }
        let mut path = SearchPath {
            include: options.include.clone(),
            libs: SearchPath::libs_of_environment(),
            apps: Vec::new(),
        };
        for dir in &options.code_path {
            path.add_code_dir(Path::new(dir));
        }
        let host = VmHost {
            path,
            image: Some(crate::arguments::image()),
            vm: &|| vm.get(),
        };
        transom_compiler::compile(&self.text, &self.name, &compile, &host)
    }

    /// Compiles and prints what the compiler has to say; none after an error.
    pub fn build(&self, options: &CompilerOptions, format: Format, vm: &LazyVm) -> Option<Module> {
        match self.compile(options, false, vm) {
            Ok(compiled) => {
                format.print(&compiled.warnings, &compiled.files);
                Some(compiled.module)
            }
            Err(failed) => {
                format.print(&failed.diagnostics, &failed.files);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::VmOptions;
    use crate::live::CodeFlags;

    /// The module that a text becomes: its name, and what it exports.
    fn script(text: &str) -> Option<(String, Vec<String>)> {
        let source = Source::of("dir/it's.es", text.as_bytes().to_vec()).as_script();
        let vm = LazyVm::new(VmOptions::default(), CodeFlags::default());
        let compiled = source
            .compile(&CompilerOptions::default(), false, &vm)
            .ok()?;
        let module = compiled.module;
        let exports = module.exports.iter();
        let mut names: Vec<String> = exports
            .map(|e| format!("{}/{}", module.atom(e.name), e.arity))
            .filter(|name| !name.starts_with("module_info"))
            .collect();
        names.sort();
        Some((module.name_text().to_owned(), names))
    }

    fn is(name: &str, exports: &[&str]) -> Option<(String, Vec<String>)> {
        let exports = exports.iter().map(|e| (*e).to_owned()).collect();
        Some((name.to_owned(), exports))
    }

    #[test]
    fn a_script_becomes_a_module_that_exports_main() {
        assert_eq!(script("#!x\nmain(_) -> ok.\n"), is("it's", &["main/1"]));
        assert_eq!(script("main(_) -> ok.\n"), is("it's", &["main/1"]));
        assert_eq!(
            script("#!x\n-module(m).\nmain(_) -> ok.\n"),
            is("m", &["main/1"])
        );
        let both = "#!x\n-module(m).\n-export([main/1, f/0]).\nmain(_) -> ok.\nf() -> ok.\n";
        assert_eq!(script(both), is("m", &["f/0", "main/1"]));
        assert_eq!(script("#!x\nf() -> ok.\n"), None);
    }

    #[test]
    fn a_module_says_itself_what_it_exports() {
        let module = "-module(m).\n-export([start/0]).\nstart() -> main(1).\nmain(_) -> ok.\n";
        assert_eq!(script(module), is("m", &["start/0"]));
    }
}
