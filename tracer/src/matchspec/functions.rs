//! Which functions a match specification may call, and where.

/// What kind of thing a name is: decides the wording of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A function of exactly the row's arities, allowed everywhere.
    Function,
    /// As a function, but without arguments.
    Function0,
    /// As a function, but only where tracing happens.
    TraceFunction,
    /// `and`, `or`, `andalso`, `orelse`: one argument or more.
    Variadic,
    /// `const`.
    Const,
    /// Without arguments, in the body of a trace specification.
    Action0,
    /// With the row's arities, in the body of a trace specification.
    Action,
}

macro_rules! functions {
    ($( $name:ident, $text:literal, $arities:expr, $class:ident; )*) => {
        /// A function of the match specification language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Function { $( $name, )* }

        impl Function {
            pub const ALL: &'static [Function] = &[$( Function::$name, )*];

            /// What is known of the function.
            pub fn row(self) -> Row {
                match self { $( Function::$name => Row { name: $text, arities: $arities, class: Class::$class }, )* }
            }
        }
    };
}

/// A row of the table of functions.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub name: &'static str,
    /// The numbers of arguments it takes; empty: any but none.
    pub arities: &'static [usize],
    pub(super) class: Class,
}

functions! {
    IsAtom, "is_atom", &[1], Function;
    IsFloat, "is_float", &[1], Function;
    IsInteger, "is_integer", &[1], Function;
    IsList, "is_list", &[1], Function;
    IsNumber, "is_number", &[1], Function;
    IsPid, "is_pid", &[1], Function;
    IsPort, "is_port", &[1], Function;
    IsReference, "is_reference", &[1], Function;
    IsTuple, "is_tuple", &[1], Function;
    IsMap, "is_map", &[1], Function;
    IsMapKey, "is_map_key", &[2], Function;
    IsBinary, "is_binary", &[1], Function;
    IsBitstring, "is_bitstring", &[1], Function;
    IsBoolean, "is_boolean", &[1], Function;
    IsFunction, "is_function", &[1], Function;
    IsRecord, "is_record", &[3], Function;
    Not, "not", &[1], Function;
    Xor, "xor", &[2], Function;
    And, "and", &[], Variadic;
    Or, "or", &[], Variadic;
    AndAlso, "andalso", &[], Variadic;
    OrElse, "orelse", &[], Variadic;
    Const, "const", &[1], Const;
    Abs, "abs", &[1], Function;
    Element, "element", &[2], Function;
    Hd, "hd", &[1], Function;
    Length, "length", &[1], Function;
    MapGet, "map_get", &[2], Function;
    MapSize, "map_size", &[1], Function;
    Max, "max", &[2], Function;
    Min, "min", &[2], Function;
    Node, "node", &[0, 1], Function;
    Float, "float", &[1], Function;
    Round, "round", &[1], Function;
    Floor, "floor", &[1], Function;
    Ceil, "ceil", &[1], Function;
    Size, "size", &[1], Function;
    BitSize, "bit_size", &[1], Function;
    ByteSize, "byte_size", &[1], Function;
    TupleSize, "tuple_size", &[1], Function;
    Tl, "tl", &[1], Function;
    Trunc, "trunc", &[1], Function;
    BinaryPart, "binary_part", &[2, 3], Function;
    SelfPid, "self", &[0], Function0;
    Plus, "+", &[1, 2], Function;
    Minus, "-", &[1, 2], Function;
    Times, "*", &[2], Function;
    Divide, "/", &[2], Function;
    Div, "div", &[2], Function;
    Rem, "rem", &[2], Function;
    Band, "band", &[2], Function;
    Bor, "bor", &[2], Function;
    Bxor, "bxor", &[2], Function;
    Bnot, "bnot", &[1], Function;
    Bsl, "bsl", &[2], Function;
    Bsr, "bsr", &[2], Function;
    Greater, ">", &[2], Function;
    GreaterEq, ">=", &[2], Function;
    Less, "<", &[2], Function;
    LessEq, "=<", &[2], Function;
    ExactEq, "=:=", &[2], Function;
    Eq, "==", &[2], Function;
    ExactNe, "=/=", &[2], Function;
    Ne, "/=", &[2], Function;
    GetTcw, "get_tcw", &[0], TraceFunction;
    SetTcw, "set_tcw", &[1], TraceFunction;
    IsSeqTrace, "is_seq_trace", &[0], Action0;
    SetSeqToken, "set_seq_token", &[2], Action;
    GetSeqToken, "get_seq_token", &[0], Action0;
    Message, "message", &[1], Action;
    ReturnTrace, "return_trace", &[0], Action0;
    ExceptionTrace, "exception_trace", &[0], Action0;
    ProcessDump, "process_dump", &[0], Action0;
    EnableTrace, "enable_trace", &[1, 2], Action;
    DisableTrace, "disable_trace", &[1, 2], Action;
    Trace, "trace", &[2, 3], Action;
    Display, "display", &[1], Action;
    Caller, "caller", &[0], Action0;
    CallerLine, "caller_line", &[0], Action0;
    CurrentStacktrace, "current_stacktrace", &[0, 1], Action;
    Silent, "silent", &[0, 1], Action;
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Function> {
        Function::ALL
            .iter()
            .copied()
            .find(|function| function.row().name == name)
    }

    /// Whether conditions may call it although it is an action elsewhere.
    pub(super) fn allowed_in_conditions(self, arity: usize) -> bool {
        matches!(
            (self, arity),
            (Function::IsSeqTrace, _) | (Function::GetTcw | Function::Silent, 0)
        )
    }
}
