%% load_nif/2: edge, names in other forms.
-module(bif_load_nif_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> [erlang:load_nif(id(N), 0) || N <- ["nosuch", <<"nosuch">>, ["no", "such"], "", "nosuch.so"]] end),  % expect: [{error,{load_failed,"Failed to load NIF library: 'nosuch.so: cannot open shared object file: No such file or directory'"}},
    % expect:  {error,{load_failed,"Failed to load NIF library: 'nosuch.so: cannot open shared object file: No such file or directory'"}},
    % expect:  {error,{load_failed,"Failed to load NIF library: 'nosuch.so: cannot open shared object file: No such file or directory'"}},
    % expect:  {error,{load_failed,"Failed to load NIF library: '.so: cannot open shared object file: No such file or directory'"}},
    % expect:  {error,{load_failed,"Failed to load NIF library: 'nosuch.so.so: cannot open shared object file: No such file or directory'"}}]
    show(fun() -> erlang:load_nif("/nosuch/a b", [info, {any, term}]) end).  % expect: {error,{load_failed,"Failed to load NIF library: '/nosuch/a b.so: cannot open shared object file: No such file or directory'"}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
