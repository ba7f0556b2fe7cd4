//! The verifier: the only maker of [`Verified`] modules, and the interpreter's memory safety rests on it.
//!
//! Three steps. Tables (`tables`): every index, constant and signature of the module. Shape (`shape`): operands, labels and
//! handlers of each function, one pass. Flow (`flow`, `transfer`): abstract interpretation of each function over its control-flow
//! graph with the types of `state`; it ends because types only widen, and it gives up with an error when a function costs more
//! work than its size justifies. No step recurses on input. [`Rule`] lists every reason for rejection; each has a test.

mod flow;
mod shape;
mod state;
mod tables;
mod transfer;

#[cfg(test)]
#[rustfmt::skip] // Listings of code: one instruction a line would triple the file.
mod tests;

use std::fmt;
use std::ops::Deref;

pub use state::{State, Ty};

use crate::listing::{insn_text, quoted_atom};
use crate::module::{Function, Module};
use crate::operand::FnIx;

/// Proof that [`verify`] accepted what is inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified<M>(M);

impl<M> Verified<M> {
    /// Gives up the proof.
    pub fn into_inner(self) -> M {
        self.0
    }
}

impl<M> Deref for Verified<M> {
    type Target = M;
    fn deref(&self) -> &M {
        &self.0
    }
}

/// Checks a module and, if every rule holds, wraps it.
pub fn verify(module: Module) -> Result<Verified<Module>, Box<VerifyError>> {
    check(&module)?;
    Ok(Verified(module))
}

/// Wraps a module that was verified when the image it comes from was made, which is part of the executable since. Never for a file:
/// anybody could have changed it. Debug builds check again.
pub fn of_image(module: Module) -> Result<Verified<Module>, Box<VerifyError>> {
    if cfg!(debug_assertions) {
        return verify(module);
    }
    Ok(Verified(module))
}

/// Checks a module without taking it.
pub fn check(module: &Module) -> Result<(), Box<VerifyError>> {
    tables::check(module).map_err(|f| f.locate(module, None, None))?;
    for f in &module.functions {
        let shape =
            shape::check(module, f).map_err(|(at, fault)| fault.locate(module, Some(f), at))?;
        flow::run(module, f, &shape, None)
            .map_err(|(at, fault)| fault.locate(module, Some(f), at))?;
    }
    Ok(())
}

/// Shows, for each reachable instruction of a function, what is known before it: the facts a loader may specialise by.
/// Instructions that are not shown are never reached.
pub fn for_each_state(
    module: &Verified<Module>,
    function: FnIx,
    see: &mut dyn FnMut(usize, &State),
) {
    let f = &module.functions[function.index()];
    let shape = shape::check(module, f).expect("invariant: a verified function has a proper shape");
    flow::run(module, f, &shape, Some(see))
        .expect("invariant: a verified function stays verifiable");
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $Name:ident $code:literal;)+) => {
        /// Why a module is rejected.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $doc])+ $Name,)+
        }

        /// All rules with their codes and texts.
        pub const RULES: &[(Rule, &str, &str)] = &[$((Rule::$Name, $code, concat!($($doc),+)),)+];
    };
}

rules! {
    /// An atom index lies in the atom table; atoms have at most 255 characters.
    AtomIndex "V01";
    /// A constant index lies in the constant table.
    ConstIndex "V02";
    /// Constants are in normal form: big integers that need it, finite floats, clear unused bits, no key twice, no deeper than the limit.
    ConstForm "V03";
    /// Function, import and lambda indices lie in their tables.
    CodeIndex "V04";
    /// A position lies in the line table, and its file in the file table.
    LineIndex "V05";
    /// No function is defined or exported twice; an export has the name and arity of its function.
    Export "V06";
    /// A lambda's free variables are among its function's arguments, and `make_fun` gives exactly as many.
    Lambda "V07";
    /// The `on_load` function exists and has no arguments.
    OnLoad "V08";
    /// Arities, tuple sizes, frames, reserves and registers stay within their limits.
    Limit "V09";
    /// A small integer operand fits 60 bits.
    SmallRange "V10";
    /// A function starts with `label 1`; each label is placed once, and each jump goes to a label of the function.
    Labels "V11";
    /// Label 0 stands only where an instruction can raise.
    RaiseLabel "V12";
    /// The last instruction of a function never falls through.
    End "V13";
    /// A `bif` is one of module erlang, with as many arguments as its import says.
    Bif "V14";
    /// Arms of a select are all different; those of `select_val` are atoms or small integers.
    Select "V15";
    /// Segments have a size exactly when their kind takes one, a unit of 1 to 256, `append` first, constants for `string`.
    Segment "V16";
    /// `bs_match_string` names a constant bitstring with that many bits.
    MatchString "V17";
    /// Destinations of one instruction differ, and no key is a destination.
    Destinations "V18";
    /// A handler label is followed by the `try_case` or `catch_end` of its slot, which stand nowhere else.
    Handler "V19";
    /// A register is initialised before it is read.
    Initialised "V20";
    /// `live` covers initialised registers only.
    Live "V21";
    /// A y slot lies within the frame.
    Frame "V22";
    /// `allocate` needs no frame yet, `deallocate` and tail calls drop the frame there is, `return` needs it gone, and ways that join have the same.
    FrameSize "V23";
    /// Heap words are reserved before they are used.
    Reserve "V24";
    /// Only ordinary terms go to calls, terms, tests and results: no match context, position, mark, raw stack or catch word.
    Ordinary "V25";
    /// `bs_` instructions work on a match context.
    Context "V26";
    /// A position belongs to the context it is set in.
    Position "V27";
    /// `get_hd`, `get_tl` and `get_list` need a proven cons cell.
    NotCons "V28";
    /// `test_arity` and `select_arity` need a proven tuple, `get_elem` one that is large enough.
    NotTuple "V29";
    /// `get_map_elements` and `has_map_fields` need a proven map.
    NotMap "V30";
    /// Catches nest: an inner one has a lower slot, the innermost ends first, none is active when the frame goes, ways that join have the same ones.
    CatchNesting "V31";
    /// The slot of an active catch is neither read nor written.
    CatchSlot "V32";
    /// A `try` handler is reached by exceptions only.
    HandlerReached "V33";
    /// `build_stacktrace` takes a raw stack.
    RawStack "V34";
    /// `recv_bind` takes a slot with a mark.
    Mark "V35";
    /// The instruction takes a y slot.
    SlotOnly "V36";
    /// The analysis of a function costs more than its size justifies.
    TooComplex "V37";
}

impl Rule {
    /// The stable code.
    pub fn code(self) -> &'static str {
        RULES[self as usize].1
    }

    /// The rule in words.
    pub fn text(self) -> &'static str {
        RULES[self as usize].2.trim()
    }
}

/// A rejected module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The rule that does not hold.
    pub rule: Rule,
    /// Name of the module.
    pub module: String,
    /// Name and arity of the function, unless a table is wrong.
    pub function: Option<String>,
    /// Index of the instruction and its text.
    pub insn: Option<(usize, String)>,
    /// What exactly is wrong.
    pub detail: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "module {}", self.module)?;
        if let Some(function) = &self.function {
            write!(f, ", function {function}")?;
        }
        if let Some((at, text)) = &self.insn {
            write!(f, ", instruction {at} `{text}`")?;
        }
        write!(
            f,
            ": {} ({}: {})",
            self.detail,
            self.rule.code(),
            self.rule.text()
        )
    }
}

impl std::error::Error for VerifyError {}

/// A broken rule, before its place is known.
#[derive(Debug)]
struct Fault {
    rule: Rule,
    detail: String,
}

/// A broken rule at an instruction.
type Located = (Option<usize>, Fault);

fn fault<T>(rule: Rule, detail: impl Into<String>) -> Result<T, Fault> {
    Err(Fault {
        rule,
        detail: detail.into(),
    })
}

impl Fault {
    fn locate(self, m: &Module, f: Option<&Function>, at: Option<usize>) -> Box<VerifyError> {
        Box::new(VerifyError {
            rule: self.rule,
            module: quoted_atom(m.name_text()),
            function: f.map(|f| format!("{}/{}", quoted_atom(m.atom(f.name)), f.arity)),
            insn: at.and_then(|at| {
                f.and_then(|f| f.code.get(at))
                    .map(|i| (at, clip(insn_text(m, i))))
            }),
            detail: self.detail,
        })
    }
}

/// Select tables can be huge; an error message is not.
fn clip(mut text: String) -> String {
    if text.len() > 200 {
        let cut = (0..=200)
            .rev()
            .find(|&i| text.is_char_boundary(i))
            .unwrap_or(0);
        text.truncate(cut);
        text.push_str(" ...");
    }
    text
}
