#!/usr/bin/env transom
%% A text adventure: the world is a process, the player types commands on standard input.
%%
%%   transom run examples/adventure/adventure.erl
%%   transom run examples/adventure/adventure.erl < examples/adventure/walkthrough.txt
-module(adventure).
-mode(compile).
-export([main/1]).

-record(room, {name, text, exits = #{}, things = [], dark = false}).
-record(world, {rooms, here = hall, bag = [], lit = false, open = false, score = 0, moves = 0}).

main(_) ->
    World = spawn_link(fun() -> world(#world{rooms = rooms()}) end),
    io:format("THE TRANSOM~n~nA small adventure. Type 'help' for the words I know.~n~n"),
    io:put_chars(ask(World, look)),
    play(World).

rooms() ->
    #{
        hall => #room{
            name = "Hall",
            text = "A high hall. Above the north door a narrow window, a transom, lets in some light.",
            exits = #{north => library, east => kitchen, down => cellar},
            things = [lamp]
        },
        library => #room{
            name = "Library",
            text = "Shelves to the ceiling. Most books are about telephone exchanges.",
            exits = #{south => hall},
            things = [book]
        },
        kitchen => #room{
            name = "Kitchen",
            text = "It smells of soup. A back door leads east, locked.",
            exits = #{west => hall},
            things = [key, spoon]
        },
        cellar => #room{
            name = "Cellar",
            text = "Barrels and cobwebs.",
            exits = #{up => hall},
            things = [coin],
            dark = true
        },
        garden => #room{
            name = "Garden",
            text = "Roses, and a wishing well with a little bell.",
            exits = #{west => kitchen},
            things = []
        }
    }.

%%% The player's side: read, parse, ask, print

play(World) ->
    case io:get_line("> ") of
        eof -> io:format("~nThe light goes out.~n");
        Line ->
            case parse(string:lexemes(string:lowercase(string:trim(Line)), " ")) of
                quit ->
                    {Score, Moves} = ask(World, score),
                    io:format("~b points in ~b moves.~n", [Score, Moves]);
                {error, Why} ->
                    io:format("~s~n", [Why]),
                    play(World);
                Command ->
                    finish_or_go_on(World, ask(World, Command))
            end
    end.

finish_or_go_on(_, {won, Text, Score, Moves}) ->
    io:put_chars(Text),
    io:format("You have won: ~b points in ~b moves.~n", [Score, Moves]);
finish_or_go_on(World, {Score, Moves}) when is_integer(Score) ->
    io:format("~b points, ~b moves.~n", [Score, Moves]),
    play(World);
finish_or_go_on(World, Text) ->
    io:put_chars(Text),
    play(World).

parse([]) -> {error, "Say something."};
parse([Quit]) when Quit =:= "quit"; Quit =:= "q" -> quit;
parse(["look"]) -> look;
parse(["l"]) -> look;
parse(["help"]) -> help;
parse(["inventory"]) -> bag;
parse(["i"]) -> bag;
parse(["score"]) -> score;
parse(["go", Where]) -> direction(Where);
parse([Verb, Thing]) when Verb =:= "take"; Verb =:= "get" -> with_thing(take, Thing);
parse(["drop", Thing]) -> with_thing(drop, Thing);
parse(["read", Thing]) -> with_thing(read, Thing);
parse(["light", Thing]) -> with_thing(light, Thing);
parse(["examine", Thing]) -> with_thing(examine, Thing);
parse(["unlock", "door"]) -> unlock;
parse(["throw", "coin"]) -> throw_coin;
parse(["throw", "coin", "in" | _]) -> throw_coin;
parse([Word]) -> direction(Word);
parse(Words) -> {error, io_lib:format("I don't know how to '~s'.", [lists:join(" ", Words)])}.

direction(Word) ->
    Directions = #{"north" => north, "n" => north, "south" => south, "s" => south, "east" => east, "e" => east,
                   "west" => west, "w" => west, "up" => up, "u" => up, "down" => down, "d" => down},
    case Directions of
        #{Word := Where} -> {go, Where};
        _ -> {error, io_lib:format("I don't know the word '~s'.", [Word])}
    end.

with_thing(Verb, Word) ->
    case [T || T <- [lamp, book, key, spoon, coin], atom_to_list(T) =:= Word] of
        [Thing] -> {Verb, Thing};
        [] -> {error, io_lib:format("There is no ~s in this story.", [Word])}
    end.

ask(World, Command) ->
    World ! {self(), Command},
    receive {World, Answer} -> Answer end.

%%% The world's side

world(W) ->
    receive
        {From, Command} ->
            {Answer, W2} = act(Command, W),
            From ! {self(), Answer},
            world(count_move(Command, W2))
    end.

count_move(Command, W) when Command =:= score; Command =:= help; Command =:= bag; Command =:= look -> W;
count_move(_, W) -> W#world{moves = W#world.moves + 1}.

act(look, W) -> {describe(W), W};
act(help, W) -> {"look, go DIRECTION, take, drop, read, light, examine THING, unlock door, throw coin, inventory, score, quit\n", W};
act(score, #world{score = S, moves = M} = W) -> {{S, M}, W};
act(bag, #world{bag = []} = W) -> {"You carry nothing.\n", W};
act(bag, #world{bag = Bag} = W) -> {io_lib:format("You carry: ~s.~n", [list_things(Bag)]), W};
act({go, east}, #world{here = kitchen, open = false} = W) -> {"The back door is locked.\n", W};
act({go, Where}, W) ->
    case (room(W))#room.exits of
        #{Where := Next} ->
            W2 = W#world{here = Next},
            {describe(W2), W2};
        _ -> {"You can't go there.\n", W}
    end;
act({take, Thing}, W) ->
    Room = room(W),
    case visible(W) andalso lists:member(Thing, Room#room.things) of
        true ->
            W2 = set_room(Room#room{things = lists:delete(Thing, Room#room.things)}, W),
            {io_lib:format("Taken: ~s.~n", [name(Thing)]), reward({take, Thing}, W2#world{bag = [Thing | W#world.bag]})};
        false -> {"I see no such thing here.\n", W}
    end;
act({drop, Thing}, W) ->
    carrying(Thing, W, fun() ->
        Room = room(W),
        W2 = set_room(Room#room{things = Room#room.things ++ [Thing]}, W),
        {"Dropped.\n", W2#world{bag = lists:delete(Thing, W#world.bag)}}
    end);
act({read, book}, W) ->
    carrying(book, W, fun() -> {"'Who throws a coin into the well may make a wish.'\n", reward(read, W)} end);
act({read, Thing}, W) -> {io_lib:format("Nothing is written on ~s.~n", [name(Thing)]), W};
act({light, lamp}, #world{lit = true} = W) -> {"It burns already.\n", W};
act({light, lamp}, W) -> carrying(lamp, W, fun() -> {"The lamp gives a warm light.\n", reward(light, W#world{lit = true})} end);
act({light, _}, W) -> {"That does not burn.\n", W};
act({examine, Thing}, W) ->
    Near = lists:member(Thing, W#world.bag) orelse (visible(W) andalso lists:member(Thing, (room(W))#room.things)),
    {if Near -> text(Thing); true -> "I see no such thing here.\n" end, W};
act(unlock, #world{here = kitchen, open = true} = W) -> {"It is open.\n", W};
act(unlock, #world{here = kitchen} = W) ->
    carrying(key, W, fun() ->
        #world{rooms = #{kitchen := K} = Rooms} = W,
        K2 = K#room{exits = (K#room.exits)#{east => garden}, text = "It smells of soup. The back door stands open to the east."},
        {"The key turns. The door swings open.\n", reward(unlock, W#world{open = true, rooms = Rooms#{kitchen := K2}})}
    end);
act(unlock, W) -> {"There is no lock here.\n", W};
act(throw_coin, #world{here = garden} = W) ->
    carrying(coin, W, fun() ->
        #world{score = S, moves = M} = W2 = reward(wish, W),
        {{won, "The coin falls for a long time. A bell rings; your wish is granted.\n", S, M + 1}, W2}
    end);
act(throw_coin, W) -> carrying(coin, W, fun() -> {"Better keep it for a good place.\n", W} end).

carrying(Thing, #world{bag = Bag} = W, Fun) ->
    case lists:member(Thing, Bag) of
        true -> Fun();
        false -> {io_lib:format("You don't have ~s.~n", [name(Thing)]), W}
    end.

reward(Deed, #world{score = S} = W) ->
    case get({done, Deed}) of
        true -> W;
        undefined ->
            put({done, Deed}, true),
            W#world{score = S + points(Deed)}
    end.

points({take, coin}) -> 10;
points({take, _}) -> 2;
points(read) -> 5;
points(light) -> 5;
points(unlock) -> 10;
points(wish) -> 50.

room(#world{rooms = Rooms, here = Here}) -> maps:get(Here, Rooms).

set_room(Room, #world{rooms = Rooms, here = Here} = W) -> W#world{rooms = Rooms#{Here := Room}}.

visible(W) -> not (room(W))#room.dark orelse (W#world.lit andalso lists:member(lamp, W#world.bag)).

describe(W) ->
    Room = room(W),
    case visible(W) of
        false -> "It is too dark to see anything.\n";
        true -> [
            Room#room.name, "\n", Room#room.text, "\n",
            case Room#room.things of
                [] -> [];
                Things -> ["You see: ", list_things(Things), ".\n"]
            end,
            "Exits: ", lists:join(", ", lists:sort([atom_to_list(E) || E <- maps:keys(Room#room.exits)])), ".\n"
        ]
    end.

list_things(Things) -> lists:join(", ", [name(T) || T <- Things]).

name(Thing) -> ["the ", atom_to_list(Thing)].

text(lamp) -> "An oil lamp, full.\n";
text(book) -> "A thin book with a well on its cover.\n";
text(key) -> "A rusty key.\n";
text(spoon) -> "Just a spoon.\n";
text(coin) -> "An old coin. It wants to be thrown.\n".
