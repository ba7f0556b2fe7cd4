%% Modules whose functions are native can be asked for like any other.
-module(native_modules).
-include("../show.hrl").

start() ->
    All = [atomics, binary, counters, erts_debug, math, persistent_term, unicode],
    show(fun() -> [code:ensure_loaded(M) || M <- All] end),  % expect: [{module,atomics},{module,binary},{module,counters},{module,erts_debug},{module,math},{module,persistent_term},{module,unicode}]
    show(fun() -> [M || M <- All, not erlang:module_loaded(M)] end),  % expect: []
    show(fun() -> [M || M <- All, code:which(M) =:= non_existing] end),  % expect: []
    show(fun() -> [M:module_info(module) || M <- All] end),  % expect: [atomics,binary,counters,erts_debug,math,persistent_term,unicode]
    Some = [{binary, split, 3}, {ets, insert, 2}, {lists, keyfind, 3}, {math, pow, 2}, {unicode, characters_to_list, 1}, {maps, get, 2}, {counters, add, 3}],
    show(fun() -> [lists:member({F, A}, M:module_info(exports)) || {M, F, A} <- Some] end),  % expect: [true,true,true,true,true,true,true]
    show(fun() -> [length([x || FA <- M:module_info(exports), FA =:= {F, A}]) || {M, F, A} <- Some] end),  % expect: [1,1,1,1,1,1,1]
    show(fun() -> [M || M <- [ets, lists, maps | All], lists:sort(M:module_info(exports)) =/= lists:usort(M:module_info(exports))] end),  % expect: []
    show(fun() -> binary:nosuch(1) end).  % expect: error undef
