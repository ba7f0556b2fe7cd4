%% The oldest generator of random numbers: Wichmann and Hill's (1982). Kept for programs that still call it; rand replaced it.
-module(random).

-export([seed/0, seed/1, seed/3, seed0/0, uniform/0, uniform/1, uniform_s/1, uniform_s/2]).

-define(KEY, random_seed).

seed0() -> {3172, 9814, 20125}.

seed() -> replace(seed0()).

seed({A, B, C}) -> seed(A, B, C).

seed(A, B, C) -> replace({part(A, 30269), part(B, 30307), part(C, 30323)}).

part(N, Prime) -> abs(N) rem (Prime - 1) + 1.

replace(Seed) ->
    case put(?KEY, Seed) of
        undefined -> seed0();
        Old -> Old
    end.

current() ->
    case get(?KEY) of
        undefined -> seed0();
        Seed -> Seed
    end.

uniform() ->
    {V, Seed} = uniform_s(current()),
    _ = put(?KEY, Seed),
    V.

uniform(N) when is_integer(N), N >= 1 -> trunc(uniform() * N) + 1.

uniform_s({A, B, C}) ->
    {X, Y, Z} = Seed = {A * 171 rem 30269, B * 172 rem 30307, C * 170 rem 30323},
    R = X / 30269 + Y / 30307 + Z / 30323,
    {R - trunc(R), Seed}.

uniform_s(N, Seed0) when is_integer(N), N >= 1 ->
    {V, Seed} = uniform_s(Seed0),
    {trunc(V * N) + 1, Seed}.
