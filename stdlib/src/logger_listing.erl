%% The configuration of logger as text: what logger:i/0,1 prints.
-module(logger_listing).

-export([primary/1, handlers/1, proxy/1, modules/1]).

primary(#{level := Level, filter_default := Default, filters := Filters}) ->
    io:format("Primary configuration: ~n    Level: ~tp~n    Filter Default: ~tp~n    Filters: ~n", [Level, Default]),
    filters("        ", Filters).

handlers(Handlers) ->
    io:format("Handler configuration: ~n"),
    [io:format("    (none)~n") || Handlers =:= []],
    lists:foreach(fun handler/1, Handlers).

handler(#{id := Id, module := Module, level := Level, formatter := {FModule, FConfig}, filters := Filters, filter_default := Default} = Handler) ->
    io:format("    Id: ~tp~n        Module: ~tp~n        Level:  ~tp~n        Formatter:~n            Module: ~tp~n            Config:~n",
              [Id, Module, Level, FModule]),
    values("                ", FConfig),
    io:format("        Filter Default: ~tp~n        Filters:~n", [Default]),
    filters("            ", Filters),
    case Handler of
        #{config := Config} ->
            io:format("        Handler Config:~n"),
            values("            ", Config);
        #{} -> ok
    end,
    case maps:without([id, module, level, formatter, filters, filter_default, config], Handler) of
        Custom when map_size(Custom) > 0 ->
            io:format("        Custom Config:~n"),
            values("            ", Custom);
        _ -> ok
    end.

proxy(Config) ->
    io:format("Proxy configuration: ~n"),
    values("    ", Config).

modules(Levels) ->
    io:format("Level set per module: ~n"),
    case Levels of
        [] -> io:format("    (none)~n");
        _ -> lists:foreach(fun({Module, Level}) -> io:format("    Module: ~tp~n        Level: ~tp~n", [Module, Level]) end, Levels)
    end.

filters(Indent, []) -> io:format("~ts(none)~n", [Indent]);
filters(Indent, Filters) ->
    lists:foreach(
        fun({Id, {Fun, Arg}}) ->
            io:format("~tsId: ~tp~n~ts    Fun: ~tp~n~ts    Arg: ~tp~n", [Indent, Id, Indent, Fun, Indent, Arg])
        end,
        Filters).

values(Indent, Empty) when Empty =:= #{} -> io:format("~ts[]~n", [Indent]);
values(Indent, Map) when is_map(Map) ->
    lists:foreach(fun({Key, Value}) -> io:format("~ts~tp: ~tp~n", [Indent, Key, Value]) end, lists:sort(maps:to_list(Map)));
values(Indent, Other) -> io:format("~ts~tp~n", [Indent, Other]).
