-- How old the evidence of met gates was on the day of the assessment.
WITH ages AS (
  SELECT
    CASE
      WHEN r.evidence = 0 THEN 'none'
      WHEN r.evidence_day IS NULL OR s.day IS NULL THEN 'undated'
      WHEN r.evidence_day > s.day THEN 'later'
      WHEN CAST(s.day - r.evidence_day AS INT) <= 90 THEN 'quarter'
      WHEN CAST(s.day - r.evidence_day AS INT) <= 365 THEN 'year'
      ELSE 'older'
    END AS age
  FROM standing s
  JOIN answers r ON r.assessment = s.assessment
  WHERE r.met = true
)
SELECT age, count(*) AS gates
FROM ages
GROUP BY age
ORDER BY CASE age WHEN 'quarter' THEN 1 WHEN 'year' THEN 2 WHEN 'older' THEN 3 WHEN 'later' THEN 4 WHEN 'undated' THEN 5 ELSE 6 END
