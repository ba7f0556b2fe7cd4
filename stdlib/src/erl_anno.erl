%% Annotations of the abstract format: a location, or a list of properties with one.
-module(erl_anno).
-export([new/1, is_anno/1, from_term/1, to_term/1, column/1, end_location/1, file/1, generated/1, line/1, location/1, record/1, text/1,
         set_file/2, set_generated/2, set_line/2, set_location/2, set_record/2, set_text/2]).

new(Line) when is_integer(Line), Line >= 0 -> Line;
new({Line, Column} = Location) when is_integer(Line), Line >= 0, is_integer(Column), Column > 0 -> Location;
new(Other) -> erlang:error(badarg, [Other]).

is_anno(Line) when is_integer(Line) -> Line >= 0;
is_anno({L, C}) -> is_integer(L) andalso is_integer(C) andalso L >= 0 andalso C > 0;
is_anno([_ | _] = List) -> lists:all(fun is_item/1, List) andalso lists:keymember(location, 1, List);
is_anno(_) -> false.

is_item({location, L}) -> is_anno(L) andalso not is_list(L);
is_item({generated, B}) -> is_boolean(B);
is_item({record, B}) -> is_boolean(B);
is_item({file, F}) -> is_list(F);
is_item({text, T}) -> is_list(T);
is_item(_) -> false.

from_term(T) when is_list(T) -> T;
from_term(Line) when is_integer(Line), Line < 0 -> [{generated, true}, {location, -Line}];
from_term(T) -> T.

to_term(Anno) -> Anno.

location(Anno) when is_list(Anno) -> proplists:get_value(location, items(Anno));
location(Anno) -> valid_location(Anno, [Anno]).

valid_location(Line, _) when is_integer(Line), Line >= 0 -> Line;
valid_location({Line, Column} = Location, _) when is_integer(Line), Line >= 0, is_integer(Column), Column > 0 -> Location;
valid_location(_, Args) -> erlang:error(badarg, Args).

line(Anno) ->
    case location(Anno) of
        {Line, _} -> Line;
        Line -> Line
    end.

column(Anno) ->
    case location(Anno) of
        {_, Column} -> Column;
        _ -> undefined
    end.

end_location(Anno) ->
    case {text(Anno), location(Anno)} of
        {undefined, _} -> undefined;
        {Text, Location} -> lists:foldl(fun past/2, Location, Text)
    end.

past($\n, {L, _}) -> {L + 1, 1};
past(_, {L, C}) -> {L, C + 1};
past($\n, L) -> L + 1;
past(_, L) -> L.

file(Anno) -> item(file, Anno, undefined).
text(Anno) -> item(text, Anno, undefined).
generated(Anno) -> item(generated, Anno, false).
record(Anno) -> item(record, Anno, false).

item(Key, Anno, Default) when is_list(Anno) -> proplists:get_value(Key, items(Anno), Default);
item(_, Anno, Default) ->
    _ = location(Anno),
    Default.

%% A list with its end.
items(Anno) ->
    try length(Anno) of
        _ -> Anno
    catch error:badarg -> erlang:error(badarg, [Anno])
    end.

set_file(File, Anno) when is_list(File); is_binary(File) -> set(file, File, Anno);
set_file(File, Anno) -> erlang:error(badarg, [File, Anno]).

set_text(Text, Anno) when is_list(Text) -> set(text, Text, Anno);
set_text(Text, Anno) -> erlang:error(badarg, [Text, Anno]).

set_generated(Bool, Anno) -> set_flag(generated, Bool, Anno).
set_record(Bool, Anno) -> set_flag(record, Bool, Anno).

set_line(Line, Anno) ->
    case location(Anno) of
        {_, Column} -> set_location({Line, Column}, Anno);
        _ -> set_location(Line, Anno)
    end.

set_location(Location, [_ | _] = Anno) ->
    lists:keystore(location, 1, items(Anno), {location, valid_location(Location, [Location, Anno])});
set_location(Location, Anno) ->
    is_anno(Anno) orelse erlang:error(badarg, [Location, Anno]),
    valid_location(Location, [Location, Anno]).

%% A new property comes first.
set(Key, Value, [_ | _] = Anno) ->
    case lists:keymember(Key, 1, items(Anno)) of
        true -> lists:keyreplace(Key, 1, Anno, {Key, Value});
        false -> [{Key, Value} | Anno]
    end;
set(_, Value, []) -> erlang:error(badarg, [Value, []]);
set(Key, Value, Anno) -> [{Key, Value}, {location, location(Anno)}].

set_flag(Key, false, Anno) when is_list(Anno) ->
    case lists:keydelete(Key, 1, items(Anno)) of
        [{location, Location}] -> Location;
        Rest -> Rest
    end;
set_flag(_, false, Anno) -> location(Anno);
set_flag(Key, true, Anno) -> set(Key, true, Anno);
set_flag(_, Flag, Anno) -> erlang:error(badarg, [Flag, Anno]).
