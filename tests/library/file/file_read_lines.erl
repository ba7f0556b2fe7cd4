%% Lines and pieces of raw files, read ahead or not, between other operations: where the file stands, and what it answers then.
-module(file_read_lines).
-include("../show.hrl").

start() ->
    show(fun() -> modes([], fun(D) -> all(D) end) end),  % expect: [[<<"one\n">>,<<"two\n">>,<<"\n">>,<<"a\rb\n">>,{701,10},{70001,10},<<"last">>,eof]]
    show(fun() -> modes([], fun(D) -> [file:read_line(D), file:position(D, cur), file:read(D, 3), file:read_line(D), file:position(D, {cur, 1}), file:read_line(D)] end) end),  % expect: [[{ok,<<"one\n">>},{ok,4},{ok,<<"two">>},{ok,<<"\n">>},{ok,10},{ok,<<"a\rb\n">>}]]
    show(fun() -> modes([], fun(D) -> [file:read(D, 2), file:read(D, 5), file:read_line(D), file:position(D, bof), file:read_line(D), file:position(D, {eof, -4}), file:read_line(D), file:read_line(D), file:read(D, 1)] end) end),  % expect: [[{ok,<<"on">>},{ok,<<"e\ntwo">>},{ok,<<"\n">>},{ok,0},{ok,<<"one\n">>},{ok,70716},{ok,<<"last">>},eof,eof]]
    show(fun() -> modes([], fun(D) -> [file:read_line(D), file:pread(D, 1, 4), file:read_line(D), file:pread(D, 1000000, 4), file:position(D, cur)] end) end),  % expect: [[{ok,<<"one\n">>},{ok,<<"ne\nt">>},{ok,<<"two\n">>},eof,{ok,9}]]
    show(fun() -> modes([], fun(D) -> [file:position(D, 1000000), file:read_line(D), file:read(D, 3), file:read(D, 0)] end) end),  % expect: [[{ok,1000000},eof,eof,{ok,<<>>}]]
    show(fun() -> modes([write], fun(D) -> [file:read_line(D), file:write(D, "TWO"), file:read_line(D), file:position(D, 4), file:read_line(D), file:pwrite(D, 4, "two"), file:position(D, 0), file:read(D, 9)] end) end),  % expect: [[{ok,<<"one\n">>},ok,{ok,<<"\n">>},{ok,4},{ok,<<"TWO\n">>},ok,{ok,0},{ok,<<"one\ntwo\r\n">>}]]
    show(fun() -> modes([write], fun(D) -> [file:read_line(D), file:position(D, eof) =:= file:position(D, cur), file:write(D, "+"), file:position(D, {cur, -2}), file:read_line(D), file:position(D, {eof, -1}), file:truncate(D)] end) end).  % expect: [[{ok,<<"one\n">>},true,ok,{ok,70719},{ok,<<"t+">>},{ok,70720},ok]]

%% What is answered without reading ahead, then what else is answered by other modes.
modes(More, Fun) ->
    [First | Others] = [with(More ++ Modes, Fun) || Modes <- [[raw], [raw, read_ahead], [raw, {read_ahead, 3}], [raw, {read_ahead, 100}]]],
    [First | [Other || Other <- Others, Other =/= First]].

with(Modes, Fun) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "file_read_lines_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    Lines = ["one\n", "two\r\n", "\n", "a\rb\n", lists:duplicate(700, $x) ++ "\n", lists:duplicate(70000, $y) ++ "\n", "last"],
    ok = file:write_file(Name, Lines),
    {ok, D} = file:open(Name, [read, binary | Modes]),
    try Fun(D) after file:close(D), file:delete(Name) end.

all(D) ->
    case file:read_line(D) of
        {ok, Line} when byte_size(Line) > 20 -> [{byte_size(Line), binary:last(Line)} | all(D)];
        {ok, Line} -> [Line | all(D)];
        Other -> [Other]
    end.
