%% What functions say of arguments that are none: how often which reason, `ok` where there is an answer. Functions of which OTP says what its own inner functions
%% happen to say are not among them.
-include("show.hrl").

%% The reasons of M:F/A: of each kind of term, of all pairs of kinds, of 121 sets of them where there are more arguments. `said/3` tells which.
bad(M, F, A) ->
    Reasons = [Reason || {_, Reason} <- said(M, F, A)],
    [{R, length([X || X <- Reasons, X =:= R])} || R <- lists:usort(Reasons)].

%% Those of these functions that ever say anything but this.
not_always(M, Reason, Functions) -> [{F, A, bad(M, F, A)} || {F, A} <- Functions, [R || {R, _} <- bad(M, F, A)] =/= [Reason]].

said(M, F, A) -> [{Args, reason(M, F, Args)} || Args <- arguments(A)].

arguments(1) -> [[K] || K <- kinds()];
arguments(A) ->
    N = length(kinds()),
    [[lists:nth((I * Step + J) rem N + 1, kinds()) || Step <- [N | lists:seq(1, A - 1)]] || I <- lists:seq(0, N - 1), J <- lists:seq(0, N - 1)].

kinds() -> [foo, 1, [], [a | b], <<>>, #{}, {}, -1, "abc", [{a, 1}], 2.5].

reason(M, F, Args) ->
    try apply(M, F, Args) of
        _ -> ok
    catch
        error:R when is_tuple(R) -> element(1, R);
        error:R -> R;
        C:_ -> C
    end.
