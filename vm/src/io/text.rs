//! Texts between Erlang and Rust: names of files and variables come as lists of characters, binaries or atoms-free deep lists of both.

use crate::heap::{Heap, Kind, OwnedTerm, Term};
use crate::view::TermView;
use crate::vm::Vm;
use transom_pretty::Options;

/// A term as `~p` prints it.
pub fn pretty(vm: &Vm, term: Term<'_>) -> String {
    // A copy has a lifetime of its own, which the view shares with the atom table.
    let copy = OwnedTerm::new(term);
    transom_pretty::print(TermView::new(copy.term(), vm.atoms()), &Options::default())
}

/// A term as `~w` writes it.
pub fn written(vm: &Vm, term: Term<'_>) -> String {
    let copy = OwnedTerm::new(term);
    transom_pretty::write(TermView::new(copy.term(), vm.atoms()), &Options::default())
}

/// A list of characters, a UTF-8 binary, or a list nesting both; `None` for anything else.
pub fn text_of(term: Term<'_>) -> Option<String> {
    let mut out = Vec::new();
    let mut stack = vec![term];
    while let Some(term) = stack.pop() {
        match term.kind() {
            Kind::Nil => {}
            Kind::Small(code) => {
                let char = u32::try_from(code).ok().and_then(char::from_u32)?;
                out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Kind::Bits(_) => out.extend_from_slice(&term.as_binary()?),
            Kind::Cons(cell) => {
                stack.push(cell.tail());
                stack.push(cell.head());
            }
            _ => return None,
        }
    }
    String::from_utf8(out).ok()
}

/// A text as a list of characters.
pub fn chars_of<'h>(heap: &'h Heap, text: &str) -> Term<'h> {
    heap.string(text)
}
