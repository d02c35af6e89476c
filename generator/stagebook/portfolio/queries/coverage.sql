-- How much is answered, and how much of what is met has evidence, by round.
SELECT
  p.round,
  count(*) AS units,
  CAST(sum(p.gates) AS BIGINT) AS gates,
  CAST(sum(p.answered) AS BIGINT) AS answered,
  CAST(sum(p.unknown) AS BIGINT) AS unknown,
  CAST(sum(p.not_applicable) AS BIGINT) AS not_applicable,
  CAST(sum(p.unanswered) AS BIGINT) AS unanswered,
  CAST(sum(p.evidence) AS BIGINT) AS evidence
FROM placed p
WHERE p.place_in_round = 1
GROUP BY p.round
ORDER BY p.round NULLS LAST
