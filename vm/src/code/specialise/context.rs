//! Match contexts that calls pass on. A function that takes a bitstring only to match it (its first instruction is
//! `bs_start_match` on an argument that nothing reads afterwards) may get a context instead, and a call that hands it the rest of a
//! bitstring passes the context on: a loop over a binary then makes neither parts nor contexts.
//!
//! Two places see such an argument although the code does not read it, and turn it back into a bitstring: `func_clause` (the context
//! remembers where the match began) and a trace point (`interp/trace`).

use super::Resolve;
use std::cell::OnceCell;
use transom_bytecode::{Insn, Label, Module, Op, Reg, Role, Seen};

/// For each function the argument register that may hold a context; none of those that a built-in function replaces, which wants terms whatever
/// the code would do.
pub(super) fn takers(module: &Module, resolve: &dyn Resolve) -> Vec<Option<u16>> {
    module
        .functions
        .iter()
        .map(|f| match resolve.replaced_by_bif(f.name, f.arity) {
            Some(_) => None,
            None => taker(module, &f.code, f.arity),
        })
        .collect()
}

/// Whether the `bs_get_tail` at `code[at]` may leave the context itself in its destination: the next instructions do without both
/// registers until a call of a function that takes a context there. Behind a call that comes back nothing may have the context any more:
/// x registers are dead then, so it only must have been in no other.
pub(super) fn passes_on(
    code: &[Insn],
    at: usize,
    takers: &[Option<u16>],
    copied: &OnceCell<Copied>,
) -> bool {
    let Insn::BsGetTail { ctx, dst } = code[at] else {
        return false;
    };
    let Reg::X(d) = dst else { return false };
    for i in &code[at + 1..] {
        match i {
            Insn::CallOnly { function } | Insn::CallLast { function, .. } => {
                return takers[function.index()] == Some(d);
            }
            Insn::Call { function } => {
                let Reg::X(x) = ctx else { return false };
                return takers[function.index()] == Some(d)
                    && !copied.get_or_init(|| Copied::of(code)).has(x);
            }
            _ if !is_plain(i.op()) || touches(i, ctx) || touches(i, dst) || jumps(i) => {
                return false;
            }
            _ => {}
        }
    }
    false
}

fn taker(module: &Module, code: &[Insn], arity: u8) -> Option<u16> {
    let at = code
        .iter()
        .position(|i| !matches!(i, Insn::Label { .. } | Insn::Line { .. }))?;
    let Insn::BsStartMatch { src, .. } = &code[at] else {
        return None;
    };
    let transom_bytecode::Src::Reg(Reg::X(arg)) = *src else {
        return None;
    };
    (arg < u16::from(arity) && !is_read(module, code, at + 1, arg)).then_some(arg)
}

/// May the value that is in `x[arg]` before `code[from]` be read?
fn is_read(module: &Module, code: &[Insn], from: usize, arg: u16) -> bool {
    let mut labels = std::collections::HashMap::new();
    for (at, i) in code.iter().enumerate() {
        if let Insn::Label { label } = i {
            labels.insert(*label, at);
        }
    }
    let (mut seen, mut work) = (vec![false; code.len()], vec![from]);
    while let Some(at) = work.pop() {
        let Some(i) = code.get(at) else { continue };
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let called = implicit_reads(module, i);
        // A call leaves all x registers dead.
        let (mut reads, mut writes) = (arg < called.unwrap_or(0), called.is_some());
        i.for_each_operand(&mut |s| match s {
            Seen::Reg(Reg::X(n), role) if n == arg => {
                reads |= role != Role::Write;
                writes |= role == Role::Write;
            }
            Seen::Label(l) if l != Label::RAISE && !matches!(i, Insn::Label { .. }) => {
                work.extend(labels.get(&l).copied());
            }
            _ => {}
        });
        if reads {
            return true;
        }
        // A jump of an instruction that also writes leaves before the write: its target was noted above.
        if !writes && i.falls_through() {
            work.push(at + 1);
        }
    }
    false
}

/// How many x registers an instruction reads without naming them, if it is a call or ends the function.
fn implicit_reads(module: &Module, i: &Insn) -> Option<u16> {
    Some(match i {
        Insn::Call { function } | Insn::CallOnly { function } | Insn::CallLast { function, .. } => {
            u16::from(module.functions[function.index()].arity)
        }
        Insn::CallExt { import }
        | Insn::CallExtOnly { import }
        | Insn::CallExtLast { import, .. } => u16::from(module.imports[import.index()].arity),
        Insn::CallFun { arity } | Insn::CallFunOnly { arity } | Insn::CallFunLast { arity, .. } => {
            *arity as u16 + 1
        }
        Insn::Apply { arity } | Insn::ApplyOnly { arity } | Insn::ApplyLast { arity, .. } => {
            *arity as u16 + 2
        }
        Insn::Send {} => 2,
        Insn::Return {} => 1,
        _ => return None,
    })
}

/// Computes from operands that it names, and nothing else.
fn is_plain(op: Op) -> bool {
    matches!(
        op,
        Op::Line
            | Op::Move
            | Op::TestHeap
            | Op::PutList
            | Op::PutTuple
            | Op::GetList
            | Op::GetHd
            | Op::GetTl
            | Op::GetElem
            | Op::Add
            | Op::Sub
            | Op::Mul
            | Op::IntDiv
            | Op::Rem
            | Op::Band
            | Op::Bor
            | Op::Bxor
            | Op::Bsl
            | Op::Bsr
            | Op::BsCreateBin
    )
}

/// The x registers of a function, by number, whose context may be in another register, too. It is in none when it came as an argument or was
/// made here, and only what works on contexts reads it. Found out once for a function: it may ask at each of its clauses.
pub(super) struct Copied(Vec<bool>);

impl Copied {
    pub(super) fn of(code: &[Insn]) -> Copied {
        let mut copied = Vec::new();
        for i in code {
            let (keeps, moves) = (!is_of_contexts(i.op()), i.op() == Op::Move);
            i.for_each_operand(&mut |s| {
                if let Seen::Reg(Reg::X(n), role) = s
                    && ((keeps && role != Role::Write) || (moves && role != Role::Read))
                {
                    let n = usize::from(n);
                    if copied.len() <= n {
                        copied.resize(n + 1, false);
                    }
                    copied[n] = true;
                }
            });
        }
        Copied(copied)
    }

    fn has(&self, x: u16) -> bool {
        self.0.get(usize::from(x)).is_some_and(|copied| *copied)
    }
}

/// Works on contexts and keeps none.
fn is_of_contexts(op: Op) -> bool {
    matches!(
        op,
        Op::BsGetInteger
            | Op::BsGetFloat
            | Op::BsGetBinary
            | Op::BsGetTail
            | Op::BsGetPosition
            | Op::BsSetPosition
            | Op::BsMatchString
            | Op::BsTestTail
            | Op::BsTestUnit
            | Op::BsSkipBits
            | Op::BsSkipUtf8
            | Op::BsSkipUtf16
            | Op::BsSkipUtf32
            | Op::BsGetUtf8
            | Op::BsGetUtf16
            | Op::BsGetUtf32
    )
}

fn touches(i: &Insn, r: Reg) -> bool {
    let mut found = false;
    i.for_each_operand(&mut |s| found |= matches!(s, Seen::Reg(x, _) if x == r));
    found
}

fn jumps(i: &Insn) -> bool {
    let mut found = false;
    i.for_each_operand(&mut |s| found |= matches!(s, Seen::Label(l) if l != Label::RAISE));
    found
}
