//! Where a process is in its code: its current function and the return addresses on its stack, translated by the code server.

use super::body::{Exec, ProcessBody, process_flag};
use crate::atoms::{self, Atom};
use crate::heap::{Heap, Term};
use crate::vm::Vm;

/// A place in loaded code.
pub struct CodePlace {
    pub module: Atom,
    pub function: Atom,
    pub arity: u8,
    pub line: Option<(String, u32)>,
}

/// The function and line at an address.
pub fn locate(vm: &Vm, address: u64) -> Option<CodePlace> {
    let (instance, place) = vm.code().locate(address)?;
    let function = &instance.functions[place.function];
    Some(CodePlace {
        module: instance.module,
        function: function.name,
        arity: function.arity,
        line: place.line,
    })
}

impl CodePlace {
    /// `{M, F, A}`
    pub fn mfa<'h>(&self, heap: &'h Heap) -> Term<'h> {
        heap.tuple(&[
            Term::atom(self.module),
            Term::atom(self.function),
            heap.int(i64::from(self.arity)),
        ])
    }

    /// `{M, F, A, [{file, F}, {line, L}]}`
    pub fn location<'h>(&self, heap: &'h Heap) -> Term<'h> {
        let details = match &self.line {
            None => Term::NIL,
            Some((file, line)) => {
                let file = heap.tuple(&[Term::atom(atoms::FILE), heap.string(file)]);
                let line = heap.tuple(&[Term::atom(atoms::LINE), heap.int(i64::from(*line))]);
                heap.list(&[file, line])
            }
        };
        heap.tuple(&[
            Term::atom(self.module),
            Term::atom(self.function),
            heap.int(i64::from(self.arity)),
            details,
        ])
    }
}

/// Where it stands. One that has dropped its stack and waits for a message to begin anew stands in `hibernate/3`.
pub fn current(vm: &Vm, body: &ProcessBody) -> Option<CodePlace> {
    if body.has_flag(process_flag::HIBERNATING) {
        return Some(CodePlace {
            module: atoms::ERLANG,
            function: atoms::HIBERNATE,
            arity: 3,
            line: None,
        });
    }
    frames(vm, body, 1).into_iter().next()
}

/// The current function first, then its callers, at most `depth`. A recursion's repeated frames count once, as in stack traces.
pub fn frames(vm: &Vm, body: &ProcessBody, depth: usize) -> Vec<CodePlace> {
    walk(vm, body, depth, false)
}

fn walk(vm: &Vm, body: &ProcessBody, depth: usize, repeated: bool) -> Vec<CodePlace> {
    let mut found = Vec::new();
    match body.exec {
        // Not begun: it stands at the entry of its first function.
        Exec::Code(0) => {
            let first = body.initial_call;
            found.push(CodePlace {
                module: first.module,
                function: first.function,
                arity: first.arity,
                line: None,
            });
        }
        Exec::Code(address) => found.extend(locate(vm, address)),
        Exec::Taken => found.extend(locate(vm, body.at.get())),
        Exec::Native(_) => {}
    }
    let mut last = 0;
    for word in body
        .heap
        .stack()
        .iter()
        .filter(|word| word.is_return_address())
    {
        if found.len() >= depth {
            break;
        }
        let target = word.return_target();
        if repeated || target != last {
            found.extend(locate(vm, target.saturating_sub(8)));
        }
        last = target;
    }
    found.truncate(depth);
    found
}

/// The process as text, for match specifications that ask for it: one line a fact, then the frames of its stack.
pub fn dump(vm: &Vm, body: &ProcessBody) -> String {
    let name = |a| transom_pretty::atom_text(vm.atoms().text(a), transom_pretty::Encoding::Unicode);
    let mfa = |m, f, a| format!("{}:{}/{a}", name(m), name(f));
    let first = body.initial_call;
    let mut text = format!(
        "=proc:{}\nState: Running\nSpawned as: {}\n",
        body.pid,
        mfa(first.module, first.function, first.arity)
    );
    if let Some(parent) = body.parent {
        text.push_str(&format!("Spawned by: {parent}\n"));
    }
    let sizes = body.heap.sizes();
    text.push_str(&format!(
        "Message queue length: {}\nReductions: {}\nHeap size: {}\nStack size: {}\n",
        body.mailbox.borrow().len(),
        body.reductions.get(),
        sizes.heap_size,
        body.heap.stack().len()
    ));
    for (at, frame) in walk(vm, body, 100, true).iter().enumerate() {
        let place = mfa(frame.module, frame.function, frame.arity);
        // The words around the name are those that tools look for in dumps of OTP.
        match at {
            0 => text.push_str(&format!("Program counter: 0x{at:016x} ({place} + 0)\n")),
            at => text.push_str(&format!(
                "0x{at:016x} Return addr 0x{at:016x} ({place} + 0)\n"
            )),
        }
    }
    text
}
