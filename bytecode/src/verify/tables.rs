//! The verifier's first step: the tables of a module, apart from code.

use std::collections::HashSet;

use super::{Fault, Rule, fault};
use crate::module::{Const, Module};
use crate::operand::{AtomIx, MAX_TUPLE};

/// The deepest constant. What is nested deeper the compiler builds by instructions; everyone who walks constants may recurse.
pub const MAX_CONST_DEPTH: usize = 1_000;

pub(super) fn check(m: &Module) -> Result<(), Fault> {
    for (i, a) in m.atoms.iter().enumerate() {
        // Four bytes a character at most: the cheap test first.
        if a.len() > 255 && a.chars().count() > 255 {
            return fault(Rule::AtomIndex, format!("atom {i} is too long"));
        }
    }
    atom(m, m.name)?;
    for c in m
        .consts
        .iter()
        .chain([&m.attributes, &m.compile_info])
        .chain(&m.docs)
    {
        constant(m, c)?;
    }
    for i in &m.imports {
        atom(m, i.module)?;
        atom(m, i.name)?;
    }
    for l in &m.lines {
        if l.file as usize >= m.files.len() {
            return fault(
                Rule::LineIndex,
                format!("file {} of a position does not exist", l.file),
            );
        }
    }
    functions(m)?;
    for l in &m.lambdas {
        match m.functions.get(l.function.index()) {
            None => {
                return fault(
                    Rule::CodeIndex,
                    format!("lambda of function {}", l.function.0),
                );
            }
            Some(f) if f.arity < l.free => {
                return fault(
                    Rule::Lambda,
                    format!("{} free variables, {} arguments", l.free, f.arity),
                );
            }
            Some(_) => {}
        }
    }
    for r in &m.records {
        atom(m, r.name)?;
        for field in &r.fields {
            atom(m, field.name)?;
            if let Some(c) = &field.default {
                constant(m, c)?;
            }
        }
    }
    match m.on_load.map(|f| m.functions.get(f.index())) {
        None => Ok(()),
        Some(Some(f)) if f.arity == 0 => Ok(()),
        Some(_) => fault(Rule::OnLoad, "on_load names no function without arguments"),
    }
}

fn functions(m: &Module) -> Result<(), Fault> {
    let mut seen = HashSet::new();
    for f in &m.functions {
        atom(m, f.name)?;
        if f.line.index() >= m.lines.len() {
            return fault(
                Rule::LineIndex,
                format!("position {} of a function", f.line.0),
            );
        }
        if !seen.insert((m.atom(f.name), f.arity)) {
            return fault(
                Rule::Export,
                format!("{}/{} is defined twice", m.atom(f.name), f.arity),
            );
        }
    }
    seen.clear();
    for e in &m.exports {
        atom(m, e.name)?;
        let Some(f) = m.functions.get(e.function.index()) else {
            return fault(
                Rule::CodeIndex,
                format!("export of function {}", e.function.0),
            );
        };
        if m.atom(f.name) != m.atom(e.name) || f.arity != e.arity {
            return fault(
                Rule::Export,
                format!("export {}/{} is another function", m.atom(e.name), e.arity),
            );
        }
        if !seen.insert((m.atom(e.name), e.arity)) {
            return fault(
                Rule::Export,
                format!("{}/{} is exported twice", m.atom(e.name), e.arity),
            );
        }
    }
    Ok(())
}

fn atom(m: &Module, a: AtomIx) -> Result<(), Fault> {
    if a.index() < m.atoms.len() {
        Ok(())
    } else {
        fault(Rule::AtomIndex, format!("atom {} does not exist", a.0))
    }
}

/// Checks a constant with an explicit stack: the depth is not known yet.
fn constant(m: &Module, c: &Const) -> Result<(), Fault> {
    let bad = |what: &str| fault(Rule::ConstForm, what);
    let mut todo = vec![(c, 0usize)];
    while let Some((c, depth)) = todo.pop() {
        if depth > MAX_CONST_DEPTH {
            return bad("a constant is nested too deeply");
        }
        let below = depth + 1;
        match c {
            Const::Nil | Const::Int(_) => {}
            Const::Big {
                negative,
                magnitude,
            } => {
                if magnitude.last().is_none_or(|&b| b == 0) || fits_i64(*negative, magnitude) {
                    return bad("a big integer is not in normal form");
                }
            }
            Const::Float(f) => {
                if !f.get().is_finite() {
                    return bad("a float is not finite");
                }
            }
            Const::Atom(a) => atom(m, *a)?,
            Const::Bits { bytes, last } => {
                let loose = bytes
                    .last()
                    .is_some_and(|b| u32::from(*b) << (*last).min(8) & 0xff != 0);
                if !(1..=8).contains(last) || loose || (bytes.is_empty() && *last != 8) {
                    return bad("a bitstring has loose bits");
                }
            }
            Const::List { items, tail } => {
                if items.is_empty() || matches!(**tail, Const::List { .. }) {
                    return bad("a list is not in normal form");
                }
                todo.extend(items.iter().map(|c| (c, below)));
                todo.push((tail, below));
            }
            Const::Tuple(items) => {
                if items.len() > MAX_TUPLE as usize {
                    return bad("a tuple is too large");
                }
                todo.extend(items.iter().map(|c| (c, below)));
            }
            // Hashing keys recurses, so that waits until the depth is known to be bounded: see `map_keys`.
            Const::Map(pairs) => {
                todo.extend(pairs.iter().flat_map(|(k, v)| [(k, below), (v, below)]))
            }
            Const::ExportFun { module, name, .. } => {
                atom(m, *module)?;
                atom(m, *name)?;
            }
        }
    }
    map_keys(c)
}

fn map_keys(c: &Const) -> Result<(), Fault> {
    let mut todo = vec![c];
    while let Some(c) = todo.pop() {
        match c {
            Const::List { items, tail } => {
                todo.extend(items);
                todo.push(tail);
            }
            Const::Tuple(items) => todo.extend(items),
            Const::Map(pairs) => {
                let mut keys = HashSet::with_capacity(pairs.len());
                for (k, v) in pairs {
                    if !keys.insert(k) {
                        return fault(Rule::ConstForm, "a map has a key twice");
                    }
                    todo.push(k);
                    todo.push(v);
                }
            }
            Const::Nil
            | Const::Int(_)
            | Const::Big { .. }
            | Const::Float(_)
            | Const::Atom(_)
            | Const::Bits { .. }
            | Const::ExportFun { .. } => {}
        }
    }
    Ok(())
}

fn fits_i64(negative: bool, magnitude: &[u8]) -> bool {
    if magnitude.len() > 8 {
        return false;
    }
    let mut bytes = [0; 8];
    bytes[..magnitude.len()].copy_from_slice(magnitude);
    let v = u64::from_le_bytes(bytes);
    v <= i64::MAX as u64 || (negative && v == 1 << 63)
}
