//! Options that several commands share.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use transom_vm::io::library_tree::HEADERS;
use transom_vm::vm::{Builder, Image, Vm};

/// Options of the compiler.
#[derive(Default)]
pub struct CompilerOptions {
    /// `-I`
    pub include: Vec<PathBuf>,
    /// `-D NAME[=VALUE]`
    pub defines: Vec<(String, Option<String>)>,
    /// `-pa`
    pub code_path: Vec<String>,
    /// `-W error`
    pub warnings_are_errors: bool,
    /// `+debug_info`
    pub debug_info: bool,
}

impl CompilerOptions {
    /// Takes `-I`, `-D` or `-W` with its value; false when the option is another.
    pub fn take(
        &mut self,
        option: &lexopt::Arg<'_>,
        value: &mut dyn FnMut() -> Result<OsString, String>,
    ) -> Result<bool, String> {
        match option {
            lexopt::Arg::Short('I') => self.include.push(value()?.into()),
            lexopt::Arg::Short('D') => {
                let text = value()?.to_string_lossy().into_owned();
                let (name, value) = match text.split_once('=') {
                    Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                    None => (text, None),
                };
                self.defines.push((name, value));
            }
            // -pa comes as the cluster -p with the value "a", or as -p -a: the parser knows single letters only.
            lexopt::Arg::Short('p') => {
                let rest = value()?;
                if rest != "a" {
                    return Err("unknown option -p (did you mean -pa DIR?)".to_owned());
                }
                let dir = value()?.to_string_lossy().into_owned();
                self.code_path.push(dir);
            }
            lexopt::Arg::Short('W') => match value()?.to_str() {
                Some("error") => self.warnings_are_errors = true,
                _ => return Err("-W takes the value 'error'".to_owned()),
            },
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Options of the VM.
#[derive(Default)]
pub struct VmOptions {
    schedulers: Option<usize>,
    pin: bool,
    gc_stress: u32,
    gc_elsewhere: Option<usize>,
    reductions: Option<i64>,
    seed: Option<u64>,
    memory: Option<usize>,
    max_processes: Option<usize>,
    node: Option<String>,
}

impl VmOptions {
    /// Takes an option of the VM; false when the option is another.
    pub fn take(
        &mut self,
        option: &lexopt::Arg<'_>,
        parser: &mut Values<'_>,
    ) -> Result<bool, String> {
        match option {
            lexopt::Arg::Long("schedulers") => self.schedulers = Some(parser.number("schedulers")?),
            lexopt::Arg::Long("pin") => self.pin = true,
            lexopt::Arg::Long("gc-stress") => {
                self.gc_stress = parser.optional_number("gc-stress")?.unwrap_or(1)
            }
            lexopt::Arg::Long("gc-elsewhere") => {
                self.gc_elsewhere = Some(parser.number("gc-elsewhere")?)
            }
            lexopt::Arg::Long("reductions") => self.reductions = Some(parser.number("reductions")?),
            lexopt::Arg::Long("seed") => self.seed = Some(parser.number("seed")?),
            lexopt::Arg::Long("memory") => self.memory = Some(parser.number("memory")?),
            lexopt::Arg::Long("max-processes") => {
                self.max_processes = Some(parser.number("max-processes")?)
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `--name a@b` is also the name of the node.
    pub fn name(&mut self, name: &str) {
        if name.contains('@') {
            self.node = Some(name.to_owned());
        }
    }

    /// The name of the node, unless the command line has given one.
    pub fn default_node(&mut self, node: &str) {
        self.node.get_or_insert_with(|| node.to_owned());
    }

    /// A VM with the standard library.
    pub fn start(&self) -> Result<Arc<Vm>, String> {
        let mut builder: Builder = Vm::builder()
            .image(image())
            .pin(self.pin)
            .gc_stress(self.gc_stress);
        if let Some(n) = self.schedulers {
            builder = builder.schedulers(n);
        }
        if let Some(n) = self.gc_elsewhere {
            builder = builder.long_collection(n);
        }
        if let Some(n) = self.reductions {
            builder = builder.reductions(n.max(1));
        }
        if let Some(n) = self.seed {
            builder = builder.seed(n);
        }
        if let Some(n) = self.memory {
            builder = builder.memory_limit(n);
        }
        if let Some(n) = self.max_processes {
            builder = builder.max_processes(n);
        }
        if let Some(node) = &self.node {
            builder = builder.node(node.clone());
        }
        builder
            .build()
            .map_err(|e| format!("cannot start the virtual machine: {e}"))
    }
}

/// The standard library: modules and headers by name, and the list of the headers.
pub fn image() -> Image {
    Arc::new(|name: &str| match name {
        HEADERS => Some(
            transom_stdlib::headers()
                .collect::<Vec<_>>()
                .join("\n")
                .into_bytes(),
        ),
        _ => transom_stdlib::module(name).map(<[u8]>::to_vec),
    })
}

/// Reads the values of options.
pub struct Values<'a>(pub &'a mut lexopt::Parser);

impl Values<'_> {
    /// The value that must follow.
    pub fn text(&mut self) -> Result<OsString, String> {
        self.0.value().map_err(|e| e.to_string())
    }

    fn number<T: std::str::FromStr>(&mut self, name: &str) -> Result<T, String> {
        let text = self.text()?;
        let number = text.to_str().and_then(|t| t.parse().ok());
        number.ok_or_else(|| format!("--{name} takes a number, not '{}'", text.to_string_lossy()))
    }

    fn optional_number(&mut self, name: &str) -> Result<Option<u32>, String> {
        match self.0.optional_value() {
            None => Ok(None),
            Some(text) => match text.to_str().and_then(|t| t.parse().ok()) {
                Some(n) => Ok(Some(n)),
                None => Err(format!(
                    "--{name} takes a number, not '{}'",
                    text.to_string_lossy()
                )),
            },
        }
    }
}

/// An option that no command knows.
pub fn unknown(option: &lexopt::Arg<'_>) -> String {
    match option {
        lexopt::Arg::Short(c) => format!("unknown option -{c}"),
        lexopt::Arg::Long(name) => format!("unknown option --{name}"),
        lexopt::Arg::Value(v) => format!("unexpected argument '{}'", v.to_string_lossy()),
    }
}
