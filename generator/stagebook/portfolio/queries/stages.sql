-- How many units stand at each stage now.
SELECT t.id AS stage, t.title, t.position AS level, count(s.assessment) AS units
FROM titles t
LEFT JOIN standing s ON s.stage_low = t.id
WHERE t.kind = 'stage'
GROUP BY t.id, t.title, t.position
ORDER BY t.position
