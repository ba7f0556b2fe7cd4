%% error_2: edge, options.
-module(bif_error_2_edge_options).
-export([start/0, id/1]).

start() ->
    show(fun() -> options([{error_info, #{}}]) end),  % expect: {[arg],{error_info,#{}}}
    show(fun() -> options([{error_info, #{cause => a}}, {error_info, #{cause => b}}]) end),  % expect: {[arg],{error_info,#{cause => b}}}
    show(fun() -> options([{error_info, 1}]) end),  % expect: {[arg],false}
    show(fun() -> options([{error_info, #{}}, x]) end),  % expect: {[arg],false}
    show(fun() -> options([{error_info, #{}} | x]) end),  % expect: {[arg],false}
    show(fun() -> options([]) end),  % expect: {[arg],false}
    show(fun() -> options(x) end).  % expect: {[arg],false}

%% What `error/3` makes of its options, in the nearest frame.
options(Options) ->
    try erlang:error(reason, [id(arg)], Options) of _ -> none
    catch error:reason:S -> {_, _, Args, Info} = hd(S), {Args, lists:keyfind(error_info, 1, Info)}
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
