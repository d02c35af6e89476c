-- Assessments with the place of each in its unit's row of rounds; 1 is the newest of a round.
SELECT
  a.*,
  row_number() OVER (
    PARTITION BY a.unit, a.round
    ORDER BY a.day DESC NULLS LAST, a.level_low NULLS FIRST, a.assessment
  ) AS place_in_round,
  row_number() OVER (
    PARTITION BY a.unit
    ORDER BY a.day DESC NULLS LAST, a.level_low NULLS FIRST, a.assessment
  ) AS place
FROM assessments a
