//! What a built-in function may reach: the calling process's heap and state, and the VM.
//! Everything here works through `&self`: a BIF never collects, and never holds the process exclusively.

use std::cell::Cell;

use crate::atoms::{Atom, AtomTable};
use crate::heap::{Heap, Term};
use crate::process::ProcessBody;
use crate::vm::Vm;

use super::Raise;

/// The context of one call.
pub struct Cx<'h> {
    heap: &'h Heap,
    body: &'h ProcessBody,
    vm: &'h Vm,
    reductions: &'h Cell<i64>,
    may_leave: bool,
    elsewhere: bool,
}

/// Elements of a list, or other small steps, that a call takes on a scheduler; more are [`Cx::long`]. Some hundred microseconds.
pub const LONG_STEPS: usize = 20_000;

impl<'h> Cx<'h> {
    /// The interpreter makes one per call.
    pub fn new(
        heap: &'h Heap,
        body: &'h ProcessBody,
        vm: &'h Vm,
        reductions: &'h Cell<i64>,
    ) -> Cx<'h> {
        Cx {
            heap,
            body,
            vm,
            reductions,
            may_leave: false,
            elsewhere: false,
        }
    }

    /// The same for a call that is made on a thread of long calls.
    #[must_use]
    pub fn on_thread(self) -> Cx<'h> {
        Cx {
            elsewhere: true,
            ..self
        }
    }

    /// The same for a call that may go on elsewhere.
    #[must_use]
    pub fn on_scheduler(self) -> Cx<'h> {
        Cx {
            may_leave: true,
            ..self
        }
    }

    /// A call turns out to be long and cannot be done in parts: on a scheduler the answer is the order to begin anew on a thread of its own,
    /// while others run here; `args` are the arguments as given. There it lets others go first: say it again every [`LONG_STEPS`]. In guards
    /// and in replays nothing happens.
    pub fn long(&self, args: &[Term<'h>]) -> Result<(), Raise<'h>> {
        if self.may_leave() {
            return Err(Raise::elsewhere(args));
        }
        self.breathe();
        Ok(())
    }

    /// On a thread of long calls: lets others go first. Else nothing.
    pub fn breathe(&self) {
        if self.elsewhere {
            std::thread::yield_now();
        }
    }

    /// May the process leave its scheduler for this call?
    pub fn may_leave(&self) -> bool {
        self.may_leave && self.vm.options.seed.is_none()
    }

    /// The heap of the calling process: terms made here live as long as the call needs them.
    pub fn heap(&self) -> &'h Heap {
        self.heap
    }

    /// The calling process: dictionary, links, monitors, flags.
    pub fn process(&self) -> &'h ProcessBody {
        self.body
    }

    /// The VM.
    pub fn vm(&self) -> &'h Vm {
        self.vm
    }

    /// The atom table.
    pub fn atoms(&self) -> &'h AtomTable {
        self.vm.atoms()
    }

    /// The atom of that text; `system_limit` when the table is full.
    pub fn atom(&self, text: &str) -> Result<Atom, Raise<'h>> {
        self.atoms().intern(text).map_err(|_| Raise::system_limit())
    }

    /// The atom of that text as a term.
    pub fn atom_term(&self, text: &str) -> Result<Term<'h>, Raise<'h>> {
        self.atom(text).map(Term::atom)
    }

    /// Spends reductions. Answers whether some are left; a long BIF that gets `false` answers [`Raise::again`].
    pub fn bump(&self, reductions: i64) -> bool {
        let left = self.reductions.get() - reductions;
        self.reductions.set(left);
        left > 0
    }

    /// Reductions left in this slice.
    pub fn reductions_left(&self) -> i64 {
        self.reductions.get()
    }
}
