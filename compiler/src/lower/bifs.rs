//! The built-in functions that the compiler knows by name.

use crate::core::{Arith, Kind};

/// Is it a function of module erlang that needs no module prefix?
pub fn auto_imported(name: &str, arity: u32) -> bool {
    let arities: &[u32] = match name {
        "abs"
        | "atom_to_binary"
        | "atom_to_list"
        | "binary_to_atom"
        | "binary_to_existing_atom"
        | "binary_to_float"
        | "bit_size"
        | "bitstring_to_list"
        | "byte_size"
        | "ceil"
        | "delete_module"
        | "demonitor"
        | "erase"
        | "exit"
        | "float"
        | "float_to_binary"
        | "float_to_list"
        | "floor"
        | "fun_to_list"
        | "garbage_collect"
        | "get"
        | "hd"
        | "iolist_size"
        | "iolist_to_binary"
        | "is_alive"
        | "is_atom"
        | "is_binary"
        | "is_bitstring"
        | "is_boolean"
        | "is_float"
        | "is_function"
        | "is_integer"
        | "is_list"
        | "is_map"
        | "is_number"
        | "is_pid"
        | "is_port"
        | "is_process_alive"
        | "is_reference"
        | "is_tuple"
        | "length"
        | "link"
        | "list_to_atom"
        | "list_to_bitstring"
        | "list_to_existing_atom"
        | "list_to_float"
        | "list_to_pid"
        | "list_to_port"
        | "list_to_ref"
        | "list_to_tuple"
        | "list_to_binary"
        | "map_size"
        | "module_loaded"
        | "monitor_node"
        | "node"
        | "nodes"
        | "pid_to_list"
        | "port_close"
        | "port_to_list"
        | "pre_loaded"
        | "process_flag"
        | "process_info"
        | "processes"
        | "purge_module"
        | "put"
        | "ref_to_list"
        | "register"
        | "registered"
        | "round"
        | "self"
        | "setelement"
        | "size"
        | "spawn"
        | "spawn_link"
        | "spawn_monitor"
        | "spawn_opt"
        | "spawn_request"
        | "split_binary"
        | "term_to_binary"
        | "term_to_iovec"
        | "throw"
        | "time"
        | "tl"
        | "trunc"
        | "tuple_size"
        | "tuple_to_list"
        | "unlink"
        | "unregister"
        | "whereis"
        | "date"
        | "halt"
        | "apply"
        | "alias"
        | "unalias"
        | "binary_part"
        | "binary_to_integer"
        | "binary_to_list"
        | "binary_to_term"
        | "check_process_code"
        | "check_old_code"
        | "disconnect_node"
        | "element"
        | "error"
        | "group_leader"
        | "integer_to_binary"
        | "integer_to_list"
        | "is_map_key"
        | "is_record"
        | "list_to_integer"
        | "load_module"
        | "make_ref"
        | "map_get"
        | "max"
        | "min"
        | "monitor"
        | "now"
        | "open_port"
        | "port_command"
        | "port_connect"
        | "port_control"
        | "get_keys"
        | "statistics"
        | "spawn_request_abandon"
        | "nif_error"
        | "send"
        | "load_nif" => arities_of(name),
        _ => &[],
    };
    arities.contains(&arity)
}

fn arities_of(name: &str) -> &'static [u32] {
    match name {
        "apply" => &[2, 3],
        "atom_to_binary" | "binary_to_atom" | "binary_to_existing_atom" => &[1, 2],
        "alias" => &[0, 1],
        "binary_part" => &[2, 3],
        "binary_to_integer" | "list_to_integer" | "integer_to_binary" | "integer_to_list" => {
            &[1, 2]
        }
        "binary_to_list" => &[1, 3],
        "binary_to_term" | "term_to_binary" | "term_to_iovec" => &[1, 2],
        "check_process_code" => &[2, 3],
        "date" | "is_alive" | "make_ref" | "now" | "pre_loaded" | "processes" | "registered"
        | "self" | "time" => &[0],
        "demonitor" | "exit" | "float_to_binary" | "float_to_list" | "is_function" | "nodes" => {
            match name {
                "nodes" => &[0, 1, 2],
                _ => &[1, 2],
            }
        }
        "element" | "is_map_key" | "load_module" | "map_get" | "max" | "min" | "monitor_node"
        | "open_port" | "port_connect" | "put" | "register" | "split_binary" | "process_flag" => {
            match name {
                "process_flag" => &[2, 3],
                _ => &[2],
            }
        }
        "erase" | "get" => &[0, 1],
        "error" => &[1, 2, 3],
        "garbage_collect" | "halt" | "node" | "group_leader" | "get_keys" => match name {
            "garbage_collect" | "halt" => &[0, 1, 2],
            "group_leader" => &[0, 2],
            _ => &[0, 1],
        },
        "is_record" => &[2, 3],
        "load_nif" => &[],
        "send" | "nif_error" => &[],
        "monitor" => &[2, 3],
        "port_command" => &[2, 3],
        "port_control" | "setelement" => &[3],
        "process_info" => &[1, 2],
        "spawn" | "spawn_link" | "spawn_monitor" => match name {
            "spawn_monitor" => &[1, 2, 3, 4],
            _ => &[1, 2, 3, 4],
        },
        "spawn_opt" => &[2, 3, 4, 5],
        "spawn_request" => &[1, 2, 3, 4, 5],
        _ => &[1],
    }
}

/// The test a guard's call of an old name means: `atom(X)` for `is_atom(X)`. Only as a whole guard test, and where no function has that name.
pub fn old_type_test(name: &str, arity: usize) -> Option<&'static str> {
    Some(match (name, arity) {
        ("atom", 1) => "is_atom",
        ("binary", 1) => "is_binary",
        ("float", 1) => "is_float",
        ("function", 1) => "is_function",
        ("integer", 1) => "is_integer",
        ("list", 1) => "is_list",
        ("number", 1) => "is_number",
        ("pid", 1) => "is_pid",
        ("port", 1) => "is_port",
        ("record", 2) => "is_record",
        ("reference", 1) => "is_reference",
        ("tuple", 1) => "is_tuple",
        _ => return None,
    })
}

/// Can it be an instruction `bif` (a guard function: short, never yields, never collects)?
pub fn guard_bif(name: &str, arity: u32) -> bool {
    if kind_of_test(name).is_some() && arity == 1 {
        return true;
    }
    match arity {
        0 => matches!(name, "self" | "node"),
        1 => matches!(
            name,
            "abs"
                | "bit_size"
                | "byte_size"
                | "ceil"
                | "floor"
                | "float"
                | "hd"
                | "tl"
                | "length"
                | "map_size"
                | "node"
                | "round"
                | "size"
                | "trunc"
                | "tuple_size"
                | "-"
                | "+"
                | "bnot"
                | "not"
        ),
        2 => matches!(
            name,
            "binary_part"
                | "element"
                | "is_map_key"
                | "map_get"
                | "max"
                | "min"
                | "is_function"
                | "is_record"
                | "and"
                | "or"
                | "xor"
                | "/"
                | "=="
                | "/="
                | "=:="
                | "=/="
                | "<"
                | ">"
                | "=<"
                | ">="
        ),
        3 => matches!(name, "binary_part" | "is_record"),
        _ => false,
    }
}

/// The type test of that name.
pub fn kind_of_test(name: &str) -> Option<Kind> {
    Some(match name {
        "is_integer" => Kind::Integer,
        "is_float" => Kind::Float,
        "is_number" => Kind::Number,
        "is_atom" => Kind::Atom,
        "is_boolean" => Kind::Boolean,
        "is_pid" => Kind::Pid,
        "is_reference" => Kind::Reference,
        "is_port" => Kind::Port,
        "is_list" => Kind::List,
        "is_tuple" => Kind::Tuple,
        "is_binary" => Kind::Binary,
        "is_bitstring" => Kind::Bitstring,
        "is_map" => Kind::Map,
        "is_function" => Kind::Function,
        _ => return None,
    })
}

/// The arithmetic instruction of that name.
pub fn arith(name: &str) -> Option<Arith> {
    Some(match name {
        "+" => Arith::Add,
        "-" => Arith::Sub,
        "*" => Arith::Mul,
        "div" => Arith::IntDiv,
        "rem" => Arith::Rem,
        "band" => Arith::Band,
        "bor" => Arith::Bor,
        "bxor" => Arith::Bxor,
        "bsl" => Arith::Bsl,
        "bsr" => Arith::Bsr,
        _ => return None,
    })
}

/// Never fails, whatever its arguments are, and has no effect.
pub fn cannot_fail(name: &str, arity: u32) -> bool {
    (arity == 1 && kind_of_test(name).is_some())
        || (arity == 2
            && matches!(
                name,
                "==" | "/=" | "=:=" | "=/=" | "<" | ">" | "=<" | ">=" | "max" | "min"
            ))
        || (arity == 0 && matches!(name, "self" | "node"))
}

/// The guard function that a call of `maps:name` stands for, as in Erlang/OTP: it fails under that name, and there is nothing to trace.
pub fn guard_of_map(name: &str, arity: u32) -> Option<&'static str> {
    match (name, arity) {
        ("get", 2) => Some("map_get"),
        ("is_key", 2) => Some("is_map_key"),
        ("size", 1) => Some("map_size"),
        _ => None,
    }
}

/// Never returns.
pub fn never_returns(module: &str, name: &str, arity: u32) -> bool {
    module == "erlang"
        && matches!(
            (name, arity),
            ("error", 1..=3) | ("exit", 1) | ("throw", 1) | ("raise", 3) | ("nif_error", 1..=2)
        )
}
