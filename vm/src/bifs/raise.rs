//! What a built-in function answers when it has no value: an exception, or an order to the interpreter (call that function
//! instead, call me again later). One pointer wide, so that the common answer, a term, stays in two registers.

use smallvec::SmallVec;

use crate::atoms::{self, Atom};
use crate::heap::Term;

/// The class of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `error`
    Error,
    /// `exit`
    Exit,
    /// `throw`
    Throw,
}

impl Class {
    /// As an atom.
    pub fn atom(self) -> Atom {
        match self {
            Class::Error => atoms::ERROR,
            Class::Exit => atoms::EXIT,
            Class::Throw => atoms::THROW,
        }
    }

    /// From an atom.
    pub fn from_atom(a: Atom) -> Option<Class> {
        match a {
            atoms::ERROR => Some(Class::Error),
            atoms::EXIT => Some(Class::Exit),
            atoms::THROW => Some(Class::Throw),
            _ => None,
        }
    }
}

/// Extra data for `erl_error:format_exception`: the `error_info` map of the first stack frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorInfo {
    /// Put `error_info => #{module => erl_erts_errors}` into the frame of the function itself.
    pub module: Option<Atom>,
    /// The `cause` key.
    pub cause: Option<Atom>,
}

/// An exception.
#[derive(Clone)]
pub struct Raised<'h> {
    /// Its class.
    pub class: Class,
    /// Its reason.
    pub reason: Term<'h>,
    /// The arguments that replace the arity in the first frame (`erlang:error/2`); a failing BIF shows its own without asking.
    pub args: Option<Term<'h>>,
    /// The whole stack trace, for `erlang:raise/3`.
    pub stack: Option<Term<'h>>,
    /// For the first frame.
    pub info: ErrorInfo,
    /// The whole `error_info` map that a program gave (`erlang:error/3`).
    pub details: Option<Term<'h>>,
    /// Was it raised on behalf of the caller (`erlang:error/1`, `exit/1`, `throw/1`), so that the BIF is not in the trace?
    pub by_caller: bool,
}

/// A function to be called instead, with the BIF's caller as its caller.
#[derive(Clone)]
pub struct Trap<'h> {
    /// Module.
    pub module: Atom,
    /// Function.
    pub function: Atom,
    /// Arguments.
    pub args: SmallVec<[Term<'h>; 4]>,
}

/// Call the same BIF again, with these arguments (as many as before).
#[derive(Clone)]
pub struct Again<'h> {
    /// The arguments.
    pub args: SmallVec<[Term<'h>; 4]>,
}

/// Why there is no value.
#[derive(Clone)]
pub enum Why<'h> {
    /// An exception.
    Raise(Raised<'h>),
    /// Tail call of an Erlang function.
    Trap(Trap<'h>),
    /// Tail call of a fun.
    TrapFun(Again<'h>),
    /// The slice is used up: again at the next one.
    Again(Again<'h>),
    /// Again when a signal has come.
    Wait(Again<'h>),
    /// Once more on a thread of its own: too long for a scheduler, see [`super::Cx::long`].
    Elsewhere(Again<'h>),
    /// The process ends here without an exception that code could catch (`exit(self(), kill)` ...): the signal is in the inbox; handle signals, then go on with this value.
    Signals(Term<'h>),
    /// Everything on the heap is to be collected on a thread of its own; then go on with this value.
    Collect(Term<'h>),
    /// The slice ends behind the call, which has this value.
    Yield(Term<'h>),
}

/// See [`Why`].
#[derive(Clone)]
pub struct Raise<'h>(pub Box<Why<'h>>);

impl<'h> Raise<'h> {
    /// Any exception.
    #[cold]
    pub fn new(class: Class, reason: Term<'h>) -> Raise<'h> {
        Raise(Box::new(Why::Raise(Raised {
            class,
            reason,
            args: None,
            stack: None,
            info: ErrorInfo::default(),
            details: None,
            by_caller: false,
        })))
    }

    /// `error:badarg`
    pub fn badarg() -> Raise<'h> {
        Raise::error_atom(atoms::BADARG)
    }
    /// `error:badarith`
    pub fn badarith() -> Raise<'h> {
        Raise::error_atom(atoms::BADARITH)
    }
    /// `error:undef`
    pub fn undef() -> Raise<'h> {
        Raise::error_atom(atoms::UNDEF)
    }
    /// `error:system_limit`
    pub fn system_limit() -> Raise<'h> {
        Raise::error_atom(atoms::SYSTEM_LIMIT)
    }
    /// `error:notsup`
    pub fn notsup() -> Raise<'h> {
        Raise::error_atom(atoms::NOTSUP)
    }
    /// `error:noproc`
    pub fn noproc() -> Raise<'h> {
        Raise::error_atom(atoms::NOPROC)
    }
    /// `error:Atom`
    pub fn error_atom(reason: Atom) -> Raise<'h> {
        Raise::new(Class::Error, Term::atom(reason))
    }
    /// `error:Reason`
    pub fn error(reason: Term<'h>) -> Raise<'h> {
        Raise::new(Class::Error, reason)
    }
    /// `exit:Reason`
    pub fn exit(reason: Term<'h>) -> Raise<'h> {
        Raise::new(Class::Exit, reason)
    }
    /// `throw:Value`
    pub fn throw(value: Term<'h>) -> Raise<'h> {
        Raise::new(Class::Throw, value)
    }

    /// Call `module:function(args)` instead.
    pub fn trap(module: Atom, function: Atom, args: &[Term<'h>]) -> Raise<'h> {
        Raise(Box::new(Why::Trap(Trap {
            module,
            function,
            args: args.into(),
        })))
    }
    /// Call `fun(args)` instead.
    pub fn trap_fun(fun: Term<'h>, args: &[Term<'h>]) -> Raise<'h> {
        let mut args: SmallVec<[Term<'h>; 4]> = args.into();
        args.push(fun);
        Raise(Box::new(Why::TrapFun(Again { args })))
    }
    /// Give up the slice and call me again with these arguments.
    pub fn again(args: &[Term<'h>]) -> Raise<'h> {
        Raise(Box::new(Why::Again(Again { args: args.into() })))
    }
    /// Park until a signal comes and call me again with these arguments.
    pub fn wait(args: &[Term<'h>]) -> Raise<'h> {
        Raise(Box::new(Why::Wait(Again { args: args.into() })))
    }
    /// Call me again with these arguments on a thread that is no scheduler.
    pub fn elsewhere(args: &[Term<'h>]) -> Raise<'h> {
        Raise(Box::new(Why::Elsewhere(Again { args: args.into() })))
    }
    /// The value is `value`, but the process has signals to handle first (it sent some to itself).
    pub fn signals(value: Term<'h>) -> Raise<'h> {
        Raise(Box::new(Why::Signals(value)))
    }
    /// The value is `value`, and the process goes on in another slice.
    pub fn yielding(value: Term<'h>) -> Raise<'h> {
        Raise(Box::new(Why::Yield(value)))
    }
    /// The value is `value`, behind a collection of everything that takes long.
    pub fn collect(value: Term<'h>) -> Raise<'h> {
        Raise(Box::new(Why::Collect(value)))
    }

    /// With arguments for the first frame (`erlang:error/2`).
    #[must_use]
    pub fn with_args(mut self, args: Term<'h>) -> Raise<'h> {
        if let Why::Raise(r) = &mut *self.0 {
            r.args = Some(args);
        }
        self
    }
    /// With a whole stack trace (`erlang:raise/3`).
    #[must_use]
    pub fn with_stack(mut self, stack: Term<'h>) -> Raise<'h> {
        if let Why::Raise(r) = &mut *self.0 {
            r.stack = Some(stack);
        }
        self
    }
    /// With `error_info` for the first frame.
    #[must_use]
    pub fn with_info(mut self, module: Atom, cause: Option<Atom>) -> Raise<'h> {
        if let Why::Raise(r) = &mut *self.0 {
            r.info = ErrorInfo {
                module: Some(module),
                cause,
            };
        }
        self
    }
    /// With an `error_info` map for the first frame.
    #[must_use]
    pub fn with_details(mut self, map: Term<'h>) -> Raise<'h> {
        if let Why::Raise(r) = &mut *self.0 {
            r.details = Some(map);
        }
        self
    }
    /// Raised on behalf of the caller: the BIF is not in the stack trace.
    #[must_use]
    pub fn by_caller(mut self) -> Raise<'h> {
        if let Why::Raise(r) = &mut *self.0 {
            r.by_caller = true;
        }
        self
    }
}
