//! Chains of operands and infix operators, put together by precedence while they are read.
//!
//! ```text
//! 1 = !          right      4 == /= =< < >= > =:= =/=   none
//! 2 orelse       right      5 ++ --                     right
//! 3 andalso      right      6 + - bor bxor bsl bsr or xor   left
//!                           7 * / div rem band and      left
//! ```

use crate::ast::{BinOp, Span};
use crate::grammar_support::{Node, Refused, binary, matching, refused};

/// An infix operator of expressions.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Infix {
    Match,
    Op(BinOp),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    None,
}

impl Infix {
    /// How strongly it binds, and to which side equals of it go.
    fn strength(self) -> (u8, Side) {
        let Infix::Op(op) = self else {
            return (1, Side::Right);
        };
        match op {
            BinOp::Send => (1, Side::Right),
            BinOp::OrElse => (2, Side::Right),
            BinOp::AndAlso => (3, Side::Right),
            BinOp::Eq
            | BinOp::Ne
            | BinOp::EqExact
            | BinOp::NeExact
            | BinOp::Lt
            | BinOp::Le
            | BinOp::Gt
            | BinOp::Ge => (4, Side::None),
            BinOp::Append | BinOp::Subtract => (5, Side::Right),
            BinOp::Add
            | BinOp::Sub
            | BinOp::Bor
            | BinOp::Bxor
            | BinOp::Bsl
            | BinOp::Bsr
            | BinOp::Or
            | BinOp::Xor => (6, Side::Left),
            BinOp::Mul | BinOp::FloatDiv | BinOp::Div | BinOp::Rem | BinOp::Band | BinOp::And => {
                (7, Side::Left)
            }
        }
    }

    fn text(self) -> &'static str {
        match self {
            Infix::Match => "=",
            Infix::Op(op) => op.as_str(),
        }
    }
}

/// Operands that wait for what is right of their operators, loosest first.
type Waiting = Vec<(Node, Span, Infix)>;

/// A chain that ends with an operand.
pub struct Chain {
    waiting: Waiting,
    last: Node,
}

/// A chain that ends with an operator.
pub struct Open(Waiting);

impl Open {
    /// The operand behind the operator.
    pub fn operand(self, last: Node) -> Chain {
        Chain {
            waiting: self.0,
            last,
        }
    }
}

impl Chain {
    /// One operand.
    pub fn new(last: Node) -> Chain {
        Chain {
            waiting: Vec::new(),
            last,
        }
    }

    /// An operator behind the last operand.
    ///
    /// # Errors
    /// Comparisons do not stand beside each other.
    pub fn operator(self, at: Span, op: Infix) -> Refused<Open> {
        let Chain {
            mut waiting,
            mut last,
        } = self;
        let (strength, side) = op.strength();
        while let Some((left, place, before)) = waiting.pop() {
            let (other, _) = before.strength();
            if other < strength || (other == strength && side == Side::Right) {
                waiting.push((left, place, before));
                break;
            }
            if other == strength && side == Side::None {
                return refused(at, format!("syntax error before: '{}'", op.text()));
            }
            last = joined(left, place, before, last);
        }
        waiting.push((last, at, op));
        Ok(Open(waiting))
    }

    /// All of it.
    pub fn finish(self) -> Node {
        let waiting = self.waiting.into_iter().rev();
        waiting.fold(self.last, |right, (left, at, op)| {
            joined(left, at, op, right)
        })
    }

    /// All of it where neither `=` nor `!` may stand, before this token.
    ///
    /// # Errors
    /// One of them is there.
    pub fn without_match(self, at: Span, before: &str) -> Refused<Node> {
        let loose = |w: &(Node, Span, Infix)| w.2.strength().0 == 1;
        if self.waiting.first().is_some_and(loose) {
            return refused(at, format!("syntax error before: '{before}'"));
        }
        Ok(self.finish())
    }
}

fn joined(left: Node, at: Span, op: Infix, right: Node) -> Node {
    match op {
        Infix::Match => matching(left, right),
        Infix::Op(op) => binary(at, op, left, right),
    }
}
