//! `chars_limit`: print about that many characters by lowering the depth until the text fits, and by cutting strings.
//! The reference spends the characters a little differently in nested terms; both are within a few of the limit.

use crate::doc::Doc;
use crate::measure::measure as measure_to;
use crate::options::Options;
use crate::view::View;

/// Measures for `~p` within `options.chars_limit`, if there is one.
pub(crate) fn measure<V: View>(term: V, options: &Options<'_>) -> Doc {
    let Ok(limit) = usize::try_from(options.chars_limit) else {
        return measure_to(term, options.depth, usize::MAX, options);
    };
    if limit == 0 {
        return measure_to(term, 0, usize::MAX, options);
    }
    let fits = |depth: i64| {
        let doc = measure_to(term, depth, limit + 1, options);
        (!doc.overflow).then_some(doc)
    };
    if let Some(doc) = fits(options.depth) {
        return doc;
    }
    // The deepest text that fits: double the depth until it does not, then halve the gap.
    let ceiling = if options.depth < 0 {
        i64::MAX
    } else {
        options.depth
    };
    let (mut low, mut step) = (1, 1);
    let mut best = measure_to(term, 1.min(ceiling), usize::MAX, options);
    while low + step < ceiling {
        match fits(low + step) {
            Some(doc) if doc.dots > 0 => {
                best = doc;
                low += step;
                step *= 2;
            }
            Some(doc) => return doc,
            None => break,
        }
    }
    let mut high = (low + step).min(ceiling);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match fits(middle) {
            Some(doc) => {
                best = doc;
                low = middle;
            }
            None => high = middle,
        }
    }
    best
}

/// `~w` within `options.chars_limit`.
pub(crate) fn write<V: View>(out: &mut String, term: V, options: &Options<'_>) {
    // Strings off and lines endless: measuring then gives the text of `~w`.
    let flat = Options {
        strings: false,
        line_length: usize::MAX / 2,
        records: &crate::options::NoRecords,
        ..*options
    };
    let doc = measure(term, &flat);
    if doc.dots == 0 && !doc.overflow {
        crate::write::write(out, term, options.depth, options);
    } else {
        crate::layout::print(out, &doc, &flat);
    }
}
