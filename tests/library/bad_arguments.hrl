%% What functions say of arguments that are none (those of which OTP says what its own inner functions happen to say are not among them): a row of reasons for each, `ok` where there is an answer.
-include("show.hrl").

%% The reasons of M:F/A for sets of arguments that go through all kinds of terms.
bad(M, F, A) -> [reason(M, F, arguments(A, I)) || I <- lists:seq(0, 11)].

arguments(A, I) -> [lists:nth((I * (2 * P + 1) + P * 5) rem 11 + 1, kinds()) || P <- lists:seq(0, A - 1)].

kinds() -> [foo, 1, [], [a | b], <<>>, #{}, {}, -1, "abc", [{a, 1}], 2.5].

reason(M, F, Args) ->
    try apply(M, F, Args) of
        _ -> ok
    catch
        error:R when is_tuple(R) -> element(1, R);
        error:R -> R;
        C:_ -> C
    end.
