%% Tables with a dets file: filling with chunks, with formats, and the functions of the server.
-module(dets_more).
-include("../show.hrl").

start() ->
    show(fun() -> [dets:start(), dets:stop(), dets:start()] end),  % expect: [ok,stopped,ok]
    show(fun() -> with_table(fun(T) -> ok = dets:insert(T, [{1, a}, {2, b}]), copied(T) end) end),  % expect: [{1,a},{2,b}]
    show(fun() -> with_table(fun(T) -> [dets:init_table(T, input([[{1, a}], [{2, b}, {3, c}]]), []), lists:sort(dets:match_object(T, '_'))] end) end),  % expect: [ok,[{1,a},{2,b},{3,c}]]
    show(fun() -> with_table(fun(T) -> [dets:init_table(T, input([]), [{min_no_slots, 300}]), dets:info(T, size)] end) end),  % expect: [ok,0]
    show(fun() -> with_table(fun(T) -> dets:init_table(T, input([[{1, a}]]), [{no_such_option, 1}]) end) end),  % expect: error badarg
    show(fun() -> dets:repair_continuation('$end_of_table', []) end).  % expect: error badarg

copied(From) ->
    with_table(fun(To) ->
        ok = dets:init_table(To, chunks(From, start), [{format, bchunk}]),
        lists:sort(dets:match_object(To, '_'))
    end).

chunks(Table, Where) ->
    fun(read) ->
            case dets:bchunk(Table, Where) of
                '$end_of_table' -> end_of_input;
                {Next, Data} -> {Data, chunks(Table, Next)}
            end;
       (close) -> ok
    end.

input(Lists) ->
    fun(close) -> ok;
       (read) ->
            case Lists of
                [] -> end_of_input;
                [L | Rest] -> {L, input(Rest)}
            end
    end.


with_table(Do) ->
    Name = {dets_more, make_ref()},
    File = filename:join("/tmp", "dets_more_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    {ok, Name} = dets:open_file(Name, [{file, File}]),
    try Do(Name)
    after
        dets:close(Name),
        file:delete(File)
    end.
