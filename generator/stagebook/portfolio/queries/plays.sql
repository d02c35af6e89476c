-- The plays that would open gates for most units now.
SELECT
  t.id AS play, t.title,
  count(*) AS units,
  CAST(sum(r.opens) AS BIGINT) AS gates,
  CAST(sum(r.blocking) AS BIGINT) AS blocking,
  count(CASE WHEN r.position = 1 THEN 1 END) AS first
FROM standing s
JOIN plays r ON r.assessment = s.assessment
JOIN titles t ON t.kind = 'play' AND t.id = r.play
GROUP BY t.id, t.title, t.position
ORDER BY units DESC, gates DESC, t.position
