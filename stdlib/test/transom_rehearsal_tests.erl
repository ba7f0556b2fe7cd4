%% Copies of all live states are converted before anything is switched.
-module(transom_rehearsal_tests).

-include_lib("eunit/include/eunit.hrl").
-include("reloading.hrl").

rehearsal_test_() ->
    each([{rehearsal, fun rehearsal/1}, {record_without_code_change, fun record_without_code_change/1}]).

rehearsal(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    Ps = [serve() || _ <- lists:seq(1, 5)],
    gen_server:cast(hd(Ps), {set, odd}),
    Refused = load(Dir, rs, server("a = 1, b", "case S of {s, N} when is_integer(N) -> {ok, {s, N, new}} end")),
    ['R005'] = codes(Refused),
    {error, #{refusals := [{_, rs, 1, Text}]}} = Refused,
    {_, _} = binary:match(Text, <<"4 of 5 states convert; 1 fail: error {case_clause,{s,odd}} at line">>),
    [{s, odd} | _] = [gen_server:call(P, get) || P <- Ps],
    [gen_server:stop(P) || P <- Ps].

record_without_code_change(Dir) ->
    Text = fun(R) ->
                   "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2]).\n-record(s, {" ++ R ++ "}).\n"
                   "init(_) -> {ok, #s{}}.\nhandle_call(get, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"
           end,
    first(Dir, rs, Text("a = 1")),
    P = serve(),
    Refused = load(Dir, rs, Text("a = 1, b = 2")),
    ['R003'] = codes(Refused),
    {s, 1} = gen_server:call(P, get),
    {ok, _} = transom_reload:reload([file(Dir, rs, Text("a = 1, b = 2"))], #{force => true}),
    {s, 1} = gen_server:call(P, get),
    gen_server:stop(P).
