//! `prim_compile`: the compiler's front end and back end for `erl_scan`, `erl_parse`, `epp`, `erl_lint` and `compile`, which are Erlang modules over it;
//! and what reloads compile with.
//!
//! What may take long or nest deeply runs on a thread of its own (not of a bounded pool: a compilation may wait for Erlang
//! code that compiles), while the process waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use transom_compiler::abstract_term::Term as Tree;

use crate::atoms;
use crate::bifs::{Cx, Raise};
use crate::compile::terms;
use crate::heap::Term;
use crate::process::reply::Answer;
use crate::vm::Vm;

pub mod messages;
pub mod modules;
pub mod options;
pub mod scanner;
pub mod source;

/// Compilations at a time in one VM. Each has two threads and address space for a large stack; a parse transform that compiles what it
/// transforms itself would else start them for ever.
const MOST: usize = 128;

/// Runs `work` on its own thread with a large stack; `Err` says that the process waits (hand it on). `system_limit` when too many do.
fn apart<'h, T: Send + 'static>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    work: impl FnOnce(Option<Arc<Vm>>) -> T + Send + 'static,
) -> Result<T, Raise<'h>> {
    match cx.process().answer::<T>() {
        Answer::Ready(value) => Ok(value),
        Answer::Pending => Err(Raise::wait(args)),
        Answer::Gone => Err(Raise::error_atom(atoms::SYSTEM_LIMIT)),
        Answer::Unasked => {
            let Some(place) = Place::take(&cx.vm().compiling) else {
                return Err(Raise::system_limit());
            };
            let reply = cx.process().ask(cx.vm());
            let vm = cx.vm().weak();
            let thread = std::thread::Builder::new().name("compile".to_owned());
            let job = move || {
                let done = transom_compiler::stack::with_large_stack(|| work(vm.upgrade()));
                drop(place);
                reply.answer(done);
            };
            // A job that is dropped because there is no thread answers that it is gone.
            drop(thread.spawn(job));
            Err(Raise::wait(args))
        }
    }
}

/// One of the compilations that may run.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(all: &Arc<AtomicUsize>) -> Option<Place> {
        let place = Place(Arc::clone(all));
        // The place is given back by the drop if it was one too many.
        (all.fetch_add(1, Ordering::Relaxed) < MOST).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A term of the caller as a tree.
fn tree<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Tree, Raise<'h>> {
    terms::read(cx.atoms(), term).ok_or_else(Raise::badarg)
}

/// A proper list of the caller as trees.
fn trees<'h>(cx: &Cx<'h>, term: Term<'h>) -> Result<Vec<Tree>, Raise<'h>> {
    tree(cx, term)?.to_list().ok_or_else(Raise::badarg)
}

/// A tree as a term of the caller.
fn term<'h>(cx: &Cx<'h>, tree: &Tree) -> Result<Term<'h>, Raise<'h>> {
    terms::write(cx.heap(), cx.atoms(), cx.vm().code().cells(), tree)
        .map_err(|_| Raise::system_limit())
}

/// `{Tag, Parts...}`
fn tagged<const N: usize>(tag: &str, parts: [Tree; N]) -> Tree {
    let mut all = vec![Tree::atom(tag)];
    all.extend(parts);
    Tree::Tuple(all)
}
