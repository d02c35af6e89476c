-- The units whose belief lies furthest from their answers.
SELECT unit, day, believed, stage_low AS stage, belief_gap
FROM standing
WHERE belief_gap <> 0
ORDER BY abs(belief_gap) DESC, belief_gap DESC, unit
LIMIT 50
