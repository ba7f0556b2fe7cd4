%% What servers, machines and event managers find in the place of the caller: whoever waits without end is known by a plain reference, which programs monitor
%% and demonitor by; the tag of one with a time names an alias.
-module(gen_server_tags).
-include("../show.hrl").

start() ->
    register(gen_server_tags, spawn_link(fun answering/0)),
    show(fun() -> [gen_server:call(gen_server_tags, tag, infinity), gen_server:call(whereis(gen_server_tags), tag, infinity)] end),  % expect: [reference,reference]
    show(fun() -> gen_server:call({gen_server_tags, node()}, tag, infinity) end),  % expect: reference
    show(fun() -> [gen_server:call(gen_server_tags, tag), gen_server:call(gen_server_tags, tag, 60000)] end),  % expect: [alias,alias]
    show(fun() -> [gen_statem:call(gen_server_tags, tag), gen_statem:call(gen_server_tags, tag, 60000)] end),  % expect: [reference,alias]
    show(fun() -> [gen_statem:call(gen_server_tags, tag, {T, infinity}) || T <- [clean_timeout, dirty_timeout]] end),  % expect: [reference,reference]
    show(fun() -> gen_statem:call(gen_server_tags, tag, {clean_timeout, 60000}) end),  % expect: alias
    show(fun() -> supervisor:which_children(gen_server_tags) end),  % expect: reference
    show(fun() -> [gen:call(gen_server_tags, label, tag), gen:call(gen_server_tags, label, tag, infinity)] end),  % expect: [{ok,alias},{ok,reference}]
    show(fun() -> gen_server:call(gen_server_tags, stop, infinity) end),  % expect: exit {normal,{gen_server,call,[gen_server_tags,stop,infinity]}}
    show(fun() -> next(10) end).  % expect: nothing

answering() ->
    receive
        {_, _, stop} -> ok;
        {_, {_, Tag} = From, _} ->
            gen:reply(From, case Tag of [alias | R] when is_reference(R) -> alias; R when is_reference(R) -> reference end),
            answering()
    end.
