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

/// Type and unit that a segment's specifiers say together.
///
/// # Errors
/// Code and text of what is wrong with them.
pub(crate) fn segment_type(e: &BinElement) -> Result<(&str, Option<i64>), (&'static str, String)> {
    let mut chosen: [Option<&str>; 3] = [None; 3];
    let mut unit: Option<i64> = None;
    let mut given = |u: i64| match unit.replace(u).filter(|old| *old != u) {
        Some(old) => Err((
            "bittype_mismatch",
            format!("conflict in unit specification for bit field: '{u}' and '{old}'"),
        )),
        None => Ok(()),
    };
    for spec in &e.specs {
        match spec {
            BinSpec::Word(w) => {
                let Some(c) = class(w) else {
                    return Err(("undefined_bittype", format!("bit type {w} undefined")));
                };
                let slot = match c {
                    "type" => 0,
                    "sign" => 1,
                    _ => 2,
                };
                // Binaries all, with units of their own.
                let (word, own_unit) = match &**w {
                    "bytes" => ("binary", Some(8)),
                    "bits" | "bitstring" => ("binary", Some(1)),
                    w => (w, None),
                };
                match chosen[slot] {
                    Some(old) if old != word => {
                        let text = format!(
                            "conflict in {c} specification for bit field: '{word}' and '{old}'"
                        );
                        return Err(("bittype_mismatch", text));
                    }
                    _ => chosen[slot] = Some(word),
                }
                own_unit.map_or(Ok(()), &mut given)?;
            }
            BinSpec::Sized(w, n) => match (&**w, n.as_i64()) {
                ("unit", Some(u @ 1..=256)) => given(u)?,
                _ => {
                    let text = format!("bit type {{{w},{n}}} undefined");
                    return Err(("undefined_bittype", text));
                }
            },
        }
    }
    let ty = chosen[0].unwrap_or("integer");
    if ty.starts_with("utf") && (e.size.is_some() || unit.is_some()) {
        let text = "neither size nor unit must be given for segments of type utf8/utf16/utf32";
        return Err(("utf_bittype_size_or_unit", text.to_owned()));
    }
    if unit.is_some() && e.size.is_none() && ty != "binary" {
        let text = "a bit unit size must not be specified unless a size is specified too";
        return Err(("bittype_unit", text.to_owned()));
    }
    Ok((ty, unit))
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
        match segment_type(e) {
            Ok((ty, unit)) => self.segment_size(e, ty, unit, pattern),
            Err((code, text)) => {
                self.error(code, e.span, text);
                false
            }
        }
    }

    fn segment_size(&mut self, e: &BinElement, ty: &str, unit: Option<i64>, pattern: bool) -> bool {
        let utf = ty.starts_with("utf");
        let binary = ty == "binary";
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
                ExprKind::Atom(_) | ExprKind::Float(_) | ExprKind::Nil | ExprKind::Tuple(_)
                    if pattern =>
                {
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
                if !matches!(bits, 16 | 32 | 64) {
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
