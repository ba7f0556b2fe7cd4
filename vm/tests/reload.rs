//! Hot reloading through the Erlang side (`code`, `code_server`, the purger), with modules compiled from source in the test.

mod reload_support;
use reload_support::{Program, module};

fn plain() -> Program {
    Program::new(|b| b)
}

/// Versions of module `m` with a different answer of `v/0`.
fn versions(n: usize) -> Vec<Vec<u8>> {
    let text = |i| {
        format!(
            "-module(m).\n-export([v/0, fixed/0, loc/0, wait/0, loop/1]).\n\
             v() -> {i}.\nfixed() -> fun m:v/0.\nloc() -> fun() -> {{v(), m:v()}} end.\n\
             wait() -> receive stop -> v() end.\n\
             loop(P) -> receive go -> P ! v(), m:loop(P) end.\n"
        )
    };
    (1..=n).map(|i| module("m", &text(i))).collect()
}

#[test]
fn load_binary_switches_and_purges() {
    let p = plain();
    let driver = "-module(driver).\n-export([main/1]).\n\
        main([A, B, C]) ->\n\
            L1 = code:load_binary(m, \"m.erl\", A), V1 = m:v(),\n\
            L2 = code:load_binary(m, \"m.erl\", B), V2 = m:v(),\n\
            O2 = erlang:check_old_code(m),\n\
            L3 = code:load_binary(m, \"any name\", C), V3 = m:v(),\n\
            [L1, V1, L2, V2, O2, L3, V3, code:is_loaded(m), code:purge(m), code:soft_purge(m), code:delete(m),\n\
             code:is_loaded(m), code:delete(m)].\n";
    assert_eq!(
        p.text(driver, &versions(3)),
        "[{module,m},1,{module,m},2,true,{module,m},3,{file,\"any name\"},false,true,true,false,false]"
    );
}

#[test]
fn a_purge_kills_who_is_in_old_code_and_nobody_else() {
    let p = plain();
    let driver = "-module(driver).\n-export([main/1]).\n\
        main([A, B]) ->\n\
            code:load_binary(m, \"m.erl\", A),\n\
            Me = self(),\n\
            {W, WM} = spawn_monitor(m, wait, []), L = spawn(m, loop, [Me]),\n\
            L ! go, V1 = receive X1 -> X1 end,\n\
            code:load_binary(m, \"m.erl\", B),\n\
            L ! go, V2 = receive X2 -> X2 end, L ! go, V3 = receive X3 -> X3 end,\n\
            In = [erlang:check_process_code(P, m) || P <- [W, L]],\n\
            Soft = code:soft_purge(m), Alive = is_process_alive(W),\n\
            Hard = code:purge(m),\n\
            Why = receive {'DOWN', WM, _, _, R} -> R end,\n\
            {V1, V2, V3, In, Soft, Alive, Hard, Why, is_process_alive(L), erlang:check_old_code(m)}.\n";
    assert_eq!(
        p.text(driver, &versions(2)),
        "{1,1,2,[true,false],false,true,true,killed,true,false}"
    );
}

#[test]
fn funs_die_with_their_code_and_come_back_with_it() {
    let p = plain();
    let driver = "-module(driver).\n-export([main/1]).\n\
        main([A, B]) ->\n\
            Load = fun(V) -> {module, m} = code:load_binary(m, \"m.erl\", V) end,\n\
            Load(A), L = m:loc(), X = m:fixed(), V1 = L(),\n\
            Load(B), V2 = L(), Same = L =:= m:loc(), Ext = X =:= m:fixed(),\n\
            code:purge(m),\n\
            Dead = try L() catch error:{badfun, L} -> badfun end,\n\
            Name = erlang:fun_info(L, name), External = X(),\n\
            Load(A), Back = L(),\n\
            {V1, V2, Same, Ext, Dead, Name, External, Back}.\n";
    assert_eq!(
        p.text(driver, &versions(2)),
        "{{1,1},{1,2},false,true,badfun,{name,[]},2,{1,1}}"
    );
}

#[test]
fn what_is_no_module_changes_nothing_and_kills_nobody() {
    let p = plain();
    let driver = "-module(driver).\n-export([main/1]).\n\
        main([A, B]) ->\n\
            code:load_binary(m, \"m.erl\", A),\n\
            W = spawn(m, wait, []), erlang:yield(),\n\
            code:load_binary(m, \"m.erl\", B),\n\
            Junk = code:load_binary(m, \"m.erl\", <<\"junk\">>),\n\
            Cut = code:load_binary(m, \"m.erl\", binary:part(A, 0, byte_size(A) - 1)),\n\
            Other = code:load_binary(n, \"n.erl\", A),\n\
            {Junk, Cut, Other, is_process_alive(W), m:v(), erlang:check_old_code(m)}.\n";
    let bad = "{error,badfile}";
    assert_eq!(
        p.text(driver, &versions(2)),
        format!("{{{bad},{bad},{bad},true,2,true}}")
    );
}

#[test]
fn on_load_decides() {
    let text = |answer: &str| {
        format!(
            "-module(m).\n-export([v/0]).\n-on_load(init/0).\nv() -> {answer}.\n\
             init() -> case {answer} of 1 -> ok; 2 -> no; 3 -> ok end.\n"
        )
    };
    let all: Vec<Vec<u8>> = ["1", "2", "3"]
        .iter()
        .map(|a| module("m", &text(a)))
        .collect();
    let driver = "-module(driver).\n-export([main/1]).\n\
        main(All) -> [{code:load_binary(m, \"m.erl\", B), m:v()} || B <- All].\n";
    assert_eq!(
        plain().text(driver, &all),
        "[{{module,m},1},{{error,on_load_failure},1},{{module,m},3}]"
    );
}

#[test]
fn several_modules_switch_together_or_not_at_all() {
    let of = |name: &str, n: usize| {
        module(
            name,
            &format!("-module({name}).\n-export([v/0]).\nv() -> {n}.\n"),
        )
    };
    let args = [of("a", 1), of("b", 1), of("a", 2), of("b", 2)];
    let driver = "-module(driver).\n-export([main/1, pairs/2]).\n\
        main([A1, B1, A2, B2]) ->\n\
            ok = code:atomic_load([{a, \"a\", A1}, {b, \"b\", B1}]),\n\
            Me = self(), P = spawn_link(driver, pairs, [Me, 0]),\n\
            R = switch(100, [{a, \"a\", A2}, {b, \"b\", B2}], [{a, \"a\", A1}, {b, \"b\", B1}]),\n\
            P ! stop, Mixed = receive {mixed, N} -> N end,\n\
            Twice = code:atomic_load([{a, \"a\", A1}, {a, \"a\", A1}]),\n\
            Bad = code:atomic_load([{a, \"a\", A1}, {b, \"b\", <<>>}]),\n\
            {ok, Prep} = code:prepare_loading([{a, \"a\", A1}]),\n\
            code:purge(a), Once = code:finish_loading(Prep), code:purge(a), Again = code:finish_loading(Prep),\n\
            {R, Mixed, Twice, Bad, Once, Again}.\n\
        switch(0, _, _) -> ok;\n\
        switch(N, New, Old) ->\n\
            unused(a), unused(b),\n\
            ok = code:atomic_load(New),\n\
            switch(N - 1, Old, New).\n\
        %% A slice may have ended inside a version: purge/1 would kill the process then, as it should.\n\
        unused(M) -> code:soft_purge(M) orelse unused(M).\n\
        %% Both answers of a pair come from one slice, unless the slice ended between the two calls.\n\
        pairs(To, Mixed) ->\n\
            receive stop -> To ! {mixed, Mixed} after 0 -> pairs(To, Mixed + count(100, 0)) end.\n\
        count(0, Mixed) -> Mixed;\n\
        count(N, Mixed) ->\n\
            case {a:v(), b:v()} of\n\
                {X, X} -> count(N - 1, Mixed);\n\
                _ -> case {a:v(), b:v()} of {X, X} -> count(N - 1, Mixed); _ -> count(N - 1, Mixed + 1) end\n\
            end.\n";
    assert_eq!(
        plain().text(driver, &args),
        "{ok,0,{error,[{a,duplicated}]},{error,[{b,badfile}]},ok,{error,[{a,stale}]}}"
    );
}
