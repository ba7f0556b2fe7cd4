//! Segments of binaries: types, signs, byte orders, units and sizes that fit together.

use super::Linter;
use crate::ast::*;

/// The kinds of words in a type specifier list.
fn class(word: &str) -> Option<&'static str> {
    Some(match word {
        "integer" | "float" | "binary" | "bytes" | "bitstring" | "bits" | "utf8" | "utf16"
        | "utf32" => "type",
        "signed" | "unsigned" => "sign",
        "big" | "little" | "native" => "endianness",
        _ => return None,
    })
}

impl Linter<'_> {
    pub(super) fn binary(&mut self, elements: &[BinElement]) {
        for e in elements {
            self.segment(e, false);
        }
        let parts = elements
            .iter()
            .flat_map(|e| std::iter::once(&e.value).chain(&e.size));
        self.together(parts, false);
    }

    /// Checks one segment's type; true if it takes all that is left (a binary without size).
    pub(super) fn segment(&mut self, e: &BinElement, pattern: bool) -> bool {
        let mut chosen: [Option<&str>; 3] = [None; 3];
        let mut unit: Option<i64> = None;
        for spec in &e.specs {
            match spec {
                BinSpec::Word(w) => {
                    let Some(c) = class(w) else {
                        self.error(
                            "undefined_bittype",
                            e.span,
                            format!("bit type {w} undefined"),
                        );
                        return false;
                    };
                    let slot = match c {
                        "type" => 0,
                        "sign" => 1,
                        _ => 2,
                    };
                    let word = match &**w {
                        "bytes" => "binary",
                        "bits" => "bitstring",
                        w => w,
                    };
                    match chosen[slot] {
                        Some(old) if old != word => {
                            let text = format!(
                                "conflict in {c} specification for bit field: '{word}' and '{old}'"
                            );
                            self.error("bittype_mismatch", e.span, text);
                            return false;
                        }
                        _ => chosen[slot] = Some(word),
                    }
                }
                BinSpec::Sized(w, n) => match (&**w, n.as_i64()) {
                    ("unit", Some(u @ 1..=256)) => {
                        if let Some(old) = unit.replace(u).filter(|old| *old != u) {
                            let text = format!(
                                "conflict in unit specification for bit field: '{u}' and '{old}'"
                            );
                            self.error("bittype_mismatch", e.span, text);
                            return false;
                        }
                    }
                    _ => {
                        self.error(
                            "undefined_bittype",
                            e.span,
                            format!("bit type {{{w},{n}}} undefined"),
                        );
                        return false;
                    }
                },
            }
        }
        self.segment_size(e, chosen[0].unwrap_or("integer"), unit, pattern)
    }

    fn segment_size(&mut self, e: &BinElement, ty: &str, unit: Option<i64>, pattern: bool) -> bool {
        let utf = ty.starts_with("utf");
        if utf && (e.size.is_some() || unit.is_some()) {
            let text = "neither size nor unit must be given for segments of type utf8/utf16/utf32";
            self.error("utf_bittype_size_or_unit", e.span, text);
            return false;
        }
        let binary = matches!(ty, "binary" | "bitstring");
        if unit.is_some() && e.size.is_none() && !binary {
            let text = "a bit unit size must not be specified unless a size is specified too";
            self.error("bittype_unit", e.span, text);
            return false;
        }
        if pattern
            && matches!(e.value.kind, ExprKind::Str(_))
            && !utf
            && (e.size.is_some() || !e.specs.is_empty())
        {
            let text = "a literal string in a binary pattern must not have a type or a size";
            self.error("typed_literal_string", e.span, text);
            return false;
        }
        if let Some(size) = &e.size {
            let bad = match &size.kind {
                ExprKind::Int(i) => i.is_negative(),
                ExprKind::Float(_) | ExprKind::Str(_) | ExprKind::Nil | ExprKind::Tuple(_) => true,
                ExprKind::Atom(_) if pattern => {
                    let text = "a size expression in a pattern evaluates to a non-integer value; this pattern cannot \
                                possibly match";
                    self.warn("nomatch", "nomatch", size.span, text);
                    false
                }
                _ => false,
            };
            if bad {
                self.error("illegal_bitsize", size.span, "illegal bit size");
            } else if let (true, ExprKind::Int(Int::Small(n))) = (ty == "float", &size.kind) {
                let bits = n.saturating_mul(unit.unwrap_or(1));
                if pattern && !matches!(bits, 16 | 32 | 64) {
                    self.warn(
                        "bad_float_size",
                        "bad_float_size",
                        e.span,
                        "bad float bit size",
                    );
                }
            }
        }
        binary && e.size.is_none()
    }
}
