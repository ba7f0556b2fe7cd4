//! The verifier's second step: each instruction of a function by itself, and its labels and handlers. One pass, no types yet.

use std::collections::HashSet;

use super::state::CatchKind;
use super::{Fault, Located, Rule, fault};
use crate::module::{Const, Function, Module};
use crate::operand::*;
use crate::ops::Insn;

/// What the flow step needs to know of a function's labels.
pub(super) struct Shape {
    /// Instruction index of each label, by label number (0 is unused).
    pub at: Vec<usize>,
    /// Labels that are handlers, with the slot of their catch.
    pub handlers: Vec<Option<(u16, CatchKind)>>,
}

/// Heap words one instruction may reserve: 128 MiB.
const MAX_RESERVE: u32 = 1 << 24;

pub(super) fn check(m: &Module, f: &Function) -> Result<Shape, Located> {
    let code = &f.code;
    if !matches!(code.first(), Some(Insn::Label { label: Label(1) })) {
        return Err((
            Some(0),
            Fault {
                rule: Rule::Labels,
                detail: "the entry is not label 1".into(),
            },
        ));
    }
    let mut at = vec![usize::MAX];
    for (pc, insn) in code.iter().enumerate() {
        if let Insn::Label { label } = insn {
            place_label(&mut at, code.len(), *label, pc).map_err(|e| (Some(pc), e))?;
        }
    }
    let mut shape = Shape {
        handlers: vec![None; at.len()],
        at,
    };
    for (pc, insn) in code.iter().enumerate() {
        operands(m, insn, &shape)
            .and_then(|()| details(m, insn, &mut shape, code))
            .map_err(|e| (Some(pc), e))?;
    }
    // Whether a case has its handler is known only once all handlers are.
    for (pc, insn) in code.iter().enumerate() {
        own_handler(insn, pc, code, &shape).map_err(|e| (Some(pc), e))?;
    }
    match code.last() {
        Some(last) if !last.falls_through() => Ok(shape),
        _ => Err((
            Some(code.len() - 1),
            Fault {
                rule: Rule::End,
                detail: "control runs off the end".into(),
            },
        )),
    }
}

fn place_label(at: &mut Vec<usize>, len: usize, label: Label, pc: usize) -> Result<(), Fault> {
    // Labels are numbered densely enough: a number beyond the count of instructions would cost memory for nothing.
    if label.0 == 0 || label.index() > len {
        return fault(
            Rule::Labels,
            format!("label number {} is out of range", label.0),
        );
    }
    if label.index() >= at.len() {
        at.resize(label.index() + 1, usize::MAX);
    }
    if at[label.index()] != usize::MAX {
        return fault(Rule::Labels, format!("label {} stands twice", label.0));
    }
    at[label.index()] = pc;
    Ok(())
}

/// Registers, values, labels and indices of one instruction.
fn operands(m: &Module, insn: &Insn, shape: &Shape) -> Result<(), Fault> {
    let mut result = Ok(());
    insn.for_each_operand(&mut |seen| {
        if result.is_ok() {
            result = operand(m, insn, shape, seen);
        }
    });
    result
}

fn operand(m: &Module, insn: &Insn, shape: &Shape, seen: Seen) -> Result<(), Fault> {
    let index = |rule, i: u32, len: usize, what| {
        if (i as usize) < len {
            Ok(())
        } else {
            fault(rule, format!("{what} {i} does not exist"))
        }
    };
    match seen {
        Seen::Reg(Reg::X(n), _) if n >= MAX_X => fault(Rule::Limit, format!("register x{n}")),
        Seen::Reg(Reg::Y(n), _) if n >= MAX_Y => fault(Rule::Limit, format!("slot y{n}")),
        Seen::Reg(..) | Seen::Value(Src::Reg(_) | Src::Nil) => Ok(()),
        Seen::Value(Src::Small(n)) if !(MIN_SMALL..=MAX_SMALL).contains(&n) => {
            fault(Rule::SmallRange, format!("{n} is no small integer"))
        }
        Seen::Value(Src::Small(_)) => Ok(()),
        Seen::Value(Src::Atom(a)) | Seen::AtomIx(a) => {
            index(Rule::AtomIndex, a.0, m.atoms.len(), "atom")
        }
        Seen::Value(Src::Const(c)) | Seen::ConstIx(c) => {
            index(Rule::ConstIndex, c.0, m.consts.len(), "constant")
        }
        Seen::FnIx(f) => index(Rule::CodeIndex, f.0, m.functions.len(), "function"),
        Seen::ImportIx(i) => index(Rule::CodeIndex, i.0, m.imports.len(), "import"),
        Seen::LambdaIx(l) => index(Rule::CodeIndex, l.0, m.lambdas.len(), "lambda"),
        Seen::LineIx(l) => index(Rule::LineIndex, l.0, m.lines.len(), "position"),
        Seen::Label(l) if l.raises() => {
            if may_raise(insn) {
                Ok(())
            } else {
                fault(Rule::RaiseLabel, "this instruction cannot raise")
            }
        }
        Seen::Label(l) => match shape.at.get(l.index()) {
            Some(&at) if at != usize::MAX => Ok(()),
            _ => fault(Rule::Labels, format!("label {} does not exist", l.0)),
        },
    }
}

fn may_raise(insn: &Insn) -> bool {
    matches!(
        insn,
        Insn::Add { .. }
            | Insn::Sub { .. }
            | Insn::Mul { .. }
            | Insn::IntDiv { .. }
            | Insn::Rem { .. }
            | Insn::Band { .. }
            | Insn::Bor { .. }
            | Insn::Bxor { .. }
            | Insn::Bsl { .. }
            | Insn::Bsr { .. }
            | Insn::Bif { .. }
            | Insn::PutMapAssoc { .. }
            | Insn::PutMapExact { .. }
            | Insn::BsCreateBin { .. }
    )
}

fn limit(what: &str, n: u32, max: u32) -> Result<(), Fault> {
    if n <= max {
        Ok(())
    } else {
        fault(Rule::Limit, format!("{what} {n}, at most {max}"))
    }
}

fn distinct<T: std::hash::Hash + Eq>(
    items: impl Iterator<Item = T>,
    rule: Rule,
    what: &str,
) -> Result<(), Fault> {
    let mut seen = HashSet::new();
    for i in items {
        if !seen.insert(i) {
            return fault(rule, what);
        }
    }
    Ok(())
}

fn slot(r: Reg) -> Result<u16, Fault> {
    match r {
        Reg::Y(n) => Ok(n),
        Reg::X(_) => fault(Rule::SlotOnly, "an x register"),
    }
}

/// What single instructions ask of their operands.
fn details(m: &Module, insn: &Insn, shape: &mut Shape, code: &[Insn]) -> Result<(), Fault> {
    match insn {
        Insn::Try { slot: s, handler } => {
            add_handler(shape, code, slot(*s)?, *handler, CatchKind::Try)
        }
        Insn::Catch { slot: s, handler } => {
            add_handler(shape, code, slot(*s)?, *handler, CatchKind::Catch)
        }
        Insn::TryEnd { slot: s }
        | Insn::TryCase { slot: s }
        | Insn::CatchEnd { slot: s }
        | Insn::RecvMark { slot: s }
        | Insn::RecvBind { slot: s, .. }
        | Insn::RecvClear { slot: s } => slot(*s).map(drop),
        Insn::CallFun { arity } | Insn::CallFunLast { arity, .. } | Insn::CallFunOnly { arity } => {
            limit("arity", *arity, MAX_ARITY)
        }
        Insn::Apply { arity } | Insn::ApplyLast { arity, .. } | Insn::ApplyOnly { arity } => {
            limit("arity", *arity, MAX_ARITY)
        }
        Insn::Allocate { n, words, live } => {
            limit("slots", *n, u32::from(MAX_Y))?;
            limit("words", *words, MAX_RESERVE)?;
            limit("live", *live, u32::from(MAX_X))
        }
        Insn::TestHeap { words, live } => {
            limit("words", *words, MAX_RESERVE)?;
            limit("live", *live, u32::from(MAX_X))
        }
        Insn::TestArity { n, .. } => limit("size", *n, MAX_TUPLE),
        Insn::IsTaggedTuple { n, .. } => {
            limit("size", *n, MAX_TUPLE)?;
            if *n == 0 {
                fault(Rule::Limit, "a tagged tuple has an element")
            } else {
                Ok(())
            }
        }
        Insn::SelectVal { arms, .. } => {
            if arms
                .iter()
                .any(|a| !matches!(a.value, Src::Atom(_) | Src::Small(_)))
            {
                return fault(Rule::Select, "an arm is neither atom nor small integer");
            }
            if arms.iter().any(|a| a.label.raises()) {
                return fault(Rule::RaiseLabel, "an arm cannot raise");
            }
            distinct(
                arms.iter().map(|a| a.value),
                Rule::Select,
                "two arms have the same value",
            )
        }
        Insn::SelectArity { arms, .. } => distinct(
            arms.iter().map(|a| a.arity),
            Rule::Select,
            "two arms have the same size",
        ),
        Insn::GetList { hd, tl, .. } if hd == tl => {
            fault(Rule::Destinations, "head and tail go to one register")
        }
        Insn::PutTuple { elems, .. } => limit(
            "size",
            u32::try_from(elems.len()).unwrap_or(u32::MAX),
            MAX_TUPLE,
        ),
        Insn::MakeFun { lambda, free, .. } => {
            let wanted = m
                .lambdas
                .get(lambda.index())
                .map_or(0, |l| usize::from(l.free));
            if wanted == free.len() {
                Ok(())
            } else {
                fault(
                    Rule::Lambda,
                    format!("{} free variables instead of {wanted}", free.len()),
                )
            }
        }
        Insn::GetMapElements { fetch, .. } => {
            distinct(
                fetch.iter().map(|p| p.dst),
                Rule::Destinations,
                "two values go to one register",
            )?;
            let dsts: HashSet<Reg> = fetch.iter().map(|p| p.dst).collect();
            if fetch
                .iter()
                .any(|p| matches!(p.key, Src::Reg(r) if dsts.contains(&r)))
            {
                return fault(Rule::Destinations, "a key is also a destination");
            }
            Ok(())
        }
        Insn::Bif { import, args, .. } => match m.imports.get(import.index()) {
            Some(i) if m.atom(i.module) == "erlang" && usize::from(i.arity) == args.len() => Ok(()),
            _ => fault(Rule::Bif, format!("{} arguments", args.len())),
        },
        Insn::BsGetInteger { unit, .. }
        | Insn::BsGetFloat { unit, .. }
        | Insn::BsGetBinary { unit, .. }
        | Insn::BsSkipBits { unit, .. }
        | Insn::BsTestUnit { unit, .. } => units(*unit),
        Insn::BsMatchString { bits, value, .. } => match m.consts.get(value.index()) {
            Some(Const::Bits { bytes, last }) if u64::from(*bits) <= bit_len(bytes, *last) => {
                Ok(())
            }
            _ => fault(
                Rule::MatchString,
                format!("the constant has no {bits} bits"),
            ),
        },
        Insn::BsCreateBin { segments, .. } => segments
            .iter()
            .enumerate()
            .try_for_each(|(i, s)| segment(m, s, i)),
        _ => Ok(()),
    }
}

fn bit_len(bytes: &[u8], last: u8) -> u64 {
    (bytes.len() as u64 * 8).saturating_sub(8 - u64::from(last.min(8)))
}

fn units(unit: u16) -> Result<(), Fault> {
    if (1..=256).contains(&unit) {
        Ok(())
    } else {
        fault(Rule::Segment, format!("unit {unit}"))
    }
}

fn segment(m: &Module, s: &Segment, i: usize) -> Result<(), Fault> {
    units(s.unit)?;
    let fits = match s.kind {
        SegKind::Integer | SegKind::Float => s.size.is_some(),
        SegKind::Binary => true,
        SegKind::Utf8 | SegKind::Utf16 | SegKind::Utf32 => s.size.is_none(),
        SegKind::Append => i == 0 && s.size.is_none(),
        SegKind::String => {
            let is_bits = match s.value {
                Src::Const(c) => matches!(m.consts.get(c.index()), Some(Const::Bits { .. })),
                _ => false,
            };
            s.size.is_none() && is_bits
        }
    };
    if fits {
        Ok(())
    } else {
        fault(
            Rule::Segment,
            format!("segment {i} of kind {}", s.kind.name()),
        )
    }
}

fn add_handler(
    shape: &mut Shape,
    code: &[Insn],
    slot: u16,
    label: Label,
    kind: CatchKind,
) -> Result<(), Fault> {
    if label.raises() {
        return fault(Rule::RaiseLabel, "a handler is a place");
    }
    let known = &mut shape.handlers[label.index()];
    if known.is_some_and(|k| k != (slot, kind)) {
        return fault(Rule::Handler, "the handler serves another slot");
    }
    *known = Some((slot, kind));
    let first = code.get(shape.at[label.index()] + 1);
    let fits = match (kind, first) {
        (CatchKind::Try, Some(Insn::TryCase { slot: s })) => *s == Reg::Y(slot),
        (CatchKind::Catch, Some(Insn::CatchEnd { slot: s })) => *s == Reg::Y(slot),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        fault(
            Rule::Handler,
            "the handler does not start with the end of this catch",
        )
    }
}

/// `try_case` and `catch_end` stand only behind the label of a handler.
fn own_handler(insn: &Insn, pc: usize, code: &[Insn], shape: &Shape) -> Result<(), Fault> {
    if !matches!(insn, Insn::TryCase { .. } | Insn::CatchEnd { .. }) {
        return Ok(());
    }
    match pc.checked_sub(1).and_then(|p| code.get(p)) {
        Some(Insn::Label { label }) if shape.handlers[label.index()].is_some() => Ok(()),
        _ => fault(Rule::Handler, "no catch has its handler here"),
    }
}
