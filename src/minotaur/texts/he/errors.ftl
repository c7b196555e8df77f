## Why a plan is refused.

error-too_expensive = אין מספיק נקודות פעולה לתוכנית הזאת.
error-bad_vector = אפשר ללכת רק לאחד מששת המשושים השכנים.
error-unknown_target = אין אף אחד כזה לתקוף.
error-too_many_steps = בתוכנית יש לכל היותר ארבעה צעדים.

refusal-plan-costs = התוכנית עולה { $price } נ״פ; יש לכם { $ap }.
