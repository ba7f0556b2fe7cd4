%% Which of two elements that are equal but not the same is in the union and in the intersection of sets of different sizes: the integers of the first set or
%% the floats of the second.
-module(gb_sets_equal_elements).
-include("../show.hrl").

start() ->
    show(fun() -> [{N, kept(union, N)} || N <- sizes()] end),  % expect: [{1,"iiiiifffffffff"},{2,"fiiiifffffffff"},{3,"ffiiififffffff"},{5,"fffiiiiiffffff"},{9,"ffffiiiiiiifff"},{10,"iiiffiiiiiifff"},{11,"iiffffiiiiiiff"},{15,"iiiffffiiiiiii"},{20,"iiiiffffiiiiii"},{21,"iiiifffffiiiii"},{40,"iiiiffffffiiii"},{60,"iiiiiifffffiii"},{100,"iiiiiiifffffii"},{101,"iiiiiiiffffffi"}]
    show(fun() -> [{N, kept(intersection, N)} || N <- sizes()] end),  % expect: [{1,"iiiiiiiiiiiiii"},{2,"fiiiiiiiiiiiii"},{3,"ffiiiiiiiiiiii"},{5,"fffiiiiiiiiiii"},{9,"ffffiiiiiiiiii"},{10,"fffffiiiiiiiii"},{11,"ffffffiiiiiiii"},{15,"fffffffiiiiiii"},{20,"ffffffffiiiiii"},{21,"fffffffffiiiii"},{40,"ffffffffffiiii"},{60,"fffffffffffiii"},{100,"ffffffffffffii"},{101,"fffffffffffffi"}]
    show(fun() -> [{N, kept(subtract, N)} || N <- sizes()] end),  % expect: [{1,"--------------"},{2,"i-------------"},{3,"ii------------"},{5,"iii-----------"},{9,"iiii----------"},{10,"iiiii---------"},{11,"iiiiii--------"},{15,"iiiiiii-------"},{20,"iiiiiiii------"},{21,"iiiiiiiii-----"},{40,"iiiiiiiiii----"},{60,"iiiiiiiiiii---"},{100,"iiiiiiiiiiii--"},{101,"iiiiiiiiiiiii-"}]
    show(fun() -> gb_sets:to_list(gb_sets:union([set([1, 2]), set([1.0]), set([2.0, 3.0, 4])])) end),  % expect: [1.0,2,3.0,4]
    show(fun() -> gb_sets:to_list(gb_sets:intersection([set([1, 2]), set([1.0, 2.0, 3]), set([2])])) end).  % expect: [2]

sizes() -> [1, 2, 3, 5, 9, 10, 11, 15, 20, 21, 40, 60, 100, 101].

%% A letter for each size of the second set.
kept(Op, N) ->
    [case gb_sets:to_list(gb_sets:Op(set(lists:seq(1, N)), set([float(X) || X <- lists:seq(1, M)]))) of
         [] -> $-;
         [X | _] when is_integer(X) -> $i;
         [_ | _] -> $f
     end || M <- sizes()].

set(L) -> gb_sets:from_list(L).
