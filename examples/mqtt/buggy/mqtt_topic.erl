%% This version has a bug, kept to be mended live: a filter `a/#` does not match the name `a`. The mended one is ../src/mqtt_topic.erl.
%%
%% Topic names and filters (section 4.7 of the standard), and the search for the wildcard filters that match a name: a trie in ETS whose edges are
%% `{{Node, Level}, Child, Filters below, Filter that ends here}`. Only the router writes it; every publisher walks it.
-module(mqtt_topic).

-export([valid_name/1, valid_filter/1, has_wildcard/1, is_shared/1, share/1, words/1, matches/2]).
-export([new_trie/0, add/2, remove/1, find/2]).

-define(TRIE, mqtt_trie).

%% A name has no wildcards and is not empty.
valid_name(<<>>) -> false;
valid_name(Name) -> binary:match(Name, [<<"+">>, <<"#">>]) =:= nomatch.

%% `#` is a level of its own and the last, `+` a level of its own.
valid_filter(<<>>) -> false;
valid_filter(Filter) -> valid_levels(words(Filter)).

valid_levels([<<"#">>]) -> true;
valid_levels([<<"+">> | Rest]) -> valid_levels(Rest);
valid_levels([Level | Rest]) -> binary:match(Level, [<<"+">>, <<"#">>]) =:= nomatch andalso valid_levels(Rest);
valid_levels([]) -> true.

has_wildcard(Filter) -> binary:match(Filter, [<<"+">>, <<"#">>]) =/= nomatch.

is_shared(<<"$share/", _/binary>>) -> true;
is_shared(_) -> false.

%% `$share/Group/Filter` -> {Group, Filter}
share(<<"$share/", Rest/binary>>) ->
    case binary:split(Rest, <<"/">>) of
        [Group, Filter] when Group =/= <<>>, Filter =/= <<>> ->
            case valid_name(Group) andalso valid_filter(Filter) of
                true -> {Group, Filter};
                false -> invalid
            end;
        _ -> invalid
    end;
share(_) -> none.

words(Topic) -> binary:split(Topic, <<"/">>, [global]).

%% Does this filter match this name? Names that begin with `$` are not for filters that begin with a wildcard.
matches(<<"$", _/binary>>, <<C, _/binary>>) when C =:= $+; C =:= $# -> false;
matches(Name, Filter) -> levels_match(words(Name), words(Filter)).

levels_match(_, [<<"#">>]) -> true;
levels_match([_ | Ns], [<<"+">> | Fs]) -> levels_match(Ns, Fs);
levels_match([N | Ns], [N | Fs]) -> levels_match(Ns, Fs);
levels_match([], []) -> true;
levels_match(_, _) -> false.

new_trie() -> ets:new(?TRIE, [named_table, protected, set, {read_concurrency, true}]).

%% Adds the wildcard filter of a key {Mountpoint, Filter}.
add({Mount, Filter} = Key, NextNode) -> add(Key, {root, Mount}, words(Filter), NextNode).

add(Key, Node, [Level | Rest], Next) ->
    Edge = {Node, Level},
    Ends = Rest =:= [],
    {Child, After} =
        case ets:lookup(?TRIE, Edge) of
            [] ->
                ets:insert(?TRIE, {Edge, Next, 1, if Ends -> Key; true -> none end}),
                {Next, Next + 1};
            [{_, There, Below, End}] ->
                ets:insert(?TRIE, {Edge, There, Below + 1, if Ends -> Key; true -> End end}),
                {There, Next}
        end,
    case Ends of
        true -> After;
        false -> add(Key, Child, Rest, After)
    end.

remove({Mount, Filter}) -> remove_path({root, Mount}, words(Filter)).

remove_path(Node, [Level | Rest]) ->
    Edge = {Node, Level},
    [{_, Child, Below, End}] = ets:lookup(?TRIE, Edge),
    case Below of
        1 -> ets:delete(?TRIE, Edge);
        _ -> ets:insert(?TRIE, {Edge, Child, Below - 1, if Rest =:= [] -> none; true -> End end})
    end,
    Rest =:= [] orelse remove_path(Child, Rest).

%% The keys of all wildcard filters that match this name.
-spec find(term(), binary()) -> [{term(), binary()}].
find(Mount, <<"$", _/binary>> = Name) ->
    [First | Rest] = words(Name),
    walk_word({root, Mount}, First, Rest, []);
find(Mount, Name) -> walk({root, Mount}, words(Name), []).

walk(Node, [Level | Rest], Acc0) ->
    Acc1 = hash(Node, Acc0),
    Acc2 = walk_word(Node, <<"+">>, Rest, Acc1),
    walk_word(Node, Level, Rest, Acc2);
walk(_, [], Acc) -> Acc.

walk_word(Node, Level, Rest, Acc) ->
    case ets:lookup(?TRIE, {Node, Level}) of
        [] -> Acc;
        [{_, Child, _, End}] when Rest =:= [] -> walk(Child, [], ended(End, Acc));
        [{_, Child, _, _}] -> walk(Child, Rest, Acc)
    end.

hash(Node, Acc) ->
    case ets:lookup(?TRIE, {Node, <<"#">>}) of
        [] -> Acc;
        [{_, _, _, End}] -> ended(End, Acc)
    end.

ended(none, Acc) -> Acc;
ended(Key, Acc) -> [Key | Acc].
