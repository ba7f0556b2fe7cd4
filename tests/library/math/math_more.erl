%% Functions of math without a test elsewhere: values, edges, bad arguments.
-module(math_more).
-include("../show.hrl").

start() ->
    show(fun() -> [math:asin(X) || X <- [0, 0.5, -1, 1.0]] end),  % expect: [0.0,0.5235987755982989,-1.5707963267948966,1.5707963267948966]
    show(fun() -> math:asin(2) end),  % expect: error badarith
    show(fun() -> [math:atan(X) || X <- [0, 1, -1.5, 1.0e300]] end),  % expect: [0.0,0.7853981633974483,-0.982793723247329,1.5707963267948966]
    show(fun() -> [math:asinh(X) || X <- [0, 1, -2.5]] end),  % expect: [0.0,0.881373587019543,-1.6472311463710958]
    show(fun() -> [math:atanh(X) || X <- [0, 0.5, -0.25]] end),  % expect: [0.0,0.5493061443340548,-0.25541281188299536]
    show(fun() -> math:atanh(1) end),  % expect: error badarith
    show(fun() -> [math:cosh(X) || X <- [0, 1, -2]] end),  % expect: [1.0,1.5430806348152437,3.7621956910836314]
    show(fun() -> math:cosh(1000) end),  % expect: error badarith
    show(fun() -> [math:sinh(X) || X <- [0, 1, -2]] end),  % expect: [0.0,1.1752011936438014,-3.626860407847019]
    show(fun() -> math:sinh(1000) end),  % expect: error badarith
    show(fun() -> [math:tan(X) || X <- [0, 1, 0.5]] end),  % expect: [0.0,1.5574077246549023,0.5463024898437905]
    show(fun() -> [round(math:erfc(X) * 1000000000000) || X <- [0, 1, -1, 5]] end),  % expect: [1000000000000,157299207050,1842700792950,2]
    show(fun() -> [math:erf(X) || X <- [0, 0.5]] end),  % expect: [0.0,0.5204998778130465]
    show(fun() -> math:tan(a) end),  % expect: error badarg
    show(fun() -> math:asinh("1") end).  % expect: error badarg
