%% What the functions of sofs say of arguments that are none.
-module(sofs_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(sofs, badarg, [{a_function, 2}, {digraph_to_family, 1}, {digraph_to_family, 2}, {family, 2}]) end),  % expect: []
    show(fun() -> not_always(sofs, function_clause, [{canonical_relation, 1}, {composite, 2}, {constant_function, 2}, {converse, 1}, {difference, 2}, {domain, 1}, {drestriction, 2}, {drestriction, 3}, {extension, 3}, {fam2rel, 1}, {family_difference, 2}, {family_domain, 1}, {family_field, 1}, {family_intersection, 1}, {family_intersection, 2}, {family_projection, 2}, {family_range, 1}, {family_specification, 2}, {family_to_digraph, 1}, {family_to_digraph, 2}, {family_to_relation, 1}, {family_union, 1}, {family_union, 2}, {field, 1}, {image, 2}, {intersection, 1}, {intersection, 2}, {intersection_of_family, 1}, {inverse, 1}, {inverse_image, 2}, {is_a_function, 1}, {is_disjoint, 2}, {is_empty_set, 1}, {is_equal, 2}, {is_set, 1}, {is_subset, 2}, {join, 4}, {multiple_relative_product, 2}, {no_elements, 1}, {partition, 1}, {partition, 2}, {partition, 3}, {partition_family, 2}, {product, 2}, {projection, 2}, {range, 1}, {rel2fam, 1}, {relation_to_family, 1}, {relative_product, 2}, {relative_product1, 2}, {restriction, 2}, {restriction, 3}, {specification, 2}, {strict_relation, 1}, {substitution, 2}, {symdiff, 2}, {symmetric_partition, 2}, {to_external, 1}, {to_sets, 1}, {type, 1}, {union, 1}, {union, 2}, {union_of_family, 1}, {weak_relation, 1}]) end),  % expect: []
    show(fun() -> not_always(sofs, ok, [{from_external, 2}, {is_sofs_set, 1}, {is_type, 1}]) end),  % expect: []
    show(fun() -> bad(sofs, a_function, 1) end),  % expect: [{badarg,9},{ok,2}]
    show(fun() -> bad(sofs, family, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(sofs, from_sets, 1) end),  % expect: [{badarg,9},{ok,2}]
    show(fun() -> bad(sofs, from_term, 1) end),  % expect: [{badarg,2},{ok,9}]
    show(fun() -> bad(sofs, from_term, 2) end),  % expect: [{badarg,110},{ok,11}]
    show(fun() -> bad(sofs, product, 1) end),  % expect: [{badarg,1},{function_clause,10}]
    show(fun() -> bad(sofs, relation, 1) end),  % expect: [{badarg,9},{ok,2}]
    show(fun() -> bad(sofs, relative_product, 1) end),  % expect: [{badarg,2},{function_clause,9}]
    show(fun() -> bad(sofs, set, 1) end).  % expect: [{badarg,8},{ok,3}]
