%% nif_error: edge.
-module(bif_nif_error_edge).
-export([start/0, id/1]).
-include("../frame.hrl").

start() ->
    show(fun() -> frame(fun() -> erlang:nif_error(id(not_loaded)) end) end),  % expect: {error,not_loaded,{erlang,nif_error,[not_loaded]}}
    show(fun() -> frame(fun() -> erlang:nif_error(not_loaded, id([1, 2])) end) end),  % expect: {error,not_loaded,{erlang,nif_error,[not_loaded,[1,2]]}}
    show(fun() -> frame(fun() -> erlang:nif_error(not_loaded, id(none)) end) end),  % expect: {error,not_loaded,{erlang,nif_error,[not_loaded,none]}}
    show(fun() -> frame(fun() -> erlang:nif_error(not_loaded, id(improper)) end) end).  % expect: {error,not_loaded,{erlang,nif_error,[not_loaded,improper]}}
