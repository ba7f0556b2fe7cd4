//! Built-in functions: one row each, found by module, name and arity. A function gets its arguments as terms that borrow from the
//! calling process's heap and answers a term or a [`Raise`]; it never collects (what it allocates beyond the block goes to a
//! fragment), so no term it holds can move.
//!
//! To add one: a function and a row in `bifs/<module>/<concept>.rs`, a spec in `stdlib/src/<module>.erl`, one test. A new file is
//! listed in [`FILES`].

use hashbrown::HashMap;

use crate::atoms::{Atom, AtomTable, TooMany};
use crate::heap::Term;

mod base64;
pub mod binary;
pub mod binary_search;
pub mod code;
pub mod compile;
pub mod crypto;
mod cx;
mod data;
pub mod erlang;
pub mod erts_debug;
pub mod ets;
pub mod io;
pub mod io_lib;
pub mod lists;
pub mod maps;
pub mod math;
pub mod process;
mod raise;
mod rand;
pub mod re;
mod sets;
pub mod shared;
pub mod system;
pub mod trace;
pub mod unicode;
mod weight;
pub mod zlib;

pub use cx::Cx;
pub use raise::{Again, Class, ErrorInfo, Raise, Raised, Trap, Why};

/// A built-in function.
pub type BifFn = for<'h> fn(cx: &Cx<'h>, args: &[Term<'h>]) -> Result<Term<'h>, Raise<'h>>;

/// One built-in function.
#[derive(Clone, Copy)]
pub struct BifRow {
    /// The module that exports it.
    pub module: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The number of arguments; `f` is called with exactly that many.
    pub arity: u8,
    /// The code.
    pub f: BifFn,
    /// May it be called by the `bif` instruction (guards, operators)? Then it never yields, traps, waits or has effects.
    pub guard: bool,
    /// Do these arguments make a call too long for a scheduler? Then it runs on a thread of its own, see [`Cx::long`].
    pub is_long: Option<Weigh>,
}

/// See [`BifRow::is_long`].
pub type Weigh = fn(&[Term<'_>]) -> bool;

impl BifRow {
    /// A function that is called like any other.
    pub const fn new(module: &'static str, name: &'static str, arity: u8, f: BifFn) -> BifRow {
        BifRow {
            module,
            name,
            arity,
            f,
            guard: false,
            is_long: None,
        }
    }

    /// The same function, with a measure of its arguments.
    #[must_use]
    pub const fn long_if(self, is_long: Weigh) -> BifRow {
        BifRow {
            is_long: Some(is_long),
            ..self
        }
    }

    /// A function that guards and operators may call too.
    pub const fn guard(module: &'static str, name: &'static str, arity: u8, f: BifFn) -> BifRow {
        BifRow {
            module,
            name,
            arity,
            f,
            guard: true,
            is_long: None,
        }
    }
}

/// The rows of every file.
pub const FILES: &[&[BifRow]] = &[
    base64::ROWS,
    rand::ROWS,
    sets::ROWS,
    code::carry::ROWS,
    code::check::ROWS,
    code::funs::ROWS,
    code::nif::ROWS,
    code::held::ROWS,
    code::image::ROWS,
    code::chunks::ROWS,
    code::info::ROWS,
    code::loading::ROWS,
    code::reload::ROWS,
    code::states::ROWS,
    code::switch::ROWS,
    code::versions::ROWS,
    crypto::digest::ROWS,
    crypto::mac::ROWS,
    crypto::random::ROWS,
    compile::modules::ROWS,
    compile::scanner::ROWS,
    compile::source::ROWS,
    erlang::apply::ROWS,
    erlang::atoms::ROWS,
    erlang::binaries::ROWS,
    erlang::compare::ROWS,
    erlang::errors::ROWS,
    erlang::external::ROWS,
    erlang::hashing::ROWS,
    erlang::identity::ROWS,
    erlang::lists::ROWS,
    erlang::maps::ROWS,
    erlang::numbers::ROWS,
    erlang::operators::ROWS,
    erlang::tuples::ROWS,
    erlang::types::ROWS,
    erts_debug::ROWS,
    ets::objects::ROWS,
    ets::select::ROWS,
    ets::tables::ROWS,
    ets::update::ROWS,
    io::channels::ROWS,
    io::names::ROWS,
    io::packet::ROWS,
    io::port_info::ROWS,
    io::port_open::ROWS,
    io::ports::ROWS,
    io::sockets::ROWS,
    io::transfer::ROWS,
    io::directories::ROWS,
    io::file_info::ROWS,
    io::files::ROWS,
    io::streams::ROWS,
    io::watching::ROWS,
    io_lib::ROWS,
    lists::ROWS,
    process::awaiting::ROWS,
    process::control::ROWS,
    process::dictionary::ROWS,
    process::flags::ROWS,
    process::info::ROWS,
    process::names::ROWS,
    process::send::ROWS,
    process::spawn::ROWS,
    process::ties::ROWS,
    process::timers::ROWS,
    maps::ROWS,
    math::ROWS,
    re::run::ROWS,
    shared::ROWS,
    trace::aggregates::ROWS,
    trace::compile::ROWS,
    trace::info::ROWS,
    trace::native::ROWS,
    trace::sessions::ROWS,
    trace::pattern::ROWS,
    trace::ports::ROWS,
    trace::process::ROWS,
    trace::seq::ROWS,
    trace::spec_test::ROWS,
    trace::system::ROWS,
    system::calendar::ROWS,
    system::halting::ROWS,
    system::info::ROWS,
    system::memory::ROWS,
    system::nodes::ROWS,
    system::os::ROWS,
    system::statistics::ROWS,
    system::time::ROWS,
    binary::ROWS,
    binary_search::ROWS,
    unicode::convert::ROWS,
    unicode::lookup::ROWS,
    unicode::runs::ROWS,
    unicode::util::ROWS,
    zlib::ROWS,
];

/// All rows, in the order of [`FILES`].
pub fn rows() -> impl Iterator<Item = &'static BifRow> {
    FILES.iter().flat_map(|f| f.iter())
}

/// Index of a built-in function in [`BifTable::rows`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BifIx(pub u32);

/// The rows of one VM, found by its atoms.
pub struct BifTable {
    rows: Vec<&'static BifRow>,
    names: Vec<(Atom, Atom)>,
    by_mfa: HashMap<(Atom, Atom, u8), BifIx>,
}

impl BifTable {
    /// All rows, with their names as atoms of `atoms`.
    pub fn new(atoms: &AtomTable) -> Result<BifTable, TooMany> {
        let mut table = BifTable {
            rows: Vec::new(),
            names: Vec::new(),
            by_mfa: HashMap::new(),
        };
        for row in rows() {
            let (module, name) = (atoms.intern(row.module)?, atoms.intern(row.name)?);
            let ix = BifIx(table.rows.len() as u32);
            table.rows.push(row);
            table.names.push((module, name));
            table.by_mfa.insert((module, name, row.arity), ix);
        }
        Ok(table)
    }

    /// The function of that name.
    pub fn find(&self, module: Atom, name: Atom, arity: u8) -> Option<BifIx> {
        self.by_mfa.get(&(module, name, arity)).copied()
    }

    /// A row.
    pub fn row(&self, ix: BifIx) -> &'static BifRow {
        self.rows[ix.0 as usize]
    }

    /// Module, name and arity of a row.
    pub fn mfa(&self, ix: BifIx) -> (Atom, Atom, u8) {
        let (m, f) = self.names[ix.0 as usize];
        (m, f, self.row(ix).arity)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = BifIx> + use<> {
        (0..self.rows.len() as u32).map(BifIx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_doubled() {
        let mut seen = hashbrown::HashSet::new();
        for row in rows() {
            assert!(
                seen.insert((row.module, row.name, row.arity)),
                "{}:{}/{} has two rows",
                row.module,
                row.name,
                row.arity
            );
        }
    }

    #[test]
    fn rows_are_found_by_atoms() {
        let atoms = AtomTable::default();
        let table = BifTable::new(&atoms).expect("room for the names");
        for ix in table.all() {
            let (m, f, a) = table.mfa(ix);
            assert_eq!(table.find(m, f, a), Some(ix));
        }
    }
}
