%% The generator that draws nothing.
-module(rand_dummy).
-include("../show.hrl").

start() ->
    show(fun() -> drawn(rand:seed_s(dummy, 0)) end),  % expect: {{dummy,134923023988961872},1,0.5,0.5318917256731318,1,<<136,42,14,94,199,115,107,223,87,198,132,226,50>>,{dummy,153307352162749871}}
    show(fun() -> drawn(rand:seed_s(dummy, 42)) end),  % expect: {{dummy,155600522526888298},1,0.5,0.4601522413966977,1,<<117,204,137,139,250,219,165,40,205,217,208,20,145>>,{dummy,132629853624823445}}
    show(fun() -> drawn(rand:seed_s(dummy, -1)) end),  % expect: {{dummy,227025549830837215},1,0.5,0.21234689812380847,1,<<54,92,93,198,217,75,8,38,142,136,228,154,211>>,{dummy,61204826320874528}}
    show(fun() -> drawn(rand:seed_s(dummy, {1, 2, 3})) end),  % expect: {{dummy,88843732831877808},1,0.5,0.6917613819262602,1,<<177,23,70,32,2,81,83,59,162,231,127,246,186>>,{dummy,199386643319833935}}
    show(fun() -> drawn(rand:seed_s(dummy, [7])) end).  % expect: {{dummy,288230376151711736},1,0.5,2.775557561562891e-17,1,<<255,255,255,255,255,255,254,0,0,0,0,0,0>>,{dummy,288230376151711736}}

drawn(S0) ->
    {A, S1} = rand:uniform_s(1000, S0),
    {B, S2} = rand:uniform_s(S1),
    {C, S3} = rand:uniform_real_s(S2),
    {D, S4} = rand:uniform_s(1 bsl 130, S3),
    {E, S5} = rand:bytes_s(13, S4),
    {rand:export_seed_s(S1), A, B, C, D, E, rand:export_seed_s(S5)}.
