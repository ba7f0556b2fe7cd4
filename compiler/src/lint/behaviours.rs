//! Behaviours: their callbacks are there, and do not want the same function.

use std::collections::HashMap;

use super::{Key, Linter, show};
use crate::abstract_term::quote_atom;
use crate::ast::*;

impl Linter<'_> {
    /// Behaviours the module has, and those it is one of itself.
    pub(super) fn behaviours(&mut self, forms: &[Form]) {
        let Some(host) = self.host else { return };
        let mut file = None;
        // Who wants a callback first.
        let mut wanted: HashMap<Key, (Name, Span)> = HashMap::new();
        for form in forms {
            if let (FormKind::File(name, _), None) = (&form.kind, &file) {
                file = Some(name.clone());
            }
            let FormKind::Attribute(name, value) = &form.kind else {
                continue;
            };
            let (true, Some(behaviour)) =
                (matches!(&**name, "behaviour" | "behavior"), value.as_atom())
            else {
                continue;
            };
            let span = form.span;
            let Some(callbacks) = host.behaviour_callbacks(behaviour) else {
                // One whose source lies beside this one will be there when the program runs.
                let from = file.as_deref().unwrap_or_default();
                if host.include(from, &format!("{behaviour}.erl")).is_err() {
                    let text = format!("behaviour {} undefined", quote_atom(behaviour));
                    self.warn("behaviours", "undefined_behaviour", span, text);
                }
                continue;
            };
            for c in callbacks {
                let key = (c.name.clone(), c.arity);
                let shown = show(&c.name, c.arity);
                let there =
                    self.exports.contains(&key) || self.flags.export_all || self.lost.has(&c.name);
                if !c.optional && !there {
                    let text =
                        format!("undefined callback function {shown} (behaviour '{behaviour}')");
                    self.warn("behaviours", "undefined_behaviour_func", span, text);
                }
                if c.optional && !self.exports.contains(&key) {
                    continue;
                }
                match wanted.get(&key) {
                    Some((first, at)) => {
                        let text = format!(
                            "conflicting behaviours - callback {shown} required by both '{behaviour}' and '{first}' \
                             (line {}, column {})",
                            at.line, at.column
                        );
                        self.warn("behaviours", "conflicting_behaviours", span, text);
                    }
                    None => {
                        wanted.insert(key, (behaviour.clone(), span));
                    }
                }
            }
        }
    }

    /// What the module says of its own callbacks.
    pub(super) fn callbacks(&mut self, forms: &[Form]) {
        let own = ("behaviour_info".into(), 1);
        let mut known: HashMap<Key, bool> = HashMap::new();
        // Those that come too late have been complained of already.
        let end = forms
            .iter()
            .position(|f| matches!(f.kind, FormKind::Function(_)));
        let forms = &forms[..end.unwrap_or(forms.len())];
        for form in forms {
            let FormKind::Spec(s) = &form.kind else {
                continue;
            };
            if !s.callback {
                continue;
            }
            let shown = show(&s.name, s.arity);
            if let Some(module) = &s.module {
                let text = format!(
                    "explicit module not allowed for callback {}:{shown}",
                    quote_atom(module)
                );
                self.error("bad_callback", form.span, text);
                continue;
            }
            if known.insert((s.name.clone(), s.arity), false).is_some() {
                let text = format!("callback {shown} already defined");
                self.error("redefine_callback", form.span, text);
            }
            if self.functions.contains_key(&own) {
                let text = format!(
                    "cannot define callback attibute for {shown} when behaviour_info is defined"
                );
                self.error("behaviour_info", form.span, text);
            }
        }
        for form in forms {
            let FormKind::OptionalCallbacks(list) = &form.kind else {
                continue;
            };
            for r in list {
                let shown = show(&r.name, r.arity);
                match known.get_mut(&(r.name.clone(), r.arity)) {
                    None if self.lost.has(&r.name) => {}
                    None => {
                        let text = format!("callback {shown} is undefined");
                        self.error("undefined_callback", form.span, text);
                    }
                    Some(optional) => {
                        if std::mem::replace(optional, true) {
                            let text = format!("optional callback {shown} duplicated");
                            self.error("redefine_optional_callback", form.span, text);
                        }
                    }
                }
            }
        }
    }
}
