//! What the compiler needs from the world outside. It does no I/O of its own: whoever calls it implements
//! [`Host`] (the command line with files, the VM with files and running Erlang code, tests with a map).

use crate::abstract_term::Term;
use crate::ast::Name;

/// An include file that was found.
#[derive(Clone, Debug)]
pub struct Include {
    /// Its name for messages and for `?FILE`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A callback of a behaviour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    pub name: Name,
    pub arity: u32,
    pub optional: bool,
}

/// Files and code of the caller. `Sync`, because the compiler works on a thread of its own with a large stack.
pub trait Host: Sync {
    /// Finds `-include("path")` from the file `from`: beside it, then in the include path.
    fn include(&self, from: &str, path: &str) -> Result<Include, String>;

    /// Finds `-include_lib("app/include/x.hrl")`.
    fn include_lib(&self, from: &str, path: &str) -> Result<Include, String>;

    /// Runs `Module:parse_transform(Forms, Options)`. The answer is `{Forms, Messages}`: the list of forms it returned (anything else if it
    /// returned errors instead) and what it said, `{error | warning, File, Line, Column, Text}` each. `Err` says why it could not be run.
    fn transform(&self, module: &str, forms: Term, options: &[Term]) -> Result<Term, String>;

    /// The value of the guard of an `-if`, in the abstract format: whether it is `true`. `None` if there is nothing that runs Erlang.
    fn condition(&self, guard: Term) -> Option<bool>;

    /// The callbacks of a behaviour module; `None` if the module cannot be found.
    fn behaviour_callbacks(&self, module: &str) -> Option<Vec<Callback>>;
}

/// A host without files and without code.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn include(&self, _from: &str, path: &str) -> Result<Include, String> {
        Err(format!("can't find include file \"{path}\""))
    }

    fn include_lib(&self, _from: &str, path: &str) -> Result<Include, String> {
        Err(format!("can't find include lib \"{path}\""))
    }

    fn transform(&self, module: &str, _forms: Term, _options: &[Term]) -> Result<Term, String> {
        Err(format!("undefined parse transform '{module}'"))
    }

    fn condition(&self, _guard: Term) -> Option<bool> {
        None
    }

    fn behaviour_callbacks(&self, _module: &str) -> Option<Vec<Callback>> {
        None
    }
}
