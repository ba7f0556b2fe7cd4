%% What comes out of native sessions beside lines of text: JSON, terms for a program's own formatter, records by name, and never a secret.
-module(transom_tracer_formats_tests).

-include_lib("eunit/include/eunit.hrl").

-export([login/2, event/1]).

-record(user, {name, password, age = 0}).

login(_, _) -> {ok, #user{name = "joe", password = "hunter2"}}.

calls() -> login(#user{name = "joe", password = "hunter2"}, #{token => "s3cret", port => 80}), ok.

pattern() -> atom_to_list(?MODULE) ++ ":login -> return".

%% The bytes that a session writes to a file while calls/0 runs.
written(Kind, Opts) ->
    File = atom_to_list(?MODULE) ++ "." ++ os:getpid(),
    {ok, Session, _} = transom_tracer:run(pattern(), self(), Opts#{output => {Kind, File}, records => [?MODULE]}),
    calls(),
    {ok, #{shown := 2}} = transom_tracer:stop(Session),
    {ok, Bytes} = file:read_file(File),
    ok = file:delete(File),
    Bytes.

records_print_by_name_test() ->
    Text = written(file, #{}),
    ?assertNotEqual(nomatch, binary:match(Text, <<"login(#user{name = \"joe\",password = \"hunter2\",age = 0}, ">>)),
    ?assertNotEqual(nomatch, binary:match(Text, <<"-> {ok,#user{name = \"joe\",">>)).

secrets_are_in_no_format_and_no_file_test() ->
    Rules = ["#user.password", "token"],
    [begin
         Bytes = written(Kind, #{style => Style, redact => Rules}),
         ?assertEqual({Style, nomatch}, {Style, binary:match(Bytes, [<<"hunter2">>, <<"s3cret">>])}),
         ?assertNotEqual({Style, nomatch}, {Style, binary:match(Bytes, <<"redacted">>)})
     end || {Kind, Style} <- [{file, text}, {file, recon}, {file, redbug}, {file, dbg}, {file, json}, {file, chrome}, {file, mermaid}]],
    ?assertEqual(nomatch, binary:match(written(capture, #{redact => Rules}), [<<"hunter2">>, <<"s3cret">>])),
    Second = written(file, #{redact => [atom_to_list(?MODULE) ++ ":login/2#2"]}),
    ?assertNotEqual(nomatch, binary:match(Second, <<"hunter2">>)),
    ?assertEqual(nomatch, binary:match(Second, <<"s3cret">>)).

json_lines_test() ->
    [Call, Return] = [json:decode(Line) || Line <- binary:split(written(file, #{style => json}), <<"\n">>, [global, trim_all])],
    Name = atom_to_binary(?MODULE),
    Me = list_to_binary(pid_to_list(self())),
    ?assertMatch(#{<<"event">> := <<"call">>, <<"module">> := Name, <<"function">> := <<"login">>, <<"arity">> := 2, <<"args">> := [_, _], <<"process">> := Me}, Call),
    ?assertMatch(#{<<"event">> := <<"return_from">>, <<"sequence">> := Second} when Second > map_get(<<"sequence">>, Call), Return),
    ?assert(maps:get(<<"monotonic_ns">>, Return) >= maps:get(<<"monotonic_ns">>, Call)).

%% The program's own formatter.
event({trace_ts, _, call, {_, Function, Args}, {_, _, _}}) -> io_lib:format("~s with ~w~n", [Function, length(Args)]);
event({trace_ts, _, return_from, _, _, _}) -> skip.

a_function_of_the_program_makes_the_text_test() ->
    Me = self(),
    Device = spawn(fun() -> hand_over(Me) end),
    {ok, Session, _} = transom_tracer:run(pattern(), self(), #{output => {device, Device}, format => {?MODULE, event}, totals => false}),
    calls(),
    ?assertEqual("login with 2\n", receive {text, Text} -> Text after 30000 -> none end),
    {ok, #{shown := 2}} = transom_tracer:stop(Session),
    ?assertEqual(none, receive {text, More} -> More after 50 -> none end),
    exit(Device, kill).

%% A device that hands on what is printed.
hand_over(To) ->
    receive
        {io_request, From, Ref, {put_chars, _, Chars}} ->
            From ! {io_reply, Ref, ok},
            To ! {text, unicode:characters_to_list(Chars)},
            hand_over(To)
    end.
