%% redbug: bounded tracing from patterns written as text.
%%
%% start/1,2 compiles "mod:fun(Args) when Guards -> actions" to match specifications and starts one process that is tracer, counter and printer. It ends by
%% itself after a time, a number of events, when its queue grows, or at an argument too large, and takes every flag and pattern off whatever the reason.
%% Unlike the tool it follows, an exception prints as one. Options this implementation does not have are refused by name.
-module(redbug).

-export([start/1, start/2, stop/0, help/0, compile/1]).

-define(DEFAULTS, #{time => 15000, msgs => 10, blocking => false, procs => all, max_queue => 5000, max_msg_size => 50000, trace_child => false,
                    arity => false, discard => false, buffered => false, print_calls => true, print_msec => false, print_time_unit => second,
                    print_depth => 999999, print_re => "", print_return => true, print_node => false, print_fun => ''}).

help() ->
    lists:foreach(fun(Line) -> io:format("~ts~n", [Line]) end,
                  ["redbug:start(Pattern | [Pattern] [, Options]) starts tracing, redbug:stop() ends it.",
                   "Pattern: send, 'receive', or \"mod\", \"mod:fun\", \"mod:fun/2\", \"mod:fun(X, _) when X > 1 -> return, stack\".",
                   "Actions: return, stack, time, count.",
                   "Options and what they are by default:"
                   | [io_lib:format("  ~-16w ~tw", [Key, Value]) || {Key, Value} <- lists:sort(maps:to_list(?DEFAULTS))]]).

start(Patterns) -> start(Patterns, []).

start(Pattern, Options) when is_atom(Pattern) -> start([Pattern], Options);
start([C | _] = Pattern, Options) when is_integer(C) -> start([Pattern], Options);
start(Patterns, Option) when is_atom(Option); is_tuple(Option) -> start(Patterns, [Option]);
start(Patterns, Options) ->
    try
        Set = lists:foldl(fun option/2, ?DEFAULTS, Options),
        whereis(?MODULE) =:= undefined orelse throw(redbug_already_started),
        run([compile_one(Pattern) || Pattern <- Patterns], Set)
    catch throw:Answer -> Answer
    end.

option(Key, Set) when is_atom(Key) -> option({Key, true}, Set);
option({target, Node}, Set) when Node =:= node() -> Set;
option({Key, Value}, Set) when is_map_key(Key, Set) -> Set#{Key := Value};
option({Key, _}, _) -> throw({no_such_option, Key}).

compile_one(Event) when Event =:= send; Event =:= 'receive' -> Event;
compile_one(Text) ->
    try compile(Text)
    catch
        exit:{syntax_error, "syntax error" ++ _ = What} -> throw({parse_error, What});
        exit:Reason -> throw({argument_error, Reason})
    end.

stop() ->
    case whereis(?MODULE) of
        undefined -> not_started;
        Pid -> Pid ! stop, stopped
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Patterns. Arguments and guards are those of a fun, so they are read and translated as one.

compile(Text) ->
    Tokens = case erl_scan:string(Text) of
                 {ok, Scanned, _} -> Scanned;
                 {error, _, _} -> syntax("syntax error before: ")
             end,
    [syntax("at: .") || {float, _, _} <- Tokens],
    [syntax("syntax error before: '#'") || {{'#', _}, Next} <- lists:zip(lists:droplast(Tokens ++ [none]), tl(Tokens ++ [none])), not is_tuple(Next) orelse element(1, Next) =/= '{'],
    {Left, After} = split('->', Tokens),
    {Target, Guard} = split('when', Left),
    {Actions, Kinds} = actions([A || A <- After, not lists:member(element(1, A), [',', ';'])]),
    {Mfa, Heads, Scope} = target(Target, Guard),
    {Mfa, [{Head, Tests, Actions} || {Head, Tests} <- Heads], Kinds ++ [Scope]}.

-spec syntax(string()) -> no_return().
syntax(What) -> exit({syntax_error, What}).

split(Kind, Tokens) ->
    case lists:splitwith(fun(T) -> element(1, T) =/= Kind end, Tokens) of
        {All, []} -> {All, []};
        {Before, [_ | After]} -> {Before, After}
    end.

actions(Tokens) -> lists:foldl(fun action/2, {[], []}, Tokens).

action({atom, _, return}, {As, Ks}) -> {As ++ [{exception_trace}], Ks};
action({atom, _, stack}, {As, Ks}) -> {As ++ [{message, {process_dump}}], Ks};
action({atom, _, time}, {As, Ks}) -> {As, Ks ++ [call_time]};
action({atom, _, count}, {As, Ks}) -> {As, Ks ++ [call_count]};
action({_, _, Name}, _) -> syntax(lists:flatten(io_lib:format("illegal action: ~tp", [Name])));
action(_, _) -> syntax("syntax error before: ").

target([M], []) -> {{name(M), '_', '_'}, [{'_', []}], local};
target([M, {':', _}, F], []) -> {{name(M), name(F), '_'}, [{'_', []}], scope(name(F))};
target([M, {':', _}, F, {'/', _}, {integer, _, N}], []) ->
    case name(F) of
        '_' -> {{name(M), '_', '_'}, [{lists:duplicate(N, '_'), []}], global};
        Name -> {{name(M), Name, N}, [{'_', []}], local}
    end;
target([M, {':', _}, F, {'(', Line} | Rest], Guard) when Rest =/= [] ->
    case lists:last(Rest) of
        {')', _} -> ok;
        _ -> syntax("syntax error before: ")
    end,
    Arguments = [case T of {'=>', L} -> {':=', L}; _ -> T end || T <- lists:droplast(Rest)],
    Tests = case Guard of [] -> []; _ -> [{'when', Line} | conjunctions(Guard, 0)] end,
    Tokens = [{'fun', Line}, {'(', Line}, {'[', Line}] ++ Arguments ++ [{']', Line}, {')', Line}] ++ Tests
        ++ [{'->', Line}, {atom, Line, true}, {'end', Line}, {dot, Line}],
    case erl_parse:parse_exprs(Tokens) of
        {ok, [{'fun', _, {clauses, Clauses}}]} -> spec(name(M), name(F), Clauses);
        _ -> syntax("syntax error before: ")
    end;
target(_, _) -> syntax("syntax error before: ").

spec(M, F, Clauses) ->
    case ms_transform:transform_from_shell(dbg, Clauses, []) of
        {error, [{_, [{_, _, {unbound_variable, Name}}]}], _} -> syntax(lists:flatten(io_lib:format("unbound variable: ~p", [Name])));
        {error, [{_, [{_, Module, Code}]}], _} -> syntax(Module:format_error(Code));
        [{Head, Tests, _}] -> {{M, F, length(Head)}, [{Head, Tests}], scope(F)}
    end.

scope('_') -> global;
scope(_) -> local.

name({atom, _, Name}) -> Name;
name({var, _, _}) -> '_';
name(_) -> syntax("syntax error before: ").

%% Between tests a comma means both and a semicolon either; inside calls they are what they are.
conjunctions([{Open, _} = T | Rest], Depth) when Open =:= '('; Open =:= '{'; Open =:= '[' -> [T | conjunctions(Rest, Depth + 1)];
conjunctions([{Close, _} = T | Rest], Depth) when Close =:= ')'; Close =:= '}'; Close =:= ']' -> [T | conjunctions(Rest, Depth - 1)];
conjunctions([{',', Line} | Rest], 0) -> [{'andalso', Line} | conjunctions(Rest, 0)];
conjunctions([{';', Line} | Rest], 0) -> [{'orelse', Line} | conjunctions(Rest, 0)];
conjunctions([T | Rest], Depth) -> [T | conjunctions(Rest, Depth)];
conjunctions([], _) -> [].

%% ---------------------------------------------------------------------------------------------------------------------
%% The tracing process

run(Patterns, #{blocking := Blocking} = Set) ->
    Caller = self(),
    {Pid, Monitor} = spawn_monitor(fun() -> init(Caller, Patterns, Set) end),
    receive
        {?MODULE, Pid, _} when Blocking -> receive {'DOWN', Monitor, _, _, {blocked, Answer}} -> Answer; {'DOWN', Monitor, _, _, Reason} -> Reason end;
        {?MODULE, Pid, Answer} -> demonitor(Monitor, [flush]), Answer;
        {'DOWN', Monitor, _, _, Reason} -> Reason
    end.

init(Caller, Patterns, Set) ->
    (catch register(?MODULE, self())) =:= true orelse exit(redbug_already_started),
    Functions = lists:sum([set(Pattern) || Pattern <- Patterns, is_tuple(Pattern)]),
    Calls = [call || Functions > 0],
    Events = [Event || Event <- Patterns, is_atom(Event)],
    Calls ++ Events =:= [] andalso finish_now({argument_error, no_matching_functions}),
    Flags = Calls ++ Events ++ [timestamp, {tracer, self()}] ++ [arity || maps:get(arity, Set)] ++ [set_on_spawn || maps:get(trace_child, Set)],
    Processes = lists:sum([flags(Who, Flags) || Who <- processes_of(maps:get(procs, Set))]),
    Processes =:= 0 andalso finish_now({argument_error, no_matching_processes}),
    erlang:send_after(maps:get(time, Set), self(), timeout),
    Caller ! {?MODULE, self(), {list_to_atom("redbug_" ++ atom_to_list(node())), Processes, Functions}},
    {Reason, Left, Shown, Kept} = loop(Set, maps:get(msgs, Set), 0, []),
    Counted = [counts(Kind, Mfa) || {Mfa, _, Kinds} <- [P || P <- Patterns, is_tuple(P)], Kind <- Kinds, Kind =/= local, Kind =/= global],
    clear(),
    finish(Reason, Left, Shown, lists:reverse(Kept), lists:append(Counted), Set).

-spec finish_now(term()) -> no_return().
finish_now(Reason) -> clear(), exit(Reason).

set({{M, F, A}, Spec, Kinds}) ->
    M =:= '_' orelse code:ensure_loaded(M),
    erlang:trace_pattern({M, F, A}, Spec, Kinds).

flags(Who, Flags) -> try erlang:trace(Who, true, Flags) catch error:badarg -> 0 end.

processes_of(Several) when is_list(Several) -> lists:flatmap(fun processes_of/1, Several);
processes_of(running) -> [existing];
processes_of(Who) when Who =:= all; Who =:= new; is_pid(Who) -> [Who];
processes_of({pid, A, B}) -> [list_to_pid(lists:flatten(io_lib:format("<0.~w.~w>", [A, B])))];
processes_of(Name) when is_atom(Name) -> [Pid || Pid <- [whereis(Name)], is_pid(Pid)].

clear() ->
    erlang:trace(all, false, [all]),
    [erlang:trace_pattern({'_', '_', '_'}, false, [Kind]) || Kind <- [local, call_count, call_time]],
    erlang:trace_pattern({'_', '_', '_'}, false, []).

loop(_Set, 0, Shown, Kept) -> {msg_count, 0, Shown, Kept};
loop(Set, Left, Shown, Kept) ->
    receive
        stop -> {stopped, Left, Shown, Kept};
        timeout -> {timeout, Left, Shown, Kept};
        Event when element(1, Event) =:= trace_ts ->
            Message = message(Event),
            case {element(2, process_info(self(), message_queue_len)), too_large(Message, maps:get(max_msg_size, Set))} of
                {_, {true, Why}} -> {Why, Left, Shown, Kept};
                {Queue, _} ->
                    Next = shown(Message, Set, Kept),
                    Sum = Shown + case element(1, Message) of retn -> 0; fail -> 0; _ -> 1 end,
                    case Queue > maps:get(max_queue, Set) of
                        true -> {{msg_queue, Queue}, Left, Sum, Next};
                        false -> loop(Set, Left - 1, Sum, Next)
                    end
            end;
        _ -> loop(Set, Left, Shown, Kept)
    end.

message(Event) ->
    [_, Pid, What | Rest] = tuple_to_list(Event),
    {_, _, Micro} = Stamp = lists:last(Rest),
    {_, {H, M, S}} = calendar:now_to_universal_time(Stamp),
    About = {{Pid, about(Pid)}, {H, M, S, Micro}},
    case {What, lists:droplast(Rest)} of
        {call, [Mfa]} -> with({call, {Mfa, <<>>}}, About);
        {call, [Mfa, Stack]} -> with({call, {Mfa, Stack}}, About);
        {return_from, [Mfa, Value]} -> with({retn, {Mfa, Value}}, About);
        {exception_from, [Mfa, Value]} -> with({fail, {Mfa, Value}}, About);
        {'receive', [Message]} -> with({recv, Message}, About);
        {_, [Message, To]} -> with({send, {Message, {To, about(To)}}}, About)
    end.

with({Kind, What}, {Who, When}) -> {Kind, What, Who, When}.

about(Pid) when is_pid(Pid), node(Pid) =:= node() ->
    case process_info(Pid, [registered_name, initial_call]) of
        undefined -> dead;
        [{registered_name, Name}, _] when is_atom(Name) -> Name;
        [_, {initial_call, Mfa}] -> Mfa
    end;
about(Name) when is_atom(Name) -> Name;
about(_) -> remote.

too_large({call, {{_, _, Args}, _}, _, _}, Max) when is_list(Args) -> large(Args, Max);
too_large({Kind, {_, Value}, _, _}, Max) when Kind =:= retn; Kind =:= fail -> large([Value], Max);
too_large({send, {Message, _}, _, _}, Max) -> large([Message], Max);
too_large({recv, Message, _, _}, Max) -> large([Message], Max);
too_large(_, _) -> false.

large([Bits | _], Max) when is_binary(Bits), byte_size(Bits) > Max -> {true, {arg_size, byte_size(Bits)}};
large([List | Rest], Max) when is_list(List) ->
    case proper_length(List) of
        N when N > Max -> {true, {arg_length, N}};
        _ ->
            case large(List, Max) of
                false -> large(Rest, Max);
                Found -> Found
            end
    end;
large([Tuple | Rest], Max) when is_tuple(Tuple) -> large(tuple_to_list(Tuple) ++ Rest, Max);
large([_ | Rest], Max) when is_list(Rest) -> large(Rest, Max);
large(_, _) -> false.

proper_length(List) -> try length(List) catch error:badarg -> 0 end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Output

shown(_, #{discard := true}, Kept) -> Kept;
shown(Message, #{blocking := true}, Kept) -> [Message | Kept];
shown(Message, #{buffered := true}, Kept) -> [Message | Kept];
shown(Message, Set, Kept) -> show(Message, Set), Kept.

show(Message, #{print_fun := Fun}) when is_function(Fun, 1) -> Fun(Message);
show({call, _, _, _}, #{print_calls := false}) -> ok;
show(Message, #{print_re := Re} = Set) ->
    Text = lists:flatten(text(Message, Set)),
    case Re =:= "" orelse re:run(Text, Re, [unicode, {capture, none}]) =:= match of
        true -> io:format("~ts~n", [Text]);
        false -> ok
    end.

text({Kind, What, Who, When}, Set) ->
    [io_lib:format("~n% ~s ~ts~n% ", [clock(When, Set), who(Who, Set)]), what(Kind, What, Set)].

what(call, {{M, F, Args}, Stack}, Set) when is_list(Args) ->
    [io_lib:format("~w:~tw(~ts)", [M, F, lists:join(", ", [deep(A, Set) || A <- Args])]), stack(Stack)];
what(call, {{M, F, Arity}, Stack}, _) -> [io_lib:format("~w:~tw/~w", [M, F, Arity]), stack(Stack)];
what(retn, {{M, F, A}, _}, #{print_return := false}) -> io_lib:format("~p:~tp/~p -> '...'", [M, F, A]);
what(retn, {{M, F, A}, Value}, Set) -> io_lib:format("~p:~tp/~p -> ~ts", [M, F, A, deep(Value, Set)]);
what(fail, {{M, F, A}, {Class, Value}}, Set) -> io_lib:format("~p:~tp/~p -> ~p: ~ts", [M, F, A, Class, deep(Value, Set)]);
what(send, {Message, To}, Set) -> io_lib:format("~ts <<< ~ts", [who(To, Set), deep(Message, Set)]);
what(recv, Message, Set) -> io_lib:format("<<< ~ts", [deep(Message, Set)]).

deep(Term, #{print_depth := Depth}) -> io_lib:format("~tP", [Term, Depth]).

who({Who, About}, #{print_node := Node}) ->
    [[io_lib:format("~p ", [node()]) || Node],
     case About of
         Name when is_atom(Name), Name =/= dead, Name =/= remote -> io_lib:format("~p", [Name]);
         _ -> io_lib:format("~w(~p)", [Who, About])
     end].

clock({H, M, S, Micro}, #{print_msec := Msec, print_time_unit := Unit}) ->
    [io_lib:format("~2..0w:~2..0w:~2..0w", [H, M, S]),
     case Unit of
         microsecond -> io_lib:format(".~6..0w", [Micro]);
         _ when Msec; Unit =:= millisecond -> io_lib:format(".~3..0w", [Micro div 1000]);
         _ -> ""
     end].

%% The functions to return to, out of a dump of the process.
stack(Dump) when is_binary(Dump), Dump =/= <<>> ->
    Lines = string:split(Dump, "\n", all),
    [["\n%   ", Name] || Line <- Lines, <<_/binary>> <- [Line], [_, After] <- [string:split(Line, "Return addr ")],
                         [_, InParens] <- [string:split(After, "(")], [Name, _] <- [string:split(InParens, "+")]];
stack(_) -> [].

finish(Reason, _Left, _Shown, Kept, _Counted, #{blocking := true}) -> exit({blocked, {Reason, Kept}});
finish(Reason, _Left, Shown, Kept, Counted, Set) ->
    [show(Message, Set) || Message <- Kept],
    lists:foreach(fun counted/1, Counted),
    case Reason of
        {msg_queue, _} -> io:format("you might want to set the max_queue option (see redbug:help/0)~n");
        {Large, _} when Large =:= arg_length; Large =:= arg_size ->
            io:format("you might want to set the max_msg_size option (see redbug:help/0)~n");
        _ -> ok
    end,
    io:format("redbug done, ~p - ~p~n", [Reason, Shown]).

%% What the counters of the functions of a pattern say, read before they are taken off.
counts(Kind, {M, F, A}) ->
    [Count || {Name, Arity} <- M:module_info(functions), F =:= '_' orelse F =:= Name, A =:= '_' orelse A =:= Arity,
              Count <- read_counter(Kind, {M, Name, Arity})].

read_counter(Kind, Mfa) ->
    case erlang:trace_info(Mfa, Kind) of
        {call_count, N} when is_integer(N), N > 0 -> [{count, Mfa, N}];
        {call_time, [_ | _] = Times} ->
            [{time, Mfa, lists:sum([N || {_, N, _, _} <- Times]), lists:sum([S * 1000000 + Us || {_, _, S, Us} <- Times])}];
        _ -> []
    end.

counted({count, {M, F, A}, N}) -> io:format("~n% ~6s : ~w:~tw/~w~n", [human(N), M, F, A]);
counted({time, {M, F, A}, N, Us}) -> io:format("% ~6s : ~6s : ~6s : ~w:~tw/~w~n", [human(N), human(Us), human(Us / N), M, F, A]).

human(N) when is_float(N), N < 1000 -> io_lib:format("~.4f", [N]);
human(N) when N < 1000 -> integer_to_list(N);
human(N) -> human(N / 1000, "kMGTP").

human(N, [_ | [_ | _] = Larger]) when N >= 1000 -> human(N / 1000, Larger);
human(N, [Unit | _]) -> io_lib:format("~.1f~c", [N, Unit]).
