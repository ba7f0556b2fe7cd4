//! The instruction table: every generic instruction once, with its documentation, mnemonic, typed operands and meaning.
//! [`Insn`], encoder, decoder, visitors, listing and the reference page (`docs/internals/opcodes.md`) are made from it by
//! `insn`. To add one: a row here, a rule in `verify`, a body in the interpreter, a golden listing.
//!
//! A row reads: documentation, variant, mnemonic, `{operand: type as role, ...}`, what follows (`next`: the next instruction;
//! `end`: never the next instruction), and the meaning as register transfer. The order of rows is the encoding: add at the end of
//! the file format's life, anywhere before it (the format version is in [`crate::file`]).

use crate::operand::*;

/// Calls `$make!` with the rows of the table.
macro_rules! instruction_table {
    ($make:ident) => {
        $make! {
            // ---- control
            /// A place to jump to; labels of a function are numbered from 1, and the first instruction is `label 1`.
            Label "label" { label: Label as Plain } next "";
            /// The position of the instructions that follow, for errors and stack traces.
            Line "line" { line: LineIx as Plain } next "";
            /// Copies a value.
            Move "move" { src: Src as Read, dst: Reg as Write } next "dst := src";
            /// Exchanges two registers.
            Swap "swap" { a: Reg as Update, b: Reg as Update } next "a, b := b, a";
            /// Goes on at a label. A jump back spends a reduction.
            Jump "jump" { target: Label as Plain } end "pc := target";
            /// Calls a function of this module; arguments in `x0..`, result in `x0`, all other x registers dead.
            Call "call" { function: FnIx as Plain } next "x0 := function(x0..)";
            /// Drops the frame of `n` slots and calls.
            CallLast "call_last" { function: FnIx as Plain, n: u32 as Plain } end "pop n; tail call function(x0..)";
            /// Tail call without a frame.
            CallOnly "call_only" { function: FnIx as Plain } end "tail call function(x0..)";
            /// Calls an imported function through its export cell.
            CallExt "call_ext" { import: ImportIx as Plain } next "x0 := import(x0..)";
            /// Drops the frame and calls an imported function.
            CallExtLast "call_ext_last" { import: ImportIx as Plain, n: u32 as Plain } end "pop n; tail call import(x0..)";
            /// Tail call of an imported function without a frame.
            CallExtOnly "call_ext_only" { import: ImportIx as Plain } end "tail call import(x0..)";
            /// Calls a fun: arguments `x0..arity-1`, the fun in `x[arity]`.
            CallFun "call_fun" { arity: u32 as Plain } next "x0 := x[arity](x0..)";
            /// Drops the frame and calls a fun.
            CallFunLast "call_fun_last" { arity: u32 as Plain, n: u32 as Plain } end "pop n; tail call x[arity](x0..)";
            /// Tail call of a fun without a frame.
            CallFunOnly "call_fun_only" { arity: u32 as Plain } end "tail call x[arity](x0..)";
            /// Calls `x[arity]:x[arity+1]` with `x0..arity-1`.
            Apply "apply" { arity: u32 as Plain } next "x0 := x[arity]:x[arity+1](x0..)";
            /// Drops the frame and applies.
            ApplyLast "apply_last" { arity: u32 as Plain, n: u32 as Plain } end "pop n; tail call x[arity]:x[arity+1](x0..)";
            /// Applies as a tail call without a frame.
            ApplyOnly "apply_only" { arity: u32 as Plain } end "tail call x[arity]:x[arity+1](x0..)";
            /// Returns `x0` to the caller; the frame must be gone.
            Return "return" {} end "pop pc; result x0";
            /// Makes a frame of `n` y slots, all `[]`, and reserves `words` heap words; may collect.
            Allocate "allocate" { n: u32 as Plain, words: u32 as Plain, live: u32 as Plain } next "push n slots := []; reserve words";
            /// Drops the frame of `n` slots.
            Deallocate "deallocate" { n: u32 as Plain } next "pop n slots";
            /// Reserves heap words; may collect. Roots: `x0..live-1` and the frame.
            TestHeap "test_heap" { words: u32 as Plain, live: u32 as Plain } next "reserve words";

            // ---- exceptions
            /// Starts a protected region: exceptions raised before `try_end` continue at `handler`.
            Try "try" { slot: Reg as Write, handler: Label as Plain } next "slot := catch word(handler)";
            /// Ends the region of the innermost `try`.
            TryEnd "try_end" { slot: Reg as Update } next "slot := []";
            /// First instruction at the handler of a `try`.
            TryCase "try_case" { slot: Reg as Write } next "slot := []; x0, x1, x2 := class, reason, raw stack";
            /// Starts the region of an old-style `catch`.
            Catch "catch" { slot: Reg as Write, handler: Label as Plain } next "slot := catch word(handler)";
            /// Ends a `catch`, reached by falling through with the value in `x0` or by an exception.
            CatchEnd "catch_end" { slot: Reg as Update } next "slot := []; after an exception x0 := value | {'EXIT', ...}";
            /// Raises again, with the stack that was caught (raw, or a list that `build_stacktrace` made).
            Raise "raise" { class: Src as Read, reason: Src as Read, stack: Src as Read } end "raise class:reason with stack";
            /// Turns a raw stack into the list that Erlang code sees.
            BuildStacktrace "build_stacktrace" { src: Src as Read, dst: Reg as Write } next "dst := list of frames in src";
            /// No clause of the function matches the arguments `x0..arity-1`.
            FuncClause "func_clause" {} end "raise error:function_clause";
            /// No match of the right-hand side value.
            Badmatch "badmatch" { src: Src as Read } end "raise error:{badmatch, src}";
            /// No clause of a `case` matches.
            CaseClause "case_clause" { src: Src as Read } end "raise error:{case_clause, src}";
            /// No clause of an `if` is true.
            IfClause "if_clause" {} end "raise error:if_clause";
            /// No `of` clause of a `try` matches.
            TryClause "try_clause" { src: Src as Read } end "raise error:{try_clause, src}";
            /// No `else` clause of a `maybe` matches.
            ElseClause "else_clause" { src: Src as Read } end "raise error:{else_clause, src}";
            /// Not the record that the code expects.
            Badrecord "badrecord" { src: Src as Read } end "raise error:{badrecord, src}";

            // ---- tests: fall through when true, go to `fail` when false
            /// An integer of any size?
            IsInteger "is_integer" { fail: Label as Plain, src: Src as Read } next "unless integer(src): pc := fail";
            /// A float?
            IsFloat "is_float" { fail: Label as Plain, src: Src as Read } next "unless float(src): pc := fail";
            /// An integer or a float?
            IsNumber "is_number" { fail: Label as Plain, src: Src as Read } next "unless number(src): pc := fail";
            /// An atom?
            IsAtom "is_atom" { fail: Label as Plain, src: Src as Read } next "unless atom(src): pc := fail";
            /// `true` or `false`?
            IsBoolean "is_boolean" { fail: Label as Plain, src: Src as Read } next "unless boolean(src): pc := fail";
            /// A process identifier?
            IsPid "is_pid" { fail: Label as Plain, src: Src as Read } next "unless pid(src): pc := fail";
            /// A reference?
            IsReference "is_reference" { fail: Label as Plain, src: Src as Read } next "unless reference(src): pc := fail";
            /// A port?
            IsPort "is_port" { fail: Label as Plain, src: Src as Read } next "unless port(src): pc := fail";
            /// `[]`?
            IsNil "is_nil" { fail: Label as Plain, src: Src as Read } next "unless src = []: pc := fail";
            /// A cons cell or `[]`?
            IsList "is_list" { fail: Label as Plain, src: Src as Read } next "unless list(src): pc := fail";
            /// A cons cell?
            IsCons "is_cons" { fail: Label as Plain, src: Src as Read } next "unless cons(src): pc := fail";
            /// A tuple?
            IsTuple "is_tuple" { fail: Label as Plain, src: Src as Read } next "unless tuple(src): pc := fail";
            /// A bitstring of whole bytes?
            IsBinary "is_binary" { fail: Label as Plain, src: Src as Read } next "unless binary(src): pc := fail";
            /// A bitstring?
            IsBitstring "is_bitstring" { fail: Label as Plain, src: Src as Read } next "unless bitstring(src): pc := fail";
            /// A map?
            IsMap "is_map" { fail: Label as Plain, src: Src as Read } next "unless map(src): pc := fail";
            /// A fun?
            IsFunction "is_function" { fail: Label as Plain, src: Src as Read } next "unless fun(src): pc := fail";
            /// A fun of that arity? False when `arity` is not a proper arity.
            IsFunction2 "is_function2" { fail: Label as Plain, src: Src as Read, arity: Src as Read } next "unless fun(src) with arity: pc := fail";
            /// A tuple (proven) of `n` elements?
            TestArity "test_arity" { fail: Label as Plain, src: Src as Read, n: u32 as Plain } next "unless tuple_size(src) = n: pc := fail";
            /// A tuple of `n` elements whose first is `tag`?
            IsTaggedTuple "is_tagged_tuple" { fail: Label as Plain, src: Src as Read, n: u32 as Plain, tag: AtomIx as Plain } next "unless src = {tag, ...n}: pc := fail";
            /// `=:=`
            EqExact "eq_exact" { fail: Label as Plain, a: Src as Read, b: Src as Read } next "unless a =:= b: pc := fail";
            /// `=/=`
            NeExact "ne_exact" { fail: Label as Plain, a: Src as Read, b: Src as Read } next "unless a =/= b: pc := fail";
            /// `==`
            Eq "eq" { fail: Label as Plain, a: Src as Read, b: Src as Read } next "unless a == b: pc := fail";
            /// `/=`
            Ne "ne" { fail: Label as Plain, a: Src as Read, b: Src as Read } next "unless a /= b: pc := fail";
            /// `<`
            Lt "lt" { fail: Label as Plain, a: Src as Read, b: Src as Read } next "unless a < b: pc := fail";
            /// `>=`
            Ge "ge" { fail: Label as Plain, a: Src as Read, b: Src as Read } next "unless a >= b: pc := fail";
            /// Jumps by value; arms are atoms or small integers, all different.
            SelectVal "select_val" { src: Src as Read, default: Label as Plain, arms: Vec<ValueArm> as Read } end "pc := arms[src] | default";
            /// Jumps by the size of a tuple (proven).
            SelectArity "select_arity" { src: Src as Read, default: Label as Plain, arms: Vec<ArityArm> as Plain } end "pc := arms[tuple_size(src)] | default";

            // ---- data
            /// Head and tail of a cons cell (proven).
            GetList "get_list" { src: Src as Read, hd: Reg as Write, tl: Reg as Write } next "hd, tl := hd(src), tl(src)";
            /// Head of a cons cell (proven).
            GetHd "get_hd" { src: Src as Read, dst: Reg as Write } next "dst := hd(src)";
            /// Tail of a cons cell (proven).
            GetTl "get_tl" { src: Src as Read, dst: Reg as Write } next "dst := tl(src)";
            /// An element of a tuple (proven to be that large), counted from 0.
            GetElem "get_elem" { src: Src as Read, index: u32 as Plain, dst: Reg as Write } next "dst := src[index]";
            /// Makes a cons cell from 2 reserved words.
            PutList "put_list" { head: Src as Read, tail: Src as Read, dst: Reg as Write } next "dst := [head|tail]";
            /// Makes a tuple from 1 + n reserved words (`{}`, without elements, needs none).
            PutTuple "put_tuple" { dst: Reg as Write, elems: Vec<Src> as Read } next "dst := {elems...}";
            /// Makes a fun from 3 + n reserved words.
            MakeFun "make_fun" { dst: Reg as Write, lambda: LambdaIx as Plain, free: Vec<Src> as Read } next "dst := fun lambda with free";
            /// Adds or replaces keys. When `src` is no map: `{badmap, src}`, or `fail`.
            PutMapAssoc "put_map_assoc" { fail: Label as Plain, src: Src as Read, dst: Reg as Write, pairs: Vec<MapPair> as Read } next "dst := src#{key => value, ...}";
            /// Replaces keys that must be there. Otherwise `{badmap, src}` or `{badkey, key}`, or `fail`.
            PutMapExact "put_map_exact" { fail: Label as Plain, src: Src as Read, dst: Reg as Write, pairs: Vec<MapPair> as Read } next "dst := src#{key := value, ...}";
            /// Values of keys of a map (proven); when a key is missing nothing is written and it goes to `fail`.
            GetMapElements "get_map_elements" { fail: Label as Plain, src: Src as Read, fetch: Vec<MapFetch> as Write } next "dst... := src[key]... | pc := fail";
            /// Are all keys in the map (proven)?
            HasMapFields "has_map_fields" { fail: Label as Plain, src: Src as Read, keys: Vec<Src> as Read } next "unless all keys in src: pc := fail";

            // ---- arithmetic and guard functions: with fail label 0 they raise
            /// `a + b`
            Add "add" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a + b";
            /// `a - b`
            Sub "sub" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a - b";
            /// `a * b`
            Mul "mul" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a * b";
            /// `a div b`
            IntDiv "int_div" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a div b";
            /// `a rem b`
            Rem "rem" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a rem b";
            /// `a band b`
            Band "band" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a band b";
            /// `a bor b`
            Bor "bor" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a bor b";
            /// `a bxor b`
            Bxor "bxor" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a bxor b";
            /// `a bsl b`
            Bsl "bsl" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a bsl b";
            /// `a bsr b`
            Bsr "bsr" { fail: Label as Plain, a: Src as Read, b: Src as Read, dst: Reg as Write } next "dst := a bsr b";
            /// A guard function or operator of module erlang; never collects, never yields.
            Bif "bif" { fail: Label as Plain, import: ImportIx as Plain, dst: Reg as Write, args: Vec<Src> as Read } next "dst := import(args...)";

            // ---- receive and send
            /// The message under the scan pointer, or `empty` when the queue has no more.
            LoopRec "loop_rec" { empty: Label as Plain, dst: Reg as Write } next "dst := message | pc := empty";
            /// Takes the message under the scan pointer out of the queue and resets the pointer and time-out.
            RemoveMessage "remove_message" {} next "dequeue";
            /// Leaves the message in the queue and goes on with the next one.
            LoopRecEnd "loop_rec_end" { again: Label as Plain } end "advance; pc := again";
            /// Sleeps until a message comes. All x registers are dead after it.
            Wait "wait" { again: Label as Plain } end "sleep; pc := again";
            /// Sleeps until a message comes or, falling through, `src` milliseconds have passed (an integer, or `infinity`). All x registers are dead after it.
            WaitTimeout "wait_timeout" { again: Label as Plain, src: Src as Read } next "sleep; pc := again | on time-out: next";
            /// After a time-out: the next receive starts at the first message.
            Timeout "timeout" {} next "reset scan pointer";
            /// `x0 ! x1`
            Send "send" {} next "x0 := (x0 ! x1)";
            /// Remembers the end of the message queue.
            RecvMark "recv_mark" { slot: Reg as Write } next "slot := mark(end of queue)";
            /// Ties the remembered place to a reference that was made after it.
            RecvBind "recv_bind" { slot: Reg as Read, reference: Src as Read } next "mark(slot).ref := reference";
            /// The next scan starts at the place tied to this reference, if there is one.
            RecvUse "recv_use" { reference: Src as Read } next "scan pointer := mark of reference";
            /// Forgets the mark.
            RecvClear "recv_clear" { slot: Reg as Update } next "slot := []";

            // ---- binaries
            /// Makes a match context over a bitstring.
            BsStartMatch "bs_start_match" { fail: Label as Plain, src: Src as Read, dst: Reg as Write } next "unless bitstring(src): pc := fail; dst := context(src)";
            /// Takes an integer of `size * unit` bits.
            BsGetInteger "bs_get_integer" { fail: Label as Plain, ctx: Reg as Read, size: Src as Read, unit: u16 as Plain, flags: SegFlags as Plain, dst: Reg as Write } next "dst := take integer | pc := fail";
            /// Takes a float of 16, 32 or 64 bits.
            BsGetFloat "bs_get_float" { fail: Label as Plain, ctx: Reg as Read, size: Src as Read, unit: u16 as Plain, flags: SegFlags as Plain, dst: Reg as Write } next "dst := take float | pc := fail";
            /// Takes a bitstring of `size * unit` bits; without a size all the rest, which must be a multiple of `unit`.
            BsGetBinary "bs_get_binary" { fail: Label as Plain, ctx: Reg as Read, size: Option<Src> as Read, unit: u16 as Plain, dst: Reg as Write } next "dst := take bits | pc := fail";
            /// Takes a code point.
            BsGetUtf8 "bs_get_utf8" { fail: Label as Plain, ctx: Reg as Read, flags: SegFlags as Plain, dst: Reg as Write } next "dst := take utf8 | pc := fail";
            /// Takes a code point.
            BsGetUtf16 "bs_get_utf16" { fail: Label as Plain, ctx: Reg as Read, flags: SegFlags as Plain, dst: Reg as Write } next "dst := take utf16 | pc := fail";
            /// Takes a code point.
            BsGetUtf32 "bs_get_utf32" { fail: Label as Plain, ctx: Reg as Read, flags: SegFlags as Plain, dst: Reg as Write } next "dst := take utf32 | pc := fail";
            /// Skips `size * unit` bits.
            BsSkipBits "bs_skip_bits" { fail: Label as Plain, ctx: Reg as Read, size: Src as Read, unit: u16 as Plain } next "skip | pc := fail";
            /// Skips a code point.
            BsSkipUtf8 "bs_skip_utf8" { fail: Label as Plain, ctx: Reg as Read, flags: SegFlags as Plain } next "skip utf8 | pc := fail";
            /// Skips a code point.
            BsSkipUtf16 "bs_skip_utf16" { fail: Label as Plain, ctx: Reg as Read, flags: SegFlags as Plain } next "skip utf16 | pc := fail";
            /// Skips a code point.
            BsSkipUtf32 "bs_skip_utf32" { fail: Label as Plain, ctx: Reg as Read, flags: SegFlags as Plain } next "skip utf32 | pc := fail";
            /// Are exactly `bits` left?
            BsTestTail "bs_test_tail" { fail: Label as Plain, ctx: Reg as Read, bits: u32 as Plain } next "unless bits left = bits: pc := fail";
            /// Is what is left a multiple of `unit`?
            BsTestUnit "bs_test_unit" { fail: Label as Plain, ctx: Reg as Read, unit: u16 as Plain } next "unless bits left rem unit = 0: pc := fail";
            /// The rest as a bitstring; the position stays.
            BsGetTail "bs_get_tail" { ctx: Reg as Read, dst: Reg as Write } next "dst := rest";
            /// The position, as a small integer that only `bs_set_position` may use.
            BsGetPosition "bs_get_position" { ctx: Reg as Read, dst: Reg as Write } next "dst := position";
            /// Returns to a position of the same context.
            BsSetPosition "bs_set_position" { ctx: Reg as Read, src: Src as Read } next "position := src";
            /// Do the next `bits` equal those of the constant? Then skips them.
            BsMatchString "bs_match_string" { fail: Label as Plain, ctx: Reg as Read, bits: u32 as Plain, value: ConstIx as Plain } next "unless next bits = value: pc := fail; skip";
            /// Makes a bitstring.
            BsCreateBin "bs_create_bin" { fail: Label as Plain, dst: Reg as Write, segments: Vec<Segment> as Read } next "dst := <<segments...>>";
        }
    };
}

macro_rules! make_insn {
    ($($(#[doc = $doc:literal])+ $Name:ident $mn:literal { $($f:ident : $t:ty as $role:ident),* } $flow:ident $sem:literal ;)+) => {
        /// A generic instruction.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Insn {
            $($(#[doc = $doc])+ $Name { $($f: $t),* },)+
        }

        /// The opcode numbers, in the order of the table.
        #[repr(u8)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Op {
            $($(#[doc = $doc])+ $Name,)+
        }

        /// The table as data, indexed by opcode.
        pub const OPS: &[OpInfo] = &[
            $(OpInfo {
                op: Op::$Name,
                mnemonic: $mn,
                doc: concat!($($doc),+),
                operands: &[$(OperandInfo { name: stringify!($f), kind: stringify!($t), role: Role::$role }),*],
                falls_through: make_insn!(@flow $flow),
                semantics: $sem,
            },)+
        ];

        impl Insn {
            /// The opcode.
            pub fn op(&self) -> Op {
                match self { $(Insn::$Name { .. } => Op::$Name,)+ }
            }

            /// Shows every register, value, label and index, in the order of the operands.
            #[allow(unused_variables)]
            pub fn for_each_operand(&self, see: &mut dyn FnMut(Seen)) {
                match self {
                    $(Insn::$Name { $($f),* } => { $(Operand::visit($f, Role::$role, see);)* })+
                }
            }

            /// Shows every label, to be changed.
            #[allow(unused_variables)]
            pub fn for_each_label(&mut self, see: &mut dyn FnMut(&mut Label)) {
                match self {
                    $(Insn::$Name { $($f),* } => { $(Operand::for_each_label($f, see);)* })+
                }
            }

            /// Appends opcode and operands.
            #[allow(unused_variables)]
            pub fn encode(&self, out: &mut Vec<u8>) {
                out.push(self.op() as u8);
                match self {
                    $(Insn::$Name { $($f),* } => { $(Operand::encode($f, out);)* })+
                }
            }

            /// Appends opcode and operands with names in place of indices and labels.
            #[allow(unused_variables)]
            pub fn encode_named(&self, out: &mut Vec<u8>, name: &mut dyn FnMut(Seen, &mut Vec<u8>)) {
                out.push(self.op() as u8);
                match self {
                    $(Insn::$Name { $($f),* } => { $(Operand::encode_named($f, out, name);)* })+
                }
            }

            /// Reads one instruction.
            pub fn decode(r: &mut Reader<'_>) -> Result<Insn, DecodeError> {
                let op = r.byte()?;
                $(if op == Op::$Name as u8 {
                    return Ok(Insn::$Name { $($f: Operand::decode(r)?),* });
                })+
                Err(r.error(format!("unknown opcode {op}")))
            }

            /// Writes the operands as a listing shows them, each after a space.
            #[allow(unused_variables)]
            pub(crate) fn show_operands(&self, s: &mut crate::listing::Shower<'_>) {
                match self {
                    $(Insn::$Name { $($f),* } => { $(crate::listing::Show::show($f, s);)* })+
                }
            }
        }
    };
    (@flow next) => { true };
    (@flow end) => { false };
}

use crate::reader::{DecodeError, Reader};

instruction_table!(make_insn);

/// One row of the table as data.
#[derive(Clone, Copy, Debug)]
pub struct OpInfo {
    /// The opcode.
    pub op: Op,
    /// Its name in listings.
    pub mnemonic: &'static str,
    /// What it does, in words.
    pub doc: &'static str,
    /// Its operands.
    pub operands: &'static [OperandInfo],
    /// May the next instruction follow?
    pub falls_through: bool,
    /// What it does, as register transfer.
    pub semantics: &'static str,
}

/// An operand of a row.
#[derive(Clone, Copy, Debug)]
pub struct OperandInfo {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: &'static str,
    /// How registers in it are used.
    pub role: Role,
}

impl Op {
    /// The row.
    pub fn info(self) -> &'static OpInfo {
        &OPS[self as usize]
    }
}

impl Insn {
    /// The name in listings.
    pub fn mnemonic(&self) -> &'static str {
        self.op().info().mnemonic
    }

    /// May the next instruction follow this one?
    pub fn falls_through(&self) -> bool {
        self.op().info().falls_through
    }
}
