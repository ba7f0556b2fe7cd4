//! Calls, returns, frames and selections.

use transom_bytecode::{ArityArm, ImportIx, Insn, Label, Src, ValueArm};

use super::{Asm, Field, count};
use crate::code::words::LOp;

impl Asm<'_> {
    pub(super) fn calls(&mut self, i: &Insn) {
        match *i {
            Insn::Call { function } => {
                self.emit_wide(LOp::Call, 0, 0);
                self.call_field(Field::Bc32, function);
            }
            Insn::CallOnly { function } => {
                self.emit_wide(LOp::CallOnly, 0, 0);
                self.call_field(Field::Bc32, function);
            }
            Insn::CallLast { function, n } => {
                self.emit_wide(LOp::CallLast, n as u16, 0);
                self.call_field(Field::Bc32, function);
            }
            Insn::CallExt { import } => self.call_ext(import, LOp::CallExt, LOp::CallBif, 0),
            Insn::CallExtOnly { import } => {
                self.call_ext(import, LOp::CallExtOnly, LOp::CallBifOnly, 0);
            }
            Insn::CallExtLast { import, n } => {
                self.call_ext(import, LOp::CallExtLast, LOp::CallBifLast, n as u16);
            }
            Insn::CallFun { arity } => self.emit(LOp::CallFun, arity as u16, 0, 0),
            Insn::CallFunLast { arity, n } => {
                self.emit(LOp::CallFunLast, arity as u16, n as u16, 0);
            }
            Insn::CallFunOnly { arity } => self.emit(LOp::CallFunOnly, arity as u16, 0, 0),
            Insn::Apply { arity } => self.emit(LOp::Apply, arity as u16, 0, 0),
            Insn::ApplyLast { arity, n } => self.emit(LOp::ApplyLast, arity as u16, n as u16, 0),
            Insn::ApplyOnly { arity } => self.emit(LOp::ApplyOnly, arity as u16, 0, 0),
            Insn::Return {} => self.emit(LOp::Return, 0, 0, 0),
            Insn::Allocate { n, words, live } => match u16::try_from(words) {
                Ok(w) => self.emit(LOp::Allocate, n as u16, w, live as u16),
                Err(_) => {
                    self.emit(LOp::Allocate, n as u16, 0, live as u16);
                    self.test_heap(words, live);
                }
            },
            Insn::Deallocate { n } => self.emit(LOp::Deallocate, n as u16, 0, 0),
            Insn::TestHeap { words, live } => self.test_heap(words, live),
            _ => unreachable!("single sends only calls and frames here"),
        }
    }

    fn call_ext(&mut self, i: ImportIx, ext: LOp, bif: LOp, n: u16) {
        let (cell, is_bif) = self.resolve.cell(i);
        let arity = u16::from(self.module.imports[i.index()].arity);
        self.emit(if is_bif { bif } else { ext }, arity, n, 0);
        self.ext(cell);
    }

    fn test_heap(&mut self, words: u32, live: u32) {
        match u16::try_from(words) {
            Ok(w) => self.emit(LOp::TestHeap, w, 0, live as u16),
            Err(_) => {
                self.emit(LOp::TestHeapK, 0, 0, live as u16);
                self.ext(u64::from(words));
            }
        }
    }

    pub(super) fn select_val(&mut self, src: Src, default: Label, arms: &[ValueArm]) {
        let mut table: Vec<(u64, Label)> = arms
            .iter()
            .map(|a| (self.term(a.value).unwrap_or(0), a.label))
            .collect();
        table.sort_by_key(|(w, _)| *w);
        let r = self.reg_of(src, 0);
        let smalls = table.iter().all(|(w, _)| w & 15 == 0);
        table.sort_by_key(|(w, _)| *w as i64);
        let (first, last) = match (table.first(), table.last()) {
            (Some(f), Some(l)) => ((f.0 as i64) >> 4, (l.0 as i64) >> 4),
            _ => return self.jump(default),
        };
        let span = (last - first) as u64;
        if smalls && table.len() > 3 && span < table.len() as u64 * 3 && span < 60_000 {
            self.emit(LOp::SelectDense, r, span as u16 + 1, 0);
            self.ext_fail(default);
            self.ext(first as u64);
            let mut next = table.iter().peekable();
            for n in first..=last {
                match next.next_if(|(w, _)| (*w as i64) >> 4 == n) {
                    Some((_, to)) => self.ext_fail(*to),
                    None => self.ext_fail(default),
                }
            }
        } else if table.len() <= 6 {
            self.emit(LOp::SelectLinear, r, count(table.len()), 0);
            self.ext_fail(default);
            for (w, to) in table {
                self.ext(w);
                self.ext_fail(to);
            }
        } else {
            // The count needs more than 16 bits for large functions: it is an extension word.
            table.sort_by_key(|(w, _)| *w);
            self.emit(LOp::SelectBinary, r, 0, 0);
            self.ext_fail(default);
            self.ext(table.len() as u64);
            table.iter().for_each(|(w, _)| self.ext(*w));
            table.iter().for_each(|(_, to)| self.ext_fail(*to));
        }
    }

    pub(super) fn select_arity(&mut self, src: Src, default: Label, arms: &[ArityArm]) {
        let r = self.reg_of(src, 0);
        self.emit(LOp::SelectArity, r, count(arms.len()), 0);
        self.ext_fail(default);
        for arm in arms {
            self.ext(u64::from(arm.arity));
            self.ext_fail(arm.label);
        }
    }
}
