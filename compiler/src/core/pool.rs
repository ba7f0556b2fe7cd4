//! What all functions of a module share: atoms, constants, imports, lambdas, positions, each stored once, and the functions made so far.

use std::collections::HashMap;

use transom_bytecode as bc;
use transom_bytecode::{AtomIx, Const, ConstIx, FnIx, ImportIx, LambdaIx, LineIx};

use super::Val;
use crate::integer::Int;
use crate::span::{Files, Span};

/// The tables of a module under construction.
#[derive(Debug, Default)]
pub struct Pool {
    pub atoms: Vec<String>,
    atom_ix: HashMap<String, AtomIx>,
    pub consts: Vec<Const>,
    const_ix: HashMap<Const, ConstIx>,
    pub imports: Vec<bc::Import>,
    import_ix: HashMap<bc::Import, ImportIx>,
    pub lambdas: Vec<bc::Lambda>,
    lambda_ix: HashMap<FnIx, LambdaIx>,
    pub lines: Vec<bc::Line>,
    line_ix: HashMap<bc::Line, LineIx>,
    pub files: Vec<String>,
    file_ix: HashMap<u32, u32>,
    /// Finished functions, by index; `None` while only the name is known.
    pub functions: Vec<Option<bc::Function>>,
}

impl Pool {
    /// An empty pool.
    pub fn new() -> Pool {
        let mut p = Pool::default();
        // Line 0 is "unknown", so that index 0 can stand for no position.
        p.line_at(bc::Line::default());
        p
    }

    /// The index of an atom, which is added if it is new.
    pub fn atom(&mut self, name: &str) -> AtomIx {
        if let Some(ix) = self.atom_ix.get(name) {
            return *ix;
        }
        let ix = AtomIx(self.atoms.len() as u32);
        self.atoms.push(name.to_owned());
        self.atom_ix.insert(name.to_owned(), ix);
        ix
    }

    /// The text of an atom of the pool.
    pub fn atom_text(&self, ix: AtomIx) -> &str {
        self.atoms.get(ix.index()).map_or("?", String::as_str)
    }

    /// The index of a constant, which is added if it is new.
    pub fn constant(&mut self, c: Const) -> ConstIx {
        if let Some(ix) = self.const_ix.get(&c) {
            return *ix;
        }
        let ix = ConstIx(self.consts.len() as u32);
        self.consts.push(c.clone());
        self.const_ix.insert(c, ix);
        ix
    }

    /// A constant as an operand: atoms, small integers and `[]` need no table entry.
    pub fn value(&mut self, c: Const) -> Val {
        match c {
            Const::Nil => Val::Nil,
            Const::Atom(a) => Val::Atom(a),
            Const::Int(n) if (bc::MIN_SMALL..=bc::MAX_SMALL).contains(&n) => Val::Small(n),
            c => Val::Const(self.constant(c)),
        }
    }

    /// An operand as a constant, if it is one.
    pub fn constant_of(&self, v: Val) -> Option<Const> {
        match v {
            Val::Var(_) => None,
            Val::Small(n) => Some(Const::Int(n)),
            Val::Atom(a) => Some(Const::Atom(a)),
            Val::Nil => Some(Const::Nil),
            Val::Const(c) => self.consts.get(c.index()).cloned(),
        }
    }

    /// The index of a function of another module, which is added if it is new.
    pub fn import(&mut self, module: &str, name: &str, arity: u32) -> ImportIx {
        let import = bc::Import {
            module: self.atom(module),
            name: self.atom(name),
            arity: arity as u8,
        };
        if let Some(ix) = self.import_ix.get(&import) {
            return *ix;
        }
        let ix = ImportIx(self.imports.len() as u32);
        self.imports.push(import);
        self.import_ix.insert(import, ix);
        ix
    }

    /// Module, name and arity of an import.
    pub fn import_text(&self, ix: ImportIx) -> (&str, &str, u32) {
        let i = &self.imports[ix.index()];
        (
            self.atom_text(i.module),
            self.atom_text(i.name),
            u32::from(i.arity),
        )
    }

    /// The fun of a function. Every `fun f/1` of a module is the same fun, so that they compare equal.
    pub fn lambda(&mut self, function: FnIx, free: usize, uniq: u32) -> LambdaIx {
        if let Some(known) = self.lambda_ix.get(&function) {
            return *known;
        }
        let lambda = bc::Lambda {
            function,
            free: free as u8,
            uniq,
        };
        self.lambdas.push(lambda);
        let ix = LambdaIx(self.lambdas.len() as u32 - 1);
        self.lambda_ix.insert(function, ix);
        ix
    }

    /// The position of a span.
    pub fn line(&mut self, files: &Files, span: Span) -> LineIx {
        if span.line == 0 {
            return LineIx(0);
        }
        let file = match self.file_ix.get(&span.file.0) {
            Some(f) => *f,
            None => {
                let name = files.name(span.file).to_owned();
                let ix = self
                    .files
                    .iter()
                    .position(|f| *f == name)
                    .unwrap_or(self.files.len());
                if ix == self.files.len() {
                    self.files.push(name);
                }
                self.file_ix.insert(span.file.0, ix as u32);
                ix as u32
            }
        };
        self.line_at(bc::Line {
            file,
            line: span.line,
        })
    }

    fn line_at(&mut self, line: bc::Line) -> LineIx {
        let next = LineIx(self.lines.len() as u32);
        let ix = *self.line_ix.entry(line).or_insert(next);
        if ix == next {
            self.lines.push(line);
        }
        ix
    }

    /// A place for a function that will be made later.
    pub fn declare(&mut self) -> FnIx {
        self.functions.push(None);
        FnIx(self.functions.len() as u32 - 1)
    }
}

/// An integer as a constant.
pub fn int_const(i: &Int) -> Const {
    match i {
        Int::Small(n) => Const::Int(*n),
        Int::Big(b) => {
            let mut magnitude: Vec<u8> = b.magnitude.iter().flat_map(|l| l.to_le_bytes()).collect();
            while magnitude.last() == Some(&0) {
                magnitude.pop();
            }
            Const::Big {
                negative: b.negative,
                magnitude,
            }
        }
    }
}
