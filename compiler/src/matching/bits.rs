//! Matching of binaries. A match context is walked segment by segment; rows whose next segment is the same share the step.
//! A context is changed by walking it, so rows that are tried later first put it back to where it was.

use transom_bytecode::{Const, SegFlags};

use super::pattern::{Pat, as_float};
use super::{Leaf, Row};
use crate::ast::{BinElement, Expr, ExprKind};
use crate::core::{BlockId, OpKind, Take, Val};
use crate::lower::Lower;
use crate::lower::binaries::{SegType, Spec};

/// A segment of a pattern.
pub struct SegPat<'p> {
    pub value: Pat<'p>,
    pub what: Take,
    pub size: Size<'p>,
    pub unit: u16,
    pub flags: SegFlags,
}

/// Size of a segment.
#[derive(Clone, Copy)]
pub enum Size<'p> {
    /// Utf types have none; a last binary takes all.
    None,
    Units(i64),
    /// Computed when the segment is reached; variables of earlier segments may occur.
    Of(&'p Expr),
}

impl SegPat<'_> {
    fn same_step(&self, other: &SegPat<'_>) -> bool {
        let same_size = match (&self.size, &other.size) {
            (Size::None, Size::None) => true,
            (Size::Units(a), Size::Units(b)) => a == b,
            _ => false,
        };
        same_size && self.what == other.what && self.unit == other.unit && self.flags == other.flags
    }

    /// Size in bits if it is fixed.
    fn bits(&self) -> Option<i64> {
        match self.size {
            Size::Units(n) => n.checked_mul(i64::from(self.unit)),
            Size::None | Size::Of(_) => None,
        }
    }
}

/// How many rows from the first on begin with the same segment of `ctx`.
pub fn run(rows: &[Row<'_>], ctx: Val, segs: &[SegPat<'_>]) -> usize {
    rows.iter()
        .take_while(|r| {
            r.tests.iter().any(|(v, p)| {
                *v == ctx
                    && match p {
                        Pat::Segs(other) => match (segs.last(), other.last()) {
                            (None, None) => true,
                            (Some(a), Some(b)) => a.same_step(b) || std::ptr::eq(a, b),
                            _ => false,
                        },
                        _ => false,
                    }
            })
        })
        .count()
}

impl Lower<'_, '_> {
    /// Segments of a pattern, in the order of [`Pat::Segs`].
    pub fn bin_pattern<'p>(&mut self, elements: &'p [BinElement]) -> Vec<SegPat<'p>> {
        let mut out = Vec::new();
        for el in elements {
            let spec = Spec::of(el);
            let what = match spec.ty {
                SegType::Integer => Take::Integer,
                SegType::Float => Take::Float,
                SegType::Binary => Take::Binary,
                SegType::Utf8 => Take::Utf8,
                SegType::Utf16 => Take::Utf16,
                SegType::Utf32 => Take::Utf32,
            };
            let size = match (&el.size, spec.default_size) {
                (Some(e), _) => self.pattern_size(e),
                (None, Some(n)) => Size::Units(n),
                (None, None) => Size::None,
            };
            let seg = |value| SegPat {
                value,
                what,
                size,
                unit: spec.unit,
                flags: spec.flags,
            };
            match &el.value.kind {
                ExprKind::Str(s) => {
                    out.extend(s.chars().map(|c| {
                        let n = i64::from(u32::from(c));
                        seg(Pat::Value(match what {
                            Take::Float => self.value(Const::float(n as f64)),
                            _ => Val::Small(n),
                        }))
                    }));
                }
                _ => {
                    let value = self.pattern(&el.value);
                    out.push(seg(self.float_literal(what, value)));
                }
            }
        }
        out.reverse();
        out
    }

    fn pattern_size<'p>(&mut self, e: &'p Expr) -> Size<'p> {
        match crate::lower::literals::literal(&mut self.unit.pool, e) {
            Some(Const::Int(n)) if n >= 0 => Size::Units(n),
            _ => Size::Of(e),
        }
    }

    /// `<<1/float>>` matches 1.0.
    fn float_literal<'p>(&mut self, what: Take, value: Pat<'p>) -> Pat<'p> {
        match (what, value) {
            (Take::Float, Pat::Value(v)) => {
                let c = self.unit.pool.constant_of(v).and_then(|c| as_float(&c));
                Pat::Value(c.map_or(v, |c| self.value(c)))
            }
            (_, value) => value,
        }
    }

    /// Remembers the positions of contexts that the group will move and later rows still need.
    pub fn save_positions(&mut self, group: &[Row<'_>], rest: &[Row<'_>]) -> Vec<(Val, Val)> {
        let mut saved: Vec<(Val, Val)> = Vec::new();
        for (v, pat) in group.iter().flat_map(|r| &r.tests) {
            if matches!(pat, Pat::Segs(_))
                && !saved.iter().any(|s| s.0 == *v)
                && rest.iter().any(|r| r.tests.iter().any(|t| t.0 == *v))
            {
                let position = self.op(OpKind::BsGetPos(*v));
                saved.push((*v, position));
            }
        }
        saved
    }

    /// Rows that all begin with the same segment of a context.
    pub fn segment_group(
        &mut self,
        ctx: Val,
        mut rows: Vec<Row<'_>>,
        fail: BlockId,
        leaf: Leaf<'_>,
    ) {
        let mut pats: Vec<Vec<SegPat<'_>>> = Vec::with_capacity(rows.len());
        for row in &mut rows {
            match row.take(ctx) {
                Pat::Segs(segs) => pats.push(segs),
                _ => pats.push(Vec::new()),
            }
        }
        if pats.first().is_some_and(Vec::is_empty) {
            self.step_or(None, OpKind::BsTail(ctx, 0), fail);
            return self.match_rows(rows, fail, leaf);
        }
        if let ([row], [segs]) = (rows.as_mut_slice(), pats.as_mut_slice())
            && self.literal_prefix(ctx, segs, fail)
        {
            row.tests.insert(0, (ctx, Pat::Segs(std::mem::take(segs))));
            return self.match_rows(rows, fail, leaf);
        }
        let heads: Vec<SegPat<'_>> = pats.iter_mut().filter_map(Vec::pop).collect();
        let unused = heads.iter().all(|h| matches!(h.value, Pat::Any));
        let is_last = pats.iter().all(Vec::is_empty);
        let v = match heads.first() {
            Some(h) => self.segment(ctx, h, unused, is_last, rows.first(), fail),
            None => return,
        };
        let all_of_rest = is_last
            && heads
                .iter()
                .all(|h| h.what == Take::Binary && matches!(h.size, Size::None));
        let mut out = Vec::with_capacity(rows.len());
        for ((mut row, head), rest) in rows.into_iter().zip(heads).zip(pats) {
            let tests = std::mem::take(&mut row.tests);
            if !unused {
                row.add(self, v, head.value);
            }
            if !all_of_rest {
                row.tests.push((ctx, Pat::Segs(rest)));
            }
            row.tests.extend(tests);
            out.push(row);
        }
        self.match_rows(out, fail, leaf);
    }

    /// One step of a context; the value it yields (nothing of meaning when `unused`).
    fn segment(
        &mut self,
        ctx: Val,
        seg: &SegPat<'_>,
        unused: bool,
        is_last: bool,
        row: Option<&Row<'_>>,
        fail: BlockId,
    ) -> Val {
        if seg.what == Take::Binary && matches!(seg.size, Size::None) && is_last {
            if seg.unit > 1 {
                self.step_or(None, OpKind::BsUnit(ctx, seg.unit), fail);
            }
            return if unused {
                Val::Nil
            } else {
                self.op(OpKind::BsRest(ctx))
            };
        }
        let size = match seg.size {
            Size::None => None,
            Size::Units(n) => Some(Val::Small(n)),
            Size::Of(e) => Some(self.size_value(e, row, fail)),
        };
        let (what, unit, flags) = (seg.what, seg.unit, seg.flags);
        // A float has to be looked at even when its value is not wanted: not all bits are floats.
        let skips = unused && what != Take::Float && !(what == Take::Binary && size.is_none());
        if skips {
            let size = size.unwrap_or(Val::Small(0));
            let skip = OpKind::BsSkip {
                what,
                ctx,
                size,
                unit,
                flags,
            };
            self.step_or(None, skip, fail);
            return Val::Nil;
        }
        let take = OpKind::BsTake {
            what,
            ctx,
            size,
            unit,
            flags,
        };
        self.op_or(take, fail)
    }

    /// A size expression, with the variables of the row's earlier segments in scope. Failure means no match.
    fn size_value(&mut self, e: &Expr, row: Option<&Row<'_>>, fail: BlockId) -> Val {
        let mark = self.scope.mark();
        for (name, v) in row.iter().flat_map(|r| &r.binds) {
            self.scope.bind(name.clone(), *v);
        }
        let outer = self.guard.replace(fail);
        let v = self.value_of(e);
        self.guard = outer;
        self.scope.restore(mark);
        v
    }

    /// Two or more literal integers at the front of a lone row are compared in one go.
    fn literal_prefix(&mut self, ctx: Val, segs: &mut Vec<SegPat<'_>>, fail: BlockId) -> bool {
        let mut bits = crate::lower::binaries::BitBuf::default();
        let mut count = 0;
        for seg in segs.iter().rev() {
            let (Take::Integer, Some(n), Pat::Value(Val::Small(v))) =
                (seg.what, seg.bits(), &seg.value)
            else {
                break;
            };
            let whole = (0..64).contains(&n) && *v >= 0 && (n == 63 || *v < 1 << n);
            if !whole || (seg.flags.little() && n > 8) || seg.flags.signed() || bits.bits() > 65_536
            {
                break;
            }
            bits.push_int(*v, n as u32, false);
            count += 1;
        }
        if count < 2 {
            return false;
        }
        segs.truncate(segs.len() - count);
        let len = bits.bits() as u32;
        let value = self.unit.pool.constant(bits.into_const());
        self.step_or(
            None,
            OpKind::BsString {
                ctx,
                bits: len,
                value,
            },
            fail,
        );
        true
    }
}
