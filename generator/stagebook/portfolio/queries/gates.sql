-- The gates that are shut for most units now.
SELECT
  t.id AS gate, t.code, t.title, t.dimension, t.stage,
  count(CASE WHEN r.met = false THEN 1 END) AS shut,
  count(CASE WHEN r.met = true THEN 1 END) AS met,
  count(CASE WHEN r.applies AND r.met IS NULL THEN 1 END) AS unanswered,
  count(CASE WHEN NOT r.applies THEN 1 END) AS not_applicable
FROM standing s
JOIN answers r ON r.assessment = s.assessment
JOIN titles t ON t.kind = 'gate' AND t.id = r.gate
GROUP BY t.id, t.code, t.title, t.dimension, t.stage, t.position
ORDER BY shut DESC, t.position
