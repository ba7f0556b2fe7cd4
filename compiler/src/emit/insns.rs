//! From single operations and tests to instructions.

use transom_bytecode::{ArityArm, Insn, Label, MapFetch, MapPair, Reg, Segment, Src, ValueArm};

use super::{Emitter, label};
use crate::core::{Arith, BlockId, Kind, Op, OpKind, Raise, Take, Test, Val};

impl Emitter<'_> {
    /// An operation that is one instruction; `fail` is where failure goes, or `Label::RAISE`.
    pub(super) fn simple(&mut self, op: &Op, fail: Label) {
        if fail.raises() && can_raise(&op.kind) {
            self.position(op.line);
        }
        if !matches!(
            op.kind,
            OpKind::PutList(..)
                | OpKind::PutTuple(_)
                | OpKind::MakeFun(..)
                | OpKind::Move(_)
                | OpKind::GetHd(_)
                | OpKind::GetTl(_)
                | OpKind::GetElem(..)
        ) {
            self.reserved = 0;
        }
        let insn = match &op.kind {
            OpKind::Move(v) => {
                let src = self.src(*v);
                let dst = self.dst(op);
                Insn::Move { src, dst }
            }
            OpKind::PutList(h, t) => {
                let (head, tail) = (self.src(*h), self.src(*t));
                let dst = self.dst(op);
                Insn::PutList { head, tail, dst }
            }
            OpKind::PutTuple(vs) => {
                let elems = self.srcs(vs);
                let dst = self.dst(op);
                Insn::PutTuple { dst, elems }
            }
            OpKind::MakeFun(lambda, vs) => {
                let free = self.srcs(vs);
                let dst = self.dst(op);
                Insn::MakeFun {
                    dst,
                    lambda: *lambda,
                    free,
                }
            }
            OpKind::PutMap { exact, src, pairs } => {
                let src = self.src(*src);
                let pairs = pairs
                    .iter()
                    .map(|(k, v)| MapPair {
                        key: self.src(*k),
                        value: self.src(*v),
                    })
                    .collect();
                let dst = self.dst(op);
                match exact {
                    true => Insn::PutMapExact {
                        fail,
                        src,
                        dst,
                        pairs,
                    },
                    false => Insn::PutMapAssoc {
                        fail,
                        src,
                        dst,
                        pairs,
                    },
                }
            }
            OpKind::Arith(arith, a, b) => {
                let (a, b) = (self.src(*a), self.src(*b));
                let dst = self.dst(op);
                arith_insn(*arith, fail, a, b, dst)
            }
            OpKind::Bif(import, vs) => {
                let args = self.srcs(vs);
                let dst = self.dst(op);
                Insn::Bif {
                    fail,
                    import: *import,
                    dst,
                    args,
                }
            }
            OpKind::GetHd(v) => {
                let src = self.src(*v);
                let dst = self.dst(op);
                Insn::GetHd { src, dst }
            }
            OpKind::GetTl(v) => {
                let src = self.src(*v);
                let dst = self.dst(op);
                Insn::GetTl { src, dst }
            }
            OpKind::GetElem(v, index) => {
                let src = self.src(*v);
                let dst = self.dst(op);
                Insn::GetElem {
                    src,
                    index: *index,
                    dst,
                }
            }
            OpKind::BuildStack(v) => {
                let src = self.src(*v);
                let dst = self.dst(op);
                Insn::BuildStacktrace { src, dst }
            }
            OpKind::Fetch(src, pairs) => {
                let src = self.src(*src);
                let fetch: Vec<MapFetch> = pairs
                    .iter()
                    .map(|(k, v)| MapFetch {
                        key: self.src(*k),
                        dst: self.reg(*v),
                    })
                    .collect();
                fetch.iter().for_each(|m| self.wrote(m.dst));
                Insn::GetMapElements { fail, src, fetch }
            }
            OpKind::HasKeys(src, keys) => Insn::HasMapFields {
                fail,
                src: self.src(*src),
                keys: self.srcs(keys),
            },
            OpKind::CreateBin(segs) => {
                let segments = segs
                    .iter()
                    .map(|s| Segment {
                        kind: s.kind,
                        value: self.src(s.value),
                        size: s.size.map(|v| self.src(v)),
                        unit: s.unit,
                        flags: s.flags,
                    })
                    .collect();
                let dst = self.dst(op);
                Insn::BsCreateBin {
                    fail,
                    dst,
                    segments,
                }
            }
            OpKind::TryEnd(slot) => Insn::TryEnd {
                slot: self.reg(*slot),
            },
            OpKind::RemoveMessage => Insn::RemoveMessage {},
            OpKind::Timeout => Insn::Timeout {},
            OpKind::RecvMark => {
                let slot = self.dst(op);
                Insn::RecvMark { slot }
            }
            OpKind::RecvBind(slot, v) => Insn::RecvBind {
                slot: self.reg(*slot),
                reference: self.src(*v),
            },
            OpKind::RecvUse(v) => Insn::RecvUse {
                reference: self.src(*v),
            },
            OpKind::RecvClear(slot) => Insn::RecvClear {
                slot: self.reg(*slot),
            },
            _ => match self.matching(op, fail) {
                Some(insn) => insn,
                None => return,
            },
        };
        self.code.push(insn);
    }

    /// A register that holds a match context.
    fn ctx(&self, v: Val) -> Reg {
        match self.src(v) {
            Src::Reg(r) => r,
            // Contexts are variables by construction.
            Src::Small(_) | Src::Atom(_) | Src::Nil | Src::Const(_) => Reg::X(0),
        }
    }

    fn matching(&mut self, op: &Op, fail: Label) -> Option<Insn> {
        Some(match &op.kind {
            OpKind::BsStart(v) => {
                let src = self.src(*v);
                let dst = self.dst(op);
                Insn::BsStartMatch { fail, src, dst }
            }
            OpKind::BsTake {
                what,
                ctx,
                size,
                unit,
                flags,
            } => {
                let (ctx, unit, flags) = (self.ctx(*ctx), *unit, *flags);
                let sized = size.map(|v| self.src(v));
                let size = sized.unwrap_or(Src::Small(0));
                let dst = self.dst(op);
                match what {
                    Take::Integer => Insn::BsGetInteger {
                        fail,
                        ctx,
                        size,
                        unit,
                        flags,
                        dst,
                    },
                    Take::Float => Insn::BsGetFloat {
                        fail,
                        ctx,
                        size,
                        unit,
                        flags,
                        dst,
                    },
                    Take::Binary => Insn::BsGetBinary {
                        fail,
                        ctx,
                        size: sized,
                        unit,
                        dst,
                    },
                    Take::Utf8 => Insn::BsGetUtf8 {
                        fail,
                        ctx,
                        flags,
                        dst,
                    },
                    Take::Utf16 => Insn::BsGetUtf16 {
                        fail,
                        ctx,
                        flags,
                        dst,
                    },
                    Take::Utf32 => Insn::BsGetUtf32 {
                        fail,
                        ctx,
                        flags,
                        dst,
                    },
                }
            }
            OpKind::BsSkip {
                what,
                ctx,
                size,
                unit,
                flags,
            } => {
                let (ctx, size, unit, flags) = (self.ctx(*ctx), self.src(*size), *unit, *flags);
                match what {
                    Take::Integer | Take::Float | Take::Binary => Insn::BsSkipBits {
                        fail,
                        ctx,
                        size,
                        unit,
                    },
                    Take::Utf8 => Insn::BsSkipUtf8 { fail, ctx, flags },
                    Take::Utf16 => Insn::BsSkipUtf16 { fail, ctx, flags },
                    Take::Utf32 => Insn::BsSkipUtf32 { fail, ctx, flags },
                }
            }
            OpKind::BsString { ctx, bits, value } => Insn::BsMatchString {
                fail,
                ctx: self.ctx(*ctx),
                bits: *bits,
                value: *value,
            },
            OpKind::BsTail(ctx, bits) => Insn::BsTestTail {
                fail,
                ctx: self.ctx(*ctx),
                bits: *bits,
            },
            OpKind::BsUnit(ctx, unit) => Insn::BsTestUnit {
                fail,
                ctx: self.ctx(*ctx),
                unit: *unit,
            },
            OpKind::BsRest(ctx) => {
                let ctx = self.ctx(*ctx);
                let dst = self.dst(op);
                Insn::BsGetTail { ctx, dst }
            }
            OpKind::BsGetPos(ctx) => {
                let ctx = self.ctx(*ctx);
                let dst = self.dst(op);
                Insn::BsGetPosition { ctx, dst }
            }
            OpKind::BsSetPos(ctx, position) => Insn::BsSetPosition {
                ctx: self.ctx(*ctx),
                src: self.src(*position),
            },
            _ => return None,
        })
    }

    pub(super) fn select_val(&self, v: Val, arms: &[(Val, BlockId)], default: BlockId) -> Insn {
        Insn::SelectVal {
            src: self.src(v),
            default: label(default),
            arms: arms
                .iter()
                .map(|(v, b)| ValueArm {
                    value: self.src(*v),
                    label: label(*b),
                })
                .collect(),
        }
    }

    pub(super) fn select_arity(&self, v: Val, arms: &[(u32, BlockId)], default: BlockId) -> Insn {
        Insn::SelectArity {
            src: self.src(v),
            default: label(default),
            arms: arms
                .iter()
                .map(|(n, b)| ArityArm {
                    arity: *n,
                    label: label(*b),
                })
                .collect(),
        }
    }

    pub(super) fn raise(&self, r: &Raise) -> Insn {
        let src = |v: &Val| self.src(*v);
        match r {
            Raise::FuncClause(_) => Insn::FuncClause {},
            Raise::Badmatch(v) => Insn::Badmatch { src: src(v) },
            Raise::CaseClause(v) => Insn::CaseClause { src: src(v) },
            Raise::IfClause => Insn::IfClause {},
            Raise::TryClause(v) => Insn::TryClause { src: src(v) },
            Raise::ElseClause(v) => Insn::ElseClause { src: src(v) },
            Raise::Badrecord(v) => Insn::Badrecord { src: src(v) },
            Raise::Again(c, r, s) => Insn::Raise {
                class: src(c),
                reason: src(r),
                stack: src(s),
            },
        }
    }
}

/// Can the operation raise by itself?
fn can_raise(kind: &OpKind) -> bool {
    matches!(
        kind,
        OpKind::PutMap { .. } | OpKind::Arith(..) | OpKind::Bif(..) | OpKind::CreateBin(_)
    )
}

fn arith_insn(arith: Arith, fail: Label, a: Src, b: Src, dst: Reg) -> Insn {
    match arith {
        Arith::Add => Insn::Add { fail, a, b, dst },
        Arith::Sub => Insn::Sub { fail, a, b, dst },
        Arith::Mul => Insn::Mul { fail, a, b, dst },
        Arith::IntDiv => Insn::IntDiv { fail, a, b, dst },
        Arith::Rem => Insn::Rem { fail, a, b, dst },
        Arith::Band => Insn::Band { fail, a, b, dst },
        Arith::Bor => Insn::Bor { fail, a, b, dst },
        Arith::Bxor => Insn::Bxor { fail, a, b, dst },
        Arith::Bsl => Insn::Bsl { fail, a, b, dst },
        Arith::Bsr => Insn::Bsr { fail, a, b, dst },
    }
}

/// A test as an instruction.
pub(super) fn test(t: &Test, fail: Label, src: &dyn Fn(Val) -> Src) -> Insn {
    match *t {
        Test::Is(kind, v) => {
            let src = src(v);
            match kind {
                Kind::Integer => Insn::IsInteger { fail, src },
                Kind::Float => Insn::IsFloat { fail, src },
                Kind::Number => Insn::IsNumber { fail, src },
                Kind::Atom => Insn::IsAtom { fail, src },
                Kind::Boolean => Insn::IsBoolean { fail, src },
                Kind::Pid => Insn::IsPid { fail, src },
                Kind::Reference => Insn::IsReference { fail, src },
                Kind::Port => Insn::IsPort { fail, src },
                Kind::Nil => Insn::IsNil { fail, src },
                Kind::List => Insn::IsList { fail, src },
                Kind::Cons => Insn::IsCons { fail, src },
                Kind::Tuple => Insn::IsTuple { fail, src },
                Kind::Binary => Insn::IsBinary { fail, src },
                Kind::Bitstring => Insn::IsBitstring { fail, src },
                Kind::Map => Insn::IsMap { fail, src },
                Kind::Function => Insn::IsFunction { fail, src },
            }
        }
        Test::Function2(v, n) => Insn::IsFunction2 {
            fail,
            src: src(v),
            arity: src(n),
        },
        Test::Arity(v, n) => Insn::TestArity {
            fail,
            src: src(v),
            n,
        },
        Test::Tagged(v, n, tag) => Insn::IsTaggedTuple {
            fail,
            src: src(v),
            n,
            tag,
        },
        Test::EqExact(a, b) => Insn::EqExact {
            fail,
            a: src(a),
            b: src(b),
        },
        Test::NeExact(a, b) => Insn::NeExact {
            fail,
            a: src(a),
            b: src(b),
        },
        Test::Eq(a, b) => Insn::Eq {
            fail,
            a: src(a),
            b: src(b),
        },
        Test::Ne(a, b) => Insn::Ne {
            fail,
            a: src(a),
            b: src(b),
        },
        Test::Lt(a, b) => Insn::Lt {
            fail,
            a: src(a),
            b: src(b),
        },
        Test::Ge(a, b) => Insn::Ge {
            fail,
            a: src(a),
            b: src(b),
        },
    }
}
