## Why a plan is refused. English here is as the code has it: tests/clew/catalogue/test_refusals.py.

error-too_expensive = You do not have enough action points for that plan.
error-bad_vector = You can only go to one of the six neighbouring hexes.
error-unknown_target = There is nobody like that to attack.
error-too_many_steps = A plan has at most four steps.

refusal-plan-costs = This plan costs { $price } AP; you have { $ap }.
