//! From verified generic code to the loaded form: chooses an instruction for each kind of operand, fuses neighbours and lays out
//! jumps. Sits between the verifier and the code server; it links nothing itself but asks a [`Resolve`] for addresses.
//! It must never look at unverified code: the interpreter checks nothing of what is proved here.
//!
//! Reading order: this file (the assembler), `fuse` (superinstructions), `insn` (one rule per instruction), `context` (match contexts
//! that are passed on).

mod context;
mod fuse;
mod insn;

use std::cell::OnceCell;
use transom_bytecode::{
    AtomIx, ConstIx, FnIx, ImportIx, Insn, Label, LambdaIx, LineIx, Module, Reg, Src, Verified,
};

use super::words::{LOp, SCRATCH_X, Y_FLAG, word, word_wide};
use crate::atoms::Atom;

/// What the loader knows about names: addresses and words that stay valid as long as the loaded code.
pub trait Resolve {
    /// An atom of the VM.
    fn atom(&self, a: AtomIx) -> Atom;
    /// A constant as a raw term word (immediate, or pointing into the module's literal area).
    fn constant(&self, k: ConstIx) -> u64;
    /// Address of the export cell of an import, and whether a built-in function is behind it.
    fn cell(&self, i: ImportIx) -> (u64, bool);
    /// Address of the [`crate::bifs::BifRow`] behind an import; 0 when there is none.
    fn bif_row(&self, i: ImportIx) -> u64;
    /// Number of the built-in function (see [`crate::bifs::BifTable`]) that replaces a function of this module, and its cell.
    fn replaced_by_bif(&self, name: AtomIx, arity: u8) -> Option<(u64, u64)>;
    /// Address of the [`crate::heap`] fun record of a lambda.
    fn lambda(&self, l: LambdaIx) -> u64;
}

/// A module's code in the loaded form.
pub struct Loaded {
    /// The words.
    pub words: Vec<u64>,
    /// Index of the entry word of each function, by [`FnIx`]; ascending.
    pub entries: Vec<u32>,
    /// Where positions begin: (word index, line), ascending; index `u32::MAX` as the line means unknown (a function's start).
    pub lines: Vec<(u32, LineIx)>,
}

/// The code cannot be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecialiseError {
    /// A frame of more than 16,383 slots.
    FrameTooLarge,
    /// More than 2^31 words of code.
    CodeTooLarge,
}

/// Lowers a module.
pub fn specialise(
    module: &Verified<Module>,
    resolve: &dyn Resolve,
) -> Result<Loaded, SpecialiseError> {
    let mut asm = Asm::new(module, resolve);
    for f in &module.functions {
        asm.function(f);
    }
    asm.finish()
}

/// Where a distance is to be written.
#[derive(Clone, Copy)]
enum Field {
    A16,
    C16,
    Bc32,
    Abc48,
    /// A whole extension word.
    Ext,
}

#[derive(Clone, Copy)]
struct Fixup<T> {
    /// The instruction's own word: distances count from it.
    from: u32,
    /// The word that holds the field.
    at: u32,
    field: Field,
    to: T,
}

/// The assembler of one module.
pub(super) struct Asm<'a> {
    module: &'a Module,
    resolve: &'a dyn Resolve,
    words: Vec<u64>,
    entries: Vec<u32>,
    lines: Vec<(u32, LineIx)>,
    labels: Vec<u32>,
    jumps: Vec<Fixup<Label>>,
    calls: Vec<Fixup<FnIx>>,
    /// See [`context::takers`].
    takers: Vec<Option<u16>>,
    arity: u8,
    /// Distances of this function may not fit 16 bits.
    far: bool,
    /// Start of the instruction being written.
    start: u32,
    /// Far fail label of the instruction being written.
    pending: Option<Label>,
    error: Option<SpecialiseError>,
}

impl<'a> Asm<'a> {
    fn new(module: &'a Module, resolve: &'a dyn Resolve) -> Asm<'a> {
        Asm {
            module,
            resolve,
            words: Vec::new(),
            entries: Vec::with_capacity(module.functions.len()),
            lines: Vec::new(),
            labels: Vec::new(),
            jumps: Vec::new(),
            calls: Vec::new(),
            takers: context::takers(module, resolve),
            arity: 0,
            far: false,
            start: 0,
            pending: None,
            error: None,
        }
    }

    fn function(&mut self, f: &transom_bytecode::Function) {
        self.entries.push(self.here());
        self.lines.push((self.here(), f.line));
        self.arity = f.arity;
        if let Some((bif, cell)) = self.resolve.replaced_by_bif(f.name, f.arity) {
            self.emit(LOp::BifStub, u16::from(f.arity), 0, 0);
            self.ext(bif);
            self.ext(cell);
            return;
        }
        // An instruction takes some 2 words besides its operand lists; lists make a function far much earlier than need be, which only costs a jump.
        let operands: usize = f.code.iter().map(insn::list_words).sum();
        self.far = f.code.len() * 4 + operands > 30_000;
        let top = f.code.iter().filter_map(|i| match i {
            Insn::Label { label } => Some(label.0),
            _ => None,
        });
        self.labels.clear();
        self.labels
            .resize(top.max().unwrap_or(0) as usize + 1, u32::MAX);
        let copied = OnceCell::new();
        let mut at = 0;
        while at < f.code.len() {
            let used = self.fuse(&f.code[at..]);
            if used == 0 {
                match f.code[at] {
                    Insn::BsGetTail { ctx, dst }
                        if context::passes_on(&f.code, at, &self.takers, &copied) =>
                    {
                        self.mov(Src::Reg(ctx), dst);
                    }
                    _ => self.single(&f.code[at]),
                }
                at += 1;
            } else {
                at += used;
            }
            self.land_far();
        }
        self.resolve_jumps();
    }

    fn finish(mut self) -> Result<Loaded, SpecialiseError> {
        for i in 0..self.calls.len() {
            let fix = self.calls[i];
            let to = self.entries[fix.to.index()];
            self.patch(fix.from, fix.at, fix.field, to);
        }
        if i32::try_from(self.words.len()).is_err() {
            self.error = Some(SpecialiseError::CodeTooLarge);
        }
        match self.error {
            Some(e) => Err(e),
            None => Ok(Loaded {
                words: self.words,
                entries: self.entries,
                lines: self.lines,
            }),
        }
    }

    // ---- words

    fn here(&self) -> u32 {
        self.words.len() as u32
    }

    fn emit(&mut self, op: LOp, a: u16, b: u16, c: u16) {
        self.start = self.here();
        let op = if a & Y_FLAG == 0 { op.in_x() } else { op };
        self.words.push(word(op, a, b, c));
    }

    fn emit_wide(&mut self, op: LOp, a: u16, bc: i32) {
        self.start = self.here();
        self.words.push(word_wide(op, a, bc));
    }

    fn ext(&mut self, w: u64) {
        self.words.push(w);
    }

    fn line(&mut self, line: LineIx) {
        let here = self.here();
        match self.lines.last_mut() {
            Some(last) if last.0 == here => last.1 = line,
            _ => self.lines.push((here, line)),
        }
    }

    fn label(&mut self, label: Label) {
        self.labels[label.index()] = self.here();
    }

    // ---- operands

    fn reg(&mut self, r: Reg) -> u16 {
        match r {
            Reg::X(n) => n,
            Reg::Y(n) => {
                if n >= Y_FLAG {
                    self.error = Some(SpecialiseError::FrameTooLarge);
                }
                (n & (Y_FLAG - 1)) | Y_FLAG
            }
        }
    }

    /// The term word of an operand that is not a register.
    fn term(&self, s: Src) -> Option<u64> {
        Some(match s {
            Src::Reg(_) => return None,
            Src::Small(n) => (n as u64) << 4,
            Src::Atom(a) => crate::heap::Word::atom(self.resolve.atom(a)).0,
            Src::Nil => crate::heap::Word::NIL.0,
            Src::Const(k) => self.resolve.constant(k),
        })
    }

    /// A register that holds the operand: a constant is loaded into a scratch register first, so call this before [`Asm::emit`].
    fn reg_of(&mut self, s: Src, scratch: u16) -> u16 {
        match s {
            Src::Reg(r) => self.reg(r),
            other => {
                let x = SCRATCH_X + scratch;
                self.load_x(other, x);
                x
            }
        }
    }

    fn load_x(&mut self, s: Src, x: u16) {
        let w = self.term(s).expect("invariant: not a register");
        match fits_wide(w) {
            Some(n) => self.emit_wide(LOp::MoveWX, x, n),
            None => {
                self.emit(LOp::MoveKR, x, 0, 0);
                self.ext(w);
            }
        }
    }

    /// An operand of a list.
    fn list_operand(&mut self, s: Src) {
        let w = match s {
            Src::Reg(r) => super::words::reg_word(r),
            other => self.term(other).expect("invariant: not a register"),
        };
        self.ext(w);
    }

    // ---- jumps

    /// The fail field `c` (or `a`) of the instruction just emitted; call it last, after all extension words.
    fn fail(&mut self, field: Field, to: Label) {
        debug_assert!(!to.raises());
        if self.far {
            self.pending = Some(to);
            // Distance to the far jump behind the jump that skips it.
            let distance = self.here() - self.start + 1;
            self.patch(self.start, self.start, field, self.start + distance);
        } else {
            self.jump_field(self.start, field, to);
        }
    }

    /// A field whose width always suffices.
    fn jump_field(&mut self, at: u32, field: Field, to: Label) {
        self.jumps.push(Fixup {
            from: self.start,
            at,
            field,
            to,
        });
    }

    /// An extension word with a distance; 0 means "raise".
    fn ext_fail(&mut self, to: Label) {
        let at = self.here();
        self.ext(0);
        if !to.raises() {
            self.jump_field(at, Field::Ext, to);
        }
    }

    /// The extension word just pushed is the distance of a call.
    fn call_ext_word(&mut self, to: FnIx) {
        let at = self.here();
        self.ext(0);
        self.calls.push(Fixup {
            from: self.start,
            at,
            field: Field::Ext,
            to,
        });
    }

    fn call_field(&mut self, field: Field, to: FnIx) {
        self.calls.push(Fixup {
            from: self.start,
            at: self.start,
            field,
            to,
        });
    }

    fn jump(&mut self, to: Label) {
        self.emit(LOp::Jump, 0, 0, 0);
        self.jump_field(self.start, Field::Abc48, to);
    }

    /// After an instruction with a far fail label: `jump over; jump far`.
    fn land_far(&mut self) {
        if let Some(to) = self.pending.take() {
            self.words.push(LOp::Jump as u64 | 2 << 16);
            self.jump(to);
        }
    }

    fn resolve_jumps(&mut self) {
        for fix in std::mem::take(&mut self.jumps) {
            let to = self.labels[fix.to.index()];
            debug_assert!(to != u32::MAX, "the verifier saw every label");
            self.patch(fix.from, fix.at, fix.field, to);
        }
    }

    fn patch(&mut self, from: u32, at: u32, field: Field, to: u32) {
        let distance = i64::from(to) - i64::from(from);
        let w = &mut self.words[at as usize];
        let short = || i16::try_from(distance).expect("invariant: far functions use far jumps");
        match field {
            Field::A16 => *w = *w & !(0xffff << 16) | u64::from(short() as u16) << 16,
            Field::C16 => *w = *w & !(0xffff << 48) | u64::from(short() as u16) << 48,
            Field::Bc32 => *w = *w & 0xffff_ffff | (distance as u64) << 32,
            Field::Abc48 => *w = *w & 0xffff | (distance as u64) << 16,
            Field::Ext => *w = distance as u64,
        }
    }
}

/// A term word that a 32-bit field can hold.
fn fits_wide(w: u64) -> Option<i32> {
    i32::try_from(w as i64).ok()
}

/// A small integer that a 16-bit field can hold.
fn short(s: Src) -> Option<i16> {
    match s {
        Src::Small(n) => i16::try_from(n).ok(),
        _ => None,
    }
}
