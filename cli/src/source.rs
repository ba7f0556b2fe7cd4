//! Compiling files: finds includes, prepares scripts, prints diagnostics.

use std::path::Path;

use transom_bytecode::Module;
use transom_compiler::abstract_term::Term;
use transom_compiler::ast::Name;
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
}

impl Source {
    /// Reads a file, or standard input for `-`.
    pub fn read(path: &Path) -> Result<Source, String> {
        if path == Path::new("-") {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut text)
                .map_err(|e| format!("standard input: {e}"))?;
            return Ok(Source {
                name: "stdin".to_owned(),
                text,
            });
        }
        let text = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Source {
            name: path.display().to_string(),
            text,
        })
    }

    /// Makes a module of a script: the shebang line and a `%%!` line become comments, a missing `-module` is added on the first line.
    #[must_use]
    #[allow(clippy::wrong_self_convention)] // It gives up the value it names.
    pub fn as_script(mut self) -> Source {
        let shebang = self.text.starts_with(b"#!");
        let has_module = self
            .text
            .split(|b| *b == b'\n')
            .any(|l| l.trim_ascii_start().starts_with(b"-module"));
        let stem = Path::new(&self.name)
            .file_stem()
            .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let header = if has_module {
            String::new()
        } else {
            let quoted = stem.replace('\\', "\\\\").replace('\'', "\\'");
            format!("-module('{quoted}'). -export([main/1]). ")
        };
        let mut text = header.into_bytes();
        if shebang {
            text.extend(b"%");
            text.extend(&self.text[1..]);
        } else {
            text.extend(&self.text);
        }
        self.text = text;
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
