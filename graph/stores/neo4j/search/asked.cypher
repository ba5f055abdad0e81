// Whom each question asks: a State, or every establishment of a provider with the State that answers for it; and which
// measures an article may name to carry the one asked for. Answers to graph.providers.establishments_of,
// graph.legs.known_on, graph.offers._specificity.
UNWIND $batch.questions AS question  // inside a map, so that one plan serves any number of them
OPTIONAL MATCH (measure:Concept {id: 'measure/' + question.measure})
WITH question, measure,
     COLLECT { MATCH (e:Establishment)-[:OF_PROVIDER]->(:Provider {id: question.provider}) RETURN e } AS ofProvider,
     COLLECT { MATCH (e:Establishment {id: question.provider}) RETURN e } AS itself
WITH question, measure, CASE WHEN question.provider IS NULL THEN [null] WHEN size(ofProvider) > 0 THEN ofProvider
                             ELSE itself END AS everyone
UNWIND everyone AS establishment
OPTIONAL MATCH (establishment)-[:ESTABLISHED_IN]->(seat:State)
WITH question, measure, establishment, question.on AS on,
     // Networks lead to a State, not further: of several establishments there the first stands for all.
     none(e IN everyone WHERE e.id < establishment.id AND EXISTS { (e)-[:ESTABLISHED_IN]->(seat) }) AS firstThere,
     question.requesting AS requesting, coalesce(question.requested, seat.id) AS requested,
     coalesce(measure.servedBy, []) AS kindred,
     CASE WHEN measure.underGeneralClause THEN ['general-mutual-assistance'] ELSE [] END AS general,
     // The record of an establishment speaks for a day from the date of its newest source on.
     CASE
       WHEN question.on >= reduce(newest = null, date IN COLLECT {
         UNWIND coalesce(establishment.sources, []) AS id
         MATCH (s:Source {id: id}) WHERE s.asOf IS NOT NULL
         RETURN s.asOfLatest
       } | CASE WHEN newest > date THEN newest ELSE date END) THEN 'met'
       ELSE 'unknown'
     END AS policyKnown
WITH *, [question.measure] + kindred + general AS carrying,
     requested IS NOT NULL AND requested <> requesting AS abroad
