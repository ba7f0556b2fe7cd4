%% Properties over random cases: the generator is seeded, so that every system sees the same ones and a failure names its seed.
-include("show.hrl").

%% `{passed, N}`, or the first seed whose case does not hold, with what the property said.
forall(N, Property) -> forall(1, N, Property).

forall(Seed, N, _) when Seed > N -> {passed, N};
forall(Seed, N, Property) ->
    rand:seed(exsss, Seed),
    try Property() of
        true -> forall(Seed + 1, N, Property);
        Other -> {failed, Seed, Other}
    catch C:R:St -> {failed, Seed, {C, R, St}}
    end.

below(N) -> rand:uniform(N) - 1.

one_of(L) -> lists:nth(rand:uniform(length(L)), L).

list(Most, Gen) -> [Gen() || _ <- lists:seq(1, below(Most + 1))].

%% Keys that meet often, of all kinds that compare.
key() ->
    case below(8) of
        0 -> one_of([a, b, c, d, true, []]);
        1 -> {below(3), one_of([x, y])};
        2 -> <<(below(4))>>;
        3 -> [below(3) | one_of([[], t])];
        4 -> 1 bsl (60 + below(4));
        _ -> below(40)
    end.

%% As key/0, with floats, which are equal to integers for some containers and not for others.
number_key() -> case below(3) of 0 -> float(below(12)); _ -> below(12) end.

%% Applies random operations in step to a thing and to its model; `true`, or the first step where they part.
in_step(Steps, Thing, Model, Op, Same) ->
    in_step(Steps, Thing, Model, Op, Same, []).

in_step(0, _, _, _, _, _) -> true;
in_step(N, Thing, Model, Op, Same, Done) ->
    {What, Thing1, Model1} = Op(Thing, Model),
    case Same(Thing1, Model1) of
        true -> in_step(N - 1, Thing1, Model1, Op, Same, [What | Done]);
        Other -> {lists:reverse([What | Done]), Other}
    end.
