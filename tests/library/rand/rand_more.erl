%% The algorithms without a test elsewhere, number by number; jumps; the seed of the process.
-module(rand_more).
-include("../show.hrl").

start() ->
    show(fun() -> rand:exro928_next(rand:exro928_seed(1234)) end),  % expect: {{219821078448970971,272363557087110436},{[234158982978803523,269928887461357018,171772244820795443,77374829127353765,53958114582635793,201591684630846366,163923163042603167,101540749363451011,92787744627629411,189976117929497199,78639913489142711,43960629075448405,104733871890125512,240039956325541862,21189257734447359],[15554748967202878]}}
    show(fun() -> element(1, rand:exro928_next(rand:exro928_seed(-5))) end),  % expect: {194160187270365794,196882453736985864}
    show(fun() -> take(fun(S) -> rand:exro928_next(S) end, rand:exro928_seed(42), 4) end),  % expect: [{132629853624823445,67522330609774851},{284511581011504236,239367353883664210},{173323737897950491,8129784920597396},{275269166247958065,125072033838539762}]
    show(fun() -> rand:exro928_next_state(rand:exro928_seed(42)) =:= element(2, rand:exro928_next(rand:exro928_seed(42))) end),  % expect: true
    show(fun() -> seq(exsss, 1, 4) end),  % expect: {exsss,[762732,283946,431633,846270],0.8372664144983972}
    show(fun() -> seq(exro928ss, 1, 4) end),  % expect: {exro928ss,[762732,34429,792665,613438],0.3886343515897015}
    show(fun() -> seq(exrop, 1, 4) end),  % expect: {exrop,[176233,284831,578335,436544],0.8091353515696015}
    show(fun() -> seq(exsp, 1, 4) end),  % expect: {exsp,[730003,731972,161780,7190],0.44156925130980984}
    show(fun() -> seq(exs1024s, 1, 4) end),  % expect: {exs1024s,[376990,262417,272522,941001],0.7542104169126475}
    show(fun() -> seq(exs1024, 1, 4) end),  % expect: {exs1024,[376990,262417,272522,941001],0.7542104169126476}
    show(fun() -> seq(exs64, 1, 4) end),  % expect: {exs64,[110236,202485,811591,507036],0.8590431711703592}
    show(fun() -> seq(exsplus, 1, 4) end),  % expect: {exsplus,[730003,731972,161780,7190],0.4415692513098099}
    show(fun() -> seq(mwc59, 1, 4) end),  % expect: error function_clause
    show(fun() -> seq(default, {1, 2, 3}, 4) end),  % expect: {exsss,[878027,466641,126475,331639],0.5663557355891508}
    show(fun() -> rand:seed_s(odd, 1) end),  % expect: error function_clause
    show(fun() -> rand:seed_s(exsss, foo) end),  % expect: error function_clause
    show(fun() -> element(1, rand:export_seed_s(rand:seed_s(exsss, 7))) end),  % expect: exsss
    show(fun() -> rand:export_seed_s(rand:seed_s(exsss, 7)) end),  % expect: {exsss,[273560573251292631|21458996443244060]}
    show(fun() -> rand:export_seed_s(rand:seed_s(rand:export_seed_s(rand:seed_s(exsss, 7)))) =:= rand:export_seed_s(rand:seed_s(exsss, 7)) end),  % expect: true
    show(fun() -> [rand:export_seed(), rand:seed(exsss, 7), is_tuple(rand:export_seed())] =/= [] end),  % expect: true
    show(fun() -> after_seed(fun() -> [rand:uniform(), rand:uniform(), rand:uniform(100)] end) end),  % expect: [0.28480361525506226,0.5557004314827122,25]
    show(fun() -> after_seed(fun() -> [rand:uniform_real(), rand:uniform_real()] end) end),  % expect: [0.2848036152550623,0.5557004314827122]
    show(fun() -> after_seed(fun() -> rand:bytes(5) end) end),  % expect: <<35,163,143,21,54>>
    show(fun() -> after_seed(fun() -> [rand:jump() =/= x, rand:uniform(1000), rand:uniform(1000)] end) end),  % expect: [true,15,964]
    show(fun() -> after_seed(fun() -> rand:seed(rand:export_seed()), rand:uniform(1000) end) end),  % expect: 13
    show(fun() -> after_seed(fun() -> [is_float(rand:normal()), is_float(rand:normal(5, 2))] end) end),  % expect: [true,true]
    show(fun() -> element(1, rand:uniform_real_s(rand:seed_s(exsss, 7))) end),  % expect: 0.836894859500141
    show(fun() -> element(1, rand:bytes_s(7, rand:seed_s(exsss, 7))) end),  % expect: <<"Xú÷Nùw§">>
    show(fun() -> [element(1, rand:uniform_s(1000000, rand:jump(rand:seed_s(A, 3)))) || A <- [exsss, exsp]] end),  % expect: [836680,403628]
    show(fun() -> element(1, rand:exsp_next(rand:exsp_jump(exsp(3)))) end),  % expect: 256375207707403627
    show(fun() -> rand:jump(rand:seed_s(exs64, 3)) end),  % expect: error not_implemented
    show(fun() -> take(fun(S) -> rand:exsp_next(S) end, exsp(3), 3) end),  % expect: [134176076957544171,162633582592998752,182547025576407982]
    show(fun() -> take(fun(S) -> T = rand:mwc59(S), {T, T} end, 487351812887040629, 4) end),  % expect: [161179881505962446,319110446041487835,315330804627918840,118087258523352994]
    show(fun() -> [rand:mwc59_value32(487351812887040629), rand:mwc59_value(487351812887040629), rand:mwc59_float(487351812887040629)] end),  % expect: [2173970293,227658319561717029,0.2751508124889922]
    show(fun() -> [is_integer(rand:mwc59_seed(3)), rand:mwc59_seed(3) =:= rand:mwc59_seed(3), rand:mwc59_seed(3) =:= rand:mwc59_seed(4)] end),  % expect: [true,true,false]
    show(fun() -> is_integer(rand:mwc59_seed()) end),  % expect: true
    show(fun() -> rand:mwc59_seed(-1) end),  % expect: error function_clause
    show(fun() -> rand:uniform(0) end),  % expect: error function_clause
    show(fun() -> rand:uniform_s(0, rand:seed_s(exsss, 1)) end).  % expect: error function_clause

take(_, _, 0) -> [];
take(F, S, N) -> {V, S1} = F(S), [V | take(F, S1, N - 1)].

seq(Alg, Seed, N) ->
    S = rand:seed_s(Alg, Seed),
    {Ns, S1} = lists:mapfoldl(fun(_, A) -> rand:uniform_s(1000000, A) end, S, lists:seq(1, N)),
    {F, _} = rand:uniform_s(S1),
    {element(1, rand:export_seed_s(S)), Ns, F}.

after_seed(F) -> _ = rand:seed(exsss, 4711), F().

exsp(N) -> {_, {_, S}} = {x, {y, element(2, rand:seed_s(exsp, N))}}, S.
