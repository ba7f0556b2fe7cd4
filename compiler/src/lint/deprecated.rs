//! Calls of functions that are on their way out, with what to use instead, as OTP 27 has them; only modules that are part of the library.

use super::Linter;
use crate::span::Span;

/// Module, function (none: all of the module), arity (none: any), advice.
type Row = (
    &'static str,
    Option<&'static str>,
    Option<u32>,
    &'static str,
);

const ROWS: &[Row] = &[
    (
        "erlang",
        Some("now"),
        Some(0),
        "see the \"Time and Time Correction in Erlang\" chapter of the ERTS User's Guide for more information",
    ),
    (
        "erlang",
        Some("phash"),
        Some(2),
        "use erlang:phash2/2 instead",
    ),
    (
        "calendar",
        Some("local_time_to_universal_time"),
        Some(1),
        "use calendar:local_time_to_universal_time_dst/1 instead",
    ),
    (
        "crypto",
        Some("rand_uniform"),
        Some(2),
        "use rand:uniform/1 instead",
    ),
    ("dbg", Some("stop_clear"), Some(0), "use dbg:stop/0 instead"),
    ("queue", Some("lait"), Some(1), "use queue:liat/1 instead"),
    ("random", None, None, "use the 'rand' module instead"),
    (
        "sys",
        Some("get_debug"),
        Some(3),
        "incorrectly documented and only for internal use. Can often be replaced with sys:get_log/1",
    ),
];

impl Linter<'_> {
    /// A call of a function of another module, or of a built-in one.
    pub(super) fn deprecated(&mut self, module: &str, name: &str, arity: u32, span: Span) {
        let advice = ROWS.iter().find(|(m, f, a, _)| {
            *m == module && f.is_none_or(|f| f == name) && a.is_none_or(|a| a == arity)
        });
        let Some((.., advice)) = advice else { return };
        if !self.flags.may_be_deprecated(module, name, arity) {
            let text = format!("{module}:{name}/{arity} is deprecated; {advice}");
            self.warn("deprecated_function", "deprecated", span, text);
        }
    }
}
