//! Modules of the image that give way to a copy of the program's own.
//!
//! In Erlang/OTP the directories of `kernel`, `stdlib` and `compiler` are sticky: their modules cannot be replaced once they are loaded. All other
//! applications are found on the code path like the program's own, and what comes first on it counts. Here the image takes the place of their
//! directories, at the end of the path; so a `redbug` under `-pa` is the one that runs. Modules that only this VM has (`transom_...`) never give way.

/// Their names, sorted.
const MODULES: &[&str] = &[
    "cprof",
    "crypto",
    "dbg",
    "dbg_port",
    "eprof",
    "eunit",
    "eunit_autoexport",
    "eunit_data",
    "eunit_lib",
    "eunit_proc",
    "eunit_tty",
    "recon_map",
    "recon_rec",
    "recon_trace",
    "redbug",
    "redbug_compiler",
    "tprof",
];

/// May a program bring its own module of this name?
pub fn is_replaceable(module: &str) -> bool {
    MODULES.binary_search(&module).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted() {
        assert!(super::MODULES.is_sorted());
    }
}
