%% recon_map: labels and limits for maps in what `recon_trace' prints.
%%
%% A pattern is a map whose pairs must all be in the printed map, or a fun of it. The first pattern that matches, by label, decides: its label is printed before
%% the map, and only the keys of its limit are. Patterns live in one persistent term, as records do in `recon_rec'.
-module(recon_map).

-export([limit/3, rename/2, remove/1, list/0, is_active/0, clear/0, process_map/1]).

-type limit() :: all | none | atom() | binary() | [term()].
-type pattern() :: map() | fun((map()) -> boolean()).

-spec limit(atom(), pattern(), limit()) -> ok.
limit(Label, Pattern, Limit) when is_atom(Label), (is_map(Pattern) orelse is_function(Pattern, 1)) ->
    Keys = keys(Limit),
    Prepared = if is_map(Pattern) -> maps:to_list(Pattern); true -> Pattern end,
    remember(lists:keystore(Label, 1, known(), {Label, Prepared, Keys})).

keys(all) -> all;
keys(none) -> none;
keys(Key) when is_atom(Key); is_binary(Key) -> [Key];
keys(Keys) when is_list(Keys) -> Keys.

-spec rename(atom(), atom()) -> ok | {error, cannot_rename_to_itself | label_already_used | unknown_label}.
rename(Label, Label) -> {error, cannot_rename_to_itself};
rename(Old, New) ->
    Known = known(),
    case {lists:keyfind(Old, 1, Known), lists:keymember(New, 1, Known)} of
        {false, _} -> {error, unknown_label};
        {_, true} -> {error, label_already_used};
        {{Old, Pattern, Limit}, false} -> remember(lists:keyreplace(Old, 1, Known, {New, Pattern, Limit}))
    end.

-spec remove(atom()) -> true.
remove(Label) -> remember(lists:keydelete(Label, 1, known())), true.

-spec list() -> ok.
list() ->
    io:format("~nmap definitions and limits:~n"),
    [io:format("~p: ~tp -> ~tp~n", [Label, Pattern, Limit]) || {Label, Pattern, Limit} <- known()],
    ok.

%% Once there was a pattern, maps inside other terms are looked at until `clear'.
-spec is_active() -> boolean().
is_active() -> persistent_term:get(?MODULE, none) =/= none.

-spec clear() -> ok.
clear() -> persistent_term:erase(?MODULE), ok.

%% The map itself if no pattern matches.
-spec process_map(map()) -> map() | {atom(), map()}.
process_map(Map) ->
    case lists:search(fun({_, Pattern, _}) -> matches(Map, Pattern) end, known()) of
        {value, {Label, _, none}} -> {Label, Map};
        {value, {Label, _, all}} -> {Label, #{}};
        {value, {Label, _, Keys}} -> {Label, maps:with(Keys, Map)};
        false -> Map
    end.

matches(Map, Pattern) when is_function(Pattern) -> Pattern(Map) =:= true;
matches(Map, Pairs) -> lists:all(fun({Key, Value}) -> maps:find(Key, Map) =:= {ok, Value} end, Pairs).

known() -> persistent_term:get(?MODULE, []).

remember(Known) -> persistent_term:put(?MODULE, lists:sort(Known)).
