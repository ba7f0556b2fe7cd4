//! Compiling files: finds includes, prepares scripts, prints diagnostics.

use std::path::Path;

use transom_bytecode::Module;
use transom_compiler::abstract_term::Term;
use transom_compiler::ast::Name;
use transom_compiler::diagnostic::did_you_mean;
use transom_compiler::parse::Script;
use transom_compiler::{CompileOptions, Compiled, Failed};
use transom_vm::compile::{SearchPath, VmHost, add_debug_info};

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

    /// Reads a file, or standard input for `-`. None after saying why there is no source.
    pub fn read(path: &Path) -> Option<Source> {
        let (source, other) = Source::read_any(path)?;
        if let Some(what) = other {
            eprintln!(
                "transom: {}: this script holds {what} instead of source; build it from its sources: transom bundle DIR -o FILE",
                source.name
            );
            return None;
        }
        Some(source)
    }

    /// Reads a file, or standard input for `-`, with what it is if it is no source. None after saying why.
    pub fn read_any(path: &Path) -> Option<(Source, Option<&'static str>)> {
        let stdin = path == Path::new("-");
        let name = if stdin {
            "stdin".to_owned()
        } else {
            path.display().to_string()
        };
        let text = if stdin {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut text).map(|_| text)
        } else {
            std::fs::read(path)
        };
        match text {
            Ok(text) => {
                let other = crate::script::other_than_source(&text);
                Some((Source::of(&name, text), other))
            }
            Err(e) => {
                eprintln!("transom: {}", unreadable(path, &e));
                None
            }
        }
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
        if options.debug_info {
            compile.options.push(Term::Atom(Name::from("debug_info")));
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
            Ok(mut compiled) => {
                format.print(&compiled.warnings, &compiled.files);
                if compiled.debug_info
                    && let Ok(vm) = vm.get()
                {
                    add_debug_info(&mut compiled, &vm);
                }
                Some(compiled.module)
            }
            Err(failed) => {
                format.print(&failed.diagnostics, &failed.files);
                None
            }
        }
    }
}

/// Why a file cannot be read, with the file beside it that may have been meant.
fn unreadable(path: &Path, error: &std::io::Error) -> String {
    let shown = path.display();
    if error.kind() != std::io::ErrorKind::NotFound {
        return format!("{shown}: {error}");
    }
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let there: Vec<String> = std::fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let with_extension = format!("{name}.erl");
    let near = if there.contains(&with_extension) {
        Some(with_extension.as_str().into())
    } else {
        did_you_mean(&name, there.iter().map(String::as_str))
    };
    match near {
        Some(near) => format!(
            "{shown}: there is no such file (did you mean {}?)",
            path.with_file_name(&*near).display()
        ),
        None => format!("{shown}: there is no such file"),
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
