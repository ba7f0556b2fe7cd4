//! Matching and making of binaries.

use transom_bytecode::*;

use super::{I, X0, X1, X2, at, base, l, r};

pub fn module() -> Module {
    let (fail, ctx, dst, flags) = (l(2), X1, X2, SegFlags::NONE);
    let size = Src::Small(8);
    let segment = |kind, value, size, unit, flags| Segment {
        kind,
        value,
        size,
        unit,
        flags,
    };
    base(vec![(
        1,
        vec![
            I::BsStartMatch {
                fail,
                src: r(X0),
                dst: X1,
            },
            I::BsMatchString {
                fail,
                ctx,
                bits: 11,
                value: ConstIx(3),
            },
            I::BsGetInteger {
                fail,
                ctx,
                size,
                unit: 1,
                flags: SegFlags::LITTLE.with(SegFlags::SIGNED),
                dst,
            },
            I::BsGetFloat {
                fail,
                ctx,
                size,
                unit: 8,
                flags,
                dst,
            },
            I::BsGetBinary {
                fail,
                ctx,
                size: None,
                unit: 8,
                dst,
            },
            I::BsGetBinary {
                fail,
                ctx,
                size: Some(size),
                unit: 8,
                dst,
            },
            I::BsGetUtf8 {
                fail,
                ctx,
                flags,
                dst,
            },
            I::BsGetUtf16 {
                fail,
                ctx,
                flags: SegFlags::NATIVE,
                dst,
            },
            I::BsGetUtf32 {
                fail,
                ctx,
                flags,
                dst,
            },
            I::BsSkipBits {
                fail,
                ctx,
                size,
                unit: 256,
            },
            I::BsSkipUtf8 { fail, ctx, flags },
            I::BsSkipUtf16 { fail, ctx, flags },
            I::BsSkipUtf32 { fail, ctx, flags },
            I::BsTestUnit { fail, ctx, unit: 8 },
            I::BsGetPosition { ctx, dst },
            I::BsSetPosition { ctx, src: r(X2) },
            I::BsTestTail { fail, ctx, bits: 0 },
            I::BsGetTail { ctx, dst },
            I::BsCreateBin {
                fail: Label::RAISE,
                dst: X0,
                segments: vec![
                    segment(SegKind::Append, r(X0), None, 8, flags),
                    segment(
                        SegKind::Integer,
                        Src::Small(258),
                        Some(Src::Small(16)),
                        1,
                        SegFlags::LITTLE,
                    ),
                    segment(
                        SegKind::Float,
                        Src::Const(ConstIx(4)),
                        Some(Src::Small(64)),
                        1,
                        flags,
                    ),
                    segment(SegKind::Binary, r(X2), Some(size), 8, flags),
                    segment(SegKind::Utf8, Src::Small(955), None, 1, flags),
                    segment(SegKind::Utf16, Src::Small(955), None, 1, SegFlags::LITTLE),
                    segment(SegKind::Utf32, Src::Small(955), None, 1, flags),
                    segment(SegKind::String, Src::Const(ConstIx(3)), None, 1, flags),
                ],
            },
            I::Return {},
            at(2),
            I::IfClause {},
        ],
    )])
}
