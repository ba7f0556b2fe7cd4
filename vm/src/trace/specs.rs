//! Running a match specification in a trace point: which clause takes the row of terms, and what its body does besides.

use std::cell::Cell;

use super::{flags, seq};
use crate::atoms::{self, Atom};
use crate::bifs::Cx;
use crate::heap::{Kind, Term, Word};
use crate::matchspec::{
    Actions, Evaluation, MatchSpec, Whole, fits_row, matches, matches_row, run_body, run_guards,
};
use crate::process::ProcessBody;
use crate::vm::Vm;

/// What a specification answered. Terms are raw words here: they are used before anything collects.
#[derive(Default)]
pub struct Verdict {
    /// `{message, Term}`: what is shown in addition.
    pub shown: Option<Word>,
    /// `{message, false}`.
    pub hidden: bool,
    pub returns: bool,
    pub exceptions: bool,
    /// `{return_trace}` was among the actions.
    pub said_return: bool,
    /// Flags to set and to clear, in this order.
    pub enable: u32,
    pub disable: u32,
    pub silent: Option<bool>,
    /// The same for other processes.
    pub others: Vec<(Word, u32, u32)>,
}

/// What the surroundings of a trace point know; asked only when a specification wants it.
pub trait Surroundings {
    /// `{M, F, A}` of the caller, with `{File, Line}` if wanted.
    fn caller<'h>(&self, cx: &Cx<'h>, line: bool) -> Option<Term<'h>>;
    /// The stack as `current_stacktrace` shows it.
    fn stacktrace<'h>(&self, cx: &Cx<'h>, depth: usize) -> Term<'h>;
    /// The process as text.
    fn dump(&self, cx: &Cx<'_>) -> String;
}

/// Runs a specification on a row; `None` when no clause takes it.
pub fn run(
    vm: &Vm,
    body: &ProcessBody,
    spec: &MatchSpec,
    row: &[Term<'_>],
    around: &dyn Surroundings,
) -> Option<Verdict> {
    let heap = &body.heap;
    let left = Cell::new(0);
    let cx = Cx::new(heap, body, vm, &left);
    // The same terms for the time of this call: nothing collects in here.
    let row: smallvec::SmallVec<[Term<'_>; 8]> = row
        .iter()
        .map(|t| crate::interp::term_of(heap, t.raw()))
        .collect();
    for clause in &spec.clauses {
        let by_row = fits_row(clause);
        let whole = if by_row {
            Whole::Row(&row)
        } else {
            Whole::Term(heap.list(&row))
        };
        let bindings = match whole {
            Whole::Row(row) => matches_row(clause, row),
            Whole::Term(list) => matches(clause, list),
        };
        let Some(bindings) = bindings else { continue };
        let evaluation = Evaluation {
            cx: &cx,
            whole,
            bindings: &bindings,
        };
        let mut effects = Effects {
            verdict: Verdict::default(),
            around,
        };
        if run_guards(&evaluation, clause, &mut effects) {
            run_body(&evaluation, clause, &mut effects);
            return Some(effects.verdict);
        }
    }
    None
}

struct Effects<'a> {
    verdict: Verdict,
    around: &'a dyn Surroundings,
}

impl<'h> Actions<'h> for Effects<'_> {
    fn action(&mut self, cx: &Cx<'h>, name: Atom, args: &[Term<'h>]) -> Option<Term<'h>> {
        let v = &mut self.verdict;
        let undefined = Term::atom(atoms::UNDEFINED);
        match (name, args) {
            (atoms::RETURN_TRACE, []) => {
                v.returns = true;
                v.said_return = true;
            }
            (atoms::EXCEPTION_TRACE, []) => {
                v.returns = true;
                v.exceptions = true;
            }
            (atoms::CALLER, []) => {
                return Some(self.around.caller(cx, false).unwrap_or(undefined));
            }
            (atoms::CALLER_LINE, []) => {
                return Some(self.around.caller(cx, true).unwrap_or(undefined));
            }
            (atoms::CURRENT_STACKTRACE, []) => return Some(self.around.stacktrace(cx, 8)),
            (atoms::CURRENT_STACKTRACE, [depth]) => {
                return Some(self.around.stacktrace(cx, depth.as_usize()?));
            }
            (atoms::PROCESS_DUMP, []) => {
                return Some(cx.heap().binary(self.around.dump(cx).as_bytes()));
            }
            (atoms::MESSAGE, [shown]) => {
                v.hidden = shown.is_atom(atoms::FALSE);
                v.shown = (!v.hidden && !shown.is_atom(atoms::TRUE)).then_some(shown.raw());
            }
            (atoms::SILENT, [mode]) => match mode.as_atom() {
                Some(atoms::TRUE) => v.silent = Some(true),
                Some(atoms::FALSE) => v.silent = Some(false),
                Some(_) | None => return Some(Term::FALSE),
            },
            (atoms::SILENT, []) => {
                let bits = cx.process().trace_flags.get();
                return Some(Term::bool(bits & flags::SILENT != 0));
            }
            (atoms::ENABLE_TRACE, [flag]) => set(v, one(*flag)?, 0),
            (atoms::DISABLE_TRACE, [flag]) => set(v, 0, one(*flag)?),
            (atoms::TRACE, [off, on]) => set(v, all(*on)?, all(*off)?),
            (atoms::ENABLE_TRACE, [who, flag]) => {
                v.others.push((who.raw(), one(*flag)?, 0));
            }
            (atoms::DISABLE_TRACE, [who, flag]) => {
                v.others.push((who.raw(), 0, one(*flag)?));
            }
            (atoms::TRACE, [who, off, on]) => {
                v.others.push((who.raw(), all(*on)?, all(*off)?));
            }
            _ => return common_action(cx, name, args),
        }
        Some(Term::TRUE)
    }
}

/// Later actions win over earlier ones; within one, clearing comes first.
fn set(v: &mut Verdict, on: u32, off: u32) {
    v.enable = v.enable & !off | on;
    v.disable = (v.disable | off) & !on;
}

/// Actions that every kind of specification knows.
fn common_action<'h>(cx: &Cx<'h>, name: Atom, args: &[Term<'h>]) -> Option<Term<'h>> {
    match (name, args) {
        (atoms::DISPLAY, [shown]) => {
            let view = crate::view::TermView::new(*shown, cx.atoms());
            let text = transom_pretty::write(view, &transom_pretty::Options::default());
            println!("{text}");
            Some(Term::TRUE)
        }
        (atoms::IS_SEQ_TRACE, []) => Some(Term::bool(
            cx.process().trace_flags.get() & flags::TOKEN != 0,
        )),
        (atoms::GET_SEQ_TOKEN, []) => Some(match seq::token(cx.process()) {
            Some(token) => seq::token_term(cx.heap(), &token),
            None => Term::NIL,
        }),
        (atoms::SET_SEQ_TOKEN, [name, value]) => {
            let set = name
                .as_atom()
                .and_then(|name| seq::set_component(cx.process(), cx.heap(), name, *value));
            Some(set.map_or(Term::atom(atoms::BIG_EXIT), |_| Term::TRUE))
        }
        (atoms::SET_TCW, [word]) => {
            let old = cx.vm().tracing.control_word.swap(
                word.as_small()? as u64,
                std::sync::atomic::Ordering::Relaxed,
            );
            Some(cx.heap().uint(old))
        }
        (atoms::GET_TCW, []) => Some(
            cx.heap().uint(
                cx.vm()
                    .tracing
                    .control_word
                    .load(std::sync::atomic::Ordering::Relaxed),
            ),
        ),
        _ => None,
    }
}

fn one(flag: Term<'_>) -> Option<u32> {
    flag.as_atom().and_then(|name| match name {
        atoms::ALL => Some(flags::ALL),
        name => flags::bit(name),
    })
}

/// The bits of a list of flags.
fn all(list: Term<'_>) -> Option<u32> {
    let mut iter = list.iter_list();
    let bits = iter
        .by_ref()
        .map(one)
        .try_fold(0, |all, bit| bit.map(|b| all | b));
    bits.filter(|_| iter.tail().is_nil())
}

/// The process that an action names.
pub fn process_of(vm: &Vm, who: Term<'_>) -> Option<crate::heap::Pid> {
    match who.kind() {
        Kind::Pid(pid) => Some(pid),
        Kind::Atom(name) => match vm.registry.whereis(name)? {
            crate::process::links::Peer::Process(pid) => Some(pid),
            crate::process::links::Peer::Port(_) => None,
        },
        _ => None,
    }
}
