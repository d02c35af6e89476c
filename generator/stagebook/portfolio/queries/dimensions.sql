-- How many units stand at each stage of each dimension now.
SELECT
  d.id AS dimension, d.title AS dimension_title, d.position,
  t.id AS stage, t.title AS stage_title, t.position AS level,
  count(s.assessment) AS units
FROM titles d
CROSS JOIN titles t
LEFT JOIN dimensions r ON r.dimension = d.id AND r.stage_low = t.id
LEFT JOIN standing s ON s.assessment = r.assessment
WHERE d.kind = 'dimension' AND t.kind = 'stage'
GROUP BY d.id, d.title, d.position, t.id, t.title, t.position
ORDER BY d.position, t.position
