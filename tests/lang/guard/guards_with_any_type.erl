%% Guards with arguments of every type: which fail, which hold, and what a failure does in alternatives, `not`, `or`, `orelse`,
%% `if`, `case`, filters of comprehensions and `receive`.
-module(guards_with_any_type).
-export([start/0]).
-compile([nowarn_unused_vars]).

start() ->
    show(fun() -> letters(fun abs_/1) end),  % expect: "nnnxxxnnnxxxxxxxxxxxxx"
    show(fun() -> letters(fun bit_size_/1) end),  % expect: "xxxxxxxxxxxxxxxnnnxxxx"
    show(fun() -> letters(fun byte_size_/1) end),  % expect: "xxxxxxxxxxxxxxxnnnxxxx"
    show(fun() -> letters(fun ceil_/1) end),  % expect: "nnnxxxnnnxxxxxxxxxxxxx"
    show(fun() -> letters(fun floor_/1) end),  % expect: "nnnxxxnnnxxxxxxxxxxxxx"
    show(fun() -> letters(fun hd_/1) end),  % expect: "xxxxxxxxxxnnnxxxxxxxxx"
    show(fun() -> letters(fun is_boolean_/1) end),  % expect: "ffffttffffffffffffffff"
    show(fun() -> letters(fun is_bitstring_/1) end),  % expect: "ffffffffffffffftttffff"
    show(fun() -> letters(fun is_function_/1) end),  % expect: "ffffffffffffffffffffft"
    show(fun() -> letters(fun length_/1) end),  % expect: "xxxxxxxxxnnxnxxxxxxxxx"
    show(fun() -> letters(fun map_size_/1) end),  % expect: "xxxxxxxxxxxxxxxxxxnnxx"
    show(fun() -> letters(fun node_/1) end),  % expect: "xxxxxxxxxxxxxxxxxxxxnx"
    show(fun() -> letters(fun round_/1) end),  % expect: "nnnxxxnnnxxxxxxxxxxxxx"
    show(fun() -> letters(fun size_/1) end),  % expect: "xxxxxxxxxxxxxnnnnnxxxx"
    show(fun() -> letters(fun tl_/1) end),  % expect: "xxxxxxxxxxnnnxxxxxxxxx"
    show(fun() -> letters(fun trunc_/1) end),  % expect: "nnnxxxnnnxxxxxxxxxxxxx"
    show(fun() -> letters(fun tuple_size_/1) end),  % expect: "xxxxxxxxxxxxxnnxxxxxxx"
    show(fun() -> pairs(fun 'pair element'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxnxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair is_function'/2) end),  % expect: ["fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx","fxfxxxxxfxxxxxxxxxxxxx",
    % expect:  "fxtxxxxxfxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair is_map_key'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxftxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx","xxxxxxxxxxxxxxxxxxffxx",
    % expect:  "xxxxxxxxxxxxxxxxxxffxx"]
    show(fun() -> pairs(fun 'pair map_get'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxnxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair binary_part'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","nxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair +'/2) end),  % expect: ["nnnxxxnnnxxxxxxxxxxxxx","nnnxxxnnnxxxxxxxxxxxxx","nnnxxxnnnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "nnnxxxnnnxxxxxxxxxxxxx","nnnxxxnnnxxxxxxxxxxxxx","nnnxxxnnnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair /'/2) end),  % expect: ["xnnxxxnnnxxxxxxxxxxxxx","xnnxxxnnnxxxxxxxxxxxxx","xnnxxxnnnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xnnxxxnnnxxxxxxxxxxxxx","xnnxxxnnnxxxxxxxxxxxxx","xnnxxxnnnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair div'/2) end),  % expect: ["xnnxxxxxnxxxxxxxxxxxxx","xnnxxxxxnxxxxxxxxxxxxx","xnnxxxxxnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xnnxxxxxnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair rem'/2) end),  % expect: ["xnnxxxxxnxxxxxxxxxxxxx","xnnxxxxxnxxxxxxxxxxxxx","xnnxxxxxnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xnnxxxxxnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair band'/2) end),  % expect: ["nnnxxxxxnxxxxxxxxxxxxx","nnnxxxxxnxxxxxxxxxxxxx","nnnxxxxxnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","nnnxxxxxnxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair bsl'/2) end),  % expect: ["nnnxxxxxnxxxxxxxxxxxxx","nnnxxxxxxxxxxxxxxxxxxx","nnnxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","nnnxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair and'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxtfxxxxxxxxxxxxxxxx","xxxxffxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair xor'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxftxxxxxxxxxxxxxxxx","xxxxtfxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair andalso'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","nnnntfnnnnnnnnnnnnnnnn","ffffffffffffffffffffff",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair orelse'/2) end),  % expect: ["xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","tttttttttttttttttttttt","nnnntfnnnnnnnnnnnnnnnn",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxx",
    % expect:  "xxxxxxxxxxxxxxxxxxxxxx"]
    show(fun() -> pairs(fun 'pair >'/2) end).  % expect: ["ftffffftffffffffffffff","ffffffffffffffffffffff","ttffffttffffffffffffff",
    % expect:  "tttffttttfffffffffffff","ttttfttttfffffffffffff","tttffftttfffffffffffff",
    % expect:  "ttffffftffffffffffffff","ftffffffffffffffffffff","tttfffttffffffffffffff",
    % expect:  "tttttttttffffttffftttt","ttttttttttfffttffftttt","tttttttttttftttffftttt",
    % expect:  "tttttttttttffttffftttt","tttttttttffffffffffftt","tttttttttfffftfffffftt",
    % expect:  "tttttttttttttttffftttt","ttttttttttttttttfftttt","tttttttttttttttttftttt",
    % expect:  "tttttttttffffttffffftt","tttttttttffffttffftftt","tttttttttfffffffffffft",
    % expect:  "tttttttttfffffffffffff"]

values() -> [0, -1, 2, foo, true, false, 1.0, -0.5, 1 bsl 70, [], [1], [foo | bar], "ab", {}, {foo, 1}, <<>>, <<1, 2>>, <<1:3>>, #{}, #{foo => 2}, self(), fun lists:map/2].

%% A letter for each value, by the way in which the forms of the guard hold.
letters(F) -> [letter(F(V)) || V <- values()].
pairs(F) -> [hash([F(A, B) || B <- values()]) || A <- values()].

letter(Forms) ->
    Names = #{holds(true) => $t, holds(false) => $f, holds(no_boolean) => $n, holds(fails) => $x},
    maps:get(Forms, Names, Forms).

%% In the order of the forms below.
holds(true) -> [yes, yes, yes, no, yes, yes, yes, yes, yes, [x], yes];
holds(false) -> [no, yes, yes, yes, yes, no, yes, no, no, [], no];
holds(no_boolean) -> [no, yes, no, no, no, no, yes, no, no, [], no];
holds(fails) -> [no, no, no, no, no, no, yes, no, no, [], no].

hash(Letters) -> [letter(L) || L <- Letters].

abs_(A) ->
    [case x of x when abs(A) -> yes; _ -> no end,
     case x of x when (abs(A)) =:= (abs(A)) -> yes; _ -> no end,
     case x of x when (abs(A)) or true -> yes; _ -> no end,
     case x of x when not (abs(A)) -> yes; _ -> no end,
     case x of x when (abs(A)) orelse true -> yes; _ -> no end,
     case x of x when (abs(A)) andalso true -> yes; _ -> no end,
     case x of x when abs(A); true -> yes; _ -> no end,
     if abs(A) -> yes; true -> no end,
     (fun(x) when abs(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], abs(A)],
     begin self() ! y, receive y when abs(A) -> yes; y -> no end end].

bit_size_(A) ->
    [case x of x when bit_size(A) -> yes; _ -> no end,
     case x of x when (bit_size(A)) =:= (bit_size(A)) -> yes; _ -> no end,
     case x of x when (bit_size(A)) or true -> yes; _ -> no end,
     case x of x when not (bit_size(A)) -> yes; _ -> no end,
     case x of x when (bit_size(A)) orelse true -> yes; _ -> no end,
     case x of x when (bit_size(A)) andalso true -> yes; _ -> no end,
     case x of x when bit_size(A); true -> yes; _ -> no end,
     if bit_size(A) -> yes; true -> no end,
     (fun(x) when bit_size(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], bit_size(A)],
     begin self() ! y, receive y when bit_size(A) -> yes; y -> no end end].

byte_size_(A) ->
    [case x of x when byte_size(A) -> yes; _ -> no end,
     case x of x when (byte_size(A)) =:= (byte_size(A)) -> yes; _ -> no end,
     case x of x when (byte_size(A)) or true -> yes; _ -> no end,
     case x of x when not (byte_size(A)) -> yes; _ -> no end,
     case x of x when (byte_size(A)) orelse true -> yes; _ -> no end,
     case x of x when (byte_size(A)) andalso true -> yes; _ -> no end,
     case x of x when byte_size(A); true -> yes; _ -> no end,
     if byte_size(A) -> yes; true -> no end,
     (fun(x) when byte_size(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], byte_size(A)],
     begin self() ! y, receive y when byte_size(A) -> yes; y -> no end end].

ceil_(A) ->
    [case x of x when ceil(A) -> yes; _ -> no end,
     case x of x when (ceil(A)) =:= (ceil(A)) -> yes; _ -> no end,
     case x of x when (ceil(A)) or true -> yes; _ -> no end,
     case x of x when not (ceil(A)) -> yes; _ -> no end,
     case x of x when (ceil(A)) orelse true -> yes; _ -> no end,
     case x of x when (ceil(A)) andalso true -> yes; _ -> no end,
     case x of x when ceil(A); true -> yes; _ -> no end,
     if ceil(A) -> yes; true -> no end,
     (fun(x) when ceil(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], ceil(A)],
     begin self() ! y, receive y when ceil(A) -> yes; y -> no end end].

floor_(A) ->
    [case x of x when floor(A) -> yes; _ -> no end,
     case x of x when (floor(A)) =:= (floor(A)) -> yes; _ -> no end,
     case x of x when (floor(A)) or true -> yes; _ -> no end,
     case x of x when not (floor(A)) -> yes; _ -> no end,
     case x of x when (floor(A)) orelse true -> yes; _ -> no end,
     case x of x when (floor(A)) andalso true -> yes; _ -> no end,
     case x of x when floor(A); true -> yes; _ -> no end,
     if floor(A) -> yes; true -> no end,
     (fun(x) when floor(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], floor(A)],
     begin self() ! y, receive y when floor(A) -> yes; y -> no end end].

hd_(A) ->
    [case x of x when hd(A) -> yes; _ -> no end,
     case x of x when (hd(A)) =:= (hd(A)) -> yes; _ -> no end,
     case x of x when (hd(A)) or true -> yes; _ -> no end,
     case x of x when not (hd(A)) -> yes; _ -> no end,
     case x of x when (hd(A)) orelse true -> yes; _ -> no end,
     case x of x when (hd(A)) andalso true -> yes; _ -> no end,
     case x of x when hd(A); true -> yes; _ -> no end,
     if hd(A) -> yes; true -> no end,
     (fun(x) when hd(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], hd(A)],
     begin self() ! y, receive y when hd(A) -> yes; y -> no end end].

is_boolean_(A) ->
    [case x of x when is_boolean(A) -> yes; _ -> no end,
     case x of x when (is_boolean(A)) =:= (is_boolean(A)) -> yes; _ -> no end,
     case x of x when (is_boolean(A)) or true -> yes; _ -> no end,
     case x of x when not (is_boolean(A)) -> yes; _ -> no end,
     case x of x when (is_boolean(A)) orelse true -> yes; _ -> no end,
     case x of x when (is_boolean(A)) andalso true -> yes; _ -> no end,
     case x of x when is_boolean(A); true -> yes; _ -> no end,
     if is_boolean(A) -> yes; true -> no end,
     (fun(x) when is_boolean(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], is_boolean(A)],
     begin self() ! y, receive y when is_boolean(A) -> yes; y -> no end end].

is_bitstring_(A) ->
    [case x of x when is_bitstring(A) -> yes; _ -> no end,
     case x of x when (is_bitstring(A)) =:= (is_bitstring(A)) -> yes; _ -> no end,
     case x of x when (is_bitstring(A)) or true -> yes; _ -> no end,
     case x of x when not (is_bitstring(A)) -> yes; _ -> no end,
     case x of x when (is_bitstring(A)) orelse true -> yes; _ -> no end,
     case x of x when (is_bitstring(A)) andalso true -> yes; _ -> no end,
     case x of x when is_bitstring(A); true -> yes; _ -> no end,
     if is_bitstring(A) -> yes; true -> no end,
     (fun(x) when is_bitstring(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], is_bitstring(A)],
     begin self() ! y, receive y when is_bitstring(A) -> yes; y -> no end end].

is_function_(A) ->
    [case x of x when is_function(A) -> yes; _ -> no end,
     case x of x when (is_function(A)) =:= (is_function(A)) -> yes; _ -> no end,
     case x of x when (is_function(A)) or true -> yes; _ -> no end,
     case x of x when not (is_function(A)) -> yes; _ -> no end,
     case x of x when (is_function(A)) orelse true -> yes; _ -> no end,
     case x of x when (is_function(A)) andalso true -> yes; _ -> no end,
     case x of x when is_function(A); true -> yes; _ -> no end,
     if is_function(A) -> yes; true -> no end,
     (fun(x) when is_function(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], is_function(A)],
     begin self() ! y, receive y when is_function(A) -> yes; y -> no end end].

length_(A) ->
    [case x of x when length(A) -> yes; _ -> no end,
     case x of x when (length(A)) =:= (length(A)) -> yes; _ -> no end,
     case x of x when (length(A)) or true -> yes; _ -> no end,
     case x of x when not (length(A)) -> yes; _ -> no end,
     case x of x when (length(A)) orelse true -> yes; _ -> no end,
     case x of x when (length(A)) andalso true -> yes; _ -> no end,
     case x of x when length(A); true -> yes; _ -> no end,
     if length(A) -> yes; true -> no end,
     (fun(x) when length(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], length(A)],
     begin self() ! y, receive y when length(A) -> yes; y -> no end end].

map_size_(A) ->
    [case x of x when map_size(A) -> yes; _ -> no end,
     case x of x when (map_size(A)) =:= (map_size(A)) -> yes; _ -> no end,
     case x of x when (map_size(A)) or true -> yes; _ -> no end,
     case x of x when not (map_size(A)) -> yes; _ -> no end,
     case x of x when (map_size(A)) orelse true -> yes; _ -> no end,
     case x of x when (map_size(A)) andalso true -> yes; _ -> no end,
     case x of x when map_size(A); true -> yes; _ -> no end,
     if map_size(A) -> yes; true -> no end,
     (fun(x) when map_size(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], map_size(A)],
     begin self() ! y, receive y when map_size(A) -> yes; y -> no end end].

node_(A) ->
    [case x of x when node(A) -> yes; _ -> no end,
     case x of x when (node(A)) =:= (node(A)) -> yes; _ -> no end,
     case x of x when (node(A)) or true -> yes; _ -> no end,
     case x of x when not (node(A)) -> yes; _ -> no end,
     case x of x when (node(A)) orelse true -> yes; _ -> no end,
     case x of x when (node(A)) andalso true -> yes; _ -> no end,
     case x of x when node(A); true -> yes; _ -> no end,
     if node(A) -> yes; true -> no end,
     (fun(x) when node(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], node(A)],
     begin self() ! y, receive y when node(A) -> yes; y -> no end end].

round_(A) ->
    [case x of x when round(A) -> yes; _ -> no end,
     case x of x when (round(A)) =:= (round(A)) -> yes; _ -> no end,
     case x of x when (round(A)) or true -> yes; _ -> no end,
     case x of x when not (round(A)) -> yes; _ -> no end,
     case x of x when (round(A)) orelse true -> yes; _ -> no end,
     case x of x when (round(A)) andalso true -> yes; _ -> no end,
     case x of x when round(A); true -> yes; _ -> no end,
     if round(A) -> yes; true -> no end,
     (fun(x) when round(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], round(A)],
     begin self() ! y, receive y when round(A) -> yes; y -> no end end].

size_(A) ->
    [case x of x when size(A) -> yes; _ -> no end,
     case x of x when (size(A)) =:= (size(A)) -> yes; _ -> no end,
     case x of x when (size(A)) or true -> yes; _ -> no end,
     case x of x when not (size(A)) -> yes; _ -> no end,
     case x of x when (size(A)) orelse true -> yes; _ -> no end,
     case x of x when (size(A)) andalso true -> yes; _ -> no end,
     case x of x when size(A); true -> yes; _ -> no end,
     if size(A) -> yes; true -> no end,
     (fun(x) when size(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], size(A)],
     begin self() ! y, receive y when size(A) -> yes; y -> no end end].

tl_(A) ->
    [case x of x when tl(A) -> yes; _ -> no end,
     case x of x when (tl(A)) =:= (tl(A)) -> yes; _ -> no end,
     case x of x when (tl(A)) or true -> yes; _ -> no end,
     case x of x when not (tl(A)) -> yes; _ -> no end,
     case x of x when (tl(A)) orelse true -> yes; _ -> no end,
     case x of x when (tl(A)) andalso true -> yes; _ -> no end,
     case x of x when tl(A); true -> yes; _ -> no end,
     if tl(A) -> yes; true -> no end,
     (fun(x) when tl(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], tl(A)],
     begin self() ! y, receive y when tl(A) -> yes; y -> no end end].

trunc_(A) ->
    [case x of x when trunc(A) -> yes; _ -> no end,
     case x of x when (trunc(A)) =:= (trunc(A)) -> yes; _ -> no end,
     case x of x when (trunc(A)) or true -> yes; _ -> no end,
     case x of x when not (trunc(A)) -> yes; _ -> no end,
     case x of x when (trunc(A)) orelse true -> yes; _ -> no end,
     case x of x when (trunc(A)) andalso true -> yes; _ -> no end,
     case x of x when trunc(A); true -> yes; _ -> no end,
     if trunc(A) -> yes; true -> no end,
     (fun(x) when trunc(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], trunc(A)],
     begin self() ! y, receive y when trunc(A) -> yes; y -> no end end].

tuple_size_(A) ->
    [case x of x when tuple_size(A) -> yes; _ -> no end,
     case x of x when (tuple_size(A)) =:= (tuple_size(A)) -> yes; _ -> no end,
     case x of x when (tuple_size(A)) or true -> yes; _ -> no end,
     case x of x when not (tuple_size(A)) -> yes; _ -> no end,
     case x of x when (tuple_size(A)) orelse true -> yes; _ -> no end,
     case x of x when (tuple_size(A)) andalso true -> yes; _ -> no end,
     case x of x when tuple_size(A); true -> yes; _ -> no end,
     if tuple_size(A) -> yes; true -> no end,
     (fun(x) when tuple_size(A) -> yes; (_) -> no end)(x),
     [x || _ <- [1], tuple_size(A)],
     begin self() ! y, receive y when tuple_size(A) -> yes; y -> no end end].

'pair element'(A, B) ->
    [case x of x when element(A, B) -> yes; _ -> no end,
     case x of x when (element(A, B)) =:= (element(A, B)) -> yes; _ -> no end,
     case x of x when (element(A, B)) or true -> yes; _ -> no end,
     case x of x when not (element(A, B)) -> yes; _ -> no end,
     case x of x when (element(A, B)) orelse true -> yes; _ -> no end,
     case x of x when (element(A, B)) andalso true -> yes; _ -> no end,
     case x of x when element(A, B); true -> yes; _ -> no end,
     if element(A, B) -> yes; true -> no end,
     (fun(x) when element(A, B) -> yes; (_) -> no end)(x),
     [x || _ <- [1], element(A, B)],
     begin self() ! y, receive y when element(A, B) -> yes; y -> no end end].

'pair is_function'(A, B) ->
    [case x of x when is_function(A, B) -> yes; _ -> no end,
     case x of x when (is_function(A, B)) =:= (is_function(A, B)) -> yes; _ -> no end,
     case x of x when (is_function(A, B)) or true -> yes; _ -> no end,
     case x of x when not (is_function(A, B)) -> yes; _ -> no end,
     case x of x when (is_function(A, B)) orelse true -> yes; _ -> no end,
     case x of x when (is_function(A, B)) andalso true -> yes; _ -> no end,
     case x of x when is_function(A, B); true -> yes; _ -> no end,
     if is_function(A, B) -> yes; true -> no end,
     (fun(x) when is_function(A, B) -> yes; (_) -> no end)(x),
     [x || _ <- [1], is_function(A, B)],
     begin self() ! y, receive y when is_function(A, B) -> yes; y -> no end end].

'pair is_map_key'(A, B) ->
    [case x of x when is_map_key(A, B) -> yes; _ -> no end,
     case x of x when (is_map_key(A, B)) =:= (is_map_key(A, B)) -> yes; _ -> no end,
     case x of x when (is_map_key(A, B)) or true -> yes; _ -> no end,
     case x of x when not (is_map_key(A, B)) -> yes; _ -> no end,
     case x of x when (is_map_key(A, B)) orelse true -> yes; _ -> no end,
     case x of x when (is_map_key(A, B)) andalso true -> yes; _ -> no end,
     case x of x when is_map_key(A, B); true -> yes; _ -> no end,
     if is_map_key(A, B) -> yes; true -> no end,
     (fun(x) when is_map_key(A, B) -> yes; (_) -> no end)(x),
     [x || _ <- [1], is_map_key(A, B)],
     begin self() ! y, receive y when is_map_key(A, B) -> yes; y -> no end end].

'pair map_get'(A, B) ->
    [case x of x when map_get(A, B) -> yes; _ -> no end,
     case x of x when (map_get(A, B)) =:= (map_get(A, B)) -> yes; _ -> no end,
     case x of x when (map_get(A, B)) or true -> yes; _ -> no end,
     case x of x when not (map_get(A, B)) -> yes; _ -> no end,
     case x of x when (map_get(A, B)) orelse true -> yes; _ -> no end,
     case x of x when (map_get(A, B)) andalso true -> yes; _ -> no end,
     case x of x when map_get(A, B); true -> yes; _ -> no end,
     if map_get(A, B) -> yes; true -> no end,
     (fun(x) when map_get(A, B) -> yes; (_) -> no end)(x),
     [x || _ <- [1], map_get(A, B)],
     begin self() ! y, receive y when map_get(A, B) -> yes; y -> no end end].

'pair binary_part'(A, B) ->
    [case x of x when binary_part(A, B, 1) -> yes; _ -> no end,
     case x of x when (binary_part(A, B, 1)) =:= (binary_part(A, B, 1)) -> yes; _ -> no end,
     case x of x when (binary_part(A, B, 1)) or true -> yes; _ -> no end,
     case x of x when not (binary_part(A, B, 1)) -> yes; _ -> no end,
     case x of x when (binary_part(A, B, 1)) orelse true -> yes; _ -> no end,
     case x of x when (binary_part(A, B, 1)) andalso true -> yes; _ -> no end,
     case x of x when binary_part(A, B, 1); true -> yes; _ -> no end,
     if binary_part(A, B, 1) -> yes; true -> no end,
     (fun(x) when binary_part(A, B, 1) -> yes; (_) -> no end)(x),
     [x || _ <- [1], binary_part(A, B, 1)],
     begin self() ! y, receive y when binary_part(A, B, 1) -> yes; y -> no end end].

'pair +'(A, B) ->
    [case x of x when A + B -> yes; _ -> no end,
     case x of x when (A + B) =:= (A + B) -> yes; _ -> no end,
     case x of x when (A + B) or true -> yes; _ -> no end,
     case x of x when not (A + B) -> yes; _ -> no end,
     case x of x when (A + B) orelse true -> yes; _ -> no end,
     case x of x when (A + B) andalso true -> yes; _ -> no end,
     case x of x when A + B; true -> yes; _ -> no end,
     if A + B -> yes; true -> no end,
     (fun(x) when A + B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A + B],
     begin self() ! y, receive y when A + B -> yes; y -> no end end].

'pair /'(A, B) ->
    [case x of x when A / B -> yes; _ -> no end,
     case x of x when (A / B) =:= (A / B) -> yes; _ -> no end,
     case x of x when (A / B) or true -> yes; _ -> no end,
     case x of x when not (A / B) -> yes; _ -> no end,
     case x of x when (A / B) orelse true -> yes; _ -> no end,
     case x of x when (A / B) andalso true -> yes; _ -> no end,
     case x of x when A / B; true -> yes; _ -> no end,
     if A / B -> yes; true -> no end,
     (fun(x) when A / B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A / B],
     begin self() ! y, receive y when A / B -> yes; y -> no end end].

'pair div'(A, B) ->
    [case x of x when A div B -> yes; _ -> no end,
     case x of x when (A div B) =:= (A div B) -> yes; _ -> no end,
     case x of x when (A div B) or true -> yes; _ -> no end,
     case x of x when not (A div B) -> yes; _ -> no end,
     case x of x when (A div B) orelse true -> yes; _ -> no end,
     case x of x when (A div B) andalso true -> yes; _ -> no end,
     case x of x when A div B; true -> yes; _ -> no end,
     if A div B -> yes; true -> no end,
     (fun(x) when A div B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A div B],
     begin self() ! y, receive y when A div B -> yes; y -> no end end].

'pair rem'(A, B) ->
    [case x of x when A rem B -> yes; _ -> no end,
     case x of x when (A rem B) =:= (A rem B) -> yes; _ -> no end,
     case x of x when (A rem B) or true -> yes; _ -> no end,
     case x of x when not (A rem B) -> yes; _ -> no end,
     case x of x when (A rem B) orelse true -> yes; _ -> no end,
     case x of x when (A rem B) andalso true -> yes; _ -> no end,
     case x of x when A rem B; true -> yes; _ -> no end,
     if A rem B -> yes; true -> no end,
     (fun(x) when A rem B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A rem B],
     begin self() ! y, receive y when A rem B -> yes; y -> no end end].

'pair band'(A, B) ->
    [case x of x when A band B -> yes; _ -> no end,
     case x of x when (A band B) =:= (A band B) -> yes; _ -> no end,
     case x of x when (A band B) or true -> yes; _ -> no end,
     case x of x when not (A band B) -> yes; _ -> no end,
     case x of x when (A band B) orelse true -> yes; _ -> no end,
     case x of x when (A band B) andalso true -> yes; _ -> no end,
     case x of x when A band B; true -> yes; _ -> no end,
     if A band B -> yes; true -> no end,
     (fun(x) when A band B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A band B],
     begin self() ! y, receive y when A band B -> yes; y -> no end end].

'pair bsl'(A, B) ->
    [case x of x when A bsl B -> yes; _ -> no end,
     case x of x when (A bsl B) =:= (A bsl B) -> yes; _ -> no end,
     case x of x when (A bsl B) or true -> yes; _ -> no end,
     case x of x when not (A bsl B) -> yes; _ -> no end,
     case x of x when (A bsl B) orelse true -> yes; _ -> no end,
     case x of x when (A bsl B) andalso true -> yes; _ -> no end,
     case x of x when A bsl B; true -> yes; _ -> no end,
     if A bsl B -> yes; true -> no end,
     (fun(x) when A bsl B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A bsl B],
     begin self() ! y, receive y when A bsl B -> yes; y -> no end end].

'pair and'(A, B) ->
    [case x of x when A and B -> yes; _ -> no end,
     case x of x when (A and B) =:= (A and B) -> yes; _ -> no end,
     case x of x when (A and B) or true -> yes; _ -> no end,
     case x of x when not (A and B) -> yes; _ -> no end,
     case x of x when (A and B) orelse true -> yes; _ -> no end,
     case x of x when (A and B) andalso true -> yes; _ -> no end,
     case x of x when A and B; true -> yes; _ -> no end,
     if A and B -> yes; true -> no end,
     (fun(x) when A and B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A and B],
     begin self() ! y, receive y when A and B -> yes; y -> no end end].

'pair xor'(A, B) ->
    [case x of x when A xor B -> yes; _ -> no end,
     case x of x when (A xor B) =:= (A xor B) -> yes; _ -> no end,
     case x of x when (A xor B) or true -> yes; _ -> no end,
     case x of x when not (A xor B) -> yes; _ -> no end,
     case x of x when (A xor B) orelse true -> yes; _ -> no end,
     case x of x when (A xor B) andalso true -> yes; _ -> no end,
     case x of x when A xor B; true -> yes; _ -> no end,
     if A xor B -> yes; true -> no end,
     (fun(x) when A xor B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A xor B],
     begin self() ! y, receive y when A xor B -> yes; y -> no end end].

'pair andalso'(A, B) ->
    [case x of x when A andalso B -> yes; _ -> no end,
     case x of x when (A andalso B) =:= (A andalso B) -> yes; _ -> no end,
     case x of x when (A andalso B) or true -> yes; _ -> no end,
     case x of x when not (A andalso B) -> yes; _ -> no end,
     case x of x when (A andalso B) orelse true -> yes; _ -> no end,
     case x of x when (A andalso B) andalso true -> yes; _ -> no end,
     case x of x when A andalso B; true -> yes; _ -> no end,
     if A andalso B -> yes; true -> no end,
     (fun(x) when A andalso B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A andalso B],
     begin self() ! y, receive y when A andalso B -> yes; y -> no end end].

'pair orelse'(A, B) ->
    [case x of x when A orelse B -> yes; _ -> no end,
     case x of x when (A orelse B) =:= (A orelse B) -> yes; _ -> no end,
     case x of x when (A orelse B) or true -> yes; _ -> no end,
     case x of x when not (A orelse B) -> yes; _ -> no end,
     case x of x when (A orelse B) orelse true -> yes; _ -> no end,
     case x of x when (A orelse B) andalso true -> yes; _ -> no end,
     case x of x when A orelse B; true -> yes; _ -> no end,
     if A orelse B -> yes; true -> no end,
     (fun(x) when A orelse B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A orelse B],
     begin self() ! y, receive y when A orelse B -> yes; y -> no end end].

'pair >'(A, B) ->
    [case x of x when A > B -> yes; _ -> no end,
     case x of x when (A > B) =:= (A > B) -> yes; _ -> no end,
     case x of x when (A > B) or true -> yes; _ -> no end,
     case x of x when not (A > B) -> yes; _ -> no end,
     case x of x when (A > B) orelse true -> yes; _ -> no end,
     case x of x when (A > B) andalso true -> yes; _ -> no end,
     case x of x when A > B; true -> yes; _ -> no end,
     if A > B -> yes; true -> no end,
     (fun(x) when A > B -> yes; (_) -> no end)(x),
     [x || _ <- [1], A > B],
     begin self() ! y, receive y when A > B -> yes; y -> no end end].

show(F) -> io:format("~p~n", [F()]).
