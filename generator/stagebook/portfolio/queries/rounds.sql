-- How many units stood at each stage in each round.
SELECT p.round, p.stage_low AS stage, t.title, t.position AS level, count(*) AS units
FROM placed p
LEFT JOIN titles t ON t.kind = 'stage' AND t.id = p.stage_low
WHERE p.place_in_round = 1 AND p.round IS NOT NULL
GROUP BY p.round, p.stage_low, t.title, t.position
ORDER BY p.round, t.position
