%% Functions of the machine that few programs call.
-module(erlang_ports_preloaded).
-include("../show.hrl").

start() ->
    show(fun() -> [lists:member(M, erlang:pre_loaded()) || M <- [erlang, init, persistent_term, atomics, counters, erts_internal, no_such_module, gen_server, ?MODULE]] end),  % expect: [true,true,true,true,true,true,false,false,false]
    show(fun() -> [M || M <- erlang:pre_loaded(), not is_atom(M)] end),  % expect: []
    show(fun() -> erlang:port_call(foo, 1) end),  % expect: error badarg
    show(fun() -> erlang:port_call(self(), 1) end),  % expect: error badarg
    show(fun() -> P = erlang:open_port({spawn, "cat"}, []), R = (catch erlang:port_call(P, data)), erlang:port_close(P), element(1, element(2, R)) end).  % expect: badarg
