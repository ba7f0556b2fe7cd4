//! Calls whose result is only returned become tail calls: `R = f(X), R`. A loop that is written so runs in constant space.

use super::pool::Pool;
use super::{Block, BlockId, Callee, End, Func, OpKind, Val};
use crate::lower::bifs;

/// Turns every such call outside of `try` and `catch` into a tail call.
pub fn tail_calls(f: &mut Func, pool: &Pool) {
    for i in 0..f.blocks.len() {
        let block = &f.blocks[i];
        if block.handler.is_some() {
            continue;
        }
        if let Some(result) = returned(f, block)
            && let Some(op) = block.ops.last()
            && op.dst.map(Val::Var) == Some(result)
            && let OpKind::Call(callee, args) = &op.kind
            && may_return(*callee, pool)
        {
            let (end, line) = (End::TailCall(*callee, args.clone()), op.line);
            let block = &mut f.blocks[i];
            block.ops.pop();
            block.end = end;
            block.end_line = line;
        }
    }
}

/// What the function answers when it comes to the end of this block, if nothing is done on the way.
fn returned(f: &Func, block: &Block) -> Option<Val> {
    match &block.end {
        End::Return(v) => Some(*v),
        End::Jump(to, args) => {
            let (mut to, mut args): (BlockId, Vec<Val>) = (*to, args.clone());
            for _ in 0..16 {
                let next = &f.blocks[to.ix()];
                if !next.ops.is_empty() || next.is_handler || next.handler.is_some() {
                    return None;
                }
                let known = |v: Val| {
                    let at = next.params.iter().position(|p| Val::Var(*p) == v);
                    at.and_then(|at| args.get(at).copied()).unwrap_or(v)
                };
                match &next.end {
                    End::Return(v) => return Some(known(*v)),
                    End::Jump(after, more) => {
                        args = more.iter().map(|v| known(*v)).collect();
                        to = *after;
                    }
                    _ => return None,
                }
            }
            None
        }
        _ => None,
    }
}

/// Functions that raise must be on the stack when the trace is taken.
fn may_return(callee: Callee, pool: &Pool) -> bool {
    match callee {
        Callee::Ext(import) => {
            let (module, name, arity) = pool.import_text(import);
            !bifs::never_returns(module, name, arity)
        }
        Callee::Local(_) | Callee::Fun(_) | Callee::Apply(..) => true,
    }
}
