//! How a block ends: jumps with their arguments, tests, selections, returns; and what is known to be written where it leads to.

use transom_bytecode::{Insn, Label, Reg, Src};

use super::{Emitter, insns, label};
use crate::core::{Block, BlockId, End, OpKind, Raise, Test, Val};

impl Emitter<'_> {
    fn goto(&mut self, to: BlockId, next: Option<BlockId>) {
        if next != Some(to) {
            self.code.push(Insn::Jump { target: label(to) });
        }
    }

    pub(super) fn end(&mut self, block: &Block, next: Option<BlockId>) {
        match &block.end {
            // A block that lowering left open cannot be reached; verification would say so.
            End::Open => self.code.push(Insn::IfClause {}),
            End::Jump(to, args) => {
                self.jump_moves(*to, args);
                self.goto(*to, next);
            }
            End::Test(t, yes, no) => {
                let insn = self.test(t, label(*no));
                self.code.push(insn);
                self.goto(*yes, next);
            }
            End::Or(op, yes, no) => {
                if matches!(
                    op.kind,
                    OpKind::PutList(..) | OpKind::PutTuple(_) | OpKind::MakeFun(..)
                ) {
                    self.reserve(std::slice::from_ref(op));
                }
                // When it fails nothing has been written.
                self.arrive(*no);
                self.simple(op, label(*no));
                self.arrive(*yes);
                self.goto(*yes, next);
                return;
            }
            End::SelectVal(v, arms, default) => {
                let insn = self.select_val(*v, arms, *default);
                self.code.push(insn);
            }
            End::SelectArity(v, arms, default) => {
                let insn = self.select_arity(*v, arms, *default);
                self.code.push(insn);
            }
            End::Return(v) => {
                let src = self.src(*v);
                self.parallel(vec![(Reg::X(0), src)]);
                if let Some(n) = self.frame_size() {
                    self.code.push(Insn::Deallocate { n });
                }
                self.code.push(Insn::Return {});
            }
            End::TailCall(callee, args) => {
                self.position(block.end_line);
                self.tail_call(callee, args);
            }
            End::Raise(r) => {
                if let Raise::FuncClause(args) = r {
                    let moves = args
                        .iter()
                        .enumerate()
                        .map(|(i, v)| (Reg::X(i as u16), self.src(*v)))
                        .collect();
                    self.parallel(moves);
                }
                self.position(block.end_line);
                let insn = self.raise(r);
                self.code.push(insn);
            }
            End::Try {
                slot,
                body,
                handler,
                old_catch,
            } => {
                let (slot, handler) = (self.reg(*slot), label(*handler));
                self.code.push(if *old_catch {
                    Insn::Catch { slot, handler }
                } else {
                    Insn::Try { slot, handler }
                });
                self.goto(*body, next);
            }
            End::LoopRec {
                dst,
                next: to,
                empty,
            } => {
                let dst = self.reg(*dst);
                self.code.push(Insn::LoopRec {
                    empty: label(*empty),
                    dst,
                });
                self.goto(*to, next);
                return;
            }
            End::LoopRecEnd(b) => self.code.push(Insn::LoopRecEnd { again: label(*b) }),
            End::Wait(b) => {
                self.written.clear();
                self.code.push(Insn::Wait { again: label(*b) });
            }
            End::WaitTimeout {
                again,
                time,
                next: to,
            } => {
                let src = self.src(*time);
                self.position(block.end_line);
                self.written.clear();
                self.code.push(Insn::WaitTimeout {
                    again: label(*again),
                    src,
                });
                self.goto(*to, next);
            }
        }
        block.end.for_each_target(&mut |t| self.arrive(t));
    }

    /// A way into a block, with the registers that are written now.
    fn arrive(&mut self, to: BlockId) {
        self.waiting[to.ix()] -= 1;
        match &mut self.incoming[to.ix()] {
            None => self.incoming[to.ix()] = Some(self.written.clone()),
            Some(known) => {
                known.truncate(self.written.len());
                known
                    .iter_mut()
                    .zip(&self.written)
                    .for_each(|(k, w)| *k &= *w);
            }
        }
    }

    /// Arguments of a jump go where the target's parameters are; on the way into framed code the frame is made.
    fn jump_moves(&mut self, to: BlockId, args: &[Val]) {
        let target = &self.f.blocks[to.ix()];
        let sources: Vec<Src> = args.iter().map(|v| self.src(*v)).collect();
        let opens = self.a.opens_at_end[self.at.ix()];
        let framed = self.framed;
        self.framed |= opens;
        let mut moves = Vec::new();
        for (i, (p, s)) in target.params.iter().zip(sources).enumerate() {
            let dst = if target.is_handler {
                Reg::X(i as u16)
            } else {
                self.reg(*p)
            };
            moves.push((dst, s));
        }
        self.framed = framed;
        if opens {
            let live = self.a.live_in[to.ix()].clone();
            for v in &live {
                self.occupy(*v);
            }
            self.open_frame(&[], moves, &live);
        } else {
            self.parallel(moves);
        }
    }

    fn test(&self, t: &Test, fail: Label) -> Insn {
        insns::test(t, fail, &|v| self.src(v))
    }
}
