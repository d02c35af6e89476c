-- All assessments with what the filters of the report need, units together, the newest first.
WITH stage_place AS (
  SELECT id, row_number() OVER (ORDER BY position) - 1 AS place FROM titles WHERE kind = 'stage'
),
dims AS (
  SELECT r.assessment, string_agg(coalesce(CAST(s.place AS VARCHAR), '-'), ' ' ORDER BY t.position) AS dims
  FROM dimensions r
  JOIN titles t ON t.kind = 'dimension' AND t.id = r.dimension
  LEFT JOIN stage_place s ON s.id = r.stage_low
  GROUP BY r.assessment
),
gates AS (
  SELECT
    r.assessment,
    string_agg(
      CASE WHEN NOT r.applies THEN '-' WHEN r.met THEN 'm' WHEN NOT r.met THEN 's' ELSE 'u' END,
      '' ORDER BY t.position
    ) AS gates,
    count(CASE WHEN r.met AND r.evidence > 0
      AND CAST(a.day - r.evidence_day AS INT) BETWEEN 0 AND 90 THEN 1 END) AS quarter,
    count(CASE WHEN r.met AND r.evidence > 0
      AND CAST(a.day - r.evidence_day AS INT) BETWEEN 91 AND 365 THEN 1 END) AS year,
    count(CASE WHEN r.met AND r.evidence > 0
      AND CAST(a.day - r.evidence_day AS INT) > 365 THEN 1 END) AS older,
    count(CASE WHEN r.met AND r.evidence > 0
      AND CAST(a.day - r.evidence_day AS INT) < 0 THEN 1 END) AS later,
    count(CASE WHEN r.met AND r.evidence > 0 AND (r.evidence_day IS NULL OR a.day IS NULL)
      THEN 1 END) AS undated,
    count(CASE WHEN r.met AND r.evidence = 0 THEN 1 END) AS bare
  FROM answers r
  JOIN assessments a ON a.assessment = r.assessment
  JOIN titles t ON t.kind = 'gate' AND t.id = r.gate
  GROUP BY r.assessment
),
wanted AS (
  SELECT r.assessment, string_agg(t.position - 1 || ':' || r.opens, ' ' ORDER BY r.position) AS plays
  FROM plays r JOIN titles t ON t.kind = 'play' AND t.id = r.play
  GROUP BY r.assessment
),
tagged AS (
  SELECT assessment, list(tag ORDER BY tag) AS tags FROM tags GROUP BY assessment
)
SELECT
  a.unit, a.team, coalesce(CAST(a.day AS VARCHAR), '') AS day, coalesce(a.round, '') AS round,
  coalesce(s.place, -1) AS stage, coalesce(b.place, -1) AS believed, a.belief_gap,
  a.answered, a.unknown, a.not_applicable, a.unanswered, a.evidence,
  d.dims, g.gates, coalesce(w.plays, '') AS plays,
  [g.quarter, g.year, g.older, g.later, g.undated, g.bare] AS ages,
  coalesce(k.tags, []) AS tags
FROM assessments a
LEFT JOIN stage_place s ON s.id = a.stage_low
LEFT JOIN stage_place b ON b.id = a.believed
LEFT JOIN dims d ON d.assessment = a.assessment
LEFT JOIN gates g ON g.assessment = a.assessment
LEFT JOIN wanted w ON w.assessment = a.assessment
LEFT JOIN tagged k ON k.assessment = a.assessment
ORDER BY a.unit, a.day DESC NULLS LAST, a.level_low NULLS FIRST, a.assessment
