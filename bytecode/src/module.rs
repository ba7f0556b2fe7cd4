//! A compiled module: what the compiler makes, files hold, and the verifier and loader read.
//! Plain data with public fields; nothing here checks anything (that is `verify`).

use crate::operand::{AtomIx, FnIx, LineIx};
use crate::ops::Insn;

/// A compiled module.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Module {
    /// The module's name.
    pub name: AtomIx,
    /// Texts of the atoms that code and constants refer to.
    pub atoms: Vec<String>,
    /// Literals.
    pub consts: Vec<Const>,
    /// Functions of other modules that the code calls (built-in ones too).
    pub imports: Vec<Import>,
    /// Exported functions.
    pub exports: Vec<Export>,
    /// All functions, in source order; generated ones follow.
    pub functions: Vec<Function>,
    /// One entry per `fun` expression with a body or a local name.
    pub lambdas: Vec<Lambda>,
    /// File names that [`Module::lines`] refer to; the first is the module's own.
    pub files: Vec<String>,
    /// Positions.
    pub lines: Vec<Line>,
    /// `module_info(attributes)`.
    pub attributes: Const,
    /// `module_info(compile)`.
    pub compile_info: Const,
    /// Record definitions, so that printers can name fields.
    pub records: Vec<RecordDef>,
    /// The function to run when the module is loaded.
    pub on_load: Option<FnIx>,
    /// Path of the source file, as given to the compiler.
    pub source: Option<String>,
    /// Documentation, in the `docs_v1` format (EEP 48).
    pub docs: Option<Const>,
    /// Other named chunks, kept as they came (`beam_lib` shows them): e.g. abstract code as an external term.
    pub extra: Vec<ExtraChunk>,
}

/// A chunk that the VM itself does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraChunk {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A constant term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Const {
    /// `[]`
    #[default]
    Nil,
    /// An integer that fits 64 bits.
    Int(i64),
    /// Any other integer.
    Big {
        /// Below zero?
        negative: bool,
        /// Absolute value, least significant byte first, no trailing zero bytes.
        magnitude: Vec<u8>,
    },
    /// A float.
    Float(FloatBits),
    /// An atom.
    Atom(AtomIx),
    /// A bitstring: `bits` of the last byte of `bytes` are valid (8 for a binary; 8 also when empty); unused bits are zero.
    Bits {
        /// The bytes.
        bytes: Vec<u8>,
        /// Valid (most significant) bits of the last byte: 1 to 8.
        last: u8,
    },
    /// A list with one element or more; `tail` is [`Const::Nil`] for a proper one and never a `List`.
    List {
        /// The elements.
        items: Vec<Const>,
        /// What follows them.
        tail: Box<Const>,
    },
    /// A tuple.
    Tuple(Vec<Const>),
    /// A map: keys and values, no key twice.
    Map(Vec<(Const, Const)>),
    /// `fun M:F/A`.
    ExportFun {
        /// The module.
        module: AtomIx,
        /// The function.
        name: AtomIx,
        /// The arity.
        arity: u8,
    },
}

impl Const {
    /// A binary of whole bytes.
    pub fn binary(bytes: impl Into<Vec<u8>>) -> Const {
        Const::Bits {
            bytes: bytes.into(),
            last: 8,
        }
    }

    /// A float.
    pub fn float(value: f64) -> Const {
        Const::Float(FloatBits::new(value))
    }

    /// A proper list; `[]` when there are no items.
    pub fn list(items: Vec<Const>) -> Const {
        if items.is_empty() {
            Const::Nil
        } else {
            Const::List {
                items,
                tail: Box::new(Const::Nil),
            }
        }
    }
}

/// A float by its bits, so that constants can be compared and hashed (and 0.0 differs from -0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FloatBits(pub u64);

impl FloatBits {
    /// Wraps a float.
    pub fn new(value: f64) -> FloatBits {
        FloatBits(value.to_bits())
    }
    /// The float.
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// An imported function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Import {
    /// Its module.
    pub module: AtomIx,
    /// Its name.
    pub name: AtomIx,
    /// Its arity.
    pub arity: u8,
}

/// An exported function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Export {
    /// Its name.
    pub name: AtomIx,
    /// Its arity.
    pub arity: u8,
    /// The function.
    pub function: FnIx,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name; generated ones are called `-f/1-fun-0-` and the like.
    pub name: AtomIx,
    /// Number of arguments, free variables of a lambda included.
    pub arity: u8,
    /// Where it starts in the source.
    pub line: LineIx,
    /// The code. The first instruction is `label 1`, the entry.
    pub code: Vec<Insn>,
}

/// A `fun` of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lambda {
    /// Its code; the free variables are the last arguments.
    pub function: FnIx,
    /// Number of free variables.
    pub free: u8,
    /// `fun_info(_, uniq)`.
    pub uniq: u32,
}

/// A position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Line {
    /// Index into [`Module::files`].
    pub file: u32,
    /// From 1; 0 means unknown.
    pub line: u32,
}

/// A record definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordDef {
    /// Its name.
    pub name: AtomIx,
    /// Its fields in order.
    pub fields: Vec<RecordField>,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordField {
    /// Its name.
    pub name: AtomIx,
    /// Its default, when it is a constant (`undefined` when the source gives none).
    pub default: Option<Const>,
}

impl Module {
    /// The text of an atom.
    pub fn atom(&self, a: AtomIx) -> &str {
        self.atoms.get(a.index()).map_or("?", String::as_str)
    }

    /// The module's name as text.
    pub fn name_text(&self) -> &str {
        self.atom(self.name)
    }
}
