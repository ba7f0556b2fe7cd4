%% Regular expressions. compile/1,2, run/2,3, inspect/2 and version/0 are native (PCRE2 behind them); replacing and splitting are here, on
%% top of run/3 with offsets.
-module(re).

-export([compile/1, compile/2, run/2, run/3, inspect/2, version/0, replace/3, replace/4, split/2, split/3]).
-export_type([mp/0, nl_spec/0, compile_option/0, options/0, option/0, capture/0, replace_fun/0]).

-opaque mp() :: {re_pattern, _, _, _, _}.
-type nl_spec() :: cr | crlf | lf | nul | anycrlf | any.
-type compile_option() :: unicode | anchored | caseless | dollar_endonly | dotall | extended | firstline | multiline
                        | no_auto_capture | dupnames | ungreedy | {newline, nl_spec()} | bsr_anycrlf | bsr_unicode
                        | no_start_optimize | ucp | never_utf.
-type options() :: [option()].
-type option() :: anchored | global | notbol | noteol | notempty | notempty_atstart | report_errors
                | {offset, non_neg_integer()} | {match_limit, non_neg_integer()}
                | {match_limit_recursion, non_neg_integer()} | {newline, nl_spec()} | {capture, _} | {capture, _, _}
                | compile_option().
-type capture() :: all | all_but_first | all_names | first | none | [integer() | atom() | string()].
-type replace_fun() :: fun((binary(), [binary()]) -> iodata() | unicode:charlist()).

-define(BADARG, [{error_info, #{module => erl_stdlib_errors}}]).
-define(BADOPT, [{error_info, #{module => erl_stdlib_errors, cause => badopt}}]).

%% ---- Natives ----

compile(_) -> erlang:nif_error(undef).
compile(_, _) -> erlang:nif_error(undef).
run(_, _) -> erlang:nif_error(undef).
run(_, _, _) -> erlang:nif_error(undef).
inspect(_, _) -> erlang:nif_error(undef).
version() -> erlang:nif_error(undef).

%% ---- Replacing ----

replace(Subject, RE, Replacement) ->
    try replacing(Subject, RE, Replacement, [])
    catch
        throw:badopt -> erlang:error(badarg, [Subject, RE, Replacement], ?BADOPT);
        error:_ -> erlang:error(badarg, [Subject, RE, Replacement], ?BADARG)
    end.

%% What a replacing fun raises is its own; everything else is a badarg of this function.
replace(Subject, RE, Replacement, Options) ->
    try replacing(Subject, RE, Replacement, Options)
    catch
        throw:badopt -> erlang:error(badarg, [Subject, RE, Replacement, Options], ?BADOPT);
        throw:{own, Class, Reason, Stack} -> erlang:raise(Class, Reason, Stack);
        error:_ -> erlang:error(badarg, [Subject, RE, Replacement, Options], ?BADARG)
    end.

replacing(Subject, RE, Replacement, Options) ->
    {Return, Run} = options(Options, iodata, []),
    Unicode = is_unicode(RE, Run),
    Parts = replacement(Replacement, Unicode),
    Flat = flat(Subject, Unicode),
    case run(Flat, RE, [{capture, all, index} | Run]) of
        nomatch when Return =:= iodata, Flat =/= Subject -> Subject;
        nomatch -> return(Flat, Return, Unicode);
        {match, [[_ | _] | _] = Matches} -> return(put_all(Matches, 0, Flat, Parts), Return, Unicode);
        {match, Match} -> return(put_one(Match, Flat, Parts), Return, Unicode)
    end.

%% Splits off how the answer is wanted; captures are this function's own affair.
options([{return, R} | T], _, Run) when R =:= iodata; R =:= list; R =:= binary -> options(T, R, Run);
options([{return, _} | _], _, _) -> throw(badopt);
options([{capture, _} | _], _, _) -> throw(badopt);
options([{capture, _, _} | _], _, _) -> throw(badopt);
options([report_errors | T], Return, Run) -> options(T, Return, Run);
options([O | T], Return, Run) -> is_option(O) orelse throw(badopt), options(T, Return, [O | Run]);
options([], Return, Run) -> {Return, lists:reverse(Run)};
options(_, _, _) -> throw(badopt).

is_option({K, _}) -> lists:member(K, [offset, match_limit, match_limit_recursion, newline]);
is_option(O) ->
    lists:member(O, [anchored, global, notbol, noteol, notempty, notempty_atstart, unicode, caseless, dollar_endonly, dotall,
                     extended, firstline, multiline, no_auto_capture, dupnames, ungreedy, bsr_anycrlf, bsr_unicode,
                     no_start_optimize, ucp, never_utf]).

is_unicode({re_pattern, _, Unicode, _, _}, _) -> Unicode =:= 1;
is_unicode(_, Options) -> lists:member(unicode, Options).

flat(B, _) when is_binary(B) -> B;
flat(S, true) ->
    case unicode:characters_to_binary(S) of
        B when is_binary(B) -> B;
        _ -> erlang:error(badarg)
    end;
flat(S, false) -> iolist_to_binary(S).

return(IoData, iodata, _) -> IoData;
return(IoData, binary, _) -> iolist_to_binary(IoData);
return(IoData, list, true) -> unicode:characters_to_list(IoData);
return(IoData, list, false) -> binary_to_list(iolist_to_binary(IoData)).

put_one([{From, Len} | _] = Match, Subject, Parts) ->
    <<Before:From/binary, _:Len/binary, Behind/binary>> = Subject,
    Text = fill(Match, Subject, Parts),
    Tail = if Behind =:= <<>> -> [Text]; true -> [Text | Behind] end,
    if Before =:= <<>> -> Tail; true -> [Before | Tail] end.

put_all([[{From, Len} | _] = Match | Matches], At, Subject, Parts) when From > At ->
    [binary:part(Subject, At, From - At), fill(Match, Subject, Parts) | put_all(Matches, From + Len, Subject, Parts)];
put_all([[{From, Len} | _] = Match | Matches], _, Subject, Parts) ->
    [fill(Match, Subject, Parts) | put_all(Matches, From + Len, Subject, Parts)];
put_all([], At, Subject, _) when At < byte_size(Subject) -> binary:part(Subject, At, byte_size(Subject) - At);
put_all([], _, _, _) -> [].

%% The replacement's parts with the groups of a match in place; a group that took no part is empty.
fill([{From, Len} | Groups], Subject, {Fun, Unicode}) ->
    Whole = binary:part(Subject, From, Len),
    Captured = [group(G, Subject) || G <- Groups],
    Text = try Fun(Whole, Captured)
           catch Class:Reason:Stack -> throw({own, Class, Reason, Stack})
           end,
    flat(Text, Unicode);
fill(_, _, []) -> [];
fill(_, _, [Text]) when is_binary(Text) -> Text;
fill(Match, Subject, Parts) -> [part(P, Match, Subject) || P <- Parts].

part(Text, _, _) when is_binary(Text) -> Text;
part(N, Match, Subject) when N < length(Match) -> group(lists:nth(N + 1, Match), Subject);
part(_, _, _) -> <<>>.

group({-1, 0}, _) -> <<>>;
group({From, Len}, Subject) -> binary:part(Subject, From, Len).

%% A replacement text as literal binaries and group numbers.
replacement(Fun, Unicode) when is_function(Fun, 2) -> {Fun, Unicode};
replacement(Text, Unicode) -> parts(flat(Text, Unicode), <<>>).

parts(<<$&, T/binary>>, Acc) -> literal(Acc, [0 | parts(T, <<>>)]);
parts(<<"\\g{", T/binary>> = All, Acc) ->
    case digits(T, 0, 0) of
        {N, <<$}, T1/binary>>, Count} when Count > 0 -> literal(Acc, [N | parts(T1, <<>>)]);
        _ -> <<_, T2/binary>> = All, parts(T2, Acc)
    end;
parts(<<"\\g", D, T/binary>>, Acc) when D >= $0, D =< $9 ->
    {N, T1, _} = digits(<<D, T/binary>>, 0, 0),
    literal(Acc, [N | parts(T1, <<>>)]);
parts(<<$\\, D, T/binary>>, Acc) when D >= $1, D =< $9 ->
    {N, T1, _} = digits(<<D, T/binary>>, 0, 0),
    literal(Acc, [N | parts(T1, <<>>)]);
parts(<<$\\, C, T/binary>>, Acc) -> parts(T, <<Acc/binary, C>>);
parts(<<C, T/binary>>, Acc) -> parts(T, <<Acc/binary, C>>);
parts(<<>>, Acc) -> literal(Acc, []).

literal(<<>>, T) -> T;
literal(Text, T) -> [Text | T].

digits(<<D, T/binary>>, N, Count) when D >= $0, D =< $9 -> digits(T, N * 10 + D - $0, Count + 1);
digits(T, N, Count) -> {N, T, Count}.

%% ---- Splitting ----

split(Subject, RE) ->
    try splitting(Subject, RE, [])
    catch
        throw:badopt -> erlang:error(badarg, [Subject, RE], ?BADOPT);
        error:_ -> erlang:error(badarg, [Subject, RE], ?BADARG)
    end.

split(Subject, RE, Options) ->
    try splitting(Subject, RE, Options)
    catch
        throw:badopt -> erlang:error(badarg, [Subject, RE, Options], ?BADOPT);
        error:_ -> erlang:error(badarg, [Subject, RE, Options], ?BADARG)
    end.

splitting(Subject, RE, Options) ->
    {Parts, Group, Trim, Rest} = split_options(Options, infinity, false, false, []),
    lists:member(global, Rest) andalso throw(badopt),
    {Return, Run} = try options(Rest, iodata, []) catch throw:badopt -> split_fault(Rest) end,
    Unicode = is_unicode(RE, Run),
    Flat = flat(Subject, Unicode),
    Convert = case Return of
        iodata -> fun(B) -> B end;
        binary -> fun(B) -> B end;
        list -> fun(B) -> return(B, list, Unicode) end
    end,
    Groups = groups(RE, Run),
    Pieces = case Flat of
        <<>> -> [[<<>>]];
        _ ->
            case run(Flat, RE, [global, {capture, all, index} | Run]) of
                nomatch -> [[Flat]];
                {match, Matches} -> pieces(Matches, 0, Flat, Groups, Parts)
            end
    end,
    case {Group, Trim andalso Flat =/= <<>>} of
        {true, true} -> [[Convert(B) || B <- P] || P <- trim(Pieces, fun(P) -> lists:all(fun(B) -> B =:= <<>> end, P) end)];
        {true, false} -> [[Convert(B) || B <- P] || P <- Pieces];
        {false, true} -> [Convert(B) || B <- trim(lists:append(Pieces), fun(B) -> B =:= <<>> end)];
        {false, false} -> [Convert(B) || P <- Pieces, B <- P]
    end.

split_options([{parts, N} | T], _, Group, _, Rest) when is_integer(N), N > 0 -> split_options(T, N, Group, false, Rest);
split_options([{parts, 0} | T], _, Group, _, Rest) -> split_options(T, infinity, Group, true, Rest);
split_options([{parts, infinity} | T], _, Group, _, Rest) -> split_options(T, infinity, Group, false, Rest);
split_options([{parts, _} | _], _, _, _, _) -> throw(badopt);
split_options([group | T], Parts, _, Trim, Rest) -> split_options(T, Parts, true, Trim, Rest);
split_options([trim | T], _, Group, _, Rest) -> split_options(T, infinity, Group, true, Rest);
split_options([O | T], Parts, Group, Trim, Rest) -> split_options(T, Parts, Group, Trim, [O | Rest]);
split_options([], Parts, Group, Trim, Rest) -> {Parts, Group, Trim, lists:reverse(Rest)};
split_options(_, _, _, _, _) -> throw(badopt).

%% Captures are named as a bad option; an option that nobody knows is a bad argument.
split_fault(Options) ->
    case [O || O <- Options, is_tuple(O), element(1, O) =:= capture] of
        [] -> erlang:error(badarg);
        _ -> throw(badopt)
    end.

groups({re_pattern, N, _, _, _}, _) -> N;
groups(RE, Options) ->
    {ok, {re_pattern, N, _, _, _}} = compile(RE, [O || O <- Options, is_compile_option(O)]),
    N.

is_compile_option({newline, _}) -> true;
is_compile_option({_, _}) -> false;
is_compile_option(O) -> not lists:member(O, [global, notbol, noteol, notempty, notempty_atstart]).

%% Each piece with the groups of the match behind it. An empty match where a piece begins ends nothing.
pieces(_, At, Subject, _, 1) -> [[rest(At, Subject)]];
pieces([[{From, 0} | _] | Matches], At, Subject, Groups, Parts) when From =:= At ->
    pieces(Matches, At, Subject, Groups, Parts);
pieces([[{From, Len} | Found] | Matches], At, Subject, Groups, Parts) ->
    Captured = [group(G, Subject) || G <- Found],
    Missing = lists:duplicate(Groups - length(Found), <<>>),
    [[binary:part(Subject, At, From - At) | Captured ++ Missing]
     | pieces(Matches, From + Len, Subject, Groups, fewer(Parts))];
pieces([], At, Subject, _, _) -> [[rest(At, Subject)]].

fewer(infinity) -> infinity;
fewer(N) -> N - 1.

rest(At, Subject) -> binary:part(Subject, At, byte_size(Subject) - At).

trim(Pieces, IsEmpty) -> lists:reverse(lists:dropwhile(IsEmpty, lists:reverse(Pieces))).
