//! Attributes that name functions: what they say must be well formed and about functions of the module.

use super::{Key, Linter, show};
use crate::abstract_term::{Term, quote_atom};
use crate::ast::*;

/// What dialyzer can be told, besides `nowarn_function`.
const DIALYZER: &str = " error_handling extra_return missing_return no_behaviours no_contracts no_extra_return \
    no_fail_call no_fun_app no_improper_lists no_match no_missing_calls no_missing_return no_opaque no_return \
    no_undefined_callbacks no_underspecs no_unknown no_unused overlapping_contract overspecs race_conditions \
    specdiffs underspecs unknown unmatched_returns ";

/// A name or number that may be `'_'`.
enum Each<T> {
    Any,
    One(T),
}

/// `{Name, Arity}` of an attribute, either of them maybe `'_'`, and what else stands in the tuple.
fn named(t: &Term) -> Option<(Each<Name>, Each<u32>, &[Term])> {
    let [name, arity, rest @ ..] = t.as_tuple()? else {
        return None;
    };
    let name = name.as_atom()?;
    let name = match &**name {
        "_" => Each::Any,
        _ => Each::One(name.clone()),
    };
    let arity = match arity {
        any if any.is_atom("_") => Each::Any,
        n => Each::One(u32::try_from(n.as_i64()?).ok()?),
    };
    Some((name, arity, rest))
}

/// The items of an attribute that holds one thing or a list of them.
fn items(value: &Term) -> Vec<Term> {
    value.to_list().unwrap_or_else(|| vec![value.clone()])
}

/// `{Name, Arity}`.
fn pair(t: &Term) -> Option<Key> {
    match t.as_tuple()? {
        [name, arity] => Some((
            name.as_atom()?.clone(),
            u32::try_from(arity.as_i64()?).ok()?,
        )),
        _ => None,
    }
}

fn is_text(t: &Term) -> bool {
    matches!(t, Term::Str(_))
        || t.to_list()
            .is_some_and(|l| l.iter().all(|c| c.as_i64().is_some()))
}

impl Linter<'_> {
    pub(super) fn attributes(&mut self, forms: &[Form]) {
        let mut nifs = None;
        let mut functions_seen = false;
        for form in forms {
            functions_seen |= matches!(form.kind, FormKind::Function(_));
            let FormKind::Attribute(name, value) = &form.kind else {
                continue;
            };
            let span = form.span;
            match &**name {
                "deprecated" if functions_seen => {}
                "compile" => items(value).iter().for_each(|o| self.about(o, span)),
                "deprecated" => items(value).iter().for_each(|d| self.gone(d, span, false)),
                "removed" => items(value).iter().for_each(|d| self.gone(d, span, true)),
                "nifs" => {
                    nifs.get_or_insert(span);
                    for key in items(value).iter().filter_map(pair) {
                        if self.missing(&key) {
                            let text = format!("nif {} undefined", show(&key.0, key.1));
                            self.error("undefined_nif", span, text);
                        }
                    }
                }
                "dialyzer" => items(value).iter().for_each(|d| self.dialyzer(d, span)),
                _ => {}
            }
        }
        if let (Some(span), false) = (nifs, self.loads_nifs) {
            let text = "nifs defined, but no call to erlang:load_nif/2";
            self.warn("no_load_nif", "no_load_nif", span, text);
        }
    }

    /// No function of the module, and not one that could not be read.
    fn missing(&self, key: &Key) -> bool {
        !self.functions.contains_key(key) && !self.lost.has(&key.0)
    }

    /// Compile options about single functions.
    fn about(&mut self, option: &Term, span: Span) {
        if option.is_atom("nowarn_bif_clash") {
            let text = "compile directive nowarn_bif_clash is no longer allowed, - use explicit module names or \
                        -compile({no_auto_import, [F/A]})";
            return self.error("disallowed_nowarn_bif_clash", span, text);
        }
        let Some([tag, list]) = option.as_tuple() else {
            return;
        };
        let (code, what) = match tag.as_atom().map(|t| &**t) {
            Some("inline") => ("bad_inline", "inlined function"),
            Some("nowarn_unused_function") => ("bad_nowarn_unused_function", "function"),
            Some("nowarn_bif_clash") => ("bad_nowarn_bif_clash", "function"),
            _ => return,
        };
        for item in items(list) {
            match pair(&item) {
                Some(key) if self.missing(&key) => {
                    let text = format!("{what} {} undefined", show(&key.0, key.1));
                    let meant = self.similar_function(&key.0, key.1);
                    self.error_hint(code, span, text, meant);
                }
                Some(_) => {}
                None => {
                    let text = format!("badly formed option {option}: {item} is not name/arity");
                    self.error(code, span, text);
                }
            }
        }
    }

    /// One function that is deprecated or removed.
    fn gone(&mut self, item: &Term, span: Span, removed: bool) {
        let word = if removed { "removed" } else { "deprecated" };
        if item.is_atom("module") {
            return;
        }
        let good = named(item).filter(|(.., rest)| match rest {
            [] => true,
            [when] if !removed && when.as_atom().is_some() => {
                ["next_version", "next_major_release", "eventually"]
                    .iter()
                    .any(|w| when.is_atom(w))
            }
            [text] => is_text(text),
            _ => false,
        });
        let Some((name, arity, _)) = good else {
            let text = format!("badly formed {word} attribute {item}");
            return self.error("bad_attribute", span, text);
        };
        let fits = |(n, a): &Key| {
            match (&name, &arity) {
                (Each::Any, Each::Any) => true,
                // All functions of an arity cannot be meant.
                (Each::Any, Each::One(_)) => false,
                (Each::One(name), Each::Any) => n == name,
                (Each::One(name), Each::One(arity)) => n == name && a == arity,
            }
        };
        let mut all = self.exports.iter();
        let exported = all.any(fits) || self.flags.export_all && self.functions.keys().any(fits);
        let shown = match &name {
            Each::Any => "'_'".to_owned(),
            Each::One(name) => quote_atom(name),
        };
        let shown = match &arity {
            Each::Any => format!("{shown}/'_'"),
            Each::One(arity) => format!("{shown}/{arity}"),
        };
        let exact = matches!((&name, &arity), (Each::One(_), Each::One(_)));
        match (removed, exported) {
            (false, false) if !matches!(&name, Each::One(n) if self.lost.has(n)) => {
                let text = format!("deprecated function {shown} undefined or not exported");
                self.error("bad_deprecated", span, text);
            }
            (true, true) if exact => {
                let text = format!("removed function {shown} is still exported");
                self.error("bad_removed", span, text);
            }
            (true, true) => {
                let text = format!("at least one function matching {shown} is still exported");
                self.error("bad_removed", span, text);
            }
            (false, _) | (true, false) => {}
        }
    }

    fn dialyzer(&mut self, item: &Term, span: Span) {
        let (options, functions) = match item.as_tuple() {
            Some([options, functions]) => (items(options), items(functions)),
            Some(_) => return self.bad_dialyzer(item, span),
            None => (vec![item.clone()], Vec::new()),
        };
        let alone = item.as_tuple().is_none();
        if !functions.iter().all(|f| pair(f).is_some()) {
            return self.bad_dialyzer(item, span);
        }
        for option in options {
            let Some(name) = option.as_atom() else {
                return self.bad_dialyzer(item, span);
            };
            let of_function = &**name == "nowarn_function" && !alone;
            if !of_function && !DIALYZER.contains(&format!(" {name} ")) {
                let text = format!("unknown dialyzer warning option: {}", quote_atom(name));
                self.error("bad_dialyzer_option", span, text);
            }
        }
        for key in functions.iter().filter_map(pair) {
            if self.missing(&key) {
                let text = format!("function {} undefined", show(&key.0, key.1));
                self.error("undefined_function", span, text);
            }
        }
    }

    fn bad_dialyzer(&mut self, item: &Term, span: Span) {
        let text = format!("badly formed dialyzer attribute: {item}");
        self.error("bad_dialyzer_attribute", span, text);
    }
}
