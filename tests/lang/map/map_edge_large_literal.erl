%% map: edge, a constant with more keys than one instruction takes: what comes last wins, integers and floats are two keys.
-module(map_edge_large_literal).
-export([start/0]).

start() ->
    M = #{k0 => 0,k1 => 1,k2 => 2,k3 => 3,k4 => 4,k5 => 5,k6 => 6,k7 => 7,
     k8 => 8,k9 => 9,k10 => 10,k11 => 11,k12 => 12,k13 => 13,k14 => 14,k15 => 15,
     k16 => 16,k17 => 17,k18 => 18,k19 => 19,k20 => 20,k21 => 21,k22 => 22,k23 => 23,
     k24 => 24,k25 => 25,k26 => 26,k27 => 27,k28 => 28,k29 => 29,k30 => 30,k31 => 31,
     k32 => 32,k33 => 33,k34 => 34,k35 => 35,k36 => 36,k37 => 37,k38 => 38,k39 => 39,
     k40 => 40,k41 => 41,k42 => 42,k43 => 43,k44 => 44,k45 => 45,k46 => 46,k47 => 47,
     k48 => 48,k49 => 49,k50 => 50,k51 => 51,k52 => 52,k53 => 53,k54 => 54,k55 => 55,
     k56 => 56,k57 => 57,k58 => 58,k59 => 59,k60 => 60,k61 => 61,k62 => 62,k63 => 63,
     k64 => 64,k65 => 65,k66 => 66,k67 => 67,k68 => 68,k69 => 69,k70 => 70,k71 => 71,
     k72 => 72,k73 => 73,k74 => 74,k75 => 75,k76 => 76,k77 => 77,k78 => 78,k79 => 79,
     k80 => 80,k81 => 81,k82 => 82,k83 => 83,k84 => 84,k85 => 85,k86 => 86,k87 => 87,
     k88 => 88,k89 => 89,k90 => 90,k91 => 91,k92 => 92,k93 => 93,k94 => 94,k95 => 95,
     k96 => 96,k97 => 97,k98 => 98,k99 => 99,k5 => again,1 => int,1.0 => float},
    show(fun() -> map_size(M) end),  % expect: 102
    show(fun() -> [maps:get(K, M) || K <- [k0, k5, k64, k65, k99, 1, 1.0]] end),  % expect: [0,again,64,65,99,int,float]
    show(fun() -> M =:= maps:from_list(maps:to_list(M)) end),  % expect: true
    show(fun() -> lists:sum([V || V <- maps:values(M), is_integer(V)]) end).  % expect: 4945

show(F) ->
    try F() of
        V -> io:format("~0p~n", [V])
    catch
        C:R -> io:format("~0p ~0p~n", [C, R])
    end.
