%% A listener that writes what continuous integration reads: one file TEST-Name.xml for each suite, in the directory of option dir.
%% A suite is what the run was given: a module, or what has a description.
-module(eunit_surefire).
-behaviour(eunit_listener).
-export([start/0, start/1, init/1, handle_begin/3, handle_end/3, handle_cancel/3, terminate/2]).

-record(st, {dir, suites = []}).
%% cases: the newest first.
-record(suite, {id, name, cases = []}).
%% result: ok | {error, Exception} | {skipped, Reason}; time: milliseconds.
-record(tested, {name, result, time, output}).

start() -> start([]).

start(Options) -> eunit_listener:start(?MODULE, Options).

init(Options) -> #st{dir = proplists:get_value(dir, Options, ".")}.

%% A suite has a name, and none around it. A group of one test is that test.
handle_begin(test, Data, St) ->
    case proplists:get_value(id, Data) of
        [_] -> handle_begin(group, Data, St);
        _ -> St
    end;
handle_begin(group, Data, #st{suites = Suites} = St) ->
    Id = proplists:get_value(id, Data),
    case {proplists:get_value(desc, Data), suite_of(Id, Suites)} of
        {Name, none} when Name =/= undefined -> St#st{suites = [#suite{id = Id, name = Name} | Suites]};
        _ -> St
    end.

handle_end(group, _, St) -> St;
handle_end(test, Data, St) -> add(tested(Data, proplists:get_value(status, Data)), Data, St).

handle_cancel(test, Data, St) -> add(tested(Data, {skipped, proplists:get_value(reason, Data)}), Data, St);
handle_cancel(group, Data, St) ->
    case {proplists:get_value(reason, Data), proplists:get_value(id, Data)} of
        {{abort, {What, Exception}}, Id} -> add(#tested{name = fixture(What, Id), result = {error, Exception}, time = 0, output = []}, Data, St);
        _ -> St
    end.

fixture(setup_failed, Id) -> io_lib:format("fixture setup ~w", [Id]);
fixture(cleanup_failed, Id) -> io_lib:format("fixture cleanup ~w", [Id]);
fixture(What, Id) -> io_lib:format("~w ~w", [What, Id]).

terminate({ok, _}, #st{dir = Dir, suites = Suites}) -> lists:foreach(fun(S) -> write(Dir, S) end, lists:reverse(Suites));
terminate({error, Reason}, _) -> io:format("no report of the tests was written: ~tp~n", [Reason]).

suite_of(Id, Suites) ->
    case [S || #suite{id = Of} = S <- Suites, lists:prefix(Of, Id)] of
        [S | _] -> S;
        [] -> none
    end.

%% Tests that no suite is around have one of their own.
add(Case, Data, #st{suites = Suites} = St) ->
    Suite = case suite_of(proplists:get_value(id, Data), Suites) of
                none -> #suite{id = [], name = <<"tests">>};
                Found -> Found
            end,
    St#st{suites = [Suite#suite{cases = [Case | Suite#suite.cases]} | lists:keydelete(Suite#suite.id, #suite.id, Suites)]}.

tested(Data, Result) ->
    #tested{name = test_name(Data), result = Result, time = proplists:get_value(time, Data, 0), output = proplists:get_value(output, Data, [])}.

test_name(Data) ->
    {M, F, _} = proplists:get_value(source, Data),
    Desc = case proplists:get_value(desc, Data) of undefined -> []; Text -> [" (", Text, ")"] end,
    [io_lib:format("~ts:~w ~ts", [M, proplists:get_value(line, Data), F]), Desc].

%%% The file

write(Dir, #suite{name = Name, cases = Newest}) ->
    File = filename:join(Dir, unicode:characters_to_list(["TEST-", file_part(Name), ".xml"])),
    Text = [<<"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n">>, suite(Name, lists:reverse(Newest))],
    case file:write_file(File, unicode:characters_to_binary(Text)) of
        ok -> ok;
        {error, Reason} -> io:format("~ts cannot be written: ~ts~n", [File, file:format_error(Reason)])
    end.

%% The name of a module, or a description without what file systems give a meaning to.
file_part(<<"module '", Rest/binary>>) -> binary:part(Rest, 0, byte_size(Rest) - 1);
file_part(Name) -> re:replace(Name, "[^[:word:]._-]", "_", [global, unicode, ucp]).

suite(Name, Cases) ->
    Number = fun(Tag) -> integer_to_list(length([C || #tested{result = {T, _}} = C <- Cases, T =:= Tag])) end,
    Millis = lists:sum([T || #tested{time = T} <- Cases]),
    ["<testsuite tests=\"", integer_to_list(length(Cases)), "\" failures=\"0\" errors=\"", Number(error), "\" skipped=\"", Number(skipped),
     "\" time=\"", seconds(Millis), "\" name=\"", escaped(Name), "\">\n", [tested(C) || C <- Cases], "</testsuite>\n"].

tested(#tested{name = Name, result = Result, time = Millis, output = Output}) ->
    ["  <testcase time=\"", seconds(Millis), "\" name=\"", escaped(Name), "\">\n", result(Result),
     "    <system-out>", escaped(Output), "\n    </system-out>\n  </testcase>\n"].

result(ok) -> [];
result({error, {Class, _, _} = Exception}) ->
    ["    <error type=\"", atom_to_list(Class), "\">\n", escaped(["::", eunit_lib:format_exception(Exception)]), "\n    </error>\n"];
result({error, Reason}) -> ["    <error type=\"error\">\n", escaped(io_lib:format("~tp", [Reason])), "\n    </error>\n"];
result({skipped, Reason}) -> ["    <skipped type=\"unknown\">\n", escaped(why(Reason)), "\n    </skipped>\n"].

why({timeout, #{stacktrace := Stack}}) -> ["timed out\n", eunit_lib:format_stacktrace(Stack)];
why({exit, Reason}) -> io_lib:format("the process of the test ended: ~tp", [Reason]);
why(Reason) -> io_lib:format("~tp", [Reason]).

seconds(Millis) -> io_lib:format("~.3f", [Millis / 1000]).

%% Characters that XML does not know are left out.
escaped(Text) ->
    [escape(C) || C <- unicode:characters_to_list(as_unicode(Text)), C >= $\s orelse C =:= $\n orelse C =:= $\t, C =/= 16#FFFE, C =/= 16#FFFF].

as_unicode(Text) ->
    case unicode:characters_to_binary(Text) of
        Binary when is_binary(Binary) -> Binary;
        _ -> unicode:characters_to_binary(Text, latin1)
    end.

escape($<) -> "&lt;";
escape($>) -> "&gt;";
escape($&) -> "&amp;";
escape($") -> "&quot;";
escape(C) -> C.
