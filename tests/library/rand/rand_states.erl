%% States from lists of integers, and jumps of all algorithms that have one.
-module(rand_states).
-include("../show.hrl").

start() ->
    show(fun() -> [rand:export_seed_s(rand:seed_s(A, [1, 2])) || A <- [exsss, exrop, exsp, exsplus]] end),  % expect: [{exsss,[1|2]},{exrop,[1|2]},{exsp,[1|2]},{exsplus,[1|2]}]
    show(fun() -> [rand:export_seed_s(rand:seed_s(exsss, L)) || L <- [[1], [-1, 2], [1, 1 bsl 60]]] end),  % expect: [{exsss,[1|0]},{exsss,[288230376151711743|2]},{exsss,[1|0]}]
    show(fun() -> rand:export_seed_s(rand:seed_s(exro928ss, lists:seq(1, 15))) end),  % expect: {exro928ss,{[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,0],[]}}
    show(fun() -> rand:export_seed_s(rand:seed_s(exs1024s, lists:seq(1, 5))) end),  % expect: {exs1024s,{[1,2,3,4,5,0,0,0,0,0,0,0,0,0,0,0],[]}}
    show(fun() -> [rand:export_seed_s(rand:seed_s(A, [7])) || A <- [exs64, dummy]] end),  % expect: [{exs64,7},{dummy,7}]
    show(fun() -> rand:exro928_seed([1]) end),  % expect: {[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],[]}
    show(fun() -> [said(fun() -> rand:seed_s(A, L) end) || {A, L} <- [{exsss, []}, {exsss, [0, 0]}, {exsss, [1, 2, 3]}, {exsss, [foo, 2]}, {exsss, [1 | 2]}, {exs64, [0]}, {exs64, [1, 2]}, {exs64, [1 bsl 64]}]] end),  % expect: [zero_seed,zero_seed,too_many_seed_integers,non_integer_seed,function_clause,zero_seed,too_many_seed_integers,zero_seed]
    show(fun() -> [said(fun() -> rand:seed_s(A, L) end) || {A, L} <- [{exsss, {1, 2}}, {exsss, {1.0, 2, 3}}, {exsss, {foo, 2, 3}}, {exsss, foo}, {exro928ss, lists:duplicate(16, 0)}, {exs1024, lists:seq(1, 17)}]] end),  % expect: [function_clause,badarith,badarith,function_clause,zero_seed,too_many_seed_integers]
    show(fun() -> rand:export_seed_s(rand:jump(rand:seed_s(exrop, 5))) end),  % expect: {exrop,[135396217381875926|86569616372630638]}
    show(fun() -> rand:export_seed_s(rand:jump(rand:jump(rand:seed_s(exrop, 5)))) end),  % expect: {exrop,[105336545981717229|53112262486536057]}
    show(fun() -> [element(1, rand:uniform_s(1000000, rand:jump(rand:seed_s(A, 5)))) || A <- [exs1024s, exs1024]] end),  % expect: [993153,993153]
    show(fun() -> [said(fun() -> rand:jump(rand:seed_s(A, 5)) end) || A <- [exs64, dummy]] end),  % expect: [not_implemented,not_implemented]
    show(fun() -> rand:exro928_jump_2pow20(rand:exro928_seed(1)) end),  % expect: {[80303094014043546,182858842539882681,140821277036105176,192941309769184936,277079380407289135,11040715623604870,6500216488310166,5045656301715718,264404056526387777,254601577749531296,171618564849066786,7580536035998633,284786724147171334,19933673316274706,74453958055425661,46130269894947640],[]}
    show(fun() -> [rand:export_seed_s(element(2, rand:bytes_s(N, rand:seed_s(exsss, 5)))) || N <- [0, 1, 8]] end),  % expect: [{exsss,[42556930741712632|231926121730510594]},{exsss,[42556930741712632|231926121730510594]},{exsss,[231926121730510594|158595187518099687]}]
    show(fun() -> said(fun() -> rand:normal(0, -1) end) end).  % expect: badarith

said(F) -> try F() catch error:R -> R end.
