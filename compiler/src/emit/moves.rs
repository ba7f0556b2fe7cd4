//! Parallel moves: all sources are read before any destination is written, with as few instructions as that takes.

use transom_bytecode::{Insn, Reg, Src};

use super::Emitter;

impl Emitter<'_> {
    /// Emits the moves. A move whose destination nobody still has to read goes first; what remains are rings, turned by swaps.
    pub(super) fn parallel(&mut self, mut moves: Vec<(Reg, Src)>) {
        moves.retain(|(d, s)| Src::Reg(*d) != *s);
        for (d, _) in &moves {
            self.wrote(*d);
        }
        // Constants are read by nobody else's leave: they go last.
        let mut constants = Vec::new();
        moves.retain(|m| match m.1 {
            Src::Reg(_) => true,
            _ => {
                constants.push(*m);
                false
            }
        });
        while !moves.is_empty() {
            let free = moves
                .iter()
                .position(|(d, _)| moves.iter().all(|(_, s)| *s != Src::Reg(*d)));
            if let Some(i) = free {
                let (dst, src) = moves.swap_remove(i);
                self.code.push(Insn::Move { src, dst });
                continue;
            }
            let Some((a, Src::Reg(b))) = moves.pop() else {
                return;
            };
            self.code.push(Insn::Swap { a, b });
            for (_, s) in &mut moves {
                if *s == Src::Reg(a) {
                    *s = Src::Reg(b);
                } else if *s == Src::Reg(b) {
                    *s = Src::Reg(a);
                }
            }
            moves.retain(|(d, s)| Src::Reg(*d) != *s);
        }
        for (dst, src) in constants {
            self.code.push(Insn::Move { src, dst });
        }
    }
}
