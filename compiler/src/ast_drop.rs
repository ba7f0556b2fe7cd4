//! Dropping deep trees on a shallow stack. `Drop` of a tree node calls itself for the children; past a fixed depth
//! the children are put on a list of the thread instead, and the outermost drop empties that list. So a tree of any depth
//! needs a few hundred frames, whichever thread happens to let go of it last.

use std::cell::{Cell, RefCell};

use crate::abstract_term::Term;
use crate::ast::{Expr, ExprKind};
use crate::ast_types::{Type, TypeKind};

/// A subtree whose end has been put off. Nothing reads it; it only waits to be dropped.
#[expect(dead_code, reason = "held for its drop")]
pub enum Deferred {
    Expr(ExprKind),
    Type(TypeKind),
    Terms(Vec<Term>),
}

const MAX_DEPTH: u32 = 200;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static QUEUE: RefCell<Vec<Deferred>> = const { RefCell::new(Vec::new()) };
}

/// Drops `tree` now, or later if the thread is already deep in drops.
pub(crate) fn release(tree: Deferred) {
    // While a thread ends its locals may be gone already; then nothing is left but the plain way.
    let depth = DEPTH.try_with(Cell::get).unwrap_or(0);
    if depth >= MAX_DEPTH {
        let mut tree = Some(tree);
        let _ = QUEUE.try_with(|q| q.borrow_mut().extend(tree.take()));
        return;
    }
    let set = |d| {
        let _ = DEPTH.try_with(|c| c.set(d));
    };
    set(depth + 1);
    drop(tree);
    if depth == 0 {
        while let Some(later) = QUEUE.try_with(|q| q.borrow_mut().pop()).ok().flatten() {
            drop(later);
        }
    }
    set(depth);
}

impl Drop for Expr {
    fn drop(&mut self) {
        match &self.kind {
            ExprKind::Var(_)
            | ExprKind::Atom(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Char(_) => {}
            ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::FunLocal(..)
            | ExprKind::RecordIndex { .. } => {}
            _ => release(Deferred::Expr(std::mem::take(&mut self.kind))),
        }
    }
}

impl Drop for Type {
    fn drop(&mut self) {
        match &self.kind {
            TypeKind::Var(_) | TypeKind::Atom(_) | TypeKind::Int(_) | TypeKind::Nil => {}
            _ => release(Deferred::Type(std::mem::take(&mut self.kind))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::{Span, UnOp};

    #[test]
    fn deep_trees_drop_on_a_small_stack() {
        let small = std::thread::Builder::new().stack_size(256 * 1024);
        let thread = small.spawn(|| {
            let mut e = Expr::new(Span::default(), ExprKind::Nil);
            let mut t = Type::new(Span::default(), TypeKind::Nil);
            let mut term = Term::nil();
            for _ in 0..1_000_000 {
                e = Expr::new(Span::default(), ExprKind::Unary(UnOp::Not, Box::new(e)));
                t = Type::new(Span::default(), TypeKind::List(Box::new(t)));
                term = Term::Tuple(vec![term]);
            }
            drop((e, t, term));
        });
        thread.expect("thread starts").join().expect("no overflow");
    }
}
