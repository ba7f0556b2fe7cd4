//! What operations and ends read, define and go to: seen and replaced one by one. Every pass walks Core through these, so a new
//! kind of operation says here, once, what its operands are.

use super::{BlockId, Callee, End, Op, OpKind, Raise, Test, Val, Var};

impl Op {
    /// All variables that the operation defines.
    pub fn for_each_def(&self, see: &mut dyn FnMut(Var)) {
        if let Some(v) = self.dst {
            see(v);
        }
        if let OpKind::Fetch(_, pairs) = &self.kind {
            pairs.iter().for_each(|(_, v)| see(*v));
        }
    }

    /// All operands.
    pub fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        self.kind.for_each_use(see);
    }
}

impl OpKind {
    /// All operands, in order.
    pub fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            OpKind::Move(a)
            | OpKind::GetHd(a)
            | OpKind::GetTl(a)
            | OpKind::GetElem(a, _)
            | OpKind::BuildStack(a)
            | OpKind::BsStart(a)
            | OpKind::BsTail(a, _)
            | OpKind::BsUnit(a, _)
            | OpKind::BsRest(a)
            | OpKind::BsGetPos(a)
            | OpKind::RecvUse(a)
            | OpKind::BsString { ctx: a, .. } => see(*a),
            OpKind::PutList(a, b)
            | OpKind::Arith(_, a, b)
            | OpKind::Send(a, b)
            | OpKind::BsSetPos(a, b)
            | OpKind::BsSkip {
                ctx: a, size: b, ..
            } => {
                see(*a);
                see(*b);
            }
            OpKind::PutTuple(vs) | OpKind::MakeFun(_, vs) | OpKind::Bif(_, vs) => {
                vs.iter().for_each(|v| see(*v));
            }
            OpKind::PutMap { src, pairs, .. } => {
                see(*src);
                for (k, v) in pairs {
                    see(*k);
                    see(*v);
                }
            }
            OpKind::Call(callee, args) => {
                args.iter().for_each(|v| see(*v));
                callee.for_each_use(see);
            }
            OpKind::CreateBin(segs) => {
                for s in segs {
                    see(s.value);
                    s.size.into_iter().for_each(&mut *see);
                }
            }
            OpKind::Fetch(src, pairs) => {
                see(*src);
                pairs.iter().for_each(|(k, _)| see(*k));
            }
            OpKind::HasKeys(src, keys) => {
                see(*src);
                keys.iter().for_each(|k| see(*k));
            }
            OpKind::BsTake { ctx, size, .. } => {
                see(*ctx);
                size.iter().for_each(|v| see(*v));
            }
            OpKind::TryEnd(v) | OpKind::TryCase(v) | OpKind::RecvClear(v) => see(Val::Var(*v)),
            OpKind::CatchEnd(v, a) | OpKind::RecvBind(v, a) => {
                see(Val::Var(*v));
                see(*a);
            }
            OpKind::RemoveMessage | OpKind::Timeout | OpKind::RecvMark => {}
        }
    }

    /// Replaces operands.
    pub fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        let mut fix = |v: &mut Val| *v = f(*v);
        match self {
            OpKind::Move(a)
            | OpKind::GetHd(a)
            | OpKind::GetTl(a)
            | OpKind::GetElem(a, _)
            | OpKind::BuildStack(a)
            | OpKind::BsStart(a)
            | OpKind::BsTail(a, _)
            | OpKind::BsUnit(a, _)
            | OpKind::BsRest(a)
            | OpKind::BsGetPos(a)
            | OpKind::RecvUse(a)
            | OpKind::CatchEnd(_, a)
            | OpKind::RecvBind(_, a)
            | OpKind::BsString { ctx: a, .. } => fix(a),
            OpKind::PutList(a, b)
            | OpKind::Arith(_, a, b)
            | OpKind::Send(a, b)
            | OpKind::BsSetPos(a, b)
            | OpKind::BsSkip {
                ctx: a, size: b, ..
            } => {
                fix(a);
                fix(b);
            }
            OpKind::PutTuple(vs) | OpKind::MakeFun(_, vs) | OpKind::Bif(_, vs) => {
                vs.iter_mut().for_each(fix);
            }
            OpKind::PutMap { src, pairs, .. } => {
                fix(src);
                for (k, v) in pairs {
                    fix(k);
                    fix(v);
                }
            }
            OpKind::Call(callee, args) => {
                args.iter_mut().for_each(&mut fix);
                callee.map_uses(f);
            }
            OpKind::CreateBin(segs) => {
                for s in segs {
                    fix(&mut s.value);
                    s.size.iter_mut().for_each(&mut fix);
                }
            }
            OpKind::Fetch(src, pairs) => {
                fix(src);
                pairs.iter_mut().for_each(|(k, _)| fix(k));
            }
            OpKind::HasKeys(src, keys) => {
                fix(src);
                keys.iter_mut().for_each(fix);
            }
            OpKind::BsTake { ctx, size, .. } => {
                fix(ctx);
                size.iter_mut().for_each(fix);
            }
            OpKind::TryEnd(_)
            | OpKind::TryCase(_)
            | OpKind::RecvClear(_)
            | OpKind::RemoveMessage
            | OpKind::Timeout
            | OpKind::RecvMark => {}
        }
    }
}

impl Callee {
    fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            Callee::Local(_) | Callee::Ext(_) => {}
            Callee::Fun(f) => see(*f),
            Callee::Apply(m, f) => {
                see(*m);
                see(*f);
            }
        }
    }

    fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        match self {
            Callee::Local(_) | Callee::Ext(_) => {}
            Callee::Fun(a) => *a = f(*a),
            Callee::Apply(a, b) => {
                *a = f(*a);
                *b = f(*b);
            }
        }
    }
}

impl Test {
    fn parts(&mut self) -> [Option<&mut Val>; 2] {
        match self {
            Test::Is(_, a) | Test::Arity(a, _) | Test::Tagged(a, _, _) => [Some(a), None],
            Test::Function2(a, b)
            | Test::EqExact(a, b)
            | Test::NeExact(a, b)
            | Test::Eq(a, b)
            | Test::Ne(a, b)
            | Test::Lt(a, b)
            | Test::Ge(a, b) => [Some(a), Some(b)],
        }
    }
}

impl Raise {
    pub(super) fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            Raise::FuncClause(args) => args.iter().for_each(|v| see(*v)),
            Raise::Badmatch(v)
            | Raise::CaseClause(v)
            | Raise::TryClause(v)
            | Raise::ElseClause(v)
            | Raise::Badrecord(v) => see(*v),
            Raise::IfClause => {}
            Raise::Again(a, b, c) => [a, b, c].iter().for_each(|v| see(**v)),
        }
    }

    fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        match self {
            Raise::FuncClause(args) => args.iter_mut().for_each(|v| *v = f(*v)),
            Raise::Badmatch(v)
            | Raise::CaseClause(v)
            | Raise::TryClause(v)
            | Raise::ElseClause(v)
            | Raise::Badrecord(v) => *v = f(*v),
            Raise::IfClause => {}
            Raise::Again(a, b, c) => [a, b, c].into_iter().for_each(|v| *v = f(*v)),
        }
    }
}

impl End {
    /// All operands of the end, arguments of a jump included.
    pub fn for_each_use(&self, see: &mut dyn FnMut(Val)) {
        match self {
            End::Open | End::LoopRec { .. } | End::LoopRecEnd(_) | End::Wait(_) => {}
            End::Try { .. } => {}
            End::Jump(_, args) => args.iter().for_each(|v| see(*v)),
            End::Test(t, ..) => {
                let mut t = *t;
                t.parts().into_iter().flatten().for_each(|v| see(*v));
            }
            End::Or(op, ..) => op.for_each_use(see),
            End::SelectVal(v, ..)
            | End::SelectArity(v, ..)
            | End::Return(v)
            | End::WaitTimeout { time: v, .. } => see(*v),
            End::TailCall(callee, args) => {
                args.iter().for_each(|v| see(*v));
                callee.for_each_use(see);
            }
            End::Raise(r) => r.for_each_use(see),
        }
    }

    /// Replaces operands.
    pub fn map_uses(&mut self, f: &mut dyn FnMut(Val) -> Val) {
        match self {
            End::Open | End::LoopRec { .. } | End::LoopRecEnd(_) | End::Wait(_) => {}
            End::Try { .. } => {}
            End::Jump(_, args) => args.iter_mut().for_each(|v| *v = f(*v)),
            End::Test(t, ..) => t.parts().into_iter().flatten().for_each(|v| *v = f(*v)),
            End::Or(op, ..) => op.kind.map_uses(f),
            End::SelectVal(v, ..)
            | End::SelectArity(v, ..)
            | End::Return(v)
            | End::WaitTimeout { time: v, .. } => *v = f(*v),
            End::TailCall(callee, args) => {
                args.iter_mut().for_each(|v| *v = f(*v));
                callee.map_uses(f);
            }
            End::Raise(r) => r.map_uses(f),
        }
    }

    /// Variables that the end defines.
    pub fn for_each_def(&self, see: &mut dyn FnMut(Var)) {
        match self {
            End::Or(op, ..) => op.for_each_def(see),
            End::Try { slot, .. } => see(*slot),
            End::LoopRec { dst, .. } => see(*dst),
            End::Open
            | End::Jump(..)
            | End::Test(..)
            | End::SelectVal(..)
            | End::SelectArity(..)
            | End::Return(_)
            | End::TailCall(..)
            | End::Raise(_)
            | End::LoopRecEnd(_)
            | End::Wait(_)
            | End::WaitTimeout { .. } => {}
        }
    }

    /// The blocks it may go to.
    pub fn for_each_target(&self, see: &mut dyn FnMut(BlockId)) {
        match self {
            End::Jump(b, _) | End::LoopRecEnd(b) | End::Wait(b) => see(*b),
            End::Test(_, a, b) | End::Or(_, a, b) => {
                see(*a);
                see(*b);
            }
            End::SelectVal(_, arms, default) => {
                arms.iter().for_each(|(_, b)| see(*b));
                see(*default);
            }
            End::SelectArity(_, arms, default) => {
                arms.iter().for_each(|(_, b)| see(*b));
                see(*default);
            }
            End::Try { body, handler, .. } => {
                see(*body);
                see(*handler);
            }
            End::LoopRec { next, empty, .. } => {
                see(*next);
                see(*empty);
            }
            End::WaitTimeout { again, next, .. } => {
                see(*again);
                see(*next);
            }
            End::Open | End::Return(_) | End::TailCall(..) | End::Raise(_) => {}
        }
    }

    /// Replaces targets.
    pub fn map_targets(&mut self, f: &mut dyn FnMut(BlockId) -> BlockId) {
        let mut fix = |b: &mut BlockId| *b = f(*b);
        match self {
            End::Jump(b, _) | End::LoopRecEnd(b) | End::Wait(b) => fix(b),
            End::Test(_, a, b) | End::Or(_, a, b) => {
                fix(a);
                fix(b);
            }
            End::SelectVal(_, arms, default) => {
                arms.iter_mut().for_each(|(_, b)| fix(b));
                fix(default);
            }
            End::SelectArity(_, arms, default) => {
                arms.iter_mut().for_each(|(_, b)| fix(b));
                fix(default);
            }
            End::Try { body, handler, .. } => {
                fix(body);
                fix(handler);
            }
            End::LoopRec { next, empty, .. } => {
                fix(next);
                fix(empty);
            }
            End::WaitTimeout { again, next, .. } => {
                fix(again);
                fix(next);
            }
            End::Open | End::Return(_) | End::TailCall(..) | End::Raise(_) => {}
        }
    }
}
