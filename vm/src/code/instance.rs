//! One loaded version of a module: its words, functions, positions and lambdas. Immutable once made, but for code words (tracing
//! patches entries) and counters. The code server says which instance is current; this file never asks.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::SystemTime;

use transom_bytecode::{LineIx, Module, function_hash};

use super::plan::Loops;
use crate::atoms::Atom;
use crate::heap::{FunRef, LiteralBlock, Range};
use crate::sync::code_cells::CellRef;

/// Tells instances apart for the life of the VM; never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceId(pub u64);

/// What a function does, whatever the rest of its module is like ([`transom_bytecode::function_hash`]).
pub type FunctionHash = [u8; 16];

/// Where the module file of an instance can be read again.
pub enum Origin {
    /// Here: kept for going back to this version.
    File(Box<[u8]>),
    /// In the VM's image.
    Image(Box<dyn Fn() -> Option<Vec<u8>> + Send + Sync>),
    /// Nowhere: the module was made in memory.
    Memory,
}

/// The hashes of all functions, in their order.
pub(super) fn function_hashes(m: &Module) -> Box<[FunctionHash]> {
    m.functions.iter().map(|f| function_hash(m, f)).collect()
}

/// A loaded module.
pub struct ModuleInstance {
    /// Its identity.
    pub id: InstanceId,
    /// The module.
    pub module: Atom,
    /// The how-manieth version of this module it is, from 1.
    pub version: u32,
    /// Equal for instances that run alike ([`transom_bytecode::code_hash`]).
    pub hash: [u8; 16],
    /// When it was loaded.
    pub loaded_at: SystemTime,
    /// Its functions, in the order of their code.
    pub functions: Box<[FunctionInfo]>,
    /// Its lambdas with the index of their function.
    pub lambdas: Box<[(FunRef, u32)]>,
    /// Its exported functions.
    pub exports: Box<[ExportEntry]>,
    /// The module's tables without code and constants: attributes, records, source path, files.
    pub meta: Module,
    /// The VM's atoms for those of `meta`.
    pub atoms: Box<[Atom]>,
    pub(super) origin: Origin,
    pub(super) hashes: OnceLock<Box<[FunctionHash]>>,
    /// Processes that ended abnormally in its code, or while they kept a state of the module; counted while a guarded reload watches.
    pub exits: AtomicU64,
    /// Fully-qualified calls go here.
    pub(super) current: AtomicBool,
    /// Somebody may have been in its code before it was published.
    pub(super) entered: AtomicBool,
    pub(super) words: Box<[AtomicU64]>,
    pub(super) lines: Box<[(u32, LineIx)]>,
    pub(super) literals: Option<LiteralBlock>,
}

/// A function of an instance.
pub struct FunctionInfo {
    /// Its name.
    pub name: Atom,
    /// Its arity, free variables of a lambda included.
    pub arity: u8,
    /// Index of its entry word.
    pub entry: u32,
    /// How it goes on, for reload plans.
    pub loops: Loops,
    /// Exceptions raised in it; counted in the raise path.
    pub exceptions: AtomicU64,
    /// Exceptions that left it, raised in it or in what it called; counted while a guarded reload watches.
    pub escapes: AtomicU64,
}

/// An exported function of an instance.
#[derive(Clone, Copy, Debug)]
pub struct ExportEntry {
    /// Its cell.
    pub cell: CellRef,
    /// Index of the function.
    pub function: u32,
}

/// A place in loaded code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the function.
    pub function: usize,
    /// Source file and line; none when the code carries no position there.
    pub line: Option<(String, u32)>,
}

impl ModuleInstance {
    /// The addresses of its words.
    pub fn range(&self) -> CodeRange {
        let start = self.words.as_ptr() as u64;
        CodeRange {
            start,
            end: start + 8 * self.words.len() as u64,
        }
    }

    /// Words of its code.
    pub fn code_words(&self) -> usize {
        self.words.len()
    }

    /// The addresses of its constants, if it has any that are not immediate.
    pub fn literal_range(&self) -> Option<Range> {
        self.literals
            .as_ref()
            .filter(|l| l.words() > 0)
            .map(LiteralBlock::range)
    }

    /// Its words.
    pub fn words(&self) -> &[AtomicU64] {
        &self.words
    }

    /// Address of a function's entry word.
    pub fn entry_address(&self, function: usize) -> u64 {
        self.range().start + 8 * u64::from(self.functions[function].entry)
    }

    /// Does it come with the VM?
    pub fn is_of_image(&self) -> bool {
        matches!(self.origin, Origin::Image(_))
    }

    /// The module file it was made from; none for modules of the image.
    pub fn file(&self) -> Option<&[u8]> {
        match &self.origin {
            Origin::File(bytes) => Some(bytes),
            Origin::Image(_) | Origin::Memory => None,
        }
    }

    /// What a function does. The first question about a module costs reading its file again.
    pub fn function_hash(&self, function: usize) -> FunctionHash {
        self.hashes.get_or_init(|| self.hash_functions())[function]
    }

    /// The module with its generic code, which is not kept; none when it was made in memory.
    pub fn read(&self) -> Option<Module> {
        match &self.origin {
            Origin::File(bytes) => Module::from_bytes(bytes).ok(),
            Origin::Image(read) => Some(Module::from_image_bytes(&read()?).ok()?.0),
            Origin::Memory => None,
        }
    }

    fn hash_functions(&self) -> Box<[FunctionHash]> {
        let module = self
            .read()
            .expect("invariant: a module that was loaded can be read again");
        function_hashes(&module)
    }

    /// Has another version the same function, so that a place in it means the same there?
    pub fn same_function(&self, function: usize, other: &ModuleInstance) -> Option<usize> {
        let f = &self.functions[function];
        let there = other.find(f.name, f.arity)?;
        let same = other.function_hash(there) == self.function_hash(function)
            && other.length(there) == self.length(function);
        same.then_some(there)
    }

    /// Words of a function, up to the entry of the next one.
    pub fn length(&self, function: usize) -> usize {
        let end = match self.functions.get(function + 1) {
            Some(next) => next.entry as usize,
            None => self.words.len(),
        };
        end - self.functions[function].entry as usize
    }

    /// The function of that name, exported or not.
    pub fn find(&self, name: Atom, arity: u8) -> Option<usize> {
        self.functions
            .iter()
            .position(|f| f.name == name && f.arity == arity)
    }

    /// The function whose words hold this address.
    pub fn function_at(&self, address: u64) -> Option<usize> {
        let word = self.word_index(address)?;
        self.functions
            .partition_point(|f| f.entry <= word)
            .checked_sub(1)
    }

    /// Function and line of an address within an instruction (for a return address: one word before it).
    pub fn place(&self, address: u64) -> Option<Place> {
        let word = self.word_index(address)?;
        let function = self.function_at(address)?;
        let before = self
            .lines
            .partition_point(|(at, _)| *at <= word)
            .checked_sub(1);
        let known = before
            .map(|i| self.lines[i])
            .filter(|(at, _)| *at >= self.functions[function].entry);
        let line = known.and_then(|(_, ix)| self.position(ix));
        Some(Place { function, line })
    }

    /// Counts an exception raised at an address.
    pub fn count_exception(&self, address: u64) {
        if let Some(f) = self.function_at(address) {
            self.functions[f].exceptions.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Its code is entered before it is published.
    pub fn enter(&self) {
        self.entered.store(true, Ordering::Relaxed);
    }

    /// Do fully-qualified calls go here?
    pub fn is_current(&self) -> bool {
        self.current.load(Ordering::Relaxed)
    }

    /// Memory it takes, roughly, in bytes.
    pub fn size(&self) -> usize {
        8 * self.words.len()
            + size_of_val(&*self.functions)
            + size_of_val(&*self.lines)
            + size_of_val(&*self.exports)
            + size_of_val(&*self.lambdas)
    }

    fn word_index(&self, address: u64) -> Option<u32> {
        let range = self.range();
        (range.has(address)).then(|| ((address - range.start) / 8) as u32)
    }

    fn position(&self, ix: LineIx) -> Option<(String, u32)> {
        let line = self.meta.lines.get(ix.index()).filter(|l| l.line > 0)?;
        Some((self.meta.files.get(line.file as usize)?.clone(), line.line))
    }
}

/// Addresses of code words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRange {
    /// First address.
    pub start: u64,
    /// Address behind the last.
    pub end: u64,
}

impl CodeRange {
    /// Is the address in it?
    pub fn has(&self, address: u64) -> bool {
        self.start <= address && address < self.end
    }

    /// Does a stack word (a return address carries the tag `100`) lead into it? A call may be the last instruction of the code,
    /// so a return address just behind the end counts.
    pub fn is_entered_by(&self, stack_word: u64) -> bool {
        let address = stack_word & !7;
        stack_word & 7 == 4 && self.start < address && address <= self.end
    }
}
