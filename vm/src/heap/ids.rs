//! Process and port identities: immediates, made of a slot of the process (port) table and a serial that tells its users apart.

use std::fmt;

/// A process of this VM: 28 bits of slot, 28 bits of serial. Prints as `<0.Slot.Serial>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pid(pub(super) u64);

/// Bits of the slot and of the serial.
pub const SLOT_BITS: u32 = 28;
const SLOT_MASK: u64 = (1 << SLOT_BITS) - 1;

impl Pid {
    /// Slot and serial must fit 28 bits each; higher bits are cut off.
    pub const fn new(slot: u32, serial: u32) -> Pid {
        Pid(((serial as u64 & SLOT_MASK) << SLOT_BITS) | (slot as u64 & SLOT_MASK))
    }
    /// Index into the process table.
    pub const fn slot(self) -> u32 {
        (self.0 & SLOT_MASK) as u32
    }
    /// How many processes used the slot before.
    pub const fn serial(self) -> u32 {
        (self.0 >> SLOT_BITS) as u32
    }
    /// The 56 bits, for tables and atomics.
    pub const fn raw(self) -> u64 {
        self.0
    }
    /// The inverse of [`Pid::raw`].
    pub const fn from_raw(raw: u64) -> Pid {
        Pid(raw & ((1 << (2 * SLOT_BITS)) - 1))
    }
}

impl fmt::Display for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<0.{}.{}>", self.slot(), self.serial())
    }
}
impl fmt::Debug for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A port of this VM. Prints as `#Port<0.N>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Port(pub(super) u64);

impl Port {
    /// The number must fit 56 bits; higher bits are cut off.
    pub const fn new(number: u64) -> Port {
        Port(number & ((1 << 56) - 1))
    }
    /// The number.
    pub const fn number(self) -> u64 {
        self.0
    }
}
impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#Port<0.{}>", self.0)
    }
}
impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
