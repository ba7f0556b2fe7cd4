%% Answers recorded from erl.
-module(math_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual([1.0471975511965979,0.5235987755982989,0.4636476090008061,0.8775825618903728,0.479425538604203,0.5463024898437905,1.1276259652063807,0.5210953054937474,0.46211715726000974,0.48121182505960347,0.5493061443340548,1.6487212707001282,0.7071067811865476,0.5204998778130465,0.4795001221869535,1.0,0.0], [math:F(0.5) || F <- [acos, asin, atan, cos, sin, tan, cosh, sinh, tanh, asinh, atanh, exp, sqrt, erf, erfc, ceil, floor]]),
    ?assertEqual([0.6931471805599453,3.0,3.0,1.3169578969248166,0.4636476090008061,1024.0,1.0,3.141592653589793], [math:log(2.0), math:log2(8), math:log10(1000), math:acosh(2.0), math:atan2(1, 2), math:pow(2, 10), math:fmod(7, 3), math:pi()]),
    ?assertEqual([2.0,-2.0,3.0,3.0], [math:ceil(1.2), math:floor(-1.2), math:ceil(3), math:floor(3)]).

errors_test() ->
    ?assertError(badarith, math:sqrt(-1)),
    ?assertError(badarith, math:log(0)),
    ?assertError(badarith, math:log(-1)),
    ?assertError(badarith, math:acos(2)),
    ?assertError(badarg, math:sin(a)),
    ?assertError(badarith, math:exp(10000)),
    ?assertError(badarith, math:fmod(1, 0)),
    ?assertError(badarith, math:pow(-8, 0.5)),
    ?assertError(badarith, math:log2(0)),
    ?assertError(badarith, math:sqrt(1 bsl 2000)).
