//! Operand types of the generic instruction set and the one trait they share.
//! [`crate::ops`] lists instructions in terms of these types; everything that is generated from that table (encoder, decoder,
//! disassembler, visitors) goes through [`Operand`]. Nothing here knows a particular instruction.

use crate::reader::{DecodeError, Reader, put_int, put_uint};

macro_rules! index_types {
    ($($(#[doc = $doc:literal])+ $name:ident $prefix:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as a `usize`, for indexing the table that it names.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl Operand for $name {
            const KIND: &'static str = stringify!($name);
            fn encode(&self, out: &mut Vec<u8>) {
                put_uint(out, u64::from(self.0));
            }
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                Ok($name(r.u32()?))
            }
            fn visit(&self, _role: Role, see: &mut dyn FnMut(Seen)) {
                see(Seen::$name(*self));
            }
            fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
                name(Seen::$name(*self), out);
            }
            fn for_each_label(&mut self, see: &mut dyn FnMut(&mut Label)) {
                index_types!(@label $name self see);
            }
        }
    )+};
    (@label Label $it:ident $see:ident) => { $see($it) };
    (@label $name:ident $it:ident $see:ident) => { let _ = $see; };
}

index_types! {
    /// Index into [`crate::Module::atoms`].
    AtomIx "a";
    /// Index into [`crate::Module::consts`].
    ConstIx "k";
    /// Index into [`crate::Module::functions`].
    FnIx "f";
    /// Index into [`crate::Module::imports`].
    ImportIx "i";
    /// Index into [`crate::Module::lambdas`].
    LambdaIx "l";
    /// Index into [`crate::Module::lines`].
    LineIx "n";
    /// A label of one function. `Label(0)` as a fail label means "raise", never a place to jump to.
    Label "L";
}

impl Label {
    /// As a fail label: raise the error instead of jumping.
    pub const RAISE: Label = Label(0);

    /// Does this fail label mean "raise"?
    pub fn raises(self) -> bool {
        self.0 == 0
    }
}

/// The largest number of x registers.
pub const MAX_X: u16 = 1024;
/// The largest frame (y slots).
pub const MAX_Y: u16 = 32_767;
/// The largest arity of a function.
pub const MAX_ARITY: u32 = 255;
/// Small integers hold 60 bits.
pub const MAX_SMALL: i64 = (1 << 59) - 1;
/// See [`MAX_SMALL`].
pub const MIN_SMALL: i64 = -(1 << 59);
/// The largest tuple, in elements.
pub const MAX_TUPLE: u32 = (1 << 24) - 1;

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reg {
    /// Argument or temporary register, below [`MAX_X`].
    X(u16),
    /// Stack slot of the current frame; `Y(0)` is the top word.
    Y(u16),
}

/// A value that an instruction reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Src {
    /// A register.
    Reg(Reg),
    /// A small integer ([`MIN_SMALL`] to [`MAX_SMALL`]).
    Small(i64),
    /// An atom.
    Atom(AtomIx),
    /// The empty list.
    Nil,
    /// A literal of the constant table.
    Const(ConstIx),
}

impl From<Reg> for Src {
    fn from(r: Reg) -> Src {
        Src::Reg(r)
    }
}

/// One arm of `select_val`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValueArm {
    /// `Src::Atom` or `Src::Small`.
    pub value: Src,
    /// Where to go when the scrutinee is exactly that value.
    pub label: Label,
}

/// One arm of `select_arity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArityArm {
    /// Number of elements.
    pub arity: u32,
    /// Where to go for a tuple of that size.
    pub label: Label,
}

/// A key and its value, for `put_map_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MapPair {
    /// The key.
    pub key: Src,
    /// The value.
    pub value: Src,
}

/// A key and the register that receives its value, for `get_map_elements`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MapFetch {
    /// The key.
    pub key: Src,
    /// Receives the value.
    pub dst: Reg,
}

/// What a segment of `bs_create_bin` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SegKind {
    /// An integer of `size * unit` bits.
    Integer,
    /// A float of 16, 32 or 64 bits.
    Float,
    /// A binary or bitstring; without a size: all of it, whose bits must be a multiple of `unit`.
    Binary,
    /// A code point as UTF-8.
    Utf8,
    /// A code point as UTF-16.
    Utf16,
    /// A code point as UTF-32.
    Utf32,
    /// Literal bits: `value` is a constant bitstring.
    String,
    /// Only as the first segment: a bitstring that may be extended in place.
    Append,
}

const SEG_KINDS: [(SegKind, &str); 8] = [
    (SegKind::Integer, "integer"),
    (SegKind::Float, "float"),
    (SegKind::Binary, "binary"),
    (SegKind::Utf8, "utf8"),
    (SegKind::Utf16, "utf16"),
    (SegKind::Utf32, "utf32"),
    (SegKind::String, "string"),
    (SegKind::Append, "append"),
];

impl SegKind {
    /// The name in listings.
    pub fn name(self) -> &'static str {
        SEG_KINDS[self as usize].1
    }
}

/// Flags of a binary segment: a set of [`SegFlags::LITTLE`], [`SegFlags::SIGNED`], [`SegFlags::NATIVE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct SegFlags(pub u8);

impl SegFlags {
    /// Big-endian, unsigned.
    pub const NONE: SegFlags = SegFlags(0);
    /// Least significant byte first.
    pub const LITTLE: SegFlags = SegFlags(1);
    /// Two's complement.
    pub const SIGNED: SegFlags = SegFlags(2);
    /// The machine's byte order (wins over `LITTLE`).
    pub const NATIVE: SegFlags = SegFlags(4);

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: SegFlags) -> SegFlags {
        SegFlags(self.0 | other.0)
    }
    /// Is the integer signed?
    pub fn signed(self) -> bool {
        self.0 & 2 != 0
    }
    /// Least significant byte first, with `native` already decided for this machine?
    pub fn little(self) -> bool {
        if self.0 & 4 != 0 {
            cfg!(target_endian = "little")
        } else {
            self.0 & 1 != 0
        }
    }
}

/// One segment of `bs_create_bin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// What it holds.
    pub kind: SegKind,
    /// The value.
    pub value: Src,
    /// Size in units; `None` is "all of it" (binary, append, string) or "no size" (utf).
    pub size: Option<Src>,
    /// Bits per unit of `size`, 1 to 256; for binaries without a size their length must be a multiple of it.
    pub unit: u16,
    /// Byte order and sign.
    pub flags: SegFlags,
}

/// How an instruction uses a register operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Reads it.
    Read,
    /// Overwrites it.
    Write,
    /// Reads and overwrites it.
    Update,
    /// Not a register operand.
    Plain,
}

/// What a visitor is shown: the leaves of the operands, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seen {
    /// A register with its role.
    Reg(Reg, Role),
    /// A value that is not a register.
    Value(Src),
    /// A jump target; a [`Label::RAISE`] is shown as well.
    Label(Label),
    /// An atom that is not a value.
    AtomIx(AtomIx),
    /// A constant that is not a value.
    ConstIx(ConstIx),
    /// A local function.
    FnIx(FnIx),
    /// An imported function.
    ImportIx(ImportIx),
    /// A lambda.
    LambdaIx(LambdaIx),
    /// A position.
    LineIx(LineIx),
}

/// What every operand type can do.
pub trait Operand: Sized {
    /// Name of the type in the reference page.
    const KIND: &'static str;
    /// Appends the encoded form.
    fn encode(&self, out: &mut Vec<u8>);
    /// Reads the encoded form.
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError>;
    /// Shows the registers, labels and indices within.
    fn visit(&self, role: Role, see: &mut dyn FnMut(Seen));
    /// Appends a form in which `name` stands in for indices and labels, so that it says the same in any module.
    fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
        let _ = name;
        self.encode(out);
    }
    /// Shows the labels within, to be changed.
    fn for_each_label(&mut self, see: &mut dyn FnMut(&mut Label)) {
        let _ = see;
    }
}

impl Operand for Reg {
    const KIND: &'static str = "Reg";
    fn encode(&self, out: &mut Vec<u8>) {
        match *self {
            Reg::X(n) => put_uint(out, u64::from(n) * 2),
            Reg::Y(n) => put_uint(out, u64::from(n) * 2 + 1),
        }
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let v = r.u32()?;
        let n = u16::try_from(v / 2).map_err(|_| r.error("register number too large"))?;
        Ok(if v % 2 == 0 { Reg::X(n) } else { Reg::Y(n) })
    }
    fn visit(&self, role: Role, see: &mut dyn FnMut(Seen)) {
        see(Seen::Reg(*self, role));
    }
}

impl Operand for Src {
    const KIND: &'static str = "Src";
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Src::Reg(r) => {
                out.push(0);
                r.encode(out);
            }
            Src::Small(n) => {
                out.push(1);
                put_int(out, *n);
            }
            Src::Atom(a) => {
                out.push(2);
                a.encode(out);
            }
            Src::Nil => out.push(3),
            Src::Const(c) => {
                out.push(4);
                c.encode(out);
            }
        }
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match r.byte()? {
            0 => Src::Reg(Reg::decode(r)?),
            1 => Src::Small(r.int()?),
            2 => Src::Atom(AtomIx::decode(r)?),
            3 => Src::Nil,
            4 => Src::Const(ConstIx::decode(r)?),
            _ => return Err(r.error("unknown operand tag")),
        })
    }
    fn visit(&self, _role: Role, see: &mut dyn FnMut(Seen)) {
        match self {
            Src::Reg(r) => see(Seen::Reg(*r, Role::Read)),
            other => see(Seen::Value(*other)),
        }
    }
    fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
        match self {
            Src::Atom(a) => {
                out.push(2);
                a.encode_named(out, name);
            }
            Src::Const(c) => {
                out.push(4);
                c.encode_named(out, name);
            }
            Src::Reg(_) | Src::Small(_) | Src::Nil => self.encode(out),
        }
    }
}

impl Operand for u32 {
    const KIND: &'static str = "u32";
    fn encode(&self, out: &mut Vec<u8>) {
        put_uint(out, u64::from(*self));
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.u32()
    }
    fn visit(&self, _role: Role, _see: &mut dyn FnMut(Seen)) {}
}

impl Operand for u16 {
    const KIND: &'static str = "u16";
    fn encode(&self, out: &mut Vec<u8>) {
        put_uint(out, u64::from(*self));
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let v = r.u32()?;
        u16::try_from(v).map_err(|_| r.error("integer too large"))
    }
    fn visit(&self, _role: Role, _see: &mut dyn FnMut(Seen)) {}
}

impl Operand for SegFlags {
    const KIND: &'static str = "SegFlags";
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.0);
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let b = r.byte()?;
        if b > 7 {
            return Err(r.error("unknown segment flags"));
        }
        Ok(SegFlags(b))
    }
    fn visit(&self, _role: Role, _see: &mut dyn FnMut(Seen)) {}
}

impl Operand for SegKind {
    const KIND: &'static str = "SegKind";
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let b = r.byte()?;
        SEG_KINDS
            .get(usize::from(b))
            .map(|k| k.0)
            .ok_or_else(|| r.error("unknown segment kind"))
    }
    fn visit(&self, _role: Role, _see: &mut dyn FnMut(Seen)) {}
}

impl<T: Operand> Operand for Option<T> {
    const KIND: &'static str = "optional";
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            None => out.push(0),
            Some(v) => {
                out.push(1);
                v.encode(out);
            }
        }
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match r.byte()? {
            0 => Ok(None),
            1 => Ok(Some(T::decode(r)?)),
            _ => Err(r.error("bad optional operand")),
        }
    }
    fn visit(&self, role: Role, see: &mut dyn FnMut(Seen)) {
        if let Some(v) = self {
            v.visit(role, see);
        }
    }
    fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
        out.push(u8::from(self.is_some()));
        if let Some(v) = self {
            v.encode_named(out, name);
        }
    }
    fn for_each_label(&mut self, see: &mut dyn FnMut(&mut Label)) {
        if let Some(v) = self {
            v.for_each_label(see);
        }
    }
}

impl<T: Operand> Operand for Vec<T> {
    const KIND: &'static str = "list";
    fn encode(&self, out: &mut Vec<u8>) {
        put_uint(out, self.len() as u64);
        for v in self {
            v.encode(out);
        }
    }
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.list(1, T::decode)
    }
    fn visit(&self, role: Role, see: &mut dyn FnMut(Seen)) {
        for v in self {
            v.visit(role, see);
        }
    }
    fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
        put_uint(out, self.len() as u64);
        for v in self {
            v.encode_named(out, name);
        }
    }
    fn for_each_label(&mut self, see: &mut dyn FnMut(&mut Label)) {
        for v in self {
            v.for_each_label(see);
        }
    }
}

macro_rules! struct_operand {
    ($($name:ident { $($f:ident : $role:ident),+ })+) => {$(
        impl Operand for $name {
            const KIND: &'static str = stringify!($name);
            fn encode(&self, out: &mut Vec<u8>) {
                $(self.$f.encode(out);)+
            }
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                Ok($name { $($f: Operand::decode(r)?),+ })
            }
            fn visit(&self, _role: Role, see: &mut dyn FnMut(Seen)) {
                $(self.$f.visit(Role::$role, see);)+
            }
            fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
                $(self.$f.encode_named(out, name);)+
            }
            fn for_each_label(&mut self, see: &mut dyn FnMut(&mut Label)) {
                $(self.$f.for_each_label(see);)+
            }
        }
    )+};
}

struct_operand! {
    ValueArm { value: Read, label: Plain }
    ArityArm { arity: Plain, label: Plain }
    MapPair { key: Read, value: Read }
    MapFetch { key: Read, dst: Write }
    Segment { kind: Plain, value: Read, size: Read, unit: Plain, flags: Plain }
}
