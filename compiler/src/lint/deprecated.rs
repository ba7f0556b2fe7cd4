//! Calls of functions that are on their way out or gone, with what to use instead,, as OTP 27 has them: of the library's modules, and of those that old programs use most.

use super::Linter;
use crate::span::Span;

/// How far on its way out a function is.
enum Gone {
    Deprecated,
    /// Deprecated, and to be removed in that release.
    Until(u32),
    Removed,
}
use Gone::{Deprecated, Removed, Until};

/// Module, function (none: all of the module), arity (none: any), how far, advice.
type Row = (
    &'static str,
    Option<&'static str>,
    Option<u32>,
    Gone,
    &'static str,
);

const fn row(
    module: &'static str,
    name: &'static str,
    arity: u32,
    gone: Gone,
    advice: &'static str,
) -> Row {
    (module, Some(name), Some(arity), gone, advice)
}

const fn all(module: &'static str, gone: Gone, advice: &'static str) -> Row {
    (module, None, None, gone, advice)
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("erlang", "now", 0, Deprecated, "see the \"Time and Time Correction in Erlang\" chapter of the ERTS User's Guide for more information"),
    row("erlang", "phash", 2, Deprecated, "use erlang:phash2/2 instead"),
    row("erlang", "hash", 2, Removed, "use erlang:phash2/2 instead"),
    row("erlang", "get_stacktrace", 0, Removed, "use the new try/catch syntax for retrieving the stack backtrace"),
    row("calendar", "local_time_to_universal_time", 1, Deprecated, "use calendar:local_time_to_universal_time_dst/1 instead"),
    row("code", "is_module_native", 1, Removed, "HiPE has been removed"),
    row("code", "rehash", 0, Removed, "the code path cache feature has been removed"),
    row("core_lib", "get_anno", 1, Removed, "use cerl:get_ann/1 instead"),
    row("crypto", "hmac", 3, Removed, "use crypto:mac/4 instead"),
    row("crypto", "rand_uniform", 2, Deprecated, "use rand:uniform/1 instead"),
    row("dbg", "stop_clear", 0, Until(27), "use dbg:stop/0 instead"),
    row("disk_log", "accessible_logs", 0, Removed, "use disk_log:all/0 instead"),
    row("disk_log", "inc_wrap_file", 1, Until(28), "use disk_log:next_file/1 instead"),
    row("filename", "find_src", 1, Removed, "use filelib:find_source/1,3 instead"),
    row("filename", "find_src", 2, Removed, "use filelib:find_source/1,3 instead"),
    row("httpd", "parse_query", 1, Deprecated, "use uri_string:dissect_query/1 instead"),
    row("net", "call", 4, Deprecated, "use rpc:call/4 instead"),
    row("net", "ping", 1, Deprecated, "use net_adm:ping/1 instead"),
    row("queue", "lait", 1, Deprecated, "use queue:liat/1 instead"),
    row("rpc", "safe_multi_server_call", 2, Removed, "use rpc:multi_server_call/2 instead"),
    row("sys", "get_debug", 3, Deprecated, "incorrectly documented and only for internal use. Can often be replaced with sys:get_log/1"),
    row("zlib", "adler32", 2, Removed, "use erlang:adler32/1 instead"),
    row("zlib", "crc32", 2, Removed, "use erlang:crc32/1 instead"),
    all("ct_slave", Until(29), "use ?CT_PEER(), or the 'peer' module instead"),
    all("gen_fsm", Deprecated, "use the 'gen_statem' module instead"),
    all("http_uri", Removed, "use uri_string functions instead"),
    all("os_mon_mib", Removed, "this module was removed in OTP 22.0"),
    all("pg2", Removed, "this module was removed in OTP 24. Use 'pg' instead"),
    all("random", Deprecated, "use the 'rand' module instead"),
    all("slave", Until(29), "use the 'peer' module instead"),
];

impl Linter<'_> {
    /// A call of a function of another module, or of a built-in one.
    pub(super) fn deprecated(&mut self, module: &str, name: &str, arity: u32, span: Span) {
        let found = ROWS.iter().find(|(m, f, a, ..)| {
            *m == module && f.is_none_or(|f| f == name) && a.is_none_or(|a| a == arity)
        });
        let Some((.., gone, advice)) = found else {
            return;
        };
        let called = format!("{module}:{name}/{arity}");
        let text = match gone {
            Deprecated => format!("{called} is deprecated; {advice}"),
            Until(release) => {
                format!("{called} is deprecated and will be removed in OTP {release}; {advice}")
            }
            Removed => {
                let text = format!("{called} is removed; {advice}");
                return self.warn("removed", "removed", span, text);
            }
        };
        if !self.flags.may_be_deprecated(module, name, arity) {
            self.warn("deprecated_function", "deprecated", span, text);
        }
    }
}
