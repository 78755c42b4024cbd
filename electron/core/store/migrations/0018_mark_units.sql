-- Marks are counted in 36ths now: sixths of a mark could not hold the ninths and quarters of the state commissions.

UPDATE attempts SET
  scheme = json_object(
    'name', scheme ->> '$.name',
    'correctUnits', 6 * (scheme ->> '$.correctSixths'),
    'wrongUnits', 6 * (scheme ->> '$.wrongSixths'),
    'blankUnits', 6 * (scheme ->> '$.blankSixths')
  ),
  score = CASE WHEN score IS NULL THEN NULL ELSE json_object(
    'scoreUnits', 6 * (score ->> '$.scoreSixths'),
    'maxUnits', 6 * (score ->> '$.maxSixths'),
    'correctCount', score ->> '$.correctCount',
    'wrongCount', score ->> '$.wrongCount',
    'blankCount', score ->> '$.blankCount',
    'droppedCount', coalesce(score ->> '$.droppedCount', 0)
  ) END
WHERE scheme ->> '$.correctSixths' IS NOT NULL;
