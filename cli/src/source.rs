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

    /// Makes a module of a script, as `escript` does: the shebang line becomes a comment (a `%%!` line is one), a missing `-module` is added on the first
    /// line, and main/1 is exported.
    #[must_use]
    #[allow(clippy::wrong_self_convention)] // It gives up the value it names.
    pub fn as_script(mut self) -> Source {
        let shebang = self.text.starts_with(b"#!");
        let module = self.module_attribute();
        let mut text = Vec::new();
        if module.is_none() {
            let stem = Path::new(&self.name)
                .file_stem()
                .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            let quoted = stem.replace('\\', "\\\\").replace('\'', "\\'");
            text.extend(format!("-module('{quoted}'). -export([main/1]). ").bytes());
        }
        if shebang {
            text.push(b'%');
            self.text.remove(0);
        }
        match module {
            // What is no script says itself what it exports.
            Some(end) if shebang && !self.mentions(b"main/1") => {
                let end = end - 1;
                text.extend(&self.text[..end]);
                text.extend(b" -export([main/1]).");
                text.extend(&self.text[end..]);
            }
            _ => text.extend(&self.text),
        }
        self.text = text;
        self
    }

    /// Where the `-module(...).` ends, if there is one.
    fn module_attribute(&self) -> Option<usize> {
        let mut start = 0;
        for line in self.text.split_inclusive(|b| *b == b'\n') {
            if line.trim_ascii_start().starts_with(b"-module") {
                let rest = &self.text[start..];
                let close = rest.iter().position(|b| *b == b')');
                let dot = close.and_then(|at| {
                    let after = rest[at..].iter().position(|b| *b == b'.');
                    after.map(|n| at + n)
                });
                return Some(start + dot.map_or(line.len(), |at| at + 1));
            }
            start += line.len();
        }
        None
    }

    fn mentions(&self, word: &[u8]) -> bool {
        self.text.windows(word.len()).any(|w| w == word)
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

#[cfg(test)]
mod tests {
    use super::Source;

    fn script(text: &str) -> String {
        let source = Source {
            name: "dir/it's.es".to_owned(),
            text: text.as_bytes().to_vec(),
        };
        String::from_utf8_lossy(&source.as_script().text).into_owned()
    }

    #[test]
    fn a_script_becomes_a_module_that_exports_main() {
        assert_eq!(
            script("#!x\nmain(_) -> ok.\n"),
            "-module('it\\'s'). -export([main/1]). %!x\nmain(_) -> ok.\n"
        );
        assert_eq!(
            script("#!x\n-module(m).\nmain(_) -> ok.\n"),
            "%!x\n-module(m). -export([main/1]).\nmain(_) -> ok.\n"
        );
        let exports = "#!x\n-module(m).\n-export([main/1]).\n";
        assert_eq!(script(exports), format!("%{}", &exports[1..]));
        let module = "-module(m).\n-export([start/0]).\n";
        assert_eq!(script(module), module);
    }
}
