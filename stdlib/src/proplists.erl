%% Property lists: {Key, Value} pairs, with an atom standing for {Atom, true}. Other elements are ignored.
-module(proplists).

-export([append_values/2, compact/1, delete/2, expand/2, from_map/1, get_all_values/2, get_bool/2, get_keys/1,
         get_value/2, get_value/3, is_defined/2, lookup/2, lookup_all/2, normalize/2, property/1, property/2,
         split/2, substitute_aliases/2, substitute_negations/2, to_map/1, to_map/2, unfold/1]).

property({Key, true}) when is_atom(Key) -> Key;
property(P) -> P.

property(Key, true) when is_atom(Key) -> Key;
property(Key, Value) -> {Key, Value}.

unfold([P | Ps]) when is_atom(P) -> [{P, true} | unfold(Ps)];
unfold([P | Ps]) -> [P | unfold(Ps)];
unfold([]) -> [].

compact(Ps) -> [property(P) || P <- Ps].

lookup(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> {Key, true};
        tuple_size(P) >= 1, element(1, P) =:= Key -> P;
        true -> lookup(Key, Ps)
    end;
lookup(_, []) -> none.

lookup_all(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> [{Key, true} | lookup_all(Key, Ps)];
        tuple_size(P) >= 1, element(1, P) =:= Key -> [P | lookup_all(Key, Ps)];
        true -> lookup_all(Key, Ps)
    end;
lookup_all(_, []) -> [].

is_defined(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> true;
        tuple_size(P) >= 1, element(1, P) =:= Key -> true;
        true -> is_defined(Key, Ps)
    end;
is_defined(_, []) -> false.

get_value(Key, Ps) -> get_value(Key, Ps, undefined).

%% Only the first entry counts; one that is no pair has no value.
get_value(Key, [P | Ps], Default) ->
    if
        is_atom(P), P =:= Key -> true;
        tuple_size(P) >= 1, element(1, P) =:= Key ->
            case P of
                {_, V} -> V;
                _ -> Default
            end;
        true -> get_value(Key, Ps, Default)
    end;
get_value(_, [], Default) -> Default.

get_all_values(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> [true | get_all_values(Key, Ps)];
        tuple_size(P) >= 1, element(1, P) =:= Key ->
            case P of
                {_, V} -> [V | get_all_values(Key, Ps)];
                _ -> get_all_values(Key, Ps)
            end;
        true -> get_all_values(Key, Ps)
    end;
get_all_values(_, []) -> [].

append_values(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> [true | append_values(Key, Ps)];
        tuple_size(P) >= 1, element(1, P) =:= Key ->
            case P of
                {_, V} when is_list(V) -> V ++ append_values(Key, Ps);
                {_, V} -> [V | append_values(Key, Ps)];
                _ -> append_values(Key, Ps)
            end;
        true -> append_values(Key, Ps)
    end;
append_values(_, []) -> [].

get_bool(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> true;
        tuple_size(P) >= 1, element(1, P) =:= Key -> P =:= {Key, true};
        true -> get_bool(Key, Ps)
    end;
get_bool(_, []) -> false.

get_keys(Ps) -> sets:to_list(keys(Ps, sets:new())).

keys([P | Ps], S) ->
    if
        is_atom(P) -> keys(Ps, sets:add_element(P, S));
        tuple_size(P) >= 1 -> keys(Ps, sets:add_element(element(1, P), S));
        true -> keys(Ps, S)
    end;
keys([], S) -> S.

delete(Key, [P | Ps]) ->
    if
        is_atom(P), P =:= Key -> delete(Key, Ps);
        tuple_size(P) >= 1, element(1, P) =:= Key -> delete(Key, Ps);
        true -> [P | delete(Key, Ps)]
    end;
delete(_, []) -> [].

substitute_aliases(As, Ps) -> [alias(As, P) || P <- Ps].

%% The pair of a key; everything before it must be one.
pair(K, [{K, _} = Pair | _]) -> Pair;
pair(K, [{_, _} | Pairs]) -> pair(K, Pairs);
pair(_, []) -> false.

alias(As, P) ->
    case key(P) of
        {key, K} ->
            case pair(K, As) of
                {_, New} when is_atom(P) -> property(New, true);
                {_, New} -> property(setelement(1, P, New));
                false -> P
            end;
        none ->
            _ = pair(P, As),
            P
    end.

key(P) when is_atom(P) -> {key, P};
key(P) when tuple_size(P) >= 1 -> {key, element(1, P)};
key(_) -> none.

substitute_negations(As, Ps) -> [negation(As, P) || P <- Ps].

negation(As, P) ->
    case key(P) of
        {key, K} ->
            case pair(K, As) of
                {_, New} when is_atom(P) -> {New, false};
                {_, New} ->
                    case P of
                        {_, true} -> {New, false};
                        {_, false} -> property(New, true);
                        _ -> property(New, true)
                    end;
                false -> P
            end;
        none ->
            _ = pair(P, As),
            P
    end.

%% The first entry of a key, if equal to an expansion's property (in its short or long form), gives way to the expansion, and later
%% entries of that key go; if not, it stays in its short form. Lists that stand among the properties at the end are spliced.
expand(Es, Ps) when is_list(Ps) -> spliced(expand_each([{property(P), Xs} || {P, Xs} <- Es], Ps)).

expand_each([{P, Xs} | Es], Ps) ->
    case key(P) of
        {key, K} -> expand_each(Es, expand_first(K, P, Xs, Ps));
        none -> expand_each(Es, Ps)
    end;
expand_each([], Ps) -> Ps.

expand_first(K, Wanted, Xs, [P | Ps]) ->
    if
        is_atom(P), P =:= K; tuple_size(P) >= 1, element(1, P) =:= K ->
            case property(P) of
                Wanted -> [Xs | delete(K, Ps)];
                Other -> [Other | Ps]
            end;
        true -> [P | expand_first(K, Wanted, Xs, Ps)]
    end;
expand_first(_, _, _, []) -> [].

spliced([P | Ps]) when is_list(P) -> P ++ spliced(Ps);
spliced([P | Ps]) -> [P | spliced(Ps)];
spliced([]) -> [].

normalize(Ps, [{aliases, As} | Ops]) -> normalize(substitute_aliases(As, Ps), Ops);
normalize(Ps, [{expand, Es} | Ops]) -> normalize(expand(Es, Ps), Ops);
normalize(Ps, [{negations, Ns} | Ops]) -> normalize(substitute_negations(Ns, Ps), Ops);
normalize(Ps, []) -> compact(Ps).

split(Ps, Keys) ->
    {Found, Rest} = split(Ps, maps:from_list([{K, []} || K <- Keys]), []),
    {[lists:reverse(map_get(K, Found)) || K <- Keys], Rest}.

split([P | Ps], Found, Rest) ->
    case key(P) of
        {key, K} when is_map_key(K, Found) -> split(Ps, Found#{K := [P | map_get(K, Found)]}, Rest);
        _ -> split(Ps, Found, [P | Rest])
    end;
split([], Found, Rest) -> {Found, lists:reverse(Rest)}.

to_map(Ps) ->
    lists:foldr(fun({K, V}, M) -> M#{K => V};
                   (P, M) when is_atom(P) -> M#{P => true};
                   (_, M) -> M
                end, #{}, Ps).

to_map(Ps, []) -> to_map(Ps);
to_map(Ps, Ops) -> to_map(normalize(Ps, Ops)).

from_map(M) -> maps:to_list(M).
