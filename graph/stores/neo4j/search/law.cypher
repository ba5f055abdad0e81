// Whether both States' laws make the conduct an offence on the day, and how heavily, in three values.
// Answers to graph.criminalisation.NationalLaw (cets-185 article 25(5), UNCAC article 43(2)).
WITH *, COLLECT {
  UNWIND CASE WHEN question.offence IS NULL THEN [] ELSE parties END AS party
  RETURN {
    party: party,
    offences: COLLECT {
      MATCH (row:StatutoryOffence)-[:OF_STATE]->(:State {id: party})
      WHERE row.offence IN [question.offence, 'csam-unspecified']
      OPTIONAL MATCH (row)-[:IN_STATUTE]->(law:Statute)
      WITH row, law, COLLECT {
        UNWIND coalesce(row.sources, []) AS id
        MATCH (s:Source {id: id}) WHERE s.asOf IS NOT NULL
        RETURN CASE WHEN s.asOfEarliest = s.asOfLatest THEN s.asOfLatest ELSE s.asOfLatest + duration({days: 1}) END
      } AS known
      WITH row, law, CASE
             WHEN on < law.inForceOnEarliest THEN 'not met'
             WHEN law.inForceOnEarliest = law.inForceOnLatest OR on > law.inForceOnLatest THEN 'met'
             WHEN law.inForceOn IS NOT NULL THEN 'unknown'
             // The source's own date proves nothing about the time before it.
             WHEN any(day IN known WHERE day <= on) THEN 'met'
             ELSE 'unknown'
           END AS started
      RETURN {
        offence: row.offence, years: row.maxPenaltyYears, age: row.childAgeBelow, cited: size(coalesce(row.sources, [])) > 0,
        inForce: CASE
          WHEN started = 'not met' OR law.repealedOn IS NULL OR on < law.repealedOnEarliest THEN started
          WHEN law.repealedOnEarliest = law.repealedOnLatest OR on > law.repealedOnLatest THEN 'not met'
          ELSE 'unknown'
        END
      }
    },
    verdicts: COLLECT {
      MATCH (finding:ReviewFinding)-[:OF_STATE]->(:State {id: party})
      WHERE finding.value IN ['yes', 'no']
        AND (finding.criterion = 'simple-possession' AND question.offence = 'csam-possession'
             OR finding.criterion = 'grooming-law' AND question.offence = 'grooming')
      RETURN {
        cited: size(coalesce(finding.sources, [])) > 0,
        said: CASE
          WHEN NOT EXISTS {
            UNWIND coalesce(finding.sources, []) AS id
            MATCH (s:Source {id: id})
            WHERE on > s.asOfLatest OR on = s.asOfLatest AND s.asOfEarliest = s.asOfLatest
          } THEN 'unknown'
          WHEN finding.value = 'yes' THEN 'met'
          ELSE 'not met'
        END
      }
    }
  }
} AS found
WITH *, [law IN found | {
  // A source that speaks of such material without naming the conduct leaves the conduct open.
  penalties: [row IN law.offences WHERE row.offence = question.offence],
  positive: [row IN law.offences WHERE row.offence = question.offence | row.inForce]
    + CASE WHEN question.offence IN ['csam-production', 'csam-distribution', 'csam-possession', 'csam-access']
           THEN [row IN law.offences WHERE row.offence = 'csam-unspecified' | 'unknown'] ELSE [] END,
  said: [verdict IN law.verdicts | verdict.said],
  cited: any(verdict IN law.verdicts WHERE verdict.cited) OR any(row IN law.offences WHERE row.cited
    AND (row.offence = question.offence
         OR question.offence IN ['csam-production', 'csam-distribution', 'csam-possession', 'csam-access'])),
  // The age of the child: the highest that a provision in force states, at most eighteen (CRC article 1).
  below: reduce(highest = null, row IN law.offences |
    CASE WHEN row.offence = question.offence AND row.inForce = 'met' AND row.age > coalesce(highest, 0)
         THEN CASE WHEN row.age > 18 THEN 18 ELSE row.age END ELSE highest END),
  // What states no age, or may not be in force, may reach further.
  further: [row IN law.offences WHERE row.inForce <> 'not met'
    AND (row.offence = question.offence AND (row.inForce = 'unknown' OR row.age IS NULL)
         OR row.offence = 'csam-unspecified'
            AND question.offence IN ['csam-production', 'csam-distribution', 'csam-possession', 'csam-access'])
    | CASE WHEN row.age < 18 THEN row.age ELSE 18 END]
}] AS weighed
WITH *, [law IN weighed | law.penalties] AS penalties, [law IN weighed | CASE
  WHEN NOT law.cited THEN 'unknown'
  WHEN 'met' IN law.positive + law.said THEN CASE WHEN 'not met' IN law.said THEN 'unknown' ELSE 'met' END
  WHEN 'not met' IN law.said AND NOT 'unknown' IN law.positive THEN 'not met'
  ELSE 'unknown'
END] AS criminalised,
  [law IN weighed WHERE law.below IS NOT NULL AND none(age IN law.further WHERE age > law.below) | law.below] AS ages
WITH *, CASE
  WHEN question.offence IS NULL THEN 'unknown'
  WHEN 'not met' IN criminalised THEN 'not met'
  WHEN 'unknown' IN criminalised THEN 'unknown'
  // Both make it an offence, and one stops at a lower age: a question to the requester.
  WHEN size(ages) = 2 AND ages[0] <> ages[1] THEN 'unknown'
  ELSE 'met'
END AS bothCriminalise
